"""Two more looks at the glass: how strongly every text stands out from what is really painted behind it, and whether
the Tab key comes to everything that a finger can press."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage
from PySide6.QtQuick import QQuickItem, QQuickWindow
from shiboken6 import Shiboken

from ui.pilot import walk

from .audit import dialog, painted, seen, shown, touchables

LEAST_CONTRAST = 6.99  # 7 : 1; colours are whole numbers
# The on-screen keyboard writes where the focus stands, so its keys never take it; nor does what lies behind a dialog.
# A signature is drawn: whoever cannot is helped by a person.
_NO_STOP = ("key_", "candidate", "dialog_scrim", "signature_pad")


def luminance(red: float, green: float, blue: float) -> float:
    """Of a colour in parts of 255, as WCAG reckons it."""

    def linear(part: float) -> float:
        c = part / 255
        return c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def contrast(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """Ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(*one), luminance(*other)))
    return (high + 0.05) / (low + 0.05)


def more_problems(window: QQuickWindow) -> list[str]:
    """What is wrong beside what ``audit.problems`` finds; empty when nothing is."""
    root = window.contentItem()
    top = dialog(root) or root
    texts = [item for item in walk(top) if item.inherits("QQuickText") and shown(item) and item.property("text")]
    places = [(item, seen(item, painted(item, root), root)) for item in texts]
    return [*pale(places, window.grabWindow()), *without_a_stop(window, touchables(top))]


def pale(texts: list[tuple[QQuickItem, QRectF]], picture: QImage) -> Iterator[str]:
    """Texts that stand out too little from their ground: the colour that most of their box has in the picture."""
    pixels = _pixels(picture)
    for item, place in texts:
        box = place.toAlignedRect().intersected(picture.rect())
        if box.width() < 4 or box.height() < 8:
            continue
        part = pixels[box.top() : box.bottom() + 1, box.left() : box.right() + 1]
        values, counts = np.unique(part, return_counts=True)
        ground = _parts(int(values[counts.argmax()]))
        color = item.property("color")
        assert isinstance(color, QColor)
        share = color.alphaF() * _opacity(item)
        own = (color.red(), color.green(), color.blue())
        ink = [share * c + (1 - share) * g for c, g in zip(own, ground, strict=True)]
        if (found := contrast((ink[0], ink[1], ink[2]), ground)) < LEAST_CONTRAST:
            yield f"pale, {found:.1f} : 1: {str(item.property('text')).replace(chr(10), ' ')}"


def _pixels(picture: QImage) -> "np.ndarray[tuple[int, int], np.dtype[np.uint32]]":
    whole = picture.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(whole.constBits(), np.uint32).reshape(whole.height(), whole.bytesPerLine() // 4)
    return rows[:, : whole.width()].copy()


def _parts(pixel: int) -> tuple[float, float, float]:
    return float(pixel >> 16 & 255), float(pixel >> 8 & 255), float(pixel & 255)


def _opacity(item: QQuickItem) -> float:
    found, one = 1.0, item
    while one is not None:
        found *= one.opacity()
        one = one.parentItem()
    return found


def stops(window: QQuickWindow) -> list[QQuickItem]:
    """Where the Tab key stops, in its order, once round. What Python was told of is kept until Qt has deleted it: the
    binding takes an item from its wrapper's parent for Python's own, and would delete it when that wrapper goes."""
    root = window.contentItem()
    first = window.activeFocusItem() or root
    found: list[QQuickItem] = []
    item = first.nextItemInFocusChain(True)
    while item is not None and item not in found and len(found) < 500:
        found.append(item)
        item = item.nextItemInFocusChain(True)
    _kept[:] = [one for one in _kept if Shiboken.isValid(one)] + [first, *found]
    return found


_kept: list[QQuickItem] = []


def without_a_stop(window: QQuickWindow, touched: list[QQuickItem]) -> Iterator[str]:
    """Things for a finger that the Tab key passes by. ``touched``: all that answers one now."""
    reached = stops(window)
    for item in touched:
        if item.objectName().startswith(_NO_STOP) or item in reached:
            continue
        yield f"no stop for the Tab key: {item.objectName()}"
    if len(reached) > 1 and all(one is other for one, other in pairwise(reached)):
        yield "the Tab key stands still"
    within = set(walk(window.contentItem()))
    yield from (f"a stop out of sight: {one.objectName()}" for one in reached if one not in within)
