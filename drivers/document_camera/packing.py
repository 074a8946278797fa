"""Pages as files of a size that may be sent: JPEG for one, PDF for several. In memory only."""

import io
from collections.abc import Sequence

import cv2
import numpy as np
from fpdf import FPDF

from drivers.face_camera.pixels import Pixels
from kiosk.contracts.document_camera import PageShot

QUALITIES = (92, 85, 78, 70, 62, 55)  # JPEG; below the last one print gets hard to read
SHRINK = 0.8  # of width and height, when quality alone does not do
LEAST_LONGER = 800  # pixels of the longer side; A4 with fewer cannot be read
PAGE_ROOM = 1500  # bytes that a PDF needs for each page beside its picture
A4_LONGER = 297.0  # millimetres


class TooLargeError(ValueError):
    """The pages cannot be made so small and stay readable."""


def jpeg_within(pixels: Pixels, most: int) -> bytes:
    """A picture, BGR, as a JPEG of at most so many bytes: the best quality that fits, then fewer pixels.

    TooLargeError when it would no longer be readable.
    """
    now = pixels
    while True:
        for quality in QUALITIES:
            good, data = cv2.imencode(".jpg", now, [cv2.IMWRITE_JPEG_QUALITY, quality])
            if good and data.size <= most:
                return bytes(data.tobytes())
        height, width = now.shape[:2]
        if max(height, width) * SHRINK < LEAST_LONGER:
            raise TooLargeError
        size = max(1, round(width * SHRINK)), max(1, round(height * SHRINK))
        now = np.asarray(cv2.resize(now, size, interpolation=cv2.INTER_AREA), np.uint8)


def pdf_within(shots: Sequence[PageShot], most: int) -> bytes:
    """Pages in their order as one PDF of at most so many bytes; each keeps its own shape, the longer side is A4's.

    Pages that are small enough are put in as they are. TooLargeError as above; ValueError without any page.
    """
    if not shots:
        raise ValueError("a PDF has at least one page")
    share = most // len(shots) - PAGE_ROOM
    made = _pdf([_within(shot, share) for shot in shots])
    if len(made) > most:
        raise TooLargeError
    return made


def _within(shot: PageShot, most: int) -> bytes:
    if len(shot.jpeg) <= most:
        return shot.jpeg
    pixels = cv2.imdecode(np.frombuffer(shot.jpeg, np.uint8), cv2.IMREAD_COLOR)
    if pixels is None:
        raise TooLargeError
    try:
        return jpeg_within(np.asarray(pixels, np.uint8), most)
    finally:
        pixels.fill(0)


def _pdf(jpegs: Sequence[bytes]) -> bytes:
    document = FPDF(unit="mm")
    document.set_auto_page_break(False)
    for jpeg in jpegs:
        height, width = _size(jpeg)
        scale = A4_LONGER / max(width, height)
        document.add_page(format=(width * scale, height * scale))
        document.image(io.BytesIO(jpeg), 0, 0, width * scale, height * scale)
    return bytes(document.output())


def _size(jpeg: bytes) -> tuple[int, int]:
    pixels = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_REDUCED_GRAYSCALE_8)
    if pixels is None:
        raise TooLargeError
    return int(pixels.shape[0]), int(pixels.shape[1])
