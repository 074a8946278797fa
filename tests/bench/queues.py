"""Queues to measure the outbox against: the floor of the disk, hand-written loops, and four libraries.

All are forced to one durability (write-ahead log, synchronous FULL) and hold the same two kilobytes. ``take`` means:
taken and acknowledged, so that it never comes again. Two of the libraries know no acknowledgement; what they take is
lost when its taker dies. The libraries are measured as they are, and on the cipher of the outbox.
"""

import os
import sqlite3
from abc import ABC, abstractmethod
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import diskcache
import diskcache.core
import huey.storage
import litequeue
import persistqueue
import persistqueue.sqlbase
from sqlcipher3 import dbapi2

from kiosk.domain.ids import CaseId, new_ulid
from offline_cache import driver, migrations, outbox
from offline_cache.clock import PlatformClock
from offline_cache.database import StoreFile, open_store
from offline_cache.outbox import Leased, Sealed

BODY = b"{" + b'"x":"' + b"y" * 2036 + b'"}'
_KEY = "PRAGMA key = \"x'" + "6b" * 32 + "'\""
_ENCRYPTED = "encrypted"  # in a path: whatever opens it does so with the cipher


class Queue(Protocol):
    """What is measured."""

    def put(self, number: int) -> None:
        """Durable when it returns."""

    def take(self) -> None:
        """The oldest, taken and acknowledged, durable."""

    def fill(self, numbers: range) -> None:
        """A backlog; that takes no time that is measured, so it need not be durable."""


def case(number: int) -> CaseId:
    """The n-th case."""
    return CaseId(new_ulid(1_800_000_000_000 + number, bytes(10)))


@cache
def sealed(number: int) -> Sealed:
    """The n-th message, each in a chain of its own. Kept: what a person does to make one is no queue's time."""
    case_id = case(number)
    return Sealed("submitCase", case_id, "", f"/v1/cases/{case_id}/submit", BODY, f"key-{number}", False)


class _Hasty(ABC):
    """Fills without waiting for the disk; ``connection`` is where."""

    connection: Any

    @abstractmethod
    def put(self, number: int) -> None:
        """One message."""

    def fill(self, numbers: range) -> None:
        self.connection.execute("PRAGMA synchronous = OFF")
        for number in numbers:
            self.put(number)
        self.connection.execute("PRAGMA synchronous = FULL")
        must_be_full(self.connection)


class Floor:
    """The least that any durable queue can cost: append the bytes, wait for the disk; append a note, wait again."""

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def put(self, number: int) -> None:
        os.write(self._handle, BODY)
        os.fdatasync(self._handle)

    def take(self) -> None:
        os.write(self._handle, b"done")
        os.fdatasync(self._handle)

    def fill(self, numbers: range) -> None:
        """It knows no backlog."""


class Raw(_Hasty):
    """A loop by hand, straight on the driver: a bare table of four columns, one transaction each way."""

    def __init__(self, path: Path) -> None:
        self._db = self.connection = _Either.connect(str(path), isolation_level=None)
        for name, value in driver.PRAGMAS.items():
            self._db.execute(f"PRAGMA {name} = {value}")
        self._db.execute(
            "CREATE TABLE q"
            " (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, body BLOB NOT NULL, state TEXT NOT NULL)"
        )
        self._db.execute("CREATE INDEX ready ON q (id) WHERE state = 'ready'")

    def put(self, number: int) -> None:
        self._db.execute("BEGIN IMMEDIATE")
        self._db.execute("INSERT INTO q (key, body, state) VALUES (?, ?, 'ready')", (f"key-{number}", BODY))
        self._db.execute("COMMIT")

    def take(self) -> None:
        row = self._db.execute("SELECT id, body FROM q WHERE state = 'ready' ORDER BY id LIMIT 1").fetchone()
        self._db.execute("BEGIN IMMEDIATE")
        self._db.execute("UPDATE q SET state = 'done', body = x'' WHERE id = ?", (row[0],))
        self._db.execute("COMMIT")


