"""Messages of the custody store (保管库): receipts, transfers, single things, counts, levels, the shelf, the ledger.

A place is a store or a window. Single things are units; invoice numbers lie in batches and move in whole volumes.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from .base import (
    CURSOR,
    END,
    LIMIT,
    Answered,
    Code,
    Moment,
    Offline,
    Op,
    Param,
    Sent,
    Sha256,
    Slip,
    Text64,
    Text200,
    Ulid,
    UnitRef,
)

UnitKindCode = Literal["licence_paper", "seal", "tax_device"]
StockKindCode = Literal["licence_paper", "tax_device", "invoice_volume"]
UnitStateCode = Literal[
    "IN_TRANSIT", "IN_STOCK", "RESERVED", "BOUND", "HANDED_OVER", "QUARANTINED", "RETURNED", "LOST", "VOID",
]  # fmt: skip
BatchStateCode = Literal["IN_TRANSIT", "IN_STOCK", "EXHAUSTED", "QUARANTINED", "VOID"]
InvoiceKindCode = Literal["004", "007", "025"]  # 专用发票, 普通发票, 普通发票(卷式), on paper
MovementCode = Literal["RECEIVE", "TRANSFER", "RESERVE", "ISSUE", "HAND_OVER", "RETURN", "SPOIL", "COUNT"]
Serial = Annotated[str, Meta(pattern="^[0-9A-Z]{3,20}" + END)]
InvoiceCode = Annotated[str, Meta(pattern="^[0-9]{10}([0-9]{2})?" + END)]
InvoiceNo = Annotated[int, Meta(ge=1, le=99_999_999)]
_EACH_ONCE = {"uniqueItems": True}


class BatchReceived(Sent, frozen=True):
    """A range of invoice numbers in whole volumes of ``volume`` sheets."""

    code: InvoiceCode
    kind: InvoiceKindCode
    first_no: InvoiceNo
    last_no: InvoiceNo
    volume: Annotated[int, Meta(ge=1, le=1000)] = 25


class ReceiveStock(Sent, frozen=True):
    """Into the store: serials of one kind, or one batch of numbers; never both."""

    id: Ulid
    kind: StockKindCode
    custodian: Code
    document_ref: Annotated[Text64, Meta(min_length=1)]
    serials: Annotated[tuple[Serial, ...], Meta(max_length=200, extra_json_schema=_EACH_ONCE)] = ()
    batch: BatchReceived | None = None


class StockReceived(Answered, frozen=True):
    """What is in the store now."""

    id: str
    kind: StockKindCode
    custodian: str
    quantity: int
    unit_ids: tuple[str, ...] = ()
    batch_id: str | None = None


class StockUnit(Answered, frozen=True):
    """One thing. ``holder_uscc`` is the company whose device it is."""

    id: str
    kind: UnitKindCode
    serial: str
    custodian: str
    state: UnitStateCode
    version: int
    case_id: str | None = None
    holder_uscc: str = ""
    discrepancy_id: str | None = None


class UnitPage(Answered, frozen=True):
    """A page of units by id; ``next`` goes into ``cursor``."""

    items: tuple[StockUnit, ...]
    next: str | None = None


class StockBatch(Answered, frozen=True):
    """A range of numbers; those before ``next_no`` are given out."""

    id: str
    code: str
    kind: InvoiceKindCode
    custodian: str
    state: BatchStateCode
    version: int
    first_no: int
    last_no: int
    next_no: int
    volume: int


class BatchPage(Answered, frozen=True):
    """A page of batches by id; ``next`` goes into ``cursor``."""

    items: tuple[StockBatch, ...]
    next: str | None = None


class NumberRange(Answered, frozen=True):
    """Free numbers of a batch, whole volumes."""

    batch_id: Code
    first_no: InvoiceNo
    count: Annotated[int, Meta(ge=1, le=1_000_000)]


class NumberRangeSent(NumberRange, frozen=True, forbid_unknown_fields=True):
    """The same, sent."""


class SendStock(Sent, frozen=True, rename={"origin": "from", "target": "to"}):
    """Out of one place on the way to another: a place of this hall, or another hall's store."""

    id: Ulid
    origin: Code
    target: Code
    unit_ids: Annotated[tuple[UnitRef, ...], Meta(max_length=200, extra_json_schema=_EACH_ONCE)] = ()
    ranges: Annotated[tuple[NumberRangeSent, ...], Meta(max_length=40)] = ()


class ReceiveTransfer(Sent, frozen=True):
    """What was really there. What differs is written down, not refused."""

    units: Annotated[tuple[UnitRef, ...], Meta(max_length=200, extra_json_schema=_EACH_ONCE)] = ()
    ranges: Annotated[tuple[NumberRangeSent, ...], Meta(max_length=40)] = ()


