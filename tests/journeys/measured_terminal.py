"""The terminal as it is, with instruments in it: started in place of ``kiosk run`` by whoever measures.

python -m tests.journeys.measured_terminal --config FILE --pilot-fd N

Nothing of the terminal is replaced. Hands are added to the pilot's: ``watch`` puts a finger on the glass again and
again for some seconds and says how long the window took to show it, and how long its event loop did nothing else;
``print_on`` and ``poll_on`` keep the printer and the card reader at work, one job after the other, on the workers
that a visit uses; ``owed`` and ``counted`` look at figures.
"""

import argparse
import gc
import statistics
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtTest import QTest

from kiosk import assembly
from kiosk.code_tables.policy_guides import GuideId, policy_guide
from kiosk.config import load
from kiosk.contracts.device import DeviceKind
from kiosk.demo.lines import Line
from kiosk.demo.stage import Stage, Window
from kiosk.domain.document import Language
from kiosk.faults import Fault
from kiosk.rules.documents.guide_page import guide_page
from ui import pilot_port
from ui.pilot import Pilot, find, walk

BEAT_MS = 5
LATE = 0.050  # seconds; what a finger does not notice yet
TOUCH_EVERY = 0.173  # seconds; no multiple of anything that beats in the terminal
RESTING = 0.4  # where a finger goes that changed its mind: the middle of nothing


@dataclass
class Watched:
    """What one watch saw, in seconds. ``work``: of each gap, what the window's own thread worked; the rest it waited
    for a processor or for the interpreter."""

    shown: list[float] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)
    work: list[float] = field(default_factory=list)
    blamed: Counter[str] = field(default_factory=Counter)

    def figures(self, seconds: float) -> dict[str, Any]:
        """The same in words."""
        return {
            "seconds": seconds, "touches": len(self.shown), "p50": statistics.median(self.shown),
            "p99": statistics.quantiles(self.shown, n=100)[98], "most": max(self.shown),
            "beats": len(self.gaps), "gap": max(self.gaps), "late": sum(gap > LATE for gap in self.gaps),
            "gap_p99": statistics.quantiles(self.gaps, n=100)[98], "work": max(self.work),
            "work_late": sum(work > LATE for work in self.work),
            "work_p99": statistics.quantiles(self.work, n=100)[98],
            "worst": sorted(zip(self.gaps, self.work, strict=True), reverse=True)[:8],
            "blamed": self.blamed.most_common(12),
        }  # fmt: skip


