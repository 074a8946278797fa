"""Somebody who mends exactly what a notice says: of each finding, the answers that it is about, and no others, become
what they are in a form that has nothing wrong with it."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from kiosk.domain.case import OpeningForm
from kiosk.domain.finding import Finding
from kiosk.domain.holding import Contribution, ContributionKind
from kiosk.domain.item import Item
from kiosk.domain.person import Person, Role

Mend = Callable[[OpeningForm, OpeningForm, Finding], OpeningForm]


def _get(whole: Any, path: list[str]) -> Any:
    for name in path:
        whole = None if whole is None else getattr(whole, name)
    return whole


def _with(whole: Any, good: Any, path: list[str]) -> Any:
    """``whole`` with one answer as in ``good``; a part that is not there at all becomes the good one."""
    if whole is None or not path or good is None:
        return good
    return replace(whole, **{path[0]: _with(getattr(whole, path[0]), getattr(good, path[0]), path[1:])})


def answers(*paths: str) -> Mend:
    """These answers of the form."""

    def mend(form: OpeningForm, good: OpeningForm, finding: Finding) -> OpeningForm:
        for path in paths:
            form = _with(form, good, path.split("."))
        return form

    return mend


def theirs(*paths: str) -> Mend:
    """These answers about the one person whom the finding names."""

    def mend(form: OpeningForm, good: OpeningForm, finding: Finding) -> OpeningForm:
        return replace(form, people=tuple(_person(one, good, paths) if one.ref == finding.about else one
                                          for one in form.people))  # fmt: skip

    return mend


def everybodys(*paths: str) -> Mend:
    """These answers about every person."""

    def mend(form: OpeningForm, good: OpeningForm, finding: Finding) -> OpeningForm:
        return replace(form, people=tuple(_person(one, good, paths) for one in form.people))

    return mend


def _person(one: Person, good: OpeningForm, paths: tuple[str, ...]) -> Person:
    right = good.person(one.ref)
    for path in paths if right is not None else ():
        one = _with(one, right, path.split("."))
    return one


def who_are(*roles: Role) -> Mend:
    """Who has these roles. Whoever was there for nothing else is there no more; nothing else of anybody changes."""
    these = frozenset(roles)

    def mend(form: OpeningForm, good: OpeningForm, finding: Finding) -> OpeningForm:
        there = {one.ref: one for one in form.people}
        now = [there.get(one.ref, replace(one, roles=frozenset())) for one in good.people]
        found = [
            replace(one, roles=(one.roles - these) | (right.roles & these))
            for one, right in zip(now, good.people, strict=True)
        ]
        others = [replace(one, roles=one.roles - these) for one in form.people if good.person(one.ref) is None]
        kept = [one for one in found if one.ref in there or one.roles]
        return replace(form, people=(*kept, *(one for one in others if one.roles)))

    return mend


def _once(form: OpeningForm, good: OpeningForm, finding: Finding) -> OpeningForm:
    """Nobody twice: whoever is too many goes."""
    people = everybodys("cert_no")(form, good, finding).people
    return replace(form, people=tuple({one.cert_no: one for one in reversed(people)}.values())[::-1])


def _sum_up(form: OpeningForm, good: OpeningForm, finding: Finding) -> OpeningForm:
    """Shares that add up to the capital, and what is brought for them; the first one makes up for the rest."""
    form = both(everybodys("subscribed"), answers("registered_capital"))(form, good, finding)
    first, *others = form.wearing(Role.SHAREHOLDER)
    rest = (form.registered_capital or Decimal(0)) - sum((one.subscribed for one in others), Decimal(0))
    if rest == first.subscribed:
        return form
    cash = (Contribution(ContributionKind.CASH, rest),)
    held = first.holding and replace(first.holding, contributions=cash if first.holding.contributions else ())
    paid = replace(first, subscribed=rest, holding=held)
    return replace(form, people=tuple(paid if one.ref == first.ref else one for one in form.people))


def _share(form: OpeningForm, good: OpeningForm, finding: Finding) -> OpeningForm:
    """A shareholder puts in something; whoever has nothing to put in is none."""
    right = good.person(finding.about)  # type: ignore[arg-type]
    is_one = right is not None and right.wears(Role.SHAREHOLDER)
    return theirs("subscribed")(form, good, finding) if is_one else replace(form, people=tuple(
        replace(one, roles=one.roles - {Role.SHAREHOLDER}) if one.ref == finding.about else one
        for one in form.people))  # fmt: skip


def _handler(form: OpeningForm, good: OpeningForm, finding: Finding) -> OpeningForm:
    path = {Item.INVOICE: "invoice.buyer", Item.SOCIAL: "social.handler", Item.FUND: "fund.handler",
            Item.BANK: "bank_appt.contact"}[Item(finding.about)]  # fmt: skip
    return answers(path)(form, good, finding)


def both(*mends: Mend) -> Mend:
    """One after the other."""

    def mend(form: OpeningForm, good: OpeningForm, finding: Finding) -> OpeningForm:
        for one in mends:
            form = one(form, good, finding)
        return form

    return mend


_NAME = answers("name", "name_verdict")  # whoever changes a name declares it anew
_HOLDERS = both(who_are(Role.SHAREHOLDER), answers("company_type"))  # other people, or another type for the same
_BOARD = both(who_are(Role.SUPERVISOR), answers("enterprise.without_supervisor"))
_OFFICES = (Role.SHAREHOLDER, Role.DIRECTOR, Role.SUPERVISOR, Role.MANAGER)
_TERM = ("enterprise.term", "enterprise.term_years")
_MENDS: dict[str, Mend] = {
    "purpose-missing": answers("company_type"),
    "setup-missing": answers("items"),
    "type-at-city": answers("company_type"),
    "type-at-window": answers("company_type"),
    "scope-missing": answers("scope"),
    "scope-twice": answers("scope"),
    "scope-pre-permit": answers("scope"),
    "scope-too-long": answers("scope"),
    "domicile-division-missing": answers("domicile.division", "domicile.division_name"),
    "domicile-division-ended": answers("domicile.division", "domicile.division_name"),
    "domicile-line-missing": answers("domicile.line"),
    "domicile-line-too-long": answers("domicile.line"),
    "domicile-way-missing": answers("domicile.get_way"),
    "domicile-area": answers("domicile.area_m2"),
    "owner-phone-form": answers("domicile.owner_phone"),
    "military-proof-missing": answers("domicile.military", "domicile.military_proof"),
    "biz-address-same": answers("enterprise.biz_address"),
    "email-form": answers("enterprise.service.email"),
    "contact-phone-form": answers("enterprise.contact_phone"),
    "post-code-form": answers("enterprise.post_code"),
    "term-years-missing": answers("enterprise.term_years"),
    "staff-num": answers("enterprise.staff_num"),
    "licence-copies": answers("licence_copies"),
    "general-effective-missing": answers("enterprise.tax"),
    "capital-missing": answers("registered_capital"),
    "capital-places": answers("registered_capital"),
    "capital-of-individual": answers("registered_capital"),
    "contribution-years": answers("contribution_years"),
    "years-after-term": answers("contribution_years", *_TERM),
    "shareholders-one": _HOLDERS,
    "shareholders-two": _HOLDERS,
    "shareholders-many": _HOLDERS,
    "sole-holder-natural": _HOLDERS,
    "sole-holder-company": _HOLDERS,
    "holders-one-company": _HOLDERS,
    "legal-rep-one": who_are(Role.LEGAL_REP),
    "operator-one": who_are(Role.LEGAL_REP),
    "operator-foreign": everybodys("cert_type", "cert_no"),
    "directors-count": who_are(Role.DIRECTOR),
    "supervisors-count": who_are(Role.SUPERVISOR),
    "supervisor-missing": _BOARD,
    "manager-one": who_are(Role.MANAGER),
    "liaison-one": who_are(Role.LIAISON),
    "finance-one": who_are(Role.FINANCE_OFFICER),
    "office-of-company": who_are(*_OFFICES),
    "directors-chair": both(who_are(Role.DIRECTOR), everybodys("offices")),
    "supervisors-chair": both(who_are(Role.SUPERVISOR), everybodys("offices")),
    "person-twice": _once,
    "shares-sum": _sum_up,
    "share-missing": _share,
    "person-without-role": theirs("roles"),
    "legal-rep-office": theirs("roles"),
    "supervisor-incompatible": theirs("roles"),
    "company-in-office": theirs("roles"),
    "office-term": theirs("offices"),
    "due-past": theirs("holding.due"),
    "due-too-late": theirs("holding.due"),
    "due-after-term": both(theirs("holding.due"), answers(*_TERM)),
    "holder-kind": theirs("holding.kind"),
    "holder-abroad": theirs("holding.country"),
    "holder-outside": theirs("cert_type", "cert_no"),
    "contribution-negative": theirs("holding.contributions"),
    "contribution-none": theirs("holding.contributions"),
    "contribution-forbidden": theirs("holding.contributions"),
    "contributions-sum": theirs("holding.contributions", "subscribed"),
    "paid-too-much": theirs("holding.paid", "subscribed"),
    "representative-missing": theirs("holding.represented_by.name"),
    "representative-number": theirs("holding.represented_by.cert_no"),
    "authority-giver-missing": theirs("holding.represented_by.authorised_by", "holding.represented_by.signs_as"),
    "holder-name": theirs("name"),
    "uscc-wrong": theirs("cert_no"),
    "cert-no-wrong": theirs("cert_no"),
    "under-age": theirs("birth", "cert_no"),
    "card-expired": theirs("card_valid_until"),
    "phone-missing": theirs("phone"),
    "phone-form": theirs("phone"),
    "authority-empty": theirs("authority.agreed"),
    "authority-dates": theirs("authority.valid_from", "authority.valid_until"),
    "authority-over": theirs("authority.valid_from", "authority.valid_until"),
    "composition-missing": answers("individual.composition", "individual.family"),
    "family-missing": answers("individual.family"),
    "family-but-personal": answers("individual.composition", "individual.family"),
    "family-number": answers("individual.family"),
    "family-twice": answers("individual.family"),
    "wish-without-item": answers("items"),
    "handler-unknown": _handler,
    "insured-unknown": answers("social.insured"),
    "insurance-missing": answers("social.insurance", "social.insured"),
    "invoice-count": answers("invoice.requests"),
    "invoice-kind-twice": answers("invoice.requests"),
    "invoice-needs-seal": answers("items", "seal_plan"),
    "fund-rate": answers("fund.employer_rate", "fund.employee_rate"),
    "fund-pay-day": answers("fund.pay_day"),
    "fund-start": answers("fund.start_month"),
    "fund-headcount": answers("fund.headcount"),
    "seal-shop-missing": answers("seal_plan.way", "seal_plan.shop"),
    "seal-company-missing": answers("seal_plan.uses"),
    "seal-invoice-missing": answers("seal_plan.uses"),
    "bank-slot-over": answers("bank_appt.slot"),
    "mail-incomplete": answers("mail.recipient", "mail.address"),
    "mail-phone": answers("mail.phone"),
}


def mended(form: OpeningForm, good: OpeningForm, findings: tuple[Finding, ...]) -> OpeningForm:
    """The form after a visit with this notice in hand. KeyError: nobody knows what a finding is about."""
    for one in findings:
        mend = _NAME if one.code.startswith("name-") else _MENDS[one.code]
        form = mend(form, good, one)
    return form
