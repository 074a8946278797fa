"""How long nobody may touch the screen: a warning, one touch extends without limit, then the visit is closed."""

from kiosk.workflow.events import IdleWarned, TimedOut
from kiosk.workflow.machine import Event


class Patience:
    """Counts untouched seconds. Not thread-safe: the session's own thread asks it."""

    def __init__(self, idle_seconds: float, warning_seconds: float) -> None:
        self._idle, self._warning = idle_seconds, warning_seconds
        self._factor = 1.0
        self._since = 0.0
        self._warned = False

    def touched(self, now: float, large: bool = False) -> None:
        """Somebody is there; in large text people get twice the time."""
        self._factor = 2.0 if large else 1.0
        self._since, self._warned = now, False

    def tick(self, now: float, working: bool) -> Event | None:
        """What to post now, if anything. While a device works nobody is hurried."""
        if working:
            self._since = now
            return None
        waited, limit = now - self._since, self._idle * self._factor
        if waited >= limit:
            self._since, self._warned = now, False
            return TimedOut()
        if not self._warned and waited >= limit - self._warning:
            self._warned = True
            return IdleWarned()
        return None
