"""The rows of terminals: found, changed under their version, moved by the machine, and as they leave the platform."""

from typing import Any

import msgspec
import sqlalchemy as sa

from kiosk.contracts import platform_api as api
from kiosk.contracts.platform_api import terminals as wire

from . import states
from . import tables as t
from .call import Call, Reply
from .moments import maybe
from .refusal import Refused
from .transaction import Tx

OFFLINE_AFTER_MS = 90_000
SETS_WANTED = 5  # 不少于5套电脑、打印机等相关设备 (R54)
_PAGE = 100
_PRINTS = ("READY", "BUSY")


def opened(tx: Tx, terminal_id: str, site_id: str) -> Any:
    """The row, held until the transaction ends; a terminal of another hall is not there."""
    column = t.terminal.c
    mine = sa.select(t.terminal).where(column.id == terminal_id, column.site_id == site_id)
    row = tx.c.execute(mine.with_for_update()).first()
    if row is None:
        raise Refused("not-found")
    return row


def moved(row: Any, event: str) -> str:
    """The state behind an event, or a refusal."""
    state = states.TERMINAL.after(row.state, event)
    if state is None:
        raise Refused("too-late", state=row.state)
    return state


def change(tx: Tx, row: Any, **values: Any) -> Any:
    """Write, move the version, tell the hall; the row as it is now."""
    mine = sa.update(t.terminal).where(t.terminal.c.id == row.id)
    tx.c.execute(mine.values(version=row.version + 1, **values))
    tx.changed(row.site_id, "terminal", row.id, row.version + 1)
    return tx.c.execute(sa.select(t.terminal).where(t.terminal.c.id == row.id)).one()


def back_in_service(row: Any) -> str:
    """The state of a terminal that is let in again: an order that still stands restricts it."""
    state = moved(row, "activate")
    return state if row.mode == "NORMAL" else str(states.TERMINAL.after(state, "restrict"))


def sign_everybody_out(tx: Tx, terminal_id: str) -> None:
    """No session and no confirmation outlives a terminal that is shut."""
    for table in (t.staff_session, t.second_person, t.challenge):
        tx.c.execute(sa.delete(table).where(table.c.terminal_id == terminal_id))


def list_terminals(call: Call, tx: Tx) -> Reply:
    """The hall's inventory by id. The sets are counted over the whole hall, whatever is listed."""
    column, limit = t.terminal.c, int(call.query.get("limit", _PAGE))
    hall = sa.select(t.terminal).where(column.site_id == call.caller.site_id)
    wanted = hall
    for name in ("kind", "state"):
        if name in call.query:
            wanted = wanted.where(column[name] == call.query[name])
    if "cursor" in call.query:
        wanted = wanted.where(column.id > call.query["cursor"])
    rows = tx.c.execute(wanted.order_by(column.id).limit(limit + 1)).all()
    items = tuple(view(tx, row) for row in rows[:limit])
    alive = hall.where(column.seen_at >= tx.now - OFFLINE_AFTER_MS, column.state.in_(("ACTIVE", "RESTRICTED")))
    sets = sum(_is_a_set(row) for row in tx.c.execute(alive))
    return Reply(200, wire.Terminals(items, sets, SETS_WANTED, items[-1].id if len(rows) > limit else None))


def get_terminal(call: Call, tx: Tx) -> Reply:
    """One terminal."""
    column = t.terminal.c
    mine = sa.select(t.terminal).where(column.id == call.path["terminal_id"], column.site_id == call.caller.site_id)
    row = tx.c.execute(mine).first()
    if row is None:
        raise Refused("not-found")
    return answer(tx, row)


def answer(tx: Tx, row: Any) -> Reply:
    """The terminal and its version."""
    return Reply(200, view(tx, row), f"v{row.version}")


def view(tx: Tx, row: Any) -> wire.Terminal:
    """A terminal with what its last heartbeat told."""
    beat = _last_beat(row)
    told: dict[str, Any] = {}
    if beat is not None:
        told = {
            "app_version": beat.app_version, "config_version": beat.config_version,
            "outbox_depth": beat.outbox.depth, "outbox_parked": beat.outbox.parked,
            "outbox_oldest_at": beat.outbox.oldest_at, "clock_offset_ms": beat.clock_offset_ms,
            "disk_free_mb": beat.disk_free_mb,
            "devices": tuple(wire.TerminalDevice(d.id, d.kind, d.state, d.supply) for d in beat.devices),
        }  # fmt: skip
    column = t.certificate.c
    good = sa.select(sa.func.max(column.expires_at)).where(column.terminal_id == row.id, column.revoked_at.is_(None))
    return wire.Terminal(
        id=row.id, site_id=row.site_id, kind=row.kind, state=row.state, mode=row.mode, version=row.version,
        offline=row.seen_at is None or row.seen_at < tx.now - OFFLINE_AFTER_MS, directive_seq=row.directive_seq,
        window_id=row.window_id, note=row.note or "", serial=row.serial or "", seen_at=maybe(row.seen_at),
        certificate_expires_at=maybe(tx.c.execute(good).scalar()), **told,
    )  # fmt: skip


def _last_beat(row: Any) -> api.Heartbeat | None:
    return None if row.heartbeat is None else msgspec.json.decode(row.heartbeat, type=api.Heartbeat)


def _is_a_set(row: Any) -> bool:
    beat = _last_beat(row)
    return beat is not None and any(d.kind.endswith("printer") and d.state in _PRINTS for d in beat.devices)
