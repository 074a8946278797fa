"""Writers take turns in the order in which they came."""

import collections
import threading


class Turns:
    """One at a time, first come first served. An ordinary lock goes to whoever is quickest when it is let go, and
    under load the same few are: somebody waits for ever."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken = False
        self._waiting: collections.deque[threading.Event] = collections.deque()

    def take(self, patience: float) -> bool:
        """Wait for one's turn, so many seconds at most; False when it did not come."""
        with self._lock:
            if not self._taken:
                self._taken = True
                return True
            mine = threading.Event()
            self._waiting.append(mine)
        if mine.wait(patience):
            return True
        with self._lock:
            if mine.is_set():  # in the last moment
                return True
            self._waiting.remove(mine)
            return False

    def give(self) -> None:
        """The next one's turn."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False
