"""QR codes as pictures: ``image://qr/<percent-encoded text>``, drawn with whole pixels per module."""

from urllib.parse import unquote

import segno
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickImageProvider

INK, SHEET = 0xFF1B1A18, 0xFFFFFEFB


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
    module = max(1, side // len(matrix))
    image = QImage(len(matrix) * module, len(matrix) * module, QImage.Format.Format_RGB32)
    image.fill(SHEET)
    for y in range(image.height()):
        for x in range(image.width()):
            if matrix[y // module][x // module]:
                image.setPixel(x, y, INK)
    return image
