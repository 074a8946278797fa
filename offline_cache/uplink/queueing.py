"""How the questions about numbers of the hall's queue are put, and what the answers mean."""

from collections.abc import Callable
from typing import Any

from kiosk.contracts import central_platform as ask
from kiosk.domain.ids import idempotency_key
from kiosk.domain.queue import Ticket, TicketMove
from kiosk.faults import Fault
from offline_cache import wire

from .talking import Talking

_MOVES = {
    TicketMove.RECALL: "recallTicket",
    TicketMove.START: "startTicket",
    TicketMove.MISS: "missTicket",
    TicketMove.RETURN: "returnTicket",
    TicketMove.TRANSFER: "transferTicket",
    TicketMove.RAISE: "raiseTicket",
}


def draw_number(talk: Talking, question: ask.DrawNumber) -> Ticket | Fault:
    """The key is the number's own id: asked again, it is the same number."""
    return talk.put(
        "takeTicket", wire.ticket, wire.ticket_asked(question), idempotency_key("takeTicket", question.id)
    )


def call_next(talk: Talking, question: ask.CallNext) -> ask.Called | Fault:
    """Until an answer was understood it is the same asking: who was called while the answer was lost comes."""
    return talk.put_until_heard("callNext", _called, b"", ids={"window_id": question.window})


def move_ticket(talk: Talking, question: ask.MoveTicket) -> Ticket | Fault:
    """On the version that was seen; the same move of the same version is the same act."""
    operation = _MOVES[question.move]
    act = (question.ticket_id, str(question.version), question.reason, question.to_window)
    key = idempotency_key(talk.terminal_id, operation, *act)
    body, ids = wire.ticket_move(question), {"id": question.ticket_id}
    return talk.put(operation, wire.ticket, body, key, ids=ids, version=question.version)


def pause_window(talk: Talking, question: ask.PauseWindow) -> bool | Fault:
    """The last word stands."""
    body, ids = wire.window_pause(question), {"window_id": question.window}
    return talk.put("pauseWindow", wire.is_paused, body, talk.fresh_key(), ids=ids)


def _called(body: bytes) -> ask.Called | None:
    """No content: nobody waits."""
    if not body:
        return ask.Called(None)
    ticket = wire.ticket(body)
    return None if ticket is None else ask.Called(ticket)


ANSWERS: dict[type[ask.Ask[Any]], Callable[[Any, Any], Any]] = {
    ask.DrawNumber: draw_number,
    ask.CallNext: call_next,
    ask.MoveTicket: move_ticket,
    ask.PauseWindow: pause_window,
}
