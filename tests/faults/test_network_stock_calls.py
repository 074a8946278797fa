"""Everything that a window asks about the custody store or does there, in every weather.

What is asked is heard once, in the right word, and in fair weather what the platform says. A movement is decided
once, whatever the platform thinks of it, and never before an answer was understood.
"""

from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.audit import AuditKind
from kiosk.contracts import case_story as story
from kiosk.contracts import custody, library, material_pages, shifts
from kiosk.contracts.central_platform import Ask, GetChallenge
from kiosk.contracts.ledger import Verdict
from kiosk.domain.case_story import ToldAs
from kiosk.domain.discrepancy import Resolution
from kiosk.domain.ids import CaseId, MaterialId, StaffRef, UnitId, WindowId
from kiosk.domain.shift import Shift
from kiosk.domain.stock import StockKind
from kiosk.faults import Fault, FaultCode
from offline_cache.cache import OfflineCache

from .hall import Hall, ask, event, fresh_case, in_time, sign_in, wait_for, window
from .proxy import Proxy, Weather
from .test_network_stock import second
from .weathers import SHORT, WORDS, cells

pytestmark = pytest.mark.processes
PAPER = UnitId("licence_paper-50010001")
WINDOW = WindowId("w-03")
NOWHERE = "01ARZ3NDEKTSV4RRFFQ69G5FAV"  # of a count, a transfer and a discrepancy that nobody knows


def _number(cache: OfflineCache) -> str:
    return fresh_case(cache)[0]


def _stock(_: OfflineCache) -> Ask[Any]:
    return custody.ReadStock()


ASKED: dict[str, tuple[str, Callable[[OfflineCache], Ask[Any]]]] = {
    "listUnits": ("/v1/stock/units", _stock),
    "listBatches": ("/v1/stock/batches", _stock),
    "getShelf": ("/v1/stock/shelf", _stock),
    "listCounts": ("/v1/stock/counts", _stock),
    "listTransfers": ("/v1/stock/transfers", _stock),
    "getStockLevels": ("/v1/stock/levels", _stock),
    "getStockLedger": ("/v1/stock/ledger", lambda at: custody.ReadMovements(at.clock.now() - timedelta(minutes=5))),
    "listDiscrepancies": ("/v1/discrepancies", lambda _: custody.ReadDiscrepancies()),
    "getClocks": ("/v1/cases/", lambda at: story.ReadClocks(fresh_case(at)[0])),
    "listFailedMessages": ("/v1/failed-messages", lambda _: story.ReadFailedMessages()),
    "closeFailedMessage": (
        "/v1/failed-messages/",
        lambda at: story.CloseFailedMessage(_number(at), NOWHERE, ToldAs.CALLED),
    ),
    "getMaterialPage": (
        "/v1/cases/",
        lambda at: material_pages.ReadMaterialPage(fresh_case(at)[0], MaterialId(NOWHERE), 1),
    ),
    "findInLibrary": ("/v1/cases/", lambda at: library.LookInLibrary(fresh_case(at)[0])),
    "useLibraryPaper": (
        "/v1/cases/",
        lambda at: library.UseFromLibrary(fresh_case(at)[0], NOWHERE, at.clock.now(), None),
    ),
    "getWindowStanding": ("/v1/windows/", lambda _: shifts.ReadStanding(WINDOW)),
    "listNotifications": ("/v1/cases/", lambda at: story.ReadMessages(fresh_case(at)[0])),
}
TOGETHER: dict[str, tuple[str, Callable[[OfflineCache], Ask[Any]]]] = {
    "receiveStock": (
        "/v1/stock/receipts",
        lambda at: custody.ReceiveGoods(_number(at), StockKind.TAX_DEVICE, "store-01", "DN-9", (_number(at)[-12:],)),
    ),
    "voidUnit": ("/v1/stock/units/", lambda at: custody.VoidUnit(_number(at), PAPER, "broken", 999)),
    "closeCount": ("/v1/stock/counts/", lambda at: custody.CloseCount(_number(at), NOWHERE, 1, accepted=True)),
    "takeShift": ("/v1/windows/w-03/shifts/", lambda _: shifts.TakeShift(NOWHERE, WINDOW, StaffRef("0402"))),
    "settleDiscrepancy": (
        "/v1/discrepancies/",
        lambda at: custody.SettleDiscrepancy(_number(at), NOWHERE, 1, Resolution.EXPLAINED, "示例：已查明"),
    ),
}
MOVED: dict[str, tuple[str, Callable[[str, OfflineCache], Any]]] = {
    "returnUnit": ("/return", lambda n, _: custody.MoveUnit(n, PAPER, custody.UnitAct.RETURN, "示例", 999)),
    "clearUnit": ("/clear", lambda n, _: custody.MoveUnit(n, PAPER, custody.UnitAct.CLEAR, "示例", 999)),
    "findUnit": ("/found", lambda n, _: custody.MoveUnit(n, PAPER, custody.UnitAct.FIND, "示例", 999)),
    "countStock": ("/v1/stock/counts", lambda n, at: custody.CountPlace(n, "w-03", at.clock.now(), (), ())),
    "sendStock": ("/v1/stock/transfers", lambda n, _: custody.SendGoods(n, "store-01", "w-03", (PAPER,), ())),
    "receiveTransfer": ("/receive", lambda n, _: custody.TakeInGoods(n, NOWHERE, 1, (), ())),
}


