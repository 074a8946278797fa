"""Characters and letters by turns, 火guo餐yin: the rarest run is looked up, the others are compared beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product

from .readings import cuttings
from .scope_found import Found, grade
from .scope_index import END, INSIDE, JOIN, NONE, Places, ScopeIndex
from .scope_places import back, next_syllable, span
from .syllables import SYLLABLES

_COMPARED = 120
_READINGS = 4


def mixed(index: ScopeIndex, wanted: str, found: Found) -> None:
    """Every likely reading of the letters, until enough is found."""
    runs = list(_runs(wanted))
    beside = _Beside(index, found)
    choices = [cuttings(run)[:2] if run.isascii() else (tuple(run),) for run in runs]
    for chosen in islice(product(*choices), _READINGS):
        if found.enough():
            return
        reading, at = [], 0
        for pieces in chosen:
            reading.append(_Run(at, pieces))
            at += len(pieces)
        beside.aloud(reading, at)
        if found.enough():
            return
        anchors = [beside.anchor(run) for run in reading if run.written or run.is_spelled]
        if anchors:
            beside.compare(min(anchors), reading, at)


@dataclass(frozen=True, slots=True)
class _Run:
    """Characters, or syllables and their beginnings, and how many come before them."""

    at: int
    pieces: tuple[str, ...]

    @property
    def written(self) -> bool:
        return not self.pieces[0].isascii()

    @property
    def is_spelled(self) -> bool:
        """Syllables all through, but for the last."""
        return all(piece in SYLLABLES for piece in self.pieces[:-1])


_Anchor = tuple[int, int, int, bool]  # how many places, the first, how many pieces come before, in characters


@dataclass(frozen=True, slots=True)
class _Beside:
    index: ScopeIndex
    found: Found

    def aloud(self, reading: list[_Run], length: int) -> None:
        """All of it looked up as it is read, the characters as some word reads them."""
        spoken: list[str] = []
        for run in reading:
            spoken += self._reading_of("".join(run.pieces)) if run.written else run.pieces
        if len(spoken) == length and all(one in SYLLABLES for one in spoken[:-1]):
            low, high = span(self.index.pinyin, JOIN.join(spoken))
            self.compare((high - low, low, 0, False), reading, length)

    def anchor(self, run: _Run) -> _Anchor:
        """Where one run stands."""
        places = self.index.characters if run.written else self.index.pinyin
        low, high = span(places, ("" if run.written else JOIN).join(run.pieces))
        return high - low, low, run.at, run.written

    def compare(self, anchor: _Anchor, reading: list[_Run], length: int) -> None:
        """The other runs, at every place of one of them."""
        count, low, ahead, in_characters = anchor
        text, pinyin, found = self.index.characters.text, self.index.pinyin.text, self.found
        places: Places = self.index.characters if in_characters else self.index.pinyin
        known = ahead if in_characters else -1  # where the places are of this run, it is there
        written_runs = [(run.at, "".join(run.pieces)) for run in reading if run.written and run.at != known]
        spelled = [piece if piece.isascii() else "" for run in reading for piece in run.pieces]
        for at in range(low, low + min(count, _COMPARED)):
            here, there = places.offsets[at], places.other[at]
            if there == NONE:
                continue
            written, start = (here - ahead, there) if in_characters else (there - ahead, here)
            if written < 0 or (written_runs and not all(text.startswith(c, written + n) for n, c in written_runs)):
                continue
            begin = back(pinyin, start, ahead) if ahead else start
            if begin is None:
                continue
            syllables = pinyin[begin : pinyin.index(END, begin)].split(JOIN)
            if len(syllables) >= length and all(map(str.startswith, syllables, spelled)):
                weight = places.weights[at]
                at_front = written == 0 or text[written - 1] == END
                found.add(grade(weight & ~INSIDE if at_front else weight | INSIDE, length), weight)

    def _reading_of(self, run: str) -> list[str]:
        places, pinyin = self.index.characters, self.index.pinyin.text
        low, high = span(places, run)
        start = places.other[low] if low < high else NONE
        syllables: list[str] = []
        while start != NONE and len(syllables) < len(run):
            end = next_syllable(pinyin, start)
            syllables.append(pinyin[start:end].removesuffix(JOIN))
            start = end if end < len(pinyin) else NONE
        return syllables


def _runs(wanted: str) -> Iterator[str]:
    run = ""
    for letter in wanted:
        if run and run[-1].isascii() != letter.isascii():
            yield run
            run = ""
        run += letter
    if run:
        yield run
