"""Messages that reached nobody: a clerk sees to each, and says how the applicant was told after all."""

from typing import Any

import sqlalchemy as sa

from kiosk.contracts.platform_api import notices as wire

from . import tables as t
from .call import Call, Reply
from .handling import Handlers, of_rows
from .moments import at, maybe
from .refusal import Refused
from .transaction import Tx

_PAGE = 100


def _failed(site_id: str) -> Any:
    """Messages of a hall whose SMS did not arrive, with what was done about them."""
    note, way, shut, case = t.notification.c, t.delivery.c, t.message_closing.c, t.case.c
    return (
        sa.select(
            note.id, note.case_id, note.template, note.at, note.site_id, note.version, way.attempts, way.reason,
            case.slip_code, shut.told_as, shut.words, shut.at.label("closed_at"), shut.by_ref.label("closed_by"),
        )
        .join(t.delivery, sa.and_(way.notification_id == note.id, way.channel == "sms", way.state == "FAILED"))
        .join(t.case, case.id == note.case_id)
        .outerjoin(t.message_closing, shut.notification_id == note.id)
        .where(note.site_id == site_id)
        .order_by(note.seq)
    )  # fmt: skip


def _view(row: Any) -> wire.FailedMessage:
    return wire.FailedMessage(
        id=row.id, case_id=row.case_id, slip_code=row.slip_code, template=row.template, at=at(row.at),
        attempts=row.attempts, reason=row.reason or "", told_as=row.told_as, words=row.words or "",
        closed_at=maybe(row.closed_at), closed_by=row.closed_by or "",
    )  # fmt: skip


def list_failed(call: Call, tx: Tx) -> Reply:
    """What nobody has seen to yet, oldest first."""
    wanted = _failed(call.caller.site_id).where(t.message_closing.c.notification_id.is_(None))
    rows = tx.c.execute(wanted.limit(int(call.query.get("limit", _PAGE)))).all()
    return Reply(200, wire.FailedMessages(tuple(_view(row) for row in rows)))


def close_failed(call: Call, tx: Tx) -> Reply:
    """Once: what was said first stands."""
    asked, note = call.body(wire.CloseFailedMessage), t.notification.c
    message = _failed(call.caller.site_id).where(note.id == call.path["id"])
    tx.c.execute(sa.select(note.id).where(note.id == call.path["id"]).with_for_update())
    row = tx.c.execute(message).first()
    if row is None:
        raise Refused("not-found")
    if row.told_as is not None:
        raise Refused("wrong-state", state="CLOSED")
    told = {"told_as": asked.told_as, "words": asked.words, "at": tx.now, "by_ref": call.caller.staff_ref}
    tx.c.execute(t.message_closing.insert().values(notification_id=row.id, **told))
    tx.c.execute(sa.update(t.notification).where(note.id == row.id).values(version=note.version + 1))
    tx.changed(row.site_id, "notification", row.id, row.version + 1)
    return Reply(200, _view(tx.c.execute(message).one()))


HANDLERS: Handlers = {"listFailedMessages": of_rows(list_failed), "closeFailedMessage": of_rows(close_failed)}
