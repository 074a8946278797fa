"""Several processes on one store: one terminal, everybody else beside it; nobody is told of a lock, and somebody who
holds on to it for good is a fault that passes.
"""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from kiosk.audit import AuditKind
from kiosk.config import Platform, Store
from kiosk.contracts.ledger import DeedStatus, SaveDraft
from kiosk.faults import Fault, FaultCode
from offline_cache import driver, keys
from offline_cache.cache import AuditReport, OfflineCache, verify_audit

from .hall import SITE, event, form, fresh_case

pytestmark = pytest.mark.processes

_OTHERS = 7
_HOLD = """
import sys
from pathlib import Path
from offline_cache import driver, keys
path = Path(sys.argv[1])
db = driver.connect(path, keys.store_key("file", path))
for statement in sys.argv[2:]:
    db.execute(statement).fetchall()
print("held", flush=True)
sys.stdin.read()
"""


def _terminal(folder: Path) -> OfflineCache:
    store = Store(path=str(folder / "store.db"))
    cache = OfflineCache(store, Platform(url="http://127.0.0.1:9", key="k"), "kiosk-01", SITE, most_waiting=10**9)
    assert cache.open() is None
    return cache


def _draft(cache: OfflineCache) -> DeedStatus | Fault:
    case_id, slip = fresh_case(cache)
    return cache.ledger.record(SaveDraft(case_id, slip, form()), event(cache, AuditKind.DRAFT_SAVED))


def _beside(folder: Path, rounds: int) -> None:
    """The terminal records, and ends visits, until the others have looked that often."""
    cache, recorded = _terminal(folder), 0
    assert isinstance(_draft(cache), DeedStatus)
    command = [sys.executable, "-m", "tests.faults.neighbours", str(folder / "store.db"), str(_OTHERS)]
    others = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert others.stdout is not None
    told: Counter[str] = Counter()
    try:
        while told["round"] < rounds:
            told[others.stdout.readline().strip()] += 1
            for _ in range(5):
                assert isinstance(_draft(cache), DeedStatus)
                recorded += 1
            cache.ledger.forget_visit(None)
            assert cache.ledger.state().locked is None
    finally:
        others.communicate()
    assert set(told) == {"round"}
    state = cache.ledger.state()
    assert state.audit_entries == recorded + 1 and state.waiting == recorded + 1
    cache.stop()
    report = verify_audit(Store(path=str(folder / "store.db")), state.audit_head)
    assert isinstance(report, AuditReport) and report.broken_at is None and report.entries == recorded + 1


def test_eight_processes(tmp_path: Path) -> None:
    _beside(tmp_path, 14)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_eight_processes_for_long(tmp_path: Path) -> None:
    _beside(tmp_path, 1000)


def _holding(store: Path, *statements: str) -> "subprocess.Popen[str]":
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(store), *statements],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None and holder.stdout.readline() == "held\n"
    return holder


def test_somebody_holds_on_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Writing: a fault that says so. Reading: the terminal goes on, only the wipe waits. Let go: all is as ever."""
    monkeypatch.setitem(driver.PRAGMAS, "busy_timeout", 100)
    cache, path = _terminal(tmp_path), tmp_path / "store.db"
    assert isinstance(_draft(cache), DeedStatus)
    writer = _holding(path, "BEGIN IMMEDIATE")
    refused = _draft(cache)
    assert isinstance(refused, Fault) and refused.code is FaultCode.STORE_LOCKED
    assert refused.details["reason"] == "busy"
    assert cache.ledger.state().waiting == 1 and cache.ledger.state().locked is None
    writer.communicate()
    assert isinstance(_draft(cache), DeedStatus)
    reader = _holding(path, "BEGIN", "SELECT count(*) FROM outbox")
    assert isinstance(_draft(cache), DeedStatus)
    cache.ledger.forget_visit(None)
    log = tmp_path / "store.db-wal"
    assert cache.ledger.state().waiting == 3 and log.stat().st_size > 0
    assert cache._store is not None and cache._store.holds_residue
    reader.communicate()
    cache.ledger.forget_visit(None)
    assert log.stat().st_size == 0 and not cache._store.holds_residue
    cache.stop()


def test_nobody_starts_beside_a_start(tmp_path: Path) -> None:
    """The lock is there before the store is."""
    cache = _terminal(tmp_path)
    other = OfflineCache(
        Store(path=str(tmp_path / "store.db")), Platform(url="http://127.0.0.1:9", key="k"), "kiosk-01", SITE
    )
    fault = other.open()
    assert fault is not None and fault.code is FaultCode.ALREADY_RUNNING
    cache.stop()
    assert keys.exists(tmp_path / "store.db") and other.open() is None
    other.stop()
