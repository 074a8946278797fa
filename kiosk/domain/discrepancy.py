"""Discrepancies (差异): what was said to have happened and the book says otherwise, until somebody has settled it."""

import enum
from dataclasses import dataclass
from datetime import datetime


class Resolution(enum.Enum):
    """What it was. ``EXPLAINED`` moves nothing; the others say what becomes of the goods."""

    EXPLAINED = "explained"  # 已说明
    IN_ORDER = "in_order"  # 核实无误
    SPOILED = "spoiled"  # 作废重制
    SENDER_KEEPS = "sender_keeps"  # 仍在发出方
    LOST = "lost"  # 确认遗失


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One contradiction. ``owner`` is the role that has to see to it; no person is named in it."""

    id: str
    kind: str
    subject: str  # handover, transfer, count, unit, device_issue
    subject_id: str
    open: bool
    version: int
    owner: str  # supervisor or keeper
    opened_at: datetime
    missing: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()
