"""Screens are tested as they are shown: offscreen, software-rendered, by real events. Any Qt warning fails."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")
os.environ.setdefault("QT_QPA_UPDATE_IDLE_TIME", "0")
os.environ.pop("QT_IM_MODULE", None)

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from kiosk.contracts.face_camera import Frame
from kiosk.workflow.machine import Event
from ui.app import Ui, WindowSpec
from ui.bridge.ime import Engines
from ui.fonts import load_fonts
from ui.handwriting import Handwriting
from ui.parts import Parts
from ui.pilot import Pilot
from ui.pinyin.build import main as build_dictionary
from ui.pinyin.engine import Pinyin
from ui.speaker import Speaker

ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 11, 23, 10, 24)
KIOSK = WindowSpec(role="citizen", hall="示例区政务服务中心", fullscreen=False, reduced_motion=True, idle_seconds=0)
DESK = replace(KIOSK, role="window", window_name="3 号窗口", width=1920, height=1080)


@pytest.fixture(scope="session")
def qapp_cls() -> type[QGuiApplication]:
    """No widgets anywhere."""
    return QGuiApplication


@pytest.fixture(scope="session", autouse=True)
def fonts(qapp: QGuiApplication) -> None:
    """The design's three files, once."""
    load_fonts(qapp)


@pytest.fixture(scope="session")
def dictionary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real dictionary: the one of the set-up, or a fresh one."""
    built = ROOT / "build" / "pinyin.sqlite"
    if not built.exists():
        built = tmp_path_factory.mktemp("pinyin") / "pinyin.sqlite"
        assert build_dictionary(["--out", str(built)]) == 0
    return built


@dataclass
class Stand:
    """The inside's place in a screen test: keeps what was posted, shows the scenes it is given."""

    scene: Any
    posted: list[Event] = field(default_factory=list)
    _listener: Callable[[Any], None] | None = None
    _frames: Callable[[Frame], None] | None = None

    def post(self, event: Event, page: int | None = None) -> int:
        """Remember."""
        self.posted.append(event)
        return 0

    def subscribe(self, listener: Callable[[Any], None]) -> Callable[[], None]:
        """One listener, told the present scene at once."""
        self._listener = listener
        listener(self.scene)
        return lambda: setattr(self, "_listener", None)

    def on_frame(self, listener: Callable[[Frame], None]) -> Callable[[], None]:
        """One listener."""
        self._frames = listener
        return lambda: setattr(self, "_frames", None)

    def show(self, scene: Any) -> None:
        """The next scene."""
        self.scene = scene
        assert self._listener is not None
        self._listener(scene)

    def frame(self, frame: Frame) -> None:
        """A live picture."""
        assert self._frames is not None
        self._frames(frame)


@dataclass
class Shown:
    """A window on stage, with hands and eyes."""

    ui: Ui
    stand: Stand
    pilot: Pilot


Showing = Callable[..., Shown]


@pytest.fixture
def showing(dictionary: Path) -> Iterator[Showing]:
    """Put a presenter's scene on stage; closes everything and fails on any QML warning."""
    opened: list[tuple[Ui, Pinyin]] = []

    def put(
        presenter: Any,
        scene: Any,
        spec: WindowSpec = KIOSK,
        main: Path | None = None,
        *,
        writes: bool = True,
        voice: Speaker | None = None,
    ) -> Shown:
        pinyin = Pinyin(dictionary)
        stand = Stand(scene)
        engines = Engines(pinyin, Parts(), Handwriting() if writes else None)
        ui = Ui(spec, stand, presenter, engines=engines, now=lambda: NOON, main=main, speaker=voice)
        opened.append((ui, pinyin))
        if spec.role == "customer":
            ui.window.show()  # it takes no key, and waits for a place of its own
        else:
            ui.window.requestActivate()
        assert QTest.qWaitForWindowExposed(ui.window)
        pilot = Pilot(ui.window, ui.visit, ui.ime, pinyin)
        pilot.settle()
        return Shown(ui, stand, pilot)

    yield put
    for ui, pinyin in opened:
        ui.close()
        pinyin.close()
        assert not ui.warnings, ui.warnings
