"""Finding an item of the business scope by whatever people type: characters, everyday words, pinyin, initials, any of
them mixed, and a neighbouring key instead of the right one.

Ranked by meaning before position: a word that is exactly what was typed, then words that begin with it, then words
inside what was typed (我想开奶茶店), then words that hold it; within each the shorter word, then the pack's order.
"""

from collections import Counter

from .readings import cuttings, endings
from .scope_found import Found, Grade, grade
from .scope_index import END, INSIDE, ITEM_MASK, JOIN, LONGEST, Places, ScopeIndex, plain
from .scope_mixed import mixed
from .scope_places import best, reads, span
from .scope_slips import known_ways, put_right
from .syllables import SYLLABLES

_VERIFY = 400
_LONGEST_QUERY = 40
_BEFORE = frozenset(("卖", "开", "做", "办", "搞", "mai", "kai", "zuo", "ban", "gao"))  # said before any trade
_BEHIND = frozenset(("店", "馆", "铺", "dian", "guan", "pu"))  # and behind


class ScopeSearch:
    """Thread-safe, since nothing in it changes."""

    def __init__(self, index: ScopeIndex) -> None:
        self._index = index

    def find(self, typed: str, limit: int) -> tuple[int, ...]:
        """Positions of items in the pack, best first; nothing typed finds nothing. Never raises."""
        wanted = plain(typed)[:_LONGEST_QUERY]
        if not wanted or limit <= 0:
            return ()
        found = Found(limit)
        if wanted.isascii() and wanted.isalpha():
            self._spelled(wanted, found)
        elif any("a" <= letter <= "z" for letter in wanted):
            mixed(self._index, wanted, found)
            self._written(wanted, found)
        else:
            self._written(wanted, found)
        return found.items()

    # --- characters ---
    def _written(self, wanted: str, found: Found) -> None:
        places = self._index.characters
        low, high = span(places, wanted)
        for weight in best(places, low, high, found.limit):
            found.add(grade(weight, len(wanted)), weight)
        if not found.whole():
            _said(places, tuple(wanted), "", found)
        if not found.any() and len(wanted) > 2:  # more was said than the word: 我想开奶茶店
            _heard(places, tuple(wanted), "", found)
        if not found.any():
            self._loosely(wanted, found)

    def _loosely(self, wanted: str, found: Found) -> None:
        """Two characters of it in a word are better than nothing; the more pairs, the better."""
        places = self._index.characters
        pairs: Counter[int] = Counter()
        for at in range(len(wanted) - 1):
            low, high = span(places, wanted[at : at + 2])
            pairs.update([weight & ITEM_MASK for weight in best(places, low, high, _LONGEST_QUERY)])
        for item, count in pairs.items():
            found.add(Grade.LOOSE, item, _LONGEST_QUERY - count)

    # --- letters ---
    def _spelled(self, wanted: str, found: Found) -> None:
        readings = cuttings(wanted)
        for pieces in readings:
            self._by_syllables(pieces, found)
        self._by_initials(tuple(wanted), found)
        if not found.whole():
            self._in_latin(wanted, found)
            for pieces in readings[:1]:
                _said(self._index.pinyin, pieces, JOIN, found)
        for pieces in readings:
            if not found.enough():
                self._by_initials(pieces, found)
        if not found.any() and len(wanted) > 2:
            self._with_a_slip(wanted, found)
        if not found.any() and readings:
            _heard(self._index.pinyin, readings[0], JOIN, found)

    def _in_latin(self, wanted: str, found: Found) -> None:
        """Words that are written in letters: KTV, APP."""
        places = self._index.characters
        low, high = span(places, wanted)
        for weight in best(places, low, high, found.limit):
            found.add(grade(weight, len(wanted)), weight)

    def _by_syllables(self, pieces: tuple[str, ...], found: Found) -> None:
        if not all(piece in SYLLABLES for piece in pieces[:-1]):
            return
        places = self._index.pinyin
        low, high = span(places, JOIN.join(pieces))
        for weight in best(places, low, high, found.limit):
            found.add(grade(weight, len(pieces)), weight)

    def _by_initials(self, pieces: tuple[str, ...], found: Found) -> None:
        places, pinyin = self._index.initials, self._index.pinyin.text
        low, high = span(places, "".join(piece[0] for piece in pieces))
        if all(len(piece) == 1 for piece in pieces):
            for weight in best(places, low, high, found.limit):
                found.add(grade(weight, len(pieces)), weight, 1)
            return
        for at in range(low, min(high, low + _VERIFY)):
            if reads(pinyin, places.other[at], pieces):
                weight = places.weights[at]
                found.add(grade(weight, len(pieces)), weight, 2)

    def _with_a_slip(self, wanted: str, found: Found) -> None:
        """One wrong key: what stands before it is found as it is, the syllable with the slip is put right."""
        places, tails = self._index.pinyin, endings(wanted)
        tried: set[tuple[str, ...]] = set()
        for known in known_ways(places, wanted):
            if known not in tried:
                tried.add(known)
                for low, high, syllables in put_right(places, known, wanted, tails):
                    for weight in best(places, low, high, found.limit):
                        found.add(grade(weight, syllables), weight, _LONGEST_QUERY)
            if found.enough():
                return


def _said(places: Places, pieces: tuple[str, ...], join: str, found: Found) -> None:
    """A whole word with what is said before or behind any trade: 卖水果, xiaomianguan."""
    for is_filler, rest in ((pieces[0] in _BEFORE, pieces[1:]), (pieces[-1] in _BEHIND, pieces[:-1])):
        if is_filler and rest:
            low, high = span(places, join.join(rest) + END)
            for weight in best(places, low, high, found.limit):
                if not weight & INSIDE:
                    found.add(Grade.SAID, weight)


def _heard(places: Places, pieces: tuple[str, ...], join: str, found: Found) -> None:
    """Words that are wholly inside what was typed, the longest first."""
    for at in range(len(pieces) - 1):
        within, read = (0, len(places.offsets)), join.join(pieces[at : at + 2])
        for length in range(2, min(len(pieces) - 1, 8, len(pieces) - at) + 1):
            low, high = within = span(places, read, within)
            if low == high:
                break
            for weight in best(places, *span(places, read + END, within), found.limit):
                if not weight & INSIDE:
                    found.add(Grade.HEARD, weight, LONGEST - length)
            read = f"{read}{join}{''.join(pieces[at + length : at + length + 1])}"
