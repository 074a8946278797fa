"""Terminals that wait for a change of their hall."""

import asyncio
import threading
from collections.abc import Iterable, Mapping


class Hub:
    """``wake`` may be called on any thread; the rest on the server's loop."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: dict[str, set[asyncio.Event]] = {}
        self._rung: dict[str, int] = {}
        self._heads: dict[str, int] = {}
        self._heads_lock = threading.Lock()
        self.waiting = 0  # how many wait now
        self.stopping = False

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """The loop on which terminals wait."""
        self._loop = loop

    def wake(self, sites: Iterable[str], heads: Mapping[str, int] | None = None) -> None:
        """Something changed there; ``heads`` are the numbers of the changes, where they were made by this process."""
        names = tuple(sites)
        if heads:
            with self._heads_lock:
                for site_id, seq in heads.items():
                    self._heads[site_id] = max(seq, self._heads.get(site_id, 0))
        if names and self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._ring, names)

    def told(self, site_id: str) -> int:
        """The number of the last change of which those who wait here were told by this process itself."""
        return self._heads.get(site_id, 0)

    def forget(self) -> None:
        """Counting has begun anew."""
        with self._heads_lock:
            self._heads.clear()

    def _ring(self, sites: tuple[str, ...]) -> None:
        for site_id in sites:
            self._rung[site_id] = self.rung(site_id) + 1
            for event in self._waiting.get(site_id, ()):
                event.set()

    def rung(self, site_id: str) -> int:
        """How often the bell has rung there: what is read behind a bell holds what it was rung for."""
        return self._rung.get(site_id, 0)

    def join(self, site_id: str) -> asyncio.Event:
        """Begin to wait; taken before looking, so that no change falls in between."""
        event = asyncio.Event()
        self._waiting.setdefault(site_id, set()).add(event)
        self.waiting += 1
        return event

    def leave(self, site_id: str, event: asyncio.Event) -> None:
        """Wait no longer."""
        self._waiting.get(site_id, set()).discard(event)
        self.waiting -= 1

    @property
    def waiting_at(self) -> dict[str, int]:
        """How many wait now, hall by hall."""
        return {site_id: len(events) for site_id, events in sorted(self._waiting.items()) if events}

    def stop(self) -> None:
        """Let everybody go with what there is."""
        self.stopping = True
        self._ring(tuple(self._waiting))