class RawOutbox(Raw):
    """The same loop on the outbox's own table, with what it must hold and find: every column, index and rule."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        for step in migrations.STEPS:
            step(self._db)
        self._now = datetime.now().astimezone().isoformat()

    def put(self, number: int) -> None:
        message = sealed(number)
        self._db.execute("BEGIN IMMEDIATE")
        self._db.execute(
            "INSERT INTO outbox (operation, case_id, slip_code, path, body, key, fact, staff_ref, version, blobs,"
            " state, made_at) VALUES ('submitCase', ?, '', ?, ?, ?, 0, '', NULL, '[]', 'ready', ?)",
            (message.case_id, message.path, BODY, message.key, self._now),
        )
        self._db.execute("COMMIT")

    def take(self) -> None:
        row = self._db.execute(
            "SELECT id, body FROM outbox WHERE state = 'ready' AND state IN ('ready', 'leased') ORDER BY id LIMIT 1"
        ).fetchone()
        self._db.execute("BEGIN IMMEDIATE")
        self._db.execute(
            "UPDATE outbox SET state = 'done', attempts = attempts + 1, sent_at = ?, settled_at = ?, body = x''"
            " WHERE id = ?",
            (self._now, self._now, row[0]),
        )
        self._db.execute("COMMIT")


class Outbox:
    """The outbox as the sync loop works it: what was carried is settled, and ``senders`` more go out, in one
    transaction with one wait. A verdict is therefore on the disk with the next round at the latest; until then its
    row is leased, and is sent again under its key after a power cut. What goes out is marked on the disk before."""

    def __init__(self, path: Path, senders: int = 1) -> None:
        self.store: StoreFile = open_store(path, "file", 0)
        self._now, self._senders = PlatformClock().now(), senders
        self._carried: tuple[Leased, ...] = ()
        self._left = 0

    def put(self, number: int) -> None:
        with self.store.write() as db:
            outbox.put(db, sealed(number), self._now)

    def take(self) -> None:
        if not self._left:
            with self.store.write() as db:
                for row in self._carried:
                    outbox.acknowledge(db, row, self._now, replayed=False)
                self._carried = outbox.lease(db, self._senders)
            self._left = len(self._carried)
        self._left -= 1

    def fill(self, numbers: range) -> None:
        with self.store.write() as db:
            for number in numbers:
                outbox.put(db, sealed(number), self._now)


class PlainOutbox(Outbox):
    """The outbox in a file without the cipher."""

    def __init__(self, path: Path, senders: int = 1) -> None:
        whole = driver.connect
        driver.connect = _connect_in_clear
        try:
            super().__init__(path, senders)
        finally:
            driver.connect = whole


class PersistQueue(_Hasty):
    """Its SQLite queue with acknowledgements: taking marks the row, acknowledging marks it again, a wait for each."""

    def __init__(self, path: Path) -> None:
        self._queue: Any = persistqueue.SQLiteAckQueue(str(path), auto_commit=True)
        self.connection = self._queue._putter
        must_be_full(self.connection)

    def put(self, number: int) -> None:
        self._queue.put(BODY)

    def take(self) -> None:
        self._queue.ack(self._queue.get(block=False))


class LiteQueue(_Hasty):
    """Taking locks the message, done marks it, a wait for each; nothing is emptied or deleted."""

    def __init__(self, path: Path) -> None:
        self._queue: Any = litequeue.LiteQueue(str(path))
        self._queue.conn.execute("PRAGMA synchronous = FULL")
        self.connection = self._queue.conn
        must_be_full(self.connection)

    def put(self, number: int) -> None:
        self._queue.put(BODY.decode())

    def take(self) -> None:
        self._queue.done(self._queue.pop().message_id)


class Huey(_Hasty):
    """Its SQLite storage: taking deletes the row, one wait; whoever dies with it has lost it."""

    def __init__(self, path: Path) -> None:
        self._queue: Any = huey.storage.SqliteStorage(filename=str(path), fsync=True)
        self.connection = self._queue.conn
        must_be_full(self.connection)

    def put(self, number: int) -> None:
        self._queue.enqueue(BODY)

    def take(self) -> None:
        assert self._queue.dequeue()


class DiskCache(_Hasty):
    """A deque over its cache: taking deletes the row, one wait; whoever dies with it has lost it."""

    def __init__(self, path: Path) -> None:
        cache = diskcache.Cache(str(path), sqlite_synchronous=2, eviction_policy="none")
        self._queue: Any = diskcache.Deque.fromcache(cache)
        self.connection = cache._con
        must_be_full(self.connection)

    def put(self, number: int) -> None:
        self._queue.append(BODY)

    def take(self) -> None:
        assert self._queue.popleft()


def must_be_full(connection: Any) -> None:
    """No ratio to a queue that does not wait for the disk."""
    found = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")]
    assert found == ["wal", 2], found


class _Either:
    """Stands for the driver in the libraries: the cipher for paths that ask for it, else the standard library's."""

    OperationalError = (sqlite3.OperationalError, dbapi2.OperationalError)
    IntegrityError = (sqlite3.IntegrityError, dbapi2.IntegrityError)

    @staticmethod
    def Row(cursor: Any, values: Any) -> Any:  # noqa: N802  (its name in the library)
        return (sqlite3 if isinstance(cursor, sqlite3.Cursor) else dbapi2).Row(cursor, values)

    @staticmethod
    def connect(path: str, *arguments: Any, **options: Any) -> Any:
        if _ENCRYPTED not in path:
            return sqlite3.connect(path, *arguments, **options)
        connection = dbapi2.connect(path, *arguments, **options)
        connection.execute(_KEY)
        return connection

    def __getattr__(self, name: str) -> Any:
        return getattr(sqlite3, name)


def let_libraries_encrypt() -> None:
    """From now on a library's queue whose path says so is encrypted."""
    for module in (persistqueue.sqlbase, persistqueue.sqlackqueue, litequeue, huey.storage, diskcache.core):
        module.sqlite3 = _Either()


def _connect_in_clear(path: Path, key: bytes) -> Any:
    connection = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False)
    for name, value in driver.PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {value}")
    return driver.Database(connection)
