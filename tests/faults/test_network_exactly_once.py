"""Terminal killed, platform killed, answers lost: every submission that was promised stands in the platform's books
exactly once."""

import random
import time
from pathlib import Path

import pytest

from .hall import PATIENT, PlatformProcess
from .proxy import Proxy, Weather
from .test_store_kills import _lines, _wait_lines, _worker
from .workers import case_of

pytestmark = pytest.mark.processes

_LOSSES = (
    Weather.FAIR, Weather.RESET_AFTER, Weather.CLOSE_AFTER, Weather.RESET_BEFORE, Weather.TRUNCATED,
    Weather.BARE_500, Weather.PORTAL, Weather.WRONG_JSON,
)  # fmt: skip


def _submit_through_chaos(folder: Path, count: int, terminal_kills: int, platform_kills: int, seed: int) -> None:
    chance, promised = random.Random(seed), folder / "promised"
    process = PlatformProcess(folder)
    hall = process.start()
    proxy = Proxy(hall.url)
    blows = ["terminal"] * terminal_kills + ["platform"] * platform_kills
    chance.shuffle(blows)
    try:
        worker = _worker("submit", str(folder), str(promised), str(count), proxy.url)
        for number, blow in enumerate(blows):
            proxy.set(chance.choice(_LOSSES), lambda method, path: method != "GET", times=chance.randrange(1, 4))
            _wait_lines(promised, count * number // len(blows), worker)
            assert worker.poll() is None or len(_lines(promised)) == count, "it died by itself"
            time.sleep(chance.random() / 10)  # anywhere
            if blow == "terminal":
                worker.kill()
                worker.wait()
                worker = _worker("submit", str(folder), str(promised), str(count), proxy.url)
            else:
                process.kill()
                hall = process.start()
        proxy.set(Weather.FAIR)
        assert worker.wait(PATIENT * 10) == 0
    finally:
        worker.kill()
        worker.wait()
        proxy.close()
        process.stop()
    cases = [case_of(number)[0] for number in range(count)]
    assert sorted(_lines(promised)) == sorted(cases)
    assert sorted(hall.rows("SELECT id, state FROM opening_case")) == sorted((one, "SUBMITTED") for one in cases)
    submitted = hall.rows("SELECT case_id, count(*) FROM timeline WHERE state = 'SUBMITTED' GROUP BY case_id")
    assert sorted(submitted) == sorted((one, 1) for one in cases)
    rated = hall.rows("SELECT case_id, level FROM evaluation")
    assert sorted(rated) == sorted((one, 1 + number % 5) for number, one in enumerate(cases))
    keys = hall.rows("SELECT key, count(*) FROM idempotency GROUP BY key HAVING count(*) > 1")
    assert keys == []


def test_exactly_once(tmp_path: Path) -> None:
    _submit_through_chaos(tmp_path, 10, terminal_kills=5, platform_kills=3, seed=3)


@pytest.mark.long
@pytest.mark.timeout(2 * 3600)
@pytest.mark.parametrize("seed", range(4))
def test_exactly_once_a_thousand_times(tmp_path: Path, seed: int) -> None:
    """All in all a thousand submissions, three hundred kills of either side."""
    _submit_through_chaos(tmp_path, 250, terminal_kills=75, platform_kills=75, seed=seed)
