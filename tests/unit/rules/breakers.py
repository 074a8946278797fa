"""One full form, and single breaches of single rules that do not touch one another."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from kiosk.domain.article import SealUse
from kiosk.domain.case import CompanyType, MilitaryUse, OpeningForm, OrgForm
from kiosk.domain.enterprise import Enterprise, ServiceAddress, TaxFacts, TaxpayerKind, TermKind
from kiosk.domain.holding import Contribution, ContributionKind, HolderKind, Holding, Representative, SignsAs
from kiosk.domain.identity_card import CertType
from kiosk.domain.ids import DivisionCode, PersonRef, VerificationId
from kiosk.domain.individual import Composition, FamilyMember, IndividualBusiness
from kiosk.domain.item import Item
from kiosk.domain.office import Authority, AuthorityItem, Office
from kiosk.domain.person import Person, Role
from kiosk.domain.wishes import (
    AmountTier,
    BankWish,
    FundWish,
    Insurance,
    InvoiceKind,
    InvoiceRequest,
    InvoiceWish,
    MailAddress,
    SealPlan,
    SealWay,
    SocialWish,
)
from kiosk.workflow.hats import OPERATOR_HATS
from tests.unit.workflow import stories as tell
from tests.unit.workflow.test_open_business import walk

TODAY = tell.NOW.date()
Change = Callable[[OpeningForm], OpeningForm]
COMPANY = Person(
    PersonRef("p3"),
    "测试控股有限公司",
    CertType.USCC,
    "91500103MA5U00003N",
    roles=frozenset({Role.SHAREHOLDER}),
    subscribed=Decimal(50),
    verification_id=VerificationId("V-3"),
    holding=Holding(
        HolderKind.ENTERPRISE, represented_by=Representative("赵示例", CertType.RESIDENT_ID, tell.LI.number)
    ),
)


def complete() -> OpeningForm:
    """What a visit at the terminal ends with today."""
    return walk(tell.until_check())[0].form


def full() -> OpeningForm:
    """Everything answered that can be asked, and nothing wrong with it."""
    old = complete()
    ref = PersonRef("p1")
    cash = Holding(HolderKind.NATURAL, contributions=(Contribution(ContributionKind.CASH, Decimal(50)),),
                   paid=Decimal(1), due=date(2029, 1, 31))  # fmt: skip
    people = tuple(replace(one, holding=cash) for one in old.people)
    agent = Authority(frozenset({AuthorityItem.COLLECT}), TODAY, TODAY + timedelta(days=30))
    books = replace(people[1], ref=PersonRef("p8"), name="孙账房", cert_no=tell.number("50010319850412015"),
                    roles=frozenset({Role.FINANCE_OFFICER}), subscribed=Decimal(0), holding=None)  # fmt: skip
    first = replace(people[0], roles=people[0].roles - {Role.FINANCE_OFFICER} | {Role.AGENT}, authority=agent)
    people = (first, people[1], books)
    return replace(
        old,
        items=tuple(Item),
        people=people,
        enterprise=Enterprise(
            biz_address="示例路 9 号", service=ServiceAddress("示例路 1 号", "someone@example.com"),
            contact_phone="023-63000000", post_code="400000", term=TermKind.YEARS, term_years=20, staff_num=3,
            e_licence=True, tax=TaxFacts(taxpayer=TaxpayerKind.SMALL_SCALE),
        ),
        invoice=InvoiceWish((InvoiceRequest(InvoiceKind.DIGITAL_ORDINARY),), ref),
        social=SocialWish(ref, enrol_staff=False),
        fund=FundWish(ref, 15, TODAY.replace(day=1), Decimal(5), Decimal(12), 3),
        seal_plan=SealPlan(SealWay.FREE_SET),
        bank_appt=BankWish("bank-01", tell.NOW, ref),
        mail=MailAddress("王测试", "13800001234", "重庆市渝中区示例路 1 号"),
    )  # fmt: skip


def form(**changes: object) -> Change:
    return lambda old: replace(old, **changes)  # type: ignore[arg-type]


def person(n: int, **changes: object) -> Change:
    def change(old: OpeningForm) -> OpeningForm:
        people = list(old.people)
        people[n] = replace(people[n], **changes)  # type: ignore[arg-type]
        return replace(old, people=tuple(people))

    return change


def inside(part: str, **changes: object) -> Change:
    """Something inside one part of the form: ``enterprise``, ``fund``, ``people.0.holding``, ``enterprise.tax``."""

    def change(value: object, path: list[str]) -> object:
        if not path:
            return replace(value, **changes)  # type: ignore[type-var]
        if isinstance(value, tuple):
            n = int(path[0])
            return (*value[:n], change(value[n], path[1:]), *value[n + 1 :])
        return replace(value, **{path[0]: change(getattr(value, path[0]), path[1:])})  # type: ignore[type-var]

    return lambda old: change(old, part.split("."))  # type: ignore[return-value]


def hats(n: int, add: frozenset[Role] = frozenset(), drop: frozenset[Role] = frozenset()) -> Change:
    return lambda old: person(n, roles=(old.people[n].roles | add) - drop)(old)


# A card of 2023 with a right check digit, of somebody who is eighteen.
FOREIGN = {"cert_type": CertType.FOREIGN_RESIDENCE, "cert_no": "911156198001070027"}
LAND = (Contribution(ContributionKind.LAND, Decimal(50)),)

# Each may be combined with all the others: exactly these findings appear, no fewer and no more.
INDEPENDENT: tuple[tuple[str, Change], ...] = (
    ("name-reservation-over", inside("name_verdict", reserved_until=tell.NOW.replace(month=10))),
    ("scope-twice", form(scope=(tell.DINING, tell.DINING))),
    ("domicile-division-ended", inside("domicile", division=DivisionCode("500105"))),
    ("domicile-way-missing", inside("domicile", get_way=None)),
    ("domicile-area", inside("domicile", area_m2=Decimal(0))),
    ("owner-phone-form", inside("domicile", owner_phone="12")),
    ("military-proof-missing", inside("domicile", military=MilitaryUse.OTHER_PROOF)),
    ("email-form", inside("enterprise.service", email="someone@example")),
    ("contact-phone-form", inside("enterprise", contact_phone="abc")),
    ("post-code-form", inside("enterprise", post_code="40000")),
    ("term-years-missing", inside("enterprise", term_years=None)),
    ("staff-num", inside("enterprise", staff_num=0)),
    ("licence-copies", form(licence_copies=100)),
    ("general-effective-missing", inside("enterprise.tax", taxpayer=TaxpayerKind.GENERAL)),
    ("contribution-years", form(contribution_years=6)),
    ("liaison-one", hats(0, drop=frozenset({Role.LIAISON}))),
    ("holder-outside", person(1, **FOREIGN)),
    ("office-term", person(0, offices=(Office(Role.DIRECTOR, term_years=4),))),
    ("contribution-appraisal", inside("people.0.holding", contributions=LAND)),
    ("due-past", inside("people.0.holding", due=TODAY)),
    ("due-too-late", inside("people.1.holding", due=date(2031, 11, 24))),
    ("paid-too-much", inside("people.1.holding", paid=Decimal("50.000001"))),
    ("card-expired", person(0, card_valid_until=TODAY - timedelta(days=1))),
    ("not-verified", person(1, verification_id=None)),
    ("phone-form", person(1, phone="1")),
    ("authority-empty", inside("people.0.authority", agreed=frozenset())),
    ("authority-dates", inside("people.0.authority", valid_until=TODAY - timedelta(days=1))),
    ("invoice-count", inside("invoice.requests.0", monthly_count=0)),
    ("invoice-first-limit", inside("invoice.requests.0", tier=AmountTier.MILLION)),
    ("staff-list-needed", inside("social", enrol_staff=True)),
    ("fund-rate", inside("fund", employer_rate=Decimal("4.99"))),
    ("fund-pay-day", inside("fund", pay_day=32)),
    ("fund-start", inside("fund", start_month=date(2026, 10, 1))),
    ("fund-headcount", inside("fund", headcount=0)),
    ("seal-shop-missing", inside("seal_plan", way=SealWay.OWN_SHOP)),
    ("bank-slot-over", inside("bank_appt", slot=tell.NOW - timedelta(days=1))),
    ("mail-phone", inside("mail", phone="")),
)

_THREE = tuple(f"50010319850412{n:03d}" for n in (7, 9, 11, 13))


def more_people(count: int, *roles: Role) -> Change:
    """So many more people, each with these roles."""

    def change(old: OpeningForm) -> OpeningForm:
        new = [
            replace(old.people[1], ref=PersonRef(f"p{n + 4}"), cert_no=tell.number(_THREE[n]), roles=frozenset(roles),
                    subscribed=Decimal(0), holding=None)
            for n in range(count)
        ]  # fmt: skip
        return replace(old, people=(*old.people, *new))

    return change


def both(*changes: Change) -> Change:
    def change(old: OpeningForm) -> OpeningForm:
        for one in changes:
            old = one(old)
        return old

    return change


def many_holders(old: OpeningForm) -> OpeningForm:
    lot = tuple(replace(COMPANY, ref=PersonRef(f"p{n}")) for n in range(10, 60))
    return replace(old, people=(*old.people, *lot))


def partner(company: Person) -> Change:
    """The second shareholder is a company, and somebody else watches the books."""
    return lambda old: replace(
        old,
        people=(
            old.people[0],
            replace(old.people[1], roles=frozenset({Role.FINANCE_OFFICER}), holding=None),
            company,
        ),
    )


def individual() -> OpeningForm:
    """The same for an individual business (个体工商户) that a family runs, with a name."""
    old = full()
    operator = replace(old.people[0], roles=OPERATOR_HATS, subscribed=Decimal(0), holding=None, offices=(),
                       authority=None)  # fmt: skip
    family = (FamilyMember("李示例", CertType.RESIDENT_ID, tell.LI.number),)
    return replace(
        old, company_type=CompanyType.INDIVIDUAL, registered_capital=None, people=(operator,),
        name=replace(old.name, form=OrgForm.STORE), individual=IndividualBusiness(False, Composition.FAMILY, family),
    )  # fmt: skip


def of_individual(change: Change) -> Change:
    """A breach in the form of an individual business instead."""
    return lambda _: change(individual())


def run_by(**changes: object) -> Change:
    return of_individual(inside("individual", **changes))


TWICE = InvoiceRequest(InvoiceKind.PAPER_ORDINARY)

# Breaches that touch others, or need another form around them.
OTHERS: tuple[tuple[str, Change], ...] = (
    ("type-at-city", form(company_type=CompanyType.JOINT_STOCK)),
    ("biz-address-same", inside("enterprise", biz_address="重庆市渝中区示例路1号2-3")),
    ("e-address-missing", inside("enterprise", service=ServiceAddress("示例路 1 号"))),
    ("domicile-street-moved", inside("domicile", division=DivisionCode("500109"), line="水土街道示例路 1 号")),
    ("capital-places", form(registered_capital=Decimal("100.0000001"))),
    ("capital-unit", form(registered_capital=Decimal(10000))),
    ("operator-one", of_individual(hats(0, drop=frozenset({Role.LEGAL_REP})))),
    ("operator-foreign", of_individual(person(0, **FOREIGN))),
    ("liaison-one", of_individual(hats(0, drop=frozenset({Role.LIAISON})))),
    ("office-of-company", of_individual(hats(0, add=frozenset({Role.SHAREHOLDER})))),
    ("capital-of-individual", of_individual(form(registered_capital=Decimal(1)))),
    ("composition-missing", run_by(composition=None)),
    ("family-missing", run_by(family=())),
    ("family-but-personal", run_by(composition=Composition.PERSONAL)),
    ("family-twice", run_by(family=(FamilyMember("王测试", CertType.RESIDENT_ID, tell.WANG.number),))),
    ("family-number", run_by(family=(FamilyMember("李示例", CertType.RESIDENT_ID, "1"),))),
    ("name-left-out", run_by(without_name=True)),
    ("name-form-individual", of_individual(inside("name", form=OrgForm.LTD))),
    ("shareholders-one", form(company_type=CompanyType.LLC_SOLE)),
    ("shareholders-many", many_holders),
    ("directors-chair", both(more_people(2, Role.DIRECTOR), person(0, offices=(Office(Role.DIRECTOR),)))),
    ("supervisors-count", more_people(1, Role.SUPERVISOR)),
    ("supervisors-chair", both(more_people(2, Role.SUPERVISOR), person(1, offices=(Office(Role.SUPERVISOR),)))),
    (
        "supervisor-missing",
        both(hats(1, drop=frozenset({Role.SUPERVISOR})), inside("enterprise", without_supervisor=False)),
    ),
    ("company-in-office", partner(replace(COMPANY, roles=COMPANY.roles | {Role.SUPERVISOR}))),
    (
        "sole-holder-natural",
        both(form(company_type=CompanyType.LLC_SOLE), partner(COMPANY), hats(0, drop=frozenset({Role.SHAREHOLDER}))),
    ),
    (
        "sole-holder-company",
        both(form(company_type=CompanyType.LLC_SOLE_NATURAL_LED), hats(1, drop=frozenset({Role.SHAREHOLDER}))),
    ),
    ("holders-one-company", form(company_type=CompanyType.LLC_OTHER)),
    ("holders-natural-control", partner(replace(COMPANY, subscribed=Decimal("50.000001")))),
    ("holder-kind", inside("people.0.holding", kind=HolderKind.ENTERPRISE)),
    ("representative-missing", partner(replace(COMPANY, holding=None))),
    (
        "representative-number",
        partner(
            replace(COMPANY, holding=Holding(represented_by=Representative("赵示例", CertType.RESIDENT_ID, "1")))
        ),
    ),
    (
        "authority-giver-missing",
        partner(
            replace(
                COMPANY,
                holding=Holding(
                    represented_by=Representative(
                        "赵示例", CertType.RESIDENT_ID, tell.LI.number, SignsAs.AUTHORISED, " "
                    )
                ),
            )
        ),
    ),
    ("holder-name", partner(replace(COMPANY, name=" 某 "))),
    ("holder-abroad", inside("people.0.holding", country="702")),
    ("uscc-wrong", partner(replace(COMPANY, cert_no="91500103MA5U00003M"))),
    (
        "contribution-negative",
        inside("people.0.holding", contributions=(Contribution(ContributionKind.CASH, Decimal(-1)),)),
    ),
    (
        "contribution-none",
        inside("people.0.holding", contributions=(Contribution(ContributionKind.CASH, Decimal(0)),)),
    ),
    (
        "contributions-sum",
        inside("people.0.holding", contributions=(Contribution(ContributionKind.CASH, Decimal(49)),)),
    ),
    (
        "contribution-forbidden",
        inside("people.0.holding", contributions=(Contribution(ContributionKind.LABOUR, Decimal(50)),)),
    ),
    ("due-after-term", inside("enterprise", term_years=1)),
    ("years-after-term", both(inside("enterprise", term_years=3), person(0, holding=None))),
    (
        "authority-over",
        inside("people.0.authority", valid_from=date(2026, 1, 1), valid_until=TODAY - timedelta(days=1)),
    ),
    ("insurance-missing", inside("social", insured=(PersonRef("p1"),))),
    (
        "insured-unknown",
        inside("social", insured=(PersonRef("p77"),), insurance=frozenset({Insurance.PENSION})),
    ),
    ("seal-company-missing", inside("seal_plan", uses=frozenset({SealUse.FINANCE}))),
    (
        "seal-invoice-missing",
        both(inside("invoice", requests=(TWICE,)), inside("seal_plan", uses=frozenset({SealUse.COMPANY}))),
    ),
    ("wish-without-item", form(items=tuple(one for one in Item if one is not Item.FUND))),
    ("handler-unknown", inside("fund", handler=PersonRef("p9"))),
    ("invoice-kind-twice", inside("invoice", requests=(TWICE, TWICE))),
    (
        "invoice-needs-seal",
        both(inside("invoice", requests=(TWICE,)), form(items=(Item.SETUP, Item.INVOICE), seal_plan=None)),
    ),
    ("mail-incomplete", inside("mail", address=" ")),
)
