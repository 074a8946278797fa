"""One copy of a document as a workbook (xlsx): head, tables under their columns, and the places to sign.

Text stays text: nothing in a cell is ever a formula, and a number with leading zeros keeps them.
"""

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from kiosk.domain.paper import Grid, Pair, Paragraph, SealMark, Sheet, SheetPart, SignLine

_FIGURE = re.compile(r"0|[1-9][0-9]{0,5}")
_WIDEST, _LEAST = 44, 9


def workbook_of(sheets: Sequence[Sheet]) -> bytes:
    """The file; each copy is a sheet of its own, dated as the document is and not as the machine is."""
    file = BytesIO()
    book = Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    made = sheets[0].made_at.replace(tzinfo=None)
    book.set_properties({"title": sheets[0].title, "company": sheets[0].office, "created": made})
    styles = _Styles(book)
    for number, sheet in enumerate(sheets, 1):
        _Page(book, f"{sheet.title[:24]} {number}" if len(sheets) > 1 else sheet.title[:31], styles).put(sheet)
    book.close()
    return file.getvalue()


class _Styles:
    def __init__(self, book: Any) -> None:
        line = {"border": 1, "text_wrap": True, "valign": "vcenter"}
        self.title = book.add_format({"bold": True, "font_size": 16})
        self.heading = book.add_format({"bold": True, "font_size": 12})
        self.label = book.add_format({"bold": True})
        self.plain = book.add_format({"text_wrap": False})
        self.column = book.add_format({**line, "bold": True, "bg_color": "#F1ECE1"})
        self.cell = book.add_format(line)
        self.figure = book.add_format({**line, "align": "right"})


class _Page:
    def __init__(self, book: Any, name: str, styles: _Styles) -> None:
        self._sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\]", " ", name))
        self._styles, self._row = styles, 0
        self._wide: dict[int, int] = {}

    def put(self, sheet: Sheet) -> None:
        """Everything of one copy, from top to bottom."""
        self._line(sheet.title, self._styles.title)
        self._line(sheet.office, self._styles.plain)
        for mark in sheet.marks:
            self._line(mark, self._styles.label)
        self._pairs(sheet.head)
        for part in sheet.parts:
            self._part(part)
        self._row += 1
        self._pairs(sheet.foot)
        for column, wide in self._wide.items():
            self._sheet.set_column(column, column, min(_WIDEST, max(_LEAST, wide)))
        self._sheet.set_paper(9)
        self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_footer("&C&P / &N")

    def _part(self, part: SheetPart) -> None:
        self._row += 1
        if part.title:
            self._line(part.title, self._styles.heading)
        for block in part.blocks:
            if isinstance(block, Grid):
                self._grid(block)
            elif isinstance(block, Pair):
                self._pairs((block,))
            elif isinstance(block, Paragraph):
                self._line(block.text, self._styles.plain)
            elif isinstance(block, SignLine):
                self._pairs((Pair(block.label, block.name),))
            elif isinstance(block, SealMark):
                self._pairs((Pair(block.label, block.office),))

    def _grid(self, grid: Grid) -> None:
        for column, text in enumerate(grid.columns):
            self._cell(column, text, self._styles.column)
        self._row += 1
        for row in grid.rows:
            for column, text in enumerate(row):
                self._cell(column, text, self._styles.cell)
            self._row += 1

    def _cell(self, column: int, text: str, style: Any) -> None:
        if style is self._styles.cell and _FIGURE.fullmatch(text):
            self._sheet.write_number(self._row, column, int(text), self._styles.figure)
        else:
            self._sheet.write_string(self._row, column, text, style)
        wide = sum(2 if ord(one) > 0x2E80 else 1 for one in text) + 2
        self._wide[column] = max(self._wide.get(column, 0), wide)

    def _line(self, text: str, style: Any) -> None:
        self._sheet.write_string(self._row, 0, text, style)
        self._row += 1

    def _pairs(self, pairs: Sequence[Pair]) -> None:
        for pair in pairs:
            self._sheet.write_string(self._row, 0, pair.label, self._styles.label)
            self._sheet.write_string(self._row, 1, pair.value, self._styles.plain)
            self._row += 1
