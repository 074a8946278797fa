"""The queue of a hall: one business, one queue; two windows never get one number; a day ends."""

import concurrent.futures
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from kiosk.sandbox.tickets import RETURN_BEHIND, estimate_minutes

from .hands import KIOSK, OTHER_WINDOW, WINDOW, Hands, Story, advance, early_in_the_day, key, ulid
from .running import Running

pytestmark = pytest.mark.processes
OTHER_HALL = "kiosk-21 demo-kiosk-21"


class Hall:
    """The terminals of one hall."""

    def __init__(self, running: Running) -> None:
        self.kiosk = Hands(running.url, KIOSK)
        self.w3, self.w4 = Hands(running.url, WINDOW), Hands(running.url, OTHER_WINDOW)
        self.sign_in()

    def sign_in(self) -> None:
        self.w3.sign_in()
        self.w4.sign_in()

    def draw(self, **more: Any) -> dict[str, Any]:
        answer = self.kiosk.post("/v1/tickets", ticket(self.kiosk, **more))
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def close(self) -> None:
        for one in (self.kiosk, self.w3, self.w4):
            one.close()


@pytest.fixture
def there(platform: Running) -> Iterator[Hall]:
    """A queue with nobody in it."""
    requests.post(f"{platform.url}/sandbox/reset", timeout=20)
    made = Hall(platform)
    early_in_the_day(made.kiosk)
    made.sign_in()
    yield made
    made.close()


def ticket(hands: Hands, **more: Any) -> dict[str, Any]:
    return {"id": ulid(), "site_id": "cq-demo-01", "taken_at": hands.now(), **more}


def call_next(hands: Hands, window: str = "w-03", idem: str | None = None) -> requests.Response:
    return hands.session.post(
        f"{hands.url}/v1/windows/{window}/call-next", headers={"Idempotency-Key": idem or key()}, timeout=20
    )


def act(hands: Hands, one: dict[str, Any], what: str, body: Any = None, version: int | None = None) -> Any:
    tag = f'"v{version or one["version"]}"'
    return hands.post(f"/v1/tickets/{one['id']}/{what}", body, If_Match=tag)


def serve(hands: Hands, window: str = "w-03", minutes: float = 0) -> dict[str, Any]:
    one: dict[str, Any] = call_next(hands, window).json()
    one = act(hands, one, "start", {"started_at": hands.now()}).json()
    if minutes:
        advance(hands, minutes * 60)
        hands.sign_in()
    done = hands.post(f"/v1/tickets/{one['id']}/finish", {"finished_at": hands.now()})
    assert done.json()["state"] == "DONE", done.text
    found: dict[str, Any] = done.json()
    return found


def test_numbers_are_called_in_order_priority_first(there: Hall) -> None:
    first, second = there.draw(), there.draw()
    old = there.draw(priority=True, priority_reason="elder")
    assert [one["number"] for one in (first, second, old)] == ["A001", "A002", "A003"]
    assert (second["ahead"], old["ahead"]) == (1, 0)
    assert first["estimate_minutes"] is None  # nobody was served today: no figure out of the air
    assert there.kiosk.call("GET", f"/v1/tickets/{first['id']}").json()["ahead"] == 1
    called = [call_next(there.w3).json(), call_next(there.w4, "w-04").json()]
    assert [one["number"] for one in called] == ["A003", "A001"]
    assert [one["window"] for one in called] == ["w-03", "w-04"]
    again = call_next(there.w3)
    assert (again.status_code, again.json()["code"]) == (409, "window-has-open-ticket")


def test_nobody_waits(there: Hall) -> None:
    idem = key()
    empty = call_next(there.w3, idem=idem)
    assert (empty.status_code, empty.content) == (204, b"")
    there.draw()
    assert call_next(there.w3, idem=idem).status_code == 204  # the same call again is answered as before
    assert call_next(there.w3).json()["number"] == "A001"


