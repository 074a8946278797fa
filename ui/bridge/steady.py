"""A hand that trembles comes down twice where it meant once; the second time there may be another page."""

import time
from collections.abc import Callable

_NEAR = 96  # pixels: a thing's own size, beyond which another one is meant
_SOON = 0.35  # seconds in which nobody has read a page and moved a finger
_SOON_SLOW = 0.7  # in large text, where hands are slower to come off


class Steady:
    """Tells the echo of a touch from a touch. ``pages``: how many pages have come so far; ``slow``: large text."""

    def __init__(
        self, pages: Callable[[], int], slow: Callable[[], bool], now: Callable[[], float] = time.monotonic
    ) -> None:
        self._pages, self._slow, self._now = pages, slow, now
        self._at: tuple[float, float] | None = None  # of the last touch that was meant
        self._page = 0
        self._up = 0.0

    def is_echo(self, x: float, y: float) -> bool:
        """Whether a finger that comes down there now is still the one that turned the page."""
        if self._at is None or self._page == self._pages():
            return False
        near = abs(x - self._at[0]) <= _NEAR and abs(y - self._at[1]) <= _NEAR
        return near and self._now() - self._up < (_SOON_SLOW if self._slow() else _SOON)

    def came_down(self, x: float, y: float) -> bool:
        """A finger has come down; whether it is an echo, which is not heard."""
        if self.is_echo(x, y):
            return True
        self._at, self._page, self._up = (x, y), self._pages(), self._now()
        return False

    def went_up(self) -> None:
        """The finger that was heard has gone."""
        self._up = self._now()
