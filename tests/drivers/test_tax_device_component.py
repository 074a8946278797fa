"""Tax devices behind an official component: a program of its own that answers, hangs, crashes or talks nonsense."""

import json
import stat
import sys
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

pytestmark = pytest.mark.processes

NUMBER, USCC, HOLDER = "661234567890", "91500103MA5DEMQ01X", "重庆示例科技有限公司"
WRITTEN = {"number": NUMBER, "status": "issued", "uscc": USCC, "holder": HOLDER}
ISSUED = TaxDeviceReadout(NUMBER, TaxDeviceStatus.ISSUED, USCC, HOLDER)


class Program:
    """The component: an executable that does what stands in the file beside it."""

    def __init__(self, folder: Path) -> None:
        self.path, self._deed = folder / "component", folder / "deed.py"
        self.path.write_text(f"#!/bin/sh\nexec {sys.executable} -S -E {self._deed}\n")
        self.path.chmod(self.path.stat().st_mode | stat.S_IXUSR)
        self.says({"device": None})

    def does(self, script: str) -> None:
        asked = "import json, sys, os, time\nassert json.loads(sys.stdin.readline()) == {'do': 'read'}\n"
        draft = self._deed.with_suffix(".new")
        draft.write_text(asked + script, "utf-8")
        draft.replace(self._deed)

    def says(self, answer: object) -> None:
        self.does(f"print({json.dumps(answer)!r})")


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


@pytest.fixture
def device(program: Program) -> Iterator[ComponentTaxDevice]:
    driver = ComponentTaxDevice(DeviceConfig(driver="component", address=f"component:{program.path}"))
    driver.open()
    yield driver
    driver.close()


def fault(device: ComponentTaxDevice, timeout: float = 0.0) -> DriverError:
    with pytest.raises(DriverError) as error:
        device.read_back(timeout)
    assert HOLDER not in str(error.value)
    return error.value


def test_a_device_that_comes_is_read(device: ComponentTaxDevice, program: Program) -> None:
    assert fault(device).code is FaultCode.NO_TAX_DEVICE
    timer = threading.Timer(0.3, lambda: program.says({"device": WRITTEN}))
    timer.start()
    assert device.read_back(20) == ISSUED
    timer.join()


def test_a_blank_device(device: ComponentTaxDevice, program: Program) -> None:
    program.says({"device": {"number": NUMBER, "status": "blank", "uscc": "", "holder": ""}})
    assert device.read_back(5) == TaxDeviceReadout(NUMBER, TaxDeviceStatus.BLANK)


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        ("time.sleep(60)", FaultCode.DEVICE_FAILED),
        ("os.abort()", FaultCode.DEVICE_FAILED),
        ("sys.exit(3)", FaultCode.DEVICE_FAILED),
        ("os.kill(os.getpid(), 9)", FaultCode.DEVICE_FAILED),
        ("print('ok')", FaultCode.DEVICE_FAILED),
        ("print()", FaultCode.DEVICE_FAILED),
        ("print('[' * 5000)", FaultCode.DEVICE_FAILED),
        ("print('{\"device\": \"' + 'x' * 70000 + '\"}')", FaultCode.DEVICE_FAILED),
        ("print(json.dumps({'device': 7}))", FaultCode.TAX_DEVICE_UNREADABLE),
        (f"print(json.dumps({ {'device': {**WRITTEN, 'uscc': ''}} }))", FaultCode.TAX_DEVICE_UNREADABLE),
        (f"print(json.dumps({ {'device': {**WRITTEN, 'number': '66'}} }))", FaultCode.TAX_DEVICE_UNREADABLE),
        (f"print(json.dumps({ {'device': {**WRITTEN, 'status': 'blank'}} }))", FaultCode.TAX_DEVICE_UNREADABLE),
        (f"print(json.dumps({ {'device': {**WRITTEN, 'status': '?'}} }))", FaultCode.TAX_DEVICE_UNREADABLE),
    ],
)
def test_whatever_the_component_does_is_a_fault_and_then_over(
    device: ComponentTaxDevice, program: Program, monkeypatch: pytest.MonkeyPatch, deed: str, code: FaultCode
) -> None:
    monkeypatch.setattr(component, "RUN_SECONDS", 1.0)
    program.does(deed)
    assert fault(device).code is code
    monkeypatch.setattr(component, "RUN_SECONDS", 10.0)
    program.says({"device": WRITTEN})
    assert device.read_back(5) == ISSUED


def test_a_program_that_is_none(tmp_path: Path) -> None:
    driver = ComponentTaxDevice(DeviceConfig(driver="component", address=f"component:{tmp_path}/nothing"))
    with pytest.raises(DriverError) as error:
        driver.open()
    assert error.value.code is FaultCode.DEVICE_CONFIGURATION


def test_cancel_ends_a_program_that_hangs(device: ComponentTaxDevice, program: Program) -> None:
    program.does("time.sleep(60)")
    timer = threading.Timer(0.5, device.cancel)
    timer.start()
    assert fault(device, 60).code is FaultCode.CANCELLED
    timer.join()


TRICKS = (conformance.unplug_is_absent_and_plug_heals, conformance.noise_is_borne, conformance.silence_is_noticed)
CHECKS = [
    pytest.param(c, marks=[pytest.mark.long] if c is conformance.hundred_rounds_leave_nothing_behind else [])
    for c in conformance.SUITE
    if c not in TRICKS
]


@pytest.mark.parametrize("check", CHECKS)
def test_conformance(check: Callable[[Subject], None], program: Program) -> None:
    config = DeviceConfig(driver="component", address=f"component:{program.path}")
    check(
        Subject(
            kind=DeviceKind.TAX_DEVICE,
            make=lambda: ComponentTaxDevice(config),
            wait=lambda driver, seconds: driver.read_back(seconds),
        )
    )
