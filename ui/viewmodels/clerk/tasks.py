"""待办: what waits for a person, with its owner, what the platform said, what to do, and how it is closed."""

from kiosk.contracts.ledger import ClosedAs, LedgerTask
from kiosk.domain.case_story import FailedMessage, ToldAs
from kiosk.domain.discrepancy import Discrepancy, Resolution
from kiosk.domain.ids import CaseId
from kiosk.faults import FaultCode
from kiosk.faults import words as fault_words
from kiosk.workflow.desk import Desk
from kiosk.workflow.events import backroom as back
from kiosk.workflow.machine import Event
from kiosk.workflow.tray import SHORTEST, manages
from ui.viewmodels.page import Action, Row
from ui.viewmodels.sight import Sight, Touch
from ui.viewmodels.sight import line as fact

from .chrome import Page, key
from .fault_rows import what_is, why_is
from .room import Entry, Room, arrows, leave, lines, marked, paged, tab_of, tabs

DEEDS = frozenset({
    "putDraft", "submitCase", "decideAcceptance", "recordHandedOver", "abortHandover", "postEvaluation",
    "postFeedback", "postAuditSegment", "returnUnit", "clearUnit", "findUnit", "quarantineUnit", "countStock",
    "sendStock", "receiveTransfer",
})  # fmt: skip
_WAYS = (ClosedAs.DONE_ANEW, ClosedAs.DONE_ELSEWHERE, ClosedAs.TOLD, ClosedAs.MISTAKE)
_RESOLUTIONS = tuple(Resolution)
_TOLD = tuple(ToldAs)
_OF_MACHINE = "postAuditSegment"  # nobody at a window can close this one: it ends when the platform takes the trail
_REASONS = ("no-phone", "not-delivered")
_TEMPLATES = ("submitted", "accept", "correction", "approved", "refused", "ready", "collected")
_COLUMNS = (("task", 12, 12), ("case", 330, 360), ("since", 560, 610), ("owner", 740, 830), ("verdict", 920, 1040))

Waits = LedgerTask | FailedMessage | Discrepancy


