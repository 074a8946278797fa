"""The lock of a window: nothing of the work is lost, nothing of it is shown, and only its clerk opens it."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from kiosk.audit import AuditKind
from kiosk.contracts.code_scanner import Scan, Symbology
from kiosk.contracts.device import DeviceKind
from kiosk.contracts.smart_card import SignedChallenge, StaffCard
from kiosk.domain.case import CaseState
from kiosk.domain.ids import StaffRef
from kiosk.faults import Fault, FaultCode
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.lock import WaitAnotherCard
from kiosk.workflow.machine import Effect, Event, advance
from kiosk.workflow.window import WINDOW, arrive
from tests.unit.ui.viewmodels import clerk_walk as walk
from tests.unit.ui.viewmodels.clerk_walk import STAFF, Walk, failed, prepared, queued
from ui.viewmodels import clerk
from ui.viewmodels.page import ViewModel
from ui.words import Words

OWN, OTHER = (ev.StaffCardPut(StaffCard(StaffRef(ref))) for ref in ("0317", "0403"))
SIGNED = ev.ChallengeSigned(SignedChallenge(StaffRef("0317"), b"c" * 32, b"s" * 64))


def after(walk_: Walk, event: Event) -> tuple[Effect, ...]:
    """What one more event has done for it."""
    walk_.state, effects = advance(WINDOW, replace(walk_.state, now=walk_.at), event)
    return effects


def shown(walk_: Walk, notes: dict[str, str] | None = None) -> ViewModel:
    still = walk_.still(notes)
    return clerk.present(still.scene, Words("zh"), still.notes)


def test_the_work_stays_and_card_and_pin_of_its_clerk_open_it() -> None:
    desk = prepared()
    before = desk.state
    effects = after(desk, ev.LockAsked())
    assert effects == (do.Note(AuditKind.WINDOW_LOCKED, (("by", "clerk"),)), do.WaitStaffCard())
    after(desk, OWN)
    assert after(desk, ev.StaffLeft()) == (do.WaitStaffCard(),)  # the card may be taken along
    assert after(desk, ev.PinEntered("1357")) == ()  # no card, no PIN
    assert after(desk, OWN) == (do.WatchStaffCard(),)
    assert after(desk, ev.PinEntered("135790")) == (do.UnlockStaffCard(StaffRef("0317"), "135790"),)
    assert after(desk, ev.PinEntered("135790")) == ()  # pressed twice
    assert after(desk, SIGNED) == (do.OpenStaffSession(StaffRef("0317"), b"c" * 32, b"s" * 64),)
    effects = after(desk, ev.StaffSignedIn(STAFF))
    assert effects == (do.Note(AuditKind.WINDOW_UNLOCKED), do.WatchStaffCard())
    assert desk.state == replace(before, now=desk.state.now)
    assert do.StopDevices() in after(desk, ev.StaffLeft())  # from now on taking the card ends it again


def test_another_card_opens_nothing_and_is_waited_out() -> None:
    desk = queued().did(ev.LockAsked())
    assert after(desk, OTHER) == (WaitAnotherCard(),)
    assert desk.state.lock is not None and desk.state.lock.fault == Fault(
        FaultCode.LOCKED_BY_ANOTHER, {"ref": "0317"}
    )
    assert after(desk, ev.PinEntered("1357")) == ()
    ended = after(desk, ev.SignOutAsked())
    assert desk.state.step == "present_staff_card" and do.CloseStaffSession() in ended


@pytest.mark.parametrize(
    "trouble",
    [
        failed(DeviceKind.STAFF_CARD_READER, FaultCode.PIN_WRONG, left="2"),
        ev.PlatformFailed(Fault(FaultCode.NEEDS_NETWORK)),
    ],
)
def test_what_goes_wrong_is_said_at_the_lock_and_not_to_the_work(trouble: Event) -> None:
    desk = prepared().did(ev.LockAsked(), OWN, ev.PinEntered("1357"), trouble)
    assert desk.state.fault is None and desk.state.lock is not None and desk.state.lock.fault is not None
    assert not desk.state.lock.checking and desk.state.lock.card is not None
    assert after(desk, ev.PinEntered("135790")) != ()


def test_a_card_pulled_under_the_pin_is_waited_for_again() -> None:
    desk = queued().did(ev.LockAsked(), OWN, ev.PinEntered("1357"))
    assert after(desk, failed(DeviceKind.STAFF_CARD_READER, FaultCode.CARD_REMOVED)) == (do.WaitStaffCard(),)


def test_it_locks_itself_and_any_key_prevents_it() -> None:
    desk = queued().did(ev.IdleWarned())
    assert desk.state.idle_warned and any(row["key"] == "idle" for row in shown(desk).lists["banners"])
    assert not desk.did(ev.Touched()).state.idle_warned
    effects = after(desk.did(ev.IdleWarned()), ev.TimedOut())
    assert do.Note(AuditKind.WINDOW_LOCKED, (("by", "idle"),)) in effects
    nobody = Walk()
    assert after(nobody, ev.TimedOut()) == () and nobody.state.lock is None


def test_nothing_of_anybody_is_behind_the_lock() -> None:
    page = shown(prepared().did(ev.LockAsked()), {"code": "K7P-428"})
    assert page.page == "locked" and page.slip is None and page.working
    said = repr(page)
    for secret in (walk.SLIP, walk.COMPANY, "王", walk.USCC, "周示例", "A018"):
        assert secret not in said
    touches = ("next", "back", "sign_out", "call_next", "abort", "hand_over", "touched")
    scene = prepared().did(ev.LockAsked()).still().scene
    assert [clerk.event(name, {}, scene, {}) for name in touches] == [None] * len(touches)


def test_a_card_changed_under_the_pin_opens_nothing() -> None:
    desk = queued().did(ev.LockAsked(), OWN, ev.PinEntered("135790"))
    other = ev.ChallengeSigned(SignedChallenge(StaffRef("0403"), b"c" * 32, b"s" * 64))
    assert after(desk, other) == (WaitAnotherCard(),) and desk.state.lock is not None
    desk = queued().did(ev.LockAsked(), OWN, ev.PinEntered("135790"), SIGNED)
    stranger = ev.StaffSignedIn(replace(STAFF, staff_ref=StaffRef("0403")))
    assert after(desk, stranger) == (WaitAnotherCard(),)
    assert desk.state.lock is not None and desk.state.staff == STAFF


PUT = {
    "card": (ev.CardRead(walk.citizen.WANG), do.ReadCard("unlocked")),
    "code": (walk.scan(walk.slip_payload(walk.CASE, walk.SLIP)), do.ScanCode()),
    "device": (walk.device(), do.ReadTaxDevice()),
}


@pytest.mark.parametrize("desk", [queued, prepared], ids=["free desk", "bundle"])
@pytest.mark.parametrize("what", PUT)
def test_what_is_put_there_while_locked_reaches_nothing_and_is_waited_for_anew(
    desk: Callable[[], Walk], what: str
) -> None:
    """Nobody sees what it would do: open a case, tick off an article, report a device."""
    walked, (event, again) = desk(), PUT[what]
    locked = walked.did(ev.LockAsked()).state
    assert after(walked, event) == () == after(walked, event)
    assert walked.state == replace(locked, now=walked.state.now, unheard=(again,))
    assert after(walked, ev.CodeTyped(walk.SLIP)) == ()
    opened = after(walked.did(OWN, ev.PinEntered("135790"), SIGNED), ev.StaffSignedIn(STAFF))
    assert opened == (do.Note(AuditKind.WINDOW_UNLOCKED), do.WatchStaffCard(), again)
    assert walked.state.lock is None
    assert walked.did(ev.LockAsked()).state.unheard == ()


def test_what_was_asked_before_the_lock_may_come_and_the_lock_stays() -> None:
    """The case that was looked for opens behind the lock, and nothing of it is shown."""
    desk = queued().did(walk.scan(walk.slip_payload(walk.CASE, walk.SLIP)), ev.LockAsked())
    desk.did(ev.CodeScanned(Scan(b"", "", Symbology.CODE128)))
    after(desk, ev.CasesFound((walk.case(CaseState.SUBMITTED),)))
    assert desk.state.step == "check_materials" and desk.state.lock is not None
    assert desk.state.unheard == ()  # that was the free desk's wait
    assert shown(desk).page == "locked" and walk.SLIP not in repr(shown(desk))
    after(desk, OWN)
    assert after(desk, ev.PinEntered("135790")) == (do.UnlockStaffCard(StaffRef("0317"), "135790"),)


def test_no_way_to_the_free_desk_loses_the_lock() -> None:
    desk = prepared().did(ev.LockAsked())
    assert arrive(desk.state, "find_case").lock is not None
    assert arrive(desk.state, "present_staff_card").lock is None
