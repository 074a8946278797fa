"""The materials of a case and of the ones it goes on from (另行受理: nothing is handed in again)."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from . import tables as t
from .transaction import Tx

OVER = ("NOT_ACCEPTED", "REFUSED", "CLOSED", "WITHDRAWN", "EXPIRED", "TERMINATED")  # states that take no material
_CHAIN = 20


def chain_of(tx: Tx, row: Any) -> list[str]:
    """This case and the ones it goes on from, newest first, each with a person in common with the last one: or
    anybody could help himself to another's papers by naming a case."""
    found, person = [row.id], t.case_person.c
    people = set(tx.c.execute(sa.select(person.person).where(person.case_id == row.id)).scalars())
    while row.previous_case_id is not None and row.previous_case_id not in found and len(found) < _CHAIN:
        before = tx.c.execute(sa.select(t.case).where(t.case.c.id == row.previous_case_id)).first()
        if before is None:
            break
        theirs = set(tx.c.execute(sa.select(person.person).where(person.case_id == before.id)).scalars())
        if not people & theirs:
            break
        found.append(before.id)
        row = before
    return found


def of_chain(tx: Tx, row: Any) -> Iterator[Any]:
    """The materials of a case and its chain, those of the case itself first."""
    column = t.material.c
    for case_id in chain_of(tx, row):
        yield from tx.c.execute(sa.select(t.material).where(column.case_id == case_id).order_by(column.id)).all()
