"""The on-screen keyboard's other half: what is typed or drawn becomes preedit, a candidate becomes text in the field
that has focus.

One engine for each way of writing, all behind one interface. Nothing is learned and nothing stays: every page change
wipes what is being composed, every end of a visit what the engines were asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Property, QCoreApplication, QEvent, QMetaObject, QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent
from PySide6.QtQml import QmlElement, QmlSingleton

from ui.engines import Candidate, Engine, Stroke, Strokes

from .counts import Counts
from .lend import QVariant, lent, plain
from .rows import Rows

QML_IMPORT_NAME = "Bridge"
QML_IMPORT_MAJOR_VERSION = 1

LIMIT = 60
WRITTEN_LIMIT = 10  # all of them stand in the strip


@dataclass(frozen=True, slots=True)
class Engines:
    """The ways of writing that this terminal has; None: its key is not shown."""

    pinyin: Engine[str]
    parts: Engine[str] | None = None
    handwriting: Engine[Strokes] | None = None


@QmlElement
@QmlSingleton
class Ime(QObject):
    """``panel`` is "" while closed, else pinyin | latin | write | parts | symbols | digits | id | code | phone |
    amount."""

    changed = Signal()
    panelChanged = Signal()
    fixedChanged = Signal()

    def __init__(self, parent: QObject, engines: Engines, counts: Counts | None = None) -> None:
        super().__init__(parent)
        self._counts = counts
        self._engines = engines
        self._lettered: Mapping[str, Engine[str]] = {
            "pinyin": engines.pinyin,
            **({"parts": engines.parts} if engines.parts else {}),
        }
        self._panel = self._first_panel = ""
        self._typed = ""
        self._strokes: list[Stroke] = []
        self._upper = False
        self._found: list[Candidate] = []
        self._words = Rows(self)

    @staticmethod
    def create(engine: Any) -> "Ime":
        """Called by Qt: the instance lent to this engine."""
        return lent(engine, Ime)

    # --- which face ---
    @Slot(str)
    def open(self, panel: str) -> None:
        """A field got the focus and says what is typed there."""
        self._leave()
        self._first_panel = panel
        self._show(panel)

    @Slot()
    def close(self) -> None:
        """收起: letters that were not chosen stay as they were typed."""
        self._leave()
        self._show("")

    @Slot(str)
    def turn(self, panel: str) -> None:
        """手写, 部件, 符号, 123, 中/英 and back."""
        self._leave()
        self._show(panel)

    # --- what is given ---
    @Slot()
    def shift(self) -> None:
        """Capitals for the next letter."""
        self._upper = not self._upper
        self.changed.emit()

    @Slot(str)
    def key(self, text: str) -> None:
        """A key with a character."""
        self._count()
        if self._panel in self._lettered and text.isascii() and text.isalpha():
            self._set(self._typed + text)
            self._send(self._typed)
            return
        self._leave()
        self._send("", text.upper() if self._upper else text)
        if self._upper:
            self.shift()

    @Slot(QVariant)
    def stroke(self, points: Any) -> None:
        """The finger lifted: one more stroke, as [x, y] in the pad's units. What it may be is there at once."""
        line = tuple((float(x), float(y)) for x, y in plain(points))
        if line and self._panel == "write":
            self._draw([*self._strokes, line])

    @Slot()
    def undo(self) -> None:
        """撤一笔: the last stroke."""
        if self._strokes:
            self._draw(self._strokes[:-1])

    @Slot()
    def space(self) -> None:
        """The first candidate, or a blank where none is offered."""
        self._count()
        if self._found:
            self._take(0)
        elif self._typed:
            self._leave()
        else:
            self._send("", " ")

    @Slot()
    def back(self) -> None:
        """⌫: the last letter, the character being written, or the character before the caret."""
        self._count(back=True)
        if self._typed:
            self._set(self._typed[:-1])
            self._send(self._typed)
            return
        if self._strokes:
            self._draw([])
            return
        target = QGuiApplication.focusObject()
        if target is not None:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier)
                QCoreApplication.sendEvent(target, event)

    @Slot()
    def clear(self) -> None:
        """清空: what is being composed, or else everything in the field."""
        self._count(back=True)
        target = QGuiApplication.focusObject()
        if self._typed or self._strokes:
            self.wipe()
        elif target is not None:
            QMetaObject.invokeMethod(target, "clear")

    @Slot(int)
    def choose(self, index: int) -> None:
        """A candidate was tapped; letters that it did not use stay to be chosen."""
        self._count()
        self._take(index)

    def _take(self, index: int) -> None:
        if not 0 <= index < len(self._found):
            return
        word, rest = self._found[index].word, self._typed[self._found[index].used :]
        self._strokes = []
        self._set(rest)
        self._send(rest, word)

    # --- forgetting ---
    @Slot()
    def wipe(self) -> None:
        """Forget what is being composed without leaving it in the field."""
        if self._typed or self._strokes:
            self._strokes = []
            self._set("")
            self._send("")

    @property
    def shown(self) -> str:
        """The open panel, for Python."""
        return self._panel

    @Slot()
    def drop(self) -> None:
        """The page is gone: close, and leave no letter behind in any field."""
        self.wipe()
        self._show("")

    def forget(self) -> None:
        """The visit is over: the engines lose what they were asked."""
        self.drop()
        for engine in (self._engines.pinyin, self._engines.parts, self._engines.handwriting):
            if engine is not None:
                engine.forget()

    # --- inside ---
    def _count(self, *, back: bool = False) -> None:
        if self._counts is not None:
            self._counts.typed(by_touch=True, back=back)

    def _leave(self) -> None:
        """What stands in the field unchosen stays there: letters as typed, a drawing as its first reading. Only the
        names of parts mean nothing by themselves."""
        if not self._typed and not self._strokes:
            return
        if self._strokes:
            stays = self._found[0].word if self._found else ""
        else:
            stays = "" if self._panel == "parts" else self._typed
        self._strokes = []
        self._set("")
        self._send("", stays)

    def _show(self, panel: str) -> None:
        if panel != self._panel:
            self._panel = panel
            self._upper = False
            self.panelChanged.emit()
            self.changed.emit()

    def _set(self, typed: str) -> None:
        self._typed = typed
        engine = self._lettered.get(self._panel)
        self._offer(engine.candidates(typed, LIMIT) if typed and engine else [])

    def _draw(self, strokes: list[Stroke]) -> None:
        self._strokes = strokes
        engine = self._engines.handwriting
        self._offer(engine.candidates(strokes, WRITTEN_LIMIT) if strokes and engine else [])
        self._send(self._found[0].word if self._found else "")

    def _offer(self, found: list[Candidate]) -> None:
        self._found = found
        self._words.show([{"key": str(n), "word": one.word} for n, one in enumerate(found)])
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

    def _get_ink(self) -> str:
        return "".join(
            f"M{line[0][0]:.0f} {line[0][1]:.0f}l0.1 0" + "".join(f"L{x:.0f} {y:.0f}" for x, y in line[1:])
            for line in self._strokes
        )

    def _get_upper(self) -> bool:
        return self._upper

    def _get_words(self) -> Rows:
        return self._words

    def _get_writes(self) -> bool:
        return self._engines.handwriting is not None

    def _get_parts(self) -> bool:
        return self._engines.parts is not None

    panel = Property(str, _get_panel, notify=panelChanged)
    firstPanel = Property(str, _get_first, notify=panelChanged)
    typed = Property(str, _get_typed, notify=changed)
    ink = Property(str, _get_ink, notify=changed)  # the strokes as an SVG path, in the pad's units
    upper = Property(bool, _get_upper, notify=changed)
    words = Property(Rows, _get_words, notify=fixedChanged)
    writes = Property(bool, _get_writes, notify=fixedChanged)
    takesApart = Property(bool, _get_parts, notify=fixedChanged)
