"""The platform with a guard taken out, for the negative controls: a test that such a thing passes proves nothing."""

import contextlib
import random
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from kiosk.sandbox import custody, states
from kiosk.sandbox import tables as t
from kiosk.sandbox.casework import CaseWork
from kiosk.sandbox.platform import Platform
from kiosk.sandbox.refusal import Refused
from kiosk.sandbox.transaction import Tx


def look_then_write() -> None:
    """As it is written by whoever trusts a look: no locks, no conditions on what is changed, no unique indexes."""
    sa.Select.with_for_update = lambda self, **_: self  # type: ignore[method-assign,assignment]
    for table in (t.handover, t.handover_line):
        for index in tuple(table.indexes):
            table.indexes.discard(index)

    def move_unit(tx: Tx, unit_id: str, event: str, *_: object, **values: Any) -> Any:
        moved = sa.update(t.unit).where(t.unit.c.id == unit_id).values(state=states.UNIT.target(event), **values)
        return tx.c.execute(moved.returning(t.unit)).first()  # the articles were looked at before

    def move_range(tx: Tx, line: custody.Line, event: str, *_: object, **values: Any) -> bool:
        mine = sa.and_(t.number_range.c.batch_id == line.batch_id, t.number_range.c.first_no == line.first_no)
        tx.c.execute(sa.update(t.number_range).where(mine).values(state=states.UNIT.target(event), **values))
        return True

    custody.move_unit = move_unit
    custody.move_range = move_range
    save = CaseWork.save

    def save_over(self: CaseWork) -> int:
        while True:  # whoever writes last is right
            self.version = self.tx.c.execute(sa.select(t.case.c.version).where(t.case.c.id == self.id)).scalar_one()
            with contextlib.suppress(Refused):
                return save(self)

    CaseWork.save = save_over  # type: ignore[method-assign]


def crosswise_locks() -> None:
    """Half of all acts take the hottest row first instead of last."""
    transaction = Platform.transaction

    @contextlib.contextmanager
    def crosswise(self: Platform) -> Iterator[Tx]:
        with transaction(self) as tx:
            if random.random() < 0.5:
                tx.c.execute(sa.select(t.feed_head).order_by(t.feed_head.c.site_id).with_for_update()).all()
            yield tx

    Platform.transaction = crosswise  # type: ignore[method-assign]
