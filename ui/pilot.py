"""Real hands for tests and the demonstration: touches, clicks and keys go through the window like a person's.

Runs on the GUI thread. Every act waits for a frame first, because a new item has its place only then. Counts what a
person would have to do: taps and keystrokes.
"""

import time
from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QInputMethodEvent
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from kiosk.code_tables.initials import initials
from kiosk.code_tables.syllables import cut
from ui.bridge.ime import Ime
from ui.bridge.visit import Visit
from ui.moment import come, pass_by
from ui.paws import can_be_pressed, offered, paw

_READ = 2.0  # seconds in which a finger that trembles has come to rest
_LEAST_SWIPE = 30  # pixels; a shorter way is a touch and moves nothing
_TURN = 10.0  # seconds in which a page is made on the slowest of machines
TYPING_GAP_MS = 75  # slower than any scanner
_KEYS = {
    "Enter": Qt.Key.Key_Return, "Esc": Qt.Key.Key_Escape, "Up": Qt.Key.Key_Up, "Down": Qt.Key.Key_Down,
    "Left": Qt.Key.Key_Left, "Right": Qt.Key.Key_Right, "Tab": Qt.Key.Key_Tab, "Space": Qt.Key.Key_Space,
    "Backspace": Qt.Key.Key_Backspace, "Del": Qt.Key.Key_Delete,
    "PgUp": Qt.Key.Key_PageUp, "PgDn": Qt.Key.Key_PageDown,
    **{f"F{n}": Qt.Key(Qt.Key.Key_F1.value + n - 1) for n in range(1, 13)},
}  # fmt: skip


class PilotError(Exception):
    """The hand found nothing to touch, or waited in vain; the text says what was on the screen instead."""


def walk(item: QQuickItem) -> Iterator[QQuickItem]:
    """An item and everything in it."""
    yield item
    for child in item.childItems():
        yield from walk(child)


def visible(item: QQuickItem) -> Iterator[QQuickItem]:
    """As ``walk``, without what is hidden: keyboards that are not open and dialogs that nobody asked for are most of
    a window."""
    waiting = [item]
    while waiting:
        item = waiting.pop()
        if item.isVisible():
            yield item
            waiting += reversed(item.childItems())


def find(window: QQuickWindow, name: str) -> QQuickItem:
    """The visible item of that objectName; what lies on top wins."""
    found = [item for item in visible(window.contentItem()) if item.objectName() == name]
    if not found:
        raise PilotError(f"nothing visible is called {name}")
    return found[-1]


