"""confirm_in_person: whoever does not go by the face is compared with the card by a helper or clerk, at the terminal.

The member of staff lays the own card and types the PIN, compares, and confirms or does not. The sign-in is good for
this one act and ends with the page, whichever way that is left; the citizen's page goes on where it was. It takes the
network, like every verification: only the platform's answer counts.

Whoever signs in here has come to the call that somebody made at this terminal, helper or clerk, and has left it when
the page is left: nobody is on the way any more to a person who has been helped.
"""

from dataclasses import replace

from kiosk.audit import AuditKind
from kiosk.contracts.central_platform import VerifyPerson
from kiosk.contracts.device import DeviceKind
from kiosk.domain.help_call import HelpCall, HelpState
from kiosk.domain.ids import StaffRef, VerificationId
from kiosk.faults import Fault, FaultCode
from kiosk.rules.in_person import why_not_confirm

from . import answers as keep
from . import effects as do
from . import errands as run
from . import events as ev
from .lock import WaitAnotherCard
from .machine import Effect, Event, Fork, Journey, Row, Step
from .visit import Beside, Busy, Consent, Helper, Visit

_COMES = frozenset({Helper.CALLING, Helper.CALLED, Helper.COMING, Helper.HERE})
_RESTS = (0, 2, 5, 15, 30)  # seconds before the next PIN, after so many wrong ones; the card itself locks as well


# on the citizen's page --------------------------------------------------------------------------------------------
def comes(v: Visit, e: Event) -> bool:
    """One bell is enough."""
    return v.helper in _COMES


def waits(v: Visit, e: Event) -> tuple[Effect, ...]:
    """The reader waits for whoever comes."""
    return (do.StopDevices(), do.WaitStaffCard())


def called(v: Visit, e: Event) -> Visit:
    """Somebody is called to compare."""
    return replace(keep.in_person(v, e), helper=Helper.CALLING, help_call=None)


def calls(v: Visit, e: Event) -> tuple[Effect, ...]:
    """The same for the hall."""
    return (*waits(v, e), do.CallHelper(v.step), do.Note(AuditKind.HELP_CALLED, (("step", v.step),)))


def begin(v: Visit) -> tuple[Effect, ...]:
    """Arriving at verify_face: the camera; or, for whoever is to be compared, again the reader for staff cards."""
    return (WaitAnotherCard(),) if v.in_person else run.start_face(v)


def of_staff_reader(v: Visit, e: Event) -> bool:
    return isinstance(e, ev.DeviceFailed) and e.kind is DeviceKind.STAFF_CARD_READER and not v.in_person


def no_reader(v: Visit, e: Event) -> bool:
    """A terminal without a reader for staff cards: its page says so by itself, and where to go instead."""
    missing = isinstance(e, ev.DeviceFailed) and e.fault.code is FaultCode.DEVICE_CONFIGURATION
    return missing and v.in_person


def is_awaited(v: Visit, e: Event) -> bool:
    return v.in_person and v.verifying is not None and v.form.person(v.verifying) is not None


def card(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.StaffCardPut)
    return replace(v, beside=Beside(e.card.staff_ref), fault=None)


# on the helper's page ---------------------------------------------------------------------------------------------
def _watch(v: Visit) -> tuple[Effect, ...]:
    return (do.WatchStaffCard(),)


def _watch_again(v: Visit, e: Event) -> tuple[Effect, ...]:
    return _watch(v)


def _end(v: Visit) -> tuple[Effect, ...]:
    """However the page is left, nobody of the staff is signed in at a citizen's terminal afterwards."""
    effects: tuple[Effect, ...] = (do.StopDevices(), do.LeaveVisit(_joined(v)))
    if v.beside is None or v.beside.staff is None:
        return effects
    return (*effects, _note(v, AuditKind.STAFF_SIGNED_OUT, ("reason", "in_person")))


def _joined(v: Visit) -> HelpCall | None:
    """The call to which whoever is beside has come."""
    call, b = v.help_call, v.beside
    here = call is not None and b is not None and call.state is HelpState.JOINED and call.by == b.staff_ref
    return call if here else None


def joins(v: Visit, e: Event) -> tuple[Effect, ...]:
    """Whoever has signed in beside has come to the call that is open, as soon as both are known."""
    call, b = v.help_call, v.beside
    open_ = call is not None and call.state in (HelpState.OPEN, HelpState.ANSWERED)
    if call is None or not open_ or b is None or b.staff is None:
        return ()
    return (do.JoinVisit(call, b.staff_ref),)


def _note(v: Visit, audit: AuditKind, *fields: tuple[str, str]) -> do.NoteBeside:
    assert v.beside is not None
    return do.NoteBeside(v.beside.staff_ref, audit, fields)


def _may_type(v: Visit, e: Event) -> bool:
    b = v.beside
    return b is not None and b.staff is None and not b.rests and v.busy is None


def _typed(v: Visit, e: Event) -> Visit:
    return replace(v, busy=Busy.PIN, fault=None)


def _unlock(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.PinEntered) and v.beside is not None
    return (do.UnlockStaffCard(v.beside.staff_ref, e.pin),)


def _is_checking(v: Visit, e: Event) -> bool:
    return v.busy is Busy.PIN


def _open(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.ChallengeSigned)
    return (do.OpenStaffSession(e.signed.staff_ref, e.signed.challenge, e.signed.signature),)


def _may_confirm_here(v: Visit, e: Event) -> bool:
    assert isinstance(e, ev.StaffSignedIn)
    return _is_checking(v, e) and why_not_confirm(e.session.roles, e.session.name, v.form) is None


