"""Materials (R69–R71): taken once, used by every item, carried along, and never asked for again."""

import base64
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.sandbox.held_materials import SAMPLE_USCC
from kiosk.sandbox.material_rules import rules

from .hands import WINDOW, Hands, Story, key, slip, ulid
from .papers import jpeg, material, pdf, put_material, upload
from .running import Running

pytestmark = pytest.mark.processes


def recognise(window: Hands, story: Story, held: dict[str, Any], result: str = "fits", **more: Any) -> dict[str, Any]:
    path = f"/v1/cases/{story.case_id}/materials/{held['id']}/recognition"
    answer = window.post(path, {"result": result, **more}, If_Match=f'"v{held["version"]}"')
    found: dict[str, Any] = {"status": answer.status_code, **answer.json()}
    return found


def ask(hands: Hands, story: Story, kind: str, item: str = "SETUP", idem: str | None = None) -> dict[str, Any]:
    body = {"type": kind, "item": item, "text": "请补交住所使用证明", "basis": "实施细则"}
    answer = hands.post(f"/v1/cases/{story.case_id}/material-requests", body, idem)
    found: dict[str, Any] = {"status": answer.status_code, **answer.json()}
    return found


def listed(hands: Hands, story: Story) -> dict[str, Any]:
    found: dict[str, Any] = hands.call("GET", f"/v1/cases/{story.case_id}/materials").json()
    return found


def duplicates(hands: Hands) -> int:
    found: int = hands.call("GET", "/sandbox/inspector.json").json()["rows"]["duplicate_demand"]
    return found


def test_one_paper_serves_many_items(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk)
    story.keep()
    before = listed(kiosk, story)
    assert {one["type"] for one in before["missing"]} == {"domicile_proof", "articles"}
    held = put_material(kiosk, story, "lease_contract")
    assert (held["state"], held["title"], held["usable_by"]) == ("HELD", "房屋租赁合同", ["SETUP", "SOCIAL"])
    after = listed(window, story)
    assert [one["id"] for one in after["items"]] == [held["id"]]
    assert {one["type"] for one in after["missing"]} == {"articles"}


def test_put_again_and_put_anew(kiosk: Hands) -> None:
    story = Story(kiosk)
    story.keep()
    path, sha256 = f"/v1/cases/{story.case_id}/materials/{ulid()}", upload(kiosk, jpeg(ulid()))
    body = material(sha256, kiosk.now())
    first = kiosk.call("PUT", path, body, If_None_Match="*")
    again = kiosk.call("PUT", path, body, If_None_Match="*")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    other = material(upload(kiosk, pdf(3)), kiosk.now(), media_type="application/pdf", pages=3)
    assert kiosk.call("PUT", path, other, If_None_Match="*").json()["code"] == "version-mismatch"
    assert kiosk.call("PUT", path, other, If_Match='"v7"').status_code == 412
    changed = kiosk.call("PUT", path, other, If_Match='"v1"')
    assert (changed.json()["pages"], changed.headers["ETag"]) == (3, '"v2"')
    assert kiosk.call("PUT", path, other).status_code == 428
    new = f"/v1/cases/{story.case_id}/materials/{ulid()}"
    assert kiosk.call("PUT", new, body, If_Match='"v1"').status_code == 404
    assert kiosk.call("PUT", new, {**body, "type": "nonsense"}, If_None_Match="*").status_code == 422


def test_only_own_uploads_or_those_of_the_case(kiosk: Hands, window: Hands) -> None:
    story, other = Story(kiosk), Story(kiosk)
    story.keep()
    other.keep()
    sha256 = upload(kiosk, jpeg(ulid()))
    body = material(sha256, window.now())
    path = f"/v1/cases/{story.case_id}/materials/"
    missing = window.call("PUT", path + ulid(), body, If_None_Match="*")
    assert (missing.status_code, missing.json()["code"]) == (409, "blob-missing")
    never = window.call("PUT", path + ulid(), material("0" * 64, window.now()), If_None_Match="*")
    del missing.json()["instance"]
    assert (never.json()["code"], never.json()["title"]) == (missing.json()["code"], missing.json()["title"])
    kept = ulid()
    assert kiosk.call("PUT", path + kept, body, If_None_Match="*").status_code == 201
    assert window.call("PUT", path + ulid(), body, If_None_Match="*").status_code == 201  # the case has it now
    elsewhere = f"/v1/cases/{other.case_id}/materials/"
    assert window.call("PUT", elsewhere + ulid(), body, If_None_Match="*").json()["code"] == "blob-missing"
    assert window.call("HEAD", f"/v1/blobs/{sha256}").status_code == 404  # and still no word on others' uploads
    taken = kiosk.call("PUT", elsewhere + kept, body, If_None_Match="*")
    assert taken.json()["code"] == "id-taken"


