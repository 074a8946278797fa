"""The ledger: what this machine remembers and still owes the platform. The only door for what people do.

Screens read projections (mirror + outbox), so their words follow the truth: recorded here → sent → accepted.
"""

import enum
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from kiosk.audit import AuditEvent
from kiosk.code_tables.freshness import Freshness
from kiosk.domain.case import OpeningCase, OpeningForm, ScopePick
from kiosk.domain.case_found import Hit
from kiosk.domain.draft_split import DraftSplit
from kiosk.domain.feedback import SaidFeedback
from kiosk.domain.handover import Handover
from kiosk.domain.ids import (
    ArticleId,
    BlobId,
    CaseId,
    DeviceIssueId,
    HandoverId,
    MaterialId,
    PermitId,
    SiteId,
    SlipCode,
    StaffRef,
    TicketId,
    UnitId,
)
from kiosk.domain.material import MaterialSource, NoticeLine
from kiosk.domain.private import Private
from kiosk.domain.queue import HallQueue, Priority
from kiosk.domain.shift import KeptShift
from kiosk.domain.stock import StockBook
from kiosk.faults import Fault

from .device import Unsubscribe
from .tax_device import TaxDeviceReadout

V = TypeVar("V")


class Verdict(enum.Enum):
    """Where an intent or fact stands on its way to the platform."""

    WAITING = "WAITING"
    SENDING = "SENDING"
    ACCEPTED = "ACCEPTED"
    ALREADY_KNOWN = "ALREADY_KNOWN"
    REFUSED = "REFUSED"
    GAVE_UP = "GAVE_UP"


@dataclass(frozen=True, slots=True)
class Answer(Generic[V]):
    """A value and how fresh it is."""

    value: V
    as_of: datetime | None
    live: bool


class Deed:
    """What a person did. Intents may be refused by the platform; facts must be recorded."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, repr=False)
class SaveDraft(Private, Deed):
    """Keep the form as it is now, here and on the platform (继续办理)."""

    case_id: CaseId
    slip_code: SlipCode
    form: OpeningForm


@dataclass(frozen=True, slots=True, repr=False)
class SettleDraft(Private, Deed):
    """What a person decided about a draft that two terminals had changed; ``version`` is the platform's that was
    decided upon. What the other side answered was seen, so nothing of it is lost by this."""

    case_id: CaseId
    slip_code: SlipCode
    form: OpeningForm
    version: int


@dataclass(frozen=True, slots=True, repr=False)
class SubmitCase(Private, Deed):
    """Submit once for all items (R5). Sent behind the draft of the same case."""

    case_id: CaseId
    slip_code: SlipCode
    form: OpeningForm
    at: datetime


@dataclass(frozen=True, slots=True)
class KeepMaterial(Deed):
    """A paper of a case (R69); its content was kept as a blob before, and goes out first. ``code``: its kind."""

    case_id: CaseId
    material_id: MaterialId
    code: str
    blob: BlobId
    media_type: str
    pages: int
    at: datetime
    source: MaterialSource = MaterialSource.SCANNED


@dataclass(frozen=True, slots=True, repr=False)
class DecideAcceptance(Private, Deed):
    """受理 or 补正 at the window (R40, R41, R44), on the version the clerk has seen; a correction says everything
    that is missing at once."""

    case_id: CaseId
    case_version: int
    decision: str  # accept or correction
    by: StaffRef
    at: datetime
    requirements: tuple[NoticeLine, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordHandover(Deed):
    """A fact: the bundle was handed over and signed for (R43). Never refused, never dropped."""

    handover_id: HandoverId
    case_id: CaseId
    permit_id: PermitId
    articles: tuple[ArticleId, ...]
    signature: BlobId
    receipt_no: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AbortHandover(Deed):
    """A fact: the prepared bundle went back, every article checked by hand."""

    handover_id: HandoverId
    case_id: CaseId
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReportIssued(Deed):
    """A fact: the clerk has seen in the tax office's own page that the device is written, under that number."""

    issue_id: DeviceIssueId
    case_id: CaseId
    receipt_no: str
    at: datetime


