"""这一单: the case as the lines of its slip. One fact, one line, the same for citizen, helper, clerk and paper.

Lines carry keys, not words: screens and papers speak their own language with the same key.
"""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from kiosk.domain.case import CaseState, OpeningCase, OpeningForm, PermitDuty
from kiosk.domain.item import Item, ItemState
from kiosk.domain.money import capital_words, wan_text
from kiosk.domain.person import Person, Role
from kiosk.domain.private import Private, mask_name

from .steps import is_asked
from .wish_facts import wish_facts


class LineState(enum.Enum):
    """What stands at the end of a line: always a word and an icon, never a colour alone."""

    NONE = "none"
    DONE = "done"
    NOW = "now"  # 正在填
    ADDED = "added"  # 刚加上
    WRONG = "wrong"  # 要改
    DUTY = "duty"  # 要办许可
    WAITING = "waiting"  # 待交付 …


@dataclass(frozen=True, slots=True, repr=False)
class SlipLine(Private):
    """One line. ``key`` names the label (slip.<key>), ``text`` is the value or a key with ``args``."""

    key: str
    text: str
    state: LineState = LineState.DONE
    args: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    step: str = ""  # where 修改 leads
    note: str = ""  # key of the word behind the state, if it is not the state's own
    label: str = ""  # key of the label, if it is not the line's own


SLIP_STEPS = (
    "present_id_card", "verify_face", "choose_purpose", "declare_name", "describe_business",
    "give_address", "set_capital", "name_people", "name_operator", "tax_and_invoice", "seals", "employment_insurance",
    "bank_appointment", "pick_up",
)  # fmt: skip
NAME_OF_INDIVIDUAL = "slip.line.individual_name"  # 名称
PLACE_OF_INDIVIDUAL = "slip.line.place_of_business"  # 经营场所


def slip_lines(form: OpeningForm, wrong: frozenset[str] = frozenset()) -> tuple[SlipLine, ...]:
    """The form's answers in the order in which they were asked; ``wrong`` are fields with a finding that stops."""
    lines: list[SlipLine] = []
    _purpose(form, lines, wrong)
    _name(form, lines, wrong)
    _scope(form, lines, wrong)
    if form.domicile.line:
        home = _line("domicile", f"{form.domicile.division_name}{form.domicile.line}", "give_address", wrong)
        lines.append(replace(home, label=PLACE_OF_INDIVIDUAL if form.is_individual else ""))
    if form.registered_capital is not None:
        args = {"amount": wan_text(form.registered_capital), "words": capital_words(form.registered_capital)}
        lines.append(_line("capital", "slip.capital.value", "set_capital", wrong, args))
    (_operator if form.is_individual else _people)(form, lines, wrong)
    lines += [_line(one.key, one.text, one.step, wrong, one.args, one.where) for one in wish_facts(form)]
    return tuple(lines)


def _line(
    key: str, text: str, step: str, wrong: frozenset[str], args: Mapping[str, str] | None = None, field_name: str = ""
) -> SlipLine:
    name = field_name or key
    bad = any(w == name or w.startswith(name + ".") for w in wrong)
    return SlipLine(key, text, LineState.WRONG if bad else LineState.DONE, args or MappingProxyType({}), step)


def _purpose(form: OpeningForm, lines: list[SlipLine], wrong: frozenset[str]) -> None:
    applicant = form.person(form.applicant) if form.applicant else None
    if applicant:
        lines.append(_line("applicant", mask_name(applicant.name), "", wrong))
    if form.company_type is not None:
        text = f"slip.purpose.{form.company_type.value}.{'all' if len(form.items) > 1 else 'licence'}"
        lines.append(_line("purpose", text, "choose_purpose", wrong))


def _name(form: OpeningForm, lines: list[SlipLine], wrong: frozenset[str]) -> None:
    text = "slip.nameless" if form.is_nameless else form.business_name
    if text:
        named = _line("name", text, "declare_name", wrong)
        lines.append(replace(named, label=NAME_OF_INDIVIDUAL if form.is_individual else ""))


def _scope(form: OpeningForm, lines: list[SlipLine], wrong: frozenset[str]) -> None:
    if not form.scope:
        return
    first, count = form.scope[0].name, len(form.scope)
    duties = sum(1 for pick in form.scope if pick.duty is not PermitDuty.NONE)
    text = first if count == 1 else "slip.scope.many"
    line = _line(
        "scope", text, "describe_business", wrong, {"first": first, "count": str(count), "duties": str(duties)}
    )
    if duties and line.state is LineState.DONE:
        line = SlipLine(line.key, line.text, LineState.DUTY, line.args, line.step, "slip.duties")
    lines.append(line)


