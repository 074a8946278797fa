"""Cases that end before their time: withdrawn, left lying, ended by a department; what they held goes back."""

from typing import Any

import pytest
import requests

from .hands import LI, Hands, Story, advance, key, ulid
from .running import Running
from .turns import KIOSK_2, OFFICE, OTHER_HALL, accepted, again, at

pytestmark = pytest.mark.processes


def withdraw(hands: Hands, story: Story, version: int, **more: Any) -> requests.Response:
    body = {"withdrawn_at": hands.now(), **more}
    return hands.post(f"/v1/cases/{story.case_id}/withdraw", body, If_Match=f'"v{version}"')


def terminate(hands: Hands, story: Story, version: int, idem: str | None = None) -> requests.Response:
    path = f"/v1/cases/{story.case_id}/terminate"
    return hands.post(path, {"reason": "虚假材料"}, idem, If_Match=f'"v{version}"')


def same_name(story: Story, kiosk: Hands) -> requests.Response:
    other = Story(kiosk, trade_name=story.trade)
    return other.reserve_name()


def test_withdrawn_releases_the_name_and_may_come_again(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk).submitted()
    assert same_name(story, kiosk).status_code == 409
    unproved = withdraw(kiosk, story, 2)
    assert (unproved.status_code, unproved.json()["code"]) == (409, "verification-required")
    stale = withdraw(kiosk, story, 1, verification_id=story.verification_id)
    assert (stale.status_code, stale.json()["code"]) == (412, "version-mismatch")
    answer = withdraw(kiosk, story, 2, verification_id=story.verification_id)
    assert (answer.status_code, answer.json()["state"]) == (200, "WITHDRAWN")
    assert {item["state"] for item in story.case(kiosk)["items"]} == {"CANCELLED"}
    assert same_name(story, kiosk).status_code == 201
    assert withdraw(window, story, 3).json()["code"] == "too-late"
    assert again(kiosk, story).json()["form"]["fields"] == story.form["fields"]


def test_a_draft_needs_no_proof_and_a_window_none_either(kiosk: Hands, window: Hands) -> None:
    draft = Story(kiosk)
    draft.keep()
    assert withdraw(kiosk, draft, 1).json()["state"] == "WITHDRAWN"
    late = draft.kiosk.call(
        "PUT", f"/v1/cases/{draft.case_id}/draft", {"slip_code": draft.slip, "form": {}}, If_Match='"v2"'
    )
    assert late.json()["code"] == "too-late"
    story = Story(kiosk).submitted()
    assert withdraw(window, story, 2, reason="不办了").json()["state"] == "WITHDRAWN"


def test_strangers_and_the_late(kiosk: Hands, window: Hands, platform: Running) -> None:
    story = Story(kiosk).submitted()
    with at(platform, KIOSK_2) as stranger, at(platform, OTHER_HALL, "0317") as elsewhere:
        foreign = stranger.verify("李测试", LI).json()["id"]
        assert withdraw(stranger, story, 2, verification_id=foreign).status_code == 404
        assert withdraw(elsewhere, story, 2).status_code == 404
    accepted(story, window, 4)
    refused = withdraw(window, story, story.case(window)["version"])
    assert (refused.status_code, refused.json()["code"]) == (409, "too-late")


def test_a_draft_left_lying_ends_after_thirty_days(kiosk: Hands, window: Hands) -> None:
    story, fresh = Story(kiosk), Story(kiosk)
    story.reserve_name()
    story.keep()
    advance(window, 20 * 86400)
    fresh.keep()
    assert story.case(kiosk)["state"] == "DRAFT"
    advance(window, 11 * 86400)
    assert (story.case(kiosk)["state"], fresh.case(kiosk)["state"]) == ("EXPIRED", "DRAFT")
    assert same_name(story, kiosk).status_code == 201
    assert again(kiosk, story).status_code == 201


def units(window: Hands) -> dict[tuple[str, str], int]:
    stock = window.call("GET", "/sandbox/inspector.json").json()["stock"]
    return {(one["kind"], one["state"]): one["count"] for one in stock}


