"""issue_tax_device walked on its real table: from the list to the device that lies ready, or is put aside."""

from dataclasses import replace

import pytest

from kiosk.audit import AuditKind
from kiosk.contracts.central_platform import GetDeviceIssue, ListDeviceIssues, RequestDeviceIssue
from kiosk.contracts.device import DeviceKind
from kiosk.contracts.ledger import AbortHandover, Deed, ReportIssued, ReportReadBack, SetDeviceAside, Verdict
from kiosk.contracts.tax_device import TaxDeviceReadout, TaxDeviceStatus
from kiosk.domain.device_issue import DeviceIssueState, DeviceList, DeviceWanted, unit_of_device
from kiosk.faults import Fault, FaultCode
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk
from kiosk.workflow.device_desk import AsideCause, ReadBack, judged
from kiosk.workflow.machine import Effect, Event, advance
from kiosk.workflow.window import WINDOW
from tests.unit.ui.viewmodels import clerk_walk as clerk
from tests.unit.ui.viewmodels import device_walk as devices
from tests.unit.ui.viewmodels.clerk_walk import COMPANY, USCC
from tests.unit.ui.viewmodels.device_walk import NUMBER, OTHER, STRANGER, chip, issue, written
from ui.viewmodels.clerk import present
from ui.words import Words

ISSUED = DeviceIssueState.ISSUED


def step(desk: Desk, event: Event) -> tuple[Desk, tuple[Effect, ...]]:
    return advance(WINDOW, desk, event)


def deeds(effects: tuple[Effect, ...]) -> list[Deed]:
    return [one.deed for one in effects if isinstance(one, do.Record)]


def code(desk: Desk) -> FaultCode | None:
    return desk.fault.code if desk.fault else None


@pytest.mark.parametrize(
    ("readout", "verdict"),
    [
        (TaxDeviceReadout(NUMBER, TaxDeviceStatus.ISSUED, USCC, COMPANY), ReadBack.FITS),
        (TaxDeviceReadout(OTHER, TaxDeviceStatus.ISSUED, USCC, COMPANY), ReadBack.OTHER),
        (TaxDeviceReadout(NUMBER, TaxDeviceStatus.BLANK), ReadBack.BLANK),
        (TaxDeviceReadout(NUMBER, TaxDeviceStatus.ISSUED, STRANGER[0], COMPANY), ReadBack.STRANGER),
        (TaxDeviceReadout(NUMBER, TaxDeviceStatus.ISSUED, USCC, STRANGER[1]), ReadBack.STRANGER),
    ],
)
def test_number_code_and_holder_all_count(readout: TaxDeviceReadout, verdict: ReadBack) -> None:
    assert judged(readout, NUMBER, USCC, COMPANY) is verdict


def test_the_list_is_asked_for_again_and_again() -> None:
    desk, effects = step(clerk.on_duty().state, ev.DevicesAsked())
    assert desk.step == "list_devices" and do.AskDevices(ListDeviceIssues()) in effects
    desk, effects = step(desk, devices.listed())
    assert any(isinstance(one, do.Linger) for one in effects)
    desk, effects = step(desk, ev.LingerOver())
    assert do.AskDevices(ListDeviceIssues()) in effects and any(isinstance(one, do.Linger) for one in effects)
    desk, effects = step(desk, ev.PlatformFailed(Fault(FaultCode.PLATFORM_OFFLINE)))
    assert desk.devices.listed is not None  # what is known stays to be seen
    assert any(isinstance(one, do.Linger) for one in effects)
    away, _ = step(desk, ev.DeviceCasePicked(clerk.case(clerk.CaseState.CLOSED).id.__class__("01JDNOBODY")))
    assert away == desk


def test_a_case_that_this_window_mirrors_is_opened_without_the_platform() -> None:
    desk, effects = step(devices.at_list().state, ev.DeviceCasePicked(clerk.CASE))
    assert desk.step == "take_device" and do.FollowCase(clerk.CASE) in effects
    elsewhere = replace(devices.at_list().state, cases=())
    desk, effects = step(elsewhere, ev.DeviceCasePicked(clerk.CASE))
    assert desk.step == "list_devices" and any(isinstance(one, do.LookForCase) for one in effects)
    desk, _ = step(desk, ev.CasesFound((devices.case(),)))
    assert desk.step == "take_device"


