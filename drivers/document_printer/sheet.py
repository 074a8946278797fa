"""Every document as a PDF, by one layout: head, title, parts, signatures and seal, and on every page which one it is.

A sheet becomes a row of elements with known heights; pages are filled with them. What belongs together is never
parted: a heading from what follows, the signatures from the last thing that they stand for.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kiosk.domain.paper import Grid, Pair, Paragraph, SealMark, Sheet, SheetBlock, SheetPart, SignLine

from .pen import A4, AGAIN, BODY, HEAD, LABEL, LOUD, SITE, SIZES, SMALL, STRONG, TITLE, Pen

_MARGIN, _TOP, _QR = 20.0, 16.5, 26.0
_FOOT = 26.0  # from the rule of the foot down to the edge
_LEADING, _ROW, _BASE = 6.0, 8.4, 5.9  # nine things and two signatures on one page
_PAIR = 7.6
_TOGETHER = 70.0  # so much of what stands above the signatures goes with them to a new page
_SIGN_HEIGHT, _SIGN_WIDTH, _SEAL = 40.0, 53.0, 34.0


def pdf_of(sheets: Sequence[Sheet]) -> bytes:
    """The finished PDF, one copy after the other. A signature that is not a picture leaves its line empty, to be
    signed with a pen. Fault: device-configuration (a font file is missing)."""
    first = sheets[0]
    pen = Pen(first.title, first.language, first.made_at)
    for sheet in sheets:
        _Layout(pen, sheet).make()
    return pen.done()


@dataclass(frozen=True, slots=True)
class _Element:
    """Something of a known height. ``keep``: not parted from the next; ``again``: drawn first on a page that begins
    with it."""

    height: float
    draw: Callable[[float], None]
    keep: bool = False
    again: "_Element | None" = None


class _Layout:
    """One sheet being laid out; the cursor goes down, a new page is begun when it must."""

    def __init__(self, pen: Pen, sheet: Sheet) -> None:
        self._pen, self._sheet = pen, sheet
        self._width, self._height = SIZES.get(sheet.paper, A4)
        self._right, self._bottom = self._width - _MARGIN, self._height - _FOOT
        self._room = self._right - _MARGIN
        self._y = 0.0

    def make(self) -> None:
        first = self._pen.pdf.pages_count + 1
        self._page()
        self._head()
        for group in _groups(self._elements()):
            height = sum(one.height for one in group)
            if self._y + height > self._bottom and self._y > self._start:
                self._page()
                self._again()
                self._put(group[0].again)
            for one in group:
                self._put(one)
        last = self._pen.pdf.pages_count
        for page in range(first, last + 1):
            self._pen.turn(page)
            self._foot(page - first + 1, last - first + 1)

    def _put(self, element: _Element | None) -> None:
        if element is not None:
            element.draw(self._y)
            self._y += element.height

    def _page(self) -> None:
        self._pen.page(self._width, self._height)
        if self._sheet.marks:
            self._pen.across(self._width, self._height, " · ".join(self._sheet.marks))
        self._y = self._start = 28.0

    # -- the head and foot of pages

    def _head(self) -> None:
        sheet, pen = self._sheet, self._pen
        pen.mark(_MARGIN, _TOP)
        pen.write(_MARGIN + 15, _TOP + 4.7, sheet.office, SITE)
        pen.write(_MARGIN + 15, _TOP + 10.8, sheet.service, LABEL)
        if sheet.qr:
            pen.code(self._right - _QR, _TOP, _QR, sheet.qr)
        pen.write(self._width / 2, 52.5, sheet.title, TITLE, "center", 3.0 if sheet.language == "zh" else 0.0)
        self._y = 58.0
        for one in self._pairs(sheet.head):
            self._put(one)
        self._y += 2.5
        pen.rule(self._y, 0.5, _MARGIN, self._right)
        self._y += 1.5
        self._start = self._y

    def _again(self) -> None:
        self._pen.write(_MARGIN, 22, f"{self._sheet.title}{self._sheet.continued}", AGAIN)
        self._pen.write(self._right, 15.5, self._sheet.number, SMALL, "right")

    def _foot(self, page: int, pages: int) -> None:
        sheet, pen, top = self._sheet, self._pen, self._bottom + 3
        pen.rule(top, 0.5, _MARGIN, self._right)
        said = "　".join(f"{one.label} {one.value}".strip() for one in sheet.foot)
        lines = [*pen.lines(said, SMALL, self._room - 40)[:2], sheet.qr_note if sheet.qr else ""]
        for number, line in enumerate(line for line in lines if line):
            pen.write(_MARGIN, top + 4.8 + 4.2 * number, line, SMALL)
        pen.write(self._right, top + 4.8, sheet.page.format(page=page, pages=pages), SMALL, "right")

    # -- the parts

    def _elements(self) -> list[_Element]:
        found: list[_Element] = []
        for part in self._sheet.parts:
            found += self._part(part)
            if any(isinstance(block, SignLine | SealMark) for block in part.blocks):
                found = _bound(found)
        return found

    def _part(self, part: SheetPart) -> Iterator[_Element]:
        yield _Element(2.5, _nothing, keep=True)
        if part.title:
            yield _Element(9.0, lambda y: self._pen.write(_MARGIN, y + 6, part.title, STRONG), keep=True)
        blocks = list(part.blocks)
        while blocks:
            lot = _alike(blocks)
            del blocks[: len(lot)]
            if isinstance(lot[0], Pair):
                yield from self._pairs([one for one in lot if isinstance(one, Pair)])
            elif isinstance(lot[0], Paragraph):
                yield from (self._paragraph(one) for one in lot if isinstance(one, Paragraph))
            elif isinstance(lot[0], Grid):
                yield from self._grid(lot[0])
            else:
                yield self._signing(lot)

    def _pairs(self, pairs: Sequence[Pair]) -> Iterator[_Element]:
        """Two beside one another where both are short, else one below the other."""
        column = max((self._pen.width(one.label, LABEL) for one in pairs), default=0.0) + 5
        half = self._room / 2 - column - 4
        left = list(pairs)
        while left:
            row = [left.pop(0)]
            if left and all(self._pen.width(one.value, BODY) <= half for one in (row[0], left[0])):
                row.append(left.pop(0))
            wide = half if len(row) == 2 else self._room - column
            lines = [self._pen.lines(one.value, BODY, wide) for one in row]
            yield _Element(
                _PAIR + (max(len(one) for one in lines) - 1) * _LEADING,
                lambda y, row=row, lines=lines: self._pair_row(y, row, lines, column),  # type: ignore[misc]
            )

    def _pair_row(self, y: float, row: Sequence[Pair], lines: Sequence[tuple[str, ...]], column: float) -> None:
        for at, (pair, said) in enumerate(zip(row, lines, strict=True)):
            x = _MARGIN + at * self._room / 2
            self._pen.write(x, y + 5.4, pair.label, LABEL)
            for number, line in enumerate(said):
                self._pen.write(x + column, y + 5.4 + number * _LEADING, line, BODY)

    def _paragraph(self, one: Paragraph) -> _Element:
        if one.loud:
            return _Element(15.0, lambda y: self._pen.write(_MARGIN, y + 11.5, one.text, LOUD))
        indent = 7.0 if one.number else 0.0
        lines = self._pen.lines(one.text, BODY, self._room - indent)

        def draw(y: float) -> None:
            if one.number:
                self._pen.write(_MARGIN, y + 5.2, f"{one.number}.", BODY)
            for number, line in enumerate(lines):
                self._pen.write(_MARGIN + indent, y + 5.2 + number * _LEADING, line, BODY)

        return _Element(len(lines) * _LEADING + 1.2, draw)

    def _grid(self, grid: Grid) -> Iterator[_Element]:
        """A table: columns as wide as they need, the widest narrowed until all fit."""
        wide = [
            4 + max([self._pen.width(head, HEAD), 4.0, *(self._pen.width(row[at], BODY) for row in grid.rows)])
            for at, head in enumerate(grid.columns)
        ]
        while sum(wide) > self._room:
            wide[wide.index(max(wide))] -= 1.0
        spare = (self._room - sum(wide)) / len(wide)
        wide = [one + (spare if at else 0.0) for at, one in enumerate(wide)]
        head = self._grid_row(grid.columns, wide, head=True)
        yield head
        for row in grid.rows:
            yield replace(self._grid_row(row, wide), again=head)
        yield _Element(1.5, lambda y: self._pen.rule(y, 0.5, _MARGIN, self._right))

    def _grid_row(self, row: Sequence[str], wide: Sequence[float], *, head: bool = False) -> _Element:
        kind = HEAD if head else BODY
        cells = [self._pen.lines(text, kind, size - 3) for text, size in zip(row, wide, strict=True)]

        def draw(y: float) -> None:
            self._pen.rule(y, 0.5 if head else 0.12, _MARGIN, self._right)
            x = _MARGIN
            for lines, size in zip(cells, wide, strict=True):
                for number, line in enumerate(lines):
                    self._pen.write(x, y + _BASE + number * _LEADING, line, kind)
                x += size

        return _Element(_ROW + (max(len(lines) for lines in cells) - 1) * _LEADING, draw, keep=head)

    def _signing(self, places: Sequence[SheetBlock]) -> _Element:
        """Signatures side by side, the seal at the right; a third signature stands below."""
        signs = [one for one in places if isinstance(one, SignLine)]
        seal = next((one for one in places if isinstance(one, SealMark)), None)
        rows = max(1, -(-len(signs) // 2))

        def draw(y: float) -> None:
            for number, one in enumerate(signs):
                x = _MARGIN + (number % 2) * (_SIGN_WIDTH + 10)
                self._sign(x, y + (number // 2) * _SIGN_HEIGHT, one)
            if seal is not None:
                self._pen.seal(self._right - _SEAL / 2, y + 4 + _SEAL / 2, _SEAL / 2, seal.label)

        return _Element(_SIGN_HEIGHT * rows, draw)

    def _sign(self, x: float, y: float, one: SignLine) -> None:
        line = y + 30
        self._pen.write(x, y + 7, one.label, STRONG)
        self._pen.write(x + self._pen.width(one.label, STRONG) + 3, y + 7, one.name, BODY)
        self._pen.rule(line, 0.25, x, x + _SIGN_WIDTH)
        self._pen.write(x + _SIGN_WIDTH, line + 5.6, one.date, LABEL, "right")
        self._pen.signature(x + 2, y + 10, _SIGN_WIDTH - 4, line - y - 11, one.ink)


def _nothing(y: float) -> None:
    pass


def _alike(blocks: Sequence[SheetBlock]) -> list[SheetBlock]:
    """The blocks at the beginning that are set together."""
    signs = (SignLine, SealMark)
    if isinstance(blocks[0], Grid):
        return [blocks[0]]
    kind = signs if isinstance(blocks[0], signs) else (type(blocks[0]),)
    end = next((at for at, one in enumerate(blocks) if not isinstance(one, kind)), len(blocks))
    return list(blocks[:end])


def _bound(elements: list[_Element]) -> list[_Element]:
    """The signatures go with what stands directly above them, as far as that is short, and with one row of a table at
    least: nobody signs an empty page."""
    bound, height = list(elements), elements[-1].height
    for at in range(len(elements) - 2, -1, -1):
        height += elements[at].height
        row = elements[at].again is not None
        if height > _SIGN_HEIGHT + _TOGETHER and not row:
            break
        bound[at] = replace(bound[at], keep=True)
        if row:
            break
    return bound


def _groups(elements: Sequence[_Element]) -> Iterator[list[_Element]]:
    group: list[_Element] = []
    for one, after in pairwise([*elements, None]):
        assert one is not None
        group.append(one)
        if not one.keep or after is None:
            yield group
            group = []
