"""Somebody without the face is confirmed by a helper at the terminal: the way there, back, and what nobody may."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.audit import AuditKind
from kiosk.contracts.central_platform import StaffSession, Verification
from kiosk.contracts.device import DeviceKind
from kiosk.contracts.smart_card import SignedChallenge, StaffCard
from kiosk.domain.help_call import HelpCall, HelpCallId, HelpState
from kiosk.domain.ids import StaffRef, VerificationId
from kiosk.faults import Fault, FaultCode
from kiosk.rules.in_person import why_not_confirm
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.citizen import CITIZEN
from kiosk.workflow.lock import WaitAnotherCard
from kiosk.workflow.machine import Effect, Event, advance
from kiosk.workflow.visit import Busy, Helper, Visit
from tests.unit.ui.viewmodels import citizen_walk as tell

REF = StaffRef("0600")
CARD = ev.StaffCardPut(StaffCard(REF))
SIGNED = ev.ChallengeSigned(SignedChallenge(REF, b"c" * 32, b"s" * 64))


def session(name: str = "褚帮办", roles: tuple[str, ...] = ("helper",)) -> ev.StaffSignedIn:
    return ev.StaffSignedIn(StaffSession(REF, name, frozenset(roles), tell.TIME + timedelta(minutes=15)))


def verdict(*, passed: bool = True) -> ev.PersonVerified:
    until = tell.TIME + timedelta(hours=8) if passed else None
    return ev.PersonVerified(Verification(VerificationId("V1"), passed, until))


def waiting() -> Visit:
    return tell.laid(face=False).did(ev.InPersonAsked(), ev.HelperInformed(True)).state


def after(visit: Visit, *events: Event) -> tuple[Visit, tuple[Effect, ...]]:
    """The visit after these, and what the last of them had done."""
    done: tuple[Effect, ...] = ()
    for event in events:
        visit, done = advance(CITIZEN, visit, event)
    return visit, done


def comparing() -> Visit:
    return after(waiting(), CARD, ev.PinEntered("1234"), SIGNED, session())[0]


def notes(done: tuple[Effect, ...]) -> list[tuple[str, AuditKind, dict[str, str]]]:
    return [(one.by, one.audit, dict(one.fields)) for one in done if isinstance(one, do.NoteBeside)]


def test_the_reader_waits_and_one_bell_is_enough() -> None:
    visit, done = advance(CITIZEN, tell.laid(face=False).state, ev.InPersonAsked())
    assert do.WaitStaffCard() in done and do.CallHelper("verify_face") in done
    helped = replace(tell.laid(face=False).state, helper=Helper.HERE)
    assert do.CallHelper("verify_face") not in advance(CITIZEN, helped, ev.InPersonAsked())[1]
    assert visit.in_person and visit.step == "verify_face"


def test_confirmed_the_visit_goes_on_where_it_was_and_nobody_stays_signed_in() -> None:
    visit, done = after(comparing(), ev.PersonConfirmedHere())
    [asked] = [one.question for one in done if isinstance(one, do.Verify)]
    assert asked.in_person_by == REF and asked.cert_no == tell.WANG.number
    assert asked.face_jpeg == b"" and not asked.face_consent
    visit, done = after(visit, verdict())
    assert visit.step == "choose_purpose" and visit.beside is None and not visit.in_person
    assert visit.form.people[0].verification_id == "V1" and visit.portrait is None
    assert do.LeaveVisit() in done and any(isinstance(one, do.KeepDraft) for one in done)
    passed = {"verification": "V1", "method": "in_person", "passed": "yes"}
    assert notes(done)[0] == (REF, AuditKind.VERIFIED, passed)
    assert notes(done)[1][1] is AuditKind.STAFF_SIGNED_OUT


@pytest.mark.parametrize("how", [(ev.PersonNotConfirmed(),), (ev.PersonConfirmedHere(), verdict(passed=False))])
def test_not_confirmed_leads_back_to_the_page_that_waits_for_another_card(how: tuple[Event, ...]) -> None:
    visit, done = after(comparing(), *how)
    assert visit.step == "verify_face" and visit.in_person and visit.form.people[0].verification_id is None
    assert visit.fault is not None and visit.fault.code is FaultCode.IN_PERSON_NOT_CONFIRMED
    assert do.LeaveVisit() in done and WaitAnotherCard() in done
    assert notes(done)[0][2]["passed"] == "no"
    assert after(visit, CARD)[0].step == "confirm_in_person"


CALL = HelpCallId("01JD9V6C3Q8T2M5N7P0R4S6W8H")


def told(state: HelpState, version: int, by: str = "") -> ev.HelpChanged:
    return ev.HelpChanged(HelpCall(CALL, state, "褚帮办" if by else "", None, version, StaffRef(by)))


@pytest.mark.parametrize(
    "open_", [told(HelpState.OPEN, 1), told(HelpState.ANSWERED, 2, "0601")], ids=["called", "coming"]
)
def test_whoever_signs_in_has_come_to_the_call_and_leaves_it_with_the_page(open_: ev.HelpChanged) -> None:
    visit, done = after(waiting(), open_, CARD, ev.PinEntered("1234"), SIGNED, session())
    assert do.JoinVisit(open_.call, REF) in done
    visit, done = after(visit, told(HelpState.JOINED, 3, REF))
    assert visit.helper is Helper.HERE and notes(done) == [(REF, AuditKind.HELPER_JOINED, {})]
    assert after(visit, told(HelpState.OPEN, 1))[0].helper is Helper.HERE  # an answer that was overtaken
    joined = visit.help_call
    for way in ((ev.PersonConfirmedHere(), verdict()), (ev.PersonNotConfirmed(),), (ev.StaffLeft(),)):
        left, done = after(visit, *way)
        assert do.LeaveVisit(joined) in done, way
        left, done = after(left, told(HelpState.DONE, 4, REF))
        assert left.helper is None and notes(done) == [(REF, AuditKind.HELPER_LEFT, {})]


def test_a_call_that_changed_meanwhile_is_joined_as_it_is_now() -> None:
    visit = after(waiting(), CARD, ev.PinEntered("1234"), SIGNED, session())[0]  # nothing is known of the call yet
    first, second = told(HelpState.OPEN, 1), told(HelpState.ANSWERED, 2, "0601")
    visit, done = after(visit, first)
    assert done == (do.JoinVisit(first.call, REF),)
    assert after(visit, second)[1] == (do.JoinVisit(second.call, REF),)


@pytest.mark.parametrize("who", [session(tell.WANG.name), session(roles=("supervisor",))])
def test_whoever_may_not_confirm_has_not_come(who: ev.StaffSignedIn) -> None:
    visit, done = after(waiting(), told(HelpState.OPEN, 1), CARD, ev.PinEntered("1234"), SIGNED, who)
    assert not any(isinstance(one, do.JoinVisit) for one in done) and do.LeaveVisit() in done
    assert visit.helper is Helper.CALLED


def test_nobody_joins_before_the_pin_was_right_and_nobody_leaves_what_another_joined() -> None:
    visit, done = after(waiting(), told(HelpState.OPEN, 1), CARD, ev.PinEntered("1234"), SIGNED)
    assert not any(isinstance(one, do.JoinVisit) for one in done)
    visit = after(waiting(), told(HelpState.JOINED, 2, "0601"), CARD, ev.PinEntered("1234"), SIGNED, session())[0]
    assert do.LeaveVisit() in after(visit, ev.StaffLeft())[1]


def test_whoever_has_gone_can_be_called_again() -> None:
    visit = after(comparing(), told(HelpState.JOINED, 2, REF), ev.StaffLeft(), told(HelpState.DONE, 3, REF))[0]
    assert visit.step == "verify_face" and visit.in_person and visit.helper is None
    visit, done = after(visit, ev.InPersonAsked())
    assert do.CallHelper("verify_face") in done and visit.helper is Helper.CALLING and visit.help_call is None
    assert do.Note(AuditKind.HELP_CALLED, (("step", "verify_face"),)) in done


def test_every_way_out_of_the_page_signs_out() -> None:
    for event in (ev.StaffLeft(), ev.BackAsked(), ev.LeaveAsked(), ev.TimedOut(), ev.ServiceStopped()):
        visit, done = after(comparing(), event)
        assert visit.step != "confirm_in_person" and do.LeaveVisit() in done, event
        assert notes(done)[0][1] is AuditKind.STAFF_SIGNED_OUT


def test_while_the_platform_is_asked_nothing_leads_away_from_its_answer() -> None:
    asked, _ = after(comparing(), ev.PersonConfirmedHere())
    for event in (ev.StaffLeft(), ev.BackAsked(), ev.PersonConfirmedHere(), ev.PersonNotConfirmed()):
        assert after(asked, event) == (asked, ()), event
    failed, _ = after(asked, ev.PlatformFailed(Fault(FaultCode.PLATFORM_OFFLINE)))
    assert failed.step == "confirm_in_person" and failed.beside is not None and failed.beside.staff is not None
    assert any(isinstance(one, do.Verify) for one in after(failed, ev.PersonConfirmedHere())[1])  # once more


def test_a_wrong_pin_makes_the_next_one_wait_longer_and_longer() -> None:
    visit, _ = after(waiting(), CARD)
    rests = []
    for _ in range(6):
        wrong = ev.DeviceFailed(DeviceKind.STAFF_CARD_READER, Fault(FaultCode.PIN_WRONG, {"left": "2"}))
        visit, done = after(visit, ev.PinEntered("9999"), wrong)
        rests += [one.seconds for one in done if isinstance(one, do.Linger)]
        assert after(visit, ev.PinEntered("1234"))[1] == ()  # not yet
        visit, _ = after(visit, ev.LingerOver())
    assert rests == sorted(rests) and len(rests) == 6 and rests[0] < rests[-1]
    assert after(visit, ev.PinEntered("1234"))[0].busy is Busy.PIN


@pytest.mark.parametrize(
    ("who", "why"),
    [
        (session(tell.WANG.name), FaultCode.IN_PERSON_OWN_CASE),
        (session(f" {tell.WANG.name[0]} {tell.WANG.name[1:]}"), FaultCode.IN_PERSON_OWN_CASE),
        (session(roles=("supervisor",)), FaultCode.IN_PERSON_NOT_YOURS),
    ],
)
def test_who_may_not_confirm_is_sent_away_and_signed_out(who: ev.StaffSignedIn, why: FaultCode) -> None:
    visit, done = after(waiting(), CARD, ev.PinEntered("1234"), SIGNED, who)
    assert visit.step == "verify_face" and visit.in_person and visit.beside is None
    assert visit.fault is not None and visit.fault.code is why
    assert do.LeaveVisit() in done and WaitAnotherCard() in done


def test_the_face_is_still_open_to_whoever_waits_and_a_card_then_means_nothing() -> None:
    visit, done = after(waiting(), ev.FaceAgreed())
    assert visit.busy is Busy.FACE and any(isinstance(one, do.TakeFace) for one in done)
    assert after(visit, CARD)[0].step == "verify_face"


STRAY: tuple[Event, ...] = (
    CARD, ev.PinEntered("1234"), SIGNED, session(), session("王测试"), ev.PersonConfirmedHere(), ev.StaffLeft(),
    ev.PersonNotConfirmed(), ev.BackAsked(), ev.InPersonAsked(), ev.FaceAgreed(), ev.LingerOver(), ev.RetryAsked(),
    ev.DeviceFailed(DeviceKind.STAFF_CARD_READER, Fault(FaultCode.PIN_WRONG)), ev.HelpCalled(), verdict(passed=False),
    ev.DeviceFailed(DeviceKind.STAFF_CARD_READER, Fault(FaultCode.CARD_REMOVED)), ev.CardTaken(),
    ev.DeviceRecovered(DeviceKind.STAFF_CARD_READER), ev.PlatformFailed(Fault(FaultCode.PLATFORM_OFFLINE)),
    ev.DeviceFailed(DeviceKind.STAFF_CARD_READER, Fault(FaultCode.DEVICE_CONFIGURATION)), ev.LeaveAsked(),
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(STRAY), max_size=30))
def test_nobody_is_asked_for_in_a_name_that_is_not_signed_in(stray: list[Event]) -> None:
    """Whatever comes in whatever order: a person is put to the platform in person only under a sign-in that holds,
    and whoever leaves the page is signed out."""
    visit = waiting()
    for event in stray:
        before, (visit, done) = visit, advance(CITIZEN, visit, event)
        for one in done:
            if isinstance(one, do.Verify) and one.question.in_person_by is not None:
                assert before.beside is not None and before.beside.staff is not None
                assert before.beside.staff.staff_ref == one.question.in_person_by
        if before.step == "confirm_in_person" and visit.step != before.step:
            assert do.LeaveVisit() in done and visit.beside is None


@given(st.text(min_size=1, max_size=6), st.sets(st.sampled_from(["helper", "clerk", "supervisor", "keeper"])))
def test_only_helpers_and_clerks_confirm_and_never_a_namesake(name: str, roles: set[str]) -> None:
    form = waiting().form
    fault = why_not_confirm(frozenset(roles), name, form)
    assert (fault is None) == (bool(roles & {"helper", "clerk"}) and "".join(name.split()).casefold() != "王测试")
