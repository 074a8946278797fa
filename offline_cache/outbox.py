"""The outbox: what people did and the platform has not acknowledged yet. The only table that people's acts write to.

A deed becomes exact bytes and a key in the moment the person acts, and neither ever changes. Rows go ready → leased →
done or dead: in strict order inside a case, side by side between cases. A dead row is parked: it is a task
for a person, holds up the intents behind it, and never holds up a fact. Only what is acknowledged leaves.

Raw SQL inside the caller's transaction: this is the hot path.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from kiosk.domain.ids import CaseId
from kiosk.domain.private import Private
from kiosk.faults import Fault, FaultCode

from .driver import Database


@dataclass(frozen=True, slots=True, repr=False)
class Sealed(Private):
    """A deed made ready to send: what it is, where it goes, its bytes and its key."""

    operation: str  # operation id of the contract
    case_id: CaseId
    slip_code: (
        str  # only for drafts and submissions, so that a draft is found by its slip before anybody else knows it
    )
    path: str
    body: bytes
    key: str
    fact: bool
    staff_ref: str = ""  # whose session must send it; empty: the terminal itself
    version: int | None = None  # what the clerk has seen; None: taken from the mirror when it is sent
    blobs: tuple[str, ...] = ()  # what the platform must have first


@dataclass(frozen=True, slots=True, repr=False)
class Leased(Private):
    """A row on its way."""

    id: int
    sealed: Sealed
    attempts: int
    made_at: datetime


_Row = tuple[int, str, str, str, str, bytes, str, int, str, int | None, str, int, str]  # as _COLUMNS says

_WAITS = "state IN ('ready', 'leased')"  # word for word as the partial index says it
_COLUMNS = "id, operation, case_id, slip_code, path, body, key, fact, staff_ref, version, blobs, attempts, made_at"
_THIS = "id = ? AND key = ? AND state = 'leased'"
_READY = "state = 'ready'"
_AWAKE = f"{_READY} AND case_id NOT IN (SELECT value FROM json_each(?))"
# By the case's index: by what is ready, the whole backlog of an outage would be looked through.
_OF_ONE = f"case_id = ? AND +{_READY}"
_REWORKED = ("putDraft", "submitCase")  # a person who saves or submits again has reconsidered both
UNBORN = ("putDraft", "putMaterial")  # acts of a case that nobody has submitted: still its writer's own


def _putting(about: str) -> str:
    """Queue a deed, and say in the same breath which parked task about the same thing it closes, if any."""
    return (
        "INSERT INTO outbox (operation, case_id, slip_code, path, body, key, fact, staff_ref, version, blobs, state,"
        " made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'ready', ?) RETURNING id,"
        " (SELECT min(d.id) FROM outbox AS d WHERE d.case_id = outbox.case_id AND d.state = 'dead'"
        f" AND d.superseded_by IS NULL AND d.operation {about} AND NOT d.fact)"
    )


_PUT, _PUT_AGAIN = _putting("= outbox.operation"), _putting("IN ('putDraft', 'submitCase')")


def put(db: Database, sealed: Sealed, now: datetime) -> None:
    """Queue a deed. ConstraintError: this very act is in the outbox already."""
    rework = sealed.operation in _REWORKED
    row = db.execute(
        _PUT_AGAIN if rework else _PUT,
        (
            sealed.operation,
            sealed.case_id,
            sealed.slip_code,
            sealed.path,
            sealed.body,
            sealed.key,
            sealed.fact,
            sealed.staff_ref,
            sealed.version,
            json.dumps(sealed.blobs) if sealed.blobs else "[]",
            now.isoformat(),
        ),
    ).fetchone()
    if row[1] is not None and not sealed.fact and sealed.operation != "putMaterial":  # another paper is another thing
        _supersede(db, sealed, row[0], row[1])


def drop_unsent_drafts(db: Database, case_id: CaseId) -> None:
    """Only the newest draft of a case matters: those never tried to be sent, and that nothing builds on, go."""
    db.execute(
        "DELETE FROM outbox WHERE case_id = ? AND operation = 'putDraft' AND state = 'ready' AND attempts = 0"
        " AND id > (SELECT coalesce(max(id), 0) FROM outbox WHERE case_id = ? AND operation != 'putDraft')",
        [case_id, case_id],
    )


def lease(db: Database, limit: int, resting: Collection[str] = ()) -> tuple[Leased, ...]:
    """Take the oldest of up to ``limit`` cases that are not resting, oldest first. They are leased until settled."""
    rows = db.execute(_leasing(limit, _AWAKE if resting else _READY), (json.dumps(list(resting)),) if resting else ())
    return tuple(_leased(row) for row in sorted(rows))  # what comes back from an update has no order


def lease_of(db: Database, case_id: CaseId) -> tuple[Leased, ...]:
    """Take the oldest of one case, before those of others; none while one of it is on its way."""
    return tuple(_leased(row) for row in db.execute(_leasing(1, _OF_ONE), (case_id,)))


@cache
def _leasing(limit: int, which: str) -> str:
    return (
        "UPDATE outbox SET state = 'leased' WHERE id IN ("
        f"SELECT id FROM outbox AS o WHERE {which} AND {_WAITS}"
        " AND NOT EXISTS (SELECT 1 FROM outbox AS e INDEXED BY outbox_acts WHERE e.case_id = o.case_id"
        f" AND e.id < o.id AND e.{_WAITS})"  # by what waits, every row would look through all before it
        " AND (o.fact OR NOT EXISTS (SELECT 1 FROM outbox AS d WHERE d.case_id = o.case_id AND d.id < o.id"
        " AND d.state = 'dead' AND d.superseded_by IS NULL AND d.operation NOT IN ('postEvaluation', 'putMaterial')))"
        f" ORDER BY id LIMIT {limit:d})"  # as a parameter it would have SQLite plan the query anew every time
        f" RETURNING {_COLUMNS}"
    )


def anything_ready(db: Database) -> bool:
    """Whether anything waits at all."""
    return db.execute(f"SELECT 1 FROM outbox WHERE state = 'ready' AND {_WAITS} LIMIT 1").fetchone() is not None


def acknowledge(db: Database, leased: Leased, now: datetime, *, replayed: bool) -> None:
    """The platform has it. An intent's bytes go at once; a fact's stay a week, for a platform that was restored."""
    at = now.isoformat()
    db.execute(
        "UPDATE outbox SET state = 'done', attempts = attempts + 1, replayed = ?, sent_at = ?, settled_at = ?,"
        f" body = CASE WHEN fact THEN body ELSE x'' END WHERE {_THIS}",
        (replayed, at, at, leased.id, leased.sealed.key),
    )


def put_back(db: Database, leased: Leased, *, tried: bool) -> None:
    """Not this time: the row is ready again, in its old place. ``tried``: it may have reached the platform."""
    db.execute(
        f"UPDATE outbox SET state = 'ready', attempts = attempts + ? WHERE {_THIS}",
        [int(tried), leased.id, leased.sealed.key],
    )


def park(db: Database, leased: Leased, fault: Fault, now: datetime, *, gave_up: bool = False) -> None:
    """Refused, or too old to be sent safely: a task for a person."""
    db.execute(
        "UPDATE outbox SET state = 'dead', attempts = attempts + 1, sent_at = ?, settled_at = ?, gave_up = ?,"
        f" fault = ? WHERE {_THIS}",
        [
            None if gave_up else now.isoformat(),
            now.isoformat(),
            int(gave_up),
            fault_text(fault),
            leased.id,
            leased.sealed.key,
        ],
    )


def recover(db: Database, underway: Collection[int] = ()) -> int:
    """Whatever was on the wire when the process ended, or when the store failed it, is ready again, with its old key;
    not what is ``underway``, by number, in this very process. How many."""
    return int(
        db.execute(
            f"UPDATE outbox SET state = 'ready', attempts = attempts + 1 WHERE state = 'leased' AND {_WAITS}"
            " AND id NOT IN (SELECT value FROM json_each(?))",
            [json.dumps(list(underway))],
        ).rowcount
    )


def give_way(db: Database, leased: Leased, now: datetime) -> bool:
    """A draft with a newer one right behind it needs no verdict: the newer says all it said. Whether it was so."""
    behind = db.execute(
        "SELECT id, operation FROM outbox WHERE case_id = ? AND state = 'ready' AND NOT fact AND id > ? ORDER BY id",
        [leased.sealed.case_id, leased.id],
    ).fetchone()
    if behind is None or behind[1] != "putDraft":
        return False
    db.execute(
        "UPDATE outbox SET state = 'dead', attempts = attempts + 1, sent_at = ?, settled_at = ?, superseded_by = ?,"
        f" body = x'', fault = ? WHERE {_THIS}",
        [
            now.isoformat(),
            now.isoformat(),
            behind[0],
            fault_text(Fault(FaultCode.CANCELLED)),
            leased.id,
            leased.sealed.key,
        ],
    )
    return True


def refused_before(db: Database, case_id: CaseId, operation: str) -> int:
    """How often this act of this case was decided anew: part of the next key."""
    found = db.execute(
        "SELECT count(*) FROM outbox WHERE case_id = ? AND operation = ? AND state = 'dead'", [case_id, operation]
    )
    return int(found.fetchone()[0])


def owed(db: Database, case_id: CaseId) -> tuple[Sealed, ...]:
    """What the platform has not settled for a case, in order: waiting, on the wire, or parked."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM outbox WHERE case_id = ? AND state != 'done' AND superseded_by IS NULL ORDER BY id",
        [case_id],
    ).fetchall()
    return tuple(_leased(row).sealed for row in rows)


