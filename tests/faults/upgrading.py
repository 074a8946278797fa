"""Brings a store of an older program up to a newer one, so that it can be cut off or killed in the middle.

python -m tests.faults.upgrading fill STORE VERSION                 a store as the program of that version left it
python -m tests.faults.upgrading upgrade STORE                      today's steps and one more
python -m tests.faults.upgrading STORE PROMISES VERSION upgrade     both, telling what is in it before and after
"""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

from offline_cache import migrations
from offline_cache.database import StoreFile, open_store
from offline_cache.driver import Database
from offline_cache.proof.content import digest
from offline_cache.proof.program import teller

TODAY = migrations.STEPS
ROWS = 150


def further(db: Database) -> None:
    """A step as real ones are: a new column, a table filled from an old one, an index, a table that goes."""
    db.execute("ALTER TABLE outbox ADD COLUMN tag TEXT NOT NULL DEFAULT ''")
    db.execute("CREATE TABLE notes (name TEXT PRIMARY KEY, said TEXT NOT NULL, length INTEGER NOT NULL) STRICT")
    db.execute("INSERT INTO notes SELECT name, value, length(value) FROM meta")
    db.execute("UPDATE notes SET said = said || ' (moved)'")
    db.execute("CREATE INDEX notes_length ON notes (length)")
    db.execute("DROP TABLE meta")


NEXT = (*TODAY, further)


@contextlib.contextmanager
def program_of(version: int) -> Iterator[None]:
    """As if this process were the program whose schema has that version."""
    migrations.STEPS = NEXT[:version]
    try:
        yield
    finally:
        migrations.STEPS = TODAY


def content(store: StoreFile) -> str:
    """Version and content in one word."""
    with store.read() as db:
        return f"{db.execute('PRAGMA user_version').fetchone()[0]}:{digest(db)}"


OWED = "key, case_id, slip_code, operation, path, body, fact, staff_ref, blobs, state, made_at, settled_at, fault"


def deeds(db: Database, version: int) -> None:
    """Acts of a few people in every state that an outbox knows, with the columns of that version."""
    for number in range(24):
        state = ("ready", "done", "dead", "leased")[number % 4]
        settled, fault = ("2026-03-12T10:00:00+08:00", "{}") if state in ("done", "dead") else (None, None)
        case_id, fact = f"CASE-{number % 7}", number % 3 == 0
        row = [
            f"key-{number:02}", case_id, "K2B-001", "recordHandedOver" if fact else "submitCase", "/v1/x",
            b"x" * 100 * number, int(fact), "0317", '["blob"]', state, "2026-03-12T09:00:00+08:00", settled, fault,
        ]  # fmt: skip
        names = OWED
        if version < 3:
            names, row = f"chain, {names}", [f"case:{case_id}", *row]
        db.conn.execute(f"INSERT INTO outbox ({names}) VALUES ({', '.join('?' * len(row))})", row)


def fill(path: Path, version: int) -> str:
    """A store of that version with something in it; what is in it."""
    with program_of(version):
        store = open_store(path, "file", 0)
        for part in range(3):
            with store.write() as db:
                rows = [[f"row {part} {number}", "kept " * 40] for number in range(ROWS // 3)]
                db.conn.executemany("INSERT INTO meta VALUES (?, ?)", rows)
        with store.write() as db:
            deeds(db, version)
        said = content(store)
        store.close()
    return said


def upgrade(path: Path) -> str:
    """By the next program; what is in it then."""
    with program_of(len(NEXT)):
        store = open_store(path, "file", 0)
        said = content(store)
        store.close()
    return said


def main() -> None:
    """The command line above."""
    match sys.argv[1:]:
        case ["fill", store, version]:
            fill(Path(store), int(version))
        case ["upgrade", store]:
            upgrade(Path(store))
        case [store, promises, version, "upgrade"]:
            tell = teller(Path(promises))
            tell(fill(Path(store), int(version)))
            tell(upgrade(Path(store)))


if __name__ == "__main__":
    main()
