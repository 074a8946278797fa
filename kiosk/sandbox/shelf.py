"""What lies where for whoever comes to collect: place, slip and things; no person is named on a shelf."""

import sqlalchemy as sa

from kiosk.contracts.platform_api import stock as wire

from . import discrepancies, states
from . import tables as t
from .call import Call, Reply
from .handling import Handlers, of_rows
from .transaction import Tx

_PAGE = 50


def get_shelf(call: Call, tx: Tx) -> Reply:
    """Cases of this hall that can be collected, newest change first."""
    column, limit = t.case.c, int(call.query.get("limit", _PAGE))
    ready = sa.select(column.id, column.slip_code, column.place, column.changed_at).where(
        column.site_id == call.caller.site_id, column.state.in_(states.COLLECTABLE)
    )
    rows = discrepancies.newest_first(tx, call, ready, column.changed_at, column.id, limit)
    more = f"{rows[limit - 1].changed_at}.{rows[limit - 1].id}" if len(rows) > limit else None
    things: dict[str, list[wire.ShelfThing]] = {}
    article = t.article.c
    mine = sa.and_(article.case_id.in_([row.id for row in rows[:limit]]), article.state == "PREPARED")
    for one in tx.c.execute(sa.select(t.article).where(mine).order_by(article.case_id, article.position)):
        code = one.serial or "" if one.first_no is None else f"{one.first_no:08d}"
        things.setdefault(one.case_id, []).append(wire.ShelfThing(one.kind, code, one.use))
    items = tuple(
        wire.ShelfPlace(row.place or "", row.id, row.slip_code, tuple(things.get(row.id, ()))) for row in rows[:limit]
    )
    return Reply(200, wire.Shelf(items, more))


HANDLERS: Handlers = {"getShelf": of_rows(get_shelf)}
