"""Custody, two people, tasks and search as tables: what a scan does, what is written down, what is not allowed."""

from dataclasses import replace

import pytest

from kiosk.contracts.custody import (
    CloseCount,
    CountPlace,
    MoveUnit,
    QuarantineUnit,
    ReceiveGoods,
    SendGoods,
    SettleDiscrepancy,
    TakeInGoods,
    UnitAct,
    VoidUnit,
)
from kiosk.contracts.ledger import ClosedAs, Verdict
from kiosk.domain.case_story import ToldAs
from kiosk.domain.discrepancy import Resolution
from kiosk.domain.stock import StockKind
from kiosk.faults import Fault, FaultCode
from kiosk.workflow import events as ev
from kiosk.workflow import room_effects as room
from kiosk.workflow.desk import Desk
from kiosk.workflow.events import backroom as back
from kiosk.workflow.machine import Effect, Event, advance
from kiosk.workflow.window import WINDOW
from tests.unit.ui.viewmodels import clerk_walk as walk
from tests.unit.ui.viewmodels import room_walk as rooms


def walked(state: Desk, event: Event) -> tuple[Desk, tuple[Effect, ...]]:
    return advance(WINDOW, state, event)


def movement(effects: tuple[Effect, ...]) -> object:
    """The one deed that is recorded, or None."""
    found = [one.deed for one in effects if isinstance(one, room.RecordMovement)]
    assert len(found) <= 1
    return found[0] if found else None


@pytest.mark.parametrize(
    ("number", "act", "kind"),
    [
        ("50010020", UnitAct.QUARANTINE, QuarantineUnit), ("50010009", UnitAct.CLEAR, MoveUnit),
        ("50010020", UnitAct.RETURN, None), ("50010020", UnitAct.CLEAR, None), ("50010009", UnitAct.FIND, None),
        ("99999999", UnitAct.QUARANTINE, None),
    ],
)  # fmt: skip
def test_a_thing_is_moved_only_as_its_state_allows(number: str, act: UnitAct, kind: type | None) -> None:
    state, effects = walked(rooms.unit(number).state, back.UnitActed(act, "damaged"))
    deed = movement(effects)
    assert (type(deed) if deed else None) is kind
    assert state.step == "handle_unit"


def test_to_write_off_takes_two_and_only_what_was_put_aside() -> None:
    state, effects = walked(rooms.unit("50010009").state, back.UnitActed(UnitAct.VOID, "damaged"))
    assert state.step == "confirm_second" and isinstance(state.room.waiting, VoidUnit) and movement(effects) is None
    assert any(isinstance(one, room.WaitSecondCard) for one in effects)
    state, effects = walked(rooms.unit("50010020").state, back.UnitActed(UnitAct.VOID, "damaged"))
    assert state.step == "handle_unit" and state.room.waiting is None


def test_a_count_holds_what_was_seen_once_even_what_the_book_does_not_know() -> None:
    counting = rooms.counting().did(walk.scan("50010001"), ev.CodeTyped("661000099999"), walk.scan("41000201"))
    assert counting.state.fault is None
    _, effects = walked(counting.state, back.MovementAsked())
    deed = movement(effects)
    assert isinstance(deed, CountPlace) and deed.place == "w-03"
    assert len(deed.units) == len(set(deed.units)) == 6 and "tax_device-661000099999" in deed.units
    assert deed.batches == (("B-0500019", 41000201),)
    strange = rooms.counting().did(walk.scan("not a number!"))
    assert strange.state.fault == Fault(FaultCode.UNIT_UNKNOWN)
    assert strange.state.room.scanned.units == rooms.counting().state.room.scanned.units


def test_the_last_scan_can_be_taken_back_and_nothing_more_is_scanned_once_it_is_written_down() -> None:
    counting = rooms.counting()
    before = counting.state.room.scanned.units
    assert counting.did(back.ScanDropped()).state.room.scanned.units == before[:-1]
    told = rooms.counting().did(back.MovementAsked(), back.MovementTold(rooms.status(Verdict.WAITING)))
    assert told.did(walk.scan("50010005")).state.room.scanned.units == before
    _, effects = walked(told.state, back.MovementAsked())
    assert movement(effects) is None, "once"


