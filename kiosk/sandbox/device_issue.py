"""Issue of tax devices on the wire: asked for by the keeper of the store, read back where a device is plugged in."""

from typing import Any

import sqlalchemy as sa

from kiosk.contracts.platform_api import device_issue as wire

from . import custody, devices, discrepancies, jobs, rulings
from . import tables as t
from .call import Call, Reply
from .casework import CaseWork
from .handling import Handlers, of_rows
from .ledger import Mover
from .moments import at, maybe
from .platform import Platform
from .preparing import planned, store_of
from .refusal import Refused
from .transaction import Tx

_PAGE = 50
_NOT_HERE = ("HANDED_OVER", "QUARANTINED", "VOID", "LOST")  # a device that nobody will read back


def list_device_issues(call: Call, tx: Tx) -> Reply:
    """Issues of this hall, oldest first, and the cases for which nobody has taken a device yet."""
    column, limit = t.device_issue.c, int(call.query.get("limit", _PAGE))
    wanted = sa.select(t.device_issue).where(column.site_id == call.caller.site_id)
    if "open" in call.query:
        gone = sa.select(t.unit.c.id).where(t.unit.c.kind == "tax_device", t.unit.c.state.in_(_NOT_HERE))
        wanted = wanted.where(column.state.in_(devices.OPEN), column.unit_id.not_in(gone))
    if "cursor" in call.query:
        asked, _, issue_id = call.query["cursor"].partition(".")
        later = sa.and_(column.requested_at == int(asked), column.id > issue_id)
        wanted = wanted.where(sa.or_(column.requested_at > int(asked), later))
    rows = tx.c.execute(wanted.order_by(column.requested_at, column.id).limit(limit + 1)).all()
    more = f"{rows[limit - 1].requested_at}.{rows[limit - 1].id}" if len(rows) > limit else None
    waiting = () if "cursor" in call.query else _wanted(tx, call.caller.site_id)
    return Reply(200, wire.DeviceIssues(tuple(view(tx, row) for row in rows[:limit]), waiting, more))


def _wanted(tx: Tx, site_id: str) -> tuple[wire.DeviceWanted, ...]:
    article, case, item = t.article.c, t.case.c, t.item.c
    busy = sa.select(t.device_issue.c.case_id).where(t.device_issue.c.state.in_(devices.WRITING))
    rows = tx.c.execute(
        sa.select(case.id, case.slip_code, case.name_full, item.due_at)
        .join(t.article, article.case_id == case.id)
        .join(t.item, sa.and_(item.case_id == case.id, item.item == "INVOICE"))
        .where(
            case.site_id == site_id, article.kind == "tax_device", article.state == "PLANNED",
            case.state.in_(("PREPARING", "READY", "PARTLY_COLLECTED")), case.id.not_in(busy),
        )
        .order_by(item.due_at, case.id)
        .limit(200)
    )  # fmt: skip
    return tuple(
        wire.DeviceWanted(r.id, r.slip_code, r.name_full or "", maybe(r.due_at), _late(r.due_at, tx.now))
        for r in rows
    )


def request_device_issue(platform: Platform, call: Call, tx: Tx) -> Reply:
    """A blank device of this hall's store goes to the tax office for one case."""
    asked = call.body(wire.RequestDeviceIssue)
    before = tx.c.execute(sa.select(t.device_issue).where(t.device_issue.c.id == asked.id)).first()
    if before is not None:
        same = (asked.case_id, asked.unit_id, call.caller.site_id)
        if (before.case_id, before.unit_id, before.site_id) != same:
            raise Refused("id-taken")
        return Reply(200, view(tx, before), _tag(tx, before))
    work = CaseWork.open(tx, asked.case_id, call.caller.site_id)
    item = work.items.get("INVOICE")
    if item is not None and item.mode == "DIGITAL":
        raise Refused("invoice-mode-digital")
    live = devices.live_issue(tx, work.id)
    if live is not None:
        raise Refused("device-issue-open", issue_id=live.id)
    running = work.state in ("PREPARING", "READY", "PARTLY_COLLECTED")
    if not running or not planned(work, "INVOICE", "tax_device"):
        raise Refused("case-not-ready", state=work.state)
    _reserve(call, work, asked.unit_id)
    jobs.drop(tx, work.id, "device")
    devices.submit(platform, work, asked.id, asked.unit_id, platform.clock.office(), call.caller.staff_ref)
    work.save()
    row = devices.issue(tx, asked.id)
    return Reply(201, view(tx, row), _tag(tx, row))


