"""Things come into the store for the first time, and are looked up there."""

from typing import Any

import sqlalchemy as sa

from kiosk.contracts.platform_api import stock as wire

from . import batches, custody, places, stock_levels
from . import tables as t
from .call import Call, Reply
from .handling import Handlers, of_rows
from .ledger import Mover
from .moments import at
from .platform import Platform
from .refusal import Refused, invalid
from .transaction import Tx

_PAGE = 100


def receive_stock(platform: Platform, call: Call, tx: Tx) -> Reply:
    """All of a delivery or nothing, by two people: a serial that is known anywhere refuses the whole."""
    asked, caller = call.body(wire.ReceiveStock), call.caller
    places.own(tx, caller.site_id, asked.custodian)
    if tx.c.execute(sa.select(t.receipt.c.id).where(t.receipt.c.id == asked.id)).first() is not None:
        raise Refused("id-taken")
    mover = Mover(None, caller.staff_ref, second_ref=caller.second_ref, document_ref=asked.document_ref)
    unit_ids: tuple[str, ...] = ()
    batch_id = None
    if asked.kind == "invoice_volume":
        batch_id, quantity = _numbers(platform, tx, call, asked, mover)
    else:
        unit_ids = _things(tx, call, asked, mover)
        quantity = len(unit_ids)
    tx.c.execute(
        t.receipt.insert().values(
            id=asked.id, site_id=caller.site_id, custodian=asked.custodian, kind=asked.kind, quantity=quantity,
            batch_id=batch_id, document_ref=asked.document_ref, by=caller.staff_ref, second_ref=caller.second_ref,
            at=tx.now,
        )
    )  # fmt: skip
    tx.changed(caller.site_id, "receipt", asked.id, 1)
    stock_levels.watch(tx, caller.site_id)
    return Reply(201, wire.StockReceived(asked.id, asked.kind, asked.custodian, quantity, unit_ids, batch_id))


def _things(tx: Tx, call: Call, asked: wire.ReceiveStock, mover: Mover) -> tuple[str, ...]:
    if not asked.serials or asked.batch is not None:
        raise invalid("/serials", "serials for single things, and no batch")
    ids = {f"{asked.kind}-{serial}": serial for serial in asked.serials}
    known = tx.c.execute(sa.select(t.unit.c.serial).where(t.unit.c.id.in_(ids)).order_by(t.unit.c.id)).scalars().all()
    if known:
        raise Refused("serial-exists", serials=list(known))
    for _, serial in sorted(ids.items()):
        custody.store_new(tx, asked.kind, serial, call.caller.site_id, asked.custodian, mover)
    return tuple(sorted(ids))


def _numbers(platform: Platform, tx: Tx, call: Call, asked: wire.ReceiveStock, mover: Mover) -> tuple[str, int]:
    batch = asked.batch
    if batch is None or asked.serials:
        raise invalid("/batch", "a batch for invoices, and no serials")
    count = batch.last_no - batch.first_no + 1
    if count < 1:
        raise invalid("/batch/last_no", "not before first_no")
    if count % batch.volume:
        raise invalid("/batch/volume", "whole volumes")
    row = {
        "code": batch.code, "kind": batch.kind, "first_no": batch.first_no, "last_no": batch.last_no,
        "volume": batch.volume, "site_id": call.caller.site_id, "custodian": asked.custodian,
    }  # fmt: skip
    return batches.bring_in(platform.store, tx, row, mover), count


def unit_view(row: Any, discrepancy_id: str | None = None) -> wire.StockUnit:
    """One thing on the wire; whose case it is, never whose name."""
    return wire.StockUnit(
        id=row.id, kind=row.kind, serial=row.serial, custodian=row.custodian, state=row.state, version=row.version,
        case_id=row.case_id, holder_uscc=row.holder_uscc or "", discrepancy_id=discrepancy_id,
    )  # fmt: skip


def unit_of(tx: Tx, unit_id: str, site_id: str) -> Any:
    """One thing of this hall, or ``not-found``."""
    row = tx.c.execute(sa.select(t.unit).where(t.unit.c.id == unit_id)).first()
    if row is None or row.site_id != site_id:
        raise Refused("not-found")
    return row


def get_unit(call: Call, tx: Tx) -> Reply:
    """One thing."""
    row = unit_of(tx, call.path["unit_id"], call.caller.site_id)
    return Reply(200, unit_view(row), f"v{row.version}")


def list_units(call: Call, tx: Tx) -> Reply:
    """Things of this hall in the order of their ids."""
    rows, more = _page(call, tx, t.unit)
    return Reply(200, wire.UnitPage(tuple(unit_view(row) for row in rows), more))


def list_batches(call: Call, tx: Tx) -> Reply:
    """Batches of this hall in the order of their ids."""
    rows, more = _page(call, tx, t.batch)
    found = tuple(
        wire.StockBatch(
            id=row.id, code=row.code, kind=row.kind, custodian=row.custodian, state=row.state, version=row.version,
            first_no=row.first_no, last_no=row.last_no, next_no=row.next_no, volume=row.volume,
        )
        for row in rows
    )  # fmt: skip
    return Reply(200, wire.BatchPage(found, more))


def _page(call: Call, tx: Tx, table: sa.Table) -> tuple[list[Any], str | None]:
    limit = int(call.query.get("limit", _PAGE))
    wanted = sa.select(table).where(table.c.site_id == call.caller.site_id)
    for name in ("custodian", "kind", "state"):
        if name in call.query:
            wanted = wanted.where(table.c[name] == call.query[name])
    if "cursor" in call.query:
        wanted = wanted.where(table.c.id > call.query["cursor"])
    rows = list(tx.c.execute(wanted.order_by(table.c.id).limit(limit + 1)))
    return rows[:limit], str(rows[limit - 1].id) if len(rows) > limit else None


def get_stock_ledger(call: Call, tx: Tx) -> Reply:
    """Lines behind a number, in their order."""
    since, limit = int(call.query.get("since", 0)), int(call.query.get("limit", _PAGE))
    column = t.movement.c
    wanted = sa.select(t.movement).where(column.site_id == call.caller.site_id, column.seq > since)
    rows = tx.c.execute(wanted.order_by(column.seq).limit(limit + 1)).all()
    items = tuple(
        wire.Movement(
            seq=r.seq, at=at(r.at), kind=r.kind, move=r.move, place=r.custodian or "", unit_id=r.unit_id,
            batch_id=r.batch_id, first_no=r.first_no, count=r.quantity, case_id=r.case_id,
            handover_id=r.handover_id, by=r.by or "", second=r.second_ref or "", document_ref=r.document_ref or "",
            reason=r.reason or "", photo_blob=r.photo_blob,
        )
        for r in rows[:limit]
    )  # fmt: skip
    return Reply(200, wire.StockLedger(items, items[-1].seq if items else since, len(rows) > limit))


HANDLERS: Handlers = {
    "receiveStock": receive_stock,
    "getUnit": of_rows(get_unit),
    "listUnits": of_rows(list_units),
    "listBatches": of_rows(list_batches),
    "getStockLedger": of_rows(get_stock_ledger),
}
