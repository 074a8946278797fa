"""Rare characters by their parts: the pack is sound, and every character is found by everything it is made of."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, pinyin

from kiosk.code_tables.syllables import cut
from ui.parts import Parts, characters, readings

# Parts that are called by the character they come from, or as children learn them; not by a dictionary's reading.
NICKNAMED = set("氵亻钅忄扌艹讠纟阝犭礻衤灬辶饣刂攵彡罒宀廾龙龍巛頁页")


def words(letters: str) -> list[str]:
    return [one.word for one in Parts().candidates(letters)]


def test_the_pack_is_sound() -> None:
    assert len(characters()) > 300
    used = set("".join(characters().values()))
    assert used == set(readings()), "every part has a name, every name a use"
    for character, parts in characters().items():
        assert len(character) == 1 and len(parts) >= 2 and character not in parts
    for part, names in readings().items():
        assert all("".join(cut(name)) == name for name in names), part
        if part not in NICKNAMED:
            known = {one.replace("ü", "v") for one in pinyin(part, Style.NORMAL, heteronym=True)[0]}
            assert set(names) <= known, (part, names, known)


@pytest.mark.parametrize(
    ("letters", "character"),
    [("longtian", "䶮"), ("tianlong", "䶮"), ("jiji", "喆"), ("niuniuniu", "犇"), ("jinbo", "𬭛")],
)
def test_the_whole_name_finds_it_first(letters: str, character: str) -> None:
    assert words(letters)[0] == character


def test_every_character_is_found_in_any_order() -> None:
    for character, parts in characters().items():
        for order in set(permutations(parts)) if len(parts) <= 3 else {tuple(parts)}:
            found = Parts().candidates("".join(readings()[part][0] for part in order))
            assert character in [one.word for one in found], (character, order)


def test_a_beginning_is_enough_and_one_letter_is_not() -> None:
    assert {"䶮", "龚", "珑"} <= set(words("long"))
    assert words("l") == [] and words("") == [] and words("zzzz") == []


@given(letters=st.text(max_size=12))
def test_whatever_is_typed_gets_an_answer(letters: str) -> None:
    assert all(one.used == len(letters) for one in Parts().candidates(letters))
