"""The bundle by post (R22). Posted, the goods are the courier's and signed for, but the case stays where it was until
the post reports delivery; what comes back lies ready for the next attempt."""

from collections.abc import Iterable
from typing import Any

import msgspec
import sqlalchemy as sa

from kiosk.contracts.platform_api import counter as wire

from . import custody, states
from . import tables as t
from .casework import CaseWork
from .custody import Line
from .ledger import Mover
from .moments import ms_of
from .transaction import Tx

_EVENTS = {"DELIVERED": "deliver", "RETURNED_TO_SENDER": "send_back"}


def under_way(tx: Tx, case_id: str) -> bool:
    """Whether the bundle of a case is with the post."""
    column = t.mailing.c
    posted = sa.and_(column.case_id == case_id, column.state == states.MAILING.initial)
    return tx.c.execute(sa.select(column.handover_id).where(posted)).first() is not None


def post(tx: Tx, work: CaseWork, row: Any, posted_at: int) -> None:
    """The courier has signed and gone."""
    waybill = msgspec.json.decode(row.waybill, type=wire.Waybill)
    entry = {
        "handover_id": row.id, "case_id": work.id, "state": states.MAILING.initial, "waybill": waybill.no,
        "carrier": waybill.carrier, "posted_at": posted_at,
    }  # fmt: skip
    tx.c.execute(t.mailing.insert().values(**entry))
    work.remark("courier")


def report(tx: Tx, row: Any, fact: wire.RecordDelivery) -> tuple[str | None, str | None]:
    """What the post says: the event that follows, and what contradicts the book."""
    sent = tx.c.execute(sa.select(t.mailing).where(t.mailing.c.handover_id == row.id)).first()
    if sent is None:
        return None, "delivery-of-nothing-posted"
    event = _EVENTS[fact.result]
    state = states.MAILING.after(sent.state, event)
    if state is None:
        said_before = (sent.state, sent.waybill) == (fact.result, fact.waybill)
        return None, None if said_before else f"delivery-when-{sent.state.lower()}"
    ended = {"ended_at": ms_of(fact.at), "reported_at": tx.now, "proof_blob": fact.proof_blob}
    tx.c.execute(sa.update(t.mailing).where(t.mailing.c.handover_id == row.id).values(state=state, **ended))
    return event, None if fact.waybill == sent.waybill else "other-waybill"


def come_back(tx: Tx, work: CaseWork, row: Any, lines: Iterable[Line]) -> None:
    """Everything the courier had lies where it lay before, and may be handed over anew."""
    gone = {article.id for article in work.articles if article.state == "HANDED_OVER"}
    back = [line for line in lines if line.article_id in gone]
    custody.take_back(tx, tuple(back), set(), Mover(work.id, row.staff_ref, row.id))
    state = states.ARTICLE.after("HANDED_OVER", "reverse")
    for line in back:
        tx.c.execute(sa.update(t.article).where(t.article.c.id == line.article_id).values(state=state))
    tx.c.execute(sa.update(t.handover_line).where(t.handover_line.c.handover_id == row.id).values(live=False))
    work.remark("courier")
