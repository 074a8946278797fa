"""Departments on the wire: what waits, what is decided, what is prepared, by the same deeds as the simulated ones."""

from typing import Any

import sqlalchemy as sa

from kiosk.contracts.platform_api import decisions as wire

from . import jobs, preparing, rulings, states
from . import tables as t
from .call import Call, Reply
from .casework import DEPARTMENTS, CaseWork
from .handling import Handlers, of_rows
from .moments import maybe
from .platform import Platform
from .refusal import Refused, invalid
from .transaction import Tx

_PAGE = 50
_WAITING = ("IN_REVIEW", "SUSPENDED")
_RUNNING = ("IN_REVIEW", "SUSPENDED", "APPROVED", "PREPARING", "READY", "PARTLY_COLLECTED")
_EVENTS = {
    "approve": "approve", "refuse": "refuse", "correction": "suspend", "suspend": "suspend", "resume": "resume",
}  # fmt: skip


def list_waiting_items(call: Call, tx: Tx) -> Reply:
    """Items of this hall that a department has in hand, oldest change first."""
    _behind_the_window(call)
    item, case, limit = t.item.c, t.case.c, int(call.query.get("limit", _PAGE))
    names = [
        name for name, dept in DEPARTMENTS.items()
        if call.query.get("department", dept) == dept and call.query.get("item", name) == name
    ]  # fmt: skip
    wanted = (
        sa.select(t.item, case.case_no, case.name_full)
        .join(t.case, case.id == item.case_id)
        .where(
            case.site_id == call.caller.site_id, case.state.in_(_RUNNING), item.state.in_(_WAITING),
            item.item.in_(names),
        )
    )  # fmt: skip
    if "cursor" in call.query:
        changed, _, case_id = call.query["cursor"].partition(".")
        later = sa.and_(item.changed_at == int(changed), item.case_id > case_id)
        wanted = wanted.where(sa.or_(item.changed_at > int(changed), later))
    most = limit + len(DEPARTMENTS)
    rows = tx.c.execute(wanted.order_by(item.changed_at, item.case_id, item.item).limit(most + 1)).all()
    places = [(row.changed_at, row.case_id) for row in rows]
    while limit < len(rows) and places[limit] == places[limit - 1]:
        limit += 1  # a case's items of one moment stay on one page: the cursor cannot tell them apart
    page = rows[:limit]
    more = f"{page[-1].changed_at}.{page[-1].case_id}" if len(rows) > limit else None
    return Reply(200, wire.WaitingItems(tuple(_waiting(row) for row in page), more))


def _waiting(row: Any) -> wire.WaitingItem:
    return wire.WaitingItem(
        case_id=row.case_id, item=row.item, department=DEPARTMENTS.get(row.item, ""), state=row.state,
        version=row.version, case_no=row.case_no, name_full=row.name_full or "", changed_at=maybe(row.changed_at),
        due_at=maybe(row.due_at),
    )  # fmt: skip


def decide_item(platform: Platform, call: Call, tx: Tx) -> Reply:
    """One decision on the version that was seen; whatever the simulated department meant to decide is off."""
    _behind_the_window(call)
    asked, item = call.body(wire.DecideItem), call.path["item"]
    work = CaseWork.open(tx, call.path["case_id"], call.caller.site_id)
    row = work.items.get(item)
    if row is None:
        raise Refused("not-found")
    _complete(asked, item)
    if work.state not in _RUNNING or states.ITEM.after(row.state, _EVENTS[asked.decision]) is None:
        raise Refused("not-submitted", state=row.state)
    call.expect(row.version)
    jobs.drop_decisions(tx, work.id, item)
    notice_no = _carry_out(platform, call, work, asked, item)
    rulings.look_out(work)
    case_version = work.save()
    now = _item(tx, work.id, item)
    refused = tuple(sorted(name for name, state in work.item_states.items() if state == "REFUSED"))
    decided = wire.ItemDecided(
        work.id, item, now.state, now.version, work.state, case_version,  # type: ignore[arg-type]
        asked.reason_code, refused, notice_no,
    )  # fmt: skip
    return Reply(201, decided, f"v{now.version}")


def _complete(asked: wire.DecideItem, item: str) -> None:
    if asked.decision in ("refuse", "correction", "suspend") and not asked.reason_code:
        raise invalid("/reason_code", "required")
    if asked.requirements and asked.decision != "correction":
        raise invalid("/requirements", "only with a correction")
    if asked.decision == "correction" and item == "SETUP" and not asked.requirements:
        raise invalid("/requirements", "at least one")
    if asked.mode is not None and (item, asked.decision) != ("INVOICE", "approve"):
        raise invalid("/mode", "only when INVOICE is approved")


