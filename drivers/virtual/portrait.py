"""Invented faces for the virtual camera: a head modelled as a height field, lit, and painted. Nobody has them.

The shape is the sum of an ellipsoid and of bumps where a face has them; light on its normals gives natural shading.
Distances are dots of the working picture, 800 × 1000, with the middle of the face at (400, 430).
"""

from functools import cache

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from .portrait_build import shaped, spectacles, toned
from .portrait_paint import curve, features, fringe, hair, long_hair, short_hair
from .portrait_shape import (
    CX,
    HALF_HEIGHT,
    HEIGHT,
    WIDTH,
    Build,
    Colour,
    Looks,
    bump,
    grid,
    light,
    outline,
    relief,
    rgba,
    skin,
    soft,
)

# Their builds were chosen so that a network for telling people apart takes each for another: drawn from one head with
# nothing but other hair and colours, all three would be one person to it.
PEOPLE: dict[str, Looks] = {
    "wang": Looks(
        (236, 196, 170), (34, 26, 24), True, (58, 66, 84), (238, 238, 240), (186, 92, 92), 0.7, 0.34, 0.15,
        Build(
            eyes_apart=-10, eyes_down=-10, eyes_wide=0.25, eyes_open=0.13, slant=-0.18, brows_down=-2, cheeks=10,
            jaw=18, nose_wide=0.4, nose_down=12, mouth_down=-10, lips=-0.45, chin=-16, broad=0.04, tone=1.32,
        ),
    ),
    "li": Looks(
        (222, 178, 146), (28, 24, 24), False, (44, 52, 60), (206, 218, 230), (172, 104, 94), 1.25, 0.22, 0.25,
        Build(
            eyes_apart=3.2, eyes_down=10, eyes_wide=-0.25, eyes_open=0.4, slant=0.16, brows_down=-9, cheeks=-10,
            jaw=11.4, nose_wide=0.1, nose_down=-12, mouth_wide=0.28, mouth_down=4.1, lips=0.4, chin=-1.7, broad=-0.08,
            tone=0.9, beard=0.3,
        ),
    ),
    "zhao": Looks(
        (226, 184, 154), (150, 148, 146), False, (84, 78, 70), (226, 222, 212), (164, 108, 100), 1.1, 0.26, 1.0,
        Build(
            eyes_apart=6.6, eyes_down=-8.5, eyes_wide=0.25, eyes_open=-0.29, slant=0.14, brows_down=-9, cheeks=10,
            jaw=-16, nose_wide=-0.35, nose_down=12, mouth_wide=-0.25, mouth_down=6.1, lips=-0.5, chin=20, broad=-0.1,
            tone=0.77, moustache=0.04, beard=0.22, spectacles=True,
        ),
    ),
}  # fmt: skip


@cache
def portrait(person: str) -> Image.Image:
    """A head with shoulders on a transparent ground (RGBA)."""
    looks = PEOPLE[person]
    noise = np.random.default_rng(sum(person.encode()))
    picture = Image.new("RGBA", (WIDTH, HEIGHT), (0, 0, 0, 0))
    if looks.long_hair:
        picture.alpha_composite(hair(long_hair(), looks, noise, shade=0.8))
    picture.alpha_composite(_body(looks, noise))
    picture.alpha_composite(_ears(looks))
    picture.alpha_composite(_head(looks, noise))
    picture.alpha_composite(features(looks, noise))
    front = fringe() if looks.long_hair else short_hair()
    picture.alpha_composite(hair(front, looks, noise, shade=1.0))
    picture = shaped(toned(picture, looks.build, looks.hair), looks.build)
    if looks.build.spectacles:
        picture.alpha_composite(spectacles(looks.build))
    return picture


def card_picture(person: str) -> Image.Image:
    """The same person as a card's chip has the picture: 102 by 126, head and shoulders before a light ground."""
    ground = Image.new("RGB", (WIDTH, HEIGHT), (236, 238, 240))
    whole = portrait(person)
    ground.paste(whole, (0, 0), whole)
    return ground.crop((140, 130, 660, 772)).resize((102, 126), Image.Resampling.LANCZOS)


