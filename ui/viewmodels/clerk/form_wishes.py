"""The items beside the registration on the desk's form: what the terminal's pages propose, line by line, each changed
by the same choices; whoever changes nothing agrees when it is signed."""

from collections.abc import Callable, Mapping
from typing import Any

from kiosk.domain.item import Item
from kiosk.workflow.desk import Desk
from kiosk.workflow.machine import Event
from kiosk.workflow.on_desk import visit_of
from kiosk.workflow.visit import Visit
from ui.viewmodels.citizen import bank, insurance, pickup, seals, tax
from ui.viewmodels.page import Row
from ui.viewmodels.sight import Screen, Sight, Touch

from .form_line import Line, Typed, as_visit, pages_of

Present = Callable[[Sight[Visit]], Screen]
Means = Callable[[Touch[Visit]], Event | None]
_PAGES: Mapping[str, tuple[Present, Means]] = {
    "tax_and_invoice": (tax.tax_and_invoice, tax.event),
    "seals": (seals.seals, seals.event),
    "employment_insurance": (insurance.employment_insurance, insurance.event),
    "bank_appointment": (bank.bank_appointment, bank.event),
    "pick_up": (pickup.pick_up, pickup.event),
}
PAGES = tuple(_PAGES)
_WHOLE = frozenset({"bank_appointment", "pick_up"})  # pages that begin with a choice, not with a proposal
_FUND = "fund"


def wish_lines(s: Sight[Desk], step: str) -> tuple[Line, ...]:
    """Every answer of one page as a line; of the fund its own four as well."""
    screen = _shown(s, step, {})
    answers = list(screen.lists["answers"])
    if step == "employment_insurance" and Item.FUND in _fund_items(s):
        answers += _shown(s, step, {"edit": _FUND}).lists["answers"]
    whole = (_choice_line(s, step, screen),) if step in _WHOLE else ()
    return (*whole, *(_line(s, step, row) for row in answers))


def _fund_items(s: Sight[Desk]) -> frozenset[Item]:
    form = visit_of(s.state).form
    return frozenset({Item.FUND}) if form.fund is not None else frozenset()


def _shown(s: Sight[Desk], step: str, notes: Mapping[str, Any]) -> Screen:
    return _PAGES[step][0](as_visit(s, step, notes))


def _choice_line(s: Sight[Desk], step: str, screen: Screen) -> Line:
    """Whether at all, or where."""
    rows = tuple(screen.lists["options"])
    picked = next((str(row["text"]) for row in rows if row["picked"]), "")
    return _editing(s, step, step, s.say(f"entry.step.{step}"), picked, "", {})


def _line(s: Sight[Desk], step: str, row: Row) -> Line:
    label, _, _for_the_citizen = str(row["detail"]).partition(" · ")
    key, origin = str(row["key"]), row.get("origin")
    told = s.say(f"entry.origin.{origin}") if origin else ""
    return _editing(s, step, f"{step}.{key}", label, str(row["text"]), told, {"edit": key, **_asked_first(row)})


def _asked_first(row: Row) -> Mapping[str, Any]:
    """A day at the bank is chosen from the hours of its branch, which are asked for anew."""
    return {"edit": "bank"} if row["act"] == "branch" else {}


def _leading_out(row: Row) -> Row:
    """At the terminal one leads back to the fund's page; here the four lines of the fund stand beside one another."""
    return {**row, "sets": {**row["sets"], "edit": ""}} if row["sets"].get("edit") == _FUND else row


def _editing(
    s: Sight[Desk], step: str, key: str, label: str, value: str, origin: str, notes: Mapping[str, Any]
) -> Line:
    inner = pages_of(s, key) or notes
    screen = _shown(s, step, inner)
    means = _PAGES[step][1]

    def touched(name: str, payload: Any, more: Mapping[str, Any]) -> Event | None:
        return means(Touch(name, payload, as_visit(s, step, {**inner, **more})))

    def options() -> tuple[Row, ...]:
        rows = (row for name in ("options", "tiles") for row in screen.lists.get(name, ()))
        return tuple(_leading_out(row) if notes.get("edit") != _FUND else row for row in rows)

    def take(row: Row) -> Event | None:
        return touched(str(row["act"]), row["value"], row["sets"]) if row["act"] else None

    typed = None
    if screen.data["mode"] == "type":
        save = screen.actions[0].name
        kind, most, old = str(screen.data["kind"]), int(screen.data["most"]), str(screen.data["typed"])
        typed = Typed(old, lambda text: touched(save, None, {"typed": text}), kind, most)
    return Line(
        key,
        step,
        label,
        value,
        aside=origin,
        typed=typed,
        options=options,
        take=take,
        many=any(name == "done" for name in (one.name for one in screen.actions)),
    )
