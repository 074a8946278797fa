"""Power cuts while the real sync loop sends to a real platform: the store is right, and so are the platform's books
after the terminal has come back and caught up."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from kiosk.contracts.ledger import Verdict
from kiosk.domain.ids import CaseId
from offline_cache import journal
from offline_cache.database import open_store
from offline_cache.proof.content import Oddities, oddities
from offline_cache.proof.judge import lay
from offline_cache.proof.recorder import STORE, Recording, record
from offline_cache.proof.replay import cuts

from .hall import Hall, kiosk, settled
from .workers import case_of

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed: no system calls to replay"),
]


def _recorded(folder: Path, hall: Hall, count: int, first: int) -> Recording:
    return record(folder, ["tests.faults.syncing", "{store}", "{promises}", str(count), hall.url, str(first)])


def _look(path: Path, promises: Sequence[str]) -> None:
    """What was promised, on the reopened store."""
    told = {case_id: what for what, case_id in (one.split(" ") for one in promises)}
    store = open_store(path, "file", 0)
    with store.read() as db:
        assert journal.verify(db, store.key_for("audit")).broken_at is None
        assert oddities(db) == Oddities()
        for case_id, what in told.items():
            rows = db.execute("SELECT operation, state FROM outbox WHERE case_id = ?", [case_id]).fetchall()
            assert not (rows and what == "gone")
            if rows or what == "said":
                assert sorted(operation for operation, _ in rows) == ["postEvaluation", "putDraft", "submitCase"]
            assert what != "sent" or {state for _, state in rows} <= {"done"}  # the wipe may be through already
    store.close()


def _catch_up(folder: Path, hall: Hall, promises: Sequence[str]) -> None:
    """The terminal comes back with yesterday's disk and sends again what the platform may have had long since."""
    told = {CaseId(case_id): what for what, case_id in (one.split(" ") for one in promises)}
    with kiosk(folder, hall.url) as cache:
        for case_id in (case_id for case_id, what in told.items() if what == "said"):
            deeds = settled(cache, case_id, 3)
            assert {one.verdict for one in deeds} <= {Verdict.ACCEPTED, Verdict.ALREADY_KNOWN}, deeds


def _books(hall: Hall, cases: Sequence[CaseId]) -> None:
    """One company, one submission, one rating each, whatever was sent how often."""
    for case_id in cases:
        submitted = "SELECT count(*) FROM timeline WHERE state = 'SUBMITTED' AND case_id = ?"
        assert hall.rows(submitted, case_id) == [(1,)]
        assert hall.rows("SELECT count(*) FROM evaluation WHERE case_id = ?", case_id) == [(1,)]


def _prove(tmp_path: Path, hall: Hall, companies: int, first: int, count: int, every: int) -> None:
    recording = _recorded(tmp_path, hall, companies, first)
    assert len(recording.promises) == 3 * companies
    for number, cut in enumerate(cuts(recording.events, count, 1)):
        lay(tmp_path / "cut", cut.left)
        promises = recording.promises[: cut.promised]
        _look(tmp_path / "cut" / STORE, promises)
        if number % every == every - 1:
            _catch_up(tmp_path / "cut", hall, promises)
    _books(hall, [case_of(first + number)[0] for number in range(companies)])


def test_power_cuts_while_sending(tmp_path: Path, hall: Hall) -> None:
    _prove(tmp_path, hall, companies=1, first=300, count=12, every=6)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_five_hundred_power_cuts_while_sending(tmp_path: Path, hall: Hall) -> None:
    _prove(tmp_path, hall, companies=8, first=310, count=500, every=10)
