"""Working time: when a hall works, and until when a promise given there holds.

All reckoning is in the time of Chongqing, which has no summer time. A promise in days ends with the hall hours of the
n-th working day after its start, the day of the start not counted; a promise in minutes runs only while the office
works. Extended service keeps the doors open, but promises run then only where the hall says so.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from itertools import pairwise
from typing import Literal

SHANGHAI = timezone(timedelta(hours=8))
INVOICE_MINUTES = 60  # R64: from the approval until the articles are at the store and the device is issued
CORRECTION_DAYS = 5  # to say everything that is missing; after that the application counts as accepted
SETUP_DAYS, INVOICE_KINDS_DAYS = 3, 5  # statutory limits
_TARGET = timedelta(hours=8)
_DAY = timedelta(days=1)

Measure = Literal["office", "wall"]


@dataclass(frozen=True, slots=True)
class Span:
    """From one time of the day to a later one of the same day; the end does not belong to it."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Extension:
    """Extended service (错时、延时服务) on one day of the week."""

    weekday: int  # 1 Monday … 7 Sunday
    span: Span
    counts: bool = False  # the office works too, so promises run


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of a working day, with their break, and what is offered beyond them."""

    spans: tuple[Span, ...]
    extended: tuple[Extension, ...] = ()

    @property
    def wrong(self) -> bool:
        """No hours at all, hours that end before they begin, or hours that overlap or come out of order."""
        ends = [edge for span in self.spans for edge in (span.opens, span.closes)]
        rising = all(one < other for one, other in pairwise(ends))
        return not self.spans or not rising or any(one.span.opens >= one.span.closes for one in self.extended)

    @property
    def lunch(self) -> Span | None:
        """The longest break between the hours, if there is one."""
        breaks = [Span(one.closes, two.opens) for one, two in pairwise(self.spans)]
        return max(breaks, key=lambda one: _on(date.min, one.closes) - _on(date.min, one.opens), default=None)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days on which the week's pattern does not hold: True a make-up day (调休), False a holiday."""

    edition: str
    exceptions: Mapping[date, bool]
    years: frozenset[int]  # those whose list is published and here

    def is_working(self, day: date) -> bool:
        """Whether that is a working day; in a year without a list every weekday is taken for one."""
        return self.exceptions.get(day, day.weekday() < 5)

    def is_holiday(self, day: date) -> bool:
        """Whether a day belongs to a holiday, the weekend days inside and beside the listed ones included."""
        if self.is_working(day):
            return False
        return any(self.exceptions.get(one) is False for step in (_DAY, -_DAY) for one in self._free(day, step))

    def _free(self, day: date, step: timedelta) -> Iterator[date]:
        while not self.is_working(day):
            yield day
            day += step

    def is_certain(self, first: date, last: date) -> bool:
        """Whether the lists of all years from one day to the other are known."""
        return all(year in self.years for year in range(first.year, last.year + 1))


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """The working time of one hall."""

    hours: Hours
    calendar: Calendar

    def is_working(self, moment: datetime) -> bool:
        """Whether promises run at that moment."""
        moment = moment.astimezone(SHANGHAI)
        return any(opens <= moment < closes for opens, closes in self._office(moment.date()))

    def is_open(self, moment: datetime) -> bool:
        """Whether the doors are open, be it for extended service."""
        moment = moment.astimezone(SHANGHAI)
        return any(opens <= moment < closes for opens, closes in self._doors(moment.date()))

    def next_closing(self, moment: datetime) -> datetime:
        """When the doors close next, for the break or for the day."""
        return next(closes for _, closes in self._all_doors(moment) if closes > moment)

    def next_opening(self, moment: datetime) -> datetime:
        """When the doors open next."""
        return next(opens for opens, _ in self._all_doors(moment) if opens > moment)

    def add(self, start: datetime, length: timedelta) -> datetime:
        """The moment when that much working time has gone by."""
        start = start.astimezone(SHANGHAI)
        left, day = length, start.date()
        if left <= timedelta():
            return start
        while True:
            for opens, closes in self._office(day):
                begins = max(start, opens)
                if begins + left <= closes:
                    return begins + left
                left -= max(timedelta(), closes - begins)
            day += _DAY

    def between(self, start: datetime, end: datetime, pauses: Iterable[tuple[datetime, datetime]] = ()) -> timedelta:
        """Working time from one moment to a later one, without the pauses; none when the order is the other way."""
        start, end = start.astimezone(SHANGHAI), end.astimezone(SHANGHAI)
        total = self._plain(start, end)
        for began, ended in _merged(pauses):
            total -= self._plain(max(start, began), min(end, ended))
        return total

    def end_of_day(self, start: datetime, days: int) -> datetime:
        """End of hall hours on the n-th working day after the start; the day of the start is not counted."""
        day = start.astimezone(SHANGHAI).date()
        for _ in range(days):
            day += _DAY
            while not self.calendar.is_working(day):
                day += _DAY
        return self._office(day)[-1][1]

    def legal_due(self, accepted: datetime) -> datetime:
        """Until when one working day (一日办结) is kept."""
        return self.end_of_day(accepted, 1)

    def internal_target(self, accepted: datetime) -> datetime:
        """Eight working hours after the acceptance: what the hall itself aims at."""
        return self.add(accepted, _TARGET)

    def after(self, start: datetime, length: timedelta, measure: Measure) -> datetime:
        """The moment when that much time has gone by, of the office or on the wall."""
        return self.add(start, length) if measure == "office" else start + length

    def length(self, start: datetime, end: datetime, measure: Measure) -> timedelta:
        """Time from one moment to a later one, of the office or on the wall; never less than none."""
        return self.between(start, end) if measure == "office" else max(timedelta(), end - start)

    def after_pause(self, due: datetime, began: datetime, ended: datetime, measure: Measure) -> datetime:
        """A promise after a pause: later by what the pause took. One that was over already stays over."""
        return due if began >= due else self.after(due, self.length(began, ended, measure), measure)

    def is_certain(self, start: datetime, due: datetime) -> bool:
        """Whether every year that was reckoned with has its list."""
        return self.calendar.is_certain(start.astimezone(SHANGHAI).date(), due.astimezone(SHANGHAI).date())

    def _plain(self, start: datetime, end: datetime) -> timedelta:
        total, day = timedelta(), start.astimezone(SHANGHAI).date()
        while day <= end.astimezone(SHANGHAI).date():
            for opens, closes in self._office(day):
                total += max(timedelta(), min(end, closes) - max(start, opens))
            day += _DAY
        return total

    def _office(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        return self._open(day, [one for one in self.hours.extended if one.counts])

    def _doors(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        return self._open(day, self.hours.extended)

    def _open(self, day: date, extended: Iterable[Extension]) -> tuple[tuple[datetime, datetime], ...]:
        spans = list(self.hours.spans) if self.calendar.is_working(day) else []
        more = [one.span for one in extended if one.weekday == day.isoweekday()]
        if more and not self.calendar.is_holiday(day):
            spans += more
        return _merged((_on(day, span.opens), _on(day, span.closes)) for span in spans)

    def _all_doors(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        day = moment.astimezone(SHANGHAI).date()
        while True:
            yield from self._doors(day)
            day += _DAY


def _on(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, SHANGHAI)


def _merged(spans: Iterable[tuple[datetime, datetime]]) -> tuple[tuple[datetime, datetime], ...]:
    found: list[tuple[datetime, datetime]] = []
    for begins, ends in sorted(spans):
        if found and begins <= found[-1][1]:
            found[-1] = (found[-1][0], max(ends, found[-1][1]))
        else:
            found.append((begins, ends))
    return tuple(found)
