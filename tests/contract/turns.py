"""What the tests of a case's turns have in common: a second card, another hall, a case returned or closed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests

from .hands import WANG, Hands, Story, advance, handed_over, slip, ulid
from .running import Running

OTHER_KIOSK, OTHER_HALL = "kiosk-21 demo-kiosk-21", "window-21 demo-window-21"
KIOSK_2, OFFICE = "kiosk-02 demo-kiosk-02", "office-01 demo-office-01"


@contextmanager
def at(platform: Running, terminal: str, staff_ref: str = "") -> Iterator[Hands]:
    """Hands at some terminal, signed in if a card is given."""
    hands = Hands(platform.url, terminal)
    if staff_ref:
        hands.sign_in(staff_ref)
    yield hands
    hands.close()


def correction(window: Hands, story: Story, requirements: list[dict[str, str]], **more: Any) -> requests.Response:
    """Ask the applicant of a submitted case for what is missing."""
    token = more.pop("second", None)
    body = {"decision": "correction", "decided_at": window.now(), "by": "0317", "requirements": requirements, **more}
    headers = {"Second_Person": token} if token else {}
    version = f'"v{story.case(window)["version"]}"'
    return window.post(f"/v1/cases/{story.case_id}/acceptances", body, If_Match=version, **headers)


def again(hands: Hands, story: Story, new_case_id: str = "", slip_code: str = "") -> requests.Response:
    """Take an ended case up again."""
    body = {"new_case_id": new_case_id or ulid(), "slip_code": slip_code or slip()}
    return hands.post(f"/v1/cases/{story.case_id}/reapplication", body)


def next_story(story: Story, answer: requests.Response) -> Story:
    """The story of the case that takes another up, signed anew."""
    case = answer.json()
    told = object.__new__(Story)
    told.__dict__.update(story.__dict__)
    told.case_id, told.slip, told.form, told.version = case["case_id"], case["slip_code"], case["form"], 1
    told.form["people"][0]["signature_blob"] = "1" * 64
    return told


def closed(kiosk: Hands, window: Hands, items: list[str], trade_name: str = "", number: str = WANG) -> Story:
    """A company that has collected everything it asked for."""
    story = Story(kiosk, number, trade_name)
    story.form["items"] = items
    story.submitted().ready(window)
    handover = window.post("/v1/handovers", story.bundle(window)).json()
    window.post(f"/v1/handovers/{handover['id']}/handed-over", handed_over(handover, window.now()))
    assert story.case(window)["state"] == "CLOSED"
    return story


def accepted(story: Story, window: Hands, seconds: float = 300) -> Story:
    answer = story.accept(window)
    assert answer.status_code == 201, answer.text
    advance(window, seconds)
    return story
