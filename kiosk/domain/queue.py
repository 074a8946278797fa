"""The queue of a hall: one business and one queue for every window (R33, R35). Numbers only, nobody's name."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from .ids import TicketId, WindowId


class TicketState(Enum):
    """Where a number stands."""

    WAITING = "WAITING"
    CALLED = "CALLED"
    SERVING = "SERVING"
    DONE = "DONE"
    MISSED = "MISSED"  # 过号
    CLOSED = "CLOSED"


class Priority(Enum):
    """Why somebody is called before others."""

    ELDER = "elder"
    DISABLED = "disabled"
    PREGNANT = "pregnant"
    WITH_INFANT = "with_infant"
    SOLDIER = "soldier"
    BOOKED = "booked"
    RETURNING = "returning"
    OTHER = "other"


class TicketMove(Enum):
    """What is done with a number that was drawn."""

    RECALL = "recall"  # called once more
    START = "start"  # the person is at the window
    MISS = "miss"  # nobody came
    RETURN = "return"  # a missed number waits again, once
    TRANSFER = "transfer"  # back into the queue, for another window or for any
    RAISE = "raise"  # 置顶


class Missed(Enum):
    """Why a number was passed over."""

    NO_SHOW = "no_show"
    LEFT = "left"
    OTHER = "other"


AT_WINDOW = frozenset({TicketState.CALLED, TicketState.SERVING})


@dataclass(frozen=True, slots=True)
class Ticket:
    """One number of today. ``estimate_minutes`` None: nobody was served yet today, so there is nothing to reckon
    from."""

    id: TicketId
    number: str
    state: TicketState
    version: int
    taken_at: datetime
    ahead: int = 0
    estimate_minutes: int | None = None
    priority: Priority | None = None
    window: WindowId = WindowId("")
    for_window: WindowId = WindowId("")
    called_at: datetime | None = None
    calls: int = 0
    may_return: bool = False


@dataclass(frozen=True, slots=True)
class WindowNow:
    """One window: ``open`` when a clerk is signed in there and it is not paused; ``number`` is who is there."""

    window: WindowId
    open: bool
    paused: bool = False
    reason: str = ""
    number: str = ""
    state: TicketState | None = None
    called_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class HallQueue:
    """The queue at one moment. ``tickets`` are the open numbers one by one, which only people on duty are told."""

    at: datetime
    waiting: int
    estimate_minutes: int | None = None
    next_numbers: tuple[str, ...] = ()
    missed_numbers: tuple[str, ...] = ()
    windows: tuple[WindowNow, ...] = ()
    tickets: tuple[Ticket, ...] = ()

    def at_window(self, window: WindowId) -> Ticket | None:
        """Who was called to a window, or is there."""
        return next((one for one in self.tickets if one.window == window and one.state in AT_WINDOW), None)

    def standing(self, state: TicketState) -> tuple[Ticket, ...]:
        """The numbers in that state, in calling order."""
        return tuple(one for one in self.tickets if one.state is state)

    def window_now(self, window: WindowId) -> WindowNow | None:
        """How a window stands; None: the hall has no such window."""
        return next((one for one in self.windows if one.window == window), None)
