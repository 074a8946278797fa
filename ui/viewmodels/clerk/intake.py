"""Intake: every material once, by keys; accept when nothing is open. And a case that is only looked at."""

from collections import Counter

from kiosk.contracts.ledger import Verdict
from kiosk.contracts.printing import Printed
from kiosk.domain.acts import Act
from kiosk.domain.case import READY_STATES, CaseState, OpeningForm, TimelineEntry
from kiosk.domain.holding import Representative, SignsAs
from kiosk.domain.person import Person, Role
from kiosk.domain.private import mask_name, mask_number
from kiosk.rules.materials import HOLDER_AUTHORITY, HOLDER_LICENCE, IDENTITY, Mark, MaterialLine
from kiosk.rules.working_time import SHANGHAI
from kiosk.workflow import events as ev
from kiosk.workflow.desk import (
    INTAKE_STATES,
    Desk,
    DeskBusy,
    found,
    has_wants,
    mark_of,
    open_marks,
    unseen,
)
from kiosk.workflow.form_entry import half_done, may_apply_again
from kiosk.workflow.library import offered
from kiosk.workflow.machine import Event
from kiosk.workflow.window_papers import registered_on
from ui.viewmodels.findings import banner, finding_words
from ui.viewmodels.naming import business, material_name, role_word
from ui.viewmodels.page import Action, Row
from ui.viewmodels.sight import Sight, Touch, line
from ui.viewmodels.slip import form_lines

from . import library, material_view
from .chrome import Page, column, key, line_at_hand
from .fault_rows import fault_row

_STATES = {Mark.OPEN: "todo", Mark.IN_ORDER: "ok", Mark.MISSING: "wait", Mark.WRONG: "stop"}
_SAID_STATES = {
    "accepted": "seal", "notice": "wait", "refused": "stop", "ready": "ok", "returned": "ok", "barred": "wait",
}  # fmt: skip
_NAMED = 6  # findings that the banner names; the notice names all
_BY_KEY = {"in_order": Mark.IN_ORDER, "missing": Mark.MISSING, "wrong": Mark.WRONG}
_SHUT = frozenset({"REFUSED", "RETURNED", "NOT_ACCEPTED", "SUSPENDED", "EXPIRED", "TERMINATED", "WITHDRAWN"})
_WAITING = frozenset({"PENDING", "NOT_REQUESTED"})
_UNDER_WAY = frozenset({"IN_REVIEW", "PREPARING", "RECEIVED", "SIGNING"})
_ABOUT = {
    "application_form": ("name", "scope", "capital", "operator", "composition"),
    "articles": ("capital", "shareholders", "executives"),
    "domicile_proof": ("domicile",),
    "office_appointment": ("executives", "supervisors", "liaison"),
    "name_reservation": ("name",),
}


def active_line(s: Sight[Desk]) -> int:
    """The material at hand, until all are judged the first that nobody has looked at."""
    d = s.state
    unlooked = {line.id for line in d.materials if mark_of(d, line) is Mark.OPEN}
    return line_at_hand(s, [line.id for line in d.materials], unlooked, d.marks[-1][0] if d.marks else "")


def _tally(s: Sight[Desk]) -> str:
    """How many are judged how; what there is none of goes unsaid."""
    counts = Counter(mark_of(s.state, line) for line in s.state.materials)
    told = s.say("check_materials.tally", n=counts[Mark.IN_ORDER], mark=s.say(f"mark.{Mark.IN_ORDER.value}"))
    for mark in (Mark.MISSING, Mark.WRONG, Mark.OPEN):
        if counts[mark]:
            told = s.say("check_materials.tally_more", tally=told, n=counts[mark], mark=s.say(f"mark.{mark.value}"))
    return told


