"""好差评: one rating per case and phase, under the official codes. A bad one is followed up; none is no rating.

Reasons must be those of the level. Nobody moves the time of a rating, and nobody rates for somebody who did not.
"""

from typing import Any

import msgspec
import sqlalchemy as sa

from kiosk.code_tables.evaluation_codes import BAD, reasons_of_level
from kiosk.contracts import platform_api as api
from kiosk.contracts.platform_api import feedback as wire

from . import states
from . import tables as t
from .call import Call, Reply
from .hall_hours import hall_time
from .handling import Handlers, of_rows
from .moments import at, maybe, ms_of
from .platform import Platform
from .refusal import Refused, invalid
from .transaction import Tx
from .versioned import swap

CHANNEL_CODES = {"self_service": "5", "window": "4"}  # of the official list: other terminal of the hall, hall tablet
FOLLOW_UP_DAYS = 15
_PAGE = 100


def follow_up_due(tx: Tx, site_id: str, opened_ms: int) -> int:
    """End of hall hours on the fifteenth working day after."""
    return hall_time(tx, site_id).end_of_day(opened_ms, FOLLOW_UP_DAYS)


def post_evaluation(platform: Platform, call: Call, tx: Tx) -> Reply:
    """One per case and phase: the first stands, a repeat is told what stands."""
    asked = call.body(api.Evaluate)
    case = tx.c.execute(sa.select(t.case.c.site_id).where(t.case.c.id == asked.case_id)).first()
    if case is None or case.site_id != call.caller.site_id:
        raise Refused("not-found")
    wrong = [n for n, code in enumerate(asked.reason_codes) if code not in reasons_of_level(asked.level)]
    if wrong:
        raise invalid(f"/reason_codes/{wrong[0]}", "no reason of this level")
    row = {
        "case_id": asked.case_id, "phase": asked.phase, "level": asked.level, "body": call.raw, "at": tx.now,
        "site_id": case.site_id, "terminal_id": call.caller.terminal_id, "channel": CHANNEL_CODES[asked.channel],
        "rated_at": ms_of(asked.rated_at), "window": asked.window, "staff_ref": asked.staff_ref,
    }  # fmt: skip
    new = platform.store.insert_new(tx.c, t.evaluation, row)
    if new and asked.level in BAD:
        _open(tx, case.site_id, asked)
    column = t.evaluation.c
    stands = sa.select(t.evaluation).where(column.case_id == asked.case_id, column.phase == asked.phase)
    one = tx.c.execute(stands).one()
    answer = api.Evaluated(
        asked.case_id, asked.phase, one.level, one.channel, _said(one.body).reason_codes, one.level in BAD
    )
    return Reply(201 if new else 200, answer)


def _said(body: bytes) -> api.Evaluate:
    return msgspec.json.decode(body, type=api.Evaluate)


def _open(tx: Tx, site_id: str, asked: api.Evaluate) -> None:
    review = {
        "id": tx.new_id(), "case_id": asked.case_id, "phase": asked.phase, "site_id": site_id, "level": asked.level,
        "state": states.BAD_REVIEW.initial, "version": 1, "opened_at": tx.now,
        "due_at": follow_up_due(tx, site_id, tx.now),
        "calls": 0,
    }  # fmt: skip
    tx.c.execute(t.bad_review.insert().values(**review))
    tx.changed(site_id, "bad_review", str(review["id"]), 1)


def list_bad_reviews(call: Call, tx: Tx) -> Reply:
    """First due first; without a state: everything that is not closed."""
    column = t.bad_review.c
    wanted = sa.select(t.bad_review).where(column.site_id == call.caller.site_id)
    asked = call.query.get("state")
    wanted = wanted.where(column.state != "CLOSED" if asked is None else column.state == asked)
    rows = tx.c.execute(wanted.order_by(column.due_at, column.id).limit(int(call.query.get("limit", _PAGE)))).all()
    return Reply(200, wire.BadReviews(tuple(_review(tx, row) for row in rows)))


def record_call_back(call: Call, tx: Tx) -> Reply:
    """A call back, reached or not."""
    asked = call.body(wire.RecordCallBack)
    row, state = _to_move(call, tx, "reached" if asked.reached else "unreached")
    number = row.calls + 1
    called = {"called_at": ms_of(asked.called_at), "reached": asked.reached, "note": asked.note}
    line = {"review_id": row.id, "no": number, "at": tx.now, "by_ref": call.caller.staff_ref, **called}
    tx.c.execute(t.call_back.insert().values(**line))
    return _moved(tx, row, state, calls=number, last_call_at=min(tx.now, ms_of(asked.called_at)))


def close_bad_review(call: Call, tx: Tx) -> Reply:
    """What was done. ``unreachable`` only for somebody who was not reached."""
    asked = call.body(wire.CloseBadReview)
    row, state = _to_move(call, tx, "close")
    if (asked.outcome == "unreachable") != (row.state == "UNREACHED"):
        raise invalid("/outcome", "unreachable when the person was not reached, and only then")
    done = {"outcome": asked.outcome, "measures": asked.measures}
    return _moved(tx, row, state, **done, closed_at=tx.now, closed_by=call.caller.staff_ref)


def _to_move(call: Call, tx: Tx, event: str) -> tuple[Any, str]:
    row = tx.c.execute(sa.select(t.bad_review).where(t.bad_review.c.id == call.path["id"]).with_for_update()).first()
    if row is None or row.site_id != call.caller.site_id:
        raise Refused("not-found")
    state = states.BAD_REVIEW.after(row.state, event)
    if state is None:
        raise Refused("wrong-state", state=row.state)
    call.expect(row.version)
    return row, state


def _moved(tx: Tx, row: Any, state: str, **values: Any) -> Reply:
    version = swap(tx, t.bad_review, row, "bad_review", **values, state=state)
    now = tx.c.execute(sa.select(t.bad_review).where(t.bad_review.c.id == row.id)).one()
    return Reply(200, _review(tx, now), f"v{version}")


def _review(tx: Tx, row: Any) -> wire.BadReview:
    column = t.evaluation.c
    rating = sa.select(t.evaluation).where(column.case_id == row.case_id, column.phase == row.phase)
    given = tx.c.execute(rating).one()
    said = _said(given.body)
    return wire.BadReview(
        id=row.id, case_id=row.case_id, phase=row.phase, level=row.level, state=row.state, version=row.version,
        opened_at=at(row.opened_at), due_at=at(row.due_at), overdue=row.state != "CLOSED" and row.due_at < tx.now,
        reason_codes=said.reason_codes, text=said.text, window=given.window or "", calls=row.calls,
        last_call_at=maybe(row.last_call_at), outcome=row.outcome or "", measures=row.measures or "",
        closed_at=maybe(row.closed_at),
    )  # fmt: skip


HANDLERS: Handlers = {
    "postEvaluation": post_evaluation, "listBadReviews": of_rows(list_bad_reviews),
    "recordCallBack": of_rows(record_call_back), "closeBadReview": of_rows(close_bad_review),
}  # fmt: skip
