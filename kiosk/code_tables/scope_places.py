"""Where in the sorted places of one script something is read, and which of them are the best."""

from bisect import bisect_left

from .scope_index import BLOCKS, END, JOIN, NONE, STRIDE, Places

_SCAN = 512  # places that are looked at one by one; beyond, the best of whole blocks are known


def span(places: Places, wanted: str, within: tuple[int, int] | None = None) -> tuple[int, int]:
    """The places from which it is read, side by side: first and behind the last."""
    low, end = within or (0, len(places.offsets))
    low = _first(places, wanted, low, end)
    if low == end or not places.text.startswith(wanted, places.offsets[low]):
        return low, low
    # The first that does not begin with it any more: the last character's successor stands behind all of them.
    return low, _first(places, wanted[:-1] + chr(ord(wanted[-1]) + 1), low, end)


def is_there(places: Places, wanted: str) -> bool:
    """Whether it is read from anywhere."""
    at = _first(places, wanted, 0, len(places.offsets))
    return at < len(places.offsets) and places.text.startswith(wanted, places.offsets[at])


def _first(places: Places, wanted: str, low: int, high: int) -> int:
    """The first place from which as much or more is read: roughly by the posts, then between two of them."""
    text, size = places.text, len(wanted)
    if high - low > STRIDE:
        post = bisect_left(places.posts, wanted, -(-low // STRIDE), -(-high // STRIDE))
        low, high = max(low, (post - 1) * STRIDE + 1), min(high, post * STRIDE)
    return bisect_left(places.offsets, wanted, low, high, key=lambda offset: text[offset : offset + size])


def best(places: Places, low: int, high: int, limit: int) -> list[int]:
    """The best weights between two places, more than ``limit``, since an item may be there more than once."""
    weights, count = places.weights, limit * 4
    if high - low <= _SCAN:
        return sorted(weights[low:high])[:count] if low < high else []
    if limit <= BLOCKS[0][1] or high - low > BLOCKS[-1][0]:
        return sorted(_of_blocks(places, low, high, len(BLOCKS) - 1))[:count]
    # More are wanted than a block tells: its best only set the bar that a weight has to pass.
    known = sorted(_of_blocks(places, low, high, 0))
    bar = known[count - 1] if len(known) >= count else NONE
    return sorted([weight for weight in weights[low:high] if weight <= bar])[:count]


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


def reads(pinyin: str, start: int, pieces: tuple[str, ...]) -> bool:
    """Whether the syllables from there on begin with these pieces, one each."""
    if not pinyin.startswith(pieces[0], start):
        return False
    syllables = pinyin[start : pinyin.index(END, start)].split(JOIN)
    return len(syllables) >= len(pieces) and all(map(str.startswith, syllables, pieces))


def next_syllable(pinyin: str, start: int) -> int:
    """Where the syllable behind this one begins, or the word ends."""
    while pinyin[start] not in (JOIN, END):
        start += 1
    return start + 1 if pinyin[start] == JOIN else start


def back(pinyin: str, start: int, count: int) -> int | None:
    """Where the syllable begins that stands so many before; None when the word does not reach back so far."""
    for _ in range(count):
        if start == 0 or pinyin[start - 1] != JOIN:
            return None
        start -= 1
        while start and pinyin[start - 1] not in (JOIN, END):
            start -= 1
    return start
