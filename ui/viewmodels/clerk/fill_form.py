"""The whole form on one page: sections of lines in two columns, the line at hand with its choices at the side. Keys
alone lead through it; one key jumps to what is missing next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kiosk.domain.acts import Act
from kiosk.domain.finding import Finding, Severity
from kiosk.faults import FaultCode
from kiosk.rules.review import step_to_mend
from kiosk.rules.steps import is_asked
from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk
from kiosk.workflow.entry import findings_of, to_verify
from kiosk.workflow.machine import Event
from kiosk.workflow.on_desk import visit_of
from kiosk.workflow.visit import Busy
from ui.viewmodels.findings import finding_words
from ui.viewmodels.naming import business
from ui.viewmodels.page import Action, Row
from ui.viewmodels.sight import Sight, Touch

from . import form_business, form_people, form_place, form_wishes
from .chrome import Page, key
from .fault_rows import fault_row
from .form_line import Line, hand, typed_of

_CAPS = "123456789"
_LEFT = ("name_people", "name_operator", "choose_purpose", "declare_name", "describe_business")
# What is only not answered yet is no mistake: it waits, and says so without alarm.
_WAITS = ("-missing", "not-verified", "name-not-checked", "composition-missing", "shareholders-two")


@dataclass(frozen=True, slots=True)
class _Told:
    """What is said of one line: its findings, in words."""

    stops: bool
    waits: bool
    what: str
    remedy: str


def lines_of(s: Sight[Desk]) -> tuple[Line, ...]:
    """Every line of this form, in the order in which the keys go."""
    v = visit_of(s.state)
    found = [*form_people.lines(s), *form_business.purpose_lines(s)]
    if v.form.company_type is None:
        return tuple(found)
    found += [*form_business.name_lines(s), *form_business.scope_lines(s), *form_place.address_lines(s)]
    if is_asked("set_capital", v.form):
        found += form_place.capital_lines(s)
    for step in form_wishes.PAGES:
        if is_asked(step, v.form):
            found += form_wishes.wish_lines(s, step)
    return tuple(found)


def _told(s: Sight[Desk], lines: Sequence[Line]) -> Mapping[str, _Told]:
    """Every finding beside the line on which it is mended; what no line knows stands beside its page's first."""
    v = visit_of(s.state)
    by_line: dict[str, list[Finding]] = {}
    for finding in findings_of(v):
        step = step_to_mend(finding, v.form) if v.form.company_type else ""  # what is not asked yet is no want
        line = _line_of(lines, finding, step)
        if line is not None:
            by_line.setdefault(line.key, []).append(finding)
    found = {}
    for name, some in by_line.items():
        said = list(dict.fromkeys(finding_words(one, v.form, s.words) for one in some))
        stopping = [one for one in some if one.severity is Severity.STOP]
        waits = all(one.code.endswith(_WAITS) for one in stopping)
        found[name] = _Told(
            bool(stopping),
            bool(stopping) and waits,
            ("；" if s.words.language == "zh" else "; ").join(what for what, _ in said),
            s.joined(*(todo for _, todo in said)),
        )
    return found


def _line_of(lines: Sequence[Line], finding: Finding, step: str) -> Line | None:
    named = [one for one in lines if finding.code in one.codes]
    exact = next((one for one in named if one.about and one.about == finding.about), None)
    if exact is not None:
        return exact
    if named and not named[0].about:
        return named[0]
    own = {"name_operator": ("name_operator", "name_people")}.get(step, (step,))
    here = [one for one in lines if one.step in own and one.key != "consent"]
    return next((one for one in here if one.needed), here[0] if here else None)


def _is_open(line: Line, told: Mapping[str, _Told]) -> bool:
    return line.is_open or (line.key in told and told[line.key].stops)


