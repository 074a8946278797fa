"""The receipt printer's driver against a printer that follows a script byte by byte: silence and loss at exactly one
place of a job, which no hand on a real printer could time."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest

from drivers.errors import DriverError
from drivers.receipt_printer.codec import BARRIER
from drivers.receipt_printer.driver import EscposReceiptPrinter, Patience
from drivers.receipt_printer.grammar import clean_cut, job
from drivers.receipt_printer.text import ChineseType
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceState
from kiosk.contracts.printing import Printed
from kiosk.faults import FaultCode
from tests.unit.drivers.receipt_printer.slips import slip

SLICES = [piece.data + BARRIER for piece in job(slip(), 576, ChineseType.GBK, cutter=True)]
AUTO_STATUS = b"\x1d\x61\x0e"
FINE, PAPER = b"\x12", b"\x00"
ASK = [bytes((0x10, 0x04, number)) for number in (1, 2, 3, 4)]
PATIENT = Patience(connect=30, answer=3, look=0.2, progress=60)
HASTY = Patience(connect=30, answer=2, look=0.2, progress=1)


@dataclass(frozen=True)
class Hear:
    """The driver must say exactly this."""

    data: bytes


@dataclass(frozen=True)
class Say:
    """The printer says this."""

    data: bytes


@dataclass(frozen=True)
class Tell:
    """Let the test go on."""

    event: threading.Event


@dataclass(frozen=True)
class HangUp:
    """The printer closes the connection and waits for the next one."""


@dataclass(frozen=True)
class Parted:
    """The driver hangs up, whatever it says before, and comes again."""


Step = Hear | Say | Tell | HangUp | Parted
STATUS: list[Step] = [step for query in ASK for step in (Hear(query), Say(FINE))]
CONFIRMED: list[Step] = [step for piece in SLICES for step in (Hear(piece), Say(PAPER))]


@dataclass
class Stage:
    """Plays the script on a loopback port."""

    script: list[Step] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._door = socket.create_server(("127.0.0.1", 0))
        self._door.settimeout(60)
        self.address = f"tcp:127.0.0.1:{self._door.getsockname()[1]}"
        self._thread = threading.Thread(target=self._play)

    def play(self, *script: Step) -> None:
        self.script = list(script)
        self._thread.start()

    def end(self) -> None:
        """The driver has hung up; the whole script must have been played."""
        if self._thread.ident is not None:
            self._thread.join(60)
        self._door.close()
        assert not self.trouble, self.trouble

    def _play(self) -> None:
        line = self._accept()
        try:
            for number, step in enumerate(self.script):
                if isinstance(step, Hear):
                    heard = self._hear(line, step.data)
                    if heard != step.data:
                        self.trouble.append(f"step {number}: not {step.data[:8].hex()} but {heard[:8].hex()}")
                        return
                elif isinstance(step, Say):
                    line.sendall(step.data)
                elif isinstance(step, Tell):
                    step.event.set()
                else:
                    if isinstance(step, Parted):
                        self._drain(line)
                    line.close()
                    line = self._accept()
            self._drain(line)
        except OSError as error:
            self.trouble.append(type(error).__name__)
        finally:
            line.close()

    @staticmethod
    def _drain(line: socket.socket) -> None:
        while line.recv(65536):
            pass

    def _accept(self) -> socket.socket:
        line, _ = self._door.accept()
        line.settimeout(60)
        return line

    @staticmethod
    def _hear(line: socket.socket, expected: bytes) -> bytes:
        """As many bytes as are expected. A look at the sensors may always come between two slices."""
        heard = b""
        while len(heard) < len(expected) and (more := line.recv(len(expected) - len(heard))):
            heard += more
            while heard[:2] == b"\x10\x04" and len(heard) >= 3 and expected[:1] != b"\x10":
                line.sendall(FINE)
                heard = heard[3:]
        return heard


@pytest.fixture
def stage() -> Iterator[Stage]:
    playing = Stage()
    yield playing
    playing.end()


@pytest.fixture
def printer(stage: Stage) -> Iterator[EscposReceiptPrinter]:
    driver = EscposReceiptPrinter(DeviceConfig(driver="escpos", address=stage.address), PATIENT)
    yield driver
    driver.close()


@pytest.fixture
def hasty(stage: Stage) -> Iterator[EscposReceiptPrinter]:
    """A driver that soon gives up."""
    driver = EscposReceiptPrinter(DeviceConfig(driver="escpos", address=stage.address), HASTY)
    yield driver
    driver.close()


def test_a_confirmed_job_is_printed(stage: Stage, printer: EscposReceiptPrinter) -> None:
    stage.play(*STATUS, Hear(AUTO_STATUS), Say(b"\x10\x00\x00\x00"), *CONFIRMED, *STATUS)
    printer.open()
    assert printer.print_receipt(slip()) is Printed.PRINTED


def test_silence_behind_the_last_byte_leaves_it_open(stage: Stage, hasty: EscposReceiptPrinter) -> None:
    stage.play(*STATUS, Hear(AUTO_STATUS), *CONFIRMED[:-1])
    hasty.open()
    assert hasty.print_receipt(slip()) is Printed.UNKNOWN


def test_a_line_lost_behind_the_last_byte_leaves_it_open(stage: Stage, printer: EscposReceiptPrinter) -> None:
    stage.play(*STATUS, Hear(AUTO_STATUS), *CONFIRMED[:-1], HangUp(), *STATUS)
    printer.open()
    assert printer.print_receipt(slip()) is Printed.UNKNOWN
    assert printer.check().state is DeviceState.READY


def test_silence_before_the_last_slice_is_a_fault(stage: Stage, hasty: EscposReceiptPrinter) -> None:
    stage.play(*STATUS, Hear(AUTO_STATUS), Hear(SLICES[0]), Hear(SLICES[1]))
    hasty.open()
    with pytest.raises(DriverError) as caught:
        hasty.print_receipt(slip())
    assert caught.value.code is FaultCode.PRINTER_SILENT
    assert caught.value.details == {"slices": "0"}


def test_no_more_than_two_slices_are_ever_unconfirmed(stage: Stage, printer: EscposReceiptPrinter) -> None:
    early: list[Step] = [Hear(SLICES[0]), Hear(SLICES[1]), *STATUS, Say(PAPER), Hear(SLICES[2])]
    rest = [Say(PAPER)] * 2 + CONFIRMED[6:]
    stage.play(*STATUS, Hear(AUTO_STATUS), *early, *rest, *STATUS)
    printer.open()
    assert printer.print_receipt(slip()) is Printed.PRINTED


def test_a_slow_printer_is_waited_for(stage: Stage, printer: EscposReceiptPrinter) -> None:
    stage.play(*STATUS, Hear(AUTO_STATUS), *CONFIRMED[:-1], *STATUS, *STATUS, *STATUS, CONFIRMED[-1], *STATUS)
    printer.open()
    assert printer.print_receipt(slip()) is Printed.PRINTED


def test_a_late_answer_counts_for_its_own_question(stage: Stage, printer: EscposReceiptPrinter) -> None:
    drawer = Say(b"\x16")  # fine as answer to question 1; taken for answer 2 it would be an open cover
    late = [Hear(ASK[0]), Hear(ASK[0]), drawer, Hear(ASK[1]), drawer, Say(FINE), *STATUS[4:]]
    stage.play(*STATUS, Hear(AUTO_STATUS), *CONFIRMED[:-1], *late, Say(PAPER), *STATUS)
    printer.open()
    assert printer.print_receipt(slip()) is Printed.PRINTED


def test_a_push_that_forbids_printing_is_the_fault(stage: Stage, printer: EscposReceiptPrinter) -> None:
    stage.play(*STATUS, Hear(AUTO_STATUS), Hear(SLICES[0]), Hear(SLICES[1]), Say(b"\x38\x00\x00\x00"))
    printer.open()
    with pytest.raises(DriverError) as caught:
        printer.print_receipt(slip())
    assert caught.value.code is FaultCode.COVER_OPEN


def test_paper_that_ends_behind_a_confirmed_job_does_not_undo_it(stage: Stage, printer: EscposReceiptPrinter) -> None:
    out = [
        Hear(ASK[0]),
        Say(b"\x1a"),
        Hear(ASK[1]),
        Say(b"\x32"),
        Hear(ASK[2]),
        Say(FINE),
        Hear(ASK[3]),
        Say(b"\x72"),
    ]
    stage.play(*STATUS, Hear(AUTO_STATUS), *CONFIRMED[:-1], Say(b"\x18\x00\x0c\x00" + PAPER), *out)
    printer.open()
    assert printer.print_receipt(slip()) is Printed.PRINTED


def test_flow_control_and_old_news_do_not_disturb_a_question(stage: Stage, printer: EscposReceiptPrinter) -> None:
    noisy = [step for query in ASK for step in (Hear(query), Say(b"\x11\x18\x00\x0c\x00\x13" + FINE))]
    stage.play(*noisy)
    printer.open()
    assert printer.check().state is DeviceState.READY


def test_a_line_that_was_closed_while_idle_is_made_anew(stage: Stage, printer: EscposReceiptPrinter) -> None:
    stage.play(*STATUS, HangUp(), *STATUS)
    printer.open()
    assert printer.check().state is DeviceState.READY
    assert printer.check().state is DeviceState.READY


def test_a_cancelled_job_is_torn_and_parted_from_the_next(stage: Stage, printer: EscposReceiptPrinter) -> None:
    begun = threading.Event()
    torn = [Hear(AUTO_STATUS), Hear(SLICES[0]), Hear(SLICES[1]), Tell(begun), Parted()]
    apart = [Hear(AUTO_STATUS), Hear(clean_cut(cutter=True) + BARRIER), Say(PAPER)]
    stage.play(*STATUS, *torn, *STATUS, *apart, *CONFIRMED, *STATUS)
    printer.open()

    def press() -> None:
        begun.wait(60)
        printer.cancel()

    presser = threading.Thread(target=press)
    presser.start()
    try:
        with pytest.raises(DriverError) as caught:
            printer.print_receipt(slip())
    finally:
        presser.join()
    assert caught.value.code is FaultCode.CANCELLED
    assert printer.print_receipt(replace(slip(), job="the next person's")) is Printed.PRINTED


def test_a_cancel_before_a_call_is_not_meant_for_it(stage: Stage, printer: EscposReceiptPrinter) -> None:
    stage.play(*STATUS)
    printer.open()
    printer.cancel()
    assert printer.check().state is DeviceState.READY


def test_nobody_at_the_address(stage: Stage) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        free = door.getsockname()[1]
    driver = EscposReceiptPrinter(DeviceConfig(driver="escpos", address=f"tcp:127.0.0.1:{free}"), PATIENT)
    with pytest.raises(DriverError) as caught:
        driver.open()
    assert caught.value.code is FaultCode.PRINTER_ABSENT
    driver.cancel()
    driver.close()


@pytest.mark.parametrize(
    ("address", "options", "key"),
    [
        ("serial:/dev/ttyS0?baud=300", {}, "address"),
        ("serial:/dev/ttyS0?flow=maybe", {}, "address"),
        ("usb:lp0", {}, "address"),
        ("cups:a queue", {}, "address"),
        ("cups:receipts", {"status": "yes"}, "status"),
        ("tcp:printer", {}, "address"),
        ("tcp:printer:0", {}, "address"),
        ("tcp::9100", {}, "address"),
        ("tcp:printer:9100", {"paper": "81"}, "paper"),
        ("tcp:printer:9100", {"chinese": "big5"}, "chinese"),
        ("tcp:printer:9100", {"speed": "9"}, "speed"),
    ],
)
def test_wrong_settings_are_named(address: str, options: dict[str, str], key: str) -> None:
    with pytest.raises(DriverError) as caught:
        EscposReceiptPrinter(DeviceConfig(driver="escpos", address=address, options=options))
    assert caught.value.code is FaultCode.DEVICE_CONFIGURATION
    assert caught.value.details["key"] == key
