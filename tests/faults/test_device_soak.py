"""The devices of thousands of visits: what a terminal does with them all day leaves nothing behind.

Small in every run, 2,000 visits with ``make prove``. Each visit reads a card, prints its slip, and now and then meets
an empty roll, an open cover or a lost printer; every tenth prints a sheet.
"""

import ctypes
import gc
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from drivers.supervisor import Supervisor
from drivers.trial import open_files
from drivers.worker import Patience
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind, DeviceState
from kiosk.contracts.printing import Printed
from kiosk.faults import Fault
from tests.drivers.conftest import Bench, Hall, _benches
from tests.unit.drivers.document_printer.sheets import sheet
from tests.unit.drivers.receipt_printer.slips import slip
from tests.unit.drivers.stage import LONG, Outcome, Reports, TestClock

pytestmark = pytest.mark.processes
NAMES = {
    DeviceKind.ID_CARD_READER: ("kiosk.id_card_reader", "sdt"),
    DeviceKind.RECEIPT_PRINTER: ("kiosk.receipt_printer", "escpos"),
    DeviceKind.DOCUMENT_PRINTER: ("kiosk.document_printer", "ipp"),
}
READER, RECEIPTS, SHEETS = NAMES
MOST_KB_A_VISIT = 1.0  # 1 MB in a thousand visits, after the warm-up
TROUBLES = (("paper_out", "paper_in"), ("open_cover", "close_cover"), ("power_off", "power_on"))


def resident_kb() -> int:
    """Memory that this process holds. What the C library keeps for later is given back first: subsetting fonts leaves
    tens of megabytes of it behind, which come to a level and say nothing of a leak."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    for line in Path("/proc/self/status").read_text("utf-8").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    raise AssertionError("no figure")


def resting_files() -> int:
    """Open descriptors while nobody is asked anything: a look at the page printer is a connection for a moment."""
    return min((open_files(), threading.Event().wait(0.05))[0] for _ in range(20))


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    starts: Iterator[Bench] = _benches(tmp_path)
    start = next(starts)
    yield start(
        {
            NAMES[READER][0]: {"kind": "sdt", "address": "tcp:127.0.0.1:0"},
            NAMES[RECEIPTS][0]: {"kind": "escpos", "address": "tcp:127.0.0.1:0"},
            NAMES[SHEETS][0]: {"kind": "ipp", "address": "tcp:127.0.0.1:0"},
        }
    )
    next(starts, None)


class Visits:
    """One terminal, visit after visit."""

    def __init__(self, hall: Hall, process: bool) -> None:
        self.hall = hall
        self.reports = Reports()
        configs = {
            kind: DeviceConfig(driver=driver, address=hall.addresses[name], process=process)
            for kind, (name, driver) in NAMES.items()
        }
        self.supervisor = Supervisor(configs, TestClock(), patience=Patience(heartbeat=0.2, back_off_most=0.5))
        self.supervisor.subscribe(self.reports)
        self.supervisor.start()
        for kind in NAMES:
            self.reports.wait(DeviceState.READY, kind=kind)

    def ask(self, kind: DeviceKind, job: Callable[[Any], Any]) -> Any:
        outcome = Outcome()
        self.supervisor.device(kind).submit(job, outcome)
        return outcome.get()

    def hand(self, kind: DeviceKind, verb: str, **args: Any) -> Any:
        return self.hall.hand(NAMES[kind][0], verb, **args)

    def visit(self, number: int) -> None:
        self.hand(READER, "lay_card", card="wang")
        assert not isinstance(self.ask(READER, lambda reader: reader.read(LONG)), Fault)
        self.hand(READER, "lift_card")
        if number % 7 == 3:
            self.trouble(*TROUBLES[number // 7 % len(TROUBLES)])
        assert self.ask(RECEIPTS, lambda printer: printer.print_receipt(slip())) is Printed.PRINTED
        if number % 10 == 5:
            assert self.ask(SHEETS, lambda printer: printer.print_sheets(sheet())) is Printed.PRINTED
        for picture in self.hall.folder.glob("**/*.png"):
            picture.unlink()
        self.reports.seen.clear()

    def trouble(self, verb: str, help_: str) -> None:
        self.hand(RECEIPTS, verb)
        assert isinstance(self.ask(RECEIPTS, lambda printer: printer.print_receipt(slip())), Fault)
        self.reports.wait(DeviceState.ABSENT if verb == "power_off" else DeviceState.NEEDS_HAND, kind=RECEIPTS)
        mark = len(self.reports.seen)
        self.hand(RECEIPTS, help_)
        self.reports.wait(DeviceState.READY, after=mark, kind=RECEIPTS)


@pytest.mark.parametrize(
    ("warm", "visits", "process"),
    [
        (6, 12, False),
        pytest.param(100, 2000, False, marks=[pytest.mark.long, pytest.mark.timeout(7200)]),
        pytest.param(50, 500, True, marks=[pytest.mark.long, pytest.mark.timeout(7200)]),
    ],
)
def test_memory_threads_and_descriptors_stay_flat(hall: Hall, warm: int, visits: int, process: bool) -> None:
    terminal = Visits(hall, process)
    try:
        for number in range(warm):
            terminal.visit(number)
        gc.collect()
        threads, files, memory = threading.active_count(), resting_files(), resident_kb()
        for number in range(visits):
            terminal.visit(number)
        gc.collect()
        assert threading.active_count() <= threads
        assert resting_files() <= files
        if visits >= 500:  # a few visits tell nothing of a slope
            assert (resident_kb() - memory) / visits <= MOST_KB_A_VISIT
        counts = {one.kind: one.counts for one in terminal.supervisor.reports()}
        assert counts[RECEIPTS]["ok"] >= visits and counts[READER]["ok"] >= visits
    finally:
        terminal.supervisor.stop()
