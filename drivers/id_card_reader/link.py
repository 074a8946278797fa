"""How the reader's bytes travel: a serial line or a TCP socket (USB: ``usb_link``), as a pipe that never blocks long.

Every foreign exception of the two ends here: the line is there, or the reader is absent. The libraries' own time-outs
are not trusted: who waits for a frame loops with small sips and looks at a deadline of his own.
"""

import contextlib
import errno
import select
import socket
from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol
from urllib.parse import parse_qsl

import serial

from drivers.errors import DriverError
from kiosk.faults import FaultCode

from .line import SIP, WRITE_SECONDS, absent, wrong_address

try:
    import termios
except ImportError:  # Windows has none
    _TERMINAL_ERROR: type[Exception] = OSError
else:
    _TERMINAL_ERROR = termios.error  # neither an OSError nor pyserial's own

CONNECT_SECONDS = 2.0
BAUD_RATES = (115200, 57600, 38400, 19200, 9600)

# A pyserial call that loses its descriptor in mid-air says TypeError.
_GONE = (OSError, _TERMINAL_ERROR, TypeError)


class Link(Protocol):
    """A pipe of bytes. DriverError id-card-reader-absent when the other end is gone; worker thread only."""

    def write(self, data: bytes) -> None:
        """Send all of it, or the reader counts as absent."""

    def sip(self) -> bytes:
        """What arrived, waiting at most ``SIP`` seconds for the first byte; empty when nothing did."""

    def drop_input(self) -> None:
        """Forget everything that arrived and was not read."""

    def close(self) -> None:
        """Let go; idempotent, never raises."""


def _not_opened(error: Exception) -> DriverError:
    """A port that exists but belongs to somebody else is not an absent reader."""
    number = getattr(error, "errno", None)
    if number in (errno.EAGAIN, errno.EBUSY):
        return DriverError(FaultCode.DEVICE_BUSY, {"reason": "port-in-use"}, retryable=True)
    if number in (errno.EACCES, errno.EPERM):
        return DriverError(FaultCode.DEVICE_CONFIGURATION, {"reason": "no-permission"})
    return absent("no-port")


class SerialLink:
    """A serial port, held exclusively: 8N1, no flow control. Opening may also say device-busy (another program has
    the port) or device-configuration (this user may not open it)."""

    def __init__(self, port: str, baud: int) -> None:
        try:
            self._port = serial.Serial(
                port, baud, timeout=SIP, write_timeout=WRITE_SECONDS, exclusive=True, xonxoff=False, rtscts=False
            )
        except (*_GONE, ValueError) as error:
            raise _not_opened(error) from error
        try:
            # What a former owner left in the queue is not ours.
            self.drop_input()
        except DriverError:
            self.close()
            raise

    def write(self, data: bytes) -> None:
        try:
            sent = self._port.write(data)
        except _GONE as error:
            raise absent("write") from error
        if sent != len(data):
            raise absent("write")

    def sip(self) -> bytes:
        try:
            first = self._port.read(1)
            if not first:
                return b""
            waiting = self._port.in_waiting
            return bytes(first + self._port.read(waiting)) if waiting else bytes(first)
        except _GONE as error:
            raise absent("line-lost") from error

    def drop_input(self) -> None:
        try:
            self._port.reset_input_buffer()
        except _GONE as error:
            raise absent("line-lost") from error

    def close(self) -> None:
        with contextlib.suppress(*_GONE):
            self._port.close()


class TcpLink:
    """A reader behind a serial server, or a virtual one."""

    def __init__(self, host: str, port: int) -> None:
        try:
            self._socket = socket.create_connection((host, port), timeout=CONNECT_SECONDS)
        except OSError as error:
            raise absent("no-connection") from error
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.settimeout(WRITE_SECONDS)

    def write(self, data: bytes) -> None:
        try:
            self._socket.sendall(data)
        except OSError as error:
            raise absent("write") from error

    def sip(self) -> bytes:
        return self._receive(SIP) or b""

    def drop_input(self) -> None:
        while self._receive(0) is not None:
            pass

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._socket.close()

    def _receive(self, patience: float) -> bytes | None:
        """What is there, None when nothing came; the end of the stream means that the reader is gone."""
        try:
            ready, _, _ = select.select([self._socket], [], [], patience)
            if not ready:
                return None
            data = self._socket.recv(4096)
        except (OSError, ValueError) as error:  # ValueError: a closed socket has no number
            raise absent("line-lost") from error
        if not data:
            raise absent("line-lost")
        return data


def connect(address: str) -> Link:
    """Open ``serial:PORT?baud=115200``, ``tcp:HOST:PORT``, ``usb:VENDOR:PRODUCT`` or ``hid:VENDOR:PRODUCT``.

    DriverError id-card-reader-absent (nobody there) or device-configuration (no such kind of address).
    """
    scheme, _, rest = address.partition(":")
    if scheme == "serial" and rest:
        port, _, query = rest.partition("?")
        return SerialLink(port, _baud(query))
    if scheme == "tcp":
        host, _, number = rest.rpartition(":")
        if host and number.isascii() and number.isdigit() and 0 < int(number) < 65536:
            return TcpLink(host.strip("[]"), int(number))
    if scheme in ("usb", "hid"):
        from .usb_link import connect_usb  # libusb is only needed where a reader hangs on it

        return connect_usb(scheme, rest)
    raise wrong_address("serial:PORT?baud=115200, tcp:HOST:PORT, usb:VENDOR:PRODUCT, hid:VENDOR:PRODUCT")


def _baud(query: str) -> int:
    keys: Mapping[str, str] = MappingProxyType(dict(parse_qsl(query, keep_blank_values=True)))
    baud = keys.get("baud", str(BAUD_RATES[0]))
    if set(keys) - {"baud"} or baud not in {str(rate) for rate in BAUD_RATES}:
        raise wrong_address("baud=" + "|".join(str(rate) for rate in BAUD_RATES))
    return int(baud)
