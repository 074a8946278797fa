"""What an invented person does and wears: turns and nods the head, shuts the eyes, puts on a mask or dark glasses."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from PIL import Image

from .portrait import PEOPLE, portrait
from .portrait_build import bent, shaped, toned
from .portrait_paint import Sheet, eye_outline
from .portrait_shape import HALF_HEIGHT, Field, bump, grid, outline, relief, soft

_TURN_AXIS = 110.0  # depth of the axis about which a head turns, dots of the height field
_NOD_AXIS, _NECK = 50.0, 250.0  # of the one about which it nods, which lies so far below the eyes
_HEAD = (slice(180, 680), slice(220, 580))  # rows and columns of the head in the working picture
WORN = ("", "mask", "dark_glasses")


@dataclass(frozen=True, slots=True)
class Bearing:
    """How a head is held, degrees to the right and down, whether the eyes are shut, and what is worn."""

    yaw: float = 0.0
    pitch: float = 0.0
    shut: bool = False
    worn: str = ""


def held_so(person: str, bearing: Bearing) -> Image.Image:
    """The portrait of a person who holds the head like that (RGBA)."""
    picture = portrait(person).copy()
    if bearing.shut:
        picture.alpha_composite(_lids(person))
    if bearing.worn == "mask":
        picture.alpha_composite(_mask())
    elif bearing.worn == "dark_glasses":
        picture.alpha_composite(_dark_glasses())
    if not bearing.yaw and not bearing.pitch:
        return picture
    depth, inside = (field[_HEAD] for field in _depth(person))
    sine, cosine = np.sin(np.radians(bearing.pitch)), np.cos(np.radians(bearing.pitch))
    across = np.sin(np.radians(bearing.yaw)) * (depth - _TURN_AXIS) * inside
    down = (sine * (depth - _NOD_AXIS) + (1 - cosine) * _NECK) * inside
    rows, columns = np.indices(depth.shape, dtype=np.float64)
    pixels = np.array(picture)
    head = pixels[_HEAD].copy()
    from_row = np.clip(np.rint(rows - down), 0, depth.shape[0] - 1).astype(np.intp)
    from_column = np.clip(np.rint(columns - across), 0, depth.shape[1] - 1).astype(np.intp)
    pixels[_HEAD] = head[from_row, from_column]
    return Image.fromarray(pixels, "RGBA")


@cache
def _depth(person: str) -> tuple[Field, Field]:
    """How far each dot of the face stands towards the camera, and where there is face at all (0 … 1)."""
    looks = PEOPLE[person]
    x, y = grid()
    v = y / HALF_HEIGHT
    half = np.maximum(outline(v, looks.jaw), 1e-6)
    u = np.clip(np.abs(x) / half, 0, 1)
    ball = 150 * np.sqrt(np.clip(1 - 0.985 * u**2, 0, 1)) * np.clip(1 - np.abs(v) ** 3.2, 0, 1) ** 0.35
    nose = bump(x, y, (0, 48), (34, 34), 24)
    inside = soft(((np.abs(x) < half * 0.96) & (np.abs(v) < 0.95)).astype(np.float64), 10)
    return bent(soft(ball + relief(x, y, looks.age) + nose, 3), looks.build), bent(inside, looks.build)


@cache
def _lids(person: str) -> Image.Image:
    red, green, blue = (int(part * 0.86) for part in PEOPLE[person].skin)
    sheet = Sheet()
    for side in (-1, 1):
        lid, below = eye_outline(side)
        sheet.stroke(lid, (red, green, blue, 255), 7)
        sheet.area(lid + below, (red, green, blue, 255))
        sheet.stroke(below, (104, 72, 62, 255), 2.2)
    build = PEOPLE[person].build
    return shaped(toned(sheet.done(blur=0.9), build, PEOPLE[person].hair), build)


@cache
def _mask() -> Image.Image:
    sheet = Sheet((-170, -120, 170, 230))
    sheet.area(
        [
            (-140, 22),
            (-70, 30),
            (0, 38),
            (70, 30),
            (140, 22),
            (132, 120),
            (84, 192),
            (0, 212),
            (-84, 192),
            (-132, 120),
        ],
        (196, 216, 236, 255),
    )
    for row in (80, 110, 140):
        sheet.stroke([(-118, row), (0, row + 8), (118, row)], (168, 190, 214, 255), 2)
    return sheet.done(blur=1.0)


@cache
def _dark_glasses() -> Image.Image:
    sheet = Sheet()
    for side in (-1, 1):
        sheet.disc((62 * side, -16), 44, (18, 18, 20, 255), 0.74)
        sheet.stroke([(104 * side, -24), (150 * side, -20)], (18, 18, 20, 255), 5)
    sheet.stroke([(-20, -22), (20, -22)], (18, 18, 20, 255), 5)
    return sheet.done(blur=0.7)
