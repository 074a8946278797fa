"""Working time, against examples worked out by hand from the published calendar, and what must hold for any."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.code_tables.workdays import workdays
from kiosk.rules.working_time import SHANGHAI, Calendar, Extension, Hours, Span, WorkingTime

MORNING, AFTERNOON = Span(time(9), time(12)), Span(time(13), time(18))
_held = workdays()
CALENDAR = Calendar(_held.edition, _held.exceptions, _held.years)
HALL = WorkingTime(Hours((MORNING, AFTERNOON)), CALENDAR)
EVENING, SATURDAY = Span(time(18), time(20)), Span(time(9, 30), time(12))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


def offering(*extended: Extension) -> WorkingTime:
    return WorkingTime(Hours((MORNING, AFTERNOON), extended), CALENDAR)


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
    assert text(HALL.add(at(start), minutes(60))) == hour
    assert text(HALL.internal_target(at(start))) == eight_hours
    assert text(HALL.legal_due(at(start))) == due


@pytest.mark.parametrize(
    ("start", "three", "five"),
    [
        ("2026-11-20 16:00", "2026-11-25 18:00", "2026-11-27 18:00"),
        ("2026-02-12 09:00", "2026-02-24 18:00", "2026-02-26 18:00"),  # 13th, make-up 14th, then the festival
        ("2026-09-30 17:40", "2026-10-10 18:00", "2026-10-13 18:00"),
    ],
)
def test_limits_in_working_days(start: str, three: str, five: str) -> None:
    assert text(HALL.end_of_day(at(start), 3)) == three
    assert text(HALL.end_of_day(at(start), 5)) == five


def test_office_and_wall() -> None:
    start = at("2026-11-23 17:30")
    assert text(HALL.after(start, minutes(60), "office")) == "2026-11-24 09:30"
    assert text(HALL.after(start, minutes(60), "wall")) == "2026-11-23 18:30"
    assert HALL.length(start, at("2026-11-24 09:30"), "office") == minutes(60)
    assert HALL.length(start, at("2026-11-24 09:30"), "wall") == minutes(960)
    assert (
        HALL.length(at("2026-11-24 09:30"), start, "wall")
        == HALL.between(at("2026-11-24 09:30"), start)
        == minutes(0)
    )


def test_any_offset_is_reckoned_in_the_time_of_chongqing() -> None:
    accepted = datetime.fromisoformat("2026-11-20T23:30:00+00:00")  # Saturday morning in Chongqing
    assert text(HALL.legal_due(accepted)) == "2026-11-23 18:00"
    assert text(HALL.add(accepted, minutes(1))) == "2026-11-23 09:01"
    assert HALL.is_working(datetime.fromisoformat("2026-11-20T01:00:00+00:00"))


def test_the_end_of_a_span_does_not_belong_to_it() -> None:
    assert [HALL.is_working(at(f"2026-11-23 {hour}")) for hour in ("08:59", "09:00", "11:59", "12:00", "13:00")] == [
        False, True, True, False, True,
    ]  # fmt: skip
    assert not HALL.is_working(at("2026-11-23 18:00"))
    assert text(HALL.add(at("2026-11-23 11:00"), minutes(60))) == "2026-11-23 12:00"


def test_extended_service_opens_doors_and_moves_no_promise() -> None:
    hall = offering(Extension(3, EVENING), Extension(6, SATURDAY))
    assert hall.is_open(at("2026-11-25 19:00")) and not hall.is_working(at("2026-11-25 19:00"))
    assert hall.is_open(at("2026-11-21 10:00")) and not hall.is_working(at("2026-11-21 10:00"))
    assert text(hall.next_closing(at("2026-11-25 17:00"))) == "2026-11-25 20:00"  # one opening, not two
    assert text(hall.legal_due(at("2026-11-24 10:00"))) == "2026-11-25 18:00"
    assert text(hall.add(at("2026-11-25 17:30"), minutes(60))) == "2026-11-26 09:30"


def test_extended_service_that_counts() -> None:
    hall = offering(Extension(3, EVENING, counts=True), Extension(6, SATURDAY, counts=True))
    assert text(hall.legal_due(at("2026-11-24 10:00"))) == "2026-11-25 20:00"
    assert text(hall.add(at("2026-11-25 17:30"), minutes(60))) == "2026-11-25 18:30"
    assert text(hall.add(at("2026-11-20 17:30"), minutes(60))) == "2026-11-21 10:00"
    assert text(hall.legal_due(at("2026-11-20 10:00"))) == "2026-11-23 18:00"  # a Saturday is still no working day


def test_no_extended_service_on_a_holiday() -> None:
    hall = offering(Extension(6, SATURDAY, counts=True), Extension(3, EVENING))
    assert CALENDAR.is_holiday(date(2026, 10, 3))  # a Saturday inside the National Day holiday, in no row
    assert not CALENDAR.is_holiday(date(2026, 11, 21))
    assert not CALENDAR.is_holiday(date(2026, 10, 10))
    assert not hall.is_open(at("2026-10-03 10:00"))
    assert not hall.is_open(at("2026-02-18 19:00"))
    assert hall.is_open(at("2026-02-14 09:15"))  # a make-up Saturday has the hours of a working day
    assert text(hall.next_opening(at("2026-09-30 20:00"))) == "2026-10-08 09:00"


def test_closing_and_opening() -> None:
    assert text(HALL.next_closing(at("2026-11-23 10:00"))) == "2026-11-23 12:00"
    assert text(HALL.next_opening(at("2026-11-23 10:00"))) == "2026-11-23 13:00"
    assert text(HALL.next_closing(at("2026-11-20 18:00"))) == "2026-11-23 12:00"
    assert text(HALL.next_opening(at("2026-11-20 18:00"))) == "2026-11-23 09:00"


def test_certain_only_where_the_list_is_known() -> None:
    assert HALL.is_certain(at("2026-12-30 10:00"), at("2026-12-31 18:00"))
    due = HALL.legal_due(at("2026-12-31 10:00"))
    assert text(due) == "2027-01-01 18:00"  # a weekday; that it is a holiday is not published yet
    assert not HALL.is_certain(at("2026-12-31 10:00"), due)


def test_hours_that_cannot_be_meant() -> None:
    assert not HALL.hours.wrong
    assert HALL.hours.lunch == Span(time(12), time(13))
    assert Hours((Span(time(9), time(17)),)).lunch is None
    three = Hours((Span(time(8), time(10)), Span(time(10, 15), time(12)), Span(time(14), time(18))))
    assert three.lunch == Span(time(12), time(14))
    for spans in ((), (AFTERNOON, MORNING), (Span(time(9), time(9)),), (MORNING, Span(time(11), time(18)))):
        assert Hours(spans).wrong
    assert Hours((MORNING,), (Extension(1, Span(time(20), time(18))),)).wrong


moments = st.datetimes(datetime(2025, 1, 1), datetime(2027, 6, 1)).map(lambda one: one.replace(tzinfo=SHANGHAI))
lengths = st.integers(0, 3000).map(minutes)
halls = st.sampled_from([HALL, offering(Extension(3, EVENING, True), Extension(6, SATURDAY, True))])


@given(halls, moments, lengths, lengths)
def test_adding_then_measuring(hall: WorkingTime, start: datetime, first: timedelta, second: timedelta) -> None:
    there = hall.add(start, first + second)
    assert hall.between(start, there) == first + second
    assert hall.add(hall.add(start, first), second) == there


@given(halls, moments, moments, lengths, lengths)
def test_later_never_means_earlier(
    hall: WorkingTime, one: datetime, two: datetime, short: timedelta, more: timedelta
) -> None:
    one, two = min(one, two), max(one, two)
    assert hall.add(one, short) <= hall.add(one, short + more)
    assert hall.add(one, short + minutes(1)) <= hall.add(two, short + minutes(1))
    assert one < hall.legal_due(one) <= hall.legal_due(two)
    assert minutes(0) <= hall.between(one, two) <= two - one


@given(halls, moments, lengths, st.data())
def test_a_pause_moves_the_promise_by_its_working_time(
    hall: WorkingTime, start: datetime, promised: timedelta, data: Any
) -> None:
    due = hall.add(start, promised)
    began = start + data.draw(st.floats(0, 1)) * (due - start)
    ended = began + data.draw(lengths)
    moved = hall.after_pause(due, began, ended, "office")
    pause = hall.between(began, ended)
    if began < due:
        assert hall.between(start, moved) == promised + pause
        assert hall.between(start, moved, [(began, ended)]) == promised
    else:
        assert moved == due
    assert hall.after_pause(due, began, ended, "wall") == (due + (ended - began) if began < due else due)


@given(moments, moments, moments, moments)
def test_pauses_are_subtracted_once(start: datetime, one: datetime, two: datetime, three: datetime) -> None:
    one, two, three = sorted((one, two, three))
    end = start + timedelta(days=400)
    pause = HALL.between(max(start, one), min(end, three))
    assert HALL.between(start, end, [(one, two), (one, three), (two, three)]) == HALL.between(start, end) - pause


def test_fifteen_working_days_over_the_spring_festival() -> None:
    """13 and the make-up Saturday 14 February, then the holidays to the 23rd, then thirteen more."""
    opened = at("2026-02-12 16:30")
    due = HALL.end_of_day(opened, 15)
    assert text(due) == "2026-03-11 18:00"
    days = [opened.date() + timedelta(days=n) for n in range(1, 60)]
    assert sum(CALENDAR.is_working(day) for day in days if day <= due.date()) == 15
