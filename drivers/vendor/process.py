"""A maker's library at arm's length: a child process that may crash or hang without anybody noticing but the caller.

A library that faults takes its whole process with it, and a call that hangs cannot be cancelled. So it is loaded in a
child only, questions and answers go over a socket as JSON lines, and every question has a time limit; a child that
breaks it, or dies, is buried, and the next question starts another. Worker thread only. POSIX.
"""

import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

START_SECONDS = 4.0  # to be up and have the library loaded
BURY_SECONDS = 1.0  # a child in a dead system call outlives even a kill; then it is left behind
_LONGEST = 8 * 1024 * 1024  # bytes of one answer
_ROOT = Path(__file__).parents[2]
_NOTHING: Mapping[str, str] = MappingProxyType({})


class VendorLostError(Exception):
    """The library did not answer: ``missing`` (it cannot be loaded), ``crashed``, ``hung`` or ``garbled``.

    ``detail`` is a signal's or symbol's name. Stays inside the drivers."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason} {detail}".rstrip())
        self.reason, self.detail = reason, detail


class VendorProcess:
    """One library of one ``trade`` (the module that knows its calls), asked one question at a time."""

    def __init__(self, trade: str, library: str, settings: Mapping[str, str] = _NOTHING) -> None:
        self._command = [sys.executable, "-m", "drivers.vendor.child", trade, library, json.dumps(dict(settings))]
        self._child: subprocess.Popen[bytes] | None = None
        self._line: socket.socket | None = None
        self.starts = 0

    @property
    def pid(self) -> int | None:
        """The child that runs now, if any."""
        return None if self._child is None else self._child.pid

    def ask(self, do: str, seconds: float, **more: str) -> dict[str, Any]:
        """The library's answer. VendorLostError after which the next question finds a fresh child."""
        try:
            if self._line is None:
                self._start()
            return self._talk({"do": do, **more}, seconds)
        except VendorLostError:
            self.close()
            raise

    def close(self) -> None:
        """End the child: idempotent, bounded, never raises."""
        line, self._line = self._line, None
        if line is not None:
            line.close()
        child, self._child = self._child, None
        if child is not None:
            with contextlib.suppress(subprocess.TimeoutExpired, OSError):
                child.kill()
                child.wait(BURY_SECONDS)

    def _start(self) -> None:
        here, there = socket.socketpair()
        try:
            self._child = subprocess.Popen(
                [*self._command, str(there.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,  # makers' libraries print what they like, and it may be a person
                stderr=subprocess.DEVNULL,
                pass_fds=(there.fileno(),),
                env={**os.environ, "PYTHONPATH": str(_ROOT)},
            )
        except OSError as error:
            here.close()
            raise VendorLostError("missing", "process") from error
        finally:
            there.close()
        self._line = here
        self.starts += 1
        ready = self._hear(START_SECONDS)
        if "missing" in ready:
            raise VendorLostError("missing", str(ready["missing"]))

    def _talk(self, question: dict[str, str], seconds: float) -> dict[str, Any]:
        assert self._line is not None
        try:
            self._line.sendall(json.dumps(question).encode() + b"\n")
        except OSError:
            raise self._gone() from None
        return self._hear(seconds)

    def _hear(self, seconds: float) -> dict[str, Any]:
        """One line, or the child is lost."""
        assert self._line is not None
        until, data = time.monotonic() + seconds, b""
        while not data.endswith(b"\n"):
            ready, _, _ = select.select([self._line], [], [], max(0.0, until - time.monotonic()))
            if not ready:
                raise VendorLostError("hung")
            try:
                piece = self._line.recv(65536)
            except OSError:
                piece = b""
            if not piece:
                raise self._gone()
            data += piece
            if len(data) > _LONGEST:
                raise VendorLostError("garbled")
        try:
            answer = json.loads(data)
        except ValueError:
            raise VendorLostError("garbled") from None
        if not isinstance(answer, dict):
            raise VendorLostError("garbled")
        return answer

    def _gone(self) -> VendorLostError:
        """The child hung up: what it died of."""
        assert self._child is not None
        try:
            code = self._child.wait(BURY_SECONDS)
        except subprocess.TimeoutExpired:
            return VendorLostError("crashed", "unknown")
        with contextlib.suppress(ValueError):
            return VendorLostError("crashed", signal.Signals(-code).name)
        return VendorLostError("crashed", f"exit-{code}")
