"""The way to a document printer: IPP inside HTTP, one connection a question, every wait with an end."""

import contextlib
import http.client
import socket
import threading
from dataclasses import dataclass
from urllib.parse import urlsplit

from drivers.errors import DriverError
from kiosk.faults import FaultCode

from . import ipp

DEFAULT_PORT = 631
_LARGEST_ANSWER = 1 << 20
_SETUP = frozenset({301, 302, 307, 308, 401, 403, 404, 405, 426})


@dataclass(frozen=True, slots=True)
class Place:
    """Where a printer is."""

    host: str
    port: int
    path: str

    @property
    def uri(self) -> str:
        """Its printer-uri."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"ipp://{host}:{self.port}{self.path}"


def place(address: str) -> Place:
    """ipp://HOST:PORT/ipp/print. Fault: device-configuration."""
    try:
        parts = urlsplit(address)
        port = parts.port or DEFAULT_PORT
    except ValueError:
        parts, port = urlsplit(""), 0
    if parts.scheme != "ipp" or not parts.hostname or not parts.path.startswith("/") or parts.username:
        raise wrong("address", "ipp://HOST:PORT/ipp/print")
    return Place(parts.hostname, port, parts.path)


def wrong(key: str, allowed: str) -> DriverError:
    """A setting that cannot be right, and what could."""
    return DriverError(FaultCode.DEVICE_CONFIGURATION, {"key": key, "allowed": allowed})


class LostBehindDocumentError(Exception):
    """The whole document was sent, and then the line broke: nobody knows whether it is printed."""


class IppLink:
    """Asks the printer. All calls on the driver's thread, but ``interrupt``."""

    def __init__(self, where: Place, timeout: float) -> None:
        self._place = where
        self._timeout = timeout
        self._interrupted = threading.Event()
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None

    def begin(self) -> None:
        """A new task: an interruption before it was not meant for it."""
        self._interrupted.clear()

    def pause(self, seconds: float) -> None:
        """Wait. Fault: cancelled."""
        if self._interrupted.wait(seconds):
            raise DriverError(FaultCode.CANCELLED)

    def interrupt(self) -> None:
        """End what is running with the fault ``cancelled``. From any thread."""
        self._interrupted.set()
        with self._lock:
            if self._socket is not None:
                with contextlib.suppress(OSError):
                    self._socket.shutdown(socket.SHUT_RDWR)

    def ask(self, head: bytes, document: bytes = b"") -> ipp.Answer:
        """One request and its answer. Faults: document-printer-absent, device-configuration (wrong address),
        device-failed (no IPP answer), cancelled. LostBehindDocumentError when a document was sent whole."""
        connection = http.client.HTTPConnection(self._place.host, self._place.port, timeout=self._timeout)
        sent = False
        try:
            connection.connect()
            self._hold(connection.sock)
            headers = {"Content-Type": "application/ipp", "Accept": "application/ipp", "User-Agent": "kiosk"}
            connection.request("POST", self._place.path, body=head + document, headers=headers)
            sent = bool(document)
            with connection.getresponse() as response:
                body = response.read(_LARGEST_ANSWER + 1)
                if response.length and len(body) <= _LARGEST_ANSWER:
                    raise http.client.IncompleteRead(body)
        except (OSError, http.client.HTTPException) as error:
            if self._interrupted.is_set():
                raise DriverError(FaultCode.CANCELLED) from error
            if sent:
                raise LostBehindDocumentError from error
            raise DriverError(FaultCode.DOCUMENT_PRINTER_ABSENT, {"error": type(error).__name__}) from error
        finally:
            self._hold(None)
            connection.close()
        return _read(response.status, body, int.from_bytes(head[4:8], "big"))

    def _hold(self, line: socket.socket | None) -> None:
        with self._lock:
            self._socket = line
        if line is not None and self._interrupted.is_set():
            raise DriverError(FaultCode.CANCELLED)


def _read(status: int, body: bytes, request_id: int) -> ipp.Answer:
    if status in _SETUP:
        raise wrong("address", "a path that prints")
    if status != http.HTTPStatus.OK or len(body) > _LARGEST_ANSWER:
        raise DriverError(FaultCode.DEVICE_FAILED, {"http": str(status)})
    try:
        answer = ipp.answer(body)
    except ipp.IppError as error:
        raise DriverError(FaultCode.DEVICE_FAILED, {"ipp": "malformed"}) from error
    if answer.request_id != request_id:
        raise DriverError(FaultCode.DEVICE_FAILED, {"ipp": "stranger"})
    return answer
