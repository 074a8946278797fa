"""The form on the desk: the terminal's acts under the clerk's keys, consent, signature, the draft."""

from dataclasses import replace
from decimal import Decimal

import pytest

from kiosk.audit import AuditKind
from kiosk.contracts.central_platform import Verification
from kiosk.contracts.ledger import SubmitCase, Verdict
from kiosk.domain.case import CaseKind, CaseState
from kiosk.domain.ids import CaseId, PersonRef, VerificationId
from kiosk.domain.individual import Composition
from kiosk.domain.person import Role
from kiosk.faults import Fault, FaultCode
from kiosk.rules.review import review, stops
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.desk import DeskBusy
from kiosk.workflow.entry import findings_of, is_complete, needs_consent
from kiosk.workflow.entry_effects import ApplyAgain, BeginEntry
from kiosk.workflow.machine import Effect, Event, advance
from kiosk.workflow.visit import Visit
from kiosk.workflow.window import WINDOW
from tests.unit.ui.viewmodels import citizen_walk as citizen
from tests.unit.ui.viewmodels import entry_walk as entry
from tests.unit.ui.viewmodels.clerk_walk import Walk, deed, on_duty
from tests.unit.ui.viewmodels.entry_walk import P1, P2, WANG


def acted(walk: Walk, event: Event) -> tuple[Walk, tuple[Effect, ...]]:
    walk.state, effects = advance(WINDOW, walk.state, event)
    return walk, effects


def visit(walk: Walk) -> Visit:
    assert walk.state.entry is not None
    return walk.state.entry.visit


def drafts(effects: tuple[Effect, ...]) -> list[do.KeepDraft]:
    return [one for one in effects if isinstance(one, do.KeepDraft)]


def test_a_new_case_begins_with_ids_of_its_own_and_reads_no_card() -> None:
    walk, effects = acted(on_duty(), ev.EntryAsked())
    assert any(isinstance(one, BeginEntry) for one in effects)
    _, effects = acted(walk, ev.VisitBegun(citizen.CASE, citizen.SLIP))
    assert walk.state.step == "fill_form" and visit(walk).case_id == citizen.CASE
    assert effects[1] == do.FollowCase(citizen.CASE)  # behind the card and scanner of the free desk, before any note
    assert not any(isinstance(one, do.ReadCard) for one in effects)


def test_before_the_customer_has_agreed_no_card_is_read_and_nobody_is_verified() -> None:
    walk = entry.begun()
    for event in (ev.PersonCardAsked(), ev.PersonConfirmed(P1)):
        _, effects = acted(walk, event)
        assert effects == ()
    assert needs_consent(visit(walk))
    _, effects = acted(walk, ev.Consented(False))
    assert do.ReadCard("applicant") in effects
    assert any(isinstance(one, do.Note) and one.audit is AuditKind.CONSENT_GIVEN for one in effects)
    assert (visit(walk).consent is not None and not needs_consent(visit(walk))) or visit(walk).form.people == ()


def test_a_person_is_confirmed_under_the_clerks_number_without_a_picture() -> None:
    walk, effects = acted(entry.laid(), ev.PersonConfirmed(P1))
    [verify] = [one for one in effects if isinstance(one, do.Verify)]
    question = verify.question
    assert question.in_person_by == "0317" and question.face_jpeg == b"" and not question.face_consent
    assert question.cert_no == WANG.number and question.consent_at == visit(walk).consent.at  # type: ignore[union-attr]
    said = Verification(VerificationId("V"), True, citizen.TIME)
    _, effects = acted(walk, ev.PersonVerified(said))
    assert drafts(effects)
    noted = [one for one in effects if isinstance(one, do.Note) and one.audit is AuditKind.VERIFIED]
    assert dict(noted[0].fields)["method"] == "in_person"
    assert visit(walk).form.people[0].verification_id == "V"


def test_whose_card_never_lay_here_cannot_be_confirmed() -> None:
    walk = entry.resumed(entry.placed())
    before = visit(walk).form
    people = tuple(replace(one, verification_id=None) for one in before.people)
    entry_now = walk.state.entry
    assert entry_now is not None
    walk.state = replace(
        walk.state, entry=replace(entry_now, visit=replace(visit(walk), form=replace(before, people=people)))
    )
    _, effects = acted(walk.did(ev.Consented(False)), ev.PersonConfirmed(P1))
    assert effects == ()
    _, effects = acted(walk.did(ev.PersonCardAsked(), ev.CardRead(WANG)), ev.PersonConfirmed(P1))
    assert any(isinstance(one, do.Verify) for one in effects)
    assert len(visit(walk).form.people) == len(before.people)  # the known card added nobody


