"""The calendar of working days as a versioned pack: what the State Council has published, and what it has not yet.

Every weekday is a working day unless a row says otherwise. A year without a list falls back to that pattern, and
whoever reckons with it has to say that the result is not certain.
"""

import hashlib
import json
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

_KINDS = {"holiday": False, "workday": True}
_ALARM_FROM = (12, 1)  # the next year's list is out by then


@dataclass(frozen=True, slots=True)
class Workdays:
    """One edition of the calendar."""

    id: str
    edition: str
    effective: str
    source: str
    licence: str
    sha256: str
    years: frozenset[int]
    rows: tuple[dict[str, str], ...]

    @property
    def exceptions(self) -> Mapping[date, bool]:
        """Days out of the pattern: True for a make-up day, False for a holiday."""
        return {date.fromisoformat(row["date"]): _KINDS[row["kind"]] for row in self.rows}


@cache
def workdays() -> Workdays:
    """The calendar of this program."""
    return read(files("kiosk.code_tables").joinpath("data/workdays.toml").read_text("utf-8"))


def read(text: str) -> Workdays:
    """A calendar from its file; ValueError when it is not what its hash says, or a row cannot be meant."""
    told = tomllib.loads(text)
    rows = tuple(dict(row) for row in told["rows"])
    found = rows_sha256(rows)
    if found != told["sha256"]:
        raise ValueError(f"calendar {told['edition']}: the rows have sha256 {found}, the file says {told['sha256']}")
    years = frozenset(told["years"])
    if wrong := [row["date"] for row in rows if not _makes_sense(row, years)]:
        raise ValueError(f"calendar {told['edition']}: these rows cannot be meant: {', '.join(wrong)}")
    days = [row["date"] for row in rows]
    if days != sorted(set(days)):
        raise ValueError(f"calendar {told['edition']}: every day once, in order")
    head = {name: told[name] for name in ("id", "edition", "effective", "source", "licence", "sha256")}
    return Workdays(**head, years=years, rows=rows)


def rows_sha256(rows: tuple[dict[str, str], ...]) -> str:
    """The hash of the rows, made as for every pack of the contract."""
    text = json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def missing_year_alarm(today: date, years: Collection[int] | None = None) -> int | None:
    """The year whose list is missing though it should be here: this one, or from 1 December on the next."""
    known = workdays().years if years is None else years
    wanted = [today.year] + ([today.year + 1] if (today.month, today.day) >= _ALARM_FROM else [])
    return next((year for year in wanted if year not in known), None)


def _makes_sense(row: Mapping[str, str], years: Collection[int]) -> bool:
    # A holiday on a Sunday or a make-up day on a Tuesday changes nothing: somebody mistyped.
    day = date.fromisoformat(row["date"])
    return row["kind"] in _KINDS and day.year in years and _KINDS[row["kind"]] == (day.weekday() >= 5)
