"""The checklist of an intake (R40): every material that the items of a case need, where it comes from, what to look
at. What the case already holds is never asked for again (R71); what the terminal has proven is in order.
"""

import enum
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from kiosk.code_tables.materials import FromWhom, materials, requirements
from kiosk.domain.case import CaseKind, OpeningCase, OpeningForm, PermitDuty
from kiosk.domain.holding import SignsAs
from kiosk.domain.item import Item
from kiosk.domain.material import HeldMaterial, MaterialSource, Requirement
from kiosk.domain.person import Person, Role
from kiosk.domain.private import Private, mask_name


class Mark(enum.Enum):
    """The clerk's judgement on one line; the value is the key to press."""

    OPEN = 0
    IN_ORDER = 1  # 齐
    MISSING = 2  # 要补
    WRONG = 3  # 不对


@dataclass(frozen=True, slots=True, repr=False)
class MaterialLine(Private):
    """One line. ``code`` is the material's, ``source`` and ``look`` are keys of words with ``args``; ``items`` wait
    for it, all of them for the one copy (R69)."""

    code: str
    source: str
    look: str
    items: tuple[Item, ...] = ()
    who: str = ""  # masked name, where a material belongs to one person
    kind: str = ""  # which paper was handed in for it, where several would do
    pages: int = 0  # of its pictures, where it was photographed or sent; looked at, never asked for again
    args: tuple[str, ...] = ()
    proven: bool = False  # held already: the clerk only sees it

    @property
    def id(self) -> str:
        """Name of the line inside its case."""
        return f"{self.code}:{self.who}" if self.who else self.code


@dataclass(frozen=True, slots=True)
class Need:
    """One material and all items that wait for it: it is asked for once, not once an item (R69)."""

    code: str
    items: tuple[Item, ...]


# What a submission may go without (容缺受理): the window takes it before the decision. Whoever acts for somebody must
# prove it now, and a permit that comes first comes first (市场主体登记管理条例 第十四条).
MAY_COME_LATER = frozenset({"domicile_proof", "staff_list", "shareholder_licence"})
IDENTITY, NAME = "identity_proof", "name_reservation"
HOLDER_LICENCE, HOLDER_AUTHORITY = "shareholder_licence", "shareholder_authorisation"
_SEEN = {  # where it comes from and what to look at; everything else is brought along and looked at as it is
    "application_form": ("made_here", "signatures"),
    "articles": ("template", "same_as_application"),
    "office_appointment": ("template", "offices_compatible"),
    "domicile_proof": ("commitment", "address_as_declared"),
}
_BROUGHT = ("brought", "form_and_signer")
_LOOK_AT = {HOLDER_LICENCE: "name_and_code", HOLDER_AUTHORITY: "giver_and_signer"}


def demands(form: OpeningForm) -> tuple[Requirement, ...]:
    """What the items of a form ask for at the window, as the pack says: not what offices make later."""
    kind = form.company_type.value if form.company_type else ""
    true = _conditions(form)
    return tuple(
        Requirement(one.item, one.material.code)
        for one in requirements()
        if one.item in form.items and one.from_whom is not FromWhom.OFFICE and one.asked_of(kind, true)
    )


def _conditions(form: OpeningForm) -> frozenset[str]:
    said = {
        "by_agent": bool(form.wearing(Role.AGENT)),
        "permit_before": any(pick.duty is PermitDuty.BEFORE for pick in form.scope),
        "enrol_staff": form.social is not None and form.social.enrol_staff is True,
        "company_holder": bool(_of_companies(form, HOLDER_LICENCE)),
        "signer_authorised": bool(_of_companies(form, HOLDER_AUTHORITY)),
    }
    return frozenset(name for name, true in said.items() if true)


def _of_companies(form: OpeningForm, code: str) -> tuple[Person, ...]:
    """Shareholders that are companies and owe that paper: the licence each, an authority where not its legal
    representative signs."""
    companies = tuple(one for one in form.wearing(Role.SHAREHOLDER) if not one.is_natural)
    if code == HOLDER_LICENCE:
        return companies
    acts = {one.ref: one.holding.represented_by for one in companies if one.holding is not None}
    return tuple(one for one in companies if (who := acts.get(one.ref)) and who.signs_as is SignsAs.AUTHORISED)


def holdings(form: OpeningForm) -> tuple[HeldMaterial, ...]:
    """What a case holds by what was done at the terminal: papers made from the form and signed, people proven."""
    people = form.people
    held = ["articles", "office_appointment"]
    if people and all(person.signature is not None for person in people):
        held.append("application_form")
    if people and all(person.verification_id is not None for person in people):
        held.append(IDENTITY)
    return tuple(HeldMaterial(code, MaterialSource.MADE) for code in held)


def wanted(form: OpeningForm, held: Iterable[HeldMaterial], today: date) -> tuple[Need, ...]:
    """What a citizen may be asked to bring: what the items need, less what is held or made here and signed later
    (R70, R71)."""
    made = {one.material.code for one in requirements() if one.from_whom is FromWhom.TERMINAL}
    asked = (one for one in demands(form) if one.code not in made)
    return lacking(form.items, asked, (*holdings(form), *held), today)


