"""What a reading gives beyond the record: the newest address, the picture; and the second reader as a spare."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from drivers.errors import DriverError
from drivers.id_card_reader import photo
from drivers.id_card_reader.driver import SdtIdCardReader
from drivers.supervisor import Supervisor
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind, DeviceState
from kiosk.domain.identity_card import IdentityCard
from kiosk.faults import FaultCode
from tests.unit.drivers.stage import Outcome, Reports, TestClock

from .conftest import Bench, Hall

pytestmark = pytest.mark.processes
READER, SPARE, DECODER = "kiosk.id_card_reader", "kiosk.spare_reader", "decoder"
SOON = 5.0
MOVED = "重庆市江北区样板街21号7-2"


@pytest.fixture(scope="module")
def hall(module_bench: Bench) -> Hall:
    return module_bench(
        {
            READER: {"kind": "sdt", "address": "tcp:127.0.0.1:0"},
            SPARE: {"kind": "sdt", "address": "pty"},
            DECODER: {"kind": "wlt"},
        }
    )


@dataclass
class Desk:
    """A driver with options, opened."""

    hall: Hall

    def config(self, **options: str) -> DeviceConfig:
        return self.hall.config(READER, "sdt", **options)

    def read(self, card: str, **options: str) -> IdentityCard:
        driver = SdtIdCardReader(self.config(**options))
        driver.open()
        try:
            self.hall.hand(READER, "lay_card", card=card)
            return driver.read(SOON)
        finally:
            driver.close()


@pytest.fixture
def desk(hall: Hall) -> Iterator[Desk]:
    yield Desk(hall)
    hall.hand(DECODER, "heal")
    for reader in (READER, SPARE):
        hall.hand(reader, "plug")
        hall.hand(reader, "speak")
        hall.hand(reader, "lift_card")


def test_who_has_moved_lives_at_the_newest_address(desk: Desk) -> None:
    assert desk.read("moved").address == MOVED
    assert desk.read("wang").address == "重庆市渝中区示例路18号2单元5-1"


@pytest.mark.parametrize("status", [0x91, 0x21, 0x23])
def test_a_reader_that_knows_no_newest_address(desk: Desk, status: int) -> None:
    desk.hall.hand(READER, "fail_next", status=status, at="append", count=1)
    assert desk.read("moved").address == "重庆市渝中区示例路5号3-3"


def test_lifted_before_the_newest_address_is_not_read(desk: Desk) -> None:
    """A reading is whole or none: nobody is left with an address of years ago."""
    desk.hall.hand(READER, "fail_next", status=0x41, at="append", count=3)
    with pytest.raises(DriverError) as error:
        desk.read("moved")
    assert error.value.code is FaultCode.CARD_READ_FAILED


@pytest.mark.parametrize("kind", ["0", "1"], ids=["pixels", "file"])
def test_a_makers_decoder_makes_the_picture(desk: Desk, kind: str) -> None:
    from PIL import Image

    library = desk.hall.addresses[DECODER]
    first, second = (desk.read(card, photo=library, photo_kind=kind).portrait for card in ("wang", "li"))
    assert len(first) == 38862 and first != second
    assert desk.read("wang", photo=library, photo_kind=kind).portrait == first
    path = desk.hall.folder / "portrait.bmp"
    path.write_bytes(first)
    with Image.open(path) as picture:
        assert picture.size == (102, 126)


def test_without_a_decoder_there_is_no_picture(desk: Desk) -> None:
    card = desk.read("wang")
    assert card.portrait == b"" and len(card.photo) == 1024


@pytest.mark.parametrize("what", ["crash", "hang", "nothing", "half", "flood"])
def test_whatever_the_decoder_does_the_card_is_read(desk: Desk, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    monkeypatch.setattr(photo, "DECODE_SECONDS", 1.0)
    desk.hall.hand(DECODER, "misbehave", what=what)
    driver = SdtIdCardReader(desk.config(photo=desk.hall.addresses[DECODER]))
    driver.open()
    try:
        desk.hall.hand(READER, "lay_card", card="wang")
        card = driver.read(SOON)
        assert (card.name, card.portrait) == ("王测试", b"")
        assert driver.check().counts["photo_failed"] == 1
        desk.hall.hand(DECODER, "heal")
        desk.hall.hand(READER, "lay_card", card="li")
        assert driver.read(SOON).portrait
    finally:
        driver.close()


def test_a_decoder_that_is_not_there_costs_only_the_picture(desk: Desk) -> None:
    card = desk.read("wang", photo="/nowhere/libwlt.so")
    assert (card.name, card.portrait) == ("王测试", b"")


@pytest.mark.parametrize(("key", "value"), [("photo", "libwlt.so"), ("photo_kind", "x"), ("colour", "red")])
def test_a_wrong_option_is_refused(desk: Desk, key: str, value: str) -> None:
    options = {"photo": "/x.so", key: value}
    with pytest.raises(DriverError) as error:
        SdtIdCardReader(desk.config(**options))
    assert error.value.code is FaultCode.DEVICE_CONFIGURATION
    assert key in error.value.details["key"]


def test_the_spare_reader_serves_while_the_first_is_away(desk: Desk) -> None:
    """Pulled out in the middle of a visit: the next reading is on the spare one, and nobody configures anything."""
    config = desk.config(spare=desk.hall.addresses[SPARE])
    supervisor = Supervisor({DeviceKind.ID_CARD_READER: config}, TestClock())
    reports = Reports()
    supervisor.subscribe(reports)
    supervisor.start()
    try:
        assert reports.wait(DeviceState.READY).model == "SDT"
        waiting = Outcome()
        supervisor.device(DeviceKind.ID_CARD_READER).submit(lambda one: one.read(60), waiting)
        reports.wait(DeviceState.BUSY)
        mark = len(reports.seen)
        desk.hall.hand(READER, "unplug")
        assert waiting.code() is FaultCode.ID_CARD_READER_ABSENT
        reports.wait(DeviceState.READY, after=mark, model="SDT spare")
        read = Outcome()
        supervisor.device(DeviceKind.ID_CARD_READER).submit(lambda one: one.read(60), read)
        desk.hall.hand(SPARE, "lay_card", card="li")
        assert read.get().name == "李示例"
    finally:
        supervisor.stop()


def test_when_both_are_away_the_first_is_named(desk: Desk) -> None:
    desk.hall.hand(READER, "silence")
    desk.hall.hand(SPARE, "unplug")
    driver = SdtIdCardReader(desk.config(spare=desk.hall.addresses[SPARE]))
    with pytest.raises(DriverError) as error:
        driver.open()
    assert dict(error.value.details) == {"cause": "silent"}


def test_a_wrong_address_is_not_hidden_behind_the_spare(desk: Desk) -> None:
    config = DeviceConfig(driver="sdt", address="magic:", options={"spare": desk.hall.addresses[SPARE]})
    with pytest.raises(DriverError) as error:
        SdtIdCardReader(config).open()
    assert error.value.code is FaultCode.DEVICE_CONFIGURATION
