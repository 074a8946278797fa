"""A case and the ended ones that it goes on from: what was received in one of them counts in all."""

import sqlalchemy as sa

from . import tables as t
from .transaction import Tx


def chain_of(tx: Tx, case_id: str) -> tuple[str, ...]:
    """This case and its predecessors, the newest first."""
    found, before = [], case_id
    while before:
        row = tx.c.execute(sa.select(t.case.c.id, t.case.c.previous_case_id).where(t.case.c.id == before)).first()
        if row is None:
            break
        found.append(row.id)
        before = row.previous_case_id or ""
    return tuple(found)
