"""Every fault of the devices that see, under the real supervisor: the state it ends in, its words, and its recovery.

One table for each kind. A few cells of each run with every test run, all of them with ``make prove``.
"""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from drivers import registry
from drivers.supervisor import Supervisor
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind, DeviceState
from kiosk.faults import Fault, FaultCode, words
from tests.drivers.conftest import Hall

pytestmark = pytest.mark.processes

LONG = 60.0
SLIP = "QB1.01JD8M4Q5W0000000000000000.K7P-428.0a1b2c3d"
WORKS = None


@dataclass(frozen=True, slots=True)
class Cell:
    """A fault and what must come of it. ``code`` None: the job works all the same. ``seconds``: how long the job may
    wait for a person. ``heal``: what mends it."""

    name: str
    hands: tuple[tuple[str, dict[str, Any]], ...]
    code: FaultCode | None
    state: DeviceState = DeviceState.READY
    seconds: float = LONG
    signal: int = 0  # sent to the process that holds the camera, at the first sign of life
    small: bool = False  # runs with every test run


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of device with its good scene, its job, and its faults."""

    name: str
    kind: DeviceKind
    virtual: dict[str, object]
    driver: str
    good: tuple[str, dict[str, Any]]
    heal: tuple[str, ...]
    job: Callable[[Any, float, Callable[[], None]], object]
    cells: tuple[Cell, ...] = field(default=())


def one(verb: str, **args: Any) -> tuple[tuple[str, dict[str, Any]], ...]:
    return ((verb, args),)


def streams(code: FaultCode, state: DeviceState, absent: FaultCode) -> tuple[Cell, ...]:
    """What may happen to any camera's stream and process."""
    return (
        Cell("unplugged while it looks", one("unplug"), absent, DeviceState.ABSENT),
        Cell("frozen", one("freeze"), code, state),
        Cell("silent", one("stall"), code, state),
        Cell("garbled", one("garble"), code, state),
        Cell("one frame a second", one("slow"), WORKS),
        Cell("its process dies", (), WORKS, signal=signal.SIGKILL, small=absent is FaultCode.CAMERA_ABSENT),
        Cell("its process crashes", (), WORKS, signal=signal.SIGSEGV),
        Cell("its process hangs", (), code, state, signal=signal.SIGSTOP),
    )


def face(device: Any, seconds: float, alive: Callable[[], None]) -> object:
    return device.capture(lambda frame: alive(), seconds)


def page(device: Any, seconds: float, alive: Callable[[], None]) -> object:
    return device.take_page(lambda view: alive(), seconds)


def scan(device: Any, seconds: float, alive: Callable[[], None]) -> object:
    timer = threading.Timer(0.4, alive)
    timer.start()
    try:
        return device.scan(seconds)
    finally:
        timer.join()  # the hand acts now or never: not in the middle of what comes next


NO_PICTURE, NO_PAGE, NO_CODE = FaultCode.NO_GOOD_PICTURE, FaultCode.NO_GOOD_PAGE, FaultCode.NO_CODE
BROKEN, SCANNER_GONE, DESK_GONE = (
    FaultCode.CODE_UNREADABLE,
    FaultCode.CODE_SCANNER_ABSENT,
    FaultCode.DOCUMENT_CAMERA_ABSENT,
)

FACE = Kind(
    "face camera", DeviceKind.FACE_CAMERA, {"kind": "mjpeg", "address": "tcp:127.0.0.1:0"}, "opencv",
    ("show", {"scene": "face"}), ("thaw", "plug"), face,
    (
        *streams(FaultCode.CAMERA_FROZEN, DeviceState.FAILED, FaultCode.CAMERA_ABSENT),
        *(
            Cell(scene, one("show", scene=scene), NO_PICTURE, seconds=2.0)
            for scene in ("nobody", "black", "dark", "two_faces", "far", "near", "left")
        ),
    ),
)  # fmt: skip

