"""A driver in a process of its own: whatever a vendor's library does to it, the terminal goes on.

The worker's thread talks to the process as it would to the driver. When the process dies, the call that was running
ends with ``device-failed`` and the next ``open`` starts another one.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from drivers.child_talk import Bug, Call, CallBack, CalledBack, Cancel, Done, Failed, Hire
from drivers.errors import DriverError
from kiosk.config import DeviceConfig
from kiosk.contracts.device import DeviceKind, DeviceReport
from kiosk.faults import FaultCode

END_SECONDS = 1.0  # for a process to end after its line was cut, before it is killed
_HOME = Path(__file__).parents[1]


class DeviceCrashedError(DriverError):
    """The driver's process died. ``ended``: the signal's name, or the exit code."""

    def __init__(self, returncode: int | None) -> None:
        super().__init__(FaultCode.DEVICE_FAILED, {"ended": _name(returncode)})


class ChildBugError(Exception):
    """The driver raised what no driver may raise; the text is the type's name only."""


class IsolatedDevice:
    """A device whose driver runs elsewhere. Calls on the worker's thread; ``cancel`` and ``abandon`` from any."""

    def __init__(self, kind: DeviceKind, config: DeviceConfig) -> None:
        self._hire = Hire(kind, config)
        self._process: subprocess.Popen[bytes] | None = None
        self._line: Connection | None = None
        self._sending = threading.Lock()

    def open(self) -> None:
        """Start the process if there is none, and open the device in it."""
        if self._process is None:
            self._start()
        self._call("open")

    def close(self) -> None:
        """Close the device; its process stays for the next ``open``."""
        if self._process is not None:
            with contextlib.suppress(DriverError):
                self._call("close")

    def check(self) -> DeviceReport:
        """As the driver."""
        report: DeviceReport = self._call("check")
        return report

    def cancel(self) -> None:
        """As the driver, also while a call runs."""
        line = self._line
        if line is not None:
            with contextlib.suppress(OSError), self._sending:
                line.send(Cancel())

    def abandon(self) -> None:
        """End the process at once, whatever it does; a call that is running ends with device-failed."""
        process = self._process
        if process is not None:
            process.kill()

    def dismiss(self) -> None:
        """End the process for good: its line is cut, and if that does not help it is killed."""
        self._gone()

    @property
    def pid(self) -> int | None:
        """Number of the process, while there is one."""
        return self._process.pid if self._process else None

    def __getattr__(self, method: str) -> Callable[..., Any]:
        if method.startswith("_"):
            raise AttributeError(method)
        return partial(self._call, method)

    def _start(self) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "drivers.child_main", str(theirs.fileno())],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                cwd=_HOME,
                env={**os.environ, "PYTHONPATH": str(_HOME)},
            )
        line = Connection(ours.detach())
        with contextlib.suppress(OSError):  # died at once: the first call says so
            line.send(self._hire)
        self._line = line  # only now: no cancel may come before

    def _call(self, method: str, *args: Any, **kwargs: Any) -> Any:
        line = self._line
        if line is None:
            raise DeviceCrashedError(None)
        functions = [one for one in args if callable(one)]
        plain = tuple(CallBack(functions.index(one)) if callable(one) else one for one in args)
        try:
            with self._sending:
                line.send(Call(method, plain, kwargs))
            while isinstance(answer := line.recv(), CalledBack):
                functions[answer.place](*answer.args)
        except (EOFError, OSError) as error:
            raise DeviceCrashedError(self._gone()) from error
        if isinstance(answer, Failed):
            raise DriverError(answer.code, answer.details, retryable=answer.retryable)
        if isinstance(answer, Bug):
            raise ChildBugError(answer.name)
        assert isinstance(answer, Done)
        return answer.value

    def _gone(self) -> int | None:
        """Let go of process and line; how the process ended."""
        process, self._process = self._process, None
        line, self._line = self._line, None
        if line is not None:
            with self._sending:
                line.close()
        if process is None:
            return None
        try:
            return process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()


def _name(returncode: int | None) -> str:
    if returncode is None or returncode >= 0:
        return str(returncode)
    try:
        return signal.Signals(-returncode).name
    except ValueError:
        return str(returncode)
