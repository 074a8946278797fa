"""How many of each kind are free, against the hall's thresholds; the feed is told when a line is crossed."""

import sqlalchemy as sa

from kiosk.contracts.platform_api import stock as wire

from . import tables as t
from .call import Call, Reply
from .handling import Handlers, of_rows
from .transaction import Tx


def free(tx: Tx, site_id: str, kind: str) -> int:
    """Things of a kind that belong to no case and lie in this hall; invoices in whole volumes."""
    if kind == "invoice_volume":
        column = t.batch.c
        mine = sa.select(column.next_no, column.last_no, column.volume).where(
            column.site_id == site_id, column.state == "IN_STOCK"
        )
        return sum((row.last_no - row.next_no + 1) // row.volume for row in tx.c.execute(mine))
    unit = t.unit.c
    mine_free = sa.and_(unit.site_id == site_id, unit.kind == kind, unit.state == "IN_STOCK", unit.case_id.is_(None))
    count: int = tx.c.execute(sa.select(sa.func.count()).select_from(t.unit).where(mine_free)).scalar_one()
    return count


def watch(tx: Tx, *site_ids: str) -> None:
    """To be called at the end of an act that moves goods.

    The threshold's row is locked before the goods are counted: of two who take the last ones at the same moment the
    second counts what the first has left.
    """
    column = t.threshold.c
    wanted = sa.select(t.threshold).where(column.site_id.in_(sorted(set(site_ids))))
    for row in tx.c.execute(wanted.order_by(column.site_id, column.kind).with_for_update()).all():
        low = free(tx, row.site_id, row.kind) < row.low_below
        if low != row.low:
            mine = sa.and_(column.site_id == row.site_id, column.kind == row.kind)
            tx.c.execute(sa.update(t.threshold).where(mine).values(low=low, version=row.version + 1))
            tx.changed(row.site_id, "stock_level", row.kind, row.version + 1)


def get_stock_levels(call: Call, tx: Tx) -> Reply:
    """Every kind with its threshold."""
    site_id, column = call.caller.site_id, t.threshold.c
    rows = tx.c.execute(sa.select(t.threshold).where(column.site_id == site_id).order_by(column.kind)).all()
    items = []
    for row in rows:
        count = free(tx, site_id, row.kind)
        items.append(wire.StockLevel(row.kind, count, row.low_below, count < row.low_below))
    return Reply(200, wire.StockLevels(tuple(items)))


HANDLERS: Handlers = {"getStockLevels": of_rows(get_stock_levels)}
