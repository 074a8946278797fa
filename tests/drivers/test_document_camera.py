"""The camera over the desk before papers as they are put down: hints, the page, and everything that goes wrong."""

import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from drivers.conformance import SUITE, silence_is_noticed
from drivers.document_camera.driver import OpenCvDocumentCamera
from drivers.errors import DriverError
from drivers.trial import Subject
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind, DeviceState
from kiosk.contracts.document_camera import PageHint, PageView
from kiosk.faults import FaultCode

from .conftest import Bench, Hall

pytestmark = pytest.mark.processes

CAMERA = "window.document_camera"
LONG = 60.0


@pytest.fixture(scope="module")
def hall(module_bench: Bench) -> Hall:
    return module_bench({CAMERA: {"kind": "desk_camera", "address": "tcp:127.0.0.1:0"}})


@pytest.fixture
def camera(hall: Hall) -> Iterator[OpenCvDocumentCamera]:
    hall.hand(CAMERA, "clear")
    device = OpenCvDocumentCamera(hall.config(CAMERA, "opencv"))
    device.open()
    yield device
    device.close()
    hall.hand(CAMERA, "thaw")
    hall.hand(CAMERA, "plug")


def nobody_looks(view: PageView) -> None:
    """A preview that shows nothing."""


def fault(camera: OpenCvDocumentCamera, timeout: float = LONG) -> DriverError:
    with pytest.raises(DriverError) as error:
        camera.take_page(nobody_looks, timeout)
    return error.value