def check_materials(s: Sight[Desk]) -> Page:
    """The checklist; the accept button says what is still open."""
    d = s.state
    assert d.case is not None
    left, at = open_marks(d), active_line(s)
    decided = d.deed is not None or d.case.state not in INTAKE_STATES
    refused = d.deed is not None and d.deed.verdict in (Verdict.REFUSED, Verdict.GAVE_UP)
    accepted = d.case.accepted_at is not None
    held = bool(d.materials) and _is_held(d, d.materials[at])
    barred = None if decided else s.scene.barred.get(Act.DECIDE_ACCEPTANCE)
    missing = s.say("check_materials.left", n=left)
    if left == 0 and barred is not None:
        missing = fault_row(s, barred)["what"].rstrip("。.")
    may = left == 0 and barred is None and not has_wants(d)
    accept = Action(
        "accept", s.say("check_materials.accept"), "seal", "stamp", may or decided, missing, decided,
        s.say("check_materials.sending"), "F9",
    )  # fmt: skip
    onward = Action("next", s.say("clerk.next_customer"), "primary", "arrow-right", key="Enter")
    wanting, unlooked = has_wants(d), unseen(d)
    returned = d.case.state is CaseState.RETURNED
    tells = wanting and unlooked == 0 and barred is None
    if wanting:
        why = s.say("check_materials.unseen", n=unlooked)
        if unlooked == 0 and barred is not None:
            why = fault_row(s, barred)["what"].rstrip("。.")
        accept = Action(
            "notice", s.say("check_materials.notice"), "primary", "list-plus", tells or decided, why, decided,
            s.say("check_materials.sending"), "F8",
        )  # fmt: skip
    said = "notice" if wanting and not unlooked else "open" if left else "ready"
    if barred is not None and said in ("ready", "notice"):
        said = "barred"
    if decided:
        said = "accepted" if accepted else "returned" if returned else "refused" if refused else "sending"
    over = accepted or refused or returned
    printing = d.busy is DeskBusy.PRINTING
    beside = _beside(s)
    out = {None: "", Printed.PRINTED: "printed", Printed.UNKNOWN: "unsure"}[d.sheet]
    paper = "printing" if printing else out
    more = "accepted_by" if said == "accepted" and d.case.due_at else said
    by = s.moment(d.case.due_at) if d.case.due_at else ""
    return Page(
        s.say("check_materials.title"),
        business(d.case.form, s.words),
        s.say("check_materials.meta", code=d.case.slip_code),
        {
            "tally": _tally(s),
            "said": s.say(f"check_materials.said.{said}"),
            "saidMore": s.say(
                f"check_materials.paper.{paper}" if paper and over else f"check_materials.more.{more}", at=by
            ),
            "saidState": _SAID_STATES.get(said, "now"),
            "columns": _columns(s),
            "line": at,
            "lines": len(d.materials),
            "decided": decided,
            "about": _about_title(s, at),
            **material_view.data(s),
        },
        {
            "materials": tuple(_line(s, n, at if not decided else -1) for n in range(len(d.materials))),
            "about": library.beside(s, at, _about(s, at)) if d.materials and not decided else (),
            "materialFacts": material_view.facts(s, beside),
            "materialKeys": material_view.keys(s, beside),
            "judge": _judge(s, at) if d.materials and not decided else (),
            "banners": (
                *(({**fault_row(s, barred), "key": "barred"},) if barred and d.fault is None else ()),
                *library.banners(s),
                *(_form_to_mend(s) if not decided else ()),
            ),
        },
        (onward,) if over else (accept,),
        (
            key("in_order", "1", s.say("mark.1"), enabled=not decided),
            key("missing", "2", s.say("mark.2"), enabled=not decided and not held),
            key("wrong", "3", s.say("mark.3"), enabled=not decided),
            key("up", "Up", s.say("clerk.up"), enabled=not decided),
            key("down", "Down", s.say("clerk.down"), enabled=not decided),
            material_view.opener(s, at, decided=decided),
            *library.keys(s, at, decided=decided),
            key("accept", "F9", s.say("check_materials.accept"), enabled=may and not decided),
            key("notice", "F8", s.say("check_materials.notice"), enabled=tells and not decided),
            key("paper", "F10", s.say("check_materials.print"), enabled=(accepted or returned) and not printing),
            key("look", "F7", s.say("paper.look"), enabled=(accepted or returned) and not printing),
            key("next", "Enter", s.say("clerk.next_customer"), enabled=over),
            key("back", "Esc", s.say("clerk.to_desk")),
        ),
    )


def _form_to_mend(s: Sight[Desk]) -> tuple[Row, ...]:
    """What the rules find in the form itself: it stands on the notice by itself, whatever lies on the desk."""
    assert s.state.case is not None
    told = [finding_words(one, s.state.case.form, s.words)[0] for one in found(s.state)]
    if not told:
        return ()
    what = s.say("check_materials.form_to_mend", n=len(told))
    named = ("；" if zh(s) else "; ").join(told[:_NAMED])
    return ({**banner("form", "stop", what, named, icon="list-plus"), "cap": ""},)


def _columns(s: Sight[Desk]) -> list[Row]:
    places = (
        ("no", 12, 12), ("material", 60, 62), ("source", 420, 370), ("look", 640, 590), ("verdict", 960, 936),
    )  # fmt: skip
    return [column(f"check_materials.column.{name}", s, x, large, name == "material") for name, x, large in places]


def zh(s: Sight[Desk]) -> bool:
    """Whether the screen speaks Chinese."""
    return s.words.language == "zh"


