"""The sheet of a hand-over of a shift (交接单): what it says is kept before it is printed, so that the sheet of the
last one can be had after a power cut, and once more at any time (补打)."""

from dataclasses import replace
from functools import partial

from kiosk.domain.shift import KeptShift, Shift
from kiosk.rules.documents.shift_sheet import shift_sheet

from . import effects as do
from .desk import Desk
from .events import shift as ev
from .events import window
from .machine import Effect, Event, Row

SHEET = "shift_sheet"


def kept_of(d: Desk, shift: Shift) -> KeptShift:
    """What was counted, with the things as the book has them now: when it is printed they may have moved on."""
    seen, boxes, book = d.room.scanned.units, d.room.scanned.boxes, d.room.book
    scanned, boxed = set(seen), {batch for batch, _ in boxes}
    known = tuple(one for one in book.units if one.id in scanned) if book else ()
    batches = tuple(one for one in book.batches if one.id in boxed) if book else ()
    return KeptShift(shift, tuple(seen), tuple(boxes), known, batches)


def sheet_of(kept: KeptShift) -> do.PrintPaper:
    """Its print; marked when one came out before."""
    return do.PrintPaper(SHEET, kept.shift.sheet_job, partial(shift_sheet, kept), again=kept.printed)


def handed_over(shift: Shift) -> tuple[tuple[str, str], ...]:
    """Fields of the audit entry."""
    return (
        ("shift", shift.id), ("incoming", shift.incoming), ("differences", str(shift.differences)),
        ("open", str(sum(one.count for one in shift.open))),
    )  # fmt: skip


def is_owed(d: Desk) -> bool:
    """Whether the sheet of the last hand-over never came out."""
    return d.last_shift is not None and not d.last_shift.printed


# the last hand-over's -----------------------------------------------------------------------------------------------
def looked(d: Desk, e: Event) -> Desk:
    """What the disk, or the platform, says of the last hand-over; nothing of it is at the printer then."""
    assert isinstance(e, ev.ShiftLooked)
    return replace(d, last_shift=e.kept, sheet_waits=False)


def _may_print(d: Desk, e: Event) -> bool:
    return d.last_shift is not None and not d.sheet_waits


def _printing(d: Desk, e: Event) -> Desk:
    """The clerk works on meanwhile."""
    return replace(d, sheet_waits=True, fault=None)


def _print(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert d.last_shift is not None
    return (sheet_of(d.last_shift),)


def _is_out(d: Desk, e: Event) -> bool:
    return isinstance(e, window.SheetDone) and e.paper == SHEET and d.sheet_waits and d.last_shift is not None


def _printed(d: Desk, e: Event) -> Desk:
    assert d.last_shift is not None
    return replace(d, sheet_waits=False, last_shift=replace(d.last_shift, printed=True))


ASKS_FOR_SHEET: Row[Desk] = Row(ev.LastSheetAsked, None, _printing, _print, _may_print)
# Wherever the clerk is by then: no paper of that page came out.
SHEET_CAME: Row[Desk] = Row(window.SheetDone, None, _printed, None, _is_out)
