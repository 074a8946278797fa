"""Documents for the roll as the receipt that the printer knows: the same lines, a table as its rows one by one."""

from collections.abc import Iterator

from kiosk.domain.document import (
    Block,
    Clause,
    Code,
    Document,
    Language,
    Line,
    SealPlace,
    SignaturePlace,
    Stamp,
    word,
)
from kiosk.domain.paper import LineKind, PaperLine, Receipt

from .words import say


def receipt_of(document: Document, job: str, *, reprint: bool = False) -> Receipt:
    """The receipt; ``job`` names the print so that it is never made twice."""
    language = document.language
    official, spoken = say(document.title, Language.ZH), say(document.title, language)
    foreign = spoken.replace(official, "").strip()  # the official name is the one that people look for
    lines = [
        PaperLine(LineKind.HEADING, official),
        *([PaperLine(LineKind.TEXT, foreign)] if foreign else []),
        PaperLine(LineKind.TEXT, document.office),
        *(PaperLine(LineKind.TEXT, f"※ {say(mark, language)} ※") for mark in document.watermarks),
    ]
    for number, section in enumerate(document.sections, 1):
        lines.append(PaperLine(LineKind.RULE))
        if document.qr and number == len(document.sections):
            lines.append(PaperLine(LineKind.QR, document.qr))  # the foot finds room beside it
        if section.title is not None:
            lines.append(PaperLine(LineKind.HEADING, say(section.title, language)))
        for block in section.blocks:
            lines += _printed(block, language)
    return Receipt(job, tuple(lines), reprint)


def _printed(block: Block, language: Language) -> Iterator[PaperLine]:
    if isinstance(block, Line):
        yield PaperLine(LineKind.PAIR, say(block.value, language), say(block.label, language))
    elif isinstance(block, Clause):
        text = say(block.text, language)
        yield PaperLine(LineKind.TEXT, f"{block.number} {text}" if block.number else text)
    elif isinstance(block, Code):
        yield PaperLine(LineKind.CODE, block.value)
    elif isinstance(block, Stamp):
        yield PaperLine(LineKind.STAMP, block.note, say(block.word, language))
    elif isinstance(block, SignaturePlace):
        yield PaperLine(LineKind.PAIR, block.name or "__________", say(block.label, language))
    elif isinstance(block, SealPlace):
        yield PaperLine(LineKind.PAIR, block.office, say(word("plain.seal"), language))
    else:
        for row in block.rows:
            cells = [say(cell, language) for cell in row]
            at = next((n for n, column in enumerate(block.columns) if column.key != "column.no"), 0)
            yield PaperLine(LineKind.PAIR, "  ".join(cells[at + 1 :]), " ".join(cells[: at + 1]))