@pytest.mark.parametrize(
    ("paper", "how", "shape"),
    [
        ("letter", "flat", 640 / 480),
        ("letter", "askew", 1.3),
        ("licence", "flat", 610 / 850),
        ("card", "flat", 270 / 428),
    ],
)
def test_a_page(camera: OpenCvDocumentCamera, hall: Hall, paper: str, how: str, shape: float) -> None:
    hall.hand(CAMERA, "lay", paper=paper, how=how, degrees=5)
    views: list[PageView] = []
    shot = camera.take_page(views.append, LONG)
    assert [view.hint for view in views[-4:]] == [PageHint.GOOD] * 4
    assert all(len(view.corners) == 4 and min(map(min, view.corners)) > 0 for view in views[-4:])
    assert len(views[-1].bgra) == 960 * 540 * 4
    picture = cv2.imdecode(np.frombuffer(shot.jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    assert picture.shape[:2] == (shot.height, shot.width)
    assert shot.height / shot.width == pytest.approx(shape, rel=0.04)
    corners = np.concatenate([picture[4:8, 4:8], picture[4:8, -8:-4], picture[-8:-4, 4:8], picture[-8:-4, -8:-4]])
    assert corners.min(axis=2).mean() > 170  # paper in every corner, no wood
    assert repr(shot) == "<PageShot>"


@pytest.mark.parametrize(
    ("how", "hint"),
    [
        ("half_off", PageHint.NOT_WHOLE), ("small", PageHint.TOO_SMALL), ("dark", PageHint.TOO_DARK),
        ("glare", PageHint.GLARE), ("blurred", PageHint.BLURRED), ("moving", PageHint.HOLD_STILL),
        ("", PageHint.NO_PAGE),
    ],
)  # fmt: skip
def test_hints(camera: OpenCvDocumentCamera, hall: Hall, how: str, hint: PageHint) -> None:
    if how:
        hall.hand(CAMERA, "lay", how=how)
    error = fault(camera, 2.5)
    assert (error.code, dict(error.details)) == (FaultCode.NO_GOOD_PAGE, {"hint": hint.value})


def test_a_page_put_right_while_we_look(camera: OpenCvDocumentCamera, hall: Hall) -> None:
    hall.hand(CAMERA, "lay", how="glare")
    timer = threading.Timer(0.5, lambda: hall.hand(CAMERA, "lay"))
    timer.start()
    assert camera.take_page(nobody_looks, LONG).height > 600
    timer.join()


def test_a_page_is_no_larger_than_allowed(hall: Hall, camera: OpenCvDocumentCamera) -> None:
    hall.hand(CAMERA, "lay", paper="licence")
    free = camera.take_page(nobody_looks, LONG)
    tight = OpenCvDocumentCamera(hall.config(CAMERA, "opencv", most_kb="60"))
    tight.open()
    try:
        assert len(tight.take_page(nobody_looks, LONG).jpeg) <= 60 * 1024 < len(free.jpeg)
    finally:
        tight.close()


@pytest.mark.parametrize("trouble", ["freeze", "stall", "garble"])
def test_a_stream_without_life_is_absent_and_heals(camera: OpenCvDocumentCamera, hall: Hall, trouble: str) -> None:
    hall.hand(CAMERA, "lay")
    hall.hand(CAMERA, trouble)
    error = fault(camera)
    assert (error.code, error.details["cause"]) == (FaultCode.DOCUMENT_CAMERA_ABSENT, "frozen")
    hall.hand(CAMERA, "thaw")
    assert camera.take_page(nobody_looks, LONG).jpeg


def test_unplugged_and_plugged(camera: OpenCvDocumentCamera, hall: Hall) -> None:
    hall.hand(CAMERA, "unplug")
    error = fault(camera)
    assert (error.code, error.details["cause"]) == (FaultCode.DOCUMENT_CAMERA_ABSENT, "absent")
    hall.hand(CAMERA, "plug")
    assert camera.check().state is DeviceState.READY
    hall.hand(CAMERA, "lay")
    assert camera.take_page(nobody_looks, LONG).jpeg


def test_its_process_killed_in_the_middle(camera: OpenCvDocumentCamera, hall: Hall) -> None:
    killed = threading.Event()

    def kill(view: PageView) -> None:
        pid = camera._cameras.pid
        if not killed.is_set() and pid is not None:
            killed.set()
            os.kill(pid, signal.SIGKILL)

    hall.hand(CAMERA, "lay")
    assert camera.take_page(kill, LONG).jpeg


def test_nothing_reaches_the_disk_or_the_log(
    camera: OpenCvDocumentCamera,
    hall: Hall,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.chdir(tmp_path)
    caplog.set_level(logging.DEBUG)
    hall.hand(CAMERA, "lay")
    camera.take_page(nobody_looks, LONG)
    assert list(tmp_path.iterdir()) == []
    assert not [record for record in caplog.records if record.name.startswith("drivers")]


@pytest.mark.parametrize(
    ("address", "options"),
    [
        ("", {}), ("camera:", {}), ("tcp:h:1", {}), ("http://h:1/", {"size": "big"}),
        ("http://h:1/", {"most_kb": "5"}), ("http://h:1/", {"most_kb": "x"}),
    ],
)  # fmt: skip
def test_a_wrong_configuration(address: str, options: dict[str, str]) -> None:
    with pytest.raises(DriverError) as error:
        OpenCvDocumentCamera(DeviceConfig(driver="opencv", address=address, options=options))
    assert error.value.code is FaultCode.DEVICE_CONFIGURATION


# A look at an idle camera does not switch it on, so silence shows only while a page is taken: see the streams above.
@pytest.mark.parametrize("check", [c for c in SUITE if c is not silence_is_noticed], ids=lambda check: check.__name__)
def test_conformance(check: Callable[[Subject], None], hall: Hall, camera: OpenCvDocumentCamera) -> None:
    config = hall.config(CAMERA, "opencv")
    check(
        Subject(
            kind=DeviceKind.DOCUMENT_CAMERA,
            make=lambda: OpenCvDocumentCamera(config),
            wait=lambda device, seconds: device.take_page(nobody_looks, seconds),
            unplug=lambda: hall.hand(CAMERA, "unplug"),
            plug=lambda: hall.hand(CAMERA, "plug"),
            garble=lambda: hall.hand(CAMERA, "garble"),
        )
    )