class Transfer(Answered, frozen=True, rename={"origin": "from", "target": "to"}):
    """Things on their way, or arrived. ``missing`` and ``surplus`` as in the discrepancy."""

    id: str
    state: Literal["SENT", "RECEIVED"]
    version: int
    origin: str
    target: str
    unit_ids: tuple[str, ...]
    ranges: tuple[NumberRange, ...]
    sent_at: Moment
    received_at: Moment | None = None
    missing: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()
    discrepancy_id: str | None = None


class TransferPage(Answered, frozen=True):
    """A page of transfers from or to this hall, newest first; ``next`` goes into ``cursor``."""

    items: tuple[Transfer, ...]
    next: str | None = None


class ActOnUnit(Sent, frozen=True):
    """Something is done with one thing, for a reason of the hall's list; a picture may show it."""

    reason_code: Code
    photo_blob: Sha256 | None = None


class FindUnit(Sent, frozen=True):
    """A lost thing is there again: where it lies now, if not where it was."""

    reason_code: Code
    photo_blob: Sha256 | None = None
    custodian: Code | None = None


class BatchSeen(Sent, frozen=True):
    """The first number that is still in the box."""

    id: Code
    next_no: Annotated[int, Meta(ge=1, le=100_000_000)]


class CountStock(Sent, frozen=True):
    """A fact: what somebody found at a place when counting."""

    id: Ulid
    location: Code
    at: Moment
    units: Annotated[tuple[UnitRef, ...], Meta(max_length=5000, extra_json_schema=_EACH_ONCE)] = ()
    batches: Annotated[tuple[BatchSeen, ...], Meta(max_length=200)] = ()


class BatchDiffers(Answered, frozen=True):
    """A batch whose first free number is not the book's; ``counted`` None: the batch was not there."""

    id: str
    expected: int
    counted: int | None = None


class StockCount(Answered, frozen=True):
    """A count against the book. Things at a window for a hand-over, and things moved since, are in neither list."""

    id: str
    location: str
    state: Literal["OPEN", "CLOSED"]
    version: int
    counted_at: Moment
    expected: int
    missing: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()
    batches: tuple[BatchDiffers, ...] = ()
    outcome: Literal["accepted", "annulled"] | None = None
    closed_at: Moment | None = None
    discrepancy_id: str | None = None


class CloseCount(Sent, frozen=True):
    """``accepted``: what is missing is lost, and somebody has to explain it. ``annulled``: it was counted wrongly."""

    outcome: Literal["accepted", "annulled"]
    words: Text200 = ""


class PlaceCounted(Answered, frozen=True):
    """When a place was counted last; ``due``: it holds things and was not counted today."""

    location: str
    holds: int
    counted_at: Moment | None = None
    due: bool = False


class CountPage(Answered, frozen=True):
    """A page of counts, newest first, and every place of the hall."""

    items: tuple[StockCount, ...]
    places: tuple[PlaceCounted, ...]
    next: str | None = None


class Movement(Answered, frozen=True):
    """One line of the ledger. ``move`` is the event in the thing's own states, or empty."""

    seq: int
    at: Moment
    kind: MovementCode
    move: str
    place: str
    unit_id: str | None = None
    batch_id: str | None = None
    first_no: int | None = None
    count: int = 1
    case_id: str | None = None
    handover_id: str | None = None
    by: str = ""
    second: str = ""
    document_ref: str = ""
    reason: str = ""
    photo_blob: str | None = None


class StockLedger(Answered, frozen=True):
    """Lines in their order; ``next`` goes into ``since``."""

    items: tuple[Movement, ...]
    next: int
    more: bool


class ShelfThing(Answered, frozen=True):
    """One thing that lies ready; ``code`` is what a scan of it must give."""

    kind: str
    code: str
    use: str | None = None


class ShelfPlace(Answered, frozen=True):
    """What lies at one place of the shelf for one case."""

    place: str
    case_id: str
    slip_code: Slip
    things: tuple[ShelfThing, ...]


class Shelf(Answered, frozen=True):
    """A page of cases that are ready, newest change first; ``next`` goes into ``cursor``."""

    items: tuple[ShelfPlace, ...]
    next: str | None = None


class StockLevel(Answered, frozen=True):
    """How many of a kind are free; invoices in whole volumes."""

    kind: StockKindCode
    free: int
    low_below: int
    low: bool


class StockLevels(Answered, frozen=True):
    """Every kind that has a threshold in this hall."""

    items: tuple[StockLevel, ...]


