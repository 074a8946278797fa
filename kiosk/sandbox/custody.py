"""The custody store: units and number ranges. Every taking is one conditional UPDATE whose row count is looked at, so
that of two who want the same thing exactly one gets it. Units are taken in the order of their ids, then ranges."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from . import tables as t
from .refusal import Refused
from .transaction import Tx


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a bundle: an article and the unit or the range of numbers that stands for it."""

    article_id: str
    unit_id: str | None = None
    batch_id: str | None = None
    first_no: int | None = None
    quantity: int = 1


@dataclass(frozen=True, slots=True)
class Mover:
    """For whom and in which hand-over something moves."""

    case_id: str
    by: str
    handover_id: str | None = None


def note(tx: Tx, kind: str, mover: Mover, **what: Any) -> None:
    """One line of the stock ledger; lines are only ever added."""
    tx.c.execute(
        t.movement.insert().values(
            at=tx.now, kind=kind, case_id=mover.case_id, handover_id=mover.handover_id, by=mover.by, **what
        )
    )


def earmark(tx: Tx, kind: str, case_id: str, store: str) -> Any:
    """Lay the next free unit of a kind aside for a case; None when there is none."""
    column = t.unit.c
    free = sa.and_(
        column.kind == kind, column.custodian == store, column.state == "IN_STOCK", column.case_id.is_(None)
    )
    first = sa.select(column.id).where(free).order_by(column.id).limit(1)
    while (unit_id := tx.c.execute(first).scalar()) is not None:
        taken = sa.update(t.unit).where(column.id == unit_id, free)
        if tx.c.execute(taken.values(case_id=case_id, version=column.version + 1)).rowcount == 1:
            return tx.c.execute(sa.select(t.unit).where(column.id == unit_id)).one()
    return None


def store_new(tx: Tx, kind: str, serial: str, store: str, mover: Mover) -> str:
    """A thing made for one case comes into the store."""
    unit_id = f"{kind}-{serial}"
    row = {"id": unit_id, "kind": kind, "serial": serial, "custodian": store, "state": "IN_STOCK", "version": 1}
    tx.c.execute(t.unit.insert().values(**row, case_id=mover.case_id))
    note(tx, "RECEIVE", mover, unit_id=unit_id)
    return unit_id


def change_unit(tx: Tx, unit_id: str, case_id: str, before: tuple[str, ...], after: str, **values: Any) -> bool:
    """Move one unit of one case if it is in one of the states before."""
    column = t.unit.c
    mine = sa.and_(column.id == unit_id, column.case_id == case_id, column.state.in_(before))
    moved = sa.update(t.unit).where(mine).values(state=after, version=column.version + 1, **values)
    return tx.c.execute(moved).rowcount == 1


def allot_numbers(tx: Tx, batch_id: str, count: int, mover: Mover, article_id: str) -> int | None:
    """The next numbers of a batch become one case's; compare-and-swap on the batch's next number. None: used up."""
    column = t.batch.c
    while True:
        next_no: int | None = tx.c.execute(sa.select(column.next_no).where(column.id == batch_id)).scalar()
        if next_no is None:
            return None
        fits = sa.and_(column.id == batch_id, column.next_no == next_no, column.next_no + count - 1 <= column.last_no)
        if tx.c.execute(sa.update(t.batch).where(fits).values(next_no=next_no + count)).rowcount == 1:
            break
        last_no = tx.c.execute(sa.select(column.last_no).where(column.id == batch_id)).scalar_one()
        if next_no + count - 1 > last_no:
            return None
    row = {"batch_id": batch_id, "first_no": next_no, "quantity": count, "state": "IN_STOCK"}
    tx.c.execute(t.number_range.insert().values(**row, case_id=mover.case_id, article_id=article_id))
    note(tx, "RESERVE", mover, batch_id=batch_id, first_no=next_no, quantity=count)
    return next_no


def change_range(tx: Tx, line: Line, case_id: str, before: tuple[str, ...], after: str) -> bool:
    """Move one case's range if it is exactly this one and in one of the states before."""
    column = t.number_range.c
    mine = sa.and_(
        column.batch_id == line.batch_id, column.first_no == line.first_no, column.quantity == line.quantity,
        column.case_id == case_id, column.article_id == line.article_id, column.state.in_(before),
    )  # fmt: skip
    return tx.c.execute(sa.update(t.number_range).where(mine).values(state=after)).rowcount == 1


