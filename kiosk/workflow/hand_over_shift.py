"""hand_over_shift (交接班): one clerk hands the window to the next.

What is open stands on one page and what lies in the drawer is scanned; the leaving clerk's card signs that, and the
platform says where it differs from the book before the next clerk's card takes it over. Then the leaving clerk is
signed out and the next one is signed in, without a moment at which the window is nobody's or both's.
"""

from dataclasses import replace

from kiosk.audit import AuditKind
from kiosk.domain.shift import OpenKind, OpenLine
from kiosk.faults import FaultCode

from . import effects as do
from . import room_effects as room
from . import shift_effects as handing
from .custody import book_read
from .desk import Desk, DeskBusy
from .events import backroom as back
from .events import everywhere, shift, window
from .machine import Effect, Event, Journey, Row, Step
from .preview import look
from .scanned import dropped, listen, listen_again, stop, things, with_room
from .shift_sheets import ASKS_FOR_SHEET, SHEET, handed_over, kept_of, sheet_of
from .shift_work import ShiftWork
from .sign_in import signed_in_noted
from .tray import read_tasks
from .two_people import anew, card_lies, checking, has_second

_REFS = 20  # numbers that one line names


def begin_shift(d: Desk, e: Event) -> Desk:
    """The count begins at nothing."""
    return replace(d, room=replace(d.room.cleared(), place=d.window, reading=True), fault=None)


def open_lines(d: Desk, unsent: int = 0) -> tuple[OpenLine, ...]:
    """What is open at this window, by the platform and by this machine, kind by kind."""
    told, now = d.room.shift.standing, d.room
    mine = (d.unsettled.case.slip_code,) if d.unsettled else ()
    lines = [
        _line(OpenKind.TICKET, told.tickets if told else ()),
        _line(OpenKind.HANDOVER, (*(told.handovers if told else ()), *mine)),
        _line(OpenKind.DRAFT, tuple(case.slip_code for case, _ in d.splits)),
        OpenLine(OpenKind.TASK, len(now.tasks)),
        _line(OpenKind.MESSAGE, tuple(one.slip_code for one in now.messages), len(now.messages)),
        OpenLine(OpenKind.DISCREPANCY, len(now.discrepancies or ())),
        OpenLine(OpenKind.UNSENT, unsent),
    ]
    return tuple(one for one in lines if one.count)


def _line(kind: OpenKind, refs: tuple[str, ...], count: int | None = None) -> OpenLine:
    each = tuple(dict.fromkeys(refs))
    return OpenLine(kind, len(each) if count is None else count, each[:_REFS])


# counting -----------------------------------------------------------------------------------------------------------
def _look(d: Desk) -> tuple[Effect, ...]:
    return (*listen(d), room.ReadStore(), handing.ReadStanding(d.window), *read_tasks(d))


def _look_again(d: Desk, e: Event) -> tuple[Effect, ...]:
    return (room.ReadStore(), handing.ReadStanding(d.window), *read_tasks(d))


def _reading(d: Desk, e: Event) -> Desk:
    return with_room(replace(d, fault=None), reading=True)


def _told(d: Desk, e: Event) -> Desk:
    assert isinstance(e, shift.StandingTold)
    return with_room(d, shift=replace(d.room.shift, standing=e.standing))


def _unheard(d: Desk, e: Event) -> Desk:
    assert isinstance(e, everywhere.PlatformFailed | everywhere.DeviceFailed | everywhere.LedgerFailed)
    return with_room(replace(d, busy=None, fault=e.fault), reading=False)


def _may_scan(d: Desk, e: Event) -> bool:
    return d.room.book is not None


def is_counted(d: Desk) -> bool:
    """Whether there is something to sign: the newest book and the platform's own word on what is open here."""
    return d.room.book is not None and d.room.live and d.room.shift.standing is not None


def _counted(d: Desk, e: Event) -> bool:
    return is_counted(d)


