"""Effects of the queue, at the window and where numbers are drawn; part of ``effects``."""

from dataclasses import dataclass

from kiosk.domain.document import Language
from kiosk.domain.ids import TicketId, WindowId
from kiosk.domain.queue import Priority, TicketMove
from kiosk.rules.documents.queue_ticket import QueueTicket

from .machine import Effect


@dataclass(frozen=True, slots=True)
class FollowQueue(Effect):
    """Tell this visit how the hall's queue stands, now and whenever the platform says something new."""


@dataclass(frozen=True, slots=True)
class FinishTicket(Effect):
    """Record that a number's visit is over; ``then_call``: as soon as the platform knows, call the next."""

    ticket_id: TicketId
    then_call: bool


@dataclass(frozen=True, slots=True)
class CallNext(Effect):
    """Ask for the next number. The session adds the window."""


@dataclass(frozen=True, slots=True)
class MoveTicket(Effect):
    """Ask for something to be done with a number, on the version that was seen."""

    ticket_id: TicketId
    version: int
    move: TicketMove
    reason: str = ""
    to_window: WindowId = WindowId("")


@dataclass(frozen=True, slots=True)
class PauseWindow(Effect):
    """Ask for this window to be paused or opened. The session adds the window."""

    paused: bool
    reason: str


@dataclass(frozen=True, slots=True)
class DrawNumber(Effect):
    """Draw a number: the hall's, or without the platform one of this terminal's own series. The session adds the
    id."""

    priority: Priority | None


@dataclass(frozen=True, slots=True)
class PrintTicket(Effect):
    """Put the number on paper."""

    ticket: QueueTicket
    language: Language = Language.ZH
