"""A scanner that types: bursts of keys become one ``scanned`` action and never reach a field.

With a prefix (STX or Ctrl+B) everything up to CR or ETX is a code. Without one, a burst is at least six characters,
30 ms apart on average and never more than 60 ms, ended by Enter or Tab; slower keys are a person's and are passed on.

Whoever prints a code decides what the scanner types, so a code may hold keys that command: Ctrl+W, Esc, F9. No hand
presses such a key within 30 ms of another; a burst that holds one is no code and nothing of it reaches the window.

Time is told by the window system's stamps where it gives them. Where it gives none, the window's own business must
not count as a person's pause: see ``LoopTime``.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

GAP, MEAN, LEAST, PREFIX_TIME = 0.060, 0.030, 6, 1.0
TICK = 0.010  # seconds between two looks
STALL = 0.040  # seconds that one stall of the loop counts at most: less than a person's pause
FIRST = 3600.0  # seconds before a key that nothing came before
LONGEST = 4096  # characters of one code; what a scanner types beyond is no code of ours
STX, ETX = "\x02", "\x03"
ENDS = ("\r", "\n", "\t")


@dataclass(frozen=True, slots=True)
class Stroke:
    """One key. ``text`` is its character, or empty for a key that commands; ``key`` and ``modifiers`` are Qt's
    figures, so that it can be given back as it came."""

    text: str
    key: int = 0
    modifiers: int = 0

    @property
    def commands(self) -> bool:
        """Not a character: it does something to whoever has the focus."""
        return not self.text


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do after a key: give these held keys back, or a code is complete, or a code was ``spoilt``, or wait."""

    release: tuple[Stroke, ...] = ()
    code: str | None = None
    spoilt: bool = False


@dataclass(slots=True)
class LoopTime:
    """Time as the event loop lives it. A stall counts for no more than ``STALL``: while the window is busy, a
    scanner's keys wait in the queue, and the first must not be taken for a person's because the second comes late."""

    monotonic: Callable[[], float]
    _passed: float = 0.0
    _last: float = 0.0

    def begin(self) -> None:
        """The looks begin."""
        self._last = self.monotonic()

    def tick(self) -> None:
        """The loop came round."""
        self._passed = self.now()
        self._last = self.monotonic()

    def now(self) -> float:
        """Seconds."""
        return self._passed + min(STALL, max(0.0, self.monotonic() - self._last))


@dataclass(slots=True)
class WedgeDetector:
    """Decides by time alone; pure apart from the monotonic clock that is handed in. ``tick`` comes every ``TICK``
    seconds while it is ``waiting``."""

    monotonic: Callable[[], float] = time.monotonic
    _held: list[Stroke] = field(default_factory=list)
    _gaps: list[float] = field(default_factory=list)
    _at: float = 0.0
    _stamp: float = 0.0
    _awake: bool = False
    _prefixed: bool = False
    _spoilt: bool = False
    _time: LoopTime = field(init=False)

    def __post_init__(self) -> None:
        self._time = LoopTime(self.monotonic)

    def key(self, stroke: Stroke, stamp: float = 0.0) -> Verdict:
        """One key; ``stamp`` is when it was pressed by the window system's clock in seconds, 0 when not known."""
        if not self._awake:
            self._time.begin()
            gap = FIRST
        else:
            gap = stamp - self._stamp if stamp and self._stamp else self._time.now() - self._at
        self._awake = True
        self._at, self._stamp = self._time.now(), stamp
        if self._prefixed:
            return self._inside(stroke)
        if self._spoilt and gap <= GAP:
            return Verdict()  # the rest of it
        before = self._settle(gap) if stroke.text == STX or gap > GAP else Verdict()
        self._spoilt = False
        if stroke.text == STX:
            self._prefixed = True
            return before
        if self._held:
            self._gaps.append(gap)
        elif stroke.commands and gap <= MEAN:  # right after a code, or after keys that were given back
            self._spoilt = True
            return Verdict(spoilt=True)
        self._held.append(stroke)
        if stroke.text not in ENDS:
            return before
        if self._is_burst() and not self._is_spoilt():
            code = "".join(one.text for one in self._held[:-1])
            self._forget()
            return Verdict(before.release, code)
        after = self._settle()
        return Verdict(before.release + after.release, spoilt=before.spoilt or after.spoilt)

    def tick(self) -> Verdict:
        """Time went by without a key: what was held was a person's; a code that was never ended is forgotten."""
        self._time.tick()
        limit = PREFIX_TIME if self._prefixed else GAP
        if not self.waiting or self._time.now() - self._at <= limit:
            return Verdict()
        unended, spoilt = self._prefixed, self._spoilt or bool(self._held)
        self._awake = self._prefixed = self._spoilt = False
        if unended:
            self._forget()
            return Verdict(spoilt=spoilt)
        settled = self._settle()
        self._spoilt = False  # it is quiet: nothing follows
        return settled

    @property
    def prefixed(self) -> bool:
        """Inside a code that was announced."""
        return self._prefixed

    @property
    def waiting(self) -> bool:
        """A key came a moment ago; ``tick`` is due soon."""
        return self._awake

    def flush(self) -> Verdict:
        """Something that is not told apart here came (a written character of another keyboard): order must hold."""
        return Verdict() if self._prefixed or self._spoilt else self._settle()

    def _inside(self, stroke: Stroke) -> Verdict:
        if stroke.text == STX:  # the one before was never ended
            self._forget()
            self._spoilt = False
            return Verdict()
        if stroke.text != ETX and stroke.text not in ENDS:
            if stroke.commands or len(self._held) >= LONGEST:
                self._spoilt = True
            else:
                self._held.append(stroke)
            return Verdict()
        code, spoilt = "".join(one.text for one in self._held), self._spoilt
        self._prefixed = self._spoilt = False
        self._forget()
        return Verdict(spoilt=True) if spoilt else Verdict(code=code) if code else Verdict()

    def _settle(self, gap: float = FIRST) -> Verdict:
        """No code came of what is held: a person's keys go back in order, a machine's with a command among them go
        nowhere, and neither does what still follows at the same speed. ``gap`` is to the prefix that ended it."""
        if self._held and gap <= GAP:
            self._gaps.append(gap)
        self._spoilt = self._is_spoilt()
        held = tuple(self._held)
        self._forget()
        return Verdict(spoilt=True) if self._spoilt else Verdict(held)

    def _is_burst(self) -> bool:
        return LEAST < len(self._held) <= LONGEST + 1 and self._is_fast()

    def _is_spoilt(self) -> bool:
        return any(one.commands for one in self._held) and self._is_fast()

    def _is_fast(self) -> bool:
        return bool(self._gaps) and sum(self._gaps) / len(self._gaps) <= MEAN

    def _forget(self) -> None:
        self._held.clear()
        self._gaps.clear()
