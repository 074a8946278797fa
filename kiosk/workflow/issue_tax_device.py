"""issue_tax_device: the list of the sixty minutes (R64), a blank device for a case, its issue, what it says then.

Writing a device is the tax office's; here it is asked for, followed, and read back. What fits is laid ready, what
does not is put aside.
"""

import re
from dataclasses import replace

from kiosk.audit import AuditKind
from kiosk.contracts.central_platform import FindCase, GetDeviceIssue, ListDeviceIssues, RequestDeviceIssue
from kiosk.contracts.device import DeviceKind
from kiosk.contracts.ledger import ReportIssued, ReportReadBack
from kiosk.domain.case import OpeningCase
from kiosk.domain.device_issue import DeviceIssue, DeviceIssueState
from kiosk.domain.ids import CaseId, DeviceIssueId
from kiosk.faults import Fault, FaultCode

from . import device_verdict as verdicts
from . import effects as do
from . import events as ev
from .desk import Desk, DeskBusy, of_this_case, opened
from .device_desk import (
    AsideCause,
    IssueWay,
    cause_of,
    going_on,
    is_writing,
    is_written,
    labelled,
    may_be_issued,
    plugged,
    unit_in_hand,
)
from .machine import Effect, Event, Fork, Journey, Row, Step
from .set_aside import DEVICE_ASIDE, kept, put, record

_RECEIPT = re.compile("[0-9A-Za-z-]{1,40}")
LOOK_SECONDS = 10.0  # between two looks at what moves on the platform; a change of the case is told at once


# the list -----------------------------------------------------------------------------------------------------------
def _ask_list(d: Desk) -> tuple[Effect, ...]:
    """Whatever becomes of the answer, it is asked again in a while."""
    return (do.AskDevices(ListDeviceIssues()), do.Linger(LOOK_SECONDS))


def _ask_list_again(d: Desk, e: Event) -> tuple[Effect, ...]:
    return _ask_list(d)


def _listed(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.DevicesListed)
    desk = replace(d.devices, listed=e.devices, as_of=d.now, route=e.route)
    return replace(d, devices=desk, fault=None)


def _look_later(d: Desk, e: Event) -> tuple[Effect, ...]:
    return (do.Linger(LOOK_SECONDS),)


def _failed(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.PlatformFailed)
    return replace(d, busy=None, fault=e.fault)


def issue_of(d: Desk, case_id: CaseId) -> DeviceIssue | None:
    """The issue of the list that is about a case; none while the case waits for a device, whatever came before."""
    return next((one for one in going_on(d.devices) if one.case_id == case_id), None)


def _here(d: Desk, case_id: CaseId) -> OpeningCase | None:
    """The case as this window's mirror has it."""
    return next((case for case in d.cases if case.id == case_id), None)


def _is_here(d: Desk, e: Event) -> bool:
    return _on_list(d, e) and isinstance(e, ev.DeviceCasePicked) and _here(d, e.case_id) is not None


def _opened_here(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.DeviceCasePicked)
    case = _here(d, e.case_id)
    assert case is not None
    return _with(d, case)


def _with(d: Desk, case: OpeningCase) -> Desk:
    return replace(opened(d, case), devices=replace(d.devices.put_down(), issue=issue_of(d, case.id)))


def _picked(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.DeviceCasePicked)
    return replace(d, busy=DeskBusy.FINDING, fault=None)


def _find(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.DeviceCasePicked)
    return (do.LookForCase(FindCase(case_id=e.case_id)),)


def _on_list(d: Desk, e: Event) -> bool:
    waits = d.devices.listed.wanted if d.devices.listed else ()
    return isinstance(e, ev.DeviceCasePicked) and (
        issue_of(d, e.case_id) is not None or any(one.case_id == e.case_id for one in waits)
    )


def _found(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.CasesFound)
    return _with(d, e.cases[0])


def _any(d: Desk, e: Event) -> bool:
    return isinstance(e, ev.CasesFound) and bool(e.cases)


def _not_found(d: Desk, e: Event) -> Desk:
    return replace(d, busy=None, fault=Fault(FaultCode.CASE_NOT_FOUND))


def _where(d: Desk) -> str:
    issue = d.devices.issue
    return "take_device" if issue is None else "read_device" if is_written(issue) else "watch_device"


_NEXT = Fork("how far its device is", ("take_device", "watch_device", "read_device"), _where)


# a blank device -----------------------------------------------------------------------------------------------------
def _listen(d: Desk) -> tuple[Effect, ...]:
    follow: tuple[Effect, ...] = (do.FollowCase(d.case.id),) if d.case else ()
    return (*follow, do.ScanCode(), do.ReadTaxDevice())


def _stop(d: Desk) -> tuple[Effect, ...]:
    return (do.StopDevices(),)


def _label(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.CodeScanned | ev.CodeTyped)
    text = (e.scan.text if isinstance(e, ev.CodeScanned) else e.text).strip().replace(" ", "")
    desk, fault = labelled(d.devices, text)
    return replace(d, devices=desk, fault=fault)


