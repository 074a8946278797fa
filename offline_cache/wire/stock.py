"""The custody store on the wire: what the platform tells of it, and what a window says it did there."""

from datetime import datetime
from typing import TypeVar

import msgspec

from kiosk.contracts import custody as did
from kiosk.contracts.platform_api import discrepancies as odd
from kiosk.contracts.platform_api import stock as wire
from kiosk.domain.discrepancy import Discrepancy
from kiosk.domain.ids import BatchId, CaseId, SlipCode, UnitId
from kiosk.domain.stock import (
    BatchDiffers,
    Movement,
    NumberRange,
    PlaceCounted,
    ShelfPlace,
    StockBatch,
    StockBook,
    StockCount,
    StockKind,
    StockLevel,
    StockUnit,
    Transfer,
    UnitState,
)

from .reading import read

P = TypeVar("P")
Pages = dict[str, list[bytes]]  # list operation → the bodies of its pages
UNIT_OPERATIONS = {
    did.UnitAct.RETURN: "returnUnit",
    did.UnitAct.CLEAR: "clearUnit",
    did.UnitAct.FIND: "findUnit",
}


class _Next(msgspec.Struct):
    next: str | None = None


def next_page(body: bytes) -> str | None:
    """Where a list goes on; None: that was all, or it cannot be read."""
    return read(_Next, lambda said: said.next, body)


def kept_book(as_of: datetime, pages: Pages) -> bytes:
    """The platform's own words about the store, as this machine keeps them."""
    return msgspec.json.encode(
        {"as_of": as_of, "pages": {name: [msgspec.Raw(one) for one in bodies] for name, bodies in pages.items()}}
    )


class _Kept(msgspec.Struct):
    as_of: datetime
    pages: dict[str, list[msgspec.Raw]]


def stock_book(kept: bytes) -> StockBook | None:
    """The store read back from what was kept."""

    def make(said: _Kept) -> StockBook:
        def of(name: str, kind: type[P]) -> list[P]:
            return [msgspec.json.decode(bytes(one), type=kind) for one in said.pages.get(name, [])]

        counts = of("listCounts", wire.CountPage)
        levels = [one for page in of("getStockLevels", wire.StockLevels) for one in page.items]
        places = counts[0].places if counts else ()
        return StockBook(
            said.as_of,
            units=tuple(_unit(one) for page in of("listUnits", wire.UnitPage) for one in page.items),
            batches=tuple(_batch(one) for page in of("listBatches", wire.BatchPage) for one in page.items),
            levels=tuple(StockLevel(StockKind(one.kind), one.free, one.low_below, one.low) for one in levels),
            places=tuple(PlaceCounted(one.location, one.holds, one.counted_at, one.due) for one in places),
            counts=tuple(_count(one) for page in counts for one in page.items),
            transfers=tuple(_transfer(one) for page in of("listTransfers", wire.TransferPage) for one in page.items),
            shelf=tuple(_shelf(one) for page in of("getShelf", wire.Shelf) for one in page.items),
        )

    return read(_Kept, make, kept)


def _shelf(one: wire.ShelfPlace) -> ShelfPlace:
    things = tuple((thing.use or thing.kind, thing.code) for thing in one.things)
    return ShelfPlace(one.place, CaseId(one.case_id), SlipCode(one.slip_code), things)


def _unit(one: wire.StockUnit) -> StockUnit:
    case_id = None if one.case_id is None else CaseId(one.case_id)
    return StockUnit(
        UnitId(one.id), StockKind(one.kind), one.serial, one.custodian, UnitState(one.state), one.version, case_id
    )


def _batch(one: wire.StockBatch) -> StockBatch:
    return StockBatch(
        BatchId(one.id), one.code, one.kind, one.custodian, UnitState(one.state), one.first_no, one.last_no,
        one.next_no, one.volume,
    )  # fmt: skip


def _count(one: wire.StockCount) -> StockCount:
    return StockCount(
        one.id, one.location, one.state == "OPEN", one.version, one.counted_at, one.expected, one.missing,
        one.surplus, tuple(BatchDiffers(BatchId(b.id), b.expected, b.counted) for b in one.batches),
    )  # fmt: skip


