"""Everything that happens to the two printers of a hall: at least a dozen troubles each, and of each the outcome of
the job, the state that staff see, the words for it, and that the printer prints again when somebody has helped.

The real supervisor, the real driver, the wire; every trouble is made by a hand on the device at the other end.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from drivers.document_printer.driver import IppDocumentPrinter
from drivers.document_printer.driver import Patience as SheetPatience
from drivers.receipt_printer.driver import EscposReceiptPrinter
from drivers.receipt_printer.driver import Patience as ReceiptPatience
from drivers.supervisor import Supervisor
from drivers.worker import Patience
from kiosk.contracts.device import Device, DeviceKind, DeviceState, Supply
from kiosk.contracts.printing import Printed
from kiosk.faults import Fault, FaultCode, words
from tests.drivers.conftest import Bench, Hall, _benches
from tests.unit.drivers.document_printer.sheets import sheet
from tests.unit.drivers.receipt_printer.slips import slip
from tests.unit.drivers.stage import LONG, Outcome, Reports, TestClock

pytestmark = pytest.mark.processes
RECEIPTS, SHEETS = DeviceKind.RECEIPT_PRINTER, DeviceKind.DOCUMENT_PRINTER
LEAST = 12  # troubles for each printer
Hand = tuple[str, dict[str, Any]]


def do(verb: str, **args: Any) -> Hand:
    """Something that a hand does."""
    return verb, args


@dataclass(frozen=True)
class Trouble:
    """One row. ``inside``: done when the job is in the printer; ``seen``: state, and the fault that stands there."""

    name: str
    outcome: FaultCode | Printed
    state: DeviceState
    seen: FaultCode | None
    heal: tuple[Hand, ...]
    before: tuple[Hand, ...] = ()
    inside: tuple[Hand, ...] = ()
    supply: Supply | None = None


READY, HAND, FAILED, ABSENT = DeviceState.READY, DeviceState.NEEDS_HAND, DeviceState.FAILED, DeviceState.ABSENT
C = FaultCode

RECEIPT_ROWS = (
    Trouble("no power", C.PRINTER_ABSENT, ABSENT, C.PRINTER_ABSENT, (do("power_on"),), (do("power_off"),)),
    Trouble("power lost inside a job", C.PRINTER_ABSENT, ABSENT, C.PRINTER_ABSENT, (do("power_on"),),
            (do("die_after", bytes=9000),)),
    Trouble("power lost at the first bytes", C.PRINTER_ABSENT, ABSENT, C.PRINTER_ABSENT, (do("power_on"),),
            (do("die_after", bytes=20),)),
    Trouble("paper out", C.PAPER_OUT, HAND, C.PAPER_OUT, (do("paper_in"),), (do("paper_out"),), supply=Supply.OUT),
    Trouble("paper out inside a job", C.PAPER_OUT, HAND, C.PAPER_OUT, (do("paper_in"),),
            (do("paper_out", after=9000),), supply=Supply.OUT),
    Trouble("paper low", Printed.PRINTED, READY, C.PAPER_LOW, (do("paper_in"),), (do("paper_low"),),
            supply=Supply.LOW),
    Trouble("cover open", C.COVER_OPEN, HAND, C.COVER_OPEN, (do("close_cover"),), (do("open_cover"),)),
    Trouble("cutter jammed", C.CUTTER_JAM, HAND, C.CUTTER_JAM, (do("clear_cutter"),), (do("jam_cutter"),)),
    Trouble("cutter jams at the cut", C.CUTTER_JAM, HAND, C.CUTTER_JAM, (do("clear_cutter"),),
            (do("jam_cutter", at_next_cut=True),)),
    Trouble("head too hot", C.PRINTER_OVERHEATED, HAND, C.PRINTER_OVERHEATED, (do("cool_down"),), (do("overheat"),)),
    Trouble("broken", C.DEVICE_FAILED, FAILED, C.DEVICE_FAILED, (do("repair"),), (do("break_down"),)),
    Trouble("answers nothing", C.PRINTER_SILENT, HAND, C.PRINTER_SILENT, (do("unmute"),), (do("mute"),)),
    Trouble("takes nothing", C.PRINTER_SILENT, HAND, C.PRINTER_SILENT, (do("go_on"),), (do("stall"),)),
    Trouble("speaks unasked", Printed.PRINTED, READY, None, (), (do("push_status"), do("push_status"))),
    Trouble("cover open and paper out", C.COVER_OPEN, HAND, C.COVER_OPEN, (do("close_cover"), do("paper_in")),
            (do("paper_out"), do("open_cover"))),
)  # fmt: skip


def reported(name: str, reason: str, code: FaultCode, state: DeviceState = HAND) -> Trouble:
    """A trouble that the printer reports by one of the standard's words."""
    return Trouble(name, code, state, code, (do("mend", reason=reason),), (do("trouble", reason=reason),))


