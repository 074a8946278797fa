"""The receipt printer's driver against a printer on the wire: what comes out, and everything a hand can do to it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from PIL import Image, ImageDraw, ImageFont

from drivers.conformance import SUITE
from drivers.errors import DriverError
from drivers.receipt_printer.driver import EscposReceiptPrinter, Patience
from drivers.trial import NotPossibleError, Subject
from kiosk.contracts.device import DeviceKind, DeviceState, Supply
from kiosk.contracts.printing import Printed
from kiosk.faults import Fault, FaultCode
from tests.unit.drivers.receipt_printer.slips import PAYLOAD, slip

from .conftest import Bench, Hall

pytestmark = pytest.mark.processes
PRINTER = "kiosk.receipt_printer"
QUICK = Patience(connect=30, answer=2, look=0.2, progress=60)
MONO_BOLD = "/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc"


@pytest.fixture
def hall(bench: Bench) -> Hall:
    return bench({PRINTER: {"kind": "escpos", "address": "tcp:127.0.0.1:0"}})


@pytest.fixture
def printer(hall: Hall) -> Iterator[EscposReceiptPrinter]:
    driver = EscposReceiptPrinter(hall.config(PRINTER, "escpos"), QUICK)
    driver.open()
    yield driver
    driver.close()


def last(hall: Hall, device: str = PRINTER) -> np.ndarray:
    """The last receipt as dots, True is black."""
    with Image.open(Path(hall.hand(device, "last_receipt")["path"])) as picture:
        return np.asarray(picture.convert("L")) < 128


def count(hall: Hall, device: str = PRINTER) -> int:
    """How many receipts fell out of the printer."""
    return int(hall.hand(device, "last_receipt")["count"])


def code_in(dots: np.ndarray) -> list[str]:
    """What a scanner reads on the paper."""
    picture = np.pad(np.where(dots, 0, 255).astype(np.uint8), 40, constant_values=255)
    return [code.text for code in zxingcpp.read_barcodes(picture)]


def shows(dots: np.ndarray, text: str, size: int = 24) -> bool:
    """Whether exactly these letters stand somewhere on the paper, each in a cell of its own."""
    font = ImageFont.truetype(MONO_BOLD, size, index=7, layout_engine=ImageFont.Layout.BASIC)
    picture = Image.new("L", (size * len(text), size * 2), 255)
    ImageDraw.Draw(picture).text((0, size), text, font=font, fill=0, anchor="lm")
    letters = np.asarray(picture) < 150
    rows = np.flatnonzero(letters.any(axis=1))
    letters = letters[rows[0] : rows[-1] + 1]
    windows = np.lib.stride_tricks.sliding_window_view(dots, letters.shape)
    return any(bool((line == letters).all(axis=(1, 2)).any()) for line in windows)


def refusal(call: Callable[[], object]) -> DriverError:
    with pytest.raises(DriverError) as caught:
        call()
    return caught.value


@pytest.mark.parametrize(("paper", "width"), [("80", 576), ("58", 384)])
def test_a_slip_comes_out_whole(bench: Bench, paper: str, width: int) -> None:
    hall = bench({PRINTER: {"kind": "escpos", "address": "tcp:127.0.0.1:0", "paper": paper, "cutter": True}})
    driver = EscposReceiptPrinter(hall.config(PRINTER, "escpos", paper=paper))
    driver.open()
    try:
        assert driver.print_receipt(slip()) is Printed.PRINTED
    finally:
        driver.close()
    dots = last(hall)
    assert dots.shape[1] == width
    assert code_in(dots) == [PAYLOAD]
    assert hall.hand(PRINTER, "unknown_commands") == []


def test_labels_begin_left_and_values_end_right(hall: Hall, printer: EscposReceiptPrinter) -> None:
    printer.print_receipt(slip())
    inked = last(hall).any(axis=0)
    edges = np.flatnonzero(inked)
    assert 8 <= edges[0] <= 14
    assert 560 <= edges[-1] <= 564


def test_rare_characters_come_out_as_they_are(hall: Hall, printer: EscposReceiptPrinter) -> None:
    printer.print_receipt(slip("重庆𠮷䶮㼆①￥有限公司"))
    dots = last(hall)
    assert shows(dots, "𠮷䶮㼆①￥")
    assert not shows(dots, "〓")


def test_a_gb18030_printer_sets_what_a_gbk_printer_must_draw(bench: Bench) -> None:
    hall = bench({PRINTER: {"kind": "escpos", "address": "tcp:127.0.0.1:0", "rom": "gb18030"}})
    driver = EscposReceiptPrinter(hall.config(PRINTER, "escpos", chinese="gb18030"), QUICK)
    driver.open()
    assert driver.print_receipt(slip("重庆䶮有限公司")) is Printed.PRINTED
    driver.close()
    assert code_in(last(hall)) == [PAYLOAD]
    assert hall.hand(PRINTER, "unknown_commands") == []


def test_a_printer_without_chinese_gets_everything_drawn(hall: Hall) -> None:
    driver = EscposReceiptPrinter(hall.config(PRINTER, "escpos", chinese="none"), QUICK)
    driver.open()
    assert driver.print_receipt(slip()) is Printed.PRINTED
    driver.close()
    assert code_in(last(hall)) == [PAYLOAD]


def test_a_reprint_carries_its_mark_at_the_top(hall: Hall, printer: EscposReceiptPrinter) -> None:
    printer.print_receipt(slip())
    first = last(hall)
    printer.print_receipt(slip(reprint=True))
    again = last(hall)
    assert first.shape == again.shape
    changed = np.argwhere(first != again)
    assert len(changed) > 500
    assert changed[:, 0].max() < 160 and changed[:, 1].min() > 400


def test_low_paper_is_said_and_hinders_nothing(hall: Hall, printer: EscposReceiptPrinter) -> None:
    assert printer.supply() is Supply.FULL
    hall.hand(PRINTER, "paper_low")
    report = printer.check()
    assert (report.state, report.supply, report.fault) == (DeviceState.READY, Supply.LOW, Fault(FaultCode.PAPER_LOW))
    assert printer.supply() is Supply.LOW
    assert printer.print_receipt(slip()) is Printed.PRINTED


@pytest.mark.parametrize(
    ("trouble", "help_", "code", "state"),
    [
        ("paper_out", "paper_in", FaultCode.PAPER_OUT, DeviceState.NEEDS_HAND),
        ("open_cover", "close_cover", FaultCode.COVER_OPEN, DeviceState.NEEDS_HAND),
        ("jam_cutter", "clear_cutter", FaultCode.CUTTER_JAM, DeviceState.NEEDS_HAND),
        ("overheat", "cool_down", FaultCode.PRINTER_OVERHEATED, DeviceState.NEEDS_HAND),
        ("break_down", "repair", FaultCode.DEVICE_FAILED, DeviceState.FAILED),
    ],
)
def test_trouble_before_a_job_is_refused_and_seen(
    hall: Hall, printer: EscposReceiptPrinter, trouble: str, help_: str, code: FaultCode, state: DeviceState
) -> None:
    hall.hand(PRINTER, trouble)
    assert refusal(printer.supply).code is code
    assert refusal(lambda: printer.print_receipt(slip())).code is code
    report = printer.check()
    assert (report.state, report.fault) == (state, Fault(code))
    assert count(hall) == 0
    hall.hand(PRINTER, help_)
    assert printer.check().state is DeviceState.READY
    assert printer.print_receipt(slip()) is Printed.PRINTED
    assert count(hall) == 1


def whole(hall: Hall, printer: EscposReceiptPrinter) -> np.ndarray:
    """The slip as it comes out without any trouble."""
    assert printer.print_receipt(slip()) is Printed.PRINTED
    return last(hall)


@pytest.mark.parametrize("after", [3000, 14000, 20000, 29500])
def test_paper_that_ends_inside_a_job_goes_on_where_it_ended(
    hall: Hall, printer: EscposReceiptPrinter, after: int
) -> None:
    expected = whole(hall, printer)
    hall.hand(PRINTER, "paper_out", after=after)
    assert refusal(lambda: printer.print_receipt(slip())).code is FaultCode.PAPER_OUT
    assert printer.check().supply is Supply.OUT
    assert refusal(lambda: printer.print_receipt(slip())).code is FaultCode.PAPER_OUT
    hall.hand(PRINTER, "paper_in")
    assert printer.check().state is DeviceState.READY
    assert printer.print_receipt(slip()) is Printed.PRINTED
    assert count(hall) == 2
    assert np.array_equal(last(hall), expected)  # nothing twice, nothing left out, no mark
    told: list[FaultCode] = []
    assert printer.print_receipt(slip(), told.append) is Printed.PRINTED
    assert told == []  # wanted once more by a person: that is nothing the printer does by itself
    assert np.array_equal(last(hall), expected)


def test_a_printer_that_forgot_what_it_had_gets_a_marked_reprint(hall: Hall, printer: EscposReceiptPrinter) -> None:
    printer.print_receipt(slip(reprint=True))
    marked = last(hall)
    hall.hand(PRINTER, "paper_out", after=14000)
    assert refusal(lambda: printer.print_receipt(slip())).code is FaultCode.PAPER_OUT
    hall.hand(PRINTER, "paper_in", forgetting=True)
    hasty = replace(QUICK, progress=1)
    printer._patience = hasty
    told: list[FaultCode] = []
    assert printer.print_receipt(slip(), told.append) is Printed.PRINTED
    assert told == [FaultCode.PAPER_OUT]
    assert count(hall) == 3  # the torn beginning was parted off
    assert np.array_equal(last(hall), marked)


def test_another_receipt_after_a_torn_one_is_parted_from_it_and_takes_no_answer_of_it(
    hall: Hall, printer: EscposReceiptPrinter
) -> None:
    expected = whole(hall, printer)
    hall.hand(PRINTER, "paper_out", after=20000)
    assert refusal(lambda: printer.print_receipt(slip("重庆另一商贸有限公司"))).code is FaultCode.PAPER_OUT
    hall.hand(PRINTER, "paper_in")
    assert printer.print_receipt(slip()) is Printed.PRINTED
    assert count(hall) == 3
    assert np.array_equal(last(hall), expected)


def test_a_job_that_may_be_whole_is_for_a_person_to_decide(hall: Hall, printer: EscposReceiptPrinter) -> None:
    printer.print_receipt(slip(reprint=True))
    marked = last(hall)
    hall.hand(PRINTER, "jam_cutter", at_next_cut=True)
    assert refusal(lambda: printer.print_receipt(slip())).code is FaultCode.CUTTER_JAM
    hall.hand(PRINTER, "power_off")
    hall.hand(PRINTER, "clear_cutter")
    hall.hand(PRINTER, "power_on")
    told: list[FaultCode] = []
    assert printer.print_receipt(slip(), told.append) is Printed.UNKNOWN
    assert count(hall) == 1 and told == []  # nothing was printed unasked
    assert printer.print_receipt(slip(), told.append) is Printed.PRINTED
    assert told == [FaultCode.CUTTER_JAM]
    assert np.array_equal(last(hall), marked)


def test_a_knife_that_jams_at_the_end_keeps_the_receipt_from_being_called_printed(
    hall: Hall, printer: EscposReceiptPrinter
) -> None:
    expected = whole(hall, printer)
    for _ in range(2):
        hall.hand(PRINTER, "jam_cutter", at_next_cut=True)
        assert refusal(lambda: printer.print_receipt(slip())).code is FaultCode.CUTTER_JAM
        hall.hand(PRINTER, "clear_cutter")
    assert printer.print_receipt(slip()) is Printed.PRINTED
    assert count(hall) == 2
    assert np.array_equal(last(hall)[: len(expected)], expected)


def test_power_that_goes_inside_a_job_is_never_called_printed_and_comes_back(
    hall: Hall, printer: EscposReceiptPrinter
) -> None:
    hall.hand(PRINTER, "die_after", bytes=6000)
    assert refusal(lambda: printer.print_receipt(slip())).code is FaultCode.PRINTER_ABSENT
    assert refusal(printer.check).code is FaultCode.PRINTER_ABSENT
    hall.hand(PRINTER, "power_on")
    assert printer.check().state is DeviceState.READY
    told: list[FaultCode] = []
    hall.hand(PRINTER, "die_after", bytes=6000)
    assert refusal(lambda: printer.print_receipt(slip(), told.append)).code is FaultCode.PRINTER_ABSENT
    hall.hand(PRINTER, "power_on")
    assert printer.print_receipt(slip(), told.append) is Printed.PRINTED
    assert told == [FaultCode.PRINTER_ABSENT] * 2  # a paper that broke off, too, has left


@pytest.mark.parametrize(("trick", "back"), [("mute", "unmute"), ("stall", "go_on")])
def test_a_printer_that_says_nothing_gets_no_job(
    hall: Hall, printer: EscposReceiptPrinter, trick: str, back: str
) -> None:
    hall.hand(PRINTER, trick)
    assert refusal(lambda: printer.print_receipt(slip())).code is FaultCode.PRINTER_SILENT
    assert refusal(printer.check).code is FaultCode.PRINTER_SILENT
    hall.hand(PRINTER, back)
    assert count(hall) == 0
    assert printer.print_receipt(slip()) is Printed.PRINTED


def test_pushed_status_between_jobs_does_no_harm(hall: Hall, printer: EscposReceiptPrinter) -> None:
    printer.print_receipt(slip())
    for _ in range(3):
        hall.hand(PRINTER, "push_status")
        assert printer.check().state is DeviceState.READY
    assert printer.print_receipt(slip()) is Printed.PRINTED


@pytest.fixture(scope="module")
def subject(module_bench: Bench) -> Subject:
    hall = module_bench({PRINTER: {"kind": "escpos", "address": "tcp:127.0.0.1:0"}})
    config = hall.config(PRINTER, "escpos")
    return Subject(
        kind=DeviceKind.RECEIPT_PRINTER,
        make=lambda: EscposReceiptPrinter(config, QUICK),
        unplug=lambda: hall.hand(PRINTER, "power_off"),
        plug=lambda: hall.hand(PRINTER, "power_on"),
        garble=lambda: hall.hand(PRINTER, "push_status"),
        silence=lambda: hall.hand(PRINTER, "mute"),
        speak=lambda: hall.hand(PRINTER, "unmute"),
    )


@pytest.mark.parametrize("check", SUITE, ids=lambda check: check.__name__)
def test_conforms(check: Callable[[Subject], None], subject: Subject) -> None:
    if check.__name__ == "cancel_ends_a_wait":  # a receipt printer waits for nobody
        with pytest.raises(NotPossibleError):
            check(subject)
    else:
        check(subject)
