"""After a visit: not one byte of the person is left anywhere that this cache can reach."""

import logging
import os
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.audit import AuditKind
from kiosk.contracts.ledger import RateVisit, SaveDraft
from offline_cache import driver, keys

from .hall import Hall, event, form, fresh_case, kiosk, ready_form, settled, submit, trade_name, wait_for

pytestmark = pytest.mark.processes

_NAME, _NUMBER, _PHONE = "欧阳残留", "500103197001010019", "13912345678"
_SIGNATURE = b"\x89PNG signature of somebody " * 40


def _decrypted(path: Path) -> bytes:
    """Everything that the store still knows, in clear, as somebody with the key would find it."""
    clear = path.with_name("clear.db")
    database = driver.connect(path, keys.store_key("file", path))
    database.execute("ATTACH DATABASE ? AS clear KEY ''", [str(clear)])
    database.execute("SELECT sqlcipher_export('clear')")
    database.execute("DETACH DATABASE clear")
    database.conn.close()
    content = clear.read_bytes()
    clear.unlink()
    return content


def test_nothing_of_the_person_is_left(tmp_path: Path, hall: Hall, caplog: pytest.LogCaptureFixture) -> None:
    """Submitted, sent, rated, forgotten."""
    caplog.set_level(logging.DEBUG)
    secrets = [_NAME, _NUMBER, _PHONE, "示例残留路99号"]
    with kiosk(tmp_path, hall.url) as cache:
        case_id, slip = fresh_case(cache)
        ready = ready_form(cache, case_id, trade_name(700))
        blob = cache.ledger.keep_blob(_SIGNATURE, "signature")
        person = replace(ready.people[0], phone=_PHONE, address="示例残留路99号", signature=blob)  # type: ignore[arg-type]
        extra = replace(person, ref="p2", name=_NAME, cert_no=_NUMBER, roles=frozenset())  # type: ignore[arg-type]
        draft = replace(ready, people=(person, extra))
        cache.ledger.record(SaveDraft(case_id, slip, draft), event(cache, AuditKind.DRAFT_SAVED))
        settled(cache, case_id, 1)
        submit(cache, case_id, slip, replace(ready, people=(person,)))
        cache.ledger.record(RateVisit(case_id, "accepted", 5, cache.clock.now()), event(cache, AuditKind.RATED))
        settled(cache, case_id, 4)
        cache.ledger.forget_visit(case_id)
        wait_for(lambda: cache.ledger.case(case_id) is None)
        assert cache.ledger.deeds(case_id) == ()
        on_disk = b"".join(
            one.read_bytes() for one in tmp_path.rglob("*") if one.is_file() and "store.db" in one.name
        )
    in_clear = _decrypted(tmp_path / "kiosk" / "store.db")
    assert b"INDEX outbox_acts" in in_clear  # it is the store that was looked at
    for content in (on_disk, in_clear, caplog.text.encode()):
        for secret in secrets:
            assert secret.encode() not in content
        assert _SIGNATURE[:26] not in content


def test_deleted_is_gone_from_the_file_itself(tmp_path: Path) -> None:
    """On a store without a cipher, with the same pragmas and the same wipe: before the log is emptied the deleted
    numbers are still in the file, afterwards they are not. So the emptying is what does it."""
    path = tmp_path / "plain.db"
    database = sqlite3.connect(path, isolation_level=None)
    for name, value in driver.PRAGMAS.items():
        database.execute(f"PRAGMA {name} = {value}")
    numbers = [f"5001031970{n:07d}X" for n in range(200)]
    database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, number TEXT)")
    for number in numbers:
        database.execute("INSERT INTO t (number) VALUES (?)", [number])
    database.execute("PRAGMA wal_checkpoint(PASSIVE)")
    database.execute("DELETE FROM t")
    found = sum(number.encode() in path.read_bytes() for number in numbers)
    assert found == 200
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    left = b"".join(one.read_bytes() for one in tmp_path.iterdir())
    assert sum(number.encode() in left for number in numbers) == 0
    database.close()


def test_no_file_appears_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sorting, large values and full transactions make no temporary file."""
    spill = tmp_path / "spill"
    spill.mkdir()
    for name in ("TMPDIR", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(spill))
    with kiosk(tmp_path, "http://127.0.0.1:9", most_waiting=10**6) as cache:
        for _ in range(30):
            case_id, slip = fresh_case(cache)
            cache.ledger.keep_blob(os.urandom(200_000), "scan")
            cache.ledger.record(SaveDraft(case_id, slip, form()), event(cache, AuditKind.DRAFT_SAVED))
        cache.ledger.forget_visit(None)
        known = {"store.db" + one for one in ("", "-wal", "-shm", ".key", ".check", ".lock", ".reserve")}
        assert {one.name for one in (tmp_path / "kiosk").iterdir()} <= known
    assert list(spill.iterdir()) == []
