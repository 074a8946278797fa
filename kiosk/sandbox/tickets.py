"""Numbers of the queue: drawn, called, served, missed. Every move is asked of the state table."""

import math
import statistics
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from kiosk.contracts.platform_api import queue as wire

from . import presence, states
from . import tables as t
from .call import Call, Reply
from .handling import Handlers, of_rows
from .moments import MINUTE, at, maybe, ms_of
from .platform import Platform
from .refusal import Refused, invalid
from .transaction import Tx
from .versioned import swap

RETURN_BEHIND = 3  # a missed number comes back behind so many who wait
_OPEN = ("WAITING", "CALLED", "SERVING", "MISSED")


def estimate_minutes(ahead: int, visits_ms: Sequence[int], windows: int) -> int | None:
    """How long somebody waits with so many ahead: today's middle visit, shared among the open windows."""
    if not visits_ms:
        return None
    return math.ceil(ahead * statistics.median(visits_ms) / max(1, windows) / MINUTE)


def take_ticket(platform: Platform, call: Call, tx: Tx) -> Reply:
    """Draw a number; the same id once more is answered with the number it has."""
    asked, caller = call.body(wire.TakeTicket), call.caller
    if asked.site_id != caller.site_id:
        raise Refused("not-found")
    if asked.priority != (asked.priority_reason is not None):
        raise invalid("/priority_reason", "with priority, and only then")
    before = tx.c.execute(sa.select(t.ticket).where(t.ticket.c.id == asked.id)).first()
    if before is not None:
        return _known(call, tx, asked, before)
    if asked.case_id is not None:
        case = t.case.c
        here = sa.select(case.id).where(case.id == asked.case_id, case.site_id == caller.site_id)
        if tx.c.execute(here).first() is None:
            raise Refused("not-found")
    queued_at = tx.now if asked.local_no is None else min(tx.now, ms_of(asked.taken_at))
    day = at(queued_at).date().isoformat()
    state = states.TICKET.initial
    if day != presence.today(tx):  # a number of an earlier day that only now gets through
        state = _next(state, "close")
    row = {
        "id": asked.id, "site_id": caller.site_id, "day": day, "state": state, "version": 1,
        "number": asked.local_no or _number(platform, tx, caller.site_id, day), "priority": asked.priority,
        "priority_reason": asked.priority_reason, "case_id": asked.case_id, "terminal_id": caller.terminal_id,
        "taken_at": ms_of(asked.taken_at), "drawn_at": queued_at, "queued_at": queued_at, "calls": 0, "returns": 0,
    }  # fmt: skip
    if not platform.store.insert_new(tx.c, t.ticket, row):
        raise Refused("id-taken")
    note(tx, asked.id, "take", state, "", caller.staff_ref)
    tx.changed(caller.site_id, "ticket", asked.id, 1)
    return answer(call, tx, asked.id, 201)


def _known(call: Call, tx: Tx, asked: wire.TakeTicket, row: Any) -> Reply:
    same = (row.terminal_id, row.case_id, row.taken_at, row.priority_reason) == (
        call.caller.terminal_id, asked.case_id, ms_of(asked.taken_at), asked.priority_reason,
    )  # fmt: skip
    if not same or (asked.local_no is not None and asked.local_no != row.number):
        raise Refused("id-taken")
    return answer(call, tx, row.id, 200)


def _number(platform: Platform, tx: Tx, site_id: str, day: str) -> str:
    platform.store.insert_new(tx.c, t.ticket_counter, {"site_id": site_id, "day": day, "value": 0})
    column = t.ticket_counter.c
    moved = sa.update(t.ticket_counter).where(column.site_id == site_id, column.day == day)
    value = tx.c.execute(moved.values(value=column.value + 1).returning(column.value)).scalar_one()
    return f"A{value:03d}"


def get_ticket(call: Call, tx: Tx) -> Reply:
    """How a number stands; whose case it is, only people on duty are told."""
    _of_hall(call, tx)
    return answer(call, tx, call.path["id"], 200)


def list_tickets(call: Call, tx: Tx) -> Reply:
    """Numbers of today, in calling order."""
    column = t.ticket.c
    wanted = sa.select(t.ticket).where(column.site_id == call.caller.site_id, column.day == presence.today(tx))
    if "state" in call.query:
        wanted = wanted.where(column.state == call.query["state"])
    rows = tx.c.execute(in_order(wanted)).all()
    pace = pace_of(tx, call.caller.site_id)
    waiting = [row.id for row in rows if row.state == "WAITING"] if "state" in call.query else _waiting(call, tx)
    ahead = {ticket_id: place for place, ticket_id in enumerate(waiting)}
    return Reply(200, wire.Tickets(tuple(_ticket(call, row, ahead.get(row.id, 0), pace) for row in rows)))


