"""Going on with a draft: who may, where it goes on, and that nothing of it is shown or saved before that is known."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.contracts.ledger import SettleDraft
from kiosk.domain.case import OpeningForm
from kiosk.domain.draft_split import Side
from kiosk.faults import Fault, FaultCode
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.citizen import CITIZEN
from kiosk.workflow.machine import Effect, Event, advance
from kiosk.workflow.resume import first_open
from tests.unit.ui.viewmodels import citizen_walk as walk
from tests.unit.ui.viewmodels import resume_walk as again
from tests.unit.ui.viewmodels import wish_walk as wishes
from tests.unit.ui.viewmodels.citizen_walk import CASE, SLIP, TIME, WANG, Walk


def after(walk_: Walk, event: Event) -> tuple[Effect, ...]:
    """What one more event has done for it."""
    walk_.state, effects = advance(CITIZEN, replace(walk_.state, now=walk_.at), event)
    return effects


@pytest.mark.parametrize(
    ("form", "step"),
    [
        (OpeningForm(), "choose_purpose"),
        (walk.verified().state.form, "choose_purpose"),
        (walk.purposed().state.form, "declare_name"),
        (walk.named().state.form, "describe_business"),
        (walk.scoped().state.form, "give_address"),
        (walk.housed().state.form, "set_capital"),
        (walk.funded(partners=True).state.form, "name_people"),
        (walk.together().state.form, "tax_and_invoice"),
        (wishes.sealing().state.form, "seals"),
        (wishes.insuring().state.form, "employment_insurance"),
        (wishes.banking().state.form, "bank_appointment"),
        (wishes.booked().did(ev.NextAsked()).state.form, "pick_up"),
        (walk.checked().state.form, "check_answers"),
        (replace(walk.checked().state.form, name_verdict=None), "declare_name"),
    ],
)
def test_it_goes_on_at_the_first_question_that_is_open(form: OpeningForm, step: str) -> None:
    state = again.opened(form).state
    assert state.step == step == first_open(state)
    assert (state.case_id, state.slip_code, state.form) == (CASE, SLIP, form)


def test_a_reservation_that_ran_out_is_open_again() -> None:
    form = walk.together().state.form
    assert form.name_verdict is not None
    old = replace(form, name_verdict=replace(form.name_verdict, reserved_until=TIME - timedelta(days=1)))
    assert again.opened(old).state.step == "declare_name"


def test_a_card_alone_neither_shows_nor_saves_a_draft_before_its_owner_is_known() -> None:
    form = again.begun()
    found = again.laid(again.kept(form)).did(ev.DraftPicked(CASE), ev.DraftTakenUp(again.kept(form).value, None))
    assert found.state.step == "give_consent" and found.state.proving
    effects = after(found, ev.LeaveAsked())
    assert not any(isinstance(one, do.KeepDraft) for one in effects)
    proven = again.laid(again.kept(form)).did(
        ev.DraftPicked(CASE), ev.DraftTakenUp(again.kept(form).value, None), ev.Consented(True)
    )
    assert proven.state.step == "verify_face" and proven.state.verifying == form.applicant  # its card lay there
    assert after(proven, ev.FaceTaken(walk.FaceShot(b"jpeg", 1.0, 0.5)))
    after(proven, walk.seen())
    assert proven.state.step == "give_address" and not proven.state.proving
    kept = [one for one in after(proven, ev.LeaveAsked()) if isinstance(one, do.KeepDraft)]
    assert [(one.case_id, one.slip_code) for one in kept] == [(CASE, SLIP)]


def test_without_a_network_only_what_was_kept_here_goes_on() -> None:
    form = again.begun()
    here = again.laid(again.kept(form, live=False), online=False)
    here.did(ev.DraftPicked(CASE), ev.DraftTakenUp(again.kept(form).value, None))
    assert here.state.step == "give_address"
    nothing = again.laid(online=False)
    assert nothing.state.fault == Fault(FaultCode.DRAFT_NOT_FOUND)


def test_what_is_asked_for() -> None:
    found = Walk().did(ev.ResumeAsked())
    assert do.LookForDrafts(WANG.number) in after(found, ev.CardRead(WANG))
    typed = Walk().did(ev.ResumeAsked())
    assert after(typed, ev.CodeTyped("k7p428")) == (do.SendResumeCode(SLIP),)
    assert Walk().did(ev.ResumeAsked(), ev.CodeTyped("nonsense")).state.fault == Fault(FaultCode.DRAFT_NOT_FOUND)
    coded = again.coded()
    assert after(coded, ev.ResumeCodeTyped("123456")) == (do.CheckResumeCode(SLIP, "123456"),)
    assert after(again.coded(), ev.RetryAsked()) == ()  # not yet: the next code has its time
    late = again.coded()
    late.at += timedelta(minutes=2)
    assert after(late, ev.RetryAsked()) == (do.SendResumeCode(SLIP),)


def test_only_what_is_offered_can_be_taken_up() -> None:
    found = again.laid(again.kept(again.begun()))
    assert after(found, ev.DraftPicked(again.OTHER)) == ()
    assert after(found, ev.DraftPicked(CASE)) == (do.TakeUpDraft(CASE, "card"),)
    newer = found.did(ev.LedgerFailed(Fault(FaultCode.DRAFT_TOO_NEW)))
    assert newer.state.step == "choose_draft" and newer.state.form == OpeningForm()


def test_every_difference_is_decided_one_by_one_and_can_be_taken_back() -> None:
    parted = again.settling()
    assert parted.state.step == "settle_draft" and after(parted, ev.NextAsked()) == ()
    split = parted.state.split
    assert split is not None and [one.where for one in split.conflicts] == ["capital", "people.p2"]
    again.decide(parted, Side.MINE)
    parted.did(ev.BackAsked())
    assert parted.state.decided == ()
    again.decide(parted, Side.THEIRS, Side.MINE)
    (record,) = after(parted, ev.NextAsked())
    assert isinstance(record, do.Record) and isinstance(record.deed, SettleDraft)
    deed, phone = record.deed, split.mine.people[1].phone
    assert (deed.version, deed.form.registered_capital, deed.form.people[1].phone) == (5, 60, phone)
    assert deed.form.scope == split.theirs.scope and deed.form.licence_copies == 3  # nobody had to ask about these
    assert dict(record.fields) == {"mine": "1", "theirs": "1"}
    news = ev.CaseChanged(again.kept(deed.form).value, (), live=True)  # may come before the ledger's own answer
    parted.did(news, ev.DeedRecorded(walk.deed(walk.Verdict.WAITING)))
    assert parted.state.step == "name_people"  # another capital than the shares were made for
    assert parted.state.form == deed.form
    assert parted.state.deed is None and parted.state.split is None  # nothing was submitted by that


def test_leaving_undecided_keeps_both_as_they_are() -> None:
    effects = after(again.settling(), ev.LeaveAsked())
    assert not any(isinstance(one, do.KeepDraft) for one in effects)


def test_changed_elsewhere_while_it_was_decided() -> None:
    parted = again.settling().did(ev.LedgerFailed(Fault(FaultCode.DRAFT_SPLIT)))
    assert after(parted, ev.RetryAsked()) == (do.TakeUpDraft(CASE, ""),)
    split = parted.state.split
    assert split is not None
    newer = replace(split, version=6)
    parted.did(ev.DraftTakenUp(again.kept(split.theirs).value, newer))
    assert parted.state.split == newer and parted.state.decided == ()
    parted.did(ev.RetryAsked(), ev.DraftTakenUp(again.kept(split.theirs).value, None))
    assert parted.state.step == "name_people" and parted.state.form == split.theirs


def test_a_submission_that_met_other_answers_is_settled_and_signed_anew() -> None:
    parted = again.parted_at_submission()
    assert parted.state.step == "submit" and parted.state.fault == Fault(FaultCode.DRAFT_SPLIT)
    parted.did(ev.SettleAsked())
    assert parted.state.step == "settle_draft"
    (record,) = after(parted, ev.NextAsked())
    assert isinstance(record, do.Record)
    parted.did(ev.DeedRecorded(walk.deed(walk.Verdict.WAITING)))
    state = parted.state
    assert state.step == "check_answers" and state.deed is None and state.form.licence_copies == 3
    assert all(person.signature is None for person in state.form.people)
    assert walk.recorded().did(ev.SettleAsked()).state.step == "submit"  # where there is nothing to settle
    assert state.known is None