def fill_form(s: Sight[Desk]) -> Page:
    """The page. ``at`` is the line at hand: where the clerk went, else the first that is missing."""
    v = visit_of(s.state)
    lines = lines_of(s)
    told = _told(s, lines)
    missing = tuple(one.key for one in lines if _is_open(one, told))
    at = _at(s, lines, missing)
    line = next((one for one in lines if one.key == at), None)
    barred = s.scene.barred.get(Act.KEEP_DRAFT)
    complete = not missing
    done = sum(1 for one in lines if not _is_open(one, told))
    left = s.say("entry.left", n=len(missing)) if missing else s.say("entry.nothing_left")
    retry = key("retry", "F5", s.say("entry.ask_again"), enabled=_may_ask_again(s))
    rows = _rows(s, lines, told, at)
    lists: dict[str, tuple[Row, ...]] = {
        "left": tuple(row for row in rows if row["step"] in _LEFT),
        "right": tuple(row for row in rows if row["step"] not in _LEFT),
        "options": _options(s, line),
        "tells": tuple({"key": str(n), "text": text} for n, text in enumerate(line.tells)) if line else (),
    }
    if barred is not None and s.state.fault is None:
        lists["banners"] = ({**fault_row(s, barred), "key": "barred"},)
    nobody = v.consent is None or v.busy is Busy.CARD
    return Page(
        s.say("entry.title"),
        business(v.form, s.words) if v.form.company_type else "",
        s.say("entry.meta", code=v.slip_code or ""),
        {
            "slipShown": True,
            "at": at,
            "order": [one.key for one in lines],
            "missing": list(missing),
            "tally": left,
            "tallyMore": s.say("entry.tally", n=done, all=len(lines)),
            **_at_hand(s, line, told),
        },
        lists,
        (
            Action(
                "sign", s.say("entry.to_sign"), "primary", "pencil", complete and s.state.busy is None, left, key="F9"
            ),
        ),
        (
            key("enter", "Enter", s.say("entry.enter")),
            key("after", "Tab", s.say("entry.tab")),
            key("missing", "F3", s.say("entry.next_missing"), enabled=bool(missing)),
            key("next_person", "F7", s.say("entry.add_card"), enabled=bool(v.form.people) and not nobody),
            key("confirm", "F8", s.say("entry.person.confirm"), enabled=_to_confirm(s) is not None),
            key("drop", "Ctrl+D", s.say("entry.drop"), enabled=_drop(line) is not None),
            key("sign", "F9", s.say("entry.sign_key"), enabled=complete and s.state.busy is None),
            retry,
            key("back", "Esc", s.say("entry.later")),
        ),
        retry if retry["enabled"] else None,
    )


def _at(s: Sight[Desk], lines: Sequence[Line], missing: Sequence[str]) -> str:
    wanted = hand(s).get("at")
    if any(one.key == wanted for one in lines):
        return str(wanted)
    return missing[0] if missing else ""


def _rows(s: Sight[Desk], lines: Sequence[Line], told: Mapping[str, _Told], at: str) -> tuple[Row, ...]:
    rows, before = [], ""
    for one in lines:
        said, is_at = told.get(one.key), one.key == at
        section = "name_people" if one.step == "name_operator" else one.step
        empty = one.is_open
        state = "ok" if one.value else ""
        words = one.note
        if said is not None and said.stops:
            state = "wait" if said.waits or empty else "stop"
            words = one.note if empty and not is_at else said.what
        elif empty:
            state = "wait"
        elif said is not None:
            words = said.what
        text = typed_of(s, one.key)
        live = one.typed.look(text) if one.typed and one.typed.look and is_at and text else None
        if live is not None and live[0]:
            words, state = live[0], "stop" if live[1] else state
        rows.append(
            {
                "key": one.key,
                "step": one.step,
                "head": "" if section == before else s.say(f"entry.step.{section}"),
                "label": one.label,
                "value": one.value,
                "aside": one.aside or (s.say(f"entry.state.{state}") if state in ("wait", "stop") else ""),
                "state": state,
                "words": words,
                "wrong": bool(live and live[1]) or bool(said and said.stops and not said.waits and not empty),
                "at": is_at,
                "types": is_at and one.typed is not None,
                "text": one.typed.text
                if one.typed and is_at
                else "",  # what is written down stands only in the open line
                "kind": one.typed.kind if one.typed else "pinyin",
                "most": one.typed.maximum if one.typed else 64,
                "unit": one.typed.unit if one.typed else "",
                "hint": (one.typed.hint or s.say("entry.type")) if one.typed else "",
                "searches": bool(one.typed and one.typed.searches),
            }
        )
        before = section
    return tuple(rows)


