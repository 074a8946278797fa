"""custody: receive, transfer, put aside, bring back, write off and count by scanning; two people where the rule asks.

The book is the platform's; what is done here is an intent or a fact through the ledger, and the screen says which.
Without network only what has happened may be written down: a count, and a thing put aside.
"""

from collections.abc import Callable
from dataclasses import replace

from kiosk.audit import AuditKind
from kiosk.contracts.custody import (
    CloseCount,
    CountPlace,
    MoveUnit,
    QuarantineUnit,
    ReceivedBatch,
    ReceiveGoods,
    SendGoods,
    TakeInGoods,
    UnitAct,
    VoidUnit,
)
from kiosk.contracts.ledger import Verdict
from kiosk.domain.stock import NumberRange, StockKind
from kiosk.faults import Fault, FaultCode
from kiosk.rules import custody as rule

from . import effects as do
from . import room_effects as room
from .backroom import Backroom, Scanned
from .desk import Desk
from .events import backroom as ev
from .events import everywhere, window
from .machine import Effect, Event, Journey, Row, Step

Keep = Callable[[Desk, Event], Desk]
VOLUME = 25  # sheets of one volume


def with_room(d: Desk, **changes: object) -> Desk:
    """The desk with another state of the back room."""
    return replace(d, room=replace(d.room, **changes))  # type: ignore[arg-type]


# the book -----------------------------------------------------------------------------------------------------------
def _read(d: Desk) -> tuple[Effect, ...]:
    return (room.ReadStore(),)


def _read_again(d: Desk, e: Event) -> tuple[Effect, ...]:
    return (room.ReadStore(),)


def _reading(d: Desk, e: Event) -> Desk:
    return with_room(replace(d, fault=None), reading=True)


def _book(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.StoreRead)
    now = d.room
    unit = next((u for u in e.book.units if now.unit and u.id == now.unit.id), now.unit) if e.book else now.unit
    return with_room(d, book=e.book or now.book, live=e.live, reading=now.reading and not e.live, unit=unit)


def _unread(d: Desk, e: Event) -> Desk:
    assert isinstance(e, everywhere.PlatformFailed)
    return with_room(replace(d, fault=e.fault, busy=None), reading=False)


def _at_store(d: Desk, e: Event) -> Desk:
    return replace(d, room=d.room.cleared())


# what is scanned ----------------------------------------------------------------------------------------------------
def _text(e: Event) -> str:
    assert isinstance(e, window.CodeScanned | window.CodeTyped)
    return e.scan.text if isinstance(e, window.CodeScanned) else e.text


def _listen(d: Desk) -> tuple[Effect, ...]:
    return (do.ScanCode(),)


def _again(d: Desk, e: Event) -> tuple[Effect, ...]:
    return (do.ScanCode(),) if isinstance(e, window.CodeScanned) else ()


def _stop(d: Desk) -> tuple[Effect, ...]:
    return (do.StopDevices(), room.LeaveMovement())


def _open(d: Desk, e: Event) -> bool:
    """Nothing was written down of this work yet."""
    return d.room.deed is None and not d.room.done


def _unknown(d: Desk, text: str) -> Desk:
    d = with_room(d, scanned=replace(d.room.scanned, last=rule.plain(text)))
    return replace(d, fault=Fault(FaultCode.UNIT_UNKNOWN))


def _put(d: Desk, text: str, **added: object) -> Desk:
    scanned = replace(d.room.scanned, last=rule.plain(text), **added)  # type: ignore[arg-type]
    return with_room(replace(d, fault=None), scanned=scanned)


def _looked_up(d: Desk, e: Event) -> Desk:
    text, book = _text(e), d.room.book
    unit = rule.unit_of(book, text) if book else None
    return _unknown(with_room(d, unit=None), text) if unit is None else _put(with_room(d, unit=unit), text)


def _things(d: Desk, e: Event) -> Desk:
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
    if d.step != "count_place" or number is None:
        return _unknown(d, text)
    units = tuple(dict.fromkeys((*d.room.scanned.units, number)))
    return replace(_put(d, text, units=units), fault=Fault(FaultCode.UNIT_UNKNOWN))


def _delivered(d: Desk, e: Event) -> Desk:
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


def _dropped(d: Desk, e: Event) -> Desk:
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


# what is done -------------------------------------------------------------------------------------------------------
def _counting(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.CountAsked)
    return with_room(d, place=e.place)


def _has_book(d: Desk, e: Event) -> bool:
    return d.room.book is not None


def _is_keeper(d: Desk, e: Event) -> bool:
    return d.room.book is not None and d.staff is not None and "keeper" in d.staff.roles


