"""The staff card through the real service: who lies there, what the PIN costs, and no card taken for another."""

import hashlib
import threading
from collections.abc import Callable, Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from drivers import conformance
from drivers.errors import DriverError
from drivers.smart_card.staff_card import PcscStaffCardReader
from drivers.supervisor import Supervisor
from drivers.trial import Subject
from drivers.worker import Patience
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind, DeviceState
from kiosk.contracts.smart_card import SignedChallenge, StaffCard
from kiosk.domain.ids import StaffRef
from kiosk.faults import Fault, FaultCode
from tests.unit.drivers.stage import Outcome, Reports, TestClock

from .conftest import Bench, Hall

pytestmark = pytest.mark.processes

SLOT, OTHER, SERVICE = "window.staff_card_reader", "window.tax_device", "pcscd"
LONG = 60.0
CHALLENGE = bytes(range(32))
ZHOU, WU = StaffCard(StaffRef("0317")), StaffCard(StaffRef("0001"))
PIN, WU_PIN = "135790", "246800"
VERIFY, SIGN, READ = "0020", "0088", "00b0"


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
def reader(hall: Hall) -> Iterator[PcscStaffCardReader]:
    device = PcscStaffCardReader(hall.config(SLOT, "pcsc"))
    device.open()
    yield device
    device.close()
    hall.hand(SLOT, "remove")
    hall.hand(OTHER, "remove")
    for card in ("staff:0317", "staff:0001"):
        hall.hand(SLOT, "unlock_pin", card=card)
    empty = PcscStaffCardReader(DeviceConfig(driver="pcsc", address="pcsc:Virtual PCD"))
    empty.open()
    assert empty.wait_removed(10)
    empty.close()


class Later:
    """Something a hand does while the driver waits."""

    def __init__(self, *deeds: tuple[str, str, dict[str, object]], hall: Hall, after: float = 0.3) -> None:
        self._timer = threading.Timer(after, lambda: [hall.hand(d, v, **a) for d, v, a in deeds])

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *_: object) -> None:
        self._timer.join()


def fault(error: pytest.ExceptionInfo[DriverError]) -> FaultCode:
    return error.value.code


def assert_signed_by(signed: SignedChallenge, staff_ref: str) -> None:
    seed = hashlib.sha256(b"demo-staff-card:" + staff_ref.encode()).digest()
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key()
    public.verify(signed.signature, b"QIBAN-STAFF-1" + signed.challenge)
    assert (signed.staff_ref, signed.challenge) == (staff_ref, CHALLENGE)


def test_report(reader: PcscStaffCardReader) -> None:
    report = reader.check()
    assert (report.kind, report.state) == (DeviceKind.STAFF_CARD_READER, DeviceState.READY)
    assert report.model == "Virtual PCD 00 00"


def test_a_card_that_comes_signs(reader: PcscStaffCardReader, hall: Hall) -> None:
    with Later((SLOT, "insert", {"card": "staff:0317"}), hall=hall):
        assert reader.wait_card(20) == ZHOU
    assert_signed_by(reader.sign(PIN, CHALLENGE), "0317")
    assert_signed_by(reader.sign(PIN, CHALLENGE), "0317")


def test_a_card_that_lies_there_already(reader: PcscStaffCardReader, hall: Hall) -> None:
    hall.hand(SLOT, "insert", card="staff:0001")
    assert reader.wait_card(20) == WU
    late = PcscStaffCardReader(hall.config(SLOT, "pcsc"))
    late.open()
    assert late.wait_card(20) == WU
    late.close()
    assert_signed_by(reader.sign(WU_PIN, CHALLENGE), "0001")


def test_nobody_comes(reader: PcscStaffCardReader) -> None:
    with pytest.raises(DriverError) as error:
        reader.wait_card(0.2)
    assert fault(error) is FaultCode.NO_CARD