# the leaving clerk signs --------------------------------------------------------------------------------------------
def _own_pin(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, window.PinEntered) and d.staff is not None
    return (do.UnlockStaffCard(d.staff.staff_ref, e.pin),)


def _is_idle(d: Desk, e: Event) -> bool:
    return d.busy is None


def _offer(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, window.ChallengeSigned)
    seen = d.room.scanned
    return (handing.OfferShift(d.window, d.now, seen.units, seen.boxes, open_lines(d), e.signed),)


def _offered(d: Desk, e: Event) -> Desk:
    assert isinstance(e, shift.ShiftOffered)
    return with_room(replace(d, busy=None), shift=replace(d.room.shift, shift=e.shift), origin="count_shift")


def _keep_count(d: Desk, e: Event) -> tuple[Effect, ...]:
    """Before the next clerk signs: whoever loses the answer to that finds the count on the disk."""
    assert isinstance(e, shift.ShiftOffered)
    return (handing.KeepShift(kept_of(d, e.shift)),)


def _watch(d: Desk, e: Event) -> tuple[Effect, ...]:
    return (do.WatchStaffCard(),)


# the next clerk takes over ------------------------------------------------------------------------------------------
def _wait(d: Desk) -> tuple[Effect, ...]:
    return (room.WaitSecondCard(),)


def _wait_again(d: Desk, e: Event) -> tuple[Effect, ...]:
    return (room.WaitSecondCard(),)


def _unlock(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, window.PinEntered) and d.room.second_card is not None
    return (handing.UnlockIncoming(d.room.second_card.staff_ref, e.pin),)


def _signed(d: Desk, e: Event) -> Desk:
    assert isinstance(e, shift.IncomingSigned)
    return with_room(d, shift=replace(d.room.shift, signing_in=e.signing_in))


def _confirm(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, shift.IncomingSigned)
    signed = e.taking
    return (room.ConfirmSecondCard(signed.staff_ref, signed.challenge, signed.signature),)


def _take(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, back.SecondConfirmed) and d.room.shift.shift is not None
    return (handing.TakeShift(d.room.shift.shift.id, d.window, e.second.staff_ref),)


def _failed(d: Desk, e: Event) -> Desk:
    """A card that was pulled is asked for anew; whatever else failed, it still lies there."""
    assert isinstance(e, everywhere.DeviceFailed | everywhere.PlatformFailed)
    gone = e.fault.code is FaultCode.CARD_REMOVED
    kept = None if gone else d.room.second_card
    return with_room(replace(d, busy=None, fault=e.fault), second_card=kept, second=None)


def _taken(d: Desk, e: Event) -> Desk:
    assert isinstance(e, shift.ShiftTaken)
    work = ShiftWork(d.room.shift.standing, e.shift, d.room.shift.signing_in)
    return with_room(replace(d, card=d.room.second_card, staff=None, busy=None, sheet=None, fault=None), shift=work)


def _paper(d: Desk, report: str = SHEET) -> tuple[Effect, ...]:
    taken = d.room.shift.shift
    if report != SHEET or taken is None:
        return ()
    return (sheet_of(replace(kept_of(d, taken), printed=d.sheet is not None)),)


def _change(d: Desk, e: Event) -> tuple[Effect, ...]:
    """The sheet and the trail are still the leaving clerk's."""
    assert isinstance(e, shift.ShiftTaken)
    signed = d.room.shift.signing_in
    assert signed is not None
    return (
        handing.KeepShift(kept_of(d, e.shift), handed_over(e.shift)),
        *_paper(_taken(d, e)),
        do.Note(AuditKind.STAFF_SIGNED_OUT, (("reason", "shift"),)),
        handing.ChangeClerk(signed),
    )


# done ---------------------------------------------------------------------------------------------------------------
def _signed_in(d: Desk, e: Event) -> Desk:
    assert isinstance(e, window.StaffSignedIn)
    return replace(d, staff=e.session)