def test_two_windows_never_get_one_number(there: Hall, platform: Running) -> None:
    drawn = {there.draw()["number"] for _ in range(9)}
    seen: list[str] = []
    for _ in range(3):
        with concurrent.futures.ThreadPoolExecutor(6) as pool:
            hands = [(there.w3, "w-03"), (there.w4, "w-04")] * 3
            answers = list(pool.map(lambda one: call_next(*one), hands))
        got = [one for one in answers if one.status_code == 200]
        assert len(got) == 2  # a window has one number at a time, whoever presses how often
        assert {one.json()["code"] for one in answers if one.status_code != 200} == {"window-has-open-ticket"}
        for one in got:
            said = one.json()
            seen.append(said["number"])
            owner = there.w3 if said["window"] == "w-03" else there.w4
            owner.post(f"/v1/tickets/{said['id']}/finish", {"finished_at": owner.now()})
    assert len(seen) == len(set(seen)) == 6
    assert set(seen) <= drawn


def test_one_visit_after_another_and_the_estimate(there: Hall) -> None:
    for _ in range(4):
        there.draw()
    done = serve(there.w3, minutes=10)
    assert done["window"] == "w-03"
    serve(there.w3, minutes=20)
    last = there.draw()
    # the middle of ten and twenty minutes, two ahead, one window: the other one's session has run out by now
    assert (last["ahead"], last["estimate_minutes"]) == (2, 30)
    screen = there.kiosk.call("GET", "/v1/halls/cq-demo-01/queue").json()
    assert (screen["waiting"], screen["next_numbers"]) == (3, ["A003", "A004", "A005"])
    assert {one["window_id"]: one["open"] for one in screen["windows"]} == {
        "w-03": True, "w-04": False, "w-90": False,
    }  # fmt: skip


def test_missed_comes_back_once_behind_three(there: Hall) -> None:
    for _ in range(6):
        there.draw()
        advance(there.kiosk, 1)
    one = call_next(there.w3).json()
    assert one["number"] == "A001"
    again = act(there.w3, one, "recall")
    assert (again.json()["calls"], again.headers["ETag"]) == (2, '"v3"')
    stale = act(there.w3, one, "miss", {"reason": "no_show"})
    assert (stale.status_code, stale.json()["code"], stale.headers["ETag"]) == (412, "version-mismatch", '"v3"')
    missed = act(there.w3, again.json(), "miss", {"reason": "no_show"}).json()
    assert (missed["state"], missed["window"], missed["may_return"]) == ("MISSED", "", True)
    screen = there.kiosk.call("GET", "/v1/halls/cq-demo-01/queue").json()
    assert screen["missed_numbers"] == ["A001"]
    back = act(there.w3, missed, "return").json()
    assert (back["state"], back["ahead"]) == ("WAITING", RETURN_BEHIND)
    order = []
    for _ in range(4):
        one = call_next(there.w3).json()
        order.append(one["number"])
        if one["number"] != "A001":
            there.w3.post(f"/v1/tickets/{one['id']}/finish", {"finished_at": there.w3.now()})
    assert order == ["A002", "A003", "A004", "A001"]
    gone = act(there.w3, one, "miss", {"reason": "left"}).json()
    assert gone["may_return"] is False
    twice = act(there.w3, gone, "return")
    assert (twice.status_code, twice.json()["code"], twice.json()["state"]) == (409, "wrong-state", "MISSED")


def test_transfer_goes_to_that_window_at_the_old_place(there: Hall) -> None:
    first, second = there.draw(), there.draw()
    one = call_next(there.w3).json()
    assert act(there.w3, one, "transfer", {"reason": "要查旧档", "to_window": "w-99"}).status_code == 422
    moved = act(there.w3, one, "transfer", {"reason": "要查旧档", "to_window": "w-04"}).json()
    assert (moved["state"], moved["for_window"], moved["ahead"]) == ("WAITING", "w-04", 0)
    assert call_next(there.w3).json()["number"] == second["number"]  # w-03 steps over it
    assert call_next(there.w4, "w-04").json()["number"] == first["number"]


