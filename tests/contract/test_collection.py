"""The hour of collection: only for what lies ready, for whoever may see the case, at most three at once."""

from typing import Any

import pytest
import requests

from .hands import LI, WANG, Hands, Story, advance, handed_over, trade
from .running import Running
from .turns import KIOSK_2, at

pytestmark = pytest.mark.processes


def hours(hands: Hands, story: Story) -> list[str]:
    found: list[str] = hands.call("GET", f"/v1/cases/{story.case_id}/collection-hours").json()["hours"]
    return found


def book(hands: Hands, story: Story, slot: str | None) -> requests.Response:
    return hands.post(f"/v1/cases/{story.case_id}/collection", {"slot": slot})


def told(window: Hands, story: Story) -> list[Any]:
    notes = window.call("GET", f"/v1/cases/{story.case_id}/notifications").json()["items"]
    return [one for one in notes if one["template"] == "collection"]


def test_an_hour_is_booked_moved_and_given_back(kiosk: Hands, window: Hands, platform: Running) -> None:
    story = Story(kiosk, trade_name=trade()).submitted()
    assert book(kiosk, story, None).json()["code"] == "wrong-state"
    story.ready(window)
    before = story.case(window)
    free = hours(kiosk, story)
    assert free == sorted(free) and len({one[:10] for one in free}) == 5
    booked = book(kiosk, story, free[2])
    assert (booked.status_code, booked.json()["slot"]) == (200, free[2])
    case = story.case(window)
    assert (case["collection"], case["version"]) == (free[2], before["version"] + 1)
    assert len(told(window, story)) == 1 and free[2][5:10] in told(window, story)[0]["text"]
    assert book(kiosk, story, free[2]).json()["slot"] == free[2]
    assert len(told(window, story)) == 1
    assert book(kiosk, story, "2020-01-02T10:00:00+08:00").json()["code"] == "hour-taken"
    assert story.case(window)["collection"] == free[2]  # what was held is held on
    assert book(kiosk, story, free[5]).json()["slot"] == free[5]
    with at(platform, KIOSK_2) as stranger:
        assert book(stranger, story, free[5]).status_code == 404
        assert stranger.call("GET", f"/v1/cases/{story.case_id}/collection-hours").status_code == 404
    assert book(kiosk, story, None).json()["slot"] is None
    assert story.case(window)["collection"] is None


def test_three_at_once_and_no_more(kiosk: Hands, window: Hands) -> None:
    stories = []
    for number in (WANG, LI, WANG, LI):
        stories.append(Story(kiosk, number, trade()).submitted().ready(window))
        window.sign_in()  # the departments take longer than a session
    slot = hours(kiosk, stories[0])[-1]
    assert [book(kiosk, one, slot).status_code for one in stories[:3]] == [200, 200, 200]
    assert slot not in hours(kiosk, stories[3])
    assert book(kiosk, stories[3], slot).json()["code"] == "hour-taken"
    first = stories[0]
    handover = window.post("/v1/handovers", first.bundle(window)).json()
    window.post(f"/v1/handovers/{handover['id']}/handed-over", handed_over(handover, window.now()))
    assert first.case(window)["collection"] is None
    assert slot in hours(kiosk, stories[3])  # who has collected comes no more
    assert book(kiosk, stories[3], slot).status_code == 200


def test_an_hour_that_is_over_stands_no_more(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk, trade_name=trade()).submitted().ready(window)
    slot = hours(kiosk, story)[0]
    book(kiosk, story, slot)
    advance(window, 8 * 24 * 3600)
    window.sign_in()
    assert story.case(window)["collection"] is None
    assert slot not in hours(kiosk, story)
