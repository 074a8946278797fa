"""How everything looks at the moment: text size, metrics, contrast, motion, voice. Reset after every visit."""

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
        self._contrast = self._aloud = False

    @staticmethod
    def create(engine: Any) -> "Look":
        """Called by Qt: the instance lent to this engine."""
        return lent(engine, Look)

    @Slot()
    def nextSize(self) -> None:
        """The help bar's 大字: one step up, from the largest back to standard."""
        self._size = (self._size + 1) % len(SIZES)
        self.scaleChanged.emit()
        self.stillChanged.emit()

    @Slot(bool)
    def setContrast(self, on: bool) -> None:
        """High contrast on or off."""
        self._contrast = on
        self.contrastChanged.emit()

    @Slot(bool)
    def setAloud(self, on: bool) -> None:
        """Read every screen aloud, where this terminal has a voice."""
        self._aloud = on and self._speaks
        self.aloudChanged.emit()
        self.stillChanged.emit()

    def reset(self) -> None:
        """Back to the terminal's own look for the next person."""
        self._size = 0
        self._contrast = self._aloud = False
        self.scaleChanged.emit()
        self.stillChanged.emit()
        self.contrastChanged.emit()
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
    still = Property(bool, _get_still, notify=stillChanged)
    aloud = Property(bool, _get_aloud, notify=aloudChanged)
    speaks = Property(bool, _get_speaks, notify=fixedChanged)
    training = Property(bool, _get_training, notify=fixedChanged)
