"""Messages about the queue of a hall: one business for every window, so one queue (R33, R35).

A number is drawn at a terminal or from a helper; a window takes the next, and two windows never get the same. A
number drawn while the line was down comes from the terminal's own series ``L``, keeps that number, and is merged
into the queue by the time it was drawn.
"""

from typing import Annotated, Literal

from msgspec import Meta

from .base import Answered, Code, Moment, Offline, Op, Param, Sent, Text40, Ulid

TicketStateCode = Literal["WAITING", "CALLED", "SERVING", "DONE", "MISSED", "CLOSED"]
PriorityCode = Literal["elder", "disabled", "pregnant", "with_infant", "soldier", "booked", "returning", "other"]
LocalNumber = Annotated[str, Meta(pattern="^L[0-9]{2}-[0-9]{3}$(?!\\n)")]


class TakeTicket(Sent, frozen=True):
    """Draw a number. ``local_no`` is L, two figures of the terminal, a dash and its number of the day."""

    id: Ulid
    site_id: Code
    taken_at: Moment
    service: Literal["opening"] = "opening"
    priority: bool = False
    priority_reason: PriorityCode | None = None  # obligatory with priority, and only with it
    case_id: Ulid | None = None
    local_no: LocalNumber | None = None


class Ticket(Answered, frozen=True):
    """One number. ``estimate_minutes`` is reckoned from today's real visits; without any there is none."""

    id: str
    site_id: str
    number: str
    state: TicketStateCode
    version: int
    taken_at: Moment
    ahead: int = 0
    estimate_minutes: int | None = None
    priority: bool = False
    priority_reason: str = ""
    window: str = ""
    for_window: str = ""
    called_at: Moment | None = None
    calls: int = 0
    may_return: bool = False
    case_id: str | None = None


class Tickets(Answered, frozen=True):
    """Numbers of today, in the order in which they are called."""

    items: tuple[Ticket, ...]


class StartTicket(Sent, frozen=True):
    """The person is at the window."""

    started_at: Moment


class FinishTicket(Sent, frozen=True):
    """A fact: the visit is over."""

    finished_at: Moment


class MissTicket(Sent, frozen=True):
    """过号: nobody came; passing over needs a reason."""

    reason: Literal["no_show", "left", "other"]


class RaiseTicket(Sent, frozen=True):
    """置顶: a waiting number comes before those without priority; never without a reason."""

    priority_reason: PriorityCode


class TransferTicket(Sent, frozen=True):
    """Back into the queue at its old place: for one window, or for whichever is free."""

    reason: Annotated[str, Meta(min_length=2, max_length=200, pattern="^[^\\x00-\\x1f\\x7f]*$(?!\\n)")]
    to_window: Code | None = None


class PauseWindow(Sent, frozen=True):
    """暂停服务, or open again. The last word stands."""

    paused: bool
    reason: Text40 = ""


class WindowNow(Answered, frozen=True):
    """One window: ``open`` when somebody is signed in there and it is not paused; ``number`` is who is there."""

    window_id: str
    open: bool
    paused: bool = False
    reason: str = ""
    number: str = ""
    state: Literal["", "CALLED", "SERVING"] = ""
    called_at: Moment | None = None  # of the last call: a screen that speaks knows a new one by it


class HallQueue(Answered, frozen=True):
    """For the hall's screens: numbers and windows, nobody's name."""

    site_id: str
    at: Moment
    waiting: int
    estimate_minutes: int | None
    next_numbers: tuple[str, ...] = ()
    missed_numbers: tuple[str, ...] = ()
    windows: tuple[WindowNow, ...] = ()


_MOVES = ("not-found", "version-mismatch", "wrong-state", "forbidden")

OPERATIONS: tuple[Op, ...] = (
    Op("takeTicket", "POST", "/v1/tickets", 201, Ticket, "TH", "draw a number", TakeTicket, idem=True, also=(200,),
       offline=Offline.QUEUED, problems=("not-found", "id-taken")),
    Op("getTicket", "GET", "/v1/tickets/{id}", 200, Ticket, "T", "how many are ahead of a number",
       offline=Offline.CACHED, problems=("not-found",)),
    Op("listTickets", "GET", "/v1/tickets", 200, Tickets, "HWS", "numbers of today",
       query=(Param("state", TicketStateCode),), offline=Offline.CACHED),
    Op("callNext", "POST", "/v1/windows/{window_id}/call-next", 200, Ticket, "W",
       "the next number comes to this window; 204: nobody waits", idem=True, also=(204,),
       problems=("window-has-open-ticket", "wrong-state")),
    Op("recallTicket", "POST", "/v1/tickets/{id}/recall", 200, Ticket, "W", "call once more", idem=True,
       if_match=True, problems=_MOVES),
    Op("startTicket", "POST", "/v1/tickets/{id}/start", 200, Ticket, "W", "the person is at the window",
       StartTicket, idem=True, if_match=True, problems=_MOVES),
    Op("finishTicket", "POST", "/v1/tickets/{id}/finish", 200, Ticket, "TW", "the visit is over", FinishTicket,
       idem=True, offline=Offline.FACT, problems=("not-found",)),
    Op("missTicket", "POST", "/v1/tickets/{id}/miss", 200, Ticket, "W", "nobody came", MissTicket, idem=True,
       if_match=True, problems=_MOVES),
    Op("returnTicket", "POST", "/v1/tickets/{id}/return", 200, Ticket, "HW", "a missed number comes back, once",
       idem=True, if_match=True, problems=_MOVES),
    Op("transferTicket", "POST", "/v1/tickets/{id}/transfer", 200, Ticket, "W", "to another window", TransferTicket,
       idem=True, if_match=True, problems=_MOVES),
    Op("raiseTicket", "POST", "/v1/tickets/{id}/raise", 200, Ticket, "HW", "a waiting number gets priority",
       RaiseTicket, idem=True, if_match=True, problems=("not-found", "version-mismatch", "wrong-state")),
    Op("pauseWindow", "POST", "/v1/windows/{window_id}/pause", 200, WindowNow, "WS", "pause a window, or open it",
       PauseWindow, idem=True, problems=("not-found",)),
    Op("getHallQueue", "GET", "/v1/halls/{site_id}/queue", 200, HallQueue, "T", "for the hall's screens",
       offline=Offline.CACHED, problems=("not-found",)),
)  # fmt: skip
