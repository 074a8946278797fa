"""The stock ledger of a hall: every movement with who and why, numbered without a gap, only ever added to.

Lines are gathered while an act goes on and numbered as it ends, by a counter row per hall like the feed's: whoever
reads on from a number misses nothing, and no row is locked longer than for these last statements.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from . import tables as t
from .transaction import Tx


@dataclass(frozen=True, slots=True)
class Mover:
    """For whom, by whom, in which hand-over and on which paper something moves."""

    case_id: str | None
    by: str
    handover_id: str | None = None
    second_ref: str | None = None
    document_ref: str | None = None
    reason: str | None = None
    photo_blob: str | None = None


def note(tx: Tx, kind: str, move: str, mover: Mover, **what: Any) -> None:
    """One line. ``what`` names hall, place and thing; ``move`` is the event of the thing's state table, or empty."""
    tx.movements.append(
        {
            "at": tx.now, "kind": kind, "move": move, "case_id": mover.case_id, "handover_id": mover.handover_id,
            "by": mover.by, "second_ref": mover.second_ref, "document_ref": mover.document_ref,
            "reason": mover.reason, "photo_blob": mover.photo_blob, "unit_id": None, "batch_id": None,
            "first_no": None, "quantity": 1, **what,
        }
    )  # fmt: skip


def write(c: sa.Connection, movements: Iterable[Mapping[str, Any]]) -> None:
    """Number the lines of a transaction and write them down, hall by hall."""
    lines: dict[str, list[Mapping[str, Any]]] = {}
    for line in movements:
        lines.setdefault(line["site_id"], []).append(line)
    head = t.ledger_head.c
    for site_id, mine in sorted(lines.items()):
        moved = sa.update(t.ledger_head).where(head.site_id == site_id).values(seq=head.seq + len(mine))
        last: int = c.execute(moved.returning(head.seq)).scalar_one()
        first = last - len(mine) + 1
        c.execute(t.movement.insert(), [{**line, "seq": first + n} for n, line in enumerate(mine)])