def test_a_number_at_a_window_is_moved_by_that_window_only(there: Hall) -> None:
    there.draw()
    one = call_next(there.w3).json()
    foreign = act(there.w4, one, "start", {"started_at": there.w4.now()})
    assert (foreign.status_code, foreign.json()["code"]) == (403, "forbidden")
    assert call_next(there.w4, "w-03").json()["code"] == "forbidden"
    assert act(there.kiosk, one, "recall").json()["code"] == "unauthenticated"
    early = act(there.w3, one, "return")
    assert early.json()["code"] == "wrong-state"
    missing = there.w3.post(f"/v1/tickets/{one['id']}/recall", None)
    assert (missing.status_code, missing.json()["code"]) == (428, "precondition-required")


def test_finish_is_a_fact(there: Hall) -> None:
    there.draw()
    one = call_next(there.w3).json()
    path, idem = f"/v1/tickets/{one['id']}/finish", key()
    other = there.w4.post(path, {"finished_at": there.w4.now()})
    assert (other.status_code, other.json()["state"]) == (200, "CALLED")  # written down, moves nothing
    body = {"finished_at": there.w3.now()}
    bare = Hands(there.w3.url, WINDOW)  # the shift is over, nobody is signed in: still a fact
    done = bare.post(path, body, idem)
    again = bare.post(path, body, idem)
    bare.close()
    assert (done.status_code, done.json()["state"]) == (200, "DONE")
    assert done.content == again.content
    assert again.headers["Idempotent-Replayed"] == "true"
    assert there.w3.post(path, body).json()["state"] == "DONE"


def test_what_was_drawn_while_the_line_was_down(there: Hall) -> None:
    now = datetime.fromisoformat(there.kiosk.now())
    there.draw()
    early = (now - timedelta(seconds=2)).isoformat()
    local = there.draw(local_no="L01-007", taken_at=early)
    assert (local["number"], local["ahead"]) == ("L01-007", 0)  # its number stays, its time is when it was drawn
    double = there.kiosk.post("/v1/tickets", ticket(there.kiosk, local_no="L01-007"))
    assert (double.status_code, double.json()["code"]) == (409, "id-taken")
    future = there.draw(local_no="L01-008", taken_at=(now + timedelta(hours=3)).isoformat())
    assert future["ahead"] == 2  # a fast clock wins nothing
    late = there.draw(local_no="L01-001", taken_at=(now - timedelta(days=1)).isoformat())
    assert late["state"] == "CLOSED"
    for wrong in ("L1-007", "A007", "L01-007\n", "L０1-007"):
        assert there.kiosk.post("/v1/tickets", ticket(there.kiosk, local_no=wrong)).status_code == 422


