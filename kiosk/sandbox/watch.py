"""Notices what other processes on the same database have changed, and wakes those who wait here for it."""

import contextlib
import threading

import sqlalchemy as sa

from . import feed
from . import tables as t
from .platform import Platform
from .refusal import Refused

_EVERY = 0.25  # seconds; one small look for all halls, and only while somebody waits


class Watch:
    """A thread that compares the feeds' heads with those of its last look."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._stopping = threading.Event()
        self._epoch = ""
        self._heads: dict[str, int] = {}
        self._thread = threading.Thread(target=self._work, name="feed-watch", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def stop(self) -> None:
        """No more looks."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _work(self) -> None:
        while not self._stopping.wait(_EVERY):
            if self._platform.hub.waiting:
                with contextlib.suppress(Refused):  # the store says so itself when it is away
                    self._look()

    def _look(self) -> None:
        hub = self._platform.hub
        with self._platform.look() as tx:
            epoch = feed.epoch(tx.c)
            heads = {row.site_id: row.seq for row in tx.c.execute(sa.select(t.feed_head))}
        if epoch != self._epoch:
            hub.forget()
            hub.wake(heads)
        else:
            # What this process changed itself it has told at once; told twice, every terminal would ask twice.
            hub.wake([one for one, seq in heads.items() if seq not in (self._heads.get(one), hub.told(one))])
        self._epoch, self._heads = epoch, heads
