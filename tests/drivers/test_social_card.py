"""Social-security cards through the real service, and wrong cards called by their names, in two readers."""

import threading
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from drivers import conformance
from drivers.errors import DriverError
from drivers.smart_card.social_card import PcscSocialCardReader
from drivers.smart_card.staff_card import PcscStaffCardReader
from drivers.tax_device.driver import PcscTaxDevice
from drivers.trial import Subject
from kiosk.contracts.device import DeviceKind
from kiosk.contracts.social_card import SocialCard
from kiosk.faults import FaultCode

from .conftest import Bench, Hall

pytestmark = pytest.mark.processes

SLOT, OTHER, SERVICE = "social", "other", "pcscd"
WANG = SocialCard("王测试", "500103198504120022", date(2039, 7, 31))
LI = SocialCard("李示例", "500103199011030015", date(2039, 7, 31))


@pytest.fixture(scope="module")
def hall(module_bench: Bench) -> Hall:
    return module_bench(
        {
            SLOT: {"kind": "smartcard", "address": "pcsc:Virtual PCD 00 00"},
            OTHER: {"kind": "smartcard", "address": "pcsc:Virtual PCD 00 01"},
            SERVICE: {"kind": "pcscd", "address": "pcscd:"},
        }
    )


@pytest.fixture
def reader(hall: Hall) -> Iterator[PcscSocialCardReader]:
    device = PcscSocialCardReader(hall.config(SLOT, "pcsc"))
    device.open()
    yield device
    device.close()
    for slot in (SLOT, OTHER):
        hall.hand(slot, "remove")


def fault(reader: PcscSocialCardReader, timeout: float = 20) -> DriverError:
    with pytest.raises(DriverError) as error:
        reader.read(timeout)
    assert "李" not in str(error.value)
    return error.value


def test_a_card_that_comes_is_read(reader: PcscSocialCardReader, hall: Hall) -> None:
    timer = threading.Timer(0.3, lambda: hall.hand(SLOT, "insert", card="social:wang"))
    timer.start()
    assert reader.read(20) == WANG
    timer.join()
    assert "王" not in repr(WANG)


def test_two_readers_are_told_apart(reader: PcscSocialCardReader, hall: Hall) -> None:
    hall.hand(OTHER, "insert", card="social:wang")
    hall.hand(SLOT, "insert", card="social:li")
    second = PcscSocialCardReader(hall.config(OTHER, "pcsc"))
    second.open()
    assert (reader.read(20), second.read(20)) == (LI, WANG)
    second.close()


@pytest.mark.parametrize(
    ("what", "code", "detail"),
    [
        ("staff:0317", FaultCode.WRONG_CARD, {"is": "staff_card"}),
        ("tax:660000000001", FaultCode.WRONG_CARD, {"is": "tax_device"}),
        ("social:pin", FaultCode.CARD_READ_FAILED, {"sw": "6982"}),
    ],
)
def test_other_cards(
    reader: PcscSocialCardReader, hall: Hall, what: str, code: FaultCode, detail: dict[str, str]
) -> None:
    hall.hand(SLOT, "insert", card=what)
    error = fault(reader)
    assert error.code is code
    assert detail.items() <= error.details.items()


@pytest.mark.parametrize(
    ("sfi", "record", "value", "right"),
    [
        (6, 1, "30" * 18, b"500103199011030015"),
        (6, 1, "", b"500103199011030015"),
        (6, 2, "20" * 30, "李示例".encode("gbk").ljust(30)),
        (6, 2, "ff" * 30, "李示例".encode("gbk").ljust(30)),
        (6, 2, "0a41", "李示例".encode("gbk").ljust(30)),
        (5, 6, "20391301", bytes.fromhex("20390731")),
        (5, 6, "2039", bytes.fromhex("20390731")),
    ],
)
def test_a_worn_chip(
    reader: PcscSocialCardReader, hall: Hall, sfi: int, record: int, value: str, right: bytes
) -> None:
    hall.hand(SLOT, "spoil_record", card="social:li", sfi=sfi, record=record, value=value)
    hall.hand(SLOT, "insert", card="social:li")
    assert fault(reader).code is FaultCode.CARD_DATA_INVALID
    hall.hand(SLOT, "spoil_record", card="social:li", sfi=sfi, record=record, value=right.hex())
    assert reader.read(20) == LI


@pytest.mark.parametrize("make", [PcscStaffCardReader, PcscTaxDevice])
def test_a_social_card_in_another_reader_is_named(
    hall: Hall, reader: PcscSocialCardReader, make: Callable[..., PcscStaffCardReader | PcscTaxDevice]
) -> None:
    hall.hand(OTHER, "insert", card="social:li")
    other = make(hall.config(OTHER, "pcsc"))
    other.open()
    with pytest.raises(DriverError) as error:
        other.wait_card(20) if isinstance(other, PcscStaffCardReader) else other.read_back(20)
    assert (error.value.code, error.value.details["is"]) == (FaultCode.WRONG_CARD, "social_card")
    other.close()


def test_the_service_restarts_while_we_wait(reader: PcscSocialCardReader, hall: Hall) -> None:
    timer = threading.Timer(0.3, lambda: (hall.hand(SERVICE, "restart"), hall.hand(SLOT, "insert", card="social:li")))
    timer.start()
    assert reader.read(60) == LI
    timer.join()


def test_pulled_in_the_middle_and_another_put_in(reader: PcscSocialCardReader, hall: Hall) -> None:
    """Nobody gets the name of one card with the number of another."""
    hall.hand(SLOT, "insert", card="social:li")
    hall.hand(SLOT, "cut_at", apdu="00b202")
    timer = threading.Timer(0.3, lambda: hall.hand(SLOT, "insert", card="social:wang"))
    timer.start()
    assert reader.read(30) == WANG
    timer.join()


def test_a_card_that_stays_and_goes(reader: PcscSocialCardReader, hall: Hall) -> None:
    hall.hand(SLOT, "insert", card="social:li")
    assert reader.read(20) == LI
    assert reader.wait_removed(0.3) is False
    timer = threading.Timer(0.3, lambda: hall.hand(SLOT, "remove"))
    timer.start()
    assert reader.wait_removed(20) is True
    timer.join()


TRICKS = (conformance.unplug_is_absent_and_plug_heals, conformance.noise_is_borne, conformance.silence_is_noticed)


@pytest.mark.parametrize("check", [c for c in conformance.SUITE if c not in TRICKS], ids=lambda check: check.__name__)
def test_conformance(check: Callable[[Subject], None], hall: Hall, reader: PcscSocialCardReader) -> None:
    config = hall.config(SLOT, "pcsc")
    check(
        Subject(
            kind=DeviceKind.SOCIAL_CARD_READER,
            make=lambda: PcscSocialCardReader(config),
            wait=lambda driver, seconds: driver.read(seconds),
        )
    )
