"""The clocks of a case: which promise runs in which state is a table, and every saved move is held against it.

A promise is due by the working time of the case's hall. A suspension pauses the clock and moves the promise by what
it took. Time is the platform's own, that on the wire; ``ahead_ms`` is by how much a trainer has moved the offices on
while the clock was running, and counts as if it had passed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from kiosk.rules import working_time

from . import breaches
from . import tables as t
from .hall_hours import HallTime, hall_time
from .moments import at, ms_of
from .states import RUNNING_ITEMS
from .transaction import Tx

CASE = "CASE"
PROMISE, PREPARATION = "one_day_promise", "invoice_preparation"
_AT_WORK = frozenset({"ACCEPTED", "IN_REVIEW", "SUSPENDED", "APPROVED", "PREPARING"})
_ALIVE = _AT_WORK | {"READY", "PARTLY_COLLECTED"}  # a spoiled article sends its item back to work in a ready case


@dataclass(frozen=True, slots=True)
class Rule:
    """A promise: due at the end of the n-th working day after, or when so many minutes have gone by."""

    kind: str
    runs: frozenset[str]  # states of the case or the item in which it is not kept yet
    days: int = 0
    minutes: int = 0
    device_only: bool = False


_OF_CASE = (
    Rule("correction_answer", frozenset({"SUBMITTED", "RECEIVED"}), days=working_time.CORRECTION_DAYS),
    Rule(PROMISE, _AT_WORK, days=1),
)
_OF_EVERY_ITEM = (Rule(PROMISE, RUNNING_ITEMS, days=1),)
_OF_ITEM: Mapping[str, tuple[Rule, ...]] = {
    "SETUP": (
        Rule("statutory", frozenset({"PENDING", "IN_REVIEW", "SUSPENDED"}), days=working_time.SETUP_DAYS),
    ),
    "INVOICE": (
        Rule(PREPARATION, frozenset({"APPROVED", "PREPARING"}), 0, working_time.INVOICE_MINUTES, device_only=True),
        Rule("statutory", frozenset({"IN_REVIEW", "SUSPENDED"}), days=working_time.INVOICE_KINDS_DAYS),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case and its items stand; ``reason``: a code, when somebody said why it is suspended."""

    case_id: str
    site_id: str
    state: str
    items: Mapping[str, str]
    modes: Mapping[str, str | None]
    reason: str = ""

    def runs(self, what: str, rule: Rule) -> bool:
        """Whether the promise is open."""
        if what == CASE:
            return self.state in rule.runs
        fits = not rule.device_only or self.modes.get(what) == "DEVICE"
        return fits and self.items[what] in rule.runs and self.state in _ALIVE

    def pause(self, what: str) -> str:
        """Why its time does not count now; empty: it counts."""
        if self.state == "SUSPENDED":
            return self.reason or "suspended"
        return (self.reason or "correction") if self.items.get(what) == "SUSPENDED" else ""

    def promises(self) -> Iterator[tuple[str, Rule]]:
        """Every promise that this case can know, in the order in which its rows are locked."""
        found = [(CASE, rule) for rule in _OF_CASE]
        found += [(item, rule) for item in self.items for rule in (*_OF_EVERY_ITEM, *_OF_ITEM.get(item, ()))]
        return iter(sorted(found, key=lambda one: (one[0], one[1].kind)))


def keep(tx: Tx, standing: Standing) -> dict[str, int]:
    """Start, pause, go on, stop, as the states say; what is due anew, by CASE and item."""
    held = {(row.what, row.kind): row for row in rows_of(tx, standing.case_id)}
    hall = hall_time(tx, standing.site_id)
    dues: dict[str, int] = {}
    for what, rule in standing.promises():
        row, runs = held.get((what, rule.kind)), standing.runs(what, rule)
        if row is None:
            due = _start(tx, hall, standing, what, rule) if runs else None
        else:
            due = _go_on(tx, hall, standing, row, runs)
        if due is None:
            continue
        if rule.kind == PREPARATION:
            dues[what] = due
        elif rule.kind == PROMISE and (what, PREPARATION) not in held:
            dues.setdefault(what, due)
    return dues


