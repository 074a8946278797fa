"""两处都改过, at the desk: a row for every answer, both sides and how it was; digits choose, F9 goes on."""

from kiosk.domain.acts import Act
from kiosk.domain.draft_split import DraftConflict, Side
from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk
from kiosk.workflow.machine import Event
from kiosk.workflow.settle import conflicts, undecided
from ui.viewmodels.answers import about, value_of
from ui.viewmodels.naming import business
from ui.viewmodels.page import Action, Row
from ui.viewmodels.sight import Sight, Touch

from .chrome import Page, column, key, line_at_hand
from .fault_rows import fault_row

_SIDES = {"mine": Side.MINE, "theirs": Side.THEIRS}


def active_line(s: Sight[Desk]) -> int:
    """The answer at hand, until all are decided the first that is not."""
    places, decided = [one.where for one in conflicts(s.state)], [where for where, _ in s.state.decided]
    return line_at_hand(s, places, set(places) - set(decided), decided[-1] if decided else "")


def settle_draft(s: Sight[Desk]) -> Page:
    """Nothing is chosen beforehand; the button says how many answers are still to be asked about."""
    d = s.state
    assert d.case is not None and d.split is not None
    asked, left, at = conflicts(d), undecided(d), active_line(s)
    barred = s.scene.barred.get(Act.KEEP_DRAFT)
    missing = fault_row(s, barred)["what"].rstrip("。.") if barred else s.say("settle_desk.left", n=left)
    may = left == 0 and barred is None
    anew = key("retry", "F5", s.say("settle_draft.again"), enabled=d.fault is not None)
    then = "joined" if not asked or left == 0 else "more"
    lists: dict[str, tuple[Row, ...]] = {"rows": tuple(_row(s, n, at) for n in range(len(asked)))}
    if barred is not None and d.fault is None:
        lists["banners"] = ({**fault_row(s, barred), "key": "barred"},)
    return Page(
        s.say("settle_desk.title"),
        business(d.case.form, s.words),
        s.say("settle_desk.meta", code=d.case.slip_code),
        {
            "tally": s.say("settle_desk.tally", n=len(asked) - left, all=len(asked)),
            "ask": s.say("settle_desk.ask" if asked else "settle_draft.joined_title"),
            "askMore": s.say("settle_desk.ask_more" if asked else "settle_draft.joined_lead"),
            "then": s.say(f"settle_desk.{then}"),
            "columns": _columns(s),
            "line": at,
            "lines": len(asked),
        },
        lists,
        (Action("next", s.say("settle_desk.done"), "primary", "check", may, missing, key="F9"),),
        (
            key("mine", "1", s.say("settle_desk.take_mine"), enabled=bool(asked)),
            key("theirs", "2", s.say("settle_desk.take_theirs"), enabled=bool(asked)),
            key("up", "Up", s.say("clerk.up"), enabled=at > 0),
            key("down", "Down", s.say("clerk.down"), enabled=at < len(asked) - 1),
            key("next", "F9", s.say("settle_desk.done"), enabled=may),
            anew,
            key("back", "Esc", s.say("settle_desk.later")),
        ),
        mend=anew,
    )


def _columns(s: Sight[Desk]) -> list[Row]:
    places = (("what", 12, 12), ("was", 196, 210), ("mine", 428, 432), ("theirs", 690, 690), ("verdict", 960, 946))
    return [column(f"settle_desk.column.{name}", s, x, large, name == "what") for name, x, large in places]


def _row(s: Sight[Desk], n: int, at: int) -> Row:
    d, conflict = s.state, conflicts(s.state)[n]
    side = dict(d.decided).get(conflict.where)
    return {
        "key": conflict.where,
        "group": "",
        "groupIcon": "",
        "first": False,
        "cells": {
            "what": about(s, conflict),
            "was": _was(s, conflict),
            "mine": value_of(s, conflict, conflict.mine),
            "theirs": value_of(s, conflict, conflict.theirs),
        },
        "state": "todo" if side is None else "ok",
        "verdict": s.say(f"settle_desk.{side.value if side else 'waiting'}"),
        "active": n == at,
    }


def _was(s: Sight[Desk], conflict: DraftConflict) -> str:
    """Without a common beginning there is no before."""
    return s.say("settle_desk.unknown") if conflict.base is None else value_of(s, conflict, conflict.base)


def settle_event(touch: Touch[Desk]) -> Event | None:
    """1 and 2 choose for the line at hand."""
    asked, side = conflicts(touch.sight.state), _SIDES.get(touch.name)
    return ev.SideChosen(asked[active_line(touch.sight)].where, side) if side is not None and asked else None