@dataclass(frozen=True, slots=True, repr=False)
class ReportReadBack(Private, Deed):
    """A fact: what a written tax device says of itself. The platform compares too, and puts a stranger's aside."""

    issue_id: DeviceIssueId
    case_id: CaseId
    readout: TaxDeviceReadout
    at: datetime


@dataclass(frozen=True, slots=True)
class SetDeviceAside(Deed):
    """A fact: the tax device of a case was put aside (隔离) until somebody has looked at it. It is sent behind what
    else happened to the case, for nothing is taken out of an open bundle."""

    unit_id: UnitId
    case_id: CaseId
    reason: str  # a slug
    at: datetime


@dataclass(frozen=True, slots=True)
class RateVisit(Deed):
    """好差评, five official levels; never written unless a person chose."""

    case_id: CaseId
    phase: str
    level: int
    at: datetime


@dataclass(frozen=True, slots=True, repr=False)
class GiveFeedback(Private, Deed):
    """意见反馈 (R83): about no case, a chain of its own. Its number is asked for beside this (NumberFeedback)."""

    said: SaidFeedback


@dataclass(frozen=True, slots=True)
class DrawLocalNumber(Deed):
    """取号 without the platform: a number of this terminal's own series, kept; merged into the hall's queue by the
    time it was drawn."""

    ticket_id: TicketId
    site: SiteId
    local_no: str
    taken_at: datetime
    priority: Priority | None = None


@dataclass(frozen=True, slots=True)
class FinishTicket(Deed):
    """A fact: the visit of a number is over."""

    ticket_id: TicketId
    at: datetime


@dataclass(frozen=True, slots=True)
class DeedStatus:
    """The outbox's word about one deed."""

    id: str
    verdict: Verdict
    recorded_at: datetime
    sent_at: datetime | None = None
    settled_at: datetime | None = None
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class LedgerTask:
    """Something the platform refused or that gave up: somebody's task, never dropped."""

    id: str
    deed: str
    case_id: CaseId
    fault: Fault
    since: datetime


