"""A document in plain text, in columns of a fixed-width type: for tests and for docs/documents.md."""

import unicodedata
from collections.abc import Iterable, Iterator

from kiosk.domain.document import (
    Block,
    Clause,
    Code,
    Document,
    Language,
    Line,
    PaperSize,
    SealPlace,
    SignaturePlace,
    Stamp,
    Table,
    word,
)

from .words import say

COLUMNS = {
    PaperSize.ROLL_58: 32,
    PaperSize.ROLL_80: 48,
    PaperSize.A4: 84,
    PaperSize.A4_LANDSCAPE: 84,
    PaperSize.A3_LANDSCAPE: 84,
}
_RULE = "="
_BETWEEN = 2  # columns of white between the cells of a table
_NEVER_FIRST = frozenset("，。、；：？！）》」』】”’,.;:?!)]}%")


def plain(document: Document) -> str:
    """The whole document, line by line."""
    return "\n".join(line.rstrip() for line in _lines(document))


def _lines(document: Document) -> Iterator[str]:
    width, language = COLUMNS[document.paper], document.language
    if document.watermarks:
        yield _middle(f"※ {' · '.join(say(mark, language) for mark in document.watermarks)} ※", width)
    for text in (document.office, say(document.title, language)):
        yield from (_middle(part, width) for part in _wrapped(text, width))
    last = len(document.sections) - 1
    for number, section in enumerate(document.sections):
        yield _RULE * width if number in {0, last} else ""
        if section.title is not None:
            yield f"【{say(section.title, language)}】"
        labels = max((columns(say(b.label, language)) for b in section.blocks if isinstance(b, Line)), default=0)
        for block in section.blocks:
            yield from _block(block, language, width, labels)
    yield _RULE * width
    if document.qr:
        yield from _wrapped(f"[{say(word('plain.qr'), language)}] {document.qr}", width)
    if document.copies > 1:
        yield say(word("plain.copies", count=str(document.copies)), language)


def _block(block: Block, language: Language, width: int, labels: int) -> Iterator[str]:
    if isinstance(block, Line):
        yield from _beside(_padded(say(block.label, language), labels) + "  ", say(block.value, language), width)
    elif isinstance(block, Clause):
        yield from _beside(f"{block.number}. " if block.number else "", say(block.text, language), width)
    elif isinstance(block, Code):
        yield _middle(" ".join(block.value), width)
    elif isinstance(block, Stamp):
        yield _middle(f"[[ {say(block.word, language)} {block.note} ]]", width)
    elif isinstance(block, Table):
        yield from _table(block, language, width)
    elif isinstance(block, SignaturePlace):
        name = f"（{block.name}）" if block.name else ""
        date = say(word("plain.sign_date"), language)
        yield from _wrapped(f"{say(block.label, language)}{name} ____________  {date} __________", width)
    else:
        yield from _seal(block, language, width)


def _seal(block: SealPlace, language: Language, width: int) -> Iterator[str]:
    yield from _wrapped(f"（{say(word('plain.seal'), language)}　{block.office}）", width)


def _table(table: Table, language: Language, width: int) -> Iterator[str]:
    """Columns as wide as they need, the wide ones narrowed until all fit."""
    head = [say(column, language) for column in table.columns]
    rows = [head, *([say(cell, language) for cell in row] for row in table.rows)]
    wide = [max(columns(row[at]) for row in rows) for at in range(len(head))]
    room = width - _BETWEEN * (len(head) - 1)
    while sum(wide) > room and max(wide) > 2:
        wide[wide.index(max(wide))] -= 1
    for number, row in enumerate(rows):
        cells = [tuple(_wrapped(cell, size)) for cell, size in zip(row, wide, strict=True)]
        for at in range(max(len(cell) for cell in cells)):
            parts = (
                _padded(cell[at] if at < len(cell) else "", size) for cell, size in zip(cells, wide, strict=True)
            )
            yield (" " * _BETWEEN).join(parts)
        if number == 0:
            yield "-" * min(width, sum(wide) + _BETWEEN * (len(head) - 1))


def _beside(start: str, text: str, width: int) -> Iterator[str]:
    """Text after a label; further lines hang under its beginning."""
    indent = columns(start)
    for number, line in enumerate(_wrapped(text, width - indent)):
        yield (start if number == 0 else " " * indent) + line


def _wrapped(text: str, width: int) -> Iterable[str]:
    """Lines of at most ``width`` columns; between characters, Latin words and numbers whole where they fit, and no
    closing mark at the beginning of a line."""
    if columns(text) <= width:
        return [text]
    lines, line = [], ""
    for piece in _pieces(text):
        if line and columns(line + piece) > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
        while columns(line) > width:  # one piece longer than a whole line
            cut = next(at for at in range(len(line), 0, -1) if at == 1 or columns(line[:at]) <= width)
            lines.append(line[:cut])
            line = line[cut:]
    return [*lines, line] if line else lines


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for char in text:
        latin = pieces and char.isascii() and not char.isspace() and pieces[-1][-1].isascii()
        if pieces and (char in _NEVER_FIRST or (latin and not pieces[-1][-1].isspace())):
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def columns(text: str) -> int:
    """Width in half-width columns: a Chinese character takes two, a combining mark none."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text
    )


def _padded(text: str, width: int) -> str:
    return text + " " * (width - columns(text))


def _middle(text: str, width: int) -> str:
    return " " * ((width - columns(text)) // 2) + text