def _printed(d: Desk, e: Event) -> Desk:
    assert isinstance(e, window.SheetDone)
    return replace(d, busy=None, sheet=e.printed)


def _busy(d: Desk, e: Event) -> Desk:
    return with_room(replace(d, busy=DeskBusy.PRINTING, fault=None, preview=None), saved="")


def _again(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, back.ReportAsked)
    (paper,) = _paper(d)
    assert isinstance(paper, do.PrintPaper)
    return (paper,) if e.way == "print" else (room.SaveReport(paper.job, "pdf", paper.make),)


def _may_print(d: Desk, e: Event) -> bool:
    return d.busy is None and bool(_paper(d))


def _saved(d: Desk, e: Event) -> Desk:
    assert isinstance(e, back.ReportSaved)
    return with_room(replace(d, busy=None), saved=e.name)


def _is_in(d: Desk, e: Event) -> bool:
    return d.staff is not None


def _out(d: Desk, e: Event) -> tuple[Effect, ...]:
    """The next clerk's card did not open a session: the window waits for a card as in the morning."""
    return (do.StopDevices(), do.CloseStaffSession(), do.ForgetVisit(None, "staff"))


HAND_OVER_SHIFT: Journey[Desk] = Journey(
    "hand_over_shift",
    (
        Step("count_shift", (
            Row(back.MovementAsked, "sign_shift", None, None, _counted),
            Row(window.CodeScanned, None, things, listen_again, _may_scan),
            Row(window.CodeTyped, None, things, None, _may_scan),
            Row(back.ScanDropped, None, dropped),
            Row(back.StoreRead, None, book_read),
            Row(shift.StandingTold, None, _told),
            ASKS_FOR_SHEET,
            Row(everywhere.PlatformFailed, None, _unheard),
            Row(everywhere.DeviceFailed, None, _unheard),
            Row(everywhere.RetryAsked, None, _reading, _look_again),
            Row(everywhere.BackAsked, "find_case"),
        ), enter=_look, leave=stop),
        Step("sign_shift", (
            Row(window.PinEntered, None, checking, _own_pin, _is_idle),
            Row(window.ChallengeSigned, None, None, _offer),
            Row(shift.ShiftOffered, "take_shift", _offered, _keep_count),
            Row(everywhere.PlatformFailed, None, _unheard, _watch),
            Row(everywhere.DeviceFailed, None, _unheard, _watch),
            Row(everywhere.BackAsked, "count_shift", None, _watch, _is_idle),
        )),
        Step("take_shift", (
            Row(back.SecondCardPut, None, card_lies),
            Row(window.PinEntered, None, checking, _unlock, has_second),
            Row(shift.IncomingSigned, None, _signed, _confirm),
            Row(back.SecondConfirmed, None, None, _take),
            Row(shift.ShiftTaken, "shift_done", _taken, _change),
            Row(everywhere.DeviceFailed, None, _failed),
            Row(everywhere.PlatformFailed, None, _failed),
            Row(everywhere.RetryAsked, None, anew, _wait_again),
            Row(everywhere.BackAsked, "return_card", anew, None, _is_idle),
        ), enter=_wait),
        Step("shift_done", (
            Row(window.StaffSignedIn, None, _signed_in, signed_in_noted),
            Row(window.SheetDone, None, _printed),
            Row(back.ReportAsked, None, _busy, _again, _may_print),
            look(_paper),
            Row(back.ReportSaved, None, _saved),
            Row(everywhere.PlatformFailed, None, _unheard),
            Row(everywhere.DeviceFailed, None, _unheard),
            Row(everywhere.LedgerFailed, None, _unheard),
            Row(everywhere.NextAsked, "find_case", None, None, _is_in),
            Row(everywhere.NextAsked, "present_staff_card", None, _out),
        )),
    ),
)  # fmt: skip
