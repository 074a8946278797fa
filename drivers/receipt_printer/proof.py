"""A receipt as a picture, without any printer: what whoever changes a paper wants to see."""

import io

from PIL import Image

from kiosk.contracts.printing import Receipt

from .grammar import laid_out, roll
from .layout import Gap
from .raster import Raster
from .text import ChineseType


def proof(receipt: Receipt, dots: int) -> bytes:
    """PNG of the receipt on a roll of so many dots, everything drawn."""
    return png(parts_of(receipt, dots), dots)


def png(parts: list[Image.Image], dots: int, air: int = 0) -> bytes:
    """Elements of one width below each other, with so many white dots above and below all of them."""
    whole = Image.new("1", (dots, sum(part.height for part in parts) + 2 * air), 1)
    down = air
    for part in parts:
        whole.paste(part, (0, down))
        down += part.height
    out = io.BytesIO()
    whole.save(out, "PNG")
    return out.getvalue()


def parts_of(receipt: Receipt, dots: int) -> list[Image.Image]:
    """Its elements from top to bottom, each as wide as the roll."""
    paper = roll(dots, ChineseType.NONE)
    raster = Raster(paper)
    return [
        Image.new("1", (dots, one.dots), 1) if isinstance(one, Gap) else raster.draw(one)
        for one in laid_out(receipt, paper, ChineseType.NONE)
    ]
