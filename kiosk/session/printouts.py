"""Papers on their way out: every one has its audit entry, and one that leaves a second time says why."""

from collections import deque
from collections.abc import Callable, Sequence

from kiosk.audit import AuditKind
from kiosk.contracts.device import DeviceKind
from kiosk.contracts.printing import Printed
from kiosk.domain.paper import Receipt, Sheet
from kiosk.faults import FaultCode
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event

from .devices import Devices
from .wishes import Wishes

Note = Callable[[str, AuditKind, tuple[tuple[str, str], ...]], None]
"""Writes an audit entry about a case, or about none."""

_LATEST = 200  # jobs of page printers that are remembered: a second paper is asked for soon, or never


class Printouts:
    """Part of both roles' hands. Entries are written on the printer's thread: what the driver begins anew by itself
    is told before it goes out, what came of a job when it is done."""

    def __init__(self, devices: Devices, wishes: Wishes, note: Note) -> None:
        self._devices, self._wishes, self._note = devices, wishes, note
        self._sheets_out: deque[str] = deque(maxlen=_LATEST)

    def slip(self, paper: str, receipt: Receipt, case: str = "") -> None:
        """Put a slip on the receipt printer; ReceiptDone follows. ``case``: whose audit entries they are."""

        def reprinting(cause: FaultCode) -> None:
            self._reprinted(case, paper, receipt.job, cause)

        def printed(result: Printed) -> Event:
            self._printed(case, paper, receipt.job, result, asked_again=receipt.reprint)
            return ev.ReceiptDone(result)

        printer = self._devices.receipt_printer
        self._wishes.want(
            "slip", printer, DeviceKind.RECEIPT_PRINTER, lambda one: one.print_receipt(receipt, reprinting), printed
        )

    def sheets(self, paper: str, sheets: Sequence[Sheet], job: str, case: str = "", *, again: bool = False) -> None:
        """Put copies of a document on the page printer; SheetDone follows."""
        asked_again = again or job in self._sheets_out

        def reprinting(cause: FaultCode) -> None:
            self._reprinted(case, paper, job, cause)

        def printed(result: Printed) -> Event:
            self._sheets_out.append(job)
            self._printed(case, paper, job, result, asked_again=asked_again)
            return ev.SheetDone(result, paper)

        printer = self._devices.document_printer
        self._wishes.want(
            "sheet", printer, DeviceKind.DOCUMENT_PRINTER, lambda one: one.print_sheets(sheets, reprinting), printed
        )

    def _printed(self, case: str, paper: str, job: str, result: Printed, *, asked_again: bool) -> None:
        fields = (("paper", paper), ("job", job), ("result", result.value))
        again = (("reprint", "yes"), ("cause", "asked")) if asked_again else ()
        self._note(case, AuditKind.PRINTED, (*fields, *again))

    def _reprinted(self, case: str, paper: str, job: str, cause: FaultCode) -> None:
        self._note(case, AuditKind.REPRINTED, (("paper", paper), ("job", job), ("cause", cause.value)))
