"""Handwriting on the real recogniser and its real model: what is drawn is among ten, wherever it is drawn."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.engines import Strokes
from ui.handwriting import MODEL, MOST_STROKES, Handwriting, HandwritingMissingError, absent

DRAWN: dict[str, Strokes] = {
    "王": (((20, 15), (80, 15)), ((25, 48), (75, 48)), ((50, 15), (50, 85)), ((12, 85), (88, 85))),
    "中": (((20, 30), (20, 65)), ((20, 30), (80, 30), (80, 65)), ((20, 65), (80, 65)), ((50, 8), (50, 95))),
    "十": (((10, 45), (90, 45)), ((50, 5), (50, 95))),
    "大": (((15, 38), (85, 36)), ((52, 6), (50, 35), (42, 60), (15, 94)), ((50, 38), (62, 65), (88, 92))),
    "口": (((25, 28), (27, 75)), ((25, 28), (75, 28), (72, 75)), ((27, 73), (73, 73))),
    "人": (((48, 10), (44, 45), (10, 92)), ((47, 40), (60, 65), (92, 92))),
    "小": (((50, 8), (50, 88), (42, 82)), ((28, 38), (14, 70)), ((70, 36), (86, 68))),
    "日": (((28, 12), (28, 90)), ((28, 12), (72, 12), (72, 90)), ((28, 50), (72, 50)), ((28, 88), (72, 88))),
    "木": (((10, 32), (90, 32)), ((50, 5), (50, 95)), ((48, 34), (10, 80)), ((52, 34), (92, 80))),
    "天": (((20, 18), (80, 18)), ((10, 46), (90, 46)), ((50, 18), (46, 50), (10, 94)), ((50, 48), (90, 94))),
    "三": (((20, 15), (80, 15)), ((25, 48), (75, 48)), ((10, 85), (90, 85))),
    "丁": (((10, 20), (90, 20)), ((50, 20), (50, 90), (38, 82))),
}  # fmt: skip


@pytest.fixture(scope="module")
def engine() -> Iterator[Handwriting]:
    made = Handwriting()
    yield made
    made.close()


def words(engine: Handwriting, strokes: Strokes) -> list[str]:
    return [one.word for one in engine.candidates(strokes, 10)]


def test_what_is_drawn_is_among_ten_and_mostly_first(engine: Handwriting) -> None:
    first = 0
    for character, strokes in DRAWN.items():
        found = engine.candidates(strokes, 10)
        assert character in [one.word for one in found], character
        assert found[0].used == len(strokes) and len({one.word for one in found}) == len(found) == 10
        first += found[0].word == character
    assert first >= 9


def test_where_and_how_large_does_not_matter(engine: Handwriting) -> None:
    for scale, right, down in ((0.3, 0, 0), (7.0, 300, -40), (1.0, 5000, 9000)):
        moved = [[(x * scale + right, y * scale + down) for x, y in stroke] for stroke in DRAWN["王"]]
        assert words(engine, moved)[0] == "王"


def test_every_stroke_has_its_answer(engine: Handwriting) -> None:
    answers = [words(engine, DRAWN["王"][: n + 1]) for n in range(4)]
    assert all(len(one) == 10 for one in answers) and answers[1][0] == "二"


stroke = st.lists(st.tuples(st.floats(-1e4, 1e4), st.floats(-1e4, 1e4)), max_size=30)


@given(strokes=st.lists(stroke, max_size=12))
def test_whatever_is_scribbled_gets_an_answer(engine: Handwriting, strokes: list[list[tuple[float, float]]]) -> None:
    assert len(engine.candidates(strokes, 10)) == (10 if any(strokes) else 0)


def test_more_strokes_than_any_character_has_are_none(engine: Handwriting) -> None:
    assert len(words(engine, [[(n, 0), (n, 9)] for n in range(MOST_STROKES)])) == 10
    assert words(engine, [[(n, 0), (n, 9)] for n in range(MOST_STROKES + 1)]) == []


def test_nothing_of_one_question_is_in_the_next(engine: Handwriting) -> None:
    fresh = Handwriting()
    first = words(fresh, DRAWN["十"])
    fresh.close()
    for strokes in DRAWN.values():
        engine.candidates(strokes, 10)
    assert words(engine, DRAWN["十"]) == first
    assert words(fresh, DRAWN["十"]) == []  # closed: no answer, and no crash


def test_without_its_model_it_says_what_to_install(tmp_path: Path) -> None:
    assert absent(MODEL) == ""
    assert "install tegaki-zinnia-simplified-chinese" in absent(tmp_path / "none.model")
    broken = tmp_path / "broken.model"
    broken.write_bytes(b"no model" * 100)
    with pytest.raises(HandwritingMissingError, match="not a model") as told:
        Handwriting(broken)
    assert "\n" not in str(told.value)
