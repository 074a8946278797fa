"""The receipt printer over every wire that is not a network: serial line, USB's character device, raw queue."""

import os
import pty
import threading
import time
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

import pytest

from drivers import registry
from drivers.conformance import SUITE
from drivers.errors import DriverError
from drivers.receipt_printer.blind import BlindPatience, BlindReceiptPrinter
from drivers.receipt_printer.driver import EscposReceiptPrinter, Patience
from drivers.trial import NotPossibleError, Subject
from drivers.virtual.escpos_commands import Command, CommandStream, Unknown
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind, DeviceState, Supply
from kiosk.contracts.printing import Printed
from kiosk.faults import FaultCode
from tests.unit.drivers.receipt_printer.slips import PAYLOAD, slip

from .conftest import Bench, Hall
from .test_receipt_printer import code_in, count, last, refusal

pytestmark = pytest.mark.processes
PRINTER = "kiosk.receipt_printer"
PATIENT = Patience(connect=30, answer=5, look=0.2, progress=60)


@pytest.fixture(scope="module")
def hall(module_bench: Bench) -> Hall:
    return module_bench({PRINTER: {"kind": "escpos", "address": "pty"}})


@pytest.fixture
def printer(hall: Hall) -> Iterator[EscposReceiptPrinter]:
    driver = EscposReceiptPrinter(hall.config(PRINTER, "escpos"), PATIENT)
    driver.open()
    yield driver
    driver.close()


def test_a_slip_over_a_serial_line(hall: Hall, printer: EscposReceiptPrinter) -> None:
    assert printer.print_receipt(slip("重庆𠮷䶮㼆①￥有限公司")) is Printed.PRINTED
    assert code_in(last(hall)) == [PAYLOAD]
    assert hall.hand(PRINTER, "unknown_commands") == []


def test_a_serial_port_is_held_alone(hall: Hall, printer: EscposReceiptPrinter) -> None:
    other = EscposReceiptPrinter(hall.config(PRINTER, "escpos"), PATIENT)
    assert refusal(other.open).code is FaultCode.DEVICE_BUSY
    assert printer.check().state is DeviceState.READY


def test_a_serial_cable_pulled_inside_a_job(hall: Hall, printer: EscposReceiptPrinter) -> None:
    before = count(hall)
    hall.hand(PRINTER, "die_after", bytes=9000)
    assert refusal(lambda: printer.print_receipt(slip())).code is FaultCode.PRINTER_ABSENT
    assert refusal(printer.check).code is FaultCode.PRINTER_ABSENT
    hall.hand(PRINTER, "power_on")
    assert printer.check().state is DeviceState.READY
    assert printer.print_receipt(slip(reprint=True)) is Printed.PRINTED
    assert count(hall) > before
    assert code_in(last(hall)) == [PAYLOAD]


@pytest.mark.parametrize("check", SUITE, ids=lambda check: check.__name__)
def test_conforms_over_a_serial_line(check: Callable[[Subject], None], hall: Hall) -> None:
    config = hall.config(PRINTER, "escpos")
    subject = Subject(
        kind=DeviceKind.RECEIPT_PRINTER,
        make=lambda: EscposReceiptPrinter(config, PATIENT),
        unplug=lambda: hall.hand(PRINTER, "power_off"),
        plug=lambda: hall.hand(PRINTER, "power_on"),
        garble=lambda: hall.hand(PRINTER, "push_status"),
        silence=lambda: hall.hand(PRINTER, "mute"),
        speak=lambda: hall.hand(PRINTER, "unmute"),
    )
    if check.__name__ == "cancel_ends_a_wait":
        with pytest.raises(NotPossibleError):
            check(subject)
    else:
        check(subject)


def test_a_slow_line_is_waited_for_as_long_as_it_needs(bench: Bench) -> None:
    """Drawn throughout, it takes some seconds at this rate, each of its slices more than the patience alone."""
    hall = bench({PRINTER: {"kind": "escpos", "address": "pty", "baud": 115200}})
    hasty = Patience(connect=30, answer=30, look=0.2, progress=0.4)
    driver = EscposReceiptPrinter(hall.config(PRINTER, "escpos", chinese="none"), hasty)
    driver.open()
    short = replace(slip(), lines=slip().lines[-8:-2])
    begin = time.monotonic()
    assert driver.print_receipt(short) is Printed.PRINTED
    assert time.monotonic() - begin > hasty.progress
    driver.close()


