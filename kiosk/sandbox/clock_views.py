"""The clocks of a case as they leave. They name states and times, no person, so whoever sees the case sees them."""

from datetime import timedelta
from typing import Any, cast

import sqlalchemy as sa

from kiosk.contracts.platform_api import clocks as wire

from . import tables as t
from .call import Call, Reply
from .casework import CaseWork
from .hall_hours import HallTime, hall_time
from .handling import Handlers, of_rows
from .moments import MINUTE, at, maybe
from .promise_clocks import due_after_pause, rows_of
from .transaction import Tx


def get_clocks(call: Call, tx: Tx) -> Reply:
    """Every clock that was ever started for a case."""
    work = CaseWork.look(tx, call.path["case_id"], call.caller.site_id)
    hall, pauses = hall_time(tx, work.row.site_id), _pauses(tx, work.id)
    clocks = tuple(_clock(tx, hall, row, pauses.get((row.what, row.kind), [])) for row in rows_of(tx, work.id))
    return Reply(200, wire.Clocks(work.id, at(tx.now), clocks))


def _pauses(tx: Tx, case_id: str) -> dict[tuple[str, str], list[wire.ClockPause]]:
    found: dict[tuple[str, str], list[wire.ClockPause]] = {}
    column = t.clock_pause.c
    rows = tx.c.execute(sa.select(t.clock_pause).where(column.case_id == case_id).order_by(column.id))
    for row in rows:
        pause = wire.ClockPause(at(row.began_at), at(row.ended_at), row.reason)
        found.setdefault((row.what, row.kind), []).append(pause)
    return found


def _clock(tx: Tx, hall: HallTime, row: Any, pauses: list[wire.ClockPause]) -> wire.PromiseClock:
    paused, stopped = row.stopped_at is None and row.paused_at is not None, row.stopped_at is not None
    due = due_after_pause(hall, row, row.paused_at, tx.now) if paused else row.due_at
    if paused:
        pauses = [*pauses, wire.ClockPause(at(row.paused_at), None, row.pause_reason)]
    return wire.PromiseClock(
        what=row.what, kind=cast(wire.KindCode, row.kind), started_at=at(row.started_at), due_at=at(due),
        calendar_edition=row.calendar_version, certain=row.certain, measure=cast(wire.MeasureCode, row.measure),
        internal_target=maybe(row.target_at), paused=paused, pauses=tuple(pauses), stopped_at=maybe(row.stopped_at),
        breached_at=maybe(row.breached_at),
        remaining_minutes=None if stopped else _remaining(hall, row, row.paused_at if paused else tx.now),
    )  # fmt: skip


def _remaining(hall: HallTime, row: Any, now: int) -> int:
    left: timedelta = hall.time.length(at(now + row.ahead_ms), at(row.due_at), row.measure)
    return left // timedelta(milliseconds=MINUTE)


HANDLERS: Handlers = {"getClocks": of_rows(get_clocks)}
