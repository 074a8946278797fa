"""The shape of a face as a height field, and light on it: what makes a drawn head look like a head.

Distances are dots of the working picture, 800 × 1000, with the middle of the face at (400, 430).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Field = NDArray[np.float64]
Colour = tuple[int, int, int]

WIDTH, HEIGHT = 800, 1000
CX, CY = 400, 430
HALF_WIDTH, HALF_HEIGHT = 150.0, 205.0
FACE_WIDTH = 2 * HALF_WIDTH  # dots from cheek to cheek


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """How the parts of a face stand to one another. Dots, downwards and outwards; ``…_wide``, ``eyes_open``, ``lips``
    and ``broad`` are shares of what was drawn."""

    eyes_apart: float = 0.0
    eyes_down: float = 0.0
    eyes_wide: float = 0.0
    eyes_open: float = 0.0
    slant: float = 0.0
    brows_down: float = 0.0
    cheeks: float = 0.0
    jaw: float = 0.0
    nose_wide: float = 0.0
    nose_down: float = 0.0
    mouth_wide: float = 0.0
    mouth_down: float = 0.0
    lips: float = 0.0
    chin: float = 0.0
    broad: float = 0.0
    tone: float = 1.0  # above one darker, below one lighter
    moustache: float = 0.0  # how dense
    beard: float = 0.0
    spectacles: bool = False


AS_DRAWN = Build()


@dataclass(frozen=True, slots=True)
class Looks:
    """What tells one invented face from another."""

    skin: Colour
    hair: Colour
    long_hair: bool
    jacket: Colour
    shirt: Colour
    lips: Colour
    brows: float  # thickness of the eyebrows
    jaw: float  # how much the jaw narrows
    age: float  # 0 young … 1 old: folds and grey hair
    build: Build = AS_DRAWN


def grid() -> tuple[Field, Field]:
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float64)
    return x - CX, y - CY


def outline(v: Field, jaw: float) -> Field:
    """Half the face's width at height ``v`` (-1 top, 1 chin)."""
    lower = np.clip(v, 0, 1)
    taper = 1 - jaw * lower**1.7
    width: Field = HALF_WIDTH * taper * np.sqrt(np.clip(1 - np.abs(v) ** np.where(v > 0, 4.5, 2.6), 0, 1))
    return width


def bump(x: Field, y: Field, at: tuple[float, float], size: tuple[float, float], height: float) -> Field:
    hill: Field = height * np.exp(-(((x - at[0]) / size[0]) ** 2) - ((y - at[1]) / size[1]) ** 2)
    return hill


def relief(x: Field, y: Field, age: float) -> Field:
    """The bumps of a face, in dots towards the camera."""
    z = np.zeros_like(x)
    along = np.clip((y + 40) / 95, 0, 1)
    ends = 1 / (1 + np.exp((y - 64) / 4.5)) / (1 + np.exp(-(y + 34) / 6))
    z += 27 * along**1.2 * np.exp(-((x / (15 + 9 * along)) ** 2)) * ends
    z += bump(x, y, (0, 50), (20, 18), 12)
    z += bump(x, y, (0, 104), (34, 8), 8) + bump(x, y, (0, 126), (28, 10), 9)
    z += bump(x, y, (0, 178), (40, 26), 12) - bump(x, y, (0, 148), (36, 9), 5)
    z -= bump(x, y, (0, 86), (5, 9), 3)
    z += bump(x, y, (0, -120), (90, 45), 6)
    for side in (-1, 1):
        z += bump(x, y, (23 * side, 58), (11, 12), 9)
        z += bump(x, y, (60 * side, -54), (46, 14), 9)
        z -= bump(x, y, (34 * side, -24), (17, 17), 12) + bump(x, y, (66 * side, -8), (36, 16), 6)
        z += bump(x, y, (62 * side, -18), (26, 14), 11)
        z += bump(x, y, (88 * side, 36), (42, 34), 9)
        fold = 44 * side + side * (y - 66) * 0.35
        z -= (2 + 4 * age) * np.exp(-(((x - fold) / 7) ** 2) - ((y - 90) / 30) ** 2)
    return z


def light(z: Field) -> tuple[Field, Field]:
    """Diffuse light and gloss for a height field: a window above to the left, a bright hall all around."""
    down, across = np.gradient(z)
    length = np.sqrt(across**2 + down**2 + 1)
    normal = (-across / length, -down / length, 1 / length)
    key = np.clip(-0.42 * normal[0] - 0.50 * normal[1] + 0.76 * normal[2], 0, 1)
    fill = np.clip(0.70 * normal[0] - 0.10 * normal[1] + 0.70 * normal[2], 0, 1)
    gloss = np.clip(-0.22 * normal[0] - 0.27 * normal[1] + 0.937 * normal[2], 0, 1) ** 40
    return 0.36 + 0.52 * key + 0.24 * fill, gloss


def rgba(colour: Field, alpha: Field) -> Image.Image:
    stacked = np.dstack((np.clip(colour, 0, 255), np.clip(alpha, 0, 1) * 255))
    return Image.fromarray(stacked.astype(np.uint8), "RGBA")


def skin(looks: Looks, shade: Field, gloss: Field, noise: np.random.Generator) -> Field:
    """Skin in this light: shadows are redder than lights, pores make it grain a little."""
    tone: Field = np.array(looks.skin, dtype=np.float64)
    lit = np.power(shade[..., None], np.array([0.85, 1.08, 1.18]))
    grain = noise.normal(0, 2.0, shade.shape)[..., None]
    coloured: Field = tone * lit + 26 * gloss[..., None] + grain
    return coloured


def soft(field: Field, radius: int) -> Field:
    """Three box blurs, as good as a Gaussian; the picture goes on unchanged beyond its edges."""
    for _ in range(3):
        for axis in (0, 1):
            edges = [(radius + 1, radius) if each == axis else (0, 0) for each in (0, 1)]
            running = np.cumsum(np.pad(field, edges, mode="edge"), axis=axis)
            width = 2 * radius + 1
            upper, lower = (
                (running[width:], running[:-width]) if axis == 0 else (running[:, width:], running[:, :-width])
            )
            field = (upper - lower) / width
    return field
