"""How much the steps ask of people (R28): what terminals measured."""

from collections import defaultdict

import sqlalchemy as sa

from kiosk.contracts.platform_api import supervision as wire

from . import tables as t
from .figures import percentile
from .transaction import Tx


def of_site(tx: Tx, site_id: str, start: int, end: int) -> tuple[wire.Burden, ...]:
    """Middle and ninth tenth of every measure and step; nothing where nothing is collected."""
    told = t.telemetry.c
    here = sa.and_(told.site_id == site_id, told.at >= start, told.at < end)
    rows = tx.c.execute(sa.select(told.name, told.step, told.value).where(here))
    measured: dict[tuple[str, str], list[float]] = defaultdict(list)
    for row in rows:
        measured[row.name, row.step or ""].append(float(row.value))
    return tuple(
        wire.Burden(name, step, len(values), percentile(values, 0.5) or 0.0, percentile(values, 0.9) or 0.0)
        for (name, step), values in sorted(measured.items())
    )
