"""A case moves to the hall where its applicant now stands (R49)."""

import msgspec
import sqlalchemy as sa

from kiosk.contracts.platform_api import turns as wire

from . import case_views, mailing
from . import tables as t
from .call import Call, Reply
from .casework import CaseWork
from .handling import Handlers, of_rows
from .refusal import Refused, invalid
from .transaction import Tx

_OVER = ("CLOSED", "REFUSED", "TERMINATED")


def take_over_case(call: Call, tx: Tx) -> Reply:
    """With a reason, by a clerk who has the slip or the number before him. The other hall loses sight of it; goods
    that lie there keep it there. A case that is here already stays as it is."""
    asked, caller = call.body(wire.TakeOverCase), call.caller
    if (asked.slip_code is None) == (asked.case_no is None):
        raise invalid("", "exactly one of slip_code, case_no")
    named = t.case.c.slip_code == asked.slip_code if asked.slip_code else t.case.c.case_no == asked.case_no
    case_id = tx.c.execute(sa.select(t.case.c.id).where(named)).scalar()
    if case_id is None:
        raise Refused("not-found")
    work = CaseWork.open(tx, case_id)
    before = work.row.site_id
    if before == caller.site_id:
        return Reply(200, case_views.whole(tx, work.row, masked=False), f"v{work.version}")
    _refuse_tied(tx, work, caller.site_id)
    site = tx.c.execute(sa.select(t.site).where(t.site.c.id == caller.site_id)).one()
    form = case_views.form_of(work.row)
    if form.pickup is not None:
        pickup = msgspec.structs.replace(form.pickup, site_id=site.id)
        work.set(form=msgspec.json.encode(msgspec.structs.replace(form, pickup=pickup)))
    if work.row.pickup_window:
        work.set(pickup_window=site.pickup_window)
    work.set(site_id=site.id, handled_by=caller.staff_ref)
    work.remark("take_over")
    version = work.save()
    tx.gone(before, "case", work.id, version)
    tx.changed(site.id, "case", work.id, version)
    row = {"from_site": before, "to_site": site.id, "by": caller.staff_ref, "reason": asked.reason, "at": tx.now}
    tx.c.execute(t.take_over.insert().values(**row, id=tx.new_id(), case_id=work.id))
    now = tx.c.execute(sa.select(t.case).where(t.case.c.id == work.id)).one()
    return Reply(200, case_views.whole(tx, now, masked=False), f"v{version}")


def _refuse_tied(tx: Tx, work: CaseWork, to_site: str) -> None:
    if work.state in _OVER:
        raise Refused("too-late", state=work.state)
    if work.row.open_handover is not None:
        raise Refused("handover-open")
    if mailing.under_way(tx, work.id):
        raise Refused("goods-elsewhere", where="post")
    here = sa.select(t.site.c.store).where(t.site.c.id == to_site).scalar_subquery()
    unit, range_, batch = t.unit.c, t.number_range.c, t.batch.c
    laid_aside = ("IN_STOCK", "RESERVED", "BOUND", "IN_TRANSIT")
    units = sa.select(unit.id).where(unit.case_id == work.id, unit.custodian != here, unit.state.in_(laid_aside))
    ranges = (
        sa.select(range_.batch_id)
        .join(t.batch, batch.id == range_.batch_id)
        .where(range_.case_id == work.id, batch.custodian != here, range_.state.in_(laid_aside))
    )
    if tx.c.execute(units).first() is not None or tx.c.execute(ranges).first() is not None:
        raise Refused("goods-elsewhere", where="hall")


HANDLERS: Handlers = {"takeOverCase": of_rows(take_over_case)}
