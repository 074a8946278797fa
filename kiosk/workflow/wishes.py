"""What the steps of the items beside the registration remember. A proposal stands on the page until somebody changes
it, and becomes the answer when somebody goes on. Pure."""

from collections.abc import Callable
from dataclasses import replace

from kiosk.code_tables.guide_tables import AnswerId, QuestionId
from kiosk.domain.case import OpeningForm
from kiosk.domain.enterprise import TaxFacts
from kiosk.domain.item import InvoiceMode, Item
from kiosk.domain.person import Role
from kiosk.domain.wishes import FundWish, InvoiceWish, MailAddress, SealPlan, SocialWish
from kiosk.rules import proposals
from kiosk.rules.review import review, step_to_mend, stops

from . import events as ev
from .machine import Event
from .visit import Busy, Visit, with_form

_STAFF, _SOME = QuestionId("staff"), AnswerId("some")
Keep = Callable[[Visit, Event], Visit]


# --- what stands on the page ---
def invoice_now(v: Visit) -> InvoiceWish:
    """The wish, or what is proposed."""
    return proposals.invoice(v.form, v.offers.invoice_mode)


def tax_now(v: Visit) -> TaxFacts:
    """What the tax office is told."""
    return proposals.tax(v.form)


def seals_now(v: Visit) -> SealPlan:
    """The plan, or the free set."""
    return v.form.seal_plan or proposals.seals()


def social_now(v: Visit) -> SocialWish:
    """The wish, or what follows from the answer about staff."""
    return v.form.social or proposals.social(v.form, has_staff=has_staff(v))


def fund_now(v: Visit) -> FundWish | None:
    """With staff it is proposed; what was answered beside the insurance stands, a no too."""
    if v.form.social is not None or not has_staff(v):
        return v.form.fund
    return v.form.fund or proposals.fund(v.now.date(), social_now(v))


def mail_now(v: Visit) -> MailAddress:
    """The address, or the one that is known."""
    return v.form.mail or proposals.mail(v.form)


def has_staff(v: Visit) -> bool:
    """What was answered at the beginning; only with staff an individual business has the item at all."""
    if v.later is not None:
        return Item.FUND in v.later.items  # whoever pays into the fund has somebody to pay for
    return v.said.get(_STAFF) == _SOME or (v.form.is_individual and Item.SOCIAL in v.form.items)


# --- tax_and_invoice ---
def mode_told(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.InvoiceModeTold)
    return replace(v, offers=replace(v.offers, invoice_mode=e.mode))


def invoice(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.InvoiceWished)
    tax = e.tax if v.later is None else _as_told(v.later.tax, e.tax)
    v = with_form(v, invoice=e.wish, enterprise=replace(v.form.enterprise, tax=tax))
    return replace(v, findings=(), just_added="invoice")


def _as_told(before: TaxFacts, now: TaxFacts) -> TaxFacts:
    """What a company that is there told the tax office before stands; only what it never said may be added."""
    known = before.taxpayer is not None
    return TaxFacts(
        before.method or now.method,
        before.system or now.system,
        before.taxpayer or now.taxpayer,
        before.general_effective if known else now.general_effective,
        now.sound_accounting if before.sound_accounting is None else before.sound_accounting,
    )


def invoice_agreed(v: Visit, e: Event) -> Visit:
    return invoice(v, ev.InvoiceWished(invoice_now(v), tax_now(v)))


# --- seals ---
def seals(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.SealsWished)
    return replace(with_form(v, seal_plan=e.plan), findings=(), just_added="seals")


def seals_agreed(v: Visit, e: Event) -> Visit:
    return seals(v, ev.SealsWished(seals_now(v)))


# --- employment_insurance ---
def fund_alone(v: Visit) -> bool:
    """A company that is insured already pays into the fund now: the insurance is not asked about once more."""
    return v.later is not None and Item.FUND in v.form.items and Item.SOCIAL not in v.form.items


def insurance(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.InsuranceWished)
    if fund_alone(v):
        return replace(with_form(v, fund=e.fund), findings=(), just_added="fund")
    fund = e.fund if may_have(v, Item.FUND) else None
    v = with_form(with_item(v, Item.FUND, wanted=fund is not None), social=e.social, fund=fund)
    return replace(v, findings=(), just_added="social")


def insurance_agreed(v: Visit, e: Event) -> Visit:
    return insurance(v, ev.InsuranceWished(social_now(v), fund_now(v)))


# --- bank_appointment ---
def branches(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.BranchesFound)
    return replace(v, busy=None, fault=None, offers=replace(v.offers, branches=e.branches))


