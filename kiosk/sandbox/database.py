"""One database, one writer at a time on SQLite, and the transaction every act runs in."""

import contextlib
import threading
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite

from . import tables as t
from .refusal import Refused

SCHEMA_VERSION = "2"
_WRITER_PATIENCE = 5.0  # seconds


class Store:
    """Thread-safe. ``write`` is a whole transaction; whatever is raised inside rolls it back."""

    def __init__(self, url: str) -> None:
        self._lite = url.startswith("sqlite")
        self._one_writer = threading.Lock()
        arguments: dict[str, Any] = {"timeout": 10, "check_same_thread": False} if self._lite else {}
        pool: dict[str, Any] = {"pool_size": 10, "max_overflow": 40}
        self._writing = sa.create_engine(url, connect_args=arguments, **pool)
        self._reading = self._writing
        if self._lite:
            self._reading = sa.create_engine(url, connect_args=arguments, **pool)
            for engine, begin in ((self._writing, "BEGIN IMMEDIATE"), (self._reading, "BEGIN")):
                event.listen(engine, "connect", _prepare_sqlite)
                event.listen(engine, "begin", _Begin(begin))
        self._insert: Any = sqlite.insert if self._lite else postgresql.insert

    def create(self) -> bool:
        """Make the tables; True when the database was empty."""
        with self.write() as c:
            t.md.create_all(c)
            found = c.execute(sa.select(t.meta.c.value).where(t.meta.c.key == "schema_version")).scalar()
            if found is None:
                c.execute(t.meta.insert().values(key="schema_version", value=SCHEMA_VERSION))
                return True
        if found != SCHEMA_VERSION:
            raise ValueError(f"the database has schema {found}, this program knows {SCHEMA_VERSION}")
        return False

    @contextlib.contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """A transaction that may change something."""
        if self._lite and not self._one_writer.acquire(timeout=_WRITER_PATIENCE):
            raise Refused("store-unavailable", retry_after=1)
        try:
            with self._writing.begin() as c:
                yield c
        finally:
            if self._lite:
                self._one_writer.release()

    @contextlib.contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A consistent look."""
        with self._reading.begin() as c:
            yield c

    def insert_new(self, c: sa.Connection, table: sa.Table, values: dict[str, Any]) -> bool:
        """Insert unless the key is there already; True when it was new.

        Never by row count: that of an INSERT is -1 on one of the drivers.
        """
        key = next(iter(table.primary_key.columns))
        made = self._insert(table).values(**values).on_conflict_do_nothing().returning(key)
        return c.execute(made).first() is not None

    def close(self) -> None:
        """Let go of every connection."""
        self._writing.dispose()
        self._reading.dispose()


class _Begin:
    def __init__(self, words: str) -> None:
        self._words = words

    def __call__(self, connection: sa.Connection) -> None:
        connection.exec_driver_sql(self._words)


def _prepare_sqlite(raw: Any, _record: Any) -> None:
    raw.isolation_level = None  # the driver's own BEGIN would be a plain one
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        raw.execute("PRAGMA " + pragma).close()
