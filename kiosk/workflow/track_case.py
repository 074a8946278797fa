"""track_case: where does my case stand, what is next, where, and what to bring."""

from dataclasses import replace

from kiosk.contracts.central_platform import FindCase
from kiosk.faults import Fault, FaultCode
from kiosk.rules.slip_code import typed_slip

from . import effects as do
from . import errands as run
from . import events as ev
from .machine import Effect, Event, Fork, Journey, Row, Step
from .visit import MENDED_BY_LAYING_ANEW, Busy, Visit


def _looking(v: Visit, e: Event) -> Visit:
    return replace(v, busy=Busy.FINDING, fault=None)


def _no_code(v: Visit, e: Event) -> Visit:
    return replace(v, fault=Fault(FaultCode.CASE_NOT_FOUND))


def _by_card(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.CardRead)
    return (do.LookForCase(FindCase(cert_no=e.card.number)), do.WatchCard())


def _by_code(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.CodeTyped)
    return (do.LookForCase(FindCase(slip_code=typed_slip(e.text))),)


def _is_slip(v: Visit, e: Event) -> bool:
    return isinstance(e, ev.CodeTyped) and typed_slip(e.text) is not None


def _any_found(v: Visit, e: Event) -> bool:
    return isinstance(e, ev.CasesFound) and bool(e.cases)


def _found(v: Visit, e: Event) -> Visit:
    """The newest case; a person with several sees the one that moved last."""
    assert isinstance(e, ev.CasesFound)
    case = e.cases[0]
    return replace(v, known=case, case_id=case.id, slip_code=case.slip_code, busy=None)


def _not_found(v: Visit, e: Event) -> Visit:
    return replace(v, busy=None, fault=Fault(FaultCode.CASE_NOT_FOUND))


def _failed(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.DeviceFailed | ev.PlatformFailed)
    listening = v.busy is Busy.CARD and e.fault.code in MENDED_BY_LAYING_ANEW
    return replace(v, busy=Busy.CARD if listening else None, fault=e.fault)


def _again(v: Visit, e: Event) -> tuple[Effect, ...]:
    return (do.ReadCard("track"),)


def _read(v: Visit) -> tuple[Effect, ...]:
    return (do.ReadCard("track"),)


def _follow(v: Visit) -> tuple[Effect, ...]:
    return (do.FollowCase(v.case_id), *run.ask_appointment(v)) if v.case_id else ()


def _told_by_bank(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.AppointmentTold)
    return replace(v, offers=replace(v.offers, appointment=e.appointment))


def _ended(v: Visit, e: Event) -> Visit:
    return replace(v, ended="done")


def _forget(v: Visit, e: Event) -> tuple[Effect, ...]:
    return run.forget_done(v, e) if v.deed is None else ()


_AFTERWARDS: Fork[Visit] = Fork("刚提交的请评价", ("rate", "farewell"), lambda v: "rate" if v.deed else "farewell")

TRACK_CASE: Journey[Visit] = Journey(
    "track_case",
    (
        Step("find_my_case", (
            Row(ev.CardRead, None, _looking, _by_card),
            Row(ev.CodeTyped, None, _looking, _by_code, _is_slip),
            Row(ev.CodeTyped, None, _no_code),
            Row(ev.CasesFound, "see_progress", _found, None, _any_found),
            Row(ev.CasesFound, None, _not_found),
            Row(ev.DeviceFailed, None, _failed),
            Row(ev.PlatformFailed, None, _failed),
            Row(ev.RetryAsked, None, _looking, _again),
            Row(ev.BackAsked, "home", None, run.stop_all),
        ), enter=_read, leave=run.stop_devices),
        Step("see_progress", (
            Row(ev.AppointmentTold, None, _told_by_bank),
            Row(ev.NextAsked, _AFTERWARDS, _ended, _forget),
        ), enter=_follow),
    ),
)  # fmt: skip