def test_a_case_that_waits_again_has_nothing_to_read_back() -> None:
    """Its device was put aside out of a bundle: the issue before is over, and the case stands on the list once."""
    waits = DeviceWanted(clerk.CASE, clerk.SLIP, COMPANY)
    both = ev.DevicesListed(DeviceList((issue(ISSUED),), (waits,)), devices.PLATFORM)
    walk = clerk.on_duty().did(ev.DevicesAsked(), both)
    rows = present(walk.still().scene, Words("zh"), {}).lists["rows"]
    assert [row["key"] for row in rows] == [clerk.CASE]
    assert step(walk.state, ev.DeviceCasePicked(clerk.CASE))[0].step == "take_device"


def test_a_label_and_its_chip_go_to_the_tax_office() -> None:
    desk = devices.opened().state
    assert desk.step == "take_device"
    desk, effects = step(desk, ev.IssueAsked())
    assert effects == ()  # no device is in hand
    desk, effects = step(desk, clerk.scan(NUMBER))
    assert do.ScanCode() in effects and code(desk) is None
    desk, _ = step(desk, chip())
    desk, effects = step(desk, ev.IssueAsked())
    assert effects == (do.RequestDevice(RequestDeviceIssue("", clerk.CASE, unit_of_device(NUMBER))),)  # type: ignore[arg-type]
    desk, effects = step(desk, ev.IssueTold(issue(DeviceIssueState.SUBMITTED)))
    assert desk.step == "watch_device" and do.AskDevices(GetDeviceIssue(issue(ISSUED).id)) in effects
    assert AuditKind.DEVICE_ISSUE_REQUESTED in {one.audit for one in effects if isinstance(one, do.Note)}
    desk, _ = step(desk, ev.IssueTold(issue(ISSUED)))
    assert desk.step == "read_device"


@pytest.mark.parametrize(
    ("event", "found"),
    [
        (clerk.scan("K7P-428"), FaultCode.TAX_DEVICE_NUMBER_WRONG),
        (ev.CodeTyped("66100000004"), FaultCode.TAX_DEVICE_NUMBER_WRONG),
        (written(), FaultCode.TAX_DEVICE_NOT_BLANK),
        (chip(OTHER), FaultCode.TAX_DEVICE_LABEL_DIFFERS),
    ],
)
def test_what_cannot_be_issued(event: Event, found: FaultCode) -> None:
    desk, _ = step(devices.opened().did(clerk.scan(NUMBER)).state, event)
    assert code(desk) is found
    asked, effects = step(replace(desk, devices=desk.devices), ev.IssueAsked())
    assert bool(effects) is (found is FaultCode.TAX_DEVICE_NUMBER_WRONG)  # then the label scanned before still stands
    again, effects = step(desk, ev.RetryAsked())
    assert not again.devices.label and do.ReadTaxDevice() in effects and asked.step == "take_device"


def test_a_window_without_a_reader_goes_by_the_label() -> None:
    none = ev.DeviceFailed(DeviceKind.TAX_DEVICE, Fault(FaultCode.DEVICE_CONFIGURATION))
    desk, _ = step(devices.opened().state, none)
    assert desk.fault is None
    desk, _ = step(desk, ev.DeviceFailed(DeviceKind.TAX_DEVICE, Fault(FaultCode.DEVICE_BUSY)))
    assert code(desk) is FaultCode.DEVICE_BUSY


def test_what_fits_is_reported_and_laid_ready() -> None:
    desk, effects = step(devices.opened(issue(ISSUED)).state, written())
    assert desk.step == "device_ready"
    [said] = deeds(effects)
    assert isinstance(said, ReportReadBack) and said.readout.holder == COMPANY


def test_somebody_elses_is_put_aside_at_once() -> None:
    desk, effects = step(devices.opened(issue(ISSUED)).state, written(company=STRANGER))
    assert desk.step == "device_aside"
    [said] = deeds(effects)
    assert isinstance(said, ReportReadBack) and said.readout.uscc == STRANGER[0]
    assert desk.devices.aside is not None and desk.devices.aside.cause is AsideCause.STRANGER


