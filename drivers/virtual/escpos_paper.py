"""Paper under a print head: a line is composed of cells, printed when it is fed, and cut off below the head."""

from pathlib import Path

import numpy as np
from PIL import Image

from .escpos_glyphs import Dots

CUTTER_GAP = 96  # dots between head and knife: what was printed last is still inside when the knife falls
LONGEST = 60_000  # dots on one piece; a real roll would be empty long before


class Paper:
    """A strip of dots, ``width`` wide. Knows nothing of commands."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._strips: list[Dots] = [_blank(CUTTER_GAP, width)]

    @property
    def height(self) -> int:
        """Dots fed since the last cut, the gap to the knife included."""
        return sum(len(strip) for strip in self._strips)

    @property
    def printed(self) -> bool:
        """Whether anything black is on it."""
        return any(bool(strip.any()) for strip in self._strips)

    def feed(self, dots: int) -> None:
        """Blank paper."""
        if dots > 0 and self.height < LONGEST:
            self._strips.append(_blank(dots, self.width))

    def print(self, dots: Dots, left: int) -> None:
        """Burn dots into the paper from ``left`` on; what stands over the edge is lost."""
        if self.height >= LONGEST:
            return
        strip = _blank(len(dots), self.width)
        shown = dots[:, : max(0, self.width - left)]
        strip[:, left : left + shown.shape[1]] = shown
        self._strips.append(strip)

    def cut(self) -> Dots:
        """Let the knife fall: returns the piece below it; what lies between head and knife begins the next one."""
        whole = np.concatenate(self._strips)
        self._strips = [whole[-CUTTER_GAP:]]
        return whole[:-CUTTER_GAP]

    def tear(self) -> Dots:
        """A hand tears everything off, pulling the last lines out."""
        whole = np.concatenate(self._strips)
        self._strips = [_blank(CUTTER_GAP, self.width)]
        return whole


class Line:
    """The line being composed: cells side by side, standing on one base."""

    def __init__(self, room: int) -> None:
        self.room = room
        self._cells: list[tuple[int, Dots]] = []
        self.x = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing was put on the line."""
        return not self._cells

    def fits(self, width: int) -> bool:
        """Whether another cell finds room."""
        return self.x + width <= self.room

    def put(self, dots: Dots, space: int = 0) -> None:
        """Set a cell and move on."""
        self._cells.append((self.x, dots))
        self.x += dots.shape[1] + space

    def dots(self) -> Dots:
        """The line as one strip, as high as its highest cell."""
        height = max(len(dots) for _, dots in self._cells)
        width = max(x + dots.shape[1] for x, dots in self._cells)
        strip = _blank(height, width)
        for x, dots in self._cells:
            strip[height - len(dots) :, x : x + dots.shape[1]] |= dots
        return strip


def scaled(dots: Dots, across: int, down: int) -> Dots:
    """Every dot ``across`` wide and ``down`` high, as a print head enlarges."""
    return np.repeat(np.repeat(dots, down, axis=0), across, axis=1)


def bits_by_row(data: bytes, bytes_across: int, rows: int) -> Dots:
    """Raster data: rows of bytes, the highest bit is the leftmost dot."""
    packed = np.frombuffer(data, dtype=np.uint8, count=bytes_across * rows).reshape(rows, bytes_across)
    return np.unpackbits(packed, axis=1).astype(np.bool_)


def bits_by_column(data: bytes, bytes_down: int) -> Dots:
    """Column data: columns of bytes, the highest bit is the topmost dot."""
    return bits_by_row(data, bytes_down, len(data) // bytes_down).T


def save(dots: Dots, path: Path) -> None:
    """Write a piece of paper as a one-bit PNG, 203 dots an inch; the file appears complete or not at all."""
    draft = path.with_suffix(".part")
    picture = Image.fromarray(np.where(dots, 0, 255).astype(np.uint8)).convert("1", dither=Image.Dither.NONE)
    picture.save(draft, format="PNG", dpi=(203, 203))
    draft.replace(path)


def _blank(height: int, width: int) -> Dots:
    return np.zeros((height, width), dtype=np.bool_)