def test_terminated_and_its_goods_go_back(kiosk: Hands, window: Hands, platform: Running) -> None:
    story = Story(kiosk).submitted().ready(window)
    articles = story.case(window)["articles"]
    before = units(window)
    version = story.case(window)["version"]
    with at(platform, OFFICE, "0700") as office:
        assert terminate(window, story, version).status_code == 403  # a clerk ends nothing
        assert terminate(office, story, version + 1).status_code == 412
        idem = key()
        first, second = (terminate(office, story, version, idem) for _ in range(2))
    assert (first.status_code, first.json()["state"]) == (200, "TERMINATED")
    assert first.content == second.content
    after = units(window)
    assert after["seal", "QUARANTINED"] == before.get(("seal", "QUARANTINED"), 0) + 4
    assert (
        after["tax_device", "QUARANTINED"] == before.get(("tax_device", "QUARANTINED"), 0) + 1
    )  # written: not blank
    case = story.case(window)
    assert {one["state"] for one in case["articles"]} == {"PLANNED"}
    assert {one["state"] for one in case["items"]} == {"CANCELLED", "DONE"}
    body = story.bundle(window) | {"lines": [{"article_id": articles[0]["id"], "unit_id": articles[0]["unit_id"]}]}
    assert window.post("/v1/handovers", body).json()["code"] == "case-not-ready"
    advance(window, 300)  # what the departments had still planned does not wake it
    assert story.case(window)["state"] == "TERMINATED"
    window.sign_in()
    with_paper = Story(kiosk).submitted().ready(window)
    papers = {one["unit_id"] for one in with_paper.case(window)["articles"] if one["kind"].startswith("licence")}
    assert papers == {one["unit_id"] for one in articles if one["kind"].startswith("licence")}  # free again, and used


def test_not_while_it_is_being_handed_over(kiosk: Hands, window: Hands, platform: Running) -> None:
    story = Story(kiosk).submitted().ready(window)
    handover = window.post("/v1/handovers", story.bundle(window)).json()
    with at(platform, "window-04 demo-window-04", "0001") as boss:
        refused = terminate(boss, story, story.case(window)["version"])
        assert (refused.status_code, refused.json()["code"]) == (409, "handover-open")
    abort = {"reason": "测试", "aborted_at": window.now(), "physically_checked": True}
    window.post(f"/v1/handovers/{handover['id']}/abort", abort)
    submitted = Story(kiosk).submitted()
    with at(platform, OFFICE, "0700") as office:
        assert terminate(office, submitted, 2).json()["code"] == "too-late"


def test_names_are_let_go(kiosk: Hands, window: Hands, platform: Running) -> None:
    story = Story(kiosk)
    name_id = story.reserve_name().json()["id"]
    path = f"/v1/name-declarations/{name_id}"
    with at(platform, KIOSK_2) as stranger, at(platform, OTHER_HALL, "0317") as elsewhere:
        assert stranger.call("DELETE", path).status_code == 404
        assert elsewhere.call("DELETE", path).status_code == 404
    assert same_name(story, kiosk).status_code == 409
    assert kiosk.call("DELETE", path).status_code == 204
    assert kiosk.call("DELETE", path).status_code == 204
    assert same_name(story, kiosk).status_code == 201
    other = Story(kiosk).submitted()
    kept = other.kiosk.post(
        "/v1/name-declarations",
        {"id": ulid(), "case_id": other.case_id, "name": "重庆换个名字餐饮有限公司", "trade": "换个名字",
         "industry": "餐饮", "division_code": "500103"},
    )  # fmt: skip
    assert kept.json()["code"] == "too-late"  # a submitted case keeps the name it was submitted with
    assert kiosk.call("DELETE", f"/v1/name-declarations/{ulid()}").status_code == 404


def test_lists_can_be_narrowed(kiosk: Hands, window: Hands, other_window: Hands, platform: Running) -> None:
    story = Story(kiosk).submitted()
    accepted(story, window, 0)
    case_no = story.case(window)["case_no"]

    def ids(hands: Hands, query: str) -> list[str]:
        return [one["case_id"] for one in hands.call("GET", f"/v1/cases?{query}").json()["items"]]

    assert ids(window, f"q={story.trade[1:]}") == [story.case_id]
    assert ids(window, f"q={case_no}") == [story.case_id]
    assert ids(window, "q=%25") == []  # a percent sign is a percent sign
    assert story.case_id in ids(window, "mine=1")
    with at(platform, "window-04 demo-window-04", "0403") as colleague:
        assert story.case_id not in ids(colleague, "mine=1")
    for query in (f"q={LI}", "q=50010319850412002X", "q=13800000000", "q=", "mine=0"):
        assert window.call("GET", f"/v1/cases?{query}").status_code == 422, query
