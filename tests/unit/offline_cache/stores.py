"""Stores and ledgers without any platform, for unit tests."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from kiosk.audit import AuditEvent, AuditKind
from kiosk.domain.ids import CaseId, new_ulid
from offline_cache.clock import SHANGHAI, PlatformClock
from offline_cache.database import StoreFile, open_store
from offline_cache.ledger import CacheLedger, Keeper
from offline_cache.news import News

START = datetime(2026, 3, 12, 10, 0, tzinfo=SHANGHAI)


class Hands:
    """A clock that is turned by hand."""

    def __init__(self, at: datetime = START) -> None:
        self.wall, self.seconds = at.timestamp(), 1000.0

    def advance(self, **span: float) -> None:
        """Time goes by, on both clocks."""
        seconds = timedelta(**span).total_seconds()
        self.wall += seconds
        self.seconds += seconds

    def clock(self) -> PlatformClock:
        """The terminal's clock on these hands."""
        return PlatformClock(lambda: self.wall, lambda: self.seconds)


@contextmanager
def store_at(path: Path) -> Iterator[StoreFile]:
    """Open and close a store with its key beside it."""
    store = open_store(path, "file", 0)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def ledger_at(path: Path, hands: Hands, window: str = "", most_waiting: int = 500) -> Iterator[CacheLedger]:
    """A ledger on a fresh store; nobody sends."""
    with store_at(path) as store:
        keeper = Keeper("window-03" if window else "kiosk-01", window, most_waiting)
        yield CacheLedger(store, keeper, hands.clock(), News(), lambda: None, lambda: False)


def case(number: int) -> CaseId:
    """The n-th case."""
    return CaseId(new_ulid(1_800_000_000_000 + number, bytes(10)))


def told(kind: AuditKind = AuditKind.DRAFT_SAVED, at: datetime = START, actor: str = "citizen") -> AuditEvent:
    """An audit event."""
    return AuditEvent(kind, at, "", actor)


def threads() -> set[str]:
    """Names of the live threads."""
    return {thread.name for thread in threading.enumerate()}
