"""The tables behind names: readings as the builder makes them, and rows that can be meant."""

from kiosk.code_tables import hanzi, name_words
from kiosk.code_tables.shipped import pack as table
from kiosk.code_tables.syllables import SYLLABLES
from tests.builders import hanzi_syllables


def test_the_readings_are_what_the_builder_makes() -> None:
    assert hanzi_syllables.FILE.read_text("utf-8") == hanzi_syllables.text()
    assert hanzi_syllables.FILE.stat().st_size < 200_000


def test_readings() -> None:
    assert hanzi.sounds("重") == {"zhong", "chong"}
    assert hanzi.sounds("绿") == {"lv"} and hanzi.sounds("䶮") == {"yan"} and hanzi.sounds("𠮷") == {"ji"}
    assert hanzi.sounds("A") == hanzi.sounds("") == frozenset()
    assert {row["syllable"] for row in table("hanzi_syllables").rows} <= SYLLABLES
    common = [bytes((0xB0 + n // 94, 0xA1 + n % 94)).decode("gb2312") for n in range(39 * 94 + 89)]
    assert hanzi.all_known("".join(common))


def test_traditional_forms_are_hinted_at() -> None:
    assert [c for c in "國飯電商示例䶮𠮷重庆A喆" if hanzi.maybe_traditional(c)] == list("國飯電")
    listed = "".join(row.word for row in name_words.words()) + "".join(name_words.industries())
    assert not any(hanzi.maybe_traditional(c) for c in listed)


def test_every_word_of_the_lists_can_stand_in_a_name() -> None:
    listed = [row.word for row in name_words.words()] + [*name_words.places(), *name_words.industries()]
    assert all(word and all(name_words.is_hanzi(c) for c in word) for word in listed)
    assert all(name_words.is_hanzi(character) for character, _ in name_words.friendly())
    assert all(cls.isdigit() for classes in name_words.industries().values() for cls in classes)
    known = {row["code"] for row in table("company_types").rows}
    assert all(set(types) <= known for types in name_words.forms().values())


def test_samples_say_so() -> None:
    for name in ("name_words", "name_industries"):
        assert "sample" in table(name).edition and "own sample" in table(name).source
