"""A monkey's hands for tests: touches, swipes and keys without aim and without waiting for a frame.

Half of what a person without plan does meets something that can be pressed, so a place can also be given as a share
of all that can be pressed just now.
"""

from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from ui.moment import pass_by

_TAKES_A_FINGER = ("QQuickMouseArea", "QQuickAbstractButton", "QQuickTextInput")
_GAP_MS = 4  # between two acts: the inside gets its turn
_LOOK = 5  # things pressed until it is looked again what there is; finding all of them takes longer than pressing one


def paw(window: QQuickWindow, glass: Any, acts: list[list[Any]], mean: Callable[[QPoint], None]) -> None:
    """Do all of them, in order. ``mean`` waits until a finger is meant there.

    ``["touch", x, y]`` a finger, as fractions of the window; ``["swipe", x, y, x2, y2]``; ``["thing", share]`` a
    finger on the place of one of all things that can be pressed now or could a few acts ago; ``["name", "next"]`` on
    the one of that name, if it is there;
    ``["keys", "Ctrl+Q"]`` on a real keyboard; ``["scan", text]`` what a scanner that types would send, control codes
    included.
    """
    places, pressed = list[QPoint](), 0
    for kind, *rest in acts:
        if kind == "touch":
            _finger(window, glass, [_at(window, rest[0], rest[1])])
        elif kind == "swipe":
            start, end = _at(window, rest[0], rest[1]), _at(window, rest[2], rest[3])
            _finger(window, glass, [start + (end - start) * step / 6 for step in range(7)])
        elif kind == "thing":
            if pressed % _LOOK == 0:
                places = [_middle(one) for one in _pressable(window.contentItem())]
            pressed += 1
            if places:
                _finger(window, glass, [places[min(int(rest[0] * len(places)), len(places) - 1)]])
        elif kind == "name":
            item = next((one for one in _pressable(window.contentItem()) if rest[0] in _names(one)), None)
            if item is not None:
                mean(_middle(item))
                _finger(window, glass, [_middle(item)])
        elif kind == "keys":
            both = QKeySequence(rest[0])[0]  # type: ignore[index]
            QTest.keyClick(window, both.key(), both.keyboardModifiers())
        elif kind == "scan":
            for letter in rest[0]:
                _typed(window, letter)
            QTest.keyClick(window, Qt.Key.Key_Return)
        else:
            raise ValueError(f"unknown act {kind}")
        pass_by(_GAP_MS)


def offered(window: QQuickWindow) -> list[str]:
    """Names of everything that can be pressed just now."""
    return [name for item in _pressable(window.contentItem()) if (name := item.objectName())]


def can_be_pressed(item: QQuickItem) -> bool:
    """Whether it and everything around it takes touches; an area for touches may be off by itself."""
    return item.isEnabled() and bool(item.property("enabled"))


def _at(window: QQuickWindow, x: float, y: float) -> QPoint:
    return QPoint(int(x * (window.width() - 1)), int(y * (window.height() - 1)))


def _middle(item: QQuickItem) -> QPoint:
    return item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()


def _names(item: QQuickItem) -> tuple[str, str]:
    above = item.parentItem()
    return item.objectName(), above.objectName() if above is not None else ""


def _finger(window: QQuickWindow, glass: Any, way: list[QPoint]) -> None:
    QTest.touchEvent(window, glass).press(0, way[0], window).commit()
    for point in way[1:]:
        QTest.touchEvent(window, glass).move(0, point, window).commit()
    QTest.touchEvent(window, glass).release(0, way[-1], window).commit()


def _typed(window: QQuickWindow, letter: str) -> None:
    code = ord(letter)
    if code < 32:  # a control code comes as Ctrl and the letter that makes it
        QTest.keyClick(window, Qt.Key(code + 64), Qt.KeyboardModifier.ControlModifier)
    else:
        QTest.keyClick(window, letter)  # type: ignore[call-overload]


def _pressable(item: QQuickItem) -> Iterator[QQuickItem]:
    """Everything under an item that a finger can press: what takes a finger, is in sight and enabled."""
    if not item.isVisible() or item.opacity() == 0 or not can_be_pressed(item):
        return
    if any(item.inherits(kind) for kind in _TAKES_A_FINGER) and item.width() > 0:
        yield item
    for child in item.childItems():
        yield from _pressable(child)
