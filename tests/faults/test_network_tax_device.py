"""A tax device issued through a line that loses every answer once: asked for once, reported once, put aside once."""

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.audit import AuditKind
from kiosk.contracts.central_platform import GetDeviceIssue, ListDeviceIssues, RequestDeviceIssue
from kiosk.contracts.ledger import Deed, DeedStatus, ReportReadBack, SetDeviceAside, Verdict
from kiosk.contracts.tax_device import TaxDeviceReadout, TaxDeviceStatus
from kiosk.domain.case import CaseState, OpeningCase
from kiosk.domain.device_issue import DeviceIssue, DeviceIssueState, DeviceList, unit_of_device
from kiosk.domain.ids import CaseId, DeviceIssueId
from kiosk.faults import Fault, FaultCode
from kiosk.rules.slip import ITEMS_OF_BUNDLE
from offline_cache.cache import OfflineCache
from tests.faults.test_network_window import _accept, _mirrored

from .hall import (
    Hall,
    ask,
    event,
    fresh_case,
    kiosk,
    parked,
    ready_form,
    settled,
    sign_in,
    submit,
    trade_name,
    wait_for,
    window,
)
from .proxy import Proxy, Weather

pytestmark = pytest.mark.processes
FIRST, SECOND = "661000000050", "661000000051"
LOST = "/v1/device-issues", "/v1/stock/units"


@pytest.fixture(scope="module")
def hall(hurried_hall: Hall) -> Hall:
    """Whose tax department takes no device by itself."""
    hurried_hall.control("PUT", "/back-offices/tax", {"device_issue": "manual"})
    return hurried_hall


def preparing(folder: Path, hall: Hall, cache: OfflineCache) -> OpeningCase:
    """A case with invoices, accepted, whose device is wanted."""
    with kiosk(folder, hall.url) as citizen:
        case_id, slip = fresh_case(citizen)
        form = ready_form(citizen, case_id, trade_name(841))
        submit(citizen, case_id, slip, replace(form, items=ITEMS_OF_BUNDLE))
        settled(citizen, case_id, 2)
    sign_in(cache)
    _accept(cache, case_id)
    settled(cache, case_id, 1)

    def wanted() -> bool:
        listed = ask(cache, ListDeviceIssues())
        return isinstance(listed, DeviceList) and case_id in {one.case_id for one in listed.wanted}

    wait_for(wanted)
    return _mirrored(cache, case_id, CaseState.PREPARING)


def lose(proxy: Proxy) -> None:
    """Every answer about devices and things is lost on the way back."""
    proxy.set(Weather.RESET_AFTER, lambda verb, where: verb == "POST" and where.startswith(LOST))


def requested(cache: OfflineCache, proxy: Proxy, case_id: CaseId, number: str) -> DeviceIssue:
    """Asked while answers are lost, and once more."""
    question = RequestDeviceIssue(DeviceIssueId(fresh_case(cache)[0]), case_id, unit_of_device(number))
    lose(proxy)
    lost = ask(cache, question)
    assert isinstance(lost, Fault) and lost.code is FaultCode.PLATFORM_OFFLINE
    proxy.set(Weather.FAIR)
    found = ask(cache, question)
    assert isinstance(found, DeviceIssue) and found.number == number, found
    return found


def issued(cache: OfflineCache, issue: DeviceIssue) -> None:
    def written() -> bool:
        said = ask(cache, GetDeviceIssue(issue.id))
        return isinstance(said, DeviceIssue) and said.state is DeviceIssueState.ISSUED

    wait_for(written)


def happened(cache: OfflineCache, proxy: Proxy, deed: Deed, kind: AuditKind, case_id: CaseId) -> None:
    """Recorded; its first answers are lost; it is sent again with its key, and the platform knows it already."""
    before = len(cache.ledger.deeds(case_id))
    lose(proxy)
    status = cache.ledger.record(deed, event(cache, kind, "0317"))
    assert isinstance(status, DeedStatus), status
    proxy.wait_hit()
    proxy.set(Weather.FAIR)
    cache.hurry()
    assert settled(cache, case_id, before + 1)[-1].verdict is Verdict.ALREADY_KNOWN


def test_issued_reported_and_put_aside_once(tmp_path: Path, hall: Hall, proxy: Proxy) -> None:
    with window(tmp_path, hall, proxy.url, timeout=5.0) as cache:
        case = preparing(tmp_path, hall, cache)
        stranger = TaxDeviceReadout(FIRST, TaxDeviceStatus.ISSUED, "91500103MA0000001X", "重庆别家商贸有限公司")
        first = requested(cache, proxy, case.id, FIRST)
        issued(cache, first)
        fact = ReportReadBack(first.id, case.id, stranger, cache.clock.now())
        happened(cache, proxy, fact, AuditKind.DEVICE_SET_ASIDE, case.id)
        assert hall.rows("SELECT state FROM device_issue WHERE id = ?", first.id) == [("MISMATCH",)]
        second = requested(cache, proxy, case.id, SECOND)
        issued(cache, second)
        taken = ask(
            cache, RequestDeviceIssue(DeviceIssueId(fresh_case(cache)[0]), case.id, unit_of_device("661000000052"))
        )
        assert isinstance(taken, Fault) and taken.code is FaultCode.DEVICE_ISSUE_OPEN
        aside = SetDeviceAside(unit_of_device(SECOND), case.id, "tax_device_unreadable", cache.clock.now())
        happened(cache, proxy, aside, AuditKind.DEVICE_SET_ASIDE, case.id)
        gone = ask(cache, RequestDeviceIssue(DeviceIssueId(fresh_case(cache)[0]), case.id, unit_of_device(SECOND)))
        assert isinstance(gone, Fault) and gone.code is FaultCode.TAX_DEVICE_UNAVAILABLE
        assert parked(cache) == []
    devices = "SELECT id, state FROM stock_unit WHERE id IN (?, ?) ORDER BY id"
    aside_now = [(unit_of_device(number), "QUARANTINED") for number in (FIRST, SECOND)]
    assert hall.rows(devices, unit_of_device(FIRST), unit_of_device(SECOND)) == aside_now
    assert hall.rows("SELECT count(*) FROM device_issue WHERE case_id = ?", case.id) == [(2,)]
    assert hall.rows("SELECT count(*) FROM discrepancy") == [(0,)]
