"""Who runs an individual business (个体工商户): its operator, alone or with the family, each read from the card."""

from collections.abc import Mapping

from kiosk.domain.finding import Finding, Severity
from kiosk.domain.individual import Composition, FamilyMember
from kiosk.domain.person import Person, Role
from kiosk.domain.private import mask_name, mask_phone
from kiosk.rules.review import is_mobile, of_individual, of_people, of_persons
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event
from kiosk.workflow.visit import Busy, Visit
from ui.viewmodels.findings import finding_banners, finding_words
from ui.viewmodels.page import NOTHING, Action, Row
from ui.viewmodels.sight import Screen, Sight, Touch, choice

from .chrome import LATER, back, fault_row, later, onward

_PHONE = "phone"  # the note that opens the editor of the operator's number
_ICONS = {Composition.PERSONAL: "person", Composition.FAMILY: "people"}
_AGAIN = "person-twice"  # said where the card was laid, and nowhere else once another one was read


def name_operator(s: Sight[Visit]) -> Screen:
    """The page, the wait for the card of one of the family, or the operator's phone number."""
    operator = _operator(s)
    if s.state.busy is Busy.CARD:
        return _next_card(s)
    if operator is not None and s.note("edit") == _PHONE:
        return _phone(s, operator)
    return _page(s, operator)


def _operator(s: Sight[Visit]) -> Person | None:
    return next(iter(s.state.form.wearing(Role.LEGAL_REP)), None)


def _data(**more: object) -> Mapping[str, object]:
    """Every name that the page knows, in each of its shapes."""
    blank = {
        "mode": "list", "run": "", "family": "", "add": "", "faceUp": "", "waiting": "", "label": "", "hint": "",
        "phone": "", "words": "", "wrong": False,
    }  # fmt: skip
    return {**blank, **more}


def _page(s: Sight[Visit], operator: Person | None) -> Screen:
    v = s.state
    together = v.form.individual.composition is Composition.FAMILY
    stopping = [one for one in _lacking(v) if one.severity is Severity.STOP]
    again = tuple(one for one in v.findings if one.code == _AGAIN)
    return Screen(
        s.say("name_operator.title"),
        s.say("name_operator.lead"),
        _data(
            run=s.say("name_operator.run"),
            family=s.say("name_operator.members") if together else "",
            add=s.say("name_operator.add") if together else "",
        ),
        {
            "operator": (_card(s, operator),) if operator else (),
            "runs": tuple(_run(s, one) for one in Composition),
            "family": tuple(_member(s, at, one) for at, one in enumerate(v.form.individual.family)),
            "lacking": tuple(_lack(s, one) for one in dict.fromkeys(stopping)),
            "banners": (*finding_banners(again, v.form, s.words), *fault_row(s)),
        },
        (onward(s, enabled=not stopping, missing=s.say("name_people.missing", n=len(stopping))), back(s), later(s)),
        LATER,
    )


def _lacking(v: Visit) -> tuple[Finding, ...]:
    today = v.now.date()
    phones = [one for one in of_persons(v.form, today) if one.code == "phone-missing"]
    return (*phones, *of_individual(v.form, today), *of_people(v.form, today))


def _card(s: Sight[Visit], person: Person) -> Row:
    phone = mask_phone(person.phone) if person.phone else s.say("name_people.phone_none")
    line = {"part": _PHONE, "label": s.say("name_people.phone_label"), "value": phone, "missing": not person.phone}
    return {**_person(s, "operator", person.name, "name_people.you"), "lines": [line]}


def _member(s: Sight[Visit], at: int, member: FamilyMember) -> Row:
    card = _person(s, f"m{at}", member.name, "name_people.from_card")
    return {**card, "at": str(at), "drop": s.say("name_people.drop")}


def _person(s: Sight[Visit], key: str, name: str, aside: str) -> Row:
    """Whoever takes part, as the page's cards show people."""
    lacking = s.say("name_people.lacking_one")
    return {
        "key": key, "ref": key, "name": mask_name(name), "aside": s.say(aside), "lines": [], "lacking": lacking,
        "drop": "", "at": "",
    }  # fmt: skip


def _run(s: Sight[Visit], run: Composition) -> Row:
    picked = s.state.form.individual.composition is run
    text, detail = (s.say(f"name_operator.{run.value}{more}") for more in ("", "_debts"))
    return choice(run.value, text, detail, picked=picked, icon=_ICONS[run], act="composition", value=run.value)


def _lack(s: Sight[Visit], finding: Finding) -> Row:
    what, todo = finding_words(finding, s.state.form, s.words)
    here = finding.code == "phone-missing"
    sets: Mapping[str, object] = {"edit": _PHONE} if here else NOTHING
    row = choice(f"{finding.code}.{finding.about}".rstrip("."), what, todo, sets=sets, state="stop")
    return {**row, "button": s.say("name_people.mend") if here else ""}


def _next_card(s: Sight[Visit]) -> Screen:
    return Screen(
        s.say("name_operator.card.title"),
        s.say("name_operator.card.lead"),
        _data(mode="card", faceUp=s.say("present_id_card.face_up"), waiting=s.say("present_id_card.waiting")),
        {"banners": fault_row(s)},
        (Action("stop_person", s.say("name_people.card.stop"), icon="arrow-left"),),
    )


def _phone(s: Sight[Visit], operator: Person) -> Screen:
    typed = s.note("phone", operator.phone)
    good, left = is_mobile(typed), 11 - len(typed)
    missing = s.say("name_people.phone.left", n=left) if left > 0 else s.say("name_people.phone.wrong")
    return Screen(
        s.say("name_people.phone.title", who=mask_name(operator.name)),
        s.say("name_people.phone.lead"),
        _data(
            mode="phone", phone=typed, label=s.say("name_people.phone_label"), hint=s.say("name_people.phone.hint"),
            words=s.say("name_people.phone.use"), wrong=left <= 0 and not good,
        ),
        {},
        (
            Action("phone", s.say("name_people.done"), "primary", "check", good, missing),
            Action("edit_back", s.say("chrome.back"), icon="arrow-left"),
        ),
        {"phone": {"edit": ""}, "edit_back": {"edit": ""}},
    )  # fmt: skip


def event(touch: Touch[Visit]) -> Event | None:
    """How it is run, the cards of the family, the operator's number."""
    s, operator = touch.sight, _operator(touch.sight)
    if touch.name == "composition":
        return next((ev.CompositionChosen(one) for one in Composition if one.value == touch.text), None)
    if touch.name == "next_member":
        together = s.state.form.individual.composition is Composition.FAMILY
        return ev.PersonCardAsked() if together else None
    if touch.name == "stop_person":
        return ev.PersonCardStopped()
    if touch.name == "drop_member":
        known = range(len(s.state.form.individual.family))
        return next((ev.FamilyMemberDropped(at) for at in known if str(at) == touch.text), None)
    if touch.name == "phone" and operator is not None:
        typed = s.note("phone", operator.phone)
        return ev.PhoneGiven(operator.ref, typed) if is_mobile(typed) else None
    return None