class ClosedAs(enum.Enum):
    """What became of a parked deed, in the words of whoever closes it."""

    DONE_ANEW = "done_anew"  # 已重新办理
    DONE_ELSEWHERE = "done_elsewhere"  # 已在别处办结
    TOLD = "told"  # 已告知申请人，不再办理
    MISTAKE = "mistake"  # 本机误操作


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One entry of the audit trail about a case, as it may be shown: kind, time, who acted, and its plain fields."""

    seq: int
    at: datetime
    kind: str
    actor: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LedgerState:
    """Figures for the top bar and for the proof: what is owed, what is parked, the audit head."""

    waiting: int
    parked: int
    audit_entries: int
    audit_head: str  # sixteen hex characters are shown and printed
    locked: Fault | None = None
    catalogue: Freshness = Freshness.CURRENT  # of the business scope: what may still be done with it
    catalogue_days: int | None = None  # since the platform last confirmed it; None: none is kept


class Ledger(Protocol):
    """Thread-safe. Writes are local transactions on the disk (milliseconds) and are called by the session's own
    thread, never by the screen's."""

    def record(self, deed: Deed, event: AuditEvent) -> DeedStatus | Fault:
        """One transaction: deed, exact bytes, idempotency key, audit entry.

        Faults: disk-full, store-locked; needs-network for what may not wait, terminal-read-only and terminal-locked
        by the platform's order; catalogue-expired for a submission. What has happened is always recorded.
        """

    def note(self, event: AuditEvent) -> Fault | None:
        """An audit entry without a deed."""

    def keep_blob(self, data: bytes, kind: str) -> BlobId | Fault:
        """Keep a signature or scan, encrypted, until the platform has it."""

    def case(self, case_id: CaseId) -> Answer[OpeningCase] | None:
        """Projection of one case: the mirror's word with what is still owed laid over it."""

    def cases(self) -> tuple[Answer[OpeningCase], ...]:
        """Cases of this site that the mirror knows and that are still open, newest change first."""

    def find_by_slip(self, slip: SlipCode) -> Answer[OpeningCase] | None:
        """A case by its slip code, from the mirror or from a draft on this machine."""

    def drafts(self, cert_no: str) -> tuple[Answer[OpeningCase], ...]:
        """Cases kept on this machine that are not submitted and whose applicant has that certificate, newest first.
        What has waited unclaimed for more than a day is not among them, whether or not it was wiped yet."""

    def take_up(self, case_id: CaseId) -> Fault | None:
        """The applicant goes on with a draft that this machine knows: it is not wiped meanwhile, and what is saved
        from now on builds on what the platform has. Fault: draft-too-new (nothing is changed), case-not-found,
        store-locked, disk-full."""

    def split(self, case_id: CaseId) -> DraftSplit | None:
        """The three forms of a draft that was changed elsewhere too and waits for a person; None: there is nothing
        to decide."""

    def deeds(self, case_id: CaseId) -> tuple[DeedStatus, ...]:
        """What was done here for a case, in order, with its verdicts."""

    def handovers(self) -> tuple[Handover, ...]:
        """The hand-overs that were prepared here and neither handed over nor aborted, newest first (待核实)."""

    def unwitnessed_handover(self) -> CaseId | None:
        """The case that was handed over here last today, if this program stopped before the sheet for its recipient
        was printed: it is recorded, and nobody here has seen whether things and sheet were given."""

    def keep_handover(self, handover: Handover) -> Fault | None:
        """Remember a prepared hand-over and its permit before the first article leaves the safe."""

    def keep_shift(self, kept: KeptShift, event: AuditEvent | None = None) -> Fault | None:
        """Keep what the sheet of a hand-over of this window says, as it was counted or as it was taken, with its
        audit entry in one transaction. Faults: disk-full, store-locked."""

    def offered_shift(self) -> KeptShift | None:
        """The count that was signed away at this window last and, as far as this machine knows, not taken over."""

    def last_shift(self) -> KeptShift | None:
        """The last hand-over of this window, and whether a sheet of it came out here."""

    def handovers_owed(self) -> int:
        """How many were handed over here and are not acknowledged yet; meanwhile nothing new is prepared."""

    def scope_items(self, typed: str, limit: int) -> tuple[ScopePick, ...]:
        """Items of the cached scope pack that fit what was typed (hanzi, pinyin, initials, everyday words)."""

    def queue(self) -> Answer[HallQueue] | None:
        """The hall's queue as the platform last told it, and when; None: this terminal was never told."""

    def next_local_number(self) -> str | Fault:
        """The next number of today of this terminal's own series (L03-007), never given twice.

        Faults: store-locked, disk-full; configuration-invalid where the terminal's id has no number to name it by.
        """

    def tasks(self) -> tuple[LedgerTask, ...]:
        """What needs a person."""

    def close_task(self, task_id: str, how: ClosedAs, event: AuditEvent) -> Fault | None:
        """A person has seen to a parked deed: it is no task any more, and says so in the audit trail. What a fact
        said stays on the disk. Unknown or closed already: nothing is written."""

    def find_cases(self, fragment: str, limit: int) -> tuple[tuple[Hit, OpeningCase], ...]:
        """Cases of the mirror that a fragment fits, the likeliest first; milliseconds."""

    def trail(self, case_id: CaseId, limit: int) -> tuple[TrailLine, ...]:
        """What this machine's audit trail says about a case, newest first."""

    def stock(self) -> StockBook | None:
        """The custody store as the platform last told this machine; None: never."""

    def state(self) -> LedgerState:
        """The figures."""

    def forget_visit(self, case_id: CaseId | None) -> None:
        """End of a visit: wipe what only this visit needed; drafts unclaimed for 24 h go by themselves."""

    def subscribe(self, changed: Callable[[CaseId | None], None]) -> Unsubscribe:
        """Be told when a case (or anything: None) changed; called on a thread of the cache."""
