"""Working time, against examples worked out by hand from the published calendar."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.sandbox.moments import SHANGHAI, at, ms_of
from kiosk.sandbox.promises import after_working_minutes, case_due, is_working


def ms(text: str) -> int:
    return ms_of(datetime.fromisoformat(text).replace(tzinfo=SHANGHAI))


def text(moment: int) -> str:
    return at(moment).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("start", "hour", "eight_hours", "due"),
    [
        ("2026-02-13 15:00", "2026-02-13 16:00", "2026-02-14 15:00", "2026-02-14 18:00"),
        ("2026-02-14 16:30", "2026-02-14 17:30", "2026-02-24 16:30", "2026-02-24 18:00"),
        ("2026-09-30 17:40", "2026-10-08 09:40", "2026-10-08 17:40", "2026-10-08 18:00"),
        ("2026-10-10 10:00", "2026-10-10 11:00", "2026-10-12 10:00", "2026-10-12 18:00"),
        ("2026-11-20 16:00", "2026-11-20 17:00", "2026-11-23 16:00", "2026-11-23 18:00"),
        ("2026-11-23 11:30", "2026-11-23 13:30", "2026-11-24 11:30", "2026-11-24 18:00"),
        ("2026-11-23 07:00", "2026-11-23 10:00", "2026-11-23 18:00", "2026-11-24 18:00"),
    ],
)
def test_worked_examples(start: str, hour: str, eight_hours: str, due: str) -> None:
    assert text(after_working_minutes(ms(start), 60)) == hour
    assert text(after_working_minutes(ms(start), 480)) == eight_hours
    assert text(case_due(ms(start))) == due


@given(st.integers(ms("2025-01-01 00:00"), ms("2027-06-01 00:00")), st.integers(1, 2000), st.integers(1, 2000))
def test_working_time_adds_up(start: int, first: int, second: int) -> None:
    there = after_working_minutes(start, first + second)
    assert after_working_minutes(after_working_minutes(start, first), second) == there
    assert is_working(at(there).date())
    assert there > start
