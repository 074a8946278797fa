"""A damaged store is set aside, and what can still be read of it goes on in a new one: what people did and the
platform has not acknowledged, under the same keys, so that nothing of it can happen twice.

Reading goes row by row around damaged pages. What only mirrors the platform is not carried over: it comes back from
there. The new store is made beside the damaged one and takes its place when it is whole; cut off before, nothing has
changed, and the command is run again.
"""

import contextlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.audit import GENESIS, link
from kiosk.faults import FaultCode

from . import database, driver, keys, migrations, mirror
from .driver import Database
from .errors import StoreError
from .files import StartLock, sync_folder

_DONE = "salvaged"  # stays in the new store: when it was carried over, and how much
_AUDIT_MEMORY = ("audit_sent", "audit_pending")
_Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was carried over. ``unreadable``: deeds that could not be read, as far as their numbers tell."""

    deeds: int
    unreadable: int
    signatures: int
    audit_entries: int
    audit_cut: bool  # entries behind those are lost: the platform keeps the head and will say so


class _Wreck:
    """The damaged store, read around its damages. A connection that met one is not used again."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path, self._key = path, key
        self._db: Database | None = None
        self.lost = 0

    def ask(self, query: str, *values: object) -> list[_Row] | None:
        """The rows, or None where they cannot be read."""
        try:
            if self._db is None:
                self._db = driver.connect(self._path, self._key)
                self._db.execute("PRAGMA query_only = 1")
            return list(self._db.execute(query, list(values)).fetchall())
        except (driver.DriverError, StoreError):
            self.close()
            return None

    def rows(self, table: str, columns: str, low: int, high: int) -> Iterator[_Row]:
        """Every readable row of a range, halved until the damage is single rows."""
        if low == high:  # asked for alone: a range also looks at what follows it
            found = self.ask(f"SELECT {columns} FROM {table} WHERE rowid = ?", low)
        else:
            between = f"SELECT {columns} FROM {table} WHERE rowid BETWEEN ? AND ? ORDER BY rowid"
            found = self.ask(between, low, high)
        if found is not None:
            yield from found
        elif low == high:
            self.lost += 1
        else:
            middle = (low + high) // 2
            yield from self.rows(table, columns, low, middle)
            yield from self.rows(table, columns, middle + 1, high)

    def all(self, table: str, columns: str = "*") -> Iterator[_Row]:
        """Every readable row of a table."""
        last = self.ask(f"SELECT max(rowid) FROM {table}")
        if last is None:  # the last page is a damaged one
            last = [(max(self._listed(table), default=0),)]
        if last and last[0][0]:
            yield from self.rows(table, columns, 1, int(last[0][0]))

    def _listed(self, table: str) -> Iterator[int]:
        """The greatest number that each index of a table knows of; stores of older programs counted deeds as well."""
        indexes = self.ask("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ?", table) or []
        for name, sql in indexes:
            part = (sql or "").partition(" WHERE ")[2] or "true"
            for row in self.ask(f"SELECT max(rowid + 0) FROM {table} INDEXED BY {name} WHERE {part}") or []:
                yield int(row[0] or 0)
        for row in self.ask("SELECT seq FROM sqlite_sequence WHERE name = ?", table) or []:
            yield int(row[0])

    def shared(self, table: str, made: Database) -> str:
        """The columns that a table has in both stores: what else an older one has, the newer one knows without."""
        today = [row[1] for row in made.execute(f"PRAGMA table_info({table})").fetchall()]
        there = {row[1] for row in self.ask(f"PRAGMA table_info({table})") or []}
        return ", ".join(name for name in today if name in there)

    def has(self, table: str) -> bool:
        """Older stores lack a table or two."""
        return bool(self.ask("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", table))

    def close(self) -> None:
        """Let go."""
        if self._db is not None:
            with contextlib.suppress(driver.DriverError):
                self._db.conn.close()
            self._db = None


def salvage(path: Path, key_source: str) -> Salvaged | None:
    """Carry what is readable into a new store at the same place; None: the store is whole, and nothing was done.

    StoreError: already-running; store-locked (no store, no key, the wrong key); store-damaged (the first page is
    gone: then no key opens it); store-too-new; disk-full. A copy of the damaged store stays beside the new one.
    """
    lock = StartLock(path.with_name(path.name + ".lock"))
    lock.take()
    try:
        with driver.our_errors():
            key = keys.store_key(key_source, path)
            fresh = path.with_name(path.name + ".salvage")
            if not _is_done(fresh, key):
                if _is_whole(path, key_source):
                    return None
                database.put_copy_aside(path)
                _build(path, fresh, key)
            return _take_place(path, fresh, key)
    finally:
        lock.free()


