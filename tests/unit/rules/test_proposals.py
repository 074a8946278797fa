"""What is proposed for the items: nothing a rule would have to mend, and never what the platform could not give."""

import itertools
from dataclasses import replace
from datetime import date

import pytest

from kiosk.domain.case import CompanyType
from kiosk.domain.ids import PersonRef
from kiosk.domain.item import InvoiceMode, Item
from kiosk.domain.person import Role
from kiosk.domain.wishes import AmountTier, InvoiceKind, InvoiceWish
from kiosk.rules import proposals
from kiosk.rules.limits import limits
from kiosk.rules.review import review
from kiosk.rules.steps import is_asked
from tests.unit.workflow import stories as tell

from .breakers import complete

TODAY = tell.NOW.date()
COMPLETE = complete()
LATER_THAN_ALL = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("mode", "seal", "staff"), list(itertools.product((*InvoiceMode, None), (True, False), (True, False)))
)
def test_a_proposal_leaves_nothing_to_mend(mode: InvoiceMode | None, seal: bool, staff: bool) -> None:
    items = tuple(one for one in Item if one is not Item.BANK and (seal or one is not Item.SEAL))
    form = replace(COMPLETE, items=items, invoice=None, seal_plan=None, social=None, fund=None)
    social = proposals.social(form, has_staff=staff)
    whole = replace(
        form,
        invoice=proposals.invoice(form, mode),
        seal_plan=proposals.seals() if seal else None,
        social=social,
        fund=proposals.fund(TODAY, social),
        mail=proposals.mail(form),
        enterprise=replace(form.enterprise, tax=proposals.tax(form)),
    )
    codes = {one.code for one in review(whole, TODAY)}
    assert codes == ({"staff-list-needed"} if staff else set())


@pytest.mark.parametrize("kinds", [one for mode in InvoiceMode for one in proposals.kinds_to_choose(COMPLETE, mode)])
def test_no_offered_amount_is_beyond_the_first_time(kinds: proposals.Kinds) -> None:
    for tier, count in itertools.product(proposals.tiers_to_choose(), proposals.counts_to_choose(kinds)):
        form = replace(COMPLETE, invoice=InvoiceWish(proposals.requests(kinds, tier, count)))
        assert not [one for one in review(form, TODAY) if one.code == "invoice-first-limit"]
    assert AmountTier.MILLION not in proposals.tiers_to_choose()


def test_a_count_comes_down_to_what_its_kinds_allow() -> None:
    both = (InvoiceKind.PAPER_ORDINARY, InvoiceKind.PAPER_SPECIAL)
    assert {one.monthly_count for one in proposals.requests(both, AmountTier.TEN_THOUSAND, 50)} == {
        limits().special_count
    }


def test_another_way_of_giving_them_out_keeps_what_was_meant() -> None:
    """Special invoices stay special ones; whoever was to collect them still does."""
    paper = proposals.requests(proposals.kinds_to_choose(COMPLETE, InvoiceMode.DEVICE)[1], AmountTier.THOUSAND, 10)
    form = replace(COMPLETE, invoice=InvoiceWish(paper, PersonRef("p2")))
    digital = proposals.invoice(form, InvoiceMode.DIGITAL)
    assert {one.kind for one in digital.requests} == {InvoiceKind.DIGITAL_ORDINARY, InvoiceKind.DIGITAL_SPECIAL}
    assert digital.buyer == PersonRef("p2")
    assert proposals.invoice(form, None) == form.invoice  # nobody has said anything else


def test_only_people_in_office_are_insured_and_only_with_staff() -> None:
    assert proposals.social(COMPLETE, has_staff=False).insured == ()
    social = proposals.social(COMPLETE, has_staff=True)
    assert social.insured == (PersonRef("p1"),)  # the other one only holds a share and supervises
    assert social.handler == COMPLETE.wearing(Role.LIAISON)[0].ref


def test_months_go_over_the_turn_of_the_year() -> None:
    assert proposals.months_from(LATER_THAN_ALL, 3) == (date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1))


@pytest.mark.parametrize(
    ("kind", "items", "asked"),
    [
        (CompanyType.LLC_SOLE, (Item.SETUP,), {"pick_up"}),
        (CompanyType.INDIVIDUAL, (Item.SETUP, Item.INVOICE), {"tax_and_invoice", "pick_up"}),
        (
            CompanyType.LLC_SOLE, (Item.SETUP, Item.SEAL, Item.INVOICE, Item.SOCIAL),
            {"tax_and_invoice", "seals", "employment_insurance", "bank_appointment", "pick_up"},
        ),
    ],
)  # fmt: skip
def test_only_what_was_chosen_is_asked(kind: CompanyType, items: tuple[Item, ...], asked: set[str]) -> None:
    form = replace(COMPLETE, company_type=kind, items=items)
    steps = ("tax_and_invoice", "seals", "employment_insurance", "bank_appointment", "pick_up")
    assert {step for step in steps if is_asked(step, form)} == asked
