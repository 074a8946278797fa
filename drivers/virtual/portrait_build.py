"""How the parts of a face stand to one another: what tells an invented person from the next one, to a machine too.

Everybody is drawn from one head; this moves and stretches what was drawn. Distances are dots of the working picture.
"""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from .portrait_shape import AS_DRAWN, CX, CY, HEIGHT, WIDTH, Build, Field, grid

_SPECTACLES = (30, 26, 24, 255)


def shaped(picture: Image.Image, build: Build) -> Image.Image:
    """What was drawn (RGBA), as this build has it."""
    if build == AS_DRAWN:
        return picture
    return Image.fromarray(bent(np.asarray(picture, dtype=np.float64), build).astype(np.uint8), "RGBA")


def bent(field: Field, build: Build) -> Field:
    """The same for figures, one or several a dot."""
    x, y = grid()
    across, down = _moves(build, x, y)
    rows, columns = np.indices(x.shape, dtype=np.float64)
    top = np.clip(rows - down, 0, x.shape[0] - 1.001)
    left = np.clip(columns - across, 0, x.shape[1] - 1.001)
    r, c = top.astype(np.intp), left.astype(np.intp)
    v, u = top - r, left - c
    if field.ndim > x.ndim:
        v, u = v[..., None], u[..., None]
    upper = field[r, c] * (1 - u) + field[r, c + 1] * u
    lower = field[r + 1, c] * (1 - u) + field[r + 1, c + 1] * u
    made: Field = upper * (1 - v) + lower * v
    return made


def toned(picture: Image.Image, build: Build, hair: tuple[int, int, int]) -> Image.Image:
    """Lighter or darker as a whole, and with the hair that grows in a face."""
    pixels = np.asarray(picture, dtype=np.float64).copy()
    x, y = grid()
    ring = np.hypot(x / 118, (y - 118) / 92)
    beard = np.clip((ring - 0.55) * 2.2, 0, 1) * np.clip((1.2 - ring) * 5, 0, 1) * np.clip((y - 66) / 40, 0, 1)
    lip = np.clip(1.6 * _hill(x, y, (0, 88), (46, 9)), 0, 1)
    dense = np.maximum(beard * build.beard, lip * build.moustache)[..., None]
    colour = pixels[..., :3] * (1 - dense) + (np.array(hair) * 0.9 + 25) * dense
    pixels[..., :3] = 255 * (np.clip(colour, 0, 255) / 255) ** build.tone
    return Image.fromarray(pixels.astype(np.uint8), "RGBA")


def spectacles(build: Build) -> Image.Image:
    """Clear glasses in a dark frame, worn all day."""
    layer = Image.new("RGBA", (WIDTH, HEIGHT), (0, 0, 0, 0))
    pen = ImageDraw.Draw(layer)
    y = CY - 14 + build.eyes_down
    for side in (-1, 1):
        x = CX + (62 + build.eyes_apart) * side
        pen.rounded_rectangle((x - 44, y - 34, x + 44, y + 34), 20, outline=_SPECTACLES, width=5)
        pen.line((x + 44 * side, y - 8, CX + 150 * side, y - 8), fill=_SPECTACLES, width=5)
    bridge = 18 + build.eyes_apart
    pen.line((CX - bridge, y - 8, CX + bridge, y - 8), fill=_SPECTACLES, width=5)
    return layer.filter(ImageFilter.GaussianBlur(0.8))


def _hill(x: Field, y: Field, at: tuple[float, float], size: tuple[float, float]) -> Field:
    hill: Field = np.exp(-(((x - at[0]) / size[0]) ** 2) - ((y - at[1]) / size[1]) ** 2)
    return hill


def _moves(build: Build, x: Field, y: Field) -> tuple[Field, Field]:
    """How far each dot was moved, to the right and down."""
    across, down = np.zeros_like(x), np.zeros_like(y)
    for side in (-1, 1):
        place, eye = _hill(x, y, (62 * side, -18), (60, 40)), _hill(x, y, (62 * side, -18), (44, 30))
        across += build.eyes_apart * side * place + build.eyes_wide * (x - 62 * side) * eye
        down += build.eyes_down * place + build.eyes_open * (y + 18) * eye
        down += build.slant * side * (x - 62 * side) * eye
        down += build.brows_down * _hill(x, y, (62 * side, -60), (60, 16))
        across += build.cheeks * side * _hill(x, y, (88 * side, 40), (60, 60))
        across += build.jaw * side * _hill(x, y, (110 * side, 130), (70, 70))
    across += build.nose_wide * x * _hill(x, y, (0, 50), (50, 40))
    across += build.mouth_wide * x * _hill(x, y, (0, 114), (70, 26))
    across += build.broad * x * _hill(x, y, (0, 0), (260, 300))
    down += build.nose_down * _hill(x, y, (0, 66), (46, 36)) + build.mouth_down * _hill(x, y, (0, 116), (80, 34))
    down += build.lips * (y - 114) * _hill(x, y, (0, 114), (60, 26)) + build.chin * _hill(x, y, (0, 200), (130, 50))
    return across, down
