"""待办: what waits for a person, with its owner, what the platform said, what to do, and how it is closed."""

from kiosk.contracts.ledger import ClosedAs, LedgerTask
from kiosk.domain.discrepancy import Discrepancy, Resolution
from kiosk.faults import words as fault_words
from kiosk.workflow.desk import Desk
from kiosk.workflow.events import backroom as back
from kiosk.workflow.machine import Event
from kiosk.workflow.tray import SHORTEST, manages
from ui.viewmodels.page import Action, Row
from ui.viewmodels.sight import Sight, Touch
from ui.viewmodels.sight import line as fact

from .chrome import Page, key
from .room import Entry, Room, arrows, leave, lines, marked, paged, tab_of, tabs

DEEDS = frozenset({
    "putDraft", "submitCase", "decideAcceptance", "recordHandedOver", "abortHandover", "postEvaluation",
    "postFeedback", "postAuditSegment", "returnUnit", "clearUnit", "findUnit", "quarantineUnit", "countStock",
    "sendStock", "receiveTransfer",
})  # fmt: skip
_WAYS = (ClosedAs.DONE_ANEW, ClosedAs.DONE_ELSEWHERE, ClosedAs.TOLD, ClosedAs.MISTAKE)
_RESOLUTIONS = tuple(Resolution)
_OF_MACHINE = "postAuditSegment"  # nobody at a window can close this one: it ends when the platform takes the trail
_COLUMNS = (("task", 12, 12), ("case", 330, 360), ("since", 560, 610), ("owner", 740, 830), ("verdict", 920, 1040))


def see_tasks(s: Sight[Desk]) -> Page:
    """Parked deeds of this window first, then the hall's differences."""
    d = s.state
    every = _every(s)
    at = every[marked(s, len(every))] if every else None
    rows = lines(s, [_row(s, one) for one in every])
    settles = isinstance(at, Discrepancy)
    supervises = d.staff is not None and "supervisor" in d.staff.roles and s.scene.online
    closes = isinstance(at, LedgerTask) and at.deed != _OF_MACHINE
    may_settle = settles and supervises and len(s.note("entry").strip()) >= SHORTEST
    names = tuple(one.value for one in (_RESOLUTIONS if settles else _WAYS))
    if d.room.done:
        said, state, icon = s.say(f"room.done.{d.room.done}", n=d.room.figure), "ok", "check"
    elif not every:
        said, state, icon = s.say("room.see_tasks.none"), "ok", "check"
    else:
        said, state, icon = s.say("room.see_tasks.lead", n=len(every)), "wait", "inbox"
    go = s.say("room.see_tasks.settle" if settles else "room.see_tasks.close")
    missing = s.say("room.see_tasks.supervisor" if settles and not supervises
                    else "room.see_tasks.words" if settles else "room.see_tasks.nothing")  # fmt: skip
    return paged(s, Room(
        "see_tasks", _COLUMNS, rows, meta=_meta(s), said=said, said_state=state, said_icon=icon,
        about=_about(s, at), tabs=tabs(s, "see_tasks", names) if (settles and supervises) or closes else (),
        entry=Entry(s.say("room.see_tasks.what_it_was"), s.say("room.see_tasks.what_hint"), "pinyin", 100)
        if settles and supervises else None,
        actions=(Action("close", go, "primary", "check", closes or may_settle, missing, key="F9"),) if every else (),
        keys=(
            *arrows(s, len(every), pages=(settles and supervises) or closes),
            key("close", "F9", go, enabled=closes or may_settle),
            key("case", "F3", s.say("room.see_tasks.case"), enabled=isinstance(at, LedgerTask) and _has_case(s, at)),
            key("retry", "F5", s.say("room.again")),
            leave(s),
        ),
    ))  # fmt: skip


def _meta(s: Sight[Desk]) -> str:
    room = s.state.room
    if not manages(s.state):
        return s.say("room.see_tasks.own_only")
    if room.discrepancies is None or not s.scene.online:
        return s.say("room.see_tasks.not_heard")
    return s.say("room.see_tasks.counted", n=len(room.tasks), m=len(room.discrepancies))


def _every(s: Sight[Desk]) -> list[LedgerTask | Discrepancy]:
    room = s.state.room
    return [*room.tasks, *(room.discrepancies or ())]


def _deed(task: LedgerTask) -> str:
    return task.deed if task.deed in DEEDS else "other"


def _slip(s: Sight[Desk], task: LedgerTask) -> str:
    return next((case.slip_code for case in s.state.cases if case.id == task.case_id), "")


def _has_case(s: Sight[Desk], task: LedgerTask) -> bool:
    return _slip(s, task) != ""


def _row(s: Sight[Desk], one: LedgerTask | Discrepancy) -> tuple[str, dict[str, str], str, str]:
    if isinstance(one, LedgerTask):
        cells = {
            "task": s.say(f"room.deed.{_deed(one)}"), "case": _slip(s, one) or "—",
            "since": f"{one.since:%m-%d %H:%M}",
            "owner": s.say("room.owner.window" if one.deed != _OF_MACHINE else "room.owner.technician"),
        }  # fmt: skip
        return one.id, cells, "stop", fault_words(one.fault.code, s.words.language).what
    cells = {
        "task": s.say(f"room.difference.{one.subject}"), "case": "—", "since": f"{one.opened_at:%m-%d %H:%M}",
        "owner": s.say(f"room.owner.{one.owner}"),
    }  # fmt: skip
    differs = s.say("room.see_tasks.goods", n=len(one.missing), m=len(one.surplus))
    return one.id, cells, "stop", differs


def _about(s: Sight[Desk], one: LedgerTask | Discrepancy | None) -> tuple[Row, ...]:
    """The line at hand: why, and what to do about it."""
    if isinstance(one, LedgerTask):
        said = fault_words(one.fault.code, s.words.language)
        slug = one.fault.details.get("slug", one.fault.code.value)
        return (
            fact("said", s.say("room.see_tasks.said"), f"{said.what}（{slug}）"),
            fact("todo", s.say("room.see_tasks.todo"), said.staff or said.citizen),
        )
    if one is None:
        return ()
    named = [name.partition("-")[2] or name for name in (*one.missing[:4], *one.surplus[:4])]
    return (
        fact(
            "said", s.say("room.see_tasks.about"), s.listed([name.partition("-")[2] or name for name in named]) or "—"
        ),
        fact("todo", s.say("room.see_tasks.todo"), s.say(f"room.see_tasks.how.{one.subject}")),
    )


def tasks_event(touch: Touch[Desk]) -> Event | None:
    """Closed by whoever saw to it, in one of four ways; a difference in words and before two people."""
    s = touch.sight
    every = _every(s)
    if not every:
        return None
    at = every[marked(s, len(every))]
    if touch.name == "case" and isinstance(at, LedgerTask) and _has_case(s, at):
        return back.CaseViewed(at.case_id)
    if touch.name != "close":
        return None
    if isinstance(at, LedgerTask):
        chosen = tab_of(s, tuple(one.value for one in _WAYS))
        return back.TaskClosed(at.id, ClosedAs(chosen)) if at.deed != _OF_MACHINE else None
    chosen = tab_of(s, tuple(one.value for one in _RESOLUTIONS))
    return back.SettleDiscrepancyAsked(at.id, Resolution(chosen), s.note("entry").strip())
