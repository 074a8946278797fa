"""Line drawings as pictures: ``image://drawing/<percent-encoded SVG>``, rendered at the size they are shown; with
``once/`` before it one that is not kept, because it is somebody's, or of a size that does not come again.

Qt's own vector items are painted past every clip by the software renderer; pictures are not.
"""

from functools import lru_cache
from urllib.parse import unquote

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtQuick import QQuickImageProvider
from PySide6.QtSvg import QSvgRenderer

_ONCE = "once/"
_KEPT = 256  # drawings; every one of a visit, in the sizes and colours of one look
_SMALL = 24_000  # pixels: an icon, or the torn edge of a sheet; what is larger has another size on every page


class DrawingProvider(QQuickImageProvider):
    """The text comes from our own QML only; nothing foreign is ever drawn. An icon is drawn once, a torn edge too."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._icons = lru_cache(_KEPT)(_drawn)

    def requestImage(self, name: str, _size: QSize, wanted: QSize) -> QImage:
        """Render the drawing into exactly the wanted pixels."""
        wide, high = max(1, wanted.width()), max(1, wanted.height())
        drawing = name.removeprefix(_ONCE)
        kept = drawing == name and wide * high <= _SMALL
        return (self._icons if kept else _drawn)(drawing, wide, high)


def _drawn(name: str, wide: int, high: int) -> QImage:
    image = QImage(wide, high, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(unquote(name).encode())).render(painter)
    painter.end()
    return image.copy()  # without the painting engine, which is larger than an icon and stays with what it painted
