"""reports: stock list, the day's movements and the reconciliation, as a keeper signs them: file or paper."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time
from functools import partial

from kiosk.domain.document import Document
from kiosk.rules.documents.parts import Issuing
from kiosk.rules.documents.stock import movements_of_day, reconciliation, stock_list

from . import effects as do
from . import room_effects as room
from .desk import Desk, DeskBusy
from .events import backroom as ev
from .events import everywhere, window
from .machine import Effect, Event, Journey, Row, Step
from .preview import look
from .scanned import with_room
from .tray import manages

REPORTS = ("stock_list", "stock_movements", "stock_reconciliation")
WAYS = ("xlsx", "pdf", "print")


def day_of(d: Desk) -> datetime:
    """The beginning of today."""
    return datetime.combine(d.now.date(), time(0), d.now.tzinfo)


def _read(d: Desk) -> tuple[Effect, ...]:
    movements = (room.ReadMovements(day_of(d)),) if manages(d) else ()
    return (room.ReadStore(), *movements)


def _read_again(d: Desk, e: Event) -> tuple[Effect, ...]:
    return _read(d)


def _book(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.StoreRead)
    return with_room(d, book=e.book or d.room.book, live=e.live)


def _movements(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.MovementsTold)
    return with_room(d, movements=e.items, day=d.now.date())


def ready(d: Desk, report: str) -> bool:
    """Whether everything is here that the report says; the ledger is read only by whoever may, and only online."""
    needs_ledger = report != "stock_list"
    return d.room.book is not None and (not needs_ledger or d.room.movements is not None)


def _is_ready(d: Desk, e: Event) -> bool:
    assert isinstance(e, ev.ReportAsked)
    return e.report in REPORTS and e.way in WAYS and d.busy is None and ready(d, e.report)


def make(d: Desk, report: str) -> Callable[[Issuing], Document]:
    """The document of a report, as things stand."""
    book, movements = d.room.book, d.room.movements or ()
    assert book is not None
    if report == "stock_list":
        return partial(stock_list, book)
    if report == "stock_movements":
        return partial(movements_of_day, movements, d.now.date())
    return partial(reconciliation, book, movements, d.room.discrepancies or (), d.now.date())


def _busy(d: Desk, e: Event) -> Desk:
    return with_room(replace(d, busy=DeskBusy.PRINTING, fault=None, preview=None), saved="")


def _paper(d: Desk, report: str) -> tuple[Effect, ...]:
    if report not in REPORTS or not ready(d, report):
        return ()
    return (do.PrintPaper(report, f"{report}-{d.now:%Y%m%d%H%M}", make(d, report)),)


def _ask(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.ReportAsked)
    if e.way == "print":
        return _paper(d, e.report)
    return (room.SaveReport(f"{e.report}-{d.now:%Y%m%d-%H%M%S}", e.way, make(d, e.report)),)


def _saved(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.ReportSaved)
    return with_room(replace(d, busy=None), saved=e.name)


def _printed(d: Desk, e: Event) -> Desk:
    assert isinstance(e, window.SheetDone)
    return replace(d, busy=None, sheet=e.printed)


def _failed(d: Desk, e: Event) -> Desk:
    assert isinstance(e, everywhere.PlatformFailed | everywhere.DeviceFailed | everywhere.LedgerFailed)
    return replace(d, busy=None, fault=e.fault)


def _stop(d: Desk) -> tuple[Effect, ...]:
    return (do.StopDevices(),)


REPORTING: Journey[Desk] = Journey(
    "reports",
    (
        Step("see_reports", (
            Row(ev.ReportAsked, None, _busy, _ask, _is_ready),
            look(_paper),
            Row(ev.ReportSaved, None, _saved),
            Row(window.SheetDone, None, _printed),
            Row(ev.StoreRead, None, _book),
            Row(ev.MovementsTold, None, _movements),
            Row(everywhere.PlatformFailed, None, _failed),
            Row(everywhere.DeviceFailed, None, _failed),
            Row(everywhere.LedgerFailed, None, _failed),
            Row(everywhere.RetryAsked, None, None, _read_again),
            Row(everywhere.BackAsked, "see_store"),
        ), enter=_read, leave=_stop),
    ),
)  # fmt: skip
