"""Counting (盘点): what somebody found at a place against the book, and what a supervisor makes of it.

A count is a fact and changes nothing. Only closing it does: what was not found is lost, a batch that does not tally
is fenced, and the difference stays open until somebody has explained it.
"""

import hashlib
from datetime import datetime, time
from typing import Any

import msgspec
import sqlalchemy as sa

from kiosk.contracts.platform_api import discrepancies as odd
from kiosk.contracts.platform_api import stock as wire

from . import batches, custody, discrepancies, ledger, places, spoiling, stock_levels
from . import tables as t
from .call import Call, Reply
from .casework import CaseWork
from .handling import Handlers, of_rows
from .ledger import Mover
from .moments import SHANGHAI, at, maybe, ms_of
from .platform import Platform
from .refusal import Refused, invalid
from .stock_units import event_of_finding
from .transaction import Tx
from .versioned import swap

_PAGE = 50


class Findings(msgspec.Struct, frozen=True):
    """What a count found other than the book."""

    missing: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()
    batches: tuple[wire.BatchDiffers, ...] = ()

    @property
    def clean(self) -> bool:
        """Whether book and place agree."""
        return not (self.missing or self.surplus or self.batches)


def count_stock(call: Call, tx: Tx) -> Reply:
    """Write the count down. The same count sent again under another key is the same count."""
    asked, caller = call.body(wire.CountStock), call.caller
    places.own(tx, caller.site_id, asked.location)
    named = [one.id for one in asked.batches]
    if len(set(named)) < len(named):
        raise invalid("/batches", "each batch once")
    digest = hashlib.sha256(call.raw).hexdigest()
    before = tx.c.execute(sa.select(t.count).where(t.count.c.id == asked.id)).first()
    if before is not None:
        if (before.site_id, before.digest) != (caller.site_id, digest):
            raise Refused("id-taken")
        return Reply(200, _view(before), f"v{before.version}")
    expected, findings = compare(tx, caller.site_id, asked)
    tx.c.execute(
        t.count.insert().values(
            id=asked.id, site_id=caller.site_id, location=asked.location, state="OPEN", version=1,
            counted_at=ms_of(asked.at), at=tx.now, by=caller.staff_ref, digest=digest, expected=expected,
            findings=msgspec.json.encode(findings),
        )
    )  # fmt: skip
    counted = {"site_id": caller.site_id, "custodian": asked.location, "quantity": len(asked.units)}
    ledger.note(tx, "COUNT", "", Mover(None, caller.staff_ref, document_ref=asked.id), **counted)
    tx.changed(caller.site_id, "count", asked.id, 1)
    return Reply(201, _view(_row(tx, asked.id, caller.site_id)), "v1")


def compare(tx: Tx, site_id: str, asked: wire.CountStock) -> tuple[int, Findings]:
    """How many things the book has at the place, and where it differs from what was found there."""
    moved_units, moved_batches = _moved_since(tx, site_id, ms_of(asked.at))
    apart = moved_units | custody.in_open_handover(tx, site_id)
    unit, batch = t.unit.c, t.batch.c
    here = sa.select(unit.id).where(
        unit.site_id == site_id, unit.custodian == asked.location, unit.state.in_(custody.HELD)
    )
    held = set(tx.c.execute(here).scalars()) - apart
    counted = set(asked.units) - apart
    boxes = sa.select(batch.id, batch.next_no).where(
        batch.site_id == site_id, batch.custodian == asked.location, batch.state.in_(("IN_STOCK", "QUARANTINED"))
    )
    book = {row.id: row.next_no for row in tx.c.execute(boxes) if row.id not in moved_batches}
    seen = {one.id: one.next_no for one in asked.batches if one.id not in moved_batches}
    differ = [wire.BatchDiffers(one, book[one], seen.get(one)) for one in sorted(book) if seen.get(one) != book[one]]
    surplus = sorted(counted - held) + sorted(set(seen) - set(book))
    findings = Findings(tuple(sorted(held - counted)), tuple(surplus), tuple(differ))
    return len(held) + len(book), findings


