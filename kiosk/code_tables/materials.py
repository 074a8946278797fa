"""Materials (材料): what each item asks for, who signs, and what proves the same already (R44, R70, R71)."""

import enum
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache

from kiosk.domain.item import Item
from kiosk.domain.person import Role

from .shipped import pack

_ANY = "*"


class Accepted(enum.Enum):
    """In which form a material will do."""

    ORIGINAL = "original"
    COPY = "copy"
    ELECTRONIC = "electronic"


class FromWhom(enum.Enum):
    """Where a material comes from; only the first is ever asked of a citizen."""

    APPLICANT = "applicant"
    TERMINAL = "terminal"  # made from the form, or proven at the terminal
    OFFICE = "office"  # made by the departments once the company exists


class Place(enum.Enum):
    """Where to look before anybody is asked."""

    CASE = "case"  # what this case or company holds already
    LIBRARY = "library"  # 电子证照库
    REGISTRY = "registry"  # shared data


@dataclass(frozen=True, slots=True)
class Material:
    """One kind of material. ``stands_for``: what else it proves."""

    code: str
    name: str
    name_en: str
    stands_for: frozenset[str]
    look_first: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Requirement:
    """One demand of one item. ``condition`` empty: always; otherwise only where the case says so."""

    item: Item
    material: Material
    from_whom: FromWhom
    accepted: tuple[Accepted, ...]
    signer: Role | None
    condition: str
    company_types: frozenset[str]  # empty: of every type

    def asked_of(self, company_type: str, conditions: Collection[str] = ()) -> bool:
        """Whether a company of that type, with what is true of its case, needs it."""
        return (not self.company_types or company_type in self.company_types) and (
            not self.condition or self.condition in conditions
        )


@cache
def materials() -> dict[str, Material]:
    """Every kind by its code."""
    return {
        r["code"]: Material(
            r["code"], r["name"], r["name_en"], frozenset(r["stands_for"].split()),
            tuple(Place(one) for one in r["look_first"].split()),
        )
        for r in pack("materials").rows
    }  # fmt: skip


@cache
def requirements() -> tuple[Requirement, ...]:
    """Every demand once, by item and in the order of the checklist."""
    types: dict[tuple[str, ...], set[str]] = {}
    shared = ("item", "order", "material", "from_whom", "accepted", "signer", "condition")
    for r in pack("material_requirements").rows:
        types.setdefault(tuple(r[name] for name in shared), set()).add(r["company_type"])
    items = list(Item)
    made = [
        Requirement(
            Item(item), materials()[material], FromWhom(whom), tuple(Accepted(one) for one in accepted.split()),
            Role(signer) if signer else None, condition, frozenset(some - {_ANY}),
        )
        for (item, _, material, whom, accepted, signer, condition), some in sorted(
            types.items(), key=lambda one: (items.index(Item(one[0][0])), int(one[0][1]))
        )
    ]  # fmt: skip
    return tuple(made)


def required(items: Iterable[Item], company_type: str, conditions: Collection[str] = ()) -> tuple[Requirement, ...]:
    """What these items need from a company of that type, every material once, with the first item that needs it."""
    wanted, found = set(items), dict[str, Requirement]()
    for one in requirements():
        if one.item in wanted and one.asked_of(company_type, conditions):
            found.setdefault(one.material.code, one)
    return tuple(found.values())
