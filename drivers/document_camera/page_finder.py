"""Where a page lies in a picture, and the page cut out and straightened. Pixels in, pixels out; one thread."""

import math
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from drivers.face_camera.pixels import Pixels

WORK_SIDE = 640  # pixels of the longer side while looking for the page
LEAST_SHARE = 0.08  # of the picture: anything smaller is no page but a thing on the desk
FILL = (0.90, 1.05)  # area by that of its four corners; a hand has less, a cup more
MIDDLE = (0.1, 0.9)  # the part of an edge that is sure to be straight
NEAR = 0.03  # of an edge's length: points of the outline that belong to it
EDGE = 0.012  # of the picture's side: a corner nearer to the border than this is cut off
MOST_ANGLE = 35.0  # degrees that a page's corner may differ from a right angle, seen from above

Corners = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page in a picture. Corners clockwise from the upper left one, pixels of the picture."""

    corners: Corners
    whole: bool

    @property
    def width(self) -> float:
        """Its upper or lower edge, whichever is longer."""
        a, b, c, d = self.corners
        return max(math.dist(a, b), math.dist(d, c))

    @property
    def height(self) -> float:
        """Its left or right edge, whichever is longer."""
        a, b, c, d = self.corners
        return max(math.dist(a, d), math.dist(b, c))


def find_page(pixels: Pixels) -> Page | None:
    """The largest page; None when nothing in the picture looks like one."""
    height, width = pixels.shape[:2]
    scale = min(1.0, WORK_SIDE / max(height, width))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
    best: Page | None = None
    largest = LEAST_SHARE * size[0] * size[1]
    for mask in _masks(small):
        outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        for outline in outlines:
            area = float(cv2.contourArea(outline))
            if area > largest and not _everything(outline, size) and (corners := _four(outline, area)) is not None:
                best, largest = _page(corners, size, 1 / scale), area
        mask.fill(0)
    small.fill(0)
    return best


def cut_out(pixels: Pixels, page: Page, longer: int = 0) -> Pixels:
    """The page alone, upright and right-angled, as many pixels as it had in the picture; with ``longer``, at most so
    many on the longer side."""
    scale = min(1.0, longer / max(page.width, page.height, 1.0)) if longer else 1.0
    width, height = max(1, round(page.width * scale)), max(1, round(page.height * scale))
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    turn = cv2.getPerspectiveTransform(np.array(page.corners, np.float32), flat)
    made: Pixels = cv2.warpPerspective(pixels, turn, (width, height), flags=cv2.INTER_CUBIC)
    return made


def _masks(small: Pixels) -> list[Any]:
    """Pictures in which a page may be one white piece: lighter than the desk, more colourless than the desk, or
    surrounded by an edge. What lies on the page is closed over."""
    plain = cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), (5, 5), 0)
    colour = cv2.GaussianBlur(small.max(axis=2) - small.min(axis=2), (5, 5), 0)
    _, light = cv2.threshold(plain, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    _, pale = cv2.threshold(colour, 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    edges = cv2.Canny(plain, 30, 90)
    inside = cv2.bitwise_not(cv2.dilate(edges, np.ones((3, 3), np.uint8)))
    close = cv2.getStructuringElement(cv2.MORPH_RECT, (9, 9))
    masks = [cv2.morphologyEx(one, cv2.MORPH_CLOSE, close) for one in (light, cv2.bitwise_and(light, pale))]
    masks.append(cv2.morphologyEx(cv2.bitwise_and(inside, light), cv2.MORPH_OPEN, np.ones((5, 5), np.uint8)))
    for one in (plain, colour, light, pale, edges, inside):
        one.fill(0)
    return masks


def _four(outline: Any, area: float) -> Corners | None:
    """Four corners that hold nearly nothing but the outline, about right-angled; None for other shapes."""
    hull = cv2.convexHull(outline)
    around = cv2.arcLength(hull, True)
    for share in (0.01, 0.02, 0.03, 0.05, 0.08):
        bent = cv2.approxPolyDP(hull, share * around, True).reshape(-1, 2)
        if len(bent) == 4:
            filled = float(cv2.contourArea(bent))
            if filled <= 0 or not FILL[0] <= area / filled <= FILL[1] or not _right_angled(bent):
                return None
            return _drawn(outline.reshape(-1, 2).astype(np.float64), bent.astype(np.float64))
        if len(bent) < 4:
            return None
    return None


def _everything(outline: Any, size: tuple[int, int]) -> bool:
    """Whether it reaches all four borders: that is the desk, or too near to say anything."""
    left, top, wide, high = cv2.boundingRect(outline)
    return bool(left <= 1 and top <= 1 and left + wide >= size[0] - 1 and top + high >= size[1] - 1)


def _drawn(outline: Any, rough: Any) -> Corners:
    """Where straight lines along the four edges meet: nearer to the corners than any point of the outline."""
    lines = [_line(outline, rough[at], rough[(at + 1) % 4]) for at in range(4)]
    corners = []
    for at in range(4):
        (a, to), (b, way) = lines[at - 1], lines[at]
        across = to[0] * way[1] - to[1] * way[0]
        step = ((b[0] - a[0]) * way[1] - (b[1] - a[1]) * way[0]) / across if abs(across) > 0.1 else 0.0
        meet = (a + step * to) if abs(across) > 0.1 else rough[at]
        corners.append((float(meet[0]), float(meet[1])))
    return tuple(corners)


def _line(outline: Any, start: Any, end: Any) -> tuple[Any, Any]:
    """A point of an edge and its direction."""
    length = float(np.hypot(*(end - start))) or 1.0
    to = (end - start) / length
    along = (outline - start) @ to / length
    off = np.abs((outline - start) @ np.array([-to[1], to[0]])) / length
    near = outline[(along > MIDDLE[0]) & (along < MIDDLE[1]) & (off < NEAR)]
    if len(near) < 8:
        return start, to
    x, y, to_x, to_y = cv2.fitLine(near.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01)[[2, 3, 0, 1]].ravel()
    return np.array([x, y]), np.array([to_x, to_y])


def _right_angled(corners: Any) -> bool:
    for at in range(4):
        one, here, other = (corners[(at + step) % 4].astype(float) for step in (-1, 0, 1))
        a, b = one - here, other - here
        cosine = float(a @ b) / (float(np.hypot(*a) * np.hypot(*b)) or 1.0)
        if abs(math.degrees(math.acos(max(-1.0, min(1.0, cosine)))) - 90) > MOST_ANGLE:
            return False
    return True


def _page(corners: Corners, size: tuple[int, int], up: float) -> Page:
    middle = sum(x for x, _ in corners) / 4, sum(y for _, y in corners) / 4
    around = sorted(corners, key=lambda one: math.atan2(one[1] - middle[1], one[0] - middle[0]))
    first = min(range(4), key=lambda at: around[at][0] + around[at][1])
    turned = around[first:] + around[:first]
    margin = EDGE * max(size)
    whole = all(margin <= x <= size[0] - 1 - margin and margin <= y <= size[1] - 1 - margin for x, y in turned)
    return Page(tuple(((x + 0.5) * up, (y + 0.5) * up) for x, y in turned), whole)
