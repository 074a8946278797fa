"""The mirror: the platform's last word about cases, hand-overs and packs, as it said it.

Bodies are kept as they came and translated when they are read, so that a newer program reads old answers its own way.
Only answers of the platform are written here.
"""

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.ids import CaseId
from kiosk.domain.private import Private

from .driver import Database
from .wire import CaseSaid


@dataclass(frozen=True, slots=True, repr=False)
class MirroredCase(Private):
    """A case as the platform last told it."""

    id: CaseId
    slip_code: str
    state: str
    version: int
    body: bytes
    as_of: datetime


_CASE = "id, slip_code, state, version, body, as_of"


def keep_case(db: Database, case: MirroredCase) -> bool:
    """Keep what the platform said; an older answer that comes late changes nothing. Whether anything is new."""
    known = version(db, case.id)
    if known is not None and known > case.version:
        return False
    changed = known != case.version or body(db, case.id) != case.body
    db.execute(
        "INSERT INTO cases (id, slip_code, state, version, body, as_of, changed)"
        " VALUES (?, ?, ?, ?, ?, ?, (SELECT coalesce(max(changed), 0) + 1 FROM cases))"
        " ON CONFLICT (id) DO UPDATE SET slip_code = excluded.slip_code, state = excluded.state,"
        " version = excluded.version, body = excluded.body, as_of = excluded.as_of,"
        " changed = CASE WHEN ? THEN excluded.changed ELSE cases.changed END",
        [case.id, case.slip_code, case.state, case.version, case.body, case.as_of.isoformat(), int(changed)],
    )
    return changed


def keep_said(db: Database, said: CaseSaid, now: datetime) -> bool:
    """Keep an answer about a case."""
    case_ = said.case
    return keep_case(db, MirroredCase(case_.id, case_.slip_code, case_.state.value, case_.version, said.body, now))


def case(db: Database, case_id: CaseId) -> MirroredCase | None:
    """One case."""
    row = db.execute(f"SELECT {_CASE} FROM cases WHERE id = ?", [case_id]).fetchone()
    return None if row is None else _case(row)


def cases(db: Database) -> tuple[MirroredCase, ...]:
    """Everything mirrored, newest change first."""
    return tuple(_case(row) for row in db.execute(f"SELECT {_CASE} FROM cases ORDER BY changed DESC").fetchall())


def changes(db: Database) -> tuple[int, int]:
    """The number of the newest change, and how many cases there are."""
    row = db.execute("SELECT coalesce(max(changed), 0), count(*) FROM cases").fetchone()
    return int(row[0]), int(row[1])


def changed_since(db: Database, change: int) -> tuple[tuple[CaseId, bytes], ...]:
    """The cases that changed behind that number, oldest change first."""
    rows = db.execute("SELECT id, body FROM cases WHERE changed > ? ORDER BY changed", [change]).fetchall()
    return tuple((CaseId(row[0]), bytes(row[1])) for row in rows)


def case_of_slip(db: Database, slip_code: str) -> CaseId | None:
    """The case of a slip."""
    row = db.execute("SELECT id FROM cases WHERE slip_code = ? ORDER BY changed DESC LIMIT 1", [slip_code]).fetchone()
    return None if row is None else CaseId(row[0])


def version(db: Database, case_id: CaseId) -> int | None:
    """The platform's version of a case; None when it is not mirrored."""
    row = db.execute("SELECT version FROM cases WHERE id = ?", [case_id]).fetchone()
    return None if row is None else int(row[0])


def body(db: Database, case_id: CaseId) -> bytes | None:
    """The platform's own words."""
    row = db.execute("SELECT body FROM cases WHERE id = ?", [case_id]).fetchone()
    return None if row is None else bytes(row[0])


def forget_versions(db: Database) -> None:
    """The platform was restored: any version it names now is news, and everything is to be fetched again."""
    db.execute("UPDATE cases SET version = 0")
    db.execute("INSERT INTO stale SELECT id FROM cases WHERE true ON CONFLICT (case_id) DO NOTHING")


def drop_case(db: Database, case_id: CaseId) -> None:
    """Forget a case."""
    db.execute("DELETE FROM cases WHERE id = ?", [case_id])
    fetched(db, case_id)


