"""Facts of the enterprise: addresses, term, staff, copies, tax."""

import re
from datetime import date

from kiosk.domain.case import OpeningForm
from kiosk.domain.enterprise import TaxpayerKind, TermKind
from kiosk.domain.finding import Finding, Severity
from kiosk.rules.limits import limits

from .answers import is_phone

_POST_CODE = re.compile(r"[0-9]{6}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


def of_enterprise(form: OpeningForm, today: date) -> list[Finding]:
    """A second place differs from the domicile. Nobody has to take legal papers electronically: whoever gives an
    address agrees to it (重庆市优化营商环境条例 72), so a missing one is only noted."""
    facts, found = form.enterprise, []
    if facts.biz_address.strip() and _same_place(form):
        found.append("biz-address-same")
    if facts.service.email and not _EMAIL.fullmatch(facts.service.email):
        found.append("email-form")
    if facts.contact_phone and not is_phone(facts.contact_phone):
        found.append("contact-phone-form")
    if facts.post_code and not _POST_CODE.fullmatch(facts.post_code):
        found.append("post-code-form")
    if facts.term is TermKind.YEARS and not (facts.term_years or 0) > 0:
        found.append("term-years-missing")
    if facts.staff_num is not None and not 0 < facts.staff_num <= limits().staff:
        found.append("staff-num")
    if not 1 <= form.licence_copies <= limits().copies:
        found.append("licence-copies")
    noted = ["e-address-missing"] if facts.service.postal.strip() and not facts.service.is_electronic else []
    return [
        *(Finding(code, "enterprise") for code in found),
        *(Finding(code, "enterprise", Severity.WARN) for code in noted),
    ]


def of_tax(form: OpeningForm, today: date) -> list[Finding]:
    """A general taxpayer (一般纳税人) is one from some month on."""
    tax = form.enterprise.tax
    if tax.taxpayer is TaxpayerKind.GENERAL and tax.general_effective is None:
        return [Finding("general-effective-missing", "tax")]
    return []


def _same_place(form: OpeningForm) -> bool:
    """Compared without blanks, and with or without city and division in front."""
    home = form.domicile
    other, line = _tight(form.enterprise.biz_address), _tight(home.line)
    division = _tight(home.division_name)
    return other in {line, f"{division}{line}", f"重庆市{division}{line}"}


def _tight(text: str) -> str:
    return "".join(text.split())
