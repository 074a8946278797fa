"""Receipts and documents as data, and the printers that put them on paper.

A job counts as printed only when the printer has confirmed it behind the last byte.
"""

import enum
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from kiosk.domain.private import Private

from .device import Device, Supply


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
    """领取签收单 (domain handbook, Documents): what was handed over, by whom, to whom, when, with the signature."""

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


class Printed(enum.Enum):
    """How a job ended. UNKNOWN: a person looks at the paper and decides."""

    PRINTED = "printed"
    UNKNOWN = "unknown"


class ReceiptPrinter(Device, Protocol):
    """Blocking; worker thread only."""

    def supply(self) -> Supply:
        """Paper now; asked before a submission promises a receipt. Faults: paper-out, cover-open, printer-absent."""

    def print_receipt(self, receipt: Receipt) -> Printed:
        """Lay out, send, and wait for the confirmation. Faults: paper-out, cover-open, cutter-jam, printer-absent."""


class DocumentPrinter(Device, Protocol):
    """Blocking; worker thread only."""

    def print_sheet(self, sheet: HandoverSheet) -> Printed:
        """Make the PDF and print it. Faults: document-printer-absent, paper-out, printer-jam."""
