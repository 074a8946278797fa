"""Real hands for tests and the demonstration (replaced below)."""

from collections.abc import Iterator

from PySide6.QtQuick import QQuickItem, QQuickWindow


def walk(item: QQuickItem) -> Iterator[QQuickItem]:
    """An item and everything in it."""
    yield item
    for child in item.childItems():
        yield from walk(child)


def find(window: QQuickWindow, name: str) -> QQuickItem:
    """The visible item of that objectName."""
    for item in walk(window.contentItem()):
        if item.objectName() == name and item.isVisible():
            return item
    raise LookupError(name)
