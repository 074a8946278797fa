"""Promises in working time: one working day for the case, sixty working minutes for the invoices.

Hall hours 09:00-12:00 and 13:00-18:00. The exceptions of 2025 and 2026 are data; in a year without data every weekday
counts as a working day.
"""

import csv
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files

from .moments import SHANGHAI, at, ms_of

_SPANS = ((time(9), time(12)), (time(13), time(18)))
INVOICE_MINUTES = 60
HOURS_TEXT = "，".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in _SPANS)


@cache
def _exceptions() -> dict[str, str]:
    with files("kiosk.sandbox").joinpath("data/workdays.csv").open(encoding="utf-8") as lines:
        return {row["date"]: row["kind"] for row in csv.DictReader(lines)}


def is_working(day: date) -> bool:
    """Whether the hall is open that day."""
    kind = _exceptions().get(day.isoformat())
    return kind == "workday" if kind else day.weekday() < 5


def case_due(accepted_ms: int) -> int:
    """End of hall hours on the next working day."""
    day = at(accepted_ms).date() + timedelta(days=1)
    while not is_working(day):
        day += timedelta(days=1)
    return ms_of(datetime.combine(day, _SPANS[-1][1], SHANGHAI))


def after_working_minutes(start_ms: int, minutes: int) -> int:
    """The moment when that many working minutes have gone by."""
    moment, left = at(start_ms), timedelta(minutes=minutes)
    day = moment.date()
    while True:
        for opens, closes in _SPANS if is_working(day) else ():
            begin = max(moment, datetime.combine(day, opens, SHANGHAI))
            end = datetime.combine(day, closes, SHANGHAI)
            if begin < end:
                if begin + left <= end:
                    return ms_of(begin + left)
                left -= end - begin
        day += timedelta(days=1)
