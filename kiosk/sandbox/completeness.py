"""What is missing in a form before it can be submitted: the platform's own reading, apart from the terminal's rules.

Findings point into the form; the words for people are the terminal's.
"""

from datetime import date
from decimal import Decimal

from kiosk.contracts import platform_api as api
from kiosk.contracts.platform_api import wishes

from . import bank_slots
from .casework import DEPARTMENTS
from .companies import Company, has_or_asks
from .credit_codes import is_credit_code
from .individuals import INDIVIDUAL, is_individual, is_nameless, operator
from .individuals import issues as individual_issues
from .packs import permit_first_codes, scope_codes

_SHAREHOLDERS = {"1130": (2, 50), "1190": (2, 50), "1151": (1, 1), "1152": (1, 1), "1153": (1, 1)}
_COMPANY = "uscc"  # the certificate of a shareholder that is no person
_MOST_YEARS = 5
_CHINA = "156"
_OF_COMPANY = {"1151": 0, "1152": 1, "1153": 1}  # how many companies the only shareholder is


def name_full(form: api.Form) -> str:
    """The name as it will stand on the licence; empty for a business that goes without one."""
    one = form.fields
    if is_nameless(form):
        return ""
    parts = [one.name_trade, one.name_industry, one.name_org_form]
    place = int(one.name_order) - 1  # of the division: first, or in brackets after trade name or industry
    parts.insert(place, f"（{one.name_district}）" if place else one.name_district)
    return "".join(parts)


def holder(form: api.Form) -> str:
    """In whose name things are issued: the business, or the operator of one that has no name."""
    head = operator(form) if is_nameless(form) else None
    return name_full(form) if head is None else head.name


def issues_of(form: api.Form, today: date, company: Company | None = None) -> tuple[api.Issue, ...]:
    """Everything at once, signatures and verifications apart. ``company``: what it is that asks for later items; its
    data were complete when it was opened."""
    wishes = (*_pickup(form), *_bank(form))
    if company is not None:
        return (*has_or_asks(form, company), *_applicant(form), *wishes)
    return (*_fields(form), *_items(form), *_scope(form), *_people(form), *_shares(form), *_due(form, today), *wishes)


def acting(form: api.Form, kind: str) -> tuple[api.PersonForm, ...]:
    """Who is verified and signs: everybody of a company to be, a shareholder that is a company by whoever acts for
    it; for a company that is there the applicant."""
    return tuple(one for one in form.people if kind == "opening" or one.ref == form.applicant)


def hand_of(one: api.PersonForm) -> tuple[str, str]:
    """Certificate of whoever acts: the person's own; for a company that of its representative, none while nobody is
    named."""
    if one.cert_type != _COMPANY:
        return one.cert_type, one.cert_no
    acts = None if one.holding is None else one.holding.represented_by
    return ("", "") if acts is None else (acts.cert_type, acts.cert_no)


def _fields(form: api.Form) -> list[api.Issue]:
    one = form.fields
    named = {
        "name_district": one.name_district, "name_trade": one.name_trade, "name_industry": one.name_industry,
        "name_org_form": one.name_org_form,
    }  # fmt: skip
    required = {
        **({} if is_nameless(form) else named), "company_type": one.company_type,
        "domicile_division": one.domicile_division, "domicile_address": one.domicile_address.strip(),
        "domicile_get_way": one.domicile_get_way,
    }  # fmt: skip
    if not is_individual(form):
        required["registered_capital"] = one.registered_capital
    found = [api.Issue(f"/fields/{name}", "required") for name, value in required.items() if not value]
    if not is_individual(form) and one.name_org_form and not one.name_org_form.endswith("公司"):
        found.append(api.Issue("/fields/name_org_form", "not of a company"))
    if one.company_type is not None and one.company_type not in (*_SHAREHOLDERS, INDIVIDUAL):
        found.append(api.Issue("/fields/company_type", "not at a terminal"))
    if one.registered_capital is not None and Decimal(one.registered_capital) <= 0:
        found.append(api.Issue("/fields/registered_capital", "above zero"))
    if not 1 <= one.contribution_years <= _MOST_YEARS:
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
    if _count(form, "legal_rep") != 1:
        found.append(api.Issue("/people", "one legal representative"))
    found += individual_issues(form) if is_individual(form) else _company(form)
    for index, one in enumerate(form.people):
        worn = set(one.roles)
        if not one.name or not one.cert_no:
            found.append(api.Issue(f"/people/{index}", "name and number"))
        if not worn:
            found.append(api.Issue(f"/people/{index}/roles", "required"))
        if "legal_rep" in worn and not worn & {"director", "manager"} and not is_individual(form):
            found.append(api.Issue(f"/people/{index}/roles", "legal representative is director or manager"))
        if "supervisor" in worn and worn & {"director", "manager"}:
            found.append(api.Issue(f"/people/{index}/roles", "supervisor is neither director nor manager"))
        if one.cert_type == _COMPANY:
            found += [api.Issue(f"/people/{index}{place}", expected) for place, expected in _company_holder(one)]
    return found