def see_tasks(s: Sight[Desk]) -> Page:
    """Parked deeds of this window first, then messages that reached nobody, then the hall's differences."""
    d = s.state
    every = _every(s)
    at = every[marked(s, len(every))] if every else None
    rows = lines(s, [_row(s, one) for one in every])
    settles = isinstance(at, Discrepancy)
    supervises = d.staff is not None and "supervisor" in d.staff.roles and s.scene.online
    message = isinstance(at, FailedMessage)
    closes = (isinstance(at, LedgerTask) and at.deed != _OF_MACHINE) or (message and s.scene.online)
    may_settle = settles and supervises and len(s.note("entry").strip()) >= SHORTEST
    names = _names(at)
    if d.room.done:
        said, state, icon = s.say(f"room.done.{d.room.done}", n=d.room.figure), "ok", "check"
    elif not every:
        said, state, icon = s.say("room.see_tasks.none"), "ok", "check"
    else:
        said, state, icon = s.say("room.see_tasks.lead", n=len(every)), "wait", "inbox"
    go = s.say("room.see_tasks.settle" if settles else "room.see_tasks.close")
    missing = s.say("room.see_tasks.supervisor" if settles and not supervises
                    else "room.see_tasks.words" if settles else "room.see_tasks.line" if message
                    else "room.see_tasks.nothing")  # fmt: skip
    return paged(s, Room(
        "see_tasks", _COLUMNS, rows, meta=_meta(s), said=said, said_state=state, said_icon=icon,
        about=_about(s, at), tabs=tabs(s, "see_tasks", names) if (settles and supervises) or closes else (),
        entry=Entry(s.say("room.see_tasks.what_it_was"), s.say("room.see_tasks.what_hint"), "pinyin", 100)
        if settles and supervises else None,
        actions=(Action("close", go, "primary", "check", closes or may_settle, missing, key="F9"),) if every else (),
        keys=(
            *arrows(s, len(every), pages=(settles and supervises) or closes),
            key("close", "F9", go, enabled=closes or may_settle),
            key("case", "F3", s.say("room.see_tasks.case"), enabled=_case_of(s, at) is not None),
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
    return s.say("room.see_tasks.counted", n=len(room.tasks) + len(room.messages), m=len(room.discrepancies))


def _every(s: Sight[Desk]) -> list[Waits]:
    room = s.state.room
    return [*room.tasks, *room.messages, *(room.discrepancies or ())]


def _names(at: Waits | None) -> tuple[str, ...]:
    """The ways in which the line at hand can be closed."""
    if isinstance(at, FailedMessage):
        return tuple(one.value for one in _TOLD)
    return tuple(one.value for one in (_RESOLUTIONS if isinstance(at, Discrepancy) else _WAYS))


def _deed(task: LedgerTask) -> str:
    return task.deed if task.deed in DEEDS else "other"


def _slip(s: Sight[Desk], task: LedgerTask) -> str:
    return next((case.slip_code for case in s.state.cases if case.id == task.case_id), "")


def _case_of(s: Sight[Desk], at: Waits | None) -> CaseId | None:
    """The case that can be looked at: one that is known at this window."""
    if not isinstance(at, LedgerTask | FailedMessage):
        return None
    return at.case_id if any(case.id == at.case_id for case in s.state.cases) else None


def _row(s: Sight[Desk], one: Waits) -> tuple[str, dict[str, str], str, str]:
    if isinstance(one, LedgerTask):
        cells = {
            "task": s.say(f"room.deed.{_deed(one)}"), "case": _slip(s, one) or "—",
            "since": f"{one.since:%m-%d %H:%M}",
            "owner": s.say("room.owner.window" if one.deed != _OF_MACHINE else "room.owner.technician"),
        }  # fmt: skip
        return one.id, cells, "stop", why_is(s, one.fault)
    if isinstance(one, FailedMessage):
        cells = {
            "task": s.say("room.message.task"), "case": one.slip_code, "since": f"{one.at:%m-%d %H:%M}",
            "owner": s.say("room.owner.window"),
        }  # fmt: skip
        return one.id, cells, "stop", s.say(f"room.message.reason.{_reason(one)}")
    cells = {
        "task": s.say(f"room.difference.{one.subject}"), "case": "—", "since": f"{one.opened_at:%m-%d %H:%M}",
        "owner": s.say(f"room.owner.{one.owner}"),
    }  # fmt: skip
    differs = s.say("room.see_tasks.goods", n=len(one.missing), m=len(one.surplus))
    return one.id, cells, "stop", differs


def _reason(message: FailedMessage) -> str:
    return message.reason if message.reason in _REASONS else "other"


def _about(s: Sight[Desk], one: Waits | None) -> tuple[Row, ...]:
    """The line at hand: why, and what to do about it."""
    if isinstance(one, LedgerTask):
        said = fault_words(one.fault.code, s.words.language)
        how = said.staff or said.citizen
        if one.fault.code is FaultCode.PLATFORM_REFUSED:
            how = s.say("room.see_tasks.refused_how")
        return (
            fact("said", s.say("room.see_tasks.said"), what_is(s, one.fault)),
            fact("todo", s.say("room.see_tasks.todo"), how),
        )
    if isinstance(one, FailedMessage):
        template = one.template if one.template in _TEMPLATES else "other"
        about = s.say(f"room.message.about.{template}")
        tried = s.say("room.message.tried", n=one.attempts)
        return (
            fact("said", s.say("room.see_tasks.said"), s.listed([about, tried])),
            fact("todo", s.say("room.see_tasks.todo"), s.say("room.message.todo")),
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
    if touch.name == "case" and (case_id := _case_of(s, at)) is not None:
        return back.CaseViewed(case_id)
    if touch.name != "close":
        return None
    if isinstance(at, FailedMessage):
        told = tab_of(s, tuple(one.value for one in _TOLD))
        return back.MessageSeenTo(at.id, ToldAs(told)) if s.scene.online else None
    if isinstance(at, LedgerTask):
        chosen = tab_of(s, tuple(one.value for one in _WAYS))
        return back.TaskClosed(at.id, ClosedAs(chosen)) if at.deed != _OF_MACHINE else None
    chosen = tab_of(s, tuple(one.value for one in _RESOLUTIONS))
    return back.SettleDiscrepancyAsked(at.id, Resolution(chosen), s.note("entry").strip())
