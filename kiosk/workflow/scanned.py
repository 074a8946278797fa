"""What a scan puts on the desk in the custody store: things, rows of things, boxes of invoices, new serials."""

from dataclasses import replace

from kiosk.contracts.custody import ReceivedBatch
from kiosk.domain.stock import StockKind
from kiosk.faults import Fault, FaultCode
from kiosk.rules import custody as rule

from . import effects as do
from . import room_effects as room
from .desk import Desk
from .events import window
from .machine import Effect, Event

VOLUME = 25  # sheets of one volume


def with_room(d: Desk, **changes: object) -> Desk:
    """The desk with another state of the back room."""
    return replace(d, room=replace(d.room, **changes))  # type: ignore[arg-type]


def _text(e: Event) -> str:
    assert isinstance(e, window.CodeScanned | window.CodeTyped)
    return e.scan.text if isinstance(e, window.CodeScanned) else e.text


def listen(d: Desk) -> tuple[Effect, ...]:
    """The scanner waits."""
    return (do.ScanCode(),)


def listen_again(d: Desk, e: Event) -> tuple[Effect, ...]:
    """After a scan the scanner waits for the next."""
    return (do.ScanCode(),) if isinstance(e, window.CodeScanned) else ()


def stop(d: Desk) -> tuple[Effect, ...]:
    """Devices rest, and nobody waits for a verdict."""
    return (do.StopDevices(), room.LeaveMovement())


def is_open(d: Desk, e: Event) -> bool:
    """Nothing was written down of this work yet."""
    return d.room.deed is None and not d.room.done


def _unknown(d: Desk, text: str) -> Desk:
    d = with_room(d, scanned=replace(d.room.scanned, last=rule.plain(text)))
    return replace(d, fault=Fault(FaultCode.UNIT_UNKNOWN))


def _put(d: Desk, text: str, **added: object) -> Desk:
    scanned = replace(d.room.scanned, last=rule.plain(text), **added)  # type: ignore[arg-type]
    return with_room(replace(d, fault=None), scanned=scanned)


def looked_up(d: Desk, e: Event) -> Desk:
    """The one thing whose number was read."""
    text, book = _text(e), d.room.book
    unit = rule.unit_of(book, text) if book else None
    return _unknown(with_room(d, unit=None), text) if unit is None else _put(with_room(d, unit=unit), text)


def things(d: Desk, e: Event) -> Desk:
    """A thing, a row of things, or the first number that is left of a batch."""
    text, room_ = _text(e), d.room
    assert room_.book is not None
    found = rule.units_between(room_.book, text)
    one = rule.unit_of(room_.book, text)
    found = found or (() if one is None else (one,))
    if found:
        return _put(d, text, units=tuple(dict.fromkeys((*room_.scanned.units, *(u.id for u in found)))))
    box = rule.batch_of(room_.book, text)
    if box is not None:
        others = tuple(one for one in room_.scanned.boxes if one[0] != box[0].id)
        return _put(d, text, boxes=(*others, (box[0].id, box[1])))
    return _stranger(d, text)


def _stranger(d: Desk, text: str) -> Desk:
    """A count writes down what is not in the book; nothing else may be done with it."""
    number = rule.stranger(text)
    if d.step not in ("count_place", "count_shift") or number is None:
        return _unknown(d, text)
    units = tuple(dict.fromkeys((*d.room.scanned.units, number)))
    return replace(_put(d, text, units=units), fault=Fault(FaultCode.UNIT_UNKNOWN))


def delivered(d: Desk, e: Event) -> Desk:
    """A serial, a row of serials, or a range of invoices; none may be in the book already."""
    text, now = _text(e), d.room
    if now.kind is StockKind.INVOICE_VOLUME:
        range_ = rule.delivered_of(text)
        if range_ is None:
            return replace(d, fault=Fault(FaultCode.CODE_UNREADABLE))
        if now.book is not None and rule.overlapping(now.book, range_) is not None:
            return replace(d, fault=Fault(FaultCode.STOCK_REFUSED, {"slug": "range-overlap"}))
        batch = ReceivedBatch(range_.code, now.invoice_kind, range_.first_no, range_.last_no, VOLUME)
        return _put(d, text, batch=batch)
    serials = rule.serials_of(text)
    if not serials:
        return replace(d, fault=Fault(FaultCode.CODE_UNREADABLE))
    if now.book is not None and rule.known_serials(now.book, now.kind, serials):
        return replace(d, fault=Fault(FaultCode.STOCK_REFUSED, {"slug": "serial-exists"}))
    every = tuple(dict.fromkeys((*now.scanned.serials, *serials)))
    if len(every) > rule.MOST_SERIALS:
        return replace(d, fault=Fault(FaultCode.STOCK_REFUSED, {"slug": "too-many"}))
    return _put(d, text, serials=every)


def dropped(d: Desk, e: Event) -> Desk:
    """What was scanned last is taken off again."""
    now = d.room.scanned
    if now.batch is not None:
        now = replace(now, batch=None)
    elif now.serials:
        now = replace(now, serials=now.serials[:-1])
    elif now.boxes:
        now = replace(now, boxes=now.boxes[:-1])
    else:
        now = replace(now, units=now.units[:-1])
    return with_room(replace(d, fault=None), scanned=replace(now, last=""))
