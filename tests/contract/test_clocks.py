"""Promises over the wire: every clock of a case, what was broken and when, and the hours by which they are reckoned.

Expected moments are made with the pure rules, whose own tests hold them against examples worked out by hand.
"""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kiosk.code_tables.workdays import missing_year_alarm, workdays
from kiosk.rules.working_time import Calendar, Hours, Span, WorkingTime

from .hands import KIOSK, LI, WANG, WINDOW, Hands, Story, advance, trade, ulid
from .running import Running

pytestmark = pytest.mark.processes

HOUR = 3600
SLOW = {
    "decide": [2 * HOUR] * 2,
    "resume": [2 * HOUR] * 2,
    "take_up": [60, 60],
}  # the registrar takes two hours to the second
REFUSED = "不予"  # the second hall's store is empty: its cases must not come as far as to wait for paper
SUPERVISOR, CLERK = "0001", "0317"
Clock = dict[str, Any]


def _time(text: str) -> Any:
    return datetime.strptime(text, "%H:%M").time()


def hall(*spans: tuple[str, str]) -> WorkingTime:
    held = workdays()
    hours = Hours(tuple(Span(_time(opens), _time(closes)) for opens, closes in spans))
    return WorkingTime(hours, Calendar(held.edition, held.exceptions, held.years))


HALL = hall(("09:00", "12:00"), ("13:00", "18:00"))
SECOND_HALL = hall(("09:00", "12:30"), ("14:00", "17:30"))


def registrar_takes(running: Running, delay: dict[str, list[int]]) -> None:
    hands = Hands(running.url, KIOSK)
    answer = hands.call("PUT", "/sandbox/back-offices/samr", {"delay": delay})
    assert answer.status_code == 200, answer.text
    hands.close()


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with Running(Path(tmp_path_factory.mktemp("clocks"))) as running:
        registrar_takes(running, SLOW)
        yield running
        assert running.stop() == 0
        assert running.errors() == ""


@pytest.fixture
def signed(platform: Running) -> Iterator[Callable[..., Hands]]:
    """Hands at a terminal with somebody signed in, as fresh as the clock that was just moved."""
    made: list[Hands] = []

    def sign(staff_ref: str = CLERK, terminal: str = WINDOW) -> Hands:
        made.append(Hands(platform.url, terminal))
        assert made[-1].sign_in(staff_ref)["status"] == 201
        return made[-1]

    yield sign
    for one in made:
        one.close()


def now(hands: Hands) -> datetime:
    return datetime.fromisoformat(hands.now())


def at_ten(hands: Hands, reckoned: WorkingTime = HALL) -> datetime:
    """Go to ten o'clock of the next working day that is followed by another."""
    moment = now(hands) + timedelta(days=1)
    while not all(reckoned.calendar.is_working((moment + timedelta(days=n)).date()) for n in (0, 1)):
        moment += timedelta(days=1)
    moment = moment.replace(hour=10, minute=0, second=0, microsecond=0)
    advance(hands, (moment - now(hands)).total_seconds())
    return now(hands)


def clocks(hands: Hands, story: Story) -> dict[str, Clock]:
    answer = hands.call("GET", f"/v1/cases/{story.case_id}/clocks")
    assert answer.status_code == 200, answer.text
    assert WANG not in answer.text
    return {f"{one['what']} {one['kind']}": one for one in answer.json()["items"]}


def moment_of(clock: Clock, name: str) -> datetime:
    return datetime.fromisoformat(clock[name])


