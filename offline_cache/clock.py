"""The terminal's clock, checked against the platform's.

Every answer of the platform carries its time. The answer with the shortest way back measures best; the measured
offset is tied to the monotonic clock, so that a system clock that jumps is noticed. Legal times are the platform's.
"""

import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")  # no summer time since 1991
MEASURE_HOLDS = 24 * 3600.0  # seconds that a measurement makes sure
RENEW_AFTER = 600.0  # a fresh measurement replaces a better one that is older
SMALL = 300.0  # seconds of offset above which no permit is used
LEAVE_ALONE = 2.0  # below this the Date header, whole seconds only, cannot say better than the system clock


@dataclass(frozen=True, slots=True)
class Measure:
    """One comparison: platform minus system clock, with its possible error, both in seconds."""

    offset: float
    error: float
    wall: float
    monotonic: float


class PlatformClock:
    """Implements kiosk.contracts.clock.Clock. Thread-safe.

    ``wall`` and ``monotonic`` are the system's clocks; tests bring their own.
    """

    def __init__(
        self, wall: Callable[[], float] = time.time, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._wall, self._monotonic = wall, monotonic
        self._measure: Measure | None = None
        self._lock = threading.Lock()
        self._seen = (self.now(), monotonic())
        self._steady_since = monotonic()

    def now(self) -> datetime:
        """Now, in Asia/Shanghai, corrected by the measured offset where that knows better than the system clock."""
        offset = self.offset()
        correction = offset if offset is not None and abs(offset) > LEAVE_ALONE else 0.0
        return datetime.fromtimestamp(self._wall() + correction, SHANGHAI)

    def monotonic(self) -> float:
        """Seconds that never jump."""
        return self._monotonic()

    def entropy(self, count: int) -> bytes:
        """Random bytes from the operating system."""
        return os.urandom(count)

    def offset(self) -> float | None:
        """Platform minus system clock in seconds, now; None until measured."""
        with self._lock:
            measure = self._measure
        if measure is None:
            return None
        jumped = (self._wall() - measure.wall) - (self._monotonic() - measure.monotonic)
        return measure.offset - jumped

    def sure(self) -> bool:
        """Measured within the last 24 hours, and the offset is small."""
        with self._lock:
            measure = self._measure
        offset = self.offset()
        if measure is None or offset is None:
            return False
        fresh = self._monotonic() - measure.monotonic < MEASURE_HOLDS
        return fresh and abs(offset) + measure.error <= SMALL

    def leap(self) -> timedelta:
        """How far ``now`` has jumped since ``take_leap``: the system clock was set, or the platform's time came to be
        known. Less than five minutes count as nothing."""
        then, monotonic = self._seen
        jumped = self.now() - then - timedelta(seconds=self._monotonic() - monotonic)
        return jumped if abs(jumped.total_seconds()) > SMALL else timedelta()

    def take_leap(self) -> None:
        """What has jumped until now was allowed for."""
        if self.leap():
            self._steady_since = self._monotonic()
        self._seen = (self.now(), self._monotonic())

    def trusted(self) -> bool:
        """Whether a day by this clock is a day: the platform vouches for it, or it has gone that long undisturbed."""
        return self.sure() or (not self.leap() and self._monotonic() - self._steady_since >= MEASURE_HOLDS)

    def observe(self, date_header: str, asked: float, answered: float) -> None:
        """Learn from a ``Date`` header; ``asked`` and ``answered`` are monotonic seconds around the call."""
        try:
            said = parsedate_to_datetime(date_header)
            platform = said.replace(tzinfo=said.tzinfo or UTC).timestamp() + 0.5  # the header drops the fraction
        except (ValueError, TypeError, OverflowError, IndexError):
            return
        way = max(0.0, answered - asked)
        monotonic = self._monotonic()
        wall = self._wall()
        middle = wall - (monotonic - answered) - way / 2
        fresh = Measure(platform - middle, way / 2 + 0.5, wall, monotonic)
        with self._lock:
            old = self._measure
            if old is None or fresh.error <= old.error or monotonic - old.monotonic > RENEW_AFTER:
                self._measure = fresh
