"""One transaction: what every act works with."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from kiosk.domain.ids import new_ulid

from . import tables as t


@dataclass(frozen=True, slots=True)
class ChangeMade:
    """Something a transaction changed."""

    site_id: str
    kind: str
    object_id: str
    version: int
    op: str = "upsert"


@dataclass(slots=True)
class Tx:
    """One transaction: its connection, its moment, and what it moved and changed (both written as its last act)."""

    c: sa.Connection
    now: int
    changes: list[ChangeMade] = field(default_factory=list)
    office: int = 0  # the offices' clock, for what is carried out later
    movements: list[Mapping[str, Any]] = field(default_factory=list)  # lines for the stock ledger

    def changed(self, site_id: str, kind: str, object_id: str, version: int) -> None:
        """Tell the hall's feed."""
        self.changes.append(ChangeMade(site_id, kind, object_id, version))

    def gone(self, site_id: str, kind: str, object_id: str, version: int) -> None:
        """Tell the hall's feed that something is no longer its own."""
        self.changes.append(ChangeMade(site_id, kind, object_id, version, "delete"))

    def next_number(self, name: str) -> int:
        """The next of a row of numbers, gaps only where a transaction failed before."""
        row = t.counter.c
        value: int = self.c.execute(
            sa.update(t.counter).where(row.name == name).values(value=row.value + 1).returning(row.value)
        ).scalar_one()
        return value

    def new_id(self) -> str:
        """An id for something born here."""
        return new_ulid(self.now, secrets.token_bytes(10))
