"""What a visit or a clerk asks beside the great questions, in every weather: whoever asks hears once, in the right
word, and in fair weather what the platform has to say, be it an answer or a refusal; facts wait and are decided once.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kiosk.audit import AuditKind
from kiosk.contracts.central_platform import (
    Ask,
    AskAppointment,
    AskForHelp,
    AskInvoiceMode,
    BeginLaterItems,
    FindCompany,
    GetDeviceIssue,
    ListBranches,
    ListDeviceIssues,
    ListHalls,
    ListHours,
    OpenELicence,
    ReadFeedback,
    ReadHelpCall,
    RequestDeviceIssue,
)
from kiosk.contracts.ledger import Deed, ReportIssued, ReportReadBack, SaveDraft, SetDeviceAside, Verdict
from kiosk.contracts.tax_device import TaxDeviceReadout, TaxDeviceStatus
from kiosk.domain.device_issue import unit_of_device
from kiosk.domain.feedback import FeedbackNumber
from kiosk.domain.ids import CaseId, DeviceIssueId
from kiosk.domain.item import Item
from kiosk.faults import Fault
from offline_cache.cache import OfflineCache

from .hall import Hall, ask, event, form, fresh_case, kiosk, settled, sign_in, wait_for, window
from .proxy import Proxy, Weather
from .weathers import SHORT, WORDS, cells

pytestmark = pytest.mark.processes
NUMBER = "661000000050"
Made = Callable[[OfflineCache], Ask[Any]]


def _draft(cache: OfflineCache) -> CaseId:
    case_id, slip = fresh_case(cache)
    cache.ledger.record(SaveDraft(case_id, slip, form()), event(cache, AuditKind.DRAFT_SAVED))
    assert settled(cache, case_id, 1)[0].verdict is Verdict.ACCEPTED
    return case_id


def _branch(cache: OfflineCache) -> ListHours:
    return ListHours(ask(cache, ListBranches())[0].id)


def _issue(cache: OfflineCache) -> DeviceIssueId:
    return DeviceIssueId(fresh_case(cache)[0])


def _call(cache: OfflineCache) -> ReadHelpCall:
    return ReadHelpCall(ask(cache, AskForHelp("home", None)))


# Where it goes, and how it is asked.
CITIZEN: dict[str, tuple[str, Made]] = {
    "listHalls": ("/v1/halls", lambda _: ListHalls()),
    "listBankBranches": ("/v1/bank-branches", lambda _: ListBranches()),
    "listBankSlots": ("/v1/bank-branches/", _branch),
    "getInvoiceOffer": ("/v1/cases/", lambda cache: AskInvoiceMode(_draft(cache))),
    "getBankAppointment": ("/v1/cases/", lambda cache: AskAppointment(_draft(cache))),
    "findEnterprise": ("/v1/enterprises", lambda _: FindCompany(cert_no=form().people[0].cert_no)),
    "openELicence": ("/v1/e-licence", lambda _: OpenELicence("https://example.invalid/e/1")),
    "startPhasedCase": (
        "/v1/",
        lambda cache: BeginLaterItems(*fresh_case(cache), "91500103MA5U0000X1", (Item.SEAL,)),
    ),
    "getFeedback": ("/v1/feedback", lambda _: ReadFeedback(FeedbackNumber("FK-20261127-0001"))),
    "getAssistance": ("/v1/assistance", _call),
}
CLERK: dict[str, tuple[str, Made]] = {
    "listDeviceIssues": ("/v1/device-issues", lambda _: ListDeviceIssues()),
    "getDeviceIssue": ("/v1/device-issues/", lambda cache: GetDeviceIssue(_issue(cache))),
    "requestDeviceIssue": (
        "/v1/device-issues",
        lambda cache: RequestDeviceIssue(_issue(cache), fresh_case(cache)[0], unit_of_device(NUMBER)),
    ),
}


def _heard(cache: OfflineCache, question: Ask[Any], proxy: Proxy, weather: Weather, path: str) -> None:
    fair = ask(cache, question)
    proxy.set(weather, lambda _, where: where.startswith(path))
    heard = ask(cache, question)
    assert isinstance(heard, Fault) and heard.code is WORDS[weather], heard
    assert proxy.hits >= 1
    proxy.set(Weather.FAIR)
    again = ask(cache, question)
    code = again.code if isinstance(again, Fault) else None
    assert code is (fair.code if isinstance(fair, Fault) else None), again
    assert code not in WORDS.values()


@pytest.mark.parametrize(("weather", "operation"), cells(CITIZEN))
def test_asked_by_a_citizen(tmp_path: Path, hall: Hall, proxy: Proxy, weather: Weather, operation: str) -> None:
    path, make = CITIZEN[operation]
    with kiosk(tmp_path, hall.url) as cache:
        question = make(cache)
    with kiosk(tmp_path, proxy.url, SHORT) as cache:
        _heard(cache, question, proxy, weather, path)


@pytest.mark.parametrize(("weather", "operation"), cells(CLERK))
def test_asked_by_a_clerk(tmp_path: Path, hall: Hall, proxy: Proxy, weather: Weather, operation: str) -> None:
    path, make = CLERK[operation]
    with window(tmp_path, hall, proxy.url, SHORT) as cache:
        sign_in(cache)
        _heard(cache, make(cache), proxy, weather, path)


def _issued(cache: OfflineCache, case_id: CaseId) -> Deed:
    return ReportIssued(_issue(cache), case_id, NUMBER, cache.clock.now())


def _read_back(cache: OfflineCache, case_id: CaseId) -> Deed:
    readout = TaxDeviceReadout(NUMBER, TaxDeviceStatus.ISSUED, "91500103MA0000001X", "重庆别家商贸有限公司")
    return ReportReadBack(_issue(cache), case_id, readout, cache.clock.now())


def _aside(cache: OfflineCache, case_id: CaseId) -> Deed:
    return SetDeviceAside(unit_of_device(NUMBER), case_id, "tax_device_unreadable", cache.clock.now())


FACTS: dict[str, tuple[str, Callable[[OfflineCache, CaseId], Deed]]] = {
    "reportIssued": ("/v1/device-issues/", _issued),
    "reportReadBack": ("/v1/device-issues/", _read_back),
    "quarantineUnit": ("/v1/stock/units/", _aside),
}


@pytest.mark.parametrize(("weather", "operation"), cells(FACTS))
def test_a_fact(tmp_path: Path, hall: Hall, proxy: Proxy, weather: Weather, operation: str) -> None:
    """Nothing is decided before an answer was understood; then it is, once, whatever the platform thinks of it."""
    path, make = FACTS[operation]
    with window(tmp_path, hall, proxy.url, SHORT) as cache:
        sign_in(cache)
        case_id = fresh_case(cache)[0]
        proxy.set(weather, lambda verb, where: verb == "POST" and where.startswith(path))
        cache.ledger.record(make(cache, case_id), event(cache, AuditKind.DEVICE_SET_ASIDE, "0317"))
        proxy.wait_hit()
        (status,) = cache.ledger.deeds(case_id)
        assert status.verdict in (Verdict.WAITING, Verdict.SENDING), status
        proxy.set(Weather.FAIR)
        cache.hurry()
        wait_for(lambda: cache.ledger.deeds(case_id)[0].settled_at is not None)
        assert len(cache.ledger.deeds(case_id)) == 1
