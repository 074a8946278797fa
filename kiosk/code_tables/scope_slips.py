"""A neighbouring key instead of the right one, two letters the other way round, one key too many: where in the pinyin
of the catalogue the word is that was meant."""

from collections.abc import Iterator, Sequence

from .readings import meant
from .scope_index import JOIN, Places
from .scope_places import is_there, span
from .syllables import SYLLABLES

_WAYS = 12
_LONGEST = 7  # letters of a syllable, and one key too many

Put = tuple[int, int, int]  # the first place, the one behind the last, and how many syllables were typed


def known_ways(places: Places, wanted: str) -> Iterator[tuple[str, ...]]:
    """What may stand right before the slip: the two ways to read furthest into it by syllables that some word has
    side by side, each once more without its last, since a slip may have made another syllable of it."""
    for good in _longest_good(places, wanted):
        yield good
        yield good[:-1]


def put_right(
    places: Places, good: tuple[str, ...], wanted: str, tails: Sequence[tuple[str, ...] | None]
) -> Iterator[Put]:
    """Where the pinyin begins with the good syllables, then one that was meant by what follows, then the rest.
    ``tails``: the ``endings`` of what was typed."""
    begin = sum(map(len, good))
    before = JOIN.join((*good, ""))
    within = span(places, before) if good else (0, len(places.offsets))
    seen: dict[str, tuple[int, int]] = {}
    for end in range(begin + 1, min(len(wanted), begin + _LONGEST) + 1):
        tail = tails[end]
        if tail is None:
            continue
        for syllable in meant(wanted[begin:end], wanted[end : end + 1]):
            head = before + syllable + (JOIN if tail else "")
            if head not in seen:
                seen[head] = span(places, head, within)
            low, high = seen[head]
            if tail and low < high:
                low, high = span(places, head + JOIN.join(tail), (low, high))
            if low < high:
                yield low, high, len(good) + 1 + len(tail)


def _longest_good(places: Places, wanted: str) -> list[tuple[str, ...]]:
    ends: list[tuple[int, tuple[str, ...]]] = []
    open_ways: list[tuple[int, tuple[str, ...]]] = [(0, ())]
    while open_ways and len(ends) < _WAYS:
        at, good = open_ways.pop()
        further = [
            (at + length, (*good, wanted[at : at + length]))
            for length in range(1, min(6, len(wanted) - at) + 1)
            if wanted[at : at + length] in SYLLABLES
            and is_there(places, JOIN.join((*good, wanted[at : at + length], "")))
        ]
        open_ways += further
        if not further:
            ends.append((at, good))
    ends.sort(key=lambda end: (-end[0], len(end[1])))
    return [good for _, good in ends[:2]]
