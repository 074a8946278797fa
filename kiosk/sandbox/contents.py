"""What a file is, by its content: a picture of a known kind or a PDF. What its name or its sender says counts for
nothing."""

import re
import zlib
from itertools import pairwise

JPEG, PNG, PDF = "image/jpeg", "image/png", "application/pdf"
_PNG = b"\x89PNG\r\n\x1a\n"
_LARGEST_SIDE, _LARGEST_RAW = 10_000, 40 * 1024 * 1024
_PAGE = re.compile(rb"/Type\s*/Page(?![a-zA-Z])")


def media_type(data: bytes) -> str | None:
    """The media type, or None for whatever is none of the three or not whole."""
    if data.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in data[-4096:]:
        return JPEG
    if data.startswith(_PNG) and png_pixels(data) is not None:
        return PNG
    if data.startswith(b"%PDF-") and b"%%EOF" in data[-4096:]:
        return PDF
    return None


def pages(data: bytes) -> int:
    """Pages of a PDF as far as they are told in clear; one for a picture."""
    return max(1, min(200, len(_PAGE.findall(data)))) if data.startswith(b"%PDF-") else 1


def is_signature(data: bytes) -> bool:
    """A whole PNG of sensible size on which something is drawn."""
    raw = png_pixels(data, largest_side=2_000)
    return raw is not None and any(a != b for a, b in pairwise(_rows(data, raw)))


def png_pixels(data: bytes, largest_side: int = _LARGEST_SIDE) -> bytes | None:
    """The filtered rows of a PNG whose every piece has its right checksum; None for anything else."""
    size = _header(data)
    if size is None or not all(0 < side <= largest_side for side in size):
        return None
    packed, at = [], len(_PNG)
    while at + 12 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        body = data[at + 8 : at + 8 + length]
        if len(body) < length or zlib.crc32(kind + body) != int.from_bytes(data[at + 8 + length : at + 12 + length]):
            return None
        if kind == b"IDAT":
            packed.append(body)
        if kind == b"IEND":
            return _unpacked(b"".join(packed))
        at += 12 + length
    return None


def _header(data: bytes) -> tuple[int, int] | None:
    if not data.startswith(_PNG) or data[12:16] != b"IHDR" or len(data) < 45:
        return None
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def _unpacked(packed: bytes) -> bytes | None:
    # Bounded, or a small file could unfold into all the memory there is.
    unpacking = zlib.decompressobj()
    try:
        raw = unpacking.decompress(packed, _LARGEST_RAW)
    except zlib.error:
        return None
    return raw if raw and unpacking.eof else None


def _rows(data: bytes, raw: bytes) -> list[bytes]:
    height = int.from_bytes(data[20:24], "big")
    width = max(1, len(raw) // height)
    # The byte in front of each row names its filter; an empty sheet is the same row again and again behind the first.
    return [raw[at + 1 : at + width] for at in range(width, len(raw), width)]
