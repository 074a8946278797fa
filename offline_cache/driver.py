"""The only module that knows the SQLite driver: connections with their pragmas, and the driver's errors made ours."""

from pathlib import Path
from typing import Any

import sqlite_utils
from sqlcipher3 import dbapi2

from kiosk.faults import FaultCode

from .errors import ConstraintError, StoreError

BUSY_MILLISECONDS = 5000
WAL_LIMIT_BYTES = 4 * 1024 * 1024

# What must hold on every connection, as SQLite reports it back.
PRAGMAS: dict[str, Any] = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: with WAL and NORMAL a power cut loses acknowledged rows
    "foreign_keys": 1,
    "secure_delete": 1,
    "busy_timeout": BUSY_MILLISECONDS,
    "cache_size": -8192,  # KiB: after a day's outage the index of what waits is not decrypted anew for each
    "temp_store": 2,  # memory: no temporary file ever holds a page in clear
    "journal_size_limit": WAL_LIMIT_BYTES,
}

# Primary result codes of SQLite.
_BUSY, _LOCKED, _PROTOCOL = 5, 6, 15  # somebody else holds it, for longer than anybody waits
_READ_ONLY, _IO, _CORRUPT, _FULL, _CANNOT_OPEN, _CONSTRAINT, _NOT_A_DATABASE = 8, 10, 11, 13, 14, 19, 26
_CODES = {
    _BUSY: (FaultCode.STORE_LOCKED, "busy"),
    _LOCKED: (FaultCode.STORE_LOCKED, "busy"),
    _PROTOCOL: (FaultCode.STORE_LOCKED, "busy"),
    _READ_ONLY: (FaultCode.STORE_LOCKED, "read-only"),
    _IO: (FaultCode.STORE_DAMAGED, "input-output"),
    _CORRUPT: (FaultCode.STORE_DAMAGED, "corrupt"),
    _FULL: (FaultCode.DISK_FULL, "no-space"),
    _CANNOT_OPEN: (FaultCode.STORE_LOCKED, "cannot-open"),
    _NOT_A_DATABASE: (FaultCode.STORE_DAMAGED, "not-a-database"),
}

ENGINE = f"SQLite {dbapi2.sqlite_version}"

DriverError = dbapi2.Error


class Database(sqlite_utils.Database):  # type: ignore[misc]  # it publishes no types
    """sqlite-utils over one connection of ours. Such a connection begins nothing by itself, so a statement goes
    straight to it: what the library does around each, to end what it may have begun, would cost more than many of
    them."""

    def execute(self, sql: str, parameters: Any = None) -> Any:
        """One statement; its cursor."""
        return self.conn.execute(sql, parameters or ())


def translated(error: Exception) -> Exception:
    """The driver's error as ours; what is not an expected failure (a wrong statement) comes back as it is."""
    code = getattr(error, "sqlite_errorcode", 0)
    if code & 0xFF == _CONSTRAINT:
        return ConstraintError(str(getattr(error, "sqlite_errorname", "")))
    if found := _CODES.get(code & 0xFF):
        return StoreError(found[0], {"reason": found[1], "sqlite": str(code)})
    return error


class _OurErrors:
    """A class, because a generator for every transaction costs as much as a statement."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, DriverError) and (ours := translated(error)) is not error:
            raise ours from None  # the driver's text may quote a value


_OUR_ERRORS = _OurErrors()


def our_errors() -> _OurErrors:
    """Let no class of the driver out."""
    return _OUR_ERRORS


def connect(path: Path, key: bytes) -> Database:
    """Open one connection: key first, then the pragmas, each asserted. Autocommit; usable from any thread.

    ``path`` must be readable with ``key``; a file that is not raises StoreError(STORE_DAMAGED, not-a-database), for
    the cipher cannot tell a wrong key from a damaged first page.
    """
    with our_errors():
        connection = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False)
    try:
        with our_errors():
            connection.execute("PRAGMA cipher_log_level = NONE")  # a wrong key would write to stderr
            connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            for name, value in PRAGMAS.items():
                connection.execute(f"PRAGMA {name} = {value}")
        database = Database(connection)
        assert_pragmas(database)
    except BaseException:
        connection.close()
        raise
    return database


def assert_pragmas(database: Database) -> None:
    """Every promise about durability and residue, as the connection itself reports it."""
    for name, wanted in PRAGMAS.items():
        got = database.execute(f"PRAGMA {name}").fetchone()[0]
        if got != wanted:
            raise StoreError(FaultCode.STORE_LOCKED, {"reason": "pragma", "pragma": name, "value": str(got)})
    if not database.execute("PRAGMA cipher_version").fetchone():
        raise StoreError(FaultCode.STORE_LOCKED, {"reason": "no-cipher"})
