"""Every face that a clerk meets while a tax device is issued, read back, or put aside: the real plan, real events."""

from dataclasses import replace
from datetime import timedelta

from kiosk.contracts.device import DeviceKind
from kiosk.contracts.ledger import Verdict
from kiosk.contracts.tax_device import TaxDeviceReadout, TaxDeviceStatus
from kiosk.domain.acts import Act
from kiosk.domain.case import CaseState, OpeningCase
from kiosk.domain.device_issue import DeviceIssue, DeviceIssueState, DeviceList, DeviceWanted, unit_of_device
from kiosk.domain.ids import CaseId, DeviceIssueId, SlipCode
from kiosk.faults import Fault, FaultCode
from kiosk.workflow import events as ev
from kiosk.workflow.device_desk import IssueRoute, IssueWay
from kiosk.workflow.machine import Event

from . import clerk_walk as desk

NUMBER = "661000000042"
OTHER = "661000000077"
PLATFORM = IssueRoute()
MANUAL = IssueRoute(IssueWay.MANUAL, "电子税务局·设备发行")
STRANGER = ("91500103MA0000001X", "重庆别家商贸有限公司")


def case() -> OpeningCase:
    """The company whose invoices are approved and whose device is not there yet."""
    ready = desk.case(CaseState.READY)
    return replace(ready, state=CaseState.PREPARING)


def issue(state: DeviceIssueState, minutes: int = 31, fail: str = "") -> DeviceIssue:
    """Its device at the tax office; ``minutes`` until the sixty are over."""
    return DeviceIssue(
        DeviceIssueId("01JD1SSUE"), desk.CASE, unit_of_device(NUMBER), state, desk.TIME - timedelta(minutes=4),
        desk.TIME + timedelta(minutes=minutes), minutes < 0, "FX0001", fail,
    )  # fmt: skip


def listed(*issues: DeviceIssue, route: IssueRoute = PLATFORM) -> Event:
    """The list, with one case that waits, one that is late, and what is given."""
    waits = (
        DeviceWanted(
            CaseId("01JDOTHER2"), SlipCode("T4W-907"), "重庆虚构花艺设计有限公司", desk.TIME + timedelta(minutes=9)
        ),
        DeviceWanted(
            CaseId("01JDLATE"), SlipCode("M3X-105"), "重庆样板便利店", desk.TIME - timedelta(minutes=7), True
        ),
    )
    if not issues:
        waits = (*waits, DeviceWanted(desk.CASE, desk.SLIP, desk.COMPANY, desk.TIME + timedelta(minutes=31)))
    return ev.DevicesListed(DeviceList(issues, waits), route)


def at_list(*issues: DeviceIssue, route: IssueRoute = PLATFORM) -> desk.Walk:
    """F8 on the free desk."""
    return desk.on_duty((case(), *desk.hall()[1:])).did(ev.DevicesAsked(), listed(*issues, route=route))


def opened(*issues: DeviceIssue, route: IssueRoute = PLATFORM) -> desk.Walk:
    """The case's line was opened."""
    return at_list(*issues, route=route).did(ev.DeviceCasePicked(desk.CASE), ev.CasesFound((case(),)))


def chip(number: str = NUMBER, status: TaxDeviceStatus = TaxDeviceStatus.BLANK, *company: str) -> Event:
    """What was read off a device."""
    return ev.DeviceReadBack(TaxDeviceReadout(number, status, *company))


def written(number: str = NUMBER, company: tuple[str, str] = (desk.USCC, desk.COMPANY)) -> Event:
    """The same, once it is written."""
    return chip(number, TaxDeviceStatus.ISSUED, *company)


def told(state: DeviceIssueState, fail: str = "") -> Event:
    """The platform says how far it is."""
    return ev.IssueTold(issue(state, fail=fail))


def known(walk: desk.Walk, verdict: Verdict = Verdict.ACCEPTED) -> desk.Walk:
    """Recorded, and then the platform's answer came."""
    walk.did(ev.DeedRecorded(desk.deed(Verdict.WAITING, walk.at)))
    return walk.did(ev.CaseChanged(case(), (desk.deed(verdict, walk.at),), True))


def wrong_in_bundle() -> desk.Walk:
    """A device in a bundle on the counter names another company."""
    return desk.prepared().did(*desk.SCANS[:6], desk.device(*reversed(STRANGER)))


def aside_from_bundle() -> desk.Walk:
    """The clerk puts it aside."""
    return wrong_in_bundle().did(ev.AsideAsked())


def stills() -> dict[str, desk.Still]:
    """By name; each step's first face has the step's own."""
    s = DeviceIssueState
    unreadable = desk.failed(DeviceKind.TAX_DEVICE, FaultCode.TAX_DEVICE_UNREADABLE)
    offline = {Act.REQUEST_DEVICE_ISSUE: Fault(FaultCode.NEEDS_NETWORK)}
    gone, bad = ev.PlatformFailed(Fault(FaultCode.PLATFORM_OFFLINE)), "write_failed"
    return {
        "list_devices": at_list(issue(s.ISSUING)).still({"pick": 1}),
        "list_devices-none": desk.on_duty().did(ev.DevicesAsked(), ev.DevicesListed(DeviceList(), PLATFORM)).still(),
        "list_devices-offline": at_list().did(gone).still(online=False),
        "take_device": opened().still(),
        "take_device-typing": opened().still({"typing": "yes", "code": "6610"}),
        "take_device-ready": opened().did(desk.scan(NUMBER), chip()).still(),
        "take_device-label_differs": opened().did(desk.scan(NUMBER), chip(OTHER)).still(online=False, barred=offline),
        "take_device-requesting": opened().did(desk.scan(NUMBER), ev.IssueAsked()).still(),
        "watch_device": opened(issue(s.ISSUING, 9)).still(),
        "watch_device-manual": opened(issue(s.SUBMITTED, -3), route=MANUAL).still(),
        "watch_device-failed": opened(issue(s.ISSUING)).did(told(s.FAILED, bad)).still(),
        "read_device": opened(issue(s.ISSUED)).still(),
        "read_device-other": opened(issue(s.ISSUED)).did(written(OTHER)).still(),
        "read_device-asking": opened(issue(s.ISSUED)).did(written(OTHER)).still({"aside": "yes"}),
        "read_device-unreadable": opened(issue(s.ISSUED)).did(unreadable).still(),
        "device_ready": known(opened(issue(s.ISSUED)).did(written())).still(),
        "device_aside": opened(issue(s.ISSUED)).did(written(company=STRANGER)).still(online=False),
        "device_aside-bundle": known(aside_from_bundle()).still(),
        "check_bundle-asking": wrong_in_bundle().still({"aside": "yes"}),
    }