def reserve(tx: Tx, lines: Iterable[Line], mover: Mover) -> None:
    """Take everything on the lines, or nothing: the first miss rolls all back."""
    bundle = tuple(lines)
    for unit_id in _units(bundle):
        bound = unit_id.startswith("tax_device-")  # a written device belongs to its company already
        before, after = (("BOUND",), "BOUND") if bound else (("IN_STOCK",), "RESERVED")
        if not change_unit(tx, unit_id, mover.case_id, before, after):
            state = tx.c.execute(sa.select(t.unit.c.state).where(t.unit.c.id == unit_id)).scalar()
            raise Refused("stock-unit-unavailable", unit_id=unit_id, unit_state=state)
        note(tx, "RESERVE", mover, unit_id=unit_id)
    for line in _ranges(bundle):
        if not change_range(tx, line, mover.case_id, ("IN_STOCK",), "RESERVED"):
            column = t.number_range.c
            first = sa.select(column.first_no).where(column.article_id == line.article_id)
            raise Refused("invoice-range-mismatch", expected_first_no=tx.c.execute(first).scalar())
        note(tx, "RESERVE", mover, batch_id=line.batch_id, first_no=line.first_no, quantity=line.quantity)


def settle(tx: Tx, lines: Iterable[Line], mover: Mover, kind: str) -> None:
    """HAND_OVER: everything is gone. RETURN: everything is where it was. SPOIL: nobody knows, a person looks."""
    after = {"HAND_OVER": "HANDED_OVER", "RETURN": "IN_STOCK", "SPOIL": "QUARANTINED"}[kind]
    bundle = tuple(lines)
    for unit_id in _units(bundle):
        stays_bound = kind == "RETURN" and unit_id.startswith("tax_device-")
        change_unit(tx, unit_id, mover.case_id, ("RESERVED", "BOUND"), "BOUND" if stays_bound else after)
        note(tx, kind, mover, unit_id=unit_id)
    for line in _ranges(bundle):
        change_range(tx, line, mover.case_id, ("RESERVED",), after)
        note(tx, kind, mover, batch_id=line.batch_id, first_no=line.first_no, quantity=line.quantity)


def _units(lines: tuple[Line, ...]) -> list[str]:
    # One order for everybody: rows taken crosswise by two transactions would lock one another for ever.
    return sorted(one.unit_id for one in lines if one.unit_id)


def _ranges(lines: tuple[Line, ...]) -> list[Line]:
    return sorted((one for one in lines if one.batch_id), key=lambda one: (one.batch_id or "", one.first_no or 0))


def of_case(tx: Tx, case_id: str) -> list[Any]:
    """Units that were laid aside for a case and not handed over, in the order in which they are locked."""
    column = t.unit.c
    mine = sa.and_(column.case_id == case_id, column.state.in_(("IN_STOCK", "RESERVED", "BOUND")))
    return list(tx.c.execute(sa.select(t.unit).where(mine).order_by(column.id).with_for_update()))


def put_back(tx: Tx, unit: Any, mover: Mover) -> None:
    """The case of this unit has ended: blank things are free again, made or written ones are put apart."""
    made_for_it = unit.kind == "seal" or unit.state == "BOUND"
    column = t.unit.c
    after = {"state": "QUARANTINED"} if made_for_it else {"state": "IN_STOCK", "case_id": None}
    tx.c.execute(sa.update(t.unit).where(column.id == unit.id).values(**after, version=column.version + 1))
    note(tx, "SPOIL" if made_for_it else "RETURN", mover, unit_id=unit.id)


def quarantine_ranges(tx: Tx, mover: Mover) -> None:
    """Numbers of a case that has ended are put apart for the count."""
    column = t.number_range.c
    mine = sa.and_(column.case_id == mover.case_id, column.state.in_(("IN_STOCK", "RESERVED")))
    for row in tx.c.execute(sa.select(t.number_range).where(mine).order_by(column.batch_id, column.first_no)).all():
        one = sa.and_(column.batch_id == row.batch_id, column.first_no == row.first_no)
        tx.c.execute(sa.update(t.number_range).where(one).values(state="QUARANTINED"))
        note(tx, "SPOIL", mover, batch_id=row.batch_id, first_no=row.first_no, quantity=row.quantity)


def come_back(tx: Tx, lines: Iterable[Line], mover: Mover) -> None:
    """What was handed over is back in the store, for the same case: a written device stays its company's."""
    bundle = tuple(lines)
    for unit_id in _units(bundle):
        bound = unit_id.startswith("tax_device-")
        change_unit(tx, unit_id, mover.case_id, ("HANDED_OVER",), "BOUND" if bound else "IN_STOCK")
        note(tx, "RETURN", mover, unit_id=unit_id)
    for line in _ranges(bundle):
        change_range(tx, line, mover.case_id, ("HANDED_OVER",), "IN_STOCK")
        note(tx, "RETURN", mover, batch_id=line.batch_id, first_no=line.first_no, quantity=line.quantity)
