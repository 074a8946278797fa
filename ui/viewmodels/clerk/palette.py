"""Every action of the screen in one list, found by a word, by pinyin initials, or by its key."""

from collections.abc import Iterable

from kiosk.code_tables.initials import fits, rank
from kiosk.workflow.desk import Desk
from ui.viewmodels.page import Action, Row
from ui.viewmodels.sight import Sight

_MOST = 12  # rows below each other; more are found by typing


def opens(s: Sight[Desk]) -> bool:
    """Before somebody has signed in there is nothing to choose from."""
    return s.state.staff is not None and s.note("palette") == "yes"


def data(s: Sight[Desk]) -> dict[str, object]:
    """Texts of the palette."""
    return {
        "palette": opens(s),
        "paletteTitle": s.say("palette.title"),
        "paletteHint": s.say("palette.hint"),
        "paletteLeave": s.say("palette.leave"),
        "paletteNothing": s.say("palette.nothing"),
        "paletteAt": _at(s),
    }


def rows(s: Sight[Desk], actions: Iterable[Action], *keys: Iterable[Row]) -> tuple[Row, ...]:
    """What fits what was typed, the nearest first; what cannot be done now says so and stands below."""
    if not opens(s):
        return ()
    typed = s.note("paletteTyped")
    found: dict[str, Row] = {}
    buttons = [
        {"action": one.name, "words": one.text, "shortcut": one.key, "enabled": one.enabled and not one.busy}
        for one in actions
    ]
    for row in (*buttons, *(row for some in keys for row in some)):
        name, words, cap = str(row["action"]), str(row["words"]), str(row["shortcut"])
        if not name or (name in found and not row["enabled"]):
            continue
        if fits(typed, words) or typed.strip().lower() == cap.lower():
            found[name] = {
                "key": name, "action": name, "words": words, "cap": cap, "enabled": bool(row["enabled"]),
                "state": "" if row["enabled"] else s.say("palette.not_now"),
            }  # fmt: skip
    best = sorted(found.values(), key=lambda row: (not row["enabled"], rank(typed, row["words"])))[:_MOST]
    last = sum(1 for row in best if row["enabled"]) - 1
    return tuple({**row, "marked": n == min(_at(s), max(0, last))} for n, row in enumerate(best))


def _at(s: Sight[Desk]) -> int:
    at = s.notes.get("paletteAt")
    return int(at) if isinstance(at, int | float) and at >= 0 else 0
