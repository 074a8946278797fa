"""The hall's book of who comes when to collect: some half hours of the doors' time are kept for those who book (R46).

Whoever does not book is not worse off: most windows never are in the book.
"""

from datetime import datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from . import states
from . import tables as t
from .database import Store
from .hall_hours import hall_time
from .moments import MINUTE, SHANGHAI, at, ms_of
from .transaction import Tx

_DAYS_AHEAD = 5  # days on which the doors are open
_AT_ONCE = 3
_STEP, _STEP_MS = timedelta(minutes=30), 30 * MINUTE
_NOTICE_MS = 30 * MINUTE  # from now to the first hour on offer
_LONGEST = timedelta(days=40)  # of looking for open days


def booked(tx: Tx, row: Any) -> int | None:
    """The hour of a case, while it can be kept."""
    if row.state not in states.COLLECTABLE:
        return None
    column = t.collection.c
    slot = tx.c.execute(sa.select(column.slot).where(column.case_id == row.id)).scalar()
    return slot if slot is not None and slot + _STEP_MS > tx.now else None


def on_offer(tx: Tx, site_id: str) -> tuple[int, ...]:
    """Every half hour that begins and ends behind open doors, on the next open days."""
    hall, first = hall_time(tx, site_id).time, at(tx.now + _NOTICE_MS).astimezone(SHANGHAI)
    last, found, days = first.date() + _LONGEST, list[int](), 0
    day = first.date()
    while days < _DAYS_AHEAD and day <= last:
        start = datetime.combine(day, time(), SHANGHAI)
        halves = [start + _STEP * number for number in range(48)]
        open_now = [one for one in halves if one >= first and hall.is_open(one) and hall.is_open(one + _STEP / 2)]
        found += [ms_of(one) for one in open_now]
        days += bool(open_now)
        day += timedelta(days=1)
    return tuple(found)


def free(tx: Tx, site_id: str) -> tuple[int, ...]:
    """What can be had now."""
    column, case = t.collection.c, t.case.c
    held = (
        sa.select(column.slot)
        .join(t.case, case.id == column.case_id)
        .where(column.site_id == site_id, case.state.in_(states.COLLECTABLE))
        .group_by(column.slot)
        .having(sa.func.count() >= _AT_ONCE)
    )
    full = set(tx.c.execute(held).scalars())
    return tuple(slot for slot in on_offer(tx, site_id) if slot not in full)


def book(store: Store, tx: Tx, row: Any, slot: int) -> bool:
    """Take a place in that half hour instead of the one before; False: it cannot be had. The case is locked."""
    if slot not in on_offer(tx, row.site_id):
        return False
    call_off(tx, row.id)
    column, case = t.collection.c, t.case.c
    here = sa.and_(column.site_id == row.site_id, column.slot == slot)
    over = sa.select(case.id).where(case.id == column.case_id, case.state.in_(states.COLLECTABLE))
    tx.c.execute(sa.delete(t.collection).where(here, ~over.exists()))  # of those who came earlier
    values = {"case_id": row.id, "site_id": row.site_id, "slot": slot}
    return any(store.insert_new(tx.c, t.collection, {**values, "place": place}) for place in range(_AT_ONCE))


def call_off(tx: Tx, case_id: str) -> None:
    """The applicant comes whenever it suits."""
    tx.c.execute(sa.delete(t.collection).where(t.collection.c.case_id == case_id))
