"""The one loop between this machine and the platform: first send what is owed, then read what is new.

Wakes at once when something was recorded, somebody signed in or an upload ended, also out of a long-poll. Writes the
outbox's verdicts and the mirror, and nothing else.
"""

import logging
import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass
from random import Random

from kiosk.audit import AuditEvent, AuditKind
from kiosk.domain.ids import CaseId
from kiosk.faults import Fault, FaultCode, bug_report

from . import blobs, drafts, journal, mirror, outbox, retention, wire
from .clock import PlatformClock
from .courier import Courier, Delivery, Joined
from .crew import BlobLane, Crew
from .database import StoreFile
from .driver import Database
from .errors import StoreError
from .exchange import Reply, Then
from .news import News
from .patience import Patience
from .reader import Reader
from .uplink import Cancel, Lane, StaffDesk
from .uploading import Pieces

log = logging.getLogger(__name__)

SENDERS = 3  # cases on the wire at the same time
BESIDE = 1  # the same, while somebody stands at this terminal: the glass goes ahead of what others left behind
UPLOADERS = 3  # beside them, cases whose signatures and scans go first
LONGEST_WAIT = 25  # seconds of one long-poll
_LINE, _READING = "line", "reading"  # the names under which the whole line, or reading alone, rests
_JOIN_SECONDS = 10.0
_SWEEP_EVERY = 600.0
_STORE_REST = 5.0
_SIGN_IN_REST = 30.0


@dataclass(frozen=True, slots=True)
class Tools:
    """What the loop works with. ``seconds`` is one call's deadline; ``keeps_site``: a window's mirror of the hall."""

    store: StoreFile
    staff: StaffDesk
    clock: PlatformClock
    news: News
    make_lane: Callable[[], Lane]
    make_blob_lane: Callable[[], Lane]
    seconds: float
    keeps_site: bool


