"""Threads that carry rows to the platform, and the lane of those rows whose papers it does not have yet."""

import logging
import threading
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import Empty, SimpleQueue

from kiosk.domain.ids import CaseId
from kiosk.faults import Fault, FaultCode, bug_report

from .courier import Courier, Delivery
from .errors import StoreError
from .exchange import Then, Trouble, trouble
from .outbox import Leased
from .uplink import Cancel, Lane

log = logging.getLogger(__name__)


class Crew:
    """Some threads, each with a line and a courier of its own. They read the store and never write it."""

    def __init__(
        self, name: str, size: int, make_lane: Callable[[], Lane], make_courier: Callable[[Lane], Courier],
        stopping: Cancel,
    ) -> None:  # fmt: skip
        self._make_lane, self._make_courier, self._stopping = make_lane, make_courier, stopping
        self._own = threading.local()
        self._lock = threading.Lock()
        self._lanes: list[Lane] = []
        self._pool = ThreadPoolExecutor(size, name)

    def carry_all(self, rows: Sequence[Leased]) -> list[Delivery]:
        """Carry them side by side, and wait until all of them have been. StoreError: the store could not be read."""
        return list(self._pool.map(self.carry, rows))

    def begin(self, work: Callable[[Leased], None], row: Leased) -> None:
        """Have ``work`` done on one of the threads, behind what was begun before."""
        self._pool.submit(work, row)

    def carry(self, row: Leased) -> Delivery:
        """On one of the threads: one row to the platform, and what became of it."""
        if not hasattr(self._own, "courier"):
            lane = self._make_lane()
            with self._lock:
                self._lanes.append(lane)
            self._own.courier = self._make_courier(lane)
        courier: Courier = self._own.courier
        try:
            return courier.deliver(row, self._stopping)
        except StoreError:
            raise
        except Exception as error:  # a bug about one row must not hold up the others
            log.error("%s could not be carried: %s", row.sealed.operation, bug_report(error))
            return Delivery(row, trouble(FaultCode.BROKEN_ANSWER, "internal"))

    def close(self) -> None:
        """Wait for the threads, let their lines go."""
        self._pool.shutdown()
        for lane in self._lanes:
            lane.close()


class BlobLane:
    """The rows whose signatures and scans the platform does not have yet, carried beside the senders: a picture that
    takes minutes holds up its own case and nobody else's.

    A row in here is leased on the disk and is nobody else's until ``finished`` gives it back. Only a few are taken at
    a time, so that what is called underway is; the others are turned away and let in as room is made. For the sync
    loop's thread; ``wake`` is called on the crew's threads.
    """

    def __init__(self, crew: Crew, room: int, wake: Callable[[], None]) -> None:
        self._crew, self._room, self._wake = crew, room, wake
        self._carried: dict[int, Leased] = {}
        self._done: SimpleQueue[Delivery] = SimpleQueue()
        self._turned_away: dict[CaseId, None] = {}

    @property
    def room(self) -> int:
        """How many more may be carried."""
        return self._room - len(self._carried)

    def carried(self) -> Collection[int]:
        """The numbers of the rows in here."""
        return tuple(self._carried)

    def turn_away(self, case_id: CaseId) -> None:
        """There is no room for it now."""
        self._turned_away[case_id] = None

    def turned_away(self) -> frozenset[str]:
        """The cases to pass over, when something is leased now; those that waited longest are let in first."""
        for case_id in tuple(self._turned_away)[: self.room]:
            del self._turned_away[case_id]
        return frozenset(self._turned_away)

    def carry(self, row: Leased) -> None:
        """Take a leased row in, once its lease is on the disk."""
        self._carried[row.id] = row
        self._crew.begin(self._work, row)

    def finished(self) -> list[Delivery]:
        """What has come back since the last time; never waits."""
        found: list[Delivery] = []
        while True:
            try:
                delivery = self._done.get_nowait()
            except Empty:
                return found
            del self._carried[delivery.row.id]
            found.append(delivery)

    def end(self) -> list[Delivery]:
        """After everything was broken off: wait for the threads; what they still had."""
        self._crew.close()
        return self.finished()

    def _work(self, row: Leased) -> None:
        try:
            delivery = self._crew.carry(row)
        except StoreError as error:
            log.error("%s waits for the store: %s", row.sealed.operation, error.code.value)
            delivery = Delivery(row, Trouble(Fault(error.code), Then.AGAIN, reached=False))
        self._done.put(delivery)
        self._wake()
