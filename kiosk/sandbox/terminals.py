"""A terminal's life after enrolment: alive, changed, under repair, suspended, revoked, let in again."""

from typing import Any

import sqlalchemy as sa

from kiosk.contracts import platform_api as api
from kiosk.contracts.platform_api import terminals as wire

from . import assistance, directives, feed, inventory, manifest
from . import tables as t
from .call import Call, Reply
from .handling import Handlers, of_rows
from .moments import at
from .refusal import Refused, invalid
from .transaction import Tx


def put_heartbeat(call: Call, tx: Tx) -> Reply:
    """The latest report of a terminal wins; a limited order whose time is over is lifted by it."""
    me = t.terminal.c.id == call.caller.terminal_id
    boot = call.body(api.Heartbeat).boot
    if call.caller.kind == "SELF_SERVICE" and boot:
        assistance.started_anew(tx, call.caller.terminal_id, boot)
    tx.c.execute(sa.update(t.terminal).where(me).values(seen_at=tx.now, heartbeat=call.raw))
    row = tx.c.execute(sa.select(t.terminal).where(me)).one()
    if row.mode_until is not None and row.mode_until <= tx.now:
        row = directives.lift(tx, row)
    cursor = f"{feed.epoch(tx.c)}.{feed.head(tx.c, row.site_id)}"
    version = manifest.version(tx, row.site_id)
    return Reply(200, api.HeartbeatSeen(at(tx.now), version, row.directive_seq, cursor, row.mode))


def change_terminal(call: Call, tx: Tx) -> Reply:
    """Another window, another note, into repair or out of it."""
    asked, row = call.body(wire.ChangeTerminal), _seen(call, tx)
    values: dict[str, Any] = {} if asked.note is None else {"note": asked.note}
    if asked.window_id is not None and asked.window_id != row.window_id:
        _refuse_window(tx, row, asked.window_id)
        values["window_id"] = asked.window_id
    if asked.maintenance is True and row.state != "MAINTENANCE":
        values["state"] = inventory.moved(row, "maintain")
    elif asked.maintenance is False and row.state == "MAINTENANCE":
        values["state"] = inventory.back_in_service(row)
    return inventory.answer(tx, inventory.change(tx, row, **values) if values else row)


def _refuse_window(tx: Tx, row: Any, window_id: str) -> None:
    if row.kind != "WINDOW":
        raise invalid("/window_id", "only a terminal of kind WINDOW stands at a window")
    if row.state == "REVOKED":
        raise Refused("too-late", state=row.state)
    out = sa.select(t.handover.c.id).where(t.handover.c.terminal_id == row.id, t.handover.c.state == "PREPARED")
    held = tx.c.execute(out).first()
    if held is not None:
        raise Refused("window-has-open-handover", handover_id=held.id)
    refuse_taken_window(tx, row.site_id, window_id)


def refuse_taken_window(tx: Tx, site_id: str, window_id: str) -> None:
    """One terminal a window; a partial unique index stands behind this."""
    column = t.terminal.c
    there = sa.and_(column.site_id == site_id, column.window_id == window_id, column.state != "REVOKED")
    other = tx.c.execute(sa.select(column.id).where(there)).first()
    if other is not None:
        raise Refused("id-taken", terminal_id=other.id)


def suspend_terminal(call: Call, tx: Tx) -> Reply:
    """Out of service at once, and everybody signed out; it still says that it is there and hears its orders."""
    row = _seen(call, tx, "suspend")
    inventory.sign_everybody_out(tx, row.id)
    return inventory.answer(tx, inventory.change(tx, row, state=inventory.moved(row, "suspend")))


def revoke_terminal(call: Call, tx: Tx) -> Reply:
    """For good. A machine that comes back goes through enrolment again, as a new terminal."""
    row = _seen(call, tx, "revoke")
    inventory.sign_everybody_out(tx, row.id)
    column, waiting = t.certificate.c, t.enrolment.c
    tx.c.execute(
        sa.update(t.certificate)
        .where(column.terminal_id == row.id, column.revoked_at.is_(None))
        .values(revoked_at=tx.now)
    )
    turned_away = {"state": "REJECTED", "version": waiting.version + 1, "decided_at": tx.now}
    tx.c.execute(
        sa.update(t.enrolment)
        .where(waiting.terminal_id == row.id, waiting.state == "PENDING")
        .values(**turned_away, decided_by=call.caller.staff_ref, reason=call.body(wire.TerminalReason).reason)
    )
    return inventory.answer(tx, inventory.change(tx, row, state=inventory.moved(row, "revoke")))


def activate_terminal(call: Call, tx: Tx) -> Reply:
    """Back into service; an order that stands keeps it restricted."""
    row = _seen(call, tx, "activate")
    return inventory.answer(tx, inventory.change(tx, row, state=inventory.back_in_service(row)))


def _seen(call: Call, tx: Tx, event: str = "") -> Any:
    # The terminal of the address, where the event is possible, in the version that was seen.
    row = inventory.opened(tx, call.path["terminal_id"], call.caller.site_id)
    if event:
        inventory.moved(row, event)
    call.expect(row.version)
    return row


HANDLERS: Handlers = {
    "putHeartbeat": of_rows(put_heartbeat),
    "listTerminals": of_rows(inventory.list_terminals),
    "getTerminal": of_rows(inventory.get_terminal),
    "changeTerminal": of_rows(change_terminal),
    "suspendTerminal": of_rows(suspend_terminal),
    "revokeTerminal": of_rows(revoke_terminal),
    "activateTerminal": of_rows(activate_terminal),
}
