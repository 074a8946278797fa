"""A company that comes again: found in three ways, proved each time, asked nothing twice, given nothing twice."""

from dataclasses import replace

import pytest

from kiosk.contracts.central_platform import BeginLaterItems, FindCompany
from kiosk.contracts.device import DeviceKind
from kiosk.contracts.ledger import SubmitCase
from kiosk.domain.case import CaseKind
from kiosk.domain.enterprise import TaxFacts, TaxpayerKind
from kiosk.domain.ids import PersonRef
from kiosk.domain.item import InvoiceMode, Item
from kiosk.domain.person import Role
from kiosk.faults import Fault, FaultCode
from kiosk.rules import proposals
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.citizen import CITIZEN, is_worth_keeping
from kiosk.workflow.later_items import way_of
from kiosk.workflow.machine import Effect, Event, advance
from kiosk.workflow.visit import signers
from kiosk.workflow.wishes import fund_now, invoice_now, social_now
from tests.unit.ui.viewmodels import citizen_walk as walk
from tests.unit.ui.viewmodels import later_walk as later
from tests.unit.ui.viewmodels import resume_walk as resume
from tests.unit.ui.viewmodels.citizen_walk import CASE, LI, OLD, SLIP, WANG, Walk


def after(walk_: Walk, event: Event) -> tuple[Effect, ...]:
    """What one more event has done for it."""
    walk_.state, effects = advance(CITIZEN, replace(walk_.state, now=walk_.at), event)
    return effects


def to_items(walk_: Walk) -> Walk:
    """Back to the choice of items, step by step."""
    for _ in range(6):
        if walk_.state.step != "choose_items":
            walk_.did(ev.BackAsked())
    assert walk_.state.step == "choose_items"
    return walk_


def questions(effects: tuple[Effect, ...]) -> list[object]:
    return [one.question for one in effects if isinstance(one, do.FindCompany | do.BeginLaterItems)]


@pytest.mark.parametrize("way", ["card", "code", "licence"])
def test_nothing_of_the_company_before_the_face(way: str) -> None:
    found = later.asked()
    if way == "card":
        assert questions(after(found, ev.CardRead(WANG))) == [FindCompany(cert_no=WANG.number)]
        after(found, ev.CompaniesFound((later.COMPANY,)))
    elif way == "code":
        after(found, ev.CodeTyped(later.USCC.lower()))
    else:
        shown = after(found, ev.ELicenceShown("https://e-licence.example/q/1"))
        assert shown == (do.OpenELicence("https://e-licence.example/q/1"),)
        after(found, ev.ELicenceOpened(later.LICENCE))
    assert found.state.step == "give_consent"
    after(found, ev.Consented(True))
    if way != "card":
        assert found.state.step == "present_id_card"
        after(found, ev.CardRead(WANG))
    assert found.state.step == "verify_face" and found.state.later and found.state.later.company is None
    after(found, ev.FaceTaken(walk.FaceShot(b"jpeg", 1.0, 0.5)))
    effects = after(found, walk.seen())
    assert not any(isinstance(one, do.KeepDraft) for one in effects)  # there is nothing of a case yet
    if way == "card":
        assert found.state.step == "choose_items"  # the only one needs no choice
        return
    assert found.state.step == "choose_company"
    licence = later.LICENCE.id if way == "licence" else None
    assert questions(effects) == [FindCompany(uscc="" if licence else later.USCC, e_licence=licence)]
    after(found, ev.CompaniesFound((later.COMPANY,)))
    assert found.state.step == "choose_items"


def test_what_finds_no_company_is_said_and_the_ways_stay_open() -> None:
    nothing = later.asked().did(ev.CardRead(WANG), ev.CompaniesFound(()))
    assert nothing.state.fault == Fault(FaultCode.COMPANY_NOT_FOUND) and nothing.state.step == "find_company"
    assert after(nothing, ev.CodeTyped("91500103MA5U00003M")) == ()
    assert nothing.state.fault == Fault(FaultCode.CREDIT_CODE_WRONG)
    after(nothing, ev.ForeignCodeShown())
    assert nothing.state.fault == Fault(FaultCode.NOT_AN_E_LICENCE)
    old = later.asked()
    assert not questions(after(old, ev.CardRead(OLD))) and old.state.fault == Fault(FaultCode.CARD_EXPIRED)
    scanner = ev.DeviceFailed(DeviceKind.CODE_SCANNER, Fault(FaultCode.CODE_SCANNER_ABSENT))
    waiting = later.asked()
    before = waiting.state.busy
    after(waiting, scanner)
    assert waiting.state.busy is before is not None
    stranger = later.coded(LI).did(ev.CompaniesFound(()))
    assert stranger.state.step == "choose_company" and stranger.state.fault == Fault(FaultCode.COMPANY_NOT_FOUND)
    after(stranger, ev.BackAsked())
    assert stranger.state.step == "find_company" and stranger.state.card is None and not stranger.state.form.people


