"""A case moves to the hall where its applicant stands (R49); goods that lie elsewhere keep it."""

from typing import Any

import pytest
import requests

from .hands import Hands, Story, advance, handed_over, key
from .running import Running
from .turns import OTHER_HALL, OTHER_KIOSK, accepted, at

pytestmark = pytest.mark.processes


def take_over(hands: Hands, idem: str | None = None, **named: str) -> requests.Response:
    return hands.post("/v1/take-overs", {"reason": "申请人就近办理", **named}, idem)


def changes(hands: Hands, site_id: str, case_id: str, since: str) -> list[Any]:
    items = hands.call("GET", f"/v1/feeds/{site_id}?since={since}").json()["items"]
    return [(one["kind"], one["version"], one["op"]) for one in items if one["id"] == case_id]


def head(hands: Hands, site_id: str) -> str:
    cursor: str = hands.call("GET", f"/v1/snapshots/{site_id}").json()["cursor"]
    return cursor


def test_the_case_is_the_new_halls_and_the_old_one_is_told(kiosk: Hands, window: Hands, platform: Running) -> None:
    story = Story(kiosk).submitted()
    with at(platform, OTHER_HALL, "0317") as here, at(platform, OTHER_KIOSK) as kiosk_here:
        assert here.call("GET", f"/v1/cases/{story.case_id}").status_code == 404
        old_since, new_since = head(window, "cq-demo-01"), head(here, "cq-demo-02")
        idem = key()
        answer = take_over(here, idem, slip_code=story.slip)
        case = answer.json()
        assert (answer.status_code, case["site_id"], case["state"], case["version"]) == (
            200, "cq-demo-02", "SUBMITTED", 3,
        )  # fmt: skip
        assert case["form"]["pickup"]["site_id"] == "cq-demo-02"
        assert take_over(here, idem, slip_code=story.slip).content == answer.content
        assert take_over(here, slip_code=story.slip).json()["version"] == 3  # here already: nothing happens
        assert changes(window, "cq-demo-01", story.case_id, old_since) == [("case", 3, "delete")]
        assert changes(here, "cq-demo-02", story.case_id, new_since) == [("case", 3, "upsert")]
        assert window.call("GET", f"/v1/cases/{story.case_id}").status_code == 404
        assert kiosk.call("GET", f"/v1/cases/{story.case_id}").status_code == 404
        assert kiosk_here.call("GET", f"/v1/cases/{story.case_id}").json()["masked"] is True
        story.version = 3
        assert story.accept(here).json()["state"] == "ACCEPTED"


def test_by_number_with_a_reason_and_for_clerks_only(kiosk: Hands, platform: Running) -> None:
    story = Story(kiosk).submitted()
    case_no = story.case(kiosk)["case_no"]
    with at(platform, OTHER_HALL, "0317") as here, at(platform, OTHER_KIOSK) as kiosk_here:
        assert here.post("/v1/take-overs", {"slip_code": story.slip}).status_code == 422
        assert take_over(here, slip_code=story.slip, case_no=case_no).status_code == 422
        assert take_over(here).status_code == 422
        assert take_over(here, slip_code="Z9Z-999").status_code == 404
        assert take_over(kiosk_here, slip_code=story.slip).status_code == 401
        assert take_over(here, case_no=case_no).json()["site_id"] == "cq-demo-02"


def test_goods_keep_it_where_they_lie(kiosk: Hands, window: Hands, platform: Running) -> None:
    story = Story(kiosk).submitted().ready(window)
    with at(platform, OTHER_HALL, "0317") as here:
        refused = take_over(here, slip_code=story.slip)
        assert (refused.status_code, refused.json()["code"]) == (409, "goods-elsewhere")
        handover = window.post("/v1/handovers", story.bundle(window)).json()
        assert take_over(here, slip_code=story.slip).json()["code"] == "handover-open"
        window.post(f"/v1/handovers/{handover['id']}/handed-over", handed_over(handover, window.now()))
        assert take_over(here, slip_code=story.slip).json()["code"] == "too-late"
        empty = Story(kiosk)
        empty.form["items"] = ["SETUP", "SOCIAL"]
        accepted(empty.submitted(), window, 4)
        advance(here, 0)
        assert take_over(here, slip_code=empty.slip).status_code == 200  # nothing laid aside yet


def test_another_window_of_the_hall_is_fine_and_recorded(kiosk: Hands, window: Hands, other_window: Hands) -> None:
    first, second = (Story(kiosk).submitted().ready(window) for _ in range(2))
    other_window.sign_in()
    window.sign_in()
    there = other_window.post("/v1/handovers", first.bundle(other_window, "w-04")).json()
    here = window.post("/v1/handovers", second.bundle(window)).json()
    assert (there["assigned_window"], here["assigned_window"]) == ("3 号窗口", "")
    for hands, one in ((other_window, there), (window, here)):
        hands.post(f"/v1/handovers/{one['id']}/handed-over", handed_over(one, hands.now()))
