"""What a camera's frame is in memory, for everything that looks at one."""

from typing import Any

import cv2
import numpy as np

Pixels = np.ndarray[Any, np.dtype[np.uint8]]


def grey(pixels: Pixels) -> Pixels:
    """The picture without colour, for decoders and measures."""
    made: Pixels = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    return made
