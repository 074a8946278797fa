"""track_case: where does my case stand, what is next, where, and what to bring.

The code of a slip shows how its case stands and nobody's data. A card may be a lost one: that its holder opens a
business at all is personal, so nothing is shown before the face, or a helper, says that it is this person's card.
"""

from dataclasses import replace

from kiosk.contracts.central_platform import FindCase
from kiosk.faults import Fault, FaultCode
from kiosk.rules.slip_code import typed_slip

from . import collection, holder
from . import effects as do
from . import errands as run
from . import events as ev
from .machine import Effect, Event, Fork, Journey, Row, Step
from .visit import Busy, Visit


def _typed(v: Visit, e: Event) -> Visit:
    return replace(v, busy=Busy.FINDING, fault=None, card=None)


def _no_code(v: Visit, e: Event) -> Visit:
    return replace(v, fault=Fault(FaultCode.CASE_NOT_FOUND))


def _by_code(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.CodeTyped)
    return (do.LookForCase(FindCase(slip_code=typed_slip(e.text))),)


def _is_slip(v: Visit, e: Event) -> bool:
    return isinstance(e, ev.CodeTyped) and typed_slip(e.text) is not None


def _any_found(v: Visit, e: Event) -> bool:
    return isinstance(e, ev.CasesFound) and bool(e.cases)


def _of_card(v: Visit, e: Event) -> bool:
    return v.card is not None and _any_found(v, e)


def _to_prove(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.CasesFound)
    return replace(holder.to_prove(v), sought=e.cases)


def _found(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.CasesFound)
    return holder.with_progress(v, e.cases)


def _not_found(v: Visit, e: Event) -> Visit:
    return replace(v, busy=None, fault=Fault(FaultCode.CASE_NOT_FOUND))


def _read_another(v: Visit, e: Event) -> tuple[Effect, ...]:
    return (do.ReadCard("track", anew=True),)


def _read(v: Visit) -> tuple[Effect, ...]:
    return (do.ReadCard("track"),)


def _read_again(v: Visit, e: Event) -> tuple[Effect, ...]:
    return _read(v)


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
            Row(ev.CardRead, None, holder.laid, holder.look_by_card, holder.is_valid),
            Row(ev.CardRead, None, holder.expired, _read_another),
            Row(ev.CodeTyped, None, _typed, _by_code, _is_slip),
            Row(ev.CodeTyped, None, _no_code),
            Row(ev.CasesFound, "verify_face", _to_prove, None, _of_card),
            Row(ev.CasesFound, "see_progress", _found, None, _any_found),
            Row(ev.CasesFound, None, _not_found),
            Row(ev.DeviceFailed, None, holder.failed),
            Row(ev.PlatformFailed, None, holder.failed),
            Row(ev.RetryAsked, None, holder.listening, _read_again),
            Row(ev.BackAsked, "home", None, run.stop_all),
        ), enter=_read, leave=run.stop_devices),
        Step("see_progress", (
            Row(ev.AppointmentTold, None, _told_by_bank),
            *collection.OPENS,
            Row(ev.NextAsked, _AFTERWARDS, _ended, _forget),
        ), enter=_follow),
        collection.BOOK_COLLECTION,
    ),
)  # fmt: skip