def _reserve(call: Call, work: CaseWork, unit_id: str) -> None:
    # One conditional change: of two who want the same device one gets it. A device of another hall is not there.
    column = t.unit.c
    here = sa.and_(
        column.id == unit_id,
        column.kind == "tax_device",
        column.custodian.in_((store_of(work), call.caller.window_id)),
    )
    mover = Mover(work.id, call.caller.staff_ref)
    free = (here, column.case_id.is_(None))
    if custody.move_unit(work.tx, unit_id, "reserve", "RESERVE", mover, *free, case_id=work.id) is None:
        state = work.tx.c.execute(sa.select(column.state).where(here)).scalar()
        raise Refused("stock-unit-unavailable", unit_id=unit_id, unit_state=state)


def get_device_issue(call: Call, tx: Tx) -> Reply:
    """One issue of this hall: what to ask before asking again."""
    row = tx.c.execute(sa.select(t.device_issue).where(t.device_issue.c.id == call.path["id"])).first()
    if row is None or row.site_id != call.caller.site_id:
        raise Refused("not-found")
    return Reply(200, view(tx, row), _tag(tx, row))


def report_read_back(platform: Platform, call: Call, tx: Tx) -> Reply:
    """A fact. It never is refused: what contradicts the book becomes a discrepancy."""
    fact = call.body(wire.ReportReadBack)
    seen = tx.c.execute(sa.select(t.device_issue).where(t.device_issue.c.id == call.path["id"])).first()
    if seen is None or seen.site_id != call.caller.site_id:
        raise Refused("not-found")
    work = CaseWork.open(tx, seen.case_id)
    row, read = devices.issue(tx, seen.id), (fact.number, fact.uscc, fact.holder_name)
    if row.state == "ISSUED":
        unit_state = tx.c.execute(sa.select(t.unit.c.state).where(t.unit.c.id == row.unit_id)).scalar()
        devices.read_back(platform, work, row, read)
        work.save()
        now = devices.issue(tx, row.id)
        if now.state == "MISMATCH" and unit_state == "HANDED_OVER":
            _contradiction(call, tx, now, "wrong-device-handed-over")
    elif row.read_digest != devices.digest(read):
        _contradiction(call, tx, row, f"read-back-when-{row.state.lower()}")
    now = devices.issue(tx, row.id)
    return Reply(200, view(tx, now), _tag(tx, now))


def report_issued(platform: Platform, call: Call, tx: Tx) -> Reply:
    """A fact. What the tax office's own system says later of the same issue is its second answer."""
    fact = call.body(wire.ReportIssued)
    seen = tx.c.execute(sa.select(t.device_issue).where(t.device_issue.c.id == call.path["id"])).first()
    if seen is None or seen.site_id != call.caller.site_id:
        raise Refused("not-found")
    work = CaseWork.open(tx, seen.case_id)
    row = devices.issue(tx, seen.id)
    before = row.state
    if before in devices.WRITING and devices.written(platform, work, row, fact.receipt_no):
        rulings.look_out(work)
        work.save()
    elif row.receipt_no != fact.receipt_no:
        _contradiction(call, tx, row, f"issued-when-{before.lower()}")
    now = devices.issue(tx, row.id)
    return Reply(200, view(tx, now), _tag(tx, now))


def _contradiction(call: Call, tx: Tx, row: Any, kind: str) -> None:
    found = discrepancies.open_one(tx, row.site_id, kind, "device_issue", row.id, body=call.raw)
    tx.c.execute(sa.update(t.device_issue).where(t.device_issue.c.id == row.id).values(discrepancy_id=found))


def view(tx: Tx, row: Any) -> wire.DeviceIssue:
    """One issue on the wire."""
    return wire.DeviceIssue(
        id=row.id, case_id=row.case_id, unit_id=row.unit_id, state=row.state, version=row.version,
        requested_at=at(row.requested_at), attempt=row.attempt, due_at=maybe(row.due_at),
        issued_at=maybe(row.issued_at), read_at=maybe(row.read_at), receipt_no=row.receipt_no or "",
        answers=row.answers, fail_reason=row.fail_reason or "", overdue=_overdue(tx, row),
        discrepancy_id=row.discrepancy_id,
    )  # fmt: skip


def _tag(tx: Tx, row: Any) -> str:
    return f"v{row.version}{'o' if _overdue(tx, row) else ''}"


def _overdue(tx: Tx, row: Any) -> bool:
    return row.state in devices.WRITING and _late(row.due_at, tx.now)


def _late(due_at: int | None, now: int) -> bool:
    return due_at is not None and due_at <= now


HANDLERS: Handlers = {
    "listDeviceIssues": of_rows(list_device_issues),
    "requestDeviceIssue": request_device_issue,
    "getDeviceIssue": of_rows(get_device_issue),
    "reportIssued": report_issued,
    "reportReadBack": report_read_back,
}
