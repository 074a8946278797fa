"""A paper on the glass before it is printed: its pages, how large, and what to do with it."""

import struct

from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk, Preview
from kiosk.workflow.events import backroom as back
from kiosk.workflow.machine import Event
from kiosk.workflow.reports import REPORTS
from ui.viewmodels.page import Row
from ui.viewmodels.sight import Sight, Touch

ZOOMS = (1.0, 1.6, 2.4)  # times the size at which the whole page is seen
_A4 = (210, 297)
_HEAD = slice(16, 24)  # of a PNG: width and height
_PRINTS = {"check_materials": ev.PaperAsked, "handed_over": ev.RetryAsked}


def data(s: Sight[Desk]) -> dict[str, object]:
    """Texts of the look. ``paperWide`` and ``paperHigh``: the page's shape."""
    preview = s.state.preview
    made = preview is not None and preview.pages != ()
    wide, high = _shape(s)
    return {
        "paper": preview is not None,
        "paperTitle": s.say("paper.title"),
        "paperSaid": s.say("paper.page", n=_at(s) + 1, all=_count(preview)) if made else s.say("paper.making"),
        "paperMade": made,
        "paperAt": _at(s),
        "paperZoom": ZOOMS[_zoom(s)],
        "paperZoomAt": _zoom(s),
        "paperWide": wide,
        "paperHigh": high,
    }


def keys(s: Sight[Desk]) -> tuple[Row, ...]:
    """What can be done with it; none while nothing is looked at."""
    if (preview := s.state.preview) is None:
        return ()
    count, at, zoom, made = _count(preview), _at(s), _zoom(s), preview.pages != ()
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
    preview = s.state.preview
    return preview.pages[_at(s)] if preview is not None and preview.pages else b""


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


def _count(preview: Preview | None) -> int:
    return len(preview.pages) if preview is not None else 0


def _at(s: Sight[Desk]) -> int:
    return _noted(s, "paperAt", _count(s.state.preview))


def _zoom(s: Sight[Desk]) -> int:
    return _noted(s, "paperZoom", len(ZOOMS))


def _noted(s: Sight[Desk], name: str, count: int) -> int:
    noted = s.notes.get(name)
    return int(max(0, min(count - 1, noted))) if isinstance(noted, int | float) else 0


def _shape(s: Sight[Desk]) -> tuple[int, int]:
    page = picture(s)
    return struct.unpack(">II", page[_HEAD]) if len(page) >= _HEAD.stop else _A4
