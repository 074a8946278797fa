"""A material beside the data that it proves: its page as large and turned as wanted, and one key for a difference."""

from collections.abc import Sequence

from kiosk.rules.materials import Mark
from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk
from kiosk.workflow.events import material_view as view
from kiosk.workflow.machine import Event
from kiosk.workflow.material_view import picture_of
from ui.viewmodels.naming import material_name
from ui.viewmodels.page import Row
from ui.viewmodels.sight import Sight, Touch

from .chrome import key

ZOOMS = (1.0, 1.6, 2.4)  # times the size at which the whole page is seen
_TURNS = 4


def line_at(s: Sight[Desk]) -> int:
    """The line whose material is looked at; -1: none is."""
    look = s.state.look
    return -1 if look is None else [one.id for one in s.state.materials].index(look.line)


def data(s: Sight[Desk]) -> dict[str, object]:
    """Texts of the view."""
    look, at = s.state.look, line_at(s)
    shown = look.shown if look is not None else None
    said = s.say("beside.fetching") if shown is None else s.say("beside.page", n=shown.page, all=shown.pages)
    return {
        "material": look is not None,
        "materialTitle": material_name(s.state.materials[at], s.words) if look is not None else "",
        "materialSaid": said if look is not None else "",
        "materialHow": s.say("beside.how"),
        "materialMade": shown is not None,
        "materialZoom": ZOOMS[_noted(s, "materialZoom", len(ZOOMS))],
        "materialZoomAt": _noted(s, "materialZoom", len(ZOOMS)),
        "materialTurn": _noted(s, "materialTurn", _TURNS),
        "materialFact": _noted(s, "fact", 1_000),
    }


def facts(s: Sight[Desk], about: Sequence[Row]) -> tuple[Row, ...]:
    """What the case says, line by line; the arrows stand on one, and what differs says so."""
    look = s.state.look
    if look is None:
        return ()
    at = min(_noted(s, "fact", 1_000), max(0, len(about) - 1))
    return tuple(
        {
            "key": row["key"], "label": row["label"], "value": row["value"], "marked": n == at,
            "differs": (look.line, row["key"]) in s.state.differs,
            "words": s.say("beside.differs") if (look.line, row["key"]) in s.state.differs else "",
        }
        for n, row in enumerate(about)
    )  # fmt: skip


def keys(s: Sight[Desk], about: Sequence[Row]) -> tuple[Row, ...]:
    """What can be done with it; none while nothing is looked at."""
    look = s.state.look
    if look is None:
        return ()
    pages, made = look.shown.pages if look.shown else 0, look.shown is not None
    zoom = _noted(s, "materialZoom", len(ZOOMS))
    return (
        _key("page_before", "PgUp", s.say("paper.before"), made and look.page > 1, "chevron-up"),
        _key("page_after", "PgDn", s.say("paper.after"), made and look.page < pages, "chevron-down"),
        _key("smaller", "F3", s.say("paper.smaller"), made and zoom > 0, "minus"),
        _key("larger", "F4", s.say("paper.larger"), made and zoom < len(ZOOMS) - 1, "plus"),
        _key("turn", "F6", s.say("beside.turn"), made, "resume"),
        _key("material_close", "Esc", s.say("beside.close"), True, "arrow-left"),
        _key("agrees", "1", s.say("beside.agrees"), made, "check"),
        _key("differ", "3", s.say("beside.differ"), bool(about), "cross"),
    )


def opener(s: Sight[Desk], at: int, *, decided: bool) -> Row:
    """F2 on the checklist."""
    line = s.state.materials[at] if s.state.materials else None
    may = line is not None and picture_of(s.state, line) is not None and not decided
    return key("beside", "F2", s.say("beside.open"), enabled=may and s.scene.online)


def event(touch: Touch[Desk], at: int, about: Sequence[Row]) -> Event | None:
    """Open it, turn the page, or say what the comparison was."""
    s, d = touch.sight, touch.sight.state
    look = d.look
    if look is None:
        return view.MaterialLookAsked(d.materials[at].id) if touch.name == "beside" and d.materials else None
    if touch.name in ("page_before", "page_after"):
        return view.MaterialLookAsked(look.line, look.page + (1 if touch.name == "page_after" else -1))
    if touch.name == "material_close":
        return view.MaterialLookClosed()
    if touch.name == "agrees":
        return ev.MaterialJudged(look.line, Mark.IN_ORDER.value)
    if touch.name == "differ" and about:
        fact = about[min(_noted(s, "fact", 1_000), len(about) - 1)]
        return view.DifferenceNoted(look.line, str(fact["key"]))
    return None


def _key(name: str, cap: str, words: str, enabled: bool, icon: str) -> Row:
    return {**key(name, cap, words, enabled=enabled), "icon": icon}


def _noted(s: Sight[Desk], name: str, count: int) -> int:
    noted = s.notes.get(name)
    return int(max(0, min(count - 1, noted))) if isinstance(noted, int | float) else 0
