"""A case that was returned is taken up again at a window, in every weather: nothing typed again, never twice."""

from pathlib import Path

import pytest

from kiosk.audit import AuditKind
from kiosk.contracts.central_platform import ApplyAgain
from kiosk.contracts.ledger import DecideAcceptance
from kiosk.domain.case import CaseState, OpeningCase
from kiosk.domain.ids import CaseId, StaffRef
from kiosk.domain.item import Item
from kiosk.domain.material import NoticeLine
from kiosk.faults import Fault, FaultCode
from offline_cache.cache import OfflineCache

from .hall import Hall, ask, event, fresh_case, settled, sign_in, window
from .proxy import Proxy, Weather
from .test_network_window import _mirrored, _submitted
from .weathers import WORDS, cells

pytestmark = pytest.mark.processes
_FIRST = 930  # companies of this file


def _returned(cache: OfflineCache, case_id: CaseId) -> OpeningCase:
    case = _mirrored(cache, case_id, CaseState.SUBMITTED)
    line = NoticeLine(Item.SETUP, "domicile_proof", "domicile_proof", "住所证明没有带来")
    decision = DecideAcceptance(case_id, case.version, "correction", StaffRef("0317"), cache.clock.now(), (line,))
    cache.ledger.record(decision, event(cache, AuditKind.ACCEPTANCE_DECIDED, "0317"))
    settled(cache, case_id, 1)
    return _mirrored(cache, case_id, CaseState.RETURNED)


@pytest.mark.parametrize(("weather", "operation"), cells(["startReapplication"], 1))
def test_taken_up_again(tmp_path: Path, hall: Hall, proxy: Proxy, weather: Weather, operation: str) -> None:
    """Heard once, in the right word; in fair weather there, also where the platform had begun it already. Whoever
    comes second is told that it was taken up."""
    assert operation == "startReapplication"
    ended = _submitted(tmp_path, hall, _FIRST + list(WORDS).index(weather))
    with window(tmp_path, hall, proxy.url, timeout=5.0) as cache:
        sign_in(cache)
        before = _returned(cache, ended)
        again = ApplyAgain(ended, *fresh_case(cache))
        proxy.set(weather, lambda _, where: where.endswith("/reapplication"))
        heard = ask(cache, again)
        assert isinstance(heard, Fault) and heard.code is WORDS[weather], heard
        proxy.set(Weather.FAIR)
        case = ask(cache, again)
        assert isinstance(case, OpeningCase) and (case.id, case.state) == (again.case_id, CaseState.DRAFT)
        assert case.form.name == before.form.name and case.form.scope == before.form.scope
        assert [one.cert_no for one in case.form.people] == [one.cert_no for one in before.form.people]
        assert all(one.signature is None for one in case.form.people), "signed under another application"
        second = ask(cache, ApplyAgain(ended, *fresh_case(cache)))
        assert isinstance(second, Fault) and second.code is FaultCode.PLATFORM_REFUSED
        assert hall.rows("SELECT id FROM opening_case WHERE previous_case_id = ?", ended) == [(again.case_id,)]