@pytest.mark.parametrize(
    ("kind", "typed", "fault"),
    [
        (StockKind.TAX_DEVICE, "661000000011", "serial-exists"),
        (StockKind.TAX_DEVICE, "661000000010-661000000012", "serial-exists"),
        (StockKind.INVOICE_VOLUME, "050001900104 41005001-41006000", "range-overlap"),
        (StockKind.INVOICE_VOLUME, "050001900104 41005126-41006125", ""),
        (StockKind.TAX_DEVICE, "661000000121-661000000130", ""),
    ],
)
def test_numbers_that_are_in_the_book_do_not_come_in_again(kind: StockKind, typed: str, fault: str) -> None:
    state = (
        rooms.at_store().did(back.ReceiveAsked("store-01"), back.KindPicked(kind, "007"), ev.CodeTyped(typed)).state
    )
    if fault:
        assert state.fault is not None and state.fault.details["slug"] == fault
        assert state.room.scanned.count == 0
    else:
        assert state.fault is None and state.room.scanned.count > 0


def test_a_delivery_needs_a_note_and_a_keeper() -> None:
    state, _ = walked(rooms.receiving().state, back.MovementAsked("  "))
    assert state.step == "receive_goods" and state.room.waiting is None
    state, _ = walked(rooms.receiving().state, back.MovementAsked("DN-118"))
    wanted = state.room.waiting
    assert isinstance(wanted, ReceiveGoods) and wanted.serials[0] == "661000000121" and len(wanted.serials) == 4
    plain = rooms.at_store(rooms.supervisor()).did(back.ReceiveAsked("store-01"))
    assert plain.state.step == "see_store", "no keeper, no receiving"


def test_what_is_sent_and_taken_in_is_what_was_scanned() -> None:
    sent = rooms.at_store().did(back.SendAsked("store-01", "w-03"), ev.CodeTyped("50010020-50010022"))
    _, effects = walked(sent.did(walk.scan("41000201")).state, back.MovementAsked())
    deed = movement(effects)
    assert isinstance(deed, SendGoods) and len(deed.units) == 3
    assert [(one.first_no, one.count) for one in deed.ranges] == [(41000201, 4925)]
    assert rooms.at_store().did(back.SendAsked("w-03", "w-03")).state.step == "see_store"
    taken = rooms.at_store().did(back.TransferPicked("T1"), walk.scan("50010021"), walk.scan("41000201"))
    _, effects = walked(taken.state, back.MovementAsked())
    deed = movement(effects)
    assert isinstance(deed, TakeInGoods) and deed.units == ("licence_paper-50010021",)
    assert deed.ranges == rooms.TRANSFER.ranges


def test_a_refused_movement_is_said_and_leads_nowhere() -> None:
    acted = rooms.unit().did(back.UnitActed(UnitAct.QUARANTINE, "damaged"))
    state, effects = walked(
        acted.state, back.MovementTold(rooms.status(Verdict.REFUSED, rooms.refusal("handover-open")))
    )
    assert state.fault is not None and state.fault.code is FaultCode.STOCK_REFUSED and effects == ()
    state, effects = walked(acted.state, back.MovementTold(rooms.status(Verdict.ACCEPTED)))
    assert effects == (room.ReadStore(),), "the book is another now"


def test_nothing_goes_on_before_the_clerks_own_card_is_back() -> None:
    asked = rooms.confirmed()
    assert asked.state.step == "return_card"
    for event in (ev.NextAsked(), ev.BackAsked(), back.StoreAsked(), back.MovementAsked("x")):
        assert walked(asked.state, event)[0].step == "return_card"
    early = asked.did(back.OwnCardBack())
    assert early.state.step == "return_card", "the act is not answered yet"
    done = early.did(back.DoneTogether(4))
    assert done.state.step == "receive_goods" and done.state.room.done == "receive"
    refused = rooms.confirmed().did(ev.PlatformFailed(Fault(FaultCode.STOCK_REFUSED)), back.OwnCardBack()).state
    assert refused.step == "receive_goods" and refused.fault == Fault(FaultCode.STOCK_REFUSED)
    assert refused.room.scanned.count == 4, "what was scanned is still on the desk"
    given_up = rooms.confirming().did(ev.BackAsked())
    assert given_up.state.step == "return_card" and given_up.did(back.OwnCardBack()).state.step == "receive_goods"
    assert walked(asked.state, ev.StaffLeft())[0].step == "present_staff_card"


