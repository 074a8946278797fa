"""The voice: reads the page's question aloud through a child process, one sentence set at a time.

Speaks while ``Look.aloud`` is on. A new page silences the old one; so do the end of a visit and the key 停止朗读. A
program that hangs is ended at its deadline. Nothing here waits; only ``close`` does, at the end of the application.
"""

from typing import Any

from PySide6.QtCore import Property, QObject, QProcess, QTimer, Signal, Slot
from PySide6.QtQml import QmlElement, QmlSingleton

from ui.speaker import VOLUMES, Speaker, deadline

from .lend import lent
from .look import Look

QML_IMPORT_NAME = "Bridge"
QML_IMPORT_MAJOR_VERSION = 1

_USUAL_VOLUME = 1
_GOING_MS = 2000


@QmlElement
@QmlSingleton
class Voice(QObject):
    """``slow`` and ``volume`` (0–2) are the person's; both go back at the end of the visit."""

    changed = Signal()
    finished = Signal(bool)  # a sentence set ended by itself; whether it was spoken to its end

    def __init__(self, parent: QObject, look: Look, speaker: Speaker | None) -> None:
        super().__init__(parent)
        self._look, self._speaker = look, speaker
        self._sentences: tuple[str, ...] = ()
        self._language = "zh"
        self._slow, self._volume = False, _USUAL_VOLUME
        self._process: QProcess | None = None
        self._deadline = QTimer(self)
        self._deadline.setSingleShot(True)
        self._deadline.timeout.connect(self.stop)
        look.aloudChanged.connect(self._turned)

    @staticmethod
    def create(engine: Any) -> "Voice":
        """Called by Qt: the instance lent to this engine."""
        return lent(engine, Voice)

    def show(self, sentences: tuple[str, ...], language: str) -> None:
        """What the present screen asks, already free of anything personal; spoken if it is new."""
        if (sentences, language) != (self._sentences, self._language):
            self._sentences, self._language = sentences, language
            self._turned()

    @Slot()
    def again(self) -> None:
        """再听一遍."""
        self.stop()
        if self._speaker is None or not self._sentences:
            return
        text = "\n".join(self._sentences)
        command = self._speaker.command(self._language, slow=self._slow, volume=self._volume)
        self._process = process = QProcess(self)
        process.setStandardOutputFile(QProcess.nullDevice())
        process.setStandardErrorFile(QProcess.nullDevice())
        process.finished.connect(self._ended)
        process.start(command[0], command[1:])
        process.write(text.encode())
        process.closeWriteChannel()
        self._deadline.start(int(deadline(text, self._language) * 1000))

    @Slot()
    def stop(self) -> None:
        """Silence, at once."""
        self._deadline.stop()
        process, self._process = self._process, None
        if process is not None:
            process.finished.disconnect(self._ended)
            process.finished.connect(process.deleteLater)
            process.kill()

    @Slot()
    def nextSpeed(self) -> None:
        """慢一点, and back to the usual speed; the sentence begins anew."""
        self._slow = not self._slow
        self.changed.emit()
        self._turned()

    @Slot()
    def nextVolume(self) -> None:
        """One step louder; from the loudest to the quietest."""
        self._volume = (self._volume + 1) % len(VOLUMES)
        self.changed.emit()
        self._turned()

    def reset(self) -> None:
        """The visit is over: silence, usual speed and volume, no sentence kept."""
        self.stop()
        self._sentences = ()
        self._slow, self._volume = False, _USUAL_VOLUME
        self.changed.emit()

    def close(self) -> None:
        """The application ends: no child is left behind."""
        self.stop()
        for process in self.findChildren(QProcess):
            process.waitForFinished(_GOING_MS)

    @Slot()
    def _turned(self) -> None:
        if self._look.property("aloud"):
            self.again()
        else:
            self.stop()

    @Slot(int, QProcess.ExitStatus)
    def _ended(self, code: int, status: QProcess.ExitStatus) -> None:
        self._deadline.stop()
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
        self.finished.emit(code == 0 and status is QProcess.ExitStatus.NormalExit)

    def _get_slow(self) -> bool:
        return self._slow

    def _get_volume(self) -> int:
        return self._volume

    slow = Property(bool, _get_slow, notify=changed)
    volume = Property(int, _get_volume, notify=changed)