def _head(looks: Looks, noise: np.random.Generator) -> Image.Image:
    x, y = grid()
    v = y / HALF_HEIGHT
    half = np.maximum(outline(v, looks.jaw), 1e-6)
    u = np.clip(np.abs(x) / half, 0, 1)
    ball = 150 * np.sqrt(np.clip(1 - 0.985 * u**2, 0, 1)) * np.clip(1 - np.abs(v) ** 3.2, 0, 1) ** 0.35
    inside = np.clip((half - np.abs(x)) / 2.0, 0, 1) * (np.abs(v) < 1)
    shade, gloss = light(soft(ball, 3) + relief(x, y, looks.age))
    shade = shade * (1 - 0.16 * u**6)
    colour = skin(looks, shade, gloss, noise)
    for side in (-1, 1):  # blood in the cheeks, the ears' side a little darker
        colour[..., 0] += bump(x, y, (86 * side, 46), (46, 36), 8)
        colour[..., 1] -= bump(x, y, (86 * side, 46), (46, 36), 6)
    colour[..., 1] -= bump(x, y, (0, 56), (24, 16), 6)
    for row in (-118, -100, -134):
        colour -= (looks.age * 16 * np.exp(-(((y - row - 0.0006 * x**2) / 1.8) ** 2) - (x / 70) ** 2))[..., None]
    return rgba(colour, soft(inside, 1))


def _body(looks: Looks, noise: np.random.Generator) -> Image.Image:
    layer = Image.new("RGBA", (WIDTH, HEIGHT), (0, 0, 0, 0))
    layer.alpha_composite(_neck(looks, noise))
    layer.alpha_composite(
        _cloth(_polygon([(330, 690), (400, 800), (470, 690), (520, 1000), (280, 1000)]), looks.shirt)
    )
    shoulder = curve((8, 1000), (30, 850), (110, 790), (230, 760), (322, 690))
    coat = _polygon([*shoulder, (352, 742), (392, 1000)])
    both = ImageChops.lighter(coat, coat.transpose(Image.Transpose.FLIP_LEFT_RIGHT))
    layer.alpha_composite(_cloth(both, looks.jacket))
    lapels = ImageDraw.Draw(layer)
    dark = (*(int(part * 0.55) for part in looks.jacket), 255)
    for mirror in (1, -1):
        line = [(CX + mirror * (dx - CX), dy) for dx, dy in ((322, 692), (290, 800), (330, 822), (392, 998))]
        lapels.line(line, fill=dark, width=4, joint="curve")
    return layer


def _neck(looks: Looks, noise: np.random.Generator) -> Image.Image:
    x, y = grid()
    half = 88 + 0.00055 * np.clip(y - 150, 0, 200) ** 2
    round_ = 90 * np.sqrt(np.clip(1 - (x / half) ** 2, 0, 1))
    shade, gloss = light(round_)
    shade = shade * (0.62 + 0.30 * np.clip((y - 205) / 110, 0, 1))  # the chin's shadow
    inside = np.clip((half - np.abs(x)) / 2, 0, 1) * (y > 90) * (y < 400)
    return rgba(skin(looks, shade, gloss * 0.3, noise), inside)


def _polygon(points: list[tuple[float, float]]) -> Image.Image:
    mask = Image.new("L", (2 * WIDTH, 2 * HEIGHT), 0)
    ImageDraw.Draw(mask).polygon([(2 * px, 2 * py) for px, py in points], fill=255)
    return mask.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).filter(ImageFilter.GaussianBlur(2))


def _cloth(mask: Image.Image, colour: Colour) -> Image.Image:
    """Cloth over a shape: rounded by light from the left, woven a little."""
    inside = np.asarray(mask, dtype=np.float64) / 255
    depth = soft(inside, 24) * 90
    shade, _ = light(depth)
    weave = np.random.default_rng(7).normal(0, 2.5, inside.shape)
    tint = np.array(colour, dtype=np.float64) * shade[..., None] * 1.05 + weave[..., None]
    return rgba(tint, inside)


def _ears(looks: Looks) -> Image.Image:
    x, y = grid()
    layer = Image.new("RGBA", (WIDTH, HEIGHT), (0, 0, 0, 0))
    for side in (-1, 1):
        distance = ((x - side * 152) / 22) ** 2 + ((y - 8) / 46) ** 2
        inside = np.clip((1 - distance) * 8, 0, 1)
        hollow = np.exp(-(((x - side * 151) / 9) ** 2) - ((y - 4) / 24) ** 2)
        shade = (0.86 if side < 0 else 0.72) - 0.28 * hollow
        layer.alpha_composite(rgba(np.array(looks.skin) * np.power(shade[..., None], (1.0, 1.3, 1.45)), inside))
    return layer
