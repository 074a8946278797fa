"""A process of its own for what may crash or hang: a whole driver (``drivers.isolated``), or one maker's library
(``drivers.vendor``). The one place where such a process is started, talked to and ended.

It is told what it is hired for, then called, and answers; it dies with its line, and with the terminal.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from drivers.child_talk import GarbledError, Hire, understood

END_SECONDS = 1.0  # for a process to end after its line was cut, before it is killed
BURY_SECONDS = 1.0  # one in a dead system call outlives even a kill; then it is left behind
LONGEST = 32 * 1024 * 1024  # bytes of one answer
_HOME = Path(__file__).parents[1]


class ChildLostError(Exception):
    """The process did not answer: ``crashed``, ``hung`` or ``garbled``. ``ended`` is the name of the signal or the
    exit code of one that crashed. Stays inside the drivers."""

    def __init__(self, why: str, ended: str = "") -> None:
        super().__init__(f"{why} {ended}".rstrip())
        self.why, self.ended = why, ended


class Child:
    """One process and its line. One thread talks with it; ``tell`` and ``kill`` from any. POSIX."""

    def __init__(self, hire: Hire, *, quiet: bool = False) -> None:
        """Start it. ``quiet``: what is printed there goes nowhere, for it may be a person. OSError: no process."""
        ours, theirs = socket.socketpair()
        out = subprocess.DEVNULL if quiet else None
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "drivers.child_main", str(theirs.fileno())],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                cwd=_HOME,
                env={**os.environ, "PYTHONPATH": str(_HOME)},
            )
        except OSError:
            ours.close()
            raise
        finally:
            theirs.close()
        self._line = Connection(ours.detach())
        self._sending = threading.Lock()
        self.tell(hire)  # one that died at once: the first call says so

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    def tell(self, message: object) -> None:
        """Tell it something if it is there; never waits for its end."""
        with contextlib.suppress(OSError), self._sending:
            self._line.send(message)

    def send(self, message: object) -> None:
        """Tell it something that it will answer. ChildLostError: it is gone."""
        try:
            with self._sending:
                self._line.send(message)
        except OSError as error:
            raise self._crashed() from error

    def hear(self, seconds: float | None = None) -> Any:
        """What it says next, within so many seconds. ChildLostError; ``end`` it then."""
        try:
            if not self._line.poll(seconds):
                raise ChildLostError("hung")
            said = self._line.recv_bytes(LONGEST)
        except (EOFError, OSError) as error:
            raise self._crashed() from error
        try:
            return understood(said)
        except GarbledError:
            raise ChildLostError("garbled") from None

    def kill(self) -> None:
        """End it at once, whatever it does; a ``hear`` that is running ends with ChildLostError."""
        with contextlib.suppress(OSError):
            self._process.kill()

    def end(self, seconds: float = END_SECONDS) -> int | None:
        """Cut the line, give it so many seconds, then kill it; idempotent, bounded. How it ended, None when even a
        kill did not end it."""
        with self._sending:
            self._line.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._process.wait(seconds)
        self.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._process.wait(BURY_SECONDS)
        return None

    def _crashed(self) -> ChildLostError:
        return ChildLostError("crashed", ended_by(self.end()))


def ended_by(returncode: int | None) -> str:
    """What a process died of: the signal's name, or its exit code."""
    if returncode is None:
        return "unknown"
    with contextlib.suppress(ValueError):
        return signal.Signals(-returncode).name
    return f"exit-{returncode}"