def _people(form: OpeningForm, lines: list[SlipLine], wrong: frozenset[str]) -> None:
    if not any(p.roles for p in form.people):
        return
    groups = (
        ("shareholders", (Role.SHAREHOLDER,)),
        ("executives", (Role.LEGAL_REP, Role.DIRECTOR, Role.MANAGER)),
        ("supervisors", (Role.SUPERVISOR,)),
        ("liaison", (Role.LIAISON, Role.FINANCE_OFFICER)),
    )
    bad = {w.partition(".")[2] for w in wrong if w.startswith("people.")}
    for key, roles in groups:
        named = [p for p in form.people if any(p.wears(role) for role in roles)]
        if key == "supervisors" and not named and form.enterprise.without_supervisor:
            lines.append(SlipLine(key, "slip.no_supervisor", step="name_people"))
        if not named:
            continue
        state = LineState.WRONG if bad & {p.ref for p in named} else LineState.DONE
        lines.append(SlipLine(key, "、".join(p.shown_name for p in named), state, step="name_people"))
        if key == "shareholders" and (signers := _signers(named)):
            lines.append(SlipLine("holder_signers", signers, state, step="name_people"))


def _signers(holders: list[Person]) -> str:
    """李*例（示例投资有限公司）: who signs for the companies among the shareholders."""
    acting = [(one, one.acting) for one in holders if not one.is_natural]
    return "、".join(f"{mask_name(acts.name)}（{one.name}）" for one, acts in acting if acts is not None)


def _operator(form: OpeningForm, lines: list[SlipLine], wrong: frozenset[str]) -> None:
    """Who runs it, and with whom of the family."""
    operators = form.wearing(Role.LEGAL_REP)
    bad = {w.partition(".")[2] for w in wrong if w.startswith("people.")}
    if operators:
        state = LineState.WRONG if bad & {p.ref for p in operators} else LineState.DONE
        named = "、".join(mask_name(p.name) for p in operators)
        lines.append(SlipLine("operator", named, state, step="name_operator"))
    run = form.individual
    if run.composition is None:
        return
    family = "、".join(mask_name(one.name) for one in run.family)
    text = f"slip.composition.{run.composition.value}" + ("_with" if family else "")
    lines.append(_line("composition", text, "name_operator", wrong, {"family": family}, "operator"))


_DONE = {ItemState.APPROVED, ItemState.PREPARED, ItemState.COLLECTED, ItemState.DONE}


def item_lines(case: OpeningCase) -> tuple[SlipLine, ...]:
    """What the platform says of every item, for the progress page and the clerk's slip."""
    lines = []
    for one in case.items:
        if one.state is ItemState.NOT_REQUESTED:
            continue
        state = LineState.DONE if one.state in _DONE else LineState.WAITING
        if one.state in (ItemState.REFUSED, ItemState.RETURNED):
            state = LineState.WRONG
        lines.append(SlipLine(f"item.{one.item.value}", f"state.item.{one.state.value}", state))
    return tuple(lines)


LATER_STEPS = ("verify_face", "choose_items", "confirm_items")


def later_lines(name: str, applicant: Person | None, items: tuple[Item, ...]) -> tuple[SlipLine, ...]:
    """The slip of a company that is there: whose it is, who asks, and one line for every item that is asked for. What
    the platform holds of the company is on no slip again."""
    lines = [SlipLine("name", name)] if name else []
    if applicant is not None:
        lines.append(SlipLine("applicant", mask_name(applicant.name)))
    asked = (SlipLine(f"item.{item.value}", "slip.asked") for item in items)
    return (*lines, *asked)


def answered_count(steps_done: tuple[str, ...], form: OpeningForm) -> tuple[int, int]:
    """已填 n / 13 of the header: how many of the steps that this form is asked are answered."""
    steps = [step for step in SLIP_STEPS if is_asked(step, form)]
    return sum(1 for step in steps if step in steps_done), len(steps)


ACCEPTED_STATES = frozenset(
    {
        CaseState.ACCEPTED, CaseState.IN_REVIEW, CaseState.SUSPENDED, CaseState.APPROVED, CaseState.PREPARING,
        CaseState.READY, CaseState.PARTLY_COLLECTED, CaseState.CLOSED,
    }
)  # fmt: skip

ITEMS_OF_BUNDLE = (Item.SETUP, Item.SEAL, Item.INVOICE, Item.SOCIAL)
