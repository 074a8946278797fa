"""Tax devices being written (发行): the tax office does it with its own software, here it is asked, and read back.

One device is written for one company at a time; a second answer, no answer and a wrong answer are all ordinary.
"""

import hashlib
from typing import Any

import sqlalchemy as sa

from . import case_views, completeness, custody, office_book, states, stock_levels
from . import tables as t
from .casework import CaseWork
from .credit_codes import credit_code
from .jobs import BY, Task, look_again, schedule
from .ledger import Mover
from .platform import Platform
from .preparing import forget_step, invoice_ready, note_step, planned, prepared, store_of
from .refusal import Refused
from .spoiling import article_on, plan_again
from .transaction import Tx

OPEN = ("IDENTIFIED", "SUBMITTED", "ISSUING", "ISSUED")
WRITING = ("IDENTIFIED", "SUBMITTED", "ISSUING")
_STRANGER = "重庆别家示例有限公司"


def take(task: Task) -> bool:
    """The department takes the next blank device of the store by itself."""
    work = task.work
    if not planned(work, "INVOICE", "tax_device") or live_issue(work.tx, work.id) is not None:
        return False
    unit = custody.earmark(work.tx, "tax_device", work.id, store_of(work))
    if unit is None:
        look_again(task, "device")
        return False
    custody.move_unit(work.tx, unit.id, "reserve", "RESERVE", Mover(work.id, BY), t.unit.c.case_id == work.id)
    stock_levels.watch(work.tx, work.row.site_id)
    submit(task.platform, work, work.tx.new_id(), unit.id, task.due, BY)
    return False


def submit(platform: Platform, work: CaseWork, issue_id: str, unit_id: str, due: int, by: str) -> None:
    """A device that is reserved for the case goes to the tax office."""
    tx = work.tx
    article = planned(work, "INVOICE", "tax_device")[0]
    before = sa.select(sa.func.count()).select_from(t.device_issue).where(t.device_issue.c.case_id == work.id)
    promised = tx.c.execute(
        sa.select(t.item.c.due_at).where(t.item.c.case_id == work.id, t.item.c.item == "INVOICE")
    ).scalar()
    tx.c.execute(
        t.device_issue.insert().values(
            id=issue_id, case_id=work.id, site_id=work.row.site_id, article_id=article.id, unit_id=unit_id,
            state=states.DEVICE_ISSUE.after(states.DEVICE_ISSUE.initial, "submit"), version=1, live=True, by=by,
            attempt=tx.c.execute(before).scalar_one() + 1, requested_at=tx.now, due_at=promised, answers=0,
        )
    )  # fmt: skip
    tx.changed(work.row.site_id, "device_issue", issue_id, 1)
    schedule(platform, tx, work.id, f"issuing:{issue_id}", due)


def live_issue(tx: Tx, case_id: str) -> Any:
    """The issue that holds the case now, if any. One whose device was taken out of the case holds nothing."""
    column = t.device_issue.c
    row = tx.c.execute(sa.select(t.device_issue).where(column.case_id == case_id, column.live.is_(True))).first()
    if row is None:
        return None
    unit = tx.c.execute(sa.select(t.unit).where(t.unit.c.id == row.unit_id)).first()
    if unit is not None and unit.case_id == case_id and unit.state in ("RESERVED", "BOUND", "HANDED_OVER"):
        return row
    tx.c.execute(sa.update(t.device_issue).where(column.id == row.id).values(live=False))
    return None


def begin(task: Task) -> bool:
    """The tax office's software has the request."""
    work, row = task.work, issue(task.work.tx, task.rest)
    if row is None or row.state != "SUBMITTED":
        return False
    move(work.tx, row, "begin")
    silent = _disturbed(work, row, "device_silent")
    delay = "silence" if silent else "issued"
    schedule(task.platform, work.tx, work.id, f"issued:{row.id}", task.due, delay=delay)
    return False


def answer(task: Task) -> bool:
    """The tax office's answer: written, or refused."""
    work, row = task.work, issue(task.work.tx, task.rest)
    if row is None or row.state != "ISSUING":
        return False
    if _disturbed(work, row, "device_refuse"):
        _fail(task, row, _disturbed(work, row, "device_refuse"))
        return False
    stranger = {}
    if _disturbed(work, row, "device_mismatch"):
        site = work.tx.c.execute(sa.select(t.site.c.division).where(t.site.c.id == work.row.site_id)).scalar_one()
        stranger = {"written_uscc": credit_code(site, work.tx.next_number("uscc")), "written_name": _STRANGER}
    if not written(task.platform, work, row, f"FX{row.id[-10:]}", **stranger):
        _fail(task, row, "unit_taken_out")
        return False
    if _disturbed(work, row, "device_twice"):
        schedule(task.platform, work.tx, work.id, f"again:{row.id}", task.due)
    return True


