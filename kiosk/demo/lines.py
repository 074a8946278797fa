"""Lines of JSON over a socket: the virtual hall's control channel and the pilots of the windows speak it."""

import json
import socket
from typing import Any

from .processes import DemoError

_PAINTED = 300.0  # seconds; a scene before a camera is painted when it is first shown, on a busy machine for minutes


class Line:
    """One question, one answer, in order."""

    def __init__(self, end: socket.socket, name: str) -> None:
        self._end, self._name, self._id = end, name, 0
        self._file = end.makefile("rb")

    @classmethod
    def to(cls, address: str, name: str) -> "Line":
        """Connect to ``tcp:HOST:PORT``."""
        _, host, port = address.split(":")
        return cls(socket.create_connection((host, int(port)), 10), name)

    def ask(self, seconds: float = 60, **message: Any) -> Any:
        """The value of the answer; DemoError says what went wrong in one line."""
        self._id += 1
        self._end.settimeout(seconds)
        try:
            self._end.sendall(json.dumps({"id": self._id, **message}, ensure_ascii=False).encode() + b"\n")
            line = self._file.readline()
        except OSError as error:
            raise DemoError(f"{self._name} does not answer: {error}") from error
        if not line:
            raise DemoError(f"{self._name} has gone")
        answer = json.loads(line)
        if not answer.get("ok"):
            raise DemoError(f"{self._name}: {answer.get('error', 'refused')}")
        return answer.get("value")

    def close(self) -> None:
        """Hang up."""
        self._file.close()
        self._end.close()


class Hall:
    """The virtual devices of the hall."""

    def __init__(self, address: str) -> None:
        self._line = Line.to(address, "virtual hall")

    def do(self, device: str, verb: str, **args: Any) -> Any:
        """Poke one device."""
        return self._line.ask(_PAINTED, device=device, do=verb, args=args)

    def close(self) -> None:
        """Hang up."""
        self._line.close()
