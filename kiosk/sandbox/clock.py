"""Two clocks: the one on the wire, which terminals compare themselves with, and the offices', which may hurry."""

import threading
import time
from typing import Literal

from .moments import at

Mode = Literal["real", "scaled", "manual"]


class SandboxClock:
    """Thread-safe. In mode manual both clocks stand still until they are advanced."""

    def __init__(self, mode: Mode, factor: float, not_before_ms: int = 0) -> None:
        self._lock = threading.Lock()
        self._skew_ms = 0
        self._ahead_ms = 0
        self._frozen_ms = max(_real_ms(), not_before_ms)
        self._set(mode, factor, max(_real_ms(), not_before_ms))

    def _set(self, mode: Mode, factor: float, office_ms: int) -> None:
        self._mode, self._factor = mode, factor
        self._base_office, self._base_mono = office_ms, time.monotonic()

    @property
    def mode(self) -> Mode:
        """How time passes."""
        return self._mode

    @property
    def factor(self) -> float:
        """How much faster the offices work in mode scaled."""
        return self._factor

    def now(self) -> int:
        """The time on the wire, in milliseconds since 1970."""
        with self._lock:
            return (self._frozen_ms if self._mode == "manual" else _real_ms()) + self._skew_ms

    def office(self) -> int:
        """The offices' time."""
        with self._lock:
            return self._office()

    def _office(self) -> int:
        if self._mode == "manual":
            return self._base_office
        speed = self._factor if self._mode == "scaled" else 1.0
        return self._base_office + int((time.monotonic() - self._base_mono) * 1000 * speed)

    def change(self, mode: Mode, factor: float) -> None:
        """Go on from here in another way."""
        with self._lock:
            office = self._office()
            if mode == "manual":
                self._frozen_ms = _real_ms()
            self._set(mode, factor, office)

    def advance(self, seconds: float) -> None:
        """Move the offices on; in mode manual the wire's clock too."""
        with self._lock:
            self._base_office += int(seconds * 1000)
            if self._mode == "manual":
                self._frozen_ms += int(seconds * 1000)
            else:
                self._ahead_ms += int(seconds * 1000)

    @property
    def ahead(self) -> int:
        """By how much the offices were moved on, not yet passed on to the promises: those are kept by the wire's
        clock, which stands true, and would never be broken in a training otherwise."""
        with self._lock:
            return self._ahead_ms

    def caught_up(self, milliseconds: int) -> None:
        """The promises have been moved on by so much."""
        with self._lock:
            self._ahead_ms -= milliseconds

    def skew(self, seconds: float) -> None:
        """Let the platform's own clock be wrong."""
        with self._lock:
            self._skew_ms = int(seconds * 1000)

    def wait_for(self, office_ms: int) -> float | None:
        """Real seconds until the offices' clock shows that; None: only when somebody advances it."""
        with self._lock:
            missing = max(0, office_ms - self._office()) / 1000
            if self._mode == "manual":
                return 0.0 if missing == 0 else None
            return missing / (self._factor if self._mode == "scaled" else 1.0)

    def text(self) -> dict[str, object]:
        """For the control page."""
        return {"mode": self._mode, "factor": self._factor, "now": at(self.now()).isoformat(),
                "office": at(self.office()).isoformat()}  # fmt: skip


def _real_ms() -> int:
    return time.time_ns() // 1_000_000
