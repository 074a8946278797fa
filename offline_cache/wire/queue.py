"""The hall's queue as the platform tells it."""

from kiosk.contracts.platform_api import queue as api
from kiosk.domain.ids import TicketId, WindowId
from kiosk.domain.queue import HallQueue, Priority, Ticket, TicketState, WindowNow

from .reading import read


def ticket(body: bytes) -> Ticket | None:
    """One number."""
    return read(api.Ticket, _ticket, body)


def is_paused(body: bytes) -> bool | None:
    """Whether a window is paused, as the answer to pausing or opening it."""
    return read(api.WindowNow, lambda said: said.paused, body)


def hall_queue(body: bytes, tickets: bytes = b"") -> HallQueue | None:
    """The queue for the hall's screens, with the numbers one by one where a clerk was told them."""
    one_by_one = read(api.Tickets, lambda said: tuple(_ticket(one) for one in said.items), tickets) if tickets else ()

    def make(said: api.HallQueue) -> HallQueue:
        return HallQueue(
            said.at, said.waiting, said.estimate_minutes, said.next_numbers, said.missed_numbers,
            tuple(_window(one) for one in said.windows), one_by_one or (),
        )  # fmt: skip

    return read(api.HallQueue, make, body)


def _ticket(said: api.Ticket) -> Ticket:
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
