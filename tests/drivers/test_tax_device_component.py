"""Tax devices behind an official component: a program of its own that answers, hangs, crashes or talks nonsense."""

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from drivers import conformance
from drivers.errors import DriverError
from drivers.tax_device import component
from drivers.tax_device.component import ComponentTaxDevice
from drivers.trial import Subject
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind
from kiosk.contracts.tax_device import TaxDeviceReadout, TaxDeviceStatus
from kiosk.faults import FaultCode

from .conftest import Bench, Hall

pytestmark = pytest.mark.processes

PORT = "window.tax_device"
NUMBER, USCC, HOLDER = "661234567890", "91500103MA5DEMQ01X", "重庆示例科技有限公司"
WRITTEN = {"number": NUMBER, "status": "issued", "uscc": USCC, "holder": HOLDER}
ISSUED = TaxDeviceReadout(NUMBER, TaxDeviceStatus.ISSUED, USCC, HOLDER)


@pytest.fixture(scope="module")
def hall(module_bench: Bench) -> Hall:
    hall = module_bench({PORT: {"kind": "component"}})
    hall.hand(PORT, "write_tax_device", number=NUMBER, uscc=USCC, holder=HOLDER)
    return hall


@pytest.fixture
def device(hall: Hall) -> Iterator[ComponentTaxDevice]:
    driver = ComponentTaxDevice(hall.config(PORT, "component"))
    driver.open()
    yield driver
    driver.close()
    hall.hand(PORT, "heal")
    hall.hand(PORT, "remove")


def plug(hall: Hall) -> None:
    hall.hand(PORT, "insert", card=f"tax:{NUMBER}")


def fault(device: ComponentTaxDevice, timeout: float = 0.0) -> DriverError:
    with pytest.raises(DriverError) as error:
        device.read_back(timeout)
    assert HOLDER not in str(error.value)
    return error.value


def test_a_device_that_comes_is_read(device: ComponentTaxDevice, hall: Hall) -> None:
    assert fault(device).code is FaultCode.NO_TAX_DEVICE
    timer = threading.Timer(0.3, plug, (hall,))
    timer.start()
    assert device.read_back(20) == ISSUED
    timer.join()


def test_a_blank_device(device: ComponentTaxDevice, hall: Hall) -> None:
    hall.hand(PORT, "insert", card="tax:660000000001")
    assert device.read_back(5) == TaxDeviceReadout("660000000001", TaxDeviceStatus.BLANK)


@pytest.mark.parametrize("what", ["hang", "abort", "exit", "kill", "noise", "blank", "nest", "flood"])
def test_whatever_the_program_does_is_a_fault_and_then_over(
    device: ComponentTaxDevice, hall: Hall, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr(component, "RUN_SECONDS", 1.0 if what == "hang" else 10.0)
    plug(hall)
    hall.hand(PORT, "misbehave", what=what)
    assert fault(device).code is FaultCode.DEVICE_FAILED
    monkeypatch.setattr(component, "RUN_SECONDS", 10.0)
    hall.hand(PORT, "heal")
    assert device.read_back(5) == ISSUED


@pytest.mark.parametrize(
    "described", [7, *({**WRITTEN, key: value} for key, value in {"uscc": "", "number": "66", "status": "?"}.items())]
)
def test_a_device_that_is_not_whole_is_none(device: ComponentTaxDevice, hall: Hall, described: object) -> None:
    hall.hand(PORT, "say", text=json.dumps({"device": described}))
    assert fault(device).code is FaultCode.TAX_DEVICE_UNREADABLE
    plug(hall)
    assert device.read_back(5) == ISSUED


def test_a_blank_device_that_names_a_company_is_none(device: ComponentTaxDevice, hall: Hall) -> None:
    hall.hand(PORT, "say", text=json.dumps({"device": {**WRITTEN, "status": "blank"}}))
    assert fault(device).code is FaultCode.TAX_DEVICE_UNREADABLE


def test_a_program_that_is_none(tmp_path: Path) -> None:
    driver = ComponentTaxDevice(DeviceConfig(driver="component", address=f"component:{tmp_path}/nothing"))
    with pytest.raises(DriverError) as error:
        driver.open()
    assert error.value.code is FaultCode.DEVICE_CONFIGURATION


def test_cancel_ends_a_program_that_hangs(device: ComponentTaxDevice, hall: Hall) -> None:
    hall.hand(PORT, "misbehave", what="hang")
    timer = threading.Timer(0.5, device.cancel)
    timer.start()
    assert fault(device, 60).code is FaultCode.CANCELLED
    timer.join()


def test_a_program_that_hangs_is_noticed_while_nobody_wants_a_device(
    device: ComponentTaxDevice, hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Now and then it is asked for the sake of asking; between, a look costs no run of it."""
    monkeypatch.setattr(component, "RUN_SECONDS", 1.0)
    hall.hand(PORT, "misbehave", what="hang")
    device.check()
    monkeypatch.setattr(component, "LOOK_SECONDS", 0.0)
    with pytest.raises(DriverError) as error:
        device.check()
    assert error.value.details["component"] == "hung"


# The port itself cannot be unplugged: a device that is gone is waited for. A hundred programs take their time.
CHECKS = [
    pytest.param(c, marks=[pytest.mark.long] if c is conformance.hundred_rounds_leave_nothing_behind else [])
    for c in conformance.SUITE
    if c is not conformance.unplug_is_absent_and_plug_heals
]


@pytest.mark.parametrize("check", CHECKS)
def test_conformance(
    check: Callable[[Subject], None], hall: Hall, device: ComponentTaxDevice, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = hall.config(PORT, "component")
    if check is conformance.silence_is_noticed:
        monkeypatch.setattr(component, "LOOK_SECONDS", 0.0)
        monkeypatch.setattr(component, "RUN_SECONDS", 1.0)
    check(
        Subject(
            kind=DeviceKind.TAX_DEVICE,
            make=lambda: ComponentTaxDevice(config),
            wait=lambda driver, seconds: driver.read_back(seconds),
            garble=lambda: hall.hand(PORT, "misbehave", what="noise", once=True),
            silence=lambda: hall.hand(PORT, "misbehave", what="hang"),
            speak=lambda: hall.hand(PORT, "heal"),
        )
    )
