"""The sending terminal killed again and again, in the middle of its work with a real platform: what was promised
stands in the platform's books exactly once, and the audit trail that it was told of in pieces still fits.
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from offline_cache.database import open_beside

from .hall import PlatformProcess, kiosk, wait_for
from .test_store_kills import _lines
from .workers import case_of, signature_of

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


def _sent_once(folder: Path, kills: int, seed: int) -> None:
    """Kill, settle, compare with the platform's books."""
    process = PlatformProcess(folder)
    hall = process.start()
    try:
        promised = _kill_at_random(folder, hall.url, kills, seed)
        with kiosk(folder, hall.url) as cache:
            assert cache.ledger.tasks() == ()  # every piece of the audit trail fitted the one before
            state = cache.ledger.state()
        there = hall.rows("SELECT id, state, version FROM opening_case")
        lines = hall.rows("SELECT case_id FROM timeline")
        whole = {name for (name,) in hall.rows("SELECT sha256 FROM blob WHERE whole")}
    finally:
        process.stop()
    assert state.waiting == state.parked == 0
    # Whoever died between the disk and the promise acts again in the next life, on the same case; the last has none.
    numbers = sorted(number for number, _, _ in there)
    assert numbers in (sorted(promised), sorted([*promised, case_of(len(promised))[0]]))
    assert numbers == sorted(number for (number,) in lines)
    assert {state for _, state, _ in there} == {"DRAFT"}
    assert whole >= {signature_of(number) for number in range(0, len(promised), 2)}  # went over the blobs' lane
    store = open_beside(folder / "kiosk" / "store.db", "file")
    states = store.execute("SELECT state, attempts FROM outbox").fetchall()
    store.conn.close()
    again = sum(attempts > 1 for _, attempts in states)
    assert {state for state, _ in states} == {"done"} and again > 0  # some were on the wire when their sender died
    print(f"{kills} kills, {len(promised)} promises, each in the books once; {again} were on the wire at a kill")


def test_killed_while_sending(tmp_path: Path) -> None:
    _sent_once(tmp_path, 5, seed=5)


@pytest.mark.long
@pytest.mark.timeout(2 * 3600)
def test_killed_a_thousand_times_while_sending(tmp_path: Path) -> None:
    _sent_once(tmp_path, 1000, seed=6)
