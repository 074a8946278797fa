"""The keyboard's engine on the real dictionary: words, initials, sentences, rare names, rubbish."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.code_tables.syllables import SYLLABLES, cut
from ui.pinyin.build import field_words
from ui.pinyin.build import main as build
from ui.pinyin.engine import DictionaryMissingError, Pinyin

BUILT = Path(__file__).parents[3] / "build" / "pinyin.sqlite"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pinyin]:
    file = BUILT
    if not file.exists():
        file = tmp_path_factory.mktemp("pinyin") / "pinyin.sqlite"
        assert build(["--out", str(file)]) == 0
    found = Pinyin(file)
    yield found
    found.close()


def words(engine: Pinyin, typed: str) -> list[str]:
    return [one.word for one in engine.candidates(typed)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("chongqing", "重庆"), ("canyin", "餐饮"), ("yyzz", "营业执照"), ("yingyezhizhao", "营业执照"),
        ("cq", "重庆"),
        ("yuzhong", "渝中"), ("beibei", "北碚"), ("wangceshi", "王测试"), ("shilicanyinguanli", "示例餐饮管理"),
        ("chongqingshiyuzhongqushililuyihao", "重庆市渝中区示例路一号"), ("ouyang", "欧阳"), ("chongq", "重庆"),
        ("wang", "王"), ("YYZZ", "营业执照"),
    ],
)  # fmt: skip
def test_the_word_that_is_meant_comes_first(engine: Pinyin, typed: str, first: str) -> None:
    assert words(engine, typed)[0] == first


@pytest.mark.parametrize(
    ("typed", "surname"),
    [("zeng", "曾"), ("shan", "单"), ("qiu", "仇"), ("xie", "解"), ("ou", "区"), ("zha", "查"), ("miao", "缪"),
     ("qin", "覃"), ("yuchi", "尉迟"), ("nv", "女"), ("lv", "吕"), ("pang", "逄")],
)  # fmt: skip
def test_surnames_as_they_are_read(engine: Pinyin, typed: str, surname: str) -> None:
    assert surname in [one.word for one in engine.candidates(typed, 60)]


def test_the_apostrophe_counts_as_typed(engine: Pinyin) -> None:
    first = engine.candidates("xi'an")[0]
    assert (first.word, first.used) == ("西安", 5)


def test_a_part_leaves_the_rest(engine: Pinyin) -> None:
    found = {one.word: one.used for one in engine.candidates("chongqingxyz", 60)}
    assert found["重庆"] == len("chongqing")


def test_every_word_of_the_field_can_be_typed(engine: Pinyin) -> None:
    for word in field_words():
        readings = engine.readings(word)
        assert readings, word
        assert any(word in [c.word for c in engine.candidates(r, 120)] for r in readings), word


@given(typed=st.text(alphabet="abcdefghijklmnopqrstuvwxyz'", max_size=40))
def test_whatever_is_typed_gets_an_answer(engine: Pinyin, typed: str) -> None:
    for one in engine.candidates(typed):
        assert one.word
        assert 0 < one.used <= len(typed)


@pytest.mark.parametrize("typed", ["", "'", "重庆", "123", "a b", "é", "%", "x\x00"])
def test_what_is_not_pinyin_has_no_candidates(engine: Pinyin, typed: str) -> None:
    assert engine.candidates(typed) == []


def test_a_missing_or_broken_dictionary_says_how_to_build_it(tmp_path: Path) -> None:
    for name, content in (("absent", None), ("empty", b""), ("broken", b"not a database" * 100)):
        file = tmp_path / name
        if content is not None:
            file.write_bytes(content)
        with pytest.raises(DictionaryMissingError, match=r"python -m ui\.pinyin\.build") as told:
            Pinyin(file)
        assert "\n" not in str(told.value)


def test_the_engine_cannot_write(engine: Pinyin) -> None:
    with pytest.raises(sqlite3.OperationalError):
        engine._db.execute("DELETE FROM d")


def test_cutting_is_by_syllables() -> None:
    assert cut("chongqing") == ("chong", "qing")
    assert cut("xian") == ("xian",)
    assert cut("xyz") == ()
    assert len(SYLLABLES) > 400
    assert all("".join(cut(s)) == s for s in SYLLABLES)
