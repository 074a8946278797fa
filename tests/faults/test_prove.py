"""``kiosk prove`` as a technician runs it: passes, says why it cannot, never touches the store."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from kiosk.__main__ import FAILED, LACKING, OK, RUNNING, USAGE
from kiosk.config import Platform, Store
from kiosk.faults import Fault, FaultCode
from offline_cache.cache import OfflineCache
from offline_cache.files import StartLock
from offline_cache.proof import Outcome, Proof, prove, proving, result
from offline_cache.proof.replay import Tally

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed: nothing can be recorded"),
]

_CONFIG = """\
[site]
id = "cq-demo-01"
name = "示例区政务服务中心"
division = "500103"
[terminal]
id = "kiosk-01"
role = "citizen"
[platform]
url = "http://127.0.0.1:9"
key = "k"
[store]
path = "{}"
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A terminal's configuration; its store is not there yet."""
    path = tmp_path / "kiosk.toml"
    path.write_text(_CONFIG.format(tmp_path / "data" / "store.db"), "utf-8")
    return path


def _command(*arguments: str, before: tuple[str, ...] = (), **more: str) -> tuple[int, list[str]]:
    command = [*before, sys.executable, "-m", "kiosk", *arguments]
    run = subprocess.run(
        command, env={**os.environ, **more}, capture_output=True, text=True, check=False, encoding="utf-8"
    )
    return run.returncode, (run.stdout + run.stderr).splitlines()


def test_beside_a_running_terminal(config: Path, tmp_path: Path) -> None:
    """The store is open all the while, and neither a byte of it nor anything else beside it changes."""
    folder = tmp_path / "data"
    settings = Store(path=str(folder / "store.db")), Platform(url="http://127.0.0.1:9", key="k")
    cache = OfflineCache(*settings, "kiosk-01", "s", reserve_bytes=0)
    assert cache.open() is None
    before = {one.name: one.read_bytes() for one in folder.iterdir()}
    code, said = _command("prove", "--config", str(config), "--cuts", "50")
    assert code == OK, said
    after = {one.name: one.read_bytes() for one in folder.iterdir()}
    assert after.pop("store.db.proof.json") and after == before
    assert any("50 power cuts" in line and "0 lost, 0 doubled, 0 half, 0 unreadable" in line for line in said)
    assert any(line.startswith("ok") and "as they must" in line for line in said)
    proof = result.last(folder / "store.db")
    assert proof is not None and proof.outcome is Outcome.PASSED and proof.cuts == 50
    cache.stop()


def test_too_few_cuts_would_prove_nothing(config: Path) -> None:
    code, said = _command("prove", "--config", str(config), "--cuts", "49")
    assert code == USAGE and said == ["kiosk: --cuts must be at least 50"]


def test_where_tracing_is_forbidden(config: Path, tmp_path: Path) -> None:
    """Who is traced already cannot have their own children traced: the same refusal as under a strict policy."""
    outer = (shutil.which("strace") or "", "-f", "--seccomp-bpf", "-e", "trace=none", "-o", os.devnull)
    code, said = _command("prove", "--config", str(config), before=outer)
    assert code == LACKING
    assert said[-1].startswith("kiosk: 断电验证没能做成 (ptrace-forbidden)"), said
    assert not (tmp_path / "data" / "store.db.proof.json").exists()


def test_without_strace(config: Path, tmp_path: Path) -> None:
    """What a proof that was cut off itself has left is removed as well."""
    left = tmp_path / "data" / "store.db.proving" / "work" / "disk"
    left.mkdir(parents=True)
    (left / "page").write_bytes(b"left")
    code, said = _command("prove", "--config", str(config), PATH=str(tmp_path))
    assert code == LACKING and "(strace-missing)" in said[-1], said
    assert list((tmp_path / "data").iterdir()) == []


def test_one_at_a_time(config: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data" / "store.db.proving"
    folder.mkdir(parents=True)
    lock = StartLock(folder / "lock")
    lock.take()
    code, said = _command("prove", "--config", str(config))
    assert code == RUNNING and FaultCode.ALREADY_RUNNING.value in said[-1]
    lock.free()


@pytest.fixture(scope="module")
def tallies(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, Tally]]:
    """What the proof's two runs really found, to be looked at in different lights."""
    scratch = tmp_path_factory.mktemp("scratch")
    return {how: proving._run(scratch, how, 2, 30, seed=1) for how in ("full", "normal")}


Said = tuple[Proof | Fault, list[str]]


def _proved(store: Path, runs: dict[str, tuple[int, Tally]], monkeypatch: pytest.MonkeyPatch) -> Said:
    monkeypatch.setattr(proving, "_run", lambda _, how, *rest: runs[how])
    said: list[str] = []
    return prove(store, 50, "1.0", said.append), said


def test_a_control_that_loses_nothing_makes_the_proof_invalid(
    tmp_path: Path, tallies: dict[str, tuple[int, Tally]], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert tallies["full"][1].sound and tallies["normal"][1].lost
    blind = {"full": tallies["full"], "normal": tallies["full"]}
    proof, said = _proved(tmp_path / "store.db", blind, monkeypatch)
    assert not isinstance(proof, Fault) and proof.outcome is Outcome.INVALID
    assert any(line.startswith("BAD") and "would not see a loss" in line for line in said)
    assert any("INVALID" in line for line in said)


def test_a_loss_fails(tmp_path: Path, tallies: dict[str, tuple[int, Tally]], monkeypatch: pytest.MonkeyPatch) -> None:
    lossy = {"full": tallies["normal"], "normal": tallies["normal"]}
    proof, said = _proved(tmp_path / "store.db", lossy, monkeypatch)
    assert not isinstance(proof, Fault) and proof.outcome is Outcome.FAILED
    assert any(line.startswith("BAD") and f"{tallies['normal'][1].lost} lost" in line for line in said)


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Path]:
    """A folder that lies in memory."""
    folder = tmp_path / "memory"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=300m", "tmpfs", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("no leave to mount a file system")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_store_in_memory_fails_whatever_the_replay_says(
    memory: Path, tallies: dict[str, tuple[int, Tally]], monkeypatch: pytest.MonkeyPatch
) -> None:
    proof, said = _proved(memory / "store.db", tallies, monkeypatch)
    assert not isinstance(proof, Fault) and proof.outcome is Outcome.FAILED and proof.objection == "memory"
    assert any("lies in memory" in line for line in said) and said[-2].startswith("BAD"), said


def test_the_doctor_tells(config: Path, tmp_path: Path) -> None:
    """Before it looks at the store, which here has lost its key."""
    store = tmp_path / "data" / "store.db"
    store.parent.mkdir()
    store.write_bytes(b"of another machine")
    code, said = _command("doctor", "--config", str(config))
    assert code == FAILED and any(line.startswith("note") and "never run here" in line for line in said), said
    figures = dict.fromkeys((one.name for one in fields(Proof)), 0)
    words = {"at": "2026-03-12T10:00:00+08:00", "version": "1", "engine": "", "filesystem": "ext4", "objection": ""}
    result.keep(store, Proof(**{**figures, **words, "control_lost": 1, "cuts": 50, "lost": 1}))  # type: ignore[arg-type]
    code, said = _command("doctor", "--config", str(config))
    assert code == FAILED and any(line.startswith("BAD") and "failed on 2026-03-12" in line for line in said), said
