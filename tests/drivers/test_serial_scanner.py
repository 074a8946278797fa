"""A hand scanner on a serial cable and behind TCP: bytes exact, half codes never, every trouble named."""

import threading
from collections.abc import Callable, Iterator

import pytest

from drivers.code_scanner.serial_driver import SerialCodeScanner
from drivers.conformance import SUITE, silence_is_noticed
from drivers.errors import DriverError
from drivers.trial import Subject
from kiosk.config import DeviceConfig
from kiosk.contracts.code_scanner import Scan, Symbology
from kiosk.contracts.device import DeviceKind, DeviceState
from kiosk.faults import FaultCode

from .conftest import Bench, Hall

pytestmark = pytest.mark.processes

PTY, TCP, MARKED = "window.code_scanner", "window.tcp_scanner", "window.marked_scanner"
LONG = 60.0
SLIP = "QB1.01JD8M4Q5W0000000000000000.K7P-428.0a1b2c3d"
CHINESE = "重庆市企业开办，一窗领取"


@pytest.fixture(scope="module")
def hall(module_bench: Bench) -> Hall:
    return module_bench(
        {
            PTY: {"kind": "scanner", "address": "pty"},
            TCP: {"kind": "scanner", "address": "tcp:127.0.0.1:0", "ending": "crlf"},
            MARKED: {"kind": "scanner", "address": "pty", "ending": "etx", "aim": True},
        }
    )


@pytest.fixture(params=[PTY, TCP, MARKED])
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def made(hall: Hall, name: str) -> SerialCodeScanner:
    options = {"ending": "etx", "aim": "yes"} if name == MARKED else {}
    return SerialCodeScanner(hall.config(name, "serial", **options))


@pytest.fixture
def scanner(hall: Hall, name: str) -> Iterator[SerialCodeScanner]:
    device = made(hall, name)
    device.open()
    yield device
    device.close()
    hall.hand(name, "speak")
    hall.hand(name, "plug")


def while_waiting(scanner: SerialCodeScanner, hand: Callable[[], object], timeout: float = LONG) -> Scan:
    """Scan, with a hand that does something a moment after the wait has begun."""
    timer = threading.Timer(0.3, hand)
    timer.start()
    try:
        return scanner.scan(timeout)
    finally:
        timer.join()


def kind(name: str) -> Symbology:
    return Symbology.QR if name == MARKED else Symbology.OTHER


def test_a_slip(scanner: SerialCodeScanner, hall: Hall, name: str) -> None:
    scan = while_waiting(scanner, lambda: hall.hand(name, "scan", text=SLIP))
    assert scan == Scan(SLIP.encode(), SLIP, kind(name))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_chinese_bytes_are_exact(scanner: SerialCodeScanner, hall: Hall, name: str, encoding: str) -> None:
    scan = while_waiting(scanner, lambda: hall.hand(name, "scan", text=CHINESE + "䶮𬍛", encoding=encoding))
    assert scan.data == (CHINESE + "䶮𬍛").encode(encoding)
    assert scan.text == (CHINESE + "䶮𬍛" if encoding == "utf-8" else "")


def test_byte_by_byte(scanner: SerialCodeScanner, hall: Hall, name: str) -> None:
    hall.hand(name, "drip", milliseconds=15)
    assert while_waiting(scanner, lambda: hall.hand(name, "scan", text=SLIP)).text == SLIP


def test_half_a_code_is_unreadable_and_the_next_one_is_whole(
    scanner: SerialCodeScanner, hall: Hall, name: str
) -> None:
    hall.hand(name, "cut_next")
    with pytest.raises(DriverError) as error:
        while_waiting(scanner, lambda: hall.hand(name, "scan", text=SLIP), 2.0)
    assert error.value.code is FaultCode.CODE_UNREADABLE
    assert while_waiting(scanner, lambda: hall.hand(name, "scan", text=SLIP)).text == SLIP


