"""How a scanner's bytes travel: a serial line (also USB as a serial port) or a serial server behind TCP.

Every foreign exception of the two ends here: the line is there, or the scanner is absent.
"""

import contextlib
import errno
import select
import socket
from typing import Protocol
from urllib.parse import parse_qsl

import serial

from drivers.errors import DriverError
from kiosk.faults import FaultCode

try:
    import termios
except ImportError:  # Windows has none
    _TERMINAL_ERROR: type[Exception] = OSError
else:
    _TERMINAL_ERROR = termios.error  # neither an OSError nor pyserial's own

SIP = 0.05  # seconds: the longest a read waits, so that a cancel and a pause are seen
CONNECT_SECONDS = 2.0
BAUD_RATES = (9600, 19200, 38400, 57600, 115200)
_GONE = (OSError, _TERMINAL_ERROR, TypeError)  # a pyserial call that loses its descriptor in mid-air says TypeError
_ALLOWED = "serial:PORT?baud=9600, tcp:HOST:PORT"


class Line(Protocol):
    """Bytes that come by themselves. DriverError code-scanner-absent when the other end is gone; worker thread."""

    def sip(self) -> bytes:
        """What arrived, waiting at most ``SIP`` seconds for the first byte; empty when nothing did."""

    def forget(self) -> None:
        """Drop what arrived and was not read; says so when the line is lost."""

    def close(self) -> None:
        """Let go; idempotent, never raises."""


class SerialLine:
    """A serial port, held exclusively: 8N1, no flow control."""

    def __init__(self, port: str, baud: int) -> None:
        try:
            self._port = serial.Serial(port, baud, timeout=SIP, exclusive=True, xonxoff=False, rtscts=False)
        except (*_GONE, ValueError) as error:
            raise _not_opened(error) from error

    def sip(self) -> bytes:
        try:
            first = self._port.read(1)
            waiting = self._port.in_waiting if first else 0
            return bytes(first + self._port.read(waiting)) if waiting else bytes(first)
        except _GONE as error:
            raise _absent("line-lost") from error

    def forget(self) -> None:
        try:
            self._port.reset_input_buffer()
            _ = self._port.in_waiting
        except _GONE as error:
            raise _absent("line-lost") from error

    def close(self) -> None:
        with contextlib.suppress(*_GONE):
            self._port.close()


class TcpLine:
    """A scanner behind a serial server."""

    def __init__(self, host: str, port: int) -> None:
        try:
            self._socket = socket.create_connection((host, port), timeout=CONNECT_SECONDS)
        except OSError as error:
            raise _absent("no-connection") from error

    def sip(self) -> bytes:
        return self._receive(SIP) or b""

    def forget(self) -> None:
        while self._receive(0) is not None:
            pass

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._socket.close()

    def _receive(self, patience: float) -> bytes | None:
        """What is there, None when nothing came; the end of the stream means that the scanner is gone."""
        try:
            ready, _, _ = select.select([self._socket], [], [], patience)
            data = self._socket.recv(4096) if ready else None
        except (OSError, ValueError) as error:  # ValueError: a closed socket has no number
            raise _absent("line-lost") from error
        if data == b"":
            raise _absent("line-lost")
        return data


def parse(address: str) -> tuple[str, int] | tuple[str, str, int]:
    """``(port, baud)`` or ``("tcp", host, port)``. Fault: device-configuration."""
    scheme, _, rest = address.partition(":")
    if scheme == "serial" and rest:
        port, _, query = rest.partition("?")
        keys = dict(parse_qsl(query, keep_blank_values=True))
        baud = keys.pop("baud", str(BAUD_RATES[0]))
        if port and not keys and baud in {str(rate) for rate in BAUD_RATES}:
            return port, int(baud)
    if scheme == "tcp":
        host, _, number = rest.rpartition(":")
        if host and number.isascii() and number.isdigit() and 0 < int(number) < 65536:
            return "tcp", host.strip("[]"), int(number)
    raise DriverError(FaultCode.DEVICE_CONFIGURATION, {"key": "devices.code_scanner.address", "allowed": _ALLOWED})


def connect(address: str) -> Line:
    """Open what ``parse`` reads. Faults: code-scanner-absent, device-busy (another program has the port),
    device-configuration (no such kind of address, or this user may not open the port)."""
    match parse(address):
        case ("tcp", str(host), int(number)):
            return TcpLine(host, number)
        case (str(port), int(baud)):
            return SerialLine(port, baud)
    raise AssertionError("no such address")


def _absent(cause: str) -> DriverError:
    return DriverError(FaultCode.CODE_SCANNER_ABSENT, {"cause": cause}, retryable=True)


def _not_opened(error: Exception) -> DriverError:
    """A port that exists but belongs to somebody else is not an absent scanner."""
    number = getattr(error, "errno", None)
    if number in (errno.EAGAIN, errno.EBUSY):
        return DriverError(FaultCode.DEVICE_BUSY, {"cause": "port-in-use"}, retryable=True)
    if number in (errno.EACCES, errno.EPERM):
        return DriverError(FaultCode.DEVICE_CONFIGURATION, {"cause": "no-permission"})
    return _absent("no-port")