def test_strangers_see_no_materials(kiosk: Hands, platform: Running) -> None:
    story = Story(kiosk)
    story.keep()
    put_material(kiosk, story)
    for terminal in ("kiosk-02 demo-kiosk-02", "kiosk-21 demo-kiosk-21"):
        stranger = Hands(platform.url, terminal)
        assert stranger.call("GET", f"/v1/cases/{story.case_id}/materials").status_code == 404
        body = material(upload(stranger, jpeg(ulid())), stranger.now())
        put = stranger.call("PUT", f"/v1/cases/{story.case_id}/materials/{ulid()}", body, If_None_Match="*")
        assert put.status_code == 404
        stranger.close()


def test_what_fits_is_never_asked_for_again(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk).submitted()
    held = put_material(kiosk, story, "lease_contract")
    assert ask(window, story, "domicile_proof")["status"] == 201  # held, but nobody has looked at it
    fit = recognise(window, story, held)
    assert (fit["status"], fit["state"]) == (200, "RECOGNISED")
    count, idem = duplicates(window), key()
    for item in ("SETUP", "SOCIAL"):
        refused = ask(window, story, "domicile_proof", item, idem if item == "SETUP" else None)
        assert (refused["status"], refused["code"]) == (409, "material-already-held")
        assert refused["material_id"] == held["id"]
    assert duplicates(window) == count + 2
    assert ask(window, story, "domicile_proof", "SETUP", idem)["code"] == "material-already-held"
    assert duplicates(window) == count + 2  # the same attempt sent again is no second one
    assert ask(window, story, "articles")["status"] == 201


def test_the_one_time_notice_may_not_ask_for_it_either(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk).submitted()
    held = put_material(kiosk, story, "property_certificate")
    assert recognise(window, story, held)["status"] == 200
    count = duplicates(window)

    def notice(code: str) -> Any:
        requirements = [{"code": code, "text": "住所使用证明", "item": "SETUP"}]
        body = {"decision": "correction", "decided_at": window.now(), "by": "0317", "requirements": requirements}
        path = f"/v1/cases/{story.case_id}/acceptances"
        return window.post(path, body, If_Match=f'"v{story.case(window)["version"]}"')

    for code in ("domicile_proof", "domicile_proof_missing"):
        refused = notice(code).json()
        assert (refused["code"], refused["material_id"]) == ("material-already-held", held["id"])
    assert duplicates(window) == count + 2
    assert notice("articles_missing").json()["state"] == "RETURNED"


def test_what_does_not_fit_needs_a_reason_and_may_be_replaced(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk).submitted()
    held = put_material(kiosk, story, "lease_contract")
    assert recognise(window, story, held, "does_not_fit")["errors"][0]["pointer"] == "/reason"
    stale = recognise(window, story, {**held, "version": 9})
    assert stale["status"] == 412
    refused = recognise(window, story, held, "does_not_fit", reason="缺少签名页")
    assert (refused["state"], refused["usable_by"], refused["reason"]) == ("REJECTED", [], "缺少签名页")
    assert {one["type"] for one in listed(window, story)["missing"]} == {"domicile_proof", "articles"}
    assert ask(window, story, "lease_contract")["status"] == 201
    path = f"/v1/cases/{story.case_id}/materials/{held['id']}"
    new = material(upload(kiosk, jpeg(ulid())), kiosk.now())
    replaced = kiosk.call("PUT", path, new, If_Match=f'"v{refused["version"]}"').json()
    assert (replaced["state"], replaced["reason"]) == ("HELD", "")
    fit = recognise(window, story, replaced)
    assert fit["state"] == "RECOGNISED"
    late = kiosk.call("PUT", path, new, If_Match=f'"v{fit["version"]}"')
    assert late.json()["code"] == "too-late"


