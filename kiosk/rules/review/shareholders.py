"""Shareholders, capital and contributions (公司法 42, 47; 市场主体登记管理条例 13); 个体工商户 has none."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kiosk.domain.case import CompanyType, OpeningForm
from kiosk.domain.enterprise import TermKind
from kiosk.domain.finding import Finding, Severity
from kiosk.domain.holding import CHINA, ContributionKind, HolderKind, Holding, SignsAs
from kiosk.domain.identity_card import CertType
from kiosk.domain.money import SIX_PLACES
from kiosk.domain.person import Person, Role
from kiosk.rules import certificates
from kiosk.rules.limits import limits

from .answers import about, years_after

_OUTSIDE = (CertType.HMT_RESIDENCE, CertType.FOREIGN_RESIDENCE)  # 港澳台, 外商: the window settles the type
_SOLE_BODY = (CompanyType.LLC_SOLE_NATURAL_LED, CompanyType.LLC_SOLE_BODY_LED)


def of_capital(form: OpeningForm, today: date) -> list[Finding]:
    """An amount above zero in 万元; at 10 000 and above the unit is asked for."""
    if not _has_capital(form):
        return []
    capital, found = form.registered_capital, []
    if capital is None or capital <= 0:
        found.append(Finding("capital-missing", "capital"))
    elif capital % SIX_PLACES:
        found.append(Finding("capital-places", "capital"))
    elif capital >= limits().ask_unit_from:
        found.append(Finding("capital-unit", "capital", Severity.WARN))
    if not 1 <= form.contribution_years <= limits().contribution_years:
        found.append(Finding("contribution-years", "capital"))
    return found


def of_holders(form: OpeningForm, today: date) -> list[Finding]:
    """Persons and companies as the type wants them; a company says who signs for it."""
    holders = form.wearing(Role.SHAREHOLDER) if _has_capital(form) else ()
    natural = [one for one in holders if one.is_natural]
    found, kind = [], form.company_type
    if kind is CompanyType.LLC_SOLE and len(holders) == 1 and not natural:
        found.append(Finding("sole-holder-natural", "people"))
    if kind in _SOLE_BODY and len(holders) == 1 and natural:
        found.append(Finding("sole-holder-company", "people"))
    if kind is CompanyType.LLC_OTHER and holders and len(natural) == len(holders):
        found.append(Finding("holders-one-company", "people"))
    if kind is CompanyType.LLC_NATURAL and 2 * _sum(natural) < _sum(holders):
        found.append(Finding("holders-natural-control", "people", Severity.WARN))
    found += [about(one, "holder-outside", Severity.WARN) for one in natural if one.cert_type in _OUTSIDE]
    return [*found, *(about(one, code) for one in holders for code in _holder(one, today))]


def of_shares(form: OpeningForm, today: date) -> list[Finding]:
    """The contributions sum up to the capital; every shareholder brings something."""
    holders = form.wearing(Role.SHAREHOLDER) if _has_capital(form) else ()
    found = [about(person, "share-missing") for person in holders if person.subscribed <= 0]
    capital = form.registered_capital
    if capital is not None and holders and _sum(holders) != capital:
        found.append(Finding("shares-sum", "people", about=str(capital - _sum(holders))))
    return found


def of_contributions(form: OpeningForm, today: date) -> list[Finding]:
    """What is brought, kind by kind: none below zero, some above, none that may not be brought."""
    return [finding for person, holding in _holdings(form) for finding in _kinds(person, holding)]


def of_due_dates(form: OpeningForm, today: date) -> list[Finding]:
    """After today, within five years of the establishment, which is not before today, and within the term."""
    if not _has_capital(form):
        return []
    last, end = years_after(today, limits().contribution_years), _end_of_term(form, today)
    found = []
    for person, holding in _holdings(form):
        if holding.due is None:
            continue
        if holding.due <= today:
            found.append(about(person, "due-past"))
        elif holding.due > last:
            found.append(about(person, "due-too-late"))
        elif end is not None and holding.due > end:
            found.append(about(person, "due-after-term"))
    dated = all(one.holding is not None and one.holding.due is not None for one in form.wearing(Role.SHAREHOLDER))
    years = form.contribution_years >= 1
    if end is not None and years and not dated and years_after(today, form.contribution_years) > end:
        found.append(Finding("years-after-term", "capital"))
    return found


def _has_capital(form: OpeningForm) -> bool:
    return form.company_type is None or form.company_type.has_capital


def _sum(holders: "tuple[Person, ...] | list[Person]") -> Decimal:
    return sum((one.subscribed for one in holders), Decimal(0))


def _holdings(form: OpeningForm) -> Iterator[tuple[Person, Holding]]:
    for person in form.wearing(Role.SHAREHOLDER) if _has_capital(form) else ():
        if person.holding is not None:
            yield person, person.holding


def _holder(person: Person, today: date) -> Iterator[str]:
    holding = person.holding
    kind = None if holding is None else holding.kind
    if kind is not None and (kind is HolderKind.NATURAL) is not person.is_natural:
        yield "holder-kind"
    if holding is not None and holding.country != CHINA:
        yield "holder-abroad"
    if not person.is_natural:
        yield from _company(person, today)


def _company(person: Person, today: date) -> Iterator[str]:
    """Its name as on its licence, and who signs for it: its legal representative or whom that person authorised."""
    if not 2 <= len(person.name.strip()) <= limits().name:
        yield "holder-name"
    acts = None if person.holding is None else person.holding.represented_by
    if acts is None or not acts.name.strip():
        yield "representative-missing"
    if acts is not None and certificates.problem(acts.cert_type, acts.cert_no, today) is not None:
        yield "representative-number"
    if acts is not None and acts.signs_as is SignsAs.AUTHORISED and not acts.authorised_by.strip():
        yield "authority-giver-missing"


def _kinds(person: Person, holding: Holding) -> Iterator[Finding]:
    amounts = [one.amount for one in holding.contributions]
    if any(one < 0 for one in amounts):
        yield about(person, "contribution-negative")
    elif amounts and not any(one > 0 for one in amounts):
        yield about(person, "contribution-none")
    elif amounts and sum(amounts, Decimal(0)) != person.subscribed:
        yield about(person, "contributions-sum")
    brought = {one.kind for one in holding.contributions if one.amount > 0}
    if any(kind.is_forbidden for kind in brought):
        yield about(person, "contribution-forbidden")
    elif brought - {ContributionKind.CASH}:
        yield about(person, "contribution-appraisal", Severity.WARN)
    if not 0 <= holding.paid <= max(person.subscribed, Decimal(0)):
        yield about(person, "paid-too-much")


def _end_of_term(form: OpeningForm, today: date) -> date | None:
    facts = form.enterprise
    years = facts.term_years or 0
    return years_after(today, years) if facts.term is TermKind.YEARS and years > 0 else None
