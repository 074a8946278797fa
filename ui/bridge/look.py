"""How everything looks at the moment: text size, metrics, contrast, reach, motion, voice. Reset after every visit."""

from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

from .lend import lent

QML_IMPORT_NAME = "Bridge"
QML_IMPORT_MAJOR_VERSION = 1

SIZES = (1.0, 1.4, 1.8)


@QmlElement
@QmlSingleton
class Look(QObject):
    """Text size 1.0 · 1.4 大字 · 1.8 特大; ``desk`` picks the clerk's metrics."""

    scaleChanged = Signal()
    contrastChanged = Signal()
    lowChanged = Signal()
    aloudChanged = Signal()
    stillChanged = Signal()
    fixedChanged = Signal()  # never emitted after the start

    def __init__(
        self,
        parent: QObject,
        *,
        desk: bool = False,
        reduced: bool = False,
        speaks: bool = False,
        training: bool = False,
    ) -> None:
        super().__init__(parent)
        self._desk, self._reduced, self._speaks, self._training = desk, reduced, speaks, training
        self._size = 0
        self._contrast = self._aloud = self._low = False

    @staticmethod
    def create(engine: Any) -> "Look":
        """Called by Qt: the instance lent to this engine."""
        return lent(engine, Look)

    @Slot()
    def nextSize(self) -> None:
        """The help bar's 大字: one step up, from the largest back to standard. Whoever first asks for large text is
        also read to; the voice can be silenced by itself."""
        self._size = (self._size + 1) % len(SIZES)
        self.scaleChanged.emit()
        self.stillChanged.emit()
        if self._size != len(SIZES) - 1:
            self.setAloud(self._size > 0)

    @Slot(bool)
    def setContrast(self, on: bool) -> None:
        """High contrast on or off."""
        self._contrast = on
        self.contrastChanged.emit()

    @Slot(bool)
    def setLow(self, on: bool) -> None:
        """Everything that is touched within the lower 40 % of an upright panel, for whoever sits or is short."""
        self._low = on
        self.lowChanged.emit()

    @Slot(bool)
    def setAloud(self, on: bool) -> None:
        """Read every screen aloud, where this terminal has a voice."""
        self._aloud = on and self._speaks
        self.aloudChanged.emit()
        self.stillChanged.emit()

    def reset(self) -> None:
        """Back to the terminal's own look for the next person."""
        self._size = 0
        self._contrast = self._aloud = self._low = False
        self.scaleChanged.emit()
        self.stillChanged.emit()
        self.contrastChanged.emit()
        self.lowChanged.emit()
        self.aloudChanged.emit()

    @property
    def large(self) -> bool:
        """大字 or 特大, for Python."""
        return self._size > 0

    def _get_scale(self) -> float:
        return SIZES[self._size]

    def _get_desk(self) -> bool:
        return self._desk

    def _get_contrast(self) -> bool:
        return self._contrast

    def _get_low(self) -> bool:
        return self._low

    def _get_still(self) -> bool:
        return self._reduced or self._size > 0 or self._aloud

    def _get_aloud(self) -> bool:
        return self._aloud

    def _get_speaks(self) -> bool:
        return self._speaks

    def _get_training(self) -> bool:
        return self._training

    scale = Property(float, _get_scale, notify=scaleChanged)
    desk = Property(bool, _get_desk, notify=fixedChanged)
    contrast = Property(bool, _get_contrast, notify=contrastChanged)
    low = Property(bool, _get_low, notify=lowChanged)
    still = Property(bool, _get_still, notify=stillChanged)
    aloud = Property(bool, _get_aloud, notify=aloudChanged)
    speaks = Property(bool, _get_speaks, notify=fixedChanged)
    training = Property(bool, _get_training, notify=fixedChanged)
