"""Handwriting on the real recogniser and its real model: what is drawn is among ten, however and wherever it is drawn."""

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
    "口": (((20, 25), (22, 80)), ((20, 25), (80, 25), (76, 80)), ((22, 78), (77, 78))),
    "山": (((50, 8), (50, 82)), ((14, 38), (14, 84), (86, 84)), ((86, 38), (86, 86))),
    "大": (((10, 38), (90, 36)), ((50, 6), (46, 45), (12, 94)), ((50, 42), (90, 94))),
}


@pytest.fixture(scope="module")
def engine() -> Iterator[Handwriting]:
    made = Handwriting()
    yield made
    made.close()


def words(engine: Handwriting, strokes: Strokes) -> list[str]:
    return [one.word for one in engine.candidates(strokes, 10)]


@pytest.mark.parametrize("character", DRAWN)
def test_what_is_drawn_comes_first(engine: Handwriting, character: str) -> None:
    found = engine.candidates(DRAWN[character], 10)
    assert found[0].word == character and found[0].used == len(DRAWN[character])
    assert len({one.word for one in found}) == len(found) == 10


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
