"""Hand-over at the window: prepared online with everything reserved and a signed permit, then a fact.

What was handed over is recorded whatever the book says, and a contradiction becomes a discrepancy. Time frees
nothing: an expired permit only fences the terminal.
"""

import dataclasses
import json
from typing import Any

import msgspec
import sqlalchemy as sa

from kiosk.contracts import platform_api as api
from kiosk.contracts.platform_api import counter as wire

from . import custody, departments, discrepancies, mailing, states, verifications
from . import tables as t
from .call import Call, Reply
from .case_views import form_of
from .casework import CaseWork
from .custody import Line
from .handover_views import view
from .ledger import Mover
from .moments import MINUTE, at, ms_of
from .platform import Platform
from .refusal import Refused, invalid
from .transaction import Tx


def prepare_handover(platform: Platform, call: Call, tx: Tx) -> Reply:
    """Reserve the whole bundle for one window and sign the permit, or reserve nothing."""
    asked = call.body(api.PrepareHandover)
    if call.caller.mode != "NORMAL":
        raise Refused("directive-no-handover")
    if call.caller.kind != "WINDOW" or asked.window != call.caller.window_id:
        raise Refused("forbidden")
    if tx.c.execute(sa.select(t.handover.c.id).where(t.handover.c.id == asked.id)).first() is not None:
        raise Refused("id-taken")
    work = CaseWork.open(tx, asked.case_id, call.caller.site_id)
    _refuse_second(tx, call, work)
    if not work.may("hand_over_all") or mailing.under_way(tx, work.id):
        raise Refused("case-not-ready", state=work.state)
    if asked.case_version != work.version:
        raise Refused("version-mismatch", etag=f"v{work.version}")
    _recipient(platform, tx, work, asked)
    bundle = _lines(work, asked)
    work.set(open_handover=asked.id)
    version = work.save()
    custody.reserve(tx, bundle, Mover(work.id, call.caller.staff_ref, asked.id))
    _insert(platform, call, tx, asked, bundle, _sent_to(work, asked))
    tx.changed(call.caller.site_id, "handover", asked.id, 1)
    row = tx.c.execute(sa.select(t.handover).where(t.handover.c.id == asked.id)).one()
    return Reply(201, view(tx, row, api.CaseNow(work.state, version)), "v1")  # type: ignore[arg-type]


def _refuse_second(tx: Tx, call: Call, work: CaseWork) -> None:
    column = t.handover.c
    prepared = sa.select(t.handover).where(column.state == "PREPARED")
    held = tx.c.execute(prepared.where(column.case_id == work.id)).first()
    if held is not None:
        raise Refused("handover-open", handover_id=held.id, window=held.window)
    mine = sa.and_(column.site_id == call.caller.site_id, column.window == call.caller.window_id)
    busy = tx.c.execute(prepared.where(mine)).first()
    if busy is not None:
        raise Refused("window-has-open-handover", handover_id=busy.id)


def _recipient(platform: Platform, tx: Tx, work: CaseWork, asked: api.PrepareHandover) -> None:
    form, role = form_of(work.row), asked.recipient.role
    if role == "courier":
        _courier(form, asked)
        return
    if asked.verification_id is None:
        raise invalid("/verification_id", "required")
    if role == "agent" and asked.recipient.authorisation_blob is not None:
        person = verifications.person_of(tx, asked.verification_id)
        persons = [] if person is None else [person]
    else:
        fitting = [p for p in form.people if (p.ref == form.applicant if role == "applicant" else role in p.roles)]
        persons = [platform.person(p.cert_type, p.cert_no) for p in fitting]
    found = {verifications.holds(tx, asked.verification_id, person) for person in persons} or {
        "verification-required"
    }
    if None not in found:
        raise Refused("verification-expired" if "verification-expired" in found else "verification-required")


def _courier(form: api.Form, asked: api.PrepareHandover) -> None:
    # A courier takes everything, with a waybill, for somebody who wanted it sent; nobody verifies him.
    if form.pickup is None or form.pickup.way != "MAIL":
        raise invalid("/recipient/role", "only when it is to be sent")
    if asked.waybill is None:
        raise invalid("/waybill", "required")
    if asked.partial_reason is not None:
        raise invalid("/partial_reason", "a courier takes all of it")


def _lines(work: CaseWork, asked: api.PrepareHandover) -> tuple[Line, ...]:
    prepared = {row.id: row for row in work.articles if row.state == "PREPARED"}
    named = [line.article_id for line in asked.lines]
    if len(set(named)) < len(named):
        raise invalid("/lines", "each article once")
    if strange := [article_id for article_id in named if article_id not in prepared]:
        raise Refused("items-not-ready", articles=strange)
    if set(named) != set(prepared) and asked.partial_reason is None:
        raise invalid("/partial_reason", "required when something stays behind")
    for index, line in enumerate(asked.lines):
        row = prepared[line.article_id]
        if (line.unit_id is None) == (line.batch_id is None) or (line.batch_id is None) != (line.first_no is None):
            raise invalid(f"/lines/{index}", "a unit, or a range of a batch")
        if row.unit_id is not None and line.unit_id != row.unit_id:
            raise Refused("stock-unit-unavailable", unit_id=line.unit_id, expected_unit_id=row.unit_id)
        if row.batch_id is not None and (line.batch_id, line.first_no) != (row.batch_id, row.first_no):
            raise Refused("invoice-range-mismatch", expected_first_no=row.first_no)
    return tuple(Line(one.article_id, one.unit_id, one.batch_id, one.first_no, one.count) for one in asked.lines)


