"""预约领取 as a table: who may, what is asked, and what is said of an hour that somebody else has just taken."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from kiosk.domain.case import CaseState, OpeningCase
from kiosk.domain.ids import CaseId, SlipCode
from kiosk.domain.wishes import MailAddress
from kiosk.faults import Fault, FaultCode
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.citizen import CITIZEN
from kiosk.workflow.collection import may_book
from kiosk.workflow.machine import Event, advance
from kiosk.workflow.visit import Busy, Visit
from tests.unit.ui.viewmodels.citizen_walk import WANG

NOW = datetime(2026, 11, 27, 2, tzinfo=UTC)
HOURS = tuple(NOW + timedelta(days=1, minutes=30 * n) for n in range(4))
CASE = OpeningCase(CaseId("01KB0000000000000000000000"), SlipCode("K7M204"), state=CaseState.READY)


def at(step: str, **more: object) -> Visit:
    made = Visit(now=NOW, step=step, known=CASE, case_id=CASE.id)
    return replace(made, card=WANG, **more)  # type: ignore[arg-type]


def walk(v: Visit, *events: Event) -> tuple[Visit, tuple[object, ...]]:
    effects: tuple[object, ...] = ()
    for one in events:
        v, effects = advance(CITIZEN, v, one)
    return v, effects


def test_who_may() -> None:
    assert may_book(at("see_progress"))
    assert not may_book(replace(at("see_progress"), card=None))  # by the code of a slip alone
    for state in set(CaseState) - {CaseState.READY, CaseState.PARTLY_COLLECTED}:
        assert not may_book(at("see_progress", known=replace(CASE, state=state)))
    mailed = replace(CASE, form=replace(CASE.form, mail=MailAddress("王测试", "13900000000", "示例路1号")))
    assert not may_book(at("see_progress", known=mailed))
    stays, effects = walk(at("see_progress", known=mailed), ev.CollectionAsked())
    assert (stays.step, effects) == ("see_progress", ())


def test_an_hour_is_picked_and_stands() -> None:
    v, effects = walk(at("see_progress"), ev.CollectionAsked())
    assert (v.step, v.busy, effects) == ("book_collection", Busy.FINDING, (do.FindCollectionHours(CASE.id),))
    v, effects = walk(v, ev.CollectionHoursFound(HOURS), ev.CollectionPicked(NOW))
    assert (v.busy, effects) == (None, ())  # nobody offered that one
    v, effects = walk(v, ev.CollectionPicked(HOURS[1]))
    assert (v.busy, effects) == (Busy.FINDING, (do.BookCollection(CASE.id, HOURS[1]),))
    _, effects = walk(v, ev.CollectionPicked(HOURS[2]))
    assert effects == ()  # one at a time
    v, _ = walk(v, ev.CollectionTold(HOURS[1]))
    assert v.step == "see_progress" and v.known is not None and v.known.collection == HOURS[1]


def test_somebody_was_quicker() -> None:
    v, _ = walk(
        at("see_progress"), ev.CollectionAsked(), ev.CollectionHoursFound(HOURS), ev.CollectionPicked(HOURS[0])
    )
    v, effects = walk(v, ev.PlatformFailed(Fault(FaultCode.HOUR_TAKEN)))
    assert v.fault is not None and v.fault.code is FaultCode.HOUR_TAKEN
    assert effects == (do.FindCollectionHours(CASE.id),)  # what is left is shown beside the word
    v, _ = walk(v, ev.CollectionHoursFound(HOURS[1:]))
    assert v.fault is not None and v.offers.collection == HOURS[1:] and v.busy is None


def test_no_network_and_back() -> None:
    v, _ = walk(at("see_progress"), ev.CollectionAsked(), ev.PlatformFailed(Fault(FaultCode.PLATFORM_OFFLINE)))
    assert (v.step, v.busy) == ("book_collection", None)
    v, effects = walk(v, ev.RetryAsked())
    assert effects == (do.FindCollectionHours(CASE.id),)
    v, _ = walk(v, ev.BackAsked())
    assert v.step == "see_progress"
    v, _ = walk(v, ev.CollectionTold(HOURS[3]))  # the answer to what was picked before
    assert v.known is not None and v.known.collection == HOURS[3]
