"""The wire to a receipt printer: network, serial line or USB, every wait with an end that can also come from outside.

A wire that only takes bytes and tells nothing (a queue of the print service) is in ``raw_queue.py``.
"""

import contextlib
import errno
import os
import select
import socket
import time
from typing import Protocol

import serial

from drivers.errors import DriverError
from kiosk.faults import FaultCode

from .settings import Flow, Place, Wire

try:
    import termios
except ImportError:  # Windows has none
    _TERMINAL_ERROR: type[Exception] = OSError
else:
    _TERMINAL_ERROR = termios.error  # neither an OSError nor pyserial's own

_PIECE = 4096
_EMPTY_PAUSE = 0.02  # seconds after a USB printer answered with an empty packet


class Port(Protocol):
    """The operating system's end of a wire; never blocks, raises what the system raises."""

    ends_when_empty: bool  # reading nothing means that the other end is gone

    def fileno(self) -> int:
        """For waiting."""

    def write(self, data: memoryview) -> int:
        """Hand over as much as is taken now."""

    def read(self, most: int) -> bytes:
        """What is there now."""

    def close(self) -> None:
        """Let go."""


class _TcpPort:
    ends_when_empty = True

    def __init__(self, host: str, port: int, timeout: float) -> None:
        self._socket = socket.create_connection((host, port), timeout=timeout)
        self._socket.setblocking(False)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def fileno(self) -> int:
        return self._socket.fileno()

    def write(self, data: memoryview) -> int:
        return self._socket.send(data)

    def read(self, most: int) -> bytes:
        return self._socket.recv(most)

    def close(self) -> None:
        self._socket.close()


class _FilePort:
    """A character device. USB printers (Linux: usblp) send empty packets while they have nothing to say."""

    def __init__(self, number: int, *, ends_when_empty: bool) -> None:
        self._number = number
        self.ends_when_empty = ends_when_empty

    def fileno(self) -> int:
        return self._number

    def write(self, data: memoryview) -> int:
        return os.write(self._number, data)

    def read(self, most: int) -> bytes:
        return os.read(self._number, most)

    def close(self) -> None:
        os.close(self._number)


class _SerialPort(_FilePort):
    """A serial line, 8N1, held exclusively. pyserial sets it up; waiting is done here."""

    def __init__(self, path: str, baud: int, flow: Flow) -> None:
        self._port = serial.Serial(
            path, baud, timeout=0, exclusive=True,
            xonxoff=flow is Flow.XONXOFF, rtscts=flow is Flow.RTSCTS, dsrdtr=flow is Flow.DSRDTR,
        )  # fmt: skip
        self._port.reset_input_buffer()  # what a former owner left there is not ours
        super().__init__(self._port.fileno(), ends_when_empty=True)

    def close(self) -> None:
        self._port.close()


def connect(place: Place, timeout: float) -> "StreamLink":
    """Reach the printer within ``timeout`` seconds. Faults: printer-absent, device-busy (another program holds it),
    device-configuration (this user may not open it)."""
    try:
        if place.wire is Wire.TCP:
            return StreamLink(_TcpPort(place.host, place.port, timeout))
        if place.wire is Wire.SERIAL:
            return StreamLink(_SerialPort(place.path, place.baud, place.flow))
        number = os.open(place.path, os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC)
        return StreamLink(_FilePort(number, ends_when_empty=False))
    except (OSError, _TERMINAL_ERROR) as error:
        raise _not_opened(error) from error


class StreamLink:
    """One connection. All calls on the driver's thread, but ``interrupt``."""

    def __init__(self, port: Port) -> None:
        self._port = port
        self._waker, self._woken = socket.socketpair()
        self._woken.setblocking(False)

    def send(self, data: bytes, timeout: float) -> None:
        """Hand everything to the wire. Faults: printer-absent (connection lost), printer-silent (the printer takes
        nothing more for ``timeout`` seconds), cancelled."""
        rest = memoryview(data)
        while rest:
            if not self._wait(timeout, writing=True):
                raise DriverError(FaultCode.PRINTER_SILENT, {"unsent": str(len(rest))})
            try:
                rest = rest[self._port.write(rest[:_PIECE]) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise _lost(error) from error

    def receive(self, timeout: float) -> bytes:
        """What has arrived, waiting at most ``timeout`` seconds; empty when nothing came.
        Faults: printer-absent (connection lost), cancelled."""
        if not self._wait(timeout, writing=False):
            return b""
        try:
            data = self._port.read(_PIECE)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise _lost(error) from error
        if not data and (self._port.ends_when_empty or _hung_up(self._port)):
            raise DriverError(FaultCode.PRINTER_ABSENT, {"closed": "peer"}, retryable=True)
        if not data:
            time.sleep(min(timeout, _EMPTY_PAUSE))
        return data

    def interrupt(self) -> None:
        """End the wait that is running with the fault ``cancelled``. From any thread."""
        with contextlib.suppress(OSError):
            self._waker.send(b"x")

    def forget_interrupt(self) -> None:
        """An interruption that came while nothing was waiting is not meant for the next wait."""
        with contextlib.suppress(BlockingIOError, OSError):
            while self._woken.recv(64):
                pass

    def close(self) -> None:
        """Let go at once. What was sent still reaches the printer."""
        for end in (self._port, self._waker, self._woken):
            with contextlib.suppress(OSError, _TERMINAL_ERROR):
                end.close()

    def _wait(self, timeout: float, *, writing: bool) -> bool:
        """Whether the connection can be used within the time."""
        reading: list[socket.socket | Port] = [self._woken] if writing else [self._woken, self._port]
        try:
            ready, writable, _ = select.select(reading, [self._port] if writing else [], [], timeout)
        except ValueError as error:  # pyserial lost its number in mid-air
            raise DriverError(FaultCode.PRINTER_ABSENT, {"closed": "here"}, retryable=True) from error
        if self._woken in ready:
            self.forget_interrupt()
            raise DriverError(FaultCode.CANCELLED)
        return bool(ready or writable)


def _hung_up(port: Port) -> bool:
    """Whether the system says that nothing is at the other end any more."""
    look = select.poll()
    look.register(port, 0)
    return bool(look.poll(0))


def _not_opened(error: Exception) -> DriverError:
    number = getattr(error, "errno", None)
    if number in (errno.EAGAIN, errno.EBUSY):
        return DriverError(FaultCode.DEVICE_BUSY, {"cause": "port-in-use"}, retryable=True)
    if number in (errno.EACCES, errno.EPERM):
        return DriverError(FaultCode.DEVICE_CONFIGURATION, {"cause": "no-permission"})
    return _lost(error)


def _lost(error: Exception) -> DriverError:
    name = errno.errorcode.get(getattr(error, "errno", None) or 0, "none")
    return DriverError(FaultCode.PRINTER_ABSENT, {"errno": name}, retryable=True)
