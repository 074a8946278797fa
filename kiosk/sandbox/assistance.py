"""A helper beside a citizen (R56): called, coming, there under the own name, gone. All a helper did is on paper."""

from typing import Any

import sqlalchemy as sa

from kiosk.contracts.platform_api import visits as wire

from . import tables as t
from .call import Call, Caller, Reply
from .handling import Handlers, of_rows
from .moments import maybe
from .refusal import Refused
from .states import ASSISTANCE
from .transaction import Tx
from .versioned import swap

_PAGE = 50


def list_assistance(call: Call, tx: Tx) -> Reply:
    """The hall's calls, oldest first: whoever waits longest is seen first."""
    column = t.assistance.c
    wanted = sa.select(t.assistance).where(column.site_id == call.caller.site_id)
    if "state" in call.query:
        wanted = wanted.where(column.state == call.query["state"])
    rows = tx.c.execute(wanted.order_by(column.at, column.id).limit(int(call.query.get("limit", _PAGE)))).all()
    return Reply(200, wire.AssistancePage(tuple(_told(tx, row) for row in rows)))


def get_assistance(call: Call, tx: Tx) -> Reply:
    """A terminal sees its own call, people on duty see those of their hall with what the helper did."""
    row = tx.c.execute(sa.select(t.assistance).where(t.assistance.c.id == call.path["id"])).first()
    if row is None or not (row.terminal_id == call.caller.terminal_id or _of_hall(call.caller, row)):
        raise Refused("not-found")
    acts = _acts(tx, row.id) if call.caller.on_duty else ()
    return Reply(200, _told(tx, row, acts), f"v{row.version}")


def answer_assistance(call: Call, tx: Tx) -> Reply:
    """A helper is on the way, from wherever in the hall the call was seen."""
    asked = call.body(wire.AnswerAssistance)
    row = _mine(call, tx, asked.by)
    return _move(tx, row, "answer", call.caller.staff_ref, answered_at=tx.now, minutes=asked.minutes)


def join_visit(call: Call, tx: Tx) -> Reply:
    """At the citizen's terminal only: the helper's card lies on the reader there."""
    row = _mine(call, tx, call.body(wire.JoinVisit).by)
    if row.terminal_id != call.caller.terminal_id:
        raise Refused("forbidden")
    answered = tx.now if row.answered_at is None else row.answered_at
    return _move(tx, row, "join", call.caller.staff_ref, joined_at=tx.now, answered_at=answered)


def leave_visit(call: Call, tx: Tx) -> Reply:
    """By the helper who joined."""
    row = _mine(call, tx, call.body(wire.LeaveVisit).by)
    if row.state == "JOINED" and row.by != call.caller.staff_ref:
        raise Refused("forbidden")
    return _move(tx, row, "leave", call.caller.staff_ref, done_at=tx.now)


def _mine(call: Call, tx: Tx, by: str) -> Any:
    row = tx.c.execute(sa.select(t.assistance).where(t.assistance.c.id == call.path["id"]).with_for_update()).first()
    if row is None or not _of_hall(call.caller, row):
        raise Refused("not-found")
    if by != call.caller.staff_ref:
        raise Refused("forbidden")
    call.expect(row.version)
    return row


def _of_hall(caller: Caller, row: Any) -> bool:
    return caller.on_duty and row.site_id == caller.site_id


def _move(tx: Tx, row: Any, event: str, by: str, **values: Any) -> Reply:
    state = ASSISTANCE.after(row.state, event)
    if state is None:
        raise Refused("too-late", state=row.state)
    swap(tx, t.assistance, row, "assistance", **values, state=state, by=by)
    now = tx.c.execute(sa.select(t.assistance).where(t.assistance.c.id == row.id)).one()
    return Reply(200, _told(tx, now, _acts(tx, row.id)), f"v{now.version}")


def attribute(tx: Tx, call: Call) -> None:
    """Write down what a helper has just done, under the helper's name and in the visit that was joined."""
    caller = call.caller
    if caller.role != "helper":
        return
    column = t.assistance.c
    here = sa.and_(column.terminal_id == caller.terminal_id, column.state == "JOINED", column.by == caller.staff_ref)
    joined = tx.c.execute(sa.select(column.id).where(here)).scalar()
    tx.c.execute(
        t.helper_act.insert().values(
            at=tx.now, staff_ref=caller.staff_ref, terminal_id=caller.terminal_id, op=call.op.id,
            case_id=call.path.get("case_id"), assistance_id=joined,
        )
    )  # fmt: skip


def _acts(tx: Tx, assistance_id: str) -> tuple[wire.HelperAct, ...]:
    column = t.helper_act.c
    rows = tx.c.execute(sa.select(t.helper_act).where(column.assistance_id == assistance_id).order_by(column.id))
    return tuple(wire.HelperAct(moment, row.staff_ref, row.op) for row in rows if (moment := maybe(row.at)))


def _told(tx: Tx, row: Any, acts: tuple[wire.HelperAct, ...] = ()) -> wire.Assistance:
    asked = maybe(row.at)
    assert asked is not None
    named = None if not row.by else tx.c.execute(sa.select(t.staff.c.name).where(t.staff.c.ref == row.by)).scalar()
    return wire.Assistance(
        id=row.id, terminal_id=row.terminal_id, screen=row.screen, state=row.state, version=row.version,
        asked_at=asked, case_id=row.case_id, answered_at=maybe(row.answered_at), joined_at=maybe(row.joined_at),
        done_at=maybe(row.done_at), by=row.by or "", acts=acts,
        helper=named or "", minutes=row.minutes,
    )  # fmt: skip


HANDLERS: Handlers = {
    "listAssistance": of_rows(list_assistance),
    "getAssistance": of_rows(get_assistance),
    "answerAssistance": of_rows(answer_assistance),
    "joinVisit": of_rows(join_visit),
    "leaveVisit": of_rows(leave_visit),
}
