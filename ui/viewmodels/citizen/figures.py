"""Where the company is and what it is worth on paper: division, door, way of getting it; the registered capital."""

from decimal import Decimal
from typing import Any

from kiosk.code_tables.divisions import current_divisions, division_name
from kiosk.domain.case import Domicile, DomicileGetWay
from kiosk.domain.finding import Severity
from kiosk.domain.ids import DivisionCode
from kiosk.domain.money import capital_words, wan, wan_text
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event
from kiosk.workflow.visit import Visit
from ui.viewmodels.findings import banner, finding_banners, finding_words
from ui.viewmodels.page import Action, Row
from ui.viewmodels.sight import Screen, Sight, Touch, choice

from .chrome import LATER, back, fault_row, later

_PARTS = ("division", "line", "way")
_WAY_ICONS = {"01": "house", "02": "receipt", "03": "hand", "04": "resume", "05": "link"}
QUICK = ("10", "50", "100")  # 万元
_LINE_MIN, _LINE_MAX = 4, 117
_UNIT_ASKED = Decimal(10000)  # 万元; from here on the amount is said in 亿 as well


# --- give_address ---
def give_address(s: Sight[Visit]) -> Screen:
    """Division picked, line as on the property paper, and how the place was got: one question after the other."""
    v, place = s.state, _domicile(s)
    known = v.form.domicile  # whoever said that it is in this district is not asked for the district again
    part = s.note("part", "line" if known.division and not known.line else "division")
    part = part if part in _PARTS and (place.division or part == "division") else "division"
    at = _PARTS.index(part)
    actions: list[Action] = []
    then: dict[str, dict[str, Any]] = {**LATER}
    if part == "line":
        short = not _LINE_MIN <= len(place.line) <= _LINE_MAX
        missing = s.say("give_address.line_long" if len(place.line) > _LINE_MAX else "give_address.line_missing")
        actions.append(Action("line_done", s.say("chrome.next"), "primary", "arrow-right", not short, missing))
        then["line_done"] = {"part": "way"}
    if part == "way" and place.get_way is not None:
        text = s.say("chrome.back_to_check" if v.changing else "chrome.next")
        actions.append(Action("address", text, "primary", "arrow-right"))
    if at:
        actions.append(Action("part_back", s.say("chrome.back"), icon="arrow-left"))
        then["part_back"] = {"part": _PARTS[at - 1]}
    else:
        actions.append(back(s))
    of_line = tuple(f for f in v.findings if f.code.startswith("domicile-line"))
    beside = of_line if place.line == v.form.domicile.line else ()
    found = finding_banners(tuple(f for f in v.findings if f not in of_line), v.form, s.words)
    return Screen(
        s.say(f"give_address.{part}.title"),
        s.say(f"give_address.{part}.lead"),
        {
            "part": part,
            "divisionName": place.division_name,
            "line": place.line,
            "lineLabel": s.say("give_address.line.label", division=place.division_name),
            "lineHint": s.say("give_address.line.hint"),
            "whole": f"{place.division_name}{place.line}",
            "wrong": s.joined(*(" ".join(finding_words(f, v.form, s.words)) for f in beside)),
        },
        {
            "divisions": tuple(
                choice(d.code, d.name, picked=d.code == place.division, sets={"division": d.code, "part": "line"})
                for d in current_divisions()
            ) if part == "division" else (),
            "ways": _ways(s, place) if part == "way" else (),
            "banners": (*found, *fault_row(s)),
        },
        (*actions, later(s)),
        then,
    )  # fmt: skip


def _domicile(s: Sight[Visit]) -> Domicile:
    known = s.state.form.domicile
    code = s.note("division", known.division)
    way = next((w for w in DomicileGetWay if w.value == s.note("way")), known.get_way)
    return Domicile(DivisionCode(code), division_name(code), s.note("line", known.line).strip(), way)


def _ways(s: Sight[Visit], place: Domicile) -> tuple[Row, ...]:
    return tuple(
        choice(
            way.value, s.say(f"give_address.way.{word}"), s.say(f"give_address.way.{word}_paper"),
            picked=way is place.get_way, icon=_WAY_ICONS[way.value], sets={"way": way.value},
        )
        for way in DomicileGetWay
        for word in (way.name.lower(),)
    )  # fmt: skip


def address_event(touch: Touch[Visit]) -> Event | None:
    """All three parts at once."""
    place = _domicile(touch.sight)
    whole = bool(place.division_name) and place.get_way is not None
    return ev.AddressGiven(place) if touch.name == "address" and whole else None


# --- set_capital ---
def set_capital(s: Sight[Visit]) -> Screen:
    """One amount in 万元, said in capitals while it is typed; the unit is asked for when it looks like 元."""
    v = s.state
    typed = _typed(s)
    amount = wan(typed) or Decimal(0)
    good = amount > 0
    here = [f for f in v.findings if f.severity is Severity.STOP] if amount == v.form.registered_capital else []
    told = s.joined(*(" ".join(finding_words(f, v.form, s.words)) for f in here))
    asked = amount >= _UNIT_ASKED and s.note("sure") != typed
    ask = (banner("unit", "wait", s.say("set_capital.unit_what"), s.say("set_capital.unit_todo"),
                  button=s.say("set_capital.unit_yes"), act="unit_sure"),) if asked else ()  # fmt: skip
    text = s.say("chrome.back_to_check" if v.changing else "set_capital.next")
    lacking = "unit_missing" if asked else "mend" if typed else "missing"
    return Screen(
        s.say("set_capital.title"),
        s.say("set_capital.lead"),
        {
            "amount": typed,
            "label": s.say("set_capital.label"),
            "unit": s.say("set_capital.unit"),
            "words": capital_words(amount) if good else "",
            "wrong": bool(typed) and (not good or bool(told)),
            "wrongWords": told or s.say("set_capital.wrong"),
            "years": s.say("set_capital.years", year=v.now.year + v.form.contribution_years),
            "liability": s.say("set_capital.liability"),
        },
        {
            "quick": tuple(
                choice(q, s.money("set_capital.quick", Decimal(q)), picked=typed == q, sets={"amount": q})
                for q in QUICK
            ),
            "banners": (*ask, *fault_row(s)),
        },
        (Action("capital", text, "primary", "arrow-right", good and not asked,
                s.say(f"set_capital.{lacking}")), back(s), later(s)),
        {**LATER, "unit_sure": {"sure": typed}},
    )  # fmt: skip


def capital_event(touch: Touch[Visit]) -> Event | None:
    """The amount as it stands in the field."""
    amount = wan(_typed(touch.sight))
    return ev.CapitalSet(amount) if touch.name == "capital" and amount is not None and amount > 0 else None


def _typed(s: Sight[Visit]) -> str:
    known = s.state.form.registered_capital
    return s.note("amount", wan_text(known) if known is not None else "")
