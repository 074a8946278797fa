"""The plan of the comprehensive window: sign-in, intake, hand-over, and what holds on every screen."""

from dataclasses import replace

from kiosk.audit import AuditKind
from kiosk.contracts.ledger import Verdict

from . import effects as do
from . import events as ev
from .custody import CUSTODY
from .desk import Desk, DeskBusy, of_this_case
from .events import backroom as back
from .events import shift as shifts
from .form_entry import FORM_ENTRY
from .hand_over import HAND_OVER
from .hand_over_shift import HAND_OVER_SHIFT, begin_shift
from .intake import INTAKE
from .issue_tax_device import ISSUE_TAX_DEVICE
from .lock import LOCK_FIRST
from .machine import Effect, Event, Plan, Row
from .preview import LOOKED_AT
from .queue import QUEUE
from .recheck import RECHECK
from .reports import REPORTING
from .search import SEARCH
from .settle import SETTLE, split_found
from .shift_sheets import SHEET_CAME, looked
from .sign_in import SIGN_IN
from .tray import TRAY, discrepancies, listed, message_closed, messages
from .two_people import TWO_PEOPLE
from .visit import DEVICE_FAULTS, Clocked


def arrive(d: Desk, step: str) -> Desk:
    """A new step begins without an old fault; the free desk has forgotten the last customer."""
    if step == "present_staff_card":
        return Desk(d.now, d.window)
    if step in ("find_case", "list_devices"):
        kept = Desk(d.now, d.window, step, d.card, d.staff, d.cases, d.unsettled, line=d.line)
        return replace(kept, splits=d.splits, devices=d.devices.put_down(), room=d.room.cleared(), lock=d.lock)
    busy = {"check_bundle": DeskBusy.PREPARING, "handed_over": DeskBusy.PRINTING}.get(step)
    fault = d.fault if d.step == "return_card" else None  # what the two people were told outlives the card's way back
    room = d.room.cleared() if step == "see_store" else d.room
    return replace(d, step=step, fault=fault, busy=busy, idle_warned=False, room=room, unheard=(), preview=None)


def _on_free_desk(d: Desk, e: Event) -> bool:
    return d.step == "find_case" and d.busy is None


def _signed_in(d: Desk, e: Event) -> bool:
    return d.card is not None


def _left(d: Desk, e: Event) -> tuple[Effect, ...]:
    filled = d.entry.visit.case_id if d.entry else None
    return (
        do.StopDevices(),
        do.CloseStaffSession(),
        do.Note(AuditKind.STAFF_SIGNED_OUT, (("reason", type(e).__name__),)),
        do.ForgetVisit(d.case.id if d.case else filled, "staff"),
    )


def _news(d: Desk, e: Event) -> Desk:
    """The slip of the open case follows the ledger; checks and marks stay the clerk's."""
    assert isinstance(e, ev.CaseChanged)
    deed = next((x for x in e.deeds if d.deed and x.id == d.deed.id), d.deed)
    arrived = deed is not None and deed.verdict in (Verdict.ACCEPTED, Verdict.ALREADY_KNOWN)
    truth = Clocked(d.truth.recorded, deed.settled_at if deed and arrived else None, e.case.accepted_at)
    fault = deed.fault if deed and deed.fault else d.fault
    return replace(d, case=e.case, live=e.live, deed=deed, truth=truth, fault=fault)


def _listed(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.CasesListed)
    return replace(d, cases=e.cases)


def _not_kept(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.LedgerFailed)
    return replace(d, busy=None, fault=e.fault)


def _recovered(d: Desk, e: Event) -> Desk:
    if d.fault is None or d.fault.code not in DEVICE_FAULTS:
        return d
    return replace(d, fault=None, busy=DeskBusy.PRINTING if d.step == "handed_over" and not d.sheet else d.busy)


EVERYWHERE: tuple[Row[Desk], ...] = (
    Row(ev.StaffLeft, "present_staff_card", None, _left, _signed_in),
    Row(ev.SignOutAsked, "present_staff_card", None, _left, _signed_in),
    Row(ev.ServiceStopped, "present_staff_card", None, _left, _signed_in),
    Row(ev.CaseChanged, None, _news, None, of_this_case),
    Row(ev.CasesListed, None, _listed),
    Row(ev.SplitsLooked, None, split_found),
    Row(shifts.ShiftLooked, None, looked),
    Row(ev.DeviceRecovered, None, _recovered),
    Row(ev.LedgerFailed, None, _not_kept),
    *LOOKED_AT,
    *QUEUE,
    Row(back.TasksListed, None, listed),
    Row(back.DiscrepanciesTold, None, discrepancies),
    Row(back.FailedMessagesTold, None, messages),
    Row(back.MessageClosed, None, message_closed),
    Row(back.TasksAsked, "see_tasks", when=_on_free_desk),
    Row(back.StoreAsked, "see_store", when=_on_free_desk),
    Row(back.SearchAsked, "search_cases", when=_on_free_desk),
    Row(shifts.ShiftAsked, "count_shift", begin_shift, None, _on_free_desk),
)

JOURNEYS = (
    SIGN_IN, INTAKE, FORM_ENTRY, HAND_OVER, RECHECK, ISSUE_TAX_DEVICE, SETTLE, SEARCH, TRAY, CUSTODY, TWO_PEOPLE,
    REPORTING, HAND_OVER_SHIFT,
)  # fmt: skip
WINDOW: Plan[Desk] = Plan("present_staff_card", JOURNEYS, EVERYWHERE, arrive, (SHEET_CAME, *LOCK_FIRST))
