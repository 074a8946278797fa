"""预约领取: whoever does not want to wait books a half hour; whoever does not want to book comes when it suits."""

from dataclasses import replace

from kiosk.domain.case import READY_STATES
from kiosk.faults import Fault, FaultCode

from . import effects as do
from . import events as ev
from .machine import Effect, Event, Row, Step
from .visit import Busy, Visit


def may_book(v: Visit) -> bool:
    """What lies ready in a hall, by its own applicant: who only has a code of a slip sees how the case stands, and
    no more."""
    case = v.known
    proven = v.card is not None or v.deed is not None
    return case is not None and case.state in READY_STATES and case.form.mail is None and proven


def _may(v: Visit, e: Event) -> bool:
    return may_book(v)


def _asking(v: Visit, e: Event) -> Visit:
    return replace(v, busy=Busy.FINDING, fault=None, offers=replace(v.offers, collection=()))


def _ask(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert v.case_id is not None
    return (do.FindCollectionHours(v.case_id),)


def _hours(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.CollectionHoursFound)
    return replace(v, busy=None, offers=replace(v.offers, collection=e.hours))


def _on_offer(v: Visit, e: Event) -> bool:
    return isinstance(e, ev.CollectionPicked) and v.busy is None and (e.slot is None or e.slot in v.offers.collection)


def _booking(v: Visit, e: Event) -> Visit:
    return replace(v, busy=Busy.FINDING, fault=None)


def _book(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.CollectionPicked) and v.case_id is not None
    return (do.BookCollection(v.case_id, e.slot),)


def _told(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.CollectionTold)
    known = None if v.known is None else replace(v.known, collection=e.slot)
    return replace(v, busy=None, fault=None, known=known)


def _is_taken(v: Visit, e: Event) -> bool:
    return isinstance(e, ev.PlatformFailed) and e.fault.code is FaultCode.HOUR_TAKEN


def _taken(v: Visit, e: Event) -> Visit:
    return replace(_asking(v, e), fault=Fault(FaultCode.HOUR_TAKEN))


def _failed(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.PlatformFailed)
    return replace(v, busy=None, fault=e.fault)


OPENS: tuple[Row[Visit], ...] = (
    Row(ev.CollectionAsked, "book_collection", None, _ask, _may),
    Row(ev.CollectionTold, None, _told),  # of somebody who did not wait for the answer
)
BOOK_COLLECTION: Step[Visit] = Step("book_collection", (
    Row(ev.CollectionHoursFound, None, _hours),
    Row(ev.CollectionPicked, None, _booking, _book, _on_offer),
    Row(ev.CollectionTold, "see_progress", _told),
    Row(ev.PlatformFailed, None, _taken, _ask, _is_taken),
    Row(ev.PlatformFailed, None, _failed),
    Row(ev.RetryAsked, None, _asking, _ask),
    Row(ev.BackAsked, "see_progress"),
))  # fmt: skip
