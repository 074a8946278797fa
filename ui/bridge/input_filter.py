"""What the window hears before anything else: touches keep the visit alive, scanners are taken apart from typing,
and no context menu opens (it would be a window of its own)."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QTouchEvent, QWindow

from .counts import Counts
from .steady import Steady
from .wedge import ETX, STX, TICK, Stroke, Verdict, WedgeDetector

_TOUCHES = frozenset(
    {QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.MouseButtonPress, QEvent.Type.KeyPress}
)
_DOWN = frozenset({QEvent.Type.TouchBegin, QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick})
_UP = frozenset({QEvent.Type.TouchEnd, QEvent.Type.TouchCancel, QEvent.Type.MouseButtonRelease})
_BETWEEN = frozenset({QEvent.Type.TouchUpdate, QEvent.Type.MouseMove})
_ENTER = {Qt.Key.Key_Return: "\r", Qt.Key.Key_Enter: "\r", Qt.Key.Key_Tab: "\t"}
_HELD_DOWN = frozenset(  # they change what other keys mean and do nothing themselves
    {
        Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta, Qt.Key.Key_Super_L,
        Qt.Key.Key_Super_R, Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_ScrollLock, Qt.Key.Key_Mode_switch,
    }
)  # fmt: skip
_TAKES_BACK = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_COMMANDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_STAMPED = frozenset({"xcb", "wayland"})  # there a key's stamp says when it was pressed, not when it was heard


class InputFilter(QObject):
    """Installed on one window."""

    def __init__(
        self,
        window: QWindow,
        touched: Callable[[], None],
        scanned: Callable[[str], None],
        detector: WedgeDetector | None = None,
        counts: Counts | None = None,
        turning: Callable[[], bool] = lambda: False,
        steady: Steady | None = None,
    ) -> None:
        """``scanned`` is told a code's text, and an empty one for a code that is not to be trusted. ``turning``: a
        page is being left; what is typed on it is dropped, what is scanned is not. ``steady``: tells the echoes of a
        trembling hand; None: a desk, where the pointer is a mouse."""
        super().__init__(window)
        self._window, self._touched, self._scanned = window, touched, scanned
        self._detector = detector or WedgeDetector()
        self._counts, self._turning, self._steady = counts, turning, steady
        self._deaf = False  # while an echo is on the glass
        self._stamped = QGuiApplication.platformName() in _STAMPED
        self._replaying = False
        self._timer = QTimer(self)
        self._timer.setInterval(round(TICK * 1000))
        self._timer.timeout.connect(self._look)
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """True swallows the event."""
        kind = event.type()
        if kind == QEvent.Type.ContextMenu:
            return True
        if kind in _TOUCHES:
            self._touched()
        if self._steady is not None and self._is_echo(event, self._steady):
            event.accept()
            return True
        if kind in _TOUCHES:
            self._count(event)
        if self._replaying or not isinstance(event, QKeyEvent):
            return False
        if kind == QEvent.Type.ShortcutOverride:
            # A digit of a bar code must not be taken for a clerk's key before the burst is judged.
            taken = self._stroke(event) is not None
            if taken:
                event.accept()
            return taken
        if kind == QEvent.Type.KeyRelease:
            return self._stroke(event) is not None
        return self._key(event) if kind == QEvent.Type.KeyPress else False

    def _is_echo(self, event: QEvent, steady: Steady) -> bool:
        """Whether the event is of a finger that trembles, from where it comes down to where it goes."""
        kind = event.type()
        if kind in _DOWN:
            assert isinstance(event, QTouchEvent | QMouseEvent)
            at = event.points()[0].position()
            self._deaf = steady.came_down(at.x(), at.y())
            return self._deaf
        if kind in _UP:
            deaf, self._deaf = self._deaf, False
            if not deaf:
                steady.went_up()
            return deaf
        return self._deaf and kind in _BETWEEN

    def _count(self, event: QEvent) -> None:
        """A finger counts when it comes down, a key when it turns out to be typing; what a scanner sends does not."""
        if self._counts is None:
            return
        if isinstance(event, QMouseEvent):
            if event.source() == Qt.MouseEventSource.MouseEventNotSynthesized:
                self._counts.tapped()
        elif event.type() == QEvent.Type.TouchBegin:
            self._counts.tapped()
        elif self._replaying and isinstance(event, QKeyEvent):
            self._counts.typed(by_touch=False, back=event.key() in _TAKES_BACK)

    def _key(self, event: QKeyEvent) -> bool:
        stroke = self._stroke(event)
        if stroke is None:
            if event.key() not in _HELD_DOWN:
                self._follow(self._detector.flush())
            return self._turning()
        stamp = event.timestamp() / 1000 if self._stamped else 0.0
        self._follow(self._detector.key(stroke, stamp))
        return True

    def _stroke(self, event: QKeyEvent) -> Stroke | None:
        """What the detector judges; None for what passes: keys that are held down, keys that repeat by themselves
        because somebody leans on them, and text that another input method has written."""
        key, text = event.key(), event.text()
        if key in _HELD_DOWN or (not key and not text):
            return None
        if event.modifiers() & _COMMANDING:
            return self._control(event)
        if key in _ENTER:
            return Stroke(_ENTER[Qt.Key(key)], key)
        if text in (STX, ETX) or (len(text) == 1 and text.isprintable()):
            return Stroke(text, key, event.modifiers().value)
        if event.isAutoRepeat() or len(text) > 1:
            return None
        return Stroke("", key, event.modifiers().value)

    def _control(self, event: QKeyEvent) -> Stroke:
        """Scanners type STX and ETX as Ctrl+B and Ctrl+C, too."""
        if event.modifiers() & _COMMANDING == Qt.KeyboardModifier.ControlModifier:
            if event.key() == Qt.Key.Key_B:
                return Stroke(STX)
            if event.key() == Qt.Key.Key_C and self._detector.prefixed:
                return Stroke(ETX)
        return Stroke("", event.key(), event.modifiers().value)

    def _follow(self, verdict: Verdict) -> None:
        for stroke in verdict.release:
            self._replay(stroke)
        if verdict.code or verdict.spoilt:
            self._scanned(verdict.code or "")
        if self._detector.waiting:
            if not self._timer.isActive():
                self._timer.start()
        else:
            self._timer.stop()

    @Slot()
    def _look(self) -> None:
        self._follow(self._detector.tick())

    def _replay(self, stroke: Stroke) -> None:
        if self._turning():
            return
        self._replaying = True
        text = "" if stroke.text == "\t" else stroke.text  # Tab moves on; as a character it would be written
        try:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                shown = QKeyEvent(kind, stroke.key, Qt.KeyboardModifier(stroke.modifiers), text)
                QCoreApplication.sendEvent(self._window, shown)
        finally:
            self._replaying = False
