"""The devices of thousands of visits: what a hall does with them all day leaves nothing behind.

Small in every run, 2,000 visits with ``make prove``. Every kind of device is there. In each visit an identity card, a
social-security card and a staff card are read, a tax device is read back and a slip printed; every so many visits the
cameras look at a face, a code and a page; every tenth prints a sheet. Now and then the roll is empty, the cover open,
a printer lost, the card reader pulled out or the smart-card service started anew.
"""

import ctypes
import gc
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from drivers.supervisor import Supervisor
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
TCP = "tcp:127.0.0.1:0"
K = DeviceKind
UNITS: dict[DeviceKind, tuple[str, dict[str, object]]] = {  # driver, virtual device
    K.ID_CARD_READER: ("sdt", {"kind": "sdt", "address": TCP}),
    K.SOCIAL_CARD_READER: ("pcsc", {"kind": "smartcard", "address": "pcsc:Virtual PCD 00 00"}),
    K.STAFF_CARD_READER: ("pcsc", {"kind": "smartcard", "address": "pcsc:Virtual PCD 00 01"}),
    K.TAX_DEVICE: ("skf", {"kind": "skf"}),
    K.FACE_CAMERA: ("opencv", {"kind": "mjpeg", "address": TCP}),
    K.CODE_SCANNER: ("camera", {"kind": "mjpeg", "address": TCP}),
    K.DOCUMENT_CAMERA: ("opencv", {"kind": "desk_camera", "address": TCP}),
    K.RECEIPT_PRINTER: ("escpos", {"kind": "escpos", "address": TCP}),
    K.DOCUMENT_PRINTER: ("ipp", {"kind": "ipp", "address": TCP}),
}
SERVICE = "pcscd"
NUMBER, USCC, HOLDER = "661234567890", "91500103MA5DEMQ01X", "重庆示例科技有限公司"
MOST_KB_A_VISIT = 1.0  # 1 MB in a thousand visits, after the warm-up
FINEST_KB = 2560  # what the interpreter takes at once when one of its arenas is full: a step, and no slope
_WEIGHINGS = 20  # the lowest of each half counts: at one moment there is a picture more in hand, at another one less
TROUBLES = (("paper_out", "paper_in"), ("open_cover", "close_cover"), ("power_off", "power_on"))


@dataclass(frozen=True, slots=True)
class Weight:
    """What the terminal holds: threads and open descriptors of this process and of those it started, memory in KB of
    this one and of the others together, without the frames that a camera's process shares."""

    threads: int
    files: int
    own: int
    others: int

    def __sub__(self, before: "Weight") -> "Weight":
        return Weight(
            self.threads - before.threads, self.files - before.files, self.own - before.own,
            self.others - before.others,
        )  # fmt: skip


def field(process: str, name: str) -> int:
    """A figure of a process's status."""
    for line in Path(f"/proc/{process}/status").read_text("utf-8").splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    return 0


def started(bench: int) -> list[str]:
    """The processes that this one has started, and theirs; without the bench and its own."""
    parents: dict[str, int] = {}
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # one that ended meanwhile
            parents[path.name] = field(path.name, "PPid")
    found: list[str] = []
    generation = {os.getpid()}
    while generation:
        children = [one for one, parent in parents.items() if parent in generation and one != str(bench)]
        found += children
        generation = {int(one) for one in children}
    return found


