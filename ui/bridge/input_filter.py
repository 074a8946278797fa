"""What the window hears before anything else: touches keep the visit alive, scanners are taken apart from typing,
and no context menu opens (it would be a window of its own)."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QWindow

from .wedge import ENDS, ETX, STX, Verdict, WedgeDetector

_TOUCHES = frozenset(
    {QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.MouseButtonPress, QEvent.Type.KeyPress}
)
_ENTER = {Qt.Key.Key_Return: "\r", Qt.Key.Key_Enter: "\r", Qt.Key.Key_Tab: "\t"}


class InputFilter(QObject):
    """Installed on one window."""

    def __init__(
        self,
        window: QWindow,
        touched: Callable[[], None],
        scanned: Callable[[str], None],
        detector: WedgeDetector | None = None,
    ) -> None:
        super().__init__(window)
        self._window, self._touched, self._scanned = window, touched, scanned
        self._detector = detector or WedgeDetector()
        self._replaying = False
        self._timer = QTimer(self)
        self._timer.setInterval(20)
        self._timer.timeout.connect(self._look)
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """True swallows the event."""
        kind = event.type()
        if kind == QEvent.Type.ContextMenu:
            return True
        if kind in _TOUCHES:
            self._touched()
        if self._replaying or not isinstance(event, QKeyEvent):
            return False
        if kind == QEvent.Type.ShortcutOverride:
            # A digit of a bar code must not be taken for a clerk's key before the burst is judged.
            taken = self._meaning(event) is not None
            if taken:
                event.accept()
            return taken
        if kind == QEvent.Type.KeyRelease:
            return self._meaning(event) is not None
        return self._key(event) if kind == QEvent.Type.KeyPress else False

    def _key(self, event: QKeyEvent) -> bool:
        meaning = self._meaning(event)
        if meaning is None:
            if event.key() not in (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt):
                self._follow(self._detector.flush())
            return False
        self._follow(self._detector.key(meaning))
        return True

    @staticmethod
    def _meaning(event: QKeyEvent) -> str | None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return STX if event.key() == Qt.Key.Key_B else None
        if event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier):
            return None
        if event.key() in _ENTER:
            return _ENTER[Qt.Key(event.key())]
        text = event.text()
        return text if len(text) == 1 and (text.isprintable() or text in (STX, ETX)) else None

    def _follow(self, verdict: Verdict) -> None:
        for text in verdict.release:
            self._replay(text)
        if verdict.code:
            self._scanned(verdict.code)
        if self._detector.waiting:
            self._timer.start()
        else:
            self._timer.stop()

    @Slot()
    def _look(self) -> None:
        self._follow(self._detector.idle())

    def _replay(self, text: str) -> None:
        key = {"\r": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab}.get(text)
        code = int(key) if key is not None else ord(text.upper()) if text.isascii() else 0
        self._replaying = True
        try:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                shown = QKeyEvent(kind, code, Qt.KeyboardModifier.NoModifier, "" if text in ENDS[2:] else text)
                QCoreApplication.sendEvent(self._window, shown)
        finally:
            self._replaying = False