def _transfer(one: wire.Transfer) -> Transfer:
    return Transfer(
        one.id, one.state == "RECEIVED", one.version, one.origin, one.target,
        tuple(UnitId(unit) for unit in one.unit_ids),
        tuple(NumberRange(BatchId(r.batch_id), r.first_no, r.count) for r in one.ranges), one.sent_at,
    )  # fmt: skip


def stock_count(body: bytes) -> StockCount | None:
    """One count."""
    return read(wire.StockCount, _count, body)


def received(body: bytes) -> int | None:
    """How many came in."""
    return read(wire.StockReceived, lambda said: said.quantity, body)


def unit(body: bytes) -> StockUnit | None:
    """One thing."""
    return read(wire.StockUnit, _unit, body)


def movements(body: bytes) -> tuple[tuple[Movement, ...], int, bool] | None:
    """Lines of the stock ledger, the number to go on from, and whether there are more."""

    def make(said: wire.StockLedger) -> tuple[tuple[Movement, ...], int, bool]:
        lines = tuple(
            Movement(
                one.seq, one.at, one.kind, one.place, one.unit_id or one.batch_id or "", one.first_no, one.count,
                one.by, one.second, one.document_ref, one.reason,
            )
            for one in said.items
        )  # fmt: skip
        return lines, said.next, said.more

    return read(wire.StockLedger, make, body)


def discrepancies(body: bytes) -> tuple[Discrepancy, ...] | None:
    """A page of discrepancies."""
    return read(odd.DiscrepancyPage, lambda said: tuple(_discrepancy(one) for one in said.items), body)


def discrepancy(body: bytes) -> Discrepancy | None:
    """One discrepancy."""
    return read(odd.Discrepancy, _discrepancy, body)


def _discrepancy(one: odd.Discrepancy) -> Discrepancy:
    return Discrepancy(
        one.id, one.kind, one.subject, one.subject_id, one.state == "OPEN", one.version, one.owner, one.opened_at,
        one.goods.missing, one.goods.surplus,
    )  # fmt: skip


# --- sent ---
def moved_unit(deed: did.MoveUnit | did.QuarantineUnit | did.VoidUnit) -> bytes:
    """returnUnit, clearUnit, quarantineUnit, voidUnit; findUnit takes the same."""
    return msgspec.json.encode(wire.ActOnUnit(reason_code=deed.reason))


def counted(deed: did.CountPlace) -> bytes:
    """countStock."""
    return msgspec.json.encode(
        wire.CountStock(
            id=deed.id, location=deed.place, at=deed.at, units=tuple(deed.units),
            batches=tuple(wire.BatchSeen(batch, next_no) for batch, next_no in deed.batches),
        )
    )  # fmt: skip


def _ranges(ranges: tuple[NumberRange, ...]) -> tuple[wire.NumberRangeSent, ...]:
    return tuple(wire.NumberRangeSent(one.batch_id, one.first_no, one.count) for one in ranges)


def sent_goods(deed: did.SendGoods) -> bytes:
    """sendStock."""
    return msgspec.json.encode(
        wire.SendStock(
            id=deed.id,
            origin=deed.origin,
            target=deed.target,
            unit_ids=tuple(deed.units),
            ranges=_ranges(deed.ranges),
        )
    )  # fmt: skip


def taken_in(deed: did.TakeInGoods) -> bytes:
    """receiveTransfer."""
    return msgspec.json.encode(wire.ReceiveTransfer(units=tuple(deed.units), ranges=_ranges(deed.ranges)))


def goods_received(question: did.ReceiveGoods) -> bytes:
    """receiveStock."""
    batch = question.batch
    return msgspec.json.encode(
        wire.ReceiveStock(
            id=question.id, kind=question.kind.value, custodian=question.place,  # type: ignore[arg-type]
            document_ref=question.document_ref, serials=question.serials,
            batch=None if batch is None else wire.BatchReceived(
                code=batch.code, kind=batch.kind,  # type: ignore[arg-type]
                first_no=batch.first_no, last_no=batch.last_no, volume=batch.volume,
            ),
        )
    )  # fmt: skip


def count_closed(question: did.CloseCount) -> bytes:
    """closeCount."""
    return msgspec.json.encode(wire.CloseCount(outcome="accepted" if question.accepted else "annulled"))


def settled(question: did.SettleDiscrepancy) -> bytes:
    """settleDiscrepancy."""
    return msgspec.json.encode(odd.SettleDiscrepancy(resolution=question.resolution.value, words=question.words))
