"""A driver in a process of its own: it works as in a thread, and its death is one fault and nothing more."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from drivers.conformance import SUITE
from drivers.errors import DriverError
from drivers.isolated import DeviceCrashedError, IsolatedDevice
from drivers.supervisor import Supervisor
from drivers.trial import NotPossibleError, Subject
from drivers.worker import Patience
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind, DeviceState
from kiosk.contracts.printing import Printed
from kiosk.faults import FaultCode
from tests.unit.drivers.receipt_printer.slips import PAYLOAD, slip
from tests.unit.drivers.stage import LONG, Outcome, Reports, TestClock

from .conftest import Bench, Hall
from .test_receipt_printer import code_in, last

pytestmark = pytest.mark.processes
PRINTER, READER = "kiosk.receipt_printer", "kiosk.id_card_reader"
RECEIPTS, CARDS = DeviceKind.RECEIPT_PRINTER, DeviceKind.ID_CARD_READER


@pytest.fixture(scope="module")
def hall(module_bench: Bench) -> Hall:
    return module_bench(
        {
            PRINTER: {"kind": "escpos", "address": "tcp:127.0.0.1:0"},
            READER: {"kind": "sdt", "address": "tcp:127.0.0.1:0"},
        }
    )


class Terminal:
    """Both devices under one supervisor, each driver in a process of its own."""

    def __init__(self, hall: Hall, patience: Patience) -> None:
        self.reports = Reports()
        where = {RECEIPTS: (PRINTER, "escpos"), CARDS: (READER, "sdt")}
        configs = {
            kind: DeviceConfig(driver=driver, address=hall.addresses[name], process=True)
            for kind, (name, driver) in where.items()
        }
        self.supervisor = Supervisor(configs, TestClock(), patience=patience)
        self.supervisor.subscribe(self.reports)
        self.supervisor.start()

    def wait(self, kind: DeviceKind, state: DeviceState, after: int = 0) -> None:
        self.reports.wait(state, after=after, kind=kind)

    def pid(self, kind: DeviceKind) -> int:
        worker = self.supervisor.device(kind)._worker  # type: ignore[attr-defined]
        assert isinstance(worker.device, IsolatedDevice) and worker.device.pid
        return worker.device.pid

    def submit(self, kind: DeviceKind, job: Callable[[Any], Any]) -> Outcome:
        outcome = Outcome()
        self.supervisor.device(kind).submit(job, outcome)
        return outcome


@pytest.fixture
def terminal(hall: Hall) -> Iterator[Terminal]:
    made = Terminal(hall, Patience(heartbeat=0.2))
    for kind in (RECEIPTS, CARDS):
        made.wait(kind, DeviceState.READY)
    yield made
    made.supervisor.stop()


def test_a_receipt_comes_out_and_a_card_is_read(hall: Hall, terminal: Terminal) -> None:
    assert terminal.submit(RECEIPTS, lambda printer: printer.print_receipt(slip())).get() is Printed.PRINTED
    assert code_in(last(hall)) == [PAYLOAD]
    hall.hand(READER, "lay_card", card="wang")
    card = terminal.submit(CARDS, lambda reader: reader.read(LONG)).get()
    hall.hand(READER, "lift_card")
    assert type(card).__name__ == "IdentityCard"


@pytest.mark.parametrize("deadly", [signal.SIGSEGV, signal.SIGKILL])
def test_a_crash_inside_a_job_is_one_fault_and_heals(terminal: Terminal, deadly: signal.Signals) -> None:
    """The card reader's process dies while it waits; the printer notices nothing, and both are ready afterwards."""
    outcome = terminal.submit(CARDS, lambda reader: reader.read(LONG))
    terminal.wait(CARDS, DeviceState.BUSY)
    first, neighbour = terminal.pid(CARDS), terminal.pid(RECEIPTS)
    mark = len(terminal.reports.seen)
    os.kill(first, deadly)
    fault = outcome.get()
    assert (fault.code, fault.details["ended"]) == (FaultCode.DEVICE_FAILED, deadly.name)
    terminal.wait(CARDS, DeviceState.FAILED, after=mark)
    terminal.wait(CARDS, DeviceState.READY, after=mark)
    assert terminal.pid(CARDS) != first and terminal.pid(RECEIPTS) == neighbour
    figures = {report.kind: report.counts for report in terminal.supervisor.reports()}
    assert (figures[CARDS]["crashes"], figures[CARDS]["reconnects"]) == (1, 1)
    assert (figures[RECEIPTS]["crashes"], figures[RECEIPTS]["reconnects"]) == (0, 0)


