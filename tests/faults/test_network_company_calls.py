"""A company that is there comes again, in every weather, to the end: found, opened by e-licence, begun anew.

The full-size proof; what is asked and refused stands in the ordinary suite.
"""

from pathlib import Path

import pytest

from kiosk.contracts.central_platform import Ask, BeginLaterItems, FindCompany, LaterItems, OpenELicence
from kiosk.domain.case import CaseState
from kiosk.domain.handover import Handover
from kiosk.domain.item import Item
from kiosk.faults import Fault

from .hall import Hall, ask, fresh_case, sign_in, window
from .proxy import Proxy, Weather
from .test_network_window import _hand_over, _mirrored, _question, _ready, _submitted
from .weathers import WORDS, cells

pytestmark = pytest.mark.processes
_PATHS = {
    "findEnterprise": "/v1/enterprises/search", "openELicence": "/v1/e-licence-sessions",
    "startPhasedCase": "/phased-cases",
}  # fmt: skip


@pytest.fixture(scope="module")
def hall(hurried_hall: Hall) -> Hall:
    """Where things become ready while a test waits."""
    return hurried_hall


@pytest.fixture(scope="module")
def uscc(tmp_path_factory: pytest.TempPathFactory, hall: Hall) -> str:
    """A company that was opened here and has its licence and seals."""
    folder = tmp_path_factory.mktemp("company")
    case_id = _submitted(folder, hall, 790)
    with window(folder, hall) as cache:
        sign_in(cache)
        prepared = ask(cache, _question(cache, _ready(cache, case_id)))
        assert isinstance(prepared, Handover), prepared
        _hand_over(cache, prepared)
        return _mirrored(cache, case_id, CaseState.CLOSED).uscc


@pytest.mark.parametrize(("weather", "operation"), cells(_PATHS, 0))
def test_question(tmp_path: Path, hall: Hall, proxy: Proxy, uscc: str, weather: Weather, operation: str) -> None:
    """Heard once, in the right word; in fair weather answered, also where the platform had taken it already."""
    with window(tmp_path, hall, proxy.url, timeout=5.0) as cache:
        sign_in(cache)
        case_id, slip = fresh_case(cache)
        question: Ask[object] = {
            "findEnterprise": lambda: FindCompany(uscc=uscc),
            "openELicence": lambda: OpenELicence(hall.control("POST", "/e-licences", {"uscc": uscc})["code"]),
            "startPhasedCase": lambda: BeginLaterItems(case_id, slip, uscc, (Item.SOCIAL,)),
        }[operation]()  # type: ignore[assignment]
        proxy.set(weather, lambda _, where: where.endswith(_PATHS[operation]))
        heard = ask(cache, question)
        assert isinstance(heard, Fault) and heard.code is WORDS[weather], heard
        assert proxy.hits >= 1
        proxy.set(Weather.FAIR)
        again = ask(cache, question)
        assert not isinstance(again, Fault), again
        assert operation != "startPhasedCase" or (isinstance(again, LaterItems) and again.case.id == case_id)
