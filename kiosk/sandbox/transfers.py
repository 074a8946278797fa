"""Things on their way from one place to another: sent by one hand, counted by the other.

What was sent stays the sender's until it is counted on the other side. What is missing there stays on its way, and a
supervisor says what became of it; what is too much is written down and left where it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from kiosk.contracts.platform_api import discrepancies as odd
from kiosk.contracts.platform_api import stock as wire

from . import batches, custody, discrepancies, places, stock_levels
from . import tables as t
from .call import Call, Reply
from .handling import Handlers, of_rows
from .ledger import Mover
from .moments import at, maybe
from .refusal import Refused, invalid
from .transaction import Tx

_PAGE = 50


@dataclass(slots=True)
class Compared:
    """What was counted against what was sent."""

    missing: list[str] = field(default_factory=list)
    surplus: list[str] = field(default_factory=list)


def send_stock(call: Call, tx: Tx) -> Reply:
    """Take everything out of its place, or nothing."""
    asked, caller = call.body(wire.SendStock), call.caller
    places.own(tx, caller.site_id, asked.origin)
    to_site = places.hall_of(tx, caller.site_id, asked.target)
    if asked.origin == asked.target:
        raise invalid("/to", "another place")
    if not asked.unit_ids and not asked.ranges:
        raise invalid("/unit_ids", "something to send")
    _each_batch_once(asked.ranges)
    if tx.c.execute(sa.select(t.transfer.c.id).where(t.transfer.c.id == asked.id)).first() is not None:
        raise Refused("id-taken")
    mover = Mover(None, caller.staff_ref, document_ref=asked.id)
    lines = [{"unit_id": one} for one in _send_units(call, tx, asked, mover)]
    lines += _send_ranges(call, tx, asked, mover)
    tx.c.execute(
        t.transfer.insert().values(
            id=asked.id, site_id=caller.site_id, custodian=asked.origin, to_site_id=to_site,
            to_custodian=asked.target, state="SENT", version=1, sent_by=caller.staff_ref, sent_at=tx.now,
        )
    )  # fmt: skip
    bare = {"unit_id": None, "batch_id": None, "first_no": None, "quantity": 1, "received": 0}
    rows = [{**bare, **line, "transfer_id": asked.id, "position": n} for n, line in enumerate(lines)]
    tx.c.execute(t.transfer_line.insert(), rows)
    _tell(tx, caller.site_id, to_site, asked.id, 1)
    return Reply(201, _view(tx, _row(tx, asked.id)), "v1")


def _each_batch_once(ranges: Iterable[wire.NumberRange]) -> None:
    named = [one.batch_id for one in ranges]
    if len(set(named)) < len(named):
        raise invalid("/ranges", "each batch once")


def _send_units(call: Call, tx: Tx, asked: wire.SendStock, mover: Mover) -> list[str]:
    column = t.unit.c
    here = sa.and_(column.site_id == call.caller.site_id, column.custodian == asked.origin, column.case_id.is_(None))
    for unit_id in sorted(asked.unit_ids):
        if custody.move_unit(tx, unit_id, "send", "TRANSFER", mover, here) is None:
            raise Refused("not-in-stock", unit_id=unit_id)
    return sorted(asked.unit_ids)


def _send_ranges(call: Call, tx: Tx, asked: wire.SendStock, mover: Mover) -> list[dict[str, Any]]:
    wanted, column = sorted(asked.ranges, key=lambda one: one.batch_id), t.batch.c
    held = sa.select(t.batch).where(column.id.in_([one.batch_id for one in wanted]))
    rows = {row.id: row for row in tx.c.execute(held.order_by(column.id).with_for_update())}
    lines = []
    for one in wanted:
        batch = rows.get(one.batch_id)
        if batch is None or (batch.site_id, batch.custodian) != (call.caller.site_id, asked.origin):
            raise Refused("not-in-stock", batch_id=one.batch_id)
        if batch.state != "IN_STOCK":
            raise Refused("not-in-stock", batch_id=one.batch_id, batch_state=batch.state)
        if one.first_no + one.count - 1 > batch.last_no:
            raise Refused("invoice-batch-exhausted", batch_id=one.batch_id, last_no=batch.last_no)
        if one.first_no < batch.next_no or (one.first_no - batch.next_no) % batch.volume or one.count % batch.volume:
            raise Refused("invoice-range-mismatch", batch_id=one.batch_id, expected_first_no=batch.next_no)
        piece = batches.cut(tx, batch, one.first_no, one.count)
        batches.move_batch(tx, piece, "send", "TRANSFER", mover)
        lines.append({"batch_id": piece.id, "first_no": one.first_no, "quantity": one.count})
    return lines


def receive_transfer(call: Call, tx: Tx) -> Reply:
    """Say what has arrived. It is never refused for what is missing."""
    asked, caller = call.body(wire.ReceiveTransfer), call.caller
    _each_batch_once(asked.ranges)
    row = tx.c.execute(sa.select(t.transfer).where(t.transfer.c.id == call.path["id"]).with_for_update()).first()
    if row is None or row.to_site_id != caller.site_id:
        raise Refused("not-found")
    call.expect(row.version)
    if row.state != "SENT":
        raise Refused("too-late", state=row.state)
    mover = Mover(None, caller.staff_ref, second_ref=row.sent_by, document_ref=row.id)
    compared = Compared()
    lines = _lines(tx, row.id)
    _receive_units(tx, row, lines, asked, mover, compared)
    _receive_ranges(tx, row, lines, asked, mover, compared)
    discrepancy_id = None
    if compared.missing or compared.surplus:
        goods = odd.Goods(tuple(compared.missing), tuple(compared.surplus))
        discrepancy_id = discrepancies.open_one(
            tx, caller.site_id, "transfer-differs", "transfer", row.id, owner="keeper", body=call.raw, goods=goods
        )
    done = {"state": "RECEIVED", "version": row.version + 1, "received_by": caller.staff_ref, "received_at": tx.now}
    mine = sa.update(t.transfer).where(t.transfer.c.id == row.id)
    tx.c.execute(mine.values(**done, discrepancy_id=discrepancy_id))
    _tell(tx, row.site_id, row.to_site_id, row.id, row.version + 1)
    return Reply(200, _view(tx, _row(tx, row.id)), f"v{row.version + 1}")


def _receive_units(
    tx: Tx, row: Any, lines: list[Any], asked: wire.ReceiveTransfer, mover: Mover, compared: Compared
) -> None:
    sent = {line.unit_id: line for line in lines if line.unit_id is not None}
    place = {"site_id": row.to_site_id, "custodian": row.to_custodian}
    ours = t.unit.c.site_id == row.site_id
    for unit_id in sorted(sent):
        there = unit_id in asked.units
        if there and custody.move_unit(tx, unit_id, "store", "TRANSFER", mover, ours, **place) is not None:
            _received(tx, sent[unit_id], 1)
        else:
            compared.missing.append(unit_id)
    compared.surplus += sorted(set(asked.units) - set(sent))


def _receive_ranges(
    tx: Tx, row: Any, lines: list[Any], asked: wire.ReceiveTransfer, mover: Mover, compared: Compared
) -> None:
    counted = {one.batch_id: one for one in asked.ranges}
    place = {"site_id": row.to_site_id, "custodian": row.to_custodian}
    sent = sorted((line for line in lines if line.batch_id is not None), key=lambda line: line.batch_id)
    for line in sent:
        batch, one = batches.locked(tx, line.batch_id), counted.pop(line.batch_id, None)
        if one is None or batch.state != "IN_TRANSIT":
            compared.missing.append(words(line.batch_id, line.first_no, line.quantity))
            continue
        last_sent, last_seen = line.first_no + line.quantity - 1, one.first_no + one.count - 1
        first, last = max(line.first_no, one.first_no), min(last_sent, last_seen)
        if one.first_no < line.first_no or last_seen > last_sent:
            compared.surplus.append(words(one.batch_id, one.first_no, one.count))
        if first > last:
            compared.missing.append(words(line.batch_id, line.first_no, line.quantity))
            continue
        arrived = batches.cut(tx, batch, first, last - first + 1)
        batches.move_batch(tx, arrived, "store", "TRANSFER", mover, **place)
        _received(tx, line, last - first + 1)
        if first > line.first_no:
            compared.missing.append(words(line.batch_id, line.first_no, first - line.first_no))
        if last < last_sent:
            compared.missing.append(words(batches.batch_id(batch.code, last + 1), last + 1, last_sent - last))
    compared.surplus += [words(one.batch_id, one.first_no, one.count) for one in counted.values()]


def words(batch_id: str, first_no: int, count: int) -> str:
    """Numbers as a discrepancy names them."""
    return f"{batch_id}:{first_no}+{count}"


def _received(tx: Tx, line: Any, quantity: int) -> None:
    column = t.transfer_line.c
    mine = sa.and_(column.transfer_id == line.transfer_id, column.position == line.position)
    tx.c.execute(sa.update(t.transfer_line).where(mine).values(received=quantity))


def _tell(tx: Tx, site_id: str, to_site: str, transfer_id: str, version: int) -> None:
    for one in {site_id, to_site}:
        tx.changed(one, "transfer", transfer_id, version)
    stock_levels.watch(tx, site_id, to_site)


def get_transfer(call: Call, tx: Tx) -> Reply:
    """One transfer from or to this hall."""
    row = tx.c.execute(sa.select(t.transfer).where(t.transfer.c.id == call.path["id"])).first()
    if row is None or call.caller.site_id not in (row.site_id, row.to_site_id):
        raise Refused("not-found")
    return Reply(200, _view(tx, row), f"v{row.version}")


def list_transfers(call: Call, tx: Tx) -> Reply:
    """From or to this hall, newest first."""
    column, limit, mine = t.transfer.c, int(call.query.get("limit", _PAGE)), call.caller.site_id
    wanted = sa.select(t.transfer).where(sa.or_(column.site_id == mine, column.to_site_id == mine))
    if "open" in call.query:
        wanted = wanted.where(column.state == "SENT")
    rows = discrepancies.newest_first(tx, call, wanted, column.sent_at, column.id, limit)
    more = f"{rows[limit - 1].sent_at}.{rows[limit - 1].id}" if len(rows) > limit else None
    return Reply(200, wire.TransferPage(tuple(_view(tx, row) for row in rows[:limit]), more))


def _row(tx: Tx, transfer_id: str) -> Any:
    return tx.c.execute(sa.select(t.transfer).where(t.transfer.c.id == transfer_id)).one()


def _lines(tx: Tx, transfer_id: str) -> list[Any]:
    column = t.transfer_line.c
    lines = sa.select(t.transfer_line).where(column.transfer_id == transfer_id)
    return list(tx.c.execute(lines.order_by(column.position)))


def _view(tx: Tx, row: Any) -> wire.Transfer:
    lines, goods = _lines(tx, row.id), odd.Goods()
    if row.discrepancy_id is not None:
        wanted = sa.select(t.discrepancy).where(t.discrepancy.c.id == row.discrepancy_id)
        goods = discrepancies.goods_of(tx.c.execute(wanted).one())
    return wire.Transfer(
        id=row.id, state=row.state, version=row.version, origin=row.custodian, target=row.to_custodian,
        unit_ids=tuple(line.unit_id for line in lines if line.unit_id is not None),
        ranges=tuple(
            wire.NumberRange(one.batch_id, one.first_no, one.quantity) for one in lines if one.batch_id is not None
        ),
        sent_at=at(row.sent_at), received_at=maybe(row.received_at), missing=goods.missing, surplus=goods.surplus,
        discrepancy_id=row.discrepancy_id,
    )  # fmt: skip


HANDLERS: Handlers = {
    "sendStock": of_rows(send_stock),
    "receiveTransfer": of_rows(receive_transfer),
    "getTransfer": of_rows(get_transfer),
    "listTransfers": of_rows(list_transfers),
}
