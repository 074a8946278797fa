"""领取签收单 as a PDF: one A4 sheet, or more when the bundle is large, that two people sign and one seals.

fpdf2 embeds the glyphs that are used, straight from the collection files, and writes a text layer in which every code
and every name can be searched and copied exactly. The same sheet always gives the same bytes.
"""

import io
from dataclasses import dataclass
from itertools import count

from fpdf import FPDF
from PIL import Image, ImageChops, UnidentifiedImageError

from drivers.line_breaking import wrap
from drivers.paper import Face, printable, qr_modules
from kiosk.contracts.printing import HandoverSheet, SheetRow

TITLE = "领取签收单"
_LEFT, _RIGHT, _BOTTOM = 20.0, 190.0, 271.0  # mm; the foot begins at the bottom
_QR_SIDE = 26.0
_SIGN_HEIGHT = 58.0  # statement, signatures, seal: never parted from each other or from the last article
_LARGEST_SIGNATURE = 4000  # dots a side
_COLUMNS = (
    ("", 20.0, 10.0),
    ("领取的东西", 31.0, 51.0),
    ("编号", 84.0, 60.0),
    ("数量", 146.0, 20.0),
    ("核对", 168.0, 22.0),
)


def pdf_of(sheet: HandoverSheet) -> bytes:
    """The finished PDF. A signature that is not a picture leaves its line empty, to be signed with a pen.
    Fault: device-configuration (a font file is missing)."""
    return _Sheet(sheet).make()


@dataclass(frozen=True, slots=True)
class _Type:
    face: Face
    size: float  # points


_TITLE = _Type(Face.SERIF_BOLD, 28)
_STRONG = _Type(Face.SANS_BOLD, 12)
_BODY = _Type(Face.SANS, 12)
_SITE = _Type(Face.SANS_BOLD, 13)
_LABEL = _Type(Face.SANS, 10.5)
_HEAD = _Type(Face.SANS_BOLD, 10.5)
_SMALL = _Type(Face.SANS, 8.5)
_LEADING = 6.4  # mm from line to line of body text
_ROW, _BASE = 9.6, 6.4  # mm: a row of the table, and its baseline; nine articles fit beside the signatures


