"""Divisions with their history, merged districts, company types and where they go, banks."""

from datetime import date, timedelta

import pytest

from kiosk.code_tables import shipped
from kiosk.code_tables.banks import branches, in_neutral_order
from kiosk.code_tables.company_types import company_type, company_types
from kiosk.code_tables.divisions import (
    all_divisions,
    current_divisions,
    division_name,
    history_of,
    is_selectable,
    moved_to,
    pick_anew,
)
from kiosk.domain.case import CompanyType


def test_37_divisions_and_all_that_were() -> None:
    current = current_divisions()
    assert len(current) == len({d.code for d in current}) == len({d.name for d in current}) == 37
    assert len(all_divisions()) == 65
    assert len({(d.code, d.first_seen) for d in all_divisions()}) == 65
    assert all(d.code.startswith("500") and len(d.code) == 6 for d in all_divisions())


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("500110", ["万盛区", "綦江区"]),
        ("500111", ["双桥区", "大足区"]),
        ("500101", ["万县区", "万州区"]),
        ("500157", ["两江新区"]),
        ("500999", []),
    ],
)
def test_codes_were_used_again(code: str, names: list[str]) -> None:
    assert [d.name for d in history_of(code)] == names
    assert division_name(code) == (names[-1] if names else "")


def test_the_two_districts_that_ended_are_known_and_cannot_be_picked() -> None:
    assert is_selectable("500157")
    for code, name in (("500105", "江北区"), ("500112", "渝北区")):
        assert not is_selectable(code)
        assert division_name(code) == name
        assert all(is_selectable(one) for one in pick_anew(code))
    assert pick_anew("500105") == ("500157",)  # all of it
    assert pick_anew("500112") == ("500157", "500109")  # five towns went elsewhere
    assert not any(is_selectable(code) for code in ("500000", "500100", "500200", "500300", "500110 ", ""))


def test_nothing_that_can_be_picked_was_merged() -> None:
    assert not any(pick_anew(d.code) for d in current_divisions())
    ended = {d.code for d in all_divisions() if d.last_seen == "202510"}
    assert ended == {row["old"] for row in shipped.pack("divisions_merged").rows if not is_selectable(row["old"])}


def test_streets_that_changed_hands() -> None:
    assert moved_to("500109", "水土街道1号") == "500157"
    assert moved_to("500112", "统景镇1号") == moved_to("500157", "统景镇1号") == "500109"
    assert {moved_to(code, "统景镇1号") for code in ("500109", "500103", "")} == {None}
    assert moved_to("500157", "水土街道1号") is None
    for row in shipped.pack("divisions_merged").rows:
        assert is_selectable(row["new"]) and division_name(row["old"])


def test_42_company_types() -> None:
    types = company_types()
    assert (
        len(types) == len({one.name for one in types.values()}) == len({one.name_en for one in types.values()}) == 42
    )
    assert {code for code, one in types.items() if one.at_kiosk} == {"1130", "1151", "1190", "9999"}
    assert company_type("0000") is None


@pytest.mark.parametrize("kind", CompanyType)
def test_what_the_form_knows_has_a_row(kind: CompanyType) -> None:
    assert kind.value in company_types()


def test_every_other_type_has_a_place_and_a_reason() -> None:
    redirects = [one.redirect for one in company_types().values() if one.redirect]
    for one in redirects:
        assert one.place and one.place_en and one.why_en
        assert 5 < len(one.why) <= 25
    assert len(set(redirects)) == len(shipped.pack("redirects").rows)  # and no place that nobody is sent to
    places = {code: one.redirect.place for code, one in company_types().items() if one.redirect}
    assert places["1152"] == places["5110"] == places["4531"] == "综合窗口"
    assert places["1210"] == places["1222"] == "市级登记机关"
    assert places["1110"] == "上级登记机关"


def test_branches_lie_where_one_can_open_a_company() -> None:
    assert len(branches()) == 9
    assert all(is_selectable(one.division) for one in branches().values())
    assert shipped.pack("banks").sample


def test_no_bank_is_always_the_first() -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(90)]
    firsts = [in_neutral_order(day)[0] for day in days]
    assert {one.bank for one in firsts} == {one.bank for one in branches().values()}
    assert len({one.id for one in firsts}) == 9
    for day in days[:5]:
        assert set(in_neutral_order(day)) == set(branches().values())
        assert in_neutral_order(day) == in_neutral_order(day)
        mine = in_neutral_order(day, "bank-a")
        assert mine == tuple(one for one in in_neutral_order(day) if one.bank == "bank-a")
    assert in_neutral_order(days[0], "nobody") == ()
