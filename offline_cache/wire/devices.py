"""Tax devices: being written, read back, put aside."""

from dataclasses import dataclass

import msgspec

from kiosk.contracts import central_platform as ask
from kiosk.contracts.ledger import ReportIssued, ReportReadBack, SetDeviceAside
from kiosk.contracts.platform_api import device_issue as api
from kiosk.contracts.platform_api import stock
from kiosk.domain.device_issue import DeviceIssue, DeviceIssueState, DeviceList, DeviceWanted
from kiosk.domain.ids import CaseId, DeviceIssueId, SlipCode, UnitId

from .reading import read

_MOST = 64  # characters that a holder's name has room for
_NO_NUMBER = "0"  # where the device has none that could be told


@dataclass(frozen=True, slots=True, repr=False)
class DevicePage(DeviceList):
    """A page of the list; ``next`` is the cursor behind it, or empty."""

    next: str = ""


def device_issue(body: bytes) -> DeviceIssue | None:
    """One issue."""
    return read(api.DeviceIssue, _issue, body)


def device_issues(body: bytes) -> DevicePage | None:
    """A page of the hall's issues."""
    return read(
        api.DeviceIssues,
        lambda said: DevicePage(
            tuple(_issue(one) for one in said.items), tuple(_wanted(one) for one in said.wanted), said.next or ""
        ),
        body,
    )


def issue_request(question: ask.RequestDeviceIssue) -> bytes:
    """requestDeviceIssue."""
    return msgspec.json.encode(
        api.RequestDeviceIssue(id=question.id, case_id=question.case_id, unit_id=question.unit_id)
    )


def issued_there(deed: ReportIssued) -> bytes:
    """reportIssued."""
    return msgspec.json.encode(api.ReportIssued(receipt_no=deed.receipt_no, issued_at=deed.at))


def read_back(deed: ReportReadBack) -> bytes:
    """reportReadBack. A name that has no room is cut visibly, so that it never becomes the right one by being cut."""
    read_out, holder = deed.readout, deed.readout.holder
    name = holder if len(holder) <= _MOST else holder[: _MOST - 1] + "…"
    number = read_out.number if read_out.number.isalnum() and read_out.number.isascii() else _NO_NUMBER
    return msgspec.json.encode(
        api.ReportReadBack(number=number[:40], uscc=read_out.uscc, holder_name=name, read_at=deed.at)
    )


def set_aside(deed: SetDeviceAside) -> bytes:
    """quarantineUnit."""
    return msgspec.json.encode(stock.ActOnUnit(reason_code=deed.reason))


def _issue(said: api.DeviceIssue) -> DeviceIssue:
    return DeviceIssue(
        DeviceIssueId(said.id), CaseId(said.case_id), UnitId(said.unit_id), DeviceIssueState(said.state),
        said.requested_at, said.due_at, said.overdue, said.receipt_no, said.fail_reason,
    )  # fmt: skip


def _wanted(said: api.DeviceWanted) -> DeviceWanted:
    return DeviceWanted(CaseId(said.case_id), SlipCode(said.slip_code), said.name_full, said.due_at, said.overdue)
