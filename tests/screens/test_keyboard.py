"""Every face of the on-screen keyboard: written on with a real finger, looked at in both languages and all sizes, and
empty for the next person."""

from itertools import product

import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest

from tests.unit.ui.viewmodels.citizen_walk import Walk, stills
from ui.parts import characters
from ui.pilot import PilotError, find
from ui.viewmodels import citizen

from .audit import problems, touchables
from .conftest import Showing, Shown
from .test_citizen_screens import put
from .test_rare_characters import missing

WANG = [
    [[0.35, 0.15], [0.65, 0.15]],
    [[0.38, 0.48], [0.62, 0.48]],
    [[0.5, 0.15], [0.5, 0.85]],
    [[0.3, 0.85], [0.7, 0.85]],
]
FACES = ("key_write", "key_symbols", "key_parts", "key_language", "key_digits")
QUICK = {("zh", 0), ("en", 2)}  # the rest: make prove


def typing(showing: Showing, size: int = 0, language: str = "zh", *, writes: bool = True) -> Shown:
    """The screen of the trade name with its field open."""
    shown = showing(citizen, stills()["home"].scene, writes=writes)
    put(shown, stills()["declare_name"], size, language)
    shown.pilot.tap("trade_input")
    return shown


@pytest.mark.parametrize(
    ("face", "back"),
    [
        ("name_people-phone", "edit_back"),
        ("name_people-share", "edit_back"),
        ("name_people-firm-new", "edit_back"),
        ("name_people-absent-name", "edit_back"),
        ("name_people-absent-number", "away_back"),
        ("name_operator-phone", "edit_back"),
        ("seals-shop", "edit_back"),
    ],
)
def test_whoever_types_can_go_back_beside_the_keys(showing: Showing, face: str, back: str) -> None:
    shown = showing(citizen, stills()["home"].scene)
    put(shown, stills()[face], 0, "zh")
    before = shown.ui.visit.view().property("data")["mode"]
    assert shown.ui.ime.property("panel")
    shown.pilot.tap(back)
    assert shown.ui.visit.view().property("data")["mode"] != before


def text(shown: Shown) -> str:
    return str(find(shown.ui.window, "trade_input").property("text"))


def test_a_finger_writes_into_the_field(showing: Showing) -> None:
    shown = typing(showing)
    shown.pilot.tap("key_write")
    shown.pilot.draw("writing_pad", WANG)
    ime = shown.ui.ime
    offered = [row["word"] for row in ime._words.all()]
    assert len(offered) == 10 and "王" in offered
    assert text(shown) == "", "nothing is chosen yet"
    shown.pilot.tap(f"candidate_{offered.index('王')}")
    assert text(shown) == "王" and ime.property("ink") == "" and ime._words.all() == ()
    shown.pilot.draw("writing_pad", WANG)
    shown.pilot.tap("key_undo")
    assert str(ime.property("ink")).count("M") == 3
    shown.pilot.tap("key_clear")
    assert ime.property("ink") == "" and text(shown) == "王"
    shown.pilot.tap("key_back")
    assert text(shown) == ""


def test_the_next_page_borrows_the_same_keyboard_without_the_stroke_that_was_begun(showing: Showing) -> None:
    shown = typing(showing)
    shown.pilot.tap("key_write")
    window, glass = shown.ui.window, shown.pilot._glass
    pad = find(window, "writing_pad")
    drawn = pad.parentItem()
    at = pad.mapToScene(QPointF(60, 60)).toPoint()
    QTest.touchEvent(window, glass).press(0, at, window).commit()
    QTest.touchEvent(window, glass).move(0, at + QPoint(80, 40), window).commit()
    assert str(drawn.property("running")).startswith("M")
    shown.stand.show(stills()["home"].scene)
    shown.pilot.settle()
    assert not drawn.isVisible() and drawn.property("running") == ""
    QTest.touchEvent(window, glass).release(0, at + QPoint(80, 40), window).commit()
    put(shown, stills()["declare_name"], 0, "zh")
    shown.pilot.tap("trade_input")
    shown.pilot.tap("key_write")
    assert find(window, "writing_pad") == pad, "made once, not for each page"
    assert drawn.property("running") == "" and shown.ui.ime.property("ink") == ""
    assert shown.ui.ime._words.all() == ()


def test_what_stands_in_the_field_unchosen_stays_there(showing: Showing) -> None:
    shown = typing(showing)
    shown.pilot.tap("key_write")
    shown.pilot.draw("writing_pad", WANG)
    best = shown.ui.ime._words.all()[0]["word"]
    shown.pilot.tap("key_hide")
    assert text(shown) == best
    shown.pilot.tap("trade_input")
    shown.pilot.tap("key_parts")
    for letter in "long":
        shown.pilot.tap(f"key_{letter}")
    shown.pilot.tap("key_hide")
    assert text(shown) == best, "names of parts mean nothing by themselves"


def test_parts_and_signs_are_typed(showing: Showing) -> None:
    shown = typing(showing)
    shown.pilot.tap("key_parts")
    for letter in "longtian":
        shown.pilot.tap(f"key_{letter}")
    shown.pilot.tap("candidate_0")
    assert text(shown) == "䶮"
    shown.pilot.tap("key_symbols")
    shown.pilot.tap("key_sign_0")
    shown.pilot.tap("key_sign_1")
    assert text(shown) == "䶮·（"
    shown.pilot.tap("key_symbols")  # the lit key leads back
    assert shown.ui.ime.shown == "pinyin"


def test_every_rare_character_has_a_glyph() -> None:
    assert missing("".join(characters()), QFont("Noto Sans CJK SC")) == ""


def test_without_the_recogniser_its_key_is_not_there(showing: Showing) -> None:
    shown = typing(showing, writes=False)
    with pytest.raises(PilotError):
        find(shown.ui.window, "key_write")
    assert find(shown.ui.window, "key_parts").isVisible()
    assert problems(shown.ui.window, 0) == []


@pytest.mark.parametrize(
    ("language", "size"),
    [pytest.param(*one, marks=() if one in QUICK else pytest.mark.long) for one in product(("zh", "en"), (0, 1, 2))],
)
def test_every_face_looks_right(showing: Showing, language: str, size: int) -> None:
    shown = typing(showing, size, language)
    for face in FACES:
        shown.pilot.tap(face)
        if face == "key_write":
            shown.pilot.draw("writing_pad", WANG)
        assert problems(shown.ui.window, size) == [], face
        keys = [item for item in touchables(shown.ui.window.contentItem()) if item.objectName().startswith("key_")]
        assert len(keys) >= 8
        for key in keys:
            assert key.width() >= 90 and key.height() >= 80, (face, key.objectName())


def test_nothing_that_was_written_is_there_for_the_next_person(showing: Showing) -> None:
    shown = typing(showing)
    shown.pilot.pinyin("重庆")
    shown.pilot.tap("key_write")
    shown.pilot.draw("writing_pad", WANG)
    ime, pinyin = shown.ui.ime, shown.ui.pinyin
    assert ime.property("ink") and pinyin._words.cache_info().currsize > 0
    shown.stand.show(Walk().still().scene)
    shown.pilot.wait_page("home")
    assert ime.property("ink") == "" and ime.property("typed") == "" and ime.shown == ""
    assert ime._words.all() == () and ime._found == [] and ime._strokes == []
    assert pinyin._words.cache_info().currsize == 0, "what was looked up is what was typed"
