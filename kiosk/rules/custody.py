"""What a clerk's scan means in the custody store, what may be done with a thing, and what a count has found. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kiosk.domain.ids import BatchId, UnitId
from kiosk.domain.stock import (
    HELD,
    NumberRange,
    StockBatch,
    StockBook,
    StockKind,
    StockUnit,
    UnitState,
)

MOST_SERIALS = 200  # of one delivery or transfer
_SERIAL = re.compile(r"[0-9A-Z]{3,20}")
_SPAN = re.compile(r"([0-9]{3,18})[-—~～至]([0-9]{3,18})")
_NUMBER = re.compile(r"[0-9]{8}")
_CODE_AND_NUMBER = re.compile(r"([0-9]{10}(?:[0-9]{2})?)([0-9]{8})")
_DELIVERED = re.compile(r"([0-9]{10}(?:[0-9]{2})?)[ ,，]+([0-9]{1,8})[-—~～至]([0-9]{1,8})")

# What one person may do with a thing in which state; to write off takes two.
ACTS: Mapping[UnitState, tuple[str, ...]] = {
    UnitState.IN_STOCK: ("quarantine",),
    UnitState.RESERVED: ("quarantine",),
    UnitState.BOUND: ("quarantine",),
    UnitState.HANDED_OVER: ("return",),
    UnitState.RETURNED: ("clear", "void"),
    UnitState.QUARANTINED: ("clear", "void"),
    UnitState.LOST: ("find",),
}


def plain(text: str) -> str:
    """A number as it is compared."""
    return "".join(text.split()).upper()


def unit_of(book: StockBook, text: str) -> StockUnit | None:
    """The thing whose number was scanned."""
    wanted = plain(text)
    return next((one for one in book.units if wanted in (one.serial, one.id.upper())), None)


def units_between(book: StockBook, text: str) -> tuple[StockUnit, ...]:
    """Things of one row of numbers, as they come in a pack: 50010001-50010100."""
    span = _SPAN.fullmatch(plain(text))
    if span is None:
        return ()
    first, last = span.groups()
    if len(first) != len(last) or first > last:
        return ()
    return tuple(one for one in book.units if len(one.serial) == len(first) and first <= one.serial <= last)


def batch_of(book: StockBook, text: str) -> tuple[StockBatch, int] | None:
    """The batch of an invoice number, scanned with its code or alone, and that number; a number that two batches
    might hold belongs to neither."""
    wanted = plain(text)
    with_code = _CODE_AND_NUMBER.fullmatch(wanted)
    if with_code is not None:
        code, number = with_code.group(1), int(with_code.group(2))
        fits = [one for one in book.batches if one.code == code and one.first_no <= number <= one.last_no + 1]
    elif _NUMBER.fullmatch(wanted):
        number = int(wanted)
        fits = [one for one in book.batches if one.first_no <= number <= one.last_no + 1]
    else:
        return None
    return (fits[0], number) if len(fits) == 1 else None


def stranger(text: str) -> UnitId | None:
    """The id under which a thing that is not in the book goes into a count; None: it can be no number."""
    wanted = plain(text)
    if not _SERIAL.fullmatch(wanted):
        return None
    kinds = {12: StockKind.TAX_DEVICE, 13: StockKind.SEAL, 14: StockKind.SEAL}
    return UnitId(f"{kinds.get(len(wanted), StockKind.LICENCE_PAPER).value}-{wanted}")


def serials_of(text: str) -> tuple[str, ...]:
    """The serials that were scanned or typed for a delivery: one, or a row of them; none: it can be no serial."""
    wanted = plain(text)
    span = _SPAN.fullmatch(wanted)
    if span is None:
        return (wanted,) if _SERIAL.fullmatch(wanted) else ()
    first, last = span.groups()
    count = int(last) - int(first) + 1
    if len(first) != len(last) or not 1 <= count <= MOST_SERIALS:
        return ()
    return tuple(f"{int(first) + n:0{len(first)}d}" for n in range(count))


def known_serials(book: StockBook, kind: StockKind, serials: Iterable[str]) -> tuple[str, ...]:
    """Serials that are in the book already: no thing comes in twice."""
    have = {one.serial for one in book.units if one.kind is kind}
    return tuple(one for one in serials if one in have)


@dataclass(frozen=True, slots=True)
class Delivered:
    """A range of invoices as the delivery note has it."""

    code: str
    first_no: int
    last_no: int


def delivered_of(text: str) -> Delivered | None:
    """``050001900105 41005126-41007625``: code, first and last number."""
    found = _DELIVERED.fullmatch(" ".join(text.split()))
    if found is None or int(found.group(2)) > int(found.group(3)) or int(found.group(2)) < 1:
        return None
    return Delivered(found.group(1), int(found.group(2)), int(found.group(3)))


def overlapping(book: StockBook, range_: Delivered) -> StockBatch | None:
    """A batch of the same code that holds one of these numbers: ranges never overlap."""
    return next(
        (
            one
            for one in book.batches
            if one.code == range_.code and one.first_no <= range_.last_no and range_.first_no <= one.last_no
        ),
        None,
    )


def held_at(book: StockBook, place: str) -> tuple[StockUnit, ...]:
    """Things that lie at a place by the book."""
    return tuple(one for one in book.units if one.place == place and one.state in HELD)


def batches_at(book: StockBook, place: str) -> tuple[StockBatch, ...]:
    """Batches that lie at a place by the book."""
    lies = (UnitState.IN_STOCK, UnitState.QUARANTINED)
    return tuple(one for one in book.batches if one.place == place and one.state in lies)


def free_at(book: StockBook, place: str) -> tuple[StockUnit, ...]:
    """Things that may be sent on from a place: in stock and nobody's."""
    return tuple(u for u in held_at(book, place) if u.state is UnitState.IN_STOCK and u.case_id is None)


def rest_of(batch: StockBatch) -> NumberRange:
    """The whole volumes of a batch that are not given out."""
    return NumberRange(BatchId(batch.id), batch.next_no, batch.left * batch.volume)


@dataclass(frozen=True, slots=True)
class Tally:
    """One kind of thing at a place: expected by the book, found, and found though the book has it elsewhere."""

    kind: StockKind
    expected: int
    found: int
    surplus: int

    @property
    def left(self) -> int:
        """Expected and not found yet."""
        return self.expected - self.found


def tally(book: StockBook, place: str, units: Iterable[UnitId], boxes: Mapping[BatchId, int]) -> tuple[Tally, ...]:
    """A count under way, kind by kind; a box counts as found when its first number is the book's."""
    seen = set(units)
    held = {one.id: one.kind for one in held_at(book, place)}
    lines = []
    for kind in (StockKind.LICENCE_PAPER, StockKind.SEAL, StockKind.TAX_DEVICE):
        mine = {one for one, of in held.items() if of is kind}
        more = sum(1 for one in seen - held.keys() if one.startswith(f"{kind.value}-"))
        if mine or more:
            lines.append(Tally(kind, len(mine), len(mine & seen), more))
    here = {one.id: one.next_no for one in batches_at(book, place)}
    strange = len(boxes.keys() - here.keys())
    if here or strange:
        right = sum(1 for batch, number in boxes.items() if here.get(batch) == number)
        lines.append(Tally(StockKind.INVOICE_VOLUME, len(here), right, strange))
    return tuple(lines)
