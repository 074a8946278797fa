"""Starting, ending, dying: wrong configuration, a second start, a foreign store, a full disk, SIGTERM and kill -9."""

import contextlib
import hashlib
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.demo.acts import SIGNATURES
from kiosk.demo.ground import environment
from kiosk.demo.stage import Stage
from kiosk.faults import FaultCode
from tests.journeys.visiting import (
    arrived_once,
    command,
    described,
    fault,
    finish,
    identified,
    kill,
    name_page,
    said,
    seen,
    slip_code,
    stage_in,
    states,
    to_submit,
    wait_for,
)

pytestmark = pytest.mark.processes

USAGE, RUNNING, LOCKED = 2, 3, 4


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with stage_in(tmp_path_factory.mktemp("hall")) as stage:
        yield stage


@pytest.fixture
def config(stage: Stage, tmp_path: Path) -> Iterator[Path]:
    """The kiosk's configuration with a store of this test's own."""
    usual = stage.configs["kiosk"]
    mine = tmp_path / "kiosk.toml"
    mine.write_text(_with_store(usual.read_text("utf-8"), tmp_path / "store.db"), "utf-8")
    stage.configs["kiosk"] = mine
    yield mine
    stage.configs["kiosk"] = usual


def _with_store(text: str, store: Path) -> str:
    return re.sub(r'(\[store\]\npath = )".*"', rf'\1"{store}"', text)


def started(*args: str) -> tuple[int, list[str]]:
    """A start that is expected to end at once: exit code, and what it said."""
    code, told = command(environment(screen=False), "run", *args)
    return code, [line for line in told.splitlines() if line.startswith("kiosk: ")]


@pytest.mark.parametrize(
    ("wrong", "right", "says"),
    [
        ('role = "citzen"', 'role = "citizen"', "terminal.role: must be one of: citizen, window"),
        ("widht = 1080", "width = 1080", "screen.widht: unknown key; allowed here: width,"),
        ('height = "1920"', "height = 1920", "screen.height: must be a whole number"),
        ("training = true]", "training = true", "not TOML"),
    ],
)
def test_wrong_configuration(stage: Stage, tmp_path: Path, wrong: str, right: str, says: str) -> None:
    """One line for the person who wrote it: file, line, key, what is allowed."""
    text = stage.configs["kiosk"].read_text("utf-8")
    assert right in text
    path = tmp_path / "wrong.toml"
    path.write_text(text.replace(right, wrong), "utf-8")
    line = text[: text.index(right)].count("\n") + 1
    code, told = started("--config", str(path))
    assert code == USAGE
    assert len(told) == 1 and told[0].startswith(f"kiosk: {path}:{line}: {says}")


def test_configuration_that_is_not_there(tmp_path: Path) -> None:
    code, told = started("--config", str(tmp_path / "none.toml"))
    assert code == USAGE
    assert len(told) == 1 and "none.toml: cannot be read" in told[0]


def test_second_start_and_a_clean_end(stage: Stage, config: Path) -> None:
    kiosk = stage.open("kiosk")
    try:
        kiosk.page("home")
        code, told = started("--config", str(config))
        assert code == RUNNING
        assert len(told) == 1 and fault(FaultCode.ALREADY_RUNNING) in told[0]
        kiosk.sees(said("home.title"))  # the first one has noticed nothing
    finally:
        stage.close(kiosk)  # SIGTERM; DemoError unless it ends with 0
    assert (config.parent / "store.db").stat().st_size > 0
    assert stage.verify_audit("kiosk") == "verified"