def _of_unit(verb: str, act: str, summary: str, *problems: str, second: str = "", offline: Offline = Offline.ONLINE,
             body: type[msgspec.Struct] = ActOnUnit) -> Op:  # fmt: skip
    return Op(f"{act}Unit", "POST", f"/v1/stock/units/{{unit_id}}/{verb}", 200, StockUnit, "KW", summary, body,
              idem=True, if_match=True, second=second, offline=offline,
              problems=("not-found", "blob-missing", *problems))  # fmt: skip


OPERATIONS: tuple[Op, ...] = (
    # -- in and through
    Op("receiveStock", "POST", "/v1/stock/receipts", 201, StockReceived, "K", "into the store, two people",
       ReceiveStock, idem=True, second="KS", problems=("not-found", "serial-exists", "range-overlap", "id-taken")),
    Op("listUnits", "GET", "/v1/stock/units", 200, UnitPage, "KWS", "things of the hall by id",
       query=(Param("custodian", Code), Param("kind", UnitKindCode), Param("state", UnitStateCode), LIMIT,
              Param("cursor", UnitRef)), offline=Offline.CACHED),
    Op("getUnit", "GET", "/v1/stock/units/{unit_id}", 200, StockUnit, "KWS", "one thing", etag=True,
       offline=Offline.CACHED, problems=("not-found",)),
    Op("listBatches", "GET", "/v1/stock/batches", 200, BatchPage, "KWS", "batches of numbers of the hall by id",
       query=(Param("custodian", Code), Param("kind", InvoiceKindCode), Param("state", BatchStateCode), LIMIT,
              Param("cursor", Code)), offline=Offline.CACHED),
    Op("sendStock", "POST", "/v1/stock/transfers", 201, Transfer, "K", "on the way to another place", SendStock,
       idem=True, problems=("not-found", "not-in-stock", "invoice-range-mismatch", "invoice-batch-exhausted",
                            "id-taken")),
    Op("listTransfers", "GET", "/v1/stock/transfers", 200, TransferPage, "KWS", "what is on its way, or was",
       query=(Param("open", Annotated[int, Meta(ge=1, le=1)]), LIMIT, CURSOR), offline=Offline.CACHED),
    Op("getTransfer", "GET", "/v1/stock/transfers/{id}", 200, Transfer, "KWS", "one transfer", etag=True,
       offline=Offline.CACHED, problems=("not-found",)),
    Op("receiveTransfer", "POST", "/v1/stock/transfers/{id}/receive", 200, Transfer, "KW",
       "say what has arrived", ReceiveTransfer, idem=True, if_match=True,
       problems=("not-found", "version-mismatch", "too-late")),
    # -- single things
    _of_unit("return", "return", "somebody brings back what was handed over", "version-mismatch", "not-in-stock"),
    _of_unit("quarantine", "quarantine", "put aside until somebody has looked", "stock-unit-unavailable",
             "handover-open", offline=Offline.FACT),
    _of_unit("clear", "clear", "it is in order after all", "version-mismatch", "not-in-stock",
             "stock-unit-unavailable"),
    _of_unit("void", "void", "it is no good any more, two people", "version-mismatch", "not-in-stock",
             "handover-open", second="S"),
    _of_unit("found", "find", "a lost thing is there again", "version-mismatch", "not-in-stock", body=FindUnit),
    # -- counting
    Op("countStock", "POST", "/v1/stock/counts", 201, StockCount, "KW", "what was found at a place", CountStock,
       idem=True, also=(200,), offline=Offline.FACT, problems=("not-found", "id-taken")),
    Op("listCounts", "GET", "/v1/stock/counts", 200, CountPage, "KWS", "counts, and places that were not counted",
       query=(Param("location", Code), LIMIT, CURSOR), offline=Offline.CACHED),
    Op("getCount", "GET", "/v1/stock/counts/{id}", 200, StockCount, "KWS", "one count", etag=True,
       offline=Offline.CACHED, problems=("not-found",)),
    Op("closeCount", "POST", "/v1/stock/counts/{id}/close", 200, StockCount, "S",
       "what is missing is lost, or it was counted wrongly; two people", CloseCount, idem=True, if_match=True,
       second="K", problems=("not-found", "version-mismatch", "too-late")),
    # -- looking
    Op("getStockLedger", "GET", "/v1/stock/ledger", 200, StockLedger, "KS", "every movement since a number",
       query=(Param("since", Annotated[int, Meta(ge=0, le=2**53 - 1)]), LIMIT)),
    Op("getStockLevels", "GET", "/v1/stock/levels", 200, StockLevels, "KWS", "how many of each kind are free",
       offline=Offline.CACHED),
    Op("getShelf", "GET", "/v1/stock/shelf", 200, Shelf, "KW", "what lies ready where", query=(LIMIT, CURSOR),
       offline=Offline.CACHED),
)  # fmt: skip
