"""Seals over the audit trail: a sealed block is known again byte by byte, and no tampering hides behind a seal."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.audit import GENESIS, AuditEntry, AuditEvent, AuditKind
from offline_cache import auditing, journal, seals
from offline_cache.database import StoreFile
from offline_cache.driver import Database

from .stores import START, store_at
from .test_journal import HURT, TAMPER

LENGTH, BLOCK = 40, 8


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seals, "BLOCK", BLOCK)
    monkeypatch.setattr(auditing, "BLOCK", BLOCK)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[StoreFile]:
    with store_at(tmp_path / "store.db") as store:
        _write(store, LENGTH + 3)
        yield store


def _write(store: StoreFile, count: int) -> None:
    with store.write() as db:
        for number in range(count):
            event = AuditEvent(AuditKind.RATED, START, f"C{number}", "citizen", {"level": "5"})
            journal.append(db, store.key_for("audit"), event)


def _open(db: Database) -> None:
    """Whoever tampers is not stopped by triggers."""
    for trigger in ("audit_stays", "audit_grows"):
        db.execute(f"DROP TRIGGER IF EXISTS {trigger}")


def test_every_block_gets_its_seal_and_is_known_by_it(store: StoreFile, monkeypatch: pytest.MonkeyPatch) -> None:
    one_by_one, rows = list[tuple[int, ...]](), journal._rows

    def spied(db: Database, *which: int) -> Iterator[tuple[int, bytes, str]]:
        one_by_one.append(which)
        return rows(db, *which)

    monkeypatch.setattr(journal, "_rows", spied)
    with store.read() as db:
        assert [row[0] for row in db.execute("SELECT last FROM audit_seals ORDER BY last")] == [8, 16, 24, 32, 40]
        chain = list(journal.entries(db))
        one_by_one.clear()
        key = store.key_for("audit")
        for known in (None, chain[-1].digest, chain[12].digest[:16], chain[15].digest, chain[0].digest[:16], GENESIS):
            report = journal.verify(db, key, known)
            assert report == journal.AuditReport(43, chain[-1].digest, None), known
        assert set(one_by_one) == {(40, 43)}  # only what lies behind the last seal
        assert journal.verify(db, key, "0" * 16).broken_at == 44
        assert journal.verify(db, b"x" * 32).broken_at == 1


@pytest.mark.parametrize("how", TAMPER)
def test_no_tampering_hides_behind_a_seal(store: StoreFile, how: str) -> None:
    _tampered(store, how, 40)


@pytest.mark.long
@pytest.mark.parametrize("how", TAMPER)
def test_nor_does_any_of_a_thousand(store: StoreFile, how: str) -> None:
    _tampered(store, how, 1000)


def _tampered(store: StoreFile, how: str, rounds: int) -> None:
    key, chance = store.key_for("audit"), random.Random(how)
    with store.read() as db:
        chain = list(journal.entries(db))
    with store.write() as db:
        _open(db)
    for _ in range(rounds):
        _put(store, TAMPER[how](chain, chance))
        with store.read() as db:
            found = journal.verify(db, key, chain[-1].digest).broken_at
            assert found is not None
    _put(store, chain)
    with store.read() as db:
        assert journal.verify(db, key, chain[-1].digest).broken_at is None


def _put(store: StoreFile, chain: list[AuditEntry]) -> None:
    with store.write() as db:
        db.execute("DELETE FROM audit")
        db.conn.executemany("INSERT INTO audit VALUES (?, ?, ?)", chain)


@pytest.mark.parametrize("how", HURT)
def test_parts_side_by_side_find_the_same_entry(tmp_path: Path, how: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "store.db"
    monkeypatch.setattr(auditing, "_processors", lambda: 2)
    with store_at(path) as store:
        _write(store, LENGTH)
        with store.read() as db:
            head = journal.head(db)[1]
    assert auditing.verify(path, "file", head, alone=1).broken_at is None
    statement, broken_at = HURT[how]
    with store_at(path) as store, store.write() as db:
        _open(db)
        db.execute(statement)
    for alone in (1, 10**6):
        assert auditing.verify(path, "file", head, alone).broken_at == broken_at


def test_two_entries_made_one_do_not_pass_for_two(store: StoreFile) -> None:
    """The lines of the block are the same bytes, and it has an entry fewer."""
    with store.write() as db:
        _open(db)
        _, first, digest = db.execute("SELECT * FROM audit WHERE seq = 3").fetchone()
        _, second, other = db.execute("SELECT * FROM audit WHERE seq = 4").fetchone()
        joined = bytes(first) + f"\n4:{other}:".encode() + bytes(second)
        db.execute("DELETE FROM audit WHERE seq IN (3, 4)")
        db.execute("INSERT INTO audit VALUES (3, ?, ?)", [joined, digest])
    with store.read() as db:
        assert journal.verify(db, store.key_for("audit")).broken_at == 3


def test_a_block_of_another_history_does_not_fit_the_one_before(tmp_path: Path) -> None:
    """A store that was put back and written on has two histories under one key; each block knows which it goes on."""
    with store_at(tmp_path / "store.db") as store:
        key = store.key_for("audit")
        _write(store, BLOCK)
        with store.write() as db:
            _open(db)
            first = db.execute("SELECT * FROM audit").fetchall()
            seal = db.execute("SELECT seal FROM audit_seals").fetchone()[0]
            db.execute("DELETE FROM audit")
            db.execute("DELETE FROM audit_seals")
            journal.append(db, key, AuditEvent(AuditKind.STARTED, START, "", "terminal"))
        _write(store, 2 * BLOCK - 1)
        with store.write() as db:
            db.execute("DELETE FROM audit WHERE seq <= ?", [BLOCK])
            db.conn.executemany("INSERT INTO audit VALUES (?, ?, ?)", [tuple(row) for row in first])
            db.execute("UPDATE audit_seals SET seal = ? WHERE last = ?", [seal, BLOCK])
        with store.read() as db:
            assert journal.verify(db, key).broken_at == BLOCK + 1


def test_a_block_that_does_not_hold_together_gets_no_seal(tmp_path: Path) -> None:
    with store_at(tmp_path / "store.db") as store:
        _write(store, BLOCK - 1)
        with store.write() as db:
            _open(db)
            db.execute("UPDATE audit SET body = x'7b7d' WHERE seq = 2")
        _write(store, 1)
        with store.read() as db:
            assert db.execute("SELECT count(*) FROM audit_seals").fetchone()[0] == 0
            assert journal.verify(db, store.key_for("audit")).broken_at == 2


@pytest.mark.parametrize(
    "hurt", ["UPDATE audit_seals SET seal = 'x'", "DELETE FROM audit_seals WHERE last = 16", "DROP TABLE audit_seals"]
)
def test_without_its_seal_a_block_is_checked_entry_by_entry(store: StoreFile, hurt: str) -> None:
    with store.write() as db:
        db.execute(hurt)
    with store.read() as db:
        key, head = store.key_for("audit"), journal.head(db)[1]
        assert journal.verify(db, key, head).broken_at is None
    with store.write() as db:
        _open(db)
        db.execute("UPDATE audit SET body = x'7b7d' WHERE seq = 13")
    with store.read() as db:
        assert journal.verify(db, key, head).broken_at == 13
