"""The ledger of consents (N8): kept per check, shown to the person only, and a withdrawal that deletes."""

import base64
from datetime import datetime
from typing import Any

import pytest

from .hands import LI, WANG, Hands, Story, advance, key, ulid
from .papers import LI_NAME
from .running import Running
from .test_signatures import invite, kept, signing, token_of

pytestmark = pytest.mark.processes


@pytest.fixture
def phone(platform: Running) -> Hands:
    hands = Hands(platform.url)
    del hands.session.headers["Kiosk-Terminal"]
    return hands


def signed_from_afar(kiosk: Hands, phone: Hands) -> Story:
    advance(kiosk, 1)  # so that this is the newest of that person's consents
    story = kept(kiosk)
    assert phone.post(f"/v1/signing/{token_of(invite(kiosk, story))}", signing(kiosk.now())).status_code == 201
    return story


def consents(kiosk: Hands, verification_id: str, **headers: str) -> list[dict[str, Any]]:
    answer = kiosk.call("POST", "/v1/consents/search", {"verification_id": verification_id}, **headers)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def of(items: list[dict[str, Any]], verification_id: str, kind: str = "identity") -> dict[str, Any]:
    return next(one for one in items if (one["verification_id"], one["kind"]) == (verification_id, kind))


def withdraw(hands: Hands, consent: dict[str, Any], check: str | None = None, idem: str | None = None) -> Any:
    body = {} if check is None else {"verification_id": check}
    return hands.post(f"/v1/consents/{consent['id']}/withdrawal", body, idem)


def checks_of(platform: Running, verification_id: str) -> int:
    return sum(row.id == verification_id for row in platform.everything()["verification"])


def test_what_when_which_text_where(kiosk: Hands) -> None:
    jpeg = base64.b64encode(b"\xff\xd8\xff\xe0").decode()
    agreed = {"face": True, "at": kiosk.now(), "text_version": 3}
    check = kiosk.verify(method="card_face", face_jpeg=jpeg, consent=agreed).json()["id"]
    items = consents(kiosk, check)
    both = {one["kind"]: one for one in items if one["verification_id"] == check}
    assert set(both) == {"identity", "face"}
    for one in both.values():
        assert (one["text_version"], one["place"], one["withdrawn_at"]) == (3, "kiosk-01", None)
    plain = kiosk.verify().json()["id"]
    assert [one["kind"] for one in consents(kiosk, plain) if one["verification_id"] == plain] == ["identity"]
    for secret in (WANG, "王测试"):
        assert secret not in str(items)


def test_a_time_that_cannot_be_is_no_failure(kiosk: Hands) -> None:
    for moment in ("9999-12-31T23:59:59Z", "0001-01-01T00:00:00+08:00"):
        check = kiosk.verify(consent={"face": False, "at": moment}).json()["id"]
        given = datetime.fromisoformat(of(consents(kiosk, check), check)["given_at"])
        assert 1970 <= given.year <= datetime.fromisoformat(kiosk.now()).year


def test_a_withdrawn_check_is_gone_and_good_for_nothing(kiosk: Hands, platform: Running) -> None:
    story = Story(kiosk)
    story.reserve_name()
    story.keep()
    opened = kiosk.call("POST", "/v1/citizen-sessions", {"verification_id": story.verification_id}).json()
    consent = of(consents(kiosk, story.verification_id), story.verification_id)
    idem = key()
    receipt = withdraw(kiosk, consent, story.verification_id, idem)
    assert receipt.status_code == 200
    assert receipt.json()["deleted"] == ["session", "verification"]
    assert (receipt.json()["id"], receipt.json()["kept_because"]) == (consent["id"], [])
    assert checks_of(platform, story.verification_id) == 0
    assert withdraw(kiosk, consent, story.verification_id, idem).content == receipt.content
    assert kiosk.call("GET", f"/v1/cases/{story.case_id}", Citizen_Session=opened["token"]).status_code == 401
    assert kiosk.call("GET", f"/v1/verifications/{story.verification_id}").status_code == 404
    assert story.submit().json()["code"] == "verification-required"
    check = {"verification_id": story.verification_id}
    assert kiosk.call("POST", "/v1/citizen-sessions", check).json()["code"] == "verification-required"
    again = kiosk.verify().json()["id"]
    assert of(consents(kiosk, again), story.verification_id)["withdrawn_at"] is not None  # the ledger remembers
    assert withdraw(kiosk, consent, again).content == receipt.content


