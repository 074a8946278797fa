"""A hand that trembles comes down twice where it meant once; the second time there may be another question."""

import time
from collections.abc import Callable

_NEAR = 96  # pixels: a thing's own size, beyond which another one is meant
_SOON = 0.35  # seconds in which nobody has read a question and moved a finger
_SOON_SLOW = 0.7  # in large text, where hands are slower to come off


class Steady:
    """Tells the echo of a touch from a touch. ``faces``: how many questions have come so far; ``slow``: large text.
    Of several fingers the first is judged: a hand that lies down where it touched is one echo until it goes."""

    def __init__(
        self, faces: Callable[[], int], slow: Callable[[], bool], now: Callable[[], float] = time.monotonic
    ) -> None:
        self._faces, self._slow, self._now = faces, slow, now
        self._at: tuple[float, float] | None = None  # of the last touch that was meant
        self._face = 0
        self._up = 0.0

    def is_echo(self, x: float, y: float) -> bool:
        """Whether a finger that comes down there now is still the one that brought the question."""
        if self._at is None or self._face == self._faces():
            return False
        near = abs(x - self._at[0]) <= _NEAR and abs(y - self._at[1]) <= _NEAR
        return near and self._now() - self._up < (_SOON_SLOW if self._slow() else _SOON)

    def came_down(self, x: float, y: float) -> bool:
        """A finger has come down; whether it is an echo, which is not heard."""
        if self.is_echo(x, y):
            return True
        self._at, self._face, self._up = (x, y), self._faces(), self._now()
        return False

    def went_up(self) -> None:
        """The finger that was heard has gone."""
        self._up = self._now()
