"""A device that does what a test tells it, for the supervisor's tests: it hangs, crashes, vanishes on demand."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from drivers.errors import DriverError
from drivers.supervisor import Supervisor
from drivers.worker import Patience
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind, DeviceReport, DeviceState, Job, Supervised, Supply
from kiosk.faults import Fault, FaultCode

LONG = 60.0  # seconds after which something that should happen is called missing
KIND = DeviceKind.CODE_SCANNER
CONFIG = DeviceConfig(driver="camera", address="camera:0")
QUICK = Patience(heartbeat=0.02, back_off_first=0.01, back_off_most=0.02, back_off_bug=0.02)


class TestClock:
    """Wall time; entropy is not asked for here."""

    __test__ = False

    def now(self) -> datetime:
        return datetime.now(ZoneInfo("Asia/Shanghai"))

    def monotonic(self) -> float:
        raise NotImplementedError

    def sure(self) -> bool:
        return True

    def entropy(self, count: int) -> bytes:
        raise NotImplementedError


@dataclass
class World:
    """What the hands of the test have done to the device; shared by all driver objects."""

    here: threading.Event = field(default_factory=threading.Event)
    trouble: dict[str, Exception] = field(default_factory=dict)  # raised by that method
    hang: dict[str, threading.Event] = field(default_factory=dict)  # that method waits for the event
    supply: Supply = Supply.FULL
    made: list["Scripted"] = field(default_factory=list)
    threads: list[threading.Thread] = field(default_factory=list)
    closed: list[DeviceKind] = field(default_factory=list)


class Scripted:
    """The driver of that device."""

    def __init__(self, world: World, kind: DeviceKind) -> None:
        self.world, self.kind = world, kind
        self.is_open = False
        self._cancelled = threading.Event()
        world.made.append(self)
        self._come_by("make")

    def _come_by(self, method: str) -> None:
        self.world.threads.append(threading.current_thread())
        if (gate := self.world.hang.get(method)) is not None:
            gate.wait(LONG)
        if method in self.world.trouble:
            raise self.world.trouble[method]

    def open(self) -> None:
        self._come_by("open")
        if not self.world.here.is_set():
            raise DriverError(FaultCode.CODE_SCANNER_ABSENT)
        self.is_open = True

    def close(self) -> None:
        self._come_by("close")
        if self.is_open:
            self.world.closed.append(self.kind)
        self.is_open = False

    def check(self) -> DeviceReport:
        self._come_by("check")
        if not self.world.here.is_set():
            raise DriverError(FaultCode.CODE_SCANNER_ABSENT)
        return DeviceReport("", self.kind, DeviceState.READY, self.world.supply, model="scripted")

    def cancel(self) -> None:
        self._cancelled.set()

    def scan(self, seconds: float = LONG) -> str:
        self._cancelled.clear()
        self._come_by("scan")
        if self._cancelled.wait(seconds):
            raise DriverError(FaultCode.CANCELLED)
        return "code"

    def work(self) -> str:
        self._come_by("work")
        return "done"


class Outcome:
    """Waits for what ``done`` brings, and counts how often it comes."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self.threads: list[threading.Thread] = []
        self._came = threading.Event()

    def __call__(self, value: Any) -> None:
        self.values.append(value)
        self.threads.append(threading.current_thread())
        self._came.set()

    def get(self) -> Any:
        assert self._came.wait(LONG), "no outcome"
        assert len(self.values) == 1
        return self.values[0]

    def code(self) -> FaultCode:
        value = self.get()
        assert isinstance(value, Fault), value
        return value.code


class Reports:
    """All reports in order; waits for one that fits."""

    def __init__(self) -> None:
        self.seen: list[DeviceReport] = []
        self._more = threading.Condition()

    def __call__(self, report: DeviceReport) -> None:
        with self._more:
            self.seen.append(report)
            self._more.notify_all()

    def wait(self, state: DeviceState, after: int = 0, **more: Any) -> DeviceReport:
        """The first report of that state from index ``after`` on."""

        def find() -> DeviceReport | None:
            for report in self.seen[after:]:
                if report.state is state and all(getattr(report, key) == value for key, value in more.items()):
                    return report
            return None

        with self._more:
            assert self._more.wait_for(lambda: find() is not None, LONG), [r.state.value for r in self.seen]
            found = find()
        assert found is not None
        return found


@dataclass
class Stage:
    """A supervisor with one device (or more of the same world)."""

    world: World
    supervisor: Supervisor
    reports: Reports

    @property
    def device(self) -> Supervised[Any]:
        return self.supervisor.device(KIND)

    def submit(self, job: Callable[[Any], Any]) -> tuple[Job, Outcome]:
        outcome = Outcome()
        return self.device.submit(job, outcome), outcome


@contextmanager
def stage(
    world: World | None = None, patience: Patience = QUICK, kinds: tuple[DeviceKind, ...] = (KIND,), here: bool = True
) -> Iterator[Stage]:
    """A running supervisor; at the end everything that hung is let go and no thread may be left."""
    before = set(threading.enumerate())
    mine = world or World()
    if here:
        mine.here.set()
    supervisor = Supervisor(
        dict.fromkeys(kinds, CONFIG),
        TestClock(),
        make=lambda kind, config: Scripted(mine, kind),
        patience=patience,
        jitter=lambda: 0.5,
    )
    reports = Reports()
    supervisor.subscribe(reports)
    supervisor.start()
    try:
        yield Stage(mine, supervisor, reports)
    finally:
        for gate in mine.hang.values():
            gate.set()
        supervisor.stop()
        left = [thread for thread in threading.enumerate() if thread not in before]
        for thread in left:
            thread.join(LONG)
        assert not any(thread.is_alive() for thread in left)
