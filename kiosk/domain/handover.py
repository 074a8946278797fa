"""Hand-over (领取交付): one bundle, one window, one signature; prepared first, then a fact."""

import enum
from dataclasses import dataclass, field
from datetime import datetime

from .ids import ArticleId, BatchId, CaseId, HandoverId, PermitId, StaffRef, UnitId


class HandoverState(enum.Enum):
    """Life of a hand-over; expiry of the permit stops the terminal and never frees the goods."""

    PREPARED = "PREPARED"
    HANDED_OVER = "HANDED_OVER"
    ABORTED = "ABORTED"
    REVERSED = "REVERSED"


@dataclass(frozen=True, slots=True)
class HandoverLine:
    """One article and the physical thing that stands for it."""

    article_id: ArticleId
    unit_id: UnitId | None = None
    batch_id: BatchId | None = None
    first_no: int | None = None
    count: int = 1


@dataclass(frozen=True, slots=True)
class PermitTerms:
    """What the platform has signed: for exactly these lines, at this terminal and window, by this clerk, in this run
    of the terminal's program, until then."""

    handover_id: HandoverId
    terminal_id: str
    window: str
    staff_ref: StaffRef
    boot: str
    lines: tuple[HandoverLine, ...]
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Permit:
    """The platform's signed leave to hand over. ``terms`` are read off the payload only when its signature fits."""

    id: PermitId
    payload: bytes
    signature: bytes
    expires_at: datetime
    terms: PermitTerms | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Handover:
    """A prepared or finished hand-over as the platform knows it."""

    id: HandoverId
    case_id: CaseId
    state: HandoverState
    version: int
    lines: tuple[HandoverLine, ...]
    permit: Permit | None = None
    discrepancy_id: str | None = None


class Match(enum.Enum):
    """Expected against scanned or read back, for one line of the bundle."""

    WAITING = "waiting"  # 等待扫码
    EQUAL = "equal"  # 一致
    DIFFERENT = "different"  # 不符
