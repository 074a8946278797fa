"""Finding an item of the business scope by whatever people type: characters, everyday words, pinyin, initials, any of
them mixed, and a neighbouring key instead of the right one.

Ranked by meaning before position: a word that is exactly what was typed, then words that begin with it, then words
inside what was typed (我想开奶茶店), then words that hold it; within each the shorter word, then the pack's order.
"""

from collections.abc import Iterator
from itertools import islice, product

from .readings import cuttings, slips, without_one
from .scope_index import END, INSIDE, ITEM_MASK, JOIN, LENGTH_SHIFT, LONGEST, NONE, Places, ScopeIndex, plain
from .scope_places import agree, back, best, is_there, next_syllable, reads, span
from .syllables import SYLLABLES

_VERIFY = 400
_COMPARED = 120
_WAYS, _READINGS = 12, 4
_LONGEST_QUERY = 40
_BEFORE = frozenset(("卖", "开", "做", "办", "搞", "mai", "kai", "zuo", "ban", "gao"))  # said before any trade
_BEHIND = frozenset(("店", "馆", "铺", "dian", "guan", "pu"))  # and behind
_WHOLE, _SAID, _PREFIX, _HEARD, _INSIDE, _LOOSE = range(6)


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
        low, high = span(places, wanted)
        for weight in best(places, low, high, found.limit):
            found.add(_grade(weight, len(wanted)), weight)
        if not found.whole():
            _said(places, tuple(wanted), "", found)
        if not found.any() and len(wanted) > 2:  # more was said than the word: 我想开奶茶店
            _heard(places, tuple(wanted), "", found)
        if not found.any():
            self._loosely(wanted, found)

    def _loosely(self, wanted: str, found: "_Found") -> None:
        """Two characters of it in a word are better than nothing; the more pairs, the better."""
        places = self._index.characters
        pairs: dict[int, int] = {}
        for at in range(len(wanted) - 1):
            low, high = span(places, wanted[at : at + 2])
            for weight in best(places, low, high, _LONGEST_QUERY):
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

    def _in_latin(self, wanted: str, found: "_Found") -> None:
        """Words that are written in letters: KTV, APP."""
        places = self._index.characters
        low, high = span(places, wanted)
        for weight in best(places, low, high, found.limit):
            found.add(_grade(weight, len(wanted)), weight)

    def _by_syllables(
        self, pieces: tuple[str, ...], found: "_Found", handicap: int, within: tuple[int, int] | None = None
    ) -> None:
        if not all(piece in SYLLABLES for piece in pieces[:-1]):
            return
        places = self._index.pinyin
        low, high = span(places, JOIN.join(pieces), within)
        for weight in best(places, low, high, found.limit):
            found.add(_grade(weight, len(pieces)), weight, handicap)

    def _by_initials(self, pieces: tuple[str, ...], found: "_Found") -> None:
        places, pinyin = self._index.initials, self._index.pinyin.text
        low, high = span(places, "".join(piece[0] for piece in pieces))
        if all(len(piece) == 1 for piece in pieces):
            for weight in best(places, low, high, found.limit):
                found.add(_grade(weight, len(pieces)), weight, 1)
            return
        for at in range(low, min(high, low + _VERIFY)):
            if reads(pinyin, places.other[at], pieces):
                weight = places.weights[at]
                found.add(_grade(weight, len(pieces)), weight, 2)

    def _with_a_slip(self, wanted: str, found: "_Found") -> None:
        """One wrong key: what stands before it is found as it is, the syllable with the slip is put right."""
        tried: set[tuple[str, ...]] = set()
        for good in self._longest_good(wanted):
            for known in (good, good[:-1]):  # a slip may have made another syllable of it
                if known not in tried:
                    tried.add(known)
                    self._put_right(known, wanted[sum(map(len, known)) :], found)
                if found.enough():
                    return

    def _put_right(self, good: tuple[str, ...], rest: str, found: "_Found") -> None:
        tails: dict[int, tuple[str, ...]] = {}
        for length in range(1, min(len(rest), 7) + 1):
            for tail in cuttings(rest[length:])[:1]:
                tails[length] = tail
        within = span(self._index.pinyin, JOIN.join(good) + JOIN) if good else None
        begun = rest[:7]
        meant = {(one[:length], length) for one in slips(begun) for length in tails}
        meant |= {(one[: length - 1], length) for one in without_one(begun) for length in tails}
        for syllable, length in sorted(meant):
            if syllable in SYLLABLES and syllable != rest[:length]:
                self._by_syllables((*good, syllable, *tails[length]), found, _LONGEST_QUERY, within)

    def _longest_good(self, wanted: str) -> list[tuple[str, ...]]:
        """The two ways to read furthest into it by syllables that some word has side by side."""
        places = self._index.pinyin
        ends: list[tuple[int, tuple[str, ...]]] = []
        open_ways: list[tuple[int, tuple[str, ...]]] = [(0, ())]
        while open_ways and len(ends) < _WAYS:
            at, good = open_ways.pop()
            further = [
                (at + length, (*good, wanted[at : at + length]))
                for length in range(1, min(6, len(wanted) - at) + 1)
                if wanted[at : at + length] in SYLLABLES
                and is_there(places, JOIN.join((*good, wanted[at : at + length])) + JOIN)
            ]
            open_ways += further
            if not further:
                ends.append((at, good))
        ends.sort(key=lambda end: (-end[0], len(end[1])))
        return [good for _, good in ends[:2]]

    # --- both ---
    def _mixed(self, wanted: str, found: "_Found") -> None:
        """Characters and letters by turns: the run that is rarest is looked up, the others are compared beside it."""
        runs = list(_runs(wanted))
        choices = [cuttings(run)[:2] if run.isascii() else (tuple(run),) for run in runs]
        for chosen in islice(product(*choices), _READINGS):
            if found.enough():
                return
            pieces = tuple(piece for run in chosen for piece in run)
            self._aloud(chosen, pieces, found)
            if found.enough():
                return
            anchors, ahead = [], 0
            for run in chosen:
                if places := self._places_of(run):
                    low, high = span(places, ("" if places is self._index.characters else JOIN).join(run))
                    anchors.append((high - low, low, ahead, places is self._index.characters))
                ahead += len(run)
            if anchors:
                self._around(min(anchors), pieces, found)

    def _aloud(self, runs: tuple[tuple[str, ...], ...], pieces: tuple[str, ...], found: "_Found") -> None:
        """All of it looked up as it is read, the characters as some word reads them."""
        spoken: list[str] = []
        for run in runs:
            spoken += run if run[0].isascii() else self._reading_of("".join(run))
        if len(spoken) == len(pieces) and all(one in SYLLABLES for one in spoken[:-1]):
            low, high = span(self._index.pinyin, JOIN.join(spoken))
            self._around((high - low, low, 0, False), pieces, found)

    def _reading_of(self, run: str) -> list[str]:
        places, pinyin = self._index.characters, self._index.pinyin.text
        low, high = span(places, run)
        start = places.other[low] if low < high else NONE
        syllables: list[str] = []
        while start != NONE and len(syllables) < len(run):
            end = next_syllable(pinyin, start)
            syllables.append(pinyin[start:end].removesuffix(JOIN))
            start = end if end < len(pinyin) else NONE
        return syllables

    def _places_of(self, run: tuple[str, ...]) -> Places | None:
        if not run[0].isascii():
            return self._index.characters
        return self._index.pinyin if all(piece in SYLLABLES for piece in run[:-1]) else None

    def _around(self, anchor: tuple[int, int, int, bool], pieces: tuple[str, ...], found: "_Found") -> None:
        count, low, ahead, in_characters = anchor
        text, pinyin = self._index.characters.text, self._index.pinyin.text
        places = self._index.characters if in_characters else self._index.pinyin
        for at in range(low, low + min(count, _COMPARED)):
            here, there = places.offsets[at], places.other[at]
            if there == NONE:
                continue
            written, spelled = (here, there) if in_characters else (there, here)
            written -= ahead
            start = back(pinyin, spelled, ahead)
            if written >= 0 and start is not None and agree(text, written, pinyin, start, pieces):
                weight = places.weights[at]
                at_front = written == 0 or text[written - 1] == END
                found.add(_grade(weight & ~INSIDE if at_front else weight | INSIDE, len(pieces)), weight)


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

    def whole(self) -> bool:
        """Whether some word is exactly what was typed."""
        return any(rank >> 40 == _WHOLE for rank in self._ranks.values())

    def enough(self) -> bool:
        return len(self._ranks) >= min(self.limit, 8)

    def items(self) -> tuple[int, ...]:
        return tuple(rank & ITEM_MASK for rank in sorted(self._ranks.values())[: self.limit])


