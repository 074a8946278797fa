"""A signature as the finger drew it, turned into a small PNG with its strokes inside: ink on transparent ground."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from kiosk.domain.ink import ink_of, with_ink

Strokes = Sequence[Sequence[Sequence[float]]]
HEIGHT, MARGIN, PEN = 240, 12, 6.0


def drawn(payload: Any) -> Any:
    """What was drawn goes inside as a picture: a payload's ``strokes`` become its ``png``."""
    if not isinstance(payload, dict) or "strokes" not in payload:
        return payload
    return {**{k: v for k, v in payload.items() if k != "strokes"}, "png": png_of(payload["strokes"])}


def png_of(strokes: Strokes) -> bytes:
    """The strokes ([x, y, milliseconds]) cut to their bounds, 240 pixels high at most; empty without any."""
    points = [(float(x), float(y)) for stroke in strokes for x, y, *_ in stroke]
    if not points:
        return b""
    left, top = min(x for x, _ in points), min(y for _, y in points)
    wide, high = max(x for x, _ in points) - left, max(y for _, y in points) - top
    scale = min(1.0, (HEIGHT - 2 * MARGIN) / max(high, 1.0), (4 * HEIGHT) / max(wide, 1.0))
    image = QImage(
        int(wide * scale) + 2 * MARGIN + 1, int(high * scale) + 2 * MARGIN + 1, QImage.Format.Format_ARGB32
    )
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor("#1B1A18"), PEN, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    for stroke in strokes:
        line = [QPointF((x - left) * scale + MARGIN, (y - top) * scale + MARGIN) for x, y, *_ in stroke]
        painter.drawPoint(line[0])  # a dot is a stroke too
        painter.drawPolyline(QPolygonF(line))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    png = bytes(buffer.data().data())
    ink = ink_of(strokes)
    return png if ink is None else with_ink(png, ink)
