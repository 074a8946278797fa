"""The calendar's file is what it says of itself, and says what it does not know."""

from datetime import date, timedelta
from importlib.resources import files

import pytest

from kiosk.code_tables.workdays import missing_year_alarm, read, rows_sha256, workdays
from kiosk.rules.working_time import Calendar

TEXT = files("kiosk.code_tables").joinpath("data/workdays.toml").read_text("utf-8")
FIRST = '{ date = "2025-01-01", kind = "holiday", note = "元旦" },'


def changed(before: str, after: str) -> str:
    """The file with one thing changed and its hash put right."""
    assert before in TEXT
    text = TEXT.replace(before, after, 1)
    with pytest.raises(ValueError, match="sha256") as error:
        read(text)
    found = str(error.value).split("have sha256 ")[1].split(",")[0]
    return text.replace(workdays().sha256, found)


def test_head_and_hash() -> None:
    held = workdays()
    assert (held.id, held.years) == ("calendar", {2025, 2026})
    assert held.edition and held.effective and held.source and held.licence
    assert held.sha256 == rows_sha256(held.rows)


@pytest.mark.parametrize("year", [2025, 2026])
def test_248_working_days(year: int) -> None:
    calendar = Calendar("", workdays().exceptions, workdays().years)
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    assert sum(calendar.is_working(day) for day in days) == 248


def test_a_changed_row_is_noticed() -> None:
    with pytest.raises(ValueError, match="sha256"):
        read(TEXT.replace("2025-01-01", "2025-01-02"))


@pytest.mark.parametrize(
    "row",
    [
        FIRST.replace("2025-01-01", "2025-01-04"),  # a holiday on a Saturday says nothing
        FIRST.replace("holiday", "workday"),  # nor a make-up day on a weekday
        FIRST.replace("holiday", "festival").replace("workday", "festival"),
        FIRST.replace("2025-01-01", "2024-01-01"),  # a year that the file does not speak of
    ],
)
def test_a_row_that_cannot_be_meant(row: str) -> None:
    with pytest.raises(ValueError, match="cannot be meant"):
        read(changed(FIRST, row))


def test_every_day_once() -> None:
    with pytest.raises(ValueError, match="every day once"):
        read(changed(FIRST, FIRST + FIRST))


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
