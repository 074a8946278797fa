"""Papers as pictures: what a person looks at before anything is printed."""

from collections.abc import Sequence
from typing import Protocol

from kiosk.domain.paper import Receipt, Sheet
from kiosk.faults import Fault


class PagePictures(Protocol):
    """Blocking, a second or more for the first paper: neither for the screen's thread nor for the session's."""

    def pages(self, sheets: Sequence[Sheet]) -> tuple[bytes, ...] | Fault:
        """Every page of all copies as the printer would have it, a picture each (PNG, 144 dots to the inch), and only
        in memory. Fault: device-configuration (a font file is missing)."""


class SlipPictures(Protocol):
    """Blocking, a moment: not for the screen's thread nor for the session's."""

    def pages(self, receipt: Receipt) -> tuple[bytes, ...] | Fault:
        """The roll as the printer would have it, cut into pages that a screen can show large: a picture each (PNG,
        one dot to the printer's dot), and only in memory. Fault: device-configuration (a font file is missing)."""