def second(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


def breaches(hands: Hands, query: str = "") -> list[dict[str, Any]]:
    answer = hands.call("GET", "/v1/breaches" + query)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def test_a_case_and_its_promises(kiosk: Hands, signed: Callable[..., Hands]) -> None:
    at_ten(kiosk)
    story = Story(kiosk).submitted()
    submitted = clocks(kiosk, story)
    assert set(submitted) == {"CASE correction_answer"}
    answer = submitted["CASE correction_answer"]
    assert moment_of(answer, "due_at") == HALL.end_of_day(now(kiosk), 5)
    window = signed()
    accepted = story.accept(window).json()
    held = clocks(window, story)
    assert held["CASE correction_answer"]["remaining_minutes"] is None
    assert held["CASE correction_answer"]["stopped_at"] == accepted["accepted_at"]
    promise = held["CASE one_day_promise"]
    assert promise["started_at"] == accepted["accepted_at"]
    assert promise["due_at"] == accepted["due_at"] == story.case(window)["due_at"]
    assert moment_of(promise, "due_at") == HALL.legal_due(now(kiosk))
    assert moment_of(promise, "internal_target") == HALL.internal_target(now(kiosk))
    assert (promise["remaining_minutes"], promise["measure"], promise["paused"]) == (7 * 60 + 8 * 60, "office", False)
    assert promise["calendar_edition"] == workdays().edition
    assert promise["certain"] is HALL.is_certain(now(kiosk), moment_of(promise, "due_at"))
    assert moment_of(held["SETUP statutory"], "due_at") == HALL.end_of_day(now(kiosk), 3)
    items = {f"{item} one_day_promise" for item in story.form["items"]}
    assert set(held) == {"CASE correction_answer", "CASE one_day_promise", "SETUP statutory"} | items
    assert {one["due_at"] for one in story.case(window)["items"]} == {promise["due_at"]}
    advance(kiosk, 2 * HOUR + 300)  # into the lunch break
    done = clocks(kiosk, story)
    assert story.case(kiosk)["state"] == "READY"
    assert all(one["stopped_at"] and not one["breached_at"] for one in done.values())
    invoices = done["INVOICE invoice_preparation"]
    start = moment_of(invoices, "started_at")
    assert (
        moment_of(invoices, "due_at")
        == HALL.add(start, timedelta(minutes=60))
        == start.replace(hour=14, minute=0, second=0, microsecond=0)
    )
    item = kiosk.call("GET", f"/v1/cases/{story.case_id}/items/INVOICE").json()
    assert item["sla"] == {"kind": "invoice_preparation", "minutes": 60, "clock": "office", "paused": True}
    assert item["due_at"] == invoices["due_at"]


def test_a_suspension_does_not_count(kiosk: Hands, signed: Callable[..., Hands]) -> None:
    start = at_ten(kiosk)
    story = Story(kiosk, trade_name=trade() + "挂起").submitted()
    assert story.accept(signed()).status_code == 201
    promised = HALL.legal_due(start)
    advance(kiosk, 60)
    advance(kiosk, 2 * HOUR)
    began = now(kiosk)  # 12:01
    held = clocks(kiosk, story)
    assert story.case(kiosk)["state"] == "SUSPENDED"
    assert {key for key, one in held.items() if one["paused"]} == {
        "CASE one_day_promise", "SETUP one_day_promise", "SETUP statutory", "SEAL one_day_promise",
        "INVOICE one_day_promise", "SOCIAL one_day_promise",
    }  # fmt: skip
    left = held["CASE one_day_promise"]["remaining_minutes"]
    (pause,) = held["CASE one_day_promise"]["pauses"]
    assert (datetime.fromisoformat(pause["started_at"]), pause["ended_at"], pause["reason"]) == (
        began, None, "special_procedure",
    )  # fmt: skip
    advance(kiosk, HOUR + 59 * 60)
    waiting = clocks(kiosk, story)["CASE one_day_promise"]
    assert waiting["remaining_minutes"] == left == 13 * 60  # 13:00 to 18:00 and a day of eight hours
    assert moment_of(waiting, "due_at") == HALL.after_pause(promised, began, now(kiosk), "office")
    advance(kiosk, 60)
    resumed = clocks(kiosk, story)
    shifted = HALL.after_pause(promised, began, now(kiosk), "office")
    assert HALL.between(promised, shifted) == timedelta(minutes=61)
    for key in ("CASE one_day_promise", "SETUP one_day_promise", "SEAL one_day_promise"):
        assert (resumed[key]["paused"], moment_of(resumed[key], "due_at")) == (False, shifted), key
        assert [pause["reason"] for pause in resumed[key]["pauses"]] == ["special_procedure"]
    assert datetime.fromisoformat(story.case(kiosk)["due_at"]) == shifted


def test_broken_promises_appear_when_time_is_moved(kiosk: Hands, signed: Callable[..., Hands]) -> None:
    start = at_ten(kiosk)
    story = Story(kiosk).submitted()
    assert story.accept(signed()).status_code == 201
    cursor = kiosk.call("GET", "/v1/snapshots/cq-demo-01").json()["cursor"]
    due = HALL.legal_due(start)
    advance(kiosk, (due - now(kiosk)).total_seconds() + 10 * 60)  # nobody worked on it before
    supervisor = signed(SUPERVISOR)
    mine = [one for one in breaches(supervisor) if one["case_id"] == story.case_id]
    assert {(one["what"], one["kind"]) for one in mine} == {
        (what, "one_day_promise") for what in ("CASE", *story.form["items"])
    }
    for one in mine:
        assert datetime.fromisoformat(one["breached_at"]) == due
        assert second(datetime.fromisoformat(one["noticed_at"])) == second(now(kiosk))
        assert one["case_no"] and one["late_minutes"] == 0  # after hours no minute of the office has gone by
    held = clocks(kiosk, story)
    assert moment_of(held["CASE one_day_promise"], "breached_at") == due
    assert held["SETUP statutory"]["breached_at"] is None
    assert story.case(kiosk)["state"] not in ("SUSPENDED", "TERMINATED")  # a breach is no state
    assert not [line for line in story.case(kiosk)["timeline"] if "BREACH" in line["state"]]
    told = kiosk.call("GET", f"/v1/feeds/cq-demo-01?since={cursor}&limit=200").json()["items"]
    news = [item["id"] for item in told if item["kind"] == "breach"]
    assert {one["id"] for one in mine} <= set(news) and len(set(news)) == len(news)
    advance(kiosk, 24 * HOUR)
    later = [one for one in breaches(signed(SUPERVISOR)) if one["case_id"] == story.case_id]
    assert {one["id"] for one in later} == {one["id"] for one in mine}  # once for ever


def test_breaches_are_paged_and_seen_by_supervisors_of_the_hall(kiosk: Hands, signed: Callable[..., Hands]) -> None:
    start = at_ten(kiosk)
    stories = [Story(kiosk).submitted() for _ in range(2)]
    for story in stories:
        assert story.accept(signed()).status_code == 201
    advance(kiosk, (HALL.legal_due(start) - now(kiosk)).total_seconds() + 60)
    supervisor = signed(SUPERVISOR)
    day = f"{HALL.legal_due(start):%Y-%m-%d}"
    whole = breaches(supervisor, f"?from={day}&to={day}")
    mine = [one for one in whole if one["case_id"] in {story.case_id for story in stories}]
    assert len(mine) == 10  # of two cases and their four items each
    seen: list[dict[str, Any]] = []
    cursor = ""
    while True:
        page = supervisor.call("GET", f"/v1/breaches?limit=3&from={day}&to={day}{cursor}").json()
        seen += page["items"]
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert [one["id"] for one in seen] == [one["id"] for one in whole]
    earlier = breaches(supervisor, f"?to={start:%Y-%m-%d}&limit=200")
    statutory = breaches(supervisor, f"?from={day}&kind=statutory")
    assert not {one["id"] for one in mine} & {one["id"] for one in (*earlier, *statutory)}
    latest = breaches(supervisor)
    assert [one["breached_at"] for one in latest] == sorted((one["breached_at"] for one in latest), reverse=True)
    assert signed().call("GET", "/v1/breaches").json()["code"] == "forbidden"
    assert kiosk.call("GET", "/v1/breaches").status_code == 401
    elsewhere = breaches(signed(SUPERVISOR, "window-21 demo-window-21"), "?limit=200")
    assert not {one["id"] for one in mine} & {one["id"] for one in elsewhere}
    for query in ("from=2026-02-30", "to=2026-13-01", "from=tomorrow", "kind=other", "cursor=x", "limit=0", "by=me"):
        assert supervisor.call("GET", f"/v1/breaches?{query}").status_code == 422, query


def test_clocks_of_another_hall_are_not_found(kiosk: Hands, platform: Running) -> None:
    story, elsewhere = Story(kiosk).submitted(), Hands(platform.url, "kiosk-21 demo-kiosk-21")
    foreign = elsewhere.call("GET", f"/v1/cases/{story.case_id}/clocks")
    unknown = kiosk.call("GET", f"/v1/cases/{ulid()}/clocks")
    assert (foreign.status_code, foreign.json()["code"]) == (unknown.status_code, unknown.json()["code"])
    assert foreign.status_code == 404
    elsewhere.close()
    story = Story(kiosk)
    story.keep()
    assert clocks(kiosk, story) == {}  # nothing is promised for a draft


def test_hours_of_the_two_halls(kiosk: Hands, platform: Running) -> None:
    at_ten(kiosk)
    here = kiosk.call("GET", "/v1/halls/cq-demo-01/hours")
    told = here.json()
    assert here.headers["ETag"] == f'"v{told["version"]}"'
    assert told["spans"] == [{"opens": "09:00", "closes": "12:00"}, {"opens": "13:00", "closes": "18:00"}]
    assert told["lunch"] == {"opens": "12:00", "closes": "13:00"}
    assert (told["open_now"], told["next_closing"][11:16], told["next_opening"][11:16]) == (True, "12:00", "13:00")
    assert told["calendar_edition"] == workdays().edition
    assert told.get("missing_year") == missing_year_alarm(now(kiosk).date())
    assert {one["weekday"] for one in told["extended"]} == {3, 6}
    elsewhere = Hands(platform.url, "kiosk-21 demo-kiosk-21")
    second_hall = elsewhere.call("GET", "/v1/halls/cq-demo-02/hours").json()
    assert second_hall["lunch"] == {"opens": "12:30", "closes": "14:00"}
    assert elsewhere.call("GET", "/v1/halls/cq-demo-01/hours").status_code == 404
    assert elsewhere.call("GET", "/v1/halls/nowhere/hours").status_code == 404
    elsewhere.close()


def test_a_hall_keeps_its_own_hours(platform: Running, signed: Callable[..., Hands]) -> None:
    elsewhere = Hands(platform.url, "kiosk-21 demo-kiosk-21")
    at_ten(elsewhere)
    story = Story(elsewhere, trade_name=trade() + REFUSED).submitted()
    accepted = story.accept(signed(CLERK, "window-21 demo-window-21")).json()
    assert datetime.fromisoformat(accepted["due_at"]) == SECOND_HALL.legal_due(now(elsewhere))
    assert accepted["due_at"][11:16] == "17:30"
    elsewhere.close()


def put_hours(hands: Hands, body: Any, version: int | None, site: str = "cq-demo-02") -> Any:
    headers = {} if version is None else {"If_Match": f'"v{version}"'}
    return hands.call("PUT", f"/v1/halls/{site}/hours", body, **headers)


def test_a_supervisor_changes_the_hours(platform: Running, signed: Callable[..., Hands]) -> None:
    window = "window-21 demo-window-21"
    elsewhere = Hands(platform.url, "kiosk-21 demo-kiosk-21")
    start = at_ten(elsewhere)
    story = Story(elsewhere, trade_name=trade() + REFUSED).submitted()
    before = story.accept(signed(CLERK, window)).json()["due_at"]
    supervisor = signed(SUPERVISOR, window)
    first = elsewhere.call("GET", "/v1/halls/cq-demo-02/hours").json()
    version = first["version"]
    weekday = (start + timedelta(days=1)).isoweekday()
    extended = {"weekday": weekday, "opens": "17:00", "closes": "19:30", "counts": True, "note": "延时服务"}
    wanted = {
        "spans": [{"opens": "08:30", "closes": "11:30"}, {"opens": "12:30", "closes": "17:00"}],
        "extended": [extended], "invoice_clock": "wall",
    }  # fmt: skip
    assert put_hours(supervisor, wanted, None).status_code == 428
    assert put_hours(supervisor, wanted, version + 1).json()["code"] == "version-mismatch"
    assert put_hours(supervisor, wanted, version + 1).headers["ETag"] == f'"v{version}"'
    assert put_hours(signed(CLERK, window), wanted, version).json()["code"] == "forbidden"
    assert put_hours(elsewhere, wanted, version).status_code == 401
    assert put_hours(supervisor, wanted, version, "cq-demo-01").status_code == 404
    cursor = elsewhere.call("GET", "/v1/snapshots/cq-demo-02").json()["cursor"]
    changed = put_hours(supervisor, wanted, version)
    assert (changed.status_code, changed.headers["ETag"]) == (200, f'"v{version + 1}"')
    told = elsewhere.call("GET", "/v1/halls/cq-demo-02/hours").json()
    assert told == changed.json()
    assert (told["lunch"], told["extended"], told["invoice_clock"]) == (
        {"opens": "11:30", "closes": "12:30"}, [extended], "wall",
    )  # fmt: skip
    news = elsewhere.call("GET", f"/v1/feeds/cq-demo-02?since={cursor}").json()["items"]
    assert [(one["kind"], one["id"], one["version"]) for one in news] == [("hall_hours", "cq-demo-02", version + 1)]
    assert put_hours(supervisor, wanted, version).json()["code"] == "version-mismatch"
    assert story.case(elsewhere)["due_at"] == before  # what was promised stays promised
    later = Story(elsewhere, LI, trade() + REFUSED).submitted()
    assert later.accept(signed(CLERK, window)).json()["due_at"][11:16] == "19:30"
    back = put_hours(supervisor, {"spans": first["spans"]}, version + 1).json()
    assert (back["spans"], back["lunch"]) == (first["spans"], first["lunch"])
    elsewhere.close()


@pytest.mark.parametrize(
    "spans",
    [
        [],
        [["09:00", "12:00"], ["11:00", "18:00"]],
        [["13:00", "18:00"], ["09:00", "12:00"]],
        [["09:00", "12:00"], ["12:00", "18:00"]],
        [["18:00", "09:00"]],
        [["09:00", "24:00"]],
        [["9:00", "12:00"]],
        [["09:00", "12:00\n"]],
        [["０９:00", "12:00"]],
        [[f"{n:02d}:00", f"{n:02d}:30"] for n in range(9, 14)],
    ],
)
def test_hours_that_cannot_be_meant(signed: Callable[..., Hands], spans: list[list[str]]) -> None:
    supervisor = signed(SUPERVISOR)
    body = {"spans": [{"opens": opens, "closes": closes} for opens, closes in spans]}
    refused = put_hours(supervisor, body, 1, "cq-demo-01")
    assert (refused.status_code, refused.json()["code"]) == (422, "validation")
    good = {"spans": [{"opens": "09:00", "closes": "18:00"}]}
    for wrong in (
        {"extended": [{"weekday": 8, "opens": "18:00", "closes": "20:00"}]},
        {"extended": [{"weekday": 3, "opens": "20:00", "closes": "18:00"}]},
        {"invoice_clock": "sand"},
    ):
        assert put_hours(supervisor, {**good, **wrong}, 1, "cq-demo-01").status_code == 422
    assert supervisor.call("GET", "/v1/halls/cq-demo-01/hours").headers["ETag"] == '"v1"'


def test_the_calendar_is_a_pack(kiosk: Hands) -> None:
    line = next(one for one in kiosk.call("GET", "/v1/packs").json()["items"] if one["name"] == "calendar")
    answer = kiosk.call("GET", "/v1/packs/calendar")
    pack = answer.json()
    assert (pack["version"], pack["sample"], line["rows"]) == (workdays().edition, False, len(pack["rows"]))
    text = json.dumps(pack["rows"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(text.encode()).hexdigest() == pack["sha256"] == line["sha256"]
    assert {"date": "2026-02-14", "kind": "workday", "note": "春节"} in pack["rows"]
    assert kiosk.call("GET", "/v1/packs/calendar", If_None_Match=answer.headers["ETag"]).status_code == 304


def test_promises_where_only_the_offices_can_be_moved_on(tmp_path: Path) -> None:
    """Running promises are moved on with the offices, and the wire's time stays true."""
    with Running(tmp_path, clock="real") as running:
        registrar_takes(running, {"take_up": [1, 1], "decide": [29 * 86400, 29 * 86400]})
        kiosk, window = Hands(running.url, KIOSK), Hands(running.url, WINDOW)
        window.sign_in(SUPERVISOR)
        body = {"spans": [{"opens": "09:00", "closes": "18:00"}], "invoice_clock": "wall"}
        assert put_hours(window, body, 1, "cq-demo-01").status_code == 200
        late = Story(kiosk).submitted()
        window.sign_in()
        assert late.accept(window).status_code == 201
        before = now(kiosk)
        advance(kiosk, 20 * 86400)
        assert now(kiosk) - before < timedelta(minutes=1)
        held = clocks(kiosk, late)
        assert held["CASE one_day_promise"]["breached_at"] == held["CASE one_day_promise"]["due_at"]
        assert held["CASE one_day_promise"]["remaining_minutes"] == 0
        assert held["SETUP statutory"]["breached_at"]
        fresh = Story(kiosk).submitted()
        assert fresh.accept(window).status_code == 201
        advance(kiosk, 1)
        assert not any(one["breached_at"] for one in clocks(kiosk, fresh).values())  # old training is not its fault
        window.sign_in(SUPERVISOR)
        assert {one["case_id"] for one in breaches(window)} == {late.case_id}
        kiosk.close()
        window.close()
        assert running.stop() == 0
        assert running.errors() == ""


def test_invoices_by_the_clock_on_the_wall(tmp_path: Path) -> None:
    with Running(tmp_path) as running:
        kiosk, window = Hands(running.url, KIOSK), Hands(running.url, WINDOW)
        start = at_ten(kiosk)
        advance(kiosk, (start.replace(hour=17, minute=30) - start).total_seconds())
        window.sign_in(SUPERVISOR)
        body = {"spans": [{"opens": "09:00", "closes": "18:00"}], "invoice_clock": "wall"}
        assert put_hours(window, body, 1, "cq-demo-01").status_code == 200
        window.sign_in()
        story = Story(kiosk).submitted().ready(window)
        clock = clocks(kiosk, story)["INVOICE invoice_preparation"]
        assert clock["measure"] == "wall"
        assert moment_of(clock, "due_at") - moment_of(clock, "started_at") == timedelta(minutes=60)
        item = kiosk.call("GET", f"/v1/cases/{story.case_id}/items/INVOICE").json()
        assert item["sla"]["clock"] == "wall"
        kiosk.close()
        window.close()


def test_first_hours_of_a_hall(tmp_path: Path) -> None:
    """A hall that nobody gave hours shows the usual ones as version 0, and takes its first like any other."""
    with Running(tmp_path) as running:
        database = sqlite3.connect(tmp_path / "platform.db")
        database.execute("DELETE FROM site_hours")
        database.commit()
        database.close()
        window = Hands(running.url, WINDOW)
        window.sign_in(SUPERVISOR)
        told = window.call("GET", "/v1/halls/cq-demo-01/hours")
        assert (told.headers["ETag"], told.json()["spans"][1]["closes"]) == ('"v0"', "18:00")
        body = {"spans": [{"opens": "08:00", "closes": "16:00"}]}
        assert put_hours(window, body, 0, "cq-demo-01").headers["ETag"] == '"v1"'
        assert put_hours(window, body, 0, "cq-demo-01").json()["code"] == "version-mismatch"
        assert window.call("GET", "/v1/halls/cq-demo-01/hours").json()["spans"][0]["opens"] == "08:00"
        window.close()
