"""Receipts and sheets as data: what stands on paper, before any printer has laid it out."""

import enum
from dataclasses import dataclass
from datetime import datetime

from .private import Private


class LineKind(enum.Enum):
    """The few shapes of which every paper is made."""

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
class SheetRow(Private):
    """One article on the hand-over sheet."""

    name: str
    number: str
    quantity: str
    check: str  # 一致 …


@dataclass(frozen=True, slots=True, repr=False)
class HandoverSheet(Private):
    """领取签收单: what was handed over, by whom, to whom, when, with the signature."""

    job: str
    site_name: str
    window: str
    case_no: str
    slip_code: str
    company: str
    uscc: str
    receiver: str  # masked
    receiver_number: str  # masked
    relation: str
    rows: tuple[SheetRow, ...]
    handed_at: datetime
    clerk: str
    signature_png: bytes
    audit_head: str
    qr: str
