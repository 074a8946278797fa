"""What every sheet is drawn with: faces and sizes, lines of text, rules, the QR code, signatures, seals, marks.

fpdf2 embeds the glyphs that are used (``typefaces``) and writes a text layer in which every code
and every name can be searched and copied exactly. All measures in millimetres, sizes of type in points.
"""

import io
from dataclasses import dataclass
from datetime import datetime

from fpdf import FPDF
from PIL import Image, ImageChops, UnidentifiedImageError

from drivers.line_breaking import wrap
from drivers.paper import Face, printable, qr_modules
from kiosk.domain.document import PaperSize

from . import typefaces

_FACES = (Face.SANS, Face.SANS_BOLD, Face.SERIF_BOLD)
_LARGEST_SIGNATURE = 4000  # dots a side
SIZES = {PaperSize.A4_LANDSCAPE: (297.0, 210.0), PaperSize.A3_LANDSCAPE: (420.0, 297.0)}
A4 = (210.0, 297.0)  # and whatever was meant for a roll


@dataclass(frozen=True, slots=True)
class Type:
    """A face at a size."""

    face: Face
    size: float


TITLE = Type(Face.SERIF_BOLD, 26)
AGAIN = Type(Face.SERIF_BOLD, 14)  # the title at the head of a further page
LOUD = Type(Face.SANS_BOLD, 30)
STRONG = Type(Face.SANS_BOLD, 12)
BODY = Type(Face.SANS, 11)
SITE = Type(Face.SANS_BOLD, 13)
LABEL = Type(Face.SANS, 10)
HEAD = Type(Face.SANS_BOLD, 10)
SMALL = Type(Face.SANS, 8.5)
MARK = Type(Face.SERIF_BOLD, 90)


class Pen:
    """Draws on the pages of one file."""

    def __init__(self, title: str, language: str, made_at: datetime) -> None:
        self.pdf = pdf = FPDF(format="A4")
        pdf.set_auto_page_break(False)
        pdf.set_margin(0)
        pdf.set_title(title)
        pdf.set_lang("zh-CN" if language == "zh" else "en")
        pdf.set_creation_date(made_at)
        typefaces.give(pdf, _FACES)

    def page(self, width: float, height: float) -> None:
        """A new page of that size."""
        self.pdf.add_page(format=(width, height))

    def turn(self, page: int) -> None:
        """Back to a page that was begun. It remembers another type, and only a change is written down."""
        self.pdf.page = page
        self._measure("", TITLE)

    def done(self) -> bytes:
        """The file. The same sheets always give the same bytes."""
        typefaces.cut(self.pdf, _FACES)
        return bytes(self.pdf.output())

    def width(self, text: str, kind: Type) -> float:
        """Length of a line of text."""
        return self._measure(_clean(text, kind), kind)

    def lines(self, text: str, kind: Type, width: float) -> tuple[str, ...]:
        """The text in lines of at most that width."""
        return wrap(_clean(text, kind), lambda line: self._measure(line, kind) <= width)

    def write(self, x: float, y: float, text: str, kind: Type, align: str = "left", spacing: float = 0) -> None:
        """One line with its baseline at ``y``; ``spacing`` in points, less than a reader takes for a space."""
        text = _clean(text, kind)
        if not text:
            return
        width = self._measure(text, kind) + (len(text) - 1) * spacing / self.pdf.k
        self.pdf.set_font(kind.face.name, size=kind.size)
        self.pdf.set_char_spacing(spacing)
        self.pdf.text(x - {"left": 0.0, "center": width / 2, "right": width}[align], y, text)
        self.pdf.set_char_spacing(0)

    def rule(self, y: float, weight: float, left: float, right: float) -> None:
        """A straight line."""
        self.pdf.set_line_width(weight)
        self.pdf.line(left, y, right, y)

    def mark(self, x: float, y: float) -> None:
        """The mark of the service: 开 in a square."""
        pdf = self.pdf
        pdf.set_fill_color(0)
        pdf.rect(x, y, 11.5, 11.5, style="F", round_corners=True, corner_radius=1.1)
        pdf.set_draw_color(255)
        pdf.set_line_width(0.3)
        pdf.rect(x + 0.9, y + 0.9, 9.7, 9.7, style="D", round_corners=True, corner_radius=0.6)
        pdf.set_draw_color(0)
        pdf.set_text_color(255)
        self.write(x + 5.75, y + 8.8, "开", Type(Face.SERIF_BOLD, 22), "center")
        pdf.set_text_color(0)

    def code(self, x: float, y: float, side: float, payload: str) -> None:
        """A QR symbol; neighbouring modules are one bar: no hairline of white between them in any viewer."""
        modules = qr_modules(payload)
        dot = side / len(modules)
        self.pdf.set_fill_color(0)
        for row, line in enumerate(modules):
            start = 0
            for column, dark in enumerate((*line, False)):
                if not dark:
                    if column > start:
                        self.pdf.rect(x + start * dot, y + row * dot, (column - start) * dot, dot, style="F")
                    start = column + 1

    def signature(self, x: float, y: float, width: float, height: float, png: bytes) -> None:
        """A signature as written on the screen, as large as its place allows, standing on its line. What is no
        picture leaves the line empty, to be signed with a pen."""
        ink = ink_of(png)
        if ink is not None:
            scale = min(width / ink.width, height / ink.height)
            self.pdf.image(ink, x, y + height - ink.height * scale, ink.width * scale, ink.height * scale)

    def seal(self, x: float, y: float, radius: float, label: str) -> None:
        """The place for a seal."""
        pdf = self.pdf
        pdf.set_draw_color(90)
        pdf.set_line_width(0.3)
        pdf.set_dash_pattern(dash=2.2, gap=1.6)
        pdf.circle(x, y, radius)
        pdf.set_dash_pattern()
        pdf.set_draw_color(0)
        pdf.set_text_color(90)
        self.write(x, y + 1.4, label, LABEL, "center")
        pdf.set_text_color(0)

    def across(self, width: float, height: float, words: str) -> None:
        """Pale words from corner to corner: not to be taken for the real thing."""
        self.pdf.set_text_color(222)
        kind = Type(MARK.face, min(MARK.size, MARK.size * width * 0.8 / max(1.0, self.width(words, MARK))))
        with self.pdf.rotation(45, width / 2, height / 2):
            self.write(width / 2, height / 2 + kind.size / 8, words, kind, "center")
        self.pdf.set_text_color(0)

    def _measure(self, text: str, kind: Type) -> float:
        self.pdf.set_font(kind.face.name, size=kind.size)
        return float(self.pdf.get_string_width(text))


def _clean(text: str, kind: Type) -> str:
    return printable(text, kind.face).strip()


def ink_of(png: bytes) -> Image.Image | None:
    """The written part of a signature on white, or None when there is nothing to see."""
    try:
        with Image.open(io.BytesIO(png), formats=("PNG",)) as opened:
            if max(opened.size) > _LARGEST_SIGNATURE:
                return None
            picture = opened.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return None
    white = Image.new("RGBA", picture.size, (255, 255, 255, 255))
    grey = Image.alpha_composite(white, picture).convert("L")
    box = ImageChops.invert(grey).point(lambda value: 255 if value > 40 else 0).getbbox()
    return grey.crop(box) if box else None
