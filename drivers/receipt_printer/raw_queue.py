"""A raw queue of the print service (CUPS), by the service's own commands: it takes bytes and tells nothing of paper.

What the queue has worked off was handed to the printer; whether it is on paper, only a person can see.
"""

import os
import re
import subprocess
import threading
import time

from drivers.errors import DriverError
from kiosk.faults import FaultCode

_POLL = 0.25  # seconds between two looks at the queue
_REQUEST = re.compile(r"request id is (\S+-\d+)")
_WHERE = os.pathsep.join(("/usr/bin", "/usr/local/bin", "/bin"))


class RawQueue:
    """One queue. All calls on the driver's thread, but ``interrupt``."""

    def __init__(self, queue: str, server: str, timeout: float) -> None:
        """``timeout`` in seconds for one answer of the service."""
        self._queue, self._timeout = queue, timeout
        self._server = ("-h", server) if server else ()
        self._interrupted = threading.Event()

    def look(self) -> None:
        """Whether the queue takes jobs. Faults: printer-absent (no service, no such queue), device-failed (the queue
        is stopped)."""
        self._interrupted.clear()
        said = self._ask("lpstat", *self._server, "-a", self._queue, "-p", self._queue)
        if "not accepting requests" in said or " disabled since" in said:
            raise DriverError(FaultCode.DEVICE_FAILED, {"queue": "stopped"})

    def print(self, job: bytes, patience: float) -> None:
        """Hand a whole job to the queue and wait until it has worked it off; after ``patience`` seconds the job is
        taken back, so that it does not come out when nobody expects it. Faults: printer-absent, cancelled."""
        said = self._ask("lp", *self._server, "-d", self._queue, "-o", "raw", "-t", "receipt", "-", job=job)
        found = _REQUEST.search(said)
        if found is None:
            raise DriverError(FaultCode.PRINTER_ABSENT, {"queue": "no number"})
        number, until = found[1], time.monotonic() + patience
        try:
            while number in self._ask("lpstat", *self._server, "-o", self._queue).split():
                if time.monotonic() > until:
                    raise DriverError(FaultCode.PRINTER_SILENT, {"queue": "stuck"})
                if self._interrupted.wait(_POLL):
                    raise DriverError(FaultCode.CANCELLED)
        except DriverError:
            self._take_back(number)
            raise

    def interrupt(self) -> None:
        """End the wait that is running. From any thread."""
        self._interrupted.set()

    def _take_back(self, number: str) -> None:
        try:
            self._ask("cancel", *self._server, number)
        except DriverError:
            return  # it is over, or the service is gone

    def _ask(self, program: str, *arguments: str, job: bytes = b"") -> str:
        """What a command of the service says. A job travels by pipe, never by a file."""
        try:
            done = subprocess.run(
                [program, *arguments],
                input=job,
                capture_output=True,
                timeout=self._timeout,
                env={"PATH": _WHERE, "LC_ALL": "C"},
                check=False,
            )
        except FileNotFoundError as error:
            raise DriverError(FaultCode.DEVICE_CONFIGURATION, {"missing": "cups-client"}) from error
        except subprocess.TimeoutExpired as error:
            raise DriverError(FaultCode.PRINTER_ABSENT, {"service": "silent"}) from error
        if done.returncode:
            raise DriverError(FaultCode.PRINTER_ABSENT, {"service": "refused"})
        return done.stdout.decode("utf-8", "replace")
