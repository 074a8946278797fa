"""Finding a case by any fragment: characters, pinyin, initials, endings of numbers; wrong fragments find nothing."""

from dataclasses import replace

import pytest

from kiosk.domain.case import CaseState, CompanyName, OpeningCase
from kiosk.domain.case_found import FoundBy
from kiosk.domain.ids import CaseId, SlipCode
from kiosk.rules.case_search import CaseIndex
from tests.unit.ui.viewmodels.clerk_walk import CASE, SLIP, USCC, case


def other(number: int) -> OpeningCase:
    """Somebody else's case."""
    one = case(CaseState.SUBMITTED)
    people = tuple(
        replace(p, name="赵甲乙", cert_no=f"50010119900101{number:04d}", phone=f"1390000{number:04d}")
        for p in one.form.people
    )
    form = replace(one.form, name=CompanyName(trade="样板", industry="便利店"), people=people)
    return replace(one, id=CaseId(f"01JDOTHER{number:03d}"), slip_code=SlipCode("M3X-105"), form=form)


@pytest.fixture(scope="module")
def index() -> CaseIndex:
    made = CaseIndex()
    made.keep(case(CaseState.READY))
    for number in range(50):
        made.keep(other(number))
    return made


PERSON = case(CaseState.READY).form.people[0]


@pytest.mark.parametrize(
    ("fragment", "by"),
    [
        (SLIP, FoundBy.SLIP), ("k7p428", FoundBy.SLIP), ("428", FoundBy.SLIP), (USCC[-5:], FoundBy.USCC),
        ("示例餐饮", FoundBy.COMPANY), ("slcy", FoundBy.COMPANY), ("shilicanyin", FoundBy.COMPANY),
        ("shlcany", FoundBy.COMPANY), (PERSON.name, FoundBy.PERSON), ("wcs", FoundBy.PERSON),
        ("wangcs", FoundBy.PERSON), (PERSON.cert_no[-6:], FoundBy.CERT_NO), (PERSON.phone[-7:], FoundBy.PHONE),
        ("5001030000103", FoundBy.THING), ("03612001", FoundBy.THING),
    ],
)  # fmt: skip
def test_a_fragment_leads_to_its_case(index: CaseIndex, fragment: str, by: FoundBy) -> None:
    hits = index.find(fragment, 8)
    assert hits and hits[0].case_id == CASE, hits[:1]
    assert hits[0].by is by


@pytest.mark.parametrize("fragment", ["", "  ", "zzzq", "重庆没有", "9999999999"])
def test_what_fits_nothing_finds_nothing(index: CaseIndex, fragment: str) -> None:
    assert index.find(fragment, 8) == ()


def test_the_newest_comes_first_and_what_changed_or_went_is_not_found_by_what_it_was() -> None:
    index = CaseIndex()
    for number in range(5):
        index.keep(other(number))
    assert [hit.case_id for hit in index.find("样板", 2)] == [other(4).id, other(3).id]
    index.keep(replace(other(1), slip_code=SlipCode("Q2Q-001")))
    assert [hit.case_id for hit in index.find("样板", 1)] == [other(1).id]
    assert {hit.case_id for hit in index.find("m3x", 9)} == {other(n).id for n in (0, 2, 3, 4)}
    index.drop(other(4).id)
    assert len(index) == 4 and all(hit.case_id != other(4).id for hit in index.find("yb", 9))
