"""The reader on USB: bulk pipes and HID reports, with the bench's reader at the far end of the cable."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from drivers import conformance
from drivers.errors import DriverError
from drivers.id_card_reader import usb_link
from drivers.id_card_reader.driver import SdtIdCardReader
from drivers.trial import Subject
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind
from kiosk.faults import FaultCode

from .conftest import Bench, Hall
from .usb_cable import Cable

pytestmark = pytest.mark.processes
READER = "kiosk.id_card_reader"
WAYS = {
    "bulk": (False, True, "usb:"),
    "hid": (True, True, "hid:0400:C35A"),
    "hid-control": (True, False, "hid:0400:C35A"),
}


@dataclass
class Port:
    """A reader on a cable, and hands for both."""

    hall: Hall
    cable: Cable
    address: str

    def hand(self, verb: str, **args: Any) -> None:
        self.hall.hand(READER, verb, **args)

    def make(self, **options: str) -> SdtIdCardReader:
        return SdtIdCardReader(DeviceConfig(driver="sdt", address=self.address, options=options))

    def unplug(self) -> None:
        self.cable.plugged = False
        self.hand("unplug")

    def plug(self) -> None:
        self.hand("plug")
        self.cable.plugged = True


@pytest.fixture(scope="module")
def hall(module_bench: Bench) -> Hall:
    return module_bench({READER: {"kind": "sdt", "address": "tcp:127.0.0.1:0"}})


@pytest.fixture(params=list(WAYS))
def port(request: pytest.FixtureRequest, hall: Hall, monkeypatch: pytest.MonkeyPatch) -> Iterator[Port]:
    hid, out_pipe, address = WAYS[request.param]
    cable = Cable(hall.addresses[READER], hid=hid, out_pipe=out_pipe)
    monkeypatch.setattr(usb_link, "BACKEND", cable)
    yield Port(hall, cable, address)
    hall.hand(READER, "speak")
    hall.hand(READER, "lift_card")
    assert cable.claimed == [] and cable.line is None


def test_a_card_is_read(port: Port) -> None:
    reader = port.make()
    reader.open()
    port.hand("lay_card", card="wang")
    assert reader.read(5).name == "王测试"
    assert len(reader.check().serial) > 20
    assert not port.cable.kernel
    assert set(port.cable.transfers) == ({64} if port.cable.hid else {10})  # a frame is one transfer, or one report
    reader.close()
    assert port.cable.kernel  # the system gets its driver back


# A report is filled up with zeros, so that a frame in pieces of its own does not arrive as such.
SPOILT = {
    "bulk": ("checksum", "cut", "bytewise", "garbage_before", "two_aa", "twice", "late"),
    "hid": ("checksum", "late"),
}


@pytest.mark.parametrize(
    ("port", "how"), [(way, how) for way, all_ in SPOILT.items() for how in all_], indirect=["port"]
)
def test_spoilt_answers_do_not_spoil_the_reading(port: Port, how: str) -> None:
    reader = port.make()
    reader.open()
    port.hand("lay_card", card="li")
    port.hand("spoil_next", how=how)
    assert reader.read(5).name == "李示例"
    reader.close()


def code(call: Callable[[], object]) -> FaultCode:
    with pytest.raises(DriverError) as error:
        call()
    return error.value.code


def test_who_may_not_or_cannot(port: Port) -> None:
    reader = port.make()
    port.cable.held = True
    assert code(reader.open) is FaultCode.DEVICE_BUSY
    port.cable.held, port.cable.locked = False, True
    assert code(reader.open) is FaultCode.DEVICE_CONFIGURATION
    port.cable.locked, port.cable.plugged = False, False
    assert code(reader.open) is FaultCode.ID_CARD_READER_ABSENT
    port.cable.plugged = True
    reader.open()
    reader.close()


def test_pulled_out_while_it_waits(port: Port) -> None:
    reader = port.make()
    reader.open()
    timer = threading.Timer(0.3, port.unplug)
    timer.start()
    assert code(lambda: reader.read(30)) is FaultCode.ID_CARD_READER_ABSENT
    timer.join()
    assert code(reader.open) is FaultCode.ID_CARD_READER_ABSENT
    port.plug()
    reader.open()
    port.hand("lay_card", card="wang")
    assert reader.read(5).name == "王测试"
    reader.close()


def test_the_reader_with_the_serial_number(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(usb_link, "BACKEND", Cable(hall.addresses[READER]))
    other = SdtIdCardReader(DeviceConfig(driver="sdt", address="usb:0400:C35A?serial=R-0001"))
    assert code(other.open) is FaultCode.ID_CARD_READER_ABSENT
    right = SdtIdCardReader(DeviceConfig(driver="sdt", address="usb:0400:c35a?serial=R-0450"))
    right.open()
    right.close()


@pytest.mark.parametrize("address", ["usb:1", "usb:0400", "usb:0400:C35A?baud=9", "hid:0400:C35G"])
def test_a_wrong_address_says_what_is_allowed(address: str) -> None:
    with pytest.raises(DriverError) as error:
        SdtIdCardReader(DeviceConfig(driver="sdt", address=address)).open()
    assert error.value.code is FaultCode.DEVICE_CONFIGURATION
    assert "usb:0400:C35A" in error.value.details["allowed"]


@pytest.mark.parametrize(("there", "asked"), [(False, "hid:0400:C35A"), (True, "usb:0400:C35A")])
def test_a_reader_without_the_pipes_of_its_kind(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, there: bool, asked: str
) -> None:
    monkeypatch.setattr(usb_link, "BACKEND", Cable(hall.addresses[READER], hid=there))
    with pytest.raises(DriverError) as error:
        SdtIdCardReader(DeviceConfig(driver="sdt", address=asked)).open()
    assert dict(error.value.details) == {"cause": "no-pipes"}


CHECKS = [(way, check) for way in ("bulk", "hid") for check in conformance.SUITE]


@pytest.mark.parametrize(("port", "check"), CHECKS, indirect=["port"])
def test_conformance(check: Callable[[Subject], None], port: Port) -> None:
    check(
        Subject(
            kind=DeviceKind.ID_CARD_READER,
            make=port.make,
            wait=lambda reader, seconds: reader.read(seconds),
            unplug=port.unplug,
            plug=port.plug,
            garble=lambda: port.hand("garbage"),
            silence=lambda: port.hand("silence"),
            speak=lambda: port.hand("speak"),
        )
    )
