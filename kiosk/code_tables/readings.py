"""How a row of letters can be read: cut into syllables or their beginnings, and with one slip put right."""

from collections.abc import Iterator
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


@lru_cache(maxsize=1)
def _neighbours() -> dict[str, str]:
    at = {letter: (column + row * 0.5, row) for row, keys in enumerate(_ROWS) for column, letter in enumerate(keys)}
    return {
        letter: "".join(
            other for other, (ox, oy) in at.items() if other != letter and abs(ox - x) <= 1 and abs(oy - y) <= 1
        )
        for letter, (x, y) in at.items()
    }


def slips(wanted: str) -> Iterator[str]:
    """What may have been meant: two letters the other way round, or a neighbouring key at one place."""
    for at in range(len(wanted) - 1):
        yield wanted[:at] + wanted[at + 1] + wanted[at] + wanted[at + 2 :]
    near = _neighbours()
    for at, letter in enumerate(wanted):
        for other in near.get(letter, ""):
            yield wanted[:at] + other + wanted[at + 1 :]


def without_one(wanted: str) -> Iterator[str]:
    """What may have been meant when one key was hit too many."""
    for at in range(len(wanted)):
        yield wanted[:at] + wanted[at + 1 :]
