"""The calendar of working days (调休 included): what the State Council has published, and what it has not yet.

Every weekday is a working day unless a row says otherwise. A year without a list falls back to that pattern, and
whoever reckons with it has to say that the result is not certain.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from . import freshness, shipped
from .pack import Pack, PackError, Row

_KINDS = {"holiday": False, "workday": True}


@dataclass(frozen=True, slots=True)
class Workdays:
    """One edition of the calendar. ``exceptions`` are days out of the pattern: True for a make-up day, False for a
    holiday."""

    edition: str
    years: frozenset[int]
    exceptions: Mapping[date, bool]


@cache
def workdays() -> Workdays:
    """The calendar of this program."""
    return of_pack(shipped.pack("calendar"))


def of_pack(pack: Pack) -> Workdays:
    """A calendar from its pack; PackError when a row cannot be meant."""
    years = freshness.years_of(pack)
    if wrong := [row["date"] for row in pack.rows if not _makes_sense(row, years)]:
        raise PackError(f"calendar {pack.edition}: these rows cannot be meant: {', '.join(wrong)}")
    exceptions = {date.fromisoformat(row["date"]): _KINDS[row["kind"]] for row in pack.rows}
    return Workdays(pack.edition, years, exceptions)


def missing_year_alarm(today: date, years: Collection[int] | None = None) -> int | None:
    """The year whose list is missing though it should be here: this one, or from 1 December on the next."""
    known = workdays().years if years is None else years
    return freshness.missing_year(today, known, freshness.rule_of("calendar"))


def _makes_sense(row: Row, years: Collection[int]) -> bool:
    # A holiday on a Sunday or a make-up day on a Tuesday changes nothing: somebody mistyped.
    try:
        day = date.fromisoformat(row["date"])
    except ValueError:
        return False
    return row["kind"] in _KINDS and day.year in years and _KINDS[row["kind"]] == (day.weekday() >= 5)