def test_one_open_demand_per_material(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk).submitted()
    first, again = ask(window, story, "lease_contract"), ask(window, story, "lease_contract")
    assert (first["id"], first["state"]) == (again["id"], "OPEN")
    put_material(kiosk, story, "lease_contract")
    assert ask(window, story, "lease_contract")["id"] != first["id"]  # the first was met
    assert ask(window, story, "nonsense")["status"] == 422


def test_approver_may_ask_citizen_and_helper_may_not(kiosk: Hands, platform: Running) -> None:
    story = Story(kiosk).submitted()
    office = Hands(platform.url, "office-01 demo-office-01")
    office.sign_in("0700")
    assert ask(office, story, "lease_contract")["status"] == 201
    assert ask(kiosk, story, "lease_contract")["status"] == 401
    helper = Hands(platform.url, WINDOW)
    helper.sign_in("0600")
    assert ask(helper, story, "lease_contract")["status"] == 403
    other = Hands(platform.url, "window-21 demo-window-21")
    other.sign_in()
    assert ask(other, story, "lease_contract")["status"] == 404
    assert other.call("GET", f"/v1/cases/{story.case_id}/materials").status_code == 404
    for one in (office, helper, other):
        one.close()


def follow_up(kiosk: Hands, before: Story, **form: Any) -> Story:
    """Another case that says it goes on from the first."""
    story = Story(kiosk)
    story.form.update(form)
    body = {"slip_code": slip(), "form": story.form, "previous_case_id": before.case_id}
    assert kiosk.call("PUT", f"/v1/cases/{story.case_id}/draft", body, If_None_Match="*").status_code == 201
    return story


def test_the_next_case_brings_everything_along(kiosk: Hands, window: Hands) -> None:
    before = Story(kiosk).submitted()
    held = put_material(kiosk, before, "lease_contract")
    recognise(window, before, held)
    requirements = [{"code": "articles_missing", "text": "公司章程"}]
    body = {"decision": "correction", "decided_at": window.now(), "by": "0317", "requirements": requirements}
    path = f"/v1/cases/{before.case_id}/acceptances"
    assert window.post(path, body, If_Match=f'"v{before.version}"').json()["state"] == "RETURNED"
    story = follow_up(kiosk, before)
    (carried,) = listed(kiosk, story)["items"]
    assert (carried["id"], carried["carried_from"], carried["case_id"]) == (held["id"], before.case_id, story.case_id)
    assert {one["type"] for one in listed(kiosk, story)["missing"]} == {"articles"}
    assert ask(window, story, "domicile_proof")["material_id"] == held["id"]


def test_nobody_helps_himself_by_naming_a_case(kiosk: Hands) -> None:
    """A case that still runs has no follower, whoever asks."""
    before = Story(kiosk).submitted()
    put_material(kiosk, before, "lease_contract")
    story = Story(kiosk)
    body = {"slip_code": slip(), "form": story.form, "previous_case_id": before.case_id}
    refused = kiosk.call("PUT", f"/v1/cases/{story.case_id}/draft", body, If_None_Match="*")
    assert (refused.status_code, refused.json()["code"]) == (409, "not-ended")
    assert kiosk.call("GET", f"/v1/cases/{story.case_id}/materials").status_code == 404


