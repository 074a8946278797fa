"""What the sheets of this window's hand-overs of a shift say, kept until the next one: a power cut between the
hand-over and the printer costs nobody the sheet."""

import json
from dataclasses import replace

from kiosk.audit import AuditKind
from kiosk.domain.shift import KeptShift

from . import journal
from .driver import Database
from .wire import shifts as wire

_OFFERED, _TAKEN = "offered", "taken"


def keep(db: Database, kept: KeptShift) -> None:
    """As it was counted, or as it was taken; what was counted and is taken now is not kept twice."""
    name = _OFFERED if kept.shift.taken_at is None else _TAKEN
    entries, _ = journal.head(db)
    db.execute(
        "INSERT INTO shifts VALUES (?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET after = excluded.after, body = excluded.body",
        [name, entries, wire.kept_shift(replace(kept, printed=False))],
    )
    if name == _TAKEN:
        db.execute("DELETE FROM shifts WHERE name = ?", [_OFFERED])


def offered(db: Database) -> KeptShift | None:
    """What was counted here and, as far as this machine knows, not taken."""
    found = _row(db, _OFFERED)
    return None if found is None else found[0]


def taken(db: Database) -> KeptShift | None:
    """The last hand-over of this window."""
    found = _row(db, _TAKEN)
    if found is None:
        return None
    kept, after = found
    job = kept.shift.sheet_job
    # Step by step: the sheet came out soon after, and whatever was written since need not be looked through.
    told = db.execute("SELECT body FROM audit WHERE seq > ? AND instr(body, ?) ORDER BY seq", [after, job.encode()])
    out = any(_is_print(json.loads(body), job) for (body,) in told)
    return replace(kept, printed=out)


def _is_print(entry: dict[str, str], job: str) -> bool:
    return entry["kind"] == AuditKind.PRINTED.value and entry.get("f.job") == job


def _row(db: Database, name: str) -> tuple[KeptShift, int] | None:
    row = db.execute("SELECT body, after FROM shifts WHERE name = ?", [name]).fetchone()
    kept = None if row is None else wire.shift_kept(row[0])
    return None if row is None or kept is None else (kept, int(row[1]))
