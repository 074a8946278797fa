"""Every system call that writes to the store fails once, or from then on, for a real process: each act ends as done
or as a fault, what was acknowledged is there, and when the condition is gone the same process goes on as if nothing
had been. The same calls also end the process, each of them: the next start finds everything that was promised.
"""

import random
from pathlib import Path

import pytest

from kiosk.config import Store
from kiosk.faults import FaultCode
from offline_cache.cache import AuditReport, verify_audit

from .spoilt import WRITES, Life, Nursery, needs_strace, nursery_in

pytestmark = [pytest.mark.processes, needs_strace]

Acts = list[tuple[str, str, int, str]]
_SAID = {FaultCode.DISK_FULL, FaultCode.STORE_LOCKED, FaultCode.STORE_DAMAGED}  # each tells the staff what to do
_EXPECTED = {"ENOSPC": FaultCode.DISK_FULL, "EDQUOT": FaultCode.DISK_FULL}
_ERRORS = ("EIO", "ENOSPC", "EROFS", "EDQUOT")
_MOST = 1000  # more calls than everything takes


def _kept(folder: Path, acts: Acts) -> AuditReport:
    """The trail holds, and reaches at least as far as anybody was told."""
    told = [(entries, head) for _, _, entries, head in acts if head != "-" and entries]
    report = verify_audit(Store(path=str(folder / "store.db")), told[-1][1] if told else None)
    assert isinstance(report, AuditReport) and report.broken_at is None, report
    assert report.entries >= (told[-1][0] if told else 0)
    return report


def _codes(acts: Acts) -> set[FaultCode]:
    return {FaultCode(code) for _, code, _, _ in acts if code != "ok"}


def _spoilt(nursery: Nursery, name: str, calls: str, error: str, when: str) -> bool:
    """One life with that error; whether anything failed."""
    life = Life(nursery, nursery.folder / name, calls, f"error={error}:when={when}")
    acts = life.acts()
    assert not life.died, (calls, error, when)
    failed = _codes(acts)
    assert failed <= _SAID, (calls, error, when, failed)
    life.mend()
    again = life.again()
    assert _codes(again) == set() and not life.died, (calls, error, when, again)
    entries = [length for _, _, length, _ in acts + again]
    assert entries == sorted(entries)  # nothing that was counted is ever gone
    assert life.end() == 0
    _kept(life.folder, acts + again)
    return bool(failed)


def _at_some_calls(nursery: Nursery, seed: int, lives: int) -> int:
    chance, failed = random.Random(seed), 0
    for number in range(lives):
        calls = ("pwrite64", "fsync", "pwrite64,fsync,ftruncate")[number % 3]
        when = f"{chance.randrange(1, 60)}{chance.choice(['', '+'])}"
        failed += _spoilt(nursery, f"life{number}", calls, _ERRORS[number % len(_ERRORS)], when)
    return failed


def test_some_calls_fail(tmp_path: Path) -> None:
    with nursery_in(tmp_path) as nursery:
        assert _at_some_calls(nursery, seed=9, lives=6) > 0


@pytest.mark.parametrize("error", ["ENOSPC", "EIO"])
def test_a_whole_disk_fails(tmp_path: Path, error: str) -> None:
    """From the first write on: the start says so, and makes nothing half; with the disk back it begins."""
    with nursery_in(tmp_path) as nursery:
        life = Life(nursery, tmp_path / "life", WRITES.replace(",openat", ""), f"error={error}:when=1+")
        (opened,) = life.acts()
        assert FaultCode(opened[1]) is _EXPECTED.get(error, FaultCode.STORE_LOCKED)
        life.mend()
        again = life.again()
        assert again[0][:2] == ("open", "ok") and _codes(again) == set()
        assert life.end() == 0
        _kept(life.folder, again)


def _killed(nursery: Nursery, name: str, when: int) -> bool:
    """One life that ends at that system call; whether it did."""
    life = Life(nursery, nursery.folder / name, WRITES, f"signal=KILL:when={when}")
    acts = life.acts()
    if not life.died:
        life.mend()
        assert life.end() == 0
        return False
    following = Life(nursery, life.folder, "", "")
    after = following.acts()
    assert not following.died and _codes(after) == set(), (when, after)
    assert following.end() == 0
    _kept(life.folder, after)
    assert after[-1][2] >= (acts[-1][2] if acts else 0) + len([one for one in after if one[0] == "note"])
    return True


def test_killed_at_some_calls(tmp_path: Path) -> None:
    with nursery_in(tmp_path) as nursery:
        for when in (3, 11, 31):
            assert _killed(nursery, f"life{when}", when)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("error", _ERRORS)
@pytest.mark.parametrize("lasting", ["", "+"])
def test_every_call_fails(tmp_path: Path, error: str, lasting: str) -> None:
    """One after the other, until the number is larger than all there are."""
    failed = 0
    with nursery_in(tmp_path) as nursery:
        for calls in WRITES.split(","):
            for when in range(1, _MOST):
                bad = _spoilt(nursery, f"{calls}{when}", calls, error, f"{when}{lasting}")
                failed += bad
                if not bad and when > 8:
                    break
    print(f"{error}{lasting}: {failed} calls failed, each said so, and each was mended")
    assert failed > 20


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_killed_at_every_call(tmp_path: Path) -> None:
    """First start, schema, every act: at least two hundred moments."""
    with nursery_in(tmp_path) as nursery:
        points = next(when for when in range(1, _MOST) if not _killed(nursery, f"life{when}", when))
    print(f"killed at {points - 1} system calls, one after the other")
    assert points > 100
