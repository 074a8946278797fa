"""Who keeps things: the store of a hall and its windows. A name stands for a place of the asker's own hall, or for
another hall's store, which things reach only by a transfer that is received there."""

import sqlalchemy as sa

from . import tables as t
from .refusal import Refused
from .transaction import Tx


def places(tx: Tx, site_id: str) -> tuple[str, ...]:
    """The custodians of a hall, its store first."""
    store = tx.c.execute(sa.select(t.site.c.store).where(t.site.c.id == site_id)).scalar()
    column = t.terminal.c
    own = sa.select(column.window_id).where(
        column.site_id == site_id, column.kind == "WINDOW", column.window_id.is_not(None)
    )
    windows = sorted({str(one) for one in tx.c.execute(own).scalars()})
    return (*([] if store is None else [store]), *windows)


def own(tx: Tx, site_id: str, custodian: str) -> str:
    """A place of this hall, or ``not-found``."""
    if custodian not in places(tx, site_id):
        raise Refused("not-found")
    return custodian


def hall_of(tx: Tx, site_id: str, custodian: str) -> str:
    """The hall of a place that things can be sent to from this hall."""
    if custodian in places(tx, site_id):
        return site_id
    found: str | None = tx.c.execute(sa.select(t.site.c.id).where(t.site.c.store == custodian)).scalar()
    if found is None:
        raise Refused("not-found")
    return found