def _line(s: Sight[Desk], n: int, at: int) -> Row:
    d, material = s.state, s.state.materials[n]
    mark = mark_of(d, material)
    args: dict[str, object] = dict(zip(("a", "b"), material.args, strict=False))
    name = material_name(material, s.words)
    return {
        "key": material.id,
        "group": "",
        "groupIcon": "",
        "first": False,
        "cells": {
            "no": str(n + 1),
            "material": name,
            "source": s.say(f"source.{material.source}", n=material.pages),
            "look": s.say(f"look.{material.look}", **args),
            **library.cells(s, n),
        },
        "state": _STATES[mark],
        "verdict": s.say(f"mark.{mark.value}"),
        "active": n == at,
    }


def _about_title(s: Sight[Desk], at: int) -> str:
    if not s.state.materials:
        return ""
    return s.say("check_materials.about", n=at + 1, what=material_name(s.state.materials[at], s.words))


def _about(s: Sight[Desk], at: int) -> tuple[Row, ...]:
    """What the case says of the material at hand: to be compared with what lies on the desk."""
    d, material = s.state, s.state.materials[at]
    assert d.case is not None
    form = d.case.form
    if material.code == IDENTITY:
        person = next((p for p in form.people if mask_name(p.name) == material.who), None)
        return _certificate(s, person, form) if person else ()
    if material.code in (HOLDER_LICENCE, HOLDER_AUTHORITY):
        company = next((p for p in form.people if p.shown_name == material.who), None)
        return _holder(s, company) if company else ()
    wanted = _ABOUT.get(material.code, ())
    rows = [one.row() for one in form_lines(form, s.words) if one.key in wanted]
    if material.code == "domicile_proof" and form.domicile.get_way is not None:
        way = s.say(f"give_address.way.{form.domicile.get_way.name.lower()}")
        rows.append(line("way", s.say("check_materials.way"), way))
    return tuple(rows)


def _beside(s: Sight[Desk]) -> tuple[Row, ...]:
    """The data that the material proves which is looked at."""
    at = material_view.line_at(s)
    return () if at < 0 else _about(s, at)


def _holder(s: Sight[Desk], company: Person) -> tuple[Row, ...]:
    """A shareholder that is a company, and who signs for it by what right."""
    rows = [line("uscc", s.say("check_materials.uscc"), company.cert_no)]
    if (acts := company.acting) is not None and isinstance(acts, Representative):
        rows.append(line("acts", s.say(f"signs_as.{acts.signs_as.value}"), mask_name(acts.name)))
        rows.append(line("number", s.say("check_materials.number"), mask_number(acts.cert_no)))
        if acts.signs_as is SignsAs.AUTHORISED:
            rows.append(line("giver", s.say("check_materials.giver"), mask_name(acts.authorised_by)))
    return tuple(rows)


def _certificate(s: Sight[Desk], person: Person, form: OpeningForm) -> tuple[Row, ...]:
    until = f"{person.card_valid_until:%Y-%m-%d}" if person.card_valid_until else ""
    hats = s.listed([role_word(role, form, s.words) for role in Role if person.wears(role)])
    rows = [
        line("number", s.say("check_materials.number"), mask_number(person.cert_no)),
        line("until", s.say("check_materials.until"), s.say("clerk.long_term") if person.card_long_term else until),
        line("hats", s.say("check_materials.hats"), hats),
        *_proved(s, person),
    ]
    return tuple(row for row in rows if row["value"])


def _proved(s: Sight[Desk], person: Person) -> tuple[Row, ...]:
    """By which way it was verified that it is this person, by whom, when, and until when that holds."""
    assert s.state.case is not None
    proof = next((one for one in s.state.case.proofs if one.ref == person.ref), None)
    if proof is None:
        return ()
    way = s.say(f"check_materials.proof.{proof.way.value}", name=proof.by, ref=proof.by_ref)
    at, until = (s.moment(one.astimezone(SHANGHAI)) for one in (proof.at, proof.until))
    if proof.until <= s.state.now:
        until = s.say("check_materials.proof_over", at=until)
    return (
        line("proved", s.say("check_materials.proved"), way),
        line("proved_at", s.say("check_materials.proved_at"), at),
        line("proved_until", s.say("check_materials.proved_until"), until),
    )


def _is_held(d: Desk, material: MaterialLine) -> bool:
    """Proven, photographed and still to be looked at, or to be had from the library of certificates."""
    return material.proven or material.pages > 0 or offered(d, material) is not None


def _judge(s: Sight[Desk], at: int) -> tuple[Row, ...]:
    """The three judgements on the line at hand, with their keys."""
    line = s.state.materials[at]
    mark = mark_of(s.state, line)
    icons = {Mark.IN_ORDER: "check", Mark.MISSING: "list-plus", Mark.WRONG: "cross"}
    return tuple(
        {
            "key": name,
            "text": s.say(f"mark.{by.value}"),
            "icon": icons[by],
            "cap": str(by.value),
            "picked": mark is by,
        }
        for name, by in _BY_KEY.items()
        if by is not Mark.MISSING or not _is_held(s.state, line)  # what is held is not asked for again
    )


