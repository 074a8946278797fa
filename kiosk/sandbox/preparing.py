"""What is handed over comes into being here: planned, made or taken from the store, laid ready."""

from typing import Any

import sqlalchemy as sa

from . import custody, states
from . import tables as t
from .casework import CaseWork
from .custody import Mover
from .jobs import BY, Task, schedule
from .platform import Platform

VOLUME_COUNT = 25
_OUT_OF_STOCK_MS = 60_000


def plan(work: CaseWork, item: str, position: int, things: list[tuple[str, str | None]]) -> None:
    """Articles that an approved item will bring: kind and use."""
    for offset, (kind, use) in enumerate(things):
        work.tx.c.execute(
            t.article.insert().values(
                id=work.tx.new_id(), case_id=work.id, position=position + offset, kind=kind, item=item,
                state=states.ARTICLE.initial, use=use, quantity=1, place=work.place,
            )
        )  # fmt: skip


def planned(work: CaseWork, item: str, kind: str | None = None) -> list[Any]:
    """Articles of an item that are not there yet."""
    column = t.article.c
    waiting = sa.and_(column.case_id == work.id, column.item == item, column.state == "PLANNED")
    if kind is not None:
        waiting = sa.and_(waiting, column.kind == kind)
    return list(work.tx.c.execute(sa.select(t.article).where(waiting).order_by(column.position)))


def prepared(work: CaseWork, one: Any, **values: Any) -> None:
    """The article lies ready."""
    state = states.ARTICLE.after(one.state, "prepare")
    work.tx.c.execute(sa.update(t.article).where(t.article.c.id == one.id).values(**values, state=state))


def spoiled(work: CaseWork, one: Any) -> None:
    """The thing that stood for a prepared article is no good: the article is planned again, and its item with it."""
    state = states.ARTICLE.after(one.state, "spoil")
    values = {"state": state, "serial": None, "unit_id": None, "batch_id": None, "first_no": None}
    work.tx.c.execute(sa.update(t.article).where(t.article.c.id == one.id).values(**values))
    if states.ITEM.after(work.item_states[one.item], "spoil"):
        work.move_item(one.item, "spoil", BY)
    if work.row.open_handover is None and work.may("spoil"):
        work.move("spoil", BY)


def store_of(work: CaseWork) -> str:
    """The custody store of the case's hall."""
    store: str = work.tx.c.execute(sa.select(t.site.c.store).where(t.site.c.id == work.row.site_id)).scalar_one()
    return store


def note_step(platform: Platform, work: CaseWork, step: str, by: str) -> None:
    """A step of the invoices' preparation is done; the first word stands."""
    row = {"case_id": work.id, "step": step, "at": work.tx.now, "by": by}
    platform.store.insert_new(work.tx.c, t.preparation_step, row)


def forget_step(work: CaseWork, step: str) -> None:
    """It has to be done again."""
    column = t.preparation_step.c
    work.tx.c.execute(sa.delete(t.preparation_step).where(column.case_id == work.id, column.step == step))


def licence(task: Task) -> bool:
    """The licence on paper, and its copies."""
    work = task.work
    waiting, store = planned(work, "SETUP"), store_of(work)
    for one in waiting:
        unit = custody.earmark(work.tx, "licence_paper", work.id, store)
        if unit is None:
            schedule(task.platform, work.tx, work.id, "licence", task.due, wait_ms=_OUT_OF_STOCK_MS)
            return True
        prepared(work, one, serial=unit.serial, unit_id=unit.id)
    if waiting:
        work.move_item("SETUP", "prepared", BY)
    return True


def engrave(task: Task) -> bool:
    """The seals; their impression lets paper invoices begin."""
    work = task.work
    division = work.tx.c.execute(sa.select(t.site.c.division).where(t.site.c.id == work.row.site_id)).scalar_one()
    waiting = planned(work, "SEAL")
    for one in waiting:
        serial = f"{division}{work.tx.next_number('seal'):07d}"
        unit_id = custody.store_new(work.tx, "seal", serial, store_of(work), Mover(work.id, BY))
        prepared(work, one, serial=serial, unit_id=unit_id)
    if waiting:
        work.move_item("SEAL", "prepared", BY)
    if work.item_states.get("INVOICE") == "PENDING":
        start(task.platform, work, "INVOICE", task.due)
    return True


def volumes(task: Task) -> bool:
    """The invoices come to the store; without stock somebody looks again in a minute."""
    if not lay_volumes(task.platform, task.work, BY):
        schedule(task.platform, task.work.tx, task.work.id, "volumes", task.due, wait_ms=_OUT_OF_STOCK_MS)
    return True


def lay_volumes(platform: Platform, work: CaseWork, by: str) -> bool:
    """Numbers for every planned volume of the case; False when the store has not enough."""
    ids = sa.select(t.batch.c.id).where(t.batch.c.custodian == store_of(work)).order_by(t.batch.c.id)
    for one in planned(work, "INVOICE", "invoice_volume"):
        for batch_id in work.tx.c.execute(ids).scalars().all():
            first = custody.allot_numbers(work.tx, batch_id, VOLUME_COUNT, Mover(work.id, by), one.id)
            if first is not None:
                prepared(work, one, serial=f"{first:08d}", batch_id=batch_id, first_no=first, quantity=VOLUME_COUNT)
                break
        else:
            return False
    note_step(platform, work, "articles_at_store", by)
    invoice_ready(work)
    return True


def invoice_ready(work: CaseWork) -> None:
    """Articles at the store and device written: the item is prepared, its hour is over."""
    if not planned(work, "INVOICE") and work.item_states["INVOICE"] == "PREPARING":
        work.move_item("INVOICE", "prepared", BY)


def start(platform: Platform, work: CaseWork, item: str, due: int) -> None:
    """An item goes to its department."""
    work.move_item(item, "start", BY)
    schedule(platform, work.tx, work.id, f"decide:{item}", due)
