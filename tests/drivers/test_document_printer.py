"""The document printer's driver against a printer on the wire, and against answers that no good printer gives."""

import http.server
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from drivers.conformance import SUITE
from drivers.document_printer.driver import IppDocumentPrinter, Patience
from drivers.errors import DriverError
from drivers.trial import NotPossibleError, Subject
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind, DeviceState, Supply
from kiosk.contracts.printing import Printed
from kiosk.faults import Fault, FaultCode
from tests.unit.drivers.document_printer.sheets import PAYLOAD, sheet

from .conftest import Bench, Hall

PRINTER = "kiosk.document_printer"
QUICK = Patience(answer=30, poll=0.05, job=120, gone=1)


@pytest.fixture
def hall(bench: Bench) -> Hall:
    return bench({PRINTER: {"kind": "ipp", "address": "tcp:127.0.0.1:0"}})


@pytest.fixture
def printer(hall: Hall) -> Iterator[IppDocumentPrinter]:
    driver = IppDocumentPrinter(hall.config(PRINTER, "ipp"), QUICK)
    driver.open()
    yield driver
    driver.close()


def refusal(call: Callable[[], object]) -> DriverError:
    with pytest.raises(DriverError) as caught:
        call()
    return caught.value


@pytest.mark.processes
def test_a_sheet_comes_out_as_it_was_made(hall: Hall, printer: IppDocumentPrinter) -> None:
    assert printer.print_sheets(sheet()) is Printed.PRINTED
    job = hall.hand(PRINTER, "last_job")
    assert (job["state"], job["count"], len(job["pages"])) == ("completed", 1, 1)
    document = pypdfium2.PdfDocument(Path(job["pdf"]).read_bytes())
    page = document[0]
    layer = page.get_textpage()
    assert "91500105MA5U00001A" in layer.get_text_range()
    for thing in (layer, page, document):
        thing.close()
    with Image.open(job["pages"][0]) as picture:
        codes = zxingcpp.read_barcodes(picture.convert("L"))
    assert [code.text for code in codes] == [PAYLOAD]


@pytest.mark.processes
@pytest.mark.parametrize(
    ("trouble", "help_", "code"),
    [("paper_out", "paper_in", FaultCode.PAPER_OUT), ("jam", "clear_jam", FaultCode.PRINTER_JAM)],
)
def test_trouble_before_a_job_is_refused_and_seen(
    hall: Hall, printer: IppDocumentPrinter, trouble: str, help_: str, code: FaultCode
) -> None:
    hall.hand(PRINTER, trouble)
    assert refusal(lambda: printer.print_sheets(sheet())).code is code
    report = printer.check()
    assert (report.state, report.fault) == (DeviceState.NEEDS_HAND, Fault(code))
    hall.hand(PRINTER, help_)
    report = printer.check()
    assert (report.state, report.supply, report.fault) == (DeviceState.READY, Supply.FULL, None)
    assert printer.print_sheets(sheet()) is Printed.PRINTED
    assert hall.hand(PRINTER, "last_job")["count"] == 1


@pytest.mark.processes
def test_paper_that_ends_inside_a_job_takes_the_job_back(hall: Hall, printer: IppDocumentPrinter) -> None:
    hall.hand(PRINTER, "paper_out", after=1)
    rows = tuple(("公章", f"SN{number:04d}", "1", "一致") for number in range(40))
    error = refusal(lambda: printer.print_sheets(sheet(rows=rows)))
    assert (error.code, error.details["spoiled_pages"]) == (FaultCode.PAPER_OUT, "1")
    assert hall.hand(PRINTER, "last_job")["state"] == "canceled"
    hall.hand(PRINTER, "paper_in")
    told: list[FaultCode] = []
    assert printer.print_sheets(sheet(rows=rows), told.append) is Printed.PRINTED
    assert told == [FaultCode.PAPER_OUT]  # a page of it lay there already
    assert printer.print_sheets(sheet(), told.append) is Printed.PRINTED
    assert hall.hand(PRINTER, "last_job")["count"] == 3 and len(told) == 1


