"""Signed orders to one terminal, each with the next number of that terminal; its mode on the platform follows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from kiosk.contracts.platform_api import terminals as wire

from . import inventory, states
from . import tables as t
from .call import Call, Reply
from .handling import Handlers, of_rows
from .moments import at, ms_of
from .platform import Platform
from .refusal import invalid
from .signing import packed, signatures
from .transaction import Tx

GRAVE = ("LOCKED", "WIPE")
_PAGE = 50


@dataclass(frozen=True, slots=True)
class Order:
    """What is ordered, why, by whom."""

    mode: str
    reason: str
    by: str
    until: datetime | None = None
    second: str = ""


def get_directives(platform: Platform, call: Call, tx: Tx) -> Reply:
    """Orders to the asking terminal after a number."""
    column, since = t.directive.c, int(call.query.get("since", 0))
    mine = sa.select(t.directive).where(column.terminal_id == call.caller.terminal_id, column.seq > since)
    rows = tx.c.execute(mine.order_by(column.seq).limit(_PAGE)).all()
    own = t.terminal.c.id == call.caller.terminal_id
    head = tx.c.execute(sa.select(t.terminal.c.directive_seq).where(own)).scalar_one()
    keys = platform.directive_signers
    items = tuple(wire.Directive(r.seq, r.payload, signatures(r.payload, keys[: r.signatures])) for r in rows)
    return Reply(200, wire.Directives(items, head))


def issue_directive(call: Call, tx: Tx) -> Reply:
    """Restrict a terminal, or let it do everything again."""
    asked = call.body(wire.IssueDirective)
    if asked.until is not None and (asked.mode == "NORMAL" or ms_of(asked.until) <= tx.now):
        raise invalid("/until", "in the future, and only where something is restricted")
    return _issued(call, tx, Order(asked.mode, asked.reason, call.caller.staff_ref, asked.until))


def issue_grave_directive(call: Call, tx: Tx) -> Reply:
    """Lock or wipe. The second person has confirmed before this runs."""
    asked = call.body(wire.IssueGraveDirective)
    return _issued(call, tx, Order(asked.mode, asked.reason, call.caller.staff_ref, second=call.caller.second_ref))


def _issued(call: Call, tx: Tx, order: Order) -> Reply:
    row = inventory.opened(tx, call.path["terminal_id"], call.caller.site_id)
    if row.state in ("ENROLLING", "PENDING", "REVOKED"):
        inventory.moved(row, "restrict")  # refused: there is no terminal yet, or none any more
    call.expect(row.version)
    now = obey(tx, row, order)
    if order.mode in GRAVE:
        inventory.sign_everybody_out(tx, row.id)
    said = wire.DirectiveIssued(now.id, now.directive_seq, now.mode, now.state, now.version)
    return Reply(201, said, f"v{now.version}")


def lift(tx: Tx, row: Any) -> Any:
    """The time of a limited order is over."""
    return obey(tx, row, Order("NORMAL", "期限已到", "platform"))


def obey(tx: Tx, row: Any, order: Order) -> Any:
    """Write the order down under the next number; mode and state follow. The row as it is now.

    A terminal that is suspended or under repair stays that: the order shows when it comes back.
    """
    seq = row.directive_seq + 1
    payload = packed(
        {
            "terminal_id": row.id, "seq": seq, "mode": order.mode, "reason": order.reason,
            "until": None if order.until is None else order.until.isoformat(timespec="milliseconds"),
            "issued_at": at(tx.now).isoformat(timespec="milliseconds"),
        }
    )  # fmt: skip
    tx.c.execute(
        t.directive.insert().values(
            terminal_id=row.id, seq=seq, mode=order.mode, payload=payload, at=tx.now, by=order.by,
            signatures=2 if order.mode in GRAVE else 1, second=order.second or None,
        )
    )  # fmt: skip
    event = {"ACTIVE": "restrict", "RESTRICTED": "activate"}.get(row.state)
    state = row.state
    if event is not None and (row.state == "ACTIVE") == (order.mode != "NORMAL"):
        state = states.TERMINAL.after(row.state, event)
    until = None if order.until is None else ms_of(order.until)
    tx.changed(row.site_id, "directive", row.id, seq)
    return inventory.change(tx, row, state=state, mode=order.mode, mode_until=until, directive_seq=seq)


HANDLERS: Handlers = {
    "getDirectives": get_directives,
    "issueDirective": of_rows(issue_directive),
    "issueGraveDirective": of_rows(issue_grave_directive),
}