EYE = Kind(
    "code scanner by camera", DeviceKind.CODE_SCANNER, {"kind": "mjpeg", "address": "tcp:127.0.0.1:0"}, "camera",
    ("show", {"scene": "code", "text": SLIP}), ("thaw", "plug"), scan,
    (
        *streams(SCANNER_GONE, DeviceState.ABSENT, SCANNER_GONE),
        *(
            Cell(scene, one("show", scene=scene), NO_CODE, seconds=1.5, small=scene == "nobody")
            for scene in ("nobody", "black", "face")
        ),
        Cell("askew", one("show", scene="code", text=SLIP, degrees=37.0), WORKS),
        Cell("bars askew", one("show", scene="code", text="BL-500103-1", symbology="code128", degrees=8.0), WORKS),
    ),
)  # fmt: skip

SERIAL = Kind(
    "code scanner on a serial line", DeviceKind.CODE_SCANNER, {"kind": "scanner", "address": "pty"}, "serial",
    ("speak", {}), ("speak", "plug"), scan,
    (
        Cell("unplugged while it waits", one("unplug"), SCANNER_GONE, DeviceState.ABSENT),
        Cell("half a code", (*one("cut_next"), *one("scan", text=SLIP)), BROKEN, seconds=1.5, small=True),
        Cell("a dead trigger", (*one("silence"), *one("scan", text=SLIP)), NO_CODE, seconds=1.0),
        Cell("nobody scans", (), NO_CODE, seconds=1.0),
        Cell("byte by byte", (*one("drip", milliseconds=20), *one("scan", text=SLIP)), WORKS),
        Cell("a bouncing trigger", (*one("twice_next"), *one("scan", text=SLIP)), WORKS),
        Cell("noise before the code", (*one("noise_before_next"), *one("scan", text=SLIP)), WORKS),
        Cell("only noise", one("type_noise", count=30), BROKEN, seconds=1.5),
        Cell("far too long", one("scan", text="1" * 4200), BROKEN, seconds=8.0),
        Cell("an empty code", one("scan", text=""), NO_CODE, seconds=1.0),
        Cell("GB18030", one("scan", text="重庆市企业开办", encoding="gb18030"), WORKS),
        Cell("no text", one("scan_bytes", hexadecimal="00ff10"), WORKS),
    ),
)  # fmt: skip

DESK = Kind(
    "document camera", DeviceKind.DOCUMENT_CAMERA, {"kind": "desk_camera", "address": "tcp:127.0.0.1:0"}, "opencv",
    ("lay", {}), ("thaw", "plug"), page,
    (
        *streams(DESK_GONE, DeviceState.ABSENT, DESK_GONE),
        *(
            Cell(how, one("lay", how=how), NO_PAGE, seconds=2.0, small=how == "glare")
            for how in ("half_off", "small", "dark", "glare", "blurred", "moving")
        ),
        Cell("an empty desk", one("clear"), NO_PAGE, seconds=1.5),
    ),
)  # fmt: skip

KINDS = (FACE, EYE, SERIAL, DESK)
CELLS = [
    pytest.param(kind, cell, id=f"{kind.name}, {cell.name}", marks=[] if cell.small else [pytest.mark.long])
    for kind in KINDS
    for cell in kind.cells
]


