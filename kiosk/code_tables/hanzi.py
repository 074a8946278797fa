"""How characters sound, as far as the table knows it, and which of them look like the traditional form."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from .shipped import pack


def sounds(character: str) -> frozenset[str]:
    """Every common syllable of a character; none for one whose reading is not known here."""
    return _sounds().get(character, frozenset())


def all_known(text: str) -> bool:
    """Whether every character of a text has a reading here."""
    return all(character in _sounds() for character in text)


def sound_alike(one: str, other: str) -> bool:
    """Whether two different texts can be read the same (音同字不同). A character without a reading is only like
    itself, so a rare character never makes a likeness."""
    if one == other or len(one) != len(other):
        return False
    return all(a == b or sounds(a) & sounds(b) for a, b in zip(one, other, strict=True))


def maybe_traditional(character: str) -> bool:
    """Whether a character is common in the traditional script (Big5, level 1) and not among the simplified ones of
    GB 2312. A few such characters are standard all the same, so this is a hint and no more."""
    try:
        if character.encode("big5") > _BIG5_COMMON:
            return False
    except UnicodeEncodeError:
        return False
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


_BIG5_COMMON = b"\xc6\x7e"


@cache
def _sounds() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in pack("hanzi_syllables").rows:
        for character in row["characters"]:
            found[character].add(row["syllable"])
    return {character: frozenset(syllables) for character, syllables in found.items()}
