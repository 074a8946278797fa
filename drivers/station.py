"""One device of the terminal as everybody else sees it: a name, a queue of jobs, a report that is always at hand."""

import logging
import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, TypeVar

from drivers.isolated import IsolatedDevice
from drivers.keeper import Keeper
from drivers.task import Task
from drivers.translate import log_bug, state_for
from drivers.worker import Patience, Worker
from kiosk.contracts.device import Device, DeviceKind, DeviceReport, DeviceState, Job
from kiosk.faults import Fault, FaultCode

log = logging.getLogger(__name__)
R = TypeVar("R")

PRESS_AGAIN = 0.25  # seconds between two cancels of the same job: the first may come before its wait has begun
MOST_HUNG = 3  # hung threads of one device; then the next worker waits until one of them comes back


class Station:
    """Implements ``kiosk.contracts.device.Supervised``. All public methods of that contract are thread-safe and never
    block; the others belong to the supervisor, the worker and the keeper."""

    def __init__(
        self,
        kind: DeviceKind,
        make: Callable[[], Device],
        keeper: Keeper,
        patience: Patience,
        now: Callable[[], datetime],
        jitter: Callable[[], float],
        changed: Callable[[DeviceReport], None],
    ) -> None:
        self.kind, self.name = kind, kind.value
        self.make, self.keeper, self.patience = make, keeper, patience
        self.lock = threading.Condition()
        self._now, self._jitter, self._changed = now, jitter, changed
        self._queue: deque[Task[Any]] = deque()
        self._running: Task[Any] | None = None
        self._worker: Worker | None = None
        self._hung: list[Worker] = []
        self._open = self._stopping = False
        self._nudges = 0
        self._crashes: deque[float] = deque()
        self._counts: Counter[str] = Counter(opened=0, ok=0, refused=0, failed=0, reconnects=0, crashes=0)
        self._report = DeviceReport(self.name, kind, DeviceState.STARTING, at=now())
        self._idle = self._report  # what the device last said of itself

    # the contract

    def submit(self, job: Callable[[Any], R], done: Callable[[R | Fault], None]) -> Job:
        """Run a job when it is its turn. A device that is not there refuses at once, with its own fault."""
        task = Task(job, done, self._cancel)
        with self.lock:
            stopping, refusal = self._stopping, self._refusal()
            if refusal is None:
                self._queue.append(task)
                self.lock.notify_all()
        if refusal is not None:
            self._finish_all([task], refusal, here=stopping)
        return task

    def report(self) -> DeviceReport:
        """The last word."""
        with self.lock:
            return replace(self._report, counts={**self._report.counts, **self._counts})

    # for the supervisor

    def start(self) -> None:
        """Start the first worker."""
        with self.lock:
            self._start_worker(0.0)

    def begin_stop(self) -> None:
        """Refuse new jobs, cancel all others. Does not wait."""
        with self.lock:
            self._stopping = True
            waiting = self._drain()
            if self._running is not None:
                self._press(self._running)
            elif self._worker is not None:
                self._cancel_device(self._worker)
            self.lock.notify_all()
        self._finish_all(waiting, Fault(FaultCode.CANCELLED))

    def join(self) -> bool:
        """Wait, within patience, until the device is closed; whether its thread ended."""
        with self.lock:
            workers = [*self._hung, *([self._worker] if self._worker else [])]
        until = time.monotonic() + self.patience.cancel + self.patience.close
        for worker in workers:
            worker.thread.join(max(0.0, until - time.monotonic()))
        return not any(worker.thread.is_alive() for worker in workers)

    def nudge(self) -> None:
        """Something was plugged in: look at once, if this device is not there."""
        with self.lock:
            self._nudges += 1
            self.lock.notify_all()

    # for the worker

    def rest(self, worker: Worker, seconds: float) -> bool:
        """Wait before the next attempt, or until something is plugged in; False when there is to be none."""
        with self.lock:
            nudges = self._nudges
            self.lock.wait_for(lambda: self._nudges != nudges or not self._goes_on(worker), seconds)
            return self._goes_on(worker)

    def crashed(self) -> float:
        """Count a bug, a death or a hang; the least pause before the next attempt: a driver that keeps falling is
        not started again and again beside a person's visit."""
        with self.lock:
            now = time.monotonic()
            self._counts["crashes"] += 1
            self._crashes.append(now)
            while now - self._crashes[0] > self.patience.crash_window:
                self._crashes.popleft()
            return self.patience.back_off_bug if len(self._crashes) > self.patience.crashes else 0.0

    def back_off(self, failures: int, *, bug: bool = False) -> float:
        """How long to wait after so many failures: doubling, with jitter, so that devices do not knock in step."""
        limit = self.patience.back_off_bug if bug else self.patience.back_off_most
        most = min(limit, self.patience.back_off_first * 2.0 ** min(failures, 16))
        return most * (0.5 + 0.5 * self._jitter())

    def goes_on(self, worker: Worker) -> bool:
        """Whether this worker still has a duty."""
        with self.lock:
            return self._goes_on(worker)

    def next_task(self, worker: Worker) -> Task[Any] | None:
        """The next job, or None when it is time for a look at the device (or to end)."""
        with self.lock:
            self.lock.wait_for(lambda: bool(self._queue) or not self._goes_on(worker), self.patience.heartbeat)
            if not self._queue or not self._goes_on(worker):
                return None
            self._running = self._queue.popleft()
            self._publish(replace(self._idle, state=DeviceState.BUSY, fault=None))
            return self._running

    def opened(self, report: DeviceReport) -> None:
        """The device is there."""
        with self.lock:
            self._counts["reconnects"] += self._counts["opened"] > 0
            self._counts["opened"] += 1
            self._open, self._idle = True, report
            self._publish(report)

    def looked(self, report: DeviceReport) -> None:
        """The device said how it is."""
        with self.lock:
            self._idle = report
            self._publish(report)

    def finished(self, task: Task[Any], count: str) -> None:
        """A job came back and the device goes on; its outcome follows."""
        with self.lock:
            self._counts[count] += 1
            if self._running is task:
                self._running = None
            self._publish(self._idle)

    def lost(self, fault: Fault) -> None:
        """The device is not to be used until it was opened again; who waits is told."""
        with self.lock:
            self._open = False
            self._counts["failed"] += self._running is not None
            self._running = None
            if self._stopping:
                return
            state = state_for(fault.code) or DeviceState.FAILED
            self._publish(replace(self._report, state=state, fault=fault))
            waiting = self._drain()
        self._finish_all(waiting, fault, here=True)

    def hung(self, worker: Worker, mark: object, what: str) -> None:
        """A call did not come back in time: give its worker up and start another. On the keeper's thread."""
        fault = Fault(FaultCode.DEVICE_FAILED, MappingProxyType({"hung": what}))
        with self.lock:
            if worker is not self._worker or worker.call is not mark:
                return  # it came back at the last moment
            worker.abandoned = True
            self._worker = None
            self._hung.append(worker)
            self._open = False
            running, self._running = self._running, None
            waiting = self._drain()
            self._counts["failed"] += running is not None
            self._publish(replace(self._report, state=DeviceState.FAILED, fault=fault))
            pause = max(self.back_off(len(self._hung)), self.crashed())
            if len(self._hung) <= MOST_HUNG:
                self._start_worker(pause)
        if isinstance(worker.device, IsolatedDevice):
            worker.device.abandon()  # what hangs in a process of its own need not be waited for
        log.error("device %s: %s hangs; its worker is given up", self.name, what)
        if running is not None:
            running.finish(Fault(FaultCode.CANCELLED) if running.cancelled else fault)
        self._finish_all(waiting, fault, here=True)

    def ended(self, worker: Worker) -> None:
        """A worker's thread is at its end."""
        with self.lock:
            if worker in self._hung:
                self._hung.remove(worker)
            elif worker is self._worker:
                self._worker = None
            if self._worker is None:
                self._start_worker(self.back_off(0))

    # inside, with the lock held unless they finish jobs

    def _goes_on(self, worker: Worker) -> bool:
        return not self._stopping and not worker.abandoned

    def _start_worker(self, pause: float) -> None:
        if not self._stopping:
            self._worker = Worker(self, pause)
            self._worker.thread.start()

    def _refusal(self) -> Fault | None:
        if self._stopping:
            return Fault(FaultCode.CANCELLED)
        if self._open or self._report.state is DeviceState.STARTING:
            return None
        return self._report.fault or Fault(FaultCode.DEVICE_FAILED)

    def _drain(self) -> list[Task[Any]]:
        waiting = list(self._queue)
        self._queue.clear()
        return waiting

    def _finish_all(self, tasks: list[Task[Any]], fault: Fault, *, here: bool = False) -> None:
        """Outcomes never come on the thread that asked, save when everything has stopped."""
        for task in tasks:
            if here:
                task.finish(fault)
            else:
                self.keeper.soon(lambda task=task: task.finish(fault))  # type: ignore[misc]

    def _cancel(self, task: Task[Any]) -> None:
        with self.lock:
            waiting = task in self._queue
            if waiting:
                self._queue.remove(task)
            elif self._running is task and not task.cancelled:
                self._press(task)
        if waiting:
            self._finish_all([task], Fault(FaultCode.CANCELLED))

    def _press(self, task: Task[Any]) -> None:
        """Ask the running job to end, again and again, and give its worker up when it does not."""
        worker = self._worker
        if worker is None or self._running is not task:
            return
        if not task.cancelled:
            task.cancelled = True
            self.keeper.later(self.patience.cancel, lambda: self._still_running(task, worker))
        self._cancel_device(worker)
        self.keeper.later(PRESS_AGAIN, lambda: self._press_again(task))

    def _press_again(self, task: Task[Any]) -> None:
        with self.lock:
            self._press(task)

    def _still_running(self, task: Task[Any], worker: Worker) -> None:
        with self.lock:
            mark = worker.call if self._running is task else None
        if mark is not None:
            self.hung(worker, mark, "cancel")

    def _cancel_device(self, worker: Worker) -> None:
        if worker.device is None:
            return
        try:
            worker.device.cancel()
        except Exception as error:
            log_bug(error, f"cancel of {self.name}")

    def _publish(self, report: DeviceReport) -> None:
        """Make it the last word; tell of it only when something changed."""
        old = self._report
        at = old.at if report.state is old.state else self._now()
        new = replace(report, name=self.name, kind=self.kind, at=at, counts={**report.counts, **self._counts})
        self._report = new
        if replace(new, at=None, counts={}) != replace(old, at=None, counts={}):
            self.keeper.soon(lambda: self._changed(new))