def _sent_to(work: CaseWork, asked: api.PrepareHandover) -> str | None:
    """Where the applicant had been sent, if that is another window than this one."""
    number = asked.window.rpartition("-")[2].lstrip("0")
    assigned: str = work.row.pickup_window or ""
    return assigned if assigned and assigned.partition(" ")[0] != number else None


def _insert(
    platform: Platform, call: Call, tx: Tx, asked: api.PrepareHandover, bundle: tuple[Line, ...], sent_to: str | None
) -> None:
    permit_id, expires = tx.new_id(), tx.now + platform.settings.permit_minutes * MINUTE
    lines = [
        {
            "article_id": line.article_id,
            "unit_id": line.unit_id,
            "batch_id": line.batch_id,
            "first_no": line.first_no,
            "count": line.quantity,
        }
        for line in bundle
    ]
    permit = {
        "permit_id": permit_id, "handover_id": asked.id, "case_id": asked.case_id, "window": asked.window,
        "terminal_id": call.caller.terminal_id, "staff_ref": call.caller.staff_ref, "boot": asked.boot,
        "lines": lines, "expires_at": at(expires).isoformat(timespec="milliseconds"),
    }  # fmt: skip
    payload = json.dumps(permit, sort_keys=True, separators=(",", ":")).encode()
    tx.c.execute(
        t.handover.insert().values(
            id=asked.id, case_id=asked.case_id, site_id=call.caller.site_id, terminal_id=call.caller.terminal_id,
            window=asked.window, state=states.HANDOVER.initial, version=1, staff_ref=call.caller.staff_ref,
            verification_id=asked.verification_id, recipient=asked.recipient.role,
            partial_reason=asked.partial_reason, permit_id=permit_id, permit=payload,
            permit_sig=platform.permit_key.sign(payload), expires_at=expires, prepared_at=tx.now,
            assigned_window=sent_to,
            waybill=None if asked.recipient.role != "courier" else msgspec.json.encode(asked.waybill),
        )
    )  # fmt: skip
    for position, line in enumerate(bundle):
        row = dataclasses.asdict(line)
        tx.c.execute(t.handover_line.insert().values(**row, handover_id=asked.id, position=position, live=True))


def record_handed_over(call: Call, tx: Tx) -> Reply:
    """A fact. Never refused once it names a hand-over of this hall; a contradiction is written down beside it."""
    fact, row = call.body(api.HandedOver), _known(call, tx)
    odd = _oddities(call, tx, fact, row)
    if row.state != "PREPARED":
        return _recorded(call, tx, row, None if _said_before(fact, row) else f"handed-over-when-{row.state.lower()}")
    work = CaseWork.open(tx, row.case_id)
    lines = _rows(tx, row.id)
    gone = [line for line in lines if line.article_id in fact.lines_confirmed]
    left = [line for line in lines if line.article_id not in fact.lines_confirmed]
    mover = Mover(work.id, row.staff_ref, row.id)
    missed = _finish_lines(tx, gone, mover, "HAND_OVER", article_event="hand_over")
    missed += _finish_lines(tx, left, mover, "SPOIL", article_event=None)
    if missed:
        odd.append("goods-elsewhere")
    by_post = row.waybill is not None
    if by_post:
        mailing.post(tx, work, row, ms_of(fact.handed_at))
    elif not _collected(tx, work, "clerk"):
        odd.append(f"case-was-{work.state.lower()}")
    work.set(open_handover=None)
    work.save()
    _close(
        tx, row, "hand_over", handed_at=ms_of(fact.handed_at), received_at=tx.now, receipt_no=fact.receipt_no,
        signature_blob=fact.signature_blob,
    )  # fmt: skip
    departments.tell(tx, work.id, "posted" if by_post else "collected")
    return _recorded(call, tx, row, "+".join(odd) if odd else None)


def record_delivery(call: Call, tx: Tx) -> Reply:
    """A fact. Only now is a bundle that went by post collected; one that came back lies ready as before."""
    fact, row = call.body(wire.RecordDelivery), _known(call, tx)
    work = CaseWork.open(tx, row.case_id)
    event, contradiction = mailing.report(tx, row, fact)
    if event == "deliver":
        if not _collected(tx, work, "courier"):
            contradiction = contradiction or f"delivery-when-case-{work.state.lower()}"
        work.save()
        departments.tell(tx, work.id, "collected")
    elif event == "send_back":
        mailing.come_back(tx, work, row, _rows(tx, row.id))
        work.save()
        _close(tx, row, "reverse")
        departments.tell(tx, work.id, "mail_returned")
    return _recorded(call, tx, row, contradiction)


