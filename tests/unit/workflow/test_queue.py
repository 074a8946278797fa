"""The queue at the window: whoever is called, served, missed; and that two windows' truths never mix."""

from dataclasses import replace

import pytest

from kiosk.domain.case import CaseState
from kiosk.domain.ids import WindowId
from kiosk.domain.queue import TicketMove, TicketState
from kiosk.faults import Fault, FaultCode
from kiosk.workflow import events as ev
from kiosk.workflow import queue_effects as queue_do
from kiosk.workflow.machine import Effect, Event, advance
from kiosk.workflow.window import WINDOW
from tests.unit.ui.viewmodels import clerk_walk as walk
from tests.unit.ui.viewmodels.clerk_walk import CALLED, SERVING, Walk, line, on_duty, queued, ticket


def after(walk_: Walk, event: Event) -> tuple[Effect, ...]:
    """What one more event has done for it."""
    walk_.state, effects = advance(WINDOW, replace(walk_.state, now=walk_.at), event)
    return effects


def test_the_next_is_called_and_whoever_was_served_is_finished_first() -> None:
    desk = queued()
    assert after(desk, ev.CallNextAsked()) == (queue_do.CallNext(),) and desk.state.line.asking
    assert after(desk, ev.CallNextAsked()) == ()  # pressed twice
    after(desk, ev.TicketCalled(CALLED))
    assert desk.state.line.ticket == CALLED and not desk.state.line.asking
    assert after(desk, ev.CallNextAsked()) == ()  # only called: 过号 says that nobody came
    after(desk, ev.TicketMoved(SERVING))
    assert after(desk, ev.CallNextAsked()) == (queue_do.FinishTicket(CALLED.id, then_call=True),)
    after(desk, ev.TicketFinished(CALLED.id))
    assert desk.state.line.ticket is None and desk.state.line.asking
    after(desk, ev.TicketCalled(None))
    assert desk.state.line.nobody


def test_opening_a_case_says_that_the_person_is_there() -> None:
    desk = queued(CALLED).did(ev.CodeTyped("K7P428"))
    effects = after(desk, ev.CasesFound((walk.case(CaseState.IN_REVIEW),)))
    assert queue_do.MoveTicket(CALLED.id, CALLED.version, TicketMove.START) in effects
    served = queued(SERVING).did(ev.CodeTyped("K7P428"))
    effects = after(served, ev.CasesFound((walk.case(CaseState.IN_REVIEW),)))
    assert not any(isinstance(one, queue_do.MoveTicket) for one in effects)


def test_the_next_is_called_from_where_the_last_is_done_with_and_nowhere_else() -> None:
    seen = queued(SERVING).did(ev.CodeTyped("K7P428"), ev.CasesFound((walk.case(CaseState.CLOSED),)))
    assert queue_do.FinishTicket(CALLED.id, then_call=True) in after(seen, ev.CallNextAsked())
    assert seen.state.step == "find_case" and seen.state.line.asking
    busy = queued(SERVING).did(ev.CodeTyped("K7P428"), ev.CasesFound((walk.case(CaseState.SUBMITTED),)))
    assert busy.state.step == "check_materials" and after(busy, ev.CallNextAsked()) == ()


@pytest.mark.parametrize("move", [TicketMove.MISS, TicketMove.TRANSFER])
def test_who_is_missed_or_sent_on_leaves_the_window(move: TicketMove) -> None:
    desk = queued(CALLED)
    asked = ev.TicketMoveAsked(CALLED.id, move, "no_show", WindowId("w-04"))
    assert after(desk, asked) == (queue_do.MoveTicket(CALLED.id, 1, move, "no_show", WindowId("w-04")),)
    after(desk, ev.TicketMoved(replace(CALLED, state=TicketState.MISSED, version=2)))
    assert desk.state.line.ticket is None


def test_waiting_and_missed_numbers_are_moved_on_the_version_that_was_seen() -> None:
    desk = queued()
    wanted = queue_do.MoveTicket(ticket(22).id, 1, TicketMove.RAISE, "elder")
    assert after(desk, ev.TicketMoveAsked(ticket(22).id, TicketMove.RAISE, "elder")) == (wanted,)
    after(desk, ev.QueueFailed(Fault(FaultCode.QUEUE_MOVED)))
    assert desk.state.line.fault is not None and not desk.state.line.asking
    back = queue_do.MoveTicket(ticket(11).id, 1, TicketMove.RETURN)
    assert after(desk, ev.TicketMoveAsked(ticket(11).id, TicketMove.RETURN)) == (back,)
    stranger = queued()
    assert after(stranger, ev.TicketMoveAsked(ticket(99).id, TicketMove.RETURN)) == ()


def test_an_older_telling_never_covers_what_the_platform_answered() -> None:
    desk = queued(SERVING).did(line(CALLED))
    assert desk.state.line.ticket == SERVING
    desk.did(line(None))  # moved by somebody else meanwhile
    assert desk.state.line.ticket is None


def test_pausing_takes_a_reason_and_stops_the_calling() -> None:
    desk = queued()
    assert after(desk, ev.PauseAsked(True, " ")) == ()
    assert after(desk, ev.PauseAsked(True, "短时离开")) == (queue_do.PauseWindow(True, "短时离开"),)
    after(desk, ev.WindowPaused(True))
    assert after(desk, ev.CallNextAsked()) == ()
    assert after(desk, ev.PauseAsked(False)) == (queue_do.PauseWindow(False, ""),)


def test_nobody_on_duty_hears_and_moves_nothing() -> None:
    nobody = Walk().did(line(CALLED))
    assert nobody.state.line.queue is None and after(nobody, ev.CallNextAsked()) == ()
    left = queued(SERVING).did(ev.StaffLeft())
    assert left.state.line.ticket is None and left.state.line.queue is None
    assert queue_do.FollowQueue() in after(
        walk.carded().did(ev.PinEntered("135790")), ev.StaffSignedIn(walk.STAFF)
    ) and on_duty().state.line.queue is None  # fmt: skip
