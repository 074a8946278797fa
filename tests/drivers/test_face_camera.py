"""The face camera before the virtual hall: hints, the picture, and everything that goes wrong with a stream."""

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from drivers.conformance import SUITE, silence_is_noticed
from drivers.errors import DriverError
from drivers.face_camera.detector import FaceDetector
from drivers.face_camera.driver import PATIENCE_COVERED, OpenCvFaceCamera
from drivers.face_camera.grabber import Grabber, Source
from drivers.face_camera.models import SFACE, YUNET, Model, model_bytes
from drivers.face_camera.pixels import Pixels
from drivers.trial import Subject
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind, DeviceState
from kiosk.contracts.face_camera import FaceHint, FaceShot, Frame
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
    hall.hand(CAMERA, "thaw")
    hall.hand(CAMERA, "plug")


def nobody_looks(frame: Frame) -> None:
    """A preview that shows nothing."""


def fault(camera: OpenCvFaceCamera, timeout: float = LONG) -> DriverError:
    with pytest.raises(DriverError) as error:
        camera.capture(nobody_looks, timeout)
    return error.value


def _picture(shot: FaceShot) -> Pixels:
    made: Pixels | None = cv2.imdecode(np.frombuffer(shot.jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert made is not None
    return made


def first_hint(camera: OpenCvFaceCamera, wanted: FaceHint) -> Counter[FaceHint]:
    """Watch until a hint was shown five times."""
    seen: Counter[FaceHint] = Counter()

    def look(frame: Frame) -> None:
        seen[frame.hint] += 1
        if seen[wanted] == 5:
            camera.cancel()

    with pytest.raises(DriverError) as error:
        camera.capture(look, LONG)
    assert error.value.code is FaultCode.CANCELLED, seen
    return seen


@pytest.mark.parametrize("person", ["wang", "li", "zhao"])
def test_one_person_gives_one_good_picture(camera: OpenCvFaceCamera, hall: Hall, person: str) -> None:
    hall.hand(CAMERA, "show", scene="face", person=person)
    frames: list[Frame] = []
    shot = camera.capture(frames.append, LONG)
    assert [frame.hint for frame in frames[-5:]] == [FaceHint.GOOD] * 5
    assert all((frame.width, frame.height, len(frame.bgra)) == (960, 540, 960 * 540 * 4) for frame in frames)
    picture = cv2.imdecode(np.frombuffer(shot.jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    assert picture.shape[1] < 1280  # head and shoulders, not the hall
    faces = FaceDetector().faces(picture)
    assert len(faces) == 1
    assert faces[0].eyes >= 60
    assert shot.sharpness >= 60
    assert 70 <= shot.brightness <= 200


def test_the_live_picture_is_what_the_camera_sees(camera: OpenCvFaceCamera, hall: Hall) -> None:
    hall.hand(CAMERA, "show", scene="left")
    frames: list[Frame] = []

    def look(frame: Frame) -> None:
        frames.append(frame)
        camera.cancel()

    with pytest.raises(DriverError):
        camera.capture(look, LONG)
    bgra = np.frombuffer(frames[0].bgra, np.uint8).reshape(540, 960, 4)
    assert (bgra[..., 3] == 255).all()
    face = FaceDetector().faces(np.ascontiguousarray(bgra[..., :3]))[0]
    assert face.middle.x < 480  # not mirrored: that is the screen's business


@pytest.mark.parametrize(
    ("scene", "hint"),
    [
        ("nobody", FaceHint.NOBODY),
        ("two_faces", FaceHint.SEVERAL),
        ("far", FaceHint.COME_CLOSER),
        ("near", FaceHint.STEP_BACK),
        ("left", FaceHint.TO_THE_MIDDLE),
        ("dark", FaceHint.TOO_DARK),
        ("black", FaceHint.TOO_DARK),
        ("mask", FaceHint.COVERED),
        ("dark_glasses", FaceHint.COVERED),
    ],
)
def test_hints(camera: OpenCvFaceCamera, hall: Hall, scene: str, hint: FaceHint) -> None:
    hall.hand(CAMERA, "show", scene=scene)
    seen = first_hint(camera, hint)
    assert seen[FaceHint.GOOD] == 0
    assert seen.most_common(1)[0][0] is hint


@pytest.fixture
def prompting(hall: Hall, camera: OpenCvFaceCamera) -> Iterator[OpenCvFaceCamera]:
    """A camera that asks for movements."""
    device = OpenCvFaceCamera(hall.config(CAMERA, "opencv", prompts="turn,blink,nod"))
    device.open()
    yield device
    device.close()


def test_who_makes_every_movement_asked_for_gets_a_picture(prompting: OpenCvFaceCamera, hall: Hall) -> None:
    hall.hand(CAMERA, "show", scene="moving")
    said: list[FaceHint] = []

    def look(frame: Frame) -> None:
        if frame.hint not in said[-1:]:
            said.append(frame.hint)

    shot = prompting.capture(look, LONG)
    assert {FaceHint.TURN_HEAD, FaceHint.BLINK, FaceHint.NOD} <= set(said)
    assert said[-1] is FaceHint.GOOD
    assert len(FaceDetector().faces(_picture(shot))) == 1


def test_a_face_that_makes_no_movement_gets_none(prompting: OpenCvFaceCamera, hall: Hall) -> None:
    hall.hand(CAMERA, "show", scene="face")
    error = fault(prompting, 4)
    assert error.code is FaultCode.NO_GOOD_PICTURE
    assert error.details["hint"] in {"turn_head", "blink", "nod"}


def test_whoever_stays_covered_is_told_so_first_and_taken_all_the_same(camera: OpenCvFaceCamera, hall: Hall) -> None:
    hall.hand(CAMERA, "show", scene="mask")
    said: list[FaceHint] = []
    camera.capture(lambda frame: said.append(frame.hint), LONG)
    assert said.count(FaceHint.COVERED) >= PATIENCE_COVERED


def test_the_last_hint_is_the_reason(camera: OpenCvFaceCamera, hall: Hall) -> None:
    hall.hand(CAMERA, "show", scene="two_faces")
    error = fault(camera, 1.5)
    assert (error.code, dict(error.details)) == (FaultCode.NO_GOOD_PICTURE, {"hint": "several"})


def test_a_person_who_comes_while_we_look(camera: OpenCvFaceCamera, hall: Hall) -> None:
    shown = threading.Event()
    comes: list[threading.Thread] = []

    def look(frame: Frame) -> None:
        if not shown.is_set():
            shown.set()
            comes.append(threading.Thread(target=lambda: hall.hand(CAMERA, "show", scene="face")))
            comes[0].start()

    shot = camera.capture(look, LONG)
    comes[0].join()
    assert isinstance(shot, FaceShot)


@pytest.mark.parametrize("trouble", ["freeze", "stall", "garble"])
def test_a_stream_without_life_is_frozen_and_heals(camera: OpenCvFaceCamera, hall: Hall, trouble: str) -> None:
    """The same picture again and again, nothing at all, or nothing that is a picture."""
    hall.hand(CAMERA, "show", scene="face")
    hall.hand(CAMERA, trouble)
    assert fault(camera).code is FaultCode.CAMERA_FROZEN
    hall.hand(CAMERA, "thaw")
    assert isinstance(camera.capture(nobody_looks, LONG), FaceShot)


@pytest.mark.parametrize("trouble", ["freeze", "stall", "garble"])
def test_frozen_in_the_middle(camera: OpenCvFaceCamera, hall: Hall, trouble: str) -> None:
    done = threading.Event()
    hands: list[threading.Thread] = []

    def look(frame: Frame) -> None:
        if not done.is_set():
            done.set()
            hands.append(threading.Thread(target=lambda: hall.hand(CAMERA, trouble)))
            hands[0].start()

    with pytest.raises(DriverError) as error:
        camera.capture(look, LONG)
    hands[0].join()
    assert error.value.code is FaultCode.CAMERA_FROZEN


def test_a_short_hiccup_is_not_noticed(camera: OpenCvFaceCamera, hall: Hall) -> None:
    """Unplugged and plugged in again within the two seconds: the same capture goes on."""
    done = threading.Event()
    hands: list[threading.Thread] = []

    def again() -> None:
        hall.hand(CAMERA, "unplug")
        hall.hand(CAMERA, "plug")
        hall.hand(CAMERA, "show", scene="face")

    def look(frame: Frame) -> None:
        if not done.is_set():
            done.set()
            hands.append(threading.Thread(target=again))
            hands[0].start()

    assert isinstance(camera.capture(look, LONG), FaceShot)
    hands[0].join()


def test_unplugged_and_plugged(camera: OpenCvFaceCamera, hall: Hall) -> None:
    hall.hand(CAMERA, "show", scene="face")
    hall.hand(CAMERA, "unplug")
    assert fault(camera).code is FaultCode.CAMERA_ABSENT
    with pytest.raises(DriverError) as error:
        camera.check()
    assert error.value.code is FaultCode.CAMERA_ABSENT
    hall.hand(CAMERA, "plug")
    assert camera.check().state is DeviceState.READY
    assert isinstance(camera.capture(nobody_looks, LONG), FaceShot)


def test_a_slow_reader_sees_what_is_now(hall: Hall, camera: OpenCvFaceCamera) -> None:
    """Whoever is slow gets the newest frame, not a queue: those that nobody fetched never come."""
    hall.hand(CAMERA, "show", scene="face")
    grabber = Grabber(Source(hall.addresses[CAMERA], {}))
    grabber.start()
    try:
        first = grabber.take(LONG)
        assert first is not None
        while grabber.dropped < 30:  # two seconds of frames that nobody fetched
            threading.Event().wait(0.05)
        late = grabber.take(LONG)
        assert late is not None
        assert late.number > first.number + 30
        late.wipe()
        assert not late.pixels.any()
    finally:
        grabber.stop()
    assert grabber.take(0) is None


def test_nothing_reaches_the_disk_or_the_log(
    camera: OpenCvFaceCamera,
    hall: Hall,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.chdir(tmp_path)
    caplog.set_level(logging.DEBUG)
    hall.hand(CAMERA, "show", scene="face")
    shot = camera.capture(nobody_looks, LONG)
    assert list(tmp_path.iterdir()) == []
    assert caplog.records == []
    assert repr(shot) == "<FaceShot>"


def test_no_thread_stays_behind(camera: OpenCvFaceCamera) -> None:
    before = threading.active_count()
    assert fault(camera, 0.5).code is FaultCode.NO_GOOD_PICTURE
    assert threading.active_count() == before


@pytest.mark.parametrize("address", ["tcp:127.0.0.1:1", "http://", "http://h:port/", "camera:", "camera:../x", ""])
def test_addresses_that_are_no_camera(address: str) -> None:
    with pytest.raises(DriverError) as error:
        OpenCvFaceCamera(DeviceConfig(driver="opencv", address=address))
    assert error.value.code is FaultCode.DEVICE_CONFIGURATION


def test_a_camera_on_a_cable_that_is_not_there() -> None:
    device = OpenCvFaceCamera(DeviceConfig(driver="opencv", address="camera:63"))
    with pytest.raises(DriverError) as error:
        device.open()
    assert error.value.code is FaultCode.CAMERA_ABSENT
    assert Source("camera:63", {}).open() is None


@pytest.mark.parametrize("model", [YUNET, SFACE])
def test_an_altered_model_is_refused(model: Model) -> None:
    for wrong, why in ((replace(model, sha256="0" * 64), "altered"), (replace(model, file="none.onnx"), "missing")):
        with pytest.raises(DriverError) as error:
            model_bytes(wrong)
        assert dict(error.value.details) == {"model": why}


def test_a_camera_that_speaks_rtsp(bench: Bench) -> None:
    """A picture is taken; a stalled stream is frozen and heals; a pulled plug is absent."""
    hall = bench({CAMERA: {"kind": "rtsp", "address": "tcp:127.0.0.1:0"}})
    assert hall.addresses[CAMERA].startswith("rtsp://")
    hall.hand(CAMERA, "show", scene="face")
    device = OpenCvFaceCamera(hall.config(CAMERA, "opencv"))
    device.open()
    try:
        assert len(FaceDetector().faces(_picture(device.capture(nobody_looks, LONG)))) == 1
        hall.hand(CAMERA, "stall")
        assert fault(device).code is FaultCode.CAMERA_FROZEN
        hall.hand(CAMERA, "thaw")
        assert isinstance(device.capture(nobody_looks, LONG), FaceShot)
        hall.hand(CAMERA, "unplug")
        assert fault(device).code is FaultCode.CAMERA_ABSENT
    finally:
        device.close()


# A look at an idle camera does not switch it on, so silence shows only in a capture: see the frozen streams above.
@pytest.mark.parametrize("check", [c for c in SUITE if c is not silence_is_noticed], ids=lambda check: check.__name__)
def test_conformance(check: Callable[[Subject], None], hall: Hall, camera: OpenCvFaceCamera) -> None:
    config = hall.config(CAMERA, "opencv")
    subject = Subject(
        kind=DeviceKind.FACE_CAMERA,
        make=lambda: OpenCvFaceCamera(config),
        wait=lambda device, seconds: device.capture(nobody_looks, seconds),
        unplug=lambda: hall.hand(CAMERA, "unplug"),
        plug=lambda: hall.hand(CAMERA, "plug"),
        garble=lambda: hall.hand(CAMERA, "garble"),
    )
    check(subject)
