"""The free desk: three ways to a case at once, and the hall's open cases."""

from kiosk.domain.ids import CaseId
from kiosk.rules.slip_code import typed_slip
from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk, DeskBusy
from kiosk.workflow.machine import Event
from ui.viewmodels.page import Action
from ui.viewmodels.sight import Sight, Touch, choice

from .chrome import Page, key, scan_of


def find_case(s: Sight[Desk]) -> Page:
    """Card on the reader, slip before the scanner, or the code by hand: whichever comes first."""
    d = s.state
    typed, busy = s.note("code"), d.busy is DeskBusy.FINDING
    ways = tuple(
        choice(name, s.say(f"find_case.{name}"), s.say(f"find_case.{name}_how"), icon=icon)
        for name, icon in (("card", "card"), ("slip", "scan"), ("typed", "keyboard"))
    )
    fits = typed_slip(typed) is not None
    return Page(
        s.say("find_case.title"),
        meta=s.say("find_case.lead"),
        data={"busy": busy, "searching": s.say("clerk.busy.finding"), "placeholder": s.say("find_case.placeholder")},
        lists={"ways": ways},
        actions=(
            Action("find", s.say("find_case.go"), "primary", "search", fits and not busy, s.say("find_case.missing"),
                   busy, s.say("clerk.busy.finding"), "Enter"),
        ),
        keys=(
            key("find", "Enter", s.say("find_case.go"), enabled=fits),
            key("open_first", "F3", s.say("find_case.open_first"), enabled=bool(d.cases)),
            key("retry", "F5", s.say("clerk.listen_again")),
            key("sign_out", "F12", s.say("clerk.sign_out")),
        ),
    )  # fmt: skip


def find_event(touch: Touch[Desk]) -> Event | None:
    """By hand, by wedge, or out of the list."""
    if touch.name == "find":
        return ev.CodeTyped(touch.sight.note("code"))
    if touch.name == "scanned" and isinstance(touch.payload, dict):
        return ev.CodeScanned(scan_of(str(touch.payload.get("text", ""))))
    cases = touch.sight.state.cases
    if touch.name == "open_first" and cases:
        return ev.CasePicked(cases[0].id)
    verb, _, case_id = touch.name.partition(".")
    known = any(c.id == case_id for c in cases)
    return ev.CasePicked(CaseId(case_id)) if verb == "open" and known else None
