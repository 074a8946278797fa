"""The one thread that watches all devices: calls things soon, in order, or when a time has passed."""

import heapq
import threading
import time
from collections.abc import Callable
from itertools import count

from drivers.translate import log_bug

Call = Callable[[], None]


class Alarm:
    """A call that will be made later, unless it is taken back."""

    __slots__ = ("_call", "_lock")

    def __init__(self, call: Call) -> None:
        self._call: Call | None = call
        self._lock = threading.Lock()

    def take_back(self) -> None:
        """Do not make the call. When it is being made at this very moment, it is made."""
        with self._lock:
            self._call = None

    def ring(self) -> None:
        """Make the call, once."""
        with self._lock:
            call, self._call = self._call, None
        if call is not None:
            call()


class Keeper:
    """Makes calls one after the other on its own thread. Whoever hands one in must keep it short."""

    def __init__(self, name: str) -> None:
        self._due: list[tuple[float, int, Alarm]] = []
        self._order = count()
        self._changed = threading.Condition()
        self._ending = False
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin to make calls."""
        self._thread.start()

    def stop(self, seconds: float) -> None:
        """Make the calls that are due now, forget the later ones, and end; waits at most ``seconds``."""
        with self._changed:
            self._ending = True
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join(seconds)

    def soon(self, call: Call) -> None:
        """Call as soon as everything handed in before was called. Thread-safe, never blocks."""
        self._put(0.0, call)

    def later(self, seconds: float, call: Call) -> Alarm:
        """Call after ``seconds``. Thread-safe, never blocks."""
        return self._put(time.monotonic() + seconds, call)

    def _put(self, at: float, call: Call) -> Alarm:
        alarm = Alarm(call)
        with self._changed:
            heapq.heappush(self._due, (at, next(self._order), alarm))
            self._changed.notify()
        return alarm

    def _run(self) -> None:
        while (alarm := self._next()) is not None:
            try:
                alarm.ring()
            except Exception as error:
                log_bug(error, "a listener of the devices")

    def _next(self) -> Alarm | None:
        with self._changed:
            while True:
                now = time.monotonic()
                if self._due and self._due[0][0] <= now:
                    return heapq.heappop(self._due)[2]
                if self._ending:
                    return None
                self._changed.wait(self._due[0][0] - now if self._due else None)