def test_a_trigger_that_bounces_gives_one_code(scanner: SerialCodeScanner, hall: Hall, name: str) -> None:
    hall.hand(name, "twice_next")
    assert while_waiting(scanner, lambda: hall.hand(name, "scan", text=SLIP)).text == SLIP
    with pytest.raises(DriverError) as error:
        scanner.scan(0.3)
    assert error.value.code is FaultCode.NO_CODE


def test_what_was_scanned_before_anybody_asked_is_nobodys(scanner: SerialCodeScanner, hall: Hall, name: str) -> None:
    hall.hand(name, "scan", text="OLD-1")
    assert while_waiting(scanner, lambda: hall.hand(name, "scan", text="NEW-2")).text == "NEW-2"


def test_noise_on_the_line_is_never_a_text(scanner: SerialCodeScanner, hall: Hall, name: str) -> None:
    hall.hand(name, "noise_before_next")
    first = while_waiting(scanner, lambda: hall.hand(name, "scan", text=SLIP))
    if name == MARKED:  # noise is outside of STX and ETX
        assert first.text == SLIP
    else:
        assert first.text == ""


def test_no_code_and_a_dead_trigger(scanner: SerialCodeScanner, hall: Hall, name: str) -> None:
    hall.hand(name, "silence")
    with pytest.raises(DriverError) as error:
        while_waiting(scanner, lambda: hall.hand(name, "scan", text=SLIP), 0.6)
    assert error.value.code is FaultCode.NO_CODE


def test_unplugged_while_waiting_and_plugged(scanner: SerialCodeScanner, hall: Hall, name: str) -> None:
    with pytest.raises(DriverError) as error:
        while_waiting(scanner, lambda: hall.hand(name, "unplug"))
    assert error.value.code is FaultCode.CODE_SCANNER_ABSENT
    with pytest.raises(DriverError) as error:
        scanner.check()
    assert error.value.code is FaultCode.CODE_SCANNER_ABSENT
    hall.hand(name, "plug")
    scanner.open()
    assert scanner.check().state is DeviceState.READY
    assert while_waiting(scanner, lambda: hall.hand(name, "scan", text=SLIP)).text == SLIP


def test_a_port_that_another_program_has_is_busy(hall: Hall) -> None:
    first, second = made(hall, PTY), made(hall, PTY)
    first.open()
    try:
        with pytest.raises(DriverError) as error:
            second.open()
        assert error.value.code is FaultCode.DEVICE_BUSY
    finally:
        first.close()
        second.close()


@pytest.mark.parametrize(
    ("address", "options"),
    [
        ("", {}), ("wedge:", {}), ("serial:", {}), ("serial:/dev/ttyS9?baud=1", {}), ("serial:/dev/ttyS9?x=1", {}),
        ("tcp:host", {}), ("tcp:host:0", {}), ("tcp:host:1", {"ending": "tab"}), ("tcp:host:1", {"aim": "maybe"}),
    ],
)  # fmt: skip
def test_a_wrong_configuration(address: str, options: dict[str, str]) -> None:
    with pytest.raises(DriverError) as error:
        SerialCodeScanner(DeviceConfig(driver="serial", address=address, options=options))
    assert error.value.code is FaultCode.DEVICE_CONFIGURATION


# A scanner says nothing until somebody pulls its trigger, so its silence is no failure.
@pytest.mark.parametrize("check", [c for c in SUITE if c is not silence_is_noticed], ids=lambda check: check.__name__)
@pytest.mark.parametrize("name", [PTY, TCP])
def test_conformance(check: Callable[[Subject], None], hall: Hall, scanner: SerialCodeScanner, name: str) -> None:
    scanner.close()  # the port is one's own
    check(
        Subject(
            kind=DeviceKind.CODE_SCANNER,
            make=lambda: made(hall, name),
            wait=lambda device, seconds: device.scan(seconds),
            unplug=lambda: hall.hand(name, "unplug"),
            plug=lambda: hall.hand(name, "plug"),
            garble=lambda: hall.hand(name, "type_noise"),
        )
    )
