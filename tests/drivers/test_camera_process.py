"""The camera's process dies, hangs and goes away: the capture goes on, or says so, and nothing stays behind."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from drivers.errors import DriverError
from drivers.face_camera.driver import OpenCvFaceCamera
from kiosk.contracts.face_camera import FaceShot, Frame
from kiosk.faults import FaultCode

from .conftest import Bench, Hall

pytestmark = pytest.mark.processes

CAMERA = "kiosk.face_camera"
LONG = 60.0


@pytest.fixture(scope="module")
def hall(module_bench: Bench) -> Hall:
    return module_bench({CAMERA: {"kind": "mjpeg", "address": "tcp:127.0.0.1:0"}})


@pytest.fixture
def camera(hall: Hall) -> Iterator[OpenCvFaceCamera]:
    hall.hand(CAMERA, "show", scene="nobody")
    device = OpenCvFaceCamera(hall.config(CAMERA, "opencv"))
    device.open()
    yield device
    device.close()


def pid(camera: OpenCvFaceCamera) -> int:
    found = camera._cameras.pid
    assert found is not None
    return found


def at_first_frame(act: Callable[[], object]) -> Callable[[Frame], None]:
    """A preview that does something at the first frame, on a thread of its own."""
    done = threading.Event()

    def look(frame: Frame) -> None:
        if not done.is_set():
            done.set()
            threading.Thread(target=act).start()

    return look


def test_killed_in_the_middle_the_capture_goes_on(camera: OpenCvFaceCamera, hall: Hall) -> None:
    killed: list[int] = []

    def kill() -> None:
        killed.append(pid(camera))
        os.kill(killed[0], signal.SIGKILL)
        hall.hand(CAMERA, "show", scene="face")

    assert isinstance(camera.capture(at_first_frame(kill), LONG), FaceShot)
    assert pid(camera) != killed[0]


def test_one_that_dies_again_and_again_is_frozen_and_not_a_loop(camera: OpenCvFaceCamera) -> None:
    dead: set[int] = set()

    def kill(frame: Frame) -> None:
        dead.add(pid(camera))
        os.kill(pid(camera), signal.SIGSEGV)

    with pytest.raises(DriverError) as error:
        camera.capture(kill, LONG)
    assert error.value.code is FaultCode.CAMERA_FROZEN
    assert 1 < len(dead) <= 3


def test_one_that_hangs_is_frozen_given_up_and_replaced(camera: OpenCvFaceCamera, hall: Hall) -> None:
    hung: list[int] = []

    def stop() -> None:
        hung.append(pid(camera))
        os.kill(hung[0], signal.SIGSTOP)

    with pytest.raises(DriverError) as error:
        camera.capture(at_first_frame(stop), LONG)
    assert error.value.code is FaultCode.CAMERA_FROZEN
    assert not Path(f"/proc/{hung[0]}").exists()
    hall.hand(CAMERA, "show", scene="face")
    assert isinstance(camera.capture(lambda frame: None, LONG), FaceShot)
    assert pid(camera) != hung[0]


def test_the_camera_is_on_only_while_it_is_used(camera: OpenCvFaceCamera, hall: Hall) -> None:
    assert camera._cameras.pid is None
    hall.hand(CAMERA, "show", scene="face")
    camera.capture(lambda frame: None, LONG)
    eye = pid(camera)
    sockets = [path for path in Path(f"/proc/{eye}/fd").iterdir() if str(path.readlink()).startswith("socket:")]
    assert sockets == []  # the process waits for the next one, without a stream
    camera.close()
    assert not Path(f"/proc/{eye}").exists()


def test_frames_are_in_memory_without_a_name(camera: OpenCvFaceCamera, hall: Hall) -> None:
    seen: list[str] = []

    def look(frame: Frame) -> None:
        seen.extend(Path(f"/proc/{pid(camera)}/maps").read_text("utf-8").splitlines())
        camera.cancel()

    with pytest.raises(DriverError):
        camera.capture(look, LONG)
    assert [line for line in seen if "memfd:frames" in line and "(deleted)" in line]
    assert not [line for line in seen if "/dev/shm" in line]
    memory = camera._cameras._eye.memory if camera._cameras._eye else None
    assert memory is not None
    assert not any(memory[at : at + 1280 * 720 * 3].strip(b"\0") for at in range(0, len(memory), len(memory) // 4))
