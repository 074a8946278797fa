"""The thread that owns one driver object: opens it, runs its jobs, looks at it when idle, opens it again."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from drivers.errors import DriverError
from drivers.isolated import DeviceCrashedError, IsolatedDevice
from drivers.keeper import Keeper
from drivers.task import OnWorker, Task
from drivers.translate import log_bug, state_for, to_fault
from kiosk.contracts.device import Device, DeviceKind, DeviceReport, DeviceState
from kiosk.faults import Fault, FaultCode

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a device may take, in seconds. Beyond these limits its worker is given up and a new one started."""

    heartbeat: float = 2.0  # between two looks at an idle device
    open: float = 15.0
    check: float = 10.0
    job: float = 300.0
    cancel: float = 5.0  # from asking a job to end until it must have ended
    close: float = 3.0
    back_off_first: float = 0.25
    back_off_most: float = 2.5  # a cable that was plugged in again is noticed within this time
    back_off_bug: float = 30.0  # a bug does not go away by being tried again
    crashes: int = 5  # bugs, deaths and hangs within the window, before it waits as long as after a bug
    crash_window: float = 60.0


class Employer(Protocol):
    """What a worker needs of the station that started it. All thread-safe."""

    name: str
    kind: DeviceKind
    lock: threading.Condition
    keeper: Keeper
    patience: Patience

    def make(self) -> Device:
        """A new driver object."""

    def rest(self, worker: "Worker", seconds: float) -> bool:
        """Wait before the next attempt; False when there is to be none."""

    def back_off(self, failures: int, *, bug: bool = False) -> float:
        """How long to wait after so many failures."""

    def crashed(self) -> float:
        """Count a bug, a death or a hang; the least pause before the next attempt."""

    def goes_on(self, worker: "Worker") -> bool:
        """Whether this worker still has a duty."""

    def next_task(self, worker: "Worker") -> Task[Any] | None:
        """The next job, or None when it is time for a look at the device (or to end)."""

    def opened(self, report: DeviceReport) -> None:
        """The device is there."""

    def looked(self, report: DeviceReport) -> None:
        """The device said how it is."""

    def finished(self, task: Task[Any], count: str) -> None:
        """A job came back and the device goes on; its outcome follows."""

    def lost(self, fault: Fault) -> None:
        """The device is not to be used until it was opened again."""

    def hung(self, worker: "Worker", mark: object, what: str) -> None:
        """The call with this mark did not come back in time."""

    def ended(self, worker: "Worker") -> None:
        """The worker's thread is at its end."""


class _AbandonedError(Exception):
    """The call came back after it had been given up: this worker has nothing more to do."""


class Worker:
    """One generation of a device's worker. When a call hangs, the station gives the whole generation up and starts
    the next; the hung thread ends by itself when the call ever returns."""

    def __init__(self, station: Employer, pause: float) -> None:
        self._station = station
        self._first_pause = pause
        self.device: Device | None = None
        self.call: object | None = None  # what runs now; guarded by the station's lock
        self._bug = False
        self._least_pause = 0.0
        self.abandoned = False  # guarded by the station's lock
        self.thread = threading.Thread(target=self._run, name=f"device:{station.name}", daemon=True)

    def _run(self) -> None:
        pause, failures = self._first_pause, 0
        try:
            while self._station.rest(self, pause):
                if self._connect():
                    failures = 0
                    self._serve()
                pause = max(self._least_pause, self._station.back_off(failures, bug=self._bug))
                self._least_pause = 0.0
                failures += 1
        except _AbandonedError:
            pass
        except Exception as error:
            log_bug(error, f"the worker of {self._station.name}")
        finally:
            self._farewell()

    def _connect(self) -> bool:
        """Open the device and look at it; whether that worked."""
        station = self._station
        try:
            if self.device is None:
                self.device = self._limited("make", station.patience.open, station.make)
            self._limited("open", station.patience.open, self.device.open)
            report = self._limited("check", station.patience.check, self.device.check)
        except _AbandonedError:
            raise
        except Exception as error:
            self._lose(error)
            return False
        self._bug = False
        station.opened(report)
        return True

    def _serve(self) -> None:
        """Run jobs and heartbeats until the device is lost or the station stops."""
        while self._station.goes_on(self):
            task = self._station.next_task(self)
            if not (self._look() if task is None else self._work(task)):
                return

    def _look(self) -> bool:
        """The heartbeat; whether the device is still there."""
        assert self.device is not None
        try:
            if self._station.goes_on(self):
                self._station.looked(self._limited("check", self._station.patience.check, self.device.check))
        except _AbandonedError:
            raise
        except Exception as error:
            self._lose(error)
            return False
        return True

    def _work(self, task: Task[Any]) -> bool:
        """Run one job to its one outcome; whether the device is still there."""
        assert self.device is not None
        guarded = OnWorker(self.device)
        try:
            value = self._limited("job", self._station.patience.job, lambda: task.work(guarded))
        except _AbandonedError:
            raise
        except Exception as error:
            return self._failed(task, error)
        self._station.finished(task, "ok")
        task.finish(value)
        return True

    def _failed(self, task: Task[Any], error: Exception) -> bool:
        fault = to_fault(error, self._station.kind)
        state = state_for(fault.code)
        there = state not in (DeviceState.ABSENT, DeviceState.FAILED)
        if there:
            self._station.finished(task, "failed" if state else "refused")
        else:
            self._station.lost(fault)
        task.finish(Fault(FaultCode.CANCELLED) if task.cancelled else fault)
        if not there:
            self._put_away(error)
        elif state is DeviceState.NEEDS_HAND:
            return self._look()
        return there

    def _lose(self, error: Exception) -> None:
        """The device cannot be used as it is: say so and let go of it."""
        self._station.lost(to_fault(error, self._station.kind))
        self._put_away(error)

    def _put_away(self, error: Exception) -> None:
        self._let_go()
        if isinstance(error, DeviceCrashedError) or not isinstance(error, DriverError):
            self._least_pause = self._station.crashed()
        if not isinstance(error, DriverError):
            self._dismiss()
            self.device, self._bug = None, True  # who knows what state a bug left behind

    def _let_go(self) -> None:
        if self.device is None:
            return
        try:
            self._limited("close", self._station.patience.close, self.device.close)
        except _AbandonedError:
            raise
        except Exception as error:
            log_bug(error, f"close of {self._station.name}")

    def _limited(self, what: str, seconds: float, call: Callable[[], T]) -> T:
        """Make a call that the station gives up, together with this worker, when it takes too long."""
        mark = object()
        with self._station.lock:
            self.call = mark
        alarm = self._station.keeper.later(seconds, lambda: self._station.hung(self, mark, what))
        try:
            return call()
        finally:
            alarm.take_back()
            with self._station.lock:
                self.call = None
                if self.abandoned:
                    raise _AbandonedError

    def _farewell(self) -> None:
        """Close what is open, whether anybody still waits for this thread or not."""
        try:
            self._let_go()
        except _AbandonedError:
            if self.device is not None:
                try:
                    self.device.close()
                except Exception as error:
                    log_bug(error, f"late close of {self._station.name}")
        finally:
            self._dismiss()
            self._station.ended(self)

    def _dismiss(self) -> None:
        """A driver with a process of its own: end it."""
        if isinstance(self.device, IsolatedDevice):
            self.device.dismiss()
