"""How much the steps ask of people (R28): what terminals measured, if this platform collects it."""

from collections import defaultdict

import sqlalchemy as sa

from kiosk.contracts.platform_api import supervision as wire

from . import tables as t
from .figures import percentile
from .transaction import Tx

TABLE = "telemetry"  # (terminal_id, id, at, name, step, value)


def of_site(tx: Tx, site_id: str, start: int, end: int) -> tuple[wire.Burden, ...]:
    """Middle and ninth tenth of every measure and step; nothing where nothing is collected."""
    inspector = sa.inspect(tx.c)
    if not inspector.has_table(TABLE):
        return ()
    names = {column["name"] for column in inspector.get_columns(TABLE)}
    terminal = "terminal_id" if "terminal_id" in names else "terminal"
    told = sa.table(
        TABLE, sa.column(terminal), sa.column("at"), sa.column("name"), sa.column("step"), sa.column("value")
    )
    here = sa.select(t.terminal.c.id).where(t.terminal.c.site_id == site_id)
    rows = tx.c.execute(
        sa.select(told.c.name, told.c.step, told.c.value).where(
            told.c[terminal].in_(here), told.c.at >= start, told.c.at < end
        )
    )
    measured: dict[tuple[str, str], list[float]] = defaultdict(list)
    for row in rows:
        measured[row.name, row.step or ""].append(float(row.value))
    return tuple(
        wire.Burden(name, step, len(values), percentile(values, 0.5) or 0.0, percentile(values, 0.9) or 0.0)
        for (name, step), values in sorted(measured.items())
    )
