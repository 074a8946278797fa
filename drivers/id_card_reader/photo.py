"""The photo on the card (WLT): a proprietary form that only a maker's decoder reads. Without one there is no picture,
and nobody pretends otherwise.

The decoder runs in a process of its own with a short time limit; when it fails, the card is read all the same.
"""

import struct
from typing import Protocol

from drivers.errors import DriverError
from drivers.vendor.process import VendorLostError, VendorProcess
from kiosk.faults import FaultCode

WIDTH, HEIGHT = 102, 126
DECODE_SECONDS = 2.0
_HEADER = 54  # bytes of a bitmap file before its pixels
_ROW = WIDTH * 3 + (-WIDTH * 3) % 4  # rows of a bitmap are filled up to four bytes
BARE = WIDTH * 3 * HEIGHT


class PhotoDecoder(Protocol):
    """Makes a picture of the 1024 bytes; ``failures`` counts those it could not make. Worker thread only."""

    at_hand: bool  # whether there is any decoder at all
    failures: int

    def decode(self, photo: bytes) -> bytes:
        """A bitmap file (BMP, 102 by 126, 24 bits), or nothing when it cannot be made; never raises."""

    def close(self) -> None:
        """Let go of the decoder."""


class NoDecoder:
    """There is none."""

    at_hand = False
    failures = 0

    def decode(self, photo: bytes) -> bytes:  # noqa: ARG002
        """Nothing."""
        return b""

    def close(self) -> None:
        """Nothing to let go of."""


class VendorDecoder:
    """A maker's library."""

    at_hand = True

    def __init__(self, library: str, kind: str) -> None:
        self._library = VendorProcess("photo", library, {"kind": kind})
        self.failures = 0

    def decode(self, photo: bytes) -> bytes:
        """See PhotoDecoder."""
        try:
            answer = self._library.ask("decode", DECODE_SECONDS, photo=photo)
            decoded = answer.get("picture")
            picture = portrait(decoded) if isinstance(decoded, bytes) else b""
        except VendorLostError:
            picture = b""
        self.failures += not picture
        return picture

    def close(self) -> None:
        """End its process."""
        self._library.close()


def decoder_for(library: str, kind: str) -> PhotoDecoder:
    """The decoder of a configuration: an absolute path of a library, or empty for none. Fault: device-configuration
    (details: key, allowed)."""
    if not library:
        return NoDecoder()
    if not library.startswith("/"):
        raise _wrong("photo", "absolute path of the maker's library")
    if not kind.isascii() or not kind.isdigit():
        raise _wrong("photo_kind", "a whole number")
    return VendorDecoder(library, kind)


def portrait(decoded: bytes) -> bytes:
    """What a decoder wrote as a bitmap file: a file already, or bare pixels from the top. Empty for anything else."""
    if decoded[:2] == b"BM":
        return decoded if _is_portrait(decoded) else b""
    if len(decoded) != BARE:
        return b""
    rows = [decoded[at : at + WIDTH * 3].ljust(_ROW, b"\0") for at in range(0, BARE, WIDTH * 3)]
    pixels = b"".join(reversed(rows))  # a bitmap begins with its lowest row
    head = struct.pack("<2sIHHI", b"BM", _HEADER + len(pixels), 0, 0, _HEADER)
    return head + struct.pack("<IiiHHIIiiII", 40, WIDTH, HEIGHT, 1, 24, 0, len(pixels), 0, 0, 0, 0) + pixels


def _is_portrait(file: bytes) -> bool:
    """Whether a bitmap file is one of a card's photo, wholly there: no length in it is trusted."""
    if len(file) != _HEADER + _ROW * HEIGHT:
        return False
    start, size, width, height, planes, bits, packing = struct.unpack("<IIiiHHI", file[10:34])
    usual = (start, size, width, planes, bits, packing) == (_HEADER, 40, WIDTH, 1, 24, 0)
    return usual and abs(height) == HEIGHT


def _wrong(key: str, allowed: str) -> DriverError:
    return DriverError(FaultCode.DEVICE_CONFIGURATION, {"key": f"devices.id_card_reader.{key}", "allowed": allowed})
