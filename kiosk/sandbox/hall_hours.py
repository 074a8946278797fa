"""The hours of a hall are data of the hall; its supervisor changes them. Promises given before keep their time."""

from dataclasses import dataclass
from datetime import time, timedelta
from functools import cache

import msgspec
import sqlalchemy as sa

from kiosk.code_tables.workdays import missing_year_alarm, workdays
from kiosk.contracts.platform_api import clocks as wire
from kiosk.rules.working_time import Calendar, Extension, Hours, Measure, Span, WorkingTime

from . import tables as t
from .call import Call, Reply
from .feed import own_site
from .handling import Handlers, of_rows
from .moments import at, ms_of
from .platform import Platform
from .refusal import Refused, invalid
from .transaction import Tx

# Until somebody gives a hall its own.
_USUAL = wire.SetHallHours((wire.HallSpanSent("09:00", "12:00"), wire.HallSpanSent("13:00", "18:00")))


@dataclass(frozen=True, slots=True)
class HallTime:
    """How time is reckoned at one hall."""

    time: WorkingTime
    invoice_measure: Measure

    @property
    def edition(self) -> str:
        """Which calendar is reckoned with."""
        return self.time.calendar.edition

    @property
    def words(self) -> str:
        """The usual day, as it stands on papers: 09:00–12:00，13:00–18:00."""
        return "，".join(f"{one.opens:%H:%M}–{one.closes:%H:%M}" for one in self.time.hours.spans)

    def when_working(self, moment_ms: int) -> int:
        """That moment, or when the office works next."""
        moment = at(moment_ms)
        if self.time.is_working(moment):
            return moment_ms
        return ms_of(self.time.add(moment, timedelta(milliseconds=1))) - 1

    def end_of_day(self, start_ms: int, days: int) -> int:
        """End of hall hours on the n-th working day after."""
        return ms_of(self.time.end_of_day(at(start_ms), days))

    def is_certain(self, start_ms: int, due_ms: int) -> bool:
        """Whether every list of holidays that was reckoned with is known."""
        return self.time.is_certain(at(start_ms), at(due_ms))


def hall_time(tx: Tx, site_id: str) -> HallTime:
    """The time of a hall, as its hours stand now."""
    told = _told(tx, site_id)[0]
    return HallTime(WorkingTime(_hours(told), calendar()), told.invoice_clock)


@cache
def calendar() -> Calendar:
    """The calendar that the platform reckons with."""
    held = workdays()
    return Calendar(held.edition, held.exceptions, held.years)


def get_hall_hours(call: Call, tx: Tx) -> Reply:
    """When the hall is open. What is open now changes without a new version, so there is no 304."""
    return _answer(tx, own_site(call))


def set_hall_hours(platform: Platform, call: Call, tx: Tx) -> Reply:
    """Other hours from now on, by a supervisor of the hall who has seen those that stand."""
    asked, site_id = call.body(wire.SetHallHours), own_site(call)
    column = t.site_hours.c
    seen = _told(tx, site_id)[1]
    call.expect(seen)
    hours = _hours(asked)
    if hours.wrong:
        raise invalid("/spans", "in order, apart, each ending after it begins")
    values = {
        "hours": msgspec.json.encode(asked), "changed_at": tx.now, "changed_by": call.caller.staff_ref,
        "version": seen + 1,
    }  # fmt: skip
    if seen == 0:
        done = platform.store.insert_new(tx.c, t.site_hours, {"site_id": site_id, **values})
    else:
        mine = sa.update(t.site_hours).where(column.site_id == site_id, column.version == seen)
        done = tx.c.execute(mine.values(**values)).rowcount == 1
    if not done:
        raise Refused("version-mismatch")
    tx.changed(site_id, "hall_hours", site_id, seen + 1)
    return _answer(tx, site_id)


def seed(c: sa.Connection, first: str, second: str) -> None:
    """Two halls with hours of their own: extended service in the first, a longer break in the second."""
    evening = wire.HallExtensionSent(3, "18:00", "20:00", note="周三延时服务")
    saturday = wire.HallExtensionSent(6, "09:30", "12:00", note="周六错时服务")
    hours = {
        first: wire.SetHallHours(_USUAL.spans, (evening, saturday)),
        second: wire.SetHallHours((wire.HallSpanSent("09:00", "12:30"), wire.HallSpanSent("14:00", "17:30"))),
    }
    for site_id, told in hours.items():
        c.execute(t.site_hours.insert().values(site_id=site_id, version=1, hours=msgspec.json.encode(told)))


def _told(tx: Tx, site_id: str) -> tuple[wire.SetHallHours, int]:
    column = t.site_hours.c
    row = tx.c.execute(sa.select(column.hours, column.version).where(column.site_id == site_id)).first()
    if row is None:
        return _USUAL, 0
    return msgspec.json.decode(row.hours, type=wire.SetHallHours), row.version


def _hours(told: wire.SetHallHours) -> Hours:
    extended = tuple(Extension(one.weekday, _span(one), one.counts) for one in told.extended)
    return Hours(tuple(_span(one) for one in told.spans), extended)


def _span(told: wire.HallSpanSent | wire.HallExtensionSent) -> Span:
    return Span(time.fromisoformat(told.opens), time.fromisoformat(told.closes))


def _answer(tx: Tx, site_id: str) -> Reply:
    told, version = _told(tx, site_id)
    hall, now = WorkingTime(_hours(told), calendar()), at(tx.now)
    lunch, closing, opening = hall.hours.lunch, hall.next_closing(now), hall.next_opening(now)
    answer = wire.HallHours(
        site_id=site_id, version=version, spans=tuple(wire.HallSpan(one.opens, one.closes) for one in told.spans),
        lunch=None if lunch is None else wire.HallSpan(f"{lunch.opens:%H:%M}", f"{lunch.closes:%H:%M}"),
        extended=tuple(
            wire.HallExtension(one.weekday, one.opens, one.closes, one.counts, one.note) for one in told.extended
        ),
        invoice_clock=told.invoice_clock, calendar_edition=hall.calendar.edition, open_now=hall.is_open(now),
        next_closing=closing, next_opening=opening, certain=hall.is_certain(now, max(closing, opening)),
        missing_year=missing_year_alarm(now.date()),
    )  # fmt: skip
    return Reply(200, answer, f"v{version}")


HANDLERS: Handlers = {"getHallHours": of_rows(get_hall_hours), "setHallHours": set_hall_hours}