def test_an_authority_that_says_no_leaves_the_person_unverified() -> None:
    walk = entry.laid().did(ev.PersonConfirmed(P1), ev.PersonVerified(Verification(VerificationId("V"), False)))
    assert walk.state.fault is not None and walk.state.fault.code is FaultCode.RECIPIENT_NOT_VERIFIED
    assert visit(walk).form.people[0].verification_id is None and walk.state.busy is None


@pytest.mark.parametrize(
    "event",
    [
        ev.PhoneGiven(P1, "13800001234"), ev.AddressGiven(entry.PLACE), ev.CapitalSet(Decimal(50)),
        ev.RolesSet(P1, frozenset(Role) - {Role.SUPERVISOR}), ev.ScopePicked(citizen.SCOPE[2]), ev.BankWished(None),
    ],
    ids=lambda e: type(e).__name__,
)  # fmt: skip
def test_every_answer_is_kept_at_once_as_a_draft_of_the_case(event: Event) -> None:
    walk, effects = acted(entry.named(), event)
    [draft] = drafts(effects)
    assert draft.case_id == citizen.CASE and draft.form == visit(walk).form


def test_the_same_answers_make_the_same_form_as_at_the_terminal() -> None:
    """No second set of rules: what the clerk's keys did is what the citizen's finger would have done."""
    mine, terminal = visit(entry.signing()).form, citizen.signed().state.form
    assert {one.roles for one in mine.people} <= {one.roles for one in terminal.people} | {mine.people[0].roles}
    for part in ("invoice", "seal_plan", "social", "fund", "pickup_site"):
        assert (getattr(mine, part) is None) == (getattr(terminal, part) is None), part
    assert not stops(review(mine, citizen.TIME.date()))


def test_what_is_proposed_stops_nobody_and_what_is_missing_does() -> None:
    walk, effects = acted(entry.placed(), ev.SigningAsked())
    assert walk.state.step == "fill_form" and effects == ()  # no capital yet
    assert "capital-missing" in {one.code for one in findings_of(visit(walk))}
    walk = entry.filled()
    assert is_complete(replace(visit(walk), now=walk.state.now)) and visit(walk).form.invoice is None
    walk.did(ev.SigningAsked())
    assert walk.state.step == "sign_form" and visit(walk).form.invoice is not None
    assert visit(walk).form.enterprise.without_supervisor is True


def test_the_card_may_come_behind_the_kind_of_business() -> None:
    """An individual business chosen before anybody laid a card: whoever lays it is its operator."""
    said = entry.DIRECT["individual_all"]
    walk = entry.agreed().did(ev.PurposeChosen(said), ev.CardRead(WANG))
    [person] = visit(walk).form.people
    assert person.roles == frozenset({Role.LEGAL_REP, Role.LIAISON, Role.TAX_HANDLER})


def test_shares_follow_whoever_comes_later() -> None:
    walk = entry.together()
    assert [one.subscribed for one in visit(walk).form.people] == [Decimal(50), Decimal(50)]


def test_a_family_is_read_from_cards() -> None:
    form = visit(entry.individual()).form
    assert form.individual.composition is Composition.FAMILY and len(form.individual.family) == 1
    assert len(form.people) == 1


def test_a_company_is_signed_for_by_somebody_of_the_form() -> None:
    holder = visit(entry.with_firm()).form.person(P2)
    assert holder is not None and holder.name == entry.FIRM and holder.verification_id == "V1"
    assert is_complete(visit(entry.with_firm()))


def test_everybody_signs_and_one_submission_goes_out() -> None:
    walk = entry.signing(entry.together())
    _, effects = acted(walk, ev.SubmitAsked())
    assert effects == ()
    walk = entry.signed(entry.together())
    _, effects = acted(walk, ev.SubmitAsked())
    [record] = [one for one in effects if isinstance(one, do.Record)]
    assert isinstance(record.deed, SubmitCase) and all(one.signature for one in record.deed.form.people)


def test_whoever_goes_back_to_change_something_signs_again() -> None:
    walk = entry.signed().did(ev.BackAsked())
    assert walk.state.step == "fill_form" and not any(one.signature for one in visit(walk).form.people)


def test_after_the_submission_nothing_leads_back() -> None:
    assert entry.submitted().did(ev.BackAsked()).state.step == "find_case"