def written(platform: Platform, work: CaseWork, row: Any, receipt: str, **stranger: Any) -> bool:
    """The device is written and becomes its company's; the caller saves the case. False: it was taken out of it."""
    holder: dict[str, Any] = {"holder_uscc": work.row.uscc, "holder_name": _holder(work)}
    mine = t.unit.c.case_id == work.id
    if custody.move_unit(work.tx, row.unit_id, "bind", "ISSUE", Mover(work.id, BY), mine, **holder) is None:
        return False
    if row.state == "SUBMITTED":
        move(work.tx, row, "begin")
        row = issue(work.tx, row.id)
    move(work.tx, row, "issued", issued_at=work.tx.now, answers=1, receipt_no=receipt, **stranger)
    for one in planned(work, "INVOICE", "tax_device"):
        prepared(work, one, serial=row.unit_id.partition("-")[2], unit_id=row.unit_id)
    note_step(platform, work, "device_issued", BY)
    invoice_ready(work)
    return True


def answer_again(task: Task) -> bool:
    """The same answer once more: counted, nothing else."""
    row = issue(task.work.tx, task.rest)
    if row is not None:
        _set(task.work.tx, row, answers=row.answers + 1)
    return False


def _holder(work: CaseWork) -> str:
    """In whose name a device is written; a later case has the name of the business it belongs to."""
    return work.row.name_full or completeness.holder(case_views.form_of(work.row))


def read_back(platform: Platform, work: CaseWork, row: Any, read: tuple[str, str, str]) -> None:
    """What a written device says: number, company's code, company's name. A stranger's device goes to quarantine."""
    serial = row.unit_id.partition("-")[2]
    values = {"read_at": work.tx.now, "read_digest": digest(read)}
    if read == (serial, work.row.uscc, _holder(work)):
        move(work.tx, row, "match", **values)
        return
    move(work.tx, row, "mismatch", live=False, **values)
    custody.move_unit(work.tx, row.unit_id, "quarantine", "SPOIL", Mover(work.id, BY), t.unit.c.case_id == work.id)
    one = article_on(work, row.unit_id)
    if one is not None:
        forget_step(work, "device_issued")
        plan_again(platform, work, one, BY)


def digest(read: tuple[str, str, str]) -> str:
    """What was read, comparable and not legible."""
    return hashlib.sha256("\n".join(read).encode()).hexdigest()


def issue(tx: Tx, issue_id: str) -> Any:
    """One issue, locked until the end."""
    return tx.c.execute(sa.select(t.device_issue).where(t.device_issue.c.id == issue_id).with_for_update()).first()


def move(tx: Tx, row: Any, event: str, **values: Any) -> None:
    """Move one issue; an impossible move is a bug of the caller."""
    state = states.DEVICE_ISSUE.after(row.state, event)
    if state is None:
        raise ValueError(f"{event} is not possible in {row.state}")
    _set(tx, row, state=state, **values)


def _set(tx: Tx, row: Any, **values: Any) -> None:
    column = t.device_issue.c
    mine = sa.update(t.device_issue).where(column.id == row.id, column.version == row.version)
    if tx.c.execute(mine.values(version=row.version + 1, **values)).rowcount != 1:
        raise Refused("version-mismatch")
    tx.changed(row.site_id, "device_issue", row.id, row.version + 1)


def _disturbed(work: CaseWork, row: Any, outcome: str) -> str:
    """Rules that disturb the issue spare the second try: somebody must be able to get out of it."""
    rule = office_book.rules(work.tx, "tax", work.row.name_full).get(outcome) if row.attempt == 1 else None
    return "" if rule is None else rule.reason_code or outcome


def _fail(task: Task, row: Any, reason: str) -> None:
    work = task.work
    move(work.tx, row, "fail", live=False, fail_reason=reason, answers=row.answers + 1)
    mine = t.unit.c.case_id == work.id
    custody.move_unit(work.tx, row.unit_id, "release", "RETURN", Mover(work.id, BY), mine, case_id=None)
    schedule(task.platform, work.tx, work.id, "device", task.due)
