"""When nobody touches the screen: warn, then wipe; one touch extends, as often as one likes (WCAG 2.2.1)."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.workflow.events import IdleWarned, TimedOut

_AWAITS = 5  # times the ordinary patience: a helper comes from the other end of the hall


@dataclass(frozen=True, slots=True)
class Patience:
    """Untouched seconds until the wipe, and how long the warning before it stands."""

    idle_seconds: int = 120
    warning_seconds: int = 30


class Idle:
    """Counts untouched time; doubled for large text, and far longer for whoever waits for a helper, but not without
    end: who went away must not stand on the screen. Pure: the monotonic clock comes from outside."""

    def __init__(self, patience: Patience, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._patience, self._monotonic = patience, monotonic
        self._since = monotonic()

    def touched(self) -> None:
        """Somebody is there."""
        self._since = self._monotonic()

    def look(
        self, *, slow: bool, busy: bool, warned: bool, awaits: bool = False
    ) -> type[IdleWarned] | type[TimedOut] | None:
        """What is due now. While a device works (``busy``) nothing is, and the count begins anew after it."""
        if busy and not warned:
            self.touched()
            return None
        left = self._exact_left(slow, awaits)
        if left <= 0:
            return TimedOut
        return IdleWarned if left <= self._patience.warning_seconds and not warned else None

    def left(self, *, slow: bool, awaits: bool = False) -> int:
        """Whole seconds until the wipe, for the warning's words."""
        return max(0, int(self._exact_left(slow, awaits) + 0.999))

    def _exact_left(self, slow: bool, awaits: bool) -> float:
        times = (2 if slow else 1) * (_AWAITS if awaits else 1)
        return self._patience.idle_seconds * times - (self._monotonic() - self._since)
