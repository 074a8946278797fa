"""Power cuts over the real store: nothing promised is lost, doubled, half there or unreadable.

And the proof of the proof: whatever is done wrong on purpose, the same harness sees it.
"""

import random
import shutil
from pathlib import Path

import pytest

from kiosk.config import Platform, Store
from kiosk.faults import FaultCode
from offline_cache.cache import OfflineCache
from offline_cache.proof.disk import SimulatedDisk
from offline_cache.proof.events import Promised
from offline_cache.proof.judge import Judge, Verdict, lay
from offline_cache.proof.recorder import STORE, ProofError, Recording, record
from offline_cache.proof.replay import Tally, cuts, replay
from offline_cache.proof.visits import ActKind, acts

from .cheating import CHEATS
from .scribbler import listing

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed: no system calls to replay"),
]
_PROGRAM = "offline_cache.proof.program"


def _recorded(folder: Path, visits: int, how: str = "full", program: str = _PROGRAM) -> Recording:
    return record(folder, [program, "{store}", "{promises}", str(visits), how])


def _sound(recording: Recording, visits: int, count: int, folder: Path) -> Tally:
    todo = acts(visits)
    assert len(recording.promises) == len(todo) + 1
    tally = replay(recording, todo, count, 1, folder / "cut")
    assert tally.sound and tally.cuts == count, tally
    return tally


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    """One walk through a visit of each kind."""
    return _recorded(tmp_path_factory.mktemp("recording"), 4)


@pytest.fixture(scope="module")
def loose(tmp_path_factory: pytest.TempPathFactory) -> Recording:
    """The control: the same without a sync for every act."""
    return _recorded(tmp_path_factory.mktemp("loose"), 4, "normal")


def test_nothing_promised_is_lost(recording: Recording, tmp_path: Path) -> None:
    assert {act.kind for act in acts(4)} == set(ActKind)
    _sound(recording, 4, 80, tmp_path)


def test_the_control_loses(loose: Recording, tmp_path: Path) -> None:
    tally = replay(loose, acts(4), 40, 1, tmp_path / "cut")
    assert tally.lost > 10 and tally.lost_acts > tally.lost, tally


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_two_thousand_power_cuts(tmp_path: Path) -> None:
    visits = 12
    full = _recorded(tmp_path, visits)
    assert len(full.events) > 2000
    _sound(full, visits, 2000, tmp_path)
    control = replay(_recorded(tmp_path, visits, "normal"), acts(visits), 500, 1, tmp_path / "cut")
    assert control.lost > 250 and control.lost_acts > control.lost, control
    print(f"\n2,000 cuts among {len(full.events)} calls: nothing lost; control: {control}")


_SEEN_AS = {
    "entry_in_a_transaction_of_its_own": "half",
    "a_new_key_each_time": "doubled",
    "folders_are_not_synced": "lost",
    "key_is_not_synced": "unreadable",
}


@pytest.mark.parametrize("how", CHEATS)
def test_what_is_done_wrong_is_seen(tmp_path: Path, how: str) -> None:
    cheated = _recorded(tmp_path, 2, how, "tests.faults.cheating")
    for seed in range(8):
        tally = replay(cheated, acts(2), 30, seed, tmp_path / "cut")
        if getattr(tally, _SEEN_AS[how]):
            return
    pytest.fail(f"never seen: {tally}")


def test_the_disk_sees_what_the_program_sees(tmp_path: Path) -> None:
    """Trace and disk together against a real folder: after every step the same names and the same bytes."""
    scribbled = record(tmp_path, ["tests.faults.scribbler", "{store}", "{promises}", "5"])
    disk, compared = SimulatedDisk(), 0
    for event in scribbled.events:
        if not isinstance(event, Promised):
            disk.apply(event)
            continue
        lay(tmp_path / "laid", disk.running())
        assert listing(tmp_path / "laid") == event.text
        compared += 1
    assert compared == 60


def test_killed_at_any_call_nothing_is_lost_even_without_syncs(loose: Recording, tmp_path: Path) -> None:
    """Why a kill proves nothing about power: what the system was given outlives the program, synced or not."""
    judge = Judge(loose.promises, ())
    for cut in cuts(loose.events, 20, 1, killed=True):
        lay(tmp_path / "cut", cut.left)
        assert judge.look(tmp_path / "cut", cut.promised).verdict is Verdict.SOUND


def test_a_page_half_carried_into_the_file_is_not_damage(tmp_path: Path) -> None:
    """The power fails while the log is carried into the file: the log still has the page whole."""
    path = tmp_path / "store.db"
    settings = Store(path=str(path)), Platform(url="http://127.0.0.1:9", key="k")
    cache = OfflineCache(*settings, "kiosk-01", "s", reserve_bytes=0)
    assert cache.open() is None
    kept = cache.ledger.keep_blob(random.Random(1).randbytes(30_000), "scan")
    cut = tmp_path / "cut"
    cut.mkdir()
    for one in ("", "-wal", ".key", ".check"):
        shutil.copy(path.with_name("store.db" + one), cut)
    cache.stop()
    whole = path.read_bytes()
    torn = (cut / "store.db").read_bytes()[:4096] + whole[4096:8192][:512] + bytes(3584) + whole[8192:]
    (cut / "store.db").write_bytes(torn)
    cache = OfflineCache(Store(path=str(cut / "store.db")), settings[1], "kiosk-01", "s", reserve_bytes=0)
    assert cache.open() is None
    assert cache.ledger.keep_blob(random.Random(1).randbytes(30_000), "scan") == kept
    cache.stop()
    # The same page without the log that has it whole is damage, as ever.
    (cut / "store.db").write_bytes(torn)
    (cut / "store.db-wal").unlink(missing_ok=True)
    fault = OfflineCache(Store(path=str(cut / "store.db")), settings[1], "kiosk-01", "s", reserve_bytes=0).open()
    assert fault is not None and fault.code is FaultCode.STORE_DAMAGED


def test_a_program_that_fails_is_no_proof(tmp_path: Path) -> None:
    with pytest.raises(ProofError) as found:
        _recorded(tmp_path, 1, "no-such-setting")
    assert found.value.fault.code is FaultCode.PROOF_IMPOSSIBLE
    assert found.value.reason == "program: KeyError"
    assert not (tmp_path / "disk").exists() and not (tmp_path / "trace").exists()
    assert STORE.endswith("store.db")
