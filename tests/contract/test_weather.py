"""Bad weather is what a terminal will meet: lost before, lost behind, refused, answered by others, nobody there."""

from collections.abc import Iterator

import pytest
import requests

from .hands import Hands, key, ulid

pytestmark = pytest.mark.processes


@pytest.fixture(autouse=True)
def fair_again(kiosk: Hands) -> Iterator[None]:
    yield
    kiosk.call("PUT", "/sandbox/weather", {})


def weather(kiosk: Hands, **what: object) -> None:
    assert kiosk.call("PUT", "/sandbox/weather", what).status_code == 200


def bells(kiosk: Hands) -> int:
    found: int = kiosk.call("GET", "/sandbox/inspector.json").json()["rows"]["assistance"]
    return found


def test_lost_behind_the_commit_is_a_replay(kiosk: Hands) -> None:
    before, idem, body = bells(kiosk), key(), {"id": ulid(), "screen": "home"}
    weather(kiosk, drop_after_commit=1.0)
    with pytest.raises(requests.ConnectionError):
        kiosk.post("/v1/assistance-requests", body, idem)
    assert bells(kiosk) == before + 1
    weather(kiosk)
    again = kiosk.post("/v1/assistance-requests", body, idem)
    assert (again.status_code, again.headers["Idempotent-Replayed"]) == (201, "true")
    assert bells(kiosk) == before + 1


def test_lost_before_the_commit_never_happened(kiosk: Hands) -> None:
    before, idem, body = bells(kiosk), key(), {"id": ulid(), "screen": "home"}
    weather(kiosk, drop_before_commit=1.0)
    with pytest.raises(requests.ConnectionError):
        kiosk.post("/v1/assistance-requests", body, idem)
    assert bells(kiosk) == before
    weather(kiosk)
    again = kiosk.post("/v1/assistance-requests", body, idem)
    assert "Idempotent-Replayed" not in again.headers
    assert bells(kiosk) == before + 1


def test_offline_cuts_every_connection_and_the_control_stays(kiosk: Hands) -> None:
    weather(kiosk, offline=True)
    for _ in range(3):
        with pytest.raises(requests.ConnectionError):
            kiosk.call("GET", "/v1/meta")
    weather(kiosk)
    assert kiosk.call("GET", "/v1/meta").status_code == 200


def test_captive_portal_is_not_the_platform(kiosk: Hands) -> None:
    weather(kiosk, captive_portal=True)
    answer = kiosk.call("GET", "/v1/meta")
    assert answer.status_code == 200
    assert "Kiosk-Contract" not in answer.headers
    assert answer.headers["Content-Type"] == "text/html"


def test_nonsense_looks_like_the_platform_and_cannot_be_read(kiosk: Hands) -> None:
    weather(kiosk, nonsense=True)
    answer = kiosk.call("GET", "/v1/packs")
    assert answer.headers["Kiosk-Contract"] == "1.0"
    with pytest.raises(requests.JSONDecodeError):
        answer.json()


def test_errors_and_a_wrong_clock(kiosk: Hands) -> None:
    weather(kiosk, error_rate=1.0)
    answer = kiosk.call("GET", "/v1/meta")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
    weather(kiosk)
    true = kiosk.call("GET", "/v1/time").json()["now_ms"]
    weather(kiosk, clock_skew=600)
    assert kiosk.call("GET", "/v1/time").json()["now_ms"] - true == 600_000


def test_unknown_weather_is_refused(kiosk: Hands) -> None:
    assert kiosk.call("PUT", "/sandbox/weather", {"rain": 1}).status_code == 422
    assert kiosk.call("PUT", "/sandbox/weather", {"error_rate": 2}).status_code == 422