def _waiting(call: Call, tx: Tx) -> list[str]:
    column = t.ticket.c
    mine = sa.select(column.id).where(
        column.site_id == call.caller.site_id, column.day == presence.today(tx), column.state == "WAITING"
    )
    return list(tx.c.execute(in_order(mine)).scalars())


def in_order(wanted: "sa.Select[Any]") -> "sa.Select[Any]":
    """Priority first, then time."""
    column = t.ticket.c
    return wanted.order_by(column.priority.desc(), column.queued_at, column.id)


def recall(call: Call, tx: Tx) -> Reply:
    """Call once more."""
    row = _to_move(call, tx, "recall")
    return _moved(call, tx, row, "recall", called_at=tx.now, calls=row.calls + 1)


def start(call: Call, tx: Tx) -> Reply:
    """The person is there; when, is the platform's own time."""
    return _moved(call, tx, _to_move(call, tx, "start"), "start", started_at=tx.now)


def miss(call: Call, tx: Tx) -> Reply:
    """过号: the number leaves the window, and may come back once."""
    row = _to_move(call, tx, "miss")
    return _moved(call, tx, row, "miss", reason=call.body(wire.MissTicket).reason, window=None)


def transfer(call: Call, tx: Tx) -> Reply:
    """Back into the queue at the old place, for one window or for any."""
    asked, row = call.body(wire.TransferTicket), _to_move(call, tx, "transfer")
    if asked.to_window is not None and asked.to_window not in presence.windows_of(tx, row.site_id):
        raise invalid("/to_window", "no such window")
    return _moved(call, tx, row, "transfer", reason=asked.reason, window=None, for_window=asked.to_window)


def raise_ticket(call: Call, tx: Tx) -> Reply:
    """A waiting number gets priority; who has it already keeps it, with the newest reason."""
    row, asked = _of_hall(call, tx), call.body(wire.RaiseTicket)
    if states.TICKET.after(row.state, "raise") is None:
        raise Refused("wrong-state", state=row.state)
    call.expect(row.version)
    why = asked.priority_reason
    return _moved(call, tx, row, "raise", reason=why, priority=True, priority_reason=why)


def come_back(call: Call, tx: Tx) -> Reply:
    """A missed number waits again, behind the next three, once."""
    row = _of_hall(call, tx)
    if states.TICKET.after(row.state, "return") is None or row.returns:
        raise Refused("wrong-state", state=row.state)
    call.expect(row.version)
    column = t.ticket.c
    next_ones = sa.select(column.queued_at).where(
        column.site_id == row.site_id, column.day == row.day, column.state == "WAITING",
        column.priority.is_(row.priority),
    )  # fmt: skip
    waiting = list(tx.c.execute(in_order(next_ones).limit(RETURN_BEHIND)).scalars())
    queued_at = waiting[-1] + 1 if waiting else tx.now
    return _moved(call, tx, row, "return", returns=row.returns + 1, queued_at=queued_at)


def finish(call: Call, tx: Tx) -> Reply:
    """A fact. Where the number went elsewhere meanwhile it is written down and changes nothing."""
    row, asked = _of_hall(call, tx), call.body(wire.FinishTicket)
    finished = min(tx.now, ms_of(asked.finished_at))
    here = row.window is not None and row.window == call.caller.window_id
    if not here or states.TICKET.after(row.state, "finish") is None:
        note(tx, row.id, "finish", row.state, call.caller.window_id, call.caller.staff_ref, "late")
        return answer(call, tx, row.id, 200)
    return _moved(call, tx, row, "finish", finished_at=max(finished, row.started_at or row.called_at or finished))


def close_days(tx: Tx) -> int:
    """What is open from a day before today is closed; how many."""
    column = t.ticket.c
    old = sa.select(t.ticket).where(column.state.in_(_OPEN), column.day < presence.today(tx)).order_by(column.id)
    rows = tx.c.execute(old.with_for_update()).all()
    for row in rows:
        state = _next(row.state, "close")
        mine = sa.update(t.ticket).where(column.id == row.id)
        tx.c.execute(mine.values(state=state, version=row.version + 1))
        note(tx, row.id, "close", state, row.window or "", "system")
        tx.changed(row.site_id, "ticket", row.id, row.version + 1)
    return len(rows)


