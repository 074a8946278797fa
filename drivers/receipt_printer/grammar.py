"""A laid-out receipt as the bytes of a job, cut into slices that the driver sends and has confirmed one by one.

python-escpos writes the commands it has; what it writes is only collected here, never sent by it.
"""

import logging
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageChops

from drivers.paper import Face
from kiosk.contracts.printing import Receipt

from .layout import Element, Gap, Layout, Roll, Row
from .raster import Raster, text_width
from .text import CELL, CHINESE_ON, ChineseType, columns, row_bytes


def _library() -> Any:
    """The library's collecting printer. Importing it sets up logging for the whole process and pickles its tables
    into a folder that anybody may write to: both are kept from happening."""
    root, usual = logging.getLogger(), tempfile.tempdir
    handlers = root.handlers[:]
    with tempfile.TemporaryDirectory() as folder:
        tempfile.tempdir = folder  # it makes its folder even when it is told another one
        try:
            from escpos.printer import Dummy
        finally:
            tempfile.tempdir = usual
            root.handlers[:] = handlers
    return Dummy


_Collector = _library()
_SLICE_DOTS = 200  # 25 mm: as much paper as may be unconfirmed twice over
_PIECE_ROWS = 240
_BAND_ROWS = 24  # one pass of most heads
_LONGEST_FEED = 255
_AIR = 8  # between a picture and a line of the printer's own type, which stands at the top of its pitch
_CUT = b"\x1d\x56\x42\x00"  # feed to the knife, cut but for one point
_FEED_TO_EDGE = b"\x1b\x64\x05"


@dataclass(frozen=True, slots=True, repr=False)
class Slice:
    """Bytes that end between two commands, and how much paper they take."""

    data: bytes
    dots: int


def roll(width: int, chinese: ChineseType) -> Roll:
    """The roll of that many dots, set in the printer's own type or drawn."""
    margin = 12 if width > 400 else 0
    if chinese is ChineseType.NONE:
        return Roll(width, margin, 26, 44, 9, Face.SANS, Face.SANS_BOLD)
    return Roll(width, margin, 24, 40, 0, Face.MONO, Face.MONO_BOLD)


def laid_out(receipt: Receipt, paper: Roll, chinese: ChineseType) -> tuple[Element, ...]:
    """The receipt on that roll, measured by the type in which it will be set."""

    def measure(text: str, face: Face) -> int:
        return text_width(text, face, paper.size) if chinese is ChineseType.NONE else columns(text) * CELL

    return Layout(paper, measure, text_width).lay_out(receipt)


def job(receipt: Receipt, width: int, chinese: ChineseType, *, cutter: bool) -> tuple[Slice, ...]:
    """The whole job of a receipt, without what the driver asks between the slices."""
    paper = roll(width, chinese)
    elements = laid_out(receipt, paper, chinese)
    end = Slice(_CUT if cutter else _FEED_TO_EDGE, 0)
    return _gathered((_begin(paper, chinese), *_Composer(paper, chinese).slices(elements), end))


def clean_cut(*, cutter: bool) -> bytes:
    """Parts the rest of a broken job from the next one."""
    return _CUT if cutter else _FEED_TO_EDGE


def _begin(paper: Roll, chinese: ChineseType) -> Slice:
    printer = _Collector()
    printer.hw("INIT")
    if chinese is not ChineseType.NONE:
        printer._raw(CHINESE_ON)
    printer._raw(bytes((0x1B, 0x33, paper.pitch)))
    return Slice(printer.output, 0)


class _Composer:
    """Turns elements into slices for one roll."""

    def __init__(self, paper: Roll, chinese: ChineseType) -> None:
        self._paper = paper
        self._chinese = chinese
        self._raster = Raster(paper)

    def slices(self, elements: Iterable[Element]) -> Iterator[Slice]:
        above: Element | None = None
        for element in elements:
            if isinstance(element, Row) and self._paper.lead == 0 and above and not isinstance(above, Row | Gap):
                yield _feed(_AIR)
            above = element
            if isinstance(element, Gap):
                yield _feed(element.dots)
                continue
            if isinstance(element, Row) and (line := row_bytes(element, self._paper, self._chinese)) is not None:
                yield Slice(line, self._paper.pitch)
                continue
            yield from _picture(self._raster.draw(element))


def _feed(dots: int) -> Slice:
    return Slice(bytes((0x1B, 0x4A, dots)), dots)


def _picture(image: Image.Image) -> Iterator[Slice]:
    """A picture in bands, each only as wide as its ink: white costs a feed, and a slow line carries half as much."""
    white = 0
    for top, bottom, width in _bands(image):
        if width == 0:
            white += bottom - top
            continue
        yield from _white(white)
        white = 0
        printer = _Collector(profile="TM-T20II")  # 576 dots wide, no narrower roll is refused
        printer.image(image.crop((0, top, width, bottom)), impl="bitImageRaster")
        yield Slice(_harmless(printer.output), bottom - top)
    yield from _white(white)


def _bands(image: Image.Image) -> Iterator[tuple[int, int, int]]:
    """Top, bottom and width in dots, a multiple of eight; neighbours of one width are one band as long as it is not
    too high. The width of white is 0."""
    begun: tuple[int, int, int] | None = None
    for top in range(0, image.height, _BAND_ROWS):
        bottom = min(top + _BAND_ROWS, image.height)
        inked = ImageChops.invert(image.crop((0, top, image.width, bottom)).convert("L")).getbbox()
        width = -(-inked[2] // 8) * 8 if inked else 0
        if begun and begun[2] == width and bottom - begun[0] <= _PIECE_ROWS:
            begun = (begun[0], bottom, width)
            continue
        if begun:
            yield begun
        begun = (top, bottom, width)
    if begun:
        yield begun


def _white(dots: int) -> Iterator[Slice]:
    for done in range(0, dots, _LONGEST_FEED):
        yield _feed(min(_LONGEST_FEED, dots - done))


def _harmless(raster: bytes) -> bytes:
    """Some printers obey the real-time commands DLE EOT, DLE ENQ and DLE DC4 even inside a picture. One more dot in
    the first of the two bytes, and the picture does not contain them."""
    for second in (b"\x04", b"\x05", b"\x14"):
        raster = raster.replace(b"\x10" + second, b"\x18" + second)
    return raster


def _gathered(pieces: Iterable[Slice]) -> tuple[Slice, ...]:
    """Neighbours joined until a slice holds its length of paper."""
    slices: list[Slice] = []
    data, dots = b"", 0
    for piece in pieces:
        data, dots = data + piece.data, dots + piece.dots
        if dots >= _SLICE_DOTS:
            slices.append(Slice(data, dots))
            data, dots = b"", 0
    if data:
        slices.append(Slice(data, dots))
    return tuple(slices)