def test_only_what_is_not_done_can_be_picked() -> None:
    choosing = later.picked(Item.SETUP, Item.FUND, Item.SEAL, Item.SOCIAL, Item.SEAL)
    assert choosing.state.later and choosing.state.later.items == (Item.SOCIAL,)
    (begin,) = questions(after(choosing, ev.NextAsked()))
    assert begin == BeginLaterItems(CASE, SLIP, later.USCC, (Item.SOCIAL,))
    assert after(choosing, ev.NextAsked()) == ()  # while it is asked
    assert after(later.proven(), ev.NextAsked()) == ()  # nothing is picked


def test_everything_the_platform_holds_is_taken_over_and_the_face_counts() -> None:
    held = later.held(Item.SEAL, Item.SOCIAL)
    choosing = later.picked(Item.SEAL, Item.SOCIAL).did(ev.NextAsked())
    effects = after(choosing, ev.LaterItemsBegun(held, needs_seal=False))
    form = choosing.state.form
    assert choosing.state.step == "seals" and any(isinstance(one, do.KeepDraft) for one in effects)
    assert (form.name, form.scope, form.domicile) == (held.form.name, held.form.scope, held.form.domicile)
    first = form.people[0]
    assert form.applicant == first.ref and first.verification_id == "V-1"
    assert replace(first, verification_id=None, verified_until=None) == held.form.people[0]
    assert form.people[1:] == held.form.people[1:]
    assert signers(choosing.state) == (first,) and is_worth_keeping(choosing.state)


def test_whoever_is_none_of_its_people_comes_as_agent_and_leaves_a_phone() -> None:
    agent = later.by_agent()
    form = agent.state.form
    (one,) = signers(agent.state)
    assert one.roles == {Role.AGENT} and form.people[:-1] == later.held(*form.items).form.people
    assert after(agent, ev.NextAsked()) == () and agent.state.step == "confirm_items"
    after(agent, ev.PhoneGiven(one.ref, "13900002222"))
    after(agent, ev.NextAsked())
    assert agent.state.step == "sign" and agent.state.signing == one.ref


def test_paper_invoices_need_a_seal_unless_the_platform_says_otherwise() -> None:
    paper = later.picked(Item.INVOICE).did(ev.NextAsked())
    after(paper, ev.LaterItemsBegun(later.held(Item.INVOICE), needs_seal=True))
    assert paper.state.step == "choose_items" and [one.code for one in paper.state.findings] == ["invoice-needs-seal"]
    assert after(paper, ev.NextAsked()) == () and paper.state.step == "choose_items"
    paper.did(ev.ItemPicked(Item.SEAL))
    assert paper.state.findings == ()
    (kept,) = [one for one in after(paper, ev.NextAsked()) if isinstance(one, do.KeepDraft)]
    assert paper.state.step == "tax_and_invoice" and kept.form.items == (Item.SEAL, Item.INVOICE)
    digital = later.begun(Item.INVOICE)
    assert digital.state.step == "tax_and_invoice"
    back = digital.did(ev.BackAsked(), ev.ItemPicked(Item.SOCIAL))
    after(back, ev.NextAsked())
    assert back.state.step == "tax_and_invoice" and back.state.form.items == (Item.INVOICE, Item.SOCIAL)
    sealed = later.begun(Item.INVOICE, start=later.proven(later.SEALED))
    assert sealed.state.step == "tax_and_invoice"


def test_submitted_once_and_a_change_of_items_is_signed_anew() -> None:
    ready = later.signed()
    assert ready.state.signing is None
    back = to_items(later.signed().did(ev.BackAsked())).did(ev.ItemPicked(Item.SEAL), ev.NextAsked())
    assert back.state.form.items == (Item.SOCIAL,) and all(one.signature is None for one in back.state.form.people)
    after(ready, ev.NextAsked())
    effects = after(ready, ev.SubmitAsked())
    (record,) = [one for one in effects if isinstance(one, do.Record)]
    assert isinstance(record.deed, SubmitCase) and record.deed.case_id == CASE
    assert record.fields == (("items", "SEAL,SOCIAL"),)


def test_leaving_before_the_draft_keeps_nothing_and_afterwards_the_draft() -> None:
    early = later.proven()
    assert not any(isinstance(one, do.KeepDraft) for one in after(early, ev.LeaveAsked()))
    assert early.state.ended == "done"
    late = later.begun()
    assert any(isinstance(one, do.KeepDraft) for one in after(late, ev.LeaveAsked()))
    assert late.state.ended == "kept"


