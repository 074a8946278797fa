"""The scanner's camera before real codes, held askew: bytes exact, one report per code, every trouble named."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import segno
from PIL import Image

from drivers.code_scanner.driver import CameraCodeScanner
from drivers.conformance import SUITE, silence_is_noticed
from drivers.errors import DriverError
from drivers.trial import Subject
from kiosk.config import DeviceConfig
from kiosk.contracts.code_scanner import Scan, Symbology
from kiosk.contracts.device import DeviceKind, DeviceState
from kiosk.faults import FaultCode

from .conftest import Bench, Hall

pytestmark = pytest.mark.processes

CAMERA = "window.code_scanner"
LONG = 60.0
SLIP = "QB1.01JD8M4Q5W0000000000000000.K7P-428.0a1b2c3d"


@pytest.fixture(scope="module")
def hall(module_bench: Bench) -> Hall:
    return module_bench({CAMERA: {"kind": "mjpeg", "address": "tcp:127.0.0.1:0"}})


@pytest.fixture
def scanner(hall: Hall) -> Iterator[CameraCodeScanner]:
    hall.hand(CAMERA, "show", scene="nobody")
    device = CameraCodeScanner(hall.config(CAMERA, "camera"))
    device.open()
    yield device
    device.close()
    hall.hand(CAMERA, "thaw")
    hall.hand(CAMERA, "plug")


def fault(scanner: CameraCodeScanner, timeout: float = LONG) -> DriverError:
    with pytest.raises(DriverError) as error:
        scanner.scan(timeout)
    return error.value


def qr_file(folder: Path, payload: bytes) -> str:
    path = folder / "code.png"
    segno.make_qr(payload, mode="byte", error="m").save(str(path), scale=8, border=4)
    return str(path)


@pytest.mark.parametrize("degrees", [0.0, 4.0, -11.0])
def test_a_slip(scanner: CameraCodeScanner, hall: Hall, degrees: float) -> None:
    hall.hand(CAMERA, "show", scene="code", text=SLIP, degrees=degrees)
    assert scanner.scan(LONG) == Scan(SLIP.encode(), SLIP, Symbology.QR)


def test_a_bar_code(scanner: CameraCodeScanner, hall: Hall) -> None:
    hall.hand(CAMERA, "show", scene="code", text="BL-500103-0001234", symbology="code128")
    assert scanner.scan(LONG) == Scan(b"BL-500103-0001234", "BL-500103-0001234", Symbology.CODE128)


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_chinese_bytes_are_exact(scanner: CameraCodeScanner, hall: Hall, tmp_path: Path, encoding: str) -> None:
    payload = "重庆市企业开办，一窗领取".encode(encoding)
    hall.hand(CAMERA, "show", scene="code", picture=qr_file(tmp_path, payload))
    scan = scanner.scan(LONG)
    assert scan.data == payload
    assert scan.text == (payload.decode() if encoding == "utf-8" else "")


def test_bytes_that_are_no_text(scanner: CameraCodeScanner, hall: Hall, tmp_path: Path) -> None:
    payload = bytes(range(256))
    hall.hand(CAMERA, "show", scene="code", picture=qr_file(tmp_path, payload))
    assert scanner.scan(LONG) == Scan(payload, "", Symbology.QR)


def test_a_code_that_comes_while_we_look(scanner: CameraCodeScanner, hall: Hall) -> None:
    timer = threading.Timer(0.3, lambda: hall.hand(CAMERA, "show", scene="code", text=SLIP))
    timer.start()
    assert scanner.scan(LONG).text == SLIP
    timer.join()


def test_one_code_after_the_other(scanner: CameraCodeScanner, hall: Hall) -> None:
    hall.hand(CAMERA, "show", scene="code", text=SLIP)
    assert scanner.scan(LONG).text == SLIP
    hall.hand(CAMERA, "show", scene="code", text=SLIP[:-1] + "e")
    assert scanner.scan(LONG).text == SLIP[:-1] + "e"


def test_a_code_that_nobody_can_read(scanner: CameraCodeScanner, hall: Hall, tmp_path: Path) -> None:
    path = qr_file(tmp_path, SLIP.encode())
    with Image.open(path) as code:
        torn = code.convert("L")
    third = torn.width // 3
    torn.paste(0, (third, third, torn.width - third, torn.height - third))
    torn.save(path)
    hall.hand(CAMERA, "show", scene="code", picture=path)
    assert fault(scanner, 5.0).code is FaultCode.CODE_UNREADABLE


@pytest.mark.parametrize("scene", ["nobody", "black", "face"])
def test_no_code(scanner: CameraCodeScanner, hall: Hall, scene: str) -> None:
    hall.hand(CAMERA, "show", scene=scene)
    assert fault(scanner, 1.0).code is FaultCode.NO_CODE


@pytest.mark.parametrize("trouble", ["freeze", "stall", "garble"])
def test_a_stream_without_life(scanner: CameraCodeScanner, hall: Hall, trouble: str) -> None:
    hall.hand(CAMERA, trouble)
    error = fault(scanner)
    assert (error.code, error.details["cause"]) == (FaultCode.CODE_SCANNER_ABSENT, "frozen")
    hall.hand(CAMERA, "thaw")
    hall.hand(CAMERA, "show", scene="code", text=SLIP)
    assert scanner.scan(LONG).text == SLIP


def test_unplugged_and_plugged(scanner: CameraCodeScanner, hall: Hall) -> None:
    hall.hand(CAMERA, "unplug")
    error = fault(scanner)
    assert (error.code, error.details["cause"]) == (FaultCode.CODE_SCANNER_ABSENT, "absent")
    hall.hand(CAMERA, "plug")
    assert scanner.check().state is DeviceState.READY
    hall.hand(CAMERA, "show", scene="code", text=SLIP)
    assert scanner.scan(LONG).text == SLIP


def test_an_address_that_is_no_camera() -> None:
    with pytest.raises(DriverError) as error:
        CameraCodeScanner(DeviceConfig(driver="camera", address="wedge:"))
    assert error.value.code is FaultCode.DEVICE_CONFIGURATION


# A look at an idle camera does not switch it on, so silence shows only in a scan: see the streams without life above.
@pytest.mark.parametrize("check", [c for c in SUITE if c is not silence_is_noticed], ids=lambda check: check.__name__)
def test_conformance(check: Callable[[Subject], None], hall: Hall, scanner: CameraCodeScanner) -> None:
    config = hall.config(CAMERA, "camera")
    subject = Subject(
        kind=DeviceKind.CODE_SCANNER,
        make=lambda: CameraCodeScanner(config),
        wait=lambda device, seconds: device.scan(seconds),
        unplug=lambda: hall.hand(CAMERA, "unplug"),
        plug=lambda: hall.hand(CAMERA, "plug"),
        garble=lambda: hall.hand(CAMERA, "garble"),
    )
    check(subject)
