"""The calendar says what it does not know, and notices a row that cannot be meant."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from kiosk.code_tables import pack, shipped
from kiosk.code_tables.pack import PackError, Row
from kiosk.code_tables.workdays import missing_year_alarm, of_pack, workdays
from kiosk.rules.working_time import Calendar

CALENDAR = shipped.pack("calendar")
FIRST = CALENDAR.rows[0]


def test_its_years() -> None:
    assert (workdays().edition, workdays().years) == (CALENDAR.edition, {2025, 2026})
    assert workdays().exceptions[date(2026, 2, 14)] is True
    assert workdays().exceptions[date(2026, 2, 16)] is False


@pytest.mark.parametrize("year", [2025, 2026])
def test_248_working_days(year: int) -> None:
    calendar = Calendar("", workdays().exceptions, workdays().years)
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    assert sum(calendar.is_working(day) for day in days) == 248


@pytest.mark.parametrize(
    "change",
    [
        lambda row: {**row, "date": "2025-01-04"},  # a holiday on a Saturday says nothing
        lambda row: {**row, "kind": "workday"},  # nor a make-up day on a weekday
        lambda row: {**row, "kind": "festival"},
        lambda row: {**row, "date": "2024-01-01"},  # a year that the file does not speak of
        lambda row: {**row, "date": "2025-13-01"},
    ],
)
def test_a_row_that_cannot_be_meant(change: Callable[[Row], Row]) -> None:
    assert FIRST["date"] == "2025-01-01"
    with pytest.raises(PackError, match="cannot be meant"):
        of_pack(pack.made(CALENDAR, [change(FIRST), *CALENDAR.rows[1:]]))


@pytest.mark.parametrize(
    ("today", "missing"),
    [
        (date(2026, 11, 30), None),
        (date(2026, 12, 1), 2027),
        (date(2026, 12, 31), 2027),
        (date(2027, 1, 1), 2027),
        (date(2025, 12, 1), None),
    ],
)
def test_alarm_from_december_on(today: date, missing: int | None) -> None:
    assert missing_year_alarm(today, {2025, 2026}) == missing


def test_no_alarm_once_the_year_is_there() -> None:
    assert missing_year_alarm(date(2026, 12, 1), {2026, 2027}) is None
    assert missing_year_alarm(date(2027, 12, 1), {2026, 2027}) == 2028
