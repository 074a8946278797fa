"""The identity-card reader's driver against a virtual reader on a serial line and on TCP: cards, mishaps, noise."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from drivers.errors import DriverError
from drivers.id_card_reader.driver import SdtIdCardReader
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceState
from kiosk.domain.identity_card import CardKind
from kiosk.faults import FaultCode

from .conftest import Bench, Hall

pytestmark = pytest.mark.processes
READER = "kiosk.id_card_reader"
SOON = 1.0  # seconds a driver waits for a card that lies there or never comes


@dataclass
class Desk:
    """A reader, its driver and a hand."""

    hall: Hall
    driver: SdtIdCardReader

    def hand(self, verb: str, **args: Any) -> Any:
        return self.hall.hand(READER, verb, **args)

    def fault(self, call: Callable[[], object]) -> DriverError:
        with pytest.raises(DriverError) as caught:
            call()
        return caught.value

    def read_fault(self) -> DriverError:
        return self.fault(lambda: self.driver.read(SOON))


@pytest.fixture(params=["pty", "tcp:127.0.0.1:0"], ids=["serial", "tcp"])
def desk(request: pytest.FixtureRequest, bench: Bench) -> Iterator[Desk]:
    hall = bench({READER: {"kind": "sdt", "address": request.param}})
    driver = SdtIdCardReader(hall.config(READER, "sdt"))
    driver.open()
    yield Desk(hall, driver)
    driver.close()


def test_the_reader_says_who_it_is(desk: Desk) -> None:
    report = desk.driver.check()
    assert report.state is DeviceState.READY
    assert report.model == "SDT"
    assert report.serial.count("-") == 3


@pytest.mark.parametrize(
    ("key", "name", "sex", "born", "until"),
    [
        ("wang", "王测试", "2", date(1985, 4, 12), date(2040, 1, 1)),
        ("li", "李示例", "1", date(1990, 11, 3), date(2040, 1, 1)),
        ("zhao", "赵样本", "1", date(1952, 6, 20), None),
        ("expired", None, None, None, date(2024, 12, 31)),
    ],
)
def test_resident_cards(
    desk: Desk, key: str, name: str | None, sex: str | None, born: date | None, until: date | None
) -> None:
    desk.hand("lay_card", card=key)
    card = desk.driver.read(SOON)
    assert card.kind is CardKind.RESIDENT
    assert card.valid_until == until
    assert card.number.startswith("500103")
    assert len(card.photo) == 1024
    if name is not None:
        assert (card.name, card.sex, card.birth) == (name, sex, born)
        assert card.number[6:14] == f"{born:%Y%m%d}"
        assert card.address.startswith("重庆市渝中区示例路")
        assert card.authority == "重庆市公安局渝中区分局"


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("hmt", CardKind.HMT_RESIDENCE),
        ("foreigner_2017", CardKind.FOREIGN_2017),
        ("foreigner_2023", CardKind.FOREIGN_2023),
    ],
)
def test_other_certificates(desk: Desk, key: str, kind: CardKind) -> None:
    desk.hand("lay_card", card=key)
    card = desk.driver.read(SOON)
    assert card.kind is kind
    assert card.ethnic_code == ""
    assert bool(card.name_en) == (kind is not CardKind.HMT_RESIDENCE)


def test_no_card(desk: Desk) -> None:
    assert desk.fault(lambda: desk.driver.read(0.3)).code is FaultCode.NO_CARD
    assert desk.fault(lambda: desk.driver.read(0.0)).code is FaultCode.NO_CARD


def test_a_card_that_comes_while_waiting(desk: Desk) -> None:
    timer = threading.Timer(0.4, lambda: desk.hand("lay_card", card="li"))
    timer.start()
    assert desk.driver.read(30.0).name == "李示例"
    timer.join()


def test_a_card_is_read_once_until_it_is_lifted(desk: Desk) -> None:
    desk.hand("lay_card", card="wang")
    desk.driver.read(SOON)
    assert desk.driver.wait_removed(0.7) is False
    assert desk.fault(lambda: desk.driver.read(0.3)).code is FaultCode.NO_CARD
    assert desk.driver.wait_removed(0.7) is False
    desk.hand("lift_card")
    assert desk.driver.wait_removed(30.0) is True
    desk.hand("lay_card", card="li")
    assert desk.driver.read(SOON).name == "李示例"


def test_a_card_that_is_taken_while_waiting_for_it(desk: Desk) -> None:
    desk.hand("lay_card", card="wang")
    desk.driver.read(SOON)
    timer = threading.Timer(0.4, lambda: desk.hand("lift_card"))
    timer.start()
    assert desk.driver.wait_removed(30.0) is True
    timer.join()


def test_nothing_lies_there_at_once(desk: Desk) -> None:
    assert desk.driver.wait_removed(5.0) is True


def test_lifted_early_and_laid_again(desk: Desk) -> None:
    desk.hand("lift_during_read", card="wang")
    error = desk.read_fault()
    assert error.code is FaultCode.CARD_READ_FAILED
    assert error.details["lifted"] == "1"
    desk.hand("lay_card", card="wang")
    assert desk.driver.read(SOON).name == "王测试"


def test_two_cards_until_one_is_taken(desk: Desk) -> None:
    desk.hand("lay_card", card="wang")
    desk.hand("lay_second_card")
    assert desk.read_fault().code is FaultCode.TWO_CARDS
    desk.hand("lift_second_card")
    assert desk.driver.read(SOON).name == "王测试"


@pytest.mark.parametrize("kind", ["other", "unknown_flag"])
def test_wrong_card(desk: Desk, kind: str) -> None:
    desk.hand("wrong_card", kind=kind)
    assert desk.read_fault().code is FaultCode.WRONG_CARD


def test_damaged_card(desk: Desk) -> None:
    desk.hand("lay_card", card="damaged")
    assert desk.read_fault().code in (FaultCode.CARD_READ_FAILED, FaultCode.CARD_DATA_INVALID)


def test_wrong_check_digit(desk: Desk) -> None:
    desk.hand("lay_card", card="wrong_digit")
    error = desk.read_fault()
    assert error.code is FaultCode.CARD_DATA_INVALID
    assert dict(error.details) == {"field": "number"}


@pytest.mark.parametrize(
    ("status", "at", "fault"),
    [
        (0x31, "select", FaultCode.CARD_READ_FAILED),
        (0x32, "select", FaultCode.CARD_READ_FAILED),
        (0x41, "read", FaultCode.CARD_READ_FAILED),
        (0x47, "read", FaultCode.CARD_READ_FAILED),
        (0x33, "read", FaultCode.CARD_DATA_INVALID),
        (0x40, "select", FaultCode.WRONG_CARD),
        (0x21, "read", FaultCode.DEVICE_FAILED),
        (0x23, "read", FaultCode.DEVICE_FAILED),
        (0x24, "read", FaultCode.DEVICE_FAILED),
        (0x60, "find", FaultCode.DEVICE_FAILED),
        (0x66, "find", FaultCode.DEVICE_FAILED),
        (0x10, "read", FaultCode.DEVICE_FAILED),
        (0x11, "read", FaultCode.DEVICE_FAILED),
    ],
)
def test_every_status_has_its_fault(desk: Desk, status: int, at: str, fault: FaultCode) -> None:
    desk.hand("lay_card", card="wang")
    desk.hand("fail_next", status=status, at=at, count=3)
    assert desk.read_fault().code is fault


@pytest.mark.parametrize(("status", "at"), [(0x31, "select"), (0x41, "read"), (0x47, "read"), (0x10, "find")])
def test_what_passes_is_tried_again(desk: Desk, status: int, at: str) -> None:
    desk.hand("lay_card", card="wang")
    desk.hand("fail_next", status=status, at=at, count=2)
    assert desk.driver.read(SOON).name == "王测试"


@pytest.mark.parametrize(
    "how",
    [
        "checksum",
        "too_long",
        "too_short",
        "cut",
        "bytewise",
        "chunks",
        "garbage_before",
        "stray_aa",
        "two_aa",
        "twice",
        "late",
    ],
)
def test_spoilt_answers_do_not_spoil_the_reading(desk: Desk, how: str) -> None:
    desk.hand("lay_card", card="wang")
    desk.hand("spoil_next", how=how)
    assert desk.driver.read(SOON).name == "王测试"
    desk.hand("lift_card")
    assert desk.driver.wait_removed(30.0) is True
    desk.hand("lay_card", card="li")
    assert desk.driver.read(SOON).name == "李示例"


def test_answers_that_stay_spoilt_are_a_failed_device(desk: Desk) -> None:
    desk.hand("lay_card", card="wang")
    desk.hand("spoil_next", how="checksum", count=3)
    error = desk.read_fault()
    assert error.code is FaultCode.DEVICE_FAILED
    assert error.details["cause"] == "garbled"


def test_garbage_on_the_line(desk: Desk) -> None:
    desk.hand("lay_card", card="wang")
    desk.hand("garbage", bytes=3000)
    assert desk.driver.read(SOON).name == "王测试"


def test_a_dripping_line_is_slow_not_dead(desk: Desk) -> None:
    desk.hand("drip", ms=3)
    desk.hand("lay_card", card="wang")
    assert desk.driver.read(SOON).name == "王测试"


def test_silence_is_an_absent_reader(desk: Desk) -> None:
    desk.hand("silence")
    assert desk.fault(desk.driver.check).code is FaultCode.ID_CARD_READER_ABSENT
    desk.hand("speak")
    assert desk.driver.check().state is DeviceState.READY


def test_unplugged_while_it_reads(desk: Desk) -> None:
    timer = threading.Timer(0.4, lambda: desk.hand("unplug"))
    timer.start()
    error = desk.fault(lambda: desk.driver.read(30.0))
    timer.join()
    assert error.code is FaultCode.ID_CARD_READER_ABSENT
    assert desk.fault(desk.driver.open).code is FaultCode.ID_CARD_READER_ABSENT
    desk.hand("plug")
    desk.driver.open()
    desk.hand("lay_card", card="wang")
    assert desk.driver.read(SOON).name == "王测试"


def test_the_second_owner_of_a_port_is_refused(bench: Bench) -> None:
    hall = bench({READER: {"kind": "sdt", "address": "pty"}})
    first, second = (SdtIdCardReader(hall.config(READER, "sdt")) for _ in range(2))
    first.open()
    with pytest.raises(DriverError) as caught:
        second.open()
    assert caught.value.code is FaultCode.DEVICE_BUSY
    first.check()
    first.close()
    second.open()
    second.close()


@pytest.mark.parametrize("state", ["selftest_failed", "unauthorised"])
def test_a_broken_security_module_is_for_the_technician(desk: Desk, state: str) -> None:
    desk.hand("sam", state=state)
    assert desk.fault(desk.driver.check).code is FaultCode.DEVICE_FAILED
    assert desk.fault(desk.driver.open).code is FaultCode.DEVICE_FAILED
    desk.hand("sam", state="ok")
    desk.driver.open()


def test_cancel_while_the_reader_is_silent(desk: Desk) -> None:
    desk.hand("silence")
    timer = threading.Timer(0.3, desk.driver.cancel)
    timer.start()
    assert desk.fault(lambda: desk.driver.read(30.0)).code is FaultCode.CANCELLED
    timer.join()


def test_reading_a_hundred_times_leaves_nothing_behind(desk: Desk) -> None:
    for number in range(100):
        key, name = (("wang", "王测试"), ("li", "李示例"))[number % 2]
        desk.hand("lay_card", card=key)
        assert desk.driver.read(SOON).name == name
        desk.hand("lift_card")
    assert desk.driver.check().state is DeviceState.READY


@pytest.mark.parametrize(
    "address",
    [
        "",
        "serial:",
        "serial:/dev/ttyS0?baud=42",
        "serial:/dev/ttyS0?speed=9600",
        "tcp:host",
        "tcp::80",
        "tcp:h:0",
        "tcp:h:x",
    ],
)
def test_a_wrong_address_says_what_is_allowed(address: str) -> None:
    with pytest.raises(DriverError) as caught:
        SdtIdCardReader(DeviceConfig(driver="sdt", address=address)).open()
    assert caught.value.code is FaultCode.DEVICE_CONFIGURATION
    assert "baud=" in caught.value.details["allowed"]


def test_an_unknown_option_is_refused() -> None:
    with pytest.raises(DriverError) as caught:
        SdtIdCardReader(DeviceConfig(driver="sdt", address="tcp:h:1", options={"colour": "red"}))
    assert caught.value.code is FaultCode.DEVICE_CONFIGURATION


def test_nothing_at_the_address() -> None:
    for address in ("serial:/dev/does-not-exist", "tcp:127.0.0.1:9"):
        with pytest.raises(DriverError) as caught:
            SdtIdCardReader(DeviceConfig(driver="sdt", address=address)).open()
        assert caught.value.code is FaultCode.ID_CARD_READER_ABSENT