def _scan_again(d: Desk, e: Event) -> tuple[Effect, ...]:
    return (do.ScanCode(),)


def _chip(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.DeviceReadBack)
    desk, fault = plugged(d.devices, e.readout)
    return replace(d, devices=desk, fault=fault)


def _not_the_reader(d: Desk, e: Event) -> bool:
    """A window without a reader for devices goes by their labels."""
    missing = isinstance(e, ev.DeviceFailed) and e.kind is DeviceKind.TAX_DEVICE
    return not (missing and isinstance(e, ev.DeviceFailed) and e.fault.code is FaultCode.DEVICE_CONFIGURATION)


def _device_failed(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.DeviceFailed)
    return replace(d, fault=e.fault)


def _put_down(d: Desk, e: Event) -> Desk:
    return replace(d, devices=d.devices.put_down(), fault=None)


def _listen_again(d: Desk, e: Event) -> tuple[Effect, ...]:
    return (do.ScanCode(), do.ReadTaxDevice())


def may_request(d: Desk) -> bool:
    """Whether the device in hand can go to the tax office for the open case."""
    return d.case is not None and d.busy is None and may_be_issued(d.devices)


def _may_request(d: Desk, e: Event) -> bool:
    return may_request(d)


def _requesting(d: Desk, e: Event) -> Desk:
    return replace(d, busy=DeskBusy.ISSUING, fault=None)


