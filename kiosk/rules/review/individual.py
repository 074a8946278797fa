"""个体工商户: run by one person or by a family (促进个体工商户发展条例 6), whose members are filed when it registers
(市场主体登记管理条例 9); one operator, and neither shareholders nor officers nor capital."""

from datetime import date

from kiosk.domain.case import OpeningForm
from kiosk.domain.finding import Finding
from kiosk.domain.individual import Composition
from kiosk.domain.person import Role
from kiosk.rules import certificates

_OF_A_COMPANY = frozenset({Role.SHAREHOLDER, Role.DIRECTOR, Role.SUPERVISOR, Role.MANAGER})


def of_individual(form: OpeningForm, today: date) -> list[Finding]:
    """How it is run, and by whom of the family; nothing that only a company has."""
    if not form.is_individual:
        return []
    found = [Finding("capital-of-individual", "purpose")] if form.registered_capital is not None else []
    return [*found, *_composition(form), *_family(form, today)]


def of_operator(form: OpeningForm) -> list[Finding]:
    """One operator and one liaison (联络员); whoever holds an office of a company stands in the wrong form. All of it
    follows from the purpose: with it the person who applies becomes the operator."""
    wrong = (
        ("operator-one", len(form.wearing(Role.LEGAL_REP)) != 1),
        ("liaison-one", len(form.wearing(Role.LIAISON)) != 1),
        ("office-of-company", any(one.roles & _OF_A_COMPANY for one in form.people)),
    )
    return [Finding(code, "purpose") for code, found in wrong if found]


def _composition(form: OpeningForm) -> list[Finding]:
    answers = form.individual
    if answers.composition is None:
        return [Finding("composition-missing", "operator")]
    if answers.composition is Composition.FAMILY and not answers.family:
        return [Finding("family-missing", "operator")]
    if answers.composition is Composition.PERSONAL and answers.family:
        return [Finding("family-but-personal", "operator")]
    return []


def _family(form: OpeningForm, today: date) -> list[Finding]:
    members = form.individual.family
    found = []
    if any(not one.name.strip() or certificates.problem(one.cert_type, one.cert_no, today) for one in members):
        found.append(Finding("family-number", "operator"))
    numbers = [*(one.cert_no for one in form.wearing(Role.LEGAL_REP)), *(one.cert_no for one in members)]
    if len(set(numbers)) < len(numbers):
        found.append(Finding("family-twice", "operator"))
    return found
