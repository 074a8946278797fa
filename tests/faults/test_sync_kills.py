"""The sending terminal killed again and again, in the middle of its work with a real platform: what was promised
stands in the platform's books exactly once, and the audit trail that it was told of in pieces still fits.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from kiosk.contracts.ledger import Verdict
from kiosk.domain.ids import CaseId

from .hall import PlatformProcess, kiosk, wait_for
from .test_store_kills import _lines

pytestmark = pytest.mark.processes

_DRAFTS = 5  # recorded in every life, while earlier ones are sent


class Nursery:
    """Terminals, one after the other, on one and the same store."""

    def __init__(self, folder: Path, promised: Path, url: str) -> None:
        command = [sys.executable, "-m", "tests.faults.workers", "nursery", str(folder), str(promised), "0", url]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def begin(self, drafts: int) -> int:
        """A life; its process."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(f"{drafts}\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def ended(self) -> int:
        """How it ended."""
        assert self._process.stdout is not None
        return int(self._process.stdout.readline())

    def close(self) -> None:
        """No more of them."""
        self._process.communicate()


def _kill_at_random(folder: Path, url: str, kills: int, seed: int) -> list[str]:
    chance, promised = random.Random(seed), folder / "promised"
    nursery = Nursery(folder, promised, url)
    try:
        for _ in range(kills):
            before = len(_lines(promised))
            life = nursery.begin(_DRAFTS)
            least = before + 1 + chance.randrange(_DRAFTS)
            wait_for(lambda least=least: len(_lines(promised)) >= least)
            time.sleep(chance.random() / 8)  # recording, sending, settling or reading: anywhere
            os.kill(life, signal.SIGKILL)
            assert nursery.ended() == -signal.SIGKILL
        nursery.begin(0)
        assert nursery.ended() == 0
    finally:
        nursery.close()
    return _lines(promised)


def _sent_once(folder: Path, kills: int, seed: int) -> Counter[Verdict]:
    """Kill, settle, compare with the platform's books; how the deeds were acknowledged."""
    process = PlatformProcess(folder)
    hall = process.start()
    try:
        promised = _kill_at_random(folder, hall.url, kills, seed)
        with kiosk(folder, hall.url) as cache:
            there = hall.rows("SELECT id, state FROM opening_case")
            verdicts = Counter(one.verdict for number, _ in there for one in cache.ledger.deeds(CaseId(number)))
            assert cache.ledger.tasks() == ()  # every piece of the audit trail fitted the one before
            state = cache.ledger.state()
    finally:
        process.stop()
    assert state.waiting == state.parked == 0
    # Whoever died between the disk and the promise acts again in the next life, on the same case.
    assert {(number, "DRAFT") for number in promised} == set(there)
    assert len(promised) == len(set(promised)) == len(there)
    told = hall.rows("SELECT case_id, count(*) FROM timeline GROUP BY case_id HAVING count(*) > 1")
    assert told == []
    assert set(verdicts) <= {Verdict.ACCEPTED, Verdict.ALREADY_KNOWN}
    return verdicts


def test_killed_while_sending(tmp_path: Path) -> None:
    _sent_once(tmp_path, 5, seed=5)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_killed_a_thousand_times_while_sending(tmp_path: Path) -> None:
    verdicts = _sent_once(tmp_path, 1000, seed=6)
    assert verdicts[Verdict.ALREADY_KNOWN] > 0  # some answers were lost, and the key told
    print(dict(verdicts))
