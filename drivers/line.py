"""A device at the end of a serial line (also USB as a serial port), or behind a serial server: a pipe of bytes that
never blocks long.

Every foreign exception of the two ends here: the line is there, or the device is absent. The libraries' own time-outs
are not trusted: who waits for a frame loops with small sips and looks at a deadline of his own.
"""

import contextlib
import errno
import select
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import parse_qsl

import serial

from drivers.errors import DriverError
from kiosk.contracts.device import DeviceKind
from kiosk.faults import FaultCode

try:
    import termios
except ImportError:  # Windows has none
    _TERMINAL_ERROR: type[Exception] = OSError
else:
    _TERMINAL_ERROR = termios.error  # neither an OSError nor pyserial's own

SIP = 0.05  # seconds: the longest a single read waits, so that a cancel is seen
CONNECT_SECONDS = 2.0
WRITE_SECONDS = 1.0
BAUD_RATES = (9600, 19200, 38400, 57600, 115200)
_GONE = (OSError, _TERMINAL_ERROR, TypeError)  # a pyserial call that loses its descriptor in mid-air says TypeError

Absent = Callable[[str], DriverError]  # the device is not there; the cause is a slug


class Line(Protocol):
    """A pipe of bytes. The device's own absent-fault when the other end is gone; worker thread only."""

    def write(self, data: bytes) -> None:
        """Send all of it, or the device counts as absent."""

    def sip(self) -> bytes:
        """What arrived, waiting at most ``SIP`` seconds for the first byte; empty when nothing did."""

    def drop_input(self) -> None:
        """Forget everything that arrived and was not read; says so when the line is lost."""

    def close(self) -> None:
        """Let go; idempotent, never raises."""


@dataclass(frozen=True, slots=True)
class End:
    """What hangs at a line: its kind, what it is called when it is not there, and the baud rate it comes with."""

    kind: DeviceKind
    absent_code: FaultCode
    baud: int

    def absent(self, cause: str) -> DriverError:
        """The device is not there."""
        return DriverError(self.absent_code, {"cause": cause}, retryable=True)

    def wrong_address(self, *more: str) -> DriverError:
        """The address is none; ``more`` is allowed beside the two kinds of line."""
        allowed = ", ".join((f"serial:PORT?baud={self.baud}", "tcp:HOST:PORT", *more))
        return DriverError(
            FaultCode.DEVICE_CONFIGURATION, {"key": f"devices.{self.kind.value}.address", "allowed": allowed}
        )


class SerialLine:
    """A serial port, held exclusively: 8N1, no flow control."""

    def __init__(self, port: str, baud: int, absent: Absent) -> None:
        """Faults: absent, device-busy (another program has the port), device-configuration (not for this user)."""
        self._absent = absent
        try:
            self._port = serial.Serial(
                port, baud, timeout=SIP, write_timeout=WRITE_SECONDS, exclusive=True, xonxoff=False, rtscts=False
            )
        except (*_GONE, ValueError) as error:
            raise _not_opened(error, absent) from error
        try:
            self.drop_input()  # what a former owner left in the queue is not ours
        except DriverError:
            self.close()
            raise

    def write(self, data: bytes) -> None:
        """See Line."""
        try:
            sent = self._port.write(data)
        except _GONE as error:
            raise self._absent("write") from error
        if sent != len(data):
            raise self._absent("write")

    def sip(self) -> bytes:
        """See Line."""
        try:
            first = self._port.read(1)
            waiting = self._port.in_waiting if first else 0
            return bytes(first + self._port.read(waiting)) if waiting else bytes(first)
        except _GONE as error:
            raise self._absent("line-lost") from error

    def drop_input(self) -> None:
        """See Line."""
        try:
            self._port.reset_input_buffer()
            _ = self._port.in_waiting  # dropping alone does not notice a line that is gone
        except _GONE as error:
            raise self._absent("line-lost") from error

    def close(self) -> None:
        """See Line."""
        with contextlib.suppress(*_GONE):
            self._port.close()


class TcpLine:
    """A device behind a serial server, or a virtual one."""

    def __init__(self, host: str, port: int, absent: Absent) -> None:
        """Fault: absent."""
        self._absent = absent
        try:
            self._socket = socket.create_connection((host, port), timeout=CONNECT_SECONDS)
        except OSError as error:
            raise absent("no-connection") from error
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.settimeout(WRITE_SECONDS)

    def write(self, data: bytes) -> None:
        """See Line."""
        try:
            self._socket.sendall(data)
        except OSError as error:
            raise self._absent("write") from error

    def sip(self) -> bytes:
        """See Line."""
        return self._receive(SIP) or b""

    def drop_input(self) -> None:
        """See Line."""
        while self._receive(0) is not None:
            pass

    def close(self) -> None:
        """See Line."""
        with contextlib.suppress(OSError):
            self._socket.close()

    def _receive(self, patience: float) -> bytes | None:
        """What is there, None when nothing came; the end of the stream means that the device is gone."""
        try:
            ready, _, _ = select.select([self._socket], [], [], patience)
            if not ready:
                return None
            data = self._socket.recv(4096)
        except (OSError, ValueError) as error:  # ValueError: a closed socket has no number
            raise self._absent("line-lost") from error
        if not data:
            raise self._absent("line-lost")
        return data


def parse(address: str, end: End) -> Callable[[], Line] | None:
    """What opens ``serial:PORT?baud=9600`` or ``tcp:HOST:PORT``; None for an address of another kind.

    Fault: device-configuration for a port with another rate, or with a key that nobody knows.
    """
    scheme, _, rest = address.partition(":")
    if scheme == "serial" and rest:
        port, _, query = rest.partition("?")
        keys = dict(parse_qsl(query, keep_blank_values=True))
        baud = keys.pop("baud", str(end.baud))
        if not port or keys or baud not in {str(rate) for rate in BAUD_RATES}:
            raise end.wrong_address("baud=" + "|".join(str(rate) for rate in BAUD_RATES))
        return lambda: SerialLine(port, int(baud), end.absent)
    if scheme == "tcp":
        host, _, number = rest.rpartition(":")
        if host and number.isascii() and number.isdigit() and 0 < int(number) < 65536:
            return lambda: TcpLine(host.strip("[]"), int(number), end.absent)
    return None


def _not_opened(error: Exception, absent: Absent) -> DriverError:
    """A port that exists but belongs to somebody else is not an absent device."""
    number = getattr(error, "errno", None)
    if number in (errno.EAGAIN, errno.EBUSY):
        return DriverError(FaultCode.DEVICE_BUSY, {"cause": "port-in-use"}, retryable=True)
    if number in (errno.EACCES, errno.EPERM):
        return DriverError(FaultCode.DEVICE_CONFIGURATION, {"cause": "no-permission"})
    return absent("no-port")