def test_look_before_asking(kiosk: Hands, window: Hands) -> None:
    library = window.call("GET", f"/v1/enterprises/{SAMPLE_USCC}/materials").json()["items"]
    assert {one["type"] for one in library} == {"business_licence", "lease_contract", "articles"}  # one is too old
    assert {one["source"] for one in library} == {"e_cert_library"}
    social = window.call("GET", f"/v1/enterprises/{SAMPLE_USCC}/materials?for_item=SOCIAL").json()["items"]
    assert {one["type"] for one in social} == {"business_licence", "lease_contract"}
    assert window.call("GET", "/v1/enterprises/91500103MA0000000B/materials").json()["items"] == []
    assert kiosk.call("GET", f"/v1/enterprises/{SAMPLE_USCC}/materials").status_code == 401
    story = Story(kiosk).submitted()
    held = put_material(kiosk, story, "lease_contract")
    recognise(window, story, held)
    uscc = story.ready(reversion(story, window)).case(window)["uscc"]
    found = window.call("GET", f"/v1/enterprises/{uscc}/materials?for_item=SETUP").json()["items"]
    assert [one["id"] for one in found] == [held["id"]]
    assert story.case_id not in str(found)


def reversion(story: Story, window: Hands) -> Hands:
    story.version = story.case(window)["version"]
    return window


def test_the_hall_hears_of_it(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk).submitted()
    cursor = kiosk.call("GET", "/v1/snapshots/cq-demo-01").json()["cursor"]
    held = put_material(kiosk, story)
    recognise(window, story, held)
    items = kiosk.call("GET", f"/v1/feeds/cq-demo-01?since={cursor}").json()["items"]
    assert [(one["id"], one["version"]) for one in items if one["kind"] == "material"] == [
        (held["id"], 1), (held["id"], 2),
    ]  # fmt: skip


KINDS = st.sampled_from(sorted(rules().titles))


@given(st.lists(st.sampled_from(sorted(rules().items)), max_size=4), st.lists(KINDS, max_size=4), KINDS)
def test_more_papers_never_mean_more_missing(items: list[str], held: list[str], more: str) -> None:
    assert set(rules().missing(items, [*held, more])) <= set(rules().missing(items, held))


def test_rules_are_whole() -> None:
    known = set(rules().titles)
    assert all(wanted in known for every in rules().items.values() for wanted in every)
    assert all(stands <= known for stands in rules().stands_for.values())
    assert rules().made_here <= known
    assert rules().edition.startswith("sample")


def test_a_case_tells_its_papers_and_its_signers(kiosk: Hands, window: Hands) -> None:
    """What a screen follows is the case: its papers, and its signers while it may be signed."""
    story = Story(kiosk)
    story.keep()
    held = put_material(kiosk, story, "lease_contract")
    for hands in (kiosk, window):
        told = hands.call("GET", f"/v1/cases/{story.case_id}").json()
        (paper,) = told["materials"]
        assert (paper["id"], paper["type"], paper["state"], paper["pages"]) == (
            held["id"],
            "lease_contract",
            "HELD",
            1,
        )
        assert {one["state"] for one in told["signers"]} <= {"WAITING", "SIGNED"} and told["signers"]
    recognise(window, story, held)
    assert kiosk.call("GET", f"/v1/cases/{story.case_id}").json()["materials"][0]["state"] == "RECOGNISED"


def page_of(window: Hands, story: Story, held: dict[str, Any], number: int = 1) -> Any:
    return window.call("GET", f"/v1/cases/{story.case_id}/materials/{held['id']}/pages/{number}")


def test_a_clerk_sees_each_page_and_only_where_there_is_a_picture(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk)
    story.keep()
    photographed, taken = jpeg(ulid()), jpeg(ulid())
    held = put_material(kiosk, story, "lease_contract", photographed)
    seen = page_of(window, story, held).json()
    assert (seen["page"], seen["pages"], base64.b64decode(seen["data"])) == (1, 1, photographed)
    assert page_of(window, story, held, 2).status_code == 404
    bound = b"".join(b"<< /Filter /DCTDecode >>\nstream\n" + one + b"\nendstream\n" for one in (photographed, taken))
    both = put_material(kiosk, story, "lease_contract", b"%PDF-1.4\n" + bound + b"%%EOF\n", "application/pdf")
    second = page_of(window, story, both, 2).json()
    assert (second["pages"], base64.b64decode(second["data"])) == (2, taken)
    other = put_material(kiosk, story, "lease_contract", pdf(1), "application/pdf")
    assert page_of(window, story, other).json()["code"] == "wrong-state"
    assert page_of(kiosk, story, held).status_code == 401, "a clerk's look"
