"""The live picture of the camera, painted as a circle; made once in Python, a page only lends it a place."""

from PySide6.QtCore import Property, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QBrush, QImage, QPainter, QTransform
from PySide6.QtQml import QmlElement, QmlUncreatable
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem

from kiosk.contracts.face_camera import Frame

QML_IMPORT_NAME = "Bridge"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
@QmlUncreatable("made in Python")
class CameraPreview(QQuickPaintedItem):  # type: ignore[operator]
    """Mirrored, as people know themselves. ``hint`` is the camera's one instruction (FaceHint's value)."""

    hintChanged = Signal()
    seenChanged = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._frame: Frame | None = None  # owns the pixels that the image shows
        self._hint = ""
        self.setAntialiasing(True)

    def show_frame(self, frame: Frame) -> None:
        """Show a picture, without copying it."""
        fresh, hint = self._image is None, frame.hint.value
        wide, high = frame.width, frame.height
        self._image = QImage(frame.bgra, wide, high, wide * 4, QImage.Format.Format_RGB32)
        self._frame = frame
        if hint != self._hint:
            self._hint = hint
            self.hintChanged.emit()
        if fresh:
            self.seenChanged.emit()
        self.update()

    @Slot()
    def wipe(self) -> None:
        """Forget the last face."""
        if self._image is None:
            return
        self._image, self._frame, self._hint = None, None, ""
        self.hintChanged.emit()
        self.seenChanged.emit()
        self.update()

    def paint(self, painter: QPainter) -> None:
        """Fill the circle with the middle of the picture."""
        side = min(self.width(), self.height())
        if self._image is None or side <= 0:
            return
        shorter = min(self._image.width(), self._image.height())
        factor = side / shorter
        brush = QBrush(self._image)
        brush.setTransform(
            QTransform()
            .translate(self.width() / 2, self.height() / 2)
            .scale(-factor, factor)
            .translate(-self._image.width() / 2, -self._image.height() / 2)
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush)
        centre = QPointF(self.width() / 2, self.height() / 2)
        painter.drawEllipse(QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side))

    def _get_hint(self) -> str:
        return self._hint

    def _get_seen(self) -> bool:
        return self._image is not None

    hint = Property(str, _get_hint, notify=hintChanged)
    seen = Property(bool, _get_seen, notify=seenChanged)