def test_a_tax_device_is_no_staff_card(reader: PcscStaffCardReader, hall: Hall) -> None:
    hall.hand(SLOT, "insert", card="tax:661234567890")
    with pytest.raises(DriverError) as error:
        reader.wait_card(20)
    assert fault(error) is FaultCode.WRONG_CARD
    assert not reader.wait_removed(0)
    with Later((SLOT, "remove", {}), hall=hall):
        assert reader.wait_removed(20)


def test_wrong_pins_count_and_lock(reader: PcscStaffCardReader, hall: Hall) -> None:
    hall.hand(SLOT, "insert", card="staff:0317")
    reader.wait_card(20)
    for left in ("2", "1"):
        with pytest.raises(DriverError) as error:
            reader.sign("000000", CHALLENGE)
        assert (fault(error), error.value.details["left"]) == (FaultCode.PIN_WRONG, left)
        assert "000000" not in str(error.value)
    with pytest.raises(DriverError) as error:
        reader.sign("12a456", CHALLENGE)  # no PIN at all: the card is not asked
    assert (fault(error), dict(error.value.details)) == (FaultCode.PIN_WRONG, {})
    assert_signed_by(reader.sign(PIN, CHALLENGE), "0317")  # one attempt was left, and the right PIN gives all back
    for expected in (FaultCode.PIN_WRONG, FaultCode.PIN_WRONG, FaultCode.PIN_LOCKED, FaultCode.PIN_LOCKED):
        with pytest.raises(DriverError) as error:
            reader.sign("999999", CHALLENGE)
        assert fault(error) is expected
    with pytest.raises(DriverError) as error:
        reader.sign(PIN, CHALLENGE)
    assert fault(error) is FaultCode.PIN_LOCKED


def test_the_pin_does_not_stay_verified_behind_us(reader: PcscStaffCardReader, hall: Hall) -> None:
    hall.hand(SLOT, "insert", card="staff:0317")
    reader.wait_card(20)
    reader.sign(PIN, CHALLENGE)
    with pytest.raises(DriverError) as error:
        reader.sign("000000", CHALLENGE)
    assert fault(error) is FaultCode.PIN_WRONG


def test_sign_without_a_card(reader: PcscStaffCardReader) -> None:
    with pytest.raises(DriverError) as error:
        reader.sign(PIN, CHALLENGE)
    assert fault(error) is FaultCode.CARD_REMOVED


@pytest.mark.parametrize("settled", [False, True], ids=["quickly", "slowly"])
def test_a_swapped_card_never_signs_for_the_first(reader: PcscStaffCardReader, hall: Hall, settled: bool) -> None:
    """0317 signs in, and before the PIN is typed 0001 lies there: no PIN reaches the other card."""
    hall.hand(SLOT, "insert", card="staff:0317")
    reader.wait_card(20)
    hall.hand(SLOT, "remove")
    if settled:
        assert reader.wait_removed(20)
    hall.hand(SLOT, "insert", card="staff:0001")
    for _ in range(2):
        with pytest.raises(DriverError) as error:
            reader.sign(WU_PIN, CHALLENGE)
        assert fault(error) is FaultCode.CARD_REMOVED
    assert reader.wait_card(20) == WU
    with pytest.raises(DriverError) as error:
        reader.sign("000000", CHALLENGE)
    assert error.value.details["left"] == "2"  # the attempts above cost nothing


@pytest.mark.parametrize("moment", [READ, VERIFY, SIGN])
def test_pulled_in_the_middle_of_signing(reader: PcscStaffCardReader, hall: Hall, moment: str) -> None:
    hall.hand(SLOT, "insert", card="staff:0317")
    reader.wait_card(20)
    hall.hand(SLOT, "cut_at", apdu=moment)
    with pytest.raises(DriverError) as error:
        reader.sign(PIN, CHALLENGE)
    assert fault(error) is FaultCode.CARD_REMOVED
    with pytest.raises(DriverError) as error:
        reader.sign(PIN, CHALLENGE)
    assert fault(error) is FaultCode.CARD_REMOVED  # it has to be identified again


