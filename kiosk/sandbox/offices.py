"""The thread on which the departments work."""

import contextlib
import logging
import threading
from collections.abc import Iterator

import sqlalchemy as sa

from kiosk.faults import bug_report

from . import assistance, back_offices, clock_watch, endings, idempotency, notifications, tickets
from . import tables as t
from .moments import HOUR
from .platform import Platform
from .refusal import Refused

log = logging.getLogger(__name__)

_LOOK_AGAIN = 0.2  # seconds between looks at the table; jobs are also made by other processes on the same database
_HELPERS_EVERY = 10_000  # ms between two looks for helpers who have gone without a word
_STORE_AWAY = 1.0
_AFTER_FAILURE = 5.0


class Offices:
    """Runs jobs when their time has come. ``run_due`` may be called on any thread; one works at a time."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform
        self._wake = threading.Event()
        self._stopping = False
        self._working = threading.Lock()
        self._tidied = self._helpers_seen = 0
        self._thread = threading.Thread(target=self._work, name="back-offices", daemon=True)

    def start(self) -> None:
        """Begin to work."""
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
            clock_watch.watch(self._platform)
            self._look_for_helpers()
            done = back_offices.run_due(self._platform)
            done += notifications.deliver_due(self._platform) + self._end_days()
            self._tidy()
            if done:
                self._remember_time()
            return done

    def _end_days(self) -> int:
        with self._platform.look() as tx:
            if not tickets.any_old(tx):
                return 0
        with self._platform.transaction() as tx:
            return tickets.close_days(tx)

    def _look_for_helpers(self) -> None:
        now = self._platform.clock.now()
        if abs(now - self._helpers_seen) >= _HELPERS_EVERY:
            self._helpers_seen = now
            assistance.end_overdue(self._platform)

    @contextlib.contextmanager
    def resting(self) -> Iterator[None]:
        """Nobody works while everything is put in its place for an exercise."""
        with self._working:
            yield

    def _work(self) -> None:
        while not self._stopping:
            pause = _LOOK_AGAIN
            try:
                self.run_due()
            except Refused:  # the store is away, and has said so
                pause = _STORE_AWAY
            except Exception as error:
                log.error("a department failed: %s", bug_report(error))
                pause = _AFTER_FAILURE
            self._wake.wait(pause)
            self._wake.clear()

    def _tidy(self) -> None:
        # Old drafts end, old answers are forgotten; once an hour of the platform's time, whichever way
        # that has moved.
        now = self._platform.clock.now()
        if abs(now - self._tidied) < HOUR:
            return
        self._tidied = now
        with self._platform.look() as tx:
            any_old = endings.any_to_expire(tx, now)
        if any_old:
            with self._platform.transaction() as tx:
                endings.expire_drafts(tx, now)
        while idempotency.forget_old(self._platform):
            pass

    def _remember_time(self) -> None:
        # The offices' clock never goes back, not even over a restart.
        with self._platform.transaction() as tx:
            row = sa.update(t.meta).where(t.meta.c.key == "office_ms")
            tx.c.execute(row.values(value=str(self._platform.clock.office())))