class Pilot:
    """Hands and eyes on one window."""

    def __init__(self, window: QQuickWindow, visit: Visit, ime: Ime, engine: Any, *, patience: float = 0) -> None:
        """``patience``: seconds for which a hand waits for what it wants to touch, as a person does."""
        self.window, self._visit, self._ime, self._engine = window, visit, ime, engine
        self._patience = patience
        self._glass = QTest.createTouchDevice()
        self.taps = self.keystrokes = 0
        self.stopping = False

    # --- hands ---
    def settle(self) -> None:
        """One frame, so that everything has its place; two, so that what it made visible has its place too. While a
        page is being made, it is waited for."""
        turned = True
        while turned:
            for _ in range(2):
                self.window.update()
                come(self.window.frameSwapped, 1000)
            turned = self._visit.turning and self._until(lambda: not self._visit.turning, _TURN)

    def tap(self, name: str) -> None:
        """Touch an item with one finger."""
        at = self._reach(name)
        self.taps += 1
        QTest.touchEvent(self.window, self._glass).press(0, at, self.window).commit()
        pass_by(20)
        QTest.touchEvent(self.window, self._glass).release(0, at, self.window).commit()
        self.settle()

    def click(self, name: str) -> None:
        """Click an item with the mouse."""
        at = self._reach(name)
        self.taps += 1
        QTest.mouseClick(self.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)
        self.settle()

    def type(self, text: str) -> None:
        """Type on a real keyboard, as fast as a person; ASCII only."""
        for letter in text:
            self.keystrokes += 1
            QTest.keyClick(self.window, letter)  # type: ignore[call-overload]
            pass_by(TYPING_GAP_MS)
        self.settle()

    def keys(self, *names: str) -> None:
        """Press named keys: Enter, F12, Ctrl+Enter, 2, Down …"""
        for name in names:
            self.keystrokes += 1
            modifiers = Qt.KeyboardModifier.NoModifier
            if name.startswith("Ctrl+"):
                modifiers, name = Qt.KeyboardModifier.ControlModifier, name.removeprefix("Ctrl+")  # noqa: PLW2901
            key: Any = _KEYS.get(name, name)
            QTest.keyClick(self.window, key, modifiers)
            pass_by(TYPING_GAP_MS)
        self.settle()

    def compose(self, letters: str, text: str) -> None:
        """Write Chinese on a real keyboard by the system's input method: letters are composed in the field, one key
        more chooses the word."""
        if "".join(one[0] for one in cut(letters)) != initials(text):
            raise PilotError(f"{letters} is not how U+{ord(text[0]):04X}… is read")
        self.keystrokes += len(letters) + 1
        for event in (QInputMethodEvent(letters, []), QInputMethodEvent("", [])):
            if not event.preeditString():
                event.setCommitString(text)
            QCoreApplication.sendEvent(QGuiApplication.focusObject(), event)
            pass_by(TYPING_GAP_MS)
        self.settle()

    def wedge(self, text: str) -> None:
        """What a scanner types: all keys at once, then Enter. Not counted: the hand only held the paper. They are let
        go at the end: when a key moves the window's loop goes round, and a scanner does not wait for the window."""
        keys = [*text, Qt.Key.Key_Return]
        for move in (QTest.keyPress, QTest.keyRelease):
            for key in keys:
                move(self.window, key)
        self.settle()

    def pinyin(self, text: str) -> None:
        """Write Chinese, letters and digits by touching the keys of the on-screen keyboard."""
        if not self._ime.shown:
            raise PilotError("no field is open for the on-screen keyboard")
        at = 0
        while at < len(text):
            if "\u3400" <= text[at] <= "\u9fff":
                at += self._word(text[at:])
            else:
                self._plain_key(text[at])
                at += 1

    def draw(self, name: str, strokes: list[list[list[float]]]) -> None:
        """Sign: strokes as fractions of the item's width and height."""
        self._reach(name)
        item = find(self.window, name)
        for stroke in strokes:
            points = [item.mapToScene(QPointF(x * item.width(), y * item.height())).toPoint() for x, y in stroke]
            QTest.touchEvent(self.window, self._glass).press(0, points[0], self.window).commit()
            for point in points[1:]:
                QTest.touchEvent(self.window, self._glass).move(0, point, self.window).commit()
                pass_by(5)
            QTest.touchEvent(self.window, self._glass).release(0, points[-1], self.window).commit()
        self.taps += len(strokes)
        self.settle()

    def paw(self, acts: list[list[Any]], page: str = "") -> None:
        """What a monkey does; see there. Nothing is counted: nobody wanted it. ``page``: whose things are meant, seen
        before they are touched; when another one has come meanwhile, nothing is touched."""
        if page:
            self.settle()
        if page in ("", self.page):
            paw(self.window, self._glass, acts, self._mean)

    def _word(self, text: str) -> int:
        """Type the longest beginning that the dictionary knows; returns its length."""
        for length in range(min(6, len(text)), 0, -1):
            word = text[:length]
            for letters in self._engine.readings(word):
                offered = [c.word for c in self._engine.candidates(letters, 60)]
                # A person types initials only while the word is in sight; of several readings the one that offers it.
                if word in offered[:5] or (word in offered and len(letters) > length):
                    self._choose(letters, offered.index(word))
                    return length
        raise PilotError(f"the keyboard does not know the character U+{ord(text[0]):04X}")

    def _choose(self, letters: str, place: int) -> None:
        if self._ime.shown != "pinyin":
            self.tap("key_letters" if self._ime.shown not in ("latin", "pinyin") else "key_language")
        for letter in letters:
            self.tap(f"key_{letter}")
        if place < 4:
            self.tap(f"candidate_{place}")
        else:
            self.tap("candidates_more")
            self.tap(f"more_{place}")

    def _plain_key(self, character: str) -> None:
        if character.isdigit() or character in ".-":
            if self._ime.shown in ("pinyin", "latin"):
                self.tap("key_digits")
            self.tap({".": "key_extra", "-": "key_dash"}.get(character, f"key_{character}"))
        elif character.upper() == "X" and self._ime.shown == "id":
            self.tap("key_extra")
        elif character == " ":
            if self._ime.shown not in ("pinyin", "latin"):
                self.tap("key_letters")
            self.tap("key_space")
        else:
            if self._ime.shown != "latin":
                self.tap("key_letters" if self._ime.shown not in ("latin", "pinyin") else "key_language")
            if character.isupper():
                self.tap("key_shift")
            self.tap(f"key_{character.lower()}")

    def _reach(self, name: str) -> QPoint:
        """The middle of an item that a finger can hit: visible, enabled, swiped into sight. A patient hand
        looks first what came of the touch before."""
        if self._patience:
            self._until(lambda: not self._visit.behind, self._patience)
        self.settle()
        if self._patience and not self._pressable(name):
            self._until(lambda: self._pressable(name), self._patience)
            self.settle()
        item = find(self.window, name)
        if not can_be_pressed(item):
            raise PilotError(f"{name} cannot be pressed: {self._label(item)}")
        for _ in range(12):
            flick = self._flickable(item)
            if flick is None or not self._swipe(item, flick):
                break
            item = find(self.window, name)
        at = item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()
        self._mean(at)
        return at

    def _mean(self, at: QPoint) -> None:
        """Wait until a finger there is meant: a page that has just come is read first."""
        self._until(lambda: not self._visit.steady.is_echo(at.x(), at.y()), _READ)

    def _pressable(self, name: str) -> bool:
        try:
            return can_be_pressed(find(self.window, name))
        except PilotError:
            return False

    @staticmethod
    def _flickable(item: QQuickItem) -> QQuickItem | None:
        above = item.parentItem()
        while above is not None and not above.inherits("QQuickFlickable"):
            above = above.parentItem()
        return above

    def _swipe(self, item: QQuickItem, flick: QQuickItem) -> bool:
        """One slow swipe towards the item; False when its middle is in sight."""
        middle = item.mapToItem(flick, QPointF(item.width() / 2, item.height() / 2))
        if not flick.property("interactive"):
            return False
        across = flick.property("contentWidth") > flick.width() + 1
        at, room = (middle.x(), flick.width()) if across else (middle.y(), flick.height())
        half = min((item.width() if across else item.height()) / 2, room / 2 - 1)
        if half <= at <= room - half or abs(room / 2 - at) < _LEAST_SWIPE:
            return False
        way = max(-room * 0.6, min(room * 0.6, room / 2 - at))
        start = flick.mapToScene(QPointF(flick.width() / 2, flick.height() / 2))
        end = start + (QPointF(way, 0) if across else QPointF(0, way))
        QTest.touchEvent(self.window, self._glass).press(0, start.toPoint(), self.window).commit()
        for step in range(1, 11):
            point = start + (end - start) * step / 10
            QTest.touchEvent(self.window, self._glass).move(0, point.toPoint(), self.window).commit()
            pass_by(8)
        pass_by(120)  # a finger that rests before it lifts does not fling
        QTest.touchEvent(self.window, self._glass).release(0, end.toPoint(), self.window).commit()
        self._until(lambda: not flick.property("moving"), 2.0)
        self.settle()
        return True

    # --- eyes ---
    @property
    def page(self) -> str:
        """Name of the screen that is shown."""
        return str(self._visit.page)

    def texts(self) -> list[str]:
        """Every text that can be seen, in drawing order."""
        self.settle()
        seen = []
        for item in visible(self.window.contentItem()):
            if item.inherits("QQuickText") or item.inherits("QQuickTextInput"):
                text = item.property("text")
                if text and self._in_sight(item):
                    seen.append(str(text))
        return seen

    def tree(self) -> list[dict[str, str]]:
        """What a screen reader is told: role, name and objectName of everything exposed."""
        QAccessible.setActive(True)
        self.settle()
        told = []
        for item in visible(self.window.contentItem()):
            if self._in_sight(item) and (said := self._spoken(item)):
                told.append({"role": said[0], "name": said[1], "object": item.objectName()})
        return told

    def offered(self) -> list[str]:
        """Names of everything that a finger could press, without waiting for a frame; of the page that comes, where
        one is just being left."""
        self._until(lambda: not self._visit.turning, _TURN)
        return offered(self.window)

    def grab(self, path: str) -> None:
        """The window as a picture."""
        self.settle()
        if not self.window.grabWindow().save(path):
            raise PilotError(f"the picture could not be written to {path}")

    def wait_page(self, step: str, seconds: float = 10) -> None:
        """Wait until that screen is shown."""
        if not self._until(lambda: self.page == step, seconds):
            raise PilotError(f"{step} did not come in {seconds} s; {self.page} is shown: {' | '.join(self.texts())}")
        self.settle()

    def wait_text(self, text: str, seconds: float = 10) -> None:
        """Wait until a text can be seen somewhere."""
        if not self._until(lambda: any(text in seen for seen in self.texts()), seconds):
            raise PilotError(f"“{text}” did not come in {seconds} s; on {self.page}: {' | '.join(self.texts())}")

    def _until(self, true: Callable[[], bool], seconds: float) -> bool:
        end = time.monotonic() + seconds
        while not true():
            if time.monotonic() > end or self.stopping:
                return False
            pass_by(10)
        return True

    def _in_sight(self, item: QQuickItem) -> bool:
        """Visible, and not scrolled or clipped away."""
        if not item.isVisible() or item.opacity() == 0 or item.width() <= 0 or item.height() <= 0:
            return False
        box = item.mapRectToScene(item.boundingRect())
        above: QQuickItem | None = item.parentItem()
        while above is not None:
            if above.clip() and not above.mapRectToScene(above.boundingRect()).intersects(box):
                return False
            above = above.parentItem()
        return box.intersects(self.window.contentItem().boundingRect())

    @staticmethod
    def _spoken(item: QQuickItem) -> tuple[str, str] | None:
        """Role and name; the interface's wrapper dies here, because its address is used again for other things."""
        face = QAccessible.queryAccessibleInterface(item)
        if face is None or not (name := face.text(QAccessible.Text.Name)):
            return None
        return str(face.role()).rsplit(".", 1)[-1], name

    @staticmethod
    def _label(item: QObject) -> str:
        return str(item.property("words") or item.property("text") or "")