def test_a_face_was_never_kept(kiosk: Hands, platform: Running) -> None:
    mark = ulid()
    picture = b"\xff\xd8\xff\xe0" + mark.encode()
    agreed = {"face": True, "at": kiosk.now()}
    face = {"method": "card_face", "face_jpeg": base64.b64encode(picture).decode(), "consent": agreed}
    check = kiosk.verify(**face).json()["id"]
    every = platform.everything()
    assert not [name for name, rows in every.items() if any(mark in str(row) for row in rows)]
    receipt = withdraw(kiosk, of(consents(kiosk, check), check, "face"), check).json()
    assert (receipt["never_kept"], receipt["deleted"]) == (["face_picture"], ["verification"])


def test_what_a_submitted_case_needs_is_kept_and_said(kiosk: Hands, window: Hands, platform: Running) -> None:
    story = Story(kiosk).submitted()
    consent = of(consents(kiosk, story.verification_id), story.verification_id)
    receipt = withdraw(window, consent).json()  # at the window, by the clerk
    assert (receipt["deleted"], receipt["kept_because"]) == ([], ["submitted_case"])
    assert checks_of(platform, story.verification_id) == 1
    assert story.case(window)["state"] == "SUBMITTED"
    story.ready(window)
    refused = window.post("/v1/handovers", story.bundle(window)).json()
    assert refused["code"] == "verification-required"  # good as evidence, for nothing else


def test_a_signature_is_taken_back(kiosk: Hands, phone: Hands) -> None:
    story = signed_from_afar(kiosk, phone)
    check = kiosk.verify(LI_NAME, LI).json()["id"]
    signature = next(one for one in consents(kiosk, check) if one["kind"] == "signature")
    assert signature["place"] == "phone"
    before = kiosk.call("GET", "/sandbox/inspector.json").json()["rows"]["remote_signature"]
    assert withdraw(kiosk, signature, check).json()["deleted"] == ["signature"]
    assert kiosk.call("GET", "/sandbox/inspector.json").json()["rows"]["remote_signature"] == before - 1
    assert story.submit().json()["code"] in ("signatures-missing", "verification-required")
    phone.close()


def test_with_the_check_goes_the_signature_that_stood_on_it(kiosk: Hands, phone: Hands) -> None:
    story = signed_from_afar(kiosk, phone)
    check = kiosk.verify(LI_NAME, LI).json()["id"]
    by_phone = [one for one in consents(kiosk, check) if one["place"] == "phone" and one["kind"] == "identity"]
    receipt = withdraw(kiosk, by_phone[0], check).json()
    assert (receipt["deleted"], receipt["kept_because"]) == (["signature", "verification"], [])
    signers = kiosk.call("GET", f"/v1/cases/{story.case_id}/signatures").json()["items"]
    assert signers[1]["state"] == "WAITING"
    of_phone = [one for one in consents(kiosk, check) if one["verification_id"] == by_phone[0]["verification_id"]]
    assert {one["kind"]: one["withdrawn_at"] is None for one in of_phone} == {"identity": False, "signature": False}
    phone.close()


def test_a_signature_of_a_submitted_case_stays(kiosk: Hands, phone: Hands) -> None:
    story = signed_from_afar(kiosk, phone)
    assert story.submit().status_code == 200
    check = kiosk.verify(LI_NAME, LI).json()["id"]
    newest = next(one for one in consents(kiosk, check) if one["kind"] == "signature")
    receipt = withdraw(kiosk, newest, check).json()
    assert (receipt["deleted"], receipt["kept_because"]) == ([], ["submitted_case"])
    phone.close()


def test_nobody_elses(kiosk: Hands, window: Hands, platform: Running) -> None:
    mine, theirs = kiosk.verify().json()["id"], kiosk.verify(LI_NAME, LI).json()["id"]
    consent = of(consents(kiosk, mine), mine)
    assert withdraw(kiosk, consent, theirs).status_code == 404
    assert withdraw(kiosk, consent).status_code == 404
    elsewhere = Hands(platform.url, "kiosk-02 demo-kiosk-02")
    check = {"verification_id": mine}
    assert elsewhere.call("POST", "/v1/consents/search", check).status_code == 404
    assert withdraw(elsewhere, consent, mine).status_code == 404
    far = Hands(platform.url, "window-21 demo-window-21")
    far.sign_in()
    assert withdraw(far, consent).status_code == 404
    opened = kiosk.call("POST", "/v1/citizen-sessions", {"verification_id": theirs}).json()
    beside = {"Citizen_Session": opened["token"]}  # 李's session is open: 王's consents are not 李's to see
    assert kiosk.call("POST", "/v1/consents/search", check, **beside).status_code == 404
    assert kiosk.call("POST", "/v1/consents/search", {"verification_id": ulid()}).status_code == 404
    assert window.call("POST", "/v1/consents/search", check).status_code == 403
    for one in (elsewhere, far):
        one.close()
