"""A signature as it was written: strokes with their times, as lines without end of sharpness, and inside its picture.

The picture is what people look at and papers show. The strokes go along in a chunk of their own that every PNG reader
passes over, so that the two are one file with one digest and neither can be exchanged alone.
"""

import json
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .private import Private

CHUNK = b"stRk"  # PNG's naming: may be passed over, private, may be copied
MOST_POINTS = 20_000  # a minute of a fast hand; what is more was not written by one
MOST_SIDE = 10_000  # pad units
MOST_MS = 600_000
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_MOST_TEXT = 1_000_000  # bytes of the unpacked chunk


@dataclass(frozen=True, slots=True)
class InkPoint:
    """Where the pen was: pad units from the upper left, milliseconds since it first touched the pad."""

    x: int
    y: int
    ms: int


@dataclass(frozen=True, slots=True, repr=False)
class Ink(Private):
    """A signature: strokes in the order in which they were written, each with at least one point."""

    strokes: tuple[tuple[InkPoint, ...], ...]

    @property
    def duration_ms(self) -> int:
        """From the first touch to the last."""
        return self.strokes[-1][-1].ms - self.strokes[0][0].ms if self.strokes else 0


def ink_of(strokes: Sequence[Sequence[Sequence[float]]]) -> Ink | None:
    """What a pad gave as lists of [x, y, milliseconds]; None for what no hand can have written: no point, too many,
    outside of any pad, back in time. Points without a time count as written at once."""
    made: list[tuple[InkPoint, ...]] = []
    last = count = 0
    for stroke in strokes:
        points: list[InkPoint] = []
        for point in stroke:
            x, y, ms = round(point[0]), round(point[1]), round(point[2]) if len(point) > 2 else last
            count += 1
            sane = 0 <= x <= MOST_SIDE and 0 <= y <= MOST_SIDE and last <= ms <= MOST_MS
            if not sane or count > MOST_POINTS:
                return None
            last = ms
            points.append(InkPoint(x, y, ms))
        if points:
            made.append(tuple(points))
    return Ink(tuple(made)) if made else None


def as_svg(ink: Ink, pen: float = 6.0) -> str:
    """The signature as an SVG picture, cut to its bounds."""
    points = [point for stroke in ink.strokes for point in stroke]
    left, top = min(p.x for p in points) - pen, min(p.y for p in points) - pen
    wide, high = max(p.x for p in points) + pen - left, max(p.y for p in points) + pen - top
    paths = " ".join(
        f"M{stroke[0].x} {stroke[0].y}" + ("".join(f"L{p.x} {p.y}" for p in stroke[1:]) or "l0.1 0")
        for stroke in ink.strokes
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:g} {top:g} {wide:g} {high:g}">'
        f'<path d="{paths}" fill="none" stroke="#1B1A18" stroke-width="{pen:g}" stroke-linecap="round" '
        'stroke-linejoin="round"/></svg>'
    )


def with_ink(png: bytes, ink: Ink) -> bytes:
    """The picture with its strokes inside. ValueError when it is no PNG."""
    if not png.startswith(_SIGNATURE) or not png.endswith(b"IEND\xae\x42\x60\x82"):
        raise ValueError("not a PNG")
    rows = [[[p.x, p.y, p.ms] for p in stroke] for stroke in ink.strokes]
    data = zlib.compress(json.dumps({"v": 1, "strokes": rows}, separators=(",", ":")).encode(), 9)
    chunk = struct.pack(">I", len(data)) + CHUNK + data + struct.pack(">I", zlib.crc32(CHUNK + data))
    return png[:-12] + chunk + png[-12:]


def ink_in(png: bytes) -> Ink | None:
    """The strokes inside a picture; None when there are none that can be read."""
    for name, data in _chunks(png):
        if name == CHUNK:
            return _unpacked(data)
    return None


def _unpacked(data: bytes) -> Ink | None:
    try:
        text = zlib.decompressobj().decompress(data, _MOST_TEXT)
        held = json.loads(text)
        return ink_of(held["strokes"]) if held["v"] == 1 else None
    except (zlib.error, ValueError, KeyError, TypeError, IndexError, OverflowError, RecursionError):
        return None


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and content of every chunk whose check fits, up to the first that does not."""
    at = len(_SIGNATURE)
    while png.startswith(_SIGNATURE) and at + 12 <= len(png):
        (length,) = struct.unpack_from(">I", png, at)
        name, data = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        check = png[at + 8 + length : at + 12 + length]
        if len(data) != length or check != struct.pack(">I", zlib.crc32(name + data)):
            return
        yield name, data
        at += 12 + length