def _moved_since(tx: Tx, site_id: str, moment: int) -> tuple[set[str], set[str]]:
    # A count may come hours later from a terminal without network: what moved meanwhile says nothing about it.
    column = t.movement.c
    wanted = sa.select(column.unit_id, column.batch_id).where(column.site_id == site_id, column.at > moment)
    rows = tx.c.execute(wanted).all()
    return {r.unit_id for r in rows if r.unit_id}, {r.batch_id for r in rows if r.batch_id}


def close_count(platform: Platform, call: Call, tx: Tx) -> Reply:
    """Two people look at what was found. Accepted: it is so. Annulled: it was counted wrongly."""
    asked, caller = call.body(wire.CloseCount), call.caller
    row = _row(tx, call.path["id"], caller.site_id)
    call.expect(row.version)
    if row.state != "OPEN":
        raise Refused("too-late", state=row.state)
    findings, discrepancy_id = _findings(row), row.discrepancy_id  # a shift's count has one already
    if asked.outcome == "accepted":
        mover = Mover(None, caller.staff_ref, second_ref=caller.second_ref, document_ref=row.id)
        _accept(platform, tx, row, findings, mover)
        if not findings.clean and not discrepancies.is_open(tx, discrepancy_id):
            discrepancy_id = _contradiction(tx, row, findings)
        discrepancies.settle_found(tx, caller.site_id, caller.staff_ref, caller.second_ref)
    elif discrepancies.is_open(tx, discrepancy_id):
        page = discrepancies.found(tx, discrepancy_id, caller.site_id)
        discrepancies.settle_row(tx, page, "explained", caller.staff_ref, caller.second_ref, asked.words)
    closed = {
        "state": "CLOSED", "outcome": asked.outcome, "closed_at": tx.now, "closed_by": caller.staff_ref,
        "second_ref": caller.second_ref, "discrepancy_id": discrepancy_id,
    }  # fmt: skip
    version = swap(tx, t.count, row, "count", **closed)
    stock_levels.watch(tx, caller.site_id)
    return Reply(200, _view(_row(tx, row.id, caller.site_id)), f"v{version}")


def _accept(platform: Platform, tx: Tx, row: Any, findings: Findings, mover: Mover) -> None:
    moved_units, moved_batches = _moved_since(tx, row.site_id, row.counted_at)
    apart = moved_units | custody.in_open_handover(tx, row.site_id)
    column = t.unit.c
    missing = [one for one in findings.missing if one not in apart]
    cases = sa.select(column.id, column.case_id).where(column.id.in_(missing), column.case_id.is_not(None))
    of_case = {r.id: r.case_id for r in tx.c.execute(cases)}
    known = sa.select(t.case.c.id).where(t.case.c.id.in_(sorted(set(of_case.values()))))
    works = {one: CaseWork.open(tx, one) for one in sorted(tx.c.execute(known).scalars())}
    here = sa.and_(column.site_id == row.site_id, column.custodian == row.location)
    touched: set[str] = set()
    for unit_id in missing:
        work = works.get(of_case.get(unit_id, ""))
        article = None if work is None else spoiling.article_on(work, unit_id)
        if work is not None and article is not None and work.row.open_handover is not None:
            continue  # the rest of the bundle is at a window just now: the difference stays with the discrepancy
        if custody.move_unit(tx, unit_id, "lose", "COUNT", mover, here) is None:
            continue
        if work is not None and article is not None:
            spoiling.plan_again(platform, work, article, "supervisor")
            touched.add(work.id)
    for unit_id in (one for one in findings.surplus if one not in moved_units):
        _find(tx, row, unit_id, mover)
    for differs in (one for one in findings.batches if one.id not in moved_batches):
        batch = batches.locked(tx, differs.id, row.site_id)
        if batch.state == "IN_STOCK":
            batches.move_batch(tx, batch, "quarantine", "COUNT", mover)
    for case_id in sorted(touched):
        works[case_id].save()


