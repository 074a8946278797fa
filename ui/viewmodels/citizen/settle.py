"""两处都改过: one decision at a time between what was answered here and elsewhere, in plain words."""

from collections.abc import Callable, Mapping

from kiosk.domain.case import OpeningForm
from kiosk.domain.draft_split import APPLICANT, PARTS, DraftConflict, Side
from kiosk.domain.holding import Representative
from kiosk.domain.ids import PersonRef
from kiosk.domain.money import wan_text
from kiosk.domain.person import Person, Role
from kiosk.domain.plain import Plain, to_plain
from kiosk.domain.private import mask_name, mask_phone
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event
from kiosk.workflow.resume import undecided
from kiosk.workflow.visit import Visit
from ui.viewmodels.naming import role_word
from ui.viewmodels.page import Action, Row
from ui.viewmodels.sight import Screen, Sight, Touch, choice
from ui.viewmodels.slip import form_lines
from ui.words import catalogue

from .chrome import LATER, fault_row, later
from .people import OFFERED

Say = Callable[[Sight[Visit], OpeningForm], str]


def settle_draft(s: Sight[Visit]) -> Screen:
    """What it is about, the two answers side by side, and how it was before; at the end what was chosen."""
    v = s.state
    asked = undecided(v)
    count = len(v.split.conflicts) if v.split else 0
    back = Action("back", s.say("settle_draft.back"), icon="arrow-left", enabled=bool(v.decided), missing=s.say(
        "settle_draft.first"))  # fmt: skip
    again = (Action("retry", s.say("settle_draft.again")),) if v.fault else ()
    if asked is None:
        done = Action("next", s.say("settle_draft.done"), "primary", "check")
        title, lead = ("settle_draft.done_title", "settle_draft.done_lead") if count else (
            "settle_draft.joined_title", "settle_draft.joined_lead")  # fmt: skip
        chosen = tuple(_decision(s, one) for one in v.split.conflicts) if v.split else ()
        return Screen(
            s.say(title), s.say(lead), _data(""),
            {"sides": (), "chosen": chosen, "banners": fault_row(s)}, (done, back, later(s), *again), LATER,
        )  # fmt: skip
    was = s.say("settle_draft.was", value=_value(s, asked, asked.base)) if asked.base else ""
    return Screen(
        s.say("settle_draft.title", what=_about(s, asked)),
        s.say("settle_draft.lead", n=len(v.decided) + 1, all=count),
        _data(was),
        {"sides": (_side(s, asked, Side.MINE), _side(s, asked, Side.THEIRS)), "chosen": (), "banners": fault_row(s)},
        (back, later(s), *again),
        LATER,
    )


def _data(was: str) -> Mapping[str, object]:
    return {"was": was}


def _side(s: Sight[Visit], conflict: DraftConflict, side: Side) -> Row:
    form = conflict.mine if side is Side.MINE else conflict.theirs
    text, whose = _value(s, conflict, form), s.say(f"settle_draft.{side.value}")
    person = form.person(conflict.person) if conflict.person else None
    if person is not None:  # a person is much to read: the name large, the rest below it
        text, whose = person.shown_name, f"{_person(s, person, form)}\n{whose}"
    return choice(
        side.value, text, whose, act="side", value=f"{conflict.where}={side.value}",
        icon="pin" if side is Side.MINE else "globe",
    )  # fmt: skip


def _decision(s: Sight[Visit], conflict: DraftConflict) -> Row:
    side = dict(s.state.decided)[conflict.where]
    form = conflict.mine if side is Side.MINE else conflict.theirs
    return choice(conflict.where, _value(s, conflict, form), _about(s, conflict), icon="check")


def event(touch: Touch[Visit]) -> Event | None:
    """One of the two, for the answer that is asked about."""
    where, _, side = touch.text.rpartition("=")
    known = {one.value: one for one in Side}
    return ev.SideChosen(where, known[side]) if touch.name == "side" and side in known else None


# --- words for an answer ---
def _about(s: Sight[Visit], conflict: DraftConflict) -> str:
    ref = conflict.person
    if ref is None:
        return s.say(f"settle_draft.part.{conflict.where}")
    person = next((one for form in (conflict.mine, conflict.theirs) if (one := form.person(ref))), None)
    return s.say("settle_draft.part.person", who=person.shown_name if person else "")


def _value(s: Sight[Visit], conflict: DraftConflict, form: OpeningForm) -> str:
    ref = conflict.person
    if ref is not None:
        return _person(s, form.person(ref), form)
    if conflict.where == APPLICANT:
        person = form.person(form.applicant) if form.applicant else None
        return person.shown_name if person else s.say("settle_draft.nothing")
    if conflict.where == "scope":
        return s.listed([pick.name for pick in form.scope]) or s.say("settle_draft.nothing")
    lines = {"purpose": "purpose", "name": "name", "address": "domicile", "capital": "capital"}
    if conflict.where in lines:
        said = {one.key: one.value for one in form_lines(form, s.words)}
        return said.get(lines[conflict.where]) or s.say("settle_draft.nothing")
    if conflict.where == "family":
        return s.listed([mask_name(one.name) for one in form.individual.family]) or s.say("settle_draft.nothing")
    told = [part for path in PARTS[conflict.where] for part in _told(s, form, path)]
    return s.listed(told) or s.say("settle_draft.nothing")


def _person(s: Sight[Visit], person: Person | None, form: OpeningForm) -> str:
    """Everything of a person that may be seen by bystanders."""
    if person is None:
        return s.say("settle_draft.nobody")
    told = [role_word(role, form, s.words) for role in OFFERED if role in person.roles]
    if person.wears(Role.SHAREHOLDER):
        told.append(s.money("settle_draft.share", person.subscribed))
    if person.phone:
        told.append(mask_phone(person.phone))
    if isinstance(acts := person.acting, Representative):
        told.append(
            s.say("settle_draft.signer", who=mask_name(acts.name), right=s.say(f"signs_as.{acts.signs_as.value}"))
        )
    return s.listed(told) or person.shown_name


def _told(s: Sight[Visit], form: OpeningForm, path: str) -> list[str]:
    """The answers under one path of the form, each as a text, in their order."""
    outer, _, inner = path.partition(".")
    value = getattr(form, outer)
    value = getattr(value, inner) if inner else value
    name = inner or outer
    if name == "area_m2" and value is not None:
        return [s.say("settle_draft.area", area=wan_text(value))]
    return _leaves(s, form, to_plain(value), name)


def _leaves(s: Sight[Visit], form: OpeningForm, plain: Plain, name: str) -> list[str]:
    if plain is None or plain == "":
        return []
    if isinstance(plain, dict):
        return [leaf for inner, value in plain.items() for leaf in _leaves(s, form, value, inner)]
    if isinstance(plain, list):
        return [leaf for value in plain for leaf in _leaves(s, form, value, name)]
    if isinstance(plain, bool):
        return [s.say("settle_draft.yes" if plain else "settle_draft.no")]
    text = str(plain)
    if f"settle_draft.value.{name}.{text}" in catalogue():
        return [s.say(f"settle_draft.value.{name}.{text}")]
    if "phone" in name or "number" in name or name.endswith("no"):
        return [mask_phone(text)]
    person = form.person(PersonRef(text)) if name in ("buyer", "handler") else None
    named = person.name if person else text
    return [mask_name(named)] if person or name in ("owner", "recipient") else [text]
