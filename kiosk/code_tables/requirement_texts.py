"""How a demand is put on a one-time notice (一次性告知): its words, its legal basis, and how it is met."""

from dataclasses import dataclass
from functools import cache

from kiosk.domain.item import Item

from .shipped import pack


@dataclass(frozen=True, slots=True)
class RequirementText:
    """One demand of one item."""

    text: str
    basis: str
    how: str


@cache
def requirement_texts() -> dict[tuple[Item, str], RequirementText]:
    """Every demand that has words of its own, by item and code."""
    return {
        (Item(r["item"]), r["code"]): RequirementText(r["text"], r["basis"], r["how"])
        for r in pack("requirement_texts").rows
    }