def _carry_out(platform: Platform, call: Call, work: CaseWork, asked: wire.DecideItem, item: str) -> int | None:
    by, now = call.caller.staff_ref, platform.clock.office()
    if asked.decision == "approve":
        rulings.approve(platform, work, item, now, by, asked.mode)
    elif asked.decision == "refuse":
        rulings.refuse(work, item, asked.reason_code, by)
    elif asked.decision == "correction":
        return rulings.correct(work, item, asked.reason_code, asked.requirements, by)
    elif asked.decision == "suspend":
        rulings.suspend(work, item, asked.reason_code, by)
    else:
        rulings.resume(platform, work, item, now, by)
    return None


def report_preparation(platform: Platform, call: Call, tx: Tx) -> Reply:
    """Steps that are done; the hour ends when the articles are at the store and the device is written."""
    asked = call.body(wire.ReportPreparation)
    work = CaseWork.open(tx, call.path["case_id"], call.caller.site_id)
    row = _on_paper(work)
    if {"binding", "invoice_kinds"} & set(asked.steps):
        _behind_the_window(call)
    if work.state not in _RUNNING or row.state not in ("IN_REVIEW", "PREPARING", "PREPARED"):
        raise Refused("not-submitted", state=row.state)
    call.expect(row.version)
    for step in ("binding", "invoice_kinds", "articles_at_store", "device_issued"):
        if step in asked.steps:
            _step(platform, call, work, step)
    rulings.look_out(work)
    work.save()
    return _preparation(tx, work.id)


def _step(platform: Platform, call: Call, work: CaseWork, step: str) -> None:
    by, now = call.caller.staff_ref, work.item_states["INVOICE"]
    if step == "invoice_kinds" and now == "IN_REVIEW":
        jobs.drop_decisions(work.tx, work.id, "INVOICE")
        rulings.approve(platform, work, "INVOICE", platform.clock.office(), by, "DEVICE")
        return
    if step in ("articles_at_store", "device_issued") and now == "IN_REVIEW":
        raise Refused("not-submitted", state=now)
    if step == "articles_at_store":
        jobs.drop(work.tx, work.id, "volumes")
        if not preparing.lay_volumes(platform, work, by):
            raise Refused("invoice-batch-exhausted")
    elif step == "device_issued" and preparing.planned(work, "INVOICE", "tax_device"):
        raise Refused("items-not-ready", items=["tax_device"])  # only the tax office's answer makes it written
    preparing.note_step(platform, work, step, by)


def get_preparation(call: Call, tx: Tx) -> Reply:
    """How far it is."""
    work = CaseWork.look(tx, call.path["case_id"], call.caller.site_id)
    _on_paper(work)
    return _preparation(tx, work.id)


def _on_paper(work: CaseWork) -> Any:
    row = work.items.get("INVOICE")
    if row is None:
        raise Refused("not-found")
    if row.mode == "DIGITAL":
        raise Refused("invoice-mode-digital")
    return row


def _preparation(tx: Tx, case_id: str) -> Reply:
    row, step = _item(tx, case_id, "INVOICE"), t.preparation_step.c
    done = tx.c.execute(
        sa.select(t.preparation_step).where(step.case_id == case_id).order_by(step.at, step.step)
    ).all()
    ends = [one.at for one in done if one.step in ("articles_at_store", "device_issued")]
    begun = [one.at for one in done if one.step == "invoice_kinds"]
    steps = tuple(wire.PreparationStep(one.step, moment, one.by) for one in done if (moment := maybe(one.at)))
    answer = wire.Preparation(
        case_id, row.state, row.version, steps, maybe(begun[0]) if begun else None, maybe(row.due_at),
        maybe(max(ends)) if len(ends) == 2 else None,
    )  # fmt: skip
    return Reply(200, answer, f"v{row.version}")


def _item(tx: Tx, case_id: str, item: str) -> Any:
    return tx.c.execute(sa.select(t.item).where(t.item.c.case_id == case_id, t.item.c.item == item)).one()


def _behind_the_window(call: Call) -> None:
    # Nobody decides at a window, whatever else the person may be (R34).
    if call.caller.kind != "BACK_OFFICE" or "approver" not in call.caller.roles:
        raise Refused("forbidden")


HANDLERS: Handlers = {
    "listWaitingItems": of_rows(list_waiting_items),
    "decideItem": decide_item,
    "reportPreparation": report_preparation,
    "getPreparation": of_rows(get_preparation),
}
