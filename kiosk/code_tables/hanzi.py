"""How characters sound: their syllables without tones, as far as the table knows them."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from .tables import table


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


@cache
def _sounds() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in table("hanzi_syllables").rows:
        for character in row["characters"]:
            found[character].add(row["syllable"])
    return {character: frozenset(syllables) for character, syllables in found.items()}