def mark_stale(db: Database, case_id: str) -> None:
    """The platform has something new about a case; it is to be fetched."""
    db.execute("INSERT INTO stale VALUES (?) ON CONFLICT (case_id) DO NOTHING", [case_id])


def fetched(db: Database, case_id: str) -> None:
    """It was, or there is nothing to fetch."""
    db.execute("DELETE FROM stale WHERE case_id = ?", [case_id])


def is_stale(db: Database, case_id: CaseId) -> bool:
    """Whether the platform has something newer."""
    return db.execute("SELECT 1 FROM stale WHERE case_id = ?", [case_id]).fetchone() is not None


def stale(db: Database) -> tuple[CaseId, ...]:
    """What is to be fetched."""
    return tuple(CaseId(row[0]) for row in db.execute("SELECT case_id FROM stale").fetchall())


def keep_handover(db: Database, handover_id: str, case_id: CaseId, kept: bytes, now: datetime) -> None:
    """Keep a prepared hand-over with its permit."""
    db.execute(
        "INSERT INTO handovers VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body",
        [handover_id, case_id, kept, now.isoformat()],
    )


def handovers(db: Database) -> tuple[tuple[str, CaseId, bytes], ...]:
    """The hand-overs prepared here, newest first: id, case, and what was kept."""
    rows = db.execute("SELECT id, case_id, body FROM handovers ORDER BY rowid DESC").fetchall()
    return tuple((str(row[0]), CaseId(row[1]), bytes(row[2])) for row in rows)


def drop_handovers(db: Database, case_id: CaseId) -> None:
    """Forget the hand-overs of a case."""
    db.execute("DELETE FROM handovers WHERE case_id = ?", [case_id])


def keep_pack(db: Database, name: str, version_: str, sha256: str, content: bytes, now: datetime) -> None:
    """Keep one data pack."""
    db.execute(
        "INSERT INTO packs VALUES (?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET version = excluded.version,"
        " sha256 = excluded.sha256, body = excluded.body, as_of = excluded.as_of",
        [name, version_, sha256, content, now.isoformat()],
    )


def confirm_pack(db: Database, name: str, now: datetime) -> None:
    """The platform has said again that this is the edition in force."""
    db.execute("UPDATE packs SET as_of = ? WHERE name = ?", [now.isoformat(), name])


def pack_confirmed(db: Database, name: str) -> tuple[str, datetime] | None:
    """The edition that is kept, and when the platform last said that it is in force; None: no pack."""
    row = db.execute("SELECT version, as_of FROM packs WHERE name = ?", [name]).fetchone()
    return None if row is None else (str(row[0]), datetime.fromisoformat(row[1]))


def pack(db: Database, name: str) -> bytes | None:
    """The pack as the platform gave it."""
    row = db.execute("SELECT body FROM packs WHERE name = ?", [name]).fetchone()
    return None if row is None else bytes(row[0])


def pack_version(db: Database, name: str) -> str:
    """Which pack is kept; empty: none."""
    row = db.execute("SELECT version || ' ' || sha256 FROM packs WHERE name = ?", [name]).fetchone()
    return "" if row is None else str(row[0])


def keep_stock(db: Database, kept: bytes) -> None:
    """Keep what the platform says of the custody store."""
    db.execute("INSERT INTO stock VALUES ('book', ?) ON CONFLICT (name) DO UPDATE SET body = excluded.body", [kept])


def stock(db: Database) -> bytes | None:
    """What it said last."""
    row = db.execute("SELECT body FROM stock WHERE name = 'book'").fetchone()
    return None if row is None else bytes(row[0])


def recall(db: Database, name: str) -> str:
    """A small fact of the store itself; empty when unknown."""
    row = db.execute("SELECT value FROM meta WHERE name = ?", [name]).fetchone()
    return "" if row is None else str(row[0])


def remember(db: Database, name: str, value: str) -> None:
    """Keep a small fact."""
    db.execute(
        "INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", [name, value]
    )


def _case(row: tuple[str, str, str, int, bytes, str]) -> MirroredCase:
    number, slip, state, version_, said, as_of = row
    return MirroredCase(CaseId(number), slip, state, version_, bytes(said), datetime.fromisoformat(as_of))
