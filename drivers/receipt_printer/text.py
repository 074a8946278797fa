"""Running text as bytes for a printer that carries Chinese type itself; everything else has to be drawn.

A printer's type covers two-byte codes. Four-byte codes come out as wrong signs and digits, so a line with a rare
character, or with a sign like ¥ that has no two-byte code, is never sent as text.
"""

import enum

from .layout import Roll, Row

CELL = 12  # dots of one column; a Chinese character takes two
CHINESE_ON = b"\x1c\x26"
_BOLD_ON, _BOLD_OFF = b"\x1b\x45\x01", b"\x1b\x45\x00"


class ChineseType(enum.Enum):
    """What Chinese type the printer carries; the value is the word in the configuration."""

    GBK = "gbk"
    GB18030 = "gb18030"
    NONE = "none"  # draws everything


def columns(text: str) -> int:
    """Columns of the text in the printer's own type."""
    return sum(1 if " " <= char <= "~" else 2 for char in text)


def encoded(text: str, chinese: ChineseType) -> bytes | None:
    """The bytes of a text, or None when this printer cannot set every character of it."""
    if chinese is ChineseType.NONE:
        return None
    out = bytearray()
    for char in text:
        if " " <= char <= "~":
            out += char.encode("ascii")
            continue
        try:
            code = char.encode("gb18030")
            if len(code) != 2 or (chinese is ChineseType.GBK and char.encode("gbk") != code):
                return None
        except UnicodeEncodeError:
            return None
        out += code
    return bytes(out)


def row_bytes(row: Row, roll: Roll, chinese: ChineseType) -> bytes | None:
    """One printed line with its line feed, or None when it has to be drawn."""
    left, right = encoded(row.left, chinese), encoded(row.right, chinese)
    if left is None or right is None:
        return None
    margin = b" " * (roll.margin // CELL)
    if not right:
        return margin + left + b"\n"
    white = roll.measure_width // CELL - columns(row.left) - columns(row.right)
    return margin + left + b" " * max(0, white) + _BOLD_ON + right + _BOLD_OFF + b"\n"
