"""Finding an item of the business scope by whatever people type: characters, everyday words, pinyin, initials, any of
them mixed, and a neighbouring key instead of the right one.

Ranked by meaning before position: a word that is exactly what was typed, then words that begin with it, then words
inside what was typed (我想开奶茶店), then words that hold it; within each the shorter word, then the pack's order.
"""

from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from operator import itemgetter

from .scope_index import BLOCKS, INSIDE, ITEM_MASK, JOIN, LENGTH_SHIFT, LONGEST, NONE, Places, ScopeIndex, plain
from .syllables import SYLLABLES

END = "\n"
_PREFIXES = frozenset(s[:n] for s in SYLLABLES for n in range(1, len(s) + 1))
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SCAN = 4096  # places that are looked at one by one; beyond, the best of whole blocks are known
_VERIFY = 400
_CUTS = 4
_LONGEST_QUERY = 40
_WHOLE, _PREFIX, _HEARD, _INSIDE, _LOOSE = range(5)


class ScopeSearch:
    """Thread-safe, since nothing in it changes."""

    def __init__(self, index: ScopeIndex) -> None:
        self._index = index

    def find(self, typed: str, limit: int) -> tuple[int, ...]:
        """Positions of items in the pack, best first; nothing typed finds nothing. Never raises."""
        wanted = plain(typed)[:_LONGEST_QUERY]
        if not wanted or limit <= 0:
            return ()
        found = _Found(limit)
        if wanted.isascii() and wanted.isalpha():
            self._spelled(wanted, found)
        elif any("a" <= letter <= "z" for letter in wanted):
            self._mixed(wanted, found)
            self._written(wanted, found)
        else:
            self._written(wanted, found)
        return found.items()

    # --- characters ---
    def _written(self, wanted: str, found: "_Found") -> None:
        places = self._index.characters
        low, high = _range(places, wanted)
        for weight in _best(places, low, high, found.limit):
            found.add(_grade(weight, len(wanted)), weight)
        if not found.any() and len(wanted) > 2:  # more was said than the word: 我想开奶茶店
            self._heard(wanted, found)
        if not found.any():
            self._loosely(wanted, found)

    def _heard(self, wanted: str, found: "_Found") -> None:
        """Words that are wholly inside what was typed, the longest first."""
        places = self._index.characters
        for length in range(min(len(wanted) - 1, 8), 1, -1):
            for at in range(len(wanted) - length + 1):
                low, high = _range(places, wanted[at : at + length] + END)
                for weight in _best(places, low, high, found.limit):
                    if not weight & INSIDE:
                        found.add(_HEARD, weight, LONGEST - length)

    def _loosely(self, wanted: str, found: "_Found") -> None:
        """Two characters of it in a word are better than nothing; the more pairs, the better."""
        places = self._index.characters
        pairs: dict[int, int] = {}
        for at in range(len(wanted) - 1):
            low, high = _range(places, wanted[at : at + 2])
            for weight in _best(places, low, high, 200):
                item = weight & ITEM_MASK
                pairs[item] = pairs.get(item, 0) + 1
        for item, count in pairs.items():
            found.add(_LOOSE, item, _LONGEST_QUERY - count)

    # --- letters ---
    def _spelled(self, wanted: str, found: "_Found") -> None:
        readings = cuttings(wanted)
        for pieces in readings:
            self._by_syllables(pieces, found, 0)
        self._by_initials(tuple(wanted), found)
        for pieces in readings:
            if not found.enough():
                self._by_initials(pieces, found)
        if not found.any() and len(wanted) > 2:
            self._with_a_slip(wanted, found)

    def _by_syllables(self, pieces: tuple[str, ...], found: "_Found", handicap: int) -> None:
        if not all(piece in SYLLABLES for piece in pieces[:-1]):
            return
        places = self._index.pinyin
        low, high = _range(places, JOIN.join(pieces))
        for weight in _best(places, low, high, found.limit):
            found.add(_grade(weight, len(pieces)), weight, handicap)

    def _by_initials(self, pieces: tuple[str, ...], found: "_Found") -> None:
        places, pinyin = self._index.initials, self._index.pinyin.text
        low, high = _range(places, "".join(piece[0] for piece in pieces))
        if all(len(piece) == 1 for piece in pieces):
            for weight in _best(places, low, high, found.limit):
                found.add(_grade(weight, len(pieces)), weight, 1)
            return
        for at in range(low, min(high, low + _VERIFY)):
            if _reads(pinyin, places.other[at], pieces):
                weight = places.weights[at]
                found.add(_grade(weight, len(pieces)), weight, 2)

    def _with_a_slip(self, wanted: str, found: "_Found") -> None:
        """One wrong key: what stands before it is found as it is, the syllable with the slip is put right."""
        good = self._longest_good(wanted)
        for known in (good, good[:-1]) if good else ((),):  # a slip may have made another syllable of it
            self._put_right(known, wanted[sum(map(len, known)) :], found)
            if found.enough():
                return

    def _put_right(self, good: tuple[str, ...], rest: str, found: "_Found") -> None:
        tails: dict[int, tuple[str, ...]] = {}
        for length in range(1, min(len(rest), 6) + 1):
            for tail in cuttings(rest[length:])[:1]:
                tails[length] = tail
        for meant in _slips(rest[:7]):
            for length, tail in tails.items():
                syllable = meant[:length]
                if syllable in SYLLABLES and syllable != rest[:length]:
                    self._by_syllables((*good, syllable, *tail), found, _LONGEST_QUERY)

    def _longest_good(self, wanted: str) -> tuple[str, ...]:
        """The syllables at the front that some word has side by side."""
        places, at = self._index.pinyin, 0
        good: tuple[str, ...] = ()
        while at < len(wanted):
            for length in range(min(6, len(wanted) - at), 0, -1):
                option = (*good, wanted[at : at + length])
                if option[-1] in SYLLABLES and _is_there(places, JOIN.join(option) + JOIN):
                    good, at = option, at + length
                    break
            else:
                break
        return good

    # --- both ---
    def _mixed(self, wanted: str, found: "_Found") -> None:
        """The longest row of characters is looked up; what stands before and behind it is compared."""
        runs = list(_runs(wanted))
        place = max(range(len(runs)), key=lambda n: (not runs[n].isascii(), len(runs[n])))
        known, before, after = runs[place], runs[:place], runs[place + 1 :]
        heads = cuttings(before[-1]) if before else ((),)
        if len(before) > 1 or not heads:
            return
        places = self._index.characters
        low, high = _range(places, known)
        for at in range(low, min(high, low + _VERIFY)):
            start = places.other[at]
            behind = self._follows(places.offsets[at], start, [known, *after]) if start != NONE else None
            if behind is not None and any(_comes_before(self._index.pinyin.text, start, head) for head in heads):
                weight = places.weights[at]
                found.add(_grade(weight & ~INSIDE if before else weight, behind + len(heads[0])), weight)

    def _follows(self, written: int, spelled: int, runs: list[str]) -> int | None:
        """How many characters the runs stand for, read from one place on; None when they do not stand there."""
        text, pinyin, count = self._index.characters.text, self._index.pinyin.text, 0
        for run in runs:
            if run.isascii():
                pieces = next((p for p in cuttings(run) if _reads(pinyin, spelled, p)), None)
            else:
                pieces = tuple(run) if text.startswith(run, written) else None
            if pieces is None:
                return None
            for _ in pieces:
                spelled = _next(pinyin, spelled)
            written, count = written + len(pieces), count + len(pieces)
        return count