def _at_hand(s: Sight[Desk], line: Line | None, told: Mapping[str, _Told]) -> dict[str, Any]:
    """The side: what is asked now, what is wrong with it, and how keys answer."""
    said = told.get(line.key) if line else None
    types = line is not None and line.typed is not None
    searches = line is not None and line.typed is not None and line.typed.searches
    how = "done" if line is None else "search" if searches else "type" if types else "pick"
    return {
        "handTitle": line.label if line else s.say("entry.nothing_left"),
        "handWhat": said.what if said else "",
        "handTodo": said.remedy if said else "",
        "handState": "stop" if said and said.stops and not said.waits else "wait",
        "how": s.say(f"entry.how.{how}"),
        "types": types,
        "searches": searches,
        "handMore": s.say("entry.more_found", n=_beyond(line)) if line and _beyond(line) else "",
    }


def _options(s: Sight[Desk], line: Line | None) -> tuple[Row, ...]:
    if line is None:
        return ()
    types = line.typed is not None
    mark = hand(s).get("mark")
    marked = int(mark) if isinstance(mark, int | float) and hand(s).get("of") == line.key else 0
    rows = []
    for n, row in enumerate(line.options()[: len(_CAPS)]):
        by_drop = row["act"] == "drop"
        cap = "Ctrl+D" if by_drop else "" if types else _CAPS[n]
        rows.append(
            {
                "key": str(row["key"]),
                "cap": cap,
                "text": row["text"],
                "detail": row["detail"],
                "picked": row["picked"],
                "marked": types and line.typed is not None and line.typed.searches and n == marked,
                "sets": row["sets"],
                "notes": row.get("notes", {}),
                "acts": bool(row["act"]),
                "stays": line.many or (bool(row["sets"]) and bool(row["sets"].get("edit"))),
            }
        )
    return tuple(rows)


def _beyond(line: Line) -> int:
    return max(0, len(line.options()) - len(_CAPS))


def _may_ask_again(s: Sight[Desk]) -> bool:
    v, fault = visit_of(s.state), s.state.fault
    offline = fault is not None and fault.code is FaultCode.NAME_NEEDS_NETWORK
    waits = bool(v.form.name.trade) and v.form.name_verdict is None and v.busy is not Busy.NAME
    return waits and (offline or fault is not None)


def _to_confirm(s: Sight[Desk]) -> Event | None:
    """人证相符 of the first person whose card lay here."""
    entry = s.state.entry
    if entry is None or s.state.busy is not None:
        return None
    waits = (one for one in to_verify(entry.visit) if entry.laid_at(one.ref) is not None)
    firms = (one for one in entry.visit.form.people if not one.is_natural and one.verification_id is None)
    acting = (one for one in firms if one.acting is not None and entry.laid_at(one.ref) is not None)
    return next((ev.PersonConfirmed(one.ref) for one in (*waits, *acting)), None)


def _drop(line: Line | None) -> Row | None:
    return next((row for row in line.options() if row["act"] == "drop"), None) if line is not None else None


def form_event(touch: Touch[Desk]) -> Event | None:
    """A text that was finished, an option that was taken, or one of the keys that act on the whole form."""
    s, given = touch.sight, touch.payload if isinstance(touch.payload, dict) else {}
    simple = {"sign": ev.SigningAsked, "next_person": ev.PersonCardAsked}
    if touch.name in simple:
        return simple[touch.name]()
    if touch.name == "confirm":
        return _to_confirm(s)
    if touch.name == "find_scope" and given.get("line") == "scope":
        return form_business.scope_typed(str(given.get("text", "")))
    line = next((one for one in lines_of(s) if one.key == given.get("line")), None)
    if line is None:
        return None
    if touch.name == "set" and line.typed is not None and not line.typed.searches:
        return line.typed.give(str(given.get("text", "")))
    row = next((one for one in line.options() if one["key"] == given.get("option")), None)
    if touch.name == "drop":
        row = _drop(line)
    return line.take(row) if row is not None and touch.name in ("take", "drop") else None
