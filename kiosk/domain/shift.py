"""The hand-over of a shift (交接班): what is open at a window, what was counted there, who gives it to whom."""

import enum
from dataclasses import dataclass
from datetime import datetime

from .ids import SlipCode, StaffRef, WindowId
from .stock import BatchDiffers


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
    def differences(self) -> int:
        """In how many lines count and book disagree."""
        return len(self.missing) + len(self.surplus) + len(self.batches)
