"""Time passes on the window's thread, and leaves the interpreter to the others."""

import threading
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from ui.moment import come, pass_by


class Bell(QObject):
    """Rings."""

    rang = Signal()


def test_other_threads_work_meanwhile(qapp: QCoreApplication) -> None:
    """Whoever computes on another thread is ready before the moment is over."""
    heard: list[str] = []

    def compute() -> None:
        for _ in range(20):
            time.sleep(0.001)
        heard.append("computed")

    thread = threading.Thread(target=compute)
    thread.start()
    pass_by(1000)
    heard.append("over")
    thread.join()
    assert heard == ["computed", "over"]


def test_the_window_goes_on(qapp: QCoreApplication) -> None:
    """Its timers run meanwhile."""
    heard: list[str] = []
    QTimer.singleShot(20, lambda: heard.append("timer"))
    pass_by(300)
    assert heard == ["timer"]


def test_a_signal_ends_the_wait(qapp: QCoreApplication) -> None:
    """What was waited for came long before the time was over; the bell may ring on afterwards."""
    bell, late = Bell(), []
    QTimer.singleShot(20, bell.rang.emit)
    over = QTimer()
    over.setSingleShot(True)
    over.timeout.connect(lambda: late.append(True))
    over.start(20_000)
    come(bell.rang, 30_000)
    bell.rang.emit()
    assert not late


def test_a_signal_that_does_not_come(qapp: QCoreApplication) -> None:
    """Then the time ends it."""
    bell = Bell()
    come(bell.rang, 20)


def test_many_waits_leave_nothing_behind(qapp: QCoreApplication) -> None:
    """A terminal that is played for a thousand visits waits a hundred thousand times."""
    bell = Bell()

    def wait(times: int) -> int:
        for _ in range(times):
            come(bell.rang, 0)
        lines = Path("/proc/self/smaps_rollup").read_text("ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("Private_Dirty"))

    wait(2000)
    before = wait(2000)
    assert wait(5000) - before < 300  # KiB; 64 bytes for each signal that is listened to would be 900
