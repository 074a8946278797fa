"""The page that the items beside the registration share: what is proposed stands as lines with 修改, and whoever
agrees only goes on; a change is one choice on a page of its own."""

from collections.abc import Iterable, Mapping

from kiosk.domain.finding import Severity
from kiosk.domain.ids import PersonRef
from kiosk.domain.person import Person
from kiosk.rules.proposals import natural
from kiosk.workflow.events import NextAsked
from kiosk.workflow.visit import Visit
from kiosk.workflow.wishes import Keep, findings_here
from ui.viewmodels.findings import finding_banners
from ui.viewmodels.naming import OFFERED, role_word
from ui.viewmodels.page import Action, Row
from ui.viewmodels.sight import Screen, Sight, choice

from .chrome import LATER, back, fault_row, later, onward

CLOSED: Mapping[str, object] = {"edit": "", "typed": None}


def data(**more: object) -> Mapping[str, object]:
    """Every name that the page knows, in each of its shapes."""
    blank = {
        "mode": "list", "label": "", "hint": "", "typed": "", "kind": "pinyin", "most": 64, "wrong": False,
        "words": "", "waiting": "",
    }  # fmt: skip
    return {**blank, **more}


def answer(s: Sight[Visit], where: str, value: str, origin: str = "", icon: str = "") -> Row:
    """A line: the answer large, what it answers and where it comes from below it; the whole line leads to the choice.
    ``where``: step and part, as in the words.

    ``origin``: proposed (by the rules), people (who was named), own (the person's choice), known (answered before).
    """
    told = [s.say(f"{where}.label"), *([s.say(f"wish.origin.{origin}")] if origin else [])]
    key = where.rpartition(".")[2]
    row = choice(key, value, " · ".join(told), icon=icon, sets={"edit": key})
    return {**row, "origin": origin}


def fact(s: Sight[Visit], key: str, words: str, icon: str = "info") -> Row:
    """A sentence that is only read."""
    return choice(key, "", s.say(words), icon=icon)


def listing(
    s: Sight[Visit],
    step: str,
    agreed: Keep,
    *,
    answers: Iterable[Row] = (),
    options: Iterable[Row] = (),
    facts: Iterable[Row] = (),
    again: str = "",
    waiting: str = "",
    lead: str = "lead",
) -> Screen:
    """What is proposed. Findings of this step are said at once, and what has to be mended stops here. ``again``: the
    word for asking once more after a fault. ``lead``: which of the step's leads is true of this case."""
    v = s.state
    found = findings_here(agreed)(v, NextAsked()).findings
    stopping = [one for one in found if one.severity is Severity.STOP]
    return Screen(
        s.say(f"{step}.title"),
        s.say(f"{step}.{lead}"),
        data(waiting=waiting),
        {
            "answers": tuple(answers),
            "options": tuple(options),
            "facts": tuple(facts),
            "tiles": (),
            "banners": (
                *finding_banners(found, agreed(v, NextAsked()).form, s.words),
                *fault_row(s, again, "retry" if again else ""),
            ),
        },
        (
            onward(s, enabled=not stopping, missing=s.say("name_people.missing", n=len(stopping))),
            back(s),
            later(s),
        ),
        LATER,
    )


def choosing(
    s: Sight[Visit],
    title: str,
    *,
    options: Iterable[Row] = (),
    tiles: Iterable[Row] = (),
    facts: Iterable[Row] = (),
    answers: Iterable[Row] = (),
    done: bool = False,
    to: str = "",
    waiting: str = "",
) -> Screen:
    """One choice. ``done``: several may be picked, so that somebody has to say when it is enough; ``to``: the choice
    from which this one was reached."""
    enough = (Action("done", s.say("name_people.done"), "primary", "check"),) if done else ()
    out = {**CLOSED, "edit": to}
    return Screen(
        s.say(f"{title}.title"),
        s.say(f"{title}.lead"),
        data(mode="choose", waiting=waiting),
        {
            "answers": tuple(answers), "options": tuple(options), "tiles": tuple(tiles), "facts": tuple(facts),
            "banners": fault_row(s),
        },
        (*enough, *(() if done else (Action("edit_back", s.say("chrome.back"), icon="arrow-left"),))),
        {"done": out, "edit_back": out},
    )  # fmt: skip


def typing(
    s: Sight[Visit],
    title: str,
    typed: str,
    *,
    act: str,
    good: bool,
    kind: str = "pinyin",
    most: int = 64,
    to: str = "",
    words: str = "",
) -> Screen:
    """One text. ``act`` says it is finished."""
    out = {**CLOSED, "edit": to}
    return Screen(
        s.say(f"{title}.title"),
        s.say(f"{title}.lead"),
        data(
            mode="type", label=s.say(f"{title}.label"), hint="", typed=typed, kind=kind, most=most,
            wrong=bool(typed) and not good, words=words,
        ),
        {"answers": (), "options": (), "tiles": (), "facts": (), "banners": fault_row(s)},
        (
            Action(act, s.say("name_people.done"), "primary", "check", good, s.say(f"{title}.missing")),
            Action("edit_back", s.say("chrome.back"), icon="arrow-left"),
        ),
        {act: out, "edit_back": out},
    )  # fmt: skip


def pick(key: str, text: str, detail: str = "", *, picked: bool, act: str, value: str, to: str | None = "") -> Row:
    """An option; picking it leads back to where it was asked, with ``to`` None it stays."""
    sets = {} if to is None else {**CLOSED, "edit": to}
    return choice(key, text, detail, picked=picked, act=act, value=value, sets=sets)


def persons(s: Sight[Visit], act: str, picked: frozenset[PersonRef], to: str | None = "") -> tuple[Row, ...]:
    """Everybody of the form who may answer for something, with what they do."""
    return tuple(
        pick(one.ref, one.shown_name, _does(s, one), picked=one.ref in picked, act=act, value=one.ref, to=to)
        for one in natural(s.state.form)
    )


def _does(s: Sight[Visit], person: Person) -> str:
    form = s.state.form
    return s.listed([role_word(role, form, s.words) for role in OFFERED if role in person.roles])


def named(s: Sight[Visit], ref: PersonRef | None) -> str:
    """The masked name of a person of the form."""
    person = s.state.form.person(ref) if ref else None
    return person.shown_name if person else s.say("wish.nobody")


def ref_of(s: Sight[Visit], text: str) -> PersonRef | None:
    """The reference that a touch names, if it is somebody's."""
    return next((one.ref for one in natural(s.state.form) if one.ref == text), None)
