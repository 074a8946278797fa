"""What is wiped, and when: a visit at its end, an unclaimed draft after a day, a settled fact after a week.

Nothing that is owed to the platform or waits for a person is wiped here, with one exception: a draft that nobody
submitted and nobody came back for within a day is its writer's own business and goes, sent or not.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from kiosk.domain.ids import CaseId

from . import drafts, mirror, outbox
from .driver import Database

DRAFT_HOLDS = timedelta(hours=24)
FACT_HOLDS = timedelta(days=7)  # a platform that was restored from a backup is sent them again
_UNCLAIMED = ("DRAFT", "SIGNING")
_LOOSE = (
    "NOT EXISTS (SELECT 1 FROM outbox, json_each(outbox.blobs)"
    " WHERE state != 'done' AND superseded_by IS NULL AND json_each.value = blobs.id)"
)


def leave(db: Database, case_id: CaseId, now: datetime) -> None:
    """A visit is over; its case goes as soon as nothing of it is owed."""
    db.execute("INSERT INTO leaving VALUES (?, ?) ON CONFLICT (case_id) DO NOTHING", [case_id, now.isoformat()])


def leave_all(db: Database, now: datetime) -> None:
    """Whatever a visit at a self-service terminal looked at is left with it."""
    db.execute(
        "INSERT INTO leaving SELECT case_id, ? FROM (SELECT id AS case_id FROM cases UNION SELECT case_id FROM outbox"
        " UNION SELECT case_id FROM handovers UNION SELECT case_id FROM bases)"
        " WHERE true ON CONFLICT (case_id) DO NOTHING",
        [now.isoformat()],
    )


def drop_loose_blobs(db: Database) -> None:
    """Signatures that no recorded deed refers to: the visit that wrote them is over, or died with the program."""
    db.execute(f"DELETE FROM blobs WHERE {_LOOSE}")


def claim(db: Database, case_id: CaseId) -> None:
    """Somebody works with the case again: it stays."""
    db.execute("DELETE FROM leaving WHERE case_id = ?", [case_id])


def is_unclaimed(db: Database, case_id: CaseId, now: datetime) -> bool:
    """Left for longer than a day: nobody's to see any more, wiped or not."""
    row = db.execute("SELECT since FROM leaving WHERE case_id = ?", [case_id]).fetchone()
    return row is not None and now - datetime.fromisoformat(row[0]) > DRAFT_HOLDS


def allow_for(db: Database, leap: timedelta, now: datetime) -> None:
    """The clock was set forward: nobody's day has become shorter by it."""
    if leap > timedelta():
        for case_id, since in db.execute("SELECT case_id, since FROM leaving").fetchall():
            later = min(datetime.fromisoformat(since) + leap, now)
            db.execute("UPDATE leaving SET since = ? WHERE case_id = ?", [later.isoformat(), case_id])


def sweep(db: Database, now: datetime, *, keeps_site: bool, trusted: bool = True) -> Collection[CaseId]:
    """Wipe what is due. ``keeps_site``: this terminal mirrors the hall's open cases (a window) and keeps those.
    ``trusted``: a day by this clock is a day; without that nothing is wiped for its age.

    Returns the cases of which something was wiped; the caller empties the write-ahead log behind it.
    """
    wiped = []
    # A clock that was set back must not make a day last a week.
    db.execute("UPDATE leaving SET since = ? WHERE since > ?", [now.isoformat(), now.isoformat()])
    for case_id, since in db.execute("SELECT case_id, since FROM leaving").fetchall():
        age = now - datetime.fromisoformat(since) if trusted else timedelta()
        if _is_due(db, CaseId(case_id), age):
            _wipe(db, CaseId(case_id), keep_mirror=keeps_site)
            wiped.append(CaseId(case_id))
    if trusted:
        old = (now - FACT_HOLDS).isoformat()
        db.execute("DELETE FROM outbox WHERE state = 'done' AND fact AND settled_at < ?", [old])
    return wiped


def wipe_all(db: Database) -> None:
    """The platform's order WIPE: drafts, intents, mirror and packs go; facts, with what was signed for them, and the
    audit trail stay, because they are owed."""
    db.execute("DELETE FROM outbox WHERE NOT fact")
    db.execute(f"DELETE FROM blobs WHERE {_LOOSE}")
    for table in ("cases", "stale", "handovers", "packs", "leaving", "bases", "stock"):
        db.execute(f"DELETE FROM {table}")
    for name in ("feed_cursor", "feed_epoch"):
        mirror.remember(db, name, "")


def _is_due(db: Database, case_id: CaseId, age: timedelta) -> bool:
    """Not while anything is owed; a draft only when nobody claimed it for a day."""
    owed = db.execute(
        "SELECT max(state = 'leased') FROM outbox WHERE case_id = ? AND state != 'done' AND superseded_by IS NULL",
        [case_id],
    ).fetchone()[0]
    if owed:
        return False  # on the wire at this moment
    known = mirror.case(db, case_id)
    if owed is not None:
        # A draft that could never be sent is the citizen's own, unclaimed: it goes after a day all the same.
        return age > DRAFT_HOLDS and _only_drafts(db, case_id)
    return known is None or known.state not in _UNCLAIMED or age > DRAFT_HOLDS


def _only_drafts(db: Database, case_id: CaseId) -> bool:
    return (
        db.execute(
            "SELECT 1 FROM outbox WHERE case_id = ? AND operation NOT IN (?, ?) AND superseded_by IS NULL LIMIT 1",
            [case_id, *outbox.UNBORN],
        ).fetchone()
        is None
    )


def _wipe(db: Database, case_id: CaseId, *, keep_mirror: bool) -> None:
    db.execute(
        "DELETE FROM blobs WHERE id IN"
        " (SELECT json_each.value FROM outbox, json_each(outbox.blobs) WHERE case_id = ?)",
        [case_id],
    )
    db.execute("DELETE FROM outbox WHERE case_id = ? AND NOT (fact AND state = 'done')", [case_id])
    drafts.forget(db, case_id)
    if not keep_mirror:
        mirror.drop_case(db, case_id)
        mirror.drop_handovers(db, case_id)
    claim(db, case_id)