def branch(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.BranchPicked)
    return replace(v, busy=Busy.FINDING, fault=None, offers=replace(v.offers, branch=e.branch, hours=()))


def is_offered(v: Visit, e: Event) -> bool:
    return isinstance(e, ev.BranchPicked) and any(one.id == e.branch for one in v.offers.branches)


def hours(v: Visit, e: Event) -> Visit:
    """Only of the branch that was asked for last."""
    assert isinstance(e, ev.HoursFound)
    if e.branch != v.offers.branch:
        return v
    return replace(v, busy=None, fault=None, offers=replace(v.offers, hours=e.hours))


def bank(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.BankWished)
    v = with_form(with_item(v, Item.BANK, wanted=e.wish is not None), bank_appt=e.wish)
    return replace(v, findings=(), just_added="bank")


def bank_agreed(v: Visit, e: Event) -> Visit:
    """An appointment without an hour is none: whoever picked the item and no hour goes without."""
    return v if v.later is None or v.form.bank_appt is not None else with_item(v, Item.BANK, wanted=False)


def finding_again(v: Visit, e: Event) -> Visit:
    return replace(v, busy=Busy.FINDING, fault=None)


# --- pick_up ---
def halls(v: Visit, e: Event) -> Visit:
    """This hall is where people are: it stands there until somebody wants another."""
    assert isinstance(e, ev.HallsFound)
    v = replace(v, offers=replace(v.offers, halls=e.halls))
    return v if v.form.pickup_site is not None or not e.halls else with_form(v, pickup_site=e.halls[0].site_id)


def pickup(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.PickupWished)
    return replace(with_form(v, pickup_site=e.site, mail=e.mail), findings=(), just_added="pickup")


def as_it_is(v: Visit, e: Event) -> Visit:
    return v


# --- name_people ---
def supervisor_left_out(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.SupervisorLeftOut)
    return replace(with_form(v, enterprise=replace(v.form.enterprise, without_supervisor=e.agreed)), findings=())


def supervisor_settled(v: Visit) -> Visit:
    """Whoever names no supervisor goes without one, and all shareholders sign that (公司法 83)."""
    facts = v.form.enterprise
    if v.form.wearing(Role.SUPERVISOR):
        agreed = None
    else:
        agreed = True if facts.without_supervisor is None else facts.without_supervisor
    return with_form(v, enterprise=replace(facts, without_supervisor=agreed))


# --- findings and items ---
def findings_here(agreed: Keep) -> Keep:
    """What the answers as they stand would leave to mend on this step."""

    def keep(v: Visit, e: Event) -> Visit:
        form = agreed(v, e).form
        found = tuple(one for one in review(form, v.now.date()) if step_to_mend(one, form) == v.step)
        return replace(v, findings=found)

    return keep


def may_go(agreed: Keep) -> Callable[[Visit, Event], bool]:
    """Whether nothing of this step stops."""
    look = findings_here(agreed)
    return lambda v, e: not stops(look(v, e).findings)


def with_item(v: Visit, item: Item, *, wanted: bool) -> Visit:
    """An item that was only offered, taken or left."""
    chosen = {*v.form.items, item} if wanted else set(v.form.items) - {item}
    items = tuple(one for one in Item if one in chosen)
    v = with_form(v, items=items)
    return v if v.later is None else replace(v, later=replace(v.later, items=items))


def may_have(v: Visit, item: Item) -> bool:
    """Whether an item can be asked for here: of a company that is there only what it has not yet."""
    company = v.later.company if v.later is not None else None
    return v.later is None or (company is not None and item in company.not_yet)


def of_items(form: OpeningForm, before: tuple[Item, ...]) -> OpeningForm:
    """After another choice of items: what was taken of the offers stays while more than the licence is wanted, and of
    items that are not chosen nothing is told."""
    more = set(form.items) > {Item.SETUP}
    offered = {Item.FUND} if Item.SOCIAL in form.items else set[Item]()
    offered |= set[Item]() if form.is_individual else {Item.BANK}
    taken = offered & set(before) if more else set[Item]()
    items = tuple(one for one in Item if one in {*form.items, *taken})
    form = replace(form, items=items)
    paper = form.invoice is not None and any(one.kind in proposals.PAPER for one in form.invoice.requests)
    wish = proposals.invoice(form, InvoiceMode.DEVICE) if paper else form.invoice  # without seals none is on paper
    return replace(
        form,
        invoice=wish if Item.INVOICE in items else None,
        seal_plan=form.seal_plan if Item.SEAL in items else None,
        social=form.social if Item.SOCIAL in items else None,
        fund=form.fund if Item.FUND in items else None,
        bank_appt=form.bank_appt if Item.BANK in items else None,
    )
