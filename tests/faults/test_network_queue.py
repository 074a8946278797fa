"""The queue in every weather: numbers are drawn, called, moved and finished once, and the queue is read again."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kiosk.audit import AuditKind
from kiosk.contracts.central_platform import Ask, Called, CallNext, DrawNumber, MoveTicket, PauseWindow
from kiosk.contracts.ledger import FinishTicket, Verdict
from kiosk.domain.ids import CaseId, TicketId, WindowId
from kiosk.domain.queue import Missed, Priority, Ticket, TicketMove
from kiosk.faults import Fault
from offline_cache.cache import OfflineCache

from .hall import SITE, Hall, ask, event, fresh_case, in_time, settled, sign_in, wait_for, window
from .proxy import Proxy, Weather
from .weathers import SHORT, WORDS, cells

pytestmark = pytest.mark.processes
HERE = WindowId("w-03")


def _drawing(cache: OfflineCache) -> DrawNumber:
    return DrawNumber(TicketId(fresh_case(cache)[0]), SITE, cache.clock.now())


def _drawn(cache: OfflineCache) -> Ticket:
    question = _drawing(cache)
    ticket = in_time(lambda: ask(cache, question))
    assert isinstance(ticket, Ticket), ticket
    return ticket


def _called(cache: OfflineCache) -> Ticket:
    _drawn(cache)
    called = in_time(lambda: ask(cache, CallNext(HERE)))
    assert isinstance(called, Called) and called.ticket is not None, called
    return called.ticket


def _calling(cache: OfflineCache) -> Ask[Any]:
    _drawn(cache)
    return CallNext(HERE)


def _move(move: TicketMove, reason: str = "") -> Callable[[OfflineCache], Ask[Any]]:
    def make(cache: OfflineCache) -> Ask[Any]:
        ticket = _drawn(cache) if move is TicketMove.RAISE else _called(cache)
        if move is TicketMove.RETURN:
            gone = MoveTicket(ticket.id, ticket.version, TicketMove.MISS, cache.clock.now(), Missed.NO_SHOW.value)
            ticket = in_time(lambda: ask(cache, gone))
        return MoveTicket(ticket.id, ticket.version, move, cache.clock.now(), reason)

    return make


QUESTIONS: dict[str, tuple[str, Callable[[OfflineCache], Ask[Any]], str]] = {
    "takeTicket": ("/v1/tickets", _drawing, "WAITING"),
    "callNext": ("/v1/windows/w-03/call-next", _calling, "CALLED"),
    "recallTicket": ("/recall", _move(TicketMove.RECALL), "CALLED"),
    "startTicket": ("/start", _move(TicketMove.START), "SERVING"),
    "missTicket": ("/miss", _move(TicketMove.MISS, Missed.LEFT.value), "MISSED"),
    "returnTicket": ("/return", _move(TicketMove.RETURN), "WAITING"),
    "transferTicket": ("/transfer", _move(TicketMove.TRANSFER, "接着在那边办"), "WAITING"),
    "raiseTicket": ("/raise", _move(TicketMove.RAISE, Priority.ELDER.value), "WAITING"),
    "pauseWindow": ("/v1/windows/w-03/pause", lambda _: PauseWindow(HERE, True, "短时离开"), ""),
}


@pytest.mark.parametrize(("weather", "operation"), cells(QUESTIONS))
def test_question(tmp_path: Path, hall: Hall, proxy: Proxy, weather: Weather, operation: str) -> None:
    """The clerk hears once what the line did; pressed again in fair weather it is done, and done once."""
    hall.control("POST", "/reset")
    path, make, state = QUESTIONS[operation]
    with window(tmp_path, hall, proxy.url, SHORT) as cache:
        sign_in(cache)
        question = make(cache)
        proxy.set(weather, lambda how, where: how == "POST" and where.endswith(path))
        heard = ask(cache, question)
        assert isinstance(heard, Fault) and heard.code is WORDS[weather] and proxy.hits >= 1, heard
        proxy.set(Weather.FAIR)
        again = in_time(lambda: ask(cache, question))
        assert not isinstance(again, Fault), again
    if state:
        assert hall.rows("SELECT state FROM ticket") == [(state,)]
    else:
        assert hall.rows("SELECT paused FROM hall_window WHERE window_id = 'w-03'") == [(1,)]
    moves = hall.rows("SELECT event, count(*) FROM ticket_move GROUP BY event")
    assert all(count == 1 for _, count in moves), moves


@pytest.mark.parametrize(("weather", "operation"), cells(["finishTicket"]))
def test_a_visit_that_is_over(tmp_path: Path, hall: Hall, proxy: Proxy, weather: Weather, operation: str) -> None:
    """A fact waits for the line, and arrives once."""
    hall.control("POST", "/reset")
    with window(tmp_path, hall, proxy.url, SHORT) as cache:
        sign_in(cache)
        ticket = _called(cache)
        proxy.set(weather, lambda _, where: where.endswith("/finish"))
        done = FinishTicket(ticket.id, cache.clock.now())
        assert not isinstance(cache.ledger.record(done, event(cache, AuditKind.NUMBER_FINISHED, "0317")), Fault)
        proxy.wait_hit()
        assert cache.ledger.deeds(CaseId(ticket.id))[-1].verdict in (Verdict.WAITING, Verdict.SENDING)
        proxy.set(Weather.FAIR)
        cache.hurry()
        assert settled(cache, CaseId(ticket.id), 1)[-1].verdict in (Verdict.ACCEPTED, Verdict.ALREADY_KNOWN)
    assert hall.rows("SELECT state FROM ticket") == [("DONE",)]


@pytest.mark.parametrize(("weather", "operation"), cells(["getHallQueue", "listTickets"]))
def test_the_queue_is_read(tmp_path: Path, hall: Hall, proxy: Proxy, weather: Weather, operation: str) -> None:
    """Half an answer is no queue; the next whole one is."""
    hall.control("POST", "/reset")
    end = "/queue" if operation == "getHallQueue" else "/v1/tickets"
    with window(tmp_path, hall, proxy.url, SHORT) as cache:
        proxy.set(weather, lambda how, where: how == "GET" and where.endswith(end))
        if weather is Weather.RESET_AT_ONCE:  # so that nobody gets as far as signing in
            proxy.wait_hit()
            proxy.set(Weather.FAIR)
        sign_in(cache)
        number = _drawn(cache).number
        if weather is not Weather.RESET_AT_ONCE:
            proxy.wait_hit()
            assert cache.ledger.queue() is None
        proxy.set(Weather.FAIR)
        cache.hurry()
        told = wait_for(cache.ledger.queue)
        wait_for(lambda: number in {one.number for one in cache.ledger.queue().value.tickets})  # type: ignore[union-attr]
    assert told.value.window_now(HERE) is not None
