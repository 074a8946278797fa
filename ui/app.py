"""The application on the glass: one QGuiApplication, one engine, the adapters, one window, and how it all ends.

The inside is a session that speaks in scenes and takes events; what kind of terminal this is decides the presenter
and the main QML file. Nothing of the assembly is known here.
"""

import os
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSocketNotifier, QTimer, QUrl, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow

from ui.bridge.around import Around, SessionPort
from ui.bridge.counts import Counts
from ui.bridge.drawing import DrawingProvider
from ui.bridge.idle import Patience
from ui.bridge.ime import Engines, Ime
from ui.bridge.input_filter import InputFilter
from ui.bridge.lend import lend
from ui.bridge.look import Look
from ui.bridge.qr import QrProvider
from ui.bridge.visit import Visit
from ui.bridge.voice import Voice
from ui.bridge.words import Spoken
from ui.engines import Candidate
from ui.fonts import FontsMissingError, load_fonts
from ui.handwriting import Handwriting, HandwritingMissingError
from ui.parts import Parts
from ui.pinyin.engine import DictionaryMissingError, Pinyin
from ui.second_screen import SecondScreen
from ui.speaker import Speaker, speaker
from ui.viewmodels.page import Presenter

QML = Path(__file__).parent / "qml"
_MAINS = {
    "citizen": "MainCitizen.qml",
    "window": "MainWindow.qml",
    "wall": "MainWall.qml",
    "customer": "MainCustomer.qml",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowSpec:
    """What this terminal's screen is. ``zoom`` shrinks the whole window, for showing a panel on a smaller screen."""

    role: str  # citizen | window | wall | customer (the second screen of a window)
    hall: str
    window_name: str = ""
    width: int = 1080
    height: int = 1920
    fullscreen: bool = True
    zoom: float = 1.0
    language: str = "zh"
    reduced_motion: bool = False
    training: bool = False
    idle_seconds: int = 120  # 0: never times out
    warning_seconds: int = 30
    dictionary: Path | None = None  # pinyin; None where there is no on-screen keyboard
    handwriting: Path | None = None  # the recogniser's model; None where nobody writes with the finger
    voice: bool = False  # read aloud, where this machine can
    pilot_fd: int | None = None  # only heard while training


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The citizen's screen of a window (柜外屏): a window of its own in the same process. ``screen`` is the name of
    the output on which it stands; empty: whichever the clerk's window does not stand on."""

    spec: WindowSpec
    session: SessionPort
    presenter: Presenter
    screen: str = ""


class UiError(Exception):
    """The screen cannot start: one line for the person who set it up."""


_SLIDES = 28  # pixels, some 7 mm on the panel, that a finger may slide before it swipes; Qt's 10 are for a mouse


class Ui:
    """Owns engine, adapters and window, from the first to the last frame."""

    def __init__(
        self,
        spec: WindowSpec,
        session: SessionPort,
        presenter: Presenter,
        *,
        engines: Engines,
        now: Callable[[], datetime],
        main: Path | None = None,
        speaker: Speaker | None = None,
        counts: Counts | None = None,
    ) -> None:
        desk = spec.role == "window"
        self.warnings: list[str] = []
        self.pinyin = engines.pinyin
        self.engine = QQmlApplicationEngine()
        self.look = Look(
            self.engine,
            desk=desk,
            reduced=spec.reduced_motion,
            speaks=speaker is not None,
            training=spec.training,
        )
        self.spoken = Spoken(self.engine, spec.language)
        self.ime = Ime(self.engine, engines, counts)
        self.voice = Voice(self.engine, self.look, speaker)
        patience = Patience(spec.idle_seconds, spec.warning_seconds) if spec.idle_seconds else None
        around = Around(spec.hall, now, patience, spec.window_name)
        self.visit = Visit(self.engine, session, presenter, around, self.look, self.spoken, self.ime, self.voice)
        for adapter in (self.look, self.spoken, self.ime, self.voice, self.visit):
            lend(self.engine, adapter)
        self._pictures = {"qr": QrProvider(), "drawing": DrawingProvider()}
        for name, provider in self._pictures.items():
            self.engine.addImageProvider(name, provider)
        self.engine.warnings.connect(self._note)
        self.engine.addImportPath(str(QML))
        file = main or QML / _MAINS[spec.role]
        self.look.setAloud(spec.role == "wall")  # calls are for everybody; nobody has to ask for them
        size = {"width": spec.width, "height": spec.height} if spec.width else {}
        if spec.role != "customer":  # that one is shown where its screen is, see ui.second_screen
            size |= {"visibility": 5 if spec.fullscreen else 2}
        self.engine.setInitialProperties(size)
        self.engine.load(QUrl.fromLocalFile(str(file)))
        roots = self.engine.rootObjects()
        if not roots or not isinstance(roots[0], QQuickWindow):
            raise UiError("; ".join(self.warnings) or f"{file.name} was not loaded")
        self.window = roots[0]
        if spec.role == "citizen":
            QGuiApplication.styleHints().setStartDragDistance(_SLIDES)
        steady = self.visit.steady if spec.role in ("citizen", "customer") else None
        self._filter = InputFilter(
            self.window, self.visit.touched, self._scanned, counts=counts, turning=lambda: self.visit.turning,
            steady=steady,
        )  # fmt: skip
        self.visit.start()

    def _scanned(self, code: str) -> None:
        self.visit.act("scanned", {"text": code})

    def _note(self, warnings: list[Any]) -> None:
        self.warnings += [one.toString() for one in warnings]

    def close(self) -> None:
        """Window, then engine with everything it owns; nothing of the person is left on the way."""
        self.visit.stop()
        self.voice.close()
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.engine.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def prepare(spec: WindowSpec) -> QGuiApplication:
    """The one QGuiApplication, with a fixed argument list (no platform or debugger by argument)."""
    os.environ.setdefault("QT_QUICK_BACKEND", "software")
    os.environ.setdefault("LANG", "C.UTF-8")
    os.environ.pop("QT_IM_MODULE", None)
    if spec.zoom != 1.0:
        os.environ["QT_SCALE_FACTOR"] = str(spec.zoom)
    app = QGuiApplication.instance() or QGuiApplication(["kiosk"])
    assert isinstance(app, QGuiApplication)
    load_fonts(app)
    return app


def run(
    spec: WindowSpec,
    session: SessionPort,
    presenter: Presenter,
    *,
    now: Callable[[], datetime],
    on_ready: Callable[[], None] | None = None,
    main: Path | None = None,
    counts: Counts | None = None,
    beside: Beside | None = None,
) -> int:
    """Show the terminal until it is told to stop; the exit code is for the shell. Blocks the main thread."""
    try:
        app = prepare(spec)
        ui = Ui(
            spec,
            session,
            presenter,
            engines=_engines(spec),
            now=now,
            main=main,
            speaker=_speaker(spec),
            counts=counts,
        )
        own = _customers(beside, now)
    except (FontsMissingError, DictionaryMissingError, UiError) as error:
        print(f"kiosk: {error}", file=sys.stderr)  # noqa: T201
        return 2
    second = None
    if own is not None and beside is not None:
        second = SecondScreen(ui.window, own.window, beside.screen, fullscreen=beside.spec.fullscreen)
    ending = Ending(app)
    notifier = Notifier(ui.window, on_ready)
    pilot = None
    if spec.training and spec.pilot_fd is not None:
        from ui.pilot_port import serve

        pilot = serve(ui, spec.pilot_fd, own)
    code = app.exec()
    if pilot is not None:
        pilot.stop()
    notifier.stop()
    ending.stop()
    if own is not None and second is not None:
        second.stop()
        own.close()
    ui.close()
    return code


def _customers(beside: Beside | None, now: Callable[[], datetime]) -> Ui | None:
    if beside is None:
        return None
    return Ui(beside.spec, beside.session, beside.presenter, engines=Engines(NoPinyin()), now=now)


def _engines(spec: WindowSpec) -> Engines:
    """Pinyin must be there; handwriting is a key less where it is not, and the doctor says so."""
    if spec.dictionary is None:
        return Engines(NoPinyin())
    handwriting = None
    if spec.handwriting is not None:
        try:
            handwriting = Handwriting(spec.handwriting)
        except HandwritingMissingError:
            handwriting = None
    return Engines(Pinyin(spec.dictionary), Parts(), handwriting)


def _speaker(spec: WindowSpec) -> Speaker | None:
    found = speaker() if spec.voice else ""
    return found if isinstance(found, Speaker) else None


class NoPinyin:
    """Where a real keyboard stands on the desk."""

    def candidates(self, given: str, limit: int) -> list[Candidate]:  # noqa: ARG002
        """None."""
        return []

    def forget(self) -> None:
        """Nothing was kept."""


class Ending(QObject):
    """SIGTERM and SIGINT quit the event loop, and only from the loop itself.

    To quit closes every window. A signal's handler runs wherever Python happens to be, which may be in the middle of
    a frame: a window that is closed there is gone before the frame has ended, and the process with it.
    """

    def __init__(self, app: QGuiApplication) -> None:
        super().__init__(app)
        self._app = app
        self._read, self._write = socket.socketpair()
        self._write.setblocking(False)
        self._before = signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
        self._handlers = {number: signal.signal(number, self._heard) for number in (signal.SIGTERM, signal.SIGINT)}
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)

    def _heard(self, *_: object) -> None:
        """Nothing: the byte that the interpreter writes for every signal brings it to the loop."""

    @Slot()
    def _woken(self) -> None:
        if not self._handlers.keys().isdisjoint(self._read.recv(16)):
            self._app.quit()

    def stop(self) -> None:
        """Put the signal handlers back."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._before)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._read.close()
        self._write.close()


class Notifier(QObject):
    """Tells systemd: ready with the first frame, alive from the GUI thread ever after."""

    def __init__(self, window: QQuickWindow, on_ready: Callable[[], None] | None) -> None:
        super().__init__(window)
        self._on_ready = on_ready
        self._window = window
        self._first = True
        window.frameSwapped.connect(self._shown)
        self._timer = QTimer(self)
        self._timer.setInterval(max(1000, int(os.environ.get("WATCHDOG_USEC", "15000000")) // 3000))
        self._timer.timeout.connect(self._alive)

    @Slot()
    def _shown(self) -> None:
        if not self._first:
            return
        self._first = False
        self._window.frameSwapped.disconnect(self._shown)
        sd_notify("READY=1")
        self._timer.start()
        if self._on_ready is not None:
            self._on_ready()

    @Slot()
    def _alive(self) -> None:
        sd_notify("WATCHDOG=1")

    def stop(self) -> None:
        """The end is meant."""
        self._timer.stop()
        sd_notify("STOPPING=1")


def sd_notify(message: str) -> None:
    """One datagram to the service manager, where there is one."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as out:
        out.sendto(message.encode(), "\0" + address[1:] if address[0] == "@" else address)
