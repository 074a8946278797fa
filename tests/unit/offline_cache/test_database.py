"""The store opens with care, is written through one door, and is never replaced."""

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.config import Platform, Store
from kiosk.faults import FaultCode
from offline_cache import driver, keys, migrations
from offline_cache.cache import OfflineCache, verify_audit
from offline_cache.database import open_beside, open_store
from offline_cache.errors import ConstraintError, StoreError

from .stores import store_at

ADD = "INSERT INTO meta VALUES (?, ?)"


def _names(path: Path) -> list[str]:
    with store_at(path) as store, store.read() as db:
        return [row[0] for row in db.execute("SELECT name FROM meta ORDER BY name")]


def _add(path: Path, name: str) -> None:
    with store_at(path) as store, store.write() as db:
        db.execute(ADD, [name, "x"])


def _code(path: Path, source: str = "file") -> tuple[FaultCode, str]:
    with pytest.raises(StoreError) as refused:
        open_store(path, source, 0)
    return refused.value.code, refused.value.details.get("reason", "")


def test_all_or_nothing(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with store_at(path) as store:
        with pytest.raises(ZeroDivisionError), store.write() as db:
            db.execute(ADD, ["a", "x"])
            db["meta"].insert({"name": "b", "value": "x"})  # sqlite-utils alone would commit this by itself
            1 / 0  # noqa: B018
        with store.write() as db:
            db.execute(ADD, ["c", "x"])
            db["meta"].insert({"name": "d", "value": "x"})
        with pytest.raises(ConstraintError), store.write() as db:
            db.execute(ADD, ["e", "x"])
            db.execute(ADD, ["c", "again"])
    assert _names(path) == ["c", "d"]


def test_a_reader_sees_one_moment(tmp_path: Path) -> None:
    with store_at(tmp_path / "store.db") as store:
        with store.read() as before:
            assert before.execute("SELECT count(*) FROM meta").fetchone()[0] == 0
            with store.write() as db:
                db.execute(ADD, ["a", "x"])
            assert before.execute("SELECT count(*) FROM meta").fetchone()[0] == 0
        with store.read() as after:
            assert after.execute("SELECT count(*) FROM meta").fetchone()[0] == 1


def test_every_connection_keeps_its_promises(tmp_path: Path) -> None:
    with store_at(tmp_path / "store.db") as store:
        for door in (store.write, store.read):
            with door() as db:
                driver.assert_pragmas(db)
        with store.write() as db:
            db.execute("PRAGMA secure_delete = 0")
            with pytest.raises(StoreError, match="store-locked"):
                driver.assert_pragmas(db)


def test_the_file_is_encrypted(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with store_at(path) as store:
        with store.write() as db:
            db.execute(ADD, ["王测试", "500103198504120020"])
        written = path.read_bytes() + path.with_name("store.db-wal").read_bytes()
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(path).execute("SELECT * FROM sqlite_master")
    for content in (written, path.read_bytes()):
        assert not content.startswith(b"SQLite format 3")
        assert "王测试".encode() not in content and b"500103198504120020" not in content and b"meta" not in content


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "folder" / "store.db"
    with store_at(path):
        for one in path.parent.iterdir():
            assert one.stat().st_mode & 0o077 == 0, one.name


def test_a_second_start_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with store_at(path):
        assert _code(path)[0] is FaultCode.ALREADY_RUNNING
        code = f"import sys; from pathlib import Path; from offline_cache.database import open_store\ntry: open_store(Path({str(path)!r}), 'file', 0)\nexcept Exception as e: sys.exit(str(e))"  # noqa: E501
        other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
        assert other.stderr.strip() == "already-running"
    _add(path, "a")


class TestKeyCustody:
    """Whatever is wrong with the key: locked, and every byte of the store as it was."""

    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        path = tmp_path / "store.db"
        _add(path, "kept")
        return path

    def _stays(self, path: Path, reason: str, source: str = "file") -> None:
        before = path.read_bytes()
        assert _code(path, source) == (FaultCode.STORE_LOCKED, reason)
        assert path.read_bytes() == before
        assert not list(path.parent.glob("*.damaged-*"))

    def test_missing(self, path: Path) -> None:
        key = path.with_name("store.db.key")
        away = key.rename(path.with_name("away"))
        self._stays(path, "key-missing")
        assert not key.exists()
        away.rename(key)
        assert _names(path) == ["kept"]

    def test_wrong(self, path: Path) -> None:
        key = path.with_name("store.db.key")
        right = key.read_bytes()
        key.write_bytes(b"\1" * 32)
        self._stays(path, "key-wrong")
        key.write_bytes(right)
        assert _names(path) == ["kept"]

    def test_wrong_without_the_check_file(self, path: Path) -> None:
        path.with_name("store.db.check").unlink()
        path.with_name("store.db.key").write_bytes(b"\1" * 32)
        self._stays(path, "key-check-missing")

    def test_right_without_the_check_file(self, path: Path) -> None:
        path.with_name("store.db.check").unlink()
        assert _names(path) == ["kept"]
        assert path.with_name("store.db.check").exists()

    def test_malformed(self, path: Path) -> None:
        path.with_name("store.db.key").write_bytes(b"short")
        self._stays(path, "key-malformed")

    def test_readable_by_others(self, path: Path) -> None:
        path.with_name("store.db.key").chmod(0o644)
        self._stays(path, "key-readable-by-others")

    def test_copied_to_another_machine(self, path: Path, tmp_path: Path) -> None:
        copy = tmp_path / "other" / "store.db"
        copy.parent.mkdir()
        shutil.copy(path, copy)
        self._stays(copy, "key-missing")
        (copy.parent / "store.db.key").write_bytes(b"\2" * 32)
        (copy.parent / "store.db.key").chmod(0o600)
        self._stays(copy, "key-check-missing")

    def test_from_the_service_manager(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        credentials, path = tmp_path / "credentials", tmp_path / "store.db"
        credentials.mkdir()
        assert _code(path, "credential:store")[1] == "no-credentials-directory"
        monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(credentials))
        assert _code(path, "credential:store")[1] == "key-missing"
        assert not path.exists()
        (credentials / "store").write_text("ab" * 32 + "\n")
        open_store(path, "credential:store", 0).close()
        (credentials / "store").write_text("cd" * 32)
        self._stays(path, "key-wrong", "credential:store")
        (credentials / "store").unlink()
        self._stays(path, "key-missing", "credential:store")

    @pytest.mark.parametrize("source", ["credential:../x", "credential:", "tpm", ""])
    def test_no_such_source(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str) -> None:
        monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
        assert _code(tmp_path / "store.db", source)[0] is FaultCode.STORE_LOCKED

    def test_keys_of_different_purposes_differ(self) -> None:
        made = {keys.derived(b"k" * 32, purpose) for purpose in ("audit", "check", "other")}
        assert len(made) == 3 and b"k" * 32 not in made


@pytest.mark.parametrize("at", [0, 20, 100, 4096 + 50, -1])
def test_damaged_is_put_aside_and_left_alone(tmp_path: Path, at: int) -> None:
    path = tmp_path / "store.db"
    _add(path, "kept")
    content = bytearray(path.read_bytes())
    content[at] ^= 0xFF
    path.write_bytes(content)
    for _ in range(2):
        assert _code(path)[0] is FaultCode.STORE_DAMAGED
        assert path.read_bytes() == content
    (aside,) = tmp_path.glob("store.db.damaged-*")
    assert aside.read_bytes() == content


def test_truncated_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    _add(path, "kept")
    path.write_bytes(path.read_bytes()[:-4096])
    assert _code(path)[0] is FaultCode.STORE_DAMAGED


def test_a_newer_store_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "store.db"
    with store_at(path) as store, store.write() as db:
        db.execute(f"PRAGMA user_version = {len(migrations.STEPS) + 1}")
    assert _code(path)[0] is FaultCode.STORE_TOO_NEW
    with pytest.raises(StoreError, match="store-too-new"):
        open_beside(path, "file")


def test_a_step_that_fails_leaves_the_old_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "store.db"
    _add(path, "kept")

    def half(db: driver.Database) -> None:
        db.execute("CREATE TABLE half (a)")
        raise RuntimeError("killed here")

    def whole(db: driver.Database) -> None:
        db.execute("CREATE TABLE half (a)")

    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, half))
    with pytest.raises(RuntimeError):
        open_store(path, "file", 0)
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS[:-1], whole))
    assert _names(path) == ["kept"]
    with store_at(path) as store, store.read() as db:
        assert db.execute("PRAGMA user_version").fetchone()[0] == len(migrations.STEPS)


