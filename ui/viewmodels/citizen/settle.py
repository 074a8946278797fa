"""两处都改过: one decision at a time between what was answered here and elsewhere, in plain words."""

from collections.abc import Mapping
from dataclasses import replace

from kiosk.domain.draft_split import DraftConflict, Side
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event
from kiosk.workflow.resume import undecided
from kiosk.workflow.visit import Visit
from ui.viewmodels.answers import about, told_of, value_of
from ui.viewmodels.page import Action, Row
from ui.viewmodels.sight import Screen, Sight, Touch, choice

from .chrome import LATER, fault_row, later


def settle_draft(s: Sight[Visit]) -> Screen:
    """What it is about, the two answers side by side, and how it was before; at the end what was chosen."""
    v = s.state
    asked = undecided(v)
    count = len(v.split.conflicts) if v.split else 0
    before = Action("back", s.say("settle_draft.back"), icon="arrow-left", short=s.say("chrome.back"))
    back = (before,) if v.decided else ()  # in large type there is no room for a way that leads nowhere
    again = (Action("retry", s.say("settle_draft.again")),) if v.fault else ()
    keep = later(s)
    if back and again:
        keep = replace(keep, text=keep.short)  # three in one row
    if asked is None:
        done = Action("next", s.say("settle_draft.done"), "primary", "check")
        title, lead = ("settle_draft.done_title", "settle_draft.done_lead") if count else (
            "settle_draft.joined_title", "settle_draft.joined_lead")  # fmt: skip
        chosen = tuple(_decision(s, one) for one in v.split.conflicts) if v.split else ()
        return Screen(
            s.say(title), s.say(lead), _data(""),
            {"sides": (), "chosen": chosen, "banners": fault_row(s)}, (done, *back, keep, *again), LATER,
        )  # fmt: skip
    was = s.say("settle_draft.was", value=value_of(s, asked, asked.base)) if asked.base else ""
    return Screen(
        s.say("settle_draft.title", what=about(s, asked)),
        s.say("settle_draft.lead", n=len(v.decided) + 1, all=count),
        _data(was),
        {"sides": (_side(s, asked, Side.MINE), _side(s, asked, Side.THEIRS)), "chosen": (), "banners": fault_row(s)},
        (*back, keep, *again),
        LATER,
    )


def _data(was: str) -> Mapping[str, object]:
    return {"was": was}


def _side(s: Sight[Visit], conflict: DraftConflict, side: Side) -> Row:
    form = conflict.mine if side is Side.MINE else conflict.theirs
    whole, whose = value_of(s, conflict, form), s.say(f"settle_draft.{side.value}")
    text, _, capitals = whole.partition("　")  # an amount large, its words in capitals below it
    whose = f"{capitals}\n{whose}" if capitals else whose
    person = form.person(conflict.person) if conflict.person else None
    if person is not None:  # a person is much to read: the name large, the rest below it
        text, whose = person.shown_name, f"{told_of(s, person, form)}\n{whose}"
    return choice(
        side.value, text, whose, act="side", value=f"{conflict.where}={side.value}",
        icon="pin" if side is Side.MINE else "globe",
    )  # fmt: skip


def _decision(s: Sight[Visit], conflict: DraftConflict) -> Row:
    side = dict(s.state.decided)[conflict.where]
    form = conflict.mine if side is Side.MINE else conflict.theirs
    return choice(conflict.where, value_of(s, conflict, form), about(s, conflict), icon="check")


def event(touch: Touch[Visit]) -> Event | None:
    """One of the two, for the answer that is asked about."""
    where, _, side = touch.text.rpartition("=")
    known = {one.value: one for one in Side}
    return ev.SideChosen(where, known[side]) if touch.name == "side" and side in known else None