def _prints(folder: Path) -> dict[str, str]:
    """Every file of a folder by its content."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize("how", ["key of another store", "no key", "copied disk"])
def test_a_store_that_is_not_ours_is_left_as_it_is(stage: Stage, config: Path, tmp_path: Path, how: str) -> None:
    store, key = tmp_path / "store.db", tmp_path / "store.db.key"
    _, told = command(environment(screen=False), "doctor", "--config", str(config))
    assert store.stat().st_size > 0, told
    assert "calendar: 2026-1, years 2025 2026" in told and "business scope: " in told
    assert "ok   handwriting" in told and " voice" in told
    if how == "key of another store":
        key.write_bytes(os.urandom(32))
    elif how == "no key":
        key.unlink()
    else:
        there = tmp_path / "stolen"
        there.mkdir()
        for path in (store, tmp_path / "store.db.check"):
            shutil.copy(path, there)
        config.write_text(_with_store(config.read_text("utf-8"), there / "store.db"), "utf-8")
        store = there / "store.db"
    before = _prints(store.parent)
    code, lines = started("--config", str(config))
    assert code == LOCKED
    assert len(lines) == 1 and fault(FaultCode.STORE_LOCKED) in lines[0]
    after = _prints(store.parent)
    assert {name: after[name] for name in before} == before
    assert set(after) - set(before) <= {"store.db.lock"}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of a few megabytes; needs leave to mount."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(folder)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("no leave to mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def fill(disk: Path) -> Path:
    """Not one byte left."""
    ballast = disk / "ballast"
    with ballast.open("ab", buffering=0) as file:
        for size in (65536, 4096, 1):
            with contextlib.suppress(OSError):
                while True:
                    file.write(b"\0" * size)
    return ballast


def test_disk_full_in_the_middle_of_a_visit(stage: Stage, config: Path, small_disk: Path) -> None:
    """Said to the citizen at the act itself; nothing of the act is kept; with room again the same visit goes on."""
    config.write_text(_with_store(config.read_text("utf-8"), small_disk / "store.db"), "utf-8")
    kiosk = stage.open("kiosk")
    try:
        kiosk.page("home")
        identified(stage, kiosk)
        name_page(kiosk, "晨光")
        kiosk.tap("check")
        described(kiosk)
        kiosk.tap("next")
        kiosk.page("sign")
        ballast = fill(small_disk)
        kiosk.do("draw", "signature_pad", SIGNATURES["wang"])
        kiosk.tap("sign")
        kiosk.sees(fault(FaultCode.DISK_FULL))
        kept = said("sign.done_title") in kiosk.do("texts")  # the store's log had room left in itself for the picture
        ballast.unlink()
        if not kept:
            kiosk.do("draw", "signature_pad", SIGNATURES["wang"])
            kiosk.tap("sign")
        kiosk.sees(said("sign.done_title"))
        kiosk.tap("next")
        kiosk.page("submit")
        code = slip_code(kiosk)
        ballast = fill(small_disk)
        kiosk.tap("submit")
        kiosk.sees(fault(FaultCode.DISK_FULL))
        assert said("truth.recorded") not in kiosk.do("texts")
        assert "SUBMITTED" not in states(stage, code)
        ballast.unlink()
        kiosk.tap("submit")
        kiosk.sees(said("truth.sent"))
        kiosk.tap("next")
        kiosk.page("take_receipt")
        kiosk.sees(said("take_receipt.done.title"))
        finish(kiosk)
        arrived_once(stage, "kiosk", code)
    finally:
        stage.close(kiosk)
    assert stage.verify_audit("kiosk") == "verified"


def test_a_window_that_hangs_says_where_it_was_and_nothing_else(stage: Stage, config: Path) -> None:
    """As systemd ends one: the journal has the lines that every thread was in, and no value of anybody."""
    kiosk = stage.open("kiosk")
    kiosk.page("home")
    identified(stage, kiosk)
    kiosk.child.process.send_signal(signal.SIGABRT)
    assert kiosk.child.process.wait(30) == -signal.SIGABRT
    told = kiosk.child.log.read_text("utf-8")
    stage.family.stop(kiosk.child)
    assert "Fatal Python error: Aborted" in told and "ui/app.py" in told and "offline_cache/sync.py" in told
    assert not [secret for secret in ("王", "测试", "500103") if secret in told]
    kiosk = stage.open("kiosk")
    kiosk.page("home")
    stage.close(kiosk)


def test_killed_after_submitting(stage: Stage, config: Path) -> None:
    """The platform has acted and the answer is lost; the program dies; the next start sends again, and it is one."""
    kiosk = stage.open("kiosk")
    kiosk.page("home")
    to_submit(stage, kiosk, "海棠")
    code = slip_code(kiosk)
    stage.office.weather(drop_after_commit=1.0)
    kiosk.tap("submit")
    wait_for(lambda: "SUBMITTED" in states(stage, code), "the platform's having it")
    kill(stage, kiosk)
    stage.office.weather()
    kiosk = stage.open("kiosk")
    try:
        kiosk.page("home")
        assert not [secret for secret in (code, "海棠", "王") if secret in seen(kiosk)]
        arrived_once(stage, "kiosk", code)
    finally:
        stage.close(kiosk)
    assert stage.verify_audit("kiosk") == "verified"
