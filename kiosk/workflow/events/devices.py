"""Events of the window about tax devices that are issued."""

from dataclasses import dataclass

from kiosk.domain.device_issue import DeviceIssue, DeviceList
from kiosk.domain.ids import CaseId
from kiosk.domain.private import Private
from kiosk.workflow.device_desk import IssueRoute
from kiosk.workflow.machine import Event


@dataclass(frozen=True, slots=True)
class DevicesAsked(Event):
    """税控设备: to the list of the sixty minutes."""


@dataclass(frozen=True, slots=True, repr=False)
class DevicesListed(Private, Event):
    """What is being written in this hall, which cases wait for a device, and how this hall has them written."""

    devices: DeviceList
    route: IssueRoute


@dataclass(frozen=True, slots=True)
class DeviceCasePicked(Event):
    """A line of the list was opened."""

    case_id: CaseId


@dataclass(frozen=True, slots=True)
class IssueAsked(Event):
    """申请发行: the device in hand goes to the tax office."""


@dataclass(frozen=True, slots=True)
class IssueTold(Event):
    """The platform said how far an issue has come."""

    issue: DeviceIssue


@dataclass(frozen=True, slots=True)
class ReceiptTyped(Event):
    """The tax office's own page says that the device is written, and under which number (回执号)."""

    receipt_no: str


@dataclass(frozen=True, slots=True)
class AsideAsked(Event):
    """隔离: the device is put aside."""


@dataclass(frozen=True, slots=True)
class AnotherAsked(Event):
    """Take another blank device for the same case."""


@dataclass(frozen=True, slots=True)
class PasswordsChanged(Event):
    """The recipient has changed the device's factory passwords, and the clerk saw it."""
