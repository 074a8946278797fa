"""The review of a case: every rule at once. Check page and one-time notice print the same findings, so nothing can
surface later that was knowable first.

Offices follow the company law of 2023: one director or at least three, a supervisor is never director or manager,
the legal representative is a director or the manager; contributions are due within five years.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from kiosk.domain.case import CompanyType, OpeningForm, PermitDuty
from kiosk.domain.finding import Finding, Severity
from kiosk.domain.item import Item
from kiosk.domain.person import Role

from . import certificates, resident_id
from .enterprise_name import NameReason, NameSituation, precheck
from .name_likeness import KnownName

Rule = Callable[[OpeningForm, date], list[Finding]]

_PHONE = re.compile(r"1[0-9]{10}")
_IN_OFFICE = (Role.LEGAL_REP, Role.DIRECTOR, Role.SUPERVISOR, Role.MANAGER)


def review(form: OpeningForm, today: date) -> tuple[Finding, ...]:
    """Everything that stands between this form and its submission, signatures apart."""
    return tuple(finding for rule in _RULES for finding in rule(form, today))


def stops(findings: tuple[Finding, ...]) -> bool:
    """Whether any finding stops the submission."""
    return any(finding.severity is Severity.STOP for finding in findings)


def of_purpose(form: OpeningForm, today: date) -> list[Finding]:
    """Company type and items follow from the plain questions."""
    found = []
    if form.company_type is None:
        found.append(Finding("purpose-missing", "purpose"))
    if Item.SETUP not in form.items and form.company_type is not None:
        found.append(Finding("setup-missing", "purpose"))
    return found


def of_name(form: OpeningForm, today: date, known: tuple[KnownName, ...] = ()) -> list[Finding]:
    """Everything that the terminal sees in a name (R15), then the platform's reservation. Once the platform holds the
    name its word counts: only the form, and what does not fit answers given since, is still told."""
    verdict = form.name_verdict
    main = form.scope[0].industry_code if form.scope else ""
    seen = precheck(form.name, NameSituation(form.company_type, form.domicile.division, main, known))
    held = verdict is not None and bool(verdict.reserve_no)
    found = [_of_reason(reason) for reason in seen.reasons if not held or reason.code in _TOLD_OF_A_HELD_NAME]
    if not stops(tuple(found)):
        if verdict is None:
            found.append(Finding("name-not-checked", "name"))
        elif verdict.level == "PROHIBITED":
            found.append(Finding("name-prohibited", "name"))
        elif not verdict.reserve_no:
            found.append(Finding("name-not-reserved", "name"))
        elif verdict.reserved_until is not None and verdict.reserved_until.date() < today:
            found.append(Finding("name-reservation-over", "name"))
    return found


_TOLD_OF_A_HELD_NAME = {
    "name-trade-form", "name-industry-missing", "name-too-long", "name-district-elsewhere", "name-form-type",
    "name-industry-scope",
}  # fmt: skip


def _of_reason(reason: NameReason) -> Finding:
    return Finding(reason.code, "name", reason.severity, reason.about)


def of_scope(form: OpeningForm, today: date) -> list[Finding]:
    """At least one picked item, each once; what needs a permit before registration is told now, not after."""
    if not form.scope:
        return [Finding("scope-missing", "scope")]
    codes = [pick.code for pick in form.scope]
    found = [Finding("scope-twice", "scope")] if len(set(codes)) < len(codes) else []
    if any(pick.duty is PermitDuty.BEFORE for pick in form.scope):
        found.append(Finding("scope-pre-permit", "scope"))
    return found


def of_domicile(form: OpeningForm, today: date) -> list[Finding]:
    """A picked division, the line as on the paper, and how the place was got."""
    found = []
    if not form.domicile.division:
        found.append(Finding("domicile-division-missing", "domicile"))
    line = form.domicile.line.strip()
    if len(line) < 4:
        found.append(Finding("domicile-line-missing", "domicile"))
    elif len(line) > 117:
        found.append(Finding("domicile-line-too-long", "domicile"))
    if form.domicile.get_way is None:
        found.append(Finding("domicile-way-missing", "domicile"))
    return found


def of_capital(form: OpeningForm, today: date) -> list[Finding]:
    """An amount above zero in 万元; at 10 000 and above the unit is asked for."""
    capital = form.registered_capital
    if capital is None or capital <= 0:
        return [Finding("capital-missing", "capital")]
    if capital >= 10000:
        return [Finding("capital-unit", "capital", Severity.WARN)]
    return []


def of_people(form: OpeningForm, today: date) -> list[Finding]:
    """Who is needed, how many, and who may not be both."""
    found = []
    shareholders, directors = form.wearing(Role.SHAREHOLDER), form.wearing(Role.DIRECTOR)
    if form.company_type is CompanyType.LLC_SOLE and len(shareholders) != 1:
        found.append(Finding("shareholders-one", "people"))
    if form.company_type is CompanyType.LLC_NATURAL and not 2 <= len(shareholders) <= 50:
        found.append(Finding("shareholders-two", "people"))
    if len(form.wearing(Role.LEGAL_REP)) != 1:
        found.append(Finding("legal-rep-one", "people"))
    if not directors or len(directors) == 2:
        found.append(Finding("directors-count", "people"))
    for role, code in (
        (Role.MANAGER, "manager-one"),
        (Role.LIAISON, "liaison-one"),
        (Role.FINANCE_OFFICER, "finance-one"),
    ):
        if len(form.wearing(role)) > 1 or (role is not Role.MANAGER and not form.wearing(role)):
            found.append(Finding(code, "people"))
    for person in form.people:
        if person.wears(Role.LEGAL_REP) and not (person.wears(Role.DIRECTOR) or person.wears(Role.MANAGER)):
            found.append(Finding("legal-rep-office", f"people.{person.ref}", about=person.ref))
        if person.wears(Role.SUPERVISOR) and (person.wears(Role.DIRECTOR) or person.wears(Role.MANAGER)):
            found.append(Finding("supervisor-incompatible", f"people.{person.ref}", about=person.ref))
        if person.wears(Role.FINANCE_OFFICER) and person.wears(Role.LEGAL_REP):
            found.append(Finding("finance-legal-rep", f"people.{person.ref}", Severity.WARN, person.ref))
        if not person.roles:
            found.append(Finding("person-without-role", f"people.{person.ref}", about=person.ref))
    numbers = [p.cert_no for p in form.people]
    if len(set(numbers)) < len(numbers):
        found.append(Finding("person-twice", "people"))
    return found


def of_shares(form: OpeningForm, today: date) -> list[Finding]:
    """The contributions sum up to the capital; every shareholder brings something."""
    found = []
    for person in form.wearing(Role.SHAREHOLDER):
        if person.subscribed <= 0:
            found.append(Finding("share-missing", f"people.{person.ref}", about=person.ref))
    capital = form.registered_capital
    if capital is not None and form.wearing(Role.SHAREHOLDER) and not found:
        total = sum((p.subscribed for p in form.wearing(Role.SHAREHOLDER)), Decimal(0))
        if total != capital:
            found.append(Finding("shares-sum", "people", about=str(capital - total)))
    return found


def of_persons(form: OpeningForm, today: date) -> list[Finding]:
    """Every person: number, age by full date, card in date, phone where the office needs one, verified in time."""
    found = []
    for person in form.people:
        where = f"people.{person.ref}"
        if certificates.problem(person.cert_type, person.cert_no, today) is not None:
            found.append(Finding("cert-no-wrong", where, about=person.ref))
        born = person.birth
        if born and any(person.wears(r) for r in _IN_OFFICE) and resident_id.age_on(born, today) < 18:
            found.append(Finding("under-age", where, about=person.ref))
        if not person.card_long_term and person.card_valid_until is not None and person.card_valid_until < today:
            found.append(Finding("card-expired", where, about=person.ref))
        if (person.wears(Role.LIAISON) or person.wears(Role.LEGAL_REP)) and not _PHONE.fullmatch(person.phone):
            found.append(Finding("phone-missing", where, about=person.ref))
        if person.verification_id is None:
            found.append(Finding("not-verified", where, about=person.ref))
        elif person.verified_until is not None and person.verified_until.date() < today:
            found.append(Finding("verification-over", where, about=person.ref))
    return found


_RULES: tuple[Rule, ...] = (
    of_purpose, of_name, of_scope, of_domicile, of_capital, of_people, of_shares, of_persons,
)  # fmt: skip

STEP_OF_FIELD = {
    "purpose": "choose_purpose",
    "name": "declare_name",
    "scope": "describe_business",
    "domicile": "give_address",
    "capital": "set_capital",
    "people": "name_people",
}


def step_to_mend(finding: Finding) -> str:
    """The step on which a finding is mended."""
    return STEP_OF_FIELD[finding.field.split(".")[0]]