def test_the_same_number_again(there: Hall) -> None:
    body = ticket(there.kiosk)
    first, again = there.kiosk.post("/v1/tickets", body), there.kiosk.post("/v1/tickets", body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    other = there.kiosk.post("/v1/tickets", {**body, "priority": True, "priority_reason": "elder"})
    assert (other.status_code, other.json()["code"]) == (409, "id-taken")


def test_hostile_numbers(there: Hall, platform: Running) -> None:
    for wrong, status in (
        ({"service": "SEAL"}, 422), ({"priority": True}, 422), ({"priority_reason": "elder"}, 422),
        ({"site_id": "cq-demo-02"}, 404), ({"case_id": ulid()}, 404), ({"surprise": 1}, 422),
    ):  # fmt: skip
        answer = there.kiosk.post("/v1/tickets", ticket(there.kiosk, **wrong))
        assert answer.status_code == status, (wrong, answer.text)
    one = there.draw()
    elsewhere = Hands(platform.url, OTHER_HALL)
    assert elsewhere.call("GET", f"/v1/tickets/{one['id']}").status_code == 404
    assert elsewhere.call("GET", "/v1/halls/cq-demo-01/queue").status_code == 404
    foreign = elsewhere.post(f"/v1/tickets/{one['id']}/finish", {"finished_at": elsewhere.now()})
    assert foreign.status_code == 404
    elsewhere.close()


def test_whose_case_it_is_stays_behind_the_counter(there: Hall) -> None:
    story = Story(there.kiosk).submitted()
    one = there.draw(case_id=story.case_id, priority=True, priority_reason="disabled")
    assert (one["case_id"], one["priority_reason"]) == (None, "")
    clerk = there.w3.call("GET", "/v1/tickets?state=WAITING").json()["items"]
    assert [(line["case_id"], line["priority_reason"]) for line in clerk] == [(story.case_id, "disabled")]
    screen = there.kiosk.call("GET", "/v1/halls/cq-demo-01/queue").text
    assert story.case_id not in screen
    assert one["id"] not in screen


def test_a_paused_window_calls_nobody(there: Hall) -> None:
    path = "/v1/windows/w-03/pause"
    assert there.w3.post(path, {"paused": True}).status_code == 422  # a pause has a reason
    paused = there.w3.post(path, {"paused": True, "reason": "午休"}).json()
    assert (paused["open"], paused["paused"], paused["reason"]) == (False, True, "午休")
    there.draw()
    refused = call_next(there.w3)
    assert (refused.status_code, refused.json()["state"]) == (409, "PAUSED")
    assert there.w4.post(path, {"paused": False}).status_code == 403
    there.w4.sign_in("0001")
    assert there.w4.post(path, {"paused": False}).json()["open"] is True  # a supervisor may
    assert there.w4.post("/v1/windows/w-21/pause", {"paused": True, "reason": "午休"}).status_code == 404
    assert call_next(there.w3).json()["number"] == "A001"


def test_the_day_ends(there: Hall) -> None:
    waiting, called = there.draw(), there.draw()
    one = call_next(there.w3).json()
    advance(there.kiosk, 86400)
    for ticket_id in (waiting["id"], called["id"]):
        assert there.kiosk.call("GET", f"/v1/tickets/{ticket_id}").json()["state"] == "CLOSED"
    there.w3.sign_in()
    assert call_next(there.w3).status_code == 204
    assert there.draw()["number"] == "A001"
    late = there.w3.post(f"/v1/tickets/{one['id']}/finish", {"finished_at": there.w3.now()})
    assert late.json()["state"] == "DONE"  # the fact that came too late is still a fact


def test_screens_are_woken(there: Hall) -> None:
    cursor = there.kiosk.call("GET", "/v1/snapshots/cq-demo-01").json()["cursor"]
    one = there.draw()
    page = there.kiosk.call("GET", f"/v1/feeds/cq-demo-01?since={cursor}").json()
    assert [(item["kind"], item["id"], item["version"]) for item in page["items"]] == [("ticket", one["id"], 1)]


@given(st.integers(0, 500), st.lists(st.integers(0, 4 * 3_600_000), max_size=30), st.integers(0, 20))
def test_estimates(ahead: int, visits: list[int], windows: int) -> None:
    minutes = estimate_minutes(ahead, visits, windows)
    assert (minutes is None) == (not visits)
    if minutes is None:
        return
    assert minutes >= 0
    assert estimate_minutes(0, visits, windows) == 0
    more, wider = estimate_minutes(ahead + 1, visits, windows), estimate_minutes(ahead, visits, windows + 1)
    assert more is not None
    assert wider is not None
    assert more >= minutes >= wider


def test_put_first_takes_a_reason_and_a_waiting_number(there: Hall) -> None:
    first, second = there.draw(), there.draw()
    naked = act(there.w3, second, "raise", {})
    assert naked.status_code == 422, naked.text
    raised = act(there.w3, second, "raise", {"priority_reason": "pregnant"})
    said = raised.json()
    assert (raised.status_code, said["priority"], said["priority_reason"], said["ahead"]) == (
        200,
        True,
        "pregnant",
        0,
    )
    assert act(there.w3, second, "raise", {"priority_reason": "elder"}).status_code == 412  # seen before the raise
    assert call_next(there.w3).json()["number"] == second["number"]
    gone = act(there.w4, call_next(there.w4, "w-04").json(), "raise", {"priority_reason": "elder"})
    assert (gone.status_code, gone.json()["code"]) == (409, "wrong-state")
    assert first["number"] == "A001"
    kiosk = act(there.kiosk, there.draw(), "raise", {"priority_reason": "elder"})
    assert kiosk.status_code in (401, 403)  # nobody puts himself first
