"""Rows that several may want to change: each change is of the row as it was seen, or of none."""

from typing import Any

import sqlalchemy as sa

from .refusal import Refused
from .transaction import Tx


def swap(tx: Tx, table: sa.Table, row: Any, kind: str, *conditions: "sa.ColumnElement[bool]", **values: Any) -> int:
    """Change one row, tell the hall's feed of this ``kind``; the new version. Refused (``version-mismatch``) when
    somebody else has changed it since ``row`` was read, or a condition no longer holds."""
    version: int = row.version + 1
    mine = sa.and_(table.c.id == row.id, table.c.version == row.version, *conditions)
    if tx.c.execute(sa.update(table).where(mine).values(**values, version=version)).rowcount != 1:
        raise Refused("version-mismatch")
    tx.changed(row.site_id, kind, row.id, version)
    return version
