"""A broken promise is an event, not a state: written down once, told to the hall, and the case goes on as ever."""

from datetime import date, datetime, time, timedelta
from typing import Any, cast

import sqlalchemy as sa

from kiosk.contracts.platform_api import clocks as wire
from kiosk.rules.working_time import SHANGHAI

from . import tables as t
from .call import Call, Reply
from .hall_hours import HallTime, hall_time
from .handling import Handlers, of_rows
from .moments import MINUTE, at, maybe, ms_of
from .refusal import invalid
from .transaction import Tx

_PAGE = 50


def note(tx: Tx, site_id: str, row: Any, due: int) -> None:
    """The promise of this clock is broken; the second to see it changes nothing."""
    column = t.clock.c
    mine = sa.and_(column.case_id == row.case_id, column.what == row.what, column.kind == row.kind)
    first = sa.update(t.clock).where(mine, column.breached_at.is_(None)).values(breached_at=due)
    if tx.c.execute(first).rowcount != 1:
        return
    breach = {"id": tx.new_id(), "case_id": row.case_id, "what": row.what, "kind": row.kind, "breached_at": due}
    tx.c.execute(t.breach.insert().values(**breach, site_id=site_id, noticed_at=tx.now))
    tx.changed(site_id, "breach", str(breach["id"]), 1)


def list_breaches(call: Call, tx: Tx) -> Reply:
    """Broken promises of the hall, latest first; both days of the span belong to it."""
    column, limit = t.breach.c, int(call.query.get("limit", _PAGE))
    clock, case = t.clock.c, t.case.c
    same = sa.and_(clock.case_id == column.case_id, clock.what == column.what, clock.kind == column.kind)
    wanted = (
        sa.select(t.breach, clock.certain, clock.stopped_at, clock.ahead_ms, clock.measure, case.case_no)
        .join(t.clock, same)
        .join(t.case, case.id == column.case_id)
        .where(column.site_id == call.caller.site_id)
    )
    if "from" in call.query:
        wanted = wanted.where(column.breached_at >= _midnight("from", call.query["from"]))
    if "to" in call.query:
        wanted = wanted.where(column.breached_at < _midnight("to", call.query["to"], 1))
    if "kind" in call.query:
        wanted = wanted.where(column.kind == call.query["kind"])
    if "cursor" in call.query:
        moment, _, breach_id = call.query["cursor"].partition(".")
        earlier = sa.or_(
            column.breached_at < int(moment), sa.and_(column.breached_at == int(moment), column.id < breach_id)
        )
        wanted = wanted.where(earlier)
    rows = tx.c.execute(wanted.order_by(column.breached_at.desc(), column.id.desc()).limit(limit + 1)).all()
    more = f"{rows[limit - 1].breached_at}.{rows[limit - 1].id}" if len(rows) > limit else None
    hall = hall_time(tx, call.caller.site_id)
    return Reply(200, wire.BreachPage(tuple(_line(tx, hall, row) for row in rows[:limit]), more))


def _line(tx: Tx, hall: HallTime, row: Any) -> wire.Breach:
    until = (tx.now if row.stopped_at is None else row.stopped_at) + row.ahead_ms
    late = hall.time.length(at(row.breached_at), at(until), row.measure)
    return wire.Breach(
        id=row.id, case_id=row.case_id, what=row.what, kind=cast(wire.KindCode, row.kind),
        breached_at=at(row.breached_at), noticed_at=at(row.noticed_at), certain=row.certain, case_no=row.case_no,
        stopped_at=maybe(row.stopped_at), late_minutes=late // timedelta(milliseconds=MINUTE),
    )  # fmt: skip


def _midnight(name: str, text: str, days: int = 0) -> int:
    try:
        day = date.fromisoformat(text) + timedelta(days=days)
    except (ValueError, OverflowError):
        raise invalid(f"/query/{name}", "day") from None
    return ms_of(datetime.combine(day, time(), SHANGHAI))


HANDLERS: Handlers = {"listBreaches": of_rows(list_breaches)}
