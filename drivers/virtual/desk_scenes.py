"""Papers on a desk under a camera, each a short loop of finished JPEG frames."""

import io
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from .device import BenchError
from .escpos_glyphs import font
from .hall_view import SIZE, sensor_noise
from .held_code import coefficients

FRAMES = 30
PAPERS = {"letter": (480, 640), "licence": (850, 610), "card": (428, 270), "blank": (480, 640)}
HOWS = ("flat", "askew", "half_off", "small", "dark", "glare", "blurred", "moving")
_QUALITY = 90
_SHEET = (243, 242, 238)
_INK = (44, 44, 48)
_LINES = (
    "关于开办企业所提交材料的说明",
    "一、本页仅用于演示与测试，内容均为虚构。",
    "二、住所使用证明：重庆市渝中区示例路 12 号。",
    "三、租赁期限自二〇二六年一月一日起，至长期。",
    "四、出租方：示例置业有限公司。承租方：见申请书。",
    "五、双方各执一份，具有同等效力。",
    "Sample page, invented: 0123456789 ABCDEFGHJK",
)


@lru_cache(maxsize=8)
def desk_frames(paper: str, how: str, degrees: float) -> tuple[bytes, ...]:
    """The loop of a scene; ``paper`` empty is the bare desk. Takes a second the first time."""
    if paper and paper not in PAPERS:
        raise BenchError(f'no paper "{paper}"; there are: {", ".join(PAPERS)}')
    if how not in HOWS:
        raise BenchError(f'no way "{how}" to lay it; there are: {", ".join(HOWS)}')
    return tuple(_frame(paper, how, degrees, number) for number in range(FRAMES))


@lru_cache(maxsize=8)
def _still(paper: str, how: str, degrees: float, aside: int) -> NDArray[np.float32]:
    """The picture before its noise."""
    picture = _desk()
    if paper:
        layer = _laid(_sheet(paper), how, degrees, aside)
        shadow = Image.new("RGBA", SIZE, (0, 0, 0, 0))
        shadow.paste((10, 10, 14, 120), (6, 8), layer.getchannel("A"))
        picture.paste(shadow, (0, 0), shadow.filter(ImageFilter.GaussianBlur(7)))
        picture.paste(layer, (0, 0), layer)
    if how == "blurred":
        picture = picture.filter(ImageFilter.GaussianBlur(3.2))
    seen = np.asarray(picture.filter(ImageFilter.GaussianBlur(0.5)), dtype=np.float32)
    if how == "dark":
        seen = seen * 0.2
    if how == "glare":
        down, across = np.mgrid[0 : SIZE[1], 0 : SIZE[0]].astype(np.float32)
        lamp = np.exp(-((across - SIZE[0] * 0.52) ** 2 + (down - SIZE[1] * 0.45) ** 2) / (2 * 75.0**2))
        seen = seen + 170 * lamp[..., None]
    return np.asarray(seen, dtype=np.float32)


def _frame(paper: str, how: str, degrees: float, number: int) -> bytes:
    aside = 30 * ((number * 7) % 5) if how == "moving" else 0
    grain = np.roll(sensor_noise(), (137 * number, 211 * number), axis=(0, 1))[..., None]
    seen = _still(paper, how, degrees, aside) * 0.93 + grain * 0.6
    written = io.BytesIO()
    Image.fromarray(seen.clip(0, 255).astype(np.uint8), "RGB").save(written, "JPEG", quality=_QUALITY)
    return written.getvalue()


def _desk() -> Image.Image:
    """Brown wood with its grain."""
    chance = np.random.default_rng(7)
    down, across = np.mgrid[0 : SIZE[1], 0 : SIZE[0]].astype(np.float64)
    grain = np.sin(down / 9 + 3 * np.sin(across / 260) + chance.normal(0, 0.4, (SIZE[1], 1)))
    tone = 1 + 0.06 * grain + 0.05 * np.sin(across / 400)
    wood = np.array((116.0, 84.0, 58.0)) * tone[..., None]
    return Image.fromarray(wood.clip(0, 255).astype(np.uint8), "RGB")


def _sheet(paper: str) -> Image.Image:
    width, height = (2 * side for side in PAPERS[paper])
    sheet = Image.new("RGB", (width, height), _SHEET)
    if paper == "blank":
        return sheet
    pen = ImageDraw.Draw(sheet)
    size = 34 if paper != "card" else 28
    if paper == "licence":
        pen.rectangle((30, 30, width - 30, height - 30), outline=(150, 40, 40), width=8)
    top = 70
    while top < height - 90:
        for line in _LINES:
            if top >= height - 90:
                break
            pen.text((70, top), line, fill=_INK, font=font(size))
            top += round(size * 1.9)
    return sheet


def _laid(sheet: Image.Image, how: str, degrees: float, aside: int) -> Image.Image:
    """The sheet on the desk, as a transparent picture of the camera's size."""
    scale = {"small": 0.34, "askew": 0.47}.get(how, 0.5)
    width, height = sheet.size
    half = np.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]]) * (width * scale / 2, height * scale / 2)
    if how == "askew":  # the camera does not look straight down
        half = half * np.array([[0.86], [0.94], [1.06], [1.0]])
    angle = np.radians(degrees)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    down = SIZE[1] * 0.34 if how == "half_off" else 0
    middle = np.array(SIZE) / 2 + (aside - (60 if how == "moving" else 0), down)
    plain = sheet.convert("RGBA")
    return plain.transform(
        SIZE, Image.Transform.PERSPECTIVE, coefficients(half @ turn + middle, width, height), Image.Resampling.BICUBIC
    )
