"""Documents for a page printer: the same blocks in the words of one language, a copy for each of its readers."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from kiosk.domain.document import (
    Block,
    Clause,
    Code,
    Document,
    Language,
    Line,
    Reader,
    SealPlace,
    SignaturePlace,
    Stamp,
    Word,
    word,
)
from kiosk.domain.paper import Grid, Pair, Paragraph, SealMark, Sheet, SheetBlock, SheetPart, SignLine
from kiosk.rules.slip_code import read_slip

from .parts import Issuing, day
from .words import say

Ink = Mapping[str, bytes]  # place to sign (sign.<key>) → signature drawn on the screen, PNG
Making = Callable[[Issuing], Document]


def copies_of(make: Making, issuing: Issuing, job: str, ink: Ink | None = None) -> tuple[Sheet, ...]:
    """The copy for the person, and where two are made the one that stays in the file, each for its reader's eyes."""
    mine = make(replace(issuing, reader=Reader.CITIZEN))
    sheets = [sheet_of(mine, issuing, job, ink)]
    if mine.copies > 1:
        filed = make(replace(issuing, reader=Reader.FILE, language=Language.ZH))
        sheets.append(sheet_of(filed, issuing, job, ink))
    return tuple(sheets)


def sheet_of(document: Document, issuing: Issuing, job: str, ink: Ink | None = None) -> Sheet:
    """One copy; ``job`` names the print."""
    language = document.language

    parts, head, foot = document.sections, document.sections[0], document.sections[-1]
    first = 1 if len(parts) > 1 and all(isinstance(block, Line) for block in head.blocks) else 0
    closing = tuple(Pair(say(one.text, language), "") for one in foot.blocks if isinstance(one, Clause))
    middle = [
        SheetPart(
            tuple(_blocks(section.blocks, document, issuing, ink or {})),
            say(section.title, language) if section.title else "",
        )
        for section in (parts[first:-1] if first else parts)
    ]
    return Sheet(
        job=job, paper=document.paper, language=language.value, made_at=issuing.at, office=document.office,
        service=say(word("queue.business"), language), title=say(document.title, language),
        continued=say(word("sheet.continued"), language), number=document.number,
        head=_pairs(head.blocks, language) if first else (), parts=tuple(middle),
        foot=(*closing, *_pairs(foot.blocks, language)) if first else (),
        page=say(word("sheet.page", page="{page}", pages="{pages}"), language), qr=document.qr,
        qr_note=say(word("sheet.qr_note"), language) if read_slip(document.qr) else "",
        marks=tuple(say(mark, language) for mark in document.watermarks),
    )  # fmt: skip


def _pairs(blocks: tuple[Block, ...], language: Language) -> tuple[Pair, ...]:
    return tuple(Pair(say(one.label, language), say(one.value, language)) for one in blocks if isinstance(one, Line))


def _blocks(
    blocks: tuple[Block, ...], document: Document, issuing: Issuing, ink: Mapping[str, bytes]
) -> Iterator[SheetBlock]:
    language = document.language
    for block in blocks:
        if isinstance(block, Line):
            yield Pair(say(block.label, language), say(block.value, language))
        elif isinstance(block, Clause):
            yield Paragraph(say(block.text, language), block.number)
        elif isinstance(block, Code):
            yield Paragraph(block.value, loud=True)
        elif isinstance(block, Stamp):
            yield Paragraph(f"{say(block.word, language)}　{block.note}".strip())
        elif isinstance(block, SignaturePlace):
            yield SignLine(say(block.label, language), block.name, _date(issuing, language), _ink(block.label, ink))
        elif isinstance(block, SealPlace):
            yield SealMark(say(word("plain.seal"), language), block.office)
        else:
            rows = tuple(tuple(say(cell, language) for cell in row) for row in block.rows)
            yield Grid(tuple(say(column, language) for column in block.columns), rows)


def _date(issuing: Issuing, language: Language) -> str:
    return say(day(issuing.at.date()), language)


def _ink(label: Word, ink: Mapping[str, bytes]) -> bytes:
    return ink.get(label.key.removeprefix("sign."), b"")
