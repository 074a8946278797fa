"""好差评: official codes, the first rating stands, a bad one is followed up to its end."""

from datetime import datetime
from typing import Any

import pytest
import requests

from .hands import Hands, Story, advance, key
from .running import Running

pytestmark = pytest.mark.processes


def rating(hands: Hands, story: Story, level: int, **more: Any) -> dict[str, Any]:
    return {"case_id": story.case_id, "phase": "accepted", "level": level, "rated_at": hands.now(), **more}


def review_of(hands: Hands, story: Story, state: str = "") -> dict[str, Any]:
    query = f"?state={state}" if state else ""
    every = hands.call("GET", f"/v1/bad-reviews{query}").json()["items"]
    found: dict[str, Any] = next(one for one in every if one["case_id"] == story.case_id)
    return found


def act(hands: Hands, review: dict[str, Any], what: str, body: Any) -> requests.Response:
    return hands.post(f"/v1/bad-reviews/{review['id']}/{what}", body, If_Match=f'"v{review["version"]}"')


def test_codes_of_the_official_list(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk).submitted()
    body = rating(kiosk, story, 5, reason_codes=["510", "517"], text="很快")
    answer = kiosk.post("/v1/evaluations", body)
    assert (answer.status_code, answer.json()) == (
        201,
        {
            "case_id": story.case_id, "phase": "accepted", "level": 5, "channel_code": "5",
            "reason_codes": ["510", "517"], "follow_up": False,
        },
    )  # fmt: skip
    at_window = rating(window, story, 4, phase="collected", channel="window", window="w-03", staff_ref="0317")
    assert window.post("/v1/evaluations", at_window).json()["channel_code"] == "4"


@pytest.mark.parametrize(("level", "codes"), [(5, ["406"]), (4, ["510"]), (3, ["307", "207"]), (1, ["116"])])
def test_a_reason_belongs_to_its_level(kiosk: Hands, level: int, codes: list[str]) -> None:
    story = Story(kiosk).submitted()
    answer = kiosk.post("/v1/evaluations", rating(kiosk, story, level, reason_codes=codes))
    assert (answer.status_code, answer.json()["code"]) == (422, "validation")
    assert answer.json()["errors"][0]["pointer"] == f"/reason_codes/{len(codes) - 1}"


def test_the_first_stands_and_another_hall_is_told_nothing(kiosk: Hands, platform: Running) -> None:
    story, idem = Story(kiosk).submitted(), key()
    body = rating(kiosk, story, 4)
    first, again = kiosk.post("/v1/evaluations", body, idem), kiosk.post("/v1/evaluations", body, idem)
    assert first.content == again.content
    changed = kiosk.post("/v1/evaluations", {**body, "level": 1})
    assert (changed.status_code, changed.json()["level"], changed.json()["follow_up"]) == (200, 4, False)
    elsewhere = Hands(platform.url, "kiosk-21 demo-kiosk-21")
    assert elsewhere.post("/v1/evaluations", body).status_code == 404
    elsewhere.close()
    for wrong in ({"level": 0}, {"level": 6}, {"text": "长" * 151}, {"reason_codes": ["4０6"]}, {"phase": "never"}):
        assert kiosk.post("/v1/evaluations", {**body, **wrong}).status_code == 422


def test_a_bad_review_is_followed_up(kiosk: Hands, supervisor: Hands) -> None:
    story = Story(kiosk).submitted()
    body = rating(kiosk, story, 1, reason_codes=["113"], text="跑了三个窗口")
    assert kiosk.post("/v1/evaluations", body).json()["follow_up"] is True
    assert kiosk.post("/v1/evaluations", body).status_code == 200  # a repeat opens no second one
    review = review_of(supervisor, story)
    assert (review["state"], review["level"], review["overdue"], review["reason_codes"], review["text"]) == (
        "OPEN", 1, False, ["113"], "跑了三个窗口",
    )  # fmt: skip
    closing = {"outcome": "corrected", "measures": "已调整窗口引导"}
    early = act(supervisor, review, "close", closing)
    assert (early.status_code, early.json()["code"], early.json()["state"]) == (409, "wrong-state", "OPEN")
    call = {"called_at": supervisor.now(), "reached": False, "note": "无人接听"}
    called = act(supervisor, review, "call-backs", call)
    assert (called.json()["state"], called.json()["calls"], called.headers["ETag"]) == ("UNREACHED", 1, '"v2"')
    assert act(supervisor, review, "call-backs", call).json()["code"] == "version-mismatch"
    wrong = act(supervisor, called.json(), "close", closing)
    assert wrong.status_code == 422  # nobody was reached, so nothing was explained to anybody
    reached = act(supervisor, called.json(), "call-backs", {**call, "reached": True, "note": "已说明"}).json()
    assert (reached["state"], reached["calls"]) == ("REACHED", 2)
    closed = act(supervisor, reached, "close", closing).json()
    assert (closed["state"], closed["outcome"], closed["closed_at"] is not None) == ("CLOSED", "corrected", True)
    assert act(supervisor, closed, "call-backs", call).json()["code"] == "wrong-state"
    assert story.case_id not in supervisor.call("GET", "/v1/bad-reviews").text
    assert review_of(supervisor, story, "CLOSED")["measures"] == "已调整窗口引导"


def test_only_a_supervisor_of_the_hall(kiosk: Hands, window: Hands, platform: Running, supervisor: Hands) -> None:
    story = Story(kiosk).submitted()
    kiosk.post("/v1/evaluations", rating(kiosk, story, 2))
    review = review_of(supervisor, story)
    assert window.call("GET", "/v1/bad-reviews").status_code == 403
    assert kiosk.call("GET", "/v1/bad-reviews").status_code == 401
    other = Hands(platform.url, "window-21 demo-window-21")
    other.sign_in("0001")
    assert other.call("GET", "/v1/bad-reviews").json()["items"] == []
    call = {"called_at": other.now(), "reached": True, "note": "已说明"}
    assert act(other, review, "call-backs", call).status_code == 404
    other.close()


def test_overdue_is_seen(kiosk: Hands, supervisor: Hands) -> None:
    story = Story(kiosk).submitted()
    kiosk.post("/v1/evaluations", rating(kiosk, story, 2, reason_codes=["209"]))
    due = datetime.fromisoformat(review_of(supervisor, story)["due_at"])
    left = (due - datetime.fromisoformat(supervisor.now())).total_seconds()
    advance(kiosk, left + 1)
    supervisor.sign_in("0001")
    assert review_of(supervisor, story)["overdue"] is True