def live(db: Database, case_id: CaseId) -> tuple[Sealed, ...]:
    """What waits or is on the wire for a case, in order."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM outbox WHERE case_id = ? AND {_WAITS} ORDER BY id", [case_id]
    ).fetchall()
    return tuple(_leased(row).sealed for row in rows)


def drafts_of(waiting: tuple[Sealed, ...]) -> list[Sealed]:
    """The drafts among them, in order."""
    return [one for one in waiting if one.operation == "putDraft"]


def facts(db: Database, case_id: CaseId) -> tuple[Sealed, ...]:
    """The facts recorded here for a case, settled or not, in order."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM outbox WHERE case_id = ? AND fact ORDER BY id", [case_id]).fetchall()
    return tuple(_leased(row).sealed for row in rows)


def close_task(db: Database, task_id: str) -> bool:
    """Somebody has seen to a parked deed: it is superseded by nothing but that. Whether it was one."""
    closed = db.execute(
        "UPDATE outbox SET superseded_by = id, body = CASE WHEN fact THEN body ELSE x'' END"
        " WHERE key = ? AND state = 'dead' AND superseded_by IS NULL",
        [task_id],
    )
    return int(closed.rowcount) > 0


def owe_facts_again(db: Database, since: datetime) -> None:
    """The platform was restored from a backup: what happened here since then is told again, under the old keys."""
    db.execute(
        "UPDATE outbox SET state = 'ready' WHERE fact AND state = 'done' AND settled_at >= ? AND body != x''",
        [since.isoformat()],
    )


