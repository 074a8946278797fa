"""Hand-overs as they leave the platform."""

from typing import Any

import sqlalchemy as sa

from kiosk.contracts import platform_api as api

from . import tables as t
from .call import Call, Reply
from .moments import at, maybe
from .refusal import Refused
from .transaction import Tx


def view(tx: Tx, row: Any, case: api.CaseNow | None = None) -> api.Handover:
    """One hand-over with its permit."""
    column = t.handover_line.c
    rows = tx.c.execute(
        sa.select(t.handover_line).where(column.handover_id == row.id).order_by(column.position)
    ).all()
    lines = tuple(api.HandoverLine(r.article_id, r.unit_id, r.batch_id, r.first_no, r.quantity) for r in rows)
    return api.Handover(
        id=row.id, case_id=row.case_id, state=row.state, version=row.version, window=row.window, lines=lines,
        expires_at=at(row.expires_at), permit=api.Permit(row.permit_id, "Ed25519", row.permit, row.permit_sig),
        case=case or _case_now(tx, row.case_id), handed_at=maybe(row.handed_at), discrepancy_id=row.discrepancy_id,
        overdue=row.state == "PREPARED" and row.expires_at <= tx.now, reversed_at=maybe(row.reversed_at),
        assigned_window=row.assigned_window or "",
    )  # fmt: skip


def get_handover(call: Call, tx: Tx) -> Reply:
    """One hand-over of this hall: how a window goes on after a crash (待核实)."""
    row = tx.c.execute(sa.select(t.handover).where(t.handover.c.id == call.path["handover_id"])).first()
    if row is None or row.site_id != call.caller.site_id:
        raise Refused("not-found")
    overdue = row.state == "PREPARED" and row.expires_at <= tx.now
    return Reply(200, view(tx, row), f"v{row.version}{'o' if overdue else ''}")


def list_open_handovers(call: Call, tx: Tx) -> Reply:
    """What is out in this hall, or at one window, overdue ones included."""
    column = t.handover.c
    wanted = sa.select(t.handover).where(column.site_id == call.caller.site_id, column.state == "PREPARED")
    if "window" in call.query:
        wanted = wanted.where(column.window == call.query["window"])
    rows = tx.c.execute(wanted.order_by(column.prepared_at)).all()
    return Reply(200, api.OpenHandovers(tuple(view(tx, row) for row in rows)))


def _case_now(tx: Tx, case_id: str) -> api.CaseNow:
    row = tx.c.execute(sa.select(t.case.c.state, t.case.c.version).where(t.case.c.id == case_id)).one()
    return api.CaseNow(row.state, row.version)
