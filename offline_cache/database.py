"""The store: one encrypted SQLite file, opened with care, written through one door.

``with store.write() as db:`` is the only way to write (a test forbids every other): it begins IMMEDIATE, so that two
writers wait instead of failing, and it is all or nothing. ``with store.read() as db:`` sees one consistent moment and
never waits for a writer's disk.
"""

import contextlib
import hashlib
import logging
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from kiosk.faults import FaultCode

from . import driver, keys, migrations
from .driver import Database
from .errors import StoreError
from .files import Reserve, StartLock, make_folder, refused, sync_folder, write_durably

log = logging.getLogger(__name__)

RESERVE_BYTES = 4 * 1024 * 1024


class StoreFile:
    """The open store of one terminal. Thread-safe: one writer at a time, readers beside it."""

    def __init__(self, path: Path, key: bytes, writer: Database, reader: Database, lock: StartLock, reserve: Reserve):
        self.path = path
        self._key = key
        self._writer, self._reader = writer, reader
        self._writing, self._reading = threading.Lock(), threading.Lock()
        self._lock, self._reserve = lock, reserve
        self._open = True
        self._door = _Door(writer, self._writing, self._must_be_open, reserve)
        self.holds_residue = False  # bytes that were wiped are still in the write-ahead log

    def key_for(self, purpose: str) -> bytes:
        """A key derived for one purpose, like the audit chain."""
        return keys.derived(self._key, purpose)

    def write(self) -> "_Door":
        """One transaction: all of it is on the disk when the block ends, or nothing is.

        StoreError: disk-full (the reserve is given back, so that settling still works), store-damaged, store-locked.
        ConstraintError: the schema forbids it. Not re-entrant.
        """
        return self._door

    @contextlib.contextmanager
    def read(self) -> Iterator[Database]:
        """Several queries over one and the same moment."""
        with self._reading:
            self._must_be_open()
            with driver.our_errors():
                self._reader.execute("BEGIN")
                try:
                    yield self._reader
                finally:
                    self._reader.execute("ROLLBACK")

    def has_room(self) -> bool:
        """Whether the disk still takes what people do: the reserve is kept aside, or could be again."""
        return self._reserve.keep()

    def checkpoint(self) -> None:
        """Carry the write-ahead log into the file and empty it: only then are deleted bytes gone from the disk.

        StoreError(STORE_LOCKED, busy): somebody outside reads an old moment and holds on to it; to be tried again,
        ``holds_residue`` stays true until then.
        """
        with self._writing, self._reading, driver.our_errors():
            self._must_be_open()
            self.holds_residue = True
            if self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                raise StoreError(FaultCode.STORE_LOCKED, {"reason": "busy"})
            self.holds_residue = False

    def close(self) -> None:
        """Close both connections and let the next start in. Idempotent."""
        with self._writing, self._reading:
            if self._open:
                self._open = False
                self._reader.conn.close()
                self._writer.conn.close()
                self._lock.free()

    def _must_be_open(self) -> None:
        if not self._open:
            raise StoreError(FaultCode.STORE_LOCKED, {"reason": "closed"})


class _Door:
    """The door to write through: one after the other. A class, and made once, because every act goes through it."""

    def __init__(
        self, writer: Database, turn: threading.Lock, must_be_open: Callable[[], None], reserve: Reserve
    ) -> None:
        self._writer, self._turn, self._must_be_open, self._reserve = writer, turn, must_be_open, reserve

    def __enter__(self) -> Database:
        self._turn.acquire()
        try:
            self._must_be_open()
        except StoreError:
            self._turn.release()
            raise
        try:
            self._writer.execute("BEGIN IMMEDIATE")
        except BaseException as error:
            ours = self._give_up(error)
            if ours is not error:
                raise ours from None  # the driver's text may quote a value
            raise
        return self._writer

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if error is None:
            try:
                self._writer.execute("COMMIT")
            except BaseException as late:
                ours = self._give_up(late)
                if ours is not late:
                    raise ours from None
                raise
            self._turn.release()
        elif (ours := self._give_up(error)) is not error:
            raise ours from None

    def _give_up(self, error: BaseException) -> BaseException:
        """Nothing of it stays; what to raise."""
        try:
            # After "disk full" or an input/output error SQLite may have rolled back by itself.
            if self._writer.conn.in_transaction:
                with contextlib.suppress(driver.DriverError):
                    self._writer.execute("ROLLBACK")
            ours = driver.translated(error) if isinstance(error, driver.DriverError) else error
            if isinstance(ours, StoreError) and ours.code is FaultCode.DISK_FULL:
                self._reserve.give_back()
                log.error("disk full: reserve given back")
            return ours
        finally:
            self._turn.release()


