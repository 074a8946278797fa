"""The hand-over of a shift (交接班): a window is counted and signed away by one clerk, and taken over by another.

Nothing moves by an offer, and a window has one at most. Taking it writes the count down: one that tallies is closed
by the two who signed; a difference is open for supervisor and keeper from that moment, and whoever took over is not
blamed for it.
"""

import hashlib
from typing import Any

import msgspec
import sqlalchemy as sa

from kiosk.contracts.platform_api import shifts as wire
from kiosk.contracts.platform_api import stock

from . import ledger, staff, states, stock_counts
from . import tables as t
from .call import Call, Reply
from .handling import Handlers, of_rows
from .ledger import Mover
from .moments import at, maybe, ms_of
from .refusal import Refused, invalid
from .stock_counts import Findings
from .transaction import Tx
from .versioned import swap

_OPEN = msgspec.json.Decoder(tuple[wire.OpenLine, ...])
_FINDINGS = msgspec.json.Decoder(Findings)


def get_window_standing(call: Call, tx: Tx) -> Reply:
    """What the platform has open at the own window."""
    window, site_id = _own(call), call.caller.site_id
    ticket, handover, shift = t.ticket.c, t.handover.c, t.shift.c
    numbers = sa.select(ticket.number).where(
        ticket.site_id == site_id, ticket.window == window, ticket.state.in_(("CALLED", "SERVING"))
    )
    slips = (
        sa.select(t.case.c.slip_code)
        .join(t.handover, handover.case_id == t.case.c.id)
        .where(handover.site_id == site_id, handover.window == window, handover.state == "PREPARED")
    )
    taken = sa.select(t.shift).where(shift.site_id == site_id, shift.window == window, shift.state == "TAKEN")
    last = tx.c.execute(taken.order_by(shift.taken_at.desc(), shift.id.desc()).limit(1)).first()
    line = None if last is None else wire.ShiftLine(last.id, last.outgoing, last.incoming, at(last.taken_at))
    tickets, handovers = (tuple(sorted(tx.c.execute(wanted).scalars())) for wanted in (numbers, slips))
    return Reply(200, wire.WindowStanding(window, tickets, handovers, line))


def offer_shift(call: Call, tx: Tx) -> Reply:
    """Compare what was counted with the book; an earlier offer of this window is void."""
    asked, caller, window = call.body(wire.OfferShift), call.caller, _own(call)
    named = [one.id for one in asked.batches]
    if len(set(named)) < len(named):
        raise invalid("/batches", "each batch once")
    if tx.c.execute(sa.select(t.shift.c.id).where(t.shift.c.id == asked.id)).first() is not None:
        raise Refused("id-taken")
    staff.signed(tx, call, caller.staff_ref, asked.challenge, asked.signature)
    column = t.shift.c
    mine = sa.and_(column.site_id == caller.site_id, column.window == window, column.state == "OFFERED")
    for old in tx.c.execute(sa.select(t.shift).where(mine)).all():
        swap(tx, t.shift, old, "shift", state=states.SHIFT.after(old.state, "replace"))
    count = stock.CountStock(asked.id, window, asked.at, asked.units, asked.batches)
    expected, findings = stock_counts.compare(tx, caller.site_id, count)
    tx.c.execute(
        t.shift.insert().values(
            id=asked.id, site_id=caller.site_id, window=window, state=states.SHIFT.initial, version=1,
            outgoing=caller.staff_ref, counted_at=ms_of(asked.at), offered_at=tx.now,
            digest=hashlib.sha256(call.raw).hexdigest(), expected=expected, findings=msgspec.json.encode(findings),
            open_lines=msgspec.json.encode(asked.open), quantity=len(asked.units),
        )
    )  # fmt: skip
    tx.changed(caller.site_id, "shift", asked.id, 1)
    return Reply(201, _view(_row(tx, call, asked.id)), "v1")


def take_shift(call: Call, tx: Tx) -> Reply:
    """The window is the incoming clerk's, and the count is in the book."""
    asked, caller = call.body(wire.TakeShift), call.caller
    row = _row(tx, call, call.path["id"])
    after = states.SHIFT.after(row.state, "take")
    if after is None or row.outgoing != caller.staff_ref:
        raise Refused("too-late", state=row.state)
    if asked.incoming != caller.second_ref:
        raise Refused("second-person-required")
    findings = _FINDINGS.decode(row.findings)
    page = None
    closed: dict[str, Any] = {"state": "OPEN"}
    if findings.clean:
        closed = {
            "state": "CLOSED", "outcome": "accepted", "closed_at": tx.now, "closed_by": row.outgoing,
            "second_ref": asked.incoming,
        }  # fmt: skip
    else:
        page = stock_counts.contradiction(tx, row.site_id, row.id, findings, "shift-differs")
    tx.c.execute(
        t.count.insert().values(
            id=row.id, site_id=row.site_id, location=row.window, version=1, counted_at=row.counted_at, at=tx.now,
            by=row.outgoing, digest=row.digest, expected=row.expected, findings=row.findings, discrepancy_id=page,
            **closed,
        )
    )  # fmt: skip
    mover = Mover(None, row.outgoing, second_ref=asked.incoming, document_ref=row.id)
    ledger.note(tx, "COUNT", "", mover, site_id=row.site_id, custodian=row.window, quantity=row.quantity)
    tx.changed(row.site_id, "count", row.id, 1)
    version = swap(
        tx, t.shift, row, "shift", t.shift.c.state == "OFFERED", state=after, incoming=asked.incoming,
        taken_at=tx.now, count_id=row.id, discrepancy_id=page,
    )  # fmt: skip
    return Reply(200, _view(_row(tx, call, row.id)), f"v{version}")


def _own(call: Call) -> str:
    # Nobody signs another window away.
    window = call.path["window_id"]
    if window != call.caller.window_id:
        raise Refused("not-found")
    return window


def _row(tx: Tx, call: Call, shift_id: str) -> Any:
    row = tx.c.execute(sa.select(t.shift).where(t.shift.c.id == shift_id)).first()
    if row is None or (row.site_id, row.window) != (call.caller.site_id, _own(call)):
        raise Refused("not-found")
    return row


def _view(row: Any) -> wire.Shift:
    found = _FINDINGS.decode(row.findings)
    return wire.Shift(
        id=row.id, window_id=row.window, state=row.state, version=row.version, outgoing=row.outgoing,
        counted_at=at(row.counted_at), expected=row.expected, missing=found.missing, surplus=found.surplus,
        batches=found.batches, open=_OPEN.decode(row.open_lines), incoming=row.incoming or "",
        taken_at=maybe(row.taken_at), count_id=row.count_id, discrepancy_id=row.discrepancy_id,
    )  # fmt: skip


HANDLERS: Handlers = {
    "getWindowStanding": of_rows(get_window_standing),
    "offerShift": of_rows(offer_shift),
    "takeShift": of_rows(take_shift),
}