@pytest.mark.processes
def test_a_slow_printer_is_waited_for(hall: Hall, printer: IppDocumentPrinter) -> None:
    hall.hand(PRINTER, "slow", seconds=2)
    assert printer.print_sheets(sheet()) is Printed.PRINTED


@pytest.mark.processes
def test_a_printer_that_is_too_slow_leaves_it_open(hall: Hall) -> None:
    hall.hand(PRINTER, "slow", seconds=60)
    driver = IppDocumentPrinter(hall.config(PRINTER, "ipp"), Patience(answer=30, poll=0.05, job=0.2))
    driver.open()
    assert driver.print_sheets(sheet()) is Printed.UNKNOWN
    assert hall.hand(PRINTER, "last_job")["state"] == "canceled"  # it does not come out before somebody else
    hall.hand(PRINTER, "slow", seconds=0)
    told: list[FaultCode] = []
    driver.print_sheets(sheet(), told.append)
    assert told == [FaultCode.PRINTER_SILENT]  # nobody saw how far it had come
    driver.close()


@pytest.mark.processes
def test_both_sides_and_the_tray_are_asked_of_the_printer(hall: Hall) -> None:
    driver = IppDocumentPrinter(hall.config(PRINTER, "ipp", sides="two-sided-long-edge", tray="manual"), QUICK)
    driver.open()
    assert driver.print_sheets(sheet()) is Printed.PRINTED
    job = hall.hand(PRINTER, "last_job")
    assert (job["sides"], job["tray"]) == ("two-sided-long-edge", "manual")
    assert driver.check().counts == {"pages": 1, "spoiled_pages": 0}
    driver.close()


@pytest.mark.processes
@pytest.mark.parametrize(("key", "value"), [("sides", "two-sided-short-edge"), ("tray", "tray-9")])
def test_what_the_printer_says_it_cannot_is_not_tried(hall: Hall, key: str, value: str) -> None:
    driver = IppDocumentPrinter(hall.config(PRINTER, "ipp", **{key: value}), QUICK)
    error = refusal(driver.open)
    assert (error.code, error.details["key"]) == (FaultCode.DEVICE_CONFIGURATION, key)


def _soon(printing: Callable[[], object], act: Callable[[], object], begun: Callable[[], bool]) -> object:
    """Print on this thread, and act from another one as soon as the printer has the job."""
    done = threading.Event()

    def watch() -> None:
        while not begun() and not done.wait(0.02):
            pass
        act()

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        return printing()
    finally:
        done.set()
        watcher.join()


@pytest.mark.processes
def test_power_that_goes_with_the_job_inside_leaves_it_open(hall: Hall, printer: IppDocumentPrinter) -> None:
    hall.hand(PRINTER, "slow", seconds=60)
    ended = _soon(
        lambda: printer.print_sheets(sheet()),
        lambda: hall.hand(PRINTER, "power_off"),
        lambda: hall.hand(PRINTER, "last_job")["count"] == 1,
    )
    assert ended is Printed.UNKNOWN
    assert refusal(printer.check).code is FaultCode.DOCUMENT_PRINTER_ABSENT
    hall.hand(PRINTER, "power_on")
    assert printer.check().state is DeviceState.READY


@pytest.mark.processes
def test_a_cancelled_job_is_taken_back(hall: Hall, printer: IppDocumentPrinter) -> None:
    hall.hand(PRINTER, "slow", seconds=60)
    error = refusal(
        lambda: _soon(
            lambda: printer.print_sheets(sheet()),
            printer.cancel,
            lambda: hall.hand(PRINTER, "last_job")["count"] == 1,
        )
    )
    assert error.code is FaultCode.CANCELLED
    assert hall.hand(PRINTER, "last_job")["state"] == "canceled"


@pytest.mark.processes
def test_a_jam_that_aborts_the_job_is_a_jam(hall: Hall, printer: IppDocumentPrinter) -> None:
    hall.hand(PRINTER, "slow", seconds=60)
    error = refusal(
        lambda: _soon(
            lambda: printer.print_sheets(sheet()),
            lambda: hall.hand(PRINTER, "jam", abort=True),
            lambda: hall.hand(PRINTER, "last_job")["count"] == 1,
        )
    )
    assert error.code is FaultCode.PRINTER_JAM


