"""Cases that end before their time: withdrawn, ended by a department, or left lying as a draft. Names, hours at the
bank and goods that were laid aside go back."""

from typing import Any, cast

import sqlalchemy as sa

from kiosk.contracts import platform_api as api
from kiosk.contracts.platform_api import turns as wire

from . import bank_slots, case_views, custody, departments, mailing, names, states, verifications
from . import tables as t
from .call import Call, Reply
from .casework import CaseWork
from .handling import Handlers, of_rows
from .ledger import Mover
from .moments import DAY, maybe
from .platform import Platform
from .refusal import Refused
from .transaction import Tx

DRAFT_KEPT_MS = 30 * DAY
_DRAFTS = ("DRAFT", "SIGNING")


def withdraw_case(platform: Platform, call: Call, tx: Tx) -> Reply:
    """By the applicant, before the review has begun."""
    asked = call.body(wire.WithdrawCase)
    work = CaseWork.open(tx, call.path["case_id"], call.caller.site_id)
    if not case_views.sees_all(tx, call.caller, work.row):
        raise Refused("not-found")
    if not work.may("withdraw"):
        raise Refused("too-late", state=work.state)
    call.expect(work.version)
    if not call.caller.on_duty and work.state not in _DRAFTS:
        _one_of_its_persons(platform, tx, work, asked.verification_id)
    if call.caller.on_duty:
        work.set(handled_by=call.caller.staff_ref)
    _note(tx, work, "withdraw", call.caller.staff_ref, asked.reason)
    return _ended(tx, work, "withdraw", call.caller.role)


def _one_of_its_persons(platform: Platform, tx: Tx, work: CaseWork, verification_id: str | None) -> None:
    # The terminal where a case was written belongs to whoever stands there next.
    form = case_views.form_of(work.row)
    entitled = [one for one in form.people if one.ref == form.applicant or "legal_rep" in one.roles]
    found = {verifications.holds(tx, verification_id, platform.person(p.cert_type, p.cert_no)) for p in entitled}
    if None not in found:
        raise Refused("verification-expired" if "verification-expired" in found else "verification-required")


def terminate_case(call: Call, tx: Tx) -> Reply:
    """By a department or a supervisor, with the reason; not while its goods are being handed over or in the post."""
    asked = call.body(wire.TerminateCase)
    work = CaseWork.open(tx, call.path["case_id"], call.caller.site_id)
    if not work.may("terminate"):
        raise Refused("too-late", state=work.state)
    call.expect(work.version)
    if work.row.open_handover is not None:
        raise Refused("handover-open", handover_id=work.row.open_handover)
    if mailing.under_way(tx, work.id):
        raise Refused("goods-elsewhere", where="post")
    _note(tx, work, "terminate", call.caller.staff_ref, asked.reason)
    return _ended(tx, work, "terminate", "approver" if "approver" in call.caller.roles else "supervisor")


def expire_drafts(tx: Tx, now: int) -> int:
    """Drafts that nobody has touched for thirty days end; how many."""
    column = t.case.c
    old = sa.select(column.id).where(column.state.in_(_DRAFTS), column.changed_at < now - DRAFT_KEPT_MS)
    ended = 0
    for case_id in tx.c.execute(old.order_by(column.id)).scalars().all():
        work = CaseWork.open(tx, case_id)
        if work.may("expire") and work.row.changed_at < now - DRAFT_KEPT_MS:
            _ended(tx, work, "expire", "system")
            ended += 1
    return ended


def any_to_expire(tx: Tx, now: int) -> bool:
    """A look before the writing, which would keep others waiting for nothing."""
    column = t.case.c
    old = sa.and_(column.state.in_(_DRAFTS), column.changed_at < now - DRAFT_KEPT_MS)
    return tx.c.execute(sa.select(column.id).where(old).limit(1)).first() is not None


def _note(tx: Tx, work: CaseWork, event: str, by: str, reason: str) -> None:
    row = {"case_id": work.id, "event": event, "by": by or None, "reason": reason, "at": tx.now}
    tx.c.execute(t.ending.insert().values(**row))


def _ended(tx: Tx, work: CaseWork, event: str, by: str) -> Reply:
    for name, state in work.item_states.items():
        if states.ITEM.after(state, "cancel"):
            work.move_item(name, "cancel", by)
    work.move(event, by)
    version = work.save()
    _goods_back(tx, work, by)
    if work.row.kind == "opening" and not work.row.uscc:
        names.release(tx, work.id)
    bank_slots.call_off(tx, work.id)
    departments.tell(tx, work.id, event)
    row, state = work.row, cast(api.CaseStateCode, work.state)
    moved = api.CaseMoved(
        work.id,
        state,
        version,
        row.case_no,
        maybe(row.accepted_at),
        maybe(row.due_at),
    )
    return Reply(200, moved, f"v{version}")


def _goods_back(tx: Tx, work: CaseWork, by: str) -> None:
    """Blank paper and unwritten devices are anybody's again; what bears the company's name is looked at by a person,
    and so are numbers, which leave a batch only at its front."""
    mover = Mover(work.id, by)
    for unit in custody.of_case(tx, work.id):
        custody.put_back(tx, unit, mover)
    custody.quarantine_ranges(tx, mover)
    for row in work.articles:
        if row.state == "PREPARED":
            _unprepare(tx, row)


def _unprepare(tx: Tx, row: Any) -> None:
    state = states.ARTICLE.after(row.state, "spoil")
    nothing = {"unit_id": None, "batch_id": None, "first_no": None, "serial": None}
    tx.c.execute(sa.update(t.article).where(t.article.c.id == row.id).values(state=state, **nothing))


HANDLERS: Handlers = {"withdrawCase": withdraw_case, "terminateCase": of_rows(terminate_case)}
