"""What was wished for of the items beside the registration, one short fact each: for the slip, the check page, the
window and paper. Keys, not words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType

from kiosk.code_tables.banks import branches
from kiosk.domain.case import OpeningForm
from kiosk.domain.private import Private, mask_name
from kiosk.domain.wishes import BankWish, FundWish, InvoiceKind, InvoiceWish, SealPlan, SealWay, SocialWish

from .proposals import SPECIAL
from .working_time import SHANGHAI


@dataclass(frozen=True, slots=True, repr=False)
class WishFact(Private):
    """``key`` names the line, ``text`` the key of its words; ``where`` is the field that a finding about it names."""

    key: str
    text: str
    step: str
    where: str
    args: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def wish_facts(form: OpeningForm) -> tuple[WishFact, ...]:
    """In the order in which they were asked; what was not asked yet says nothing."""
    return tuple(_facts(form))


def _facts(form: OpeningForm) -> Iterator[WishFact]:
    if form.invoice is not None:
        args = {"count": str(max((one.monthly_count for one in form.invoice.requests), default=0))}
        yield WishFact(
            "invoice", f"slip.invoice.{invoice_kind(form.invoice)}", "tax_and_invoice", "items.INVOICE", args
        )
    if form.seal_plan is not None:
        args = {"count": str(len(form.seal_plan.uses)), "shop": form.seal_plan.shop}
        yield WishFact("seals", _seals(form.seal_plan), "seals", "items.SEAL", args)
    if form.social is not None:
        args = {"count": str(len(form.social.insured))}
        yield WishFact("social", _social(form.social), "employment_insurance", "items.SOCIAL", args)
    if form.fund is not None:
        yield WishFact("fund", "slip.fund", "employment_insurance", "items.FUND", _fund(form.fund))
    if form.bank_appt is not None:
        yield WishFact("bank", *_bank(form.bank_appt))
    if form.mail is not None:
        yield WishFact("pickup", "slip.pickup.mail", "pick_up", "pickup", {"who": mask_name(form.mail.recipient)})
    elif form.pickup_site is not None:
        yield WishFact("pickup", "slip.pickup.window", "pick_up", "pickup")


def invoice_kind(wish: InvoiceWish) -> str:
    """By what the invoices are on, with special ones or without: paper, paper_special …; open while undecided."""
    kinds = {one.kind for one in wish.requests}
    if not kinds:
        return "open"
    on = "digital" if kinds & _DIGITAL else "electronic" if kinds & _ELECTRONIC else "paper"
    return on + ("_special" if kinds & SPECIAL else "")


_DIGITAL = {InvoiceKind.DIGITAL_ORDINARY, InvoiceKind.DIGITAL_SPECIAL}
_ELECTRONIC = {InvoiceKind.ELECTRONIC_ORDINARY, InvoiceKind.ELECTRONIC_SPECIAL}


def _seals(plan: SealPlan) -> str:
    if plan.way is SealWay.OWN_SHOP:
        return "slip.seals.own_shop"
    return "slip.seals.free_set" if plan.uses else "slip.seals.set"


def _social(wish: SocialWish) -> str:
    if wish.enrol_staff:
        return "slip.social.staff" if wish.insured else "slip.social.list"
    return "slip.social.insured" if wish.insured else "slip.social.registered"


def _fund(wish: FundWish) -> Mapping[str, str]:
    return {
        "employer": percent(wish.employer_rate), "employee": percent(wish.employee_rate),
        "count": str(wish.headcount or 0),
    }  # fmt: skip


def _bank(wish: BankWish) -> tuple[str, str, str, Mapping[str, str]]:
    """The branch by its name where this program knows it; the platform may have others."""
    known = branches().get(wish.branch)
    args = {"branch": known.name if known else "", "at": clock(wish.slot)}
    return "slip.bank.branch" if known else "slip.bank.hour", "bank_appointment", "items.BANK", args


def percent(rate: Decimal | None) -> str:
    """5, not 5.00; nothing while it was not asked."""
    return "" if rate is None else format(rate.normalize(), "f")


def clock(at: datetime) -> str:
    """11-25 09:30 by the clocks of the hall."""
    return f"{at.astimezone(SHANGHAI):%m-%d %H:%M}"