_NOBODY = C.DOCUMENT_PRINTER_ABSENT
SHEET_ROWS = (
    Trouble("no power", _NOBODY, ABSENT, _NOBODY, (do("power_on"),), (do("power_off"),)),
    Trouble("power lost inside a job", Printed.UNKNOWN, ABSENT, _NOBODY, (do("power_on"), do("slow", seconds=0)),
            (do("slow", seconds=60),), (do("power_off"),)),
    Trouble("paper out", C.PAPER_OUT, HAND, C.PAPER_OUT, (do("paper_in"),), (do("paper_out"),), supply=Supply.OUT),
    Trouble("paper out inside a job", C.PAPER_OUT, HAND, C.PAPER_OUT, (do("paper_in"), do("slow", seconds=0)),
            (do("slow", seconds=60),), (do("paper_out"),), supply=Supply.OUT),
    Trouble("paper low", Printed.PRINTED, READY, C.PAPER_LOW, (do("paper_low", low=False),), (do("paper_low"),),
            supply=Supply.LOW),
    Trouble("jam", C.PRINTER_JAM, HAND, C.PRINTER_JAM, (do("clear_jam"),), (do("jam"),)),
    Trouble("jam inside a job", C.PRINTER_JAM, HAND, C.PRINTER_JAM, (do("clear_jam"), do("slow", seconds=0)),
            (do("slow", seconds=60),), (do("jam", abort=True),)),
    reported("cover open", "cover-open-error", C.COVER_OPEN),
    reported("door open", "door-open-error", C.COVER_OPEN),
    reported("interlock open", "interlock-open-error", C.COVER_OPEN),
    reported("tray missing", "input-tray-missing-error", C.PAPER_OUT),
    reported("toner empty", "toner-empty-error", C.TONER_OUT),
    reported("waste box full", "marker-waste-full-error", C.TONER_OUT),
    reported("fuser too hot", "fuser-over-temp-error", C.PRINTER_OVERHEATED),
    reported("stopped without a known reason", "other-error", C.DEVICE_FAILED, FAILED),
    Trouble("answers nothing", _NOBODY, ABSENT, _NOBODY, (do("speak"),), (do("silence"),)),
    Trouble("slower than anybody waits", Printed.UNKNOWN, READY, None, (do("slow", seconds=0),),
            (do("slow", seconds=60),)),
)  # fmt: skip

DEVICES = {RECEIPTS: "kiosk.receipt_printer", SHEETS: "kiosk.document_printer"}


def test_the_matrix_is_as_large_as_it_says() -> None:
    for rows in (RECEIPT_ROWS, SHEET_ROWS):
        assert len({row.name for row in rows}) == len(rows) >= LEAST


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    yield from _benches(tmp_path_factory.mktemp("matrix"))


@pytest.fixture(scope="module")
def hall(start: Bench) -> Hall:
    return start(
        {
            DEVICES[RECEIPTS]: {"kind": "escpos", "address": "tcp:127.0.0.1:0"},
            DEVICES[SHEETS]: {"kind": "ipp", "address": "tcp:127.0.0.1:0"},
        }
    )


def make(kind: DeviceKind, config: Any) -> Device:
    """The drivers, with less patience than a hall needs."""
    if kind is RECEIPTS:
        return EscposReceiptPrinter(config, ReceiptPatience(connect=10, answer=1, look=0.2, progress=20))
    return IppDocumentPrinter(config, SheetPatience(answer=2, poll=0.05, job=3, gone=1))


