"""Looks at a screen the way a careful stranger would: nothing cut, nothing overlapping, everything touchable named
and large enough. Works on what is really on the glass, not on what was meant."""

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QAccessible, QFont, QFontMetricsF
from PySide6.QtQml import qmlEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow

from ui.pilot import walk

# Least target by step of text size (touch metrics of the design).
LEAST = (96, 116, 128)
# Parts of a keyboard have their own floor, and so has every mark that says there is more below.
_OWN_FLOOR = ("key_", "candidate", "more_below", "more_to_read", "dialog_scrim")


def problems(window: QQuickWindow, size: int) -> list[str]:
    """Everything that is wrong with the present frame, in words; empty when nothing is."""
    root = window.contentItem()
    top = dialog(root) or root
    texts = [item for item in walk(top) if item.inherits("QQuickText") and shown(item) and item.property("text")]
    return [*_texts(texts, root), *_touchables(top, root, size)]


def dialog(root: QQuickItem) -> QQuickItem | None:
    """The dialog in front, if one is open: what lies behind it is not read."""
    scrims = [item for item in walk(root) if item.objectName() == "dialog_scrim" and item.isVisible()]
    return scrims[-1].parentItem() if scrims else None


def shown(item: QQuickItem) -> bool:
    return item.isVisible() and item.opacity() > 0 and item.width() > 0


def painted(item: QQuickItem, root: QQuickItem) -> QRectF:
    """Where the glyphs are, in the window; alignment considered."""
    wide, high = item.property("contentWidth"), item.property("contentHeight")
    across, down = _aligned(item)
    x = {2: item.width() - wide, 4: (item.width() - wide) / 2}.get(across, 0.0)
    y = {64: item.height() - high, 128: (item.height() - high) / 2}.get(down, 0.0)
    return item.mapRectToItem(root, QRectF(x, y, wide, high))


def _aligned(item: QQuickItem) -> tuple[int, int]:
    """Two properties whose type Python does not know, as their numbers."""
    engine = qmlEngine(item)
    told = engine.toScriptValue(item)
    return told.property("horizontalAlignment").toInt(), told.property("verticalAlignment").toInt()


def _clips(item: QQuickItem) -> Iterator[QQuickItem]:
    parent = item.parentItem()
    while parent is not None:
        if parent.clip():
            yield parent
        parent = parent.parentItem()


def seen(item: QQuickItem, box: QRectF, root: QQuickItem) -> QRectF:
    """The part of the glyphs that no clip takes away."""
    for clip in _clips(item):
        box = box.intersected(clip.mapRectToItem(root, QRectF(0, 0, clip.width(), clip.height())))
    return box


def _texts(texts: list[QQuickItem], root: QQuickItem) -> Iterator[str]:
    boxes = []
    for item in texts:
        said, whole = str(item.property("text")).replace("\n", " "), painted(item, root)
        if item.property("truncated"):
            yield f"truncated: {said}"
        if item.property("contentWidth") > item.width() + 1 or _longest_word(item) > item.width() + 1:
            yield f"wider than its place: {said}"
        if whole.left() < -1 or whole.right() > root.width() + 1:
            yield f"off the glass: {said}"
        for clip in _clips(item):
            edge = clip.mapRectToItem(root, QRectF(0, 0, clip.width(), clip.height()))
            if whole.left() < edge.left() - 1 or whole.right() > edge.right() + 1:
                yield f"cut at the side: {said}"
        button = _button(item)
        if button is not None:
            box = button.mapRectToItem(root, QRectF(0, 0, button.width(), button.height()))
            if not box.adjusted(-1, -6, 1, 6).contains(whole):
                yield f"outside its button {button.objectName()}: {said}"
        boxes.append((item, seen(item, whole, root), _line(item)))
    for (one, place, line), (other, place2, line2) in combinations(boxes, 2):
        both = place.intersected(place2)
        # Line boxes of CJK fonts are half as high again as their glyphs: only a real overlap counts.
        if both.width() <= 6 or both.height() <= 0.36 * min(line, line2):
            continue
        if not (_turned(one) and _turned(other)):  # a stamp lies askew: boxes around its lines meet, they do not
            yield f"overlap: {one.property('text')} | {other.property('text')}"


def _turned(item: QQuickItem) -> bool:
    parent: QQuickItem | None = item
    while parent is not None and parent.rotation() == 0:
        parent = parent.parentItem()
    return parent is not None


def _line(item: QQuickItem) -> float:
    return float(item.property("contentHeight")) / max(1, int(item.property("lineCount")))


def _longest_word(item: QQuickItem) -> float:
    """Width of the longest run that may not be broken: a Latin word or a figure."""
    font = item.property("font")
    assert isinstance(font, QFont)
    words = [w for w in str(item.property("text")).split() if w.isascii()]
    return max((QFontMetricsF(font).horizontalAdvance(w) for w in words), default=0.0)


def _button(item: QQuickItem) -> QQuickItem | None:
    parent = item.parentItem()
    while parent is not None:
        if parent.inherits("QQuickAbstractButton"):
            return parent
        parent = parent.parentItem()
    return None


def touchables(top: QQuickItem) -> list[QQuickItem]:
    """Everything that answers a finger: buttons, fields, and areas that have a name."""
    return [
        item
        for item in walk(top)
        if shown(item)
        and item.isEnabled()
        and (
            item.inherits("QQuickAbstractButton")
            or item.inherits("QQuickTextInput")
            or (item.inherits("QQuickMouseArea") and item.objectName())
        )
    ]


def _touchables(top: QQuickItem, root: QQuickItem, size: int) -> Iterator[str]:
    found: dict[str, QQuickItem] = {}
    for item in touchables(top):
        name = item.objectName()
        if not name:
            yield f"no object name: {item}"
            continue
        if name in found:
            yield f"two are called {name}"
        found[name] = item
        if name != "dialog_scrim" and not _name(item).strip():
            yield f"no accessible name: {name}"
        if name.startswith(_OWN_FLOOR):
            continue
        box = item.parentItem() if item.inherits("QQuickTextInput") else item
        assert box is not None
        if box.width() < LEAST[size] - 1 or box.height() < LEAST[size] - 1:
            yield f"too small: {name} {box.width():.0f}×{box.height():.0f}"
        edge = box.mapToItem(root, QPointF(0, 0)).x()
        if edge < -1 or edge + box.width() > root.width() + 1:
            yield f"off the glass: {name}"


def _name(item: QQuickItem) -> str:
    face = QAccessible.queryAccessibleInterface(item)
    return face.text(QAccessible.Text.Name) if face is not None else ""
