"""The clocks of one case, move by move, on a calendar week that was worked out by hand."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from kiosk.rules.working_time import SHANGHAI
from kiosk.sandbox import promise_clocks, seed, states
from kiosk.sandbox import tables as t
from kiosk.sandbox.casework import CaseWork
from kiosk.sandbox.clock import SandboxClock
from kiosk.sandbox.clock_watch import watch
from kiosk.sandbox.database import Store
from kiosk.sandbox.moments import at, ms_of
from kiosk.sandbox.platform import Platform
from kiosk.sandbox.settings import SandboxSettings

CASE_ID = "01ARZ3NDEKTSV4RRFFQ69G5FAV"
MONDAY = "2026-11-23 10:00"
Key = tuple[str, str]


class Week:
    """One submitted case and a clock that a test sets."""

    def __init__(self, folder: Path) -> None:
        self.store = Store(f"sqlite:///{folder / 'week.db'}")
        self.store.create()
        self.clock = SandboxClock("manual", 1.0)
        self.platform = Platform(SandboxSettings(database=""), self.store, self.clock)
        with self.store.write() as c:
            seed.fill(c)
            row = {"id": CASE_ID, "slip_code": "A1A-111", "site_id": seed.SITE_ID, "state": "DRAFT", "version": 1}
            c.execute(t.case.insert().values(**row, form=b"{}", notices=0))
        self.go_to(MONDAY)
        self.move("submit_online", items=["SETUP", "SEAL", "INVOICE"])

    def go_to(self, text: str) -> None:
        wanted = ms_of(datetime.fromisoformat(text).replace(tzinfo=SHANGHAI))
        self.clock._frozen_ms = wanted

    def move(self, *events: str, items: list[str] | None = None, mode: str = "", reason: str = "") -> CaseWork:
        """Events of the case, or ITEM.event."""
        with self.platform.transaction() as tx:
            work = CaseWork.open(tx, CASE_ID)
            for event in events:
                item, _, of_item = event.rpartition(".")
                if item:
                    work.move_item(item, of_item, "test")
                else:
                    work.move(event, "test")
            work.request_items(items or [], "test")
            if mode:
                work.set_item("INVOICE", mode=mode)
            if reason:
                work.because(reason)
            work.save()
        return work

    def approved(self) -> None:
        """As far as a SETUP that is approved, paper invoices."""
        self.move("accept")
        self.move("take_up", "SETUP.start")
        self.move("approve", "prepare", "SETUP.approve", "SETUP.prepare", "INVOICE.start", mode="DEVICE")

    def rows(self) -> dict[Key, Any]:
        with self.platform.look() as tx:
            return {(row.what, row.kind): row for row in promise_clocks.rows_of(tx, CASE_ID)}

    def due(self, what: str = "CASE", kind: str = "one_day_promise") -> str:
        return text(self.rows()[what, kind].due_at)

    def shown(self) -> dict[str, str]:
        """The column that terminals read."""
        with self.platform.look() as tx:
            case = tx.c.execute(sa.select(t.case.c.due_at)).scalar_one()
            items = tx.c.execute(sa.select(t.item.c.item, t.item.c.due_at)).all()
        return {"CASE": text(case), **{row.item: text(row.due_at) for row in items}}

    def pauses(self) -> set[tuple[str, str, str, str, str]]:
        with self.platform.look() as tx:
            rows = tx.c.execute(sa.select(t.clock_pause)).all()
        return {(row.what, row.kind, text(row.began_at), text(row.ended_at), row.reason) for row in rows}

    def breaches(self) -> dict[Key, str]:
        with self.platform.look() as tx:
            rows = tx.c.execute(sa.select(t.breach)).all()
        found = {(row.what, row.kind): text(row.breached_at) for row in rows}
        assert len(found) == len(rows)
        return found

    def running(self) -> set[Key]:
        return {key for key, row in self.rows().items() if row.stopped_at is None}


def text(moment: int) -> str:
    return at(moment).strftime("%m-%d %H:%M")


@pytest.fixture
def week(tmp_path: Path) -> Iterator[Week]:
    one = Week(tmp_path)
    yield one
    one.store.close()


def test_from_submission_to_the_shelf(week: Week) -> None:
    assert week.running() == {("CASE", "correction_answer")}
    assert week.due("CASE", "correction_answer") == "11-30 18:00"
    work = week.move("accept")
    assert work.due_at is not None and text(work.due_at) == "11-24 18:00"
    promises = {(what, "one_day_promise") for what in ("CASE", "SETUP", "SEAL", "INVOICE")}
    assert week.running() == promises | {("SETUP", "statutory")}
    assert week.due("SETUP", "statutory") == "11-26 18:00"
    assert text(week.rows()["CASE", "one_day_promise"].target_at) == "11-24 10:00"
    assert week.shown() == dict.fromkeys(("CASE", "SETUP", "SEAL", "INVOICE"), "11-24 18:00")
    week.go_to("2026-11-23 11:30")
    week.move("take_up", "SETUP.start")
    week.move("approve", "prepare", "SETUP.approve", "SETUP.prepare", "INVOICE.start", mode="DEVICE")
    assert week.running() == promises | {("INVOICE", "statutory")}
    week.move("INVOICE.approve", "INVOICE.prepare")
    assert week.running() == promises | {("INVOICE", "invoice_preparation")}
    assert week.due("INVOICE", "invoice_preparation") == week.shown()["INVOICE"] == "11-23 13:30"
    week.move("SETUP.prepared", "INVOICE.prepared", "SEAL.start", "SEAL.approve", "SEAL.prepare", "SEAL.prepared")
    assert week.running() == {("CASE", "one_day_promise")}
    week.move("all_prepared")
    assert week.running() == set()
    assert week.breaches() == {}


def test_no_preparation_clock_without_paper(week: Week) -> None:
    week.approved()
    week.move("INVOICE.approve", "INVOICE.done", mode="DIGITAL")
    assert ("INVOICE", "invoice_preparation") not in week.rows()
    assert ("INVOICE", "one_day_promise") not in week.running()


def test_a_suspended_case_pauses_everything(week: Week) -> None:
    week.move("accept")
    week.move("take_up", "SETUP.start")
    week.go_to("2026-11-23 17:00")
    week.move("suspend", "SETUP.suspend", reason="special_procedure")
    week.go_to("2026-11-25 09:30")
    assert watch(week.platform) == 0  # past the old due, but the time does not count
    week.move("resume", "SETUP.resume")
    promises = [("CASE", "one_day_promise"), ("SETUP", "one_day_promise"), ("SETUP", "statutory")]
    wanted = {(*key, "11-23 17:00", "11-25 09:30", "special_procedure") for key in promises}
    assert wanted <= week.pauses()
    assert week.due() == "11-26 10:30"  # one hour, eight and a half: nine and a half after the 24th at 18:00
    assert week.due("SETUP", "statutory") == "11-30 10:30"
    assert week.shown()["CASE"] == week.shown()["SEAL"] == "11-26 10:30"


def test_the_item_stays_paused_until_it_goes_on_itself(week: Week) -> None:
    week.move("accept")
    week.move("take_up", "SETUP.start")
    week.move("suspend", "SETUP.suspend")
    week.go_to("2026-11-23 11:00")
    week.move("resume")
    assert week.rows()["CASE", "one_day_promise"].paused_at is None
    assert week.rows()["SETUP", "statutory"].paused_at is not None
    week.go_to("2026-11-23 14:00")
    week.move("SETUP.resume")
    assert (week.due(), week.due("SETUP")) == ("11-25 10:00", "11-25 12:00")
    assert {row[-1] for row in week.pauses()} == {"suspended"}


def test_a_suspended_item_pauses_itself_only(week: Week) -> None:
    week.approved()
    week.go_to("2026-11-23 15:00")
    week.move("INVOICE.suspend")
    week.go_to("2026-11-23 16:00")
    week.move("INVOICE.resume")
    assert week.pauses() == {
        ("INVOICE", kind, "11-23 15:00", "11-23 16:00", "correction") for kind in ("one_day_promise", "statutory")
    }
    assert week.shown() == {
        "CASE": "11-24 18:00", "SETUP": "11-24 18:00", "SEAL": "11-24 18:00", "INVOICE": "11-25 10:00",
    }  # fmt: skip


def test_a_pause_of_no_length_twice(week: Week) -> None:
    week.move("accept")
    week.move("take_up", "SETUP.start")
    for _ in range(2):
        week.move("suspend")
        week.move("resume")
    assert week.due() == "11-24 18:00"
    assert {key for key in week.running() if key[0] == "CASE"} == {("CASE", "one_day_promise")}


def test_a_spoiled_article_opens_the_promise_again(week: Week) -> None:
    week.approved()
    week.move("INVOICE.approve", "INVOICE.prepare")
    week.go_to("2026-11-23 10:40")
    week.move("INVOICE.prepared")
    week.go_to("2026-11-23 14:00")
    week.move("INVOICE.spoil")
    assert week.due("INVOICE", "invoice_preparation") == "11-23 14:20"  # twenty minutes were left
    assert ("INVOICE", "invoice_preparation", "11-23 10:40", "11-23 14:00", "was_prepared") in week.pauses()
    week.go_to("2026-11-23 14:21")
    watch(week.platform)
    assert week.breaches() == {("INVOICE", "invoice_preparation"): "11-23 14:20"}


def test_a_breach_is_written_once_and_moves_nothing(week: Week) -> None:
    week.move("accept")
    version = week.move("take_up", "SETUP.start").version
    week.go_to("2026-11-24 18:00")
    assert watch(week.platform) == 0  # the last moment still keeps it
    week.go_to("2026-11-24 18:01")
    assert watch(week.platform) == 1
    assert watch(week.platform) == 0
    assert week.breaches() == {
        (what, "one_day_promise"): "11-24 18:00" for what in ("CASE", "SETUP", "SEAL", "INVOICE")
    }
    with week.platform.look() as tx:
        assert tx.c.execute(sa.select(t.case.c.version, t.case.c.state)).one() == (version, "IN_REVIEW")
        kinds = tx.c.execute(sa.select(t.feed.c.kind)).scalars().all()
        assert tx.c.execute(sa.select(t.timeline).where(t.timeline.c.state.like("BREACH%"))).first() is None
    assert kinds.count("breach") == 4
    week.go_to("2026-11-27 18:01")
    week.move("SETUP.refuse", "refuse", "SEAL.cancel", "INVOICE.cancel")
    assert watch(week.platform) == 0
    assert week.breaches()["SETUP", "statutory"] == "11-26 18:00"  # stopped late, seen by the stop itself
    assert len(week.breaches()) == 5
    assert week.running() == set()


def test_a_pause_after_the_breach_does_not_heal_it(week: Week) -> None:
    week.move("accept")
    week.move("take_up", "SETUP.start")
    week.go_to("2026-11-25 10:00")
    watch(week.platform)
    week.move("suspend")
    week.go_to("2026-11-25 12:00")
    week.move("resume")
    assert week.due() == "11-24 18:00"
    assert week.breaches()["CASE", "one_day_promise"] == "11-24 18:00"


def test_ended_cases_have_no_running_clock(week: Week) -> None:
    week.approved()
    week.move("terminate")  # its items stay where they were
    assert week.running() == set()


def test_correction_answer_stops_with_any_answer(week: Week) -> None:
    week.go_to("2026-12-01 09:00")
    week.move("correction")
    assert week.running() == set()
    assert week.breaches() == {("CASE", "correction_answer"): "11-30 18:00"}


def test_a_trainer_moves_promises_on_where_the_wire_stays(week: Week) -> None:
    week.move("accept")
    week.move("take_up", "SETUP.start", "suspend")
    week.clock._mode = "real"  # advancing moves the offices only, the frozen moment stays
    week.clock.advance(9 * 3600)
    week.clock._mode = "manual"
    watch(week.platform)
    assert {row.ahead_ms for row in week.rows().values()} == {0}  # what is paused is not hurried
    assert week.clock.ahead == 0
    week.move("resume")
    week.clock._mode = "real"
    week.clock.advance(33 * 3600)
    week.clock._mode = "manual"
    assert watch(week.platform) == 1
    assert ("CASE", "one_day_promise") in week.breaches()
    assert ("SETUP", "statutory") not in week.breaches()


def test_every_state_of_the_machines_is_judged() -> None:
    """A state in which a promise runs is a state that exists."""
    of_case = {state for rule in promise_clocks._OF_CASE for state in rule.runs}
    of_items = [*promise_clocks._OF_EVERY_ITEM, *(r for rules in promise_clocks._OF_ITEM.values() for r in rules)]
    assert of_case | promise_clocks._ALIVE <= states.CASE.states
    assert {state for rule in of_items for state in rule.runs} <= states.ITEM.states


def test_a_hall_without_hours_of_its_own_has_the_usual_ones(week: Week) -> None:
    with week.store.write() as c:
        c.execute(sa.delete(t.site_hours))
    week.move("accept")
    assert week.due() == "11-24 18:00"
