"""Letting time pass on the window's thread, for hands that act in it: its events go on, and other threads have the
interpreter meanwhile. QTest's own waits keep it for themselves: a sender then gets a turn only between two of the
window's own Python calls, and the window waits for each turn to end."""

from PySide6.QtCore import QEventLoop, Qt, QTimer, SignalInstance


def pass_by(ms: int) -> None:
    """The window goes on by itself for so long. At once when the application ends."""
    _turn(ms)


def come(signal: SignalInstance, ms: int) -> None:
    """The same until that signal is given, and no longer than so many milliseconds."""
    _turn(ms, signal)


def _turn(ms: int, *signals: SignalInstance) -> None:
    loop, over = QEventLoop(), QTimer()
    over.setTimerType(Qt.TimerType.PreciseTimer)
    over.setSingleShot(True)
    over.setInterval(ms)

    def end() -> None:  # connected to the loop's own method, each wait would leave a name of 64 bytes behind for good
        loop.quit()

    for signal in (over.timeout, *signals):
        signal.connect(end)
    over.start()
    loop.exec()
    for signal in signals:
        signal.disconnect(end)
