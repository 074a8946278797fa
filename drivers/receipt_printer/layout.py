"""From a receipt to what stands where on the roll: a pure step, so that the same receipt fits 80 mm and 58 mm.

A receipt is a plain list of lines. The layout gives it its shape: the first heading becomes the head of the slip with
the mark, the stamp stands beside the code wherever there is room, and what follows the QR code stands beside it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from drivers.line_breaking import wrap
from drivers.paper import Face, printable, qr_modules
from kiosk.contracts.printing import LineKind, PaperLine, Receipt
from kiosk.domain.private import Private

Measure = Callable[[str, Face], int]  # width in dots at the size of running text
DOTS_PER_MM = 8
QR_LEAST = 25 * DOTS_PER_MM
QR_WISH = 264
QR_QUIET = 4  # modules of white that every QR symbol needs around itself
BESIDE_LEAST = 200  # dots; narrower, words beside the QR code would be shreds
MARK = 84
CODE_SIZE, HEAD_SIZE, TITLE_SIZE, STAMP_SIZE, NOTE_SIZE = 70, 36, 44, 40, 20
STAMP_FRAME = 64  # what the double box adds to the width of its word


@dataclass(frozen=True, slots=True)
class Roll:
    """The paper and how running text is set on it. Everything in dots of 1/203 inch."""

    width: int
    margin: int
    size: int  # of running text
    pitch: int  # from line to line
    lead: int  # white above the letters of a line; a printer's own type has none
    regular: Face
    bold: Face

    @property
    def measure_width(self) -> int:
        """Between the margins."""
        return self.width - 2 * self.margin


@dataclass(frozen=True, slots=True, repr=False)
class Masthead(Private):
    """The head of the slip: mark, title, and what stands below it; ``tag`` is 补打 or empty."""

    title: str
    below: tuple[str, ...]
    tag: str


@dataclass(frozen=True, slots=True, repr=False)
class Heading(Private):
    """A heading inside the slip, one printed line, in the serif."""

    text: str


@dataclass(frozen=True, slots=True, repr=False)
class Row(Private):
    """One printed line of running text; what stands right is bold."""

    left: str = ""
    right: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Stamp(Private):
    """The official word, and small below it the time."""

    word: str
    note: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Code(Private):
    """The code that people read aloud, with the stamp beside it or without."""

    code: str
    stamp: Stamp | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A dashed line from margin to margin."""


@dataclass(frozen=True, slots=True)
class Gap:
    """White."""

    dots: int


@dataclass(frozen=True, slots=True, repr=False)
class QrBlock(Private):
    """The QR code at the left margin, rows of text at its right; without rows it stands in the middle."""

    modules: tuple[tuple[bool, ...], ...]
    module: int  # dots of one module
    beside: tuple[Row, ...]

    @property
    def side(self) -> int:
        """Length of one side."""
        return len(self.modules) * self.module

    @property
    def quiet(self) -> int:
        """White that must stay around it."""
        return QR_QUIET * self.module


Element = Masthead | Heading | Row | Stamp | Code | Rule | Gap | QrBlock


