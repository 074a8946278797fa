"""An upgrade that is cut off, by power or by a kill: the old store or the new one, never something between.

Over the steps as they are and one more, from every version that a hall may still have. And back: the older program
opens what is still old and politely refuses what is not.
"""

import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from kiosk.faults import FaultCode
from offline_cache import outbox
from offline_cache.database import StoreFile, open_store
from offline_cache.errors import ConstraintError, StoreError
from offline_cache.proof.events import Promised
from offline_cache.proof.judge import lay
from offline_cache.proof.recorder import STORE, record
from offline_cache.proof.replay import cuts

from .upgrading import NEXT, OWED, TODAY, content, fill, program_of, upgrade

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed: no calls to cut off at"),
]
VERSIONS = range(1, len(NEXT))


def _owed(store: StoreFile) -> list[tuple[object, ...]]:
    with store.read() as db:
        return db.execute(f"SELECT id, {OWED}, superseded_by, attempts FROM outbox ORDER BY id").fetchall()


@pytest.mark.parametrize("version", range(1, len(TODAY)))
def test_what_is_owed_is_owed_by_the_newer_program(tmp_path: Path, version: int) -> None:
    """Every deed with its bytes, key and state, in its order; and sending goes on where it was."""
    path = tmp_path / "store.db"
    fill(path, version)
    with program_of(version):
        older = open_store(path, "file", 0)
        before = _owed(older)
        older.close()
    store = open_store(path, "file", 0)
    assert _owed(store) == before and len(before) == 24
    with pytest.raises(ConstraintError), store.write() as db:
        db.execute("UPDATE outbox SET body = x'00' WHERE id = 5")
    with pytest.raises(ConstraintError), store.write() as db:
        db.execute(f"INSERT INTO outbox ({OWED}) SELECT {OWED} FROM outbox WHERE id = 5")
    sent = []
    with store.write() as db:
        outbox.recover(db)
        while rows := outbox.lease(db, 3):
            for row in rows:
                sent.append(row.sealed.key)
                outbox.acknowledge(db, row, row.made_at, replayed=True)
        assert outbox.figures(db)[0] == len([row for row in before if row[10] in ("ready", "leased")]) - len(sent)
    wanted = [str(row[1]) for row in before if row[10] in ("ready", "leased")]
    assert sent and set(sent) <= set(wanted)
    for case_id in {row[2] for row in before}:
        of_case = [str(row[1]) for row in before if row[2] == case_id]
        assert [key for key in of_case if key in sent] == [key for key in sent if key in of_case]
    store.close()


def _after(path: Path, version: int, before: str, after: str, *, older_first: bool) -> str:
    """What the cut left: ``old`` or ``new``. Both programs are let in, the older one first or not at all."""
    found = "unknown"
    if older_first:
        with program_of(version):
            try:
                store = open_store(path, "file", 0)
            except StoreError as error:
                assert error.code is FaultCode.STORE_TOO_NEW, error
                assert int(error.details["store"]) > version
                found = "new"
            else:
                assert content(store) == before
                store.close()
                found = "old"
    assert upgrade(path) == after
    with program_of(version), pytest.raises(StoreError, match="store-too-new"):
        open_store(path, "file", 0)
    assert upgrade(path) == after  # which the refusal has left as it was
    return found


def _cut(tmp_path: Path, version: int, count: int, *, killed: bool) -> Counter[str]:
    recording = record(tmp_path, ["tests.faults.upgrading", "{store}", "{promises}", str(version), "upgrade"])
    before, after = recording.promises
    assert before.startswith(f"{version}:") and after.startswith(f"{len(NEXT)}:")
    seen: Counter[str] = Counter()
    # Cuts of the filling are not what this is about, so more are drawn than are looked at.
    share = 1 - [isinstance(event, Promised) for event in recording.events].index(True) / len(recording.events)
    for number, cut in enumerate(cuts(recording.events, int(count / share), 1, killed=killed)):
        if cut.promised:
            lay(tmp_path / "cut", cut.left)
            path = tmp_path / "cut" / STORE
            found = _after(path, version, before, after, older_first=bool(number % 2))
            assert cut.promised == 1 or found != "old"
            seen[found] += 1
    return seen


@pytest.mark.parametrize("version", VERSIONS)
def test_power_cut_in_an_upgrade(tmp_path: Path, version: int) -> None:
    seen = _cut(tmp_path, version, 24, killed=False)
    assert seen["old"] and seen["new"]


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("killed", [False, True], ids=["power cut", "killed"])
@pytest.mark.parametrize("version", VERSIONS)
def test_two_hundred_cuts_of_an_upgrade(tmp_path: Path, version: int, *, killed: bool) -> None:
    seen = _cut(tmp_path, version, 230, killed=killed)
    assert seen.total() >= 200 and seen["old"] > 20 and seen["new"] > 20, seen


def _kill_at(tmp_path: Path, version: int, moments: list[tuple[str, int]]) -> Counter[str]:
    """The real program, killed by the system in the n-th call of a kind."""
    made = tmp_path / "made" / "store.db"
    before = fill(made, version)
    shutil.copytree(made.parent, tmp_path / "whole")
    after = upgrade(tmp_path / "whole" / "store.db")
    seen: Counter[str] = Counter()
    for number, (call, nth) in enumerate(moments):
        path = tmp_path / "killed" / "store.db"
        shutil.rmtree(path.parent, ignore_errors=True)
        shutil.copytree(made.parent, path.parent)
        inject = f"inject={call}:signal=KILL:when={nth}"
        command = ["strace", "-f", "-o", "/dev/null", "-e", f"trace={call}", "-e", inject, sys.executable, "-m"]
        run = subprocess.run([*command, "tests.faults.upgrading", "upgrade", str(path)], check=False)
        assert run.returncode in (-9, 137, 0), run.returncode
        seen["killed" if run.returncode else "went through"] += 1
        seen[_after(path, version, before, after, older_first=bool(number % 2))] += 1
    return seen


def _moments(count: int) -> list[tuple[str, int]]:
    """Its writes into the log and from there into the file, its syncs, the end of the log; each place twice."""
    kinds = [("pwrite64", 87), ("fsync", 5), ("unlink", 2), ("ftruncate", 2)]
    every = [(call, nth) for call, most in kinds for nth in range(1, most + 1)]
    return [every[number * len(every) // count] for number in range(count)]


def test_killed_in_an_upgrade(tmp_path: Path) -> None:
    seen = _kill_at(tmp_path, len(TODAY), [("pwrite64", 30), ("fsync", 1), ("pwrite64", 70)])
    assert seen["killed"] == 3


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("version", VERSIONS)
def test_killed_two_hundred_times_in_an_upgrade(tmp_path: Path, version: int) -> None:
    seen = _kill_at(tmp_path, version, _moments(200))
    assert seen["killed"] >= 150 and seen["old"] and seen["new"], seen
