"""A paper on the glass before it is printed: its pages, how large, and what to do with it."""

from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk
from kiosk.workflow.events import backroom as back
from kiosk.workflow.machine import Event
from kiosk.workflow.reports import REPORTS
from ui.viewmodels.page import Row
from ui.viewmodels.paper_look import ZOOMS, paper_look
from ui.viewmodels.sight import Sight, Touch

_PRINTS = {"check_materials": ev.PaperAsked, "handed_over": ev.RetryAsked}


def data(s: Sight[Desk]) -> dict[str, object]:
    """Texts of the look. ``paperWide`` and ``paperHigh``: the page's shape."""
    look = paper_look(s.state.preview, s.notes)
    return {
        "paper": s.state.preview is not None,
        "paperTitle": s.say("paper.title"),
        "paperSaid": s.say("paper.page", n=look.at + 1, all=look.count) if look.made else s.say("paper.making"),
        "paperMade": look.made,
        "paperAt": look.at,
        "paperZoom": ZOOMS[look.zoom],
        "paperZoomAt": look.zoom,
        "paperWide": look.wide,
        "paperHigh": look.high,
    }


def keys(s: Sight[Desk]) -> tuple[Row, ...]:
    """What can be done with it; none while nothing is looked at."""
    if s.state.preview is None:
        return ()
    look = paper_look(s.state.preview, s.notes)
    count, at, zoom, made = look.count, look.at, look.zoom, look.made
    return (
        _key("before", "PgUp", s.say("paper.before"), made and at > 0, "chevron-up"),
        _key("after", "PgDn", s.say("paper.after"), made and at < count - 1, "chevron-down"),
        _key("smaller", "1", s.say("paper.smaller"), made and zoom > 0, "minus"),
        _key("larger", "2", s.say("paper.larger"), made and zoom < len(ZOOMS) - 1, "plus"),
        _key("print", "F10", s.say("paper.print"), made, "printer"),
        _key("close", "Esc", s.say("paper.close"), True, "cross"),
    )


def picture(s: Sight[Desk]) -> bytes:
    """The page that is looked at."""
    return paper_look(s.state.preview, s.notes).picture


def event(touch: Touch[Desk]) -> Event | None:
    """The look begins, ends, or ends in a print."""
    if touch.name == "look" and touch.sight.state.step != "see_reports":
        return ev.PreviewAsked()
    preview = touch.sight.state.preview
    if preview is None or touch.name not in ("paper_close", "paper_print"):
        return None
    if touch.name == "paper_close":
        return ev.PreviewClosed()
    report = next((one for one in REPORTS if preview.job.startswith(f"{one}-")), "")
    return back.ReportAsked(report, "print") if report else _PRINTS[touch.sight.state.step]()


def _key(name: str, cap: str, words: str, enabled: bool, icon: str) -> Row:
    return {"key": name, "shortcut": cap, "words": words, "action": name, "enabled": enabled, "icon": icon}
