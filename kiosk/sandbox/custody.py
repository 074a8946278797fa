"""The custody store: units and number ranges. Every taking is one conditional UPDATE that answers with what it took,
so that of two who want the same thing exactly one gets it. Units are taken in the order of their ids, then ranges.

No thing changes its state but through its state table here, and none without a line in the ledger.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from . import states
from . import tables as t
from .ledger import Mover, note
from .refusal import Refused
from .transaction import Tx

HELD = ("IN_STOCK", "RESERVED", "BOUND", "QUARANTINED", "RETURNED")  # the states of a thing that lies somewhere here
_DEVICE = "tax_device-"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a bundle: an article and the unit or the range of numbers that stands for it."""

    article_id: str
    unit_id: str | None = None
    batch_id: str | None = None
    first_no: int | None = None
    quantity: int = 1


def move_unit(
    tx: Tx, unit_id: str, event: str, kind: str, mover: Mover, *conditions: "sa.ColumnElement[bool]", **values: Any
) -> Any:
    """Move one unit if its state and the conditions allow; the row as it is then, or None."""
    column = t.unit.c
    mine = sa.and_(column.id == unit_id, column.state.in_(states.UNIT.sources(event)), *conditions)
    moved = (
        sa.update(t.unit).where(mine).values(state=states.UNIT.target(event), version=column.version + 1, **values)
    )
    row = tx.c.execute(moved.returning(t.unit)).first()
    if row is not None:
        note(tx, kind, event, mover, site_id=row.site_id, custodian=row.custodian, unit_id=unit_id)
    return row


def earmark(tx: Tx, kind: str, case_id: str, store: str) -> Any:
    """Lay the next free unit of a kind aside for a case; None when there is none."""
    column = t.unit.c
    free = sa.and_(
        column.kind == kind, column.custodian == store, column.state == "IN_STOCK", column.case_id.is_(None)
    )
    first = sa.select(column.id).where(free).order_by(column.id).limit(1)
    while (unit_id := tx.c.execute(first).scalar()) is not None:
        taken = sa.update(t.unit).where(column.id == unit_id, free)
        row = tx.c.execute(taken.values(case_id=case_id, version=column.version + 1).returning(t.unit)).first()
        if row is not None:
            _note_unit(tx, "RESERVE", Mover(case_id, "department"), row)
            return row
    return None


def store_new(tx: Tx, kind: str, serial: str, site_id: str, store: str, mover: Mover) -> str:
    """A thing comes into the store for the first time."""
    unit_id = f"{kind}-{serial}"
    row = {"id": unit_id, "kind": kind, "serial": serial, "site_id": site_id, "custodian": store}
    tx.c.execute(t.unit.insert().values(**row, state="IN_STOCK", version=1, case_id=mover.case_id))
    note(tx, "RECEIVE", "store", mover, site_id=site_id, custodian=store, unit_id=unit_id)
    return unit_id


def allot_numbers(tx: Tx, batch_id: str, count: int, mover: Mover, article_id: str) -> int | None:
    """The next numbers of a batch become one case's; compare-and-swap on the batch's next number. None: used up."""
    column = t.batch.c
    while True:
        seen = tx.c.execute(sa.select(t.batch).where(column.id == batch_id)).first()
        if seen is None or seen.state != "IN_STOCK" or seen.next_no + count - 1 > seen.last_no:
            return None
        after = seen.next_no + count
        fits = sa.and_(
            column.id == batch_id, column.next_no == seen.next_no, column.last_no == seen.last_no,
            column.state == "IN_STOCK",
        )  # fmt: skip
        state = states.BATCH.after(seen.state, "exhaust" if after > seen.last_no else "take")
        taken = sa.update(t.batch).where(fits).values(next_no=after, state=state, version=column.version + 1)
        if tx.c.execute(taken).rowcount == 1:
            break
    first: int = seen.next_no
    row = {"batch_id": batch_id, "first_no": first, "quantity": count, "state": "IN_STOCK"}
    tx.c.execute(t.number_range.insert().values(**row, case_id=mover.case_id, article_id=article_id))
    place = {"site_id": seen.site_id, "custodian": seen.custodian}
    note(tx, "RESERVE", "", mover, **place, batch_id=batch_id, first_no=first, quantity=count)
    return first


