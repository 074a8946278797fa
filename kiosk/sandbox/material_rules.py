"""Which items ask for which materials, and what may stand for what: data, read once."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


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
    """The data file."""
    data = tomllib.loads(files("kiosk.sandbox").joinpath("data/materials.toml").read_text("utf-8"))
    types = data["types"]
    return MaterialRules(
        data["edition"],
        {name: one["title"] for name, one in types.items()},
        {name: frozenset({name, *one.get("stands_for", ())}) for name, one in types.items()},
        {name: tuple(wanted) for name, wanted in data["items"].items()},
        frozenset(data["made_here"]["types"]),
    )
