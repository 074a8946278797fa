"""The hour of collection in every weather: asked again it is booked once, and told once."""

from pathlib import Path

import pytest

from kiosk.contracts.central_platform import BookCollection, CollectionBooked, ListCollectionHours
from kiosk.domain.ids import CaseId
from kiosk.faults import Fault

from .hall import Hall, ask, sign_in, window
from .proxy import Proxy, Weather
from .test_network_window import _ready, _submitted
from .weathers import WORDS, cells

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def hall(hurried_hall: Hall) -> Hall:
    """Where things become ready while a test waits."""
    return hurried_hall


@pytest.fixture(scope="module")
def case_id(tmp_path_factory: pytest.TempPathFactory, hall: Hall) -> CaseId:
    """What lies ready to be collected."""
    folder = tmp_path_factory.mktemp("case")
    case_id = _submitted(folder, hall, 791)
    with window(folder, hall) as cache:
        sign_in(cache)
        _ready(cache, case_id)
    return case_id


@pytest.mark.parametrize(("weather", "operation"), cells(["listCollectionHours"]))
def test_hours(tmp_path: Path, hall: Hall, proxy: Proxy, case_id: CaseId, weather: Weather, operation: str) -> None:
    with window(tmp_path, hall, proxy.url) as cache:
        sign_in(cache)
        proxy.set(weather, lambda _, where: where.endswith("/collection-hours"))
        heard = ask(cache, ListCollectionHours(case_id))
        assert isinstance(heard, Fault) and heard.code is WORDS[weather], heard
        assert proxy.hits >= 1
        proxy.set(Weather.FAIR)
        assert len(ask(cache, ListCollectionHours(case_id))) > 10


@pytest.mark.parametrize(("weather", "operation"), cells(["bookCollection"]))
def test_booked_once(
    tmp_path: Path, hall: Hall, proxy: Proxy, case_id: CaseId, weather: Weather, operation: str
) -> None:
    with window(tmp_path, hall, proxy.url) as cache:
        sign_in(cache)
        hours = ask(cache, ListCollectionHours(case_id))
        slot = hours[list(WORDS).index(weather)]
        told = len(hall.rows("SELECT 1 FROM notification WHERE template = 'collection'"))
        proxy.set(weather, lambda how, where: (how, where[-11:]) == ("POST", "/collection"))
        heard = ask(cache, BookCollection(case_id, slot))
        assert isinstance(heard, Fault) and heard.code is WORDS[weather], heard
        assert proxy.hits >= 1
        proxy.set(Weather.FAIR)
        assert ask(cache, BookCollection(case_id, slot)) == CollectionBooked(slot)
    booked = hall.rows("SELECT slot FROM collection WHERE case_id = ?", case_id)
    assert booked == [(int(slot.timestamp() * 1000),)]
    assert len(hall.rows("SELECT 1 FROM notification WHERE template = 'collection'")) == told + 1
