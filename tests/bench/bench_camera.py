"""What one 720p frame costs from the camera to the screen, faces found and judged, against capturing alone.

python -m tests.bench.bench_camera [SECONDS]

The virtual camera sends 15 frames a second to both. The floor is OpenCV reading and decoding them in a loop. The
whole is the face camera's driver with its process, detection, quality gates and preview, painted by the application's
own item into a window without a screen. Figures are processor time of everything on our side of the
wire, for each frame.
"""

import os
import sys
import tempfile
import threading
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickWindow

from drivers.errors import DriverError
from drivers.face_camera.driver import OpenCvFaceCamera
from drivers.face_camera.grabber import Source, _pixels
from kiosk.contracts.face_camera import Frame
from tests.drivers.conftest import Hall
from ui.bridge.preview import CameraPreview

CAMERA = "kiosk.face_camera"
TICKS = os.sysconf("SC_CLK_TCK")


class Screen(QObject):
    """The application's preview, fed across threads as in a visit."""

    came = Signal(object)

    def __init__(self, preview: CameraPreview) -> None:
        super().__init__()
        self._preview = preview
        self.shown = 0
        self.came.connect(self._show, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _show(self, frame: Frame) -> None:
        self._preview.show_frame(frame)
        self.shown += 1


def spent(pid: int | None) -> float:
    """Processor seconds of this process and of the camera's."""
    seconds = time.process_time()
    if pid is not None:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
        seconds += (int(fields[11]) + int(fields[12])) / TICKS
    return seconds


def floor(address: str, seconds: float) -> tuple[float, int]:
    """OpenCV alone: read and decode."""
    capture = Source(address, {}).open()
    frames, begin, until = 0, time.process_time(), time.monotonic() + seconds
    while time.monotonic() < until:
        good, data = capture.read()
        frames += good and _pixels(data) is not None
    used = time.process_time() - begin
    capture.release()
    return used, frames


def whole(hall: Hall, seconds: float, app: QGuiApplication) -> tuple[float, int, int]:
    """The driver and the screen."""
    window = QQuickWindow()
    window.resize(1080, 1080)
    preview = CameraPreview(window.contentItem())
    preview.setWidth(860)
    preview.setHeight(860)
    window.show()
    screen = Screen(preview)
    camera = OpenCvFaceCamera(hall.config(CAMERA, "opencv"))
    camera.open()
    looked: list[float] = []
    pids: list[int | None] = []

    def look(frame: Frame) -> None:
        if not looked:
            pids.append(camera._cameras.pid)
            begun.append(spent(pids[0]))
        looked.append(time.monotonic())
        screen.came.emit(frame)
        if looked[-1] - looked[0] > seconds:
            begun.append(spent(pids[0]))
            camera.cancel()

    begun: list[float] = []

    def sit() -> None:
        try:
            camera.capture(look, seconds * 3 + 20)
        except DriverError:
            pass
        finally:
            camera.close()

    worker = threading.Thread(target=sit)
    worker.start()
    while worker.is_alive():
        app.processEvents()
        worker.join(0.004)
    window.close()
    return begun[-1] - begun[0], len(looked) - 1, screen.shown


def main() -> int:
    """Print both and their ratio."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    app = QGuiApplication(["bench"])
    with tempfile.TemporaryDirectory() as folder:
        hall = Hall(Path(folder), {CAMERA: {"kind": "mjpeg", "address": "tcp:127.0.0.1:0"}}, {}, {})
        with hall:
            hall.hand(CAMERA, "show", scene="left")  # a face to find and judge that never gets good, so it goes on
            used, frames = floor(hall.addresses[CAMERA], seconds)
            all_used, looked, shown = whole(hall, seconds, app)
    alone, through = used / frames * 1000, all_used / looked * 1000
    print(f"capture alone        {alone:6.2f} ms of processor time a frame ({frames} frames)")
    print(f"camera to screen     {through:6.2f} ms ({looked} frames, {shown} painted)")
    print(f"ratio                {through / alone:6.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
