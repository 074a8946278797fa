"""A line that misbehaves, byte by byte, between a terminal and a real platform."""

import contextlib
import socket
import struct
import threading
from collections.abc import Callable
from enum import Enum
from urllib.parse import urlsplit


class Weather(Enum):
    """What happens to a request and its answer. ``REACHES`` below: those in which the platform has acted."""

    FAIR = "fair"
    RESET_AT_ONCE = "reset at once"
    RESET_BEFORE = "reset when the request was read"
    RESET_AFTER = "reset instead of the answer"
    CLOSE_AFTER = "closed instead of the answer"
    HALF_OPEN = "silence, the line stays open"
    SILENCE_AFTER = "silence after the platform has acted"
    SLOW_HEAD = "a byte now and then, from the first"
    SLOW_BODY = "a byte now and then, in the body"
    TRUNCATED = "half of the body, then closed"
    TOO_LONG = "a Content-Length that is too large"
    TOO_SHORT = "a Content-Length that is too small"
    WRONG_JSON = "a body that is no JSON"
    OTHER_JSON = "JSON that says something else"
    PORTAL = "a login page with 200"
    PORTAL_403 = "a login page with 403"
    REDIRECT = "a redirect to a login page"
    BUSY = "429 with Retry-After"
    BARE_500 = "500 without the problem shape"
    GATEWAY_502 = "502 of a gateway"
    GATEWAY_503 = "503 of a gateway"
    GATEWAY_504 = "504 of a gateway"


REACHES = frozenset(Weather) - {
    Weather.RESET_AT_ONCE, Weather.RESET_BEFORE, Weather.HALF_OPEN, Weather.PORTAL, Weather.PORTAL_403,
    Weather.REDIRECT, Weather.BUSY, Weather.BARE_500, Weather.GATEWAY_502, Weather.GATEWAY_503, Weather.GATEWAY_504,
}  # fmt: skip
_PORTAL = b"<html><body>Please sign in to use this network.</body></html>"
_PROBLEM = b'{"type":"urn:qiban:problem:rate-limited","title":"x","status":429,"code":"rate-limited","retry":"after"}'
_CONTRACT = "Kiosk-Contract: 1.0\r\n"
_CANNED = {
    Weather.PORTAL: ("200 OK", "", _PORTAL),
    Weather.PORTAL_403: ("403 Forbidden", "", _PORTAL),
    Weather.REDIRECT: ("302 Found", "Location: http://login.invalid/\r\n", b""),
    Weather.BUSY: ("429 Too Many Requests", _CONTRACT + "Retry-After: 1\r\n", _PROBLEM),
    Weather.BARE_500: ("500 Internal Server Error", _CONTRACT, b"Internal Server Error"),
    Weather.GATEWAY_502: ("502 Bad Gateway", "", b"bad gateway"),
    Weather.GATEWAY_503: ("503 Service Unavailable", "Retry-After: 1\r\n", b"unavailable"),
    Weather.GATEWAY_504: ("504 Gateway Timeout", "", b"timeout"),
}
_SILENT = (Weather.HALF_OPEN, Weather.SILENCE_AFTER)
_DRIP_SECONDS = 0.3  # the shortest answer takes longer than the deadline of these tests