def figures(db: Database) -> tuple[int, int]:
    """How many wait, how many are parked."""
    waiting = db.execute(f"SELECT count(*) FROM outbox WHERE {_WAITS}").fetchone()[0]
    parked = db.execute("SELECT count(*) FROM outbox WHERE state = 'dead' AND superseded_by IS NULL").fetchone()[0]
    return int(waiting), int(parked)


def handovers_owed(db: Database) -> int:
    """How many hand-overs happened here that the platform has not acknowledged."""
    owed = f"SELECT count(*) FROM outbox WHERE {_WAITS} AND operation = 'recordHandedOver'"
    return int(db.execute(owed).fetchone()[0])


def fault_text(fault: Fault) -> str:
    """A fault as it is kept."""
    return json.dumps({"code": fault.code.value, "details": dict(fault.details)}, ensure_ascii=False)


def read_fault(text: str) -> Fault:
    """A kept fault."""
    record = json.loads(text)
    return Fault(FaultCode(record["code"]), record["details"])


def _supersede(db: Database, sealed: Sealed, by: int, first: int) -> None:
    """A person who decides anew closes the parked task about the same thing, and what had built on it."""
    about = _REWORKED if sealed.operation in _REWORKED else (sealed.operation,)
    marks = ", ".join("?" * len(about))
    db.execute(
        f"UPDATE outbox SET state = 'dead', superseded_by = ?, body = x'',"
        " fault = coalesce(fault, ?), settled_at = coalesce(settled_at, made_at)"
        f" WHERE case_id = ? AND operation IN ({marks}) AND id >= ? AND id < ? AND state IN ('dead', 'ready')"
        " AND superseded_by IS NULL AND NOT fact",
        [by, fault_text(Fault(FaultCode.CANCELLED)), sealed.case_id, *about, first, by],
    )


def _leased(row: _Row) -> Leased:
    number, operation, case_id, slip, path, body, key, fact, staff_ref, version, blobs, attempts, made_at = row
    needs = () if blobs == "[]" else tuple(json.loads(blobs))
    sealed = Sealed(operation, CaseId(case_id), slip, path, body, key, bool(fact), staff_ref, version, needs)
    return Leased(number, sealed, attempts, datetime.fromisoformat(made_at))
