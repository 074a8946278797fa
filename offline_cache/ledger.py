"""The ledger: the only door for what people do; what screens see is the mirror with what is owed laid over it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kiosk.audit import GENESIS, AuditEvent
from kiosk.code_tables.freshness import Freshness, by_age, rule_of
from kiosk.contracts.device import Unsubscribe
from kiosk.contracts.ledger import (
    Answer,
    ClosedAs,
    Deed,
    DeedStatus,
    LedgerState,
    LedgerTask,
    SaveDraft,
    SettleDraft,
    SubmitCase,
)  # fmt: skip
from kiosk.domain.case import CaseState, OpeningCase, ScopePick
from kiosk.domain.draft_split import DraftSplit
from kiosk.domain.handover import Handover
from kiosk.domain.ids import BlobId, CaseId, SlipCode
from kiosk.domain.orders import OfflineLimits
from kiosk.domain.queue import HallQueue
from kiosk.faults import Fault, FaultCode

from . import blobs, deeds, drafts, hall_queue, journal, mirror, outbox, outcomes, projection, retention, wire
from .clock import PlatformClock
from .database import StoreFile
from .driver import Database
from .errors import StoreError
from .looks import Looks
from .mirror import MirroredCase
from .news import News
from .outbox import Sealed
from .scope import INDEX, PACK, ScopeCatalogue, catalogue
from .trail import REFUSED as AUDIT_REFUSED

log = logging.getLogger(__name__)

MOST_WAITING = 500  # intents beyond this wait for the network; facts are always taken
_OVER = {
    CaseState.RETURNED,
    CaseState.NOT_ACCEPTED,
    CaseState.REFUSED,
    CaseState.CLOSED,
    CaseState.WITHDRAWN,
    CaseState.EXPIRED,
    CaseState.TERMINATED,
}
_UNBORN = {CaseState.DRAFT, CaseState.SIGNING}  # work of the citizen, not yet of the window


@dataclass(frozen=True, slots=True)
class Keeper:
    """Whose ledger it is. ``window``: a clerk's window, which mirrors the hall's open cases; empty: self-service."""

    terminal_id: str
    window: str
    most_waiting: int = MOST_WAITING


class CacheLedger(Looks):
    """Implements kiosk.contracts.ledger.Ledger.

    ``store``: the open store, or the fault because of which there is none; then nothing is recorded, and every answer
    says so. ``recorded`` is told that something wants to be sent, ``live`` whether the mirror is up to date,
    ``why_not`` why a kind of deed may not be done now, ``limits`` how much may wait for the platform.
    """

    def __init__(
        self,
        store: StoreFile | Fault,
        keeper: Keeper,
        clock: PlatformClock,
        news: News,
        recorded: Callable[[], None],
        live: Callable[[], bool],
        why_not: Callable[[type[Deed]], Fault | None] = lambda _: None,
        limits: Callable[[], OfflineLimits | None] = lambda: None,
    ) -> None:
        self._limits = limits
        self._keeper, self._clock, self._news, self._why_not = keeper, clock, news, why_not
        self._recorded, self._live = recorded, live
        self._audit_key = b""
        self._catalogue = ("", ScopeCatalogue())
        Looks.__init__(self, clock)
        self.use(store)

    def use(self, store: StoreFile | Fault) -> None:
        """The store was opened, or could not be."""
        self._store = store
        self._audit_key = b"" if isinstance(store, Fault) else store.key_for("audit")

    def record(self, deed: Deed, event: AuditEvent) -> DeedStatus | Fault:
        """One transaction: messages, bytes, keys, audit entry."""
        if (fault := self._why_not(type(deed))) is not None:
            return fault
        now = self._clock.now()
        clerk = event.actor if self._keeper.window else ""
        maker = deeds.Maker(self._keeper.terminal_id, self._keeper.window, clerk, now, self._clock.entropy(8))
        try:
            store = self._opened()
            with store.write() as db:
                if isinstance(deed, SubmitCase) and self._catalogue_age(db)[0] is Freshness.EXPIRED:
                    raise StoreError(FaultCode.CATALOGUE_EXPIRED)
                sealed = deeds.seal(db, deed, maker)
                if isinstance(deed, SettleDraft) and mirror.version(db, deed.case_id) != deed.version:
                    return Fault(FaultCode.DRAFT_SPLIT, {"slug": "changed-again"})
                known = outcomes.status(db, sealed[-1].case_id, sealed[-1].key)
                if known is None:
                    self._must_have_room(store, db, sealed[-1])
                    self._put(db, deed, sealed, now)
                elif not isinstance(deed, SaveDraft):
                    return known  # the same act again: it is recorded already
                journal.append(db, self._audit_key, event)
                status = outcomes.status(db, sealed[-1].case_id, sealed[-1].key)
        except StoreError as error:
            return error.fault
        assert status is not None
        self._recorded()
        self._news.tell(sealed[-1].case_id)
        return status

    def note(self, event: AuditEvent) -> Fault | None:
        """An audit entry without a deed."""
        try:
            with self._opened().write() as db:
                self._noted(db, event)
        except StoreError as error:
            return error.fault
        return None

    def _noted(self, db: Database, event: AuditEvent) -> None:
        journal.append(db, self._audit_key, event)

    def keep_blob(self, data: bytes, kind: str) -> BlobId | Fault:
        """Keep a signature or scan inside the encrypted store."""
        try:
            with self._opened().write() as db:
                limits = self._limits()
                if limits is not None and blobs.total(db) + len(data) > limits.most_blob_bytes:
                    raise StoreError(FaultCode.NEEDS_NETWORK, {"reason": "blobs-full"})
                return blobs.keep(db, data, kind, self._clock.now())
        except StoreError as error:
            return error.fault

    def case(self, case_id: CaseId) -> Answer[OpeningCase] | None:
        """Projection of one case."""
        try:
            with self._opened().read() as db:
                return self._shown(db, case_id, mirror.case(db, case_id))
        except StoreError:
            return None

    def cases(self) -> tuple[Answer[OpeningCase], ...]:
        """The hall's open cases, newest change first."""
        try:
            with self._opened().read() as db:
                every = [self._shown(db, said.id, said) for said in mirror.cases(db)]
        except StoreError:
            return ()
        return tuple(one for one in every if one is not None and one.value.state not in _OVER | _UNBORN)

    def find_by_slip(self, slip: SlipCode) -> Answer[OpeningCase] | None:
        """A case by its slip code."""
        try:
            with self._opened().read() as db:
                case_id = outcomes.case_of_slip(db, slip) or mirror.case_of_slip(db, slip)
                return None if case_id is None else self._shown(db, case_id, mirror.case(db, case_id))
        except StoreError:
            return None

    def drafts(self, cert_no: str) -> tuple[Answer[OpeningCase], ...]:
        """Cases kept here for their applicant to go on with."""
        now = self._clock.now()
        try:
            with self._opened().read() as db:
                here = [case_id for case_id in outcomes.drafted(db) if mirror.case(db, case_id) is None]
                here += [said.id for said in mirror.cases(db)]
                kept = [one for one in here if not retention.is_unclaimed(db, one, now)]
                every = [self._shown(db, one, mirror.case(db, one)) for one in kept]
        except StoreError:
            return ()
        unborn = (one for one in every if one is not None and one.value.state in _UNBORN)
        return tuple(one for one in unborn if cert_no and projection.applicant(one.value) == cert_no)

    def take_up(self, case_id: CaseId) -> Fault | None:
        """Its applicant goes on with a draft."""
        try:
            with self._opened().write() as db:
                said, owed = mirror.body(db, case_id), outbox.drafts_of(outbox.owed(db, case_id))
                if said is None and not owed:
                    return Fault(FaultCode.DRAFT_NOT_FOUND)
                if any(wire.is_newer(kept) for kept in (said, *(one.body for one in owed)) if kept):
                    return Fault(FaultCode.DRAFT_TOO_NEW)
                if not owed:
                    drafts.build_on_mirror(db, case_id)
                retention.claim(db, case_id)
        except StoreError as error:
            return error.fault
        return None

    def split(self, case_id: CaseId) -> DraftSplit | None:
        """What two terminals made of one draft."""
        try:
            with self._opened().read() as db:
                return drafts.split(db, case_id)
        except StoreError:
            return None

    def deeds(self, case_id: CaseId) -> tuple[DeedStatus, ...]:
        """What was done here for a case."""
        try:
            with self._opened().read() as db:
                return outcomes.statuses(db, case_id)
        except StoreError:
            return ()

    def handovers(self) -> tuple[Handover, ...]:
        """What was prepared here and neither handed over nor aborted."""
        try:
            with self._opened().read() as db:
                bodies = [
                    body
                    for number, case_id, body in mirror.handovers(db)
                    if number not in {fact.path.split("/")[-2] for fact in outbox.facts(db, case_id)}
                ]
        except StoreError:
            return ()
        return tuple(kept for body in bodies if (kept := wire.handover(body)) is not None)

    def keep_handover(self, handover: Handover) -> Fault | None:
        """Remember a prepared hand-over and its permit."""
        body = wire.kept_handover(handover)
        if wire.handover(body) is None:
            raise ValueError("a hand-over that could not be read back after a crash")
        try:
            with self._opened().write() as db:
                mirror.keep_handover(db, handover.id, handover.case_id, body, self._clock.now())
        except StoreError as error:
            return error.fault
        return None

    def handovers_owed(self) -> int:
        """How many were handed over here and are not acknowledged yet."""
        try:
            with self._opened().read() as db:
                return outbox.handovers_owed(db)
        except StoreError:
            return 0

    def scope_items(self, typed: str, limit: int) -> tuple[ScopePick, ...]:
        """Items of the cached scope pack."""
        try:
            with self._opened().read() as db:
                version = mirror.pack_version(db, PACK)
                if version != self._catalogue[0]:
                    index = mirror.pack(db, INDEX) if mirror.pack_version(db, INDEX) == version else None
                    self._catalogue = (version, catalogue(index, mirror.pack(db, PACK)))
        except StoreError:
            return ()
        return self._catalogue[1].find(typed, limit)

    def queue(self) -> Answer[HallQueue] | None:
        """The hall's queue, as it was last told."""
        try:
            with self._opened().read() as db:
                kept = hall_queue.kept(db)
        except StoreError:
            return None
        return None if kept is None else Answer(kept[0], kept[1], self._live())

    def next_local_number(self) -> str | Fault:
        """One more of this terminal's own series."""
        try:
            with self._opened().write() as db:
                return hall_queue.next_local_number(db, self._keeper.terminal_id, self._clock.now().date())
        except StoreError as error:
            return error.fault

    def tasks(self) -> tuple[LedgerTask, ...]:
        """What needs a person; an audit trail that the platform refuses is one too."""
        try:
            with self._opened().read() as db:
                parked, refused = outcomes.tasks(db), mirror.recall(db, AUDIT_REFUSED)
        except StoreError:
            return ()
        if refused:
            since, fault = refused.split(" ", 1)
            audit = LedgerTask(
                "audit", "postAuditSegment", CaseId(""), outbox.read_fault(fault), datetime.fromisoformat(since)
            )
            return (*parked, audit)
        return parked

    def close_task(self, task_id: str, how: ClosedAs, event: AuditEvent) -> Fault | None:  # noqa: ARG002
        """A person has seen to a parked deed; how stands in the event."""
        try:
            with self._opened().write() as db:
                if outbox.close_task(db, task_id):
                    journal.append(db, self._audit_key, event)
        except StoreError as error:
            return error.fault
        self._news.tell(None)
        return None

    def state(self) -> LedgerState:
        """The figures."""
        try:
            with self._opened().read() as db:
                waiting, parked = outbox.figures(db)
                entries, head = journal.head(db)
                refused = bool(mirror.recall(db, AUDIT_REFUSED))
                catalogue_is, days = self._catalogue_age(db)
        except StoreError as error:
            return LedgerState(0, 0, 0, GENESIS[: journal.SHOWN], error.fault)
        return LedgerState(waiting, parked + refused, entries, head[: journal.SHOWN], None, catalogue_is, days)

    def _catalogue_age(self, db: Database) -> tuple[Freshness, int | None]:
        """What the kept catalogue of the business scope is good for, and its age in days; with none kept there is
        nothing to be old."""
        held = mirror.pack_confirmed(db, PACK)
        if held is None:
            return Freshness.CURRENT, None
        confirmed, today = held[1].date(), self._clock.now().date()
        return by_age(confirmed, today, rule_of(PACK)), max(0, (today - confirmed).days)

    def forget_visit(self, case_id: CaseId | None) -> None:
        """The wipe: what only this visit needed leaves the disk now; what is owed leaves when it is settled."""
        now, self_service = self._clock.now(), not self._keeper.window
        self._finder.forget()
        try:
            store = self._opened()
            with store.write() as db:
                if self_service:
                    retention.leave_all(db, now)
                elif case_id is not None:
                    retention.leave(db, case_id, now)
                retention.drop_loose_blobs(db)
                retention.allow_for(db, self._clock.leap(), now)
                retention.sweep(db, now, keeps_site=not self_service, trusted=self._clock.trusted())
            self._clock.take_leap()
            store.checkpoint()
        except StoreError as error:
            log.error("the wipe waits: %s", error.code.value)

    def subscribe(self, changed: Callable[[CaseId | None], None]) -> Unsubscribe:
        """Be told; called on the cache's own thread."""
        return self._news.subscribe(changed)

    def keep_cases(self, found: tuple[wire.CaseSaid, ...]) -> None:
        """What a search found goes into the mirror; a masked answer never covers a whole one."""
        now = self._clock.now()
        try:
            with self._opened().write() as db:
                for said in found:
                    if not said.masked:
                        mirror.keep_said(db, said, now)
        except StoreError as error:
            log.warning("found cases are not mirrored: %s", error.code.value)

    def _opened(self) -> StoreFile:
        if isinstance(self._store, Fault):
            raise StoreError(self._store.code, self._store.details)
        return self._store

    def _must_have_room(self, store: StoreFile, db: Database, sealed: Sealed) -> None:
        if sealed.fact:
            return
        if not store.has_room():
            raise StoreError(FaultCode.DISK_FULL, {"reason": "reserve-used"})
        limits = self._limits()
        most = self._keeper.most_waiting if limits is None else limits.most_messages
        if outbox.figures(db)[0] >= most:
            raise StoreError(FaultCode.NEEDS_NETWORK, {"reason": "outbox-full"})

    def _put(self, db: Database, deed: Deed, sealed: tuple[Sealed, ...], now: datetime) -> None:
        case_id = sealed[-1].case_id
        if isinstance(deed, SaveDraft):
            outbox.drop_unsent_drafts(db, case_id)
        for one in sealed:
            if outcomes.status(db, case_id, one.key) is None:
                outbox.put(db, one, now)
        if isinstance(deed, SaveDraft | SubmitCase):
            drafts.begin(db, case_id)
            drafts.reconsidered(db, case_id)
        as_known = isinstance(deed, SubmitCase) and not outbox.drafts_of(outbox.live(db, case_id))
        if as_known or isinstance(deed, SettleDraft):
            drafts.build_on_mirror(db, case_id)
        retention.claim(db, case_id)

    def _shown(self, db: Database, case_id: CaseId, said: MirroredCase | None) -> Answer[OpeningCase] | None:
        return projection.case(db, case_id, said, live=self._live)
