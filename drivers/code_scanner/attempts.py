"""Other ways to look at a picture in which nothing was read: even light, sharper, calmer, smaller, larger.

Each is good at one trouble and bad at others, so they are tried one by one, the most helpful first; a camera that
goes on sending needs only one of them a frame. Pure: a grey picture in, a new one out, and the old one untouched.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

Grey = np.ndarray[Any, np.dtype[np.uint8]]

SMALL = 4  # light is measured in a picture this many times smaller
AROUND = 15.0  # pixels over which light counts as the same
GAIN, FLOOR = 60.0, 6.0  # grey levels of one deviation afterwards; below this variance there is only noise
MARGIN = 0.35  # kept around a code that was seen but not read, share of its size
MOST_PIXELS = 1280 * 720 * 3  # of an enlarged picture


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a code stands that could not be read, pixels: its upright bounds."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way to look. ``near``: worth doing only around a code that was seen, when one was."""

    name: str
    make: Callable[[Grey], Grey]
    near: bool = False


def even(picture: Grey) -> Grey:
    """The same light and the same contrast everywhere: shade, lamps, faint print."""
    fine = picture.astype(np.float32)
    small = cv2.resize(fine, None, fx=1 / SMALL, fy=1 / SMALL, interpolation=cv2.INTER_AREA)
    mean = cv2.GaussianBlur(small, (0, 0), AROUND / SMALL)
    spread = cv2.GaussianBlur(small * small, (0, 0), AROUND / SMALL) - mean * mean
    gain = GAIN / np.sqrt(np.maximum(spread, 0) + FLOOR)
    size = picture.shape[1], picture.shape[0]
    fine -= cv2.resize(mean, size)
    fine *= cv2.resize(gain, size)
    fine += 128
    made: Grey = np.clip(fine, 0, 255).astype(np.uint8)
    fine.fill(0)
    return made


def calm(picture: Grey) -> Grey:
    """Grain is smoothed away: a dark hall, a cheap sensor."""
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), 1.0), np.uint8)


def calm_and_even(picture: Grey) -> Grey:
    """Grain and bad light together."""
    return even(calm(picture))


def sharp(picture: Grey) -> Grey:
    """Edges drawn out: out of focus, or moved a little."""
    return _sharpened(picture, 3.0, 4.0)


def half_and_sharp(picture: Grey) -> Grey:
    """Half as large, edges drawn out: far out of focus."""
    return _sharpened(
        np.asarray(cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8), 2.0, 6.0
    )


def large(picture: Grey) -> Grey:
    """Twice as large, within reason: a module of two pixels or less."""
    scale = min(2.0, (MOST_PIXELS / max(1, picture.size)) ** 0.5)
    return np.asarray(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC), np.uint8)


ATTEMPTS = (
    Attempt("calm and even", calm_and_even),
    Attempt("sharp", sharp),
    Attempt("half and sharp", half_and_sharp),
    Attempt("even", even),
    Attempt("calm", calm),
    Attempt("large", large, near=True),
)


def around(picture: Grey, spot: Spot | None) -> Grey:
    """The part of a picture in which a code was seen, with its margin; all of it when none was."""
    if spot is None:
        return picture
    height, width = picture.shape
    margin = max(8, round(MARGIN * max(spot.right - spot.left, spot.bottom - spot.top)))
    part = picture[
        max(0, spot.top - margin) : min(height, spot.bottom + margin),
        max(0, spot.left - margin) : min(width, spot.right + margin),
    ]
    return np.ascontiguousarray(part) if part.size else picture


def _sharpened(picture: Grey, reach: float, strength: float) -> Grey:
    soft = cv2.GaussianBlur(picture, (0, 0), reach)
    return np.asarray(cv2.addWeighted(picture, 1 + strength, soft, -strength, 0), np.uint8)
