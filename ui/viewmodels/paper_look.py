"""A paper on the glass before it is printed: which page, how large, and its shape. For clerk and citizen."""

import struct
from dataclasses import dataclass

from kiosk.domain.private import Private
from kiosk.workflow.looked_at import Preview
from ui.viewmodels.page import Notes

ZOOMS = (1.0, 1.6, 2.4)  # times the size at which the whole page is seen
_A4 = (210, 297)
_HEAD = slice(16, 24)  # of a PNG: width and height


@dataclass(frozen=True, slots=True, repr=False)
class PaperLook(Private):
    """``at`` and ``zoom`` count from 0, ``wide`` and ``high`` are its shape; without pages it is being made."""

    at: int
    count: int
    zoom: int
    picture: bytes
    wide: int
    high: int

    @property
    def made(self) -> bool:
        """Whether there is something to look at."""
        return self.count > 0


def paper_look(preview: Preview | None, notes: Notes) -> PaperLook:
    """What is seen of it by what the screen remembers: notes ``paperAt`` and ``paperZoom``."""
    pages = preview.pages if preview is not None else ()
    at, zoom = _noted(notes, "paperAt", len(pages)), _noted(notes, "paperZoom", len(ZOOMS))
    picture = pages[at] if pages else b""
    wide, high = struct.unpack(">II", picture[_HEAD]) if len(picture) >= _HEAD.stop else _A4
    return PaperLook(at, len(pages), zoom, picture, wide, high)


def _noted(notes: Notes, name: str, count: int) -> int:
    noted = notes.get(name)
    return int(max(0, min(count - 1, noted))) if isinstance(noted, int | float) else 0
