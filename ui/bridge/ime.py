"""The on-screen keyboard's other half: letters become preedit, a candidate becomes text in the field that has focus.

Nothing is learned and nothing stays: every page change and every end of a visit wipes it.
"""

from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtCore import Property, QCoreApplication, QEvent, QMetaObject, QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtQml import QmlElement, QmlSingleton

from .lend import lent
from .rows import Rows

QML_IMPORT_NAME = "Bridge"
QML_IMPORT_MAJOR_VERSION = 1

LIMIT = 60


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word for the first ``used`` letters of what was typed."""

    word: str
    used: int


class PinyinEngine(Protocol):
    """Turns letters into words."""

    def candidates(self, typed: str, limit: int) -> list[Any]:
        """Best first; each with ``word`` and ``used``."""


@QmlElement
@QmlSingleton
class Ime(QObject):
    """``panel`` is "" while closed, else pinyin | latin | digits | id | code | phone | amount."""

    changed = Signal()
    panelChanged = Signal()
    fixedChanged = Signal()

    def __init__(self, parent: QObject, engine: PinyinEngine) -> None:
        super().__init__(parent)
        self._engine = engine
        self._panel = self._first_panel = ""
        self._typed = ""
        self._upper = False
        self._found: list[Any] = []
        self._words = Rows(self)

    @staticmethod
    def create(engine: Any) -> "Ime":
        """Called by Qt: the instance lent to this engine."""
        return lent(engine, Ime)

    @Slot(str)
    def open(self, panel: str) -> None:
        """A field got the focus and says what is typed there."""
        self._take_raw()
        self._first_panel = panel
        self._show(panel)

    @Slot()
    def close(self) -> None:
        """收起: letters that were not chosen stay as they were typed."""
        self._take_raw()
        self._show("")

    @Slot(str)
    def turn(self, panel: str) -> None:
        """123, 中/英 and back."""
        self._take_raw()
        self._show(panel)

    @Slot()
    def shift(self) -> None:
        """Capitals for the next letter."""
        self._upper = not self._upper
        self.changed.emit()

    @Slot(str)
    def key(self, text: str) -> None:
        """A key with a character."""
        if self._panel == "pinyin" and text.isascii() and text.isalpha():
            self._set(self._typed + text)
            self._send(self._typed)
            return
        self._take_raw()
        self._send("", text.upper() if self._upper else text)
        if self._upper:
            self.shift()

    @Slot()
    def space(self) -> None:
        """The first candidate, or a blank where none is offered."""
        if self._found:
            self.choose(0)
        elif self._typed:
            self._take_raw()
        else:
            self._send("", " ")

    @Slot()
    def back(self) -> None:
        """⌫: the last letter, or the character before the caret."""
        if self._typed:
            self._set(self._typed[:-1])
            self._send(self._typed)
            return
        target = QGuiApplication.focusObject()
        if target is not None:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier)
                QCoreApplication.sendEvent(target, event)

    @Slot()
    def clear(self) -> None:
        """清空: the letters, or else everything in the field."""
        target = QGuiApplication.focusObject()
        if self._typed:
            self.wipe()
        elif target is not None:
            QMetaObject.invokeMethod(target, "clear")

    @Slot(int)
    def choose(self, index: int) -> None:
        """A candidate was tapped; what it did not use stays to be chosen."""
        if not 0 <= index < len(self._found):
            return
        word, rest = self._found[index].word, self._typed[self._found[index].used :]
        self._set(rest)
        self._send(rest, word)

    @Slot()
    def wipe(self) -> None:
        """Forget letters and candidates without leaving them in the field."""
        if self._typed:
            self._set("")
            self._send("")

    @property
    def shown(self) -> str:
        """The open panel, for Python."""
        return self._panel

    def drop(self) -> None:
        """The page is gone or the visit is over: close, and leave no letter behind in any field."""
        self.wipe()
        self._show("")

    def _take_raw(self) -> None:
        if self._typed:
            raw = self._typed
            self._set("")
            self._send("", raw)

    def _show(self, panel: str) -> None:
        if panel != self._panel:
            self._panel = panel
            self._upper = False
            self.panelChanged.emit()
            self.changed.emit()

    def _set(self, typed: str) -> None:
        self._typed = typed
        self._found = self._engine.candidates(typed, LIMIT) if typed else []
        self._words.show([{"key": str(n), "word": one.word} for n, one in enumerate(self._found)])
        self.changed.emit()

    @staticmethod
    def _send(preedit: str, commit: str = "") -> None:
        target = QGuiApplication.focusObject()
        if target is not None:
            event = QInputMethodEvent(preedit, [])
            event.setCommitString(commit)
            QCoreApplication.sendEvent(target, event)

    def _get_panel(self) -> str:
        return self._panel

    def _get_first(self) -> str:
        return self._first_panel

    def _get_typed(self) -> str:
        return self._typed

    def _get_upper(self) -> bool:
        return self._upper

    def _get_words(self) -> Rows:
        return self._words

    panel = Property(str, _get_panel, notify=panelChanged)
    firstPanel = Property(str, _get_first, notify=panelChanged)
    typed = Property(str, _get_typed, notify=changed)
    upper = Property(bool, _get_upper, notify=changed)
    words = Property(Rows, _get_words, notify=fixedChanged)
