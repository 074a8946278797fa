"""What an ESC/POS printer says back: real-time status (DLE EOT), automatic status (GS a) and in-order status (GS r).

Pure: bytes in, typed values out. Bytes that belong to no answer are dropped, because printers push XON, XOFF and line
noise at any moment, also in the middle of a longer answer.
"""

from dataclasses import dataclass

from kiosk.contracts.device import Supply
from kiosk.faults import FaultCode

STATUS_QUERIES = (b"\x10\x04\x01", b"\x10\x04\x02", b"\x10\x04\x03", b"\x10\x04\x04")
AUTO_STATUS_ON = b"\x1d\x61\x0e"  # changes of online, error and paper
BARRIER = b"\x1d\x72\x01"  # answered when everything before it has been worked off
_XON, _XOFF = 0x11, 0x13


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """What the printer's sensors say, all at once."""

    offline: bool = False
    cover_open: bool = False
    feed_pressed: bool = False
    near_end: bool = False
    paper_end: bool = False
    cutter_error: bool = False
    mechanical: bool = False
    unrecoverable: bool = False
    overheated: bool = False

    def fault(self) -> FaultCode | None:
        """Why it cannot print, the cause that a hand must mend first; None when it can. An open cover comes first,
        because the paper sensors sit in it."""
        causes = (
            (self.cover_open, FaultCode.COVER_OPEN),
            (self.cutter_error, FaultCode.CUTTER_JAM),
            (self.unrecoverable, FaultCode.DEVICE_FAILED),
            (self.overheated, FaultCode.PRINTER_OVERHEATED),
            (self.mechanical, FaultCode.PRINTER_JAM),
            (self.paper_end, FaultCode.PAPER_OUT),
            (self.feed_pressed, FaultCode.DEVICE_BUSY),
            (self.offline, FaultCode.DEVICE_FAILED),
        )
        return next((code for true, code in causes if true), None)

    def supply(self) -> Supply:
        """The paper."""
        if self.paper_end:
            return Supply.OUT
        return Supply.LOW if self.near_end else Supply.FULL


@dataclass(frozen=True, slots=True)
class RealTime:
    """One byte that answers a DLE EOT; which one, only the order of asking tells."""

    byte: int


@dataclass(frozen=True, slots=True)
class AutoStatus:
    """Four bytes that the printer pushed by itself."""

    status: PrinterStatus


@dataclass(frozen=True, slots=True)
class BarrierReached:
    """The answer to GS r: everything before it is on paper."""

    paper_end: bool


Answer = RealTime | AutoStatus | BarrierReached


def status_from_real_time(printer: int, offline: int, error: int, paper: int) -> PrinterStatus:
    """The four answers to DLE EOT 1, 2, 3 and 4 as one status."""
    return PrinterStatus(
        offline=bool(printer & 0x08),
        cover_open=bool(offline & 0x04),
        feed_pressed=bool(offline & 0x08),
        near_end=bool(paper & 0x0C),
        paper_end=bool(offline & 0x20 or paper & 0x60),
        cutter_error=bool(error & 0x08),
        mechanical=bool(error & 0x04),
        unrecoverable=bool(error & 0x20),
        overheated=bool(error & 0x40),
    )


def status_from_push(pushed: bytes) -> PrinterStatus:
    """The four bytes of an automatic status."""
    first, second, third = pushed[:3]
    return PrinterStatus(
        offline=bool(first & 0x08),
        cover_open=bool(first & 0x20),
        feed_pressed=bool(first & 0x40),
        near_end=bool(third & 0x03),
        paper_end=bool(third & 0x0C),
        cutter_error=bool(second & 0x08),
        mechanical=bool(second & 0x04),
        unrecoverable=bool(second & 0x20),
        overheated=bool(second & 0x40),
    )


class AnswerDecoder:
    """Takes what arrives in any portions and tells the answers apart by their fixed bits."""

    def __init__(self) -> None:
        self._push = bytearray()

    def feed(self, data: bytes) -> tuple[Answer, ...]:
        """The answers that are complete with these bytes."""
        return tuple(answer for byte in data if (answer := self._one(byte)) is not None)

    def _one(self, byte: int) -> Answer | None:
        if byte in (_XON, _XOFF) or byte & 0x80:
            return None
        if byte & 0x93 == 0x12:
            return RealTime(byte)
        if byte & 0x93 == 0x10:
            self._push[:] = bytes((byte,))
            return None
        if byte & 0x90:
            return None
        if not self._push:
            return BarrierReached(paper_end=bool(byte & 0x0C))
        self._push.append(byte)
        if len(self._push) < 4:
            return None
        status = status_from_push(bytes(self._push))
        self._push.clear()
        return AutoStatus(status)