def _receiving(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.ReceiveAsked)
    return with_room(d, place=e.place)


def _kind(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.KindPicked)
    return with_room(replace(d, fault=None), kind=e.kind, invoice_kind=e.invoice_kind, scanned=Scanned())


def _sending(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.SendAsked)
    return with_room(d, place=e.origin, target=e.target)


def _two_places(d: Desk, e: Event) -> bool:
    return isinstance(e, ev.SendAsked) and e.origin != e.target and _is_keeper(d, e)


def _taking_in(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.TransferPicked) and d.room.book is not None
    transfer = next((t for t in d.room.book.transfers if t.id == e.id), None)
    return with_room(d, transfer=transfer, place=transfer.target if transfer else "")


def _known_transfer(d: Desk, e: Event) -> bool:
    assert isinstance(e, ev.TransferPicked)
    return d.room.book is not None and any(t.id == e.id and not t.arrived for t in d.room.book.transfers)


def _closing(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.CountPicked) and d.room.book is not None
    return with_room(d, count=next((c for c in d.room.book.counts if c.id == e.id), None))


def _known_count(d: Desk, e: Event) -> bool:
    assert isinstance(e, ev.CountPicked)
    return d.room.book is not None and any(c.id == e.id and c.open for c in d.room.book.counts)


def _may_act(d: Desk, e: Event) -> bool:
    assert isinstance(e, ev.UnitActed)
    unit = d.room.unit
    allowed = () if unit is None else rule.ACTS.get(unit.state, ())
    return _open(d, e) and e.act is not UnitAct.VOID and e.act.value in allowed


def _act(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.UnitActed) and d.room.unit is not None
    unit = d.room.unit
    deed: room.Movement
    if e.act is UnitAct.QUARANTINE:
        deed = QuarantineUnit("", unit.id, e.reason, unit.version)
    else:
        deed = MoveUnit("", unit.id, e.act, e.reason, unit.version)
    fields = (("act", e.act.value), ("what", unit.id), ("reason", e.reason))
    return (room.RecordMovement(deed, AuditKind.STOCK_MOVED, fields),)


def _may_void(d: Desk, e: Event) -> bool:
    assert isinstance(e, ev.UnitActed)
    unit = d.room.unit
    return e.act is UnitAct.VOID and _open(d, e) and unit is not None and "void" in rule.ACTS.get(unit.state, ())


def _voiding(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.UnitActed) and d.room.unit is not None
    unit = d.room.unit
    return with_room(d, waiting=VoidUnit("", unit.id, e.reason, unit.version), origin="handle_unit")


def _count(d: Desk, e: Event) -> tuple[Effect, ...]:
    now = d.room
    deed = CountPlace("", now.place, d.now, now.scanned.units, now.scanned.boxes)
    fields = (("place", now.place), ("units", str(len(deed.units))), ("batches", str(len(deed.batches))))
    return (room.RecordMovement(deed, AuditKind.STOCK_COUNTED, fields),)


def _some(d: Desk, e: Event) -> bool:
    return _open(d, e) and d.room.scanned.count > 0


def ranges(now: Backroom) -> tuple[NumberRange, ...]:
    """The number ranges on the desk: of a transfer as it was sent, else what is left of the scanned batches."""
    sent = {} if now.transfer is None else {one.batch_id: one for one in now.transfer.ranges}
    scanned = [batch for batch, _ in now.scanned.boxes]
    if now.transfer is not None:
        return tuple(sent[one] for one in scanned if one in sent)
    known = {} if now.book is None else {one.id: one for one in now.book.batches}
    return tuple(rule.rest_of(known[one]) for one in scanned if one in known)


def _send(d: Desk, e: Event) -> tuple[Effect, ...]:
    now = d.room
    deed = SendGoods("", now.place, now.target, now.scanned.units, ranges(now))
    fields = (("act", "send"), ("what", f"{now.place}-{now.target}"), ("count", str(now.scanned.count)))
    return (room.RecordMovement(deed, AuditKind.STOCK_MOVED, fields),)


def _take_in(d: Desk, e: Event) -> tuple[Effect, ...]:
    now = d.room
    assert now.transfer is not None
    deed = TakeInGoods("", now.transfer.id, now.transfer.version, now.scanned.units, ranges(now))
    fields = (("act", "take_in"), ("what", now.transfer.id), ("count", str(now.scanned.count)))
    return (room.RecordMovement(deed, AuditKind.STOCK_MOVED, fields),)


def _may_receive(d: Desk, e: Event) -> bool:
    return isinstance(e, ev.MovementAsked) and bool(e.document_ref.strip()) and _some(d, e)


