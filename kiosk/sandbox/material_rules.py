"""Which items ask for which materials, and what may stand for what, as the packs say. What the terminal makes or
proves by itself is not kept here, and what an applicant must bring only in some cases is asked for by a notice."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kiosk.code_tables import shipped
from kiosk.code_tables.materials import FromWhom, materials, requirements


@dataclass(frozen=True, slots=True)
class MaterialRules:
    """The rules as a table."""

    edition: str
    titles: dict[str, str]
    stands_for: dict[str, frozenset[str]]  # a type and everything it may stand for, itself included
    items: dict[str, tuple[str, ...]]
    made_here: frozenset[str]

    def satisfies(self, held: str, wanted: str) -> bool:
        """Whether a material of one type meets a demand for another."""
        return wanted in self.stands_for.get(held, frozenset({held}))

    def usable_by(self, held: str) -> tuple[str, ...]:
        """The items whose demand a material of this type meets."""
        return tuple(name for name, wanted in self.items.items() if any(self.satisfies(held, one) for one in wanted))

    def missing(self, items: Iterable[str], held: Iterable[str]) -> tuple[tuple[str, str], ...]:
        """(type, item) for everything that the items ask an applicant for and that is not held."""
        have = tuple(held)
        return tuple(
            (wanted, name)
            for name in items
            for wanted in self.items.get(name, ())
            if wanted not in self.made_here and not any(self.satisfies(one, wanted) for one in have)
        )

    def type_of_requirement(self, code: str) -> str | None:
        """The material a requirement of a one-time notice asks for, if any: ``<type>`` or ``<type>_missing``."""
        name = code.removesuffix("_missing")
        return name if name in self.titles else None


@cache
def rules() -> MaterialRules:
    """From the packs."""
    items: dict[str, list[str]] = {}
    for one in requirements():
        if one.from_whom is FromWhom.OFFICE or (one.from_whom is FromWhom.APPLICANT and not one.condition):
            items.setdefault(one.item.value, []).append(one.material.code)
    whom = {code: {one.from_whom for one in requirements() if one.material.code == code} for code in materials()}
    kept = {code: one for code, one in materials().items() if whom[code] != {FromWhom.TERMINAL}}
    return MaterialRules(
        shipped.pack("material_requirements").edition,
        {code: one.name for code, one in kept.items()},
        {code: frozenset({code, *(one.stands_for & set(kept))}) for code, one in kept.items()},
        {name: tuple(dict.fromkeys(wanted)) for name, wanted in items.items()},
        frozenset(code for code in kept if whom[code] == {FromWhom.OFFICE}),
    )