def any_old(tx: Tx) -> bool:
    """Whether a day has ended with numbers still open."""
    column = t.ticket.c
    old = sa.select(column.id).where(column.state.in_(_OPEN), column.day < presence.today(tx)).limit(1)
    return tx.c.execute(old).first() is not None


def answer(call: Call, tx: Tx, ticket_id: str, status: int) -> Reply:
    """One number with its place in the queue."""
    row = tx.c.execute(sa.select(t.ticket).where(t.ticket.c.id == ticket_id)).one()
    ahead = 0
    if row.state == "WAITING":
        column = t.ticket.c
        earlier = sa.or_(
            column.queued_at < row.queued_at, sa.and_(column.queued_at == row.queued_at, column.id < row.id)
        )
        first = sa.and_(column.priority.is_(row.priority), earlier)
        if not row.priority:
            first = sa.or_(column.priority.is_(True), first)
        before = sa.select(sa.func.count()).where(
            column.site_id == row.site_id, column.day == row.day, column.state == "WAITING", first
        )
        ahead = tx.c.execute(before).scalar_one()
    return Reply(status, _ticket(call, row, ahead, pace_of(tx, row.site_id)), f"v{row.version}")


def pace_of(tx: Tx, site_id: str) -> tuple[list[int], int]:
    """How long today's visits took, and how many windows are open."""
    column = t.ticket.c
    done = sa.select(column.finished_at, column.started_at, column.called_at).where(
        column.site_id == site_id, column.day == presence.today(tx), column.state == "DONE"
    )
    visits = [row.finished_at - (row.started_at or row.called_at) for row in tx.c.execute(done)]
    return visits, len(presence.windows_open(tx, site_id))


def _ticket(call: Call, row: Any, ahead: int, pace: tuple[list[int], int]) -> wire.Ticket:
    return wire.Ticket(
        id=row.id, site_id=row.site_id, number=row.number, state=row.state, version=row.version,
        taken_at=at(row.taken_at), ahead=ahead,
        estimate_minutes=estimate_minutes(ahead, *pace) if row.state == "WAITING" else None,
        priority=row.priority, priority_reason=(row.priority_reason or "") if call.caller.on_duty else "",
        window=row.window or "", for_window=row.for_window or "", called_at=maybe(row.called_at), calls=row.calls,
        may_return=row.state == "MISSED" and not row.returns, case_id=row.case_id if call.caller.on_duty else None,
    )  # fmt: skip


def _of_hall(call: Call, tx: Tx) -> Any:
    wanted = sa.select(t.ticket).where(t.ticket.c.id == call.path["id"])
    row = tx.c.execute(wanted.with_for_update() if call.op.idem else wanted).first()
    if row is None or row.site_id != call.caller.site_id:
        raise Refused("not-found")
    return row


def _to_move(call: Call, tx: Tx, event: str) -> Any:
    # A number at a window is moved by that window only.
    row = _of_hall(call, tx)
    if states.TICKET.after(row.state, event) is None:
        raise Refused("wrong-state", state=row.state)
    if not call.caller.window_id or row.window != call.caller.window_id:
        raise Refused("forbidden")
    call.expect(row.version)
    return row


def _moved(call: Call, tx: Tx, row: Any, event: str, reason: str = "", **values: Any) -> Reply:
    state = _next(row.state, event)
    swap(tx, t.ticket, row, "ticket", **values, state=state)
    note(tx, row.id, event, state, call.caller.window_id, call.caller.staff_ref, reason)
    return answer(call, tx, row.id, 200)


def _next(state: str, event: str) -> str:
    after = states.TICKET.after(state, event)
    if after is None:
        raise ValueError(f"{event} is not possible in {state}")
    return after


def note(tx: Tx, ticket_id: str, event: str, state: str, window: str, by: str, reason: str = "") -> None:
    """The book of every number: what was done with it, where and by whom."""
    line = {"ticket_id": ticket_id, "at": tx.now, "event": event, "state": state, "window": window, "by": by}
    tx.c.execute(t.ticket_move.insert().values(**line, reason=reason))


HANDLERS: Handlers = {
    "takeTicket": take_ticket, "getTicket": of_rows(get_ticket), "listTickets": of_rows(list_tickets),
    "recallTicket": of_rows(recall), "startTicket": of_rows(start), "finishTicket": of_rows(finish),
    "missTicket": of_rows(miss), "returnTicket": of_rows(come_back), "transferTicket": of_rows(transfer),
    "raiseTicket": of_rows(raise_ticket),
}  # fmt: skip
