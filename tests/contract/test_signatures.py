"""Absent people sign on their own phones (R19): bound to what they signed, for one person, by a link that ends."""

import base64
import concurrent.futures
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from kiosk.contracts import platform_api as api
from kiosk.sandbox.contents import is_signature, media_type
from kiosk.sandbox.signatures import signed_content

from .hands import LI, WANG, Hands, Story, advance, key, ulid
from .papers import LI_NAME, jpeg, link_in, messages, pdf, png
from .running import Running

pytestmark = pytest.mark.processes


@pytest.fixture
def phone(platform: Running) -> Iterator[Hands]:
    """A phone is no terminal."""
    hands = Hands(platform.url)
    del hands.session.headers["Kiosk-Terminal"]
    yield hands
    hands.close()


def with_partner(kiosk: Hands) -> Story:
    """A company of two; 李 is not here and has neither signed nor been verified."""
    story = Story(kiosk)
    story.form["fields"]["company_type"] = "1130"
    story.form["people"].append(
        {
            "ref": "p2", "name": LI_NAME, "cert_type": "111", "cert_no": LI, "phone": "13900000001",
            "roles": ["shareholder"], "subscribed": "0.5",
        }
    )  # fmt: skip
    story.form["people"][0]["subscribed"] = "10"
    return story


def kept(kiosk: Hands) -> Story:
    story = with_partner(kiosk)
    assert story.reserve_name().status_code == 201
    assert story.keep().json()["issues"] == []
    return story


def invite(hands: Hands, story: Story, ref: str = "p2") -> requests.Response:
    answer = hands.post(f"/v1/cases/{story.case_id}/signing-links", {"id": ulid(), "ref": ref})
    if answer.ok:
        story.version = answer.json()["case_version"]
    return answer


def signing(now: str, number: str = LI, name: str = LI_NAME, **more: Any) -> dict[str, Any]:
    return {
        "person": {"name": name, "cert_type": "111", "cert_no": number},
        "consent": {"agreed": True, "at": now},
        "signature_png": base64.b64encode(png()).decode(),
        **more,
    }


def token_of(link: requests.Response) -> str:
    path: str = link.json()["path"]
    return path.rpartition("/")[2]


def states(hands: Hands, story: Story) -> dict[str, tuple[str, str]]:
    items = hands.call("GET", f"/v1/cases/{story.case_id}/signatures").json()["items"]
    return {one["ref"]: (one["state"], one["way"]) for one in items}


def test_a_partner_signs_from_afar_and_the_case_goes_on(kiosk: Hands, window: Hands, phone: Hands) -> None:
    story = kept(kiosk)
    assert states(kiosk, story) == {"p1": ("SIGNED", "terminal"), "p2": ("WAITING", "")}
    refused = story.submit()
    assert (refused.json()["code"], refused.json()["people"]) == ("verification-required", ["p2"])
    link = invite(kiosk, story)
    assert (link.status_code, link.json()["case_state"]) == (201, "SIGNING")
    assert states(kiosk, story)["p2"] == ("INVITED", "")
    refused = story.submit()
    assert (refused.json()["code"], refused.json()["signers"]) == ("signatures-missing", ["p2"])
    (message,) = messages(kiosk, story.case_id, "sign_invitation")
    assert message["to"] == "139****0001"
    assert link_in(message["text"]) == link_in(message["text_en"]) == link.json()["path"]
    before = story.case(window)
    page = phone.call("GET", f"/v1/signing/{token_of(link)}")
    assert (page.json()["company"], page.json()["capital"]) == (before["name_full"], "10.5")
    assert [(one["name"], one["me"]) for one in page.json()["people"]] == [("王*试", False), ("李*名", True)]
    for secret in (WANG, LI, LI_NAME, "13900000"):
        assert secret not in page.text
    signed = phone.post(f"/v1/signing/{token_of(link)}", signing(kiosk.now()))
    assert signed.status_code == 201, signed.text
    assert states(window, story) == {"p1": ("SIGNED", "terminal"), "p2": ("SIGNED", "phone")}
    after = story.case(window)
    assert (after["version"], after["form"]) == (before["version"], before["form"])  # nobody's draft was touched
    assert messages(kiosk, story.case_id, "all_signed")
    assert story.submit().json()["state"] == "SUBMITTED"


def test_a_changed_form_wants_a_new_signature(kiosk: Hands, phone: Hands) -> None:
    story = kept(kiosk)
    link = invite(kiosk, story)
    assert phone.post(f"/v1/signing/{token_of(link)}", signing(kiosk.now())).status_code == 201
    story.form["people"][1]["phone"] = "13900000002"
    story.form["people"][0]["signature_blob"] = "1" * 64
    story.keep()
    assert states(kiosk, story)["p2"] == ("SIGNED", "phone")  # neither phone nor signatures are what is signed
    story.form["fields"]["domicile_address"] = "示例路2号"
    story.keep()
    assert states(kiosk, story)["p2"] == ("CHANGED", "phone")
    refused = story.submit().json()
    assert (refused["code"], refused["signers"], refused["changed"]) == ("signatures-missing", ["p2"], ["p2"])
    again = invite(kiosk, story)
    assert phone.post(f"/v1/signing/{token_of(again)}", signing(kiosk.now())).status_code == 201
    assert story.submit().status_code == 200


