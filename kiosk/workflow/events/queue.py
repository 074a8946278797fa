"""Events of the queue: at the window, and at the terminal where numbers are drawn."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.ids import TicketId, WindowId
from kiosk.domain.queue import HallQueue, Priority, Ticket, TicketMove
from kiosk.faults import Fault
from kiosk.workflow.machine import Event


@dataclass(frozen=True, slots=True)
class QueueTold(Event):
    """The hall's queue as the platform said at ``as_of``; ``live``: nothing newer is known to be missing."""

    queue: HallQueue
    as_of: datetime | None
    live: bool


@dataclass(frozen=True, slots=True)
class CallNextAsked(Event):
    """叫下一位: whoever is at the window has been served."""


@dataclass(frozen=True, slots=True)
class TicketFinished(Event):
    """The visit of the number is over, recorded here."""

    ticket_id: TicketId


@dataclass(frozen=True, slots=True)
class TicketCalled(Event):
    """Somebody comes to this window; None: nobody waits."""

    ticket: Ticket | None


@dataclass(frozen=True, slots=True)
class TicketMoveAsked(Event):
    """Something is to be done with a number: the one at the window, a missed one, a waiting one."""

    ticket_id: TicketId
    move: TicketMove
    reason: str = ""
    to_window: WindowId = WindowId("")


@dataclass(frozen=True, slots=True)
class TicketMoved(Event):
    """The platform did it."""

    ticket: Ticket


@dataclass(frozen=True, slots=True)
class PauseAsked(Event):
    """暂停服务 with a reason, or open again."""

    paused: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class WindowPaused(Event):
    """The platform knows whether this window serves."""

    paused: bool


@dataclass(frozen=True, slots=True)
class QueueFailed(Event):
    """The queue could not be asked, or did not agree."""

    fault: Fault


# --- at the terminal ---
@dataclass(frozen=True, slots=True)
class QueueAsked(Event):
    """排队取号 from the home screen."""


@dataclass(frozen=True, slots=True)
class NumberAsked(Event):
    """A number is wanted; ``priority``: what the person says entitles to be called before others."""

    priority: Priority | None = None


@dataclass(frozen=True, slots=True)
class NumberDrawn(Event):
    """The number. ``ticket`` None: drawn without the platform, from this terminal's own series."""

    number: str
    taken_at: datetime
    ticket: Ticket | None = None
