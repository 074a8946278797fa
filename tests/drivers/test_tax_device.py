"""Tax devices through the real service: what the tax office wrote is read back, and nothing else passes for it."""

import threading
from collections.abc import Callable, Iterator

import pytest

from drivers import conformance
from drivers.errors import DriverError
from drivers.tax_device.driver import PcscTaxDevice
from drivers.trial import Subject
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind, DeviceState
from kiosk.contracts.tax_device import TaxDeviceReadout, TaxDeviceStatus
from kiosk.faults import FaultCode

from .conftest import Bench, Hall

pytestmark = pytest.mark.processes

SLOT, SERVICE = "window.tax_device", "pcscd"
NUMBER, USCC, HOLDER = "661234567890", "91500103MA5DEMQ01X", "重庆示例科技有限公司"
ISSUED = TaxDeviceReadout(NUMBER, TaxDeviceStatus.ISSUED, USCC, HOLDER)


@pytest.fixture(scope="module")
def hall(module_bench: Bench) -> Hall:
    return module_bench(
        {
            SLOT: {"kind": "smartcard", "address": "pcsc:Virtual PCD 00 01"},
            SERVICE: {"kind": "pcscd", "address": "pcscd:"},
        }
    )


@pytest.fixture
def device(hall: Hall) -> Iterator[PcscTaxDevice]:
    driver = PcscTaxDevice(hall.config(SLOT, "pcsc"))
    driver.open()
    hall.hand(SLOT, "write_tax_device", number=NUMBER, uscc=USCC, holder=HOLDER)
    yield driver
    driver.close()
    hall.hand(SLOT, "remove")


def code(device: PcscTaxDevice, timeout: float = 20) -> FaultCode:
    with pytest.raises(DriverError) as error:
        device.read_back(timeout)
    assert HOLDER not in str(error.value)
    return error.value.code


def test_report(device: PcscTaxDevice) -> None:
    report = device.check()
    assert (report.kind, report.state) == (DeviceKind.TAX_DEVICE, DeviceState.READY)


def test_an_issued_device(device: PcscTaxDevice, hall: Hall) -> None:
    timer = threading.Timer(0.3, lambda: hall.hand(SLOT, "insert", card=f"tax:{NUMBER}"))
    timer.start()
    assert device.read_back(20) == ISSUED
    timer.join()
    assert device.read_back(20) == ISSUED  # it still lies there


def test_a_blank_device(device: PcscTaxDevice, hall: Hall) -> None:
    hall.hand(SLOT, "insert", card="tax:660000000001")
    assert device.read_back(20) == TaxDeviceReadout("660000000001", TaxDeviceStatus.BLANK)


def test_a_name_with_rare_characters_comes_back_whole(device: PcscTaxDevice, hall: Hall) -> None:
    rare = "重庆𠮷㐱商贸有限公司（个人独资）"
    hall.hand(SLOT, "write_tax_device", number=NUMBER, uscc=USCC, holder=rare)
    hall.hand(SLOT, "insert", card=f"tax:{NUMBER}")
    assert device.read_back(20).holder == rare


@pytest.mark.parametrize("holder", ["", "两\n行", " 前有空格"])
def test_a_half_written_record(device: PcscTaxDevice, hall: Hall, holder: str) -> None:
    hall.hand(SLOT, "write_tax_device", number=NUMBER, uscc=USCC, holder=holder)
    hall.hand(SLOT, "insert", card=f"tax:{NUMBER}")
    assert code(device) is FaultCode.TAX_DEVICE_UNREADABLE


def test_a_staff_card_is_no_tax_device(device: PcscTaxDevice, hall: Hall) -> None:
    hall.hand(SLOT, "insert", card="staff:0317")
    assert code(device) is FaultCode.WRONG_CARD


def test_nothing_there(device: PcscTaxDevice) -> None:
    assert code(device, 0.2) is FaultCode.NO_TAX_DEVICE


def test_pulled_in_the_middle_and_another_put_in(device: PcscTaxDevice, hall: Hall) -> None:
    """Half of one device is never joined to half of another."""
    hall.hand(SLOT, "insert", card="tax:660000000001")
    hall.hand(SLOT, "cut_at", apdu="00b0")
    timer = threading.Timer(0.3, lambda: hall.hand(SLOT, "insert", card=f"tax:{NUMBER}"))
    timer.start()
    assert device.read_back(30) == ISSUED
    timer.join()


def test_the_service_restarts_while_we_wait(device: PcscTaxDevice, hall: Hall) -> None:
    timer = threading.Timer(
        0.3, lambda: (hall.hand(SERVICE, "restart"), hall.hand(SLOT, "insert", card=f"tax:{NUMBER}"))
    )
    timer.start()
    assert device.read_back(60) == ISSUED
    timer.join()


def test_the_service_restarts_while_it_is_read(device: PcscTaxDevice, hall: Hall) -> None:
    hall.hand(SLOT, "insert", card=f"tax:{NUMBER}")
    hall.hand(SLOT, "sleep", ms=1500, apdu="00b0")
    timer = threading.Timer(0.5, lambda: hall.hand(SERVICE, "restart"))
    timer.start()
    assert device.read_back(60) == ISSUED
    timer.join()


def test_cancel(device: PcscTaxDevice) -> None:
    timer = threading.Timer(0.3, device.cancel)
    timer.start()
    assert code(device, 60) is FaultCode.CANCELLED
    timer.join()


def test_an_address_of_another_kind() -> None:
    with pytest.raises(DriverError) as error:
        PcscTaxDevice(DeviceConfig(driver="pcsc", address="http://127.0.0.1:1"))
    assert error.value.code is FaultCode.DEVICE_CONFIGURATION


TRICKS = (conformance.unplug_is_absent_and_plug_heals, conformance.noise_is_borne, conformance.silence_is_noticed)


# A reader cannot be unplugged from a running virtual service, and its line knows no noise.
@pytest.mark.parametrize("check", [c for c in conformance.SUITE if c not in TRICKS], ids=lambda check: check.__name__)
def test_conformance(check: Callable[[Subject], None], hall: Hall, device: PcscTaxDevice) -> None:
    config = hall.config(SLOT, "pcsc")
    subject = Subject(
        kind=DeviceKind.TAX_DEVICE,
        make=lambda: PcscTaxDevice(config),
        wait=lambda driver, seconds: driver.read_back(seconds),
    )
    check(subject)