def abort_handover(call: Call, tx: Tx) -> Reply:
    """A fact: the goods are back, and somebody has looked."""
    fact, row = call.body(api.AbortHandover), _known(call, tx)
    if row.state == "PREPARED":
        work = CaseWork.open(tx, row.case_id)
        mover = Mover(work.id, row.staff_ref, row.id, reason=fact.reason)
        missed = _finish_lines(tx, _rows(tx, row.id), mover, "RETURN", article_event=None)
        work.set(open_handover=None)
        work.save()
        _close(tx, row, "abort", handed_at=ms_of(fact.aborted_at), received_at=tx.now)
        return _recorded(call, tx, row, "goods-elsewhere" if missed else None)
    return _recorded(call, tx, row, None if row.state == "ABORTED" else f"aborted-when-{row.state.lower()}")


def _known(call: Call, tx: Tx) -> Any:
    wanted = sa.select(t.handover).where(t.handover.c.id == call.path["handover_id"])
    row = tx.c.execute(wanted.with_for_update()).first()
    if row is None or row.site_id != call.caller.site_id:
        raise Refused("not-found")
    if call.caller.kind != "WINDOW":
        raise Refused("forbidden")
    return row


def _rows(tx: Tx, handover_id: str) -> list[Line]:
    column = t.handover_line.c
    lines = sa.select(t.handover_line).where(column.handover_id == handover_id)
    rows = tx.c.execute(lines.order_by(column.position))
    return [Line(row.article_id, row.unit_id, row.batch_id, row.first_no, row.quantity) for row in rows]


def _oddities(call: Call, tx: Tx, fact: api.HandedOver, row: Any) -> list[str]:
    known = {line.article_id for line in _rows(tx, row.id)}
    checks = {
        "other-permit": fact.permit_id != row.permit_id,
        "other-terminal": call.caller.terminal_id != row.terminal_id,
        "after-expiry": ms_of(fact.handed_at) > row.expires_at,
        "other-lines": set(fact.lines_confirmed) != known,
    }
    return [name for name, found in checks.items() if found]


def _said_before(fact: api.HandedOver, row: Any) -> bool:
    same = (fact.permit_id, fact.receipt_no, fact.signature_blob) == (
        row.permit_id,
        row.receipt_no,
        row.signature_blob,
    )
    return row.state == "HANDED_OVER" and same


def _finish_lines(tx: Tx, lines: list[Line], mover: Mover, kind: str, *, article_event: str | None) -> list[str]:
    missed = custody.settle(tx, lines, mover, kind)
    for line in lines:
        one = t.article.c.id == line.article_id
        if article_event is not None:
            state = states.ARTICLE.after("PREPARED", article_event)
            tx.c.execute(sa.update(t.article).where(one).values(state=state))
        else:
            column = t.handover_line.c
            mine = sa.and_(column.handover_id == mover.handover_id, column.article_id == line.article_id)
            tx.c.execute(sa.update(t.handover_line).where(mine).values(live=False))
    return missed


def _collected(tx: Tx, work: CaseWork, by: str) -> bool:
    """Everything or a part is with the applicant now; False when the case is in no state for that."""
    _collect_items(tx, work)
    remaining = sa.and_(t.article.c.case_id == work.id, t.article.c.state != "HANDED_OVER")
    event = "hand_over_some" if tx.c.execute(sa.select(t.article.c.id).where(remaining)).first() else "hand_over_all"
    if not work.may(event):
        return False
    work.move(event, by)
    return True


def _collect_items(tx: Tx, work: CaseWork) -> None:
    column = t.article.c
    waiting = sa.and_(column.case_id == work.id, column.state != "HANDED_OVER")
    left = set(tx.c.execute(sa.select(column.item).where(waiting).distinct()).scalars())
    for name in [n for n, state in work.item_states.items() if state == "PREPARED" and n not in left]:
        work.move_item(name, "collect", "clerk")


def _close(tx: Tx, row: Any, event: str, **values: Any) -> None:
    state = states.HANDOVER.after(row.state, event)
    mine = sa.update(t.handover).where(t.handover.c.id == row.id, t.handover.c.state == row.state)
    if tx.c.execute(mine.values(state=state, version=row.version + 1, **values)).rowcount != 1:
        raise Refused("idempotency-in-progress", retry_after=1)
    tx.changed(row.site_id, "handover", row.id, row.version + 1)


def _recorded(call: Call, tx: Tx, row: Any, contradiction: str | None) -> Reply:
    if contradiction is not None:
        new = discrepancies.open_one(tx, row.site_id, contradiction, "handover", row.id, body=call.raw)
        tx.c.execute(sa.update(t.handover).where(t.handover.c.id == row.id).values(discrepancy_id=new))
    now = tx.c.execute(sa.select(t.handover).where(t.handover.c.id == row.id)).one()
    case = tx.c.execute(sa.select(t.case.c.state, t.case.c.version).where(t.case.c.id == row.case_id)).one()
    fact = api.FactRecorded(now.id, now.state, now.version, api.CaseNow(case.state, case.version), now.discrepancy_id)
    return Reply(200, fact)
