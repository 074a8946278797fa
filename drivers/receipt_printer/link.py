"""The wire to a receipt printer: a TCP connection whose every wait has an end and can be ended from outside."""

import contextlib
import errno
import select
import socket

from drivers.errors import DriverError
from kiosk.faults import FaultCode

_PIECE = 4096


class TcpLink:
    """One connection. All calls on the driver's thread, but ``interrupt``."""

    def __init__(self, host: str, port: int, timeout: float) -> None:
        """Connect within ``timeout`` seconds. Fault: printer-absent."""
        try:
            self._socket = socket.create_connection((host, port), timeout=timeout)
        except OSError as error:
            raise _lost(error) from error
        self._socket.setblocking(False)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._waker, self._woken = socket.socketpair()
        self._woken.setblocking(False)

    def send(self, data: bytes, timeout: float) -> None:
        """Hand everything to the network. Faults: printer-absent (connection lost), printer-silent (the printer takes
        nothing more for ``timeout`` seconds), cancelled."""
        rest = memoryview(data)
        while rest:
            if not self._wait(timeout, writing=True):
                raise DriverError(FaultCode.PRINTER_SILENT, {"unsent": str(len(rest))})
            try:
                rest = rest[self._socket.send(rest[:_PIECE]) :]
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
            data = self._socket.recv(_PIECE)
        except BlockingIOError:
            return b""
        except OSError as error:
            raise _lost(error) from error
        if not data:
            raise DriverError(FaultCode.PRINTER_ABSENT, {"closed": "peer"}, retryable=True)
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
        for end in (self._socket, self._waker, self._woken):
            with contextlib.suppress(OSError):
                end.close()

    def _wait(self, timeout: float, *, writing: bool) -> bool:
        """Whether the connection can be used within the time."""
        reading = [self._woken] if writing else [self._woken, self._socket]
        ready, writable, _ = select.select(reading, [self._socket] if writing else [], [], timeout)
        if self._woken in ready:
            self.forget_interrupt()
            raise DriverError(FaultCode.CANCELLED)
        return bool(ready or writable)


def _lost(error: OSError) -> DriverError:
    name = errno.errorcode.get(error.errno or 0, "none")
    return DriverError(FaultCode.PRINTER_ABSENT, {"errno": name}, retryable=True)