class Stopwatch(QObject):
    """Counts beats of the event loop and frames after a touch. The finger comes down on a thread of its own, so that
    what the window is busy with then is part of the time."""

    came = Signal(float)

    def __init__(self, pilot: Pilot, name: str) -> None:
        super().__init__()
        self._pilot, self._item = pilot, find(pilot.window, name)
        self.watched = Watched()
        self._touched = 0.0
        self._down = False
        self._last = 0.0
        self._worked = 0.0
        self._over = threading.Event()
        self._beat = QTimer(self)
        self._beat.setTimerType(Qt.TimerType.PreciseTimer)
        self._beat.setInterval(BEAT_MS)
        self._beat.timeout.connect(self._tick)
        self.came.connect(self._press, Qt.ConnectionType.QueuedConnection)
        pilot.window.frameSwapped.connect(self._frame)

    def run(self, seconds: float) -> dict[str, Any]:
        """Watch for so long."""
        main = threading.get_ident()
        hand = threading.Thread(target=self._hand)
        eye = threading.Thread(target=self._eye, args=(main,))
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self._beat.start()
        hand.start()
        eye.start()
        QTest.qWait(round(seconds * 1000))
        self._over.set()
        self._beat.stop()
        hand.join()
        eye.join()
        while self._down or self._touched:  # no finger stays on the glass
            QTest.qWait(10)
        self._pilot.window.frameSwapped.disconnect(self._frame)
        return self.watched.figures(seconds)

    def _hand(self) -> None:
        while not self._over.wait(TOUCH_EVERY):
            self.came.emit(time.perf_counter())

    def _eye(self, main: int) -> None:
        """Where the window's thread is while it is late."""
        while not self._over.wait(0.004):
            if time.perf_counter() - self._last > 0.03:
                frame = sys._current_frames().get(main)
                where = []
                while frame is not None and len(where) < 4:
                    if not frame.f_code.co_filename.endswith("measured_terminal.py"):
                        where.append(f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno}")
                    frame = frame.f_back
                self.watched.blamed[" < ".join(where)] += 1

    @Slot()
    def _tick(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self.watched.gaps.append(max(0.0, now - self._last - BEAT_MS / 1000))
        self.watched.work.append(worked - self._worked)
        self._last, self._worked = now, worked

    @Slot(float)
    def _press(self, at: float) -> None:
        if self._down or self._over.is_set():
            return  # the finger before is still there: its time goes on
        window, glass = self._pilot.window, self._pilot._glass
        item = self._item
        place = item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()
        self._touched, self._down = at, True
        QTest.touchEvent(window, glass).press(0, place, window).commit()
        assert item.property("down"), "a finger that nothing feels"

    @Slot()
    def _frame(self) -> None:
        if not self._touched:
            return
        self.watched.shown.append(time.perf_counter() - self._touched)
        self._touched = 0.0
        QTimer.singleShot(30, self, self._lift)

    @Slot()
    def _lift(self) -> None:
        window, glass = self._pilot.window, self._pilot._glass
        away = QPointF(window.width() / 2, window.height() * RESTING).toPoint()
        QTest.touchEvent(window, glass).move(0, away, window).commit()
        QTest.touchEvent(window, glass).release(0, away, window).commit()
        self._down = False


class Work:
    """Jobs for devices, one after the other, until the terminal ends."""

    def __init__(self) -> None:
        self.terminal: assembly.Terminal | None = None
        self.done: Counter[str] = Counter()

    def keep_on(self, kind: DeviceKind, job: Any) -> None:
        """That job again and again."""
        assert self.terminal is not None
        device = self.terminal.supervisor.device(kind)

        def again(_: object) -> None:
            self.done[kind.value] += 1
            device.submit(job, again)

        device.submit(job, again)


WORK = Work()


def watch(pilot: Pilot, name: str, seconds: float) -> dict[str, Any]:
    """A finger on the thing of that name, for some seconds."""
    return Stopwatch(pilot, name).run(seconds)


def print_on(_: Pilot) -> None:
    """Page after page of the longest guide."""
    page = guide_page(policy_guide(GuideId("plan")), "示例区政务服务中心", Language.ZH)
    WORK.keep_on(DeviceKind.RECEIPT_PRINTER, lambda printer: printer.print_receipt(page))


def poll_on(_: Pilot) -> None:
    """Whether the card still lies there."""
    WORK.keep_on(DeviceKind.ID_CARD_READER, lambda reader: reader.wait_removed(5.0))


def owed(_: Pilot) -> dict[str, Any]:
    """What waits for the platform, and what the devices have done."""
    assert WORK.terminal is not None
    return {"waiting": WORK.terminal.cache.ledger.state().waiting, **WORK.done}


def counted(pilot: Pilot) -> dict[str, int]:
    """How many things there are: Python's, Qt's, and those on the glass."""
    gc.collect()
    engine = pilot.window.findChildren(QObject)
    return {
        "objects": len(gc.get_objects()),
        "qobjects": len(engine) + len(pilot._visit.parent().findChildren(QObject)),
        "items": sum(1 for _ in walk(pilot.window.contentItem())),
    }


def start(stage: Stage, name: str = "kiosk") -> Window:
    """Such a terminal on the stage, in place of ``stage.open``."""
    config = str(stage.configs[name])
    child = stage.family.start(name, "tests.journeys.measured_terminal", "--config", config, pilot=True)
    assert child.pilot is not None
    stage.lines.append(Line(child.pilot, name))
    return Window(child, stage.lines[-1])


def main() -> int:
    """Run the terminal."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--pilot-fd", type=int, required=True)
    given = parser.parse_args()
    config = load(given.config)
    assert not isinstance(config, Fault), config
    hands = (watch, print_on, poll_on, owed, counted)
    for hand in hands:
        setattr(Pilot, hand.__name__, hand)
    pilot_port._EYES += tuple(hand.__name__ for hand in hands)
    begin = assembly.start

    def noted(terminal: assembly.Terminal) -> None:
        WORK.terminal = terminal
        begin(terminal)

    assembly.start = noted
    code = assembly.run(config, given.pilot_fd)
    assert not isinstance(code, Fault), code
    return code


if __name__ == "__main__":
    raise SystemExit(main())
