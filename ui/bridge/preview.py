"""The cameras' live pictures, painted: a face as a circle, a page as it lies with its edges. In one file, because
the types that QML is told of are read file by file."""

from PySide6.QtCore import Property, QBuffer, QByteArray, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QBrush, QColor, QImage, QImageReader, QPainter, QPen, QPolygonF, QTransform
from PySide6.QtQml import QmlElement, QmlUncreatable
from PySide6.QtQuick import QQuickItem, QQuickPaintedItem

from kiosk.contracts.document_camera import PageHint, PageView
from kiosk.contracts.face_camera import Frame

QML_IMPORT_NAME = "Bridge"
QML_IMPORT_MAJOR_VERSION = 1
_ENOUGH = 1000  # pixels of a page's longer side; its place on the screen has fewer
_EDGE, _GOOD, _PEN = "#0E4A6B", "#1B5236", 6.0


class LivePicture(QQuickPaintedItem):
    """Made once in Python, a page only lends it a place; who inherits paints ``_image``."""

    hintChanged = Signal()
    seenChanged = Signal()

    def __init__(self, parent: QQuickItem | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._pixels: object = None  # what owns the pixels that the image shows
        self._hint = ""
        self.setAntialiasing(True)

    def _show(self, image: QImage, pixels: object, hint: str) -> None:
        fresh, self._image, self._pixels = self._image is None, image, pixels
        if hint != self._hint:
            self._hint = hint
            self.hintChanged.emit()
        if fresh:
            self.seenChanged.emit()
        self.update()

    @Slot()
    def wipe(self) -> None:
        """Forget the last picture."""
        if self._image is None:
            return
        self._image, self._pixels, self._hint = None, None, ""
        self.hintChanged.emit()
        self.seenChanged.emit()
        self.update()

    def _get_hint(self) -> str:
        return self._hint

    def _get_seen(self) -> bool:
        return self._image is not None

    hint = Property(str, _get_hint, notify=hintChanged)
    seen = Property(bool, _get_seen, notify=seenChanged)


@QmlElement
@QmlUncreatable("made in Python")
class CameraPreview(LivePicture):  # type: ignore[operator]
    """Mirrored, as people know themselves. ``hint`` is the camera's one instruction (FaceHint's value)."""

    def show_frame(self, frame: Frame) -> None:
        """Show a picture, without copying it."""
        self._show(_image_of(frame.bgra, frame.width, frame.height), frame, frame.hint.value)

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


@QmlElement
@QmlUncreatable("made in Python")
class PagePreview(LivePicture):  # type: ignore[operator]
    """The whole picture, never mirrored: what lies left is left. ``hint``: the one instruction (PageHint's value)."""

    def show_page(self, view: PageView) -> None:
        """Show a picture, without copying it."""
        self._show(_image_of(view.bgra, view.width, view.height), view, view.hint.value)

    def show_still(self, jpeg: bytes) -> None:
        """Show the page that was taken."""
        self.wipe()
        image = decoded(jpeg)
        if not image.isNull():
            self._show(image, None, "")

    def paint(self, painter: QPainter) -> None:
        """The picture as large as it fits, and the page's edges."""
        if self._image is None or self.width() <= 0 or self.height() <= 0:
            return
        factor = min(self.width() / self._image.width(), self.height() / self._image.height())
        wide, high = self._image.width() * factor, self._image.height() * factor
        place = QRectF((self.width() - wide) / 2, (self.height() - high) / 2, wide, high)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, self._image)
        view = self._pixels
        if not isinstance(view, PageView) or not view.corners:
            return
        good = view.hint in (PageHint.GOOD, PageHint.HOLD_STILL)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(
            QPen(QColor(_GOOD if good else _EDGE), _PEN, Qt.PenStyle.SolidLine if good else Qt.PenStyle.DashLine)
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolygon(QPolygonF([QPointF(place.x() + x * wide, place.y() + y * high) for x, y in view.corners]))


def decoded(jpeg: bytes) -> QImage:
    """The picture with no fewer pixels than its place has: a JPEG gives half and quarter sizes for much less than
    the whole, which would hold up the screen for longer than a finger waits."""
    source = QBuffer()
    source.setData(QByteArray(jpeg))
    source.open(QBuffer.OpenModeFlag.ReadOnly)
    reader = QImageReader(source)
    size, part = reader.size(), 1
    while max(size.width(), size.height()) // (2 * part) >= _ENOUGH:
        part *= 2
    if part > 1:
        reader.setScaledSize(QSize(-(-size.width() // part), -(-size.height() // part)))
    return reader.read()


def _image_of(pixels: bytes | memoryview, width: int, height: int) -> QImage:
    """BGRA pixels as an image, without copying them: whoever owns them must outlive it."""
    return QImage(pixels, width, height, width * 4, QImage.Format.Format_RGB32)
