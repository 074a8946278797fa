"""Time and entropy come from outside, so that visits can be replayed."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Thread-safe."""

    def now(self) -> datetime:
        """Now, in Asia/Shanghai."""

    def monotonic(self) -> float:
        """Seconds that never jump."""

    def sure(self) -> bool:
        """Whether the offset to the platform's clock was measured within the last 24 hours and is small."""

    def entropy(self, count: int) -> bytes:
        """Random bytes for ids."""
