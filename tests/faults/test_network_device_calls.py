"""A tax device in every weather: what is wanted, asked for once, reported once, put aside once."""

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.audit import AuditKind
from kiosk.contracts.central_platform import GetDeviceIssue, ListDeviceIssues, RequestDeviceIssue
from kiosk.contracts.ledger import Deed, DeedStatus, ReportIssued, ReportReadBack, SetDeviceAside, Verdict
from kiosk.contracts.tax_device import TaxDeviceReadout, TaxDeviceStatus
from kiosk.domain.device_issue import DeviceIssue, DeviceIssueState, DeviceList, unit_of_device
from kiosk.domain.ids import CaseId, DeviceIssueId
from kiosk.faults import Fault
from kiosk.rules.slip import ITEMS_OF_BUNDLE
from offline_cache.cache import OfflineCache

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
from .test_network_window import _accept
from .weathers import WORDS, cells

pytestmark = pytest.mark.processes
_PATIENT = 2.0
_PATHS = {
    "listDeviceIssues": ("GET", "/v1/device-issues"),
    "getDeviceIssue": ("GET", "/v1/device-issues/"),
    "requestDeviceIssue": ("POST", "/v1/device-issues"),
    "reportIssued": ("POST", "/issued"),
    "reportReadBack": ("POST", "/read-back"),
    "quarantineUnit": ("POST", "/quarantine"),
}
_numbers = iter(range(661000000001, 661000000121))  # the blank devices of the store
_cases = iter(range(500, 620))


@pytest.fixture(scope="module")
def hall(hurried_hall: Hall) -> Hall:
    """Whose tax department takes no device by itself."""
    hurried_hall.control("PUT", "/back-offices/tax", {"device_issue": "manual"})
    return hurried_hall


def _wanting(folder: Path, hall: Hall, cache: OfflineCache) -> CaseId:
    """An accepted case whose device is wanted."""
    with kiosk(folder, hall.url) as citizen:
        case_id, slip = fresh_case(citizen)
        form = ready_form(citizen, case_id, trade_name(next(_cases)))
        submit(citizen, case_id, slip, replace(form, items=ITEMS_OF_BUNDLE))
        settled(citizen, case_id, 2)
    sign_in(cache)
    _accept(cache, case_id)
    settled(cache, case_id, 1)

    def wanted() -> bool:
        listed = ask(cache, ListDeviceIssues())
        return isinstance(listed, DeviceList) and case_id in {one.case_id for one in listed.wanted}

    wait_for(wanted)
    return case_id


def _set(proxy: Proxy, weather: Weather, operation: str) -> None:
    method, path = _PATHS[operation]
    part = path.endswith("/")

    def meets(how: str, where: str) -> bool:
        plain = where.partition("?")[0]
        return how == method and (plain.startswith(path) if part else plain.endswith(path))

    proxy.set(weather, meets)


@pytest.mark.parametrize(
    ("weather", "operation"), cells(["listDeviceIssues", "getDeviceIssue", "requestDeviceIssue"])
)
def test_question(tmp_path: Path, hall: Hall, proxy: Proxy, weather: Weather, operation: str) -> None:
    """Heard once, in the right word; in fair weather the same question is the same issue."""
    with window(tmp_path, hall, proxy.url, timeout=_PATIENT) as cache:
        case_id = _wanting(tmp_path, hall, cache)
        request = RequestDeviceIssue(
            DeviceIssueId(fresh_case(cache)[0]), case_id, unit_of_device(str(next(_numbers)))
        )
        if operation == "getDeviceIssue":
            assert isinstance(ask(cache, request), DeviceIssue)
        question = {
            "listDeviceIssues": ListDeviceIssues(), "getDeviceIssue": GetDeviceIssue(request.id),
        }.get(operation, request)  # fmt: skip
        _set(proxy, weather, operation)
        heard = ask(cache, question)
        assert isinstance(heard, Fault) and heard.code is WORDS[weather] and proxy.hits >= 1, heard
        proxy.set(Weather.FAIR)
        again = ask(cache, question)
        assert isinstance(again, DeviceList if operation == "listDeviceIssues" else DeviceIssue), again
    issues = hall.rows("SELECT count(*) FROM device_issue WHERE case_id = ?", case_id)
    assert issues == [(0 if operation == "listDeviceIssues" else 1,)]


@pytest.mark.parametrize(("weather", "operation"), cells(["reportIssued", "reportReadBack", "quarantineUnit"]))
def test_fact(tmp_path: Path, hall: Hall, proxy: Proxy, weather: Weather, operation: str) -> None:
    """Nothing is called sent while the line fails; when it works again the fact arrives, once."""
    number = str(next(_numbers))
    with window(tmp_path, hall, proxy.url, timeout=_PATIENT) as cache:
        case_id = _wanting(tmp_path, hall, cache)
        issue = ask(cache, RequestDeviceIssue(DeviceIssueId(fresh_case(cache)[0]), case_id, unit_of_device(number)))
        assert isinstance(issue, DeviceIssue), issue
        if operation != "reportIssued":
            wait_for(lambda: getattr(ask(cache, GetDeviceIssue(issue.id)), "state", None) is DeviceIssueState.ISSUED)
        now = cache.clock.now()
        stranger = TaxDeviceReadout(number, TaxDeviceStatus.ISSUED, "91500103MA0000001X", "重庆别家商贸有限公司")
        fact: Deed = {
            "reportIssued": ReportIssued(issue.id, case_id, "R-1", now),
            "reportReadBack": ReportReadBack(issue.id, case_id, stranger, now),
            "quarantineUnit": SetDeviceAside(unit_of_device(number), case_id, "tax_device_unreadable", now),
        }[operation]
        kind = AuditKind.DEVICE_ISSUED if operation == "reportIssued" else AuditKind.DEVICE_SET_ASIDE
        before = len(cache.ledger.deeds(case_id))
        _set(proxy, weather, operation)
        assert isinstance(cache.ledger.record(fact, event(cache, kind, "0317")), DeedStatus)
        proxy.wait_hit()
        assert cache.ledger.deeds(case_id)[-1].verdict in (Verdict.WAITING, Verdict.SENDING)
        proxy.set(Weather.FAIR)
        cache.hurry()
        verdict = settled(cache, case_id, before + 1)[-1].verdict
        assert verdict in (Verdict.ACCEPTED, Verdict.ALREADY_KNOWN) and parked(cache) == []
    states = {"reportIssued": "ISSUED", "reportReadBack": "MISMATCH"}
    if operation in states:
        assert hall.rows("SELECT state FROM device_issue WHERE id = ?", issue.id) == [(states[operation],)]
    else:
        unit = unit_of_device(number)
        assert hall.rows("SELECT state FROM stock_unit WHERE id = ?", unit) == [("QUARANTINED",)]
