"""One store behind one door: an SQLite file with one writer at a time, or PostgreSQL for several server processes.

Whoever comes through the door meets no driver's words: a lock not had, a deadlock, a database that restarts are all
the same refusal, ``store-unavailable`` with a time to come again. Nothing was done, or the same key tells what was.
"""

import contextlib
import logging
from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite

from . import migrations
from .migrations import StoreError
from .refusal import Refused
from .turns import Turns

log = logging.getLogger(__name__)

_WRITER_PATIENCE = 5.0  # seconds; the same for a writer of SQLite and a lock of PostgreSQL
_LITE_POOL: dict[str, Any] = {"pool_size": 10, "max_overflow": 40}
_LITE_ARGUMENTS: dict[str, Any] = {"timeout": _WRITER_PATIENCE, "check_same_thread": False}
# Twenty connections at most, so that four processes fit into PostgreSQL's hundred. The ping finds out before the act
# that the database was restarted meanwhile.
_CITY_POOL: dict[str, Any] = {"pool_size": 8, "max_overflow": 12, "pool_timeout": 5, "pool_pre_ping": True}
_CITY_ARGUMENTS: dict[str, Any] = {
    "application_name": "qiban-platform",
    "connect_timeout": 5,
    # a network that swallows everything ends in an error, not in a wait for ever
    "keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 15_000,
    # and a process that vanished in the middle of an act gives its locks back
    "options": f"-c lock_timeout={int(_WRITER_PATIENCE * 1000)} -c statement_timeout=30s -c synchronous_commit=on "
               "-c idle_in_transaction_session_timeout=15s",
}  # fmt: skip
_LOCK_NOT_HAD = "55P03"
_TRY_AGAIN = {_LOCK_NOT_HAD, "40001", "40P01", "57014"}  # serialization, deadlock, statement took too long
_ONE_AT_A_TIME = 0x51696261  # the advisory lock of a process that starts


