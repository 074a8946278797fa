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
    ReceiveGoods,
    SendGoods,
    TakeInGoods,
    UnitAct,
    VoidUnit,
)
from kiosk.contracts.ledger import Verdict
from kiosk.domain.stock import NumberRange
from kiosk.faults import Fault, FaultCode
from kiosk.rules import custody as rule

from . import room_effects as room
from .backroom import Backroom, Scanned
from .desk import Desk
from .events import backroom as ev
from .events import everywhere, window
from .machine import Effect, Event, Journey, Row, Step
from .scanned import (
    delivered,
    dropped,
    is_open,
    listen,
    listen_again,
    looked_up,
    stop,
    things,
    with_room,
)

Keep = Callable[[Desk, Event], Desk]


# the book -----------------------------------------------------------------------------------------------------------
def _read(d: Desk) -> tuple[Effect, ...]:
    return (room.ReadStore(),)


def _read_again(d: Desk, e: Event) -> tuple[Effect, ...]:
    return (room.ReadStore(),)


def _reading(d: Desk, e: Event) -> Desk:
    return with_room(replace(d, fault=None), reading=True)


def book_read(d: Desk, e: Event) -> Desk:
    """The book as it was read; the thing on the desk is the one of the newest book."""
    assert isinstance(e, ev.StoreRead)
    now = d.room
    unit = next((u for u in e.book.units if now.unit and u.id == now.unit.id), now.unit) if e.book else now.unit
    return with_room(d, book=e.book or now.book, live=e.live, reading=now.reading and not e.live, unit=unit)


def _unread(d: Desk, e: Event) -> Desk:
    assert isinstance(e, everywhere.PlatformFailed)
    return with_room(replace(d, fault=e.fault, busy=None), reading=False)


def _at_store(d: Desk, e: Event) -> Desk:
    return replace(d, room=d.room.cleared())


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
    return is_open(d, e) and e.act is not UnitAct.VOID and e.act.value in allowed


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
    return e.act is UnitAct.VOID and is_open(d, e) and unit is not None and "void" in rule.ACTS.get(unit.state, ())


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
    return is_open(d, e) and d.room.scanned.count > 0


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
    return supervises and d.room.count is not None and is_open(d, e)


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
        Row(window.CodeScanned, None, keep, listen_again, is_open),
        Row(window.CodeTyped, None, keep, None, is_open),
        Row(ev.ScanDropped, None, dropped, None, is_open),
        Row(ev.MovementTold, None, _told, _told_do),
        Row(ev.StoreRead, None, book_read),
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
            Row(ev.StoreRead, None, book_read),
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
            *_scans(looked_up),
        ), enter=listen, leave=stop),
        Step("count_place", (
            Row(ev.MovementAsked, None, None, _count, is_open),
            *_scans(things),
        ), enter=listen, leave=stop),
        Step("receive_goods", (
            Row(ev.KindPicked, None, _kind, None, is_open),
            Row(ev.MovementAsked, "confirm_second", _received, None, _may_receive),
            *_scans(delivered),
        ), enter=listen, leave=stop),
        Step("send_goods", (
            Row(ev.MovementAsked, None, None, _send, _some),
            *_scans(things),
        ), enter=listen, leave=stop),
        Step("take_in_goods", (
            Row(ev.MovementAsked, None, None, _take_in, is_open),
            *_scans(things),
        ), enter=listen, leave=stop),
        Step("close_count", (
            Row(ev.CountJudged, "confirm_second", _judged, None, _may_judge),
            Row(ev.StoreRead, None, book_read),
            Row(everywhere.PlatformFailed, None, _unread),
            Row(everywhere.BackAsked, "see_store"),
        )),
    ),
)  # fmt: skip
