"""The dock's two lines to the outside: the bench's control channel and the reference platform's /sandbox. No Qt."""

import json
import socket
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any

PATIENCE = 5.0  # seconds for one press


class LineError(Exception):
    """It did not work; one line for the person who pressed."""


class BenchLine:
    """One connection to the bench, opened when first needed and again after it broke. One thread only."""

    def __init__(self, address: str) -> None:
        scheme, _, rest = address.partition(":")
        host, _, port = rest.rpartition(":")
        if scheme != "tcp" or not port.isdecimal():
            raise LineError(f"not an address of a control channel: {address}")
        self._at = (host, int(port))
        self._socket: socket.socket | None = None
        self._rest = b""

    def ask(self, action: str, device: str = "", args: Mapping[str, Any] | None = None) -> Any:
        """Send one request and return its value."""
        request: dict[str, Any] = {"id": 1, "do": action}
        if device:
            request |= {"device": device, "args": dict(args or {})}
        try:
            answer = json.loads(self._exchange(json.dumps(request, ensure_ascii=False).encode() + b"\n"))
        except (OSError, ValueError) as error:
            self.close()
            raise LineError(f"bench {self._at[0]}:{self._at[1]}: {error}") from error
        if not answer.get("ok"):
            raise LineError(str(answer.get("error", "refused")))
        return answer.get("value")

    def close(self) -> None:
        """Hang up."""
        if self._socket is not None:
            self._socket.close()
        self._socket, self._rest = None, b""

    def _exchange(self, request: bytes) -> bytes:
        if self._socket is None:
            self._socket = socket.create_connection(self._at, PATIENCE)
        self._socket.sendall(request)
        while b"\n" not in self._rest:
            data = self._socket.recv(65536)
            if not data:
                raise ConnectionError("the bench hung up")
            self._rest += data
        line, _, self._rest = self._rest.partition(b"\n")
        return line


def sandbox(base: str, method: str, path: str, body: Mapping[str, Any]) -> Any:
    """One request to the reference platform's control endpoints."""
    url = base.rstrip("/") + "/sandbox" + path
    if not url.startswith(("http://", "https://")):
        raise LineError(f"not an address of a platform: {base}")
    data = None if method == "GET" else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return json.loads(answer.read() or b"null")
    except urllib.error.HTTPError as error:
        error.close()
        raise LineError(f"platform: {error.code} {error.reason}") from error
    except (OSError, ValueError) as error:
        raise LineError(f"platform: {error}") from error