def test_a_crash_while_nobody_asks_is_noticed(terminal: Terminal) -> None:
    mark = len(terminal.reports.seen)
    os.kill(terminal.pid(RECEIPTS), signal.SIGSEGV)
    terminal.wait(RECEIPTS, DeviceState.FAILED, after=mark)
    terminal.wait(RECEIPTS, DeviceState.READY, after=mark)


def test_a_hung_process_is_ended_and_leaves_no_thread(hall: Hall) -> None:
    made = Terminal(hall, Patience(heartbeat=0.2, check=1.0))
    try:
        made.wait(RECEIPTS, DeviceState.READY)
        first, mark = made.pid(RECEIPTS), len(made.reports.seen)
        os.kill(first, signal.SIGSTOP)
        made.reports.wait(DeviceState.FAILED, after=mark, kind=RECEIPTS)
        made.wait(RECEIPTS, DeviceState.READY, after=mark)
        assert made.pid(RECEIPTS) != first
        with pytest.raises(ProcessLookupError):
            os.kill(first, 0)
    finally:
        made.supervisor.stop()


def test_live_pictures_come_back_through_the_process(bench: Bench) -> None:
    camera = "kiosk.face_camera"
    hall = bench({camera: {"kind": "mjpeg", "address": "tcp:127.0.0.1:0"}})
    hall.hand(camera, "show", scene="face")
    device = IsolatedDevice(DeviceKind.FACE_CAMERA, hall.config(camera, "opencv"))
    frames: list[Any] = []
    try:
        device.open()
        shot = device.capture(frames.append, LONG)
    finally:
        device.dismiss()
    assert shot.jpeg.startswith(b"\xff\xd8")
    assert frames and len(frames[0].bgra) == frames[0].width * frames[0].height * 4


def test_a_bug_shows_only_its_type(hall: Hall) -> None:
    device = IsolatedDevice(RECEIPTS, hall.config(PRINTER, "escpos"))
    device.open()
    try:
        with pytest.raises(Exception, match="AttributeError"):
            device.no_such_method("secret")
        assert device.check().state is DeviceState.READY
    finally:
        device.dismiss()
    with pytest.raises(DeviceCrashedError):
        device.check()


def test_the_process_ends_with_its_line(hall: Hall) -> None:
    device = IsolatedDevice(RECEIPTS, hall.config(PRINTER, "escpos"))
    device.open()
    pid = device.pid
    assert pid
    device.dismiss()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_wrong_settings_are_named_through_the_process() -> None:
    device = IsolatedDevice(RECEIPTS, DeviceConfig(driver="escpos", address="tcp:nowhere"))
    with pytest.raises(DriverError) as caught:
        device.open()
    device.dismiss()
    assert caught.value.code is FaultCode.DEVICE_CONFIGURATION
    assert caught.value.details["key"] == "address"


NAMES = {"close_is_idempotent_and_bounded", "use_before_open_is_an_expected_error", "cancel_ends_a_wait"}
NAMES |= {"unplug_is_absent_and_plug_heals", "silence_is_noticed"}
CHECKS = [one for one in SUITE if one.__name__ in NAMES]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_conforms_in_a_process_of_its_own(check: Callable[[Subject], None], hall: Hall) -> None:
    made: list[IsolatedDevice] = []
    config = hall.config(READER, "sdt")

    def make() -> IsolatedDevice:
        made.append(IsolatedDevice(CARDS, config))
        return made[-1]

    subject = Subject(
        kind=CARDS,
        make=make,
        wait=lambda reader, seconds: reader.read(seconds),
        unplug=lambda: hall.hand(READER, "unplug"),
        plug=lambda: hall.hand(READER, "plug"),
        garble=lambda: hall.hand(READER, "garbage"),
        silence=lambda: hall.hand(READER, "silence"),
        speak=lambda: hall.hand(READER, "speak"),
    )
    try:
        check(subject)
    except NotPossibleError:
        pytest.fail("every hand is there")
    finally:
        for device in made:
            device.dismiss()
    assert threading.active_count() < 20