def test_a_card_whose_contact_bounced_is_seen_again(reader: PcscStaffCardReader, hall: Hall) -> None:
    """Gone in the middle of a command and back before the service looks again (every 0.4 s)."""
    hall.hand(SLOT, "insert", card="staff:0317")
    reader.wait_card(20)
    hall.hand(SLOT, "cut_at", apdu=VERIFY)
    with pytest.raises(DriverError) as error:
        reader.sign(PIN, CHALLENGE)
    assert fault(error) is FaultCode.CARD_REMOVED
    hall.hand(SLOT, "insert", card="staff:0317")
    assert reader.wait_card(20) == ZHOU
    assert_signed_by(reader.sign(PIN, CHALLENGE), "0317")


def test_pulled_while_it_is_identified_and_laid_again(reader: PcscStaffCardReader, hall: Hall) -> None:
    hall.hand(SLOT, "insert", card="staff:0317")
    hall.hand(SLOT, "cut_at", apdu=READ)
    with Later((SLOT, "insert", {"card": "staff:0001"}), hall=hall, after=2.0):
        assert reader.wait_card(30) == WU


def test_a_slow_card_is_waited_for(reader: PcscStaffCardReader, hall: Hall) -> None:
    hall.hand(SLOT, "insert", card="staff:0317")
    reader.wait_card(20)
    hall.hand(SLOT, "sleep", ms=1200, apdu=SIGN)
    assert_signed_by(reader.sign(PIN, CHALLENGE), "0317")


def test_wait_removed(reader: PcscStaffCardReader, hall: Hall) -> None:
    hall.hand(SLOT, "insert", card="staff:0317")
    reader.wait_card(20)
    assert not reader.wait_removed(0.1)
    with Later((SLOT, "remove", {}), hall=hall):
        assert reader.wait_removed(20)


def test_cancel_ends_a_wait_and_keeps_the_card(reader: PcscStaffCardReader, hall: Hall) -> None:
    hall.hand(SLOT, "insert", card="staff:0317")
    reader.wait_card(20)
    timer = threading.Timer(0.3, reader.cancel)
    timer.start()
    with pytest.raises(DriverError) as error:
        reader.wait_removed(60)
    timer.join()
    assert fault(error) is FaultCode.CANCELLED
    assert_signed_by(reader.sign(PIN, CHALLENGE), "0317")
    reader.cancel()  # nothing runs: nothing happens
    assert not reader.wait_removed(0.1)


def test_the_service_restarts_while_we_wait(reader: PcscStaffCardReader, hall: Hall) -> None:
    with Later((SERVICE, "restart", {}), (SLOT, "insert", {"card": "staff:0317"}), hall=hall):
        assert reader.wait_card(60) == ZHOU
    assert_signed_by(reader.sign(PIN, CHALLENGE), "0317")
    assert reader.check().counts["reconnects"] >= 1


def test_the_service_restarts_between_two_calls(reader: PcscStaffCardReader, hall: Hall) -> None:
    """Nobody watched meanwhile, so the card has to be identified again; with the same object, in the same reader."""
    hall.hand(SLOT, "insert", card="staff:0317")
    reader.wait_card(20)
    hall.hand(SERVICE, "restart")
    with pytest.raises(DriverError) as error:
        reader.sign(PIN, CHALLENGE)
    assert fault(error) in (FaultCode.CARD_REMOVED, FaultCode.SMART_CARD_SERVICE_DOWN)
    assert reader.wait_card(60) == ZHOU
    assert_signed_by(reader.sign(PIN, CHALLENGE), "0317")