def _company_holder(one: api.PersonForm) -> list[tuple[str, str]]:
    """A shareholder that is a company: holds shares and no office, and somebody of flesh acts for it."""
    found = [] if set(one.roles) <= {"shareholder"} else [("/roles", "a company only holds shares")]
    if not is_credit_code(one.cert_no):
        found.append(("/cert_no", "a credit code"))
    holding = one.holding or wishes.Holding()
    if holding.kind == "natural":
        found.append(("/holding/kind", "a company is no natural person"))
    if holding.country != _CHINA:
        found.append(("/holding/country", "not at a terminal"))
    acts = holding.represented_by
    if acts is None or not acts.name.strip() or not acts.cert_no or acts.cert_type == _COMPANY:
        found.append(("/holding/represented_by", "required"))
    elif acts.signs_as == "authorised" and not acts.authorised_by.strip():
        found.append(("/holding/represented_by/authorised_by", "required"))
    return found


def _company(form: api.Form) -> list[api.Issue]:
    kind = form.fields.company_type or ""
    least, most = _SHAREHOLDERS.get(kind, (1, 50))
    count, companies = _count(form, "shareholder"), _companies(form)
    found = [] if least <= count <= most else [api.Issue("/people", "number of shareholders")]
    if (kind in _OF_COMPANY and companies != _OF_COMPANY[kind]) or (kind == "1190" and companies == 0):
        found.append(api.Issue("/people", "persons or companies as shareholders"))
    if _count(form, "director") in (0, 2):
        found.append(api.Issue("/people", "one director or at least three"))
    return found


def _companies(form: api.Form) -> int:
    return sum(1 for one in form.people if one.cert_type == _COMPANY and "shareholder" in one.roles)


def _due(form: api.Form, today: date) -> list[api.Issue]:
    """Five years after the establishment, which is not before today."""
    last = today.replace(year=today.year + _MOST_YEARS, day=min(today.day, 28) if today.month == 2 else today.day)
    return [
        api.Issue(f"/people/{index}/holding/due", "after today, within five years")
        for index, one in enumerate(form.people)
        if one.holding is not None and one.holding.due is not None and not _within(one.holding.due, today, last)
    ]


def _within(day: str, today: date, last: date) -> bool:
    try:
        return today < date.fromisoformat(day) <= last
    except ValueError:  # the pattern of a day takes 31 February
        return False


def _shares(form: api.Form) -> list[api.Issue]:
    shares = [Decimal(one.subscribed) for one in form.people if "shareholder" in one.roles]
    capital = form.fields.registered_capital
    if is_individual(form):
        return []
    if capital is not None and shares and sum(shares) != Decimal(capital):
        return [api.Issue("/people", "contributions sum up to the capital")]
    return []


def _applicant(form: api.Form) -> list[api.Issue]:
    able = [one.ref for one in form.people if one.cert_type != _COMPANY]
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
