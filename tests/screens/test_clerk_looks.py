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


def cut(stage: Stage) -> Iterator[str]:
    """Texts that are cut or wider than their place."""
    window = stage.ui.window.contentItem().boundingRect()
    for item in texts(stage):
        said = f"cut: {item.property('text')}"
        box = item.mapRectToScene(QRectF(0, 0, item.property("contentWidth"), 1))
        outside = box.left() < window.left() or box.right() > window.right()
        if item.property("truncated") or item.property("contentWidth") > item.width() + 1 or outside:
            yield said
        for one in above(item):
            if one.clip() and not one.inherits("QQuickFlickable"):
                inside = one.mapRectToScene(one.boundingRect())
                if box.left() < inside.left() - 1 or box.right() > inside.right() + 1:
                    yield said


def over_another(stage: Stage) -> Iterator[str]:
    """Texts that lie over another."""
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
        in_column = one.parentItem() is other.parentItem() and one.parentItem().inherits("QQuickColumn")
        if not in_column and first.intersects(second):
            yield f"over another: {one.property('text')} / {other.property('text')}"


def spoken(item: QQuickItem) -> str:
    """What a screen reader says. The interface's wrapper must not outlive the call: its address is used again."""
    face = QAccessible.queryAccessibleInterface(item)
    return face.text(QAccessible.Text.Name) if face is not None else ""


def nameless_or_small(stage: Stage) -> Iterator[str]:
    """Things to touch without a name for a screen reader, or too small for a finger."""
    seen = 0
    for item in walk(stage.ui.window.contentItem()):
        named = item.objectName()
        button = item.inherits("QQuickAbstractButton") or named.startswith("key_")
        if not item.isVisible() or not item.isEnabled() or not (button or item.inherits("QQuickTextInput")):
            continue
        seen += 1
        box = item if button else item.parentItem()
        if not named or box is None or not spoken(item).strip():
            yield f"nameless: {named or item}"
        elif box.height() < LEAST or box.width() < LEAST:
            yield f"small: {named}"
    if seen < 2:
        yield "nothing to touch"


def beside_the_bar(stage: Stage) -> Iterator[str]:
    """Keys that are not within the bar, or too near to the next."""
    boxes = [
        item.mapRectToScene(item.boundingRect())
        for item in walk(stage.ui.window.contentItem())
        if item.objectName().startswith("key_") and item.isVisible()
    ]
    boxes.sort(key=lambda box: box.left())
    if not boxes or boxes[0].left() < 24 or boxes[-1].right() > 1920 - 23:
        yield "beside the bar"
    for one, after in pairwise(boxes):
        if one.right() + 8 > after.left():
            yield "keys of the bar too near"


CHECKS = (cut, over_another, nameless_or_small, beside_the_bar)


@pytest.mark.parametrize("about_devices", [False, True], ids=["cases", "devices"])
def test_every_face_is_whole_named_and_large_enough(
    stage: Stage, faces: dict[str, Still], about_devices: bool
) -> None:
    QAccessible.setActive(True)
    wrong = []
    for name, still in faces.items():
        if about_devices is not (still.scene.journey == "issue_tax_device"):
            continue
        stage.show(still)
        wrong += [f"{name}: {found}" for check in CHECKS for found in check(stage)]
    assert wrong == []


@pytest.mark.parametrize("stage", SHOWN[:1], ids=["zh-normal"], indirect=True)
def test_the_checks_see(stage: Stage, faces: dict[str, Still]) -> None:
    """One face spoilt in four ways."""
    stage.show(faces["present_staff_card"])
    assert [found for check in CHECKS for found in check(stage)] == []
    said = texts(stage)
    said[0].setWidth(4)
    said[1].setParentItem(stage.ui.window.contentItem())
    said[2].setParentItem(stage.ui.window.contentItem())
    for item in said[1:3]:
        item.setX(600)
        item.setY(500)
    keys = [
        item
        for item in walk(stage.ui.window.contentItem())
        if item.objectName().startswith("key_") and item.isVisible() and item.isEnabled()
    ]
    keys[0].setX(-4000)
    keys[0].setHeight(12)
    seen = {found.partition(":")[0] for check in CHECKS for found in check(stage)}
    assert {"cut", "over another", "small", "beside the bar"} <= seen, seen
