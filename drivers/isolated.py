"""A driver in a process of its own: whatever a vendor's library does to it, the terminal goes on.

The worker's thread talks to the process as it would to the driver. When the process dies, the call that was running
ends with ``device-failed`` and the next ``open`` starts another one.
"""

import contextlib
from collections.abc import Callable
from functools import partial
from typing import Any

from drivers.child import Child, ChildLostError
from drivers.child_talk import Bug, Call, CallBack, CalledBack, Cancel, Done, Failed, HireDriver
from drivers.errors import DriverError
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind, DeviceReport
from kiosk.faults import FaultCode


class DeviceCrashedError(DriverError):
    """The driver's process died. ``ended``: the signal's name, or the exit code."""

    def __init__(self, ended: str) -> None:
        super().__init__(FaultCode.DEVICE_FAILED, {"ended": ended})


class ChildBugError(Exception):
    """The driver raised what no driver may raise; the text is the type's name only."""


class IsolatedDevice:
    """A device whose driver runs elsewhere. Calls on the worker's thread; ``cancel`` and ``abandon`` from any."""

    def __init__(self, kind: DeviceKind, config: DeviceConfig) -> None:
        self._hire = HireDriver(kind, config)
        self._child: Child | None = None

    def open(self) -> None:
        """Start the process if there is none, and open the device in it."""
        if self._child is None:
            self._child = Child(self._hire)
        self._call("open")

    def close(self) -> None:
        """Close the device; its process stays for the next ``open``."""
        if self._child is not None:
            with contextlib.suppress(DriverError):
                self._call("close")

    def check(self) -> DeviceReport:
        """As the driver."""
        report: DeviceReport = self._call("check")
        return report

    def cancel(self) -> None:
        """As the driver, also while a call runs."""
        if (child := self._child) is not None:
            child.tell(Cancel())

    def abandon(self) -> None:
        """End the process at once, whatever it does; a call that is running ends with device-failed."""
        if (child := self._child) is not None:
            child.kill()

    def dismiss(self) -> None:
        """End the process for good: its line is cut, and if that does not help it is killed."""
        child, self._child = self._child, None
        if child is not None:
            child.end()

    @property
    def pid(self) -> int | None:
        """Number of the process, while there is one."""
        return self._child.pid if self._child else None

    def __getattr__(self, method: str) -> Callable[..., Any]:
        if method.startswith("_"):
            raise AttributeError(method)
        return partial(self._call, method)

    def _call(self, method: str, *args: Any, **kwargs: Any) -> Any:
        child = self._child
        if child is None:
            raise DeviceCrashedError("not-started")
        functions = [one for one in args if callable(one)]
        plain = tuple(CallBack(functions.index(one)) if callable(one) else one for one in args)
        try:
            child.send(Call(method, plain, kwargs))
            while isinstance(answer := child.hear(), CalledBack):
                functions[answer.place](*answer.args)
        except ChildLostError as error:
            self.dismiss()
            raise DeviceCrashedError(error.ended or error.why) from error
        if isinstance(answer, Failed):
            raise DriverError(answer.code, answer.details, retryable=answer.retryable)
        if isinstance(answer, Bug):
            raise ChildBugError(answer.name)
        assert isinstance(answer, Done)
        return answer.value
