"""A hand scanner on a serial line. What it reads is bytes; nothing is opened, typed or followed."""

import threading
import time

from drivers.code_scanner.decode import as_scan
from drivers.code_scanner.frames import Ending, Frames
from drivers.code_scanner.sightings import QUIET
from drivers.errors import DriverError
from drivers.line import End, Line, parse
from kiosk.config import DeviceConfig
from kiosk.contracts.code_scanner import Scan
from kiosk.contracts.device import DeviceKind, DeviceReport, DeviceState
from kiosk.faults import FaultCode

END = End(DeviceKind.CODE_SCANNER, FaultCode.CODE_SCANNER_ABSENT, 9600)


class SerialCodeScanner:
    """A scanner that sends each code with its ending (contract CodeScanner). One worker thread; ``cancel`` from
    anywhere.

    Addresses: ``serial:PORT?baud=9600``, ``tcp:HOST:PORT``. Options: ``ending`` cr (default; CR, LF or both), etx
    (STX in front) or gap; ``aim`` yes when the scanner says with each code what kind it was.
    """

    def __init__(self, config: DeviceConfig) -> None:
        """Fault: device-configuration."""
        opens = parse(config.address, END)
        if opens is None:
            raise END.wrong_address()
        self._opens = opens
        try:
            ending = Ending(config.options.get("ending", Ending.CR.value))
        except ValueError:
            allowed = ", ".join(one.value for one in Ending)
            raise DriverError(FaultCode.DEVICE_CONFIGURATION, {"key": "ending", "allowed": allowed}) from None
        aim = config.options.get("aim", "no")
        if aim not in ("yes", "no"):
            raise DriverError(FaultCode.DEVICE_CONFIGURATION, {"key": "aim", "allowed": "yes, no"})
        self._frames = Frames(ending, aim == "yes")
        self._line: Line | None = None
        self._reported: tuple[Scan, float] | None = None
        self._cancelled = threading.Event()

    def open(self) -> None:
        """Take the line. Faults: code-scanner-absent, device-busy, device-configuration."""
        self.close()
        self._line = self._opens()
        self._line.drop_input()

    def close(self) -> None:
        """Let go of the line and forget what was read."""
        if self._line is not None:
            self._line.close()
            self._line = None
        self._frames.clear()
        self._reported = None

    def check(self) -> DeviceReport:
        """Whether the line is there; what was scanned while nobody asked is dropped. Fault: code-scanner-absent."""
        self._opened().drop_input()
        return DeviceReport(DeviceKind.CODE_SCANNER.value, DeviceKind.CODE_SCANNER, DeviceState.READY)

    def cancel(self) -> None:
        """End a running ``scan``."""
        self._cancelled.set()

    def scan(self, timeout: float) -> Scan:
        """Wait up to ``timeout`` seconds for one code; the same code not twice within a second.

        Faults: no-code, code-unreadable (something came and was not whole), code-scanner-absent, cancelled.
        """
        line = self._opened()
        self._cancelled.clear()
        self._frames.clear()
        line.drop_input()
        until = time.monotonic() + timeout
        while time.monotonic() < until:
            if self._cancelled.is_set():
                raise DriverError(FaultCode.CANCELLED)
            data = line.sip()
            now = time.monotonic()
            for found in self._frames.feed(data, now):
                scan = as_scan(found)
                if self._reported is None or scan != self._reported[0] or now - self._reported[1] >= QUIET:
                    self._reported = scan, now
                    return scan
        raise DriverError(FaultCode.CODE_UNREADABLE if self._frames.broken else FaultCode.NO_CODE)

    def _opened(self) -> Line:
        if self._line is None:
            raise END.absent("not-open")
        return self._line
