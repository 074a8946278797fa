"""A name in characters of the extensions (䶮 𠮷 㼆) is drawn as itself on the screens, never as an empty box."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QFont, QTextLayout
from PySide6.QtQuick import QQuickItem

from kiosk.domain.case import OpeningForm
from tests.unit.ui.viewmodels.citizen_walk import stills
from ui.pilot import walk
from ui.viewmodels import citizen

from .conftest import Showing

RARE = "䶮𠮷㼆"
FACES = ("check_answers", "name_people-two", "declare_name")


def named(form: OpeningForm) -> OpeningForm:
    people = tuple(replace(one, name=f"{RARE[-1]}{one.name}{RARE[0]}") for one in form.people)
    home = replace(form.domicile, line=f"{RARE}路 1 号")
    return replace(form, name=replace(form.name, trade=RARE), people=people, domicile=home)


def missing(text: str, font: QFont) -> str:
    """The characters for which no face has a glyph."""
    found = ""
    for character in text:
        layout = QTextLayout(character, font)
        layout.beginLayout()
        layout.createLine()
        layout.endLayout()
        if any(0 in run.glyphIndexes() for run in layout.glyphRuns()) or not layout.glyphRuns():
            found += character
    return found


def shown_texts(root: QQuickItem) -> list[QQuickItem]:
    return [item for item in walk(root) if item.isVisible() and set(RARE) & set(str(item.property("text") or ""))]


@pytest.mark.parametrize("face", FACES)
def test_rare_characters_are_drawn(showing: Showing, face: str) -> None:
    still = stills()[face]
    state = replace(still.scene.state, form=named(still.scene.state.form))
    shown = showing(citizen, replace(still.scene, state=state))
    texts = shown_texts(shown.ui.window.contentItem())
    assert texts, "the name stands on this screen"
    for item in texts:
        assert missing(str(item.property("text")), item.property("font")) == ""
    assert missing("\U000e0041", QFont()) or missing("\U0003fffd", QFont()), "a missing glyph is noticed"
