"""The catalogue of the business scope made ready for searching, once, when a pack arrives.

Three sorted arrays of every place where a name or an everyday word can begin to be read: in characters, in pinyin and
in initials. Whatever is typed is the beginning of some of them, and those lie side by side. The whole is one row of
bytes that is opened in milliseconds.
"""

import struct
import sys
import unicodedata
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from .syllables import cut

END = "\n"  # stands behind every word, so that no match runs into the next
JOIN = "'"  # between syllables
INSIDE = 1 << 27  # weight of a match that does not begin where the word begins
LENGTH_SHIFT, LONGEST = 21, 63
ITEM_MASK = (1 << LENGTH_SHIFT) - 1
NONE = 0xFFFFFFFF
BLOCKS = ((256, 32), (4096, 64))  # size, and how many of its best are known
STRIDE = 256  # every so many places one is written out, so that most of a look-up compares whole texts
_MAGIC = b"QBSCOPE2"
_READ_ALONG = 64  # characters by which places are sorted: no query is longer, its syllables divided
FIELDS = "code", "name", "duty", "duty_text", "industry_code", "industry_name"


@dataclass(frozen=True, slots=True)
class Word:
    """A name or an everyday word of one item: its characters, and its syllables where they can be told apart."""

    item: int
    text: str
    syllables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """Places of one script, sorted by what is read from there. ``weights``: the smaller, the better a match there."""

    text: str
    offsets: "array[int]"
    weights: "array[int]"
    other: "array[int]"  # the same place in pinyin, for pinyin in characters; NONE where the two do not go together
    best: "tuple[array[int], ...]"  # per size of block
    posts: tuple[str, ...]  # what is read from every STRIDE-th place


@dataclass(frozen=True, slots=True)
class ScopeIndex:
    """Everything that searching takes."""

    rows: tuple[str, ...]  # FIELDS with tabs between, cut up only when somebody wants one
    characters: Places
    pinyin: Places
    initials: Places


def build(rows: Iterable[Mapping[str, str]]) -> ScopeIndex:
    """From the rows of the pack; a row without code or name is left out."""
    kept: list[str] = []
    words: list[Word] = []
    for row in rows:
        if not row.get("code") or not row.get("name"):
            continue
        item = len(kept)
        kept.append("\t".join(" ".join(row.get(name, "").split()) for name in FIELDS))
        words.append(Word(item, plain(row["name"]), _syllables(row["name"], row.get("pinyin", ""))))
        spelled = row.get("alias_pinyin", "").split(" ")
        for place, alias in enumerate(a for a in row.get("aliases", "").split(" ") if a):
            words.append(Word(item, plain(alias), _syllables(alias, spelled[place] if place < len(spelled) else "")))
    if len(kept) > ITEM_MASK:
        raise ValueError("more items than an index holds")
    return _of_words(tuple(kept), words)


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """Full width, capitals and blanks make no difference; ü is typed v; tone marks are dropped."""
    parts = unicodedata.normalize("NFKD", text.casefold().replace("ü", "v"))
    return "".join(c for c in parts if not unicodedata.combining(c) and not c.isspace() and c not in "'’-\n")


@lru_cache(maxsize=8192)
def _syllables(text: str, spelled: str) -> tuple[str, ...]:
    whole = spelled.strip().casefold().replace("ü", "v")
    parts = whole.replace(JOIN, " ").split()
    if len(parts) == 1 and len(text) > 1:
        return cut(parts[0])
    return tuple(plain(part) for part in parts)


def _of_words(kept: tuple[str, ...], words: list[Word]) -> ScopeIndex:
    characters, pinyin, initials = _Writing(), _Writing(), _Writing()
    for word in words:
        spelled = JOIN.join(word.syllables)
        begin = pinyin.size
        starts, at = [], 0
        for syllable in word.syllables:
            starts.append(begin + at)
            at += len(syllable) + 1
        aligned = len(word.syllables) == len(word.text)
        length = min(len(word.text), LONGEST)
        for place in range(len(word.text)):
            weight = word.item | length << LENGTH_SHIFT | (INSIDE if place else 0)
            characters.add(characters.size + place, weight, starts[place] if aligned else NONE)
        for place, start in enumerate(starts):
            weight = word.item | length << LENGTH_SHIFT | (INSIDE if place else 0)
            pinyin.add(start, weight, characters.size + place if aligned else NONE)
            initials.add(initials.size + place, weight, start)
        characters.write(word.text)
        pinyin.write(spelled)
        initials.write("".join(syllable[0] for syllable in word.syllables))
    return ScopeIndex(kept, characters.sorted(), pinyin.sorted(), initials.sorted())


