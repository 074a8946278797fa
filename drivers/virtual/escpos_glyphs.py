"""The printer's character memory: 24×24 dots for a Chinese character, 12×24 for a Latin one (9×17 in font B).

Drawn from the system's Noto Sans CJK; a character the memory does not have is an empty box, as on the real machine.
"""

from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from .device import BenchError

Dots = NDArray[np.bool_]
CELL = 24
FONT_FILE = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
BOLD_FILE = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc")
SANS_SC, MONO_SC = 2, 7  # the Simplified Chinese members of the collection
_WIDE_BASE, _NARROW_BASE = 0.86, 0.80  # Latin letters stand a little higher, so that g and y have their tails
_THRESHOLD = 110  # of 255: keeps the thin horizontals of dense characters at 24 dots


@cache
def font(size: int, *, bold: bool = False, member: int = SANS_SC) -> ImageFont.FreeTypeFont:
    """A Chinese font of the system. Raises BenchError when it is not installed."""
    try:
        return ImageFont.truetype(str(BOLD_FILE if bold else FONT_FILE), size, index=member)
    except OSError:
        raise BenchError("the font Noto Sans CJK is not installed (package fonts-noto-cjk)") from None


@lru_cache(maxsize=4096)
def glyph(character: str, width: int, height: int = CELL) -> Dots:
    """A character as dots in a cell; its baseline is where the character memory of a receipt printer has it."""
    size = height if width * 2 >= height else width * 2
    picture = Image.new("L", (width, height), 0)
    drawer = ImageDraw.Draw(picture)
    base = round(height * (_WIDE_BASE if width * 2 > height * 1.5 else _NARROW_BASE))
    drawer.text((width / 2, base), character, fill=255, font=font(size, member=MONO_SC), anchor="ms")
    return np.asarray(picture) > _THRESHOLD


@cache
def box(width: int, height: int = CELL) -> Dots:
    """What is printed for a code that has no character."""
    dots = np.zeros((height, width), dtype=np.bool_)
    dots[2 : height - 2, [1, width - 2]] = True
    dots[[2, height - 3], 1 : width - 1] = True
    return dots


def decode(data: bytes, *, chinese: bool, long_codes: bool) -> str:
    """The character of a code, or an empty string when the memory has none."""
    if len(data) == 1:
        if data[0] < 0x80:
            return data.decode("ascii")
        return "" if chinese else data.decode("cp437")
    try:
        character = data.decode("gb18030" if long_codes else "gbk")
    except UnicodeDecodeError:
        return ""
    return "" if 0xE000 <= ord(character) <= 0xF8FF else character  # private use: no glyph