def test_a_kept_draft_goes_on_at_its_own_page() -> None:
    case = later.held(Item.SEAL)
    found = resume.coded().did(ev.ResumeCodeTyped("123456"))
    answer = replace(resume.kept(case.form), value=case)
    found.did(ev.DraftsFound((answer,), online=True, proven=True), ev.DraftPicked(CASE), ev.DraftTakenUp(case, None))
    assert case.kind is CaseKind.PHASED and found.state.step == "seals"  # what it was not asked yet
    assert [one.ref for one in signers(found.state)] == [PersonRef("p1")]
    to_items(found).did(ev.ItemPicked(Item.SOCIAL))
    assert found.state.form.items == (Item.SEAL,)  # what it did not ask for is not known to be free


def test_opening_a_business_after_all_forgets_the_other_wish() -> None:
    barred = Walk().did(ev.LaterItemsAsked(), ev.LedgerFailed(Fault(FaultCode.TERMINAL_READ_ONLY)))
    barred.did(ev.NextAsked(), ev.VisitBegun(CASE, SLIP))
    assert barred.state.step == "give_consent" and barred.state.later is None


def test_each_item_is_asked_what_it_needs_and_nothing_else() -> None:
    every = later.begun(Item.SEAL, Item.INVOICE, Item.SOCIAL)
    assert way_of(every.state) == (
        "choose_items", "tax_and_invoice", "seals", "employment_insurance", "pick_up", "confirm_items",
    )  # fmt: skip
    assert way_of(later.begun(Item.SOCIAL).state) == ("choose_items", "employment_insurance", "confirm_items")
    done = later.confirmed(Item.SEAL, Item.SOCIAL)
    form = done.state.form
    assert form.seal_plan == proposals.seals() and form.social is not None and form.invoice is None
    fewer = to_items(done).did(ev.ItemPicked(Item.SEAL), ev.NextAsked())
    assert fewer.state.step == "employment_insurance" and fewer.state.form.seal_plan is None


def test_an_item_that_the_company_has_is_not_taken_along_by_another_ones_page() -> None:
    social = later.begun(Item.SOCIAL)  # the fund is in hand elsewhere
    wish = social.state.form.social or proposals.social(social.state.form, has_staff=True)
    fund = proposals.fund(social.state.now.date(), wish)
    social.did(ev.InsuranceWished(wish, fund))
    assert social.state.form.items == (Item.SOCIAL,) and social.state.form.fund is None
    free = replace(later.COMPANY, open=(), not_yet=(Item.SOCIAL, Item.FUND))
    both = later.confirmed(Item.SOCIAL, Item.FUND, start=later.proven(free))
    assert both.state.form.items == (Item.SOCIAL, Item.FUND) and both.state.form.fund is not None


def test_the_fund_alone_is_asked_about_without_the_insurance() -> None:
    alone = later.begun(Item.FUND, start=later.proven(later.INSURED))
    assert alone.state.step == "employment_insurance"
    proposed = fund_now(alone.state)
    assert proposed is not None and proposed.handler is not None and proposed.headcount == 1
    alone.did(ev.InsuranceWished(social_now(alone.state), replace(proposed, headcount=4)), ev.NextAsked())
    form = alone.state.form
    assert alone.state.step == "confirm_items"
    assert (form.items, form.social, form.fund) == ((Item.FUND,), None, replace(proposed, headcount=4))


def test_the_bank_without_an_hour_is_left_out_and_nothing_is_left_to_sign() -> None:
    bank = later.begun(Item.BANK)
    assert bank.state.step == "bank_appointment"
    bank.did(ev.NextAsked())
    assert bank.state.step == "confirm_items" and bank.state.form.items == ()
    assert after(bank, ev.NextAsked()) == () and bank.state.step == "confirm_items"


def test_what_the_tax_office_knows_stays_and_what_it_never_heard_is_told() -> None:
    fresh = later.begun(Item.INVOICE, start=later.proven(later.SEALED)).did(ev.InvoiceModeTold(InvoiceMode.DIGITAL))
    general = TaxFacts(taxpayer=TaxpayerKind.GENERAL)
    fresh.did(ev.InvoiceWished(invoice_now(fresh.state), general))
    assert fresh.state.form.enterprise.tax.taxpayer is TaxpayerKind.GENERAL
    known = later.picked(Item.INVOICE, start=later.proven(later.SEALED)).did(ev.NextAsked())
    held = later.held(Item.INVOICE)
    before = TaxFacts(taxpayer=TaxpayerKind.SMALL_SCALE)
    told = replace(held, form=replace(held.form, enterprise=replace(held.form.enterprise, tax=before)))
    known.did(ev.LaterItemsBegun(told, needs_seal=False), ev.InvoiceModeTold(InvoiceMode.DIGITAL))
    known.did(ev.InvoiceWished(invoice_now(known.state), general))
    assert known.state.form.enterprise.tax == before
