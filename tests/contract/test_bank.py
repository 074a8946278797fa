"""The account appointment (R30): neutral order, one case per hour, never in the way of the opening."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from kiosk.sandbox import bank_slots, hall_hours

from .hands import Hands, Story, advance, trade
from .running import Running
from .turns import KIOSK_2, OTHER_HALL, accepted, at

pytestmark = pytest.mark.processes
BRANCH = "bank-b-02"


def hours(hands: Hands, branch: str = BRANCH) -> list[str]:
    found: list[str] = hands.call("GET", f"/v1/bank-branches/{branch}/slots").json()["slots"]
    return found


def with_wish(kiosk: Hands, slot: str, trade_name: str = "", branch: str = BRANCH) -> Story:
    story = Story(kiosk, trade_name=trade_name)
    story.form["items"] = ["SETUP", "SOCIAL", "BANK"]
    story.form["bank_appt"] = {"branch": branch, "slot": slot, "contact": "p1"}
    return story


def appointment(hands: Hands, story: Story) -> requests.Response:
    return hands.call("GET", f"/v1/cases/{story.case_id}/bank-appointment")


def cancel(hands: Hands, story: Story, version: int) -> requests.Response:
    path = f"/v1/cases/{story.case_id}/bank-appointment/cancel"
    return hands.post(path, {"cancelled_at": hands.now()}, If_Match=f'"v{version}"')


def item(case: dict[str, Any], name: str = "BANK") -> str:
    found: str = next(one["state"] for one in case["items"] if one["item"] == name)
    return found


def test_branches(kiosk: Hands) -> None:
    every = kiosk.call("GET", "/v1/bank-branches")
    assert (every.status_code, every.json()["sample"], len(every.json()["items"])) == (200, True, 9)
    unchanged = kiosk.call("GET", "/v1/bank-branches", If_None_Match=every.headers["ETag"])
    assert unchanged.status_code == 304
    of_one = kiosk.call("GET", "/v1/bank-branches?bank=bank-a").json()["items"]
    assert {one["bank"] for one in of_one} == {"bank-a"}
    assert kiosk.call("GET", "/v1/bank-branches/bank-x/slots").status_code == 404
    assert len(hours(kiosk, "bank-a-01")) == 30


def test_confirmed_and_the_hour_is_gone(kiosk: Hands, window: Hands, platform: Running) -> None:
    slot = hours(kiosk)[3]
    story = with_wish(kiosk, slot).submitted()
    assert appointment(kiosk, story).status_code == 404  # nothing is asked of the bank before there is a company
    assert slot in hours(kiosk)
    accepted(story, window)
    answer = appointment(kiosk, story)
    made = answer.json()
    assert (made["state"], made["branch"]["id"], made["contact"]) == ("CONFIRMED", BRANCH, "p1")
    assert datetime.fromisoformat(made["slot"]) == datetime.fromisoformat(slot)
    assert slot not in hours(kiosk)
    assert item(story.case(window)) == "DONE"
    with at(platform, KIOSK_2) as stranger, at(platform, OTHER_HALL, "0317") as elsewhere:
        assert appointment(stranger, story).status_code == 404
        assert cancel(elsewhere, story, made["version"]).status_code == 404
    assert cancel(kiosk, story, made["version"] + 1).status_code == 412
    cancelled = cancel(kiosk, story, made["version"])
    assert (cancelled.status_code, cancelled.json()["state"]) == (200, "CANCELLED")
    assert slot in hours(kiosk)
    assert cancel(kiosk, story, made["version"] + 1).json()["code"] == "too-late"
    assert story.case(window)["state"] == "READY"


def test_one_case_per_hour_and_nobody_is_held_up(kiosk: Hands, window: Hands) -> None:
    slot = hours(kiosk)[7]
    first, second = (with_wish(kiosk, slot).submitted() for _ in range(2))
    for story in (first, second):
        assert story.accept(window).status_code == 201
    advance(window, 300)
    states = sorted(appointment(kiosk, story).json()["state"] for story in (first, second))
    assert states == ["CONFIRMED", "DECLINED"]
    for story in (first, second):
        case = story.case(window)
        declined = appointment(kiosk, story).json()["state"] == "DECLINED"
        assert (case["state"], item(case)) == ("READY", "REFUSED" if declined else "DONE")
        assert case["refused_items"] == (["BANK"] if declined else [])


def test_the_bank_may_decline_and_a_wish_is_not_needed(kiosk: Hands, window: Hands) -> None:
    declined = accepted(with_wish(kiosk, hours(kiosk)[9], "谢绝" + trade()).submitted(), window)
    assert appointment(kiosk, declined).json()["state"] == "DECLINED"
    assert declined.case(window)["state"] == "READY"
    window.sign_in()
    never = accepted(with_wish(kiosk, "0001-01-01T00:00:00+23:59").submitted(), window)
    assert appointment(kiosk, never).json()["state"] == "DECLINED"
    night = hours(kiosk)[0].replace("T09:30", "T03:00")
    window.sign_in()
    unreal = accepted(with_wish(kiosk, night).submitted(), window)
    assert appointment(kiosk, unreal).json()["state"] == "DECLINED"
    window.sign_in()
    plain = with_wish(kiosk, night)
    del plain.form["bank_appt"]
    accepted(plain.submitted(), window)
    assert (item(plain.case(window)), appointment(kiosk, plain).status_code) == ("DONE", 404)


def test_called_off_while_the_bank_still_thinks(kiosk: Hands, window: Hands) -> None:
    story = with_wish(kiosk, hours(kiosk)[11]).submitted()
    story.accept(window)
    for _ in range(40):
        advance(window, 0.5)
        if appointment(kiosk, story).status_code == 200:
            break
    made = appointment(kiosk, story).json()
    assert made["state"] == "REQUESTED"
    assert cancel(kiosk, story, made["version"]).json()["state"] == "CANCELLED"
    assert item(story.case(window)) == "CANCELLED"
    advance(window, 300)
    assert story.case(window)["state"] == "READY"


def test_wishes_that_fit_no_form(kiosk: Hands) -> None:
    story = with_wish(kiosk, hours(kiosk)[0], branch="bank-z-09")
    story.form["bank_appt"]["contact"] = "p7"
    story.form["items"] = ["SETUP"]
    pointers = {one["pointer"] for one in story.keep().json()["issues"]}
    assert pointers == {"/bank_appt", "/bank_appt/branch", "/bank_appt/contact"}


@given(st.dates(date(2025, 1, 1), date(2027, 12, 20)))
def test_every_branch_every_day_and_nobody_always_first(day: date) -> None:
    order = bank_slots.in_neutral_order(day)
    assert {one.id for one in order} == set(bank_slots.branches())
    assert order == bank_slots.in_neutral_order(day)
    now = int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp() * 1000)
    found = bank_slots.hours_after(now)
    assert list(found) == sorted(set(found))
    assert all(hour > now and hall_hours.calendar().is_working(bank_slots.at(hour).date()) for hour in found)


def test_firsts_are_spread() -> None:
    firsts = {bank_slots.in_neutral_order(date(2026, 3, day))[0].bank for day in range(1, 29)}
    assert firsts == {"bank-a", "bank-b", "bank-c"}
