"""The figures of supervision, pure: facts in, figures out. Each says what it was counted from.

A figure without anything to count from has no value: nought of nought is not nought per cent. A visit that nobody
rated is counted as unrated, and never among the good ones.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from kiosk.contracts.platform_api import supervision as wire

from .moments import DAY, HOUR, MINUTE, at

GOOD_FROM = 3  # 基本满意 and better


class Dated(Protocol):
    """Whatever happened at a moment."""

    @property
    def at(self) -> int:
        """When, in milliseconds."""


D = TypeVar("D", bound=Dated)


@dataclass(frozen=True, slots=True)
class Submitted:
    """A case that arrived, and what the window made of it."""

    at: int
    accepted: bool
    returned: bool


@dataclass(frozen=True, slots=True)
class Accepted:
    """A case that was accepted: promised for ``due_at``; ``finished_at``: ready, closed or refused."""

    at: int
    case_no: str
    due_at: int
    finished_at: int | None = None
    withdrawn: bool = False
    rated: bool = False


@dataclass(frozen=True, slots=True)
class Closed:
    """A case whose things were collected."""

    at: int
    visits: int  # corrections and hand-overs that each cost a way to the hall
    rated: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """A one-time notice; ``second``: its chain had one before; ``repeated``: something was asked for again."""

    at: int
    case_no: str
    second: bool
    repeated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Invoice:
    """Paper invoices in preparation."""

    at: int
    due_at: int
    prepared_at: int | None


@dataclass(frozen=True, slots=True)
class Visit:
    """A number of the queue."""

    at: int
    called_at: int | None
    finished_at: int | None
    window: str


@dataclass(frozen=True, slots=True)
class Rating:
    """One rating."""

    at: int
    level: int


@dataclass(frozen=True, slots=True)
class Helped:
    """A call for a helper; ``joined_at`` None: nobody came, ``done_at`` None: somebody is there now."""

    at: int
    joined_at: int | None
    done_at: int | None


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that happened, no more."""

    at: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that is counted."""

    submitted: Sequence[Submitted] = ()
    accepted: Sequence[Accepted] = ()
    closed: Sequence[Closed] = ()
    notices: Sequence[Notice] = ()
    invoices: Sequence[Invoice] = ()
    visits: Sequence[Visit] = ()
    ratings: Sequence[Rating] = ()
    handovers: Sequence[Happened] = ()
    discrepancies: Sequence[Happened] = ()
    helped: Sequence[Helped] = ()


def share(name: str, numerator: int, denominator: int) -> wire.Figure:
    """A part of a whole."""
    return wire.Figure(name, numerator, denominator, round(numerator / denominator, 4) if denominator else None)


def percentile(values: Iterable[float], part: float) -> float | None:
    """The nearest rank; None without values."""
    known = sorted(values)
    return known[max(0, math.ceil(part * len(known)) - 1)] if known else None


def judged(one: Accepted, now: int) -> bool:
    """Whether the promise can be judged already: it is finished, or its time is over."""
    return not one.withdrawn and (one.finished_at is not None or one.due_at < now)


def breached(one: Accepted, now: int) -> bool:
    """Whether it was not finished when it was promised."""
    return judged(one, now) and (one.finished_at is None or one.finished_at > one.due_at)


def figures_of(facts: Facts, now: int) -> tuple[wire.Figure, ...]:
    """All figures, always the same names in the same order."""
    return (*_cases(facts, now), *_notices(facts), *_invoices(facts, now), *_queue(facts), *_ratings(facts),
            share("discrepancies", len(facts.discrepancies), len(facts.handovers)), *_help(facts))  # fmt: skip


def _cases(facts: Facts, now: int) -> tuple[wire.Figure, ...]:
    due = [one for one in facts.accepted if judged(one, now)]
    days = [
        one for one in facts.accepted
        if not one.withdrawn and (one.finished_at is not None or _day(one.at) < _day(now))
    ]  # fmt: skip
    same_day = [one for one in days if one.finished_at is not None and _day(one.finished_at) == _day(one.at)]
    late = sum(breached(one, now) for one in due)
    return (
        share("accepted", sum(one.accepted for one in facts.submitted), len(facts.submitted)),
        share("done_same_day", len(same_day), len(days)),
        share("one_day_promise_kept", len(due) - late, len(due)),
        share("breaches", late, len(due)),
        share("corrections", sum(one.returned for one in facts.submitted), len(facts.submitted)),
        share("one_visit", sum(one.visits <= 1 for one in facts.closed), len(facts.closed)),
    )


def _notices(facts: Facts) -> tuple[wire.Figure, ...]:
    return (
        share("second_notices", sum(one.second for one in facts.notices), len(facts.notices)),
        share("duplicate_demands", sum(bool(one.repeated) for one in facts.notices), len(facts.notices)),
    )


def _invoices(facts: Facts, now: int) -> tuple[wire.Figure, ...]:
    due = [one for one in facts.invoices if one.prepared_at is not None or one.due_at < now]
    kept = [one for one in due if one.prepared_at is not None and one.prepared_at <= one.due_at]
    return (share("invoices_within_60_minutes", len(kept), len(due)),)


def _queue(facts: Facts) -> tuple[wire.Figure, ...]:
    waits = [(one.called_at - one.at) / MINUTE for one in facts.visits if one.called_at is not None]
    served = [one for one in facts.visits if one.finished_at is not None]
    hours = {(one.window, one.finished_at // HOUR) for one in served if one.finished_at is not None}
    per_hour = round(len(served) / len(hours), 2) if hours else None
    return (
        _minutes("waiting_minutes_p50", percentile(waits, 0.5), len(waits), len(facts.visits)),
        _minutes("waiting_minutes_p90", percentile(waits, 0.9), len(waits), len(facts.visits)),
        wire.Figure("visits_per_window_hour", len(served), len(hours), per_hour, "per_window_hour"),
    )


def _help(facts: Facts) -> tuple[wire.Figure, ...]:
    """Helpers (R56): how many calls somebody came to, how long that took, and how long somebody stayed."""
    came = [(one, one.joined_at) for one in facts.helped if one.joined_at is not None]
    waits = [(joined - one.at) / MINUTE for one, joined in came]
    stays = [(one.done_at - joined) / MINUTE for one, joined in came if one.done_at is not None]
    calls = len(facts.helped)
    return (
        share("helped", len(came), calls),
        _minutes("help_waiting_minutes_p50", percentile(waits, 0.5), len(waits), calls),
        _minutes("help_waiting_minutes_p90", percentile(waits, 0.9), len(waits), calls),
        _minutes("help_minutes_p50", percentile(stays, 0.5), len(stays), len(came)),
        _minutes("help_minutes_p90", percentile(stays, 0.9), len(stays), len(came)),
    )


def _minutes(name: str, value: float | None, counted: int, of: int) -> wire.Figure:
    return wire.Figure(name, counted, of, None if value is None else round(value, 1), "minutes")


def _ratings(facts: Facts) -> tuple[wire.Figure, ...]:
    given = len(facts.ratings)
    chances = [one.rated for one in facts.accepted] + [one.rated for one in facts.closed]
    by_level = tuple(
        share(f"level_{level}", sum(one.level == level for one in facts.ratings), given) for level in (5, 4, 3, 2, 1)
    )
    good = sum(one.level >= GOOD_FROM for one in facts.ratings)
    return (
        *by_level, share("good", good, given), share("unrated", sum(not rated for rated in chances), len(chances)),
    )  # fmt: skip


def split(facts: Facts, key: Callable[[int], str]) -> dict[str, Facts]:
    """The facts by a word for their moment."""

    kinds = (
        facts.submitted, facts.accepted, facts.closed, facts.notices, facts.invoices, facts.visits, facts.ratings,
        facts.handovers, facts.discrepancies, facts.helped,
    )  # fmt: skip
    words = {key(one.at) for many in kinds for one in many}

    def of(items: Sequence[D], word: str) -> tuple[D, ...]:
        return tuple(one for one in items if key(one.at) == word)

    return {
        word: Facts(
            of(facts.submitted, word), of(facts.accepted, word), of(facts.closed, word), of(facts.notices, word),
            of(facts.invoices, word), of(facts.visits, word), of(facts.ratings, word), of(facts.handovers, word),
            of(facts.discrepancies, word), of(facts.helped, word),
        )
        for word in sorted(words)
    }  # fmt: skip


def key_of(group_by: Literal["total", "day", "hour"]) -> Callable[[int], str]:
    """The word under which a moment is counted."""
    if group_by == "day":
        return _day
    if group_by == "hour":
        return lambda moment: f"{at(moment):%H}"
    return lambda _moment: "total"


def days_between(first: int, last: int) -> tuple[str, ...]:
    """Every day from one moment to another."""
    return tuple(dict.fromkeys(_day(moment) for moment in range(first, last, DAY)))


def _day(moment: int) -> str:
    return at(moment).date().isoformat()