def _find(tx: Tx, row: Any, unit_id: str, mover: Mover) -> None:
    lost = sa.select(t.unit).where(t.unit.c.id == unit_id, t.unit.c.state == "LOST", t.unit.c.site_id == row.site_id)
    found = tx.c.execute(lost).first()
    if found is not None:
        custody.move_unit(tx, unit_id, event_of_finding(found), "COUNT", mover, custodian=row.location)


def _contradiction(tx: Tx, row: Any, findings: Findings) -> str:
    return contradiction(tx, row.site_id, row.id, findings, "count-differs")


def contradiction(tx: Tx, site_id: str, count_id: str, findings: Findings, kind: str) -> str:
    """Open the page of what a count found other than the book; its id."""
    boxes = tuple(f"{one.id}:{one.expected}+0" for one in findings.batches)
    goods = odd.Goods((*findings.missing, *boxes), findings.surplus)
    body = msgspec.json.encode(findings)
    return discrepancies.open_one(tx, site_id, kind, "count", count_id, owner="keeper", body=body, goods=goods)


def get_count(call: Call, tx: Tx) -> Reply:
    """One count."""
    row = _row(tx, call.path["id"], call.caller.site_id)
    return Reply(200, _view(row), f"v{row.version}")


def list_counts(call: Call, tx: Tx) -> Reply:
    """Newest first; and every place of the hall with when it was counted last, so that a gap is seen."""
    site_id, column, limit = call.caller.site_id, t.count.c, int(call.query.get("limit", _PAGE))
    wanted = sa.select(t.count).where(column.site_id == site_id)
    if "location" in call.query:
        wanted = wanted.where(column.location == call.query["location"])
    rows = discrepancies.newest_first(tx, call, wanted, column.at, column.id, limit)
    more = f"{rows[limit - 1].at}.{rows[limit - 1].id}" if len(rows) > limit else None
    items = tuple(_view(row) for row in rows[:limit])
    return Reply(200, wire.CountPage(items, _places(tx, site_id), more))


def _places(tx: Tx, site_id: str) -> tuple[wire.PlaceCounted, ...]:
    unit, batch, column = t.unit.c, t.batch.c, t.count.c
    held: dict[str, int] = {}
    for place, table, states in (
        (unit.custodian, t.unit, custody.HELD), (batch.custodian, t.batch, ("IN_STOCK", "QUARANTINED"))
    ):  # fmt: skip
        mine = sa.and_(table.c.site_id == site_id, table.c.state.in_(states))
        grouped = sa.select(place, sa.func.count()).where(mine).group_by(place)
        for name, number in tx.c.execute(grouped):
            held[name] = held.get(name, 0) + number
    last = sa.select(column.location, sa.func.max(column.counted_at)).where(
        column.site_id == site_id, sa.func.coalesce(column.outcome, "") != "annulled"
    )
    counted = {row[0]: row[1] for row in tx.c.execute(last.group_by(column.location))}
    today = ms_of(datetime.combine(at(tx.now).date(), time(0), SHANGHAI))
    return tuple(
        wire.PlaceCounted(
            one, held.get(one, 0), maybe(counted.get(one)),
            due=held.get(one, 0) > 0 and (counted.get(one) or 0) < today,
        )
        for one in places.places(tx, site_id)
    )  # fmt: skip


def _row(tx: Tx, count_id: str, site_id: str) -> Any:
    row = tx.c.execute(sa.select(t.count).where(t.count.c.id == count_id)).first()
    if row is None or row.site_id != site_id:
        raise Refused("not-found")
    return row


def _findings(row: Any) -> Findings:
    return msgspec.json.decode(row.findings, type=Findings)


def _view(row: Any) -> wire.StockCount:
    findings = _findings(row)
    return wire.StockCount(
        id=row.id, location=row.location, state=row.state, version=row.version, counted_at=at(row.counted_at),
        expected=row.expected, missing=findings.missing, surplus=findings.surplus, batches=findings.batches,
        outcome=row.outcome, closed_at=maybe(row.closed_at), discrepancy_id=row.discrepancy_id,
    )  # fmt: skip


HANDLERS: Handlers = {
    "countStock": of_rows(count_stock),
    "getCount": of_rows(get_count),
    "listCounts": of_rows(list_counts),
    "closeCount": close_count,
}