def rows_of(tx: Tx, case_id: str) -> list[Any]:
    """The clocks of a case, in the order of their locks."""
    column = t.clock.c
    mine = sa.select(t.clock).where(column.case_id == case_id)
    return list(tx.c.execute(mine.order_by(column.what, column.kind)))


def hurry(tx: Tx, milliseconds: int) -> None:
    """A trainer has moved the offices on without the wire's clock: promises that run have so much less time."""
    column = t.clock.c
    running = sa.and_(column.stopped_at.is_(None), column.paused_at.is_(None))
    wanted = sa.select(column.case_id, column.what, column.kind).where(running)
    for row in tx.c.execute(wanted.order_by(column.case_id, column.what, column.kind).with_for_update()).all():
        mine = sa.and_(running, column.case_id == row.case_id, column.what == row.what, column.kind == row.kind)
        tx.c.execute(sa.update(t.clock).where(mine).values(ahead_ms=column.ahead_ms + milliseconds))


def _start(tx: Tx, hall: HallTime, standing: Standing, what: str, rule: Rule) -> int:
    measure = hall.invoice_measure if rule.device_only else "office"
    if rule.days:
        due = hall.end_of_day(tx.now, rule.days)
    else:
        due = ms_of(hall.time.after(at(tx.now), timedelta(minutes=rule.minutes), measure))
    target = ms_of(hall.time.internal_target(at(tx.now))) if (what, rule.kind) == (CASE, PROMISE) else None
    reason = standing.pause(what)
    tx.c.execute(
        t.clock.insert().values(
            case_id=standing.case_id, what=what, kind=rule.kind, measure=measure, started_at=tx.now, due_at=due,
            target_at=target, paused_at=tx.now if reason else None, pause_reason=reason or None, ahead_ms=0,
            calendar_version=hall.edition, certain=hall.is_certain(tx.now, due),
        )
    )  # fmt: skip
    return due


def _go_on(tx: Tx, hall: HallTime, standing: Standing, row: Any, runs: bool) -> int | None:
    changes: dict[str, Any] = {}
    reason, due, paused_at = standing.pause(row.what) if runs else "", row.due_at, row.paused_at
    if runs and row.stopped_at is not None:  # it was ready, and something of it was spoiled
        due = _pause_over(tx, hall, row, row.stopped_at, "was_prepared")
        changes["stopped_at"] = None
    elif row.stopped_at is None and paused_at is not None and not reason:
        due = _pause_over(tx, hall, row, paused_at, row.pause_reason)
        paused_at, changes["paused_at"], changes["pause_reason"] = None, None, None
    if reason and paused_at is None:
        changes["paused_at"], changes["pause_reason"] = tx.now, reason
    if not runs and row.stopped_at is None:
        changes["stopped_at"] = tx.now
    if due != row.due_at:
        certain = row.certain and hall.is_certain(row.due_at, due)
        changes.update(due_at=due, certain=certain, calendar_version=hall.edition)
    if not changes:
        return None
    column = t.clock.c
    mine = sa.and_(column.case_id == row.case_id, column.what == row.what, column.kind == row.kind)
    tx.c.execute(sa.update(t.clock).where(mine).values(**changes))
    if "stopped_at" in changes and not runs and tx.now + row.ahead_ms > due:
        breaches.note(tx, standing.site_id, row, due)
    return due if due != row.due_at else None


def _pause_over(tx: Tx, hall: HallTime, row: Any, began: int, reason: str) -> int:
    pause = {"case_id": row.case_id, "what": row.what, "kind": row.kind, "began_at": began, "ended_at": tx.now}
    tx.c.execute(t.clock_pause.insert().values(**pause, reason=reason))
    return due_after_pause(hall, row, began, tx.now)


def due_after_pause(hall: HallTime, row: Any, began: int, ended: int) -> int:
    """The promise of a clock, later by what a pause took."""
    ahead = row.ahead_ms
    return ms_of(hall.time.after_pause(at(row.due_at), at(began + ahead), at(ended + ahead), row.measure))
