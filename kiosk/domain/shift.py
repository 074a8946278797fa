"""The hand-over of a shift (交接班): what is open at a window, what was counted there, who gives it to whom."""

import enum
from dataclasses import dataclass
from datetime import datetime

from .ids import BatchId, SlipCode, StaffRef, UnitId, WindowId
from .stock import BatchDiffers, StockBatch, StockUnit


class OpenKind(enum.Enum):
    """Kinds of work that a window may leave open."""

    TICKET = "ticket"  # 叫到的号
    HANDOVER = "handover"  # 发放待核实
    DRAFT = "draft"  # 两处改过的草稿
    TASK = "task"  # 待办
    MESSAGE = "message"  # 未送达的消息
    DISCREPANCY = "discrepancy"  # 差异
    UNSENT = "unsent"  # 本机未送出的动作


@dataclass(frozen=True, slots=True)
class OpenLine:
    """How much of one kind is open. ``refs``: queue numbers or slip codes, nobody's name."""

    kind: OpenKind
    count: int
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LastShift:
    """When the window changed hands last."""

    id: str
    outgoing: StaffRef
    incoming: StaffRef
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class WindowStanding:
    """What the platform has open at a window."""

    tickets: tuple[str, ...] = ()
    handovers: tuple[SlipCode, ...] = ()
    last: LastShift | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """A window on its way from one clerk to the next. ``incoming`` and ``taken_at`` once it is taken; ``missing``,
    ``surplus`` and ``batches`` are what the platform found other than the book."""

    id: str
    window: WindowId
    outgoing: StaffRef
    counted_at: datetime
    expected: int
    missing: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()
    batches: tuple[BatchDiffers, ...] = ()
    open: tuple[OpenLine, ...] = ()
    incoming: StaffRef = StaffRef("")
    taken_at: datetime | None = None

    @property
    def sheet_job(self) -> str:
        """What the print of its sheet is called, at the printer and in the audit trail."""
        return f"shift_sheet-{self.id}"

    @property
    def differences(self) -> int:
        """In how many lines count and book disagree."""
        return len(self.missing) + len(self.surplus) + len(self.batches)


@dataclass(frozen=True, slots=True)
class KeptShift:
    """All that the sheet of one hand-over says, so that it can be printed after a power cut too. ``units`` and
    ``boxes`` (batch and its next number) were scanned at the window; ``known`` and ``batches`` are those of them that
    stood in the book, as they then were. ``printed``: a sheet of it has come out, or may have."""

    shift: Shift
    units: tuple[UnitId, ...] = ()
    boxes: tuple[tuple[BatchId, int], ...] = ()
    known: tuple[StockUnit, ...] = ()
    batches: tuple[StockBatch, ...] = ()
    printed: bool = False
