"""What comes off a phone: a photograph and a signature. And characters written with a finger."""

import io

import numpy as np
from PIL import Image, ImageDraw

Strokes = list[list[list[float]]]
# Strokes as fractions of the pad, as somebody writes them who learnt it at school.
HANDWRITTEN: dict[str, Strokes] = {
    "大": [[[0.32, 0.38], [0.68, 0.36]], [[0.51, 0.06], [0.50, 0.35], [0.46, 0.60], [0.32, 0.94]],
           [[0.50, 0.38], [0.56, 0.65], [0.69, 0.92]]],
    "木": [[[0.30, 0.32], [0.70, 0.32]], [[0.50, 0.05], [0.50, 0.95]], [[0.49, 0.34], [0.30, 0.80]],
           [[0.51, 0.34], [0.71, 0.80]]],
}  # fmt: skip


def photo() -> bytes:
    """A picture as a phone takes it."""
    made = io.BytesIO()
    Image.fromarray(np.random.default_rng(5).integers(0, 255, (600, 400, 3), np.uint8)).save(made, "JPEG")
    return made.getvalue()


def written() -> bytes:
    """A signature as a phone draws it."""
    sheet, made = Image.new("RGBA", (400, 160), (255, 255, 255, 0)), io.BytesIO()
    ImageDraw.Draw(sheet).line([(30, 120), (150, 40), (240, 110), (360, 50)], fill=(27, 26, 24, 255), width=5)
    sheet.save(made, "PNG")
    return made.getvalue()