def _received(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.MovementAsked)
    now = d.room
    wanted = ReceiveGoods(
        "", now.kind, now.place, e.document_ref.strip(), now.scanned.serials, now.scanned.batch
    )  # fmt: skip
    return with_room(d, waiting=wanted, origin="receive_goods")


def _judged(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.CountJudged) and d.room.count is not None
    count = d.room.count
    return with_room(d, waiting=CloseCount("", count.id, count.version, e.accepted), origin="close_count")


def _may_judge(d: Desk, e: Event) -> bool:
    supervises = d.staff is not None and "supervisor" in d.staff.roles
    return supervises and d.room.count is not None and _open(d, e)


def _told(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.MovementTold)
    settled = e.status.verdict not in (Verdict.WAITING, Verdict.SENDING)
    refused = e.status.fault is not None and settled
    fault = Fault(FaultCode.STOCK_REFUSED, e.status.fault.details) if refused and e.status.fault else None
    return with_room(replace(d, fault=fault or d.fault), deed=e.status)


def _told_do(d: Desk, e: Event) -> tuple[Effect, ...]:
    """The book is another once the platform has taken a movement."""
    assert isinstance(e, ev.MovementTold)
    return (room.ReadStore(),) if e.status.verdict in (Verdict.ACCEPTED, Verdict.ALREADY_KNOWN) else ()


def _next(d: Desk, e: Event) -> Desk:
    return replace(d, room=d.room.next_movement(), fault=None)


def _next_do(d: Desk, e: Event) -> tuple[Effect, ...]:
    return (room.LeaveMovement(),)


def _failed(d: Desk, e: Event) -> Desk:
    assert isinstance(e, everywhere.DeviceFailed)
    return replace(d, fault=e.fault)


def _scans(keep: Keep) -> tuple[Row[Desk], ...]:
    return (
        Row(window.CodeScanned, None, keep, _again, _open),
        Row(window.CodeTyped, None, keep, None, _open),
        Row(ev.ScanDropped, None, _dropped, None, _open),
        Row(ev.MovementTold, None, _told, _told_do),
        Row(ev.StoreRead, None, _book),
        Row(everywhere.PlatformFailed, None, _unread),
        Row(everywhere.DeviceFailed, None, _failed),
        Row(everywhere.RetryAsked, None, _reading, _read_again),
        Row(everywhere.NextAsked, None, _next, _next_do),
        Row(everywhere.BackAsked, "see_store"),
    )


CUSTODY: Journey[Desk] = Journey(
    "custody",
    (
        Step("see_store", (
            Row(ev.StoreRead, None, _book),
            Row(everywhere.PlatformFailed, None, _unread),
            Row(everywhere.RetryAsked, None, _reading, _read_again),
            Row(ev.UnitAsked, "handle_unit", when=_has_book),
            Row(ev.CountAsked, "count_place", _counting, None, _has_book),
            Row(ev.ReceiveAsked, "receive_goods", _receiving, None, _is_keeper),
            Row(ev.SendAsked, "send_goods", _sending, None, _two_places),
            Row(ev.TransferPicked, "take_in_goods", _taking_in, None, _known_transfer),
            Row(ev.CountPicked, "close_count", _closing, None, _known_count),
            Row(ev.ReportsAsked, "see_reports", when=_has_book),
            Row(everywhere.BackAsked, "find_case"),
        ), enter=_read),
        Step("handle_unit", (
            Row(ev.UnitActed, "confirm_second", _voiding, None, _may_void),
            Row(ev.UnitActed, None, None, _act, _may_act),
            *_scans(_looked_up),
        ), enter=_listen, leave=_stop),
        Step("count_place", (
            Row(ev.MovementAsked, None, None, _count, _open),
            *_scans(_things),
        ), enter=_listen, leave=_stop),
        Step("receive_goods", (
            Row(ev.KindPicked, None, _kind, None, _open),
            Row(ev.MovementAsked, "confirm_second", _received, None, _may_receive),
            *_scans(_delivered),
        ), enter=_listen, leave=_stop),
        Step("send_goods", (
            Row(ev.MovementAsked, None, None, _send, _some),
            *_scans(_things),
        ), enter=_listen, leave=_stop),
        Step("take_in_goods", (
            Row(ev.MovementAsked, None, None, _take_in, _open),
            *_scans(_things),
        ), enter=_listen, leave=_stop),
        Step("close_count", (
            Row(ev.CountJudged, "confirm_second", _judged, None, _may_judge),
            Row(ev.StoreRead, None, _book),
            Row(everywhere.PlatformFailed, None, _unread),
            Row(everywhere.BackAsked, "see_store"),
        )),
    ),
)  # fmt: skip