class Proxy:
    """One listening line to ``upstream``. ``weather`` applies to requests that ``only`` picks, ``times`` times."""

    def __init__(self, upstream: str) -> None:
        parts = urlsplit(upstream)
        self._upstream = (parts.hostname or "", parts.port or 80)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._lock = threading.Condition()
        self._weather, self._times = Weather.FAIR, 0
        self._only: Callable[[str, str], bool] = lambda method, path: True
        self.hits = 0  # requests that the weather has met
        self._holds: Callable[[str, str], bool] | None = None
        self._free = 0
        self.held = 0  # requests that wait on the way
        self._ended = threading.Event()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._accepting = threading.Thread(target=self._accept, name="proxy")
        self._accepting.start()

    def set(self, weather: Weather, only: Callable[[str, str], bool] | None = None, times: int = 1_000_000) -> None:
        """Change the weather; also cuts lines that are silent in the old one."""
        with self._lock:
            self._weather, self._times, self.hits = weather, times, 0
            self._only = only or (lambda method, path: True)
            self._lock.notify_all()
            if weather is Weather.RESET_AT_ONCE:
                self._cut()

    def wait_hit(self, seconds: float = 60.0) -> None:
        """Wait until the weather has met a request."""
        with self._lock:
            assert self._lock.wait_for(lambda: self.hits > 0, seconds), "nothing met the weather"

    def hold(self, only: Callable[[str, str], bool], after: int = 0) -> None:
        """A line so slow that nothing arrives: requests that ``only`` picks, all but the first ``after``, wait on the
        way, whole and unharmed, until ``release``."""
        with self._lock:
            self._holds, self._free = only, after

    def release(self) -> None:
        """What waits on the way goes on."""
        with self._lock:
            self._holds = None
            self._lock.notify_all()

    def wait_held(self, count: int = 1, seconds: float = 60.0) -> None:
        """Wait until so many requests are held."""
        with self._lock:
            assert self._lock.wait_for(lambda: self.held >= count, seconds), "nothing was held"

    def move(self, upstream: str) -> None:
        """The platform came back somewhere else."""
        parts = urlsplit(upstream)
        self._upstream = (parts.hostname or "", parts.port or 80)

    def close(self) -> None:
        """End, with every line."""
        self._ended.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._accepting.join()
        with self._lock:
            self._lock.notify_all()
            self._cut()
        for thread in self._threads:
            thread.join()

    def _cut(self) -> None:
        for line in self._open:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while not self._ended.is_set():
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self._open.add(line)
            thread = threading.Thread(target=self._serve, args=(line,), name="proxy-line")
            self._threads.append(thread)
            thread.start()

    def _serve(self, line: socket.socket) -> None:
        try:
            with contextlib.suppress(OSError, ConnectionError):
                if self._met("", "") is Weather.RESET_AT_ONCE:
                    _reset(line)
                    return
                while (request := _message(line)) is not None:
                    if not self._pass(line, request):
                        return
        finally:
            with self._lock:
                self._open.discard(line)
            line.close()

    def _met(self, method: str, path: str) -> Weather:
        with self._lock:
            at_once = self._weather is Weather.RESET_AT_ONCE
            if self._times <= 0 or (not method) != at_once or (method and not self._only(method, path)):
                return Weather.FAIR
            if self._weather is not Weather.FAIR:
                self._times -= 1
                self.hits += 1
                self._lock.notify_all()
            return self._weather

    def _wait_if_held(self, method: str, path: str) -> None:
        with self._lock:
            if self._holds is None or not self._holds(method, path):
                return
            self._free -= 1
            if self._free >= 0:
                return
            self.held += 1
            self._lock.notify_all()
            self._lock.wait_for(lambda: self._holds is None or self._ended.is_set())
            self.held -= 1

    def _pass(self, line: socket.socket, request: bytes) -> bool:
        """Whether the line stays usable."""
        method, path = request.split(b" ", 2)[:2]
        self._wait_if_held(method.decode(), path.decode())
        weather = self._met(method.decode(), path.decode())
        if weather is Weather.RESET_BEFORE:
            _reset(line)
            return False
        if weather is Weather.HALF_OPEN:
            self._be_silent(line)
            return False
        if weather in _CANNED:
            status, headers, body = _CANNED[weather]
            head = f"HTTP/1.1 {status}\r\n{headers}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
            line.sendall(head.encode() + body)
            return False
        with socket.create_connection(self._upstream) as platform:
            with self._lock:
                self._open.add(platform)
            try:
                platform.sendall(request)
                answer = _message(platform, answers=method.decode())
            finally:
                with self._lock:
                    self._open.discard(platform)
        if answer is None:
            return False
        return self._give(line, answer, weather)

    def _give(self, line: socket.socket, answer: bytes, weather: Weather) -> bool:
        head, _, body = answer.partition(b"\r\n\r\n")
        if weather is Weather.RESET_AFTER:
            _reset(line)
        elif weather is Weather.SILENCE_AFTER:
            self._be_silent(line)
        elif weather is Weather.SLOW_HEAD:
            self._drip(line, answer)
        elif weather is Weather.SLOW_BODY:
            line.sendall(head + b"\r\n\r\n")
            self._drip(line, body)
        elif weather is Weather.TRUNCATED:
            line.sendall(head + b"\r\n\r\n" + body[: len(body) // 2])
        elif weather is Weather.TOO_LONG:
            line.sendall(_with_length(head, len(body) + 10) + body)
        elif weather is Weather.TOO_SHORT:
            line.sendall(_with_length(head, max(0, len(body) - 5)) + body)
        elif weather is Weather.WRONG_JSON:
            line.sendall(_with_length(head, 12) + b"{\xff\xfe nonsense"[:12])
        elif weather is Weather.OTHER_JSON:
            line.sendall(_with_length(head, 15) + b'{"other":"way"}')
        elif weather is Weather.FAIR:
            line.sendall(answer)
            return True
        return False

    def _be_silent(self, line: socket.socket) -> None:
        """Until the other side gives up or the weather changes."""
        line.settimeout(0.05)
        with self._lock:
            weather = self._weather
        while not self._ended.is_set() and self._weather is weather:
            try:
                if not line.recv(1):
                    return
            except TimeoutError:
                continue

    def _drip(self, line: socket.socket, data: bytes) -> None:
        for position in range(len(data)):
            if self._ended.wait(_DRIP_SECONDS):
                return
            line.sendall(data[position : position + 1])


def _reset(line: socket.socket) -> None:
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    line.close()


def _with_length(head: bytes, length: int) -> bytes:
    lines = [one for one in head.split(b"\r\n") if not one.lower().startswith(b"content-length")]
    return b"\r\n".join(lines) + b"\r\nContent-Length: %d\r\n\r\n" % length


def _message(line: socket.socket, answers: str = "") -> bytes | None:
    """One request, or the answer to a request with the method ``answers``; None when the line is closed."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = line.recv(65536)
        if not piece:
            return None
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    length = 0
    for one in head.split(b"\r\n")[1:]:
        name, _, value = one.partition(b":")
        if name.strip().lower() == b"content-length":
            length = int(value)
    if answers == "HEAD":
        length = 0
    while len(body) < length:
        piece = line.recv(65536)
        if not piece:
            return None
        body += piece
    return head + b"\r\n\r\n" + body
