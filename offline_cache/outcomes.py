"""What screens ask of the outbox: what became of each deed, what waits for a person, whose draft lies here."""

from datetime import datetime

from kiosk.contracts.ledger import DeedStatus, LedgerTask, Verdict
from kiosk.domain.ids import CaseId

from .driver import Database
from .outbox import read_fault

_STATUS = "key, state, replayed, gave_up, made_at, sent_at, settled_at, fault"


def status(db: Database, case_id: CaseId, key: str) -> DeedStatus | None:
    """The outbox's word about one deed."""
    row = db.execute(f"SELECT {_STATUS} FROM outbox WHERE case_id = ? AND key = ?", [case_id, key]).fetchone()
    return None if row is None else _status(row)


def statuses(db: Database, case_id: CaseId) -> tuple[DeedStatus, ...]:
    """Everything done here for a case, in order."""
    rows = db.execute(f"SELECT {_STATUS} FROM outbox WHERE case_id = ? ORDER BY id", [case_id]).fetchall()
    return tuple(_status(row) for row in rows)


def case_of_slip(db: Database, slip_code: str) -> CaseId | None:
    """The case of a draft that the platform may not know yet."""
    row = db.execute(
        "SELECT case_id FROM outbox WHERE slip_code = ? AND state != 'done' AND superseded_by IS NULL"
        " ORDER BY id DESC LIMIT 1",
        [slip_code],
    ).fetchone()
    return None if row is None else CaseId(row[0])


def drafted(db: Database) -> tuple[CaseId, ...]:
    """Cases with a draft that the platform has not settled, newest first."""
    rows = db.execute(
        "SELECT case_id FROM outbox WHERE operation = 'putDraft' AND state != 'done' AND superseded_by IS NULL"
        " GROUP BY case_id ORDER BY max(id) DESC"
    ).fetchall()
    return tuple(CaseId(row[0]) for row in rows)


def tasks(db: Database) -> tuple[LedgerTask, ...]:
    """What is parked, oldest first."""
    rows = db.execute(
        "SELECT key, operation, case_id, fault, settled_at FROM outbox WHERE state = 'dead' AND superseded_by IS NULL"
        " ORDER BY id"
    ).fetchall()
    return tuple(
        LedgerTask(row[0], row[1], CaseId(row[2]), read_fault(row[3]), datetime.fromisoformat(row[4])) for row in rows
    )


def _status(row: tuple[str, str, int, int, str, str | None, str | None, str | None]) -> DeedStatus:
    key, state, replayed, gave_up, made_at, sent_at, settled_at, fault = row
    verdict = {
        "ready": Verdict.WAITING,
        "leased": Verdict.SENDING,
        "done": Verdict.ALREADY_KNOWN if replayed else Verdict.ACCEPTED,
        "dead": Verdict.GAVE_UP if gave_up else Verdict.REFUSED,
    }[state]
    return DeedStatus(
        id=key,
        verdict=verdict,
        recorded_at=datetime.fromisoformat(made_at),
        sent_at=None if sent_at is None else datetime.fromisoformat(sent_at),
        settled_at=None if settled_at is None else datetime.fromisoformat(settled_at),
        fault=None if fault is None else read_fault(fault),
    )
