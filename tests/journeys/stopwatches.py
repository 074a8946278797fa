"""Stopwatches on the window's event loop: how soon a touch is shown, what a page change costs, what stands still."""

import ctypes
import os
import statistics
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QPointF, Qt, QTimer, Signal, Slot
from PySide6.QtTest import QTest

from ui.moment import pass_by
from ui.pilot import Pilot, find

BEAT_MS = 5
LATE = 0.050  # seconds; what a finger does not notice yet
TOUCH_EVERY = 0.173  # seconds; no multiple of anything that beats in the terminal
RESTING = 0.4  # where a finger goes that changed its mind: the middle of nothing


@dataclass
class Watched:
    """What one watch saw, in seconds. ``work``: of each gap, what the window's own thread worked. ``taken``: for how
    long a processor was not there, which a virtual machine's host lends to others. ``held``: what is left of a gap
    without these two and the wait in line for a processor: the wait for the interpreter that another thread holds."""

    shown: list[float] = field(default_factory=list)
    echoes: int = 0  # touches so soon after a new question that they were taken for the one before, and not heard
    gaps: list[float] = field(default_factory=list)
    work: list[float] = field(default_factory=list)
    taken: list[float] = field(default_factory=list)
    held: list[float] = field(default_factory=list)
    at: list[float] = field(default_factory=list)  # by the monotonic clock, to be found again in a kernel's trace
    blamed: Counter[str] = field(default_factory=Counter)

    def figures(self, seconds: float) -> dict[str, Any]:
        """The same in words. ``left``: a gap without what the host took of it."""
        left = [max(0.0, gap - taken) for gap, taken in zip(self.gaps, self.taken, strict=True)]
        return {
            "seconds": seconds, "touches": len(self.shown), "echoes": self.echoes,
            "p50": statistics.median(self.shown), "p99": statistics.quantiles(self.shown, n=100)[98],
            "most": max(self.shown),
            "beats": len(self.gaps), "gap": max(self.gaps), "late": sum(gap > LATE for gap in self.gaps),
            "gap_p99": statistics.quantiles(self.gaps, n=100)[98], "work": max(self.work),
            "left": max(left), "left_late": sum(gap > LATE for gap in left),
            "left_p99": statistics.quantiles(left, n=100)[98], "taken": sum(self.taken) / seconds,
            "work_late": sum(work > LATE for work in self.work),
            "work_p99": statistics.quantiles(self.work, n=100)[98],
            "held": max(self.held), "held_late": sum(held > LATE for held in self.held),
            "held_p99": statistics.quantiles(self.held, n=100)[98],
            "worst": sorted(zip(left, self.gaps, self.work, self.held, self.at, strict=True), reverse=True)[:8],
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
        self._account, self._queued = Queued(), 0.0
        self._host, self._taken = Host(), [0.0]
        self._over = threading.Event()
        self._beat = QTimer(self)
        self._beat.setTimerType(Qt.TimerType.PreciseTimer)
        self._beat.setInterval(BEAT_MS)
        self._beat.timeout.connect(self._tick)
        self.came.connect(self._press, Qt.ConnectionType.QueuedConnection)
        pilot.window.frameSwapped.connect(self._frame)

    def run(self, seconds: float, done: Callable[[], bool] | None = None) -> dict[str, Any]:
        """Watch for so long; with ``done`` on until it is true, which is asked on a thread of its own."""
        main = threading.get_ident()
        begun = time.perf_counter()
        hand = threading.Thread(target=self._hand)
        eye = threading.Thread(target=self._eye, args=(main,))
        self._last, self._worked, self._queued = time.perf_counter(), time.thread_time(), self._account()
        self._taken = self._host()
        self._beat.start()
        hand.start()
        eye.start()
        pass_by(round(seconds * 1000))
        if done is not None:
            ready = threading.Event()
            look = threading.Thread(target=_look, args=(done, ready))
            look.start()
            while not ready.is_set():
                pass_by(500)
            look.join()
        seconds = time.perf_counter() - begun
        self._over.set()
        self._beat.stop()
        hand.join()
        eye.join()
        while self._down or self._touched:  # no finger stays on the glass
            pass_by(10)
        self._pilot.window.frameSwapped.disconnect(self._frame)
        self._account.close()
        self._host.close()
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
                    if not frame.f_code.co_filename.endswith("stopwatches.py"):
                        where.append(f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno}")
                    frame = frame.f_back
                self.watched.blamed[" < ".join(where)] += 1

    @Slot()
    def _tick(self) -> None:
        now, worked, waited = time.perf_counter(), time.thread_time(), self._account()
        gap, work = max(0.0, now - self._last - BEAT_MS / 1000), worked - self._worked
        taken, before = self._host(), self._taken
        lent = longest(before, taken)
        self.watched.at.append(now)
        self.watched.gaps.append(gap)
        self.watched.work.append(work)
        self.watched.taken.append(lent)
        self.watched.held.append(max(0.0, gap - work - (waited - self._queued) - lent))
        self._last, self._worked, self._queued, self._taken = now, worked, waited, taken

    @Slot(float)
    def _press(self, at: float) -> None:
        if self._down or self._over.is_set():
            return  # the finger before is still there: its time goes on
        window, glass = self._pilot.window, self._pilot._glass
        item = self._item
        place = item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()
        self._touched, self._down = at, True
        echo = self._pilot._visit.steady.is_echo(place.x(), place.y())
        QTest.touchEvent(window, glass).press(0, place, window).commit()
        if echo:
            self.watched.echoes += 1
            self._touched = 0.0
            self._lift()
            return
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


class Account:
    """What the kernel keeps account of in a file. Read with the interpreter in hand: whoever lets it go to look has
    to wait for it again, and that would be counted too."""

    def __init__(self, path: str, size: int) -> None:
        self._file = os.open(path, os.O_RDONLY)
        self._read = ctypes.PyDLL(None).pread
        self._read.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_long]
        self._room = ctypes.create_string_buffer(size)

    def text(self) -> bytes:
        """The beginning of it, as it stands now."""
        read = self._read(self._file, self._room, len(self._room), 0)
        assert read > 0, "the kernel keeps no account"
        return self._room.raw[:read]

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._file)


