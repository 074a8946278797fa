"""A helper's call as the citizen sees it: nothing before it is true, everywhere while it is, gone when it is not."""

from dataclasses import replace

import pytest

from kiosk.audit import AuditKind
from kiosk.domain.help_call import HelpCall, HelpCallId, HelpState
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.citizen import CITIZEN
from kiosk.workflow.machine import Effect, Event, advance
from kiosk.workflow.visit import Helper
from tests.unit.ui.viewmodels import citizen_walk as walk
from tests.unit.ui.viewmodels.citizen_walk import Walk

CALL = HelpCallId("01JD9V6C3Q8T2M5N7P0R4S6W8H")


def after(walk_: Walk, event: Event) -> tuple[Effect, ...]:
    """What one more event has done for it."""
    walk_.state, effects = advance(CITIZEN, replace(walk_.state, now=walk_.at), event)
    return effects


def told(state: HelpState) -> ev.HelpChanged:
    return ev.HelpChanged(HelpCall(CALL, state, "褚帮办", 2))


def test_who_comes_stays_on_every_screen_until_the_helper_has_gone() -> None:
    visit = walk.verified()
    assert do.CallHelper("choose_purpose") in after(visit, ev.HelpCalled())
    assert visit.state.helper is Helper.CALLING
    assert after(visit, ev.HelpCalled()) == ()  # one bell is enough
    after(visit, ev.HelperInformed(True))
    assert visit.state.helper is Helper.CALLED and visit.state.help_call is None
    assert after(visit, told(HelpState.ANSWERED)) == ()
    assert visit.state.helper is Helper.COMING
    visit.did(ev.PurposeChosen(walk.answered()))
    assert visit.state.step == "declare_name" and visit.state.helper is Helper.COMING
    assert after(visit, told(HelpState.JOINED)) == (do.Note(AuditKind.HELPER_JOINED),)
    assert after(visit, told(HelpState.JOINED)) == ()  # told twice, noted once
    visit.did(ev.BackAsked())
    assert visit.state.helper is Helper.HERE and visit.state.help_call and visit.state.help_call.helper == "褚帮办"
    assert after(visit, told(HelpState.DONE)) == (do.Note(AuditKind.HELPER_LEFT),)
    assert visit.state.helper is None
    assert do.CallHelper("choose_purpose") in after(visit, ev.HelpCalled())


@pytest.mark.parametrize("state", [HelpState.OPEN, HelpState.ANSWERED])
def test_a_call_that_ends_without_anybody_notes_nobody(state: HelpState) -> None:
    visit = Walk().did(ev.HelpCalled(), ev.HelperInformed(True), told(state))
    assert after(visit, told(HelpState.DONE)) == () and visit.state.helper is None


def test_a_call_from_home_goes_into_the_visit_and_ends_with_it() -> None:
    visit = Walk().did(ev.HelpCalled(), ev.HelperInformed(True), told(HelpState.ANSWERED))
    visit.did(ev.NextAsked(), ev.VisitBegun(walk.CASE, walk.SLIP))
    assert visit.state.step == "give_consent" and visit.state.helper is Helper.COMING
    visit.did(ev.LeaveAsked())
    assert visit.state.helper is None
    alone = Walk().did(ev.HelpCalled(), ev.HelperInformed(False), ev.TrackAsked())
    assert alone.state.helper is None  # the next screen does not repeat it


def called() -> Walk:
    return Walk().did(ev.HelpCalled(), ev.HelperInformed(True))


def test_whoever_gets_on_alone_says_so_and_can_call_again() -> None:
    visit = called()
    assert after(visit, ev.HelpCalled()) == ()  # the list has it: touching the bell again is not a second call
    assert do.WithdrawCall() in after(visit, ev.HelpNotNeeded())
    assert visit.state.helper is Helper.WITHDRAWING  # not gone before the platform says so
    assert after(visit, ev.HelpNotNeeded()) == ()
    after(visit, told(HelpState.DONE))
    assert visit.state.helper is None
    assert do.CallHelper("home") in after(visit, ev.HelpCalled())


def test_a_call_that_could_not_be_withdrawn_stands_and_says_so() -> None:
    visit = called().did(told(HelpState.ANSWERED), ev.HelpNotNeeded(), ev.CallNotWithdrawn(), ev.TrackAsked())
    assert visit.state.helper is Helper.NOT_WITHDRAWN
    assert do.WithdrawCall() in after(visit, ev.HelpNotNeeded())
    visit.did(told(HelpState.JOINED), ev.CallNotWithdrawn())  # somebody was quicker
    assert visit.state.helper is Helper.HERE
    assert after(visit, ev.HelpNotNeeded()) == ()


def test_before_it_is_called_nothing_is_withdrawn() -> None:
    visit = Walk().did(ev.HelpCalled())
    assert after(visit, ev.HelpNotNeeded()) == () and visit.state.helper is Helper.CALLING
    assert after(Walk(), ev.HelpNotNeeded()) == ()
