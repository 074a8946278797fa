"""``python -m ui.dev_dock --control tcp:HOST:PORT --platform http://HOST:PORT``: a panel of hands for training.

Lays virtual cards, opens covers, takes paper away, changes the network's weather and the offices' clock. A program of
its own, so that a terminal never carries it; marked 演示环境 where nobody can miss it.
"""

import argparse
import os
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QUrl
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from ui.app import QML, Ending, UiError, WindowSpec, prepare
from ui.bench_line import LineError
from ui.bridge.dock import Dock
from ui.bridge.drawing import DrawingProvider
from ui.bridge.lend import lend
from ui.bridge.look import Look
from ui.bridge.words import Spoken
from ui.fonts import FontsMissingError
from ui.moment import pass_by

SPEC = WindowSpec(role="window", hall="", fullscreen=False, training=True)


class DevDock:
    """The panel's window with its engine; needs a QGuiApplication with the fonts loaded."""

    def __init__(self, control: str, platform: str, language: str = "zh") -> None:
        self.warnings: list[str] = []
        self.engine = QQmlApplicationEngine()
        self.spoken = Spoken(self.engine, language)
        self._drawings = DrawingProvider()
        self.engine.addImageProvider("drawing", self._drawings)
        self.dock = Dock(self.engine, control, platform, self.spoken.words)
        for adapter in (Look(self.engine, desk=True, training=True), self.spoken, self.dock):
            lend(self.engine, adapter)
        self.engine.warnings.connect(self._note)
        self.engine.addImportPath(str(QML))
        self.engine.load(QUrl.fromLocalFile(str(QML / "MainDock.qml")))
        roots = self.engine.rootObjects()
        if not roots or not isinstance(roots[0], QQuickWindow):
            self.dock.stop()
            raise UiError("; ".join(self.warnings) or "MainDock.qml was not loaded")
        self.window = roots[0]

    def _note(self, warnings: list[object]) -> None:
        self.warnings += [one.toString() for one in warnings]  # type: ignore[attr-defined]

    def close(self) -> None:
        """Worker, window, engine."""
        self.dock.stop()
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.engine.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def main(arguments: list[str] | None = None) -> int:
    """Show the panel until it is closed."""
    parser = argparse.ArgumentParser(description="Virtual devices, network weather and clock for training")
    parser.add_argument("--control", default="", help="control channel of the bench: tcp:HOST:PORT")
    parser.add_argument("--platform", default="", help="reference platform: http://HOST:PORT")
    parser.add_argument("--language", choices=("zh", "en"), default="zh")
    parser.add_argument("--picture", type=Path, help="write a picture after two seconds and end")
    chosen = parser.parse_args(arguments)
    if chosen.picture:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        app = prepare(SPEC)
        dock = DevDock(chosen.control, chosen.platform, chosen.language)
    except (FontsMissingError, UiError, LineError) as error:
        print(f"dock: {error}", file=sys.stderr)  # noqa: T201
        return 2
    if chosen.picture:
        pass_by(2000)
        dock.window.grabWindow().save(str(chosen.picture))
        dock.close()
        return 0
    ending = Ending(app)
    code = app.exec()
    ending.stop()
    dock.close()
    return code


if __name__ == "__main__":
    sys.exit(main())