def materials_event(touch: Touch[Desk]) -> Event | None:
    """Digits judge the active line, F9 accepts."""
    d = touch.sight.state
    of_look = material_view.event(touch, active_line(touch.sight), _beside(touch.sight))
    if of_look is not None or d.look is not None:
        return of_look
    decided = {"accept": ev.AcceptAsked, "notice": ev.NoticeAsked, "paper": ev.PaperAsked}.get(touch.name)
    if decided is not None:
        return decided()
    if (of_library := library.event(touch, active_line(touch.sight))) is not None:
        return of_library
    mark = _BY_KEY.get(touch.name)
    if mark is None or not d.materials or d.deed is not None:
        return None
    return ev.MaterialJudged(d.materials[active_line(touch.sight)].id, mark.value)


def see_case(s: Sight[Desk]) -> Page:
    """A case that lies here only to be looked at: where it stands, item by item, and what can be gone on with."""
    d = s.state
    assert d.case is not None
    ready, half = d.case.state in READY_STATES, half_done(d) or may_apply_again(d)
    further = s.say("entry.go_on" if half_done(d) else "entry.again")
    actions: tuple[Action, ...] = (
        Action("next", s.say("clerk.next_customer"), "secondary" if ready or half else "primary", key="Enter"),
    )
    if ready:
        actions = (Action("hand_over", s.say("see_case.hand_over"), "primary", "arrow-right", key="F8"), *actions)
    if half:
        busy, verb = d.busy is DeskBusy.FINDING, s.say("entry.again_busy")
        actions = (Action("go_on", further, "primary", "pencil", busy=busy, busy_text=verb, key="F8"), *actions)
    due = s.say("see_case.due", at=s.moment(d.case.due_at)) if d.case.due_at else ""
    if d.case.collection is not None:  # what lies ready is due when its applicant comes
        due = s.say("see_case.booked", at=s.moment(d.case.collection.astimezone(SHANGHAI)))
    registered, printing = registered_on(d.case) is not None, d.busy is DeskBusy.PRINTING
    out = {None: "", Printed.PRINTED: "printed", Printed.UNKNOWN: "unsure"}[d.sheet]
    paper = "printing" if printing else out
    due = s.say(f"see_case.paper.{paper}") if paper else due
    return Page(
        s.say("see_case.title"),
        business(d.case.form, s.words),
        s.say("see_case.meta", code=d.case.slip_code, state=s.say(f"state.case.{d.case.state.value}")),
        {
            "said": s.say("see_case.ready" if ready else "entry.half_done" if half_done(d) else _see(d.case.state)),
            "saidState": "ok" if ready else "now",
            "saidIcon": "check" if ready else "licence",
            "due": due,
        },
        {"timeline": _timeline(s)},
        actions,
        (
            key("hand_over", "F8", s.say("see_case.hand_over"), enabled=ready),
            key("paper", "F10", s.say("see_case.print"), enabled=registered and not printing),
            key("go_on", "F8", further, enabled=half),
            key("back", "Esc", s.say("clerk.to_desk")),
        ),
    )


def _see(state: CaseState) -> str:
    return f"see_case.{state.value.lower()}" if state.value in {*_SHUT, "CLOSED"} else "see_case.working"


def _timeline(s: Sight[Desk]) -> tuple[Row, ...]:
    case = s.state.case
    assert case is not None
    return tuple(
        {
            "key": str(n),
            "at": f"{entry.at:%m-%d %H:%M:%S}",
            "what": s.say("see_case.case") if entry.what == "CASE" else s.say(f"item.{entry.what}"),
            "words": s.say(f"state.{'case' if entry.what == 'CASE' else 'item'}.{entry.state}"),
            "state": _past(entry),
        }
        for n, entry in enumerate(reversed(case.timeline[-14:]))
    )


def _past(entry: TimelineEntry) -> str:
    if entry.what == "CASE" and entry.state == CaseState.ACCEPTED.value:
        return "seal"
    if entry.state in _SHUT:
        return "stop"
    return "todo" if entry.state in _WAITING else "now" if entry.state in _UNDER_WAY else "ok"


def case_event(touch: Touch[Desk]) -> Event | None:
    """On to the hand-over once the case is ready; the notice of registration once there is one; a half-done case is
    filled in further."""
    if touch.name == "paper":
        return ev.PaperAsked()
    if touch.name == "go_on":
        return ev.EntryAsked()
    return ev.HandoverAsked() if touch.name == "hand_over" else None
