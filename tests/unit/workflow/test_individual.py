"""open_business for an individual business (个体工商户): the same journey without what only a company has."""

from dataclasses import replace

import pytest

from kiosk.audit import AuditKind
from kiosk.code_tables.guide_tables import AnswerId, QuestionId
from kiosk.domain.case import CompanyName, CompanyType, OrgForm
from kiosk.domain.identity_card import IdentityCard
from kiosk.domain.ids import BlobId, PersonRef
from kiosk.domain.individual import Composition, FamilyMember
from kiosk.domain.item import InvoiceMode, Item
from kiosk.domain.person import Role
from kiosk.domain.wishes import InvoiceKind
from kiosk.rules.review import review, stops
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.hats import MANY_HATS, OPERATOR_HATS
from kiosk.workflow.machine import Event
from kiosk.workflow.open_business import ORDER, order_of
from kiosk.workflow.resume import first_open
from kiosk.workflow.visit import Busy

from . import stories as tell
from .test_open_business import walk

SAID = {**tell.SAID, QuestionId("who"): AnswerId("alone"), QuestionId("form"): AnswerId("individual")}
NAME = CompanyName(trade="示例", industry="餐饮管理", form=OrgForm.HOUSE)
OF_COMPANY = {"set_capital", "name_people", "bank_appointment"}
NOT_CHOSEN = {"seals", "employment_insurance"}  # neither a seal nor staff


def until_operator(*name: Event) -> list[Event]:
    """From home to the page of the operator; ``name``: what is done about the name, none if nothing."""
    return [
        *tell.until_purpose(),
        ev.PurposeChosen(SAID),
        *(name or (ev.NameLeftOut(),)),
        ev.ScopePicked(tell.DINING),
        ev.NextAsked(),
        ev.AddressGiven(tell.PLACE),
    ]


def until_check() -> list[Event]:
    """Run by a family, everything there."""
    return [
        *until_operator(),
        ev.PhoneGiven(PersonRef("p1"), "13800001234"),
        ev.CompositionChosen(Composition.FAMILY),
        ev.PersonCardAsked(),
        ev.CardRead(tell.LI),
        *from_operator(),
    ]


def from_operator() -> list[Event]:
    """Electronic invoices and this hall: the rest is not asked."""
    return [
        ev.NextAsked(),
        ev.InvoiceModeTold(InvoiceMode.DEVICE),
        ev.NextAsked(),
        ev.HallsFound((tell.HALL,)),
        ev.NextAsked(),
        ev.LaterChosen("domicile_proof"),
        ev.NextAsked(),
    ]


def test_nothing_of_a_company_is_ever_asked() -> None:
    visit, seen = walk(())[0], set()
    for event in until_check():
        visit, _ = walk([event], visit)
        seen.add(visit.step)
    assert not (OF_COMPANY | NOT_CHOSEN) & seen and "name_operator" in seen
    assert order_of(visit.form) == tuple(step for step in ORDER if step not in OF_COMPANY | NOT_CHOSEN)
    assert visit.step == "check_answers" and not stops(visit.findings)
    form = visit.form
    assert form.company_type is CompanyType.INDIVIDUAL and form.registered_capital is None
    assert form.items == (Item.SETUP, Item.INVOICE)
    assert [person.roles for person in form.people] == [OPERATOR_HATS]
    assert form.individual.family == (FamilyMember("李示例", tell.LI.cert_type, tell.LI.number),)
    assert form.is_nameless and form.business_name == "" and form.holder == "王测试"


def test_a_name_is_asked_for_like_any_other() -> None:
    entered = (ev.NameEntered(NAME), ev.NameJudged(tell.VERDICT), ev.NextAsked())
    visit, done = walk(until_operator(*entered))
    asked = [one for one in done if isinstance(one, do.AskName)]
    assert [one.question.name for one in asked] == ["重庆示例餐饮管理馆"]
    assert visit.form.business_name == visit.form.holder == "重庆示例餐饮管理馆"
    changed, _ = walk([ev.BackAsked(), ev.BackAsked(), ev.BackAsked(), ev.NameLeftOut()], visit)
    assert changed.form.is_nameless and changed.form.name_verdict is None and changed.form.name.trade == ""
    named, _ = walk([ev.BackAsked(), ev.NameEntered(NAME)], changed)
    assert not named.form.is_nameless and named.form.name == NAME