@contextmanager
def supervised(hall: Hall, kind: DeviceKind) -> Iterator[tuple[Supervisor, Reports]]:
    driver = "escpos" if kind is RECEIPTS else "ipp"
    supervisor = Supervisor(
        {kind: hall.config(DEVICES[kind], driver)}, TestClock(), make=make, patience=Patience(heartbeat=0.1)
    )
    reports = Reports()
    supervisor.subscribe(reports)
    supervisor.start()
    try:
        yield supervisor, reports
    finally:
        supervisor.stop()


def job(supervisor: Supervisor, kind: DeviceKind) -> Outcome:
    outcome, one = Outcome(), sheet()
    work: Callable[[Any], Any] = lambda printer: printer.print_receipt(slip(reprint=True))  # noqa: E731
    if kind is SHEETS:
        work = lambda printer: printer.print_sheets(one)  # noqa: E731
    supervisor.device(kind).submit(work, outcome)
    return outcome


def jobs_seen(hall: Hall, kind: DeviceKind) -> int:
    verb = "last_receipt" if kind is RECEIPTS else "last_job"
    return int(hall.hand(DEVICES[kind], verb)["count"])


def play(hall: Hall, kind: DeviceKind, row: Trouble) -> None:
    """Trouble, job, outcome, state, help, and a job that comes out."""
    device = DEVICES[kind]
    with supervised(hall, kind) as (supervisor, reports):
        reports.wait(READY)
        for verb, args in row.before:
            hall.hand(device, verb, **args)
        begun, mark = jobs_seen(hall, kind), len(reports.seen)
        outcome = job(supervisor, kind)
        if row.inside:
            while jobs_seen(hall, kind) == begun:
                assert not threading.Event().wait(0.02)
        for verb, args in row.inside:
            hall.hand(device, verb, **args)
        found = outcome.get()
        assert (found.code if isinstance(found, Fault) else found) is row.outcome
        seen = reports.wait(row.state, after=mark, fault=None) if row.seen is None else _seen(reports, row, mark)
        if row.supply is not None:
            assert seen.supply is row.supply
        mark = len(reports.seen)
        for verb, args in row.heal:
            hall.hand(device, verb, **args)
        if row.state is not READY:
            reports.wait(READY, after=mark)
        assert job(supervisor, kind).get() is Printed.PRINTED


def _seen(reports: Reports, row: Trouble, mark: int) -> Any:
    """The report that staff see, with its words; it may have come before the job."""
    assert row.seen is not None
    for language in ("zh", "en"):
        said = words(row.seen, language)
        assert said.what and said.citizen and (said.staff or language == "en")
    begun = threading.Event()
    for _ in range(int(LONG / 0.05)):
        for report in reversed(reports.seen):
            if report.state is row.state and report.fault and report.fault.code is row.seen:
                return report
        begun.wait(0.05)
    raise AssertionError([(one.state.value, one.fault) for one in reports.seen[mark:]])


@pytest.mark.parametrize("row", RECEIPT_ROWS, ids=lambda row: row.name)
def test_receipt_printer(hall: Hall, row: Trouble) -> None:
    play(hall, RECEIPTS, row)


MORE = {"door open", "interlock open", "waste box full", "fuser too hot", "stopped without a known reason"}
MORE |= {"slower than anybody waits", "paper low", "tray missing"}  # with make prove: sheets are slow to make


@pytest.mark.parametrize(
    "row",
    [pytest.param(row, id=row.name, marks=[pytest.mark.long] if row.name in MORE else []) for row in SHEET_ROWS],
)
def test_document_printer(hall: Hall, row: Trouble) -> None:
    play(hall, SHEETS, row)


@pytest.mark.parametrize("kind", [RECEIPTS, SHEETS])
def test_absent_at_the_start_and_plugged_in_later(hall: Hall, kind: DeviceKind) -> None:
    hall.hand(DEVICES[kind], "power_off")
    with supervised(hall, kind) as (supervisor, reports):
        reports.wait(ABSENT)
        outcome = job(supervisor, kind).get()
        assert outcome.code in (C.PRINTER_ABSENT, C.DOCUMENT_PRINTER_ABSENT)
        hall.hand(DEVICES[kind], "power_on")
        reports.wait(READY)
        assert job(supervisor, kind).get() is Printed.PRINTED
