"""The review of a case: every rule at once. Check page and one-time notice print the same findings (R44), so nothing
can surface later that was knowable first.

One module per subject. A rule takes the form and today, returns its findings and never raises. What was not asked yet
and is not needed for every company is no finding; what was answered wrongly always is.
"""

from datetime import date

from kiosk.domain.case import OpeningForm
from kiosk.domain.finding import Finding, Severity

from .answers import Rule, is_mobile, years_after
from .business import of_domicile, of_name, of_purpose, of_scope
from .enterprise import of_enterprise, of_tax
from .individual import of_individual
from .items import of_bank, of_fund, of_invoice, of_mail, of_seal, of_social, of_wishes
from .offices import of_people
from .persons import of_persons
from .shareholders import of_capital, of_contributions, of_due_dates, of_holders, of_shares

__all__ = [
    "STEP_OF_FIELD", "is_mobile", "of_capital", "of_domicile", "of_holders", "of_individual", "of_name", "of_people",
    "of_persons",
    "of_purpose", "of_scope", "of_shares", "review", "step_to_mend", "stops", "years_after",
]  # fmt: skip

_RULES: tuple[Rule, ...] = (
    of_purpose, of_name, of_scope, of_domicile, of_enterprise, of_tax, of_capital, of_people, of_individual,
    of_holders, of_shares, of_contributions, of_due_dates, of_persons, of_wishes, of_invoice, of_social, of_fund,
    of_seal, of_bank, of_mail,
)  # fmt: skip

STEP_OF_FIELD = {
    "purpose": "choose_purpose",
    "name": "declare_name",
    "scope": "describe_business",
    "domicile": "give_address",
    "enterprise": "give_address",
    "capital": "set_capital",
    "people": "name_people",
    "operator": "name_operator",
    "items": "choose_purpose",
    "items.INVOICE": "tax_and_invoice",
    "tax": "tax_and_invoice",
    "items.SEAL": "seals",
    "items.SOCIAL": "employment_insurance",
    "items.FUND": "employment_insurance",
    "items.BANK": "bank_appointment",
    "pickup": "pick_up",
}


def review(form: OpeningForm, today: date) -> tuple[Finding, ...]:
    """Everything that stands between this form and its submission, signatures apart."""
    return tuple(finding for rule in _RULES for finding in rule(form, today))


def stops(findings: tuple[Finding, ...]) -> bool:
    """Whether any finding stops the submission."""
    return any(finding.severity is Severity.STOP for finding in findings)


def step_to_mend(finding: Finding, form: OpeningForm) -> str:
    """The step on which a finding is mended; an individual business has one page for everybody who runs it."""
    step = STEP_OF_FIELD.get(finding.field) or STEP_OF_FIELD[finding.field.split(".")[0]]
    return "name_operator" if form.is_individual and step in ("name_people", "set_capital") else step
