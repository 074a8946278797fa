"""Issue of a tax-control device (税控设备发行): the tax office writes a blank one for one company, the hall asks for
that, follows it, and reads back what was written."""

import enum
from dataclasses import dataclass
from datetime import datetime

from .ids import CaseId, DeviceIssueId, SlipCode, UnitId
from .private import Private


class DeviceIssueState(enum.Enum):
    """Life of one issue; only the platform writes it."""

    IDENTIFIED = "IDENTIFIED"
    SUBMITTED = "SUBMITTED"
    ISSUING = "ISSUING"
    ISSUED = "ISSUED"
    FAILED = "FAILED"
    READ_BACK = "READ_BACK"  # 回读一致
    MISMATCH = "MISMATCH"  # 回读不符: the device is put aside


WRITING = frozenset({DeviceIssueState.IDENTIFIED, DeviceIssueState.SUBMITTED, DeviceIssueState.ISSUING})


@dataclass(frozen=True, slots=True)
class DeviceIssue:
    """One device being written for one case. ``due_at`` is the sixty-minute promise (R64)."""

    id: DeviceIssueId
    case_id: CaseId
    unit_id: UnitId
    state: DeviceIssueState
    requested_at: datetime
    due_at: datetime | None = None
    overdue: bool = False
    receipt_no: str = ""  # the tax office's own number for it
    fail_reason: str = ""

    @property
    def number(self) -> str:
        """What stands on the device's label."""
        return serial_of(self.unit_id)


@dataclass(frozen=True, slots=True, repr=False)
class DeviceWanted(Private):
    """A case for which nobody has taken a blank device yet."""

    case_id: CaseId
    slip_code: SlipCode
    name: str
    due_at: datetime | None = None
    overdue: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class DeviceList(Private):
    """The hall's issues that are not read back yet, oldest first, and the cases that wait for one."""

    issues: tuple[DeviceIssue, ...] = ()
    wanted: tuple[DeviceWanted, ...] = ()


def unit_of_device(number: str) -> UnitId:
    """The unit of the custody store that a device's number stands for."""
    return UnitId(f"tax_device-{number}")


def serial_of(unit_id: UnitId) -> str:
    """The number of the thing that a unit stands for."""
    return unit_id.partition("-")[2]
