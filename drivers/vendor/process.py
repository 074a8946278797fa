"""A maker's library at arm's length: a process that may crash or hang without anybody noticing but the caller.

A library that faults takes its whole process with it, and a call that hangs cannot be cancelled. So every question
has a time limit; a process that breaks it, or dies, is buried, and the next question starts another. For the
worker's thread only.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from drivers.child import Child, ChildLostError
from drivers.child_talk import Call, Done, HireLibrary

START_SECONDS = 4.0  # to be up and have the library loaded
_NOTHING: Mapping[str, str] = MappingProxyType({})


class VendorLostError(Exception):
    """The library did not answer: ``missing`` (it cannot be loaded), ``crashed``, ``hung`` or ``garbled``.

    ``detail`` is a signal's or symbol's name. Stays inside the drivers."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason} {detail}".rstrip())
        self.reason, self.detail = reason, detail


class VendorProcess:
    """One library of one ``trade`` (the module that knows its calls), asked one question at a time."""

    def __init__(self, trade: str, library: str, settings: Mapping[str, str] = _NOTHING) -> None:
        self._hire = HireLibrary(trade, library, MappingProxyType(dict(settings)))
        self._child: Child | None = None
        self.starts = 0

    @property
    def pid(self) -> int | None:
        """The process that runs now, if any."""
        return None if self._child is None else self._child.pid

    def ask(self, do: str, seconds: float, **more: bytes) -> dict[str, Any]:
        """The library's answer. VendorLostError after which the next question finds a fresh process."""
        try:
            child = self._child or self._start()
            answer = self._call(child, seconds, "obey", {"do": do, **more})
            if not isinstance(answer, dict):
                raise VendorLostError("garbled")
        except VendorLostError:
            self.close()
            raise
        return answer

    def close(self) -> None:
        """End the process at once: idempotent, bounded, never raises."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.end()

    def _start(self) -> Child:
        try:
            self._child = child = Child(self._hire, quiet=True)
        except OSError as error:
            raise VendorLostError("missing", "process") from error
        self.starts += 1
        if missing := self._call(child, START_SECONDS, "load"):
            raise VendorLostError("missing", str(missing))
        return child

    def _call(self, child: Child, seconds: float, method: str, *args: object) -> Any:
        try:
            child.send(Call(method, args, {}))
            answer = child.hear(seconds)
        except ChildLostError as error:
            raise VendorLostError(error.why, error.ended) from None
        if not isinstance(answer, Done):
            raise VendorLostError("crashed", "bug")
        return answer.value
