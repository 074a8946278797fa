"""The cache as one thing: what the plug-board builds, starts and stops, and what the command line asks of it."""

import contextlib
import os
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from kiosk.audit import AuditEvent, AuditKind
from kiosk.config import Platform, Store
from kiosk.contracts.device import DeviceReport, Unsubscribe
from kiosk.domain.burden import BurdenFigure
from kiosk.domain.handover import Handover
from kiosk.domain.ids import CaseId
from kiosk.faults import Fault, FaultCode
from kiosk.rules.orders import Place as OrderPlace

from . import auditing, database, journal, outbox, retention, wire
from . import salvage as salvaging
from .clock import PlatformClock
from .database import RESERVE_BYTES, StoreFile
from .driver import Database
from .duties import Around, Duties
from .enrolment import Renewal
from .errors import StoreError
from .journal import AuditReport
from .ledger import MOST_WAITING, CacheLedger, Keeper
from .news import News
from .orders import Keys, OrderBook
from .reader import Place, Reader
from .salvage import Salvaged
from .sync import SyncLoop, Tools
from .uplink import Address, StaffDesk, Uplink
from .uplink.answering import Surroundings


class OfflineCache:
    """Store, ledger, uplink and sync loop of one terminal.

    ``window``: id of the clerk's window, which mirrors the hall's cases; empty: a self-service terminal, which keeps
    only what its visits need. ``shows_queue``: a wall, which follows the hall's queue. ``ledger``, ``platform`` and
    ``clock`` may be handed out before ``open``; without an open store the ledger records nothing and says so,
    questions to the platform still work.
    """

    def __init__(
        self,
        store: Store,
        platform: Platform,
        terminal_id: str,
        site_id: str,
        window: str = "",
        *,
        reserve_bytes: int = RESERVE_BYTES,
        most_waiting: int = MOST_WAITING,
        shows_queue: bool = False,
    ) -> None:
        self._settings, self._reserve_bytes = store, reserve_bytes
        self._place = Place(terminal_id, site_id, bool(window), shows_queue)
        self._identity = platform
        self.boot = os.urandom(8).hex()  # this run, as permits name it
        self._seconds = platform.timeout
        self._store: StoreFile | None = None
        self._sync: SyncLoop | None = None
        self._reader: Reader | None = None
        self._news = News()
        self._staff = StaffDesk(self.hurry)
        self._lock = threading.Lock()
        self._ends: list[Unsubscribe] = []
        self.clock = PlatformClock()
        place = OrderPlace(terminal_id, site_id, "WINDOW" if window else "SELF_SERVICE")
        order_keys = Keys(_keys(platform.config_keys), _keys(platform.directive_keys))
        self.orders = OrderBook(place, order_keys, self.clock, self._online, lambda: self._news.tell(None))
        self._around = Around(boot=self.boot)
        self.ledger = CacheLedger(
            Fault(FaultCode.STORE_LOCKED, {"reason": "not-open"}),
            Keeper(terminal_id, window, most_waiting),
            self.clock,
            self._news,
            self._recorded,
            self._live,
            self.orders.why_not_record,
            self.orders.limits,
        )
        permit_key = b"".join(_keys(platform.permit_key)[:1])
        around = Surroundings(
            terminal_id, self.boot, permit_key, self.clock, self._staff, self._keep_cases, self._keep_handover,
            self.orders.why_not_ask, self.ledger.keep_stock,
        )  # fmt: skip
        address = Address(
            platform.url, terminal_id, platform.key, platform.authority, platform.certificate, platform.private_key
        )
        self.platform = Uplink(address, around, platform.timeout)

    def open(self) -> Fault | None:
        """Open the store. A fault leaves the ledger locked with it; nothing on the disk is replaced.

        Faults: store-locked, store-damaged, store-too-new, already-running, disk-full.
        """
        try:
            self._store = database.open_store(Path(self._settings.path), self._settings.key, self._reserve_bytes)
        except StoreError as error:
            self.ledger.use(error.fault)
            return error.fault
        with contextlib.suppress(StoreError), self._store.write() as db:  # else the end of the next visit does it
            retention.drop_loose_blobs(db)  # of a visit that died with the program
        self.ledger.use(self._store)
        self.orders.use(self._store)
        return None

    def describe(self, version: str, reports: Callable[[], tuple[DeviceReport, ...]]) -> None:
        """What the heartbeat tells of this terminal beside what the store knows; before ``start``."""
        self._around.version, self._around.reports = version, reports
        self.orders.runs(version)

    def tell_burden(self, figures: tuple[BurdenFigure, ...]) -> None:
        """How much work a visit was; sent when there is a line, and dropped when there is none for too long."""
        self._around.figures.put(figures)

    def start(self) -> None:
        """Begin to answer questions, and, with an open store, to send and to read."""
        self._news.start()
        self._ends.append(self.platform.on_online(self._line_changed))
        if self._store is not None:
            lane = self.platform.lane()
            renewal = Renewal(self._identity, self.clock, self._renewed) if self._identity.identity else None
            duties = Duties(self._store, lane, self.clock, self.orders, self._around, renewal, self._seconds)
            self._reader = Reader(
                self._store, lane, self._staff, self.clock, self._news, self._place, self.orders, duties,
                self._seconds, self.platform.help_changed,
            )  # fmt: skip
            tools = Tools(
                self._store, self._staff, self.clock, self._news, self.platform.lane, self.platform.blob_lane,
                self._seconds, self._place.keeps_site,
            )  # fmt: skip
            with self._lock:
                self._sync = SyncLoop(tools, self._reader)
            self._sync.start()
        self.platform.start()

    def stop(self) -> None:
        """Break off what is on the wire, join every thread, close the store. Bounded; also without ``start``."""
        with self._lock:
            sync, self._sync = self._sync, None
        for end in self._ends:
            end()
        self._ends.clear()
        if sync is not None:
            sync.stop()
        self.platform.stop()
        self._news.stop()
        if self._store is not None:
            self._store.close()

    def _line_changed(self, online: bool) -> None:
        self._news.tell(None)  # what is shown as live is not, or is again
        if online:
            self.hurry()

    def on_online(self, listener: Callable[[bool], None]) -> Unsubscribe:
        """Be told when the platform begins or ceases to answer; called on a thread of the cache."""
        return self.platform.on_online(listener)

    def _recorded(self) -> None:
        with self._lock:
            sync = self._sync
        if sync is not None:
            sync.wake()

    def hurry(self) -> None:
        """The line is back, or somebody signed in: what rests is tried at once."""
        with self._lock:
            sync = self._sync
        if sync is not None:
            sync.hurry()

    def accompany(self, somebody: bool, case_id: CaseId | None) -> None:
        """Whether somebody stands at this terminal, and with which case: what is theirs goes out first, and what
        others left behind goes one by one, so that it does not make the glass slow. Thread-safe, never blocks."""
        with self._lock:
            sync = self._sync
        if sync is not None:
            sync.accompany(somebody, case_id)

    def _online(self) -> bool:
        return self.platform.online()

    def _live(self) -> bool:
        return self._reader is not None and self._reader.current and self.platform.online()

    def _renewed(self, until: datetime) -> None:
        fields = {"until": until.date().isoformat()}
        self.ledger.note(AuditEvent(AuditKind.CERTIFICATE_RENEWED, self.clock.now(), "", "terminal", fields))

    def _keep_cases(self, found: tuple[wire.CaseSaid, ...]) -> None:
        self.ledger.keep_cases(found)

    def _keep_handover(self, handover: Handover) -> Fault | None:
        return self.ledger.keep_handover(handover)


