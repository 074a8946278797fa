"""The audit chain on disk: appended in the transaction of the act it tells of, verified and exported from outside."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import kiosk.audit
from kiosk.audit import (
    GENESIS,
    AuditEntry,
    AuditEvent,
    AuditKind,
    Checked,
    canonical,
    link,
    unknown_fields,
)
from kiosk.contracts.ledger import TrailLine

from . import seals
from .driver import Database

_LOOKED_THROUGH = 20_000  # entries: a month of a busy window
SHOWN = 16  # hex characters of the head that are shown and printed
_NEWEST = 200  # entries: a stop lies among them, or a person has long been told
_PIECE = 500  # entries read at a time; many more are slower, for they leave the processor's cache


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What a check of the whole chain found; ``broken_at`` is the first entry that does not fit or is missing."""

    entries: int
    head: str
    broken_at: int | None


def unwitnessed(db: Database) -> tuple[str, datetime] | None:
    """Case and time of the last hand-over, if the program was started anew behind it and no sheet came out before."""
    rows = db.execute("SELECT seq, body, digest FROM audit ORDER BY seq DESC LIMIT ?", [_NEWEST]).fetchall()
    stopped = False
    for row in rows:
        said = json.loads(row[1])
        if said["kind"] == AuditKind.PRINTED.value and said.get("f.paper") == "handover_sheet":
            return None
        if said["kind"] == AuditKind.HANDED_OVER.value:
            return (str(said["case"]), datetime.fromisoformat(said["at"])) if stopped else None
        stopped = stopped or said["kind"] == AuditKind.STARTED.value
    return None


def append(db: Database, key: bytes, event: AuditEvent) -> None:
    """Add one entry. A field that the vocabulary does not know is a bug, and nothing is written."""
    if unknown := unknown_fields(event):
        raise ValueError(f"{event.kind.value}: fields not in the vocabulary: {', '.join(unknown)}")
    entries, previous = head(db)
    body = canonical(event)
    db.execute("INSERT INTO audit VALUES (?, ?, ?)", [entries + 1, body, link(key, previous, entries + 1, body)])
    seals.put(db, key, entries + 1)


def head(db: Database) -> tuple[int, str]:
    """How many entries there are, and the digest of the last."""
    row = db.execute("SELECT seq, digest FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    return (0, GENESIS) if row is None else (int(row[0]), str(row[1]))


def entries(db: Database) -> Iterator[AuditEntry]:
    """The chain, in order."""
    return map(AuditEntry._make, _rows(db))


def _rows(db: Database, after: int = 0, last: int | None = None) -> Iterator[tuple[int, bytes, str]]:
    """As they are, in pieces: a reader beside a running terminal that holds on to one moment for long would keep the
    terminal from emptying its write-ahead log, and with it what was wiped."""
    last = head(db)[0] if last is None else last
    while after < last:
        rows = db.execute(
            "SELECT seq, body, digest FROM audit WHERE seq > ? AND seq <= ? ORDER BY seq LIMIT ?",
            [after, last, _PIECE],
        ).fetchall()
        if not rows:
            return
        yield from rows
        after = rows[-1][0]


def about(db: Database, case_id: str, limit: int) -> tuple[AuditEntry, ...]:
    """The newest entries about a case; only the last of a long trail are looked through."""
    rows = db.execute(
        "SELECT seq, body, digest FROM audit WHERE seq > (SELECT coalesce(max(seq), 0) FROM audit) - ?"
        " AND instr(body, ?) > 0 ORDER BY seq DESC LIMIT ?",
        [_LOOKED_THROUGH, f'"case":"{case_id}"'.encode(), limit],
    ).fetchall()
    return tuple(AuditEntry(int(row[0]), bytes(row[1]), str(row[2])) for row in rows)


def shown(entry: AuditEntry) -> TrailLine:
    """An entry as a window may show it."""
    said = json.loads(entry.body)
    fields = tuple((name[2:], str(value)) for name, value in said.items() if name.startswith("f."))
    return TrailLine(entry.seq, datetime.fromisoformat(said["at"]), said["kind"], said["actor"], fields)


def digest_at(db: Database, seq: int) -> str:
    """The digest of one entry that is there."""
    return str(db.execute("SELECT digest FROM audit WHERE seq = ?", [seq]).fetchone()[0])


def segment(db: Database, first: int, last: int) -> bytes:
    """Entries ``first`` to ``last`` for the platform: a line each, with the exact text that is chained."""
    rows = db.execute("SELECT seq, body, digest FROM audit WHERE seq BETWEEN ? AND ? ORDER BY seq", [first, last])
    lines = ({"seq": seq, "body": bytes(body).decode(), "digest": digest} for seq, body, digest in rows)
    return b"".join(json.dumps(one, ensure_ascii=False, sort_keys=True).encode() + b"\n" for one in lines)


def verify(db: Database, key: bytes, known_head: str | None = None) -> AuditReport:
    """Check every link. ``known_head``: a head from the platform or a receipt; only with it a cut tail is found."""
    count, last = head(db)
    found = check(db, key, known_head, (0, GENESIS), count)
    whole = found.seen and not found.broken and found.last == count
    return AuditReport(count, last, None if whole else found.last + 1)


def check(db: Database, key: bytes, known_head: str | None, start: tuple[int, str], last: int) -> Checked:
    """Check the entries behind ``start`` (number and digest) up to ``last``: block by block where they are sealed."""
    found, sealed = Checked(*start, broken=False, seen=known_head in (None, GENESIS)), seals.kept(db)
    while found.last < last:
        end = min(last, (found.last // seals.BLOCK + 1) * seals.BLOCK)
        lines = seals.known(db, key, found[:2], end) if sealed else None
        if lines is None:
            part = kiosk.audit.check(key, _rows(db, found.last, end), known_head, found[:2])
            found = part._replace(seen=found.seen or part.seen)
            if found.broken or found.last != end:
                break
        else:
            seen = found.seen or seals.has(lines, known_head or "")
            found = Checked(end, seals.last_digest(lines), broken=False, seen=seen)
    return found


def export(db: Database) -> Iterator[bytes]:
    """The chain as lines of JSON, for whoever audits it elsewhere."""
    for entry in entries(db):
        record = {"seq": entry.seq, "body": json.loads(entry.body), "digest": entry.digest}
        yield json.dumps(record, ensure_ascii=False, sort_keys=True).encode() + b"\n"