def test_a_start_that_was_cut_off_before_the_first_write(tmp_path: Path) -> None:
    """Key and check file are there, the store is empty: the next start makes it with the same key."""
    path = tmp_path / "store.db"
    keys.store_key("file", path)
    key = path.with_name("store.db.key").read_bytes()
    path.touch()
    _add(path, "a")
    assert path.with_name("store.db.key").read_bytes() == key and _names(path) == ["a"]


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert _code(tmp_path / "file" / "store.db")[0] is FaultCode.STORE_LOCKED


def test_the_facade_is_locked_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    _add(path, "kept")
    path.with_name("store.db.key").unlink()
    cache = OfflineCache(Store(path=str(path)), Platform(url="http://127.0.0.1:9", key="k"), "kiosk-01", "s")
    fault = cache.open()
    assert fault is not None and fault.code is FaultCode.STORE_LOCKED
    cache.start()
    state = cache.ledger.state()
    assert state.locked == fault and state.waiting == 0
    assert cache.ledger.keep_blob(b"x", "signature") == fault
    assert cache.ledger.cases() == () and cache.ledger.tasks() == ()
    cache.ledger.forget_visit(None)
    cache.stop()
    assert verify_audit(Store(path=str(path))) == fault
    nowhere = verify_audit(Store(path=str(tmp_path / "nowhere.db")))
    assert not (tmp_path / "nowhere.db").exists() and getattr(nowhere, "code", None) is FaultCode.STORE_LOCKED
