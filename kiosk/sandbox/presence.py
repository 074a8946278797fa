"""Who is there now: windows with somebody signed in, helpers on duty, terminals that have spoken of late."""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from . import tables as t
from .moments import at
from .transaction import Tx


@dataclass(frozen=True, slots=True)
class Pause:
    """A window that was paused, or opened again."""

    paused: bool
    reason: str


def today(tx: Tx) -> str:
    """The day in the hall."""
    return at(tx.now).date().isoformat()


def windows_of(tx: Tx, site_id: str) -> tuple[str, ...]:
    """Every counter window of a hall."""
    column = t.terminal.c
    wanted = sa.select(column.window_id).where(
        column.site_id == site_id, column.kind == "WINDOW", column.window_id.is_not(None)
    )
    return tuple(sorted(set(tx.c.execute(wanted).scalars())))


def pauses_of(tx: Tx, site_id: str) -> dict[str, Pause]:
    """What was last said about pauses, by window."""
    column = t.hall_window.c
    rows = tx.c.execute(sa.select(t.hall_window).where(column.site_id == site_id))
    return {row.window_id: Pause(row.paused, row.reason or "") for row in rows}


def windows_manned(tx: Tx, site_id: str) -> frozenset[str]:
    """Windows at which a clerk is signed in now."""
    session, terminal = t.staff_session.c, t.terminal.c
    live = (
        sa.select(terminal.window_id, t.staff.c.roles)
        .join(t.staff_session, session.terminal_id == terminal.id)
        .join(t.staff, t.staff.c.ref == session.staff_ref)
        .where(
            terminal.site_id == site_id, terminal.kind == "WINDOW", terminal.window_id.is_not(None),
            session.expires_at > tx.now,
        )
    )  # fmt: skip
    return frozenset(row.window_id for row in tx.c.execute(live) if "clerk" in row.roles.split())


def windows_open(tx: Tx, site_id: str, rostered: Iterable[str] = ()) -> frozenset[str]:
    """Manned or on today's roster, and not paused."""
    paused = {name for name, pause in pauses_of(tx, site_id).items() if pause.paused}
    return (windows_manned(tx, site_id) | frozenset(rostered)) - paused


def helpers_signed_in(tx: Tx, site_id: str) -> frozenset[str]:
    """Helpers who are signed in at a terminal of the hall now."""
    session, terminal = t.staff_session.c, t.terminal.c
    live = (
        sa.select(session.staff_ref, t.staff.c.roles)
        .join(t.terminal, terminal.id == session.terminal_id)
        .join(t.staff, t.staff.c.ref == session.staff_ref)
        .where(terminal.site_id == site_id, session.expires_at > tx.now)
    )
    return frozenset(row.staff_ref for row in tx.c.execute(live) if "helper" in row.roles.split())
