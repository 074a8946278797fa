"""What the virtual camera sees when nobody is there: a service hall, out of focus."""

from functools import cache

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from .portrait_shape import soft

SIZE = (1280, 720)


@cache
def hall_view() -> Image.Image:
    """A bright wall, a window front on the left, a counter, lights on the ceiling; blurred as behind a person."""
    width, height = SIZE
    y, x = np.mgrid[0:height, 0:width].astype(np.float64)
    wall = 206 - 34 * (y / height) - 16 * np.abs(x / width - 0.42)
    picture = Image.fromarray(np.dstack((wall - 3, wall, wall + 3)).clip(0, 255).astype(np.uint8), "RGB")
    pen = ImageDraw.Draw(picture)
    for pane in range(3):
        left = 40 + 118 * pane
        pen.rectangle((left, 120, left + 100, 430), fill=(236, 241, 246))
    for lamp in range(4):
        pen.ellipse((330 + 260 * lamp, 18, 470 + 260 * lamp, 46), fill=(250, 249, 244))
    pen.rectangle((0, 520, width, 560), fill=(150, 128, 104))
    pen.rectangle((0, 560, width, height), fill=(112, 98, 86))
    pen.rectangle((900, 250, 1120, 470), fill=(92, 116, 140))
    pen.rectangle((918, 268, 1102, 452), fill=(128, 150, 172))
    pen.rectangle((1160, 380, 1250, 520), fill=(96, 120, 88))
    return picture.filter(ImageFilter.GaussianBlur(16))


@cache
def sensor_noise() -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    """The grain of a small camera; shifted from frame to frame."""
    noise = np.random.default_rng(15).normal(0, 1, (SIZE[1], SIZE[0]))
    return (3.2 * (noise + 2.2 * soft(noise, 1))).astype(np.int16)