def test_a_company_cannot_go_without_a_name() -> None:
    visit, _ = walk([*tell.until_purpose(), ev.PurposeChosen(tell.SAID), ev.NameLeftOut()])
    assert visit.step == "declare_name" and not visit.form.individual.without_name


def test_the_family_lays_its_cards_and_nobody_is_verified_or_signs() -> None:
    visit, done = walk(until_check())
    assert not [one for one in done if isinstance(one, do.Verify)][1:]
    noted = [one for one in done if isinstance(one, do.Note) and one.audit is AuditKind.CARD_READ]
    assert len(noted) == 2
    visit, _ = walk([ev.NextAsked()], visit)
    assert visit.signing == PersonRef("p1")
    drawn, kept = ev.SignatureDrawn(PersonRef("p1"), b"png"), ev.SignatureKept(PersonRef("p1"), BlobId("a" * 64))
    visit, _ = walk([drawn, kept], visit)
    assert visit.signing is None


@pytest.mark.parametrize("card", [tell.WANG, tell.LI])
def test_the_same_card_again_is_said_not_added(card: IdentityCard) -> None:
    visit, _ = walk([*until_check()[: -len(from_operator())], ev.PersonCardAsked(), ev.CardRead(card)])
    assert [one.code for one in visit.findings] == ["person-twice"] and visit.busy is None
    assert len(visit.form.individual.family) == 1


def test_a_card_that_does_not_come_is_not_waited_for() -> None:
    visit, _ = walk([*until_operator(), ev.CompositionChosen(Composition.FAMILY), ev.PersonCardAsked()])
    assert visit.busy is Busy.CARD
    assert walk([ev.PersonCardStopped()], visit)[0].busy is None


def test_whoever_runs_it_alone_runs_it_without_the_family() -> None:
    visit, _ = walk([*until_check()[: -len(from_operator())], ev.CompositionChosen(Composition.PERSONAL)])
    assert visit.form.individual.family == ()
    visit, _ = walk([*until_check()[: -len(from_operator())], ev.FamilyMemberDropped(0), ev.FamilyMemberDropped(7)])
    assert visit.form.individual.family == () and visit.form.individual.composition is Composition.FAMILY


def test_findings_keep_the_step() -> None:
    visit, _ = walk([*until_operator(), ev.NextAsked()])
    assert visit.step == "name_operator" and {one.code for one in visit.findings} == {"composition-missing"}


def test_a_change_of_mind_leaves_nothing_behind() -> None:
    """Company first, then an individual business, and back."""
    with_partner = tell.until_check()
    visit, _ = walk([*with_partner, ev.ChangeAsked("choose_purpose"), ev.PurposeChosen(SAID)])
    form = visit.form
    assert visit.step == "check_answers" and form.registered_capital is None
    assert [(one.ref, one.roles, one.subscribed) for one in form.people] == [(PersonRef("p1"), OPERATOR_HATS, 0)]
    assert form.name.form is OrgForm.STORE and form.name_verdict is None
    codes = {one.code for one in visit.findings}
    assert codes == {"name-not-checked", "composition-missing"}
    assert form.seal_plan is None and form.social is None and form.invoice is not None
    assert [one.kind for one in form.invoice.requests] == [InvoiceKind.ELECTRONIC_ORDINARY]  # paper needs a seal
    back, _ = walk([ev.ChangeAsked("choose_purpose"), ev.PurposeChosen(tell.SAID)], visit)
    assert back.step == "seals"  # what is chosen anew is asked before the check page
    back, _ = walk([ev.NextAsked(), ev.NextAsked()], back)
    assert back.step == "check_answers"
    assert back.form.people[0].roles == MANY_HATS and back.form.name.form is OrgForm.LTD
    assert "capital-missing" in {one.code for one in back.findings}


def test_the_first_open_question_is_one_of_its_own() -> None:
    visit, _ = walk(until_check())
    assert first_open(visit) == "check_answers"
    open_ = replace(visit, form=replace(visit.form, individual=replace(visit.form.individual, composition=None)))
    assert first_open(open_) == "name_operator"
    assert not stops(review(visit.form, tell.NOW.date()))
    assert Role.SHAREHOLDER not in visit.form.people[0].roles


def test_back_leads_along_its_own_way() -> None:
    visit, _ = walk(until_check())
    before = [walk([ev.BackAsked()] * n, visit)[0].step for n in range(1, 6)]
    assert before == ["collect_materials", "pick_up", "tax_and_invoice", "name_operator", "give_address"]
