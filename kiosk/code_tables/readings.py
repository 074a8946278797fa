"""How a row of letters can be read: cut into syllables or their beginnings, and with one slip put right."""

from functools import lru_cache
from operator import itemgetter

from .syllables import SYLLABLES

_PREFIXES = frozenset(s[:n] for s in SYLLABLES for n in range(1, len(s) + 1))
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_CUTS = 4


@lru_cache(maxsize=4096)
def cuttings(letters: str) -> tuple[tuple[str, ...], ...]:
    """Ways to read a row of letters as syllables or their beginnings, the likeliest (fewest pieces) first."""
    best: list[list[_Reading]] = [[(0, "", None)]]
    for end in range(1, len(letters) + 1):
        options: list[_Reading] = []
        for begin in range(max(0, end - 6), end):
            piece = letters[begin:end]
            if best[begin] and piece in _PREFIXES:
                cost = 4 if piece in SYLLABLES else 5 if end == len(letters) else 7  # most stop in the last one
                options += [(before[0] + cost, piece, before) for before in best[begin]]
        options.sort(key=itemgetter(0))
        best.append(options[:_CUTS])
    return tuple(_pieces(reading) for reading in best[-1])


_Reading = tuple[int, str, "_Reading | None"]


def _pieces(reading: "_Reading | None") -> tuple[str, ...]:
    found: list[str] = []
    while reading is not None and reading[1]:
        found.append(reading[1])
        reading = reading[2]
    return tuple(reversed(found))


def endings(letters: str) -> list[tuple[str, ...] | None]:
    """The likeliest reading of what is left from every letter on, all in one go; None where there is none.

    Syllables all through but for the last piece, as whoever stopped there left it.
    """
    size = len(letters)
    best: list[_Ending | None] = [None] * size + [(0, (), ())]
    for begin in range(size - 1, -1, -1):
        for end in range(begin + 1, min(begin + 6, size) + 1):
            behind, piece = best[end], letters[begin:end]
            if behind is None or piece not in _PREFIXES:
                continue
            cost = 4 if piece in SYLLABLES else 5 if end == size else 7
            option = (behind[0] + cost, (*behind[1], -len(piece)), (piece, *behind[2]))
            present = best[begin]
            if present is None or option < present:
                best[begin] = option
    return [None if one is None or not all(piece in SYLLABLES for piece in one[2][:-1]) else one[2] for one in best]


_Ending = tuple[int, tuple[int, ...], tuple[str, ...]]  # cost; lengths, the last piece first; pieces


@lru_cache(maxsize=1)
def _neighbours() -> dict[str, str]:
    at = {letter: (column + row * 0.5, row) for row, keys in enumerate(_ROWS) for column, letter in enumerate(keys)}
    return {
        letter: "".join(
            other for other, (ox, oy) in at.items() if other != letter and abs(ox - x) <= 1 and abs(oy - y) <= 1
        )
        for letter, (x, y) in at.items()
    }


@lru_cache(maxsize=8192)
def meant(typed: str, behind: str) -> frozenset[str]:
    """The syllables that these letters were to be, but for one slip: two letters the other way round (the last of
    them perhaps with the one ``behind``), a neighbouring key at one place, or one key hit too many."""
    found = {typed[:-1] + behind} if behind else set()
    near = _neighbours()
    for at, letter in enumerate(typed):
        before, after = typed[:at], typed[at + 1 :]
        found.add(before + after)
        found.add(before + after[:1] + letter + after[1:])
        found.update(before + other + after for other in near.get(letter, ""))
    return frozenset((found & SYLLABLES) - {typed})
