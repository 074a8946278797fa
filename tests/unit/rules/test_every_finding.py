"""Every finding can be provoked: a code that nobody can bring about is a rule that was never tried."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from unittest import mock

import pytest

from kiosk.code_tables import name_words
from kiosk.code_tables.name_words import WordPlace
from kiosk.domain.case import CompanyName, CompanyType, OpeningForm
from kiosk.domain.finding import Finding, Severity
from kiosk.domain.ids import DivisionCode
from kiosk.domain.person import Role
from kiosk.rules import findings
from kiosk.rules.enterprise_name import NameSituation, precheck
from kiosk.rules.limits import limits
from kiosk.rules.name_likeness import KnownAs, KnownName
from kiosk.rules.review import of_name, review
from kiosk.rules.signers import not_signed
from tests.unit.workflow import stories as tell

from .breakers import INDEPENDENT, OTHERS, TODAY, form, full, hats
from .test_review import CASES, complete

GOOD = CompanyName("重庆", "示例", "餐饮管理")
HERE = NameSituation(CompanyType.LLC_SOLE, DivisionCode("500103"), "6210")
FULL, COMPLETE = full(), complete()
Found = Callable[[], tuple[Finding, ...]]


def named(**changes: str) -> Found:
    return lambda: tuple(Finding(r.code, "name") for r in precheck(replace(GOOD, **changes), HERE).reasons)


def beside(trade: str, known_as: KnownAs = KnownAs.TRIED) -> Found:
    """Before the platform has judged, with another name of the same line of business about."""
    known = (KnownName(replace(GOOD, trade=trade), known_as),)
    entered = replace(FULL, name=GOOD, name_verdict=None)
    return lambda: tuple(of_name(entered, TODAY, known))


def with_type(kind: CompanyType) -> Found:
    return lambda: review(replace(FULL, company_type=kind), TODAY)


def ending_of_another_type() -> tuple[Finding, ...]:
    """A city's pack may keep 有限责任公司 for some types only."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(name_words, "forms", lambda: {"有限公司": ("1130",), "有限责任公司": ("1151",)})
        return tuple(Finding(r.code, "name") for r in precheck(GOOD, HERE).reasons)


NAMES: dict[str, Found] = {
    "name-letters": named(trade="示例A1"),
    "name-brackets": named(trade="示（例"),
    "name-characters": named(trade="示☆例"),
    "name-traditional": named(trade="國飯"),
    "name-district-missing": named(district=""),
    "name-district-unknown": named(district="成都市"),
    "name-district-ended": named(district="重庆市江北区"),
    "name-district-alone": named(district="渝中区"),
    "name-district-elsewhere": named(district="重庆市南岸区"),
    "name-trade-place": named(trade="渝中"),
    "name-trade-place-meaning": named(trade="江北"),
    "name-trade-industry": named(trade="餐饮"),
    "name-industry-scope": named(industry="软件"),
    "name-word-across": named(trade="饰中", industry="国餐饮"),
    "name-like-sound": beside("事力"),
    "name-like-reversed": beside("例示"),
    "name-like-contains": beside("老示例"),
    "name-like-one": lambda: tuple(
        Finding(r.code, "name")
        for r in precheck(
            replace(GOOD, trade="山城味"), replace(HERE, known=(KnownName(replace(GOOD, trade="山城香")),))
        ).reasons
    ),
    "name-like-refused": beside("示例", KnownAs.REFUSED),
    "name-like-held": beside("示例", KnownAs.HELD),
}


def finance_and_legal_rep() -> tuple[Finding, ...]:
    """Where a district wants it said."""
    there = replace(limits(), finance_is_legal_rep=Severity.WARN)
    with mock.patch("kiosk.rules.review.offices.limits", lambda: there):
        return review(hats(0, add=frozenset({Role.FINANCE_OFFICER}))(FULL), TODAY)


ALONE: dict[str, Found] = {
    "type-at-window": with_type(CompanyType.LLC_SOLE_NATURAL_LED),
    "type-at-city": with_type(CompanyType.JOINT_STOCK),
    "not-signed": lambda: not_signed(FULL, tell.NOW),
    "finance-legal-rep": finance_and_legal_rep,
    "name-form-type": ending_of_another_type,
}


def words() -> Iterator[tuple[str, Found]]:
    """One listed word of every category."""
    for row in name_words.words():
        changes = {
            WordPlace.START: {"district": "", "trade": f"{row.word}饰"},
            WordPlace.INDUSTRY: {"industry": f"饰{row.word}"},
        }.get(row.place, {"trade": f"饰{row.word}"})
        yield f"name-word-{row.category.value}", named(**changes)


def changed(start: OpeningForm, change: Callable[[OpeningForm], OpeningForm]) -> Found:
    return lambda: review(change(start), TODAY)


PROVOKED: dict[str, Found] = {
    **dict(words()),
    **NAMES,
    **{code: changed(FULL, change) for code, change in (*INDEPENDENT, *OTHERS)},
    **{code: changed(COMPLETE, change) for code, _, change in CASES},
    **ALONE,
}


def test_every_code_has_a_breaker_and_no_breaker_is_for_nothing() -> None:
    assert set(PROVOKED) == set(findings.codes())


@pytest.mark.parametrize("code", sorted(PROVOKED))
def test_it_is_found(code: str) -> None:
    assert code in {finding.code for finding in PROVOKED[code]()}


@pytest.mark.parametrize("code", sorted(NAMES))
def test_a_good_name_has_none_of_it(code: str) -> None:
    assert code not in {reason.code for reason in precheck(GOOD, HERE).reasons}
    assert code not in {finding.code for finding in review(form(name=GOOD)(FULL), TODAY)}
