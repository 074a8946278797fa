"""One job on its way to a device, and the device as a job may touch it."""

import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from drivers.translate import log_bug
from kiosk.contracts.device import Device
from kiosk.faults import Fault

R = TypeVar("R")


class Task(Generic[R]):
    """A job with exactly one outcome. ``cancelled`` is set by whoever asked it to end."""

    def __init__(
        self,
        work: Callable[[Any], R],
        done: Callable[[R | Fault], None],
        on_cancel: "Callable[[Task[Any]], None]",
    ) -> None:
        self.work = work
        self.cancelled = False
        self._done: Callable[[R | Fault], None] | None = done
        self._on_cancel = on_cancel
        self._lock = threading.Lock()

    def cancel(self) -> None:
        """Ask it to end. Thread-safe, never blocks; without effect once there is an outcome."""
        self._on_cancel(self)

    def finish(self, outcome: R | Fault) -> None:
        """Hand over the outcome; only the first one counts."""
        with self._lock:
            done, self._done = self._done, None
        if done is None:
            return
        try:
            done(outcome)
        except Exception as error:
            log_bug(error, "the receiver of a device's outcome")


class WrongThreadError(RuntimeError):
    """A device was touched outside its worker: a bug of the caller."""


class OnWorker:
    """A device that lets itself be touched on one thread only. Jobs get this, never the driver itself."""

    __slots__ = ("_device", "_thread")

    def __init__(self, device: Device) -> None:
        self._device = device
        self._thread = threading.current_thread()

    def __getattr__(self, name: str) -> Any:
        if threading.current_thread() is not self._thread:
            raise WrongThreadError(f"{name} of a device was called outside {self._thread.name}")
        return getattr(self._device, name)
