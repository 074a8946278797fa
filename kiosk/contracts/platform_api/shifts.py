"""Messages of the hand-over of a shift (交接班): what is open at a window, and who takes it over from whom.

The outgoing clerk's card signs what was counted and what is open; the answer says where count and book differ. The
incoming clerk's card takes the window over as it is, differences included.
"""

from typing import Annotated, Literal

from msgspec import Meta

from .base import Answered, Moment, Offline, Op, Sent, StaffCode, Ulid, UnitRef
from .stock import BatchDiffers, BatchSeen

OpenKindCode = Literal[
    "ticket", "handover", "draft", "task", "message", "discrepancy", "unsent"
]  # 叫到的号, 待核实的发放, 两处改过的草稿, 待办, 未送达消息, 差异, 未送出的动作
_EACH_ONCE = {"uniqueItems": True}


class OpenLine(Answered, frozen=True):
    """One kind of open work. ``refs`` are numbers that the platform or the window gave; no person stands in them."""

    kind: OpenKindCode
    count: Annotated[int, Meta(ge=1, le=100_000)]
    refs: Annotated[tuple[Annotated[str, Meta(max_length=40)], ...], Meta(max_length=20)] = ()


class OpenLineSent(OpenLine, frozen=True, forbid_unknown_fields=True):
    """The same, sent."""


class ShiftLine(Answered, frozen=True):
    """The last time that a window changed hands."""

    id: str
    outgoing: str
    incoming: str
    taken_at: Moment


class WindowStanding(Answered, frozen=True):
    """What the platform has open at a window: numbers called to it, slips of bundles prepared and not finished."""

    window_id: str
    tickets: tuple[str, ...] = ()
    handovers: tuple[str, ...] = ()
    last: ShiftLine | None = None


class OfferShift(Sent, frozen=True):
    """What was counted at the window, what is open there, and the outgoing clerk's card over a fresh challenge."""

    id: Ulid
    at: Moment
    challenge: Annotated[bytes, Meta(min_length=32, max_length=32)]
    signature: Annotated[bytes, Meta(min_length=64, max_length=64)]
    units: Annotated[tuple[UnitRef, ...], Meta(max_length=5000, extra_json_schema=_EACH_ONCE)] = ()
    batches: Annotated[tuple[BatchSeen, ...], Meta(max_length=200)] = ()
    open: Annotated[tuple[OpenLineSent, ...], Meta(max_length=20)] = ()


class TakeShift(Sent, frozen=True):
    """The incoming clerk takes the window over; the second person's header must be that person's."""

    incoming: StaffCode


class Shift(Answered, frozen=True):
    """A window on its way from one clerk to the next. ``count_id`` and ``discrepancy_id`` once it is taken."""

    id: str
    window_id: str
    state: Literal["OFFERED", "TAKEN", "REPLACED"]
    version: int
    outgoing: str
    counted_at: Moment
    expected: int
    missing: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()
    batches: tuple[BatchDiffers, ...] = ()
    open: tuple[OpenLine, ...] = ()
    incoming: str = ""
    taken_at: Moment | None = None
    count_id: str | None = None
    discrepancy_id: str | None = None


_WINDOW = "/v1/windows/{window_id}"
OPERATIONS: tuple[Op, ...] = (
    Op("getWindowStanding", "GET", f"{_WINDOW}/standing", 200, WindowStanding, "W",
       "what is open at the own window", problems=("not-found",)),
    Op("offerShift", "POST", f"{_WINDOW}/shifts", 201, Shift, "W",
       "count the window and sign it away", OfferShift, idem=True, offline=Offline.ONLINE,
       problems=("not-found", "id-taken", "staff-locked")),
    Op("takeShift", "POST", f"{_WINDOW}/shifts/{{id}}/take", 200, Shift, "W",
       "the next clerk takes the window over, two people", TakeShift, idem=True, second="W",
       problems=("not-found", "version-mismatch", "too-late")),
)  # fmt: skip
