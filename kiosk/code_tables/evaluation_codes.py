"""The official reasons of an evaluation (好差评): five levels with eight reasons each."""

from dataclasses import dataclass
from functools import cache

from .shipped import pack

BAD = (1, 2)  # 差评: must be followed up


@dataclass(frozen=True, slots=True)
class Level:
    """One level, 5 非常满意 down to 1 非常不满意, with its reasons: code and text."""

    number: int
    name: str
    reasons: tuple[tuple[str, str], ...]

    @property
    def bad(self) -> bool:
        """Whether somebody must follow it up."""
        return self.number in BAD


@cache
def levels() -> tuple[Level, ...]:
    """Every level, the best first."""
    rows = pack("evaluation_codes").rows
    names = {int(r["level"]): r["level_text"] for r in rows}
    return tuple(
        Level(number, names[number], tuple((r["code"], r["text"]) for r in rows if int(r["level"]) == number))
        for number in sorted(names, reverse=True)
    )


@cache
def reasons_of_level(number: int) -> frozenset[str]:
    """The codes that go with a level."""
    return frozenset(code for level in levels() if level.number == number for code, _ in level.reasons)
