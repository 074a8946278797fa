"""Offices after the company law of 2023: one director or at least three with a chair (公司法 68, 75), none, one or at
least three supervisors (76, 83), a legal representative who executes affairs (10). Supervisors are neither directors
nor senior managers (76), and the finance officer is one of these (265)."""

from collections.abc import Callable
from datetime import date

from kiosk.domain.case import CompanyType, OpeningForm
from kiosk.domain.finding import Finding
from kiosk.domain.office import Office, Position
from kiosk.domain.person import Person, Role
from kiosk.rules.limits import limits

from .answers import about
from .individual import of_operator

_NATURAL = frozenset(Role) - {Role.SHAREHOLDER}


def of_people(form: OpeningForm, today: date) -> list[Finding]:
    """Who is needed, how many, and who may not be both. An individual business (个体工商户) has only its operator."""
    found = of_operator(form) if form.is_individual else _company(form)
    found += [one for person in form.people for one in _person(person)]
    numbers = [p.cert_no for p in form.people]
    if len(set(numbers)) < len(numbers):
        found.append(Finding("person-twice", "people"))
    return found


def _company(form: OpeningForm) -> list[Finding]:
    found = [*_holder_count(form)]
    codes = [code for code, wrong in _COUNTS if wrong(form)]
    found += [Finding(code, "people") for code in codes]
    for person in form.people:
        executes = person.wears(Role.DIRECTOR) or person.wears(Role.MANAGER)
        if person.wears(Role.LEGAL_REP) and not executes:
            found.append(about(person, "legal-rep-office"))
        if person.wears(Role.SUPERVISOR) and (executes or person.wears(Role.FINANCE_OFFICER)):
            found.append(about(person, "supervisor-incompatible"))
        severity = limits().finance_is_legal_rep
        if severity and person.wears(Role.FINANCE_OFFICER) and person.wears(Role.LEGAL_REP):
            found.append(about(person, "finance-legal-rep", severity))
    return found


def _holder_count(form: OpeningForm) -> list[Finding]:
    """公司法 42; who stands alone belongs to another type than who has partners."""
    count, kind = len(form.wearing(Role.SHAREHOLDER)), form.company_type
    if kind in (CompanyType.LLC_SOLE, CompanyType.LLC_SOLE_NATURAL_LED, CompanyType.LLC_SOLE_BODY_LED):
        return [] if count == 1 else [Finding("shareholders-one", "people")]
    if kind not in (CompanyType.LLC_NATURAL, CompanyType.LLC_OTHER):
        return []
    if count > limits().shareholders:
        return [Finding("shareholders-many", "people")]
    return [Finding("shareholders-two", "people")] if count < 2 else []


def _person(person: Person) -> list[Finding]:
    found = []
    if not person.roles:
        found.append(about(person, "person-without-role"))
    if not person.is_natural and person.roles & _NATURAL:
        found.append(about(person, "company-in-office"))
    if any(_wrong_term(office) for office in person.offices):
        found.append(about(person, "office-term"))
    return found


def _wrong_term(office: Office) -> bool:
    """任期: a director's is at most three years (公司法 70), a supervisor's is three (77)."""
    most, years = limits().office_years, office.term_years
    if years is None or office.role not in (Role.DIRECTOR, Role.SUPERVISOR):
        return False
    return years != most if office.role is Role.SUPERVISOR else not 1 <= years <= most


def _not_one(role: Role) -> Callable[[OpeningForm], bool]:
    return lambda form: len(form.wearing(role)) != 1


def _without_chair(role: Role) -> Callable[[OpeningForm], bool]:
    """A board has one chair; asked only of those whose positions were asked."""

    def wrong(form: OpeningForm) -> bool:
        offices = [office for one in form.wearing(role) if (office := one.office(role)) is not None]
        chairs = sum(1 for office in offices if office.position is Position.CHAIR)
        return len(form.wearing(role)) >= 3 and bool(offices) and chairs != 1

    return wrong


def _no_supervisor(form: OpeningForm) -> bool:
    """Without one only when all shareholders agree; not asked yet is not no. One who may not be it is none."""
    unfit = (Role.DIRECTOR, Role.MANAGER, Role.FINANCE_OFFICER)
    fit = [one for one in form.wearing(Role.SUPERVISOR) if not any(one.wears(role) for role in unfit)]
    return not fit and form.enterprise.without_supervisor is False


_COUNTS: tuple[tuple[str, Callable[[OpeningForm], bool]], ...] = (
    ("legal-rep-one", _not_one(Role.LEGAL_REP)),
    ("directors-count", lambda form: len(form.wearing(Role.DIRECTOR)) in (0, 2)),
    ("directors-chair", _without_chair(Role.DIRECTOR)),
    ("supervisors-count", lambda form: len(form.wearing(Role.SUPERVISOR)) == 2),
    ("supervisors-chair", _without_chair(Role.SUPERVISOR)),
    ("supervisor-missing", _no_supervisor),
    ("manager-one", lambda form: len(form.wearing(Role.MANAGER)) > 1),
    ("liaison-one", _not_one(Role.LIAISON)),
    ("finance-one", _not_one(Role.FINANCE_OFFICER)),
)
