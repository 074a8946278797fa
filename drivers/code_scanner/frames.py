"""What a scanner on a serial line sends, cut into codes: pure, bytes in, codes out.

A code counts only when it came whole. Half a code is still a number, and a wrong one: what was not ended is dropped.
"""

from dataclasses import dataclass, field
from enum import Enum

from drivers.code_scanner.decode import MAX_PAYLOAD, Found
from kiosk.contracts.code_scanner import Symbology

STX, ETX, CR, LF = 0x02, 0x03, 0x0D, 0x0A
GAP = 0.25  # seconds of silence inside a code, after which the rest will not come; USB hubs pause for a tenth
AIM = {b"]Q": Symbology.QR, b"]C": Symbology.CODE128}  # ISO/IEC 15424: what some scanners put in front


class Ending(Enum):
    """How the scanner is programmed to end a code."""

    CR = "cr"  # or LF, or both
    ETX = "etx"  # after an STX in front
    GAP = "gap"  # with nothing: a pause ends it. Cannot tell a code from half a code


@dataclass(slots=True)
class Frames:
    """The line's memory between two reads. Times are monotonic seconds of whoever calls."""

    ending: Ending
    aim: bool = False
    _held: bytearray = field(default_factory=bytearray)
    _at: float = 0.0
    _skipping: bool = False
    broken: int = 0

    def clear(self) -> None:
        """What came before is not meant for whoever asks now."""
        self._held.clear()
        self._skipping = False
        self.broken = 0

    def feed(self, data: bytes, now: float) -> tuple[Found, ...]:
        """Bytes as they came at ``now``, or none of them; every code that is whole by then."""
        found = list(self._quiet(now))
        if data:
            self._at = now
        for byte in data:
            found += self._byte(byte)
        return tuple(found)

    def _quiet(self, now: float) -> tuple[Found, ...]:
        if now - self._at < GAP or not (self._held or self._skipping):
            return ()
        if self.ending is Ending.GAP and not self._skipping:
            return self._whole()
        self._drop()
        self._skipping = False
        return ()

    def _byte(self, byte: int) -> tuple[Found, ...]:
        if self.ending is Ending.ETX and byte == STX:
            if self._held:
                self._drop()
            self._skipping = False
            self._held.append(byte)
            return ()
        ends = byte == ETX if self.ending is Ending.ETX else self.ending is Ending.CR and byte in (CR, LF)
        if ends:
            skipped, self._skipping = self._skipping, False
            return () if skipped or not self._held else self._whole()
        if self._skipping or (self.ending is Ending.ETX and not self._held):
            return ()  # outside of any code
        self._held.append(byte)
        if len(self._held) > MAX_PAYLOAD + 4:
            self._drop()
            self._skipping = True
        return ()

    def _whole(self) -> tuple[Found, ...]:
        data = bytes(self._held)
        self._held.clear()
        if self.ending is Ending.ETX:
            data = data[1:]
        kind = Symbology.OTHER
        if self.aim and len(data) >= 3 and data[:1] == b"]":
            kind, data = AIM.get(data[:2], Symbology.OTHER), data[3:]
        if not data or len(data) > MAX_PAYLOAD:
            self.broken += 1
            return ()
        return (Found(data, kind),)

    def _drop(self) -> None:
        self.broken += 1
        self._held.clear()
