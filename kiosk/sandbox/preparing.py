"""What is handed over comes into being here: planned, made or taken from the store, laid ready."""

from typing import Any

import sqlalchemy as sa

from . import bank_slots, custody, states, stock_levels
from . import tables as t
from .case_views import form_of
from .casework import CaseWork
from .jobs import BY, Task, look_again, schedule
from .ledger import Mover
from .platform import Platform


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
            look_again(task, "licence")
            stock_levels.watch(work.tx, work.row.site_id)
            return True
        prepared(work, one, serial=unit.serial, unit_id=unit.id)
    if waiting:
        work.move_item("SETUP", "prepared", BY)
    stock_levels.watch(work.tx, work.row.site_id)
    return True


def engrave(task: Task) -> bool:
    """The seals; their impression lets paper invoices begin."""
    work = task.work
    division = work.tx.c.execute(sa.select(t.site.c.division).where(t.site.c.id == work.row.site_id)).scalar_one()
    waiting = planned(work, "SEAL")
    for one in waiting:
        serial = f"{division}{work.tx.next_number('seal'):07d}"
        unit_id = custody.store_new(work.tx, "seal", serial, work.row.site_id, store_of(work), Mover(work.id, BY))
        prepared(work, one, serial=serial, unit_id=unit_id)
    if waiting:
        work.move_item("SEAL", "prepared", BY)
    if work.item_states.get("INVOICE") == "PENDING":
        start(task.platform, work, "INVOICE", task.due)
    return True


def volumes(task: Task) -> bool:
    """The invoices come to the store; without stock somebody looks again in a minute."""
    if not lay_volumes(task.platform, task.work, BY):
        look_again(task, "volumes")
    return True


def lay_volumes(platform: Platform, work: CaseWork, by: str) -> bool:
    """Numbers for every planned volume of the case; False when the store has not enough."""
    column = t.batch.c
    here = sa.select(t.batch).where(column.custodian == store_of(work), column.state == "IN_STOCK")
    for one in planned(work, "INVOICE", "invoice_volume"):
        for batch in work.tx.c.execute(here.order_by(column.id)).all():
            first = custody.allot_numbers(work.tx, batch.id, batch.volume, Mover(work.id, by), one.id)
            if first is not None:
                prepared(work, one, serial=f"{first:08d}", batch_id=batch.id, first_no=first, quantity=batch.volume)
                break
        else:
            return False
    stock_levels.watch(work.tx, work.row.site_id)
    note_step(platform, work, "articles_at_store", by)
    invoice_ready(work)
    return True


def invoice_ready(work: CaseWork) -> None:
    """Articles at the store and device written: the item is prepared, its hour is over."""
    if not planned(work, "INVOICE") and work.item_states["INVOICE"] == "PREPARING":
        work.move_item("INVOICE", "prepared", BY)


def start(platform: Platform, work: CaseWork, item: str, due: int) -> None:
    """An item goes to its department; the bank is asked for the hour that was wished for."""
    if item == "BANK":
        bank_slots.request(platform.store, work.tx, work.id, form_of(work.row).bank_appt)
    work.move_item(item, "start", BY)
    schedule(platform, work.tx, work.id, f"decide:{item}", due)