@pytest.fixture(scope="module")
def subject(module_bench: Bench) -> Subject:
    hall = module_bench({PRINTER: {"kind": "ipp", "address": "tcp:127.0.0.1:0"}})
    config = hall.config(PRINTER, "ipp")
    return Subject(
        kind=DeviceKind.DOCUMENT_PRINTER,
        make=lambda: IppDocumentPrinter(config, QUICK),
        unplug=lambda: hall.hand(PRINTER, "power_off"),
        plug=lambda: hall.hand(PRINTER, "power_on"),
    )


@pytest.mark.processes
@pytest.mark.parametrize("check", SUITE, ids=lambda check: check.__name__)
def test_conforms(check: Callable[[Subject], None], subject: Subject) -> None:
    if check.__name__ in {"cancel_ends_a_wait", "noise_is_borne", "silence_is_noticed"}:
        with pytest.raises(NotPossibleError):  # it waits for nobody; bad answers are tried below
            check(subject)
    else:
        check(subject)


@contextmanager
def answering(status: int, body: bytes, headers: dict[str, str] | None = None) -> Iterator[str]:
    """A server that gives the same answer to everything."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            for key, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
                self.send_header(key, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"ipp://127.0.0.1:{server.server_port}/ipp/print"
        finally:
            server.shutdown()
            thread.join()


def ipp_answer(status: int, number: int = 1, groups: bytes = b"") -> bytes:
    return b"\x01\x01" + status.to_bytes(2, "big") + number.to_bytes(4, "big") + groups + b"\x03"


NO_PDF = b"\x04\x49\x00\x19document-format-supported\x00\x0aimage/jpeg"


@pytest.mark.parametrize(
    ("status", "body", "code"),
    [
        (404, b"", FaultCode.DEVICE_CONFIGURATION),
        (302, b"", FaultCode.DEVICE_CONFIGURATION),
        (401, b"", FaultCode.DEVICE_CONFIGURATION),
        (500, b"", FaultCode.DEVICE_FAILED),
        (200, b"<html>a login page</html>", FaultCode.DEVICE_FAILED),
        (200, b"", FaultCode.DEVICE_FAILED),
        (200, b"\0" * (1 << 20) + b"\0\0", FaultCode.DEVICE_FAILED),
        (200, ipp_answer(0, number=99), FaultCode.DEVICE_FAILED),
        (200, ipp_answer(0x0507), FaultCode.DEVICE_BUSY),
        (200, ipp_answer(0x0500), FaultCode.DEVICE_FAILED),
        (200, ipp_answer(0, groups=NO_PDF), FaultCode.DEVICE_CONFIGURATION),
    ],
)
def test_answers_of_strangers_and_of_broken_printers(status: int, body: bytes, code: FaultCode) -> None:
    with answering(status, body) as address:
        driver = IppDocumentPrinter(DeviceConfig(driver="ipp", address=address), QUICK)
        assert refusal(driver.open).code is code
        assert refusal(driver.check).code is FaultCode.DOCUMENT_PRINTER_ABSENT  # it is not open
        driver.close()


def test_an_answer_that_breaks_off_is_an_absent_printer() -> None:
    with answering(200, b"\x01\x01", {"Content-Length": "500", "Connection": "close"}) as address:
        driver = IppDocumentPrinter(DeviceConfig(driver="ipp", address=address), QUICK)
        assert refusal(driver.open).code is FaultCode.DOCUMENT_PRINTER_ABSENT


@pytest.mark.parametrize(
    ("options", "key"),
    [
        ({"copies": "0"}, "copies"),
        ({"copies": "many"}, "copies"),
        ({"archive": "x"}, "archive"),
        ({"sides": "three"}, "sides"),
        ({"tray": "Fach 1"}, "tray"),
    ],
)
def test_wrong_settings_are_named(options: dict[str, str], key: str) -> None:
    with pytest.raises(DriverError) as caught:
        IppDocumentPrinter(DeviceConfig(driver="ipp", address="ipp://p/ipp/print", options=options))
    assert caught.value.code is FaultCode.DEVICE_CONFIGURATION
    assert caught.value.details["key"] == key