class Queued(Account):
    """For how many seconds the thread that asks has waited for a processor so far."""

    def __init__(self) -> None:
        super().__init__("/proc/thread-self/schedstat", 128)

    def __call__(self) -> float:
        return int(self.text().split()[1]) / 1e9


class Host(Account):
    """For how many seconds each processor was not there so far: lent to others by the host of a virtual machine. The
    kernel counts hundredths, so a single figure may be off by one."""

    def __init__(self) -> None:
        self._count = os.cpu_count() or 1
        super().__init__("/proc/stat", 120 * (self._count + 1))

    def __call__(self) -> list[float]:
        return [int(line.split()[8]) / 100 for line in self.text().splitlines()[1 : self._count + 1]]


def longest(before: list[float], after: list[float]) -> float:
    """For how long that processor was away that was away longest."""
    return max(now - then for then, now in zip(before, after, strict=True))


def _look(done: Callable[[], bool], ready: threading.Event) -> None:
    while not done():
        time.sleep(0.5)
    ready.set()


class Turns(QObject):
    """What every page change keeps the event loop busy with: first the making of the page, bit by bit, then its first
    frame; and how long the page before stays on the glass."""

    def __init__(self, pilot: Pilot) -> None:
        super().__init__()
        self._pilot = pilot
        self._last = self._worked = 0.0
        self._part = ""  # what the beat that is due has waited for
        self._drawn = False  # the new page, since it came
        self._begun = self._gap = self._left = self._own = 0.0
        self.parts: dict[str, list[tuple[float, float, float, str]]] = {"page": [], "frame": []}
        self._host = Host()
        self._taken = self._host()
        self.made: list[float] = []
        self._beat = QTimer(self)
        self._beat.setTimerType(Qt.TimerType.PreciseTimer)
        self._beat.setInterval(BEAT_MS)
        self._beat.timeout.connect(self._tick)
        pilot._visit.pageChanged.connect(self._turned)
        pilot.window.frameSwapped.connect(self._frame)
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self._beat.start()

    def end(self) -> dict[str, Any]:
        """How many, and in seconds: the longest stall of each part, what is left of it without what the host took,
        and the thread's own work in one; ``made``: from the step to its page."""
        self._beat.stop()
        self._host.close()
        self._pilot._visit.pageChanged.disconnect(self._turned)
        self._pilot.window.frameSwapped.disconnect(self._frame)
        found: dict[str, Any] = {"made": {"p50": statistics.median(self.made), "longest": max(self.made)}}
        for part, gaps in self.parts.items():
            of: dict[str, Any] = {"count": len(gaps)}
            for what, each in zip(("stall", "left", "work"), list(zip(*gaps, strict=True))[:3], strict=True):
                late = sum(one > LATE for one in each)
                of[what] = {"p50": statistics.median(each), "longest": max(each), "late": late}
            of["worst"] = [(page, own) for *_, own, page in sorted(gaps, key=lambda one: -one[2])[:5]]
            found[part] = of
        return found

    @Slot()
    def _turned(self) -> None:
        if self._part != "page":
            self._begun, self._gap, self._left, self._own = time.perf_counter(), 0.0, 0.0, 0.0
        self._part, self._drawn = "page", False

    @Slot()
    def _frame(self) -> None:
        self._drawn = self._drawn or not self._pilot._visit.turning

    @Slot()
    def _tick(self) -> None:
        now, worked, taken = time.perf_counter(), time.thread_time(), self._host()
        if self._part == "page" and not self._pilot._visit.turning:  # what is left of it goes with its frame
            self.made.append(now - self._begun)
            self._close("frame")
        if self._part:
            gap = max(0.0, now - self._last - BEAT_MS / 1000)
            self._gap, self._left = max(self._gap, gap), max(self._left, gap - longest(self._taken, taken))
            self._own = max(self._own, worked - self._worked)
        if self._part == "frame" and self._drawn:
            self._close("")
        self._last, self._worked, self._taken = now, worked, taken

    def _close(self, then: str) -> None:
        self.parts[self._part].append((self._gap, self._left, self._own, self._pilot.page))
        self._part, self._gap, self._left, self._own = then, 0.0, 0.0, 0.0
