"""Companies that were opened here: which items they have, which are in hand, which they may still ask for (R51)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import msgspec
import sqlalchemy as sa

from kiosk.contracts import platform_api as api

from . import tables as t
from .casework import DEPARTMENTS
from .database import Store
from .refusal import Refused, invalid
from .transaction import Tx

ENDED = ("RETURNED", "NOT_ACCEPTED", "REFUSED", "WITHDRAWN", "EXPIRED", "TERMINATED")
DIGITAL = "数电"  # a word in the name: a training company to which the tax office gives digital invoices
LATER = tuple(name for name in DEPARTMENTS if name != "SETUP")
_HAD = ("DONE", "COLLECTED")
_LOST = ("REFUSED", "CANCELLED", "RETURNED")
_OF_TAX = frozenset(
    {"accounting_method", "accounting_system", "taxpayer_kind", "general_effective", "sound_accounting"}
)
_CALLED_OFF = ("DECLINED", "CANCELLED")


@dataclass(frozen=True, slots=True)
class Company:
    """A company as its cases tell it. ``done`` and ``open``: item → the case it was or is in."""

    uscc: str
    opening: Any  # the row of the case in which it was opened
    cases: tuple[Any, ...]
    done: dict[str, str]
    open: dict[str, str]

    @property
    def name(self) -> str:
        """As on the licence."""
        return self.opening.name_full or ""

    @property
    def not_yet(self) -> tuple[str, ...]:
        """What may be asked for."""
        return tuple(name for name in LATER if name not in self.done and name not in self.open)

    @property
    def running(self) -> Any:
        """The newest case that has not ended, if there is one."""
        return next((row for row in self.cases if row.state not in (*ENDED, "CLOSED", "DRAFT", "SIGNING")), None)


def company(tx: Tx, uscc: str) -> Company | None:
    """A company by its credit code."""
    column = t.case.c
    mine = sa.select(t.case).where(column.uscc == uscc).order_by(column.made_at.desc(), column.id.desc())
    cases = tuple(tx.c.execute(mine))
    opening = next((row for row in cases if row.kind == "opening" and row.state != "TERMINATED"), None)
    if opening is None:
        return None
    states = {row.id: row.state for row in cases}
    items = sa.select(t.item).where(t.item.c.case_id.in_(list(states))).order_by(t.item.c.case_id)
    done, running = {}, {}
    for row in tx.c.execute(items):
        if row.state in _HAD and not (row.item == "BANK" and _called_off(tx, row.case_id)):
            done[row.item] = row.case_id
        elif row.state not in (*_LOST, *_HAD) and states[row.case_id] not in ENDED:
            running[row.item] = row.case_id
    return Company(uscc, opening, cases, done, running)


def has_or_asks(form: api.Form, found: Company) -> list[api.Issue]:
    """What speaks against the items of a later case; paper invoices bear the seal's impression."""
    issues = [] if form.items else [api.Issue("/items", "required")]
    if any(name not in LATER for name in form.items) or len(set(form.items)) < len(form.items):
        issues.append(api.Issue("/items", "known, each once, SETUP is done"))
    sealed = "SEAL" in form.items or "SEAL" in found.done
    if "INVOICE" in form.items and not sealed and DIGITAL not in found.name:
        issues.append(api.Issue("/items", "paper invoices need a seal"))
    return issues


def refuse_taken(found: Company, site_id: str, items: tuple[str, ...], own_case: str = "") -> None:
    """No item twice; the case that has it is named when it is this hall's."""
    sites = {row.id: row.site_id for row in found.cases}
    for name in items:
        holder = found.done.get(name) or found.open.get(name)
        if holder is not None and holder != own_case:
            raise Refused("item-already-done", item=name, case_id=holder if sites[holder] == site_id else None)


def claim(store: Store, tx: Tx, uscc: str, items: tuple[str, ...], case: Any) -> None:
    """The items become this case's, or are refused. The row of a company's item is the lock: of two cases that ask at
    once the second looks only when the first is through."""
    column = t.company_item.c
    for name in sorted(items):
        if not store.insert_new(tx.c, t.company_item, {"uscc": uscc, "item": name, "case_id": case.id}):
            mine = sa.and_(column.uscc == uscc, column.item == name)
            tx.c.execute(sa.update(t.company_item).where(mine).values(case_id=case.id))
    found = company(tx, uscc)
    if found is None:
        raise Refused("not-found")
    refuse_taken(found, case.site_id, items, case.id)


def refuse_other_data(kept: api.Form, sent: api.Form) -> None:
    """A later case carries the company's data as they are; only an agent may join. With the first invoices comes what
    the tax office wants to know once: that is told with them and not before."""
    said, stays = msgspec.to_builtins(sent), msgspec.to_builtins(kept)
    if "INVOICE" in sent.items:
        for form in (said, stays):
            form["fields"] = {name: value for name, value in form.get("fields", {}).items() if name not in _OF_TAX}
    if any(said.get(part) != stays.get(part) for part in ("fields", "business_scope", "individual")):
        raise invalid("/fields", "the company's data stay as they are")
    if _members(sent) != _members(kept):
        raise invalid("/people", "the company's people stay as they are")


def _members(form: api.Form) -> set[tuple[Any, ...]]:
    return {
        (one.ref, one.name, one.cert_type, one.cert_no, frozenset(one.roles), Decimal(one.subscribed))
        for one in form.people
        if set(one.roles) != {"agent"}
    }


def _called_off(tx: Tx, case_id: str) -> bool:
    column = t.bank_appointment.c
    state = tx.c.execute(sa.select(column.state).where(column.case_id == case_id)).scalar()
    return state in _CALLED_OFF
