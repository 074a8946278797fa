"""Every face of the comprehensive window as it is shown: nothing cut, nothing over another, everything named and
large enough, in both languages and both sizes of type."""

from collections.abc import Iterator
from itertools import combinations, pairwise

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QAccessible
from PySide6.QtQuick import QQuickItem

from tests.unit.ui.viewmodels.clerk_walk import Still, stills
from ui.pilot import walk

from .clerk_stage import Stage, opened

SHOWN = [("zh", False), ("en", False), ("zh", True), ("en", True)]
LEAST = 40
FOLDS = ("slip_more", "body_more")


@pytest.fixture(scope="module")
def faces() -> dict[str, Still]:
    """Every moment, walked once."""
    return stills()


@pytest.fixture(params=SHOWN, ids=lambda p: f"{p[0]}-{'large' if p[1] else 'normal'}")
def stage(request: pytest.FixtureRequest, faces: dict[str, Still]) -> Iterator[Stage]:
    """One window in one language and size."""
    language, large = request.param
    with opened(faces["present_staff_card"], language, large=large) as found:
        yield found


def above(item: QQuickItem) -> Iterator[QQuickItem]:
    found = item.parentItem()
    while found is not None:
        yield found
        found = found.parentItem()


def dialog(stage: Stage) -> QQuickItem | None:
    """The open question, which lies over everything else."""
    for item in walk(stage.ui.window.contentItem()):
        if item.objectName() == "dialog_scrim" and item.isVisible():
            return item.parentItem()
    return None


def in_sight(item: QQuickItem, stage: Stage) -> QRectF:
    """The part of an item's box that is not clipped away."""
    wide = min(float(item.property("contentWidth") or item.width()), item.width()) or item.width()
    box = item.mapRectToScene(QRectF(0, 0, wide, item.height()))
    for one in above(item):
        if one.clip():
            box = box.intersected(one.mapRectToScene(one.boundingRect()))
    return box.intersected(stage.ui.window.contentItem().boundingRect())


def texts(stage: Stage) -> list[QQuickItem]:
    """Every text that a clerk can read at this moment; behind an open question nothing counts."""
    top = dialog(stage)
    found = []
    for item in walk(stage.ui.window.contentItem()):
        if not item.inherits("QQuickText") or not item.isVisible() or not item.property("text"):
            continue
        if top is not None and top not in above(item):
            continue
        if item.opacity() > 0 and not in_sight(item, stage).isEmpty():
            found.append(item)
    return found


def test_no_text_is_cut_or_wider_than_its_place(stage: Stage, faces: dict[str, Still]) -> None:
    window = stage.ui.window.contentItem().boundingRect()
    for name, still in faces.items():
        stage.show(still)
        for item in texts(stage):
            said = f"{name}: {item.property('text')}"
            assert not item.property("truncated"), said
            assert item.property("contentWidth") <= item.width() + 1, said
            box = item.mapRectToScene(QRectF(0, 0, item.property("contentWidth"), 1))
            assert window.left() <= box.left() and box.right() <= window.right(), said
            for one in above(item):
                if one.clip() and not one.inherits("QQuickFlickable"):
                    inside = one.mapRectToScene(one.boundingRect())
                    assert inside.left() - 1 <= box.left() and box.right() <= inside.right() + 1, said


def test_no_text_lies_over_another(stage: Stage, faces: dict[str, Still]) -> None:
    for name, still in faces.items():
        stage.show(still)
        folds = [
            fold.parentItem().mapRectToScene(fold.parentItem().boundingRect())
            for fold in walk(stage.ui.window.contentItem())
            if fold.objectName() in FOLDS and fold.isVisible()
        ]
        boxes = []
        for item in texts(stage):
            box = in_sight(item, stage)
            folded = any(one.objectName() in FOLDS for one in above(item))
            if not folded and any(fold.intersects(box) for fold in folds):
                continue  # goes under the fold
            boxes.append((item, box.adjusted(1, 4, -1, -4)))
        for (one, first), (other, second) in combinations(boxes, 2):
            if one.parentItem() is not other.parentItem() or not one.parentItem().inherits("QQuickColumn"):
                assert not first.intersects(second), f"{name}: {one.property('text')} / {other.property('text')}"


def spoken(item: QQuickItem) -> str:
    """What a screen reader says. The interface's wrapper must not outlive the call: its address is used again."""
    face = QAccessible.queryAccessibleInterface(item)
    return face.text(QAccessible.Text.Name) if face is not None else ""


def test_everything_touchable_is_named_and_large_enough(stage: Stage, faces: dict[str, Still]) -> None:
    QAccessible.setActive(True)
    for name, still in faces.items():
        stage.show(still)
        seen = 0
        for item in walk(stage.ui.window.contentItem()):
            named = item.objectName()
            button = item.inherits("QQuickAbstractButton") or named.startswith("key_")
            if not item.isVisible() or not item.isEnabled() or not (button or item.inherits("QQuickTextInput")):
                continue
            seen += 1
            assert named, f"{name}: {item}"
            box = item if button else item.parentItem()
            assert box is not None and box.height() >= LEAST and box.width() >= LEAST, f"{name}: {named}"
            assert spoken(item).strip(), f"{name}: {named} has no name"
        assert seen >= 2, name


def test_every_key_of_the_bar_is_within_the_bar(stage: Stage, faces: dict[str, Still]) -> None:
    for name, still in faces.items():
        stage.show(still)
        boxes = [
            item.mapRectToScene(item.boundingRect())
            for item in walk(stage.ui.window.contentItem())
            if item.objectName().startswith("key_") and item.isVisible()
        ]
        boxes.sort(key=lambda box: box.left())
        assert boxes and boxes[0].left() >= 24 and boxes[-1].right() <= 1920 - 23, name
        for one, after in pairwise(boxes):
            assert one.right() + 8 <= after.left(), name
