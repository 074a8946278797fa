"""What a window asks about the custody store, and what it does there.

One person's movements are deeds: they go through the ledger with key and audit entry, a count and a quarantine also
without network, because they have happened. What takes a second person is asked at once: the second card's word is
good for two minutes and one act, and is never written to a disk.
"""

import enum
from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.discrepancy import Discrepancy, Resolution
from kiosk.domain.ids import StaffRef, UnitId
from kiosk.domain.private import Private
from kiosk.domain.stock import Movement, NumberRange, StockBook, StockCount, StockKind

from .central_platform import Ask
from .ledger import Deed


class UnitAct(enum.Enum):
    """What is done with one thing."""

    RETURN = "return"  # 退回: brought back after a hand-over
    QUARANTINE = "quarantine"  # 隔离: put aside until somebody has looked
    CLEAR = "clear"  # 解除隔离
    FIND = "find"  # 找回: a lost thing is there again
    VOID = "void"  # 作废, two people


# --- deeds: one person ---
@dataclass(frozen=True, slots=True)
class MoveUnit(Deed):
    """An intent: RETURN, CLEAR or FIND. ``id`` is this act's own, ``version`` the thing's as it was seen."""

    id: str
    unit_id: UnitId
    act: UnitAct
    reason: str
    version: int


@dataclass(frozen=True, slots=True)
class QuarantineUnit(Deed):
    """A fact: somebody put the thing aside."""

    id: str
    unit_id: UnitId
    reason: str
    version: int


@dataclass(frozen=True, slots=True)
class CountPlace(Deed):
    """A fact: what somebody found at a place. ``batches``: first number that is still in the box."""

    id: str
    place: str
    at: datetime
    units: tuple[UnitId, ...]
    batches: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class SendGoods(Deed):
    """调拨 out of one place on the way to another."""

    id: str
    origin: str
    target: str
    units: tuple[UnitId, ...]
    ranges: tuple[NumberRange, ...]


@dataclass(frozen=True, slots=True)
class TakeInGoods(Deed):
    """调拨入库: what has really arrived of a transfer. Differences are written down, not refused."""

    id: str
    transfer_id: str
    version: int
    units: tuple[UnitId, ...]
    ranges: tuple[NumberRange, ...]


# --- questions ---
@dataclass(frozen=True, slots=True)
class ReadStock(Ask[StockBook]):
    """The whole store of the hall, place by place; kept on this machine for the time without network."""


@dataclass(frozen=True, slots=True)
class ReadMovements(Ask[tuple[Movement, ...]]):
    """The stock ledger from a moment on; for keepers and supervisors."""

    since: datetime


@dataclass(frozen=True, slots=True)
class ReadDiscrepancies(Ask[tuple[Discrepancy, ...]]):
    """What is open of the hall; for keepers and supervisors."""


@dataclass(frozen=True, slots=True, repr=False)
class ConfirmSecond(Private, Ask["SecondPerson"]):
    """The second person's card has signed a challenge of its own. Fault: second-person-wrong (the same person)."""

    staff_ref: StaffRef
    challenge: bytes
    signature: bytes


@dataclass(frozen=True, slots=True, repr=False)
class SecondPerson(Private):
    """Who confirms beside the first; the token itself stays in the uplink and is good for one act."""

    staff_ref: StaffRef
    name: str
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class ReceivedBatch:
    """A range of paper invoices as the delivery note says it."""

    code: str
    kind: str
    first_no: int
    last_no: int
    volume: int


@dataclass(frozen=True, slots=True)
class ReceiveGoods(Ask[int]):
    """入库, two people: serials of one kind, or one batch of numbers; how many came in. Fault: stock-refused."""

    id: str
    kind: StockKind
    place: str
    document_ref: str
    serials: tuple[str, ...] = ()
    batch: ReceivedBatch | None = None


@dataclass(frozen=True, slots=True)
class VoidUnit(Ask[bool]):
    """作废, two people."""

    id: str
    unit_id: UnitId
    reason: str
    version: int


@dataclass(frozen=True, slots=True)
class CloseCount(Ask[StockCount]):
    """A supervisor and a keeper close a count: it is so, or it was counted wrongly."""

    id: str
    count_id: str
    version: int
    accepted: bool


@dataclass(frozen=True, slots=True, repr=False)
class SettleDiscrepancy(Private, Ask[Discrepancy]):
    """A supervisor and a second person say what a discrepancy was, in words."""

    id: str
    discrepancy_id: str
    version: int
    resolution: Resolution
    words: str


TwoPeople = ReceiveGoods | VoidUnit | CloseCount | SettleDiscrepancy