def test_the_service_dies_in_the_middle_of_signing(reader: PcscStaffCardReader, hall: Hall) -> None:
    hall.hand(SLOT, "insert", card="staff:0317")
    reader.wait_card(20)
    hall.hand(SLOT, "sleep", ms=3000, apdu=VERIFY)
    with Later((SERVICE, "stop", {}), hall=hall), pytest.raises(DriverError) as error:
        reader.sign(PIN, CHALLENGE)
    try:
        assert fault(error) in (FaultCode.SMART_CARD_SERVICE_DOWN, FaultCode.CARD_REMOVED)
        with pytest.raises(DriverError) as error:
            reader.check()
        assert fault(error) is FaultCode.SMART_CARD_SERVICE_DOWN
        with pytest.raises(DriverError) as error:
            reader.wait_card(60)  # gives up long before, and says why
        assert fault(error) is FaultCode.SMART_CARD_SERVICE_DOWN
    finally:
        hall.hand(SERVICE, "start")
    assert reader.wait_card(60) == ZHOU
    assert_signed_by(reader.sign(PIN, CHALLENGE), "0317")


def test_one_name_may_mean_several_readers(reader: PcscStaffCardReader, hall: Hall) -> None:
    anywhere = PcscStaffCardReader(DeviceConfig(driver="pcsc", address="pcsc:Virtual"))
    anywhere.open()
    hall.hand(OTHER, "insert", card="staff:0001")
    assert anywhere.wait_card(20) == WU
    assert_signed_by(anywhere.sign(WU_PIN, CHALLENGE), "0001")
    anywhere.close()
    with pytest.raises(DriverError) as error:
        reader.wait_card(0)  # that card lies in another reader than this one's
    assert fault(error) is FaultCode.NO_CARD


def test_a_reader_that_is_not_there(hall: Hall) -> None:
    device = PcscStaffCardReader(DeviceConfig(driver="pcsc", address="pcsc:Another make"))
    with pytest.raises(DriverError) as error:
        device.open()
    assert fault(error) is FaultCode.SMART_CARD_READER_ABSENT
    device.close()


def test_an_address_of_another_kind() -> None:
    with pytest.raises(DriverError) as error:
        PcscStaffCardReader(DeviceConfig(driver="pcsc", address="tcp:127.0.0.1:1"))
    assert fault(error) is FaultCode.DEVICE_CONFIGURATION


TRICKS = (conformance.unplug_is_absent_and_plug_heals, conformance.noise_is_borne, conformance.silence_is_noticed)


# A reader cannot be unplugged from a running virtual service, and its line knows no noise.
@pytest.mark.parametrize("check", [c for c in conformance.SUITE if c not in TRICKS], ids=lambda check: check.__name__)
def test_conformance(check: Callable[[Subject], None], hall: Hall, reader: PcscStaffCardReader) -> None:
    config = hall.config(SLOT, "pcsc")
    subject = Subject(
        kind=DeviceKind.STAFF_CARD_READER,
        make=lambda: PcscStaffCardReader(config),
        wait=lambda device, seconds: device.wait_card(seconds),
    )
    check(subject)


def test_supervised_it_comes_back_with_the_service(hall: Hall, reader: PcscStaffCardReader) -> None:
    """From the configuration to the card: the service stops and starts, and nobody restarts the terminal."""
    kind, reports = DeviceKind.STAFF_CARD_READER, Reports()
    supervisor = Supervisor({kind: hall.config(SLOT, "pcsc")}, TestClock(), patience=Patience(heartbeat=0.2))
    supervisor.subscribe(reports)
    supervisor.start()
    try:
        reports.wait(DeviceState.READY)
        hall.hand(SERVICE, "stop")
        down = Fault(FaultCode.SMART_CARD_SERVICE_DOWN)
        lost = reports.wait(DeviceState.FAILED, fault=down)
        hall.hand(SERVICE, "start")
        reports.wait(DeviceState.READY, reports.seen.index(lost))
        hall.hand(SLOT, "insert", card="staff:0317")
        card, signed = Outcome(), Outcome()
        supervisor.device(kind).submit(lambda device: device.wait_card(LONG), card)
        assert card.get() == ZHOU
        supervisor.device(kind).submit(lambda device: device.sign(PIN, CHALLENGE), signed)
        assert_signed_by(signed.get(), "0317")
    finally:
        supervisor.stop()
        hall.hand(SERVICE, "start")