def _request(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert d.case is not None
    return (do.RequestDevice(RequestDeviceIssue(DeviceIssueId(""), d.case.id, unit_in_hand(d.devices))),)


def _requested(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.IssueTold)
    return replace(d, busy=None, devices=replace(d.devices, issue=e.issue))


def _requested_noted(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.IssueTold)
    return (do.Note(AuditKind.DEVICE_ISSUE_REQUESTED, (("issue", e.issue.id), ("unit", e.issue.unit_id))),)


# being written ------------------------------------------------------------------------------------------------------
def _ask_issue(d: Desk) -> tuple[Effect, ...]:
    issue = d.devices.issue
    return (do.AskDevices(GetDeviceIssue(issue.id)),) if issue else ()


def _watch(d: Desk) -> tuple[Effect, ...]:
    follow: tuple[Effect, ...] = (do.FollowCase(d.case.id),) if d.case else ()
    return (*follow, *_ask_issue(d), do.Linger(LOOK_SECONDS))


def _ask_issue_again(d: Desk, e: Event) -> tuple[Effect, ...]:
    return _ask_issue(d)


def _told(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.IssueTold)
    failed = e.issue.state is DeviceIssueState.FAILED
    fault = Fault(FaultCode.DEVICE_ISSUE_FAILED, {"slug": e.issue.fail_reason}) if failed else None
    return replace(d, devices=replace(d.devices, issue=e.issue), fault=fault)


def _this(d: Desk, e: Event) -> bool:
    return isinstance(e, ev.IssueTold) and d.devices.issue is not None and e.issue.id == d.devices.issue.id


def _written(d: Desk, e: Event) -> bool:
    return _this(d, e) and isinstance(e, ev.IssueTold) and is_written(e.issue)


def _over(d: Desk, e: Event) -> bool:
    ends = (DeviceIssueState.READ_BACK, DeviceIssueState.MISMATCH)
    return _this(d, e) and isinstance(e, ev.IssueTold) and e.issue.state in ends


def _news(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.CaseChanged)
    return replace(d, case=e.case, live=e.live)


def receipt_of(d: Desk, typed: str) -> str:
    """The number that a clerk types where the hall has devices written by hand; empty: it is none, or none is due."""
    text = typed.strip()
    due = d.devices.route.way is IssueWay.MANUAL and is_writing(d.devices.issue)
    return text if due and _RECEIPT.fullmatch(text) else ""


def _is_receipt(d: Desk, e: Event) -> bool:
    return isinstance(e, ev.ReceiptTyped) and bool(receipt_of(d, e.receipt_no))


def _issued_there(d: Desk, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.ReceiptTyped) and d.case is not None and d.devices.issue is not None
    number, receipt = d.devices.issue.id, receipt_of(d, e.receipt_no)
    fact = ReportIssued(number, d.case.id, receipt, d.now)
    return (do.Record(fact, AuditKind.DEVICE_ISSUED, (("issue", number), ("receipt", receipt))),)


def _has_failed(d: Desk, e: Event) -> bool:
    return d.devices.issue is not None and d.devices.issue.state is DeviceIssueState.FAILED


# read back ----------------------------------------------------------------------------------------------------------
def _plug(d: Desk) -> tuple[Effect, ...]:
    follow: tuple[Effect, ...] = (do.FollowCase(d.case.id),) if d.case else ()
    return (*follow, do.ReadTaxDevice())


def _plug_again(d: Desk, e: Event) -> tuple[Effect, ...]:
    return (do.ReadTaxDevice(),)


def _reported(d: Desk, e: Event) -> tuple[Effect, ...]:
    return _report(d)


def _report(d: Desk) -> tuple[Effect, ...]:
    issue, readout = d.devices.issue, d.readout
    assert issue is not None and readout is not None and d.case is not None
    said = ReportReadBack(issue.id, d.case.id, readout, d.now)
    return (do.Record(said, AuditKind.DEVICE_READ_BACK, (("issue", issue.id), ("match", "yes"))),)


def _aside_at_once(d: Desk, e: Event) -> Desk:
    d = verdicts.read(d, e)
    assert d.devices.issue is not None
    return put(d, d.devices.issue.unit_id, AsideCause.STRANGER, from_bundle=False)


def _may_put_aside(d: Desk, e: Event) -> bool:
    return d.devices.issue is not None and verdicts.may_put_aside(d)


def _aside(d: Desk, e: Event) -> Desk:
    assert d.devices.issue is not None
    found = verdicts.verdict(d)
    cause = AsideCause.UNREADABLE if found is None else cause_of(found)
    return put(d, d.devices.issue.unit_id, cause, from_bundle=False)


def _read_anew(d: Desk, e: Event) -> Desk:
    return replace(d, readout=None, fault=None)


def _unread(d: Desk, e: Event) -> Desk:
    assert isinstance(e, ev.DeviceFailed)
    return replace(d, readout=None, fault=e.fault)


def _not_kept(d: Desk, e: Event) -> bool:
    return d.deed is None


ISSUE_TAX_DEVICE: Journey[Desk] = Journey(
    "issue_tax_device",
    (
        Step("list_devices", (
            Row(ev.DevicesListed, None, _listed, _look_later),
            Row(ev.PlatformFailed, None, _failed, _look_later),
            Row(ev.LingerOver, None, None, _ask_list_again),
            Row(ev.RetryAsked, None, None, _ask_list_again),
            Row(ev.DeviceCasePicked, _NEXT, _opened_here, None, _is_here),
            Row(ev.DeviceCasePicked, None, _picked, _find, _on_list),
            Row(ev.CasesFound, _NEXT, _found, None, _any),
            Row(ev.CasesFound, None, _not_found),
            Row(ev.BackAsked, "find_case"),
        ), enter=_ask_list),
        Step("take_device", (
            Row(ev.CodeScanned, None, _label, _scan_again),
            Row(ev.CodeTyped, None, _label),
            Row(ev.DeviceReadBack, None, _chip),
            Row(ev.DeviceFailed, None, _device_failed, None, _not_the_reader),
            Row(ev.RetryAsked, None, _put_down, _listen_again),
            Row(ev.IssueAsked, None, _requesting, _request, _may_request),
            Row(ev.IssueTold, _NEXT, _requested, _requested_noted),
            Row(ev.PlatformFailed, None, _failed),
            Row(ev.BackAsked, "list_devices"),
        ), enter=_listen, leave=_stop),
        Step("watch_device", (
            Row(ev.IssueTold, "read_device", _told, None, _written),
            Row(ev.IssueTold, "list_devices", None, None, _over),
            Row(ev.IssueTold, None, _told, _look_later, _this),
            Row(ev.CaseChanged, None, _news, _ask_issue_again, of_this_case),
            Row(ev.LingerOver, None, None, _ask_issue_again),
            Row(ev.PlatformFailed, None, _failed, _look_later),
            Row(ev.AnotherAsked, "take_device", _put_down, None, _has_failed),
            Row(ev.ReceiptTyped, None, None, _issued_there, _is_receipt),
            Row(ev.DeedRecorded, "read_device"),
            Row(ev.RetryAsked, None, None, _ask_issue_again),
            Row(ev.BackAsked, "list_devices"),
        ), enter=_watch),
        Step("read_device", (
            Row(ev.DeviceReadBack, "device_ready", verdicts.read, _reported, verdicts.fits),
            Row(ev.DeviceReadBack, "device_aside", _aside_at_once, record, verdicts.is_a_strangers),
            Row(ev.DeviceReadBack, None, verdicts.read),
            Row(ev.DeviceFailed, None, _unread),
            Row(ev.RetryAsked, None, _read_anew, _plug_again),
            Row(ev.AsideAsked, "device_aside", _aside, record, _may_put_aside),
            Row(ev.BackAsked, "list_devices"),
        ), enter=_plug, leave=_stop),
        Step("device_ready", (
            Row(ev.DeedRecorded, None, kept),
            Row(ev.RetryAsked, None, None, _reported, _not_kept),
            Row(ev.NextAsked, "list_devices"),
            Row(ev.BackAsked, "find_case"),
        ), enter=lambda d: (do.FollowCase(d.case.id),) if d.case else ()),
        DEVICE_ASIDE,
    ),
)  # fmt: skip
