"""The free desk: three ways to a case at once, and the hall's open cases."""

from kiosk.domain.ids import CaseId
from kiosk.faults import FaultCode
from kiosk.rules.slip_code import typed_slip
from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk, DeskBusy
from kiosk.workflow.events import backroom as back
from kiosk.workflow.events import shift
from kiosk.workflow.machine import Event
from kiosk.workflow.shift_sheets import is_owed
from ui.viewmodels.findings import banner
from ui.viewmodels.naming import business
from ui.viewmodels.page import Action, Row
from ui.viewmodels.sight import Sight, Touch, choice

from .chrome import Page, key, marked_case, open_cases, scan_of

_FOUND_NOTHING = (FaultCode.CASE_NOT_FOUND, FaultCode.CODE_UNREADABLE, FaultCode.FOREIGN_CODE)


def find_case(s: Sight[Desk]) -> Page:
    """Card on the reader, slip before the scanner, or the code by hand: whichever comes first."""
    d = s.state
    typed, busy, listed = s.note("code"), d.busy is DeskBusy.FINDING, bool(open_cases(d))
    ways = tuple(
        choice(name, s.say(f"find_case.{name}"), s.say(f"find_case.{name}_how"), icon=icon)
        for name, icon in (("card", "card"), ("slip", "scan"))
    )
    fits = typed_slip(typed) is not None
    mend = d.fault is not None and d.fault.code not in _FOUND_NOTHING
    anew = key("retry", "F5", s.say("clerk.listen_again"))
    return Page(
        s.say("find_case.title"),
        meta=s.say("find_case.lead"),
        data={
            "busy": busy,
            "said": s.say("clerk.busy.finding" if busy else "find_case.not_all" if mend else "find_case.listening"),
            "byHand": s.say("find_case.typed"),
            "byHandHow": s.say("find_case.typed_how"),
            "placeholder": s.say("find_case.placeholder"),
            "pick": marked_case(s),
        },
        lists={
            "ways": ways, "banners": (*_unsettled(s), *_parted(s), *_owed_sheet(s)),
            "doors": doors(s, enabled=not busy),
        },
        actions=(
            Action("find", s.say("find_case.go"), "primary", "search", fits or busy, s.say("find_case.missing"),
                   busy, s.say("clerk.busy.finding"), "Enter"),
        ),
        keys=(
            key("find", "Enter", s.say("find_case.go"), enabled=fits and not busy),
            key("up", "Up", s.say("clerk.up"), enabled=listed and not busy),
            key("down", "Down", s.say("clerk.down"), enabled=listed and not busy),
            key("open_marked", "F3", s.say("find_case.open_marked"), enabled=listed and not busy),
            anew,
            key("settle", "F6", s.say("settle_desk.open"), enabled=bool(d.splits) and not busy),
            key("recheck", "F7", s.say("recheck.open"), enabled=d.unsettled is not None and not busy),
            key("last_sheet", "F10", s.say("shift.last_sheet"), enabled=is_owed(d) and not d.sheet_waits),
            key("devices", "F8", s.say("devices.open"), enabled=not busy),
            key("sign_out", "Ctrl+Q", s.say("clerk.sign_out")),
        ),
        mend=anew if mend else None,
    )  # fmt: skip


DOORS = {
    "new": ("Ctrl+N", ev.EntryAsked),
    "search": ("Ctrl+F", back.SearchAsked),
    "store": ("Ctrl+S", back.StoreAsked),
    "tasks": ("Ctrl+T", back.TasksAsked),
    "shift": ("Ctrl+J", shift.ShiftAsked),
}


def doors(s: Sight[Desk], *, enabled: bool) -> tuple[Row, ...]:
    """The ways from the free desk to what is no case: search, custody store, tasks with their number."""
    icons = {"new": "pencil", "search": "search", "store": "box", "tasks": "inbox", "shift": "people"}
    return tuple(
        {
            **key(name, cap, s.say(f"room.door.{name}", n=s.state.room.open_tasks), enabled=enabled),
            "icon": icons[name],
        }
        for name, (cap, _) in DOORS.items()
    )


def _unsettled(s: Sight[Desk]) -> tuple[Row, ...]:
    """A hand-over of this window stopped half-way: before the next one, its things are looked for."""
    left, last = s.state.unsettled, s.state.unwitnessed
    if left is None and last is not None:
        what = s.say("recheck.recorded", company=business(last.form, s.words))
        return ({**banner("unwitnessed", "wait", what, s.say("recheck.recorded_how"), icon="stamp"), "cap": ""},)
    if left is None:
        return ()
    what, todo = s.say("recheck.stopped", company=business(left.case.form, s.words)), s.say("recheck.stopped_how")
    said = banner("unsettled", "wait", what, todo, icon="stamp", button=s.say("recheck.open"), act="recheck")
    return ({**said, "cap": "F7"},)


def _owed_sheet(s: Sight[Desk]) -> tuple[Row, ...]:
    """The window changed hands and no sheet came out."""
    d = s.state
    last = d.last_shift.shift if d.last_shift is not None else None
    if not is_owed(d) or last is None or last.taken_at is None:
        return ()
    at = s.moment(last.taken_at)
    what = s.say("shift.owed", outgoing=last.outgoing, incoming=last.incoming, at=at)
    busy = d.sheet_waits
    said = banner("shift_sheet", "wait", what, s.say("clerk.busy.printing" if busy else "shift.owed_how"),
                  icon="printer", button="" if busy else s.say("shift.last_sheet"), act="last_sheet")  # fmt: skip
    return ({**said, "cap": "" if busy else "F10"},)


def _parted(s: Sight[Desk]) -> tuple[Row, ...]:
    """A draft of this window that was changed elsewhere too waits until its applicant is asked."""
    splits = s.state.splits
    if not splits:
        return ()
    company = business(splits[0][0].form, s.words) or splits[0][0].slip_code
    what = s.say("settle_desk.waits" if len(splits) == 1 else "settle_desk.wait", company=company, n=len(splits))
    todo, open_it = s.say("settle_desk.waits_how"), s.say("settle_desk.open")
    said = banner("split", "wait", what, todo, icon="licence", button=open_it, act="settle")
    return ({**said, "cap": "F6"},)


def find_event(touch: Touch[Desk]) -> Event | None:
    """By hand, by wedge, or out of the list."""
    cases = open_cases(touch.sight.state)
    if touch.sight.state.busy is not None:
        return None
    if touch.name == "devices":
        return ev.DevicesAsked()
    if touch.name == "recheck":
        return ev.RecheckAsked()
    if touch.name in DOORS:
        return DOORS[touch.name][1]()
    if touch.name == "last_sheet":
        return shift.LastSheetAsked()
    if touch.name == "settle":
        return ev.SettleAsked()
    if touch.name == "find":
        return ev.CodeTyped(touch.sight.note("code"))
    if touch.name == "scanned" and isinstance(touch.payload, dict):
        return ev.CodeScanned(scan_of(str(touch.payload.get("text", ""))))
    if touch.name == "open_marked" and cases:
        return ev.CasePicked(cases[marked_case(touch.sight)].id)
    verb, _, case_id = touch.name.partition(".")
    known = any(c.id == case_id for c in cases)
    return ev.CasePicked(CaseId(case_id)) if verb == "open" and known else None
