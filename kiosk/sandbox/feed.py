"""The change feed: a counter row per hall, moved in the same transaction, so that no reader can miss a change.

A sequence would let changes become visible out of order. The counter row is the hottest row and is taken last.
"""

from collections.abc import Iterable

import sqlalchemy as sa

from kiosk.contracts import platform_api as api

from . import tables as t
from .call import Call, Reply
from .refusal import Refused
from .transaction import ChangeMade, Tx

_PAGE = 100


def write(c: sa.Connection, changes: Iterable[ChangeMade]) -> dict[str, int]:
    """The last statements of a transaction: number the changes and write them down, hall by hall; the new heads."""
    latest = {(change.site_id, change.kind, change.object_id): change for change in changes}
    head, heads = t.feed_head.c, {}
    for change in sorted(latest.values(), key=lambda one: one.site_id):
        moved = sa.update(t.feed_head).where(head.site_id == change.site_id).values(seq=head.seq + 1)
        seq = heads[change.site_id] = c.execute(moved.returning(head.seq)).scalar_one()
        c.execute(
            t.feed.insert().values(
                site_id=change.site_id, seq=seq, kind=change.kind, object=change.object_id,
                version=change.version, op=change.op,
            )
        )  # fmt: skip
    return heads


def epoch(c: sa.Connection) -> str:
    """The word that changes whenever the counter may have been wound back."""
    found: str = c.execute(sa.select(t.meta.c.value).where(t.meta.c.key == "epoch")).scalar_one()
    return found


def head(c: sa.Connection, site_id: str) -> int:
    """The number of the last change of a hall."""
    found: int | None = c.execute(sa.select(t.feed_head.c.seq).where(t.feed_head.c.site_id == site_id)).scalar()
    if found is None:
        raise Refused("not-found")
    return found


def get_feed(call: Call, tx: Tx) -> Reply:
    """Changes since a cursor."""
    site_id, limit = own_site(call), int(call.query.get("limit", _PAGE))
    now_epoch, last = epoch(tx.c), head(tx.c, site_id)
    since = _since(call.query.get("since"), now_epoch, last, site_id)
    column = t.feed.c
    rows = tx.c.execute(
        sa.select(t.feed).where(column.site_id == site_id, column.seq > since).order_by(column.seq).limit(limit)
    ).all()
    items = tuple(api.Change(r.seq, r.kind, r.object, r.version, r.op) for r in rows)
    at = items[-1].seq if items else since
    return Reply(200, api.Feed(now_epoch, items, f"{now_epoch}.{at}", at < last))


def get_snapshot(call: Call, tx: Tx) -> Reply:
    """Ids and versions of everything of a hall, at one cursor."""
    site_id = own_site(call)
    cursor = f"{epoch(tx.c)}.{head(tx.c, site_id)}"
    cases = tx.c.execute(sa.select(t.case.c.id, t.case.c.version).where(t.case.c.site_id == site_id))
    items = [api.SnapshotLine("case", row.id, row.version) for row in cases]
    opened = sa.and_(t.handover.c.site_id == site_id, t.handover.c.state == "PREPARED")
    handovers = tx.c.execute(sa.select(t.handover.c.id, t.handover.c.version).where(opened))
    items += [api.SnapshotLine("handover", row.id, row.version) for row in handovers]
    written = sa.and_(t.device_issue.c.site_id == site_id, t.device_issue.c.live.is_(True))
    issues = tx.c.execute(sa.select(t.device_issue.c.id, t.device_issue.c.version).where(written))
    items += [api.SnapshotLine("device_issue", row.id, row.version) for row in issues]
    return Reply(200, api.Snapshot(epoch(tx.c), cursor, tuple(items)))


def own_site(call: Call) -> str:
    """The hall in the path, which must be the asker's own."""
    site_id = call.path["site_id"]
    if site_id != call.caller.site_id:
        raise Refused("not-found")
    return site_id


def _since(cursor: str | None, now_epoch: str, last: int, site_id: str) -> int:
    if cursor is None:
        return 0
    of_epoch, _, number = cursor.partition(".")
    if of_epoch != now_epoch or int(number) > last:
        raise Refused("cursor-expired", snapshot=f"/v1/snapshots/{site_id}")
    return int(number)
