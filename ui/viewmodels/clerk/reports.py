"""台账与报表: three reports, each as a workbook, as a PDF, or on paper."""

from kiosk.contracts.printing import Printed
from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk, DeskBusy
from kiosk.workflow.events import backroom as back
from kiosk.workflow.machine import Event
from kiosk.workflow.reports import REPORTS, ready
from ui.viewmodels.page import Action
from ui.viewmodels.sight import Sight, Touch

from .chrome import Page, key
from .room import Room, arrows, as_of, leave, lines, marked, paged
from .store import Found


def see_reports(s: Sight[Desk]) -> Page:
    """Which can be made now, and why the others cannot."""
    d = s.state
    found: Found = []
    for name in REPORTS:
        can = ready(d, name)
        cells = {"report": s.say(f"room.report.{name}"), "detail": s.say(f"room.report_more.{name}")}
        found.append((name, cells, "ok" if can else "wait", s.say("room.ready" if can else "room.needs_ledger")))
    busy, wait = d.busy is DeskBusy.PRINTING, s.say("room.wait")
    may = ready(d, REPORTS[marked(s, len(REPORTS))]) and not busy
    if d.room.saved:
        said, state, icon = s.say("room.see_reports.saved", name=d.room.saved), "ok", "check"
    elif d.sheet is not None and not busy:
        unknown = d.sheet is Printed.UNKNOWN
        said, state, icon = (
            s.say("room.see_reports.unknown" if unknown else "room.see_reports.printed"),
            "ok",
            "printer",
        )
    else:
        said, state, icon = s.say("room.see_reports.busy" if busy else "room.see_reports.todo"), "now", "save"
    return paged(s, Room(
        "see_reports", (("report", 12, 12), ("detail", 320, 360), ("verdict", 1060, 1160)), lines(s, found),
        said=said, said_state=state, said_icon=icon, meta=as_of(s),
        actions=(
            Action("print", s.say("room.see_reports.print"), "secondary", "printer", may, wait, key="F4"),
            Action("pdf", s.say("room.see_reports.pdf"), "secondary", "save", may, wait, key="F3"),
            Action("xlsx", s.say("room.see_reports.xlsx"), "primary", "save", may or busy, wait, busy,
                   s.say("room.see_reports.busy"), "F2"),
        ),
        keys=(
            *arrows(s, len(REPORTS)),
            key("xlsx", "F2", s.say("room.see_reports.xlsx"), enabled=may),
            key("pdf", "F3", s.say("room.see_reports.pdf"), enabled=may),
            key("print", "F4", s.say("room.see_reports.print"), enabled=may),
            key("look", "F6", s.say("paper.look"), enabled=may),
            key("retry", "F5", s.say("room.again")),
            leave(s),
        ),
    ))  # fmt: skip


def reports_event(touch: Touch[Desk]) -> Event | None:
    """The marked report, one way or another."""
    if touch.name == "look":
        return ev.PreviewAsked(REPORTS[marked(touch.sight, len(REPORTS))])
    if touch.name in ("xlsx", "pdf", "print"):
        return back.ReportAsked(REPORTS[marked(touch.sight, len(REPORTS))], touch.name)
    return None