def verify_audit(store: Store, head: str | None = None) -> AuditReport | Fault:
    """Check the whole audit chain of a store, also beside a running terminal. ``head``: the head that the platform or
    a receipt has kept (full, or its first sixteen characters); only with it a cut tail is found."""
    try:
        return auditing.verify(Path(store.path), store.key, head)
    except StoreError as error:
        return error.fault


def owed(store: Store) -> tuple[int, int] | Fault:
    """What a terminal still owes the platform, and what is parked for a person; also beside a running terminal."""
    try:
        found = _beside(store)
        try:
            return outbox.figures(found)
        finally:
            found.conn.close()
    except StoreError as error:
        return error.fault


def salvage(store: Store) -> Salvaged | Fault | None:
    """Carry what is readable of a damaged store into a new one; None: it is whole. The terminal must not run."""
    try:
        return salvaging.salvage(Path(store.path), store.key)
    except StoreError as error:
        return error.fault


def export_audit(store: Store) -> Iterator[bytes] | Fault:
    """The audit chain as lines of JSON, without any personal data."""
    try:
        found = _beside(store)
    except StoreError as error:
        return error.fault

    def lines() -> Iterator[bytes]:
        try:
            yield from journal.export(found)
        finally:
            found.conn.close()

    return lines()


def _beside(store: Store) -> Database:
    return database.open_beside(Path(store.path), store.key)


def _keys(text: str) -> tuple[bytes, ...]:
    """Public keys in hex; what is none fits no signature."""
    try:
        return tuple(bytes.fromhex(one) for one in text.split())
    except ValueError:
        return ()