def weigh(bench: int) -> Weight:
    """At rest: a look at the page printer is a connection for a moment, and a child that ends takes a moment. What
    the C library keeps for later is given back first: subsetting fonts leaves tens of megabytes of it behind, which
    come to a level and say nothing of a leak."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    looks = []
    for _ in range(20):
        family = started(bench)
        with suppress(OSError):  # one that ended meanwhile
            looks.append(
                Weight(
                    sum(field(one, "Threads") for one in ("self", *family)),
                    sum(len(list(Path(f"/proc/{one}/fd").iterdir())) for one in ("self", *family)),
                    field("self", "RssAnon"),
                    sum(field(one, "RssAnon") for one in family),
                )
            )
        threading.Event().wait(0.05)
    return level(looks)


def level(looks: Sequence[Weight]) -> Weight:
    """What stays: the lowest of each."""
    return Weight(
        *(min(values) for values in zip(*((w.threads, w.files, w.own, w.others) for w in looks), strict=True))
    )


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    starts: Iterator[Bench] = _benches(tmp_path)
    start = next(starts)
    hall = start(
        {**{kind.value: spec for kind, (_, spec) in UNITS.items()}, SERVICE: {"kind": "pcscd", "address": "pcscd:"}}
    )
    hall.hand(K.TAX_DEVICE.value, "write_tax_device", number=NUMBER, uscc=USCC, holder=HOLDER)
    hall.hand(K.FACE_CAMERA.value, "show", scene="face")
    hall.hand(K.CODE_SCANNER.value, "show", scene="code", text="K7P-428")
    hall.hand(K.DOCUMENT_CAMERA.value, "lay")
    yield hall
    next(starts, None)


def signed(reader: Any) -> object:
    reader.wait_card(LONG)
    return reader.sign("135790", bytes(32))


class Visits:
    """All devices of a hall, visit after visit."""

    def __init__(self, hall: Hall, process: bool, seeing: int) -> None:
        self.hall, self._seeing = hall, seeing
        self.reports = Reports()
        configs = {
            kind: DeviceConfig(driver=driver, address=hall.addresses[kind.value], process=process)
            for kind, (driver, _) in UNITS.items()
        }
        self.supervisor = Supervisor(configs, TestClock(), patience=Patience(heartbeat=0.2, back_off_most=0.5))
        self.supervisor.subscribe(self.reports)
        self.supervisor.start()
        for kind in UNITS:
            self.reports.wait(DeviceState.READY, kind=kind)

    def begin(self, kind: DeviceKind, job: Callable[[Any], Any]) -> Outcome:
        outcome = Outcome()
        self.supervisor.device(kind).submit(job, outcome)
        return outcome

    def hand(self, kind: DeviceKind, verb: str, **args: Any) -> Any:
        return self.hall.hand(kind.value, verb, **args)

    def visit(self, number: int) -> None:
        """Everybody is asked at once, each on the own worker, as a kiosk and a window in use at the same time."""
        under_way = [self.begin(K.ID_CARD_READER, lambda reader: reader.read(LONG))]
        if number % self._seeing == 0:
            under_way += [
                self.begin(K.FACE_CAMERA, lambda camera: camera.capture(lambda _: None, LONG)),
                self.begin(K.CODE_SCANNER, lambda scanner: scanner.scan(LONG)),
                self.begin(K.DOCUMENT_CAMERA, lambda camera: camera.take_page(lambda _: None, LONG)),
            ]
        self.hand(K.ID_CARD_READER, "lay_card", card="wang")
        self.hand(K.TAX_DEVICE, "insert", card=f"tax:{NUMBER}")
        under_way.append(self.begin(K.TAX_DEVICE, lambda device: device.read_back(LONG)))
        self.hand(K.SOCIAL_CARD_READER, "insert", card="social:wang")
        under_way.append(self.begin(K.SOCIAL_CARD_READER, lambda reader: reader.read(LONG)))
        self.hand(K.STAFF_CARD_READER, "insert", card="staff:0317")
        under_way.append(self.begin(K.STAFF_CARD_READER, signed))
        if number % 7 == 3:
            self.trouble(*TROUBLES[number // 7 % len(TROUBLES)])
        slips = self.begin(K.RECEIPT_PRINTER, lambda printer: printer.print_receipt(slip()))
        if number % 10 == 5:
            sheets = self.begin(K.DOCUMENT_PRINTER, lambda printer: printer.print_sheets(sheet()))
            assert sheets.get() is Printed.PRINTED
        assert slips.get() is Printed.PRINTED
        for one in under_way:
            outcome = one.get()
            assert not isinstance(outcome, Fault), outcome
        self.hand(K.ID_CARD_READER, "lift_card")
        self.hand(K.TAX_DEVICE, "remove")
        if number % 11 == 6:
            self.pulled()
        if number % 25 == 7:
            self.restarted()
        for picture in self.hall.folder.glob("**/*.png"):
            picture.unlink()
        self.reports.seen.clear()

    def trouble(self, verb: str, help_: str) -> None:
        """The printer of slips needs a hand, and gets it."""
        self.hand(K.RECEIPT_PRINTER, verb)
        assert isinstance(self.begin(K.RECEIPT_PRINTER, lambda printer: printer.print_receipt(slip())).get(), Fault)
        wanted = DeviceState.ABSENT if verb == "power_off" else DeviceState.NEEDS_HAND
        self.reports.wait(wanted, kind=K.RECEIPT_PRINTER)
        mark = len(self.reports.seen)
        self.hand(K.RECEIPT_PRINTER, help_)
        self.reports.wait(DeviceState.READY, after=mark, kind=K.RECEIPT_PRINTER)

    def pulled(self) -> None:
        """The card reader's plug, out and in again."""
        mark = len(self.reports.seen)
        self.hand(K.ID_CARD_READER, "unplug")
        self.reports.wait(DeviceState.ABSENT, after=mark, kind=K.ID_CARD_READER)
        mark = len(self.reports.seen)
        self.hand(K.ID_CARD_READER, "plug")
        self.reports.wait(DeviceState.READY, after=mark, kind=K.ID_CARD_READER)

    def restarted(self) -> None:
        """The smart-card service, ended and started: every context with it is dead."""
        mark = len(self.reports.seen)
        self.hall.hand(SERVICE, "stop")
        for kind in (K.SOCIAL_CARD_READER, K.STAFF_CARD_READER):
            self.reports.wait(DeviceState.FAILED, after=mark, kind=kind)
        mark = len(self.reports.seen)
        self.hall.hand(SERVICE, "start")
        for kind in (K.SOCIAL_CARD_READER, K.STAFF_CARD_READER):
            self.reports.wait(DeviceState.READY, after=mark, kind=kind)


