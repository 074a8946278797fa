"""The camera over a desk (高拍仪) that takes a page as it is put down: cut out, straight, sharp, small enough."""

import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from kiosk.domain.private import Private

from .device import Device


class PageHint(enum.Enum):
    """One instruction at a time, shown beside the live picture."""

    NO_PAGE = "no_page"
    NOT_WHOLE = "not_whole"  # an edge of the page is outside of the picture
    TOO_SMALL = "too_small"
    TOO_DARK = "too_dark"
    GLARE = "glare"  # a lamp hides a part of it
    BLURRED = "blurred"
    HOLD_STILL = "hold_still"
    GOOD = "good"


@dataclass(frozen=True, slots=True, repr=False)
class PageView(Private):
    """One live picture: BGRA bytes, ``width * height * 4`` of them; ``corners`` of the page found in it, clockwise
    from the upper left as it lies, shares of width and height; empty when there is none."""

    width: int
    height: int
    bgra: bytes
    hint: PageHint
    corners: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class PageShot(Private):
    """One page as a JPEG, upright as it lay, its edges at the picture's edges."""

    jpeg: bytes
    width: int
    height: int
    sharpness: float


@dataclass(frozen=True, slots=True, repr=False)
class BoundPages(Private):
    """Several pages as one file."""

    data: bytes
    media_type: str
    pages: int


class DocumentCamera(Device, Protocol):
    """Blocking; worker thread only."""

    def take_page(self, preview: Callable[[PageView], None], timeout: float) -> PageShot:
        """Show live frames through ``preview`` (called on the worker thread) until a page passes all gates.

        Faults: no-good-page (details: hint), document-camera-absent (details: cause), cancelled.
        """

    def bind(self, pages: Sequence[PageShot]) -> BoundPages:
        """The pages in their order as one file, small enough to be sent. Fault: no-good-page (details: hint)."""