# --- USB: the same driver on the character device that the system makes of a USB printer ---
@contextmanager
def usb(answering: bool) -> Iterator[tuple[str, bytearray, Callable[[], None]]]:
    """A character device with a printer behind it that confirms everything, or says nothing; and the plug."""
    master, slave = pty.openpty()
    tty.setraw(slave)
    heard, pulled = bytearray(), threading.Event()
    stream = CommandStream(long_codes=False)

    def work() -> None:
        os.set_blocking(master, False)
        while not pulled.wait(0.002):
            try:
                data = os.read(master, 4096)
            except BlockingIOError:
                continue
            heard.extend(data)
            stream.feed(data)
            for piece in stream.pieces():
                assert not isinstance(piece, Unknown)
                if answering and isinstance(piece, Command) and piece.code in ("DLE EOT", "GS r"):
                    os.write(master, b"\x12" if piece.code == "DLE EOT" else b"\x00")
        os.close(slave)
        os.close(master)

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield f"usb:{os.ttyname(slave)}", heard, pulled.set
    finally:
        pulled.set()
        thread.join()


def test_a_usb_printer_with_a_way_back() -> None:
    with usb(answering=True) as (address, heard, pull):
        driver = EscposReceiptPrinter(DeviceConfig(driver="escpos", address=address), PATIENT)
        driver.open()
        assert driver.check().state is DeviceState.READY
        assert driver.print_receipt(slip()) is Printed.PRINTED
        assert heard.count(b"\x1dV") == 1
        pull()
        with pytest.raises(DriverError) as caught:
            for _ in range(200):
                driver.check()
        assert caught.value.code is FaultCode.PRINTER_ABSENT
        driver.close()


def test_a_usb_printer_without_a_way_back_is_never_called_printed() -> None:
    with usb(answering=False) as (address, heard, _):
        driver = registry.make(
            DeviceKind.RECEIPT_PRINTER, DeviceConfig(driver="escpos", address=address, options={"status": "no"})
        )
        assert isinstance(driver, BlindReceiptPrinter)
        driver.open()
        report = driver.check()
        assert (report.state, report.supply) == (DeviceState.READY, Supply.UNKNOWN)
        assert driver.print_receipt(slip()) is Printed.UNKNOWN
        assert b"\x10\x04" not in heard and b"\x1dr" not in heard
        driver.close()
        assert refusal(driver.check).code is FaultCode.PRINTER_ABSENT


def test_a_blind_printer_that_takes_no_more_gets_the_slip_once_more_marked() -> None:
    """Nobody knows how much of the first lies there, so both are papers; from then on it is a person who asks."""
    master, slave = pty.openpty()
    tty.setraw(slave)
    config = DeviceConfig(driver="escpos", address=f"usb:{os.ttyname(slave)}", options={"status": "no"})
    driver = BlindReceiptPrinter(config, BlindPatience(progress=0.3))
    driver.open()
    told: list[FaultCode] = []
    long = replace(slip(), lines=slip().lines * 20)
    assert refusal(lambda: driver.print_receipt(long, told.append)).code is FaultCode.PRINTER_SILENT
    assert told == []
    ended = threading.Event()

    def read() -> None:
        os.set_blocking(master, False)
        while not ended.wait(0.002):
            with suppress(BlockingIOError):
                os.read(master, 65536)

    reader = threading.Thread(target=read)
    reader.start()
    assert driver.print_receipt(long, told.append) is Printed.UNKNOWN
    assert told == [FaultCode.PRINTER_SILENT]
    assert driver.print_receipt(long, told.append) is Printed.UNKNOWN
    assert len(told) == 1
    driver.close()
    ended.set()
    reader.join()
    os.close(slave)
    os.close(master)


@pytest.mark.parametrize("address", ["serial:/dev/no-such-port", "usb:/dev/usb/no-such-printer"])
def test_a_port_that_is_not_there(address: str) -> None:
    driver = EscposReceiptPrinter(DeviceConfig(driver="escpos", address=address), PATIENT)
    assert refusal(driver.open).code is FaultCode.PRINTER_ABSENT
