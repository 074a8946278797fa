"""The citizen's journey, walked on its real tables."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.contracts.device import DeviceKind, Supply
from kiosk.contracts.ledger import SubmitCase, Verdict
from kiosk.domain.case import CaseState
from kiosk.domain.ids import PersonRef
from kiosk.domain.person import Role
from kiosk.faults import Fault, FaultCode
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.citizen import CITIZEN
from kiosk.workflow.machine import Effect, Event, advance, begin
from kiosk.workflow.visit import Busy, Helper, Visit

from . import stories as tell


def walk(events: Iterable[Event], visit: Visit | None = None) -> tuple[Visit, list[Effect]]:
    done: list[Effect] = []
    if visit is None:
        visit, effects = begin(CITIZEN, Visit(tell.NOW))
        done += effects
    for event in events:
        visit, effects = advance(CITIZEN, visit, event)
        done += effects
    return visit, done


def test_whole_visit_reaches_the_farewell_and_forgets() -> None:
    visit, done = walk([*tell.until_progress(), ev.NextAsked(), ev.Rated(5)])
    assert visit.step == "farewell"
    assert visit.form.people == () and visit.card is None and visit.known is None and visit.case_id is None
    submits = [e for e in done if isinstance(e, do.Record) and isinstance(e.deed, SubmitCase)]
    assert len(submits) == 1
    assert any(isinstance(e, do.PrintSlip) for e in done)
    assert isinstance(done[-2], do.ForgetVisit)


def test_steps_come_in_their_order() -> None:
    seen: list[str] = []
    visit, _ = begin(CITIZEN, Visit(tell.NOW))
    for event in tell.until_progress():
        visit, _ = advance(CITIZEN, visit, event)
        if not seen or seen[-1] != visit.step:
            seen.append(visit.step)
    assert seen == [
        "home", "give_consent", "present_id_card", "verify_face", "choose_purpose", "declare_name",
        "describe_business", "give_address", "set_capital", "name_people", "verify_face", "name_people",
        "tax_and_invoice", "seals", "employment_insurance", "bank_appointment", "pick_up", "collect_materials",
        "check_answers", "sign", "submit", "take_receipt", "see_progress",
    ]  # fmt: skip


def test_truth_line_fills_only_when_true() -> None:
    visit, _ = walk([*tell.until_submit(), ev.SubmitAsked()])
    assert visit.truth.recorded is None and visit.truth.sent is None
    visit, _ = walk([ev.DeedRecorded(tell.recorded())], visit)
    assert visit.truth.recorded is not None and visit.truth.sent is None and visit.truth.accepted is None
    arrived = tell.recorded(Verdict.ACCEPTED, tell.NOW)
    visit, _ = walk([ev.CaseChanged(tell.submitted_case(visit, CaseState.SUBMITTED), (arrived,), True)], visit)
    assert visit.truth.sent == tell.NOW and visit.truth.accepted is None
    visit, _ = walk([ev.CaseChanged(tell.submitted_case(visit, CaseState.ACCEPTED), (arrived,), True)], visit)
    assert visit.truth.accepted == tell.NOW


def test_submitting_twice_records_once() -> None:
    _, done = walk([*tell.until_submit(), ev.SubmitAsked(), ev.DeedRecorded(tell.recorded()), ev.SubmitAsked()])
    assert sum(isinstance(e, do.Record) for e in done) == 1


def test_same_card_twice_is_said_not_added() -> None:
    visit, _ = walk([*tell.until_people(), ev.PersonCardAsked(), ev.CardRead(tell.WANG)])
    assert [p.ref for p in visit.form.people] == ["p1"]
    assert [f.code for f in visit.findings] == ["person-twice"]


def test_expired_card_is_refused_with_its_fault() -> None:
    old = tell.card(until=tell.date(2024, 12, 31))
    visit, _ = walk([ev.NextAsked(), ev.VisitBegun(tell.CASE, tell.SLIP), ev.Consented(True), ev.CardRead(old)])
    assert visit.step == "present_id_card" and visit.fault == Fault(FaultCode.CARD_EXPIRED)


def test_without_face_consent_the_camera_stays_off() -> None:
    visit, done = walk(
        [ev.NextAsked(), ev.VisitBegun(tell.CASE, tell.SLIP), ev.Consented(False), ev.CardRead(tell.WANG)]
    )
    assert visit.step == "verify_face" and not any(isinstance(e, do.TakeFace) for e in done)


def test_partners_consent_is_asked_separately() -> None:
    visit, done = walk([*tell.until_people(), ev.PersonCardAsked(), ev.CardRead(tell.LI)])
    assert visit.step == "verify_face" and visit.verifying == "p2"
    assert sum(isinstance(e, do.TakeFace) for e in done) == 1  # the applicant's only
    visit, done = walk([ev.FaceAgreed()], visit)
    assert any(isinstance(e, do.TakeFace) for e in done)


def test_contributions_sum_up_by_themselves() -> None:
    visit, _ = walk(tell.until_check())
    shares = [p.subscribed for p in visit.form.wearing(Role.SHAREHOLDER)]
    assert sum(shares) == Decimal(100) and len(shares) == 2


def test_change_comes_straight_back_and_voids_signatures() -> None:
    visit, _ = walk(tell.until_submit())
    assert all(p.signature for p in visit.form.people)
    visit, _ = walk(
        [ev.BackAsked(), ev.BackAsked(), ev.ChangeAsked("set_capital"), ev.CapitalSet(Decimal(50))], visit
    )
    assert visit.step == "check_answers" and not visit.changing
    assert not any(p.signature for p in visit.form.people)
    assert sum(p.subscribed for p in visit.form.people) == Decimal(50)


def test_findings_keep_the_step() -> None:
    visit, _ = walk([*tell.until_people(), ev.NextAsked()])
    assert visit.step == "name_people" and "shareholders-two" in {f.code for f in visit.findings}


def test_name_without_network_is_left_for_later_and_found_on_the_check_page() -> None:
    events = tell.until_people()
    judged = next(i for i, e in enumerate(events) if isinstance(e, ev.NameJudged))
    events[judged] = ev.PlatformFailed(Fault(FaultCode.PLATFORM_OFFLINE))
    visit, _ = walk([*events, *tell.until_check()[len(events) :]])
    assert visit.step == "check_answers" and "name-not-checked" in {f.code for f in visit.findings}
    visit, _ = walk([ev.NextAsked()], visit)
    assert visit.step == "check_answers"


@pytest.mark.parametrize(
    ("failed", "said"),
    [
        (FaultCode.PLATFORM_OFFLINE, FaultCode.NAME_NEEDS_NETWORK),
        (FaultCode.NOT_THE_PLATFORM, FaultCode.NOT_THE_PLATFORM),
        (FaultCode.PLATFORM_REFUSED, FaultCode.PLATFORM_REFUSED),
    ],
)
def test_a_name_that_could_not_be_asked_for_says_why(failed: FaultCode, said: FaultCode) -> None:
    events = tell.until_people()
    judged = next(i for i, e in enumerate(events) if isinstance(e, ev.NameJudged))
    visit, _ = walk([*events[:judged], ev.PlatformFailed(Fault(failed))])
    assert (visit.step, visit.fault, visit.busy) == ("declare_name", Fault(said), None)


def test_paper_out_before_submission_is_said_and_does_not_stop() -> None:
    visit, _ = walk([*tell.until_submit()[:-1], ev.PaperLooked(Supply.OUT)])
    assert visit.fault == Fault(FaultCode.PAPER_OUT)
    visit, done = walk([ev.SubmitAsked()], visit)
    assert any(isinstance(e, do.Record) for e in done)


def test_news_of_the_case_do_not_hide_that_the_paper_is_out() -> None:
    visit, _ = walk([*tell.until_submit(), ev.SubmitAsked(), ev.DeedRecorded(tell.recorded()), ev.NextAsked()])
    visit, _ = walk([ev.DeviceFailed(DeviceKind.RECEIPT_PRINTER, Fault(FaultCode.PAPER_OUT))], visit)
    arrived = tell.recorded(Verdict.ACCEPTED, tell.NOW)
    visit, _ = walk([ev.CaseChanged(tell.submitted_case(visit, CaseState.SUBMITTED), (arrived,), True)], visit)
    assert visit.step == "take_receipt" and visit.truth.sent == tell.NOW
    assert visit.fault == Fault(FaultCode.PAPER_OUT) and visit.receipt is None


def test_a_refusal_is_shown_while_it_lasts() -> None:
    visit, _ = walk([*tell.until_submit(), ev.SubmitAsked(), ev.DeedRecorded(tell.recorded())])
    case = tell.submitted_case(visit, CaseState.DRAFT)
    refused = replace(tell.recorded(Verdict.REFUSED, tell.NOW), fault=Fault(FaultCode.PLATFORM_REFUSED))
    visit, _ = walk([ev.CaseChanged(case, (refused,), True)], visit)
    assert visit.fault == Fault(FaultCode.PLATFORM_REFUSED)
    visit, _ = walk([ev.CaseChanged(case, (tell.recorded(Verdict.ACCEPTED, tell.NOW),), True)], visit)
    assert visit.fault is None


@pytest.mark.parametrize(
    ("code", "busy"), [(FaultCode.TWO_CARDS, Busy.CARD), (FaultCode.ID_CARD_READER_ABSENT, None)]
)
def test_the_reader_is_said_to_listen_as_long_as_it_does(code: FaultCode, busy: Busy | None) -> None:
    visit, _ = walk([*tell.until_purpose()[:3], ev.DeviceFailed(DeviceKind.ID_CARD_READER, Fault(code))])
    assert (visit.step, visit.fault, visit.busy) == ("present_id_card", Fault(code), busy)


def test_after_an_expired_card_another_one_is_waited_for() -> None:
    old = tell.card(until=date(2024, 12, 31))
    visit, done = walk([*tell.until_purpose()[:3], ev.CardRead(old)])
    assert (visit.fault, visit.busy) == (Fault(FaultCode.CARD_EXPIRED), Busy.CARD)
    assert done[-1] == do.ReadCard("applicant", anew=True)
    visit, _ = walk([ev.CardRead(tell.WANG)], visit)
    assert visit.step == "verify_face" and visit.fault is None


def test_leaving_keeps_the_draft_under_its_slip_code() -> None:
    visit, done = walk([*tell.until_people(), ev.LeaveAsked()])
    assert visit.step == "farewell" and visit.ended == "kept" and visit.slip_code == tell.SLIP
    assert isinstance(done[-2], do.ForgetVisit) and any(isinstance(e, do.KeepDraft) for e in done)


def test_device_recovery_clears_its_fault() -> None:
    visit, _ = walk([ev.NextAsked(), ev.VisitBegun(tell.CASE, tell.SLIP), ev.Consented(True)])
    gone = ev.DeviceFailed(DeviceKind.ID_CARD_READER, Fault(FaultCode.ID_CARD_READER_ABSENT))
    visit, _ = walk([gone], visit)
    assert visit.fault is not None
    visit, _ = walk([ev.DeviceRecovered(DeviceKind.ID_CARD_READER), ev.CardRead(tell.WANG)], visit)
    assert visit.step == "verify_face"


def test_helper_call_says_only_what_is_true() -> None:
    visit, _ = walk([*tell.until_purpose(), ev.HelpCalled()])
    assert visit.helper is Helper.CALLING
    assert walk([ev.HelperInformed(False)], visit)[0].helper is Helper.NOT_REACHED
    assert walk([ev.HelperInformed(True)], visit)[0].helper is Helper.CALLED


STRAY: tuple[Event, ...] = (
    ev.NextAsked(), ev.BackAsked(), ev.RetryAsked(), ev.LeaveAsked(), ev.TimedOut(), ev.IdleWarned(), ev.Touched(),
    ev.HelpCalled(), ev.CardTaken(), ev.CardLeft(), ev.InPersonAsked(), ev.CardRead(tell.LI), ev.CardRead(tell.WANG),
    ev.FaceAgreed(), ev.PersonCardAsked(), ev.PersonCardStopped(), ev.SubmitAsked(), ev.LingerOver(),
    ev.PlatformFailed(Fault(FaultCode.PLATFORM_OFFLINE)), ev.LedgerFailed(Fault(FaultCode.DISK_FULL)),
    ev.DeviceFailed(DeviceKind.ID_CARD_READER, Fault(FaultCode.CARD_READ_FAILED)), ev.ChangeAsked("declare_name"),
    ev.DeviceRecovered(DeviceKind.FACE_CAMERA), ev.RolesSet(PersonRef("p9"), frozenset()),
    ev.NameJudged(tell.VERDICT),
    ev.PersonDropped(PersonRef("p1")), tell.verified("p1"), ev.DeedRecorded(tell.recorded()), ev.TrackAsked(),
    ev.CasesFound(()), ev.CodeTyped("k7p428"), ev.CodeTyped("?"), ev.PaperLooked(Supply.OUT),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 40), st.lists(st.sampled_from(STRAY), max_size=25))
def test_no_sequence_of_events_breaks_a_visit(cut: int, stray: list[Event]) -> None:
    visit, _ = walk(tell.until_progress()[:cut])
    for event in stray:
        recorded, (visit, done) = visit.deed is not None, walk([event], visit)
        assert visit.step in CITIZEN.steps
        # Two presses before the ledger has answered are one act to the ledger; after its answer there is no other.
        submits = [e for e in done if isinstance(e, do.Record) and isinstance(e.deed, SubmitCase)]
        assert not (recorded and submits)
    if visit.step in ("home", "farewell"):
        assert not visit.form.people and visit.card is None


@pytest.mark.parametrize("step", [s for s in CITIZEN.steps if s not in ("home", "farewell")])
def test_every_step_can_be_left(step: str) -> None:
    visit, _ = advance(CITIZEN, Visit(tell.NOW, step=step), ev.TimedOut())
    assert visit.step == "farewell"


def test_scope_begins_with_what_fits_the_business() -> None:
    events = tell.until_people()
    picked = next(i for i, e in enumerate(events) if isinstance(e, ev.ScopePicked))
    visit, done = walk(events[:picked])
    asked = [e for e in done if isinstance(e, do.FindScope)]
    assert [e.typed for e in asked] == ["餐饮"]
    visit, _ = walk([ev.ScopeFound("餐饮", (tell.DINING,))], visit)
    assert visit.scope_found == (tell.DINING,)
    visit, _ = walk([ev.ScopeTyped("wai"), ev.ScopeFound("餐饮", (tell.DINING, tell.DINING))], visit)
    assert len(visit.scope_found) == 1, "a late answer to an older search is not shown"
