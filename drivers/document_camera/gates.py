"""Whether a page can be read later, and what to tell the clerk if not. Pure but for the measuring.

Figures are starting values, to be calibrated with the camera at hand.
"""

import math
from dataclasses import dataclass

import cv2
import numpy as np

from drivers.document_camera.page_finder import Page
from drivers.face_camera.pixels import Pixels, grey
from kiosk.contracts.document_camera import PageHint

LEAST_LONGER = 600  # pixels of a page's longer side; A4 at 72 dots an inch has 842
CARD_LONGER = 400  # of a card in the format of an ID card (ISO/IEC 7810 ID-1), 119 dots an inch
CARD_SHAPE = (1.5, 1.7)  # its longer side by its shorter one, with what a slanting camera makes of it
MIN_MEAN = 70.0  # mean grey of the page
BURNT = 250  # a pixel above this holds nothing
MAX_GLARE = 0.015  # share of the page in one burnt spot with a soft edge around it
MIN_SHARPNESS = 300.0  # variance of the Laplacian where there is print, on a page 1000 pixels high
MEASURED = 1000  # pixels of the longer side on which sharpness is measured
INK = 12.0  # deviation of grey in a tile, above which something is printed there
TILE = 25  # pixels
MAX_MOVE = 0.01  # way of a corner between two frames, share of the page's longer side


@dataclass(frozen=True, slots=True)
class Sight:
    """What was measured on a page that was cut out."""

    mean: float
    glare: float
    sharpness: float | None  # None: nothing is printed on it


def measure(page: Pixels) -> Sight:
    """Measure a page, BGR."""
    scale = min(1.0, MEASURED / max(page.shape[:2]))
    size = max(TILE, round(page.shape[1] * scale)), max(TILE, round(page.shape[0] * scale))
    plain = cv2.resize(grey(page), size, interpolation=cv2.INTER_AREA)
    sight = Sight(float(plain.mean()), _glare(plain), _sharpness(plain))
    plain.fill(0)
    return sight


def hint(page: Page | None, sight: Sight | None, before: Page | None) -> PageHint:
    """The one thing to say about this frame: is there a page, all of it, large, lit, readable and at rest?"""
    if page is None or sight is None:
        return PageHint.NO_PAGE
    if not page.whole:
        return PageHint.NOT_WHOLE
    if _too_small(page):
        return PageHint.TOO_SMALL
    if sight.mean < MIN_MEAN:
        return PageHint.TOO_DARK
    if sight.glare > MAX_GLARE:
        return PageHint.GLARE
    if before is None or moved(page, before) > MAX_MOVE:
        return PageHint.HOLD_STILL
    if sight.sharpness is not None and sight.sharpness < MIN_SHARPNESS:
        return PageHint.BLURRED
    return PageHint.GOOD


def moved(page: Page, before: Page) -> float:
    """How far the corner that moved most has moved, share of the page's longer side."""
    way = max(math.dist(here, there) for here, there in zip(page.corners, before.corners, strict=True))
    return way / max(page.width, page.height, 1.0)


def _too_small(page: Page) -> bool:
    longer, shorter = max(page.width, page.height), min(page.width, page.height)
    card = CARD_SHAPE[0] <= longer / max(shorter, 1.0) <= CARD_SHAPE[1]
    return longer < (CARD_LONGER if card else LEAST_LONGER)


def _glare(plain: Pixels) -> float:
    """The largest burnt spot, share of the page. Paper is burnt evenly when the light is strong; a lamp makes a
    spot that stands out from paper which is not."""
    burnt = (plain >= BURNT).astype(np.uint8)
    share = float(burnt.mean())
    if share == 0.0 or float(np.median(plain)) >= BURNT:
        return 0.0 if share == 0.0 else 1.0  # all of it burnt: nothing can be read either
    _, _, stats, _ = cv2.connectedComponentsWithStats(burnt, connectivity=8)
    return float(stats[1:, cv2.CC_STAT_AREA].max()) / burnt.size


def _sharpness(plain: Pixels) -> float | None:
    """How sharp print is where there is any: the upper quarter of the tiles with ink."""
    rows, columns = plain.shape[0] // TILE, plain.shape[1] // TILE
    edges = cv2.Laplacian(plain, cv2.CV_32F)[: rows * TILE, : columns * TILE]
    tiles = plain[: rows * TILE, : columns * TILE].reshape(rows, TILE, columns, TILE)
    inked = tiles.std(axis=(1, 3)) >= INK
    if inked.sum() < 3:
        return None
    drawn = edges.reshape(rows, TILE, columns, TILE).var(axis=(1, 3))
    return float(np.percentile(drawn[inked], 75))