class SyncLoop:
    """Runs on a thread of its own with senders and uploaders beside it; only its own thread writes the store."""

    def __init__(self, tools: Tools, reader: Reader, random: Random | None = None) -> None:
        self._tools, self._reader = tools, reader
        self._wake, self._stop, self._hurry = threading.Event(), threading.Event(), threading.Event()
        self._lock = threading.Lock()
        self._stopping, self._poll = Cancel(), Cancel()
        self._patience = Patience(tools.clock.monotonic, random or Random())
        self._senders = Crew("outbox", SENDERS, tools.make_lane, self._courier, self._stopping)
        uploaders = Crew("blobs", UPLOADERS, tools.make_blob_lane, self._courier, self._stopping)
        self._pieces = Pieces()
        self._blobs = BlobLane(uploaders, 2 * UPLOADERS, self.wake)
        self._most = SENDERS
        self._first: CaseId | None = None  # whose rows go before those of others
        self._dirty = True  # rows may be leased that nobody carries: after a start, after a store that failed
        self._swept = float("-inf")
        self._thread = threading.Thread(target=self._run, name="sync")

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Break off what is on the wire (its key is kept) and join."""
        self._stop.set()
        self._stopping("stop")
        self.wake()
        if self._thread.is_alive():
            self._thread.join(_JOIN_SECONDS)

    def wake(self) -> None:
        """Something was recorded. Thread-safe, never blocks."""
        self._wake.set()
        with self._lock:
            poll = self._poll
        poll("wake")

    def hurry(self) -> None:
        """Somebody signed in, or the line is back: what rests need not rest any longer."""
        self._hurry.set()
        self.wake()

    def accompany(self, somebody: bool, case_id: CaseId | None) -> None:
        """Somebody stands at this terminal, with that case, or nobody does any more. Thread-safe, never blocks."""
        self._most, self._first = (BESIDE, case_id) if somebody else (SENDERS, None)

    def _run(self) -> None:
        while not self._stop.is_set():
            with self._lock:
                self._wake.clear()
                self._poll = Cancel()
            try:
                pause = self._turn()
            except StoreError as error:
                log.error("sync waits for the store: %s", error.code.value)
                self._dirty, pause = True, _STORE_REST
            except Exception as error:  # a bug of ours must not end the sending for the day; no text, no value
                log.error("sync failed: %s", bug_report(error))
                self._dirty, pause = True, _STORE_REST
            self._wake.wait(pause)
        self._end()

    def _end(self) -> None:
        """What was broken off is ready again, where the disk still takes it; else the next start makes it so."""
        broken_off = self._blobs.end()
        self._senders.close()
        self._reader.close()
        if broken_off:
            try:
                with self._tools.store.write() as db:
                    for delivery in broken_off:
                        self._write_verdict(db, delivery)
            except StoreError as error:
                log.error("sync ended without the store: %s", error.code.value)

    def _turn(self) -> float:
        """Send, then read; returns the seconds after which there is something to do again."""
        if self._hurry.is_set():
            self._hurry.clear()
            self._patience.hurry()
        self._send_all()
        self._sweep()
        if self._wake.is_set() or self._stop.is_set():
            return 0.0
        if not self._patience.resting() & {_LINE, _READING}:
            self._read()
        resting = self._patience.resting()
        if resting & {_LINE, _READING}:
            return self._patience.next_due()
        return min(self._patience.next_due(), self._reader.pause)

    def _read(self) -> None:
        wait = int(min(LONGEST_WAIT, self._patience.next_due()))
        ended = self._reader.turn(self._stopping, self._poll, wait, lambda: not self._wake.is_set())
        if ended is None:
            self._line_works()
            self._patience.worked(_READING)
        elif ended.fault.code is not FaultCode.CANCELLED:
            self._patience.failed(_READING if ended.heard else _LINE, ended.rest)

    def _line_works(self) -> None:
        if self._patience.has_failed(_LINE):
            self._patience.worked(_LINE)
            self._patience.hurry()

    def _send_all(self) -> None:
        store = self._tools.store
        if self._dirty:
            with store.write() as db:
                outbox.recover(db, self._blobs.carried())
            self._dirty = False
        uploaded = self._blobs.finished()
        if not uploaded and not self._may_send():
            return
        self._dirty = True
        rows = self._settle([], uploaded)
        while rows:
            rows = self._settle(self._senders.carry_all(rows), self._blobs.finished())
        self._dirty = False

    def _may_send(self) -> bool:
        if self._stop.is_set() or _LINE in self._patience.resting():
            return False
        with self._tools.store.read() as db:
            return outbox.anything_ready(db)

    def _lease(self, db: Database) -> tuple[list[outbox.Leased], list[outbox.Leased]]:
        """What the senders take next, and what goes over the blobs' lane on the way there: rows whose signatures and
        scans are still here."""
        rows: list[outbox.Leased] = []
        with_blobs: list[outbox.Leased] = []
        resting = self._patience.resting()
        if self._stop.is_set() or _LINE in resting:
            return rows, with_blobs
        resting |= self._blobs.turned_away()
        most, first = self._most, self._first
        while len(rows) < most and (heads := self._heads(db, most - len(rows), resting, first)):
            for row in heads:
                if not blobs.any_kept(db, row.sealed.blobs):
                    rows.append(row)
                elif len(with_blobs) < self._blobs.room:
                    with_blobs.append(row)
                else:
                    outbox.put_back(db, row, tried=False)
                    self._blobs.turn_away(row.sealed.case_id)
                    resting |= {row.sealed.case_id}
        return rows, with_blobs

    @staticmethod
    def _heads(db: Database, most: int, resting: Collection[str], first: CaseId | None) -> tuple[outbox.Leased, ...]:
        own = outbox.lease_of(db, first) if first is not None and first not in resting else ()
        return own or outbox.lease(db, most, resting)

    def _courier(self, lane: Lane) -> Courier:
        tools = self._tools
        return Courier(tools.store, lane, tools.staff, tools.clock, tools.seconds, self._pieces)

    def _settle(self, sent: list[Delivery], uploaded: list[Delivery]) -> list[outbox.Leased]:
        """All verdicts of one round, of the uploads that have ended meanwhile, and what goes out next, in one
        transaction: an outage of a day is worked off with half the waits for the disk. Then the news. Returns what
        the senders take next."""
        deliveries = [*sent, *uploaded]
        for delivery in deliveries:
            self._be_patient(delivery)
        heard = [d for d in deliveries if isinstance(d.outcome, Reply) or d.outcome.heard]
        if heard:
            self._line_works()
        elif sent and not self._stop.is_set():  # that an upload takes too long says nothing about the line
            self._patience.failed(_LINE)
        with self._tools.store.write() as db:
            for delivery in deliveries:
                self._write_verdict(db, delivery)
            following, with_blobs = self._lease(db)
        for row in with_blobs:  # only now: what goes out is marked on the disk before it goes
            self._blobs.carry(row)
        for row in (*(delivery.row for delivery in deliveries), *following, *with_blobs):
            self._tools.news.tell(row.sealed.case_id)
        if deliveries:
            self._swept = float("-inf")
        return following

    def _write_verdict(self, db: Database, delivery: Delivery) -> None:
        row, outcome, now = delivery.row, delivery.outcome, self._tools.clock.now()
        for blob_id in delivery.uploaded:
            blobs.drop(db, blob_id)
        said = delivery.case
        if said is not None and not said.masked:
            mirror.keep_said(db, wire.with_papers(said, mirror.body(db, said.case.id)), now)
        if isinstance(outcome, Reply):
            outbox.acknowledge(db, row, now, replayed=outcome.replayed)
            if row.sealed.operation == "putMaterial":  # it waits no longer, and was there all the time
                kept = wire.with_paper(mirror.body(db, row.sealed.case_id), outcome.body)
                if kept is not None:
                    mirror.keep_said(db, kept, now)
            if row.sealed.operation == "putDraft" and said is not None:
                drafts.went(db, row.sealed, said.case.version)
            if mirror.version(db, row.sealed.case_id) is not None:
                mirror.mark_stale(db, row.sealed.case_id)  # an answer says how it stands, not all that changed
        elif row.sealed.operation == "putDraft" and outcome.then is Then.PARK and outbox.give_way(db, row, now):
            drafts.reconsidered(db, row.sealed.case_id)
        elif delivery.joined is not None and said is not None:
            self._join(db, delivery.joined, row, said.case.version)
        elif outcome.then is Then.PARK:
            outbox.park(db, row, outcome.fault, now, gave_up=delivery.gave_up)
            log.warning("%s parked: %s", row.sealed.operation, outcome.fault.details.get("slug", ""))
        else:
            outbox.put_back(db, row, tried=outcome.reached and not outcome.progress)

    def _join(self, db: Database, joined: Joined, row: outbox.Leased, version: int) -> None:
        """Instead of the draft that was changed elsewhere too, both are sent together."""
        now, case_id = self._tools.clock.now(), row.sealed.case_id
        outbox.park(db, row, Fault(FaultCode.CANCELLED), now)
        outbox.put(db, joined.draft, now)
        drafts.join(db, case_id, joined.mine)
        merged = AuditEvent(AuditKind.DRAFT_MERGED, now, case_id, "terminal", {"version": str(version)})
        journal.append(db, self._tools.store.key_for("audit"), merged)

    def _be_patient(self, delivery: Delivery) -> None:
        case_id, outcome = delivery.row.sealed.case_id, delivery.outcome
        if isinstance(outcome, Reply) or outcome.then is Then.PARK or outcome.progress:
            self._patience.worked(case_id)
        elif outcome.fault.code is not FaultCode.CANCELLED:
            self._patience.failed(case_id, _SIGN_IN_REST if outcome.then is Then.SIGN_IN else outcome.rest)

    def _sweep(self) -> None:
        monotonic = self._tools.clock.monotonic()
        if monotonic - self._swept < _SWEEP_EVERY:
            return
        store, clock = self._tools.store, self._tools.clock
        with store.write() as db:
            retention.allow_for(db, clock.leap(), clock.now())
            wiped = retention.sweep(db, clock.now(), keeps_site=self._tools.keeps_site, trusted=clock.trusted())
        clock.take_leap()
        if wiped or store.holds_residue:
            store.checkpoint()
            for case_id in wiped:
                self._tools.news.tell(case_id)
        self._swept = monotonic
