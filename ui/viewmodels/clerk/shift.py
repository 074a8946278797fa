"""交接班: what is open and what lies here, the leaving clerk's PIN, the next clerk's card and PIN, and the sheet."""

from kiosk.contracts.printing import Printed
from kiosk.domain.acts import Act
from kiosk.domain.shift import Shift
from kiosk.domain.stock import StockKind
from kiosk.rules.custody import tally
from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk, DeskBusy
from kiosk.workflow.events import backroom as back
from kiosk.workflow.events import shift as shifts
from kiosk.workflow.hand_over_shift import is_counted, open_lines
from kiosk.workflow.machine import Event
from kiosk.workflow.shift_sheets import SHEET
from ui.viewmodels.findings import banner
from ui.viewmodels.page import Action, Row
from ui.viewmodels.sight import Sight, Touch
from ui.viewmodels.sight import line as fact

from .chrome import Page, key
from .movements import scan_event
from .room import Entry, Room, arrows, as_of, kind_words, leave, lines, paged, place_name
from .store import Found

_PIN = range(4, 9)
_NUMBERS = 4  # of what differs, that stand in one sentence
_COLUMNS = (("work", 12, 12), ("expected", 420, 440), ("count", 580, 620), ("verdict", 760, 840))


# what is open, what lies here ---------------------------------------------------------------------------------------
def count_shift(s: Sight[Desk]) -> Page:
    """Open work first, then the drawer kind by kind; the scanner fills the drawer's lines."""
    d = s.state
    work = [_open(s, one.kind.value, one.count, one.refs) for one in open_lines(d, s.scene.ledger.waiting)]
    found = work + _drawer(s)
    barred = s.scene.barred.get(Act.HAND_OVER_SHIFT)
    may = is_counted(d) and s.scene.online and barred is None
    go = s.say("shift.count.go")
    said, state = ("shift.count.reading", "now") if d.room.reading else ("shift.count.todo", "now")
    missing = s.say("shift.count.missing")
    if not s.scene.online:
        said, state, missing = "shift.count.offline", "wait", s.say("shift.count.needs_network")
    return paged(s, Room(
        "count_shift", _COLUMNS, lines(s, found), entry=Entry(s.say("room.number"), s.say("room.count_place.hint")),
        said=s.say(said, place=place_name(s, d.window)), said_state=state, said_icon="scan", meta=as_of(s),
        about=_last(s),
        tally=s.say("room.scanned", n=d.room.scanned.count),
        tally_more=s.say("room.last", last=d.room.scanned.last or "—"),
        actions=(Action("hand_on", go, "primary", "arrow-right", may, missing, key="F9"),),
        keys=(
            key("put", "Enter", s.say("room.put"), enabled=s.note("entry") != "" and d.room.book is not None),
            *arrows(s, len(found)),
            key("drop", "F7", s.say("room.drop"), enabled=d.room.scanned.count > 0),
            key("last_sheet", "F4", s.say("shift.last_sheet"),
                enabled=d.last_shift is not None and not d.sheet_waits),
            key("hand_on", "F9", go, enabled=may),
            key("retry", "F5", s.say("room.again")),
            leave(s),
        ),
    ))  # fmt: skip


def _last(s: Sight[Desk]) -> tuple[Row, ...]:
    """When the window changed hands last, by the platform's word or this machine's, and how its sheet stands here."""
    d, standing = s.state, s.state.room.shift.standing
    kept = d.last_shift.shift if d.last_shift is not None else None
    last = standing.last if standing is not None and standing.last is not None else None
    who = (last.outgoing, last.incoming, last.taken_at) if last else None
    if who is None and kept is not None and kept.taken_at is not None:
        who = (kept.outgoing, kept.incoming, kept.taken_at)
    if who is None:
        return ()
    line = s.say("shift.count.last_line", outgoing=who[0], incoming=who[1], at=f"{who[2]:%m-%d %H:%M}")
    rows = [fact("last", s.say("shift.count.last"), line)]
    if d.last_shift is not None:
        sheet = "busy" if d.sheet_waits else "out" if d.last_shift.printed else "owed"
        rows.append(fact("sheet", s.say("shift.done.sheet"), s.say(f"shift.sheet.{sheet}")))
    return tuple(rows)


def _open(s: Sight[Desk], kind: str, count: int, refs: tuple[str, ...]) -> tuple[str, dict[str, str], str, str]:
    cells = {"work": s.say(f"shift.open.{kind}"), "count": str(count)}
    return f"open.{kind}", cells, "wait", "  ".join(refs[:_NUMBERS]) or s.say("shift.open_here")


def _drawer(s: Sight[Desk]) -> Found:
    room = s.state.room
    if room.book is None:
        return []
    found: Found = []
    for one in tally(room.book, room.place, room.scanned.units, dict(room.scanned.boxes)):
        whole = one.left == 0 and one.surplus == 0
        words = [s.say("room.count_place.left", n=one.left)] if one.left else []
        words += [s.say("room.count_place.surplus", n=one.surplus)] if one.surplus else []
        cells = {"work": kind_words(s, one.kind), "expected": str(one.expected), "count": str(one.found)}
        verdict = s.say("room.agrees") if whole else s.listed(words)
        found.append((f"kind.{one.kind.value}", cells, "ok" if whole else "wait", verdict))
    return found


def count_event(touch: Touch[Desk]) -> Event | None:
    """Scanned, typed, taken off again, signed away; or the last sheet, once more."""
    if touch.name == "last_sheet":
        return shifts.LastSheetAsked()
    return back.MovementAsked() if touch.name == "hand_on" else scan_event(touch)


