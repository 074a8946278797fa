"""Askings whose answer never came: put again in the same words, it is the same asking, under the same key.

Without that, a code that was spent by a lost answer would be wrong when the person presses again.
"""

import hashlib
import threading
from collections.abc import Callable

_HOLDS = 600.0  # seconds; as long as a code on a phone is good
_MOST = 16


class LostAskings:
    """Remembers keys by a digest of what was asked, for a few minutes, in memory. Thread-safe."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[bytes, tuple[str, float]] = {}

    def key(self, operation: str, body: bytes, now: float, fresh: Callable[[], str]) -> str:
        """The key of this asking, kept until it is ``answered``; ``now`` in monotonic seconds."""
        with self._lock:
            known = self._kept.pop(_digest(operation, body), None)
            key = known[0] if known is not None and now - known[1] <= _HOLDS else fresh()
            began = known[1] if known is not None and key == known[0] else now
            self._kept[_digest(operation, body)] = key, began
            while len(self._kept) > _MOST:
                del self._kept[next(iter(self._kept))]
        return key

    def answered(self, operation: str, body: bytes) -> None:
        """The platform has said something that was understood: asked once more, it is another asking."""
        with self._lock:
            self._kept.pop(_digest(operation, body), None)


def _digest(operation: str, body: bytes) -> bytes:
    return hashlib.sha256(operation.encode() + b"\0" + body).digest()
