"""Intake: every material once, by keys; accept when nothing is open. And a case that is only looked at."""

from kiosk.domain.case import CaseState
from kiosk.rules.materials import Mark
from kiosk.workflow import events as ev
from kiosk.workflow.desk import INTAKE_STATES, READY_STATES, Desk, mark_of, open_marks
from kiosk.workflow.machine import Event
from ui.viewmodels.page import Action, Row
from ui.viewmodels.sight import Sight, Touch

from .chrome import Page, key

_STATES = {Mark.OPEN: "todo", Mark.IN_ORDER: "ok", Mark.MISSING: "wait", Mark.WRONG: "stop"}
_BY_KEY = {"in_order": Mark.IN_ORDER, "missing": Mark.MISSING, "wrong": Mark.WRONG}


def active_line(s: Sight[Desk]) -> int:
    """The line on which the digits act: where the arrows went, else the first that is open."""
    d = s.state
    moved = s.notes.get("line")
    if isinstance(moved, int | float) and 0 <= moved < len(d.materials):
        return int(moved)
    waiting = [n for n, line in enumerate(d.materials) if mark_of(d, line) is not Mark.IN_ORDER]
    return waiting[0] if waiting else 0


def check_materials(s: Sight[Desk]) -> Page:
    """The checklist; the accept button says what is still open."""
    d = s.state
    assert d.case is not None
    left, at = open_marks(d), active_line(s)
    decided = d.deed is not None or d.case.state not in INTAKE_STATES
    accepted = d.case.accepted_at is not None
    in_order = len(d.materials) - left
    accept = Action(
        "accept", s.say("check_materials.accept"), "seal", "stamp", left == 0 and not decided,
        s.say("check_materials.left", n=left) if not decided else s.say("check_materials.recorded"),
        decided and not accepted, s.say("check_materials.sending"), "F9",
    )  # fmt: skip
    onward = Action("next", s.say("clerk.next_customer"), "primary", "arrow-right", key="Enter")
    asked = [mark_of(d, line) for line in d.materials]
    notice = any(mark in (Mark.MISSING, Mark.WRONG) for mark in asked)
    said = "accepted" if accepted else "sending" if decided else "notice" if notice else "open" if left else "ready"
    return Page(
        s.say("check_materials.title"),
        d.case.form.name.full,
        s.say("check_materials.meta", code=d.case.slip_code),
        {
            "tally": s.say("check_materials.tally", ok=in_order, left=left),
            "said": s.say(f"check_materials.said.{said}"),
            "saidMore": s.say(f"check_materials.more.{said}"),
            "line": at,
            "decided": decided,
            "accepted": accepted,
        },
        {"materials": tuple(_line(s, n, at) for n in range(len(d.materials))), "columns": _columns(s)},
        (onward,) if accepted else (accept,),
        (
            key("in_order", "1", s.say("mark.1"), enabled=not decided),
            key("missing", "2", s.say("mark.2"), enabled=not decided),
            key("wrong", "3", s.say("mark.3"), enabled=not decided),
            key("up", "Up", s.say("clerk.up"), enabled=not decided),
            key("down", "Down", s.say("clerk.down"), enabled=not decided),
            key("accept", "F9", s.say("check_materials.accept"), enabled=left == 0 and not decided),
            key("back", "Esc", s.say("clerk.to_desk")),
        ),
    )


def _columns(s: Sight[Desk]) -> tuple[Row, ...]:
    places = (("no", 12), ("material", 60), ("source", 420), ("look", 640), ("verdict", 950))
    return tuple(
        {"key": name, "title": s.say(f"check_materials.column.{name}"), "x": x, "bold": name == "material"}
        for name, x in places
    )


def _line(s: Sight[Desk], n: int, at: int) -> Row:
    d, line = s.state, s.state.materials[n]
    mark = mark_of(d, line)
    args = dict(zip(("a", "b"), line.args, strict=False))
    name = s.say(f"material.{line.key}")
    return {
        "key": line.id,
        "group": "",
        "groupIcon": "",
        "first": False,
        "cells": {
            "no": str(n + 1),
            "material": f"{line.who}　{name}" if line.who else name,
            "source": s.say(f"source.{line.source}"),
            "look": s.say(f"look.{line.look}", **args),
        },
        "state": _STATES[mark],
        "verdict": s.say(f"mark.{mark.value}"),
        "active": n == at,
    }


def materials_event(touch: Touch[Desk]) -> Event | None:
    """Digits judge the active line, F9 accepts."""
    d = touch.sight.state
    if touch.name == "accept":
        return ev.AcceptAsked()
    mark = _BY_KEY.get(touch.name)
    if mark is None or not d.materials or d.deed is not None:
        return None
    return ev.MaterialJudged(d.materials[active_line(touch.sight)].id, mark.value)


def see_case(s: Sight[Desk]) -> Page:
    """A case that has nothing to do at this desk now: where it stands, item by item."""
    d = s.state
    assert d.case is not None
    ready = d.case.state in READY_STATES
    actions: tuple[Action, ...] = (
        Action("next", s.say("clerk.next_customer"), "secondary" if ready else "primary", key="Enter"),
    )
    if ready:
        actions = (Action("hand_over", s.say("see_case.hand_over"), "primary", "arrow-right", key="F8"), *actions)
    due = s.say("see_case.due", at=s.moment(d.case.due_at)) if d.case.due_at else ""
    return Page(
        s.say("see_case.title"),
        d.case.form.name.full,
        s.say("see_case.meta", code=d.case.slip_code, state=s.say(f"state.case.{d.case.state.value}")),
        {"said": s.say("see_case.ready" if ready else _see(d.case.state)), "due": due},
        {"timeline": _timeline(s)},
        actions,
        (
            key("hand_over", "F8", s.say("see_case.hand_over"), enabled=ready),
            key("back", "Esc", s.say("clerk.to_desk")),
        ),
    )


def _see(state: CaseState) -> str:
    return "see_case.closed" if state is CaseState.CLOSED else "see_case.working"


def _timeline(s: Sight[Desk]) -> tuple[Row, ...]:
    case = s.state.case
    assert case is not None
    return tuple(
        {
            "key": str(n),
            "at": f"{entry.at:%m-%d %H:%M:%S}",
            "what": s.say("see_case.case") if entry.what == "CASE" else s.say(f"item.{entry.what}"),
            "words": s.say(f"state.{'case' if entry.what == 'CASE' else 'item'}.{entry.state}"),
        }
        for n, entry in enumerate(reversed(case.timeline[-14:]))
    )


def case_event(touch: Touch[Desk]) -> Event | None:
    """On to the hand-over once the case is ready."""
    return ev.HandoverAsked() if touch.name == "hand_over" else None
