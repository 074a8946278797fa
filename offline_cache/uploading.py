"""Bringing bytes to the platform in pieces, named by their content: begins where the platform is, and goes on there
after every cut. The pieces shrink until one passes within a call's deadline: a slow line is not a dead one."""

from dataclasses import dataclass

from kiosk.faults import Fault, FaultCode

from . import wire
from .clock import PlatformClock
from .exchange import Call, Reply, Then, Trouble, call_for, says
from .uplink import Cancel, Lane

SMALLEST, FIRST, LARGEST = 8 * 1024, 256 * 1024, 1024 * 1024
SLICE = 4 * 1024 * 1024  # after this much, or a call's deadline, another case gets its turn
_QUICK = 0.25  # share of the deadline below which the next piece is larger


@dataclass(slots=True)
class Pieces:
    """How much passes in one call: what one thread has learned of the line is good for all that upload over it."""

    size: int = FIRST


class Uploader:
    """For one thread."""

    def __init__(self, lane: Lane, clock: PlatformClock, seconds: float, pieces: Pieces | None = None) -> None:
        self._lane, self._clock, self._seconds = lane, clock, seconds
        self._pieces = pieces or Pieces()
        self.begin()

    def begin(self) -> None:
        """The turn of another case."""
        self._sent, self._until = 0, self._clock.monotonic() + self._seconds

    @property
    def piece(self) -> int:
        """Bytes of the next piece."""
        return self._pieces.size

    def upload(self, blob_id: str, data: bytes, cancel: Cancel) -> Trouble | None:
        """None: the platform has all of it. Trouble with ``progress``: it has more than before, and the rest follows.

        Every offset is the platform's word.
        """
        asked = self._lane.send(call_for(wire.route("headBlob", sha256=blob_id)), self._seconds, cancel)
        if isinstance(asked, Reply):
            return None
        if not says(asked, "not-found"):
            return asked
        offset = _offset(asked.headers.get("Upload-Offset", ""), len(data)) or 0
        while offset < len(data):
            if self._turn_is_over():
                return Trouble(_more_to_come(), Then.AGAIN, heard=True, progress=True)
            outcome, before = self._send(blob_id, data, offset, cancel), offset
            if isinstance(outcome, Trouble):
                return outcome
            there = _offset(outcome.headers.get("Upload-Offset", ""), len(data))
            if there is None or there <= before:
                return Trouble(Fault(FaultCode.BROKEN_ANSWER, {"slug": "broken-answer"}), Then.AGAIN)
            self._sent += there - offset
            offset = there
        return None

    def _turn_is_over(self) -> bool:
        return self._sent >= SLICE or (self._sent > 0 and self._clock.monotonic() >= self._until)

    def _send(self, blob_id: str, data: bytes, offset: int, cancel: Cancel) -> Reply | Trouble:
        way = wire.route("patchBlob", sha256=blob_id)
        place = {"Upload-Offset": str(offset), "Upload-Length": str(len(data))}
        tried = self.piece
        piece = data[offset : offset + tried]
        call = Call(way.method, way.path, piece, content_type="application/octet-stream", headers=place)
        began = self._clock.monotonic()
        outcome = self._lane.send(call, self._seconds, cancel)
        if isinstance(outcome, Reply):
            if self._clock.monotonic() - began < self._seconds * _QUICK:
                self._pieces.size = min(LARGEST, tried * 2)
        elif not outcome.heard and outcome.fault.details.get("slug") == "deadline":
            self._pieces.size = max(SMALLEST, tried // 4)
        return outcome


def _more_to_come() -> Fault:
    return Fault(FaultCode.PLATFORM_BUSY, {"slug": "more-to-come"})


def _offset(text: str, length: int) -> int | None:
    good = text.isascii() and text.isdigit() and len(text) < 16
    return int(text) if good and int(text) <= length else None