def test_a_pin_is_taken_only_for_a_second_card() -> None:
    _, effects = walked(rooms.confirming().state, ev.PinEntered("135790"))
    assert effects == ()


def test_only_a_supervisor_closes_counts_and_settles_differences() -> None:
    keeper = rooms.at_store().did(back.CountPicked("C1"))
    assert walked(keeper.state, back.CountJudged(True))[0].step == "close_count"
    state, _ = walked(rooms.at_store(rooms.supervisor()).did(back.CountPicked("C1")).state, back.CountJudged(True))
    assert (
        state.step == "confirm_second" and isinstance(state.room.waiting, CloseCount) and state.room.waiting.accepted
    )
    settle = back.SettleDiscrepancyAsked("d0", Resolution.EXPLAINED, "示例：已查明")
    assert walked(rooms.tray().state, settle)[0].step == "see_tasks"
    state, _ = walked(rooms.tray(rooms.supervisor()).state, settle)
    assert state.step == "confirm_second" and isinstance(state.room.waiting, SettleDiscrepancy)
    mute = walked(rooms.tray(rooms.supervisor()).state, replace(settle, words=" "))[0]
    assert mute.step == "see_tasks", "not without a word"


def test_a_task_is_closed_once_by_whoever_saw_to_it() -> None:
    state, effects = walked(rooms.tray().state, back.TaskClosed("k1", ClosedAs.TOLD))
    assert effects == (room.CloseTask("k1", "decideAcceptance", ClosedAs.TOLD),) and state.room.done == "task"
    assert walked(rooms.tray().state, back.TaskClosed("unknown", ClosedAs.TOLD))[1] == ()


def test_a_message_that_reached_nobody_waits_until_the_platform_knows_that_somebody_saw_to_it() -> None:
    tray = rooms.tray()
    assert tray.state.room.open_tasks == 8
    state, effects = walked(tray.state, back.MessageSeenTo("M2", ToldAs.IN_PERSON))
    assert effects == (room.CloseMessage("M2", ToldAs.IN_PERSON),)
    assert len(state.room.messages) == 2 and not state.room.done, "nothing looks done before it is"
    closed, _ = walked(state, back.MessageClosed("M2"))
    assert [one.id for one in closed.room.messages] == ["M1"] and closed.room.done == "message"
    assert walked(closed, back.MessageSeenTo("M2", ToldAs.CALLED))[1] == ()
    elsewhere, _ = walked(closed, back.FailedMessagesTold(()))  # another window has seen to the other one
    assert elsewhere.room.messages == () and elsewhere.room.open_tasks == 6


def test_the_count_of_tasks_stays_known_from_case_to_case() -> None:
    desk = walk.on_duty().did(back.TasksListed(rooms.TASKS), back.DiscrepanciesTold(rooms.DIFFERENCES))
    assert desk.state.room.open_tasks == 6
    assert desk.did(back.StoreAsked(), ev.BackAsked()).state.room.open_tasks == 6
    assert walked(desk.state, ev.StaffLeft())[0].room.open_tasks == 0, "the next clerk is told anew"


def test_a_late_match_of_an_older_fragment_changes_nothing_and_a_found_case_opens() -> None:
    found = rooms.found()
    hits = found.state.room.hits
    assert found.did(back.CasesMatched("w", ())).state.room.hits == hits
    viewed = rooms.viewed()
    opened = viewed.did(ev.CasePicked(walk.CASE), ev.CasesFound((walk.case(walk.CaseState.READY),)))
    assert opened.state.step == "verify_recipient" and opened.state.case is not None
    other = rooms.viewed().did(ev.CasePicked(walk.CASE), ev.CasesFound(walk.hall()[1:]))
    assert other.state.step == "view_case", "not that one"
