"""What is proposed for the items beside the registration (R58, R61, R65, R74): answers that follow from the form and
from the figures of ``limits``, so that whoever is in a hurry only agrees. Nothing here decides for the platform."""

from dataclasses import replace
from datetime import date

from kiosk.code_tables.seals import free_set
from kiosk.domain.case import OpeningForm
from kiosk.domain.enterprise import AccountingMethod, AccountingSystem, TaxFacts, TaxpayerKind
from kiosk.domain.ids import PersonRef
from kiosk.domain.item import InvoiceMode, Item
from kiosk.domain.person import Person, Role
from kiosk.domain.wishes import (
    AmountTier,
    FundWish,
    Insurance,
    InvoiceKind,
    InvoiceRequest,
    InvoiceWish,
    MailAddress,
    SealPlan,
    SealWay,
    SocialWish,
)

from .limits import limits

Kinds = tuple[InvoiceKind, ...]
SPECIAL = frozenset({InvoiceKind.PAPER_SPECIAL, InvoiceKind.ELECTRONIC_SPECIAL, InvoiceKind.DIGITAL_SPECIAL})
PAPER = frozenset({InvoiceKind.PAPER_SPECIAL, InvoiceKind.PAPER_ORDINARY, InvoiceKind.ROLL})
_DIGITAL: Kinds = (InvoiceKind.DIGITAL_ORDINARY, InvoiceKind.DIGITAL_SPECIAL)
_PAPER: Kinds = (InvoiceKind.PAPER_ORDINARY, InvoiceKind.PAPER_SPECIAL)
_ELECTRONIC: Kinds = (InvoiceKind.ELECTRONIC_ORDINARY, InvoiceKind.ELECTRONIC_SPECIAL)
_COUNTS = (10, 25, 50)
_PAY_DAY = 10
_ON_NO_LIST = frozenset({Role.SHAREHOLDER, Role.SUPERVISOR, Role.AGENT})  # roles that are no employment
INSURANCES = frozenset(Insurance)


def kinds_to_choose(form: OpeningForm, mode: InvoiceMode | None) -> tuple[Kinds, ...]:
    """Sets of kinds a new taxpayer may ask for, the plainest first. Paper bears a seal (发票管理办法 15), so without
    seals there is none; none at all while nobody knows how the tax office gives them out."""
    if mode is None:
        return ()
    if mode is InvoiceMode.DIGITAL:
        return _DIGITAL[:1], _DIGITAL
    if Item.SEAL in form.items:
        return _PAPER[:1], _PAPER, _ELECTRONIC[:1]
    return _ELECTRONIC[:1], _ELECTRONIC


def tiers_to_choose() -> tuple[AmountTier, ...]:
    """最高开票限额 that is given without a visit."""
    return tuple(tier for tier in AmountTier if int(tier.value) <= limits().invoice_tier)


def counts_to_choose(kinds: Kinds) -> tuple[int, ...]:
    """How many a month, within what the first time allows for every kind."""
    most = limits().special_count if SPECIAL & set(kinds) else limits().ordinary_count
    return tuple(count for count in _COUNTS if count <= most)


def requests(kinds: Kinds, tier: AmountTier, count: int) -> tuple[InvoiceRequest, ...]:
    """One request a kind; a count beyond what its kinds allow comes down to it."""
    allowed = max(counts_to_choose(kinds))
    return tuple(InvoiceRequest(kind, tier, min(count, allowed)) for kind in kinds)


def invoice(form: OpeningForm, mode: InvoiceMode | None) -> InvoiceWish:
    """Ordinary invoices, bought by whoever handles taxes; an earlier wish in so far as it fits today's way."""
    old = form.invoice or InvoiceWish()
    buyer = old.buyer if _is_there(form, old.buyer) else _first(form, Role.TAX_HANDLER, Role.FINANCE_OFFICER)
    offered = kinds_to_choose(form, mode)
    kept = tuple(one.kind for one in old.requests)
    if not offered or kept in offered:
        return replace(old, buyer=buyer)
    first = old.requests[0] if old.requests else InvoiceRequest(InvoiceKind.PAPER_ORDINARY)
    special = bool(SPECIAL & set(kept))
    kinds = next((one for one in offered if bool(SPECIAL & set(one)) is special), offered[0])
    return replace(old, requests=requests(kinds, first.tier, first.monthly_count), buyer=buyer)


def tax(form: OpeningForm) -> TaxFacts:
    """Unless said otherwise: small-scale, with accounts of its own after the standard for small enterprises."""
    said = form.enterprise.tax
    return replace(
        said,
        method=said.method or AccountingMethod.INDEPENDENT,
        system=said.system or AccountingSystem.SMALL_ENTERPRISE,
        taxpayer=said.taxpayer or TaxpayerKind.SMALL_SCALE,
    )


def seals() -> SealPlan:
    """What the district pays for (免费套章)."""
    return SealPlan(SealWay.FREE_SET, uses=frozenset(kind.use for kind in free_set()))


def social(form: OpeningForm, *, has_staff: bool) -> SocialWish:
    """Registered in any case; whoever said there is staff enrols the people in office at once, the others by list."""
    insured = employable(form) if has_staff else ()
    insurance = INSURANCES if has_staff else frozenset[Insurance]()
    return SocialWish(_first(form, Role.LIAISON, Role.FINANCE_OFFICER), insurance, has_staff, insured)


def fund(today: date, wish: SocialWish) -> FundWish:
    """The least rate for both (住房公积金管理条例 18), from next month on, for whoever is insured."""
    least = limits().fund_rates[0]
    return FundWish(wish.handler, _PAY_DAY, months_from(today)[1], least, least, max(1, len(wish.insured)))


def months_from(today: date, count: int = 4) -> tuple[date, ...]:
    """The first days of this month and the next ones."""
    months = [today.year * 12 + today.month - 1 + n for n in range(count)]
    return tuple(date(month // 12, month % 12 + 1, 1) for month in months)


def employable(form: OpeningForm) -> tuple[PersonRef, ...]:
    """People of the form who work in it: an office, not only a share."""
    return tuple(one.ref for one in natural(form) if one.roles - _ON_NO_LIST)


def natural(form: OpeningForm) -> tuple[Person, ...]:
    """Everybody of flesh."""
    return tuple(one for one in form.people if one.is_natural)


def mail(form: OpeningForm) -> MailAddress:
    """To the applicant, at the new address."""
    person = form.person(form.applicant) if form.applicant else None
    home = form.domicile
    return MailAddress(
        person.name if person else "", person.phone if person else "", f"{home.division_name}{home.line}"
    )


def _first(form: OpeningForm, *roles: Role) -> PersonRef | None:
    for role in roles:
        for one in form.wearing(role):
            return one.ref
    return form.applicant


def _is_there(form: OpeningForm, ref: PersonRef | None) -> bool:
    return ref is not None and form.person(ref) is not None
