"""What a search of the business scope has found so far, and how good each item is: by meaning before position."""

import enum

from .scope_index import INSIDE, ITEM_MASK, LENGTH_SHIFT, LONGEST


class Grade(enum.IntEnum):
    """How what was typed stands to a word, the best first."""

    WHOLE = 0  # it is the word
    SAID = 1  # the word with what is said before or behind any trade
    PREFIX = 2  # the word begins with it
    HEARD = 3  # the word stands inside it
    INSIDE = 4  # it stands inside the word
    LOOSE = 5  # they have pairs of characters in common


class Found:
    """The best rank of every item so far."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._ranks: dict[int, int] = {}

    def add(self, grade: int, weight: int, handicap: int = 0) -> None:
        item = weight & ITEM_MASK
        rank = (grade << 40) + (handicap << 32) + (weight & ~INSIDE)
        if rank < self._ranks.get(item, 1 << 60):
            self._ranks[item] = rank

    def any(self) -> bool:
        return bool(self._ranks)

    def whole(self) -> bool:
        """Whether some word is exactly what was typed."""
        return any(rank >> 40 == Grade.WHOLE for rank in self._ranks.values())

    def enough(self) -> bool:
        return len(self._ranks) >= min(self.limit, 8)

    def items(self) -> tuple[int, ...]:
        return tuple(rank & ITEM_MASK for rank in sorted(self._ranks.values())[: self.limit])


def grade(weight: int, length: int) -> Grade:
    """How good a match of so many characters or syllables is at a place of this weight."""
    if weight & INSIDE:
        return Grade.INSIDE
    return Grade.WHOLE if weight >> LENGTH_SHIFT & LONGEST == length else Grade.PREFIX
