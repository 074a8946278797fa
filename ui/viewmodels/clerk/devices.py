"""The list of the sixty minutes: every case that waits for a tax device or has one under way, and until when."""

from datetime import datetime
from typing import NamedTuple

from kiosk.domain.device_issue import DeviceIssueState
from kiosk.domain.ids import CaseId
from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk, DeskBusy
from kiosk.workflow.device_desk import going_on
from kiosk.workflow.machine import Event
from ui.viewmodels.naming import business
from ui.viewmodels.page import Action, Row
from ui.viewmodels.sight import Sight, Touch

from .chrome import Page, column, key

_ROWS = 200  # of the list, as many as the platform gives at most on a page
_HURRY = 15  # minutes before the end from which on a line stands out
_STATES = {
    DeviceIssueState.IDENTIFIED: "now", DeviceIssueState.SUBMITTED: "now", DeviceIssueState.ISSUING: "now",
    DeviceIssueState.ISSUED: "wait",
}  # fmt: skip


class _Line(NamedTuple):
    case_id: CaseId
    company: str
    code: str
    number: str
    due: datetime | None
    state: str
    words: str


def _lines(s: Sight[Desk]) -> list[_Line]:
    """What is to be done first stands first: by the end of the sixty minutes."""
    d, listed = s.state, s.state.devices.listed
    if listed is None:
        return []
    known = {case.id: case for case in d.cases}
    found = [
        _Line(one.case_id, one.name, one.slip_code, "", one.due_at, "todo", s.say("list_devices.state.wanted"))
        for one in listed.wanted
    ]
    for one in going_on(d.devices):
        case = known.get(one.case_id)
        found.append(_Line(
            one.case_id, business(case.form, s.words) if case else "", case.slip_code if case else "", one.number,
            one.due_at, _STATES.get(one.state, "todo"), s.say(f"list_devices.state.{one.state.value}"),
        ))  # fmt: skip
    found.sort(key=lambda line: (line.due is None, line.due.timestamp() if line.due else 0.0, line.case_id))
    return found[:_ROWS]


def _marked(s: Sight[Desk], lines: list[_Line]) -> int:
    moved = s.notes.get("pick")
    return int(moved) if isinstance(moved, int | float) and 0 <= moved < len(lines) else 0


def list_devices(s: Sight[Desk]) -> Page:
    """Every case that waits for a device or has one under way, with how long there is time."""
    d = s.state
    lines, busy = _lines(s), d.busy is DeskBusy.FINDING
    marked = _marked(s, lines)
    late = sum(1 for line in lines if line.due is not None and line.due <= d.now)
    known = d.devices.listed is not None
    said = "waiting" if not known else "none" if not lines else "late" if late else "some"
    anew = key("retry", "F5", s.say("list_devices.refresh"))
    return Page(
        s.say("list_devices.title"),
        meta=s.say("list_devices.meta"),
        data={
            "said": s.say(f"list_devices.said.{said}", n=len(lines), late=late),
            "saidState": "stop" if late else "ok" if known else "now",
            "asOf": s.say("list_devices.as_of", at=f"{d.devices.as_of:%H:%M:%S}") if d.devices.as_of else "",
            "columns": [
                column(f"list_devices.column.{name}", s, x, large, name == "company")
                for name, x, large in (
                    ("company", 24, 24), ("slip", 600, 600), ("number", 790, 800), ("due", 1010, 1040),
                    ("verdict", 1290, 1310),
                )
            ],
            "pick": marked,
            "count": len(lines),
        },
        lists={"rows": tuple(_row(s, line, n, n == marked) for n, line in enumerate(lines))},
        actions=(
            Action("open_marked", s.say("list_devices.open"), "primary", "arrow-right", bool(lines) or busy,
                   s.say("list_devices.nothing"), busy, s.say("clerk.busy.finding"), "Enter"),
        ),
        keys=(
            key("open_marked", "Enter", s.say("list_devices.open"), enabled=bool(lines) and not busy),
            key("up", "Up", s.say("clerk.up"), enabled=bool(lines) and not busy),
            key("down", "Down", s.say("clerk.down"), enabled=bool(lines) and not busy),
            anew,
            key("back", "Esc", s.say("devices.to_desk")),
        ),
        mend=anew,
    )  # fmt: skip


def _row(s: Sight[Desk], line: _Line, n: int, active: bool) -> Row:
    due, state = _due(s, line)
    return {
        "key": line.case_id,
        "group": "",
        "groupIcon": "",
        "first": n == 0,
        "cells": {"company": line.company or "—", "slip": line.code, "number": line.number or "—", "due": due},
        "state": state,
        "verdict": line.words,
        "active": active,
        "scan": "",
    }


def _due(s: Sight[Desk], line: _Line) -> tuple[str, str]:
    """The end by the clock and the minutes until then; a state that says when it is pressing."""
    if line.due is None:
        return "—", line.state
    at = line.due.astimezone(s.state.now.tzinfo)
    left = int((line.due - s.state.now).total_seconds() // 60)
    if left < 0:
        return s.say("list_devices.over", at=f"{at:%H:%M}", n=-left), "stop"
    return s.say("list_devices.left", at=f"{at:%H:%M}", n=left), "stop" if left < _HURRY else line.state


def list_event(touch: Touch[Desk]) -> Event | None:
    """One line is opened, by its key or by a finger."""
    s = touch.sight
    lines = _lines(s)
    if s.state.busy is not None:
        return None
    if touch.name == "open_marked" and lines:
        return ev.DeviceCasePicked(lines[_marked(s, lines)].case_id)
    verb, _, case_id = touch.name.partition(".")
    known = any(line.case_id == case_id for line in lines)
    return ev.DeviceCasePicked(CaseId(case_id)) if verb == "row" and known else None
