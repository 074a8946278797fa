"""The queue at the window (R33, R35): call, recall, pass over, transfer, put first, pause; on every step of a clerk.

Calling and moving need the platform: two windows must never have one number. That a visit is over is a fact and is
recorded with or without it.
"""

from dataclasses import replace

from kiosk.domain.queue import Ticket, TicketMove, TicketState
from kiosk.faults import FaultCode

from . import events as ev
from . import queue_effects as queue_do
from .desk import Desk, Line
from .machine import Effect, Event, Row

# Here nothing of the last customer is under way any more: the next may come.
_DONE_WITH = ("find_case", "see_case", "handed_over")


def _on_duty(d: Desk, e: Event) -> bool:
    return d.staff is not None


def _told(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.QueueTold)
    line = d.line
    now = e.queue.window_now(d.window)
    here = e.queue.at_window(d.window)
    if line.asking:  # the answer under way knows better than what was read before it
        here = line.ticket
    elif here is not None and line.ticket is not None and here.id == line.ticket.id:
        here = max(here, line.ticket, key=lambda one: one.version)
    paused = line.paused if now is None or line.asking else now.paused
    over = e.live and line.fault is not None and line.fault.code is FaultCode.CALLING_NEEDS_NETWORK
    line = replace(line, queue=e.queue, as_of=e.as_of, live=e.live, fault=None if over else line.fault)
    return replace(d, line=replace(line, ticket=here, paused=paused))


def _may_call(d: Desk, e: Event) -> bool:
    """Somebody who was only called is not called over: 过号 says that nobody came."""
    free = d.line.ticket is None or d.line.ticket.state is TicketState.SERVING
    return d.staff is not None and free and not d.line.asking and not d.line.paused and is_done_with(d)


def is_done_with(d: Desk) -> bool:
    """Whether the work on the last customer's case is over here, so that the next may come."""
    return d.step in _DONE_WITH or (d.step == "check_materials" and d.deed is not None)


def _may_call_here(d: Desk, e: Event) -> bool:
    return d.step == "find_case" and _may_call(d, e)


def _asking(d: Desk, e: Event) -> Desk:
    return replace(d, line=replace(d.line, asking=True, nobody=False, fault=None))


def _call(d: Desk, e: Event) -> tuple[Effect, ...]:
    there = d.line.ticket
    return (queue_do.CallNext(),) if there is None else (queue_do.FinishTicket(there.id, then_call=True),)


def _finished(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.TicketFinished)
    gone = d.line.ticket is not None and d.line.ticket.id == e.ticket_id
    return replace(d, line=replace(d.line, ticket=None)) if gone else d


def _called(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.TicketCalled)
    return replace(d, line=replace(d.line, ticket=e.ticket, asking=False, nobody=e.ticket is None, fault=None))


def _named(d: Desk, e: Event) -> Ticket | None:
    """The number that is meant, as this window knows it."""
    assert isinstance(e, ev.TicketMoveAsked)
    there, queue = d.line.ticket, d.line.queue
    if there is not None and there.id == e.ticket_id:
        return there
    return next((one for one in queue.tickets if one.id == e.ticket_id), None) if queue else None


def _may_move(d: Desk, e: Event) -> bool:
    return d.staff is not None and not d.line.asking and _named(d, e) is not None


def _move(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.TicketMoveAsked)
    ticket = _named(d, e)
    assert ticket is not None
    return (queue_do.MoveTicket(ticket.id, ticket.version, e.move, e.reason, e.to_window),)


def _moved(d: Desk, e: Event) -> Desk:
    """What was at this window and is no longer, leaves it; every list follows when the platform tells the queue."""
    assert isinstance(e, ev.TicketMoved)
    line: Line = replace(d.line, asking=False, fault=None)
    if d.line.ticket is not None and d.line.ticket.id == e.ticket.id:
        stays = e.ticket.state in (TicketState.CALLED, TicketState.SERVING)
        line = replace(line, ticket=e.ticket if stays else None)
    return replace(d, line=line)


def _may_pause(d: Desk, e: Event) -> bool:
    assert isinstance(e, ev.PauseAsked)
    return d.staff is not None and not d.line.asking and bool(e.reason.strip() or not e.paused)


def _pause(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.PauseAsked)
    return (queue_do.PauseWindow(e.paused, e.reason),)


def _paused(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.WindowPaused)
    return replace(d, line=replace(d.line, asking=False, paused=e.paused, fault=None))


def _failed(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.QueueFailed)
    return replace(d, line=replace(d.line, asking=False, fault=e.fault))


def arrived(d: Desk) -> tuple[Effect, ...]:
    """A case is opened: whoever was called is there, and nobody has to say so with a key of its own."""
    there = d.line.ticket
    if there is None or there.state is not TicketState.CALLED:
        return ()
    return (queue_do.MoveTicket(there.id, there.version, TicketMove.START),)


QUEUE: tuple[Row[Desk], ...] = (
    Row(ev.QueueTold, None, _told, None, _on_duty),
    Row(ev.CallNextAsked, None, _asking, _call, _may_call_here),
    Row(ev.CallNextAsked, "find_case", _asking, _call, _may_call),
    Row(ev.TicketFinished, None, _finished),
    Row(ev.TicketCalled, None, _called, None, _on_duty),
    Row(ev.TicketMoveAsked, None, _asking, _move, _may_move),
    Row(ev.TicketMoved, None, _moved, None, _on_duty),
    Row(ev.PauseAsked, None, _asking, _pause, _may_pause),
    Row(ev.WindowPaused, None, _paused, None, _on_duty),
    Row(ev.QueueFailed, None, _failed),
)
