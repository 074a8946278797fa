"""The server dies under load and comes back: nothing twice, nothing that was answered is gone."""

import concurrent.futures
import threading
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import requests

from .hands import KIOSK, OTHER_WINDOW, WINDOW, Hands, Story, handed_over, key
from .running import NewDatabase, Running

pytestmark = pytest.mark.processes

_CASES = 10
_KILLS = 3


class Stubborn:
    """A terminal that repeats the same bytes under the same key until it is answered, wherever the server is now."""

    def __init__(self, running: Running, up: threading.Event) -> None:
        self._running = running
        self._up = up
        self.repeats = 0

    def post(self, terminal: str, token: str, path: str, body: Any) -> requests.Response:
        idem = key()
        while True:
            assert self._up.wait(30)
            try:
                return requests.post(
                    self._running.url + path, json=body, timeout=10,
                    headers={"Kiosk-Terminal": terminal, "Authorization": token, "Idempotency-Key": idem},
                )  # fmt: skip
            except requests.RequestException:
                self.repeats += 1


def test_kill_under_load(tmp_path: Path, new_database: NewDatabase) -> None:
    with Running(tmp_path, database=new_database()) as running:
        kiosk, window = Hands(running.url, KIOSK), Hands(running.url, WINDOW)
        window.sign_in()
        stories = [Story(kiosk).submitted() for _ in range(_CASES)]
        for story in stories:
            assert story.accept(window).status_code == 201
        window.call("POST", "/sandbox/clock/advance", {"seconds": 300})
        other = Hands(running.url, OTHER_WINDOW)
        other.sign_in()
        bundles = [story.bundle(window, "w-03" if n % 2 else "w-04") for n, story in enumerate(stories)]
        now, up, half = window.now(), threading.Event(), threading.Barrier(3)
        up.set()

        def one_window(terminal: str, token: str, mine: list[dict[str, Any]]) -> list[dict[str, Any]]:
            hands, answered = Stubborn(running, up), []
            for n, bundle in enumerate(mine):
                if n < _KILLS:
                    half.wait(30)
                prepared = hands.post(terminal, token, "/v1/handovers", bundle)
                assert prepared.status_code == 201, prepared.text
                path = f"/v1/handovers/{bundle['id']}/handed-over"
                fact = hands.post(terminal, token, path, handed_over(prepared.json(), now))
                answered.append({**fact.json(), "lines": prepared.json()["lines"]})
            return answered

        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            work = [
                pool.submit(one_window, terminal, str(hands.session.headers["Authorization"]), bundles[first::2])
                for terminal, hands, first in ((WINDOW, window, 1), (OTHER_WINDOW, other, 0))
            ]
            for _ in range(_KILLS):
                half.wait(30)  # both are about to ask
                up.clear()
                running.kill()
                running.start()
                up.set()
            answered = [answer for one in work for answer in one.result()]

        for hands in (kiosk, window, other):
            hands.url = running.url
        assert {answer["state"] for answer in answered} == {"HANDED_OVER"}
        assert {answer["discrepancy_id"] for answer in answered} == {None}
        assert {story.case(window)["state"] for story in stories} == {"CLOSED"}
        lines = [line for answer in answered for line in answer["lines"]]
        units = Counter(line["unit_id"] for line in lines if "unit_id" in line)
        assert max(units.values()) == 1
        numbers = Counter(
            number for line in lines if "batch_id" in line
            for number in range(line["first_no"], line["first_no"] + line["count"])
        )  # fmt: skip
        assert max(numbers.values()) == 1
        inside = window.call("GET", "/sandbox/inspector.json").json()
        assert inside["rows"]["handover"] == _CASES
        assert inside["rows"]["discrepancy"] == 0
        for hands in (kiosk, window, other):
            hands.close()
        assert running.stop() == 0
        assert running.errors() == ""


def test_departments_go_on_after_a_restart(tmp_path: Path, new_database: NewDatabase) -> None:
    with Running(tmp_path, database=new_database()) as running:
        kiosk, window = Hands(running.url, KIOSK), Hands(running.url, WINDOW)
        window.sign_in()
        story = Story(kiosk).submitted()
        story.accept(window)
        running.kill()
        running.start()
        window.url = running.url
        window.call("POST", "/sandbox/clock/advance", {"seconds": 300})
        assert story.case(window)["state"] == "READY"
        kiosk.close()
        window.close()
        assert running.stop() == 0
