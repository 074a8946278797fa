"""The words as QML sees them: a language that can change in the middle of a visit."""

from typing import Any

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

from ui.words import Words

from .lend import QVariant, lent, plain

QML_IMPORT_NAME = "Bridge"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlSingleton
class Spoken(QObject):
    """The present language. QML takes words through Design's ``Say``, whose bindings follow ``language``."""

    languageChanged = Signal()

    def __init__(self, parent: QObject, language: str = "zh") -> None:
        super().__init__(parent)
        self._home = Words(language)
        self._words = self._home

    @staticmethod
    def create(engine: Any) -> "Spoken":
        """Called by Qt: the instance lent to this engine."""
        return lent(engine, Spoken)

    @property
    def words(self) -> Words:
        """The words of the present language, for viewmodels."""
        return self._words

    @Slot()
    def toggle(self) -> None:
        """The help bar's English / 中文."""
        self._words = self._words.other()
        self.languageChanged.emit()

    def reset(self) -> None:
        """Back to the terminal's language for the next person."""
        if self._words.language != self._home.language:
            self._words = self._home
            self.languageChanged.emit()

    @Slot(str, str, QVariant, result=str)
    def text(self, language: str, key: str, arguments: Any) -> str:
        """The sentence; ``language`` is passed so that a binding depends on it."""
        return Words(language).say(key, **(plain(arguments) or {}))

    def _get_language(self) -> str:
        return self._words.language

    language = Property(str, _get_language, notify=languageChanged)
