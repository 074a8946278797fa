"""Messages about promises: the clocks of a case, promises that were broken, and the hours of a hall."""

from typing import Annotated, Literal

from msgspec import Meta

from .base import CURSOR, END, LIMIT, Answered, Day, Moment, Offline, Op, Param, Sent, Text40

KindCode = Literal["one_day_promise", "invoice_preparation", "correction_answer", "statutory"]
MeasureCode = Literal["office", "wall"]
HourText = Annotated[str, Meta(pattern="^([01][0-9]|2[0-3]):[0-5][0-9]" + END)]
Weekday = Annotated[int, Meta(ge=1, le=7)]


class ClockPause(Answered, frozen=True):
    """A time that does not count; without an end it is still going on."""

    started_at: Moment
    ended_at: Moment | None = None
    reason: str = ""


class PromiseClock(Answered, frozen=True):
    """One promise of a case or of an item. While it is paused, ``due_at`` is what it would be if it went on now.

    ``remaining_minutes`` are minutes of the ``measure``; not told of a clock that has stopped. ``certain`` is false
    when a year was reckoned with whose list of holidays is not known.
    """

    what: str
    kind: KindCode
    started_at: Moment
    due_at: Moment
    calendar_edition: str
    certain: bool
    measure: MeasureCode = "office"
    internal_target: Moment | None = None
    paused: bool = False
    pauses: tuple[ClockPause, ...] = ()
    stopped_at: Moment | None = None
    breached_at: Moment | None = None
    remaining_minutes: int | None = None


class Clocks(Answered, frozen=True):
    """Every clock of one case, as it stands at ``now``."""

    case_id: str
    now: Moment
    items: tuple[PromiseClock, ...] = ()


class Breach(Answered, frozen=True):
    """A promise was broken: an event, whatever becomes of the case. ``breached_at`` is when the time was up."""

    id: str
    case_id: str
    what: str
    kind: KindCode
    breached_at: Moment
    noticed_at: Moment
    certain: bool
    case_no: str | None = None
    stopped_at: Moment | None = None
    late_minutes: int = 0  # minutes of the promise's own measure, until it was kept after all or until now


class BreachPage(Answered, frozen=True):
    """A page of breaches, latest first; ``next`` goes into ``cursor``."""

    items: tuple[Breach, ...] = ()
    next: str | None = None


class HallSpan(Answered, frozen=True):
    """From one time of the day to another."""

    opens: str
    closes: str


class HallExtension(Answered, frozen=True):
    """Extended service on one day of the week (1 Monday … 7 Sunday); ``counts``: promises run then too."""

    weekday: int
    opens: str
    closes: str
    counts: bool = False
    note: str = ""


class HallHours(Answered, frozen=True):
    """The hours of a hall. ``missing_year``: a year whose list of holidays should be known by now and is not."""

    site_id: str
    version: int
    spans: tuple[HallSpan, ...]
    calendar_edition: str
    open_now: bool
    next_closing: Moment
    next_opening: Moment
    certain: bool
    lunch: HallSpan | None = None
    extended: tuple[HallExtension, ...] = ()
    invoice_clock: MeasureCode = "office"
    missing_year: int | None = None


class HallSpanSent(Sent, frozen=True):
    """From one time of the day to a later one."""

    opens: HourText
    closes: HourText


class HallExtensionSent(Sent, frozen=True):
    """Extended service on one day of the week."""

    weekday: Weekday
    opens: HourText
    closes: HourText
    counts: bool = False
    note: Text40 = ""


class SetHallHours(Sent, frozen=True):
    """The hours of every working day, in order and apart; what lies between them is the break."""

    spans: Annotated[tuple[HallSpanSent, ...], Meta(min_length=1, max_length=4)]
    extended: Annotated[tuple[HallExtensionSent, ...], Meta(max_length=14)] = ()
    invoice_clock: MeasureCode = "office"


OPERATIONS: tuple[Op, ...] = (
    # -- promises
    Op("getClocks", "GET", "/v1/cases/{case_id}/clocks", 200, Clocks, "CWS", "every promise of a case",
       offline=Offline.CACHED, problems=("not-found",)),
    Op("listBreaches", "GET", "/v1/breaches", 200, BreachPage, "S", "broken promises of the hall, latest first",
       query=(Param("from", Day), Param("to", Day), Param("kind", KindCode), LIMIT, CURSOR)),
    Op("getHallHours", "GET", "/v1/halls/{site_id}/hours", 200, HallHours, "T", "when the hall is open",
       offline=Offline.CACHED, problems=("not-found",)),
    Op("setHallHours", "PUT", "/v1/halls/{site_id}/hours", 200, HallHours, "S", "change the hours of the hall",
       SetHallHours, if_match=True, problems=("not-found", "version-mismatch")),
)  # fmt: skip
