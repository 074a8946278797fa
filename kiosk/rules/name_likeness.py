"""Names that people would confuse: the same, the same sound, turned round, one inside the other, one character apart.

A likeness is worth a look and never a refusal: whether a name is free only the register knows (art. 17), and it looks
only at companies in the same line of business.
"""

import enum
from dataclasses import dataclass

from kiosk.code_tables import hanzi, name_words
from kiosk.domain.case import CompanyName


class Likeness(enum.Enum):
    """How two trade names are alike; the nearest counts."""

    SAME = "same"
    SOUND = "sound"  # 音同字不同
    REVERSED = "reversed"  # 字序颠倒
    CONTAINS = "contains"  # 包含
    ONE_DIFFERS = "one"  # 一字之差


class KnownAs(enum.Enum):
    """Why a name is already known at this terminal."""

    TRIED = "tried"  # asked for in this visit
    REFUSED = "refused"  # the platform said no to it in this visit
    HELD = "held"  # held by the same person in another case


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name to compare with."""

    name: CompanyName
    known_as: KnownAs = KnownAs.TRIED


def likeness(one: str, other: str) -> Likeness | None:
    """How two trade names are alike, or None. It makes no difference which of them comes first."""
    if not one or not other:
        return None
    if one == other:
        return Likeness.SAME
    if hanzi.sound_alike(one, other):
        return Likeness.SOUND
    if one == other[::-1]:
        return Likeness.REVERSED
    if one in other or other in one:
        return Likeness.CONTAINS
    same_length = len(one) == len(other) >= name_words.figure("one_differs_least")
    if same_length and sum(a != b for a, b in zip(one, other, strict=True)) == 1:
        return Likeness.ONE_DIFFERS
    return None


def same_trade(one: str, other: str) -> bool:
    """Whether two words of trade can stand for one line of business; a word that is not known might be any."""
    known = name_words.industries()
    if one == other or one not in known or other not in known:
        return True
    return any(a.startswith(b) or b.startswith(a) for a in known[one] for b in known[other])
