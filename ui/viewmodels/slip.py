"""这一单 on every screen: the case as lines in words, the same for citizen and clerk."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from kiosk.code_tables.materials import materials
from kiosk.domain.case import OpeningForm
from kiosk.domain.finding import Severity
from kiosk.domain.money import yuan_text
from kiosk.rules.slip import (
    LATER_STEPS,
    NAME_OF_INDIVIDUAL,
    PLACE_OF_INDIVIDUAL,
    LineState,
    answered_count,
    later_lines,
    slip_lines,
)
from kiosk.rules.slip import SlipLine as Fact
from kiosk.rules.slip_code import slip_payload
from kiosk.workflow.materials import lacking, needs
from kiosk.workflow.visit import LaterItems, Visit
from ui.words import Words, catalogue

from .page import Slip, SlipLine

# Which line a step is about to write; the line that is being answered says 正在填.
LINE_OF_STEP = {
    "present_id_card": "applicant",
    "verify_face": "applicant",
    "choose_purpose": "purpose",
    "declare_name": "name",
    "describe_business": "scope",
    "give_address": "domicile",
    "set_capital": "capital",
    "name_people": "shareholders",
    "name_operator": "operator",
    "tax_and_invoice": "invoice",
    "seals": "seals",
    "employment_insurance": "social",
    "bank_appointment": "bank",
    "pick_up": "pickup",
    "collect_materials": "materials",
}
_BEHIND_THE_PAPERS = ("check_answers", "sign", "submit")
_PEOPLE = frozenset({"shareholders", "holder_signers", "executives", "supervisors", "liaison", "operator"})
_STATES = {LineState.NONE: "plain", LineState.WRONG: "problem"}


def line_in_words(fact: Fact, words: Words, *, edit: str = "") -> SlipLine:
    """One fact of the case as label, value and state, each in words."""
    text = words.say(fact.text, **_figures(fact, words)) if fact.text in catalogue() else fact.text
    state = _STATES.get(fact.state, fact.state.value)
    note = fact.note or f"slip.state.{fact.state.value}"
    said = words.say(note, **fact.args) if note in catalogue() else ""
    label = fact.label or (fact.key if fact.key.startswith("item.") else f"slip.line.{fact.key}")
    return SlipLine(fact.key, words.say(label), text, state, said, edit)


def _figures(fact: Fact, words: Words) -> Mapping[str, str]:
    """The register counts in 万元; who reads English is told yuan."""
    if words.language != "en" or fact.text != "slip.capital.value":
        return fact.args
    return {**fact.args, "amount": yuan_text(Decimal(fact.args["amount"]))}


def form_lines(
    form: OpeningForm, words: Words, *, wrong: frozenset[str] = frozenset(), edits: bool = False
) -> tuple[SlipLine, ...]:
    """The form's answers so far; with ``edits`` every line knows where 修改 leads."""
    return tuple(
        line_in_words(fact, words, edit=f"change.{fact.step}" if edits and fact.step else "")
        for fact in slip_lines(form, wrong)
    )


def visit_slip(v: Visit, words: Words) -> Slip:
    """The slip of a citizen's visit: grows with every answer, marks the line at hand, waits for the seal."""
    checking = v.step == "check_answers"
    wrong = frozenset(f.field for f in v.findings if f.severity is Severity.STOP)  # a note mends nothing
    told = _told(v)
    if v.later is None:
        lines = [ln for ln in form_lines(v.form, words, wrong=wrong, edits=checking) if told or ln.key not in _PEOPLE]
        lines += _papers(v, words, edits=checking)
        _mark_now(lines, v, words)
        done, steps = answered_count(v.answered, v.form)
    else:
        lines = [line_in_words(one, words) for one in _of_later(v, v.later)]
        done, steps = sum(1 for step in LATER_STEPS if step in v.answered), len(LATER_STEPS)
    accepted, recorded = v.truth.accepted, v.deed is not None
    findable = recorded and v.case_id is not None and v.slip_code is not None
    return Slip(
        code=v.slip_code or "",
        progress=words.say("slip.progress", n=done, all=steps),
        lines=tuple(lines),
        seal="accepted" if accepted else "waiting",
        seal_words=words.say("slip.accepted" if accepted else "slip.to_accept"),
        seal_at=stamp_time(accepted) if accepted else "",
        note=words.say(_note(v)),
        qr=slip_payload(v.case_id, v.slip_code) if findable and v.case_id and v.slip_code else "",
        qr_note=words.say("slip.qr_note") if findable else "",
    )


def _of_later(v: Visit, later: LaterItems) -> tuple[Fact, ...]:
    """Nothing of the company before it is known who stands here."""
    company, form = later.company, v.form
    applicant = form.person(form.applicant) if form.applicant else None
    if company is None or v.proving:
        return later_lines("", applicant, ())
    return later_lines(company.name, applicant, later.items)


def stamp_time(at: datetime) -> str:
    """11-23 10:41."""
    return f"{at:%m-%d %H:%M}"


def _told(v: Visit) -> bool:
    """Whether the people were asked for: the hats that most founders wear are proposed before, but are no answer."""
    steps = {"name_people", "name_operator"}
    return v.step in steps or bool(steps & set(v.answered)) or bool(v.mending)


def paper_name(code: str, words: Words) -> str:
    """A kind of material in a word or two; what has none is called as the pack calls it."""
    short = f"paper.{code}"
    if short in catalogue():
        return words.say(short)
    one = materials()[code]
    return one.name if words.language == "zh" else one.name_en


def _papers(v: Visit, words: Words, *, edits: bool) -> list[SlipLine]:
    """What is handed in and what has still to be brought, once it was asked for."""
    every = needs(v) if "collect_materials" in v.answered or v.step in _BEHIND_THE_PAPERS else ()
    if not every:
        return []
    bring = lacking(v)
    between = "、" if words.language == "zh" else ", "
    listed = between.join(paper_name(one.code, words) for one in bring)
    key = "slip.materials.bring" if bring else "slip.materials.held"
    said = words.say(key, what=listed, n=len(every))
    state, note = ("duty", words.say("slip.state.bring")) if bring else ("done", "")
    return [
        SlipLine("materials", words.say("slip.line.materials"), said, state, note,
                 "change.collect_materials" if edits else "")
    ]  # fmt: skip


def _note(v: Visit) -> str:
    if v.truth.accepted:
        return "slip.note.accepted"
    if v.truth.sent:
        return "slip.note.sent"
    return "slip.note.recorded" if v.deed else "slip.note.waiting"


def _mark_now(lines: list[SlipLine], v: Visit, words: Words) -> None:
    key, now = (
        LINE_OF_STEP.get(v.step),
        words.say("slip.state.verifying" if v.step == "verify_face" else "slip.state.now"),
    )
    at = next((n for n, line in enumerate(lines) if line.key == key), None)
    if key is not None and at is None:
        other = {"name": NAME_OF_INDIVIDUAL, "domicile": PLACE_OF_INDIVIDUAL} if v.form.is_individual else {}
        own = other.get(key, f"slip.line.{key}")
        label, value = words.say(own), words.say(f"slip.now.{key}")
        lines.append(SlipLine(key, label, value, "now", now))
    for n, line in enumerate(lines):
        if line.key == key and line.state == "done":
            lines[n] = SlipLine(line.key, line.label, line.value, "now", now, line.edit)
        elif line.key == v.just_added and line.state == "done" and key not in (None, v.just_added):
            lines[n] = SlipLine(line.key, line.label, line.value, "added", words.say("slip.state.added"), line.edit)
