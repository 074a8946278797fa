"""The items beside the registration: what was asked for them is complete and fits together."""

from datetime import date

from kiosk.domain.article import SealUse
from kiosk.domain.case import OpeningForm
from kiosk.domain.finding import Finding, Severity
from kiosk.domain.ids import PersonRef
from kiosk.domain.item import Item
from kiosk.domain.wishes import InvoiceRequest, InvoiceWish, SealWay
from kiosk.rules.limits import limits
from kiosk.rules.proposals import PAPER, SPECIAL

from .answers import is_phone


def of_wishes(form: OpeningForm, today: date) -> list[Finding]:
    """Who answers for an item is a person of the form; what was told of an item belongs to one that was chosen."""
    refs = {one.ref for one in form.people}
    found = []
    for item, wish, person in _wishes(form):
        if wish is not None and item not in form.items:  # mended where the items are chosen
            found.append(Finding("wish-without-item", "items", about=item.value))
        if person is not None and person not in refs:
            found.append(_finding("handler-unknown", item))
    if form.social is not None and not refs.issuperset(form.social.insured):
        found.append(_finding("insured-unknown", Item.SOCIAL))
    return found


def of_invoice(form: OpeningForm, today: date) -> list[Finding]:
    """Each kind once; paper bears a seal (发票管理办法 15); the tax office decides the rest (R61)."""
    wish = form.invoice
    if wish is None:
        return []
    kinds = [one.kind for one in wish.requests]
    found = [] if len(set(kinds)) == len(kinds) else [_finding("invoice-kind-twice", Item.INVOICE)]
    if PAPER & set(kinds) and Item.INVOICE in form.items and Item.SEAL not in form.items:
        found.append(_finding("invoice-needs-seal", Item.INVOICE))
    plan = form.seal_plan
    if PAPER & set(kinds) and plan is not None and plan.uses and SealUse.INVOICE not in plan.uses:
        found.append(_finding("seal-invoice-missing", Item.SEAL))
    return found + _quantities(wish)


def of_social(form: OpeningForm, today: date) -> list[Finding]:
    """Staff who are enrolled at once come with a list, said now because nothing is asked later (R68); whoever enrols
    anybody says in what."""
    wish, found = form.social, []
    if wish is not None and wish.enrol_staff:
        found.append(_finding("staff-list-needed", Item.SOCIAL, Severity.WARN))
    if wish is not None and wish.insured and not wish.insurance:
        found.append(_finding("insurance-missing", Item.SOCIAL))
    return found


def of_fund(form: OpeningForm, today: date) -> list[Finding]:
    """公积金: rates between the limits, a day of the month, a month that is not over, somebody to pay for."""
    wish = form.fund
    if wish is None:
        return []
    least, most = limits().fund_rates
    found = []
    if any(rate is not None and not least <= rate <= most for rate in (wish.employer_rate, wish.employee_rate)):
        found.append(_finding("fund-rate", Item.FUND))
    if wish.pay_day is not None and not 1 <= wish.pay_day <= 31:
        found.append(_finding("fund-pay-day", Item.FUND))
    if wish.start_month is not None and wish.start_month < today.replace(day=1):
        found.append(_finding("fund-start", Item.FUND))
    if wish.headcount is not None and wish.headcount < 1:
        found.append(_finding("fund-headcount", Item.FUND))
    return found


def of_seal(form: OpeningForm, today: date) -> list[Finding]:
    """Whoever wants a shop of their own names it; nobody is sent to one (R74). A company has its own seal first."""
    plan, found = form.seal_plan, []
    if plan is not None and plan.way is SealWay.OWN_SHOP and not plan.shop.strip():
        found.append(_finding("seal-shop-missing", Item.SEAL))
    if plan is not None and plan.uses and SealUse.COMPANY not in plan.uses:
        found.append(_finding("seal-company-missing", Item.SEAL))
    return found


def of_bank(form: OpeningForm, today: date) -> list[Finding]:
    """An hour at the bank that is still to come."""
    over = form.bank_appt is not None and form.bank_appt.slot.date() < today
    return [_finding("bank-slot-over", Item.BANK)] if over else []


def of_mail(form: OpeningForm, today: date) -> list[Finding]:
    """By post: to whom, where, and whom the courier calls (R22)."""
    to = form.mail
    if to is None:
        return []
    found = [] if to.recipient.strip() and to.address.strip() else [Finding("mail-incomplete", "pickup")]
    return found if is_phone(to.phone) else [*found, Finding("mail-phone", "pickup")]


def _finding(code: str, item: Item, severity: Severity = Severity.STOP) -> Finding:
    return Finding(code, f"items.{item.value}", severity, item.value)


def _wishes(form: OpeningForm) -> tuple[tuple[Item, object, PersonRef | None], ...]:
    return (
        (Item.INVOICE, form.invoice, form.invoice.buyer if form.invoice else None),
        (Item.SOCIAL, form.social, form.social.handler if form.social else None),
        (Item.FUND, form.fund, form.fund.handler if form.fund else None),
        (Item.SEAL, form.seal_plan, None),
        (Item.BANK, form.bank_appt, form.bank_appt.contact if form.bank_appt else None),
    )


def _quantities(wish: InvoiceWish) -> list[Finding]:
    found = []
    if any(one.monthly_count < 1 for one in wish.requests):
        found.append(_finding("invoice-count", Item.INVOICE))
    if any(_beyond(one) for one in wish.requests):
        found.append(_finding("invoice-first-limit", Item.INVOICE, Severity.WARN))
    return found


def _beyond(one: InvoiceRequest) -> bool:
    most = limits().special_count if one.kind in SPECIAL else limits().ordinary_count
    return one.monthly_count > most or int(one.tier.value) > limits().invoice_tier
