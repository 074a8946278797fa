"""A window takes the next number, pauses, and what the hall's screens show."""

from typing import Any

import sqlalchemy as sa

from kiosk.contracts.platform_api import queue as wire

from . import feed, presence, states, tickets
from . import tables as t
from .call import Call, Reply
from .handling import Handlers, of_rows
from .moments import at, maybe
from .platform import Platform
from .refusal import Refused, invalid
from .transaction import Tx

_SHOWN = 12  # numbers on a screen


def call_next(platform: Platform, call: Call, tx: Tx) -> Reply:
    """Priority first, then time. A number that another window is just taking is stepped over."""
    window, site_id = call.path["window_id"], call.caller.site_id
    if window != call.caller.window_id:
        raise Refused("forbidden")
    # The window first: whoever presses twice waits here, and holds no number that somebody else could have.
    if _window(platform, tx, site_id, window).paused:
        raise Refused("wrong-state", state="PAUSED")
    column = t.ticket.c
    here = sa.and_(column.site_id == site_id, column.window == window, column.state.in_(("CALLED", "SERVING")))
    if tx.c.execute(sa.select(column.id).where(here)).first() is not None:
        raise Refused("window-has-open-ticket")
    waiting = sa.select(t.ticket).where(
        column.site_id == site_id, column.day == presence.today(tx), column.state == "WAITING",
        sa.or_(column.for_window.is_(None), column.for_window == window),
    )  # fmt: skip
    row = tx.c.execute(tickets.in_order(waiting).limit(1).with_for_update(skip_locked=True)).first()
    state = None if row is None else states.TICKET.after(row.state, "call")
    if row is None or state is None:
        return Reply(204)
    mine = sa.update(t.ticket).where(column.id == row.id, column.version == row.version, column.state == "WAITING")
    taken = mine.values(
        state=state, version=row.version + 1, window=window, called_at=tx.now, calls=row.calls + 1,
        first_called_at=row.first_called_at or tx.now,
    )  # fmt: skip
    if tx.c.execute(taken).rowcount != 1:
        raise Refused("store-unavailable", retry_after=1)
    tickets.note(tx, row.id, "call", state, window, call.caller.staff_ref)
    tx.changed(site_id, "ticket", row.id, row.version + 1)
    return tickets.answer(call, tx, row.id, 200)


def pause_window(platform: Platform, call: Call, tx: Tx) -> Reply:
    """The clerk for his own window, a supervisor for any window of the hall."""
    asked, window, caller = call.body(wire.PauseWindow), call.path["window_id"], call.caller
    if window not in presence.windows_of(tx, caller.site_id):
        raise Refused("not-found")
    if window != caller.window_id and "supervisor" not in caller.roles:
        raise Refused("forbidden")
    if asked.paused and not asked.reason.strip():
        raise invalid("/reason", "required")
    before, column = _window(platform, tx, caller.site_id, window), t.hall_window.c
    said = {"paused": asked.paused, "reason": asked.reason, "since": tx.now, "by": caller.staff_ref}
    mine = sa.update(t.hall_window).where(column.site_id == caller.site_id, column.window_id == window)
    tx.c.execute(mine.values(**said, version=before.version + 1))
    tx.changed(caller.site_id, "window", window, before.version + 1)
    return Reply(200, next(one for one in _windows(tx, caller.site_id) if one.window_id == window))


def _window(platform: Platform, tx: Tx, site_id: str, window: str) -> Any:
    # The window's row, locked until the end.
    key = {"site_id": site_id, "window_id": window}
    platform.store.insert_new(tx.c, t.hall_window, {**key, "version": 0, "paused": False})
    column = t.hall_window.c
    mine = sa.select(t.hall_window).where(column.site_id == site_id, column.window_id == window)
    return tx.c.execute(mine.with_for_update()).one()


def get_hall_queue(call: Call, tx: Tx) -> Reply:
    """Numbers and windows."""
    site_id = feed.own_site(call)
    column = t.ticket.c
    today = sa.and_(column.site_id == site_id, column.day == presence.today(tx))
    waiting = tx.c.execute(
        tickets.in_order(sa.select(column.number).where(today, column.state == "WAITING"))
    ).scalars().all()  # fmt: skip
    missed = sa.select(column.number).where(today, column.state == "MISSED", column.returns == 0)
    shown = tx.c.execute(missed.order_by(column.called_at.desc()).limit(_SHOWN)).scalars().all()
    queue = wire.HallQueue(
        site_id, at(tx.now), len(waiting), tickets.estimate_minutes(len(waiting), *tickets.pace_of(tx, site_id)),
        tuple(waiting[:_SHOWN]), tuple(shown), _windows(tx, site_id),
    )  # fmt: skip
    return Reply(200, queue)


def _windows(tx: Tx, site_id: str) -> tuple[wire.WindowNow, ...]:
    column = t.ticket.c
    busy = sa.select(t.ticket).where(column.site_id == site_id, column.state.in_(("CALLED", "SERVING")))
    there = {row.window: row for row in tx.c.execute(busy)}
    pauses, opened = presence.pauses_of(tx, site_id), presence.windows_open(tx, site_id)
    found = []
    for name in presence.windows_of(tx, site_id):
        pause, row = pauses.get(name, presence.Pause(False, "")), there.get(name)
        found.append(
            wire.WindowNow(
                name, name in opened, pause.paused, pause.reason if pause.paused else "",
                "" if row is None else row.number, "" if row is None else row.state,
                None if row is None else maybe(row.called_at),
            )
        )  # fmt: skip
    return tuple(found)


HANDLERS: Handlers = {
    "callNext": call_next, "pauseWindow": pause_window, "getHallQueue": of_rows(get_hall_queue),
}  # fmt: skip