@pytest.mark.parametrize("live", [True, False])
def test_the_checklist_opens_when_the_platform_has_it_and_not_before(live: bool) -> None:
    walk = entry.submitted()
    case = entry.case_of(walk, CaseState.SUBMITTED)
    walk.did(ev.CaseChanged(case, (deed(Verdict.WAITING, walk.at),), live))
    assert walk.state.step == "sign_form"
    walk.did(ev.CaseChanged(case, (deed(Verdict.ACCEPTED, walk.at),), live))
    assert (walk.state.step, walk.state.entry is None) == (
        ("check_materials", True) if live else ("sign_form", False)
    )


def test_news_of_another_case_change_nothing() -> None:
    walk = entry.submitted()
    other = replace(entry.case_of(walk, CaseState.SUBMITTED), id=CaseId("01JDOTHER9"))
    before = walk.state
    walk.did(ev.CaseChanged(other, (deed(Verdict.ACCEPTED, walk.at),), True))
    assert replace(walk.state, now=before.now) == before


def test_a_half_done_case_goes_on_with_every_answer() -> None:
    _, effects = acted(entry.half_done(), ev.EntryAsked())
    assert do.TakeUpDraft(citizen.CASE, "clerk") in effects
    assert visit(entry.resumed()).form == visit(entry.placed()).form
    assert not needs_consent(visit(entry.resumed()))


def test_a_returned_case_is_taken_up_again_once() -> None:
    """另行受理: a new case with every answer; a second key before it is there asks for nothing more."""
    walk = entry.half_done()
    ended = walk.state.case
    assert ended is not None
    for state in (CaseState.RETURNED, CaseState.NOT_ACCEPTED, CaseState.WITHDRAWN, CaseState.EXPIRED):
        walk.state = replace(walk.state, case=replace(ended, state=state), busy=None)
        assert acted(walk, ev.EntryAsked())[1] == (ApplyAgain(ended.id),)
    assert walk.state.busy is DeskBusy.FINDING
    assert acted(walk, ev.EntryAsked())[1] == ()
    new = replace(ended, id=CaseId("01JDNEW9"))
    assert acted(walk, ev.CasesFound((new,)))[1] == (do.TakeUpDraft(new.id, "clerk"),)
    walk, _ = acted(walk, ev.DraftTakenUp(new, None))
    assert walk.state.step == "fill_form"
    assert (visit(walk).case_id, visit(walk).form) == (new.id, ended.form)


def test_without_the_platform_a_returned_case_stays_as_it_is() -> None:
    walk = entry.half_done()
    assert walk.state.case is not None
    walk.state = replace(walk.state, case=replace(walk.state.case, state=CaseState.RETURNED))
    walk.did(ev.EntryAsked(), ev.PlatformFailed(Fault(FaultCode.PLATFORM_OFFLINE)))
    assert (walk.state.step, walk.state.busy) == ("see_case", None)
    assert walk.state.fault == Fault(FaultCode.PLATFORM_OFFLINE)
    assert acted(walk, ev.EntryAsked())[1] != ()


def test_later_items_and_submitted_cases_are_not_filled_in_here() -> None:
    walk = entry.half_done()
    assert walk.state.case is not None
    for case in (
        replace(walk.state.case, kind=CaseKind.PHASED),
        replace(walk.state.case, state=CaseState.IN_REVIEW),
    ):
        walk.state = replace(walk.state, case=case)
        assert acted(walk, ev.EntryAsked())[1] == ()


def test_lock_and_leaving_keep_what_was_answered() -> None:
    walk = entry.filled().did(ev.LockAsked())
    assert walk.state.lock is not None and visit(walk).form.registered_capital == 100
    walk, effects = acted(entry.filled(), ev.BackAsked())
    assert drafts(effects) and walk.state.step == "find_case" and walk.state.entry is None
    _, effects = acted(entry.filled(), ev.StaffLeft())
    assert do.ForgetVisit(citizen.CASE, "staff") in effects


def test_without_network_the_name_waits_and_is_asked_again() -> None:
    walk = entry.purposed().did(ev.NameEntered(entry.NAME), ev.PlatformFailed(Fault(FaultCode.PLATFORM_OFFLINE)))
    assert walk.state.fault is not None and walk.state.fault.code is FaultCode.NAME_NEEDS_NETWORK
    _, effects = acted(walk, ev.RetryAsked())
    assert any(isinstance(one, do.AskName) for one in effects)


def test_the_same_card_twice_is_said_once_and_adds_nobody() -> None:
    walk = entry.filled().did(ev.PersonCardAsked(), ev.CardRead(WANG))
    assert len(visit(walk).form.people) == 1
    assert [one.code for one in visit(walk).findings] == ["person-twice"]
    assert visit(walk.did(ev.PhoneGiven(PersonRef("p1"), "13900001234"))).findings == ()
