"""The custody store (保管库) as a clerk knows it: things, number ranges, places, what moves between them, and counts.

A unit is one thing with a number of its own; paper invoices lie in batches of numbers and move in whole volumes. A
place is the hall's store or a window. Nothing in here names a person; a case stands by its id.
"""

import enum
from dataclasses import dataclass
from datetime import datetime

from .ids import BatchId, CaseId, SlipCode, UnitId


class StockKind(enum.Enum):
    """物品种类."""

    LICENCE_PAPER = "licence_paper"  # 营业执照空白纸
    SEAL = "seal"  # 印章
    TAX_DEVICE = "tax_device"  # 税控设备
    INVOICE_VOLUME = "invoice_volume"  # 发票


class UnitState(enum.Enum):
    """Where a thing is in its life; only the platform writes it."""

    IN_TRANSIT = "IN_TRANSIT"
    IN_STOCK = "IN_STOCK"
    RESERVED = "RESERVED"
    BOUND = "BOUND"  # 已发行: a tax device that carries its company
    HANDED_OVER = "HANDED_OVER"
    QUARANTINED = "QUARANTINED"
    RETURNED = "RETURNED"
    LOST = "LOST"
    VOID = "VOID"
    EXHAUSTED = "EXHAUSTED"  # of a batch: every number is given out


HELD = frozenset(
    {UnitState.IN_STOCK, UnitState.RESERVED, UnitState.BOUND, UnitState.QUARANTINED, UnitState.RETURNED}
)  # states of a thing that lies at a place of this hall


@dataclass(frozen=True, slots=True)
class StockUnit:
    """One thing. ``case_id``: whose it is, once it was laid aside."""

    id: UnitId
    kind: StockKind
    serial: str
    place: str
    state: UnitState
    version: int
    case_id: CaseId | None = None


@dataclass(frozen=True, slots=True)
class StockBatch:
    """A range of invoice numbers; those before ``next_no`` are given out. ``volume`` is sheets in one volume."""

    id: BatchId
    code: str  # 发票代码
    invoice_kind: str  # 004, 007, 025
    place: str
    state: UnitState
    first_no: int
    last_no: int
    next_no: int
    volume: int

    @property
    def left(self) -> int:
        """Whole volumes that are not given out."""
        return max(0, self.last_no - self.next_no + 1) // self.volume


@dataclass(frozen=True, slots=True)
class NumberRange:
    """Numbers of one batch, first and how many."""

    batch_id: BatchId
    first_no: int
    count: int

    @property
    def last_no(self) -> int:
        """The last of them."""
        return self.first_no + self.count - 1


@dataclass(frozen=True, slots=True)
class StockLevel:
    """How many of a kind are free, against the hall's threshold; invoices in whole volumes."""

    kind: StockKind
    free: int
    low_below: int
    low: bool


@dataclass(frozen=True, slots=True)
class PlaceCounted:
    """When a place was counted last; ``due``: it holds things and was not counted today."""

    place: str
    holds: int
    counted_at: datetime | None
    due: bool


@dataclass(frozen=True, slots=True)
class Transfer:
    """Things on their way from one place to another (调拨), or arrived."""

    id: str
    arrived: bool
    version: int
    origin: str
    target: str
    units: tuple[UnitId, ...]
    ranges: tuple[NumberRange, ...]
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class BatchDiffers:
    """A batch whose first free number is not the book's; ``counted`` None: it was not there."""

    id: BatchId
    expected: int
    counted: int | None


@dataclass(frozen=True, slots=True)
class StockCount:
    """A count (盘点) against the book, until a supervisor has closed it."""

    id: str
    place: str
    open: bool
    version: int
    counted_at: datetime
    expected: int
    missing: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()
    batches: tuple[BatchDiffers, ...] = ()

    @property
    def differences(self) -> int:
        """In how many lines book and place disagree."""
        return len(self.missing) + len(self.surplus) + len(self.batches)


@dataclass(frozen=True, slots=True)
class ShelfPlace:
    """What lies ready at one place of the shelf for one case: the kinds and numbers of the things."""

    place: str
    case_id: CaseId
    slip_code: SlipCode
    things: tuple[tuple[str, str], ...]  # kind or seal use, and what a scan must give


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of the stock ledger (台账). ``what`` is the unit or the batch, ``count`` how many numbers of it."""

    seq: int
    at: datetime
    kind: str
    place: str
    what: str
    first_no: int | None
    count: int
    by: str
    second: str
    document_ref: str
    reason: str


@dataclass(frozen=True, slots=True)
class StockBook:
    """The store as the platform last told it; ``as_of`` is when."""

    as_of: datetime
    units: tuple[StockUnit, ...] = ()
    batches: tuple[StockBatch, ...] = ()
    levels: tuple[StockLevel, ...] = ()
    places: tuple[PlaceCounted, ...] = ()
    counts: tuple[StockCount, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    shelf: tuple[ShelfPlace, ...] = ()
