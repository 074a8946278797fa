"""A day by touch: year, month and day as three wheels that never leave the days that may be chosen."""

from calendar import monthrange
from datetime import date, timedelta

from ui.words import Words

from .page import Row

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def read_day(text: str, otherwise: date, first: date, last: date) -> date:
    """The day that a screen remembers, inside the range; ``otherwise`` when it remembers none."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = otherwise
    return min(max(day, first), last)


def wheels(day: date, first: date, last: date, words: Words) -> tuple[Row, ...]:
    """One row a wheel: what it says, and the days that one step up or down leads to; empty where there is none."""
    steps = (("year", _months_on(day, 12), _months_on(day, -12)), ("month", _months_on(day, 1), _months_on(day, -1)),
             ("day", _days_on(day, 1), _days_on(day, -1)))  # fmt: skip
    shown = {"year": f"{day.year}", "month": f"{day.month}", "day": f"{day.day}"}
    if words.language == "en":
        shown["month"] = _MONTHS[day.month - 1]
    return tuple(
        {
            "key": name,
            "text": words.say(f"wheel.{name}", n=shown[name]),
            "label": words.say(f"wheel.{name}_label"),
            "up": _clamped(up, day, first, last),
            "down": _clamped(down, day, first, last),
        }
        for name, up, down in steps
    )


def day_text(day: date, words: Words) -> str:
    """2031 年 11 月 22 日, 22 Nov 2031."""
    if words.language == "zh":
        return f"{day.year} 年 {day.month} 月 {day.day} 日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _months_on(day: date, months: int) -> date | None:
    """The same day so many months on; the last of the month where that month is shorter. None beyond the calendar."""
    number = day.year * 12 + day.month - 1 + months
    year, month = divmod(number, 12)
    if not date.min.year <= year <= date.max.year:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _days_on(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def _clamped(to: date | None, day: date, first: date, last: date) -> str:
    """Where a step ends: at the edge of the range at the latest; empty where it would not move."""
    ends = None if to is None else min(max(to, first), last)
    return "" if ends is None or ends == day else ends.isoformat()