def _code(answer: Any) -> FaultCode | None:
    return answer.code if isinstance(answer, Fault) else None


@pytest.mark.parametrize(("weather", "operation"), cells(ASKED))
def test_asked(tmp_path: Path, hall: Hall, proxy: Proxy, weather: Weather, operation: str) -> None:
    path, make = ASKED[operation]
    with window(tmp_path, hall) as patient:
        sign_in(patient)
        question = make(patient)
        fair = ask(patient, question)
    with window(tmp_path, hall, proxy.url, SHORT) as cache:
        sign_in(cache)
        proxy.set(weather, lambda _, where: where.startswith(path))
        heard = ask(cache, question)
        assert _code(heard) is WORDS[weather], heard
        assert proxy.hits >= 1
        proxy.set(Weather.FAIR)
    with window(tmp_path, hall) as patient:
        sign_in(patient)
        again = ask(patient, question)
    assert _code(again) is _code(fair) and _code(fair) not in WORDS.values(), again


@pytest.mark.parametrize(("weather", "operation"), cells(["openSecondPerson"]))
def test_a_second_person(tmp_path: Path, hall: Hall, proxy: Proxy, weather: Weather, operation: str) -> None:
    """Nobody confirms by an answer that did not come; the card is laid again, and signs another challenge."""
    with window(tmp_path, hall, proxy.url, SHORT) as cache:
        sign_in(cache)
        proxy.set(weather, lambda _, where: where == "/v1/second-persons")
        assert _code(second(cache, "0402")) is WORDS[weather] and proxy.hits >= 1
        proxy.set(Weather.FAIR)
        assert isinstance(in_time(lambda: second(cache, "0402")), custody.SecondPerson)


@pytest.mark.parametrize(("weather", "operation"), cells(["offerShift"]))
def test_a_window_signed_away(tmp_path: Path, hall: Hall, proxy: Proxy, weather: Weather, operation: str) -> None:
    """An offer whose answer was lost is asked again under its own number, and there is one."""
    with window(tmp_path, hall, proxy.url, SHORT) as cache:
        sign_in(cache)
        challenge = ask(cache, GetChallenge(StaffRef("0317")))
        assert isinstance(challenge, bytes)
        card = Ed25519PrivateKey.from_private_bytes(sha256(b"demo-staff-card:0317").digest())
        signed = card.sign(b"QIBAN-STAFF-1" + challenge)
        offer = shifts.OfferShift(_number(cache), WINDOW, cache.clock.now(), (), (), (), challenge, signed)
        proxy.set(weather, lambda verb, where: verb == "POST" and where == "/v1/windows/w-03/shifts")
        assert _code(ask(cache, offer)) is WORDS[weather] and proxy.hits >= 1
        proxy.set(Weather.FAIR)
    with window(tmp_path, hall) as patient:
        sign_in(patient)
        heard = ask(patient, offer)
        assert isinstance(heard, Shift) and heard.id == offer.id, heard


@pytest.mark.parametrize(("weather", "operation"), cells(TOGETHER))
def test_together(tmp_path: Path, hall: Hall, proxy: Proxy, weather: Weather, operation: str) -> None:
    """An act of two is said to have failed in the right word; it is asked again under its own number."""
    path, make = TOGETHER[operation]
    with window(tmp_path, hall, proxy.url, SHORT) as cache:
        sign_in(cache)
        assert isinstance(in_time(lambda: second(cache, "0402")), custody.SecondPerson)
        question = make(cache)
        proxy.set(weather, lambda verb, where: verb == "POST" and where.startswith(path))
        heard = ask(cache, question)
        assert _code(heard) is WORDS[weather], heard
        assert proxy.hits >= 1
        proxy.set(Weather.FAIR)
    with window(tmp_path, hall) as patient:
        sign_in(patient)
        second(patient, "0402")
        assert _code(ask(patient, question)) not in WORDS.values()


@pytest.mark.parametrize(("weather", "operation"), cells(MOVED))
def test_moved(tmp_path: Path, hall: Hall, proxy: Proxy, weather: Weather, operation: str) -> None:
    path, make = MOVED[operation]
    with window(tmp_path, hall, proxy.url, SHORT) as cache:
        sign_in(cache)
        number = _number(cache)
        proxy.set(weather, lambda verb, where: verb == "POST" and path in where)
        cache.ledger.record(make(number, cache), event(cache, AuditKind.STOCK_MOVED, "0317"))
        proxy.wait_hit()
        (status,) = cache.ledger.deeds(CaseId(number))
        assert status.verdict in (Verdict.WAITING, Verdict.SENDING), status
        proxy.set(Weather.FAIR)
        cache.hurry()
        wait_for(lambda: cache.ledger.deeds(CaseId(number))[0].settled_at is not None)
        assert len(cache.ledger.deeds(CaseId(number))) == 1
