"""The checklist of an intake (R40): every material of a case with where it comes from and what to look at.

What the case already holds is never asked for again (R71); what the terminal has proven is already in order.
"""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kiosk.domain.case import OpeningCase
from kiosk.domain.item import Item
from kiosk.domain.material import HeldMaterial, Requirement
from kiosk.domain.private import Private, mask_name


class Mark(enum.Enum):
    """The clerk's judgement on one line; the value is the key to press."""

    OPEN = 0
    IN_ORDER = 1  # 齐
    MISSING = 2  # 要补
    WRONG = 3  # 不对


@dataclass(frozen=True, slots=True, repr=False)
class MaterialLine(Private):
    """One line. ``key`` names the material (material.<key>), ``source`` and ``look`` are keys with ``args``."""

    key: str
    source: str
    look: str
    who: str = ""  # masked name, where a material belongs to one person
    args: tuple[str, ...] = ()
    proven: bool = False  # the terminal has proven it; the clerk only sees it

    @property
    def id(self) -> str:
        """Name of the line inside its case."""
        return f"{self.key}:{self.who}" if self.who else self.key


def checklist(case: OpeningCase) -> tuple[MaterialLine, ...]:
    """Every material of the case, in the order in which a clerk reads them."""
    form = case.form
    signed = sum(1 for p in form.people if p.signature)
    everyone = len(form.people)
    lines = [
        MaterialLine(
            "application", "made_here", "signatures", args=(str(signed), str(everyone)), proven=signed == everyone
        ),
        MaterialLine("articles", "template", "same_as_application", proven=True),
    ]
    lines += [
        MaterialLine("id_card", "card_read", "in_date", mask_name(p.name), proven=p.verification_id is not None)
        for p in form.people
    ]
    lines += [
        MaterialLine("domicile_proof", "commitment", "address_as_declared"),
        MaterialLine("offices", "template", "offices_compatible", proven=True),
    ]
    verdict = form.name_verdict
    until = verdict.reserved_until if verdict else None
    lines.append(
        MaterialLine(
            "name_reservation", "platform", "valid_until", args=(f"{until:%m-%d}" if until else "—",),
            proven=bool(verdict and verdict.reserve_no),
        )
    )  # fmt: skip
    return tuple(lines)


@dataclass(frozen=True, slots=True)
class Need:
    """One material and all items that wait for it: it is asked for once, not once an item (R69)."""

    code: str
    items: tuple[Item, ...]


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
    return frozenset(one.code for one in held if one.usable_on(today))
