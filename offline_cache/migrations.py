"""The store's schema, forward only: every step in its own transaction, an older program refuses a newer store."""

from collections.abc import Callable

from kiosk.faults import FaultCode

from .driver import Database
from .errors import StoreError

_FIRST = (
    # Small facts of the store itself: feed cursor, epoch, what the platform has of the audit trail.
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    # What people did and the platform has not acknowledged. The only table that people's acts write to.
    """CREATE TABLE outbox (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        key TEXT NOT NULL UNIQUE,
        chain TEXT NOT NULL,
        case_id TEXT NOT NULL,
        slip_code TEXT NOT NULL,
        operation TEXT NOT NULL,
        path TEXT NOT NULL,
        body BLOB NOT NULL,
        fact INTEGER NOT NULL CHECK (fact IN (0, 1)),
        version INTEGER,
        staff_ref TEXT NOT NULL,
        blobs TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('ready', 'leased', 'done', 'dead')),
        attempts INTEGER NOT NULL DEFAULT 0,
        made_at TEXT NOT NULL,
        sent_at TEXT,
        settled_at TEXT,
        replayed INTEGER NOT NULL DEFAULT 0,
        gave_up INTEGER NOT NULL DEFAULT 0,
        fault TEXT,
        superseded_by INTEGER
    ) STRICT""",
    # Without these three partial indexes a long outage makes every take walk the whole backlog.
    "CREATE INDEX outbox_ready ON outbox (id) WHERE state = 'ready'",
    "CREATE INDEX outbox_owed ON outbox (chain, id) WHERE state IN ('ready', 'leased')",
    "CREATE INDEX outbox_parked ON outbox (chain, id) WHERE state = 'dead' AND superseded_by IS NULL",
    "CREATE INDEX outbox_case ON outbox (case_id, id)",
    # The exact bytes of a deed are what its key stands for: made once, never changed, only emptied when settled.
    """CREATE TRIGGER outbox_bytes_stay BEFORE UPDATE OF key, chain, path, body, operation ON outbox
       WHEN NOT (new.key = old.key AND new.chain = old.chain AND new.path = old.path
                 AND new.operation = old.operation
                 AND (new.body = old.body
                      OR (new.body = x'' AND (new.state = 'done' OR new.superseded_by IS NOT NULL))))
       BEGIN SELECT RAISE(ABORT, 'the bytes of a deed never change'); END""",
    """CREATE TABLE blobs (
        id TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        data BLOB NOT NULL,
        kept_at TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE cases (
        id TEXT PRIMARY KEY,
        slip_code TEXT NOT NULL,
        state TEXT NOT NULL,
        version INTEGER NOT NULL,
        body BLOB NOT NULL,
        as_of TEXT NOT NULL,
        changed INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX cases_slip ON cases (slip_code)",
    "CREATE INDEX cases_changed ON cases (changed)",
    # Cases that changed on the platform and are yet to be fetched.
    "CREATE TABLE stale (case_id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
    """CREATE TABLE handovers (
        id TEXT PRIMARY KEY,
        case_id TEXT NOT NULL,
        body BLOB NOT NULL,
        kept_at TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX handovers_case ON handovers (case_id)",
    """CREATE TABLE packs (
        name TEXT PRIMARY KEY,
        version TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        body BLOB NOT NULL,
        as_of TEXT NOT NULL
    ) STRICT, WITHOUT ROWID""",
    # Visits that are over while something of them was still owed, or whose draft may yet be claimed.
    "CREATE TABLE leaving (case_id TEXT PRIMARY KEY, since TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE audit (seq INTEGER PRIMARY KEY, body BLOB NOT NULL, digest TEXT NOT NULL) STRICT",
    """CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
       BEGIN SELECT RAISE(ABORT, 'the audit trail never changes'); END""",
    """CREATE TRIGGER audit_grows BEFORE DELETE ON audit
       BEGIN SELECT RAISE(ABORT, 'the audit trail only grows'); END""",
)


def _first(database: Database) -> None:
    for statement in _FIRST:
        database.execute(statement)


def _second(database: Database) -> None:
    # What the drafts of this machine build on, so that another terminal's answers are never written over.
    database.execute(
        """CREATE TABLE bases (
        case_id TEXT PRIMARY KEY,
        version INTEGER NOT NULL,
        form BLOB NOT NULL,
        joined BLOB
    ) STRICT, WITHOUT ROWID"""
    )


_COLUMNS = (
    "id, key, case_id, slip_code, operation, path, body, fact, version, staff_ref, blobs, state, attempts, made_at,"
    " sent_at, settled_at, replayed, gave_up, fault, superseded_by"
)
# The outbox with fewer pages to write for every act: what a case has done here is found by the index that forbids
# doubles, what waits by one index that also counts it, and numbers need no table of their own (a number may come
# again once its row is gone, so a verdict is written by number and key).
_LEANER = (
    """CREATE TABLE leaner (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL,
        case_id TEXT NOT NULL,
        slip_code TEXT NOT NULL,
        operation TEXT NOT NULL,
        path TEXT NOT NULL,
        body BLOB NOT NULL,
        fact INTEGER NOT NULL CHECK (fact IN (0, 1)),
        version INTEGER,
        staff_ref TEXT NOT NULL,
        blobs TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('ready', 'leased', 'done', 'dead')),
        attempts INTEGER NOT NULL DEFAULT 0,
        made_at TEXT NOT NULL,
        sent_at TEXT,
        settled_at TEXT,
        replayed INTEGER NOT NULL DEFAULT 0,
        gave_up INTEGER NOT NULL DEFAULT 0,
        fault TEXT,
        superseded_by INTEGER
    ) STRICT""",
    f"INSERT INTO leaner ({_COLUMNS}) SELECT {_COLUMNS} FROM outbox ORDER BY id",
    "DROP TABLE outbox",
    "ALTER TABLE leaner RENAME TO outbox",
    # The same act twice in one case is no second act.
    "CREATE UNIQUE INDEX outbox_acts ON outbox (case_id, key)",
    # Without these two partial indexes a long outage makes every take walk the whole backlog.
    "CREATE INDEX outbox_waiting ON outbox (state, id) WHERE state IN ('ready', 'leased')",
    "CREATE INDEX outbox_parked ON outbox (case_id, id) WHERE state = 'dead' AND superseded_by IS NULL",
    """CREATE TRIGGER outbox_bytes_stay BEFORE UPDATE OF key, case_id, path, body, operation ON outbox
       WHEN NOT (new.key = old.key AND new.case_id = old.case_id AND new.path = old.path
                 AND new.operation = old.operation
                 AND (new.body = old.body
                      OR (new.body = x'' AND (new.state = 'done' OR new.superseded_by IS NOT NULL))))
       BEGIN SELECT RAISE(ABORT, 'the bytes of a deed never change'); END""",
)


def _third(database: Database) -> None:
    for statement in _LEANER:
        database.execute(statement)


def _fourth(database: Database) -> None:
    # The custody store of the hall as the platform last told it.
    database.execute("CREATE TABLE stock (name TEXT PRIMARY KEY, body BLOB NOT NULL) STRICT")


def _fifth(database: Database) -> None:
    # A digest for every thousand entries of the audit trail that were checked when they were written.
    database.execute("CREATE TABLE audit_seals (last INTEGER PRIMARY KEY, seal TEXT NOT NULL) STRICT")


def _sixth(database: Database) -> None:
    # The hand-over of a shift that was counted here last, and the one that was taken last: what their sheets say.
    # ``after``: the newest audit entry at that moment.
    database.execute(
        """CREATE TABLE shifts (
        name TEXT PRIMARY KEY CHECK (name IN ('offered', 'taken')),
        after INTEGER NOT NULL,
        body BLOB NOT NULL
    ) STRICT, WITHOUT ROWID"""
    )


# Position in the tuple + 1 is the schema version that a step leads to.
STEPS: tuple[Callable[[Database], None], ...] = (_first, _second, _third, _fourth, _fifth, _sixth)


def bring_up(database: Database) -> None:
    """From whatever version to ours; StoreError(STORE_TOO_NEW) leaves the store as it is."""
    for version in range(must_be_ours(database), len(STEPS)):
        database.execute("BEGIN IMMEDIATE")
        try:
            STEPS[version](database)
            database.execute(f"PRAGMA user_version = {version + 1}")
            database.execute("COMMIT")
        except BaseException:
            if database.conn.in_transaction:
                database.execute("ROLLBACK")
            raise


def must_be_ours(database: Database) -> int:
    """The store's schema version; StoreError(STORE_TOO_NEW) when a newer program wrote it."""
    version = int(database.execute("PRAGMA user_version").fetchone()[0])
    if version > len(STEPS):
        raise StoreError(FaultCode.STORE_TOO_NEW, {"store": str(version), "program": str(len(STEPS))})
    return version
