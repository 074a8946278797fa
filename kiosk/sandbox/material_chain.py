"""The materials of a case and of the ones it goes on from (另行受理: nothing is handed in again)."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from . import tables as t
from .predecessors import chain_of
from .transaction import Tx

OVER = ("NOT_ACCEPTED", "REFUSED", "CLOSED", "WITHDRAWN", "EXPIRED", "TERMINATED")  # states that take no material


def of_chain(tx: Tx, row: Any) -> Iterator[Any]:
    """The materials of a case and its chain, those of the case itself first."""
    column = t.material.c
    for case_id in chain_of(tx, row.id):
        yield from tx.c.execute(sa.select(t.material).where(column.case_id == case_id).order_by(column.id)).all()
