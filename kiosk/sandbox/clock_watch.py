"""Looks for promises whose time is up. Part of the offices' loop.

The time that counts is the wire's, on which promises are given; in mode scaled only the departments hurry. Where a
trainer moves the offices on and the wire's clock stays, running promises are moved on with them.
"""

import sqlalchemy as sa

from . import breaches, promise_clocks
from . import tables as t
from .platform import Platform
from .transaction import Tx

_AT_ONCE = 200


def watch(platform: Platform) -> int:
    """Write down every promise that was broken since the last look; how many cases had one."""
    ahead = platform.clock.ahead
    if ahead:
        with platform.transaction() as tx:
            promise_clocks.hurry(tx, ahead)
        platform.clock.caught_up(ahead)
    found = 0
    while cases := _late_cases(platform):
        for case_id in cases:
            with platform.transaction() as tx:
                _note_all(tx, case_id)
        found += len(cases)
    return found


def _late_cases(platform: Platform) -> list[str]:
    with platform.look() as tx:
        late = sa.select(t.clock.c.case_id).where(_late(tx)).distinct()
        return list(tx.c.execute(late.order_by(t.clock.c.case_id).limit(_AT_ONCE)).scalars())


def _note_all(tx: Tx, case_id: str) -> None:
    # The case first, as whoever moves it: a clock that is just being stopped is judged once, not twice.
    case = sa.select(t.case.c.site_id).where(t.case.c.id == case_id).with_for_update()
    site_id: str = tx.c.execute(case).scalar_one()
    column = t.clock.c
    late = sa.select(t.clock).where(column.case_id == case_id, _late(tx))
    for row in tx.c.execute(late.order_by(column.what, column.kind)).all():
        breaches.note(tx, site_id, row, row.due_at)


def _late(tx: Tx) -> "sa.ColumnElement[bool]":
    column = t.clock.c
    running = sa.and_(column.stopped_at.is_(None), column.paused_at.is_(None), column.breached_at.is_(None))
    return sa.and_(running, column.due_at < tx.now + column.ahead_ms)