class Layout:
    """Lays out receipts for one roll. ``measure`` gives widths of running text, ``display`` those of large faces at a
    size."""

    def __init__(self, roll: Roll, measure: Measure, display: Callable[[str, Face, int], int]) -> None:
        self._roll = roll
        self._measure = measure
        self._display = display

    def lay_out(self, receipt: Receipt) -> tuple[Element, ...]:
        """The elements from top to bottom."""
        lines = [_clean(line) for line in receipt.lines]
        stamp = next((_stamp(line) for line in lines if line.kind is LineKind.STAMP), None)
        code = next((line.value for line in lines if line.kind is LineKind.CODE), "")
        if stamp is not None and code and self._stands_beside(code, stamp):
            lines = _without_stamp(lines)
        else:
            stamp = None
        elements = list(self._masthead(lines, "补打" if receipt.reprint else ""))
        while lines:
            elements += self._element(lines, stamp)
        return tuple(elements)

    def _masthead(self, lines: list[PaperLine], tag: str) -> Iterator[Element]:
        """Takes the first heading and the texts under it off the list."""
        title = lines.pop(0).value if lines and lines[0].kind is LineKind.HEADING else ""
        if not title and not tag:
            return
        room = self._roll.measure_width - MARK - 20
        title, *below = wrap(title, lambda s: self._display(s, Face.SERIF_BOLD, TITLE_SIZE) <= room)
        while title and lines and lines[0].kind is LineKind.TEXT:
            below += wrap(lines.pop(0).value, lambda s: self._measure(s, self._roll.regular) <= room)
        yield Masthead(title, tuple(below), tag)
        yield Gap(12)

    def _element(self, lines: list[PaperLine], stamp: Stamp | None) -> Iterator[Element]:
        line = lines.pop(0)
        if line.kind is LineKind.RULE:
            yield Rule()
        elif line.kind is LineKind.HEADING:
            yield from (Heading(part) for part in self._wrapped(line.value, Face.SERIF_BOLD, HEAD_SIZE))
        elif line.kind is LineKind.TEXT:
            yield from self._text(line.value, self._roll.measure_width)
        elif line.kind is LineKind.PAIR:
            yield from self._pair(line.label, line.value, self._roll.measure_width)
        elif line.kind is LineKind.CODE:
            yield from self._text(line.label, self._roll.measure_width) if line.label else ()
            parts = self._wrapped(line.value, Face.SANS_BOLD, CODE_SIZE)
            yield from (Code(part, stamp if number == 0 else None) for number, part in enumerate(parts))
            yield Gap(16)
        elif line.kind is LineKind.STAMP:
            yield _stamp(line)
            yield Gap(12)
        elif line.value:
            yield self._qr(line.value, lines)

    def _wrapped(self, text: str, face: Face, size: int) -> tuple[str, ...]:
        return wrap(text, lambda s: self._display(s, face, size) <= self._roll.measure_width)

    def _stands_beside(self, code: str, stamp: Stamp) -> bool:
        word = self._display(stamp.word, Face.SERIF_BOLD, STAMP_SIZE)
        note = self._display(stamp.note, Face.SANS_BOLD, NOTE_SIZE)
        together = self._display(code, Face.SANS_BOLD, CODE_SIZE) + max(word, note) + STAMP_FRAME
        return together + 20 <= self._roll.measure_width

    def _text(self, text: str, width: int) -> Iterator[Row]:
        """Running text; lines after a number (1 等短信…, ① 等短信…) hang under its words."""
        number, space, words = text.partition(" ")
        hanging = number.isdigit() and len(number) <= 2 and bool(words)
        indent = "".join(" " if char <= "~" else "\u3000" for char in number + space) if hanging else ""
        room = width - max(
            self._measure(one, self._roll.regular) for one in (indent, number + space if hanging else "")
        )
        lines = wrap(words if hanging else text, lambda s: self._measure(s, self._roll.regular) <= room)
        for index, line in enumerate(lines):
            yield Row((number + space if hanging and index == 0 else indent) + line)

    def _pair(self, label: str, value: str, width: int) -> Iterator[Row]:
        """Label left, value right; a long value breaks in its own column, or below when the label leaves it too
        little room."""
        gap = self._roll.size
        room = width - self._measure(label, self._roll.regular) - gap
        if self._measure(value, self._roll.bold) > room and room < width // 2:
            yield from self._text(label, width)
            label, room = "", width
        for index, part in enumerate(wrap(value, lambda s: self._measure(s, self._roll.bold) <= room)):
            yield Row(label if index == 0 else "", part)

    def _qr(self, payload: str, lines: list[PaperLine]) -> QrBlock:
        """Takes the texts and pairs that follow off the list as long as they fit beside the code."""
        modules = qr_modules(payload)
        count = len(modules)
        most = (self._roll.width - 2 * self._roll.margin) // count
        module = max(1, min(most, max(QR_WISH // count, -(-QR_LEAST // count))))
        room = self._roll.measure_width - count * module - QR_QUIET * module
        rows: list[Row] = []
        while room >= BESIDE_LEAST and lines and lines[0].kind in {LineKind.TEXT, LineKind.PAIR}:
            line = lines[0]
            is_text = line.kind is LineKind.TEXT
            more = list(self._text(line.value, room) if is_text else self._pair(line.label, line.value, room))
            if (len(rows) + len(more)) * self._roll.pitch > count * module:
                break
            rows += more
            lines.pop(0)
        return QrBlock(modules, module, tuple(rows))


def _clean(line: PaperLine) -> PaperLine:
    """Only what can stand on paper. The payload of a QR code stays as it is: it is drawn, not set."""
    if line.kind is LineKind.QR:
        return line
    face = Face.SERIF_BOLD if line.kind in {LineKind.HEADING, LineKind.STAMP} else Face.SANS
    return PaperLine(line.kind, printable(line.value, face).strip(), printable(line.label, face).strip())


def _without_stamp(lines: list[PaperLine]) -> list[PaperLine]:
    """The lines without the stamp, and without a rule that would now stand below another."""
    left = [line for line in lines if line.kind is not LineKind.STAMP]
    return [
        line
        for at, line in enumerate(left)
        if line.kind is not LineKind.RULE or at == 0 or left[at - 1].kind is not LineKind.RULE
    ]


def _stamp(line: PaperLine) -> Stamp:
    return Stamp(line.label, line.value) if line.label else Stamp(line.value)