def test_only_the_invited_person_and_five_tries(kiosk: Hands, window: Hands, phone: Hands) -> None:
    story = kept(kiosk)
    link = invite(window, story)
    path = f"/v1/signing/{token_of(link)}"
    wrong_link = phone.post("/v1/signing/" + "A" * 43, signing(kiosk.now()))
    for body in (signing(kiosk.now(), WANG, "王测试"), signing(kiosk.now(), LI, "李别人")):
        answer = phone.post(path, body)
        assert (answer.status_code, answer.json()["title"]) == (404, wrong_link.json()["title"])
        assert set(answer.json()) == set(wrong_link.json())
    assert phone.call("GET", path).status_code == 200
    for _ in range(3):
        assert phone.post(path, signing(kiosk.now(), WANG)).status_code == 404
    assert phone.post(path, signing(kiosk.now())).status_code == 404  # the right one comes too late
    assert phone.call("GET", path).json()["code"] == "not-found"
    assert states(kiosk, story)["p2"] == ("WAITING", "")


def test_a_link_is_replaced_used_up_and_grows_old(kiosk: Hands, phone: Hands) -> None:
    story = kept(kiosk)
    first, second = invite(kiosk, story), invite(kiosk, story)
    assert phone.call("GET", f"/v1/signing/{token_of(first)}").json()["code"] == "code-expired"
    path = f"/v1/signing/{token_of(second)}"
    assert phone.post(path, signing(kiosk.now())).status_code == 201
    assert phone.call("GET", path).json()["code"] == "code-used"
    assert phone.post(path, signing(kiosk.now())).json()["code"] == "code-used"
    other = kept(kiosk)
    late = invite(kiosk, other)
    advance(kiosk, 72 * 3600 + 1)
    assert phone.post(f"/v1/signing/{token_of(late)}", signing(kiosk.now())).json()["code"] == "code-expired"
    assert states(kiosk, other)["p2"] == ("EXPIRED", "")


def test_a_lost_answer_is_a_replay_without_a_terminal(kiosk: Hands, phone: Hands) -> None:
    story = kept(kiosk)
    path, idem = f"/v1/signing/{token_of(invite(kiosk, story))}", key()
    body = signing(kiosk.now())
    first, again = phone.post(path, body, idem), phone.post(path, body, idem)
    assert (first.status_code, first.content) == (201, again.content)
    assert again.headers["Idempotent-Replayed"] == "true"
    other = phone.post(path, signing(kiosk.now(), consent={"agreed": False, "at": kiosk.now()}), idem)
    assert other.json()["code"] == "idempotency-key-reused"
    another = f"/v1/signing/{token_of(invite(kiosk, kept(kiosk)))}"  # the same key of another link is another key
    assert phone.post(another, signing(kiosk.now()), idem).status_code == 201


def test_eight_fingers_one_signature(kiosk: Hands, phone: Hands) -> None:
    story = kept(kiosk)
    path, body = f"/v1/signing/{token_of(invite(kiosk, story))}", signing(kiosk.now())
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        work = [pool.submit(requests.post, kiosk.url + path, json=body, timeout=20,
                            headers={"Idempotency-Key": key()}) for _ in range(8)]  # fmt: skip
        answers = [one.result() for one in work]
    assert sorted(one.status_code for one in answers) == [201] + [409] * 7
    rows = kiosk.call("GET", "/sandbox/inspector.json").json()["rows"]
    assert rows["remote_signature"] <= rows["signing_link"]


def test_what_is_no_signature(kiosk: Hands, phone: Hands) -> None:
    path = f"/v1/signing/{token_of(invite(kiosk, kept(kiosk)))}"
    refused = phone.post(path, signing(kiosk.now(), consent={"agreed": False, "at": kiosk.now()}))
    assert refused.json()["code"] == "consent-required"
    bad: list[bytes] = [png(drawn=False), jpeg(), png()[:-20], png().replace(b"IDAT", b"IDAX"), png(3000, 3)]
    for data in bad:
        answer = phone.post(path, signing(kiosk.now(), signature_png=base64.b64encode(data).decode()))
        assert answer.json()["errors"][0]["pointer"] == "/signature_png", data[:20]
    huge = base64.b64encode(b"x" * 200_001).decode()
    assert phone.post(path, signing(kiosk.now(), signature_png=huge)).status_code == 422
    assert phone.call("GET", path).status_code == 200  # none of it was a wrong person


def test_the_authority_may_say_no(kiosk: Hands, phone: Hands) -> None:
    story = with_partner(kiosk)
    story.form["people"][1]["name"] = "李不符"
    story.keep()
    path = f"/v1/signing/{token_of(invite(kiosk, story))}"
    refused = phone.post(path, signing(kiosk.now(), name="李不符")).json()
    assert (refused["code"], refused["reason"]) == ("verification-required", "face-mismatch")


