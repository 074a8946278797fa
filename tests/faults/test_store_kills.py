"""Killed at any moment: what a person was told is saved is there, whole, once; and the audit trail holds.

A kill proves nothing about power; that every promise waited for the disk is proved by the system calls themselves.
"""

import json
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kiosk.config import Platform, Store
from kiosk.contracts.ledger import Verdict
from kiosk.domain.ids import CaseId
from kiosk.faults import Fault
from offline_cache.cache import AuditReport, OfflineCache, export_audit, verify_audit

from .hall import SITE, form, wait_for
from .workers import case_of

pytestmark = pytest.mark.processes


def _worker(*arguments: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "tests.faults.workers", *arguments])


def _lines(path: Path) -> list[str]:
    """Whole lines only: the last may be half written when its writer was killed."""
    if not path.exists():
        return []
    text = path.read_text("ascii")
    return text[: text.rfind("\n") + 1].splitlines()


def _wait_lines(promised: Path, least: int, worker: "subprocess.Popen[bytes]") -> None:
    wait_for(lambda: len(_lines(promised)) >= least or worker.poll() is not None)


def _kill_at_random(tmp_path: Path, kills: int, seed: int) -> list[str]:
    chance, promised = random.Random(seed), tmp_path / "promised"
    for _ in range(kills):
        before = len(_lines(promised))
        worker = _worker("record", str(tmp_path), str(promised), "1000000")
        _wait_lines(promised, before + 1 + chance.randrange(8), worker)
        time.sleep(chance.random() / 100)  # somewhere between two system calls
        worker.kill()
        assert worker.wait() == -9
    return _lines(promised)


def _check(tmp_path: Path, promised: list[str]) -> None:
    store = Store(path=str(tmp_path / "kiosk" / "store.db"))
    report = verify_audit(store, promised[-1].split()[1])
    assert isinstance(report, AuditReport) and report.broken_at is None, report
    cache = OfflineCache(store, Platform(url="http://127.0.0.1:9", key="k"), "kiosk-01", SITE)
    assert cache.open() is None
    state = cache.ledger.state()
    lines = export_audit(store)
    assert not isinstance(lines, Fault)
    told_of = {json.loads(line)["body"]["case"] for line in lines}
    # A deed and its audit entry come together or not at all; whoever was killed before the promise acts again.
    assert len(told_of) == state.waiting and len(promised) <= state.waiting <= len(promised) + 1
    for case_id in told_of | {line.split()[0] for line in promised}:
        (status,) = cache.ledger.deeds(CaseId(case_id))
        assert status.verdict is Verdict.WAITING
    answer = cache.ledger.case(case_of(len(promised) - 1)[0])
    assert answer is not None and answer.value.form == form()
    cache.stop()


def test_killed_while_recording(tmp_path: Path) -> None:
    _check(tmp_path, _kill_at_random(tmp_path, 6, seed=1))


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_killed_a_thousand_times(tmp_path: Path) -> None:
    _check(tmp_path, _kill_at_random(tmp_path, 1000, seed=2))


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed: system calls cannot be counted")
def test_every_promise_waits_for_the_disk(tmp_path: Path) -> None:
    """N drafts: between any two promises at least one fdatasync of the write-ahead log, and it came back."""
    promised, trace, count = tmp_path / "promised", tmp_path / "trace", 25
    subprocess.run(
        [
            "strace", "-f", "-y", "-e", "trace=fdatasync,fsync,write", "-o", str(trace),
            sys.executable, "-m", "tests.faults.workers", "record", str(tmp_path), str(promised), str(count),
        ],
        check=True,
    )  # fmt: skip
    synced, promises, unsynced = 0, 0, 0
    for line in trace.read_text("utf-8", "replace").splitlines():
        if ("fdatasync(" in line or "fsync(" in line) and "store.db-wal>" in line and "= 0" in line:
            synced += 1
        elif "write(" in line and str(promised) in line:
            promises += 1
            unsynced += synced == 0
            synced = 0
    assert promises == count and unsynced == 0
