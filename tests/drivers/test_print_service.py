"""Both printers behind a real print service (CUPS): raw receipts to the virtual printer's port, sheets to the virtual
page printer, and what the service hides from whoever trusts it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers import registry
from drivers.document_printer.driver import IppDocumentPrinter, Patience
from drivers.receipt_printer.blind import BlindPatience, BlindReceiptPrinter
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind, DeviceState, Supply
from kiosk.contracts.printing import Printed
from kiosk.faults import FaultCode
from tests.unit.drivers.document_printer.sheets import sheet
from tests.unit.drivers.receipt_printer.slips import PAYLOAD, slip

from .conftest import Bench, Hall
from .print_service import CUPSD, LPADMIN, PrintService, print_service
from .test_receipt_printer import code_in, last, refusal

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(not (CUPSD and LPADMIN), reason="needs cups and cups-client"),
]
RECEIPTS, SHEETS = "kiosk.receipt_printer", "kiosk.document_printer"
PATIENT = BlindPatience(connect=30, progress=30, job=60)


@pytest.fixture(scope="module")
def hall(module_bench: Bench) -> Hall:
    return module_bench(
        {
            RECEIPTS: {"kind": "escpos", "address": "tcp:127.0.0.1:0"},
            SHEETS: {"kind": "ipp", "address": "tcp:127.0.0.1:0"},
        }
    )


@pytest.fixture(scope="module")
def service(hall: Hall, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrintService]:
    with print_service(tmp_path_factory.mktemp("cups")) as running:
        running.queue("receipts", hall.addresses[RECEIPTS].replace("tcp:", "socket://"))
        for queue in ("a4", "a4-dead"):  # a queue that has met a dead printer sulks for half a minute
            running.queue(queue, hall.addresses[SHEETS])
        yield running


def receipts(
    service: PrintService, queue: str = "receipts", patience: BlindPatience = PATIENT
) -> BlindReceiptPrinter:
    config = DeviceConfig(driver="escpos", address=f"cups:{queue}?server={service.server}")
    assert isinstance(registry.make(DeviceKind.RECEIPT_PRINTER, config), BlindReceiptPrinter)
    return BlindReceiptPrinter(config, patience)


def test_a_raw_queue_prints_the_very_bytes_and_a_person_confirms(hall: Hall, service: PrintService) -> None:
    printer = receipts(service)
    printer.open()
    report = printer.check()
    assert (report.state, report.supply) == (DeviceState.READY, Supply.UNKNOWN)
    assert printer.print_receipt(slip("重庆䶮有限公司")) is Printed.UNKNOWN
    assert code_in(last(hall, RECEIPTS)) == [PAYLOAD]
    assert hall.hand(RECEIPTS, "unknown_commands") == []
    printer.close()


def test_a_queue_that_does_not_exist_is_an_absent_printer(service: PrintService) -> None:
    assert refusal(receipts(service, "no-such-queue").open).code is FaultCode.PRINTER_ABSENT


def test_a_job_that_a_dead_printer_never_takes_is_taken_back(hall: Hall, service: PrintService) -> None:
    """The service itself would keep it for hours and print it before somebody else."""
    printer = receipts(service, patience=BlindPatience(connect=30, progress=30, job=2))
    printer.open()
    before = hall.hand(RECEIPTS, "last_receipt")["count"]
    hall.hand(RECEIPTS, "power_off")
    try:
        assert refusal(lambda: printer.print_receipt(slip())).code is FaultCode.PRINTER_SILENT
    finally:
        hall.hand(RECEIPTS, "power_on")
    patient = receipts(service)
    patient.open()
    assert patient.print_receipt(slip(reprint=True)) is Printed.UNKNOWN
    assert hall.hand(RECEIPTS, "last_receipt")["count"] == before + 1


def sheets(service: PrintService, job: float, queue: str = "a4") -> IppDocumentPrinter:
    config = DeviceConfig(driver="ipp", address=f"ipp://{service.server}/printers/{queue}")
    return IppDocumentPrinter(config, Patience(answer=30, poll=0.2, job=job, gone=30))


def test_a_sheet_goes_through_the_service_unchanged(hall: Hall, service: PrintService) -> None:
    printer = sheets(service, 120)
    printer.open()
    assert printer.print_sheets(sheet()) is Printed.PRINTED
    job = hall.hand(SHEETS, "last_job")
    assert job["state"] == "completed"
    assert b"/ToUnicode" in Path(job["pdf"]).read_bytes()
    printer.close()


def test_a_dead_page_printer_behind_the_service_ends_at_our_own_deadline(hall: Hall, service: PrintService) -> None:
    """The service says nothing for as long as it likes; the job is taken back and does not come out later."""
    printer = sheets(service, 3, "a4-dead")
    printer.open()
    before = hall.hand(SHEETS, "last_job")["count"]
    hall.hand(SHEETS, "power_off")
    try:
        assert printer.print_sheets(sheet()) is Printed.UNKNOWN
    finally:
        hall.hand(SHEETS, "power_on")
    assert service.waiting("a4-dead") == ""
    assert hall.hand(SHEETS, "last_job")["count"] == before
    printer.close()