# two PINs -----------------------------------------------------------------------------------------------------------
def sign_shift(s: Sight[Desk]) -> Page:
    """The leaving clerk's own PIN, over what was counted."""
    d = s.state
    ref = d.staff.staff_ref if d.staff else ""
    hint = s.say("shift.sign.hint", ref=ref)
    return _pin_page(s, "sign", hint, card=True, ref=ref, back_words=s.say("room.back"))


def take_shift(s: Sight[Desk]) -> Page:
    """What the platform found, and the card and PIN of whoever comes."""
    d, card = s.state, s.state.room.second_card
    shift = d.room.shift.shift
    assert shift is not None
    hint = s.say("shift.take.card") if card is None else s.say("shift.take.hint", ref=card.staff_ref)
    banners = () if not shift.differences else (
        {**banner("differs", "stop", s.say("shift.take.differs", n=shift.differences), _differs(s, shift),
                  icon="box"), "cap": ""},
    )  # fmt: skip
    return _pin_page(s, "take", hint, card=card is not None, ref=shift.outgoing, back_words=s.say("room.back"),
                     banners=banners)  # fmt: skip


def _differs(s: Sight[Desk], shift: Shift) -> str:
    """The first numbers that are missing or too many, in one sentence."""
    boxes = [s.say("shift.box", kind=kind_words(s, StockKind.INVOICE_VOLUME), no=f"{one.expected:08d}")
             for one in shift.batches]  # fmt: skip
    words = [s.say("shift.gone", no=one.partition("-")[2]) for one in shift.missing]
    words += [s.say("shift.more", no=one.partition("-")[2] or one) for one in shift.surplus]
    every = words + boxes
    rest = [s.say("shift.rest", n=len(every) - _NUMBERS)] if len(every) > _NUMBERS else []
    return s.say("shift.take.differs_how", what=s.listed(every[:_NUMBERS] + rest))


def _pin_page(
    s: Sight[Desk], name: str, hint: str, *, card: bool, ref: str, back_words: str, banners: tuple[Row, ...] = ()
) -> Page:
    typed, busy = len(s.note("pin")), s.state.busy is DeskBusy.PIN
    fits = card and typed in _PIN and not busy and s.scene.online
    go = s.say(f"shift.{name}.go")
    missing = s.say("enter_pin.missing" if card else "shift.take.no_card")
    return Page(
        s.say(f"shift.{name}.title"),
        meta=s.say(f"shift.{name}.meta", ref=ref),
        data={
            "typed": typed, "busy": busy or not card, "hint": hint, "dots": s.say("enter_pin.dots", n=typed),
            "clear": s.say("enter_pin.clear"), "deletes": s.say("enter_pin.delete"),
        },
        lists={"banners": banners},
        actions=(
            Action("pin", go, "primary", "shield-check", fits or busy, missing, busy, s.say("clerk.busy.pin"),
                   "Enter"),
        ),
        keys=(
            key("pin", "Enter", go, enabled=fits),
            key("delete", "Backspace", s.say("enter_pin.delete"), enabled=typed > 0 and not busy),
            *((key("retry", "F5", s.say("clerk.listen_again"), enabled=not busy),) if name == "take" else ()),
            key("back", "Esc", back_words, enabled=not busy),
        ),
        mend=key("retry", "F5", s.say("clerk.listen_again")) if name == "take" else None,
    )  # fmt: skip


# done ---------------------------------------------------------------------------------------------------------------
def shift_done(s: Sight[Desk]) -> Page:
    """The window is the next clerk's; the sheet lies in the printer."""
    d, shift = s.state, s.state.room.shift.shift
    assert shift is not None and shift.taken_at is not None
    busy, inside = d.busy is DeskBusy.PRINTING, d.staff is not None
    sheet = "busy" if busy else "unknown" if d.sheet is Printed.UNKNOWN else "printed" if d.sheet else "waits"
    said = s.say("shift.done.in" if inside else "shift.done.out", ref=shift.incoming)
    differ = s.say("shift.done.differs" if shift.differences else "room.agrees", n=shift.differences)
    go = s.say("shift.done.go" if inside else "shift.done.sign_in")
    return paged(s, Room(
        "shift_done", said=said, said_state="ok" if inside else "wait", said_icon="check" if inside else "lock",
        about=(
            fact("outgoing", s.say("shift.done.outgoing"), shift.outgoing),
            fact("incoming", s.say("shift.done.incoming"), shift.incoming),
            fact("taken_at", s.say("shift.done.at"), f"{shift.taken_at:%Y-%m-%d %H:%M:%S}"),
            fact("differences", s.say("shift.done.differences"), differ),
            fact("sheet", s.say("shift.done.sheet"),
                 s.say("room.see_reports.saved", name=d.room.saved) if d.room.saved
                 else s.say(f"shift.done.sheet_{sheet}")),
        ),
        actions=(
            Action("print", s.say("shift.done.print"), "secondary", "printer", not busy, s.say("room.wait"),
                   key="F4"),
            Action("next", go, "primary", "arrow-right", key="Enter"),
        ),
        keys=(
            key("next", "Enter", go),
            key("print", "F4", s.say("shift.done.print"), enabled=not busy),
            key("pdf", "F3", s.say("room.see_reports.pdf"), enabled=not busy),
            key("look", "F6", s.say("paper.look"), enabled=not busy),
        ),
    ))  # fmt: skip


def done_event(touch: Touch[Desk]) -> Event | None:
    """The sheet once more, as a file, or looked at."""
    if touch.name == "look":
        return ev.PreviewAsked(SHEET)
    return back.ReportAsked(SHEET, touch.name) if touch.name in ("print", "pdf") else None
