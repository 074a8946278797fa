"""What both printers share: the typefaces of the house, found as files, and QR codes as plain modules.

Fonts come from Debian's fonts-noto-cjk and are loaded by file, never through fontconfig, so that every terminal
prints the same shapes. A character that no face has is printed as 〓, the printers' own sign for a missing sort.
"""

import enum
import unicodedata
from functools import cache
from pathlib import Path

import segno
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from drivers.errors import DriverError
from kiosk.faults import FaultCode

FONT_FOLDERS = (Path("/usr/share/fonts/opentype/noto"), Path("/usr/share/fonts/noto-cjk"))
MISSING_SORT = "〓"


class Face(enum.Enum):
    """One face of the collection files: file name and number of the simplified Chinese face in it."""

    SANS = ("NotoSansCJK-Regular.ttc", 2)
    SANS_BOLD = ("NotoSansCJK-Bold.ttc", 2)
    MONO = ("NotoSansCJK-Regular.ttc", 7)
    MONO_BOLD = ("NotoSansCJK-Bold.ttc", 7)
    SERIF_BOLD = ("NotoSerifCJK-Bold.ttc", 2)

    @property
    def number(self) -> int:
        """Which face of the collection it is."""
        return self.value[1]

    @property
    def path(self) -> Path:
        """The file. Fault: device-configuration (details: the missing file)."""
        name = self.value[0]
        for folder in FONT_FOLDERS:
            if (folder / name).is_file():
                return folder / name
        raise DriverError(FaultCode.DEVICE_CONFIGURATION, {"missing": name})


@cache
def known(face: Face) -> frozenset[int]:
    """Every character the face can draw."""
    with TTFont(face.path, fontNumber=face.number, lazy=True) as font:
        return frozenset(font.getBestCmap())


def printable(text: str, face: Face = Face.SANS) -> str:
    """The text as it can stand on paper: no control codes (a printer would obey them), no invisible marks,
    white space as one plain space each, and 〓 where the face has no shape."""
    kept: list[str] = []
    for char in text:
        if char.isspace():
            kept.append("\u3000" if char == "\u3000" else " ")
        elif unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"} or unicodedata.name(char, "").startswith(
            "VARIATION SELECTOR"
        ):
            continue
        else:
            kept.append(char if ord(char) in known(face) else MISSING_SORT)
    return "".join(kept)


def qr_modules(payload: str) -> tuple[tuple[bool, ...], ...]:
    """The QR symbol of a payload, error correction M, without quiet zone; True is dark."""
    symbol = segno.make(payload, error="m", micro=False, boost_error=False)
    return tuple(tuple(bool(module) for module in row) for row in symbol.matrix)