def _grade(weight: int, length: int) -> int:
    if weight & INSIDE:
        return _INSIDE
    return _WHOLE if weight >> LENGTH_SHIFT & LONGEST == length else _PREFIX


def _said(places: Places, pieces: tuple[str, ...], join: str, found: _Found) -> None:
    """A whole word with what is said before or behind any trade: 卖水果, xiaomianguan."""
    for is_filler, rest in ((pieces[0] in _BEFORE, pieces[1:]), (pieces[-1] in _BEHIND, pieces[:-1])):
        if is_filler and rest:
            low, high = span(places, join.join(rest) + END)
            for weight in best(places, low, high, found.limit):
                if not weight & INSIDE:
                    found.add(_SAID, weight)


def _heard(places: Places, pieces: tuple[str, ...], join: str, found: _Found) -> None:
    """Words that are wholly inside what was typed, the longest first."""
    for length in range(min(len(pieces) - 1, 8), 1, -1):
        for at in range(len(pieces) - length + 1):
            low, high = span(places, join.join(pieces[at : at + length]) + END)
            for weight in best(places, low, high, found.limit):
                if not weight & INSIDE:
                    found.add(_HEARD, weight, LONGEST - length)


def _runs(wanted: str) -> Iterator[str]:
    run = ""
    for letter in wanted:
        if run and run[-1].isascii() != letter.isascii():
            yield run
            run = ""
        run += letter
    if run:
        yield run
