"""What the platform asks of an individual business (个体工商户): its own reading, apart from the terminal's rules."""

from kiosk.contracts import platform_api as api

INDIVIDUAL = "9999"
_OF_A_COMPANY = frozenset({"shareholder", "director", "supervisor", "manager"})
_NOT_ITS_ENDING = ("公司", "企业", "合作社")


def is_individual(form: api.Form) -> bool:
    """Whether the form is one's."""
    return form.fields.company_type == INDIVIDUAL


def is_nameless(form: api.Form) -> bool:
    """Whether it goes without a name, by that of its operator."""
    return is_individual(form) and form.individual is not None and form.individual.without_name


def operator(form: api.Form) -> api.PersonForm | None:
    """经营者."""
    return next((one for one in form.people if "legal_rep" in one.roles), None)


def issues(form: api.Form) -> list[api.Issue]:
    """One operator with a liaison, nothing of a company, how it is run, and the family by name and number."""
    told = form.individual
    found = []
    if form.fields.registered_capital is not None:
        found.append(api.Issue("/fields/registered_capital", "an individual business has none"))
    if any(_OF_A_COMPANY & set(one.roles) for one in form.people):
        found.append(api.Issue("/people", "an individual business has no offices"))
    if sum(1 for one in form.people if "liaison" in one.roles) != 1:
        found.append(api.Issue("/people", "one liaison"))
    composition = None if told is None else told.composition
    family = () if told is None else told.family
    if composition is None:
        found.append(api.Issue("/individual/composition", "required"))
    if (composition == "family") != bool(family):
        found.append(api.Issue("/individual/family", "those of a family business, and only those"))
    head = operator(form)
    numbers = [one.cert_no for one in family] + ([] if head is None else [head.cert_no])
    if len(set(numbers)) < len(numbers):
        found.append(api.Issue("/individual/family", "each once"))
    found += [
        api.Issue(f"/individual/family/{at}", "name and number")
        for at, one in enumerate(family)
        if not one.name.strip() or not one.cert_no
    ]
    return [*found, *_name(form)]


def _name(form: api.Form) -> list[api.Issue]:
    one = form.fields
    if is_nameless(form):
        return [api.Issue("/fields/name_trade", "left out")] if one.name_trade else []
    wrong = one.name_org_form.endswith(_NOT_ITS_ENDING)
    return [api.Issue("/fields/name_org_form", "not of an individual business")] if wrong else []
