"""Line drawings as pictures: ``image://drawing/<percent-encoded SVG>``, rendered at the size they are shown.

Qt's own vector items are painted past every clip by the software renderer; pictures are not.
"""

from urllib.parse import unquote

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtQuick import QQuickImageProvider
from PySide6.QtSvg import QSvgRenderer


class DrawingProvider(QQuickImageProvider):
    """The text comes from our own QML only; nothing foreign is ever drawn."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, name: str, _size: QSize, wanted: QSize) -> QImage:
        """Render the drawing into exactly the wanted pixels."""
        image = QImage(max(1, wanted.width()), max(1, wanted.height()), QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        QSvgRenderer(QByteArray(unquote(name).encode())).render(painter)
        painter.end()
        return image