def open_store(path: Path, key_source: str, reserve_bytes: int = RESERVE_BYTES) -> StoreFile:
    """Open the terminal's store, or make it on the very first start.

    StoreError: already-running, store-locked (key wrong or missing: the file is left as it is, never replaced),
    store-damaged (a copy is put aside first), store-too-new, disk-full.
    """
    make_folder(path.parent)
    lock = StartLock(_beside(path, ".lock"))
    lock.take()
    try:
        key = keys.store_key(key_source, path)
        fresh = not keys.exists(path)
        if not fresh:
            _must_fit(path, key)
        else:
            write_durably(_beside(path, ".check"), keys.key_check(key).encode("ascii"))
        writer, reader = _connections(path, key, fresh)
        reserve = Reserve(_beside(path, ".reserve"), reserve_bytes)
        reserve.keep()
        return StoreFile(path, key, writer, reader, lock, reserve)
    except BaseException:
        lock.free()
        raise


def open_beside(path: Path, key_source: str) -> Database:
    """A reading connection for the command line, beside a running terminal or without one. Never makes a store."""
    if not keys.exists(path):
        raise StoreError(FaultCode.STORE_LOCKED, {"reason": "no-store"})
    key = keys.store_key(key_source, path)
    _must_fit(path, key)
    database = driver.connect(path, key)
    try:
        database.execute("PRAGMA query_only = 1")
        migrations.must_be_ours(database)
    except BaseException:
        database.conn.close()
        raise
    return database


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _must_fit(path: Path, key: bytes) -> None:
    fits = keys.fits(_beside(path, ".check"), key)
    if fits is None:
        # Without the check file a failure cannot be told from a wrong key: open it if the key is right, else locked.
        try:
            driver.connect(path, key).conn.close()
        except StoreError as error:
            raise StoreError(FaultCode.STORE_LOCKED, {"reason": "key-check-missing"}) from error
        write_durably(_beside(path, ".check"), keys.key_check(key).encode("ascii"))
    elif not fits:
        raise StoreError(FaultCode.STORE_LOCKED, {"reason": "key-wrong"})


def _connections(path: Path, key: bytes, fresh: bool) -> tuple[Database, Database]:
    opened: list[Database] = []
    try:
        with driver.our_errors():
            opened.append(driver.connect(path, key))
            if fresh:
                _owner_only(path)
            must_be_whole(opened[0])
            migrations.bring_up(opened[0])
            opened.append(driver.connect(path, key))
        return opened[0], opened[1]
    except StoreError as error:
        for one in opened:
            one.conn.close()
        if error.code is FaultCode.STORE_DAMAGED:
            put_copy_aside(path)
        raise


def _owner_only(path: Path) -> None:
    try:
        path.chmod(0o600)
        sync_folder(path.parent)
    except OSError as error:
        raise refused(error) from None


def must_be_whole(database: Database) -> None:
    whole = _pages_are_whole(database)
    if not whole:
        # The cipher's check reads the file alone. A power cut while the log is carried into the file leaves pages of
        # it half written, which the log still has whole: carry it again, and only what is then bad is damage.
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        whole = _pages_are_whole(database)
    if not whole or database.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise StoreError(FaultCode.STORE_DAMAGED, {"reason": "integrity"})


def _pages_are_whole(database: Database) -> bool:
    return not database.execute("PRAGMA cipher_integrity_check").fetchmany(1)


def put_copy_aside(path: Path) -> None:
    """A copy for whoever recovers it; once per damage, so that a terminal that restarts all night fills no disk."""
    parts = [part for suffix in ("", "-wal") if (part := _beside(path, suffix)).exists()]
    try:
        digest = hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()[:12]
        for part in parts:
            target = part.with_name(f"{part.name}.damaged-{digest}")
            if not target.exists():
                shutil.copyfile(part, target)
                target.chmod(0o600)
        if os.name == "posix":
            sync_folder(path.parent)
    except OSError as error:
        log.error("damaged store: no copy could be put aside (%s)", error.errno)
