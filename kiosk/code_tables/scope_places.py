"""Where in the sorted places of one script something is read, and which of them are the best."""

from bisect import bisect_left

from .scope_index import BLOCKS, END, JOIN, NONE, Places

_SCAN = 512  # places that are looked at one by one; beyond, the best of whole blocks are known


def span(places: Places, wanted: str, within: tuple[int, int] | None = None) -> tuple[int, int]:
    """The places from which it is read, side by side: first and behind the last."""
    text, offsets, size = places.text, places.offsets, len(wanted)
    begin, end = within or (0, len(offsets))

    def read(offset: int) -> str:
        return text[offset : offset + size]

    low = bisect_left(offsets, wanted, begin, end, key=read)
    if low == end or not text.startswith(wanted, offsets[low]):
        return low, low
    # The first that does not begin with it any more: the last character's successor stands behind all of them.
    after = wanted[:-1] + chr(ord(wanted[-1]) + 1)
    return low, bisect_left(offsets, after, low, end, key=read)


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


def reads(pinyin: str, start: int, pieces: tuple[str, ...]) -> bool:
    """Whether the syllables from there on begin with these pieces, one each."""
    for piece in pieces:
        if not pinyin.startswith(piece, start):
            return False
        start = next_syllable(pinyin, start)
    return True


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


def agree(text: str, written: int, pinyin: str, spelled: int, pieces: tuple[str, ...]) -> bool:
    """Whether every piece is a character that stands there, or begins the syllable that does."""
    for piece in pieces:
        if not (pinyin.startswith(piece, spelled) if piece.isascii() else text.startswith(piece, written)):
            return False
        written, spelled = written + 1, next_syllable(pinyin, spelled)
    return True
