"""A helper beside a citizen (R56): called, coming, there under the own name, gone. All a helper did is on paper.

Who signs in beside a citizen may be a clerk as well, who came instead. Whoever joined is there as long as the own
sign-in at that terminal is: no call stays open because a terminal lost its power or nobody said goodbye.
"""

from typing import Any

import sqlalchemy as sa

from kiosk.contracts.platform_api import visits as wire

from . import tables as t
from .call import Call, Caller, Reply
from .handling import Handlers, of_rows
from .moments import MINUTE, maybe
from .platform import Platform
from .refusal import Refused
from .states import ASSISTANCE
from .transaction import Tx
from .versioned import swap

LAPSES_MS = 30 * MINUTE  # after so long without anybody there, nobody waits for the call any more
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
    """At the citizen's terminal only: the card of whoever came lies on the reader there."""
    row = _mine(call, tx, call.body(wire.JoinVisit).by)
    if row.terminal_id != call.caller.terminal_id:
        raise Refused("forbidden")
    answered = tx.now if row.answered_at is None else row.answered_at
    return _move(tx, row, "join", call.caller.staff_ref, joined_at=tx.now, answered_at=answered)


def leave_visit(call: Call, tx: Tx) -> Reply:
    """By whoever joined."""
    row = _mine(call, tx, call.body(wire.LeaveVisit).by)
    if row.state == "JOINED" and row.by != call.caller.staff_ref:
        raise Refused("forbidden")
    return _move(tx, row, "leave", call.caller.staff_ref, done_at=tx.now)


def withdraw_assistance(call: Call, tx: Tx) -> Reply:
    """By the terminal that called. Whatever was answered meanwhile: whoever comes would find nobody to help."""
    row = _called(call, tx)
    if row is None or row.terminal_id != call.caller.terminal_id:
        raise Refused("not-found")
    return _move(tx, row, "withdraw", row.by, done_at=tx.now)


def _called(call: Call, tx: Tx) -> Any:
    return tx.c.execute(sa.select(t.assistance).where(t.assistance.c.id == call.path["id"]).with_for_update()).first()


def _mine(call: Call, tx: Tx, by: str) -> Any:
    row = _called(call, tx)
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
    """Write down what somebody beside a citizen has just done: under the own name, in the visit that was joined."""
    caller = call.caller
    if not caller.on_duty or caller.kind != "SELF_SERVICE":
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


def end_joined(tx: Tx, *which: "sa.ColumnElement[bool]") -> None:
    """The visits that were joined and are described by that have been left."""
    _end(tx, "leave", t.assistance.c.state == "JOINED", *which)


def signed_out(tx: Tx, terminal_id: str, staff_ref: str) -> None:
    """Whoever signs out at a citizen's terminal has left the citizen's side as well."""
    end_joined(tx, t.assistance.c.terminal_id == terminal_id, t.assistance.c.by == staff_ref)


def started_anew(tx: Tx, terminal_id: str, boot: str) -> None:
    """The program of a citizen's terminal was started anew: the tokens of the run before were lost with it."""
    column = t.staff_session.c
    lost = sa.and_(column.terminal_id == terminal_id, column.boot != "", column.boot != boot)
    gone = tx.c.execute(sa.delete(t.staff_session).where(lost).returning(column.staff_ref)).scalars().all()
    if gone:
        end_joined(tx, t.assistance.c.terminal_id == terminal_id, t.assistance.c.by.in_(gone))


def end_overdue(platform: Platform) -> None:
    """End the visits whose helper's sign-in has run out, and the calls that nobody came for. Cheap where none is."""
    with platform.look() as tx:
        overdue = sa.or_(_alone(tx), _unheard(tx))
        if tx.c.execute(sa.select(t.assistance.c.id).where(overdue).limit(1)).first() is None:
            return
    with platform.transaction() as tx:
        end_joined(tx, _alone(tx))
        _end(tx, "lapse", _unheard(tx))


def _alone(tx: Tx) -> "sa.ColumnElement[bool]":
    column, session = t.assistance.c, t.staff_session.c
    live = sa.exists().where(
        session.terminal_id == column.terminal_id, session.staff_ref == column.by, session.expires_at > tx.now
    )
    return sa.and_(column.state == "JOINED", ~live)


def _unheard(tx: Tx) -> "sa.ColumnElement[bool]":
    column = t.assistance.c
    return sa.and_(column.state.in_(ASSISTANCE.sources("lapse")), column.at <= tx.now - LAPSES_MS)


def _end(tx: Tx, event: str, *which: "sa.ColumnElement[bool]") -> None:
    for row in tx.c.execute(sa.select(t.assistance).where(*which).with_for_update()).all():
        swap(tx, t.assistance, row, "assistance", state=ASSISTANCE.after(row.state, event), done_at=tx.now)


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
    "withdrawAssistance": of_rows(withdraw_assistance),
}
