"""A slip as pictures for a screen: the roll as the printer would have it, cut between two lines. Never on a disk."""

from collections.abc import Iterator

from PIL import Image

from drivers.errors import DriverError
from drivers.translate import to_fault
from kiosk.contracts.device import DeviceKind
from kiosk.domain.paper import Receipt
from kiosk.faults import Fault

from .proof import parts_of, png
from .settings import WIDTHS

_LONGEST = 640  # dots of one page: as wide as the roll, the letters stand large on any panel
_AIR = 24  # white above and below


class SlipPainter:
    """Implements kiosk.contracts.page_pictures.SlipPictures. ``paper``: width of the roll in mm."""

    def __init__(self, paper: str) -> None:
        self._dots = WIDTHS.get(paper, WIDTHS["80"])

    def pages(self, receipt: Receipt) -> tuple[bytes, ...] | Fault:
        """Paint, and cut where a page would become too long."""
        try:
            return tuple(png(page, self._dots, _AIR) for page in _cut(parts_of(receipt, self._dots)))
        except DriverError as error:
            return to_fault(error, DeviceKind.RECEIPT_PRINTER)


def _cut(parts: list[Image.Image]) -> Iterator[list[Image.Image]]:
    page: list[Image.Image] = []
    for part in parts:
        if page and sum(one.height for one in page) + part.height > _LONGEST:
            yield page
            page = []
        page.append(part)
    if page:
        yield page
