"""The hall's queue: what is asked of it, and as the platform tells it."""

from datetime import datetime

from kiosk.contracts import central_platform as ask
from kiosk.contracts.ledger import DrawLocalNumber, FinishTicket
from kiosk.contracts.platform_api import queue as api
from kiosk.domain.ids import TicketId, WindowId
from kiosk.domain.queue import HallQueue, Priority, Ticket, TicketMove, TicketState, WindowNow

from .reading import read
from .sent import encoded


def ticket_asked(question: ask.DrawNumber) -> bytes:
    """takeTicket, of the hall's own series."""
    return _ticket(question.id, question.site, question.taken_at, question.priority, None)


def local_ticket(deed: DrawLocalNumber) -> bytes:
    """takeTicket, of this terminal's series."""
    return _ticket(deed.ticket_id, deed.site, deed.taken_at, deed.priority, deed.local_no)


def _ticket(number: str, site: str, at: datetime, priority: Priority | None, local_no: str | None) -> bytes:
    return encoded(
        api.TakeTicket(
            id=number, site_id=site, taken_at=at, priority=priority is not None,
            priority_reason=None if priority is None else priority.value, local_no=local_no,
        )
    )  # fmt: skip


def ticket_finished(deed: FinishTicket) -> bytes:
    """finishTicket."""
    return encoded(api.FinishTicket(finished_at=deed.at))


def ticket_move(question: ask.MoveTicket) -> bytes:
    """What goes with a move; recalling and returning need no words."""
    match question.move:
        case TicketMove.START:
            return encoded(api.StartTicket(started_at=question.at))
        case TicketMove.MISS:
            return encoded(api.MissTicket(reason=question.reason))  # type: ignore[arg-type]
        case TicketMove.TRANSFER:
            return encoded(api.TransferTicket(reason=question.reason, to_window=question.to_window or None))
        case TicketMove.RAISE:
            return encoded(api.RaiseTicket(priority_reason=question.reason))  # type: ignore[arg-type]
        case TicketMove.RECALL | TicketMove.RETURN:
            return b""


def window_pause(question: ask.PauseWindow) -> bytes:
    """pauseWindow."""
    return encoded(api.PauseWindow(paused=question.paused, reason=question.reason))


def ticket(body: bytes) -> Ticket | None:
    """One number."""
    return read(api.Ticket, _told, body)


def is_paused(body: bytes) -> bool | None:
    """Whether a window is paused, as the answer to pausing or opening it."""
    return read(api.WindowNow, lambda said: said.paused, body)


def hall_queue(body: bytes, tickets: bytes = b"") -> HallQueue | None:
    """The queue for the hall's screens, with the numbers one by one where a clerk was told them."""
    one_by_one = read(api.Tickets, lambda said: tuple(_told(one) for one in said.items), tickets) if tickets else ()

    def make(said: api.HallQueue) -> HallQueue:
        return HallQueue(
            said.at, said.waiting, said.estimate_minutes, said.next_numbers, said.missed_numbers,
            tuple(_window(one) for one in said.windows), one_by_one or (),
        )  # fmt: skip

    return read(api.HallQueue, make, body)


def _told(said: api.Ticket) -> Ticket:
    return Ticket(
        TicketId(said.id), said.number, TicketState(said.state), said.version, said.taken_at, said.ahead,
        said.estimate_minutes, _priority(said), WindowId(said.window), WindowId(said.for_window), said.called_at,
        said.calls, said.may_return,
    )  # fmt: skip


def _priority(said: api.Ticket) -> Priority | None:
    """A reason that only a newer platform knows is still a reason."""
    if not said.priority:
        return None
    known = {one.value: one for one in Priority}
    return known.get(said.priority_reason, Priority.OTHER)


def _window(said: api.WindowNow) -> WindowNow:
    state = TicketState(said.state) if said.state else None
    return WindowNow(
        WindowId(said.window_id), said.open, said.paused, said.reason, said.number, state, said.called_at
    )
