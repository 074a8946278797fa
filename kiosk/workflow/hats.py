"""Which hats people are given before they say anything, and what a change of the company type does. Pure."""

from dataclasses import replace
from decimal import Decimal

from kiosk.domain.case import CompanyName, CompanyType, OpeningForm
from kiosk.domain.individual import IndividualBusiness
from kiosk.domain.person import Person, Role
from kiosk.rules.enterprise_name import forms_of

# The finance officer is a senior manager and may not be supervisor (公司法 76, 265): with two people it is the first.
MANY_HATS = frozenset(Role) - {Role.SUPERVISOR, Role.AGENT}
PARTNER_HATS = frozenset({Role.SHAREHOLDER, Role.SUPERVISOR})
OPERATOR_HATS = frozenset({Role.LEGAL_REP, Role.LIAISON, Role.TAX_HANDLER})
_BESIDE_THE_OPERATOR = frozenset({Role.AGENT, Role.FINANCE_OFFICER})


def of_partner(form: OpeningForm) -> frozenset[Role]:
    """The hats of one more partner: two supervisors are one too many or one too few, so the first partner is it."""
    return PARTNER_HATS - {Role.SUPERVISOR} if form.wearing(Role.SUPERVISOR) else PARTNER_HATS


def of_type(form: OpeningForm, before: CompanyType | None) -> OpeningForm:
    """The form with nothing in it that its company type does not have. Whoever applies for an individual business
    runs it: its operator, its liaison, its tax handler in one person."""
    if form.is_individual:
        people = tuple(_beside(one, form) for one in form.people)
        form = replace(form, registered_capital=None, people=tuple(one for one in people if one.roles))
    elif before is CompanyType.INDIVIDUAL:
        people = tuple(
            replace(one, roles=MANY_HATS if one.ref == form.applicant else one.roles) for one in form.people
        )
        form = replace(form, individual=IndividualBusiness(), people=people)
    fitting = forms_of(form.company_type) if form.company_type is not None else ()
    if fitting and form.name.form not in fitting:
        form = replace(form, name=replace(form.name, form=fitting[0]), name_verdict=None)
    return form


def _beside(person: Person, form: OpeningForm) -> Person:
    operates = person.ref == form.applicant
    roles = person.roles & {Role.AGENT} | OPERATOR_HATS if operates else person.roles & _BESIDE_THE_OPERATOR
    return replace(person, roles=roles, subscribed=Decimal(0), holding=None, offices=())


def nameless(form: OpeningForm) -> OpeningForm:
    """The same without a name."""
    name = CompanyName(district=form.name.district, form=form.name.form)
    return replace(form, name=name, name_verdict=None, individual=replace(form.individual, without_name=True))
