"""When nobody touches the screen: warn, then wipe; one touch extends, as often as one likes (WCAG 2.2.1)."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.workflow.events import IdleWarned, TimedOut


@dataclass(frozen=True, slots=True)
class Patience:
    """Untouched seconds until the wipe, and how long the warning before it stands."""

    idle_seconds: int = 120
    warning_seconds: int = 30


class Idle:
    """Counts untouched time; doubled for large text. Pure: the monotonic clock comes from outside."""

    def __init__(self, patience: Patience, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._patience, self._monotonic = patience, monotonic
        self._since = monotonic()

    def touched(self) -> None:
        """Somebody is there."""
        self._since = self._monotonic()

    def look(self, *, slow: bool, busy: bool, warned: bool) -> type[IdleWarned] | type[TimedOut] | None:
        """What is due now. While a device works (``busy``) nothing is, and the count begins anew after it."""
        if busy and not warned:
            self.touched()
            return None
        left = self._exact_left(slow)
        if left <= 0:
            return TimedOut
        return IdleWarned if left <= self._patience.warning_seconds and not warned else None

    def left(self, *, slow: bool) -> int:
        """Whole seconds until the wipe, for the warning's words."""
        return max(0, int(self._exact_left(slow) + 0.999))

    def _exact_left(self, slow: bool) -> float:
        return self._patience.idle_seconds * (2 if slow else 1) - (self._monotonic() - self._since)
