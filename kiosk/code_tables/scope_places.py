"""Where in the sorted places of one script something is read, and which of them are the best."""

from bisect import bisect_left

from .scope_index import BLOCKS, NONE, Places

_SCAN = 512  # places that are looked at one by one; beyond, the best of whole blocks are known


def span(places: Places, wanted: str) -> tuple[int, int]:
    """The places from which it is read, side by side: first and behind the last."""
    text, offsets, size = places.text, places.offsets, len(wanted)

    def read(offset: int) -> str:
        return text[offset : offset + size]

    low = bisect_left(offsets, wanted, key=read)
    # The first that does not begin with it any more: the last character's successor stands behind all of them.
    after = wanted[:-1] + chr(ord(wanted[-1]) + 1)
    return low, bisect_left(offsets, after, low, key=read)


def is_there(places: Places, wanted: str) -> bool:
    """Whether it is read from anywhere."""
    text, size = places.text, len(wanted)
    at = bisect_left(places.offsets, wanted, key=lambda offset: text[offset : offset + size])
    return at < len(places.offsets) and text.startswith(wanted, places.offsets[at])


def best(places: Places, low: int, high: int, limit: int) -> list[int]:
    """The best weights between two places, more than ``limit``, since an item may be there more than once."""
    weights = places.weights
    if high - low <= (_SCAN if limit <= BLOCKS[0][1] else BLOCKS[-1][0]):
        return sorted(weights[low:high])[: limit * 4]
    candidates = _of_blocks(places, low, high, len(BLOCKS) - 1)
    candidates.sort()
    return candidates[: limit * 4]


def _of_blocks(places: Places, low: int, high: int, level: int) -> list[int]:
    size, count = BLOCKS[level]
    first, last = -(-low // size), high // size
    if first >= last:
        return _of_blocks(places, low, high, level - 1) if level else places.weights[low:high].tolist()
    found = [one for one in places.best[level][first * count : last * count] if one != NONE]
    for begin, end in ((low, first * size), (last * size, high)):
        if begin < end:
            found += _of_blocks(places, begin, end, level - 1) if level else places.weights[begin:end].tolist()
    return found
