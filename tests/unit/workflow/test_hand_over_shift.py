"""The hand-over of a shift as a table: two different people, in this order, and nobody between them."""

from dataclasses import replace

from kiosk.contracts.printing import Printed
from kiosk.contracts.smart_card import SignedChallenge, StaffCard
from kiosk.domain.ids import StaffRef
from kiosk.domain.shift import OpenKind
from kiosk.faults import Fault, FaultCode
from kiosk.rules.documents import samples
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow import room_effects as room
from kiosk.workflow import shift_effects as handing
from kiosk.workflow.desk import Desk
from kiosk.workflow.events import backroom as back
from kiosk.workflow.events import shift as shifts
from kiosk.workflow.hand_over_shift import open_lines
from kiosk.workflow.machine import Effect, Event, advance
from kiosk.workflow.shift_sheets import is_owed
from kiosk.workflow.window import WINDOW
from tests.unit.ui.viewmodels import clerk_walk as walk
from tests.unit.ui.viewmodels import room_walk as rooms


def walked(state: Desk, event: Event) -> tuple[Desk, tuple[Effect, ...]]:
    return advance(WINDOW, state, event)


def test_the_newest_book_and_the_platforms_word_come_before_any_signature() -> None:
    begun = walk.on_duty().did(shifts.ShiftAsked())
    for told in ((), (back.StoreRead(rooms.BOOK, False),), (back.StoreRead(rooms.BOOK, True),)):
        assert walked(begun.did(*told).state, back.MovementAsked())[0].step == "count_shift"
    ready = begun.did(back.StoreRead(rooms.BOOK, True), shifts.StandingTold(rooms.STANDING))
    assert walked(ready.state, back.MovementAsked())[0].step == "sign_shift"


def test_what_is_open_is_named_kind_by_kind_and_once() -> None:
    lines = {one.kind: one for one in open_lines(rooms.shift_counting().state, unsent=3)}
    assert lines[OpenKind.TICKET].refs == ("A027",)
    assert lines[OpenKind.HANDOVER].refs == (walk.SLIP,)
    assert (lines[OpenKind.TASK].count, lines[OpenKind.MESSAGE].count, lines[OpenKind.UNSENT].count) == (3, 2, 3)
    assert OpenKind.DRAFT not in lines, "nothing is said of what there is none of"


def test_the_leaving_clerk_signs_what_was_counted() -> None:
    own = SignedChallenge(StaffRef("0317"), b"c" * 32, b"s" * 64)
    signing = rooms.shift_signing().did(ev.PinEntered("135790"))
    _, effects = walked(signing.state, ev.ChallengeSigned(own))
    (offer,) = [one for one in effects if isinstance(one, handing.OfferShift)]
    assert offer.signed is own and len(offer.units) == 4 and offer.window == "w-03"


def test_the_next_clerk_is_asked_for_a_card_of_another_and_signs_twice_under_one_pin() -> None:
    state, effects = walked(rooms.shift_laid().state, ev.PinEntered("112233"))
    assert effects == (handing.UnlockIncoming(StaffRef("0403"), "112233"),)
    assert walked(state, ev.PinEntered("112233"))[1] == (), "once"
    both = SignedChallenge(StaffRef("0403"), b"c" * 32, b"s" * 64)
    _, effects = walked(state, shifts.IncomingSigned(both, both))
    assert effects == (room.ConfirmSecondCard(both.staff_ref, both.challenge, both.signature),)


def test_taken_over_is_noted_printed_and_only_then_the_clerks_change() -> None:
    both = SignedChallenge(StaffRef("0403"), b"c" * 32, b"s" * 64)
    signed = rooms.shift_laid().did(ev.PinEntered("112233"), shifts.IncomingSigned(both, both))
    taken = replace(rooms.SHIFT, incoming=StaffRef("0403"), taken_at=walk.TIME)
    state, effects = walked(signed.state, shifts.ShiftTaken(taken))
    assert state.step == "shift_done" and state.staff is None and state.card == StaffCard(StaffRef("0403"))
    kinds = [type(one) for one in effects]
    assert kinds == [handing.KeepShift, do.PrintPaper, do.Note, handing.ChangeClerk], "kept before it is printed"
    kept = effects[0]
    assert isinstance(kept, handing.KeepShift) and kept.kept.shift == taken and dict(kept.fields)["shift"] == taken.id
    assert len(kept.kept.units) == 4 and {one.id for one in kept.kept.known} <= set(kept.kept.units)
    state, effects = walked(state, ev.StaffSignedIn(rooms.NEXT))
    assert state.staff == rooms.NEXT and any(isinstance(one, do.WatchStaffCard) for one in effects)
    assert walked(state, ev.NextAsked())[0].step == "find_case"


def test_a_session_that_did_not_open_leads_to_the_cards_page() -> None:
    broken = rooms.shift_taken().did(ev.PlatformFailed(Fault(FaultCode.PLATFORM_OFFLINE)))
    assert walked(broken.state, ev.NextAsked())[0].step == "present_staff_card"


def test_whoever_thinks_better_of_it_lays_the_own_card_again_and_counts_on() -> None:
    returning = walked(rooms.shift_laid().state, ev.BackAsked())[0]
    assert returning.step == "return_card"
    state, _ = walked(returning, back.OwnCardBack())
    assert state.step == "count_shift" and state.room.scanned.count == 4


def test_a_card_that_was_pulled_is_asked_for_again() -> None:
    pulled = walk.failed(walk.DeviceKind.STAFF_CARD_READER, FaultCode.CARD_REMOVED)
    gone = walked(rooms.shift_laid().did(ev.PinEntered("112233")).state, pulled)[0]
    assert gone.room.second_card is None and gone.busy is None
    assert isinstance(walked(gone, ev.RetryAsked())[1][0], room.WaitSecondCard)


def test_the_count_is_kept_before_the_next_clerk_signs() -> None:
    own = ev.ChallengeSigned(SignedChallenge(StaffRef("0317"), b"c" * 32, b"s" * 64))
    signing = rooms.shift_signing().did(ev.PinEntered("135790"), own)
    _, effects = walked(signing.state, shifts.ShiftOffered(rooms.SHIFT))
    [kept] = [one for one in effects if isinstance(one, handing.KeepShift)]
    assert kept.kept.shift == rooms.SHIFT and kept.fields == (), "nothing has changed hands yet"


def test_a_sheet_that_is_owed_is_offered_on_the_free_desk_and_one_that_came_out_is_marked() -> None:
    state = walk.on_duty().did(shifts.ShiftLooked(rooms.KEPT)).state
    waits, (paper,) = walked(state, shifts.LastSheetAsked())
    assert isinstance(paper, do.PrintPaper) and paper.job == rooms.KEPT.shift.sheet_job and not paper.again
    assert walked(waits, shifts.LastSheetAsked())[1] == (), "it is at the printer already"
    other = walked(waits, ev.SheetDone(Printed.PRINTED, "acceptance_notice"))[0]
    assert is_owed(other), "another paper is another paper"
    out = walked(waits, ev.SheetDone(Printed.PRINTED, paper.name))[0]
    assert not is_owed(out) and out.busy is None


def test_the_counts_page_prints_it_once_more_and_marks_it() -> None:
    kept = replace(rooms.KEPT, printed=True)
    state = rooms.shift_counting().did(shifts.ShiftLooked(kept)).state
    _, (paper,) = walked(state, shifts.LastSheetAsked())
    assert isinstance(paper, do.PrintPaper) and paper.again
    marks = [one.key for one in paper.make(samples.issuing()).watermarks]
    assert marks == ["watermark.again"]