class _Writing:
    """One script being written down."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._offsets, self._weights, self._other = array("I"), array("I"), array("I")
        self.size = 0

    def add(self, offset: int, weight: int, other: int) -> None:
        self._offsets.append(offset)
        self._weights.append(weight)
        self._other.append(other)

    def write(self, text: str) -> None:
        self._parts.append(text + END)
        self.size += len(text) + 1

    def sorted(self) -> Places:
        text = "".join(self._parts)
        read = [text[offset : offset + _READ_ALONG] for offset in self._offsets]
        order = sorted(range(len(read)), key=self._weights.__getitem__)
        order.sort(key=read.__getitem__)  # stable: the better weight stays first
        offsets, weights, other = (
            array("I", map(column.__getitem__, order)) for column in (self._offsets, self._weights, self._other)
        )
        best = tuple(_best(weights, size, count) for size, count in BLOCKS)
        return Places(text, offsets, weights, other, best, _posts(text, offsets))


def _posts(text: str, offsets: "array[int]") -> tuple[str, ...]:
    return tuple(text[offset : offset + _READ_ALONG] for offset in offsets[::STRIDE])


def _best(weights: "array[int]", size: int, count: int) -> "array[int]":
    """For each block its best weights, ``count`` of different items each, filled up with NONE."""
    found = array("I")
    for begin in range(0, len(weights), size):
        of_item: dict[int, int] = {}
        for weight in weights[begin : begin + size]:
            item = weight & ITEM_MASK
            if weight < of_item.get(item, NONE):
                of_item[item] = weight
        best = sorted(of_item.values())[:count]
        found.extend(best + [NONE] * (count - len(best)))
    return found


def to_bytes(index: ScopeIndex) -> bytes:
    """The index as it is kept beside its pack, in this machine's byte order."""
    parts: list[bytes] = [END.join(index.rows).encode()]
    for places in (index.characters, index.pinyin, index.initials):
        parts.append(places.text.encode())
        parts += [column.tobytes() for column in (places.offsets, places.weights, places.other, *places.best)]
    head = _MAGIC + sys.byteorder.encode()[:1] + struct.pack(f"<{len(parts)}Q", *(len(part) for part in parts))
    return head + b"".join(parts)


def from_bytes(data: bytes) -> ScopeIndex:
    """Opened again; ValueError when it is no index, or one of another make or byte order: then it is built anew."""
    count = 1 + 3 * (4 + len(BLOCKS))
    head = len(_MAGIC) + 1 + 8 * count
    if len(data) < head or data[: len(_MAGIC) + 1] != _MAGIC + sys.byteorder.encode()[:1]:
        raise ValueError("no index of a business scope catalogue")
    sizes = struct.unpack(f"<{count}Q", data[len(_MAGIC) + 1 : head])
    if head + sum(sizes) != len(data):
        raise ValueError("an index of a business scope catalogue that is not whole")
    view, parts, at = memoryview(data), [], head
    for size in sizes:
        parts.append(view[at : at + size])
        at += size
    rows = str(parts[0], "utf-8")
    scripts = []
    for number in range(3):
        own = parts[1 + number * (4 + len(BLOCKS)) :][: 4 + len(BLOCKS)]
        offsets, weights, other, *best = (_array(part) for part in own[1:])
        text = str(own[0], "utf-8")
        scripts.append(Places(text, offsets, weights, other, tuple(best), _posts(text, offsets)))
    return ScopeIndex(tuple(rows.split(END)) if rows else (), *scripts)


def _array(part: memoryview) -> "array[int]":
    made = array("I")
    made.frombytes(part)
    return made
