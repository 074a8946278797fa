"""Receipts and sheets as data: what stands on paper, in words, before any printer has laid it out."""

import enum
from dataclasses import dataclass
from datetime import datetime

from .document import PaperSize
from .private import Private


class LineKind(enum.Enum):
    """The few shapes of which every receipt is made."""

    HEADING = "heading"  # serif, large
    PAIR = "pair"  # label left, value right
    TEXT = "text"
    CODE = "code"  # the slip code, very large
    RULE = "rule"  # dashed line
    STAMP = "stamp"  # double box, official word and time
    QR = "qr"


@dataclass(frozen=True, slots=True, repr=False)
class PaperLine(Private):
    """One line of a receipt. PAIR uses label and value; QR and the rest use value."""

    kind: LineKind
    value: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Receipt(Private):
    """A receipt as data; the driver lays it out for its own paper. ``reprint`` marks it 补打."""

    job: str
    lines: tuple[PaperLine, ...]
    reprint: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Pair(Private):
    """A label and its value."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, repr=False)
class Paragraph(Private):
    """A sentence; ``number`` 0 means: not one of a list. ``loud`` is a code that people read aloud."""

    text: str
    number: int = 0
    loud: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Grid(Private):
    """Rows under labelled columns, each as long as the head."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, repr=False)
class SignLine(Private):
    """Where somebody signs with a date; ``ink`` is a signature that was drawn on the screen (PNG), or nothing."""

    label: str
    name: str = ""
    date: str = ""
    ink: bytes = b""


@dataclass(frozen=True, slots=True)
class SealMark:
    """Where the office's seal goes."""

    label: str
    office: str


SheetBlock = Pair | Paragraph | Grid | SignLine | SealMark


@dataclass(frozen=True, slots=True, repr=False)
class SheetPart(Private):
    """Blocks that belong together, with or without a heading."""

    blocks: tuple[SheetBlock, ...]
    title: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Sheet(Private):
    """One copy of a document for a page printer, in the words of one language.

    ``head`` stands under the title, ``foot`` below everything else; ``number`` and ``page`` (with ``{page}`` and
    ``{pages}`` in it) on every page, ``marks`` across every page.
    """

    job: str
    paper: PaperSize
    language: str
    made_at: datetime
    office: str
    service: str
    title: str
    continued: str
    number: str
    head: tuple[Pair, ...]
    parts: tuple[SheetPart, ...]
    foot: tuple[Pair, ...]
    page: str
    qr: str = ""
    qr_note: str = ""
    marks: tuple[str, ...] = ()
