"""What is painted on a head: eyes, brows, lips, nostrils, and hair strand by strand."""

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from .portrait_shape import CX, CY, HEIGHT, WIDTH, Colour, Looks

_FINE = 3  # painted three times as large and made small again
_FRONT = (-170, -120, 170, 180)  # left, top, right, bottom of the part of the face where features are
_WHOLE = (-CX, -CY, WIDTH - CX, HEIGHT - CY)
_EYE = (62, -18)  # from the middle of the face
Point = tuple[float, float]


class Sheet:
    """A transparent sheet in face coordinates, finer than the picture it is laid on."""

    def __init__(self, box: tuple[int, int, int, int] = _FRONT) -> None:
        self._box = box
        size = ((box[2] - box[0]) * _FINE, (box[3] - box[1]) * _FINE)
        self.image = Image.new("RGBA", size, (0, 0, 0, 0))
        self.pen = ImageDraw.Draw(self.image)

    def at(self, points: list[Point]) -> list[Point]:
        """Points of the face as points of the sheet."""
        return [((x - self._box[0]) * _FINE, (y - self._box[1]) * _FINE) for x, y in points]

    def area(self, points: list[Point], colour: tuple[int, int, int, int]) -> None:
        """A filled outline."""
        self.pen.polygon(self.at(points), fill=colour)

    def stroke(self, points: list[Point], colour: tuple[int, int, int, int], width: float) -> None:
        """A line."""
        self.pen.line(self.at(points), fill=colour, width=max(1, round(width * _FINE)), joint="curve")

    def disc(self, middle: Point, radius: float, colour: tuple[int, int, int, int], flat: float = 1.0) -> None:
        """A round or flattened spot."""
        (left, top), (right, bottom) = self.at(
            [(middle[0] - radius, middle[1] - radius * flat), (middle[0] + radius, middle[1] + radius * flat)]
        )
        self.pen.ellipse((left, top, right, bottom), fill=colour)

    def done(self, blur: float = 0.0) -> Image.Image:
        """The sheet at the picture's size."""
        fine = self.image.filter(ImageFilter.GaussianBlur(blur * _FINE)) if blur else self.image
        small = fine.resize((fine.width // _FINE, fine.height // _FINE), Image.Resampling.BOX)
        page = Image.new("RGBA", (WIDTH, HEIGHT), (0, 0, 0, 0))
        page.paste(small, (CX + self._box[0], CY + self._box[1]))
        return page


def curve(*points: Point, steps: int = 24) -> list[Point]:
    """A Bézier curve through its end points."""
    control = np.array(points, dtype=np.float64)
    path: list[Point] = []
    for t in np.linspace(0, 1, steps):
        row = control
        while len(row) > 1:
            row = row[:-1] * (1 - t) + row[1:] * t
        path.append((float(row[0][0]), float(row[0][1])))
    return path


def features(looks: Looks, noise: np.random.Generator) -> Image.Image:
    """Everything on the front of the face."""
    layer = Image.new("RGBA", (WIDTH, HEIGHT), (0, 0, 0, 0))
    for part in (_shadows(looks), _nostrils(), _mouth(looks)):
        layer.alpha_composite(part)
    for side in (-1, 1):
        layer.alpha_composite(_eye(side, looks))
        layer.alpha_composite(_brow(side, looks, noise))
    return layer


def _shadows(looks: Looks) -> Image.Image:
    """Soft darker skin around eyes, beside the nose and below the lip."""
    sheet = Sheet()
    for side in (-1, 1):
        sheet.disc((_EYE[0] * side, _EYE[1] - 6), 40, (120, 70, 56, 64), 0.42)
        sheet.disc((_EYE[0] * side, _EYE[1] + 16), 30, (140, 88, 74, 40 + int(40 * looks.age)), 0.32)
        sheet.stroke(
            curve((30 * side, 58), (48 * side, 78), (58 * side, 104)), (126, 76, 60, 26 + int(70 * looks.age)), 5
        )
        if looks.age > 0.5:
            for spread in (-10, 0, 10):
                sheet.stroke(
                    [(102 * side, _EYE[1] + spread / 3), (120 * side, _EYE[1] + spread)], (130, 84, 66, 90), 2
                )
    sheet.disc((0, 148), 24, (126, 74, 60, 70), 0.3)
    sheet.disc((0, 74), 20, (110, 62, 50, 46), 0.3)
    return sheet.done(blur=5)


def _nostrils() -> Image.Image:
    sheet = Sheet()
    for side in (-1, 1):
        sheet.area(
            curve((8 * side, 71), (14 * side, 60), (24 * side, 70))
            + curve((24 * side, 70), (15 * side, 75), (8 * side, 71)),
            (70, 36, 30, 170),
        )
        sheet.stroke(curve((28 * side, 46), (40 * side, 62), (27 * side, 72)), (120, 70, 58, 90), 2.5)
    return sheet.done(blur=1.4)


def _mouth(looks: Looks) -> Image.Image:
    r, g, b = looks.lips
    sheet = Sheet()
    upper = [*curve((-48, 113), (-26, 100), (-8, 97)), (0, 100), *curve((8, 97), (26, 100), (48, 113))]
    sheet.area(upper + curve((48, 113), (20, 116), (0, 115), (-20, 116), (-48, 113)), (r - 22, g - 18, b - 14, 215))
    lower = curve((-44, 114), (-24, 116), (0, 115), (24, 116), (44, 114))
    sheet.area(lower + curve((44, 114), (26, 138), (0, 139), (-26, 138), (-44, 114)), (r, g, b, 205))
    soft = sheet.done(blur=1.8)
    line = Sheet()
    line.stroke(curve((-50, 112), (-20, 117), (0, 114), (20, 117), (50, 112)), (92, 40, 40, 220), 2.2)
    line.disc((0, 127), 16, (255, 226, 216, 60), 0.28)
    soft.alpha_composite(line.done(blur=1.2))
    return soft


def eye_outline(side: int) -> tuple[list[Point], list[Point]]:
    """The upper lid from the inner corner to the outer, and the lower one back."""
    x, y = _EYE[0] * side, _EYE[1]
    inner, outer = (x - 31 * side, y + 5), (x + 33 * side, y - 1)
    lid = curve(inner, (x - 16 * side, y - 17), (x + 12 * side, y - 19), outer)
    return lid, curve(outer, (x + 14 * side, y + 14), (x - 14 * side, y + 13), inner)


def _eye(side: int, looks: Looks) -> Image.Image:
    x, y = _EYE[0] * side, _EYE[1]
    lid, below = eye_outline(side)
    inner, outer = lid[0], lid[-1]
    ball = Sheet()
    ball.area(lid + below, (238, 232, 228, 255))
    shape = ball.image.getchannel("A")
    inside = Sheet()
    inside.disc((x, y - 1), 14.5, (30, 20, 16, 255))
    inside.disc((x, y - 1), 13.2, (72, 46, 32, 255))
    inside.disc((x, y + 2), 9.5, (98, 64, 42, 255))
    inside.disc((x, y - 1), 6.4, (10, 8, 8, 255))
    inside.disc((x - 4.5, y - 6), 3.2, (255, 255, 255, 245))
    inside.stroke(lid, (60, 40, 36, 120), 9)  # the lid's shadow on the ball
    inside.image = inside.image.filter(ImageFilter.GaussianBlur(0.7 * _FINE))
    inside.image.putalpha(ImageChops.multiply(inside.image.getchannel("A"), shape))
    eye = ball.done(blur=0.6)
    eye.alpha_composite(inside.done())
    lines = Sheet()
    lines.disc((inner[0] + 4 * side, inner[1] - 1), 4, (206, 140, 130, 200), 0.7)
    lines.stroke(lid, (34, 24, 22, 255), 3.6 if looks.long_hair else 3.0)
    lines.stroke(below, (130, 84, 74, 150), 1.4)
    lines.stroke([(px, py - 8 + abs(px - x) * 0.06) for px, py in lid[3:-1]], (120, 74, 62, 170), 1.8)
    if looks.long_hair:
        lines.stroke([outer, (outer[0] + 6 * side, outer[1] - 5)], (34, 24, 22, 230), 2.4)
    eye.alpha_composite(lines.done(blur=0.7))
    return eye


def _brow(side: int, looks: Looks, noise: np.random.Generator) -> Image.Image:
    sheet = Sheet()
    red, green, blue = (int(part * 0.9 + 20 * looks.age) for part in looks.hair)
    line = curve((26 * side, -54), (50 * side, -66), (78 * side, -66), (104 * side, -50), steps=60)
    for place, (px, py) in enumerate(line):
        along = place / len(line)
        thick = 8.5 * looks.brows * (0.55 + 0.45 * np.sin(np.pi * min(1, along * 1.25 + 0.18)))
        for _ in range(7):
            rise = noise.uniform(-thick, thick) * 0.55
            lean = side * noise.uniform(3, 9)
            start = (px + noise.uniform(-2, 2), py + rise)
            sheet.stroke(
                [start, (start[0] + lean, start[1] - 5 * (1 - along) + 2 * along)], (red, green, blue, 190), 1.1
            )
    return sheet.done(blur=0.6)


def long_hair() -> list[Point]:
    """Hair that falls behind the ears to the shoulders."""
    right = curve((0, -262), (150, -268), (196, -120), (186, 60)) + curve(
        (186, 60), (196, 180), (214, 260), (168, 330)
    )
    left = [(-x, y) for x, y in reversed(right)]
    return [*right, (120, 340), (100, 120), (-100, 120), (-120, 340), *left]


def fringe() -> list[Point]:
    """Hair from a side parting, tucked behind the ears."""
    top = curve((-166, 40), (-190, -190), (-90, -262), (10, -262)) + curve(
        (10, -262), (130, -262), (188, -170), (166, 40)
    )
    under = curve((166, 40), (150, -50), (118, -110), (-40, -178)) + curve(
        (-40, -178), (-104, -128), (-148, -66), (-166, 40)
    )
    return top + under


def short_hair() -> list[Point]:
    """A short cut, higher on one side."""
    top = curve((-157, -30), (-182, -190), (-100, -258), (4, -256)) + curve(
        (4, -256), (112, -258), (180, -180), (157, -30)
    )
    under = curve((157, -30), (138, -60), (128, -120), (96, -150)) + curve(
        (96, -150), (30, -172), (-40, -168), (-98, -146)
    )
    return top + under + curve((-98, -146), (-130, -116), (-138, -60), (-157, -30))


def hair(outline: list[Point], looks: Looks, noise: np.random.Generator, shade: float) -> Image.Image:
    """Hair within an outline: a dark mass, strands that follow the head, a band of light."""
    mass = Sheet(_WHOLE)
    base = _tint(looks.hair, shade)
    mass.area(outline, (*base, 255))
    mask = mass.image.getchannel("A").filter(ImageFilter.GaussianBlur(1.2 * _FINE))
    strands = Sheet(_WHOLE)
    strands.pen.rectangle((0, 0, *strands.image.size), fill=(*base, 255))
    for _ in range(2600):
        angle, reach = noise.uniform(-np.pi, 0), noise.uniform(0.55, 1.25)
        start = (190 * reach * np.cos(angle) * 0.92, 250 * reach * np.sin(angle) * 0.98 + 8)
        if looks.long_hair:
            start = (start[0], start[1] + noise.uniform(0, 320) * (abs(start[0]) > 120))
        length = noise.uniform(24, 70)
        drop = np.array([start[0] * 0.35, length])
        light = (
            noise.uniform(-16, 30) + 34 * np.exp(-(((start[1] + 190) / 34) ** 2)) + 60 * looks.age * noise.uniform()
        )
        colour = _tint(tuple(int(part + light) for part in looks.hair), shade)
        end = (start[0] + drop[0], start[1] + drop[1])
        middle = ((start[0] + end[0]) / 2 + np.sign(start[0]) * 5, (start[1] + end[1]) / 2)
        strands.stroke(curve(start, middle, end, steps=6), (*colour, 110), 1.2)
    strands.image = strands.image.filter(ImageFilter.GaussianBlur(0.5 * _FINE))
    strands.image.putalpha(mask)
    return strands.done()


def _tint(colour: tuple[int, ...], shade: float) -> Colour:
    red, green, blue = (max(0, min(255, int(part * shade))) for part in colour)
    return red, green, blue
