"""What the window knows of tax devices while one is issued: the list, the one in hand, and what was read. Pure."""

import enum
from dataclasses import dataclass, field, replace
from datetime import datetime

from kiosk.contracts.tax_device import TaxDeviceReadout, TaxDeviceStatus
from kiosk.domain.device_issue import WRITING, DeviceIssue, DeviceIssueState, DeviceList, unit_of_device
from kiosk.domain.ids import UnitId
from kiosk.domain.private import Private
from kiosk.faults import Fault, FaultCode
from kiosk.rules.goods_numbers import device_problem


class IssueWay(enum.Enum):
    """How a device is written in this hall."""

    PLATFORM = "platform"  # the platform hands the request to the tax office's system
    MANUAL = "manual"  # a clerk types it into the tax office's own page


@dataclass(frozen=True, slots=True)
class IssueRoute:
    """How this hall has devices written. ``page`` is what the tax office's page is called there."""

    way: IssueWay = IssueWay.PLATFORM
    page: str = ""


class ReadBack(enum.Enum):
    """What a device's own word is against what is expected of it."""

    FITS = "fits"
    OTHER = "other"  # another number: another device, or one whose chip is not its label's
    BLANK = "blank"  # nothing is written
    STRANGER = "stranger"  # written for somebody else


class AsideCause(enum.Enum):
    """Why a device is put aside; the value is the reason that the custody store keeps."""

    STRANGER = "tax_device_stranger"
    OTHER = "tax_device_other_number"
    BLANK = "tax_device_still_blank"
    UNREADABLE = "tax_device_unreadable"


_CAUSES = {
    ReadBack.STRANGER: AsideCause.STRANGER, ReadBack.OTHER: AsideCause.OTHER, ReadBack.BLANK: AsideCause.BLANK,
}  # fmt: skip
_FAULTS = {
    ReadBack.STRANGER: FaultCode.TAX_DEVICE_MISMATCH, ReadBack.OTHER: FaultCode.TAX_DEVICE_OTHER,
    ReadBack.BLANK: FaultCode.TAX_DEVICE_STILL_BLANK,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Aside:
    """A device that is put aside: which, why, since when; ``from_bundle``: it lay in a bundle to be handed over."""

    unit_id: UnitId
    cause: AsideCause
    at: datetime
    from_bundle: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class DeviceDesk(Private):
    """The part of the desk that is about tax devices. ``label`` is the number on the label of the one in hand,
    ``blank`` what its chip says before it is written."""

    route: IssueRoute = field(default_factory=IssueRoute)
    listed: DeviceList | None = None
    as_of: datetime | None = None
    label: str = ""
    blank: TaxDeviceReadout | None = None
    issue: DeviceIssue | None = None
    aside: Aside | None = None

    def put_down(self) -> "DeviceDesk":
        """Nothing is in hand any more; the list stays."""
        return DeviceDesk(self.route, self.listed, self.as_of)


def judged(readout: TaxDeviceReadout, number: str, uscc: str, holder: str) -> ReadBack:
    """Number, credit code and holder as the platform says them, and issued at all."""
    if readout.number != number:
        return ReadBack.OTHER
    if readout.status is not TaxDeviceStatus.ISSUED:
        return ReadBack.BLANK
    return ReadBack.FITS if (readout.uscc, readout.holder) == (uscc, holder) else ReadBack.STRANGER


def fault_of(verdict: ReadBack) -> Fault | None:
    """What a verdict says on the screen; None: it fits."""
    return Fault(_FAULTS[verdict]) if verdict in _FAULTS else None


def cause_of(verdict: ReadBack) -> AsideCause:
    """Why a device with that verdict is put aside."""
    return _CAUSES[verdict]


def labelled(desk: DeviceDesk, number: str) -> tuple[DeviceDesk, Fault | None]:
    """The label of a blank device was scanned or typed."""
    if device_problem(number) is not None:
        return desk, Fault(FaultCode.TAX_DEVICE_NUMBER_WRONG)
    return _agreeing(replace(desk, label=number))


def plugged(desk: DeviceDesk, readout: TaxDeviceReadout) -> tuple[DeviceDesk, Fault | None]:
    """The chip of the device in hand was read before it is written; without a label it says which one it is."""
    desk = replace(desk, blank=readout, label=desk.label or readout.number)
    if readout.status is not TaxDeviceStatus.BLANK:
        return desk, Fault(FaultCode.TAX_DEVICE_NOT_BLANK)
    return _agreeing(desk)


def _agreeing(desk: DeviceDesk) -> tuple[DeviceDesk, Fault | None]:
    differs = desk.blank is not None and desk.blank.number != desk.label
    return desk, Fault(FaultCode.TAX_DEVICE_LABEL_DIFFERS) if differs else None


def may_be_issued(desk: DeviceDesk) -> bool:
    """Whether the device in hand is known, and nothing speaks against it."""
    chip = desk.blank
    return bool(desk.label) and (chip is None or (chip.number == desk.label and chip.status is TaxDeviceStatus.BLANK))


def going_on(desk: DeviceDesk) -> tuple[DeviceIssue, ...]:
    """The issues that still have something to come: of a case that waits for a device the one before is over."""
    if desk.listed is None:
        return ()
    waits = {one.case_id for one in desk.listed.wanted}
    return tuple(one for one in desk.listed.issues if one.case_id not in waits)


def unit_in_hand(desk: DeviceDesk) -> UnitId:
    """The unit of the store that the label in hand stands for."""
    return unit_of_device(desk.label)


def is_writing(issue: DeviceIssue | None) -> bool:
    """Whether the tax office is still at it."""
    return issue is not None and issue.state in WRITING


def is_written(issue: DeviceIssue | None) -> bool:
    """Whether it is issued and waits to be read back."""
    return issue is not None and issue.state is DeviceIssueState.ISSUED
