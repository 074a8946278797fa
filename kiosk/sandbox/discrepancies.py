"""The book of contradictions: what was said to have happened, against what was known. It is never empty by itself."""

from typing import Any

import msgspec
import sqlalchemy as sa

from kiosk.contracts.platform_api import discrepancies as wire

from . import tables as t
from .call import Call, Reply
from .moments import at, maybe
from .refusal import Refused
from .transaction import Tx
from .versioned import swap

_PAGE = 50
_GONE = ("LOST", "IN_TRANSIT")


def open_one(
    tx: Tx, site_id: str, kind: str, subject: str, subject_id: str, *, owner: str = "supervisor", body: bytes = b"",
    goods: wire.Goods | None = None,
) -> str:  # fmt: skip
    """Write a contradiction down and tell the hall; its id."""
    new = tx.new_id()
    tx.c.execute(
        t.discrepancy.insert().values(
            id=new, site_id=site_id, handover_id=subject_id if subject == "handover" else None, subject=subject,
            subject_id=subject_id, kind=kind, state="OPEN", version=1, owner=owner, at=tx.now, body=body,
            goods=msgspec.json.encode(goods or wire.Goods()),
        )
    )  # fmt: skip
    tx.changed(site_id, "discrepancy", new, 1)
    return new


def goods_of(row: Any) -> wire.Goods:
    """What is missing and what is too much."""
    return msgspec.json.decode(row.goods or b"{}", type=wire.Goods)


def view(row: Any) -> wire.Discrepancy:
    """On the wire: without the message that brought it, which may say more than a list should."""
    return wire.Discrepancy(
        id=row.id, kind=row.kind, subject=row.subject, subject_id=row.subject_id, state=row.state,
        version=row.version, owner=row.owner, opened_at=at(row.at), goods=goods_of(row),
        settled_at=maybe(row.settled_at), resolution=row.resolution, words=row.words or "",
        settled_by=row.settled_by or "", second=row.second_ref or "",
    )  # fmt: skip


def found(tx: Tx, discrepancy_id: str, site_id: str) -> Any:
    """One of this hall, or ``not-found``."""
    row = tx.c.execute(sa.select(t.discrepancy).where(t.discrepancy.c.id == discrepancy_id)).first()
    if row is None or row.site_id != site_id:
        raise Refused("not-found")
    return row


def is_open(tx: Tx, discrepancy_id: str | None) -> bool:
    """Whether somebody has still to see to it."""
    column = t.discrepancy.c
    page = sa.select(column.id).where(column.id == discrepancy_id, column.state == "OPEN")
    return discrepancy_id is not None and tx.c.execute(page).first() is not None


def list_discrepancies(call: Call, tx: Tx) -> Reply:
    """Newest first."""
    column, limit = t.discrepancy.c, int(call.query.get("limit", _PAGE))
    wanted = sa.select(t.discrepancy).where(column.site_id == call.caller.site_id)
    if "open" in call.query:
        wanted = wanted.where(column.state == "OPEN")
    rows = newest_first(tx, call, wanted, column.at, column.id, limit)
    more = f"{rows[limit - 1].at}.{rows[limit - 1].id}" if len(rows) > limit else None
    return Reply(200, wire.DiscrepancyPage(tuple(view(row) for row in rows[:limit]), more))


def get_discrepancy(call: Call, tx: Tx) -> Reply:
    """One."""
    row = found(tx, call.path["id"], call.caller.site_id)
    return Reply(200, view(row), f"v{row.version}")


def newest_first(
    tx: Tx, call: Call, wanted: "sa.Select[Any]", moment: "sa.ColumnElement[Any]", key: "sa.ColumnElement[Any]",
    limit: int,
) -> list[Any]:  # fmt: skip
    """A page of a list in the order of moment and id, backwards from the cursor, and one row more."""
    if "cursor" in call.query:
        when, _, last = str(call.query["cursor"]).partition(".")
        wanted = wanted.where(sa.or_(moment < int(when), sa.and_(moment == int(when), key < last)))
    return list(tx.c.execute(wanted.order_by(moment.desc(), key.desc()).limit(limit + 1)))


def settle_row(tx: Tx, row: Any, resolution: str, by: str, second: str | None, words: str) -> None:
    """Close the page; refused when somebody else has closed it meanwhile."""
    swap(
        tx, t.discrepancy, row, "discrepancy", t.discrepancy.c.state == "OPEN",
        state="SETTLED", settled_at=tx.now, settled_by=by, second_ref=second, resolution=resolution, words=words,
    )  # fmt: skip


def settle_found(tx: Tx, site_id: str, by: str, second: str | None) -> None:
    """Whatever was open only because things were missing that are there again is settled by that."""
    column = t.discrepancy.c
    wanted = sa.select(t.discrepancy).where(column.site_id == site_id, column.state == "OPEN").order_by(column.id)
    for row in tx.c.execute(wanted.where(column.subject.in_(("count", "transfer")))).all():
        goods = goods_of(row)
        if not goods.missing or goods.surplus or any(":" in one for one in goods.missing):
            continue
        still = sa.select(t.unit.c.id).where(t.unit.c.id.in_(goods.missing), t.unit.c.state.in_(_GONE))
        if tx.c.execute(still).first() is None:
            settle_row(tx, row, "found", by, second, "")
