"""How old a pack may grow before people are told, and before nothing is submitted from it any more: rules as data."""

import enum
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from . import shipped
from .pack import Head, Pack, PackError


class Freshness(enum.Enum):
    """What a terminal may do with the edition that it holds."""

    NOT_YET = "not_yet"  # it holds from a later day on
    CURRENT = "current"
    OLD = "old"  # used, and its age is said
    EXPIRED = "expired"  # to look at only: nothing is submitted from it


@dataclass(frozen=True, slots=True)
class AgeRule:
    """Days since the platform last confirmed the edition, and the day of the year (month, day) from which the list of
    the next year should be there. None: no such limit."""

    old_after: int | None = None
    expired_after: int | None = None
    next_year_from: tuple[int, int] | None = None


@cache
def rules() -> Mapping[str, AgeRule]:
    """The rules of every pack that has some."""
    return rules_of(shipped.pack("pack_rules"))


def rules_of(pack: Pack) -> Mapping[str, AgeRule]:
    """Rules from their pack; PackError where a limit is no number or a day is none."""
    try:
        return {
            row["pack"]: AgeRule(
                _days(row["old_after_days"]), _days(row["expired_after_days"]), _day_of_year(row["next_year_from"])
            )
            for row in pack.rows
        }
    except ValueError as error:
        raise PackError(f"pack_rules {pack.edition}: {error}") from error


def rule_of(name: str) -> AgeRule:
    """The rule of one pack; without one it never ages."""
    return rules().get(name, AgeRule())


def freshness(pack: Head, today: date, rule: AgeRule, confirmed: date | None = None) -> Freshness:
    """What the pack is good for today. ``confirmed``: when the platform last said that this is the edition in force;
    without it the pack is as old as the day from which it holds."""
    if today < pack.effective:
        return Freshness.NOT_YET
    missing = missing_year(today, years_of(pack), rule)
    aged = by_age(confirmed or pack.effective, today, rule)
    if missing == today.year or aged is Freshness.EXPIRED:
        return Freshness.EXPIRED
    return Freshness.OLD if missing is not None else aged


def by_age(confirmed: date, today: date, rule: AgeRule) -> Freshness:
    """What the days since the platform last confirmed an edition make of it."""
    age = (today - confirmed).days
    if rule.expired_after is not None and age > rule.expired_after:
        return Freshness.EXPIRED
    return Freshness.OLD if rule.old_after is not None and age > rule.old_after else Freshness.CURRENT


@dataclass(frozen=True, slots=True)
class ListHealth:
    """One list as a technician sees it, in a line. ``good`` is None where nothing is wrong yet, but somebody should
    know."""

    name: str
    good: bool | None
    text: str


def health(today: date, catalogue: tuple[str, date] | None) -> tuple[ListHealth, ...]:
    """The lists whose age a technician has to see to. ``catalogue``: the edition of the business scope that this
    terminal holds, and the day on which the platform last confirmed it; None where it has none yet."""
    calendar = shipped.pack("calendar")
    missing = missing_year(today, years_of(calendar), rule_of("calendar"))
    lack = f", the list of {missing} is missing" if missing else ""
    listed = None if missing == today.year + 1 else missing is None  # without this year's, days are reckoned wrongly
    days = ListHealth("calendar", listed, f"{calendar.edition}, years {calendar.fact('years')}{lack}")
    if catalogue is None:
        return days, ListHealth("business scope", None, "none yet, the platform sends it")
    edition, confirmed = catalogue
    aged = by_age(confirmed, today, rule_of("business_scope"))
    told = f"{edition}, confirmed {confirmed.isoformat()}, {aged.value}"
    good = {Freshness.CURRENT: True, Freshness.OLD: None}.get(aged, False)
    return days, ListHealth("business scope", good, told)


def missing_year(today: date, years: Collection[int], rule: AgeRule) -> int | None:
    """The year whose list should be there and is not: this one first, then the next."""
    if rule.next_year_from is None:
        return None
    wanted = [today.year] + ([today.year + 1] if (today.month, today.day) >= rule.next_year_from else [])
    return next((year for year in wanted if year not in years), None)


def years_of(pack: Head) -> frozenset[int]:
    """The years of which a pack speaks, as its head tells them."""
    told = pack.fact("years").split()
    if strange := [year for year in told if not (year.isascii() and year.isdigit())]:
        raise PackError(f"{pack.id} {pack.edition}: no year: {strange[0]}")
    return frozenset(int(year) for year in told)


def _days(text: str) -> int | None:
    return int(text) if text else None


def _day_of_year(text: str) -> tuple[int, int] | None:
    if not text:
        return None
    day = date.fromisoformat(f"2000-{text}")  # a leap year, so that 29 February may be meant
    return day.month, day.day
