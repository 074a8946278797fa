"""What supervision (督查) looks at: is a hall manned and equipped as the plan wants, the figures, the exceptions.

Every figure carries what it was counted from. Without anything to count from it has no value, never nought per cent.
"""

from typing import Annotated, Literal

from msgspec import Meta

from .base import Answered, Code, Day, ItemCode, Moment, Offline, Op, Param, Sent, StaffCode, Text40

GroupCode = Literal["total", "day", "hour"]
ExceptionCode = Literal["overdue", "second_notice", "duplicate_demand", "bad_review_overdue"]


class RosterLine(Answered, frozen=True, omit_defaults=True):
    """Who is on duty, as what, and for a clerk at which window."""

    staff_ref: StaffCode
    duty: Literal["clerk", "helper"]
    window: Code | None = None


class RosterLineSent(RosterLine, frozen=True, forbid_unknown_fields=True):
    """The same, sent."""


class PutRoster(Sent, frozen=True):
    """Everybody on duty on one day, today or later."""

    day: Day
    lines: Annotated[tuple[RosterLineSent, ...], Meta(max_length=100)]


class Roster(Answered, frozen=True):
    """The roster of one day; version 0: none was written."""

    site_id: str
    day: str
    version: int
    lines: tuple[RosterLine, ...] = ()


class Threshold(Answered, frozen=True):
    """One number of the plan against what is there now. ``clause`` is the rule, ``words`` its words."""

    name: Literal["windows", "helpers", "sets"]
    clause: str
    words: str
    wanted: int
    actual: int
    met: bool


class Thresholds(Answered, frozen=True):
    """How a hall stands against the plan's numbers of its tier."""

    site_id: str
    tier: Literal["main", "other"]
    at: Moment
    items: tuple[Threshold, ...]


class QueueService(Sent, frozen=True):
    """One business people can queue for."""

    code: Code
    name: Text40
    items: Annotated[tuple[ItemCode, ...], Meta(min_length=1, max_length=12, extra_json_schema={"uniqueItems": True})]


class CheckQueueServices(Sent, frozen=True):
    """A queue as somebody means to set it up."""

    services: Annotated[tuple[QueueService, ...], Meta(min_length=1, max_length=20)]


class QueueServicesChecked(Answered, frozen=True):
    """It may be set up like that."""

    services: tuple[str, ...]
    clause: str = "R35"


class Figure(Answered, frozen=True):
    """``value`` is numerator by denominator for a share, the amount itself for minutes; None: nothing to count."""

    name: str
    numerator: int
    denominator: int
    value: float | None
    unit: Literal["share", "minutes", "per_window_hour", "count"] = "share"


class StatsGroup(Answered, frozen=True):
    """The figures of one day, of one hour of the day, or of everything."""

    key: str
    figures: tuple[Figure, ...]


class Burden(Answered, frozen=True):
    """How much a step asked of people: the middle and the ninth tenth of what terminals measured."""

    name: str
    step: str
    count: int
    p50: float
    p90: float


class Stats(Answered, frozen=True):
    """The figures of a hall over whole days, both ends included."""

    site_id: str
    from_day: str
    to_day: str
    group_by: GroupCode
    groups: tuple[StatsGroup, ...]
    burden: tuple[Burden, ...] = ()


class ExceptionLine(Answered, frozen=True):
    """One thing that went wrong, by the number of its case."""

    kind: ExceptionCode
    case_no: str
    at: Moment
    due_at: Moment | None = None
    detail: str = ""


class Exceptions(Answered, frozen=True):
    """For the circular (通报): no person in it."""

    site_id: str
    from_day: str
    to_day: str
    items: tuple[ExceptionLine, ...]


_SPAN = (Param("from", Day, True), Param("to", Day, True))

OPERATIONS: tuple[Op, ...] = (
    Op("getRoster", "GET", "/v1/halls/{site_id}/roster", 200, Roster, "WS", "who is on duty",
       query=(Param("day", Day),), etag=True, offline=Offline.CACHED, problems=("not-found",)),
    Op("putRoster", "PUT", "/v1/halls/{site_id}/roster", 200, Roster, "S", "who is on duty on a day", PutRoster,
       if_match=True, first=True, problems=("not-found", "version-mismatch", "too-late")),
    Op("getThresholds", "GET", "/v1/halls/{site_id}/thresholds", 200, Thresholds, "SN",
       "windows, helpers and sets against the plan", problems=("not-found",)),
    Op("checkQueueServices", "POST", "/v1/halls/{site_id}/queue-services", 200, QueueServicesChecked, "SN",
       "whether a queue may be set up so: no window for a single item", CheckQueueServices, asks=True,
       problems=("not-found",)),
    Op("getStats", "GET", "/v1/supervision/stats", 200, Stats, "S", "figures with what they are counted from",
       query=(*_SPAN, Param("group_by", GroupCode))),
    Op("exportExceptions", "GET", "/v1/supervision/exceptions", 200, Exceptions, "S", "what has to be told about",
       query=_SPAN),
)  # fmt: skip
