"""What people raise (R83): kept, given an owner, answered, and looked up by the number on the slip.

The number cannot be guessed, so it is enough to ask by it; what was said and how to reach the person stay inside.
"""

import secrets
from typing import Any

import sqlalchemy as sa

from kiosk.contracts.platform_api import feedback as wire

from . import states
from . import tables as t
from .call import Call, Reply
from .handling import Handlers, of_rows
from .moments import at, maybe, ms_of
from .platform import Platform
from .refusal import Refused, invalid
from .transaction import Tx
from .versioned import swap

_PAGE = 50
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def post_feedback(platform: Platform, call: Call, tx: Tx) -> Reply:
    """Keep it; the same id once more has the number it has."""
    asked, caller = call.body(wire.PostFeedback), call.caller
    if asked.case_id is not None:
        case = t.case.c
        here = sa.select(case.id).where(case.id == asked.case_id, case.site_id == caller.site_id)
        if tx.c.execute(here).first() is None:
            raise Refused("not-found")
    number = f"F{at(tx.now):%y%m%d}-" + "".join(secrets.choice(_LETTERS) for _ in range(8))
    row = {
        "id": asked.id, "number": number, "site_id": caller.site_id, "terminal_id": caller.terminal_id,
        "kind": asked.kind, "text": asked.text, "case_id": asked.case_id, "contact": asked.contact,
        "state": states.FEEDBACK.initial, "version": 1, "by_ref": caller.staff_ref, "at": tx.now,
        "said_at": ms_of(asked.said_at),
    }  # fmt: skip
    if not platform.store.insert_new(tx.c, t.feedback, row):
        return _known(call, tx, asked)
    tx.changed(caller.site_id, "feedback", asked.id, 1)
    return Reply(201, wire.FeedbackKept(asked.id, number, "OPEN"))


def _known(call: Call, tx: Tx, asked: wire.PostFeedback) -> Reply:
    row = tx.c.execute(sa.select(t.feedback).where(t.feedback.c.id == asked.id)).first()
    if row is None or (row.terminal_id, row.kind, row.text) != (call.caller.terminal_id, asked.kind, asked.text):
        raise Refused("id-taken")
    return Reply(200, wire.FeedbackKept(row.id, row.number, row.state))


def get_feedback(call: Call, tx: Tx) -> Reply:
    """For whoever holds the slip."""
    column, number = t.feedback.c, call.body(wire.FeedbackAsked).number
    mine = sa.select(t.feedback).where(column.number == number, column.site_id == call.caller.site_id)
    row = tx.c.execute(mine).first()
    if row is None:
        raise Refused("not-found")
    answer = wire.FeedbackAnswer(
        row.number, row.kind, row.state, at(row.at), row.outcome or "", row.answer or "", maybe(row.closed_at)
    )
    return Reply(200, answer)


def list_feedback(call: Call, tx: Tx) -> Reply:
    """Newest first."""
    column, limit = t.feedback.c, int(call.query.get("limit", _PAGE))
    wanted = sa.select(t.feedback).where(column.site_id == call.caller.site_id)
    for name in ("state", "kind"):
        if name in call.query:
            wanted = wanted.where(column[name] == call.query[name])
    if "cursor" in call.query:
        moment, _, last = call.query["cursor"].partition(".")
        earlier = sa.or_(column.at < int(moment), sa.and_(column.at == int(moment), column.id < last))
        wanted = wanted.where(earlier)
    rows = tx.c.execute(wanted.order_by(column.at.desc(), column.id.desc()).limit(limit + 1)).all()
    more = f"{rows[limit - 1].at}.{rows[limit - 1].id}" if len(rows) > limit else None
    return Reply(200, wire.FeedbackPage(tuple(_line(row) for row in rows[:limit]), more))


def read_feedback(call: Call, tx: Tx) -> Reply:
    """With the way to reach the person: for whoever has the matter."""
    row = _of_hall(call, tx, lock=False)
    if row.owner != call.caller.staff_ref:
        raise Refused("forbidden")
    return Reply(200, wire.FeedbackWhole(_line(row), row.contact or ""))


def assign_feedback(call: Call, tx: Tx) -> Reply:
    """Whose matter it is; somebody who is known here."""
    owner = call.body(wire.AssignFeedback).owner
    row, state = _to_move(call, tx, "assign")
    if tx.c.execute(sa.select(t.staff.c.ref).where(t.staff.c.ref == owner)).first() is None:
        raise invalid("/owner", "not known")
    return _moved(tx, row, state, owner=owner)


def close_feedback(call: Call, tx: Tx) -> Reply:
    """Answered; how to reach the person is forgotten."""
    asked = call.body(wire.CloseFeedback)
    row, state = _to_move(call, tx, "close")
    done = {"outcome": asked.outcome, "answer": asked.answer, "contact": ""}
    return _moved(tx, row, state, **done, closed_at=tx.now, closed_by=call.caller.staff_ref)


def _of_hall(call: Call, tx: Tx, *, lock: bool) -> Any:
    wanted = sa.select(t.feedback).where(t.feedback.c.id == call.path["id"])
    row = tx.c.execute(wanted.with_for_update() if lock else wanted).first()
    if row is None or row.site_id != call.caller.site_id:
        raise Refused("not-found")
    return row


def _to_move(call: Call, tx: Tx, event: str) -> tuple[Any, str]:
    row = _of_hall(call, tx, lock=True)
    state = states.FEEDBACK.after(row.state, event)
    if state is None:
        raise Refused("wrong-state", state=row.state)
    call.expect(row.version)
    return row, state


def _moved(tx: Tx, row: Any, state: str, **values: Any) -> Reply:
    version = swap(tx, t.feedback, row, "feedback", **values, state=state)
    now = tx.c.execute(sa.select(t.feedback).where(t.feedback.c.id == row.id)).one()
    return Reply(200, _line(now), f"v{version}")


def _line(row: Any) -> wire.FeedbackLine:
    return wire.FeedbackLine(
        id=row.id, number=row.number, kind=row.kind, state=row.state, version=row.version, at=at(row.at),
        text=row.text, by_staff=bool(row.by_ref), owner=row.owner or "", case_id=row.case_id,
        answer=row.answer or "", outcome=row.outcome or "", closed_at=maybe(row.closed_at),
    )  # fmt: skip


HANDLERS: Handlers = {
    "postFeedback": post_feedback, "getFeedback": of_rows(get_feedback), "listFeedback": of_rows(list_feedback),
    "readFeedback": of_rows(read_feedback), "assignFeedback": of_rows(assign_feedback),
    "closeFeedback": of_rows(close_feedback),
}  # fmt: skip