@pytest.mark.parametrize(
    "event", [written(OTHER), chip(), clerk.failed(DeviceKind.TAX_DEVICE, FaultCode.TAX_DEVICE_UNREADABLE)]
)
def test_what_a_person_has_to_confirm(event: Event) -> None:
    """Another number may be another device, a blank one may be written in a moment: nothing is said by itself."""
    before = devices.opened(issue(ISSUED)).state
    assert step(before, ev.AsideAsked())[1] == ()
    desk, effects = step(before, event)
    assert desk.step == "read_device" and deeds(effects) == []
    again, effects = step(desk, ev.RetryAsked())
    assert again.readout is None and effects == (do.ReadTaxDevice(),)
    desk, effects = step(desk, ev.AsideAsked())
    assert desk.step == "device_aside"
    [said] = deeds(effects)
    read = isinstance(event, ev.DeviceReadBack)
    assert isinstance(said, ReportReadBack if read else SetDeviceAside)


def test_another_only_when_the_platform_knows() -> None:
    walk = devices.opened(issue(ISSUED)).did(written(company=STRANGER))
    assert walk.did(ev.AnotherAsked()).state.step == "device_aside"
    waits = devices.known(walk, Verdict.WAITING)
    assert waits.did(ev.AnotherAsked()).state.step == "device_aside"
    taken = devices.known(walk).did(ev.AnotherAsked()).state
    assert taken.step == "take_device" and taken.devices.issue is None and taken.readout is None


def test_what_was_not_recorded_is_recorded_on_another_try() -> None:
    walk = devices.opened(issue(ISSUED)).did(written(company=STRANGER), ev.LedgerFailed(Fault(FaultCode.DISK_FULL)))
    at = walk.state.devices.aside
    _, effects = step(walk.later(seconds=40).state, ev.RetryAsked())
    [said] = deeds(effects)
    assert at is not None and isinstance(said, ReportReadBack) and said.at == at.at  # the same act, not a second one


def test_out_of_a_bundle_the_hand_over_goes_back_first() -> None:
    walk = clerk.prepared().did(*clerk.SCANS[:6])
    assert step(walk.state, ev.AsideAsked())[1] == ()  # nothing was found wrong
    desk = walk.did(clerk.device(*reversed(STRANGER))).state
    assert code(desk) is FaultCode.TAX_DEVICE_MISMATCH
    desk, effects = step(desk, ev.AsideAsked())
    back, aside = deeds(effects)
    assert isinstance(back, AbortHandover) and isinstance(aside, SetDeviceAside)
    assert desk.step == "device_aside" and aside.unit_id == clerk.ARTICLES[-1].unit_id


def test_a_failed_issue_and_one_that_ended_elsewhere() -> None:
    watched = devices.opened(issue(DeviceIssueState.ISSUING))
    elsewhere = watched.state
    failed = watched.did(devices.told(DeviceIssueState.FAILED, "device_refused")).state
    assert code(failed) is FaultCode.DEVICE_ISSUE_FAILED and failed.step == "watch_device"
    assert step(failed, ev.AnotherAsked())[0].step == "take_device"
    assert step(elsewhere, ev.AnotherAsked())[0].step == "watch_device"
    assert step(elsewhere, devices.told(DeviceIssueState.READ_BACK))[0].step == "list_devices"
    other = ev.IssueTold(replace(issue(ISSUED), id="01JDOTHERISSUE"))  # type: ignore[arg-type]
    assert step(elsewhere, other)[0] == elsewhere


def test_passwords_are_confirmed_once_and_noted() -> None:
    desk, effects = step(clerk.handed().state, ev.PasswordsChanged())
    assert desk.passwords_changed
    assert AuditKind.DEVICE_PASSWORDS_CHANGED in {one.audit for one in effects if isinstance(one, do.Note)}
    assert step(desk, ev.PasswordsChanged())[1] == ()


def test_written_by_hand_goes_on_when_it_is_recorded() -> None:
    manual = devices.opened(issue(DeviceIssueState.SUBMITTED), route=devices.MANUAL)
    desk = manual.state
    assert step(desk, ev.ReceiptTyped("no number"))[1] == () and step(desk, ev.ReceiptTyped(""))[1] == ()
    by_itself = devices.opened(issue(DeviceIssueState.SUBMITTED)).state
    assert step(by_itself, ev.ReceiptTyped("SW-1"))[1] == ()  # there the platform says it
    desk, effects = step(desk, ev.ReceiptTyped(" SW-2026-0042 "))
    [said] = deeds(effects)
    assert isinstance(said, ReportIssued) and said.receipt_no == "SW-2026-0042"
    assert desk.step == "watch_device"
    desk, effects = step(desk, ev.DeedRecorded(clerk.deed(Verdict.WAITING, manual.at)))
    assert desk.step == "read_device" and do.ReadTaxDevice() in effects
