"""A scanner that types: bursts of keys become one ``scanned`` action and never reach a field.

With a prefix (STX or Ctrl+B) everything up to CR or ETX is a code. Without one, a burst is at least six characters,
30 ms apart on average and never more than 60 ms, ended by Enter or Tab; slower keys are a person's and are passed on.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

GAP, MEAN, LEAST, PREFIX_TIME = 0.060, 0.030, 6, 1.0
STX, ETX = "\x02", "\x03"
ENDS = ("\r", "\n", "\t")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do after a key: give these held keys back, or a code is complete, or wait."""

    release: tuple[str, ...] = ()
    code: str | None = None


@dataclass(slots=True)
class WedgeDetector:
    """Decides by time alone; pure apart from the monotonic clock that is handed in."""

    monotonic: Callable[[], float] = time.monotonic
    _held: list[str] = field(default_factory=list)
    _times: list[float] = field(default_factory=list)
    _prefixed: bool = False

    def key(self, text: str) -> Verdict:
        """One printable character, prefix, suffix, Enter or Tab."""
        now = self.monotonic()
        if text == STX:
            released = self._drop()
            self._prefixed = True
            self._times = [now]
            return Verdict(released)
        if self._prefixed:
            return self._inside(text, now)
        late = bool(self._times) and now - self._times[-1] > GAP
        released = self._drop() if late else ()
        self._held.append(text)
        self._times.append(now)
        if text not in ENDS:
            return Verdict(released)
        if self._is_burst():
            code = "".join(self._held[:-1])
            self._drop()
            return Verdict(released, code)
        return Verdict(released + self._drop())

    def idle(self) -> Verdict:
        """Time went by without a key: what was held was a person's; a code that was never ended is forgotten."""
        limit = PREFIX_TIME if self._prefixed else GAP
        if not self._times or self.monotonic() - self._times[-1] <= limit:
            return Verdict()
        held, prefixed = self._drop(), self._prefixed
        self._prefixed = False
        return Verdict(() if prefixed else held)

    @property
    def waiting(self) -> bool:
        """Something is held; ask ``idle`` soon."""
        return bool(self._times)

    def flush(self) -> Verdict:
        """Another key (an arrow, F2) came: order must hold, so give back what is held."""
        return Verdict(self._drop()) if not self._prefixed else Verdict()

    def _inside(self, text: str, now: float) -> Verdict:
        if text == ETX or text in ENDS:
            code = "".join(self._held)
            self._prefixed = False
            self._drop()
            return Verdict((), code) if code else Verdict()
        self._held.append(text)
        self._times.append(now)
        return Verdict()

    def _is_burst(self) -> bool:
        count = len(self._held) - 1
        spread = self._times[-1] - self._times[0]
        return count >= LEAST and spread / count <= MEAN

    def _drop(self) -> tuple[str, ...]:
        held = tuple(self._held)
        self._held.clear()
        self._times.clear()
        return held
