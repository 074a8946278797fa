"""Broken cases, as many as one likes: businesses with nothing wrong, and one to eight things spoilt in each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from kiosk.code_tables import name_words
from kiosk.domain.article import SealUse
from kiosk.domain.case import CompanyName, CompanyType, NameVerdict, OpeningForm
from kiosk.domain.enterprise import TermKind
from kiosk.domain.finding import Severity
from kiosk.domain.holding import Contribution, ContributionKind, HolderKind, Representative, SignsAs
from kiosk.domain.identity_card import CertType
from kiosk.domain.ids import BlobId, PersonRef, ScopeCode, VerificationId
from kiosk.domain.individual import Composition, FamilyMember, IndividualBusiness
from kiosk.domain.item import Item
from kiosk.domain.office import Office
from kiosk.domain.person import Role
from kiosk.domain.wishes import Insurance, InvoiceKind, InvoiceRequest
from kiosk.rules.review import review
from tests.unit.workflow import stories as tell

from .breakers import (
    COMPANY,
    INDEPENDENT,
    TODAY,
    TWICE,
    both,
    form,
    full,
    hats,
    individual,
    inside,
    many_holders,
    more_people,
    partner,
    person,
)
from .test_review import CASES

Change = Callable[[OpeningForm], OpeningForm]
MOST = 8  # things spoilt in one case


@dataclass(frozen=True)
class Broken:
    """A case, what it would be with nothing wrong, and chance for what else is wrong with it."""

    kind: str
    good: OpeningForm
    form: OpeningForm
    chance: Random


def _sole() -> OpeningForm:
    """One shareholder; the other people are supervisor and accountant."""
    old = full()
    one = replace(old.people[0], subscribed=Decimal(100), holding=replace(old.people[0].holding, contributions=(
        Contribution(ContributionKind.CASH, Decimal(100)),)))  # type: ignore[type-var]  # fmt: skip
    other = replace(old.people[1], roles=frozenset({Role.SUPERVISOR}), subscribed=Decimal(0), holding=None)
    return replace(old, company_type=CompanyType.LLC_SOLE, people=(one, other, *old.people[2:]))


def _with_company() -> OpeningForm:
    """A company among the shareholders, whose clerk signs by authority."""
    acts = Representative("赵示例", CertType.RESIDENT_ID, tell.LI.number, SignsAs.AUTHORISED, "钱示例")
    firm = replace(COMPANY, holding=replace(COMPANY.holding, represented_by=acts))  # type: ignore[type-var]
    return partner(firm)(replace(full(), company_type=CompanyType.LLC_OTHER))


def _nameless() -> OpeningForm:
    old = individual()
    return replace(old, name=CompanyName(), name_verdict=None,
                   individual=IndividualBusiness(without_name=True, composition=Composition.PERSONAL))  # fmt: skip


def _as_kept(old: OpeningForm) -> OpeningForm:
    """As a platform can have it: verified and signed under ids of its own kind."""
    people = tuple(
        replace(one, verification_id=VerificationId(f"01JDA{n:021d}"), signature=BlobId(f"{n:064x}"))
        for n, one in enumerate(old.people)
    )
    scope = (replace(old.scope[0], code=ScopeCode("SAMPLE-0003")),)
    bank = None if old.bank_appt is None else replace(old.bank_appt, branch="bank-a-01")
    return replace(old, people=people, scope=scope, bank_appt=bank)


KINDS: dict[str, Callable[[], OpeningForm]] = {
    name: lambda make=make: _as_kept(make())
    for name, make in {
        "two": full, "sole": _sole, "with a company": _with_company, "family": individual, "nameless": _nameless,
    }.items()
}  # fmt: skip
OF_INDIVIDUALS = ("family", "nameless")


def _company(kind: CompanyType) -> Change:
    """Another type of company for a company; an individual business that says so is another story altogether."""
    return lambda old: old if old.is_individual else replace(old, company_type=kind)


_FIRM = "people.2.holding.represented_by"
_MORE: tuple[Change, ...] = (
    form(company_type=None),
    form(company_type=CompanyType.JOINT_STOCK),
    _company(CompanyType.LLC_SOLE),
    _company(CompanyType.LLC_OTHER),
    _company(CompanyType.LLC_SOLE_NATURAL_LED),
    both(_company(CompanyType.LLC_SOLE), hats(0, drop=frozenset({Role.SHAREHOLDER}))),
    inside("enterprise", biz_address="重庆市渝中区示例路1号2-3"),
    form(registered_capital=Decimal("100.0000001")),
    form(registered_capital=Decimal(99)),
    more_people(2, Role.DIRECTOR),
    both(more_people(2, Role.DIRECTOR), person(0, offices=(Office(Role.DIRECTOR),))),
    more_people(1, Role.SUPERVISOR),
    both(more_people(2, Role.SUPERVISOR), person(1, offices=(Office(Role.SUPERVISOR),))),
    both(hats(1, drop=frozenset({Role.SUPERVISOR})), inside("enterprise", without_supervisor=False)),
    many_holders,
    inside("people.0.holding", kind=HolderKind.ENTERPRISE),
    inside("people.0.holding", country="702"),
    inside("people.0.holding", contributions=(Contribution(ContributionKind.CASH, Decimal(-1)),)),
    inside("people.0.holding", contributions=(Contribution(ContributionKind.CASH, Decimal(0)),)),
    inside("people.0.holding", contributions=(Contribution(ContributionKind.CASH, Decimal(49)),)),
    inside("people.0.holding", contributions=(Contribution(ContributionKind.LABOUR, Decimal(50)),)),
    inside("enterprise", term_years=1),
    both(inside("enterprise", term=TermKind.YEARS, term_years=3), person(0, holding=None)),
    inside("people.0.authority", valid_from=date(2026, 1, 1), valid_until=TODAY - timedelta(days=1)),
    inside("social", insured=(PersonRef("p1"),)),
    inside("social", insured=(PersonRef("p77"),), insurance=frozenset({Insurance.PENSION})),
    inside("seal_plan", uses=frozenset({SealUse.FINANCE})),
    both(inside("invoice", requests=(InvoiceRequest(InvoiceKind.PAPER_ORDINARY),)),
         inside("seal_plan", uses=frozenset({SealUse.COMPANY}))),
    inside("invoice", requests=(TWICE, TWICE)),
    both(inside("invoice", requests=(TWICE,)), form(items=(Item.SETUP, Item.INVOICE), seal_plan=None)),
    form(items=tuple(one for one in Item if one is not Item.FUND)),
    inside("fund", handler=PersonRef("p9")),
    inside("invoice", buyer=PersonRef("p9")),
    inside("mail", address=" "),
    inside("mail", recipient="", phone="1"),
    form(items=tuple(one for one in Item if one is not Item.SETUP)),
    hats(0, drop=frozenset({Role.LEGAL_REP})),
    both(hats(1, add=frozenset({Role.MANAGER})), hats(0, add=frozenset({Role.MANAGER}))),
    person(1, subscribed=Decimal(0)),
    person(0, subscribed=Decimal(60)),
    form(name_verdict=NameVerdict("PROHIBITED")),
    inside("people.2", roles=frozenset({Role.SHAREHOLDER, Role.SUPERVISOR})),
    inside("people.2", name=" 某 "),
    inside("people.2", cert_no="91500103MA5U00003M"),
    inside(_FIRM, name=" "),
    inside(_FIRM, cert_no="1"),
    inside(_FIRM, authorised_by=" "),
    both(inside(_FIRM, name=""), inside(_FIRM, cert_no="1", authorised_by="")),
    hats(0, add=frozenset({Role.SHAREHOLDER, Role.DIRECTOR})),
    form(registered_capital=Decimal(1)),
    inside("individual", composition=None),
    inside("individual", family=()),
    inside("individual", composition=Composition.PERSONAL),
    inside("individual", family=(FamilyMember("王测试", CertType.RESIDENT_ID, tell.WANG.number),)),
    inside("individual", family=(FamilyMember("李示例", CertType.RESIDENT_ID, "1"),)),
    inside("name", trade="示例"),
)  # fmt: skip


def _names() -> Iterator[Change]:
    """What may be wrong with a name before the platform holds it; every word of the lists among them."""
    wrong = ({"trade": "示例A1"}, {"trade": "示（例"}, {"trade": "示☆例"}, {"district": ""}, {"district": "成都市"},
             {"district": "重庆市江北区"}, {"district": "渝中区"}, {"district": "重庆市南岸区"}, {"trade": "渝中"},
             {"trade": "餐饮"}, {"industry": ""}, {"trade": "长" * 60})  # fmt: skip
    for changes in wrong:
        yield both(form(name_verdict=None), inside("name", **changes))
    for row in name_words.words():
        changes = {"district": "", "trade": f"{row.word}饰"} if row.place is name_words.WordPlace.START else {
            "industry": f"饰{row.word}"} if row.place is name_words.WordPlace.INDUSTRY else {
            "trade": f"饰{row.word}"}  # fmt: skip
        yield both(form(name_verdict=None), inside("name", **changes))
    yield inside("name", form=full().name.form)  # of a company, for an individual business


def spoilers() -> tuple[Change, ...]:
    """Everything that can be spoilt, each by itself."""
    return (*(one for _, one in INDEPENDENT), *(one for _, _, one in CASES), *_MORE, *_names())


def stopping(of: OpeningForm) -> set[tuple[str, str]]:
    """What stops a form: code, and whom it is about."""
    return {(one.code, one.about) for one in review(of, TODAY) if one.severity is Severity.STOP}


def _spoilt(old: OpeningForm, change: Change) -> OpeningForm:
    """Unchanged where the change has nothing to change: no such person, no such wish."""
    try:
        return change(old)
    except (IndexError, TypeError, AttributeError):
        return old


def broken_cases(count: int, seed: int) -> Iterator[Broken]:
    """So many, the same for the same seed. Whatever can be spoilt has its turn, on every kind that feels it."""
    chance = Random(seed)
    goods = {name: make() for name, make in KINDS.items()}
    felt = [
        (name, change)
        for change in spoilers() for name, good in goods.items() if stopping(_spoilt(good, change))
    ]  # fmt: skip
    chance.shuffle(felt)
    for number in range(count):
        kind, first = felt[number % len(felt)]
        good = goods[kind]
        more = [change for name, change in chance.sample(felt, MOST * 6) if name == kind]
        spoilt = _spoilt(good, first)
        for change in more[: chance.randrange(MOST)]:
            spoilt = _spoilt(spoilt, change)
        if stopping(spoilt):
            yield Broken(kind, good, spoilt, Random(number))