def _signed_in(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.StaffSignedIn) and v.beside is not None
    return replace(v, busy=None, fault=None, beside=replace(v.beside, staff=e.session))


def _signed_in_noted(v: Visit, e: Event) -> tuple[Effect, ...]:
    return (_note(v, AuditKind.STAFF_SIGNED_IN), *_watch(v), *joins(v, e))


def _may_not(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.StaffSignedIn)
    return replace(v, fault=why_not_confirm(e.session.roles, e.session.name, v.form))


def _is_comparing(v: Visit, e: Event) -> bool:
    return v.beside is not None and v.beside.staff is not None and v.busy is None


def _confirming(v: Visit, e: Event) -> Visit:
    """Whoever only wants to see or print something agrees here, and to nothing else."""
    return replace(v, busy=Busy.VERIFYING, fault=None, consent=v.consent or Consent(v.now, False))


def _confirm(v: Visit, e: Event) -> tuple[Effect, ...]:
    person = v.form.person(v.verifying) if v.verifying else None
    acts = person.acting if person else None
    assert acts is not None and v.consent is not None and v.beside is not None
    question = VerifyPerson(
        VerificationId(""), acts.name, acts.cert_type, acts.cert_no, v.now, v.consent.at, False, b"",
        StaffRef(v.beside.staff_ref),
    )  # fmt: skip
    noted = run.consent_noted(v, e) if v.only_looks else ()
    return (*noted, do.Verify(question))


def _done(v: Visit) -> Visit:
    """The sign-in was for this one verdict."""
    assert v.beside is not None
    return replace(v, beside=replace(v.beside, staff=None))


def _not_confirmed(v: Visit, e: Event) -> Visit:
    return _done(replace(v, busy=None, fault=Fault(FaultCode.IN_PERSON_NOT_CONFIRMED)))


def _verified(v: Visit, e: Event) -> Visit:
    return keep.verified(_done(v), e)


def _verdict(v: Visit, verification: str, passed: str) -> tuple[Effect, ...]:
    fields = (("verification", verification), ("method", "in_person"), ("passed", passed))
    signed_out = _note(v, AuditKind.STAFF_SIGNED_OUT, ("reason", "in_person"))
    return _note(v, AuditKind.VERIFIED, *fields), signed_out


def _refusal_noted(v: Visit, e: Event) -> tuple[Effect, ...]:
    return _verdict(v, e.verification.id if isinstance(e, ev.PersonVerified) else "", "no")


def _verified_noted(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.PersonVerified)
    noted = _verdict(v, e.verification.id, "yes")
    return (*noted, *run.draft(v, e)) if v.has_begun else noted


def _is_waited_for(v: Visit, e: Event) -> bool:
    return v.busy is Busy.VERIFYING


def _passed(v: Visit, e: Event) -> bool:
    return _is_waited_for(v, e) and keep.passed(v, e)


def _may_go(v: Visit, e: Event) -> bool:
    """While the platform is asked the answer is waited for: it may be there already."""
    return v.busy is not Busy.VERIFYING


def _is_gone(v: Visit, e: Event) -> bool:
    return isinstance(e, ev.DeviceFailed) and e.fault.code is FaultCode.CARD_REMOVED


def _failed(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.DeviceFailed | ev.PlatformFailed) and v.beside is not None
    wrong = e.fault.code is FaultCode.PIN_WRONG
    b = replace(v.beside, missed=v.beside.missed + 1, rests=True) if wrong else v.beside
    return replace(v, busy=None, fault=e.fault, beside=b)


def _after_failure(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert v.beside is not None
    return (*_watch(v), do.Linger(rest_of(v.beside))) if v.beside.rests else _watch(v)


def rest_of(b: Beside) -> int:
    """Seconds that the reader rests after so many wrong PINs."""
    return _RESTS[min(b.missed, len(_RESTS) - 1)]


def _rested(v: Visit, e: Event) -> Visit:
    assert v.beside is not None
    return replace(v, beside=replace(v.beside, rests=False))


def in_person_journey(after: Fork[Visit]) -> Journey[Visit]:
    """``after``: where a person who has just been verified goes on."""
    return Journey(
        "confirm_in_person",
        (
            Step("confirm_in_person", (
                Row(ev.PinEntered, None, _typed, _unlock, _may_type),
                Row(ev.ChallengeSigned, None, None, _open, _is_checking),
                Row(ev.StaffSignedIn, None, _signed_in, _signed_in_noted, _may_confirm_here),
                Row(ev.StaffSignedIn, "verify_face", _may_not, None, _is_checking),
                Row(ev.PersonConfirmedHere, None, _confirming, _confirm, _is_comparing),
                Row(ev.PersonNotConfirmed, "verify_face", _not_confirmed, _refusal_noted, _is_comparing),
                Row(ev.PersonVerified, after, _verified, _verified_noted, _passed),
                Row(ev.PersonVerified, "verify_face", _not_confirmed, _refusal_noted, _is_waited_for),
                Row(ev.DeviceFailed, "verify_face", keep.device_failed, None, _is_gone),
                Row(ev.DeviceFailed, None, _failed, _after_failure),
                Row(ev.PlatformFailed, None, _failed, _watch_again),
                Row(ev.LingerOver, None, _rested),
                Row(ev.StaffLeft, "verify_face", keep.again, when=_may_go),
                Row(ev.BackAsked, "verify_face", keep.again, when=_may_go),
            ), enter=_watch, leave=_end),
        ),
    )  # fmt: skip
