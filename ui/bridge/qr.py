"""QR codes as pictures: ``image://qr/<percent-encoded text>``, drawn with whole pixels per module."""

import sys
from urllib.parse import unquote

import segno
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickImageProvider

INK, SHEET = 0xFF1B1A18, 0xFFFFFEFB
_INK, _SHEET = (colour.to_bytes(4, sys.byteorder) for colour in (INK, SHEET))


class QrProvider(QQuickImageProvider):
    """Error correction M, no quiet zone: the slip's own paper is the quiet zone."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, name: str, _size: QSize, wanted: QSize) -> QImage:
        """Draw the code of that text into the wanted square."""
        side = max(1, wanted.width() if wanted.width() > 0 else 256)
        return draw(unquote(name), side)


def draw(text: str, side: int) -> QImage:
    """The code in the middle of a square of ``side`` pixels, as large as whole modules allow."""
    matrix = [bytes(row) for row in segno.make(text, error="m", micro=False).matrix]
    size = len(matrix)
    modules = b"".join(_INK if module else _SHEET for row in matrix for module in row)
    image = QImage(modules, size, size, size * 4, QImage.Format.Format_RGB32)
    whole = size * max(1, side // size)
    # Qt makes the pixels: one by one from here they would hold up the screen for longer than a finger waits.
    return image.scaled(whole, whole, mode=Qt.TransformationMode.FastTransformation)