def move_range(tx: Tx, line: Line, event: str, kind: str, mover: Mover, **values: Any) -> bool:
    """Move one case's range if it is exactly this one and its state allows."""
    column = t.number_range.c
    mine = sa.and_(
        column.batch_id == line.batch_id, column.first_no == line.first_no, column.quantity == line.quantity,
        column.case_id == mover.case_id, column.article_id == line.article_id,
        column.state.in_(states.UNIT.sources(event)),
    )  # fmt: skip
    if tx.c.execute(sa.update(t.number_range).where(mine).values(state=states.UNIT.target(event), **values)).rowcount:
        batch = tx.c.execute(sa.select(t.batch).where(t.batch.c.id == line.batch_id)).one()
        numbers = {"batch_id": line.batch_id, "first_no": line.first_no, "quantity": line.quantity}
        note(tx, kind, event, mover, site_id=batch.site_id, custodian=batch.custodian, **numbers)
        return True
    return False


def reserve(tx: Tx, lines: Iterable[Line], mover: Mover) -> None:
    """Take everything on the lines, or nothing: the first miss rolls all back."""
    bundle = tuple(lines)
    for unit_id in units_of(bundle):
        if not _reserve_unit(tx, unit_id, mover):
            state = tx.c.execute(sa.select(t.unit.c.state).where(t.unit.c.id == unit_id)).scalar()
            raise Refused("stock-unit-unavailable", unit_id=unit_id, unit_state=state)
    for line in ranges_of(bundle):
        if not move_range(tx, line, "reserve", "RESERVE", mover):
            column = t.number_range.c
            first = sa.select(column.first_no).where(column.article_id == line.article_id)
            raise Refused("invoice-range-mismatch", expected_first_no=tx.c.execute(first).scalar())


def settle(tx: Tx, lines: Iterable[Line], mover: Mover, kind: str) -> list[str]:
    """HAND_OVER: everything is gone. RETURN: everything is where it was. SPOIL: nobody knows, a person looks.

    A fact is not refused: what was not there to be moved is told by its article's id.
    """
    event = {"HAND_OVER": "hand_over", "RETURN": "release", "SPOIL": "quarantine"}[kind]
    bundle, odd = tuple(lines), set()
    for unit_id in units_of(bundle):
        mine = t.unit.c.case_id == mover.case_id
        if kind == "RETURN" and unit_id.startswith(_DEVICE):
            moved = _touch_bound(tx, unit_id, kind, mover)  # a written device stays its company's
        else:
            moved = move_unit(tx, unit_id, event, kind, mover, mine)
        if not moved:
            odd.add(unit_id)
    missed = [line.article_id for line in bundle if line.unit_id in odd]
    return missed + [line.article_id for line in ranges_of(bundle) if not move_range(tx, line, event, kind, mover)]


def units_of(lines: Iterable[Line]) -> list[str]:
    """One order for everybody: rows taken crosswise by two transactions would lock one another for ever."""
    return sorted(one.unit_id for one in lines if one.unit_id)


def ranges_of(lines: Iterable[Line]) -> list[Line]:
    """The same for numbers."""
    return sorted((one for one in lines if one.batch_id), key=lambda one: (one.batch_id or "", one.first_no or 0))


def in_open_handover(tx: Tx, site_id: str, unit_id: str | None = None) -> set[str]:
    """Units that lie at a window to be handed over, in this hall."""
    line, hand = t.handover_line.c, t.handover.c
    wanted = (
        sa.select(line.unit_id)
        .join(t.handover, hand.id == line.handover_id)
        .where(hand.site_id == site_id, hand.state == "PREPARED", line.unit_id.is_not(None))
    )
    if unit_id is not None:
        wanted = wanted.where(line.unit_id == unit_id)
    return set(tx.c.execute(wanted).scalars())


