"""What is missing in a form before it can be submitted: the platform's own reading, apart from the terminal's rules.

Findings point into the form; the words for people are the terminal's.
"""

from decimal import Decimal

from kiosk.contracts import platform_api as api

from . import bank_slots
from .casework import DEPARTMENTS
from .companies import Company, has_or_asks
from .packs import permit_first_codes, scope_codes

_SHAREHOLDERS = {"1130": (2, 50), "1151": (1, 1)}


def name_full(form: api.Form) -> str:
    """The name as it will stand on the licence."""
    one = form.fields
    return f"{one.name_district}{one.name_trade}{one.name_industry}{one.name_org_form}"


def issues_of(form: api.Form, company: Company | None = None) -> tuple[api.Issue, ...]:
    """Everything at once, signatures and verifications apart. ``company``: what it is that asks for later items; its
    data were complete when it was opened."""
    wishes = (*_pickup(form), *_bank(form))
    if company is not None:
        return (*has_or_asks(form, company), *_applicant(form), *wishes)
    return (*_fields(form), *_items(form), *_scope(form), *_people(form), *_shares(form), *wishes)


def acting(form: api.Form, kind: str) -> tuple[api.PersonForm, ...]:
    """Who is verified and signs: every natural person of a company to be; for one that is there the applicant."""
    people = (one for one in form.people if one.cert_type != "uscc")
    return tuple(one for one in people if kind == "opening" or one.ref == form.applicant)


def _fields(form: api.Form) -> list[api.Issue]:
    one = form.fields
    required = {
        "name_district": one.name_district, "name_trade": one.name_trade, "name_industry": one.name_industry,
        "name_org_form": one.name_org_form, "company_type": one.company_type,
        "domicile_division": one.domicile_division, "domicile_address": one.domicile_address.strip(),
        "domicile_get_way": one.domicile_get_way, "registered_capital": one.registered_capital,
    }  # fmt: skip
    found = [api.Issue(f"/fields/{name}", "required") for name, value in required.items() if not value]
    if one.company_type is not None and one.company_type not in _SHAREHOLDERS:
        found.append(api.Issue("/fields/company_type", "not at a terminal"))
    if one.registered_capital is not None and Decimal(one.registered_capital) <= 0:
        found.append(api.Issue("/fields/registered_capital", "above zero"))
    if not 1 <= one.contribution_years <= 5:
        found.append(api.Issue("/fields/contribution_years", "at most five"))
    return found


def _items(form: api.Form) -> list[api.Issue]:
    found = [] if "SETUP" in form.items else [api.Issue("/items", "SETUP is part of every opening")]
    if any(name not in DEPARTMENTS for name in form.items) or len(set(form.items)) < len(form.items):
        found.append(api.Issue("/items", "known, each once"))
    return found


def _scope(form: api.Form) -> list[api.Issue]:
    codes = [one.code for one in form.business_scope]
    found = [] if codes else [api.Issue("/business_scope", "required")]
    if len(set(codes)) < len(codes):
        found.append(api.Issue("/business_scope", "each once"))
    for index, one in enumerate(form.business_scope):
        if one.code not in scope_codes():
            found.append(api.Issue(f"/business_scope/{index}", "not in the catalogue"))
        elif one.code in permit_first_codes():
            found.append(api.Issue(f"/business_scope/{index}", "permit comes first"))
    return found


def _people(form: api.Form) -> list[api.Issue]:
    found = []
    refs = [one.ref for one in form.people]
    if len(set(refs)) < len(refs) or len({(p.cert_type, p.cert_no) for p in form.people}) < len(refs):
        found.append(api.Issue("/people", "each once"))
    found += _applicant(form)
    least, most = _SHAREHOLDERS.get(form.fields.company_type or "", (1, 50))
    if not least <= _count(form, "shareholder") <= most:
        found.append(api.Issue("/people", "number of shareholders"))
    if _count(form, "legal_rep") != 1:
        found.append(api.Issue("/people", "one legal representative"))
    if _count(form, "director") in (0, 2):
        found.append(api.Issue("/people", "one director or at least three"))
    for index, one in enumerate(form.people):
        worn = set(one.roles)
        if not one.name or not one.cert_no:
            found.append(api.Issue(f"/people/{index}", "name and number"))
        if not worn:
            found.append(api.Issue(f"/people/{index}/roles", "required"))
        if "legal_rep" in worn and not worn & {"director", "manager"}:
            found.append(api.Issue(f"/people/{index}/roles", "legal representative is director or manager"))
        if "supervisor" in worn and worn & {"director", "manager"}:
            found.append(api.Issue(f"/people/{index}/roles", "supervisor is neither director nor manager"))
    return found


def _shares(form: api.Form) -> list[api.Issue]:
    shares = [Decimal(one.subscribed) for one in form.people if "shareholder" in one.roles]
    capital = form.fields.registered_capital
    if capital is not None and shares and sum(shares) != Decimal(capital):
        return [api.Issue("/people", "contributions sum up to the capital")]
    return []


def _applicant(form: api.Form) -> list[api.Issue]:
    able = [one.ref for one in form.people if one.cert_type != "uscc"]
    return [] if form.applicant in able else [api.Issue("/applicant", "required")]


def _pickup(form: api.Form) -> list[api.Issue]:
    if form.pickup is None or form.pickup.way != "MAIL":
        return []
    needed = {"recipient": form.pickup.recipient, "phone": form.pickup.phone, "address": form.pickup.address}
    return [api.Issue(f"/pickup/{name}", "required") for name, value in needed.items() if not value.strip()]


def _bank(form: api.Form) -> list[api.Issue]:
    wish = form.bank_appt
    if wish is None:
        return []
    found = [] if "BANK" in form.items else [api.Issue("/bank_appt", "BANK is not among the items")]
    if wish.branch not in bank_slots.branches():
        found.append(api.Issue("/bank_appt/branch", "known"))
    if wish.contact not in [one.ref for one in form.people]:
        found.append(api.Issue("/bank_appt/contact", "a person of the form"))
    return found


def _count(form: api.Form, role: str) -> int:
    return sum(1 for one in form.people if role in one.roles)
