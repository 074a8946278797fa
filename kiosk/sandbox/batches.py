"""Batches of invoice numbers: brought in, cut for a transfer, fenced. Ranges of one invoice code never overlap.

Whoever brings in numbers of a code first takes the code's row and keeps it until the commit. On PostgreSQL the second
waits there and then sees what the first has written; on SQLite there is one writer anyhow. Cutting needs no such
care: the pieces are together what the whole was.
"""

from typing import Any

import sqlalchemy as sa

from . import states
from . import tables as t
from .database import Store
from .ledger import Mover, note
from .refusal import Refused
from .transaction import Tx


def batch_id(code: str, first_no: int) -> str:
    """A batch is named by where it begins: no other can begin there."""
    return f"B-{code}-{first_no:08d}"


def bring_in(store: Store, tx: Tx, values: dict[str, Any], mover: Mover) -> str:
    """A new range of a code; ``range-overlap`` when any number of it is known, in whichever hall."""
    code, first_no, last_no = values["code"], values["first_no"], values["last_no"]
    store.insert_new(tx.c, t.invoice_code, {"code": code, "receipts": 0})
    held = t.invoice_code.c
    tx.c.execute(sa.update(t.invoice_code).where(held.code == code).values(receipts=held.receipts + 1))
    column = t.batch.c
    crosses = sa.and_(column.code == code, column.first_no <= last_no, column.last_no >= first_no)
    if tx.c.execute(sa.select(column.id).where(crosses)).first() is not None:
        raise Refused("range-overlap")
    row = {**values, "id": batch_id(code, first_no), "next_no": first_no, "state": "IN_STOCK", "version": 1}
    tx.c.execute(t.batch.insert().values(**row))
    note_numbers(tx, "RECEIVE", "store", mover, row, first_no, last_no - first_no + 1)
    return str(row["id"])


def cut(tx: Tx, batch: Any, first_no: int, count: int) -> Any:
    """The batch that is exactly these numbers: the batch itself, or a piece cut out of it.

    ``batch`` must be locked, and the numbers must be free ones of it.
    """
    last_no, column = first_no + count - 1, t.batch.c
    this = sa.update(t.batch).where(column.id == batch.id)
    if last_no < batch.last_no:
        tx.c.execute(this.values(last_no=last_no, version=column.version + 1))
        _piece(tx, batch, last_no + 1, batch.last_no)
    if first_no > batch.first_no:
        event = "split" if batch.next_no < first_no else "exhaust"
        state = states.BATCH.after(batch.state, event)
        tx.c.execute(this.values(last_no=first_no - 1, state=state, version=column.version + 1))
        return _piece(tx, batch, first_no, last_no)
    return tx.c.execute(sa.select(t.batch).where(column.id == batch.id)).one()


def move_batch(tx: Tx, batch: Any, event: str, kind: str, mover: Mover, **values: Any) -> Any:
    """Move a locked batch; the row as it is then. The ledger names its free numbers only."""
    after = states.BATCH.after(batch.state, event)
    if after is None:
        raise Refused("not-in-stock", batch_id=batch.id, batch_state=batch.state)
    mine = sa.update(t.batch).where(t.batch.c.id == batch.id)
    moved = mine.values(state=after, version=t.batch.c.version + 1, **values).returning(t.batch)
    row = tx.c.execute(moved).one()
    note_numbers(tx, kind, event, mover, row._mapping, row.next_no, row.last_no - row.next_no + 1)
    return row


def locked(tx: Tx, wanted: str, site_id: str | None = None) -> Any:
    """One batch, locked until the end; ``not-found`` when it is unknown or another hall's."""
    row = tx.c.execute(sa.select(t.batch).where(t.batch.c.id == wanted).with_for_update()).first()
    if row is None or (site_id is not None and row.site_id != site_id):
        raise Refused("not-found")
    return row


def note_numbers(tx: Tx, kind: str, move: str, mover: Mover, batch: Any, first_no: int, quantity: int) -> None:
    """A line of the ledger about numbers of a batch."""
    place = {"site_id": batch["site_id"], "custodian": batch["custodian"], "batch_id": batch["id"]}
    note(tx, kind, move, mover, **place, first_no=first_no, quantity=quantity)


def _piece(tx: Tx, batch: Any, first_no: int, last_no: int) -> Any:
    row = {
        "id": batch_id(batch.code, first_no), "site_id": batch.site_id, "custodian": batch.custodian,
        "code": batch.code, "kind": batch.kind, "state": batch.state, "version": 1, "first_no": first_no,
        "last_no": last_no, "next_no": first_no, "volume": batch.volume,
    }  # fmt: skip
    return tx.c.execute(t.batch.insert().values(**row).returning(t.batch)).one()
