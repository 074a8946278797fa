"""A code held into the camera: paper with a QR code or bars, or a printed slip, a little askew, in a hand."""

from pathlib import Path

import numpy as np
import segno
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from .code128 import code128_modules
from .device import BenchError
from .escpos_glyphs import font
from .hall_view import SIZE
from .portrait_shape import light, rgba

_PAPER = (248, 247, 243)
_INK = (38, 38, 42)
_MODULE = 6.0  # dots of the camera's picture that one module of a QR code gets
_LEAST_HITS = 6  # rows that must look like a finder pattern before it is taken for one


def code_paper(text: str, symbology: str) -> Image.Image:
    """Paper with a code on it. Raises BenchError for what the code cannot hold."""
    if symbology == "qr":
        symbol = segno.make_qr(text, error="m", boost_error=False)
        modules = np.array([list(row) for row in symbol.matrix], dtype=np.bool_)
        dots = np.repeat(np.repeat(modules, 6, axis=0), 6, axis=1)
    elif symbology == "code128":
        try:
            bars = np.array([code128_modules(text)], dtype=np.bool_)
        except ValueError as error:
            raise BenchError(str(error)) from None
        dots = np.repeat(np.repeat(bars, 150, axis=0), 3 if bars.size <= 300 else 2, axis=1)
    else:
        raise BenchError('symbology is "qr" or "code128"')
    height, width = dots.shape
    paper = Image.new("RGB", (width + 140, height + 170), _PAPER)
    paper.paste(Image.new("RGB", (width, height), _INK), (70, 70), Image.fromarray(dots))
    caption = text if len(text) <= 20 else f"{text[:9]}…{text[-9:]}"
    ImageDraw.Draw(paper).text((70 + width / 2, height + 110), caption, fill=_INK, font=font(18), anchor="mm")
    return paper


def printed_paper(path: Path) -> Image.Image:
    """A printed picture as paper: the QR code on it at a readable size and in the middle, or the whole of it."""
    try:
        with Image.open(path) as opened:
            picture = opened.convert("L")
    except OSError:
        raise BenchError(f"{path}: not a picture") from None
    found = _finder_patterns(np.asarray(picture) < 128)
    ink = Image.merge(
        "RGB",
        [
            picture.point([_INK[each] + (_PAPER[each] - _INK[each]) * level // 255 for level in range(256)])
            for each in range(3)
        ],
    )
    if found:
        x, y, module = found
        scale = _MODULE / module
        middle = (x * scale, y * scale)
    else:
        scale = min(0.9 * SIZE[0] / picture.width, 0.9 * SIZE[1] / picture.height)
        middle = (picture.width * scale / 2, picture.height * scale / 2)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    large = ink.resize(size, Image.Resampling.LANCZOS)
    top, bottom = round(middle[1] - SIZE[1] / 2 - 60), round(middle[1] + SIZE[1] / 2 + 60)
    return large.crop((0, max(0, top), size[0], min(size[1], bottom)))


def held(paper: Image.Image, degrees: float) -> Image.Image:
    """The paper in a hand, as a transparent picture of the camera's size."""
    width, height = paper.size
    layer = Image.new("RGBA", SIZE, (0, 0, 0, 0))
    half = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * (width / 2, height / 2)
    angle = np.radians(degrees)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    corners = (
        half @ turn * np.array([[1.0], [1.0], [0.955], [0.965]]) + np.array(SIZE) / 2
    )  # the lower edge tilts away
    plain = paper.convert("RGBA")
    lying = plain.transform(
        SIZE, Image.Transform.PERSPECTIVE, coefficients(corners, width, height), Image.Resampling.BICUBIC
    )
    shadow = Image.new("RGBA", SIZE, (0, 0, 0, 0))
    shadow.paste((20, 22, 26, 110), (14, 18), lying.getchannel("A"))
    layer.alpha_composite(shadow.filter(ImageFilter.GaussianBlur(14)))
    layer.alpha_composite(lying)
    layer.alpha_composite(_thumb((corners[2] + corners[3]) / 2))
    return layer


def _thumb(edge: NDArray[np.float64]) -> Image.Image:
    """A thumb that holds the paper at the middle of its lower edge."""
    middle, tip = float(edge[0]), float(min(edge[1], SIZE[1] - 8)) - 26
    down, across = np.mgrid[0 : SIZE[1], 0 : SIZE[0]].astype(np.float64)
    x, y = across - middle - 0.12 * (down - tip), down - tip
    half = 42 * np.sqrt(np.clip(1 - np.clip(1 - y / 52, 0, 1) ** 2, 1e-6, 1)) + 0.02 * np.clip(y, 0, None)
    inside = np.clip((half - np.abs(x)) / 2.5, 0, 1) * (y > 0)
    shade, gloss = light(40 * np.sqrt(np.clip(1 - (x / half) ** 2, 0, 1)))
    shade *= 1 - 0.10 * np.exp(-(((y - 118) / 5) ** 2)) - 0.07 * np.exp(-(((y - 132) / 4) ** 2))  # the joint's folds
    nail = np.clip(1.15 - (x / 25) ** 4 - ((y - 40) / 30) ** 4, 0, 1)
    skin = np.array((226.0, 180.0, 152.0)) * np.power(shade[..., None], (0.85, 1.08, 1.18))
    tone = skin + nail[..., None] * (14, 18, 20) + 22 * gloss[..., None]
    return rgba(tone, inside).filter(ImageFilter.GaussianBlur(1.5))


def coefficients(corners: NDArray[np.float64], width: int, height: int) -> list[float]:
    """From where in the paper each dot of the picture comes."""
    rows, wanted = [], []
    for (x, y), (u, v) in zip(corners, ((0, 0), (width, 0), (width, height), (0, height)), strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        wanted += [u, v]
    return [float(each) for each in np.linalg.solve(np.array(rows), np.array(wanted, dtype=np.float64))]


def _finder_runs(line: NDArray[np.bool_]) -> list[tuple[float, float]]:
    """Middle and module size of everything on a line that runs like a finder pattern."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], line, [False])).astype(np.int8)))
    found = []
    for at in range(0, len(edges) - 5, 2):
        runs = np.diff(edges[at : at + 6])
        module = float(runs.sum()) / 7
        if module >= 2 and np.all(np.abs(runs - module * np.array([1, 1, 3, 1, 1])) <= 0.5 * module):
            found.append((float(edges[at] + edges[at + 5]) / 2, module))
    return found


def _finder_patterns(dark: NDArray[np.bool_]) -> tuple[float, float, float] | None:
    """Middle and module size of a QR code: where dark and light run 1:1:3:1:1 along a row and down a column, three
    groups of them. Strokes of large type do so along a row only."""
    hits: list[tuple[float, float, float]] = []
    for row in range(0, len(dark), 2):
        for middle, module in _finder_runs(dark[row]):
            column = _finder_runs(dark[:, round(middle)])
            if any(abs(down - row) <= 2 * module and abs(size - module) <= module / 2 for down, size in column):
                hits.append((middle, float(row), module))
    if len(hits) < _LEAST_HITS:
        return None
    found = np.array(hits)
    return (
        float(found[:, 0].min() + found[:, 0].max()) / 2,
        float(found[:, 1].min() + found[:, 1].max()) / 2,
        float(np.median(found[:, 2])),
    )
