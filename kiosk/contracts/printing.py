"""The printers that put receipts and sheets on paper.

A job counts as printed only when the printer has confirmed it behind the last byte.
"""

import enum
from typing import Protocol

from kiosk.domain.paper import HandoverSheet, LineKind, PaperLine, Receipt, SheetRow

from .device import Device, Supply

__all__ = [
    "DocumentPrinter", "HandoverSheet", "LineKind", "PaperLine", "Printed", "Receipt", "ReceiptPrinter", "SheetRow",
]  # fmt: skip


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
