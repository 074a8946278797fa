"""The table of drivers, and what errors become."""

import errno
import logging
import sys

import pytest

from drivers import registry
from drivers.errors import DriverError
from drivers.translate import ABSENT, log_bug, state_for, to_fault
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind, DeviceState
from kiosk.faults import Fault, FaultCode

KIND = DeviceKind.ID_CARD_READER


def test_every_kind_has_drivers_and_a_fault_for_its_absence() -> None:
    assert set(registry.DRIVERS) == set(DeviceKind) == set(ABSENT)
    assert all(state_for(code) is DeviceState.ABSENT for code in ABSENT.values())


@pytest.mark.parametrize("kind", list(DeviceKind))
def test_an_unknown_name_says_what_is_allowed(kind: DeviceKind) -> None:
    with pytest.raises(DriverError) as caught:
        registry.make(kind, DeviceConfig(driver="magic", address="tcp:h:1"))
    assert caught.value.code is FaultCode.DEVICE_CONFIGURATION
    assert caught.value.details["key"] == f"devices.{kind.value}.driver"
    assert caught.value.details["allowed"] == ", ".join(registry.DRIVERS[kind])


def test_a_known_name_makes_a_driver_that_is_not_open() -> None:
    device = registry.make(KIND, DeviceConfig(driver="sdt", address="tcp:127.0.0.1:9"))
    device.close()


def test_a_driver_error_keeps_its_code_and_figures() -> None:
    error = DriverError(FaultCode.PIN_WRONG, {"left": "2"})
    assert to_fault(error, KIND) == Fault(FaultCode.PIN_WRONG, {"left": "2"})
    assert str(error) == "pin-wrong left=2"


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENODEV, "x"),
        ConnectionResetError(errno.ECONNRESET, "x"),
        BrokenPipeError(),
        TimeoutError(),
        EOFError(),
    ],
)
def test_what_went_away_is_absent(error: Exception) -> None:
    assert to_fault(error, KIND).code is FaultCode.ID_CARD_READER_ABSENT


@pytest.mark.skipif(sys.platform != "linux", reason="termios is POSIX")
def test_the_terminals_own_error_is_no_bug() -> None:
    import termios

    assert to_fault(termios.error(errno.EIO, "x"), KIND).details == {"errno": "EIO"}


def test_anything_else_is_a_bug_without_words(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    try:
        {}["王测试"]
    except KeyError as error:
        assert to_fault(error, KIND) == Fault(FaultCode.DEVICE_FAILED, {"bug": "KeyError"})
    assert "KeyError at" in caplog.text
    assert "王" not in caplog.text
    log_bug(ValueError("王测试"), "nowhere")
    assert "unknown place" in caplog.text
    assert "王" not in caplog.text


@pytest.mark.parametrize(
    ("code", "state"),
    [
        (FaultCode.NO_CARD, None),
        (FaultCode.CANCELLED, None),
        (FaultCode.PAPER_OUT, DeviceState.NEEDS_HAND),
        (FaultCode.COVER_OPEN, DeviceState.NEEDS_HAND),
        (FaultCode.DEVICE_BUSY, DeviceState.NEEDS_HAND),
        (FaultCode.DEVICE_FAILED, DeviceState.FAILED),
        (FaultCode.SMART_CARD_SERVICE_DOWN, DeviceState.FAILED),
        (FaultCode.PRINTER_ABSENT, DeviceState.ABSENT),
    ],
)
def test_what_a_fault_says_about_the_device(code: FaultCode, state: DeviceState | None) -> None:
    assert state_for(code) is state
