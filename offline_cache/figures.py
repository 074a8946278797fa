"""Burden figures on their way to the platform: kept in memory only, the oldest dropped when nobody takes them.

They may be lost (the contract says so); a store with deeds in it is not asked to keep them.
"""

import threading
from collections import deque

from kiosk.domain.burden import BurdenFigure

MOST = 500
BATCH = 200  # as many as one message holds


class FigureBox:
    """Thread-safe: filled by the visit, emptied by the sync loop."""

    def __init__(self) -> None:
        self._waiting: deque[BurdenFigure] = deque(maxlen=MOST)
        self._lock = threading.Lock()

    def put(self, figures: tuple[BurdenFigure, ...]) -> None:
        """More figures."""
        with self._lock:
            self._waiting.extend(figures)

    def oldest(self) -> tuple[BurdenFigure, ...]:
        """The next to be sent; they stay until ``sent``, and go again under their ids when an answer was lost."""
        with self._lock:
            return tuple(self._waiting)[:BATCH]

    def sent(self, figures: tuple[BurdenFigure, ...]) -> None:
        """The platform has decided on these."""
        known = {one.id for one in figures}
        with self._lock:
            left = [one for one in self._waiting if one.id not in known]
            self._waiting.clear()
            self._waiting.extend(left)
