"""What one answer of a draft is called and how it reads, for whoever has to choose between two."""

from typing import Any

from kiosk.domain.case import OpeningForm
from kiosk.domain.draft_split import APPLICANT, PARTS, DraftConflict
from kiosk.domain.holding import Representative
from kiosk.domain.ids import PersonRef
from kiosk.domain.money import wan_text
from kiosk.domain.person import Person, Role
from kiosk.domain.plain import Plain, to_plain
from kiosk.domain.private import mask_name, mask_phone
from ui.viewmodels.naming import OFFERED, role_word
from ui.viewmodels.sight import Sight
from ui.viewmodels.slip import form_lines
from ui.words import catalogue


def about(s: Sight[Any], conflict: DraftConflict) -> str:
    """Which answer it is."""
    ref = conflict.person
    if ref is None:
        return s.say(f"settle_draft.part.{conflict.where}")
    person = next((one for form in (conflict.mine, conflict.theirs) if (one := form.person(ref))), None)
    return s.say("settle_draft.part.person", who=person.shown_name if person else "")


def value_of(s: Sight[Any], conflict: DraftConflict, form: OpeningForm) -> str:
    """The answer as one of the forms gives it."""
    ref = conflict.person
    if ref is not None:
        return told_of(s, form.person(ref), form)
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


def told_of(s: Sight[Any], person: Person | None, form: OpeningForm) -> str:
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


def _told(s: Sight[Any], form: OpeningForm, path: str) -> list[str]:
    """The answers under one path of the form, each as a text, in their order."""
    outer, _, inner = path.partition(".")
    value = getattr(form, outer)
    value = getattr(value, inner) if inner else value
    name = inner or outer
    if name == "area_m2" and value is not None:
        return [s.say("settle_draft.area", area=wan_text(value))]
    return _leaves(s, form, to_plain(value), name)


def _leaves(s: Sight[Any], form: OpeningForm, plain: Plain, name: str) -> list[str]:
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