class _Found:
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

    def enough(self) -> bool:
        return len(self._ranks) >= min(self.limit, 8)

    def items(self) -> tuple[int, ...]:
        return tuple(rank & ITEM_MASK for rank in sorted(self._ranks.values())[: self.limit])


def _range(places: Places, wanted: str) -> tuple[int, int]:
    text, offsets, size = places.text, places.offsets, len(wanted)

    def read(offset: int) -> str:
        return text[offset : offset + size]

    low = bisect_left(offsets, wanted, key=read)
    # The first that does not begin with it any more: the last character's successor stands behind all of them.
    after = wanted[:-1] + chr(ord(wanted[-1]) + 1)
    return low, bisect_left(offsets, after, low, key=read)


def _is_there(places: Places, wanted: str) -> bool:
    text, size = places.text, len(wanted)
    at = bisect_left(places.offsets, wanted, key=lambda offset: text[offset : offset + size])
    return at < len(places.offsets) and text.startswith(wanted, places.offsets[at])


def _best(places: Places, low: int, high: int, limit: int) -> list[int]:
    weights = places.weights
    if high - low <= _SCAN:
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


def _grade(weight: int, length: int) -> int:
    if weight & INSIDE:
        return _INSIDE
    return _WHOLE if weight >> LENGTH_SHIFT & LONGEST == length else _PREFIX


def _reads(pinyin: str, start: int, pieces: tuple[str, ...]) -> bool:
    """Whether the syllables from there on begin with these pieces, one each."""
    for piece in pieces:
        if not pinyin.startswith(piece, start):
            return False
        start = _next(pinyin, start)
    return True


def _next(pinyin: str, start: int) -> int:
    while pinyin[start] not in (JOIN, END):
        start += 1
    return start + 1 if pinyin[start] == JOIN else start


def _comes_before(pinyin: str, start: int, pieces: tuple[str, ...]) -> bool:
    for _ in pieces:
        if start == 0 or pinyin[start - 1] != JOIN:
            return False
        start -= 1
        while start and pinyin[start - 1] not in (JOIN, END):
            start -= 1
    return _reads(pinyin, start, pieces)


def _runs(wanted: str) -> Iterator[str]:
    run = ""
    for letter in wanted:
        if run and run[-1].isascii() != letter.isascii():
            yield run
            run = ""
        run += letter
    if run:
        yield run


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


def _slips(wanted: str) -> Iterator[str]:
    """What may have been meant: a neighbouring key at one place, or two letters the other way round."""
    for at in range(len(wanted) - 1):
        yield wanted[:at] + wanted[at + 1] + wanted[at] + wanted[at + 2 :]
    near = _neighbours()
    for at, letter in enumerate(wanted):
        for other in near.get(letter, ""):
            yield wanted[:at] + other + wanted[at + 1 :]