class Now:
    """The clock that reports carry."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class Bench:
    """A virtual device with its driver under the supervisor."""

    def __init__(self, kind: Kind, hall: Hall) -> None:
        self.kind, self._hall = kind, hall
        self.config = hall.config("device", kind.driver)
        self._made: list[Any] = []
        self._changed = threading.Condition()
        self.supervisor = Supervisor({kind.kind: self.config}, Now(), make=self._make)  # type: ignore[arg-type]
        self.supervisor.subscribe(lambda report: self._tell())

    def _make(self, kind: DeviceKind, config: DeviceConfig) -> Any:
        self._made.append(registry.make(kind, config))
        return self._made[-1]

    def _tell(self) -> None:
        with self._changed:
            self._changed.notify_all()

    def until(self, *states: DeviceState) -> DeviceState:
        """The state, once it is one of these."""
        device = self.supervisor.device(self.kind.kind)
        with self._changed:
            self._changed.wait_for(lambda: device.report().state in states, LONG)
        return device.report().state

    def hand(self, verb: str, **args: Any) -> None:
        self._hall.hand("device", verb, **args)

    def run(self, seconds: float, alive: Callable[[], None]) -> object:
        """The job's outcome; ``alive`` is called once, when the device is at work."""
        begun, ended, outcome = threading.Event(), threading.Event(), []  # type: ignore[var-annotated]

        def first() -> None:
            if not begun.is_set():
                begun.set()
                acting.append(threading.Thread(target=alive))
                acting[0].start()

        def done(value: object) -> None:
            outcome.append(value)
            ended.set()

        acting: list[threading.Thread] = []
        device = self.supervisor.device(self.kind.kind)
        device.submit(lambda driver: self.kind.job(driver, seconds, first), done)
        assert ended.wait(LONG * 2), "the job had no outcome"
        for thread in acting:
            thread.join()
        return outcome[0]

    def strike(self, number: int) -> None:
        """Send a signal to the camera's process."""
        pid = self._made[-1]._cameras.pid
        if pid is not None:
            with suppress(ProcessLookupError):
                os.kill(pid, number)


@pytest.fixture
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    kind: Kind = request.getfixturevalue("kind")
    with Hall(tmp_path / "bench", {"device": kind.virtual}, {}, {}) as hall:
        made = Bench(kind, hall)
        made.supervisor.start()
        try:
            yield made
        finally:
            made.supervisor.stop()


@pytest.mark.parametrize(("kind", "cell"), CELLS)
def test_a_fault_ends_in_its_state_with_its_words_and_is_mended(kind: Kind, cell: Cell, bench: Bench) -> None:
    assert bench.until(DeviceState.READY) is DeviceState.READY
    scenes = {"show", "lay", "clear"}
    # One picture is enough to read a code: where a fault is to come first, there is none yet.
    waiting = ("show", {"scene": "nobody"}) if kind is EYE and cell.code is not None else kind.good
    now = [hand for hand in cell.hands if hand[0] in scenes] or [waiting]
    for verb, args in now:
        bench.hand(verb, **args)

    def strike() -> None:
        for verb, args in cell.hands:
            if verb not in scenes:
                bench.hand(verb, **args)
        if cell.signal:
            bench.strike(cell.signal)

    outcome = bench.run(cell.seconds, strike)
    if cell.code is None:
        assert not isinstance(outcome, Fault), outcome
    else:
        assert isinstance(outcome, Fault)
        assert outcome.code is cell.code
        assert words(outcome.code, "zh").staff and words(outcome.code, "en").what
    if cell.state is not DeviceState.READY and "unplug" in [verb for verb, _ in cell.hands]:
        assert bench.until(cell.state) is cell.state
    for verb in kind.heal:
        bench.hand(verb)
    bench.hand(kind.good[0], **kind.good[1])
    assert bench.until(DeviceState.READY) is DeviceState.READY
    # Another code: the same one within a second counts as a trigger that bounces.
    again = bench.run(LONG, (lambda: bench.hand("scan", text=SLIP + "0")) if kind is SERIAL else (lambda: None))
    assert not isinstance(again, Fault), again


@pytest.mark.parametrize("kind", [pytest.param(kind, id=kind.name, marks=pytest.mark.long) for kind in KINDS])
def test_absent_at_the_start_and_plugged_in_later(kind: Kind, tmp_path: Path) -> None:
    with Hall(tmp_path / "bench", {"device": kind.virtual}, {}, {}) as hall:
        hall.hand("device", "unplug")
        made = Bench(kind, hall)
        made.supervisor.start()
        try:
            assert made.until(DeviceState.ABSENT) is DeviceState.ABSENT
            hall.hand("device", "plug")
            assert made.until(DeviceState.READY) is DeviceState.READY
        finally:
            made.supervisor.stop()


def test_each_kind_has_at_least_twelve_faults() -> None:
    assert {kind.name: len(kind.cells) + 1 for kind in KINDS} == {
        "face camera": 16, "code scanner by camera": 14, "code scanner on a serial line": 13, "document camera": 16,
    }  # fmt: skip
