"""The items beside the registration, walked on the real tables."""

from dataclasses import replace

import pytest

from kiosk.domain.ids import PersonRef
from kiosk.domain.item import InvoiceMode, Item
from kiosk.domain.person import Role
from kiosk.domain.wish_people import renamed
from kiosk.domain.wishes import InvoiceKind, SealPlan, SealWay
from kiosk.faults import Fault, FaultCode
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.visit import Busy
from kiosk.workflow.wishes import invoice_now, social_now
from tests.unit.ui.viewmodels import citizen_walk as walk
from tests.unit.ui.viewmodels import wish_walk as wishes

from .test_open_business import walk as walked


def test_whoever_agrees_only_goes_on() -> None:
    form = walk.checked().state.form
    assert form.invoice is not None and form.seal_plan is not None and form.social is not None
    assert [one.kind for one in form.invoice.requests] == [InvoiceKind.PAPER_ORDINARY]
    assert form.fund is None and form.bank_appt is None and form.pickup_site == walk.HALLS[0].site_id
    assert Item.FUND not in form.items and Item.BANK not in form.items


def test_without_an_answer_of_the_tax_office_it_decides_alone() -> None:
    form = wishes.taxed(None).did(ev.NextAsked()).state.form
    assert form.invoice is not None and form.invoice.requests == ()


def test_a_later_answer_turns_the_proposal() -> None:
    at = wishes.taxed(None).did(ev.InvoiceModeTold(InvoiceMode.DIGITAL), ev.NextAsked())
    invoice = at.state.form.invoice
    assert invoice is not None and [one.kind for one in invoice.requests] == [InvoiceKind.DIGITAL_ORDINARY]


def test_what_must_be_mended_keeps_the_step_and_is_said() -> None:
    at = wishes.sealing().did(ev.SealsWished(SealPlan(SealWay.OWN_SHOP)), ev.NextAsked())
    assert at.state.step == "seals" and "seal-shop-missing" in {one.code for one in at.state.findings}
    assert at.did(ev.SealsWished(SealPlan(SealWay.FREE_SET)), ev.NextAsked()).state.step == "employment_insurance"


def test_with_staff_people_in_office_and_the_fund_are_proposed() -> None:
    at = wishes.with_staff()
    assert social_now(at.state).insured == (PersonRef("p1"),)
    form = at.did(ev.NextAsked()).state.form
    assert form.fund is not None and Item.FUND in form.items
    declined = at.did(ev.BackAsked(), ev.InsuranceWished(social_now(at.state), None), ev.NextAsked()).state.form
    assert declined.fund is None and Item.FUND not in declined.items


def test_the_bank_is_asked_and_only_the_last_branch_answers() -> None:
    at, done = walked((), wishes.insuring().state)
    at, done = walked([ev.NextAsked()], at)
    assert at.busy is Busy.FINDING and do.FindBranches() in done
    at, done = walked([ev.BranchesFound(wishes.BRANCHES), ev.BranchPicked("nowhere")], at)
    assert not [one for one in done if isinstance(one, do.FindHours)]
    first, second = wishes.BRANCHES[:2]
    at, done = walked(
        [ev.BranchPicked(first.id), ev.BranchPicked(second.id), ev.HoursFound(first.id, wishes.HOURS)], at
    )
    assert [one for one in done if isinstance(one, do.FindHours)] == [do.FindHours(first.id), do.FindHours(second.id)]
    assert at.offers.hours == () and at.busy is Busy.FINDING


@pytest.mark.parametrize("code", [FaultCode.PLATFORM_OFFLINE, FaultCode.PLATFORM_BUSY])
def test_without_the_bank_people_go_on(code: FaultCode) -> None:
    at = wishes.insuring().did(ev.NextAsked(), ev.PlatformFailed(Fault(code)))
    assert at.state.fault == Fault(code) and at.state.busy is None
    assert at.did(ev.RetryAsked()).state.busy is Busy.FINDING
    assert at.did(ev.NextAsked()).state.step == "pick_up"


def test_what_was_taken_of_the_offers_goes_with_the_licence_alone() -> None:
    at = wishes.by_mail().did(ev.NextAsked(), *walk.PUT_OFF, ev.ChangeAsked("choose_purpose"))
    form = at.did(ev.PurposeChosen(walk.answered(partners=True, licence=True))).state.form
    assert form.items == (Item.SETUP,)
    assert (form.invoice, form.seal_plan, form.social, form.bank_appt) == (None, None, None, None)
    assert form.mail is not None  # the licence is sent as well


def test_what_was_taken_of_the_offers_stays_with_everything() -> None:
    at = wishes.booked().did(ev.NextAsked(), ev.HallsFound(walk.HALLS), ev.NextAsked(), *walk.PUT_OFF)
    at.did(ev.ChangeAsked("choose_purpose"), ev.PurposeChosen(walk.answered(partners=True)))
    assert at.state.step == "check_answers" and Item.BANK in at.state.form.items and at.state.form.bank_appt


def test_whoever_leaves_the_form_answers_for_nothing() -> None:
    at = wishes.taxed()
    wish = replace(invoice_now(at.state), buyer=PersonRef("p2"))
    at.did(ev.InvoiceWished(wish, at.state.form.enterprise.tax), ev.BackAsked(), ev.PersonDropped(PersonRef("p2")))
    assert at.state.form.invoice is not None and at.state.form.invoice.buyer is None


def test_wishes_follow_a_person_to_another_reference() -> None:
    form = wishes.booked().state.form
    moved = renamed(form, PersonRef("p1"), PersonRef("p9"))
    assert moved.bank_appt is not None and moved.bank_appt.contact == PersonRef("p9")
    assert moved.invoice is not None and moved.invoice.buyer == PersonRef("p9")
    assert moved.social is not None and moved.social.handler == PersonRef("p9")
    assert renamed(moved, PersonRef("p9"), PersonRef("p1")) == form


def test_who_names_no_supervisor_goes_without_unless_that_is_taken_back() -> None:
    alone = walk.phoned()
    assert alone.state.form.enterprise.without_supervisor is None
    assert alone.did(ev.NextAsked()).state.form.enterprise.without_supervisor is True
    against = walk.phoned().did(ev.SupervisorLeftOut(False), ev.NextAsked())
    assert against.state.step == "name_people"
    assert "supervisor-missing" in {one.code for one in against.state.findings}
    form = walk.checked().state.form  # the partner supervises
    assert form.wearing(Role.SUPERVISOR) and form.enterprise.without_supervisor is None


def test_a_person_in_a_hurry_touches_once_a_page() -> None:
    at, touches = wishes.taxed(), 0
    at.did(ev.BranchesFound(wishes.BRANCHES))
    while at.state.step != "collect_materials":
        if at.state.step == "pick_up":
            at.did(ev.HallsFound(walk.HALLS))
        at.did(ev.NextAsked())
        touches += 1
    assert touches == 5
