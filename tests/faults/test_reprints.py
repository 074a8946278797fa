"""A paper that leaves twice is in the audit trail twice, with why: real printers' drivers under their supervisor, the
wire, a window's hands, and the ledger on a disk."""

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from drivers.document_printer.driver import IppDocumentPrinter, Patience
from drivers.supervisor import Supervisor
from drivers.worker import Patience as WorkerPatience
from kiosk.config import Platform, Site, SiteConfig, Store, Terminal, TerminalRole
from kiosk.contracts.device import DeviceKind, DeviceState
from kiosk.contracts.printing import Printed
from kiosk.faults import Fault, FaultCode
from kiosk.session.devices import Devices
from kiosk.session.hands import Tools
from kiosk.session.window_hands import WindowHands
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event
from offline_cache.cache import OfflineCache, export_audit
from tests.drivers.conftest import Bench, Hall, _benches
from tests.unit.drivers.document_printer.sheets import sheet
from tests.unit.drivers.stage import LONG, Reports

pytestmark = pytest.mark.processes
KIND, PRINTER = DeviceKind.DOCUMENT_PRINTER, "window.document_printer"
JOB, CASE = "01JD9V6C3Q8T2M5N7P0R4S6W8X-handover", "01JD9V6C3Q8T2M5N7P0R4S6W8X"
TWO_PAGES = sheet(rows=tuple(("公章", f"SN{number:04d}", "1", "一致") for number in range(40)))


class Said:
    """What the hands tell the desk."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._more = threading.Condition()

    def __call__(self, event: Event) -> None:
        with self._more:
            self.events.append(event)
            self._more.notify_all()

    def wait(self, event: Event, count: int = 1) -> None:
        with self._more:
            assert self._more.wait_for(lambda: self.events.count(event) >= count, LONG), self.events


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    starts: Iterator[Bench] = _benches(tmp_path)
    yield next(starts)({PRINTER: {"kind": "ipp", "address": "tcp:127.0.0.1:0"}})
    next(starts, None)


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[OfflineCache]:
    store, platform = Store(path=str(tmp_path / "store.db")), Platform(url="http://127.0.0.1:9", key="k")
    cache = OfflineCache(store, platform, "window-03", "cq-demo-01", "w-03")
    assert cache.open() is None
    yield cache
    cache.stop()


def trail(folder: Path) -> list[dict[str, str]]:
    """Every entry, without the moment and the actor."""
    lines = export_audit(Store(path=str(folder / "store.db")))
    assert not isinstance(lines, Fault)
    entries = [json.loads(line)["body"] for line in lines]
    return [
        {key.removeprefix("f."): value for key, value in one.items() if key not in ("at", "actor")} for one in entries
    ]


def test_a_sheet_torn_by_empty_paper_and_one_that_is_asked_for_again(
    hall: Hall, cache: OfflineCache, tmp_path: Path
) -> None:
    supervisor = Supervisor(
        {KIND: hall.config(PRINTER, "ipp")}, cache.clock,
        make=lambda _, config: IppDocumentPrinter(config, Patience(answer=10, poll=0.05)),
        patience=WorkerPatience(heartbeat=0.1),
    )  # fmt: skip
    config = SiteConfig(
        site=Site(id="cq-demo-01", name="示例", division="500103"),
        platform=Platform(url="http://127.0.0.1:9", key="k"), store=Store(path="unused"),
        terminal=Terminal(id="window-03", role=TerminalRole.WINDOW, window="w-03"),
    )  # fmt: skip
    devices = Devices(document_printer=supervisor.device(KIND))
    tools = Tools(config, cache.clock, devices, cache.ledger, cache.platform, cache.orders, cache.boot)
    said, reports = Said(), Reports()
    hands = WindowHands(tools, said)
    for listener in (hands.device_changed, reports):
        supervisor.subscribe(listener)
    supervisor.start()
    try:
        reports.wait(DeviceState.READY)
        hall.hand(PRINTER, "paper_out", after=1)
        hands.printouts.sheets("handover_sheet", TWO_PAGES, JOB, CASE)
        reports.wait(DeviceState.NEEDS_HAND)
        assert trail(tmp_path) == []
        hall.hand(PRINTER, "paper_in")
        said.wait(ev.SheetDone(Printed.PRINTED, "handover_sheet"))
        assert any(isinstance(one, ev.DeviceFailed) and one.fault.code is FaultCode.PAPER_OUT for one in said.events)
        hands.printouts.sheets("handover_sheet", TWO_PAGES, JOB, CASE)
        said.wait(ev.SheetDone(Printed.PRINTED, "handover_sheet"), 2)
    finally:
        hands.close()
        supervisor.stop()
    paper = {"paper": "handover_sheet", "job": JOB}
    assert trail(tmp_path) == [
        {"kind": "reprinted", "case": CASE, **paper, "cause": "paper-out"},
        {"kind": "printed", "case": CASE, **paper, "result": "printed"},
        {"kind": "printed", "case": CASE, **paper, "result": "printed", "reprint": "yes", "cause": "asked"},
    ]
