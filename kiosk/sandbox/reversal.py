"""A hand-over is taken back: everything lies here again, two people have looked, and it can be handed over anew."""

from typing import Any

import sqlalchemy as sa

from kiosk.contracts import platform_api as api
from kiosk.contracts.platform_api import counter as wire

from . import custody, departments, spoiling, states, stock_levels
from . import tables as t
from .call import Call, Reply
from .casework import CaseWork
from .custody import Line
from .handling import Handlers
from .handover_views import view
from .ledger import Mover
from .platform import Platform
from .refusal import Refused, invalid
from .transaction import Tx

_REVERSIBLE = ("CLOSED", "PARTLY_COLLECTED", "READY", "PREPARING")  # the last two: after another reversal


def reverse_handover(platform: Platform, call: Call, tx: Tx) -> Reply:
    """Everything of it, or nothing. What is spoiled is not handed over again: another is made."""
    asked, caller = call.body(wire.ReverseHandover), call.caller
    row = tx.c.execute(
        sa.select(t.handover).where(t.handover.c.id == call.path["handover_id"]).with_for_update()
    ).first()
    if row is None or row.site_id != caller.site_id:
        raise Refused("not-found")
    if caller.kind != "WINDOW":
        raise Refused("forbidden")
    call.expect(row.version)
    if row.state == "PREPARED":
        raise Refused("handover-open", handover_id=row.id, window=row.window)
    state = states.HANDOVER.after(row.state, "reverse")
    if state is None:
        raise Refused("too-late", state=row.state)
    work = CaseWork.open(tx, row.case_id)
    spoiling.refuse_during_handover(work)
    if work.state not in _REVERSIBLE:
        raise Refused("case-not-ready", state=work.state)
    lines = _live_lines(tx, row.id)
    if set(asked.returned) != {line.article_id for line in lines}:
        raise invalid("/returned", "every article that was handed over, and no other")
    if not set(asked.spoiled) <= set(asked.returned):
        raise invalid("/spoiled", "only what was returned")
    mover = Mover(
        work.id, caller.staff_ref, handover_id=row.id, second_ref=caller.second_ref, reason=asked.reason
    )  # fmt: skip
    spoiled = custody.take_back(tx, lines, set(asked.spoiled), mover)
    _free_lines(tx, row.id)
    _ready_again(platform, work, lines, spoiled, caller.role)
    version = work.save()
    done = {
        "reversed_at": tx.now, "reversed_by": caller.staff_ref, "reversed_second": caller.second_ref,
        "reversed_reason": asked.reason,
    }  # fmt: skip
    mine = sa.update(t.handover).where(t.handover.c.id == row.id)
    tx.c.execute(mine.values(state=state, version=row.version + 1, **done))
    tx.changed(row.site_id, "handover", row.id, row.version + 1)
    departments.tell(tx, work.id, "reversed")
    stock_levels.watch(tx, row.site_id)
    now = tx.c.execute(sa.select(t.handover).where(t.handover.c.id == row.id)).one()
    case = api.CaseNow(work.state, version)  # type: ignore[arg-type]
    return Reply(200, view(tx, now, case), f"v{now.version}")


def _live_lines(tx: Tx, handover_id: str) -> tuple[Line, ...]:
    column = t.handover_line.c
    live = sa.select(t.handover_line).where(column.handover_id == handover_id, column.live.is_(True))
    rows = tx.c.execute(live.order_by(column.position))
    return tuple(Line(r.article_id, r.unit_id, r.batch_id, r.first_no, r.quantity) for r in rows)


def _free_lines(tx: Tx, handover_id: str) -> None:
    column = t.handover_line.c
    tx.c.execute(sa.update(t.handover_line).where(column.handover_id == handover_id).values(live=False))


def _ready_again(platform: Platform, work: CaseWork, lines: tuple[Line, ...], spoiled: set[str], by: str) -> None:
    tx, mine = work.tx, {line.article_id for line in lines}
    articles: list[Any] = [one for one in work.articles if one.id in mine]
    state = states.ARTICLE.after("HANDED_OVER", "reverse")
    tx.c.execute(sa.update(t.article).where(t.article.c.id.in_(sorted(mine))).values(state=state))
    for name in sorted({one.item for one in articles}):
        if work.item_states[name] == "COLLECTED":
            work.move_item(name, "reverse", by)
    if work.may("reverse"):
        work.move("reverse", by)
    for one in articles:
        if one.id in spoiled:
            spoiling.plan_again(platform, work, one, by)


HANDLERS: Handlers = {"reverseHandover": reverse_handover}
