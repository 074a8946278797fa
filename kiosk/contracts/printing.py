"""The printers that put receipts and sheets on paper.

A job counts as printed only when the printer has confirmed it behind the last byte.
"""

import enum
from collections.abc import Callable, Sequence
from typing import Protocol

from kiosk.domain.paper import LineKind, PaperLine, Receipt, Sheet
from kiosk.faults import FaultCode

from .device import Device, Supply

__all__ = [
    "DocumentPrinter", "LineKind", "PaperLine", "Printed", "Receipt", "ReceiptPrinter", "Reprinting", "Sheet",
]  # fmt: skip


class Printed(enum.Enum):
    """How a job ended. UNKNOWN: a person looks at the paper and decides."""

    PRINTED = "printed"
    UNKNOWN = "unknown"


Reprinting = Callable[[FaultCode], None]
"""Told on the printer's own thread, before the first line goes out, that by the printer's own doing a paper of this
job leaves once more (补打), and what spoilt the one before."""


class ReceiptPrinter(Device, Protocol):
    """Blocking; worker thread only."""

    def supply(self) -> Supply:
        """Paper now; asked before a submission promises a receipt. Faults: paper-out, cover-open, printer-absent."""

    def print_receipt(self, receipt: Receipt, reprinting: Reprinting | None = None) -> Printed:
        """Lay out, send, and wait for the confirmation. Faults: paper-out, cover-open, cutter-jam, printer-absent."""


class DocumentPrinter(Device, Protocol):
    """Blocking; worker thread only."""

    def print_sheets(self, sheets: Sequence[Sheet], reprinting: Reprinting | None = None) -> Printed:
        """Make one PDF of all copies of a document and print it as one job.
        Faults: document-printer-absent, paper-out, printer-jam."""
