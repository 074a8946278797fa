"""Papers as pictures: what a person looks at before anything is printed."""

from collections.abc import Sequence
from typing import Protocol

from kiosk.domain.paper import Sheet
from kiosk.faults import Fault


class PagePictures(Protocol):
    """Blocking, a second or more for the first paper: neither for the screen's thread nor for the session's."""

    def pages(self, sheets: Sequence[Sheet]) -> tuple[bytes, ...] | Fault:
        """Every page of all copies as the printer would have it, a picture each (PNG, 144 dots to the inch), and only
        in memory. Fault: device-configuration (a font file is missing)."""
