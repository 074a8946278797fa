"""What is done with one thing: brought back, put aside, cleared, written off, found again.

A thing that was made for a case never goes to another: a written device carries its company, a printed sheet its
name, a seal its impression. It goes back to its own case while that still waits for it, or out of use.
"""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from kiosk.contracts.platform_api import stock as wire

from . import custody, discrepancies, places, spoiling, stock_levels
from . import tables as t
from .call import Call, Reply
from .casework import CaseWork
from .handling import Handler, Handlers
from .ledger import Mover
from .platform import Platform
from .refusal import Refused
from .stock_intake import unit_of, unit_view
from .transaction import Tx

_FENCED = ("QUARANTINED", "RETURNED")


@dataclass(frozen=True, slots=True)
class Deed:
    """One act on one thing: the thing and its case are locked, and the article is known that it stands for."""

    platform: Platform
    call: Call
    tx: Tx
    row: Any
    work: CaseWork | None
    article: Any
    mover: Mover

    def move(self, event: str, kind: str, **values: Any) -> Any:
        """Move it, or ``not-in-stock`` when it is in no state for that."""
        same = t.unit.c.version == self.row.version
        moved = custody.move_unit(self.tx, self.row.id, event, kind, self.mover, same, **values)
        if moved is None:
            raise Refused("not-in-stock", unit_id=self.row.id, unit_state=self.row.state)
        return moved

    def replace(self) -> None:
        """The article loses the thing; another is made."""
        if self.work is not None and self.article is not None:
            spoiling.plan_again(self.platform, self.work, self.article, self.call.caller.role)
            self.work.save()


def return_unit(deed: Deed) -> Any:
    """Somebody brings back what was handed over. The hand-over stands until it is reversed."""
    caller = deed.call.caller
    return deed.move("give_back", "RETURN", custodian=caller.window_id or places.places(deed.tx, caller.site_id)[0])


def quarantine_unit(deed: Deed) -> Any:
    """Put aside. A fact: what cannot be is a contradiction to look at. Nothing is taken out of an open bundle."""
    row, tx = deed.row, deed.tx
    if row.state == "QUARANTINED":
        return row
    if custody.in_open_handover(tx, row.site_id, row.id):
        raise Refused("stock-unit-unavailable", unit_id=row.id, unit_state=row.state)
    if deed.work is not None and deed.article is not None:
        spoiling.refuse_during_handover(deed.work)
    # A device whose writing has not come to an end belongs to nobody yet.
    unwritten = row.state == "RESERVED" and deed.article is None
    same = t.unit.c.version == row.version
    values = {"case_id": None} if unwritten else {}
    moved = custody.move_unit(tx, row.id, "quarantine", "SPOIL", deed.mover, same, **values)
    if moved is not None:
        deed.replace()
    return moved


def clear_unit(deed: Deed) -> Any:
    """In order after all: free again, or back to the case that still waits for it; never to another case."""
    row = deed.row
    if row.state not in _FENCED:
        raise Refused("not-in-stock", unit_id=row.id, unit_state=row.state)
    if deed.article is None and (row.case_id is not None or row.holder_uscc is not None):
        raise Refused("stock-unit-unavailable", unit_id=row.id, unit_state=row.state)
    if row.holder_uscc is not None:
        return deed.move("clear_bound", "RETURN")
    return deed.move("clear" if row.state == "QUARANTINED" else "store", "RETURN")


def void_unit(deed: Deed) -> Any:
    """No good any more, before two people. If a case waited for it, another is made."""
    if deed.row.state in _FENCED and deed.work is not None and deed.article is not None:
        spoiling.refuse_during_handover(deed.work)
    moved = deed.move("void", "SPOIL")
    deed.replace()
    return moved


def find_unit(deed: Deed) -> Any:
    """A lost thing is there again. What was made for a case is put aside: the case has got another meanwhile."""
    asked, row = deed.call.body(wire.FindUnit), deed.row
    place = row.custodian
    if asked.custodian is not None:
        place = places.own(deed.tx, row.site_id, asked.custodian)
    return deed.move(event_of_finding(row), "COUNT", custodian=place)


def event_of_finding(row: Any) -> str:
    """How a lost thing comes back."""
    return "find" if row.case_id is None and row.holder_uscc is None else "find_made"


def _deed(act: "Any", *, fact: bool = False) -> Handler:
    def handler(platform: Platform, call: Call, tx: Tx) -> Reply:
        deed = _begin(platform, call, tx, fact)
        row = act(deed)
        odd = None
        if row is None:
            kind = f"quarantined-when-{deed.row.state.lower()}"
            odd = discrepancies.open_one(
                tx, deed.row.site_id, kind, "unit", deed.row.id, owner="keeper", body=call.raw
            )
            row = deed.row
        elif row.version != deed.row.version:
            tx.changed(row.site_id, "stock_unit", row.id, row.version)
            stock_levels.watch(tx, row.site_id)
        return Reply(200, unit_view(row, odd), f"v{row.version}")

    return handler


def _begin(platform: Platform, call: Call, tx: Tx, fact: bool) -> Deed:
    caller, asked = call.caller, call.message
    seen = unit_of(tx, call.path["unit_id"], caller.site_id)
    # The case before its things, as everywhere; whose the thing is may have changed until the case was locked.
    known = seen.case_id and tx.c.execute(sa.select(t.case.c.id).where(t.case.c.id == seen.case_id)).first()
    work = CaseWork.open(tx, seen.case_id) if known else None
    row = tx.c.execute(sa.select(t.unit).where(t.unit.c.id == seen.id).with_for_update()).one()
    if row.case_id != seen.case_id or row.site_id != caller.site_id:
        raise Refused("idempotency-in-progress", retry_after=1)
    if not fact:
        call.expect(row.version)
        _picture(tx, call, asked.photo_blob)
    article = None if work is None else spoiling.article_on(work, row.id)
    mover = Mover(
        row.case_id, caller.staff_ref, second_ref=caller.second_ref or None, reason=asked.reason_code,
        photo_blob=asked.photo_blob,
    )  # fmt: skip
    return Deed(platform, call, tx, row, work, article, mover)


def _picture(tx: Tx, call: Call, sha256: str | None) -> None:
    if sha256 is None:
        return
    column = t.blob.c
    mine = sa.and_(column.terminal_id == call.caller.terminal_id, column.sha256 == sha256, column.whole.is_(True))
    if tx.c.execute(sa.select(column.sha256).where(mine)).first() is None:
        raise Refused("blob-missing", sha256=sha256)


HANDLERS: Handlers = {
    "returnUnit": _deed(return_unit),
    "quarantineUnit": _deed(quarantine_unit, fact=True),
    "clearUnit": _deed(clear_unit),
    "voidUnit": _deed(void_unit),
    "findUnit": _deed(find_unit),
}
