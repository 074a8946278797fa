"""The bank's side of an account appointment: branches (invented), hours, and what becomes of a wish (R30).

A wish never holds up the opening: a taken hour or a bank that declines ends the item, and the case goes on.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import cache

import sqlalchemy as sa

from kiosk.code_tables import banks
from kiosk.contracts.platform_api.bank import BankBranch
from kiosk.contracts.platform_api.wishes import BankWish

from . import states
from . import tables as t
from .database import Store
from .hall_hours import calendar
from .moments import SHANGHAI, at, ms_of
from .transaction import Tx

_DAYS_AHEAD = 5  # working days on offer, from the next one on
_HOURS = (time(9, 30), time(10, 30), time(11, 30), time(14), time(15), time(16))
_HELD = ("REQUESTED", "CONFIRMED")


@cache
def branches() -> Mapping[str, BankBranch]:
    """Every branch by its id."""
    return {
        one.id: BankBranch(one.id, one.bank, one.bank_name, one.name, one.address, one.phone)
        for one in banks.branches().values()
    }


def in_neutral_order(day: date, bank: str | None = None) -> tuple[BankBranch, ...]:
    """Nobody is always first: an order that is another one every day and the same for everybody that day."""
    return tuple(branches()[one.id] for one in banks.in_neutral_order(day, bank))


def hours_after(now_ms: int) -> tuple[int, ...]:
    """The hours every branch offers, on the next working days."""
    day, found = at(now_ms).date(), list[int]()
    while len(found) < _DAYS_AHEAD * len(_HOURS):
        day += timedelta(days=1)
        if calendar().is_working(day):
            found += [ms_of(datetime.combine(day, hour, SHANGHAI)) for hour in _HOURS]
    return tuple(found)


def free_hours(tx: Tx, branch_id: str) -> tuple[int, ...]:
    """What can be had now."""
    column = t.bank_appointment.c
    held = sa.select(column.slot).where(column.branch_id == branch_id, column.state.in_(_HELD))
    taken = set(tx.c.execute(held).scalars())
    return tuple(hour for hour in hours_after(tx.now) if hour not in taken)


def request(store: Store, tx: Tx, case_id: str, wish: BankWish | None) -> None:
    """The company is there: ask the bank for the hour. One that is taken, or no hour of the branch, is declined."""
    if wish is None:
        return
    machine, slot = states.BANK_APPOINTMENT, ms_of(wish.slot)
    row = {"case_id": case_id, "branch_id": wish.branch, "slot": slot, "contact": wish.contact, "version": 1}
    row |= {"state": machine.initial, "changed_at": tx.now}
    on_offer = wish.branch in branches() and slot in hours_after(tx.now)
    if not on_offer or not store.insert_new(tx.c, t.bank_appointment, row):
        declined = {**row, "state": machine.after(machine.initial, "decline")}
        store.insert_new(tx.c, t.bank_appointment, declined)


def confirm(tx: Tx, case_id: str) -> bool:
    """The bank takes the appointment, also when no hour was wished for (it calls the company); False: the hour is
    gone."""
    row = of_case(tx, case_id)
    if row is not None and row.state == states.BANK_APPOINTMENT.initial:
        move(tx, row, "confirm")
        return True
    return row is None or bool(row.state == "CONFIRMED")


def decline(tx: Tx, case_id: str) -> None:
    """The bank cannot."""
    row = of_case(tx, case_id)
    if row is not None and row.state == states.BANK_APPOINTMENT.initial:
        move(tx, row, "decline")


def call_off(tx: Tx, case_id: str) -> None:
    """The case has ended: its hour is free again."""
    row = of_case(tx, case_id)
    if row is not None and states.BANK_APPOINTMENT.after(row.state, "cancel"):
        move(tx, row, "cancel")


def of_case(tx: Tx, case_id: str) -> "sa.Row[tuple[object, ...]] | None":
    """The appointment of a case; whoever changes it has the case locked."""
    return tx.c.execute(sa.select(t.bank_appointment).where(t.bank_appointment.c.case_id == case_id)).first()


def move(tx: Tx, row: "sa.Row[tuple[object, ...]]", event: str) -> None:
    """One step of an appointment."""
    column = t.bank_appointment.c
    state = states.BANK_APPOINTMENT.after(row.state, event)
    moved = sa.update(t.bank_appointment).where(column.case_id == row.case_id)
    tx.c.execute(moved.values(state=state, version=row.version + 1, changed_at=tx.now))
