"""A window's acts in every weather: the decision, the permit, the hand-over, the way back."""

from pathlib import Path

import pytest

from kiosk.audit import AuditKind
from kiosk.contracts.central_platform import FindOpenHandovers
from kiosk.contracts.ledger import AbortHandover, DeedStatus, Verdict
from kiosk.domain.case import CaseState, OpeningCase
from kiosk.domain.handover import Handover
from kiosk.domain.ids import CaseId, WindowId
from kiosk.faults import Fault
from offline_cache.cache import OfflineCache

from .hall import Hall, ask, event, parked, settled, sign_in, window
from .proxy import Proxy, Weather
from .test_network_window import _accept, _hand_over, _mirrored, _question, _ready, _submitted
from .weathers import WORDS, cells

pytestmark = pytest.mark.processes
_PATIENT = 2.0  # seconds of one call: these change much at the platform
_ARRIVED = (Verdict.ACCEPTED, Verdict.ALREADY_KNOWN)
_cases = iter(range(820, 1000))  # trade names


@pytest.fixture(scope="module")
def hall(hurried_hall: Hall) -> Hall:
    """Where things become ready while a test waits."""
    return hurried_hall


def _waits_and_arrives(cache: OfflineCache, proxy: Proxy, case_id: CaseId, count: int) -> None:
    """Nothing is called sent while the line fails; when it works again the act arrives."""
    proxy.wait_hit()
    assert cache.ledger.deeds(case_id)[-1].verdict in (Verdict.WAITING, Verdict.SENDING)
    proxy.set(Weather.FAIR)
    cache.hurry()
    assert settled(cache, case_id, count)[-1].verdict in _ARRIVED
    assert parked(cache) == []


def _prepared(cache: OfflineCache, case: OpeningCase) -> Handover:
    prepared = ask(cache, _question(cache, case))
    assert isinstance(prepared, Handover), prepared
    return prepared


def _put_back(cache: OfflineCache, prepared: Handover) -> None:
    fact = AbortHandover(prepared.id, prepared.case_id, "weather", cache.clock.now())
    assert isinstance(cache.ledger.record(fact, event(cache, AuditKind.HANDOVER_ABORTED, "0317")), DeedStatus)


@pytest.mark.parametrize(
    ("weather", "operation"), cells(["decideAcceptance", "prepareHandover", "recordHandedOver", "abortHandover"])
)
def test_act(tmp_path: Path, hall: Hall, proxy: Proxy, weather: Weather, operation: str) -> None:
    case_id = _submitted(tmp_path, hall, next(_cases))
    with window(tmp_path, hall, proxy.url, timeout=_PATIENT) as cache:
        sign_in(cache)
        if operation == "decideAcceptance":
            _mirrored(cache, case_id, CaseState.SUBMITTED)
            proxy.set(weather, lambda _, where: where.endswith("/acceptances"))
            _accept(cache, case_id)
            _waits_and_arrives(cache, proxy, case_id, 1)
            once = hall.rows("SELECT count(*) FROM timeline WHERE case_id = ? AND state = 'ACCEPTED'", case_id)
            assert once == [(1,)]
            return
        case = _ready(cache, case_id)
        if operation == "prepareHandover":
            question = _question(cache, case)
            proxy.set(weather, lambda how, where: (how, where) == ("POST", "/v1/handovers"))
            heard = ask(cache, question)
            assert isinstance(heard, Fault) and heard.code is WORDS[weather] and proxy.hits >= 1, heard
            assert cache.ledger.handovers() == ()
            proxy.set(Weather.FAIR)
            prepared = ask(cache, question)
            assert isinstance(prepared, Handover) and cache.ledger.handovers() == (prepared,), prepared
            _put_back(cache, prepared)  # so that the window is free for the next test
            assert settled(cache, case_id, 2)[-1].verdict is Verdict.ACCEPTED
        else:
            prepared = _prepared(cache, case)
            end = "/handed-over" if operation == "recordHandedOver" else "/abort"
            proxy.set(weather, lambda how, where: how == "POST" and where.endswith(end))
            (_hand_over if operation == "recordHandedOver" else _put_back)(cache, prepared)
            assert cache.ledger.handovers() == ()
            _waits_and_arrives(cache, proxy, case_id, 2)
        state = "HANDED_OVER" if operation == "recordHandedOver" else "ABORTED"
    assert hall.rows("SELECT state FROM handover WHERE case_id = ?", case_id) == [(state,)]
    assert hall.rows("SELECT count(*) FROM discrepancy") == [(0,)]


@pytest.mark.parametrize(("weather", "operation"), cells(["listOpenHandovers"]))
def test_look_for_what_stopped(tmp_path: Path, hall: Hall, proxy: Proxy, weather: Weather, operation: str) -> None:
    """Prepared, and the answer never came: a store that knows nothing of it asks the platform, and puts it back."""
    case_id = _submitted(tmp_path, hall, next(_cases))
    with window(tmp_path / "before", hall) as cache:
        sign_in(cache)
        prepared = _prepared(cache, _ready(cache, case_id))
    with window(tmp_path / "after", hall, proxy.url, timeout=_PATIENT) as cache:
        sign_in(cache)
        _mirrored(cache, case_id, CaseState.READY)
        proxy.set(weather, lambda how, where: (how, where.partition("?")[0]) == ("GET", "/v1/handovers"))
        heard = ask(cache, FindOpenHandovers(WindowId("w-03")))
        assert isinstance(heard, Fault) and heard.code is WORDS[weather] and proxy.hits >= 1, (operation, heard)
        assert cache.ledger.handovers() == ()
        proxy.set(Weather.FAIR)
        (found,) = ask(cache, FindOpenHandovers(WindowId("w-03")))
        assert found.id == prepared.id and cache.ledger.handovers() == (found,)
        _put_back(cache, found)
        assert cache.ledger.handovers() == ()
        ask(cache, FindOpenHandovers(WindowId("w-03")))  # whatever the platform says of it meanwhile
        assert cache.ledger.handovers() == ()
        assert settled(cache, case_id, 1)[-1].verdict is Verdict.ACCEPTED
    assert hall.rows("SELECT state FROM handover WHERE case_id = ?", case_id) == [("ABORTED",)]