def kinds_for(code: str) -> tuple[str, ...]:
    """The kinds of paper that meet a demand: what stands for it first, the material itself last."""
    return (*(one.code for one in materials().values() if code in one.stands_for), code)


def meets(kind: str, code: str) -> bool:
    """Whether a paper of one kind meets a demand."""
    return kind in kinds_for(code)


def checklist(case: OpeningCase, today: date, held: Iterable[HeldMaterial] = ()) -> tuple[MaterialLine, ...]:
    """Every material of the case, in the order in which a clerk reads them; ``held``: what else is held for it. An
    opening that forgot its registration needs the registration's papers all the same, and is told so at once."""
    form = case.form
    if case.kind is CaseKind.OPENING and Item.SETUP not in form.items:
        form = replace(form, items=(Item.SETUP, *form.items))
    asked = demands(form)
    have = (*holdings(form), *held, *(one for one in case.materials if not one.is_picture))
    open_needs = {need.code for need in lacking(form.items, asked, have, today)}
    lines: list[MaterialLine] = []
    for need in lacking(form.items, asked, (), today):
        if need.code == IDENTITY:
            lines += [
                MaterialLine(
                    IDENTITY, "card_read", "in_date", need.items, mask_name(person.name),
                    proven=IDENTITY not in open_needs or person.verification_id is not None,
                )
                for person in form.people if person.is_natural
            ]  # fmt: skip
            continue
        if need.code in (HOLDER_LICENCE, HOLDER_AUTHORITY):
            lines += [
                MaterialLine(need.code, "brought", _LOOK_AT[need.code], need.items, one.shown_name,
                             proven=need.code not in open_needs)
                for one in _of_companies(form, need.code)
            ]  # fmt: skip
            continue
        shown = [one for one in case.materials if one.is_picture and meets(one.code, need.code)]
        if shown and need.code in open_needs:
            pages = sum(one.pages for one in shown)
            way, look = shown[-1].source.value, _SEEN.get(need.code, ("", "picture"))[1]
            lines.append(MaterialLine(need.code, way, look, need.items, kind=shown[-1].code, pages=pages))
            continue
        paper = next(
            (one for one in have if one.source is MaterialSource.LIBRARY and meets(one.code, need.code)), None
        )
        if paper is not None and need.code not in open_needs:
            lines.append(_lent(need, paper))
            continue
        source, look = _SEEN.get(need.code, _BROUGHT)
        signed = sum(1 for person in form.people if person.signature is not None)
        args = (str(signed), str(len(form.people))) if look == "signatures" else ()
        lines.append(MaterialLine(need.code, source, look, need.items, args=args, proven=need.code not in open_needs))
    return (*lines, *(() if form.is_nameless else (_name(form),)))


def _lent(need: Need, paper: HeldMaterial) -> MaterialLine:
    """What the library of certificates gave: nobody brings it."""
    look, args = ("valid_until", (f"{paper.valid_until:%Y-%m-%d}",)) if paper.valid_until else ("long_term", ())
    return MaterialLine(need.code, paper.source.value, look, need.items, kind=paper.code, args=args, proven=True)


def _name(form: OpeningForm) -> MaterialLine:
    """No paper, but looked at like one: the platform holds the name until some day."""
    verdict = form.name_verdict
    until = verdict.reserved_until if verdict else None
    look, args = ("valid_until", (f"{until:%m-%d}",)) if until else ("reserved", ())
    return MaterialLine(NAME, "platform", look, (Item.SETUP,), args=args, proven=bool(verdict and verdict.reserve_no))


def lacking(
    items: Iterable[Item], requirements: Iterable[Requirement], held: Iterable[HeldMaterial], today: date
) -> tuple[Need, ...]:
    """Everything that is still to be brought, at once, in the order of the requirements: what the items need, less
    what the case, an earlier case of its chain, the company or the library of certificates holds (R70)."""
    chosen, have = frozenset(items), _usable(held, today)
    waiting: dict[str, list[Item]] = {}
    for one in requirements:
        if one.item in chosen and one.code not in have:
            lot = waiting.setdefault(one.code, [])
            if one.item not in lot:
                lot.append(one.item)
    return tuple(Need(code, tuple(lot)) for code, lot in waiting.items())


def may_ask(code: str, held: Iterable[HeldMaterial], today: date) -> bool:
    """R71: what was taken is not asked for again, unless it did not fit or is out of date."""
    return code not in _usable(held, today)


def _usable(held: Iterable[HeldMaterial], today: date) -> frozenset[str]:
    """What the usable materials prove: themselves, and what they stand for (租赁合同 proves the domicile)."""
    known = materials()
    usable = [one.code for one in held if one.usable_on(today)]
    return frozenset(usable).union(*(known[code].stands_for for code in usable if code in known))
