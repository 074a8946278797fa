"""The thread on which the departments work."""

import contextlib
import logging
import threading

import sqlalchemy as sa

from . import back_offices, idempotency
from . import tables as t
from .platform import Platform
from .refusal import Refused

log = logging.getLogger(__name__)

_LOOK_AGAIN = 0.2  # seconds between looks at the table; jobs are also made by other processes on the same database
_STORE_AWAY = 1.0
_AFTER_FAILURE = 5.0


class Offices:
    """Runs jobs when their time has come. ``run_due`` may be called on any thread; one works at a time."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._wake = threading.Event()
        self._stopping = False
        self._working = threading.Lock()
        self._thread = threading.Thread(target=self._work, name="back-offices", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        with contextlib.suppress(Refused), self._platform.transaction() as tx:
            idempotency.forget_old(tx)  # what is too much for one transaction waits for a quieter start
        self._thread.start()

    def stop(self) -> None:
        """Finish the job in hand and go home."""
        self._stopping = True
        self._wake.set()
        if self._thread.ident is not None:
            self._thread.join()

    def look_up(self) -> None:
        """Something about the time has changed."""
        self._wake.set()

    def run_due(self) -> int:
        """Everything that is due, now, on the caller's thread."""
        with self._working:
            done = back_offices.run_due(self._platform)
            if done:
                self._remember_time()
            return done

    def _work(self) -> None:
        while not self._stopping:
            pause = _LOOK_AGAIN
            try:
                self.run_due()
            except Refused:  # the store is away, and has said so
                pause = _STORE_AWAY
            except Exception:
                log.exception("a department failed")
                pause = _AFTER_FAILURE
            self._wake.wait(pause)
            self._wake.clear()

    def _remember_time(self) -> None:
        # The offices' clock never goes back, not even over a restart.
        with self._platform.transaction() as tx:
            row = sa.update(t.meta).where(t.meta.c.key == "office_ms")
            tx.c.execute(row.values(value=str(self._platform.clock.office())))