def test_who_may_invite_and_whom(kiosk: Hands, window: Hands, phone: Hands, platform: Running) -> None:
    story = kept(kiosk)
    for terminal in ("kiosk-02 demo-kiosk-02", "kiosk-21 demo-kiosk-21"):
        stranger = Hands(platform.url, terminal)
        assert invite(stranger, story).status_code == 404
        assert stranger.call("GET", f"/v1/cases/{story.case_id}/signatures").status_code == 404
        stranger.close()
    assert invite(kiosk, story, "p9").status_code == 422
    link_id = ulid()
    path = f"/v1/cases/{story.case_id}/signing-links"
    assert kiosk.post(path, {"id": link_id, "ref": "p2"}).status_code == 201
    assert kiosk.post(path, {"id": link_id, "ref": "p2"}).json()["code"] == "id-taken"
    for _ in range(4):
        last = invite(kiosk, story)
    assert last.status_code == 201
    limited = invite(kiosk, story)
    assert (limited.status_code, limited.json()["code"]) == (429, "rate-limited")
    assert int(limited.headers["Retry-After"]) > 0
    assert phone.call("GET", f"/v1/signing/{token_of(last)}").status_code == 200  # the refusal replaced nothing
    done = Story(kiosk).submitted()
    assert invite(kiosk, done, "p1").json()["code"] == "too-late"
    del story.form["people"][1]["phone"]
    story.version = story.case(kiosk)["version"]
    assert story.keep().status_code == 200
    assert invite(window, story).json()["errors"][0]["pointer"] == "/ref"


def test_an_unready_form_stays_a_draft_until_it_is_ready(kiosk: Hands) -> None:
    story = with_partner(kiosk)
    address = story.form["fields"].pop("domicile_address")
    story.keep()
    assert invite(kiosk, story).json()["case_state"] == "DRAFT"
    story.form["fields"]["domicile_address"] = address
    assert story.keep().json()["state"] == "SIGNING"
    lines = kiosk.call("GET", f"/v1/cases/{story.case_id}/timeline").json()["items"]
    assert [line["state"] for line in lines] == ["DRAFT", "SIGNING"]


def test_the_hall_hears_of_it(kiosk: Hands, phone: Hands) -> None:
    story = kept(kiosk)
    cursor = kiosk.call("GET", "/v1/snapshots/cq-demo-01").json()["cursor"]
    link = invite(kiosk, story)
    phone.post(f"/v1/signing/{token_of(link)}", signing(kiosk.now()))
    items = kiosk.call("GET", f"/v1/feeds/cq-demo-01?since={cursor}").json()["items"]
    told = [(one["id"], one["version"]) for one in items if one["kind"] == "signature"]
    assert told == [(f"{story.case_id}/p2", 1), (f"{story.case_id}/p2", 2)]


def test_no_table_but_the_telephones_holds_a_link(kiosk: Hands, platform: Running) -> None:
    token = token_of(invite(kiosk, kept(kiosk)))
    every = platform.everything()
    holding = {name for name, rows in every.items() if any(token in str(row) for row in rows)}  # bytes as text, too
    assert holding == {"personal_message"}


PEOPLE = st.builds(
    api.PersonForm, ref=st.just("p1"), name=st.sampled_from(["王测试", "李测试"]), cert_type=st.just("111"),
    cert_no=st.sampled_from([WANG, LI]), phone=st.text("0123456789", max_size=11),
    signature_blob=st.none() | st.just("0" * 64), verification_id=st.none() | st.just("0" * 26),
    subscribed=st.sampled_from(["1", "2"]),
)  # fmt: skip


@given(PEOPLE, PEOPLE)
def test_two_forms_have_one_digest_only_if_they_say_the_same(one: api.PersonForm, two: api.PersonForm) -> None:
    same = (one.name, one.cert_no, one.subscribed) == (two.name, two.cert_no, two.subscribed)
    digests = [signed_content(api.Form(people=(person,))) for person in (one, two)]
    assert (digests[0] == digests[1]) is same


@given(st.integers(0, 200), st.integers(0, 255))
def test_one_wrong_byte_makes_no_signature(position: int, value: int) -> None:
    whole = png()
    assert is_signature(whole)
    position %= len(whole)
    broken = whole[:position] + bytes([value]) + whole[position + 1 :]
    assert is_signature(broken) is (broken == whole)


def test_kinds_by_content() -> None:
    assert [media_type(data) for data in (jpeg(), png(), pdf())] == ["image/jpeg", "image/png", "application/pdf"]
    for data in (
        b"",
        b"GIF89a",
        b"<svg/>",
        b"MZ\x90",
        b"\xff\xd8\xff",
        b"%PDF-1.4",
        png()[:40],
        b"\x89PNG\r\n\x1a\n",
    ):
        assert media_type(data) is None
