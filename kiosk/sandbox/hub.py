"""Terminals that wait for a change of their hall."""

import asyncio
from collections.abc import Iterable


class Hub:
    """``wake`` may be called on any thread; the rest on the server's loop."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: dict[str, set[asyncio.Event]] = {}
        self.stopping = False

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """The loop on which terminals wait."""
        self._loop = loop

    def wake(self, sites: Iterable[str]) -> None:
        """Something changed there."""
        names = tuple(sites)
        if names and self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._ring, names)

    def _ring(self, sites: tuple[str, ...]) -> None:
        for site_id in sites:
            for event in self._waiting.get(site_id, ()):
                event.set()

    def join(self, site_id: str) -> asyncio.Event:
        """Begin to wait; taken before looking, so that no change falls in between."""
        event = asyncio.Event()
        self._waiting.setdefault(site_id, set()).add(event)
        return event

    def leave(self, site_id: str, event: asyncio.Event) -> None:
        """Wait no longer."""
        self._waiting.get(site_id, set()).discard(event)

    @property
    def waiting(self) -> int:
        """How many wait now."""
        return sum(len(events) for events in self._waiting.values())

    @property
    def waiting_at(self) -> dict[str, int]:
        """How many wait now, hall by hall."""
        return {site_id: len(events) for site_id, events in sorted(self._waiting.items()) if events}

    def stop(self) -> None:
        """Let everybody go with what there is."""
        self.stopping = True
        self._ring(tuple(self._waiting))