LONG_RUN = [pytest.mark.long, pytest.mark.timeout(0)]


@pytest.mark.parametrize(
    ("warm", "visits", "seeing", "process"),
    [
        (2, 6, 2, False),
        pytest.param(100, 2000, 5, False, marks=LONG_RUN),
        pytest.param(50, 500, 5, True, marks=LONG_RUN),
    ],
)
def test_memory_threads_and_descriptors_stay_flat(
    hall: Hall, warm: int, visits: int, seeing: int, process: bool
) -> None:
    terminal = Visits(hall, process, seeing)
    try:
        for number in range(warm):
            terminal.visit(number)
        weighed = [weigh(hall.process.pid)]
        for number in range(visits):
            terminal.visit(number)
            if (number + 1) % (visits // _WEIGHINGS or visits) == 0:
                weighed.append(weigh(hall.process.pid))
                print(f"{number + 1} visits: {weighed[-1] - weighed[0]}", flush=True)
        half = len(weighed) // 2
        more = level(weighed[-half:]) - level(weighed[:half])
        print(f"{visits} visits on top of {warm}: {weighed[0]}, more: {more}")
        assert more.threads <= 0
        assert more.files <= 0
        if visits >= 500:  # a few visits tell nothing of a slope
            most = max(visits / 2 * MOST_KB_A_VISIT, FINEST_KB)
            assert more.own <= most
            assert more.others <= most
        counts = {one.kind: one.counts for one in terminal.supervisor.reports()}
        looked = {K.FACE_CAMERA, K.CODE_SCANNER, K.DOCUMENT_CAMERA}
        for kind in UNITS.keys() - looked - {K.DOCUMENT_PRINTER}:
            assert counts[kind]["ok"] >= visits + warm, kind
        for kind in looked:
            assert counts[kind]["ok"] >= visits // seeing, kind
    finally:
        terminal.supervisor.stop()
