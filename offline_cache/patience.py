"""How long to leave something alone that did not work: full jitter, doubling to a minute, at least as asked.

Kept in memory and on the monotonic clock: a system clock that jumps holds nothing up, and after a restart everything
is tried at once, under its old key.
"""

from collections.abc import Callable
from random import Random

LONGEST = 60.0
_FIRST = 0.5


class Patience:
    """Back-off per name (a case, or the whole line). Used by one thread."""

    def __init__(self, monotonic: Callable[[], float], random: Random) -> None:
        self._monotonic, self._random = monotonic, random
        self._failures: dict[str, int] = {}
        self._until: dict[str, float] = {}

    def failed(self, name: str, asked: float = 0.0) -> float:
        """It did not work; returns the seconds to leave it alone. ``asked``: what the platform asked for."""
        count = self._failures.get(name, 0)
        self._failures[name] = count + 1
        rest = max(asked, self._random.uniform(_FIRST / 2, min(LONGEST, _FIRST * 2.0 ** min(count, 10))))
        self._until[name] = self._monotonic() + rest
        return rest

    def worked(self, name: str) -> None:
        """It worked."""
        self._failures.pop(name, None)
        self._until.pop(name, None)

    def has_failed(self, name: str) -> bool:
        """Whether it has not worked since it last failed."""
        return name in self._failures

    def hurry(self) -> None:
        """Something changed for the better: whatever rests may be tried at once; the counts stay."""
        self._until.clear()

    def resting(self) -> frozenset[str]:
        """What is to be left alone now."""
        now = self._monotonic()
        return frozenset(name for name, until in self._until.items() if until > now)

    def next_due(self) -> float:
        """Seconds until the first of them may be tried; infinite when nothing rests."""
        now = self._monotonic()
        return min((until - now for until in self._until.values() if until > now), default=float("inf"))
