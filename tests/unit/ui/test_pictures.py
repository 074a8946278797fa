"""What is drawn can be read: QR codes by a reader, signatures by their ink, drawings at every size."""

from urllib.parse import quote

import cv2
import numpy as np
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from ui.bridge.drawing import DrawingProvider
from ui.bridge.preview import decoded
from ui.bridge.qr import QrProvider, draw
from ui.bridge.signature import HEIGHT, png_of


def pixels(image: QImage) -> np.ndarray:
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    flat = np.frombuffer(bytes(grey.constBits()), np.uint8).reshape(grey.height(), grey.bytesPerLine())
    return np.pad(flat[:, : grey.width()], 40, constant_values=255)


@pytest.mark.parametrize("side", [104, 160, 190, 400])
@pytest.mark.parametrize(
    "text", ["QB1.01HZX3M2V5B4N6P7Q8R9S0T1U2.K7P-428.1a2b3c4d", "https://example.invalid/q?x=1&y=%20#"]
)
def test_a_code_can_be_scanned_from_the_screen(text: str, side: int) -> None:
    shown = QrProvider().requestImage(quote(text, safe=""), QSize(), QSize(side, side))
    assert shown.width() <= max(side, 60)
    found = zxingcpp.read_barcodes(np.ascontiguousarray(pixels(shown)))
    assert [one.text for one in found] == [text]
    assert shown == draw(text, side)


Point = st.tuples(st.floats(0, 2000), st.floats(0, 900))


@given(st.lists(st.lists(Point, min_size=1, max_size=20), max_size=6))
def test_any_strokes_become_a_small_picture(strokes: list[list[tuple[float, float]]]) -> None:
    png = png_of(strokes)
    if not strokes:
        assert png == b""
        return
    image = QImage.fromData(png, "PNG")
    assert not image.isNull()
    assert image.height() <= HEIGHT + 2
    assert image.width() <= 4 * HEIGHT + 30
    inked = sum(image.pixelColor(x, y).alpha() > 0 for x in range(image.width()) for y in range(0, image.height(), 3))
    assert inked > 0


@pytest.mark.parametrize("side", [1, 20, 24, 52, 400])
def test_a_drawing_has_the_size_it_is_shown_at(side: int) -> None:
    line = "<path d='M4 12H20' stroke='#0E4A6B' stroke-width='4'/>"
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'>{line}</svg>"
    image = DrawingProvider().requestImage(quote(svg), QSize(), QSize(side, side))
    assert (image.width(), image.height()) == (side, side)
    assert image.pixelColor(side // 2, side // 2).alpha() > 0


def test_what_is_drawn_once_is_the_same_and_is_not_kept() -> None:
    svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'><path d='M4 12H20' stroke='#000'/></svg>"
    drawings, size = DrawingProvider(), QSize(40, 40)
    once = drawings.requestImage("once/" + quote(svg), QSize(), size)
    assert drawings._icons.cache_info().currsize == 0
    assert once == drawings.requestImage(quote(svg), QSize(), size)
    assert drawings._icons.cache_info().currsize == 1


@pytest.mark.parametrize(
    ("taken", "shown"), [((640, 480), (640, 480)), ((1240, 1754), (1240, 1754)), ((2480, 3507), (1240, 1754))]
)
def test_a_page_is_read_with_as_many_pixels_as_its_place_has(taken: tuple[int, int], shown: tuple[int, int]) -> None:
    page = np.full((taken[1], taken[0], 3), 255, np.uint8)
    page[: taken[1] // 2] = 0
    image = decoded(cv2.imencode(".jpg", page)[1].tobytes())
    assert (image.width(), image.height()) == shown
    dark, light = (image.pixelColor(shown[0] // 2, round(shown[1] * part)).lightness() for part in (0.25, 0.75))
    assert (dark, light) == (0, 255)


def test_what_is_no_picture_shows_nothing() -> None:
    assert decoded(b"no picture").isNull()
