"""What a window looks up in the store beside the cases themselves: search, trail, the
edition of the catalogue, the custody store's book, and the hand-overs of its own shifts."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import date

from kiosk.audit import AuditEvent
from kiosk.contracts.ledger import TrailLine
from kiosk.domain.case import OpeningCase
from kiosk.domain.case_found import Hit
from kiosk.domain.ids import CaseId
from kiosk.domain.shift import KeptShift
from kiosk.domain.stock import StockBook
from kiosk.faults import Fault, FaultCode

from . import journal, mirror, shifts, wire
from .clock import PlatformClock
from .database import StoreFile
from .driver import Database
from .errors import StoreError
from .finding import CaseFinder
from .scope import PACK


class Looks(ABC):
    """A part of the ledger. ``_opened`` gives the open store."""

    def __init__(self, clock: PlatformClock) -> None:
        self._told_at, self._finder = clock, CaseFinder()

    @abstractmethod
    def _opened(self) -> StoreFile:
        """The store, or StoreError."""

    @abstractmethod
    def _noted(self, db: Database, event: AuditEvent) -> None:
        """Add to the audit trail inside a transaction."""

    def find_cases(self, fragment: str, limit: int) -> tuple[tuple[Hit, OpeningCase], ...]:
        """Cases of the mirror that a fragment fits."""
        try:
            with self._opened().read() as db:
                return self._finder.find(db, fragment, limit)
        except StoreError:
            return ()

    def trail(self, case_id: CaseId, limit: int) -> tuple[TrailLine, ...]:
        """What this machine's audit trail says about a case."""
        try:
            with self._opened().read() as db:
                return tuple(journal.shown(entry) for entry in journal.about(db, case_id, limit))
        except StoreError:
            return ()

    def unwitnessed_handover(self) -> CaseId | None:
        """What the trail says of the last hand-over."""
        try:
            with self._opened().read() as db:
                last = journal.unwitnessed(db)
        except StoreError:
            return None
        today = self._told_at.now().date()
        return CaseId(last[0]) if last is not None and last[1].date() == today else None

    def keep_shift(self, kept: KeptShift, event: AuditEvent | None = None) -> Fault | None:
        """What the sheet of a hand-over of this window says, and its audit entry, in one transaction."""
        try:
            with self._opened().write() as db:
                shifts.keep(db, kept)
                if event is not None:
                    self._noted(db, event)
        except StoreError as error:
            return error.fault
        return None

    def offered_shift(self) -> KeptShift | None:
        """The count that was signed away here and, as far as this machine knows, not taken over."""
        return self._kept_shift(shifts.offered)

    def last_shift(self) -> KeptShift | None:
        """The last hand-over of this window."""
        return self._kept_shift(shifts.taken)

    def _kept_shift(self, look: Callable[[Database], KeptShift | None]) -> KeptShift | None:
        try:
            with self._opened().read() as db:
                return look(db)
        except StoreError:
            return None

    def catalogue_held(self) -> tuple[str, date] | None:
        """The edition of the business scope that is held, and the day on which the platform last confirmed it."""
        try:
            with self._opened().read() as db:
                held = mirror.pack_confirmed(db, PACK)
        except StoreError:
            return None
        return None if held is None else (held[0], held[1].date())

    def stock(self) -> StockBook | None:
        """The custody store as it was last told."""
        try:
            with self._opened().read() as db:
                kept = mirror.stock(db)
        except StoreError:
            return None
        return None if kept is None else wire.stock_book(kept)

    def keep_stock(self, pages: wire.StockPages) -> StockBook | Fault:
        """What the platform has just told of the store; read back from what was kept, so that it surely can be."""
        kept = wire.kept_book(self._told_at.now(), pages)
        book = wire.stock_book(kept)
        if book is None:
            return Fault(FaultCode.BROKEN_ANSWER, {"slug": "broken-answer"})
        try:
            with self._opened().write() as db:
                mirror.keep_stock(db, kept)
        except StoreError as error:
            return error.fault
        return book
