"""The same act sent twice is done once and answered twice with the same bytes."""

import hashlib
from dataclasses import dataclass

import sqlalchemy as sa

from . import tables as t
from .call import Call
from .database import lock_not_had
from .moments import DAY
from .platform import Platform
from .refusal import Refused
from .transaction import Tx

KEPT_DAYS = 30
_PIECE = 1000


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that was given before."""

    status: int
    etag: str
    body: bytes


def first_time(platform: Platform, tx: Tx, call: Call, path: str) -> Kept | None:
    """None for a first run, else the answer of then. Must be the first statement of the business transaction."""
    print_ = hashlib.sha256(b"\0".join((call.op.method.encode(), path.encode(), call.raw))).hexdigest()
    mine = {"terminal_id": call.scope, "key": call.key}
    try:
        if platform.store.insert_new(tx.c, t.idempotency, {**mine, "fingerprint": print_, "made_at": tx.now}):
            return None
    except sa.exc.DBAPIError as error:
        if lock_not_had(error):  # the first one with this key is still at it
            raise Refused("idempotency-in-progress", retry_after=1) from None
        raise
    column = t.idempotency.c
    row = tx.c.execute(
        sa.select(t.idempotency).where(column.terminal_id == mine["terminal_id"], column.key == mine["key"])
    ).one()
    if row.fingerprint != print_:
        raise Refused("idempotency-key-reused")
    return Kept(row.status, row.etag, platform.unlocked(row.body))


def keep(platform: Platform, tx: Tx, call: Call, answer: Kept) -> None:
    """Store the answer beside the act, in the same transaction; no row of the table can be read by itself."""
    column = t.idempotency.c
    tx.c.execute(
        sa.update(t.idempotency)
        .where(column.terminal_id == call.scope, column.key == call.key)
        .values(status=answer.status, etag=answer.etag, body=platform.locked(answer.body))
    )


def forget_old(platform: Platform) -> int:
    """Answers are kept for thirty days, longer than any terminal stays off. A piece in each transaction, so that
    nobody waits behind a month's answers; how many were forgotten."""
    column = t.idempotency.c
    with platform.look() as tx:  # nobody who writes waits for the search
        old = column.made_at < tx.now - KEPT_DAYS * DAY
        piece = sa.select(column.made_at).where(old).order_by(column.made_at).limit(_PIECE).subquery()
        until = tx.c.execute(sa.select(sa.func.max(piece.c.made_at))).scalar()
    if until is None:
        return 0
    with platform.transaction() as tx:  # all of that moment: many may have been made in one
        return tx.c.execute(sa.delete(t.idempotency).where(column.made_at <= until)).rowcount