def _reserve_unit(tx: Tx, unit_id: str, mover: Mover) -> bool:
    if unit_id.startswith(_DEVICE):
        return _touch_bound(tx, unit_id, "RESERVE", mover)
    return move_unit(tx, unit_id, "reserve", "RESERVE", mover, t.unit.c.case_id == mover.case_id) is not None


def _touch_bound(tx: Tx, unit_id: str, kind: str, mover: Mover) -> bool:
    column = t.unit.c
    mine = sa.and_(column.id == unit_id, column.case_id == mover.case_id, column.state == "BOUND")
    touched = sa.update(t.unit).where(mine).values(version=column.version + 1)
    row = tx.c.execute(touched.returning(t.unit)).first()
    if row is not None:
        _note_unit(tx, kind, mover, row)
    return row is not None


def _note_unit(tx: Tx, kind: str, mover: Mover, row: Any) -> None:
    note(tx, kind, "", mover, site_id=row.site_id, custodian=row.custodian, unit_id=row.id)


def of_case(tx: Tx, case_id: str) -> list[Any]:
    """Units that were laid aside for a case and not handed over, in the order in which they are locked."""
    column = t.unit.c
    mine = sa.and_(column.case_id == case_id, column.state.in_(("IN_STOCK", "RESERVED", "BOUND")))
    return list(tx.c.execute(sa.select(t.unit).where(mine).order_by(column.id).with_for_update()))


def put_back(tx: Tx, unit: Any, mover: Mover) -> None:
    """The case of this unit has ended: blank things are free again, made or written ones are put apart."""
    if unit.kind == "seal" or unit.state == "BOUND":
        move_unit(tx, unit.id, "quarantine", "SPOIL", mover)
    elif unit.state == "RESERVED":
        move_unit(tx, unit.id, "release", "RETURN", mover, case_id=None)
    else:
        column = t.unit.c
        free = sa.update(t.unit).where(column.id == unit.id).values(case_id=None, version=column.version + 1)
        _note_unit(tx, "RETURN", mover, tx.c.execute(free.returning(t.unit)).one())


def quarantine_ranges(tx: Tx, mover: Mover) -> None:
    """Numbers of a case that has ended are put apart for the count."""
    column = t.number_range.c
    mine = sa.and_(column.case_id == mover.case_id, column.state.in_(("IN_STOCK", "RESERVED")))
    for row in tx.c.execute(sa.select(t.number_range).where(mine).order_by(column.batch_id, column.first_no)).all():
        line = Line(row.article_id, None, row.batch_id, row.first_no, row.quantity)
        move_range(tx, line, "quarantine", "SPOIL", mover)


def take_back(tx: Tx, lines: tuple[Line, ...], spoiled: set[str], mover: Mover) -> set[str]:
    """What was handed over is back, in the store or out of use; the articles whose thing cannot be handed over again.
    A written device stays its company's."""
    bad = set(spoiled)
    by_unit = {line.unit_id: line for line in lines if line.unit_id is not None}
    for unit_id in units_of(lines):
        line = by_unit[unit_id]
        here = t.unit.c.case_id == mover.case_id
        # It may have been brought back, and even written off, before anybody reversed the hand-over.
        move_unit(tx, unit_id, "give_back", "RETURN", mover, here)
        event = "void" if line.article_id in bad else _back(tx, unit_id)
        moved = move_unit(tx, unit_id, event, "SPOIL" if event == "void" else "RETURN", mover, here)
        if moved is None:
            bad.add(line.article_id)
    for line in ranges_of(lines):
        move_range(tx, line, "give_back", "RETURN", mover)
        if line.article_id in bad:
            move_range(tx, line, "void", "SPOIL", mover, article_id=None)
        elif not move_range(tx, line, "store", "RETURN", mover):
            bad.add(line.article_id)
    return bad


def _back(tx: Tx, unit_id: str) -> str:
    holder = tx.c.execute(sa.select(t.unit.c.holder_uscc).where(t.unit.c.id == unit_id)).scalar()
    return "store" if holder is None else "clear_bound"
