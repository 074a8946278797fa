"""The live picture of a page under the document camera, as it lies, with the edges that were found drawn over it."""

from PySide6.QtCore import Property, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF
from PySide6.QtQml import QmlElement, QmlUncreatable
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem

from kiosk.contracts.document_camera import PageHint, PageView

QML_IMPORT_NAME = "Bridge"
QML_IMPORT_MAJOR_VERSION = 1
_EDGE, _GOOD, _PEN = "#0E4A6B", "#1B5236", 6.0


@QmlElement
@QmlUncreatable("made in Python")
class PagePreview(QQuickPaintedItem):  # type: ignore[operator]
    """The whole picture, never mirrored: what lies left is left. ``hint``: the one instruction (PageHint's value)."""

    hintChanged = Signal()
    seenChanged = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._view: PageView | None = None  # owns the pixels that the image shows
        self._hint = ""
        self.setAntialiasing(True)

    def show_page(self, view: PageView) -> None:
        """Show a picture, without copying it."""
        fresh, hint = self._image is None, view.hint.value
        self._image = QImage(view.bgra, view.width, view.height, view.width * 4, QImage.Format.Format_RGB32)
        self._view = view
        if hint != self._hint:
            self._hint = hint
            self.hintChanged.emit()
        if fresh:
            self.seenChanged.emit()
        self.update()

    def show_still(self, jpeg: bytes) -> None:
        """Show the page that was taken."""
        self.wipe()
        image = QImage.fromData(jpeg)
        if not image.isNull():
            self._image = image
            self.seenChanged.emit()
            self.update()

    @Slot()
    def wipe(self) -> None:
        """Forget the last paper."""
        if self._image is None:
            return
        self._image, self._view, self._hint = None, None, ""
        self.hintChanged.emit()
        self.seenChanged.emit()
        self.update()

    def paint(self, painter: QPainter) -> None:
        """The picture as large as it fits, and the page's edges."""
        if self._image is None or self.width() <= 0 or self.height() <= 0:
            return
        factor = min(self.width() / self._image.width(), self.height() / self._image.height())
        wide, high = self._image.width() * factor, self._image.height() * factor
        place = QRectF((self.width() - wide) / 2, (self.height() - high) / 2, wide, high)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, self._image)
        if self._view is None or not self._view.corners:
            return
        good = self._view.hint in (PageHint.GOOD, PageHint.HOLD_STILL)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(
            QPen(QColor(_GOOD if good else _EDGE), _PEN, Qt.PenStyle.SolidLine if good else Qt.PenStyle.DashLine)
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolygon(
            QPolygonF([QPointF(place.x() + x * wide, place.y() + y * high) for x, y in self._view.corners])
        )

    def _get_hint(self) -> str:
        return self._hint

    def _get_seen(self) -> bool:
        return self._image is not None

    hint = Property(str, _get_hint, notify=hintChanged)
    seen = Property(bool, _get_seen, notify=seenChanged)