class Store:
    """Thread-safe. ``write`` is a whole transaction; whatever is raised inside rolls it back.

    StoreError: the URL is none, or its driver is not installed.
    """

    def __init__(self, url: str) -> None:
        if not url.startswith(("sqlite", "postgresql+psycopg:")):
            raise StoreError("the database must be a file or postgresql://…")
        self._lite = url.startswith("sqlite")
        self._writers = Turns()
        self._away = False
        try:
            self._writing = self._engine(url)
            self._where = self._writing.url.render_as_string(hide_password=True)
            self._reading = self._engine(url) if self._lite else self._snapshots()
        except ModuleNotFoundError as error:
            raise StoreError(f"the database needs the Python package {error.name}, see docs/city.md") from None
        except (sa.exc.ArgumentError, ValueError):
            raise StoreError("the database's address cannot be read") from None  # it may hold a password
        if self._lite:
            for engine, begin in ((self._writing, "BEGIN IMMEDIATE"), (self._reading, "BEGIN")):
                event.listen(engine, "connect", _prepare_sqlite)
                event.listen(engine, "begin", _Begin(begin))
        self._insert: Any = sqlite.insert if self._lite else postgresql.insert

    def _engine(self, url: str) -> sa.Engine:
        arguments, pool = (_LITE_ARGUMENTS, _LITE_POOL) if self._lite else (_CITY_ARGUMENTS, _CITY_POOL)
        # hidden: what is bound to a statement are names and numbers of people
        return sa.create_engine(url, connect_args=arguments, hide_parameters=True, **pool)

    def _snapshots(self) -> sa.Engine:
        # The same pool. On SQLite every transaction is a consistent look, here it has to be asked for.
        return self._writing.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @contextlib.contextmanager
    def opening(self) -> Iterator[None]:
        """One process at a time: several may start at once on an empty PostgreSQL. An SQLite file has one process."""
        if self._lite:
            yield
            return
        with self._or_say_why(), self._writing.connect() as c:
            c.execution_options(isolation_level="AUTOCOMMIT")
            c.exec_driver_sql("SET lock_timeout = '60s'")
            c.exec_driver_sql(f"SELECT pg_advisory_lock({_ONE_AT_A_TIME})")
            try:
                yield
            finally:
                c.invalidate()  # the lock and the setting go with the connection

    def create(self, fill: Callable[[sa.Connection], None] | None = None) -> bool:
        """Make the tables, or bring older ones up to this program; True when the database was empty.

        ``fill`` runs in the same transaction: no database is ever left with tables and nothing in them.
        StoreError: cannot be reached, not ours, or of a newer program.
        """
        with self._or_say_why(), self.write() as c:
            if not self._lite:
                c.exec_driver_sql("SET LOCAL statement_timeout = 0")  # a step may take its time
                if c.exec_driver_sql("SHOW server_encoding").scalar() != "UTF8":
                    raise StoreError(f"the database {self._where} must be made with ENCODING 'UTF8'")
            new = migrations.bring_up(c)
            if new and fill is not None:
                fill(c)
            return new

    @contextlib.contextmanager
    def _or_say_why(self) -> Iterator[None]:
        try:
            yield
        except (Refused, sa.exc.DBAPIError) as error:
            cause = error if isinstance(error, sa.exc.DBAPIError) else error.__cause__
            reason = _first_line(cause) if isinstance(cause, sa.exc.DBAPIError) else "somebody else is writing"
            raise StoreError(f"the database {self._where} cannot be opened: {reason}") from None

    @contextlib.contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """A transaction that may change something."""
        if self._lite and not self._writers.take(_WRITER_PATIENCE):
            raise Refused("store-unavailable", retry_after=1)
        try:
            with self._in_plain_words(), self._writing.begin() as c:
                yield c
        finally:
            if self._lite:
                self._writers.give()

    @contextlib.contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A consistent look."""
        with self._in_plain_words(), self._reading.begin() as c:
            yield c

    def insert_new(self, c: sa.Connection, table: sa.Table, values: dict[str, Any]) -> bool:
        """Insert unless the key is there already; True when it was new. Waits for whoever is inserting the same.

        Never by row count: that of an INSERT is -1 on one of the drivers.
        """
        key = next(iter(table.primary_key.columns))
        made = self._insert(table).values(**values).on_conflict_do_nothing().returning(key)
        return c.execute(made).first() is not None

    def close(self) -> None:
        """Let go of every connection."""
        self._writing.dispose()
        self._reading.dispose()

    @contextlib.contextmanager
    def _in_plain_words(self) -> Iterator[None]:
        try:
            yield
        except sa.exc.TimeoutError:
            log.warning("every connection to the database is taken")
            raise Refused("store-unavailable", retry_after=1) from None
        except sa.exc.DBAPIError as error:
            if not isinstance(error, sa.exc.OperationalError) and not error.connection_invalidated:
                raise
            self._complain(error)
            raise Refused("store-unavailable", retry_after=1) from error
        self._away = False

    def _complain(self, error: sa.exc.DBAPIError) -> None:
        if _state(error) in _TRY_AGAIN:
            log.warning("a transaction was given up: %s", _first_line(error))
        elif not self._away:  # once per outage, not once per request
            self._away = True
            log.warning("the database does not answer: %s", _first_line(error))


def lock_not_had(error: sa.exc.DBAPIError) -> bool:
    """Whether somebody else held what was wanted for longer than anybody waits."""
    return _state(error) == _LOCK_NOT_HAD


def _state(error: sa.exc.DBAPIError) -> str:
    return getattr(error.orig, "sqlstate", None) or ""


def _first_line(error: sa.exc.DBAPIError) -> str:
    # The lines below may quote a row.
    return str(error.orig).strip().partition("\n")[0]


class _Begin:
    def __init__(self, words: str) -> None:
        self._words = words

    def __call__(self, connection: sa.Connection) -> None:
        connection.exec_driver_sql(self._words)


def _prepare_sqlite(raw: Any, _record: Any) -> None:
    raw.isolation_level = None  # the driver's own BEGIN would be a plain one
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=5000"):
        raw.execute("PRAGMA " + pragma).close()