def _is_whole(path: Path, key_source: str) -> bool:
    found = database.open_beside(path, key_source)
    try:
        with driver.our_errors():
            database.must_be_whole(found)
    except StoreError as error:
        if error.code is not FaultCode.STORE_DAMAGED:
            raise
        return False
    finally:
        found.conn.close()
    return True


def _is_done(fresh: Path, key: bytes) -> bool:
    """Whether an earlier run was cut off after everything was carried over."""
    if not keys.exists(fresh):
        return False
    made = driver.connect(fresh, key)
    try:
        return bool(migrations.must_be_ours(made) and mirror.recall(made, _DONE))
    finally:
        made.conn.close()


def _build(path: Path, fresh: Path, key: bytes) -> None:
    for part in (fresh, fresh.with_name(fresh.name + "-wal"), fresh.with_name(fresh.name + "-shm")):
        part.unlink(missing_ok=True)
    wreck, made = _Wreck(path, key), driver.connect(fresh, key)
    try:
        fresh.chmod(0o600)
        migrations.bring_up(made)
        made.execute("BEGIN IMMEDIATE")
        done = _carry(wreck, made, keys.derived(key, "audit"))
        mirror.remember(made, _DONE, json.dumps([done.deeds, done.unreadable, done.signatures, done.audit_entries,
                                                 done.audit_cut]))  # fmt: skip
        made.execute("COMMIT")
        made.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        made.conn.close()
        wreck.close()


def _carry(wreck: _Wreck, made: Database, audit_key: bytes) -> Salvaged:
    columns = wreck.shared("outbox", made)
    deeds = list(wreck.all("outbox", columns))
    lost = wreck.lost
    _put(made, f"outbox ({columns})", deeds)
    blobs = list(wreck.all("blobs"))
    _put(made, "blobs", blobs)
    _put(made, "handovers", list(wreck.all("handovers")))
    if wreck.has("shifts"):
        _put(made, "shifts", list(wreck.all("shifts")))
    made.execute("UPDATE outbox SET state = 'ready' WHERE state = 'leased'")
    for case_id in [row[0] for row in made.execute("SELECT DISTINCT case_id FROM outbox").fetchall()]:
        for table in ("bases", "leaving"):
            if wreck.has(table):
                _put(made, table, wreck.ask(f"SELECT * FROM {table} WHERE case_id = ?", case_id) or [])
    entries, cut = _carry_audit(wreck, made, audit_key)
    return Salvaged(len(deeds), lost, len(blobs), entries, cut)


def _carry_audit(wreck: _Wreck, made: Database, key: bytes) -> tuple[int, bool]:
    """The trail up to the first entry that does not fit: behind a gap no entry proves anything."""
    count, previous = 0, GENESIS
    every = sorted(wreck.all("audit"))
    for seq, body, digest in every:
        if seq != count + 1 or link(key, previous, seq, bytes(body)) != digest:
            break
        made.execute("INSERT INTO audit VALUES (?, ?, ?)", [seq, body, digest])
        count, previous = seq, digest
    last = wreck.ask("SELECT max(seq) FROM audit")
    cut = count < len(every) or last is None or (last[0][0] or 0) > count
    if not cut:
        for name in _AUDIT_MEMORY:
            for row in wreck.ask("SELECT value FROM meta WHERE name = ?", name) or []:
                mirror.remember(made, name, str(row[0]))
    return count, cut


def _put(made: Database, table: str, rows: list[_Row]) -> None:
    for row in rows:
        made.execute(f"INSERT OR IGNORE INTO {table} VALUES ({', '.join('?' * len(row))})", list(row))


def _take_place(path: Path, fresh: Path, key: bytes) -> Salvaged:
    """The damaged store's log must be gone before the new one stands there: it would be read into it."""
    made = driver.connect(fresh, key)
    try:
        deeds, unreadable, signatures, entries, cut = json.loads(mirror.recall(made, _DONE))
    finally:
        made.conn.close()
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    os.replace(fresh, path)  # noqa: PTH105  (one call, atomic on both systems)
    for suffix in ("-wal", "-shm"):
        fresh.with_name(fresh.name + suffix).unlink(missing_ok=True)
    sync_folder(path.parent)
    return Salvaged(deeds, unreadable, signatures, entries, cut)