class _Sheet:
    """One sheet being made; the cursor goes down, a new page is begun when it must."""

    def __init__(self, sheet: HandoverSheet) -> None:
        self._sheet = sheet
        self._y = 0.0
        self._pdf = pdf = FPDF(format="A4")
        pdf.set_auto_page_break(False)
        pdf.set_margin(0)
        pdf.set_title(TITLE)
        pdf.set_lang("zh-CN")
        pdf.set_creation_date(sheet.handed_at)
        for face in (Face.SANS, Face.SANS_BOLD, Face.SERIF_BOLD):
            pdf.add_font(face.name, fname=str(face.path), collection_font_number=face.number)

    def make(self) -> bytes:
        self._pdf.add_page()
        self._head()
        self._parties()
        self._table()
        self._signing()
        for number in range(1, self._pdf.pages_count + 1):
            self._pdf.page = number
            self._foot(number, self._pdf.pages_count)
        return bytes(self._pdf.output())

    # -- what everything is made of

    def _use(self, kind: _Type) -> None:
        self._pdf.set_font(kind.face.name, size=kind.size)

    def _clean(self, text: str, kind: _Type) -> str:
        return printable(text, kind.face).strip()

    def _write(self, x: float, y: float, text: str, kind: _Type, align: str = "left") -> None:
        """One line with its baseline at ``y``."""
        text = self._clean(text, kind)
        self._use(kind)
        width = self._pdf.get_string_width(text) if align != "left" else 0.0
        self._pdf.text(x - {"left": 0.0, "center": width / 2, "right": width}[align], y, text)

    def _lines(self, text: str, kind: _Type, width: float) -> tuple[str, ...]:
        text = self._clean(text, kind)
        self._use(kind)
        return wrap(text, lambda line: self._pdf.get_string_width(line) <= width)

    def _paragraph(self, x: float, y: float, text: str, kind: _Type, width: float) -> int:
        """Lines from ``y`` downwards; how many."""
        lines = self._lines(text, kind, width)
        for number, line in enumerate(lines):
            self._write(x, y + number * _LEADING, line, kind)
        return len(lines)

    def _rule(self, y: float, weight: float, left: float = _LEFT, right: float = _RIGHT) -> None:
        self._pdf.set_line_width(weight)
        self._pdf.line(left, y, right, y)

    # -- from top to bottom

    def _head(self) -> None:
        sheet, pdf = self._sheet, self._pdf
        pdf.set_fill_color(0)
        pdf.rect(_LEFT, 16.5, 11.5, 11.5, style="F", round_corners=True, corner_radius=1.1)
        pdf.set_draw_color(255)
        pdf.set_line_width(0.3)
        pdf.rect(_LEFT + 0.9, 17.4, 9.7, 9.7, style="D", round_corners=True, corner_radius=0.6)
        pdf.set_draw_color(0)
        pdf.set_text_color(255)
        self._write(_LEFT + 5.75, 25.3, "开", _Type(Face.SERIF_BOLD, 22), "center")
        pdf.set_text_color(0)
        self._write(_LEFT + 15, 21.2, sheet.site_name, _SITE)
        self._write(_LEFT + 15, 27.3, "　".join(filter(None, ("企业开办", sheet.window))), _LABEL)
        self._qr(_RIGHT - _QR_SIDE, 16.5)
        self._title((_LEFT + _RIGHT) / 2, 51.5)
        handed = sheet.handed_at
        day = f"{handed.year} 年 {handed.month} 月 {handed.day} 日 {handed:%H:%M}"
        self._write((_LEFT + _RIGHT) / 2, 60.5, f"单号　{sheet.slip_code}　　　{day}", _LABEL, "center")
        self._rule(65.5, 0.5)
        self._y = 65.5

    def _title(self, middle: float, y: float) -> None:
        self._use(_TITLE)
        spacing = 3.0  # points; less than a reader of the text layer takes for a space
        width = self._pdf.get_string_width(TITLE) + (len(TITLE) - 1) * spacing / self._pdf.k
        self._pdf.set_char_spacing(spacing)
        self._pdf.text(middle - width / 2, y, TITLE)
        self._pdf.set_char_spacing(0)

    def _qr(self, x: float, y: float) -> None:
        modules = qr_modules(self._sheet.qr)
        side = _QR_SIDE / len(modules)
        for row, line in enumerate(modules):
            start = 0
            for column, dark in enumerate((*line, False)):
                if not dark:
                    if column > start:
                        # one bar for neighbours: no hairline of white between them in any viewer
                        self._pdf.rect(x + start * side, y + row * side, (column - start) * side, side, style="F")
                    start = column + 1

    def _parties(self) -> None:
        sheet = self._sheet
        self._y += 9.5
        self._write(_LEFT, self._y, "企业名称", _LABEL)
        self._y += _LEADING * (self._paragraph(_LEFT + 33, self._y, sheet.company, _STRONG, 137) - 1)
        pairs = (
            ("统一社会信用代码", sheet.uscc, "办件编号", sheet.case_no),
            ("领取人", sheet.receiver, "与企业关系", sheet.relation),
            ("领取人证件", sheet.receiver_number, "经办窗口", sheet.window),
        )
        for label, value, second, other in pairs:
            self._y += 8.0
            self._write(_LEFT, self._y, label, _LABEL)
            self._write(_LEFT + 33, self._y, value, _BODY)
            self._write(107, self._y, second, _LABEL)
            extra = self._paragraph(128, self._y, other, _BODY, _RIGHT - 128) - 1
            self._y += extra * _LEADING
        self._y += 9.0

    def _table(self) -> None:
        self._table_head()
        last = len(self._sheet.rows)
        for number, row in zip(count(1), self._sheet.rows):
            height = self._row_height(row)
            if self._y + height + (_SIGN_HEIGHT if number == last else 0.0) > _BOTTOM:
                self._rule(self._y, 0.5)
                self._next_page()
                self._table_head()
            elif number > 1:
                self._rule(self._y, 0.12)
            self._row(number, row)
            self._y += height
        self._rule(self._y, 0.5)

    def _table_head(self) -> None:
        self._rule(self._y, 0.5)
        for name, x, _ in _COLUMNS:
            if name:
                self._write(x, self._y + 6.3, name, _HEAD)
        self._y += 9.4
        self._rule(self._y, 0.25)

    def _cells(self, row: SheetRow) -> tuple[tuple[str, _Type], ...]:
        return ((row.name, _STRONG), (row.number, _BODY), (row.quantity, _BODY), (row.check, _BODY))

    def _row_height(self, row: SheetRow) -> float:
        widths = [width for _, _, width in _COLUMNS[1:]]
        most = max(len(self._lines(text, kind, w)) for (text, kind), w in zip(self._cells(row), widths, strict=True))
        return _ROW + (most - 1) * _LEADING

    def _row(self, number: int, row: SheetRow) -> None:
        self._write(_COLUMNS[0][1] + 5, self._y + _BASE, str(number), _STRONG, "center")
        for (text, kind), (_, x, width) in zip(self._cells(row), _COLUMNS[1:], strict=True):
            self._paragraph(x, self._y + _BASE, text, kind, width)

    def _next_page(self) -> None:
        self._pdf.add_page()
        self._write(_LEFT, 22, f"{TITLE}（续）", _Type(Face.SERIF_BOLD, 14))
        self._write(_RIGHT, 22, f"单号　{self._sheet.slip_code}", _LABEL, "right")
        self._y = 28.0

    def _signing(self) -> None:
        sheet, top = self._sheet, self._y
        statement = f"以上 {len(sheet.rows)} 样，当面点清，核对一致，已经领取。"
        self._write(_LEFT, top + 10, statement, _BODY)
        handed = sheet.handed_at
        line = top + 43
        for x, label, name in ((_LEFT, "领取人签字", ""), (83.0, "窗口人员签字", sheet.clerk)):
            self._write(x, top + 23, label, _STRONG)
            if name:
                self._write(x + 30, top + 23, name, _BODY)
            self._rule(line, 0.25, x, x + 53)
            day = f"{handed.year} 年 {handed.month} 月 {handed.day} 日"
            self._write(x + 53, line + 6, day, _LABEL, "right")
        self._signature(_LEFT + 2, top + 26, 49, line - top - 27)
        self._seal(172.5, top + 34.5, 17.0)
        self._y = top + _SIGN_HEIGHT

    def _signature(self, x: float, y: float, width: float, height: float) -> None:
        """The signature as written on the screen, as large as its place allows, standing on the line."""
        ink = _ink(self._sheet.signature_png)
        if ink is None:
            return
        scale = min(width / ink.width, height / ink.height)
        self._pdf.image(ink, x, y + height - ink.height * scale, ink.width * scale, ink.height * scale)

    def _seal(self, x: float, y: float, radius: float) -> None:
        self._pdf.set_draw_color(90)
        self._pdf.set_line_width(0.3)
        self._pdf.set_dash_pattern(dash=2.2, gap=1.6)
        self._pdf.circle(x, y, radius)
        self._pdf.set_dash_pattern()
        self._pdf.set_draw_color(0)
        self._pdf.set_text_color(90)
        self._write(x, y + 1.4, "盖章处", _LABEL, "center")
        self._pdf.set_text_color(0)

    def _foot(self, page: int, pages: int) -> None:
        self._use(_BODY)  # another page remembers another type: only a change is written down
        self._rule(_BOTTOM + 4, 0.5)
        words = "右上角的码和单号里没有个人信息，凭它可以查到这一单。"
        self._write(_LEFT, _BOTTOM + 9.4, words, _SMALL)
        if self._sheet.audit_head:
            self._write(_LEFT, _BOTTOM + 13.9, f"存证　{self._sheet.audit_head}", _SMALL)
        self._write(_RIGHT, _BOTTOM + 9.4, f"第 {page} 页，共 {pages} 页", _SMALL, "right")


def _ink(png: bytes) -> Image.Image | None:
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
