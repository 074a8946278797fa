"""A damaged store: whatever of its deeds can still be read goes on in a new one, once, under its own key."""

import random
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from kiosk.audit import AuditKind
from kiosk.contracts.ledger import SaveDraft, SubmitCase
from kiosk.domain.ids import SlipCode
from kiosk.faults import FaultCode
from offline_cache import driver, journal, keys, outbox
from offline_cache.database import StoreFile, open_store
from offline_cache.errors import StoreError
from offline_cache.salvage import Salvaged, salvage
from tests.faults.hall import form
from tests.faults.upgrading import fill, program_of

from .stores import START, Hands, case, ledger_at, store_at, told

SLIP = SlipCode("K2B-001")
PAGE = 4096
COUNT = 40


def _filled(path: Path) -> None:
    """Forty cases with a signature each, half of them submitted; one row is on the wire just then."""
    with ledger_at(path, Hands()) as ledger:
        for number in range(COUNT):
            blob = ledger.keep_blob(f"signature {number}".encode() * 100, "signature")
            assert isinstance(blob, str)
            if number % 2:
                ledger.record(SubmitCase(case(number), SLIP, form(), START), told(AuditKind.SUBMITTED))
            else:
                ledger.record(SaveDraft(case(number), SLIP, form()), told(AuditKind.DRAFT_SAVED))
        with ledger._opened().write() as db:
            outbox.lease(db, 1)
    with store_at(path) as store:
        store.checkpoint()


@contextmanager
def open_store_of(version: int, path: Path) -> Iterator[StoreFile]:
    """As the program of that version opened it."""
    with program_of(version), store_at(path) as store:
        yield store


def _damage(path: Path, pages: list[int]) -> None:
    with path.open("r+b") as file:
        for page in pages:
            file.seek(page * PAGE + 100)
            file.write(bytes(64))


def _readable(path: Path) -> dict[str, bytes]:
    """Every deed that can be had at all, each asked for alone with a connection of its own."""
    key, found = keys.store_key("file", path), {}
    for number in range(1, 3 * COUNT):
        try:
            with closing(driver.connect(path, key).conn) as connection:
                row = connection.execute("SELECT key, body FROM outbox WHERE id = ?", [number]).fetchone()
        except (driver.DriverError, StoreError):
            continue
        if row is not None:
            found[row[0]] = bytes(row[1])
    return found


@pytest.mark.parametrize("seed", range(3))
def test_every_deed_that_can_be_read_is_carried_over_once(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "store.db"
    _filled(path)
    whole = _readable(path)
    count = path.stat().st_size // PAGE
    _damage(path, random.Random(seed).sample(range(count // 2, count), 6))
    with pytest.raises(StoreError) as refused, store_at(path):
        pass
    assert refused.value.code is FaultCode.STORE_DAMAGED
    readable = _readable(path)
    done = salvage(path, "file")
    assert isinstance(done, Salvaged)
    assert (done.deeds, done.deeds + done.unreadable) == (len(readable), len(whole))
    with store_at(path) as store:
        with store.read() as db:
            kept = {row[0]: bytes(row[1]) for row in db.execute("SELECT key, body FROM outbox").fetchall()}
            states = {row[0] for row in db.execute("SELECT DISTINCT state FROM outbox").fetchall()}
            trail = journal.verify(db, store.key_for("audit"))
            assert db.execute("SELECT count(*) FROM blobs").fetchone()[0] == done.signatures
        assert kept == readable and kept.items() <= whole.items()  # the same bytes under the same keys
        assert states <= {"ready"}  # what was on the wire is sent again, and the platform knows its key
        assert (trail.broken_at, trail.entries) == (None, done.audit_entries)
    assert len(list(tmp_path.glob("store.db.damaged-*"))) == 1  # the damaged one is there to be looked into
    assert salvage(path, "file") is None  # nothing left to do, and nothing done twice


@pytest.mark.parametrize("version", [1, 2])
def test_a_store_of_an_older_program_is_carried_over_too(tmp_path: Path, version: int) -> None:
    """Its table has other columns than today's."""
    path = tmp_path / "store.db"
    fill(path, version)
    with open_store_of(version, path) as store, store.write() as db:
        db.execute("INSERT INTO cases VALUES ('C', '', 'DRAFT', 1, ?, '', 1)", [bytes(3000)])
    _damage(path, [path.stat().st_size // PAGE - 1])
    readable = _readable(path)
    assert len(readable) > 20
    done = salvage(path, "file")
    assert done is not None and (done.deeds, done.unreadable) == (len(readable), 24 - len(readable))
    with store_at(path) as store, store.read() as db:
        assert {row[0]: bytes(row[1]) for row in db.execute("SELECT key, body FROM outbox")} == readable


def test_a_whole_store_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    _filled(path)
    before = path.read_bytes()
    assert salvage(path, "file") is None
    assert path.read_bytes() == before and not list(tmp_path.glob("*damaged*"))


def test_what_cannot_be_salvaged_is_said(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with pytest.raises(StoreError) as no_store:
        salvage(path, "file")
    assert no_store.value.code is FaultCode.STORE_LOCKED
    _filled(path)
    with store_at(path), pytest.raises(StoreError) as busy:
        salvage(path, "file")
    assert busy.value.code is FaultCode.ALREADY_RUNNING
    _damage(path, [0])
    with pytest.raises(StoreError) as gone:
        salvage(path, "file")
    assert gone.value.code is FaultCode.STORE_DAMAGED
    (tmp_path / "store.db.key").write_bytes(bytes(32))
    with pytest.raises(StoreError) as locked:
        salvage(path, "file")
    assert locked.value.code is FaultCode.STORE_LOCKED


def test_cut_off_before_it_took_its_place_it_is_done_on_the_next_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from offline_cache import salvage as module

    path = tmp_path / "store.db"
    _filled(path)
    count = path.stat().st_size // PAGE
    _damage(path, random.Random(7).sample(range(count // 2, count), 4))
    readable = _readable(path)

    def power_cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cut:
        cut.setattr(module.os, "replace", power_cut)
        with pytest.raises(KeyboardInterrupt):
            salvage(path, "file")
    done = salvage(path, "file")
    assert done is not None and done.deeds == len(readable)
    store = open_store(path, "file", 0)
    with store.read() as db:
        assert outbox.figures(db)[0] == len(readable)
    store.close()
