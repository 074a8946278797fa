"""How old a pack may grow: by rules that are data."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.code_tables import pack, shipped
from kiosk.code_tables.freshness import AgeRule, Freshness, freshness, health, rule_of, rules, rules_of
from kiosk.code_tables.pack import PackError
from kiosk.sandbox.packs import names
from kiosk.sandbox.packs import pack as offered

DAY = date(2026, 6, 1)
SCOPE, CALENDAR = offered("business_scope"), shipped.pack("calendar")


@pytest.mark.parametrize(
    ("days", "what"),
    [
        (0, Freshness.CURRENT),
        (7, Freshness.CURRENT),
        (8, Freshness.OLD),
        (30, Freshness.OLD),
        (31, Freshness.EXPIRED),
    ],
)
def test_nothing_is_submitted_from_a_catalogue_of_more_than_30_days(days: int, what: Freshness) -> None:
    today = DAY + timedelta(days=days)
    assert freshness(SCOPE, today, rule_of("business_scope"), confirmed=DAY) is what


def test_without_a_word_from_the_platform_a_pack_is_as_old_as_itself() -> None:
    assert freshness(SCOPE, SCOPE.effective, rule_of("business_scope")) is Freshness.CURRENT
    assert freshness(SCOPE, DAY, rule_of("business_scope")) is Freshness.EXPIRED


def test_an_edition_for_later_is_not_used_yet() -> None:
    later = replace(SCOPE, effective=DAY + timedelta(days=1))
    assert freshness(later, DAY, rule_of("business_scope"), confirmed=DAY) is Freshness.NOT_YET
    assert freshness(later, later.effective, rule_of("business_scope"), confirmed=DAY) is Freshness.CURRENT


@pytest.mark.parametrize(
    ("today", "what"),
    [
        (date(2024, 12, 31), Freshness.NOT_YET),
        (date(2026, 11, 30), Freshness.CURRENT),
        (date(2026, 12, 1), Freshness.OLD),
        (date(2026, 12, 31), Freshness.OLD),
        (date(2027, 1, 1), Freshness.EXPIRED),
        (date(2025, 12, 1), Freshness.CURRENT),
    ],
)
def test_the_calendar_by_its_years(today: date, what: Freshness) -> None:
    assert freshness(CALENDAR, today, rule_of("calendar"), confirmed=today) is what


@given(st.dates(SCOPE.effective, date(2030, 1, 1)), st.integers(0, 400), st.integers(0, 400), st.integers(0, 400))
def test_a_pack_never_grows_younger(confirmed: date, old: int, expired: int, age: int) -> None:
    order = [Freshness.CURRENT, Freshness.OLD, Freshness.EXPIRED]
    rule = AgeRule(old, expired)
    today, next_day = (freshness(SCOPE, confirmed + timedelta(days=n), rule, confirmed) for n in (age, age + 1))
    assert order.index(today) <= order.index(next_day)


def test_no_rule_no_age() -> None:
    assert freshness(shipped.pack("ethnic_groups"), date(2100, 1, 1), rule_of("ethnic_groups")) is Freshness.CURRENT


def test_the_rules_speak_of_packs_that_there_are() -> None:
    assert set(rules()) <= set(names())
    for rule in rules().values():
        assert rule.old_after is None or rule.expired_after is None or rule.old_after < rule.expired_after


@pytest.mark.parametrize("change", [{"old_after_days": "soon"}, {"next_year_from": "13-01"}])
def test_a_rule_that_cannot_be_meant(change: dict[str, str]) -> None:
    held = shipped.pack("pack_rules")
    with pytest.raises(PackError, match="pack_rules"):
        rules_of(pack.made(held, [{**held.rows[0], **change}]))


@pytest.mark.parametrize(
    ("today", "good", "says"),
    [(date(2026, 11, 30), True, "years 2025 2026"), (date(2026, 12, 1), None, "the list of 2027 is missing"),
     (date(2027, 3, 1), False, "the list of 2027 is missing")],
)  # fmt: skip
def test_a_technician_hears_of_a_missing_year(today: date, good: bool | None, says: str) -> None:
    calendar, scope = health(today, None)
    assert (calendar.name, calendar.good) == ("calendar", good) and calendar.text.endswith(says)
    assert scope.good is None and scope.text.startswith("none yet")


@pytest.mark.parametrize(("days", "good", "says"), [(7, True, "current"), (8, None, "old"), (31, False, "expired")])
def test_a_technician_hears_of_a_catalogue_that_nobody_confirms(days: int, good: bool | None, says: str) -> None:
    scope = health(DAY + timedelta(days=days), ("sample-2026-02", DAY))[1]
    assert (scope.good, scope.text) == (good, f"sample-2026-02, confirmed 2026-06-01, {says}")


def test_years_are_years() -> None:
    with pytest.raises(PackError, match="no year: soon"):
        freshness(replace(CALENDAR, facts=(("years", "2026 soon"),)), DAY, rule_of("calendar"))
