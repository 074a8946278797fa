"""The hand on the bench: a small client of the control channel, for tests, demonstrations and the command line."""

import json
import socket
from itertools import count
from types import TracebackType
from typing import Any, Self


class RefusedError(Exception):
    """The bench would not do what was asked; the text is its one line."""


class Control:
    """One connection to a bench, blocking; not for several threads at once.

    ``address`` is the ``control`` of the bench's ready file, for example ``tcp:127.0.0.1:41000``.
    """

    def __init__(self, address: str, timeout: float = 30.0) -> None:
        scheme, _, rest = address.partition(":")
        host, _, port = rest.rpartition(":")
        if scheme != "tcp" or not port.isdecimal():
            raise ValueError(f"not an address of a control channel: {address}")
        self._socket = socket.create_connection((host, int(port)), timeout=timeout)
        self._lines = self._socket.makefile("rb")
        self._numbers = count(1)

    def do(self, device: str, verb: str, **args: Any) -> Any:
        """Let a hand do something to a device and return what came of it. Raises RefusedError."""
        return self._ask({"device": device, "do": verb, "args": args})

    def list(self) -> dict[str, Any]:
        """Every device with its kind, state and verbs."""
        listed: dict[str, Any] = self._ask({"do": "list"})
        return listed

    def _ask(self, request: dict[str, Any]) -> Any:
        number = next(self._numbers)
        self._socket.sendall(json.dumps({"id": number, **request}, ensure_ascii=False).encode() + b"\n")
        line = self._lines.readline()
        if not line:
            raise ConnectionError("the bench hung up")
        answer = json.loads(line)
        if not answer["ok"]:
            raise RefusedError(answer["error"])
        return answer["value"]

    def close(self) -> None:
        """Hang up."""
        self._lines.close()
        self._socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
