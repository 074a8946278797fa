"""A supervisor says what a contradiction was, before a second person, and the goods follow that word."""

from collections.abc import Callable, Iterable
from typing import Any

import sqlalchemy as sa

from kiosk.contracts.platform_api import discrepancies as wire

from . import batches, custody, discrepancies, spoiling, stock_levels
from . import tables as t
from .call import Call, Reply
from .casework import CaseWork
from .custody import Line
from .handling import Handlers, of_rows
from .ledger import Mover
from .platform import Platform
from .refusal import Refused, invalid
from .transaction import Tx


def settle_discrepancy(platform: Platform, call: Call, tx: Tx) -> Reply:
    """Close one contradiction. A word that fits nothing here is refused, so that none is without its effect."""
    asked, caller = call.body(wire.SettleDiscrepancy), call.caller
    row = discrepancies.found(tx, call.path["id"], caller.site_id)
    call.expect(row.version)
    if row.state != "OPEN":
        raise Refused("too-late", state=row.state)
    sites = {caller.site_id}
    if asked.resolution != "explained":
        effect = _EFFECTS.get((row.subject, asked.resolution))
        if effect is None:
            raise invalid("/resolution", f"says nothing about a {row.subject}")
        mover = Mover(None, caller.staff_ref, second_ref=caller.second_ref, document_ref=row.id, reason=asked.words)
        sites |= effect(platform, tx, row, mover)
    discrepancies.settle_row(tx, row, asked.resolution, caller.staff_ref, caller.second_ref, asked.words)
    stock_levels.watch(tx, *sites)
    now = discrepancies.found(tx, row.id, caller.site_id)
    return Reply(200, discrepancies.view(now), f"v{now.version}")


def _aside(tx: Tx, handover_id: str, work: CaseWork) -> list[tuple[Any, Line]]:
    """What a hand-over left behind without anybody knowing where: its articles with the things put aside."""
    column = t.handover_line.c
    rows = tx.c.execute(
        sa.select(t.handover_line).where(column.handover_id == handover_id, column.live.is_(False))
    ).all()
    waiting = {one.id: one for one in work.articles if one.state == "PREPARED"}
    found = []
    for r in sorted(rows, key=lambda one: one.position):
        article = waiting.get(r.article_id)
        if article is None or (article.unit_id, article.batch_id, article.first_no) != (
            r.unit_id, r.batch_id, r.first_no,
        ):  # fmt: skip
            continue
        found.append((article, Line(r.article_id, r.unit_id, r.batch_id, r.first_no, r.quantity)))
    return found


def _in_order(_platform: Platform, tx: Tx, row: Any, mover: Mover) -> set[str]:
    work = _case_of(tx, row)
    mine = Mover(work.id, mover.by, row.subject_id, mover.second_ref, mover.document_ref, mover.reason)
    lines = [line for _, line in _aside(tx, row.subject_id, work)]
    cleared = [_clear(tx, unit_id, mine) for unit_id in custody.units_of(lines)]
    cleared += [custody.move_range(tx, line, "clear", "RETURN", mine) for line in custody.ranges_of(lines)]
    if not any(cleared):
        raise Refused("not-in-stock", handover_id=row.subject_id)
    return set()


def _clear(tx: Tx, unit_id: str, mover: Mover) -> bool:
    holder = tx.c.execute(sa.select(t.unit.c.holder_uscc).where(t.unit.c.id == unit_id)).scalar()
    event = "clear" if holder is None else "clear_bound"
    aside = sa.and_(t.unit.c.case_id == mover.case_id, t.unit.c.state == "QUARANTINED")
    return custody.move_unit(tx, unit_id, event, "RETURN", mover, aside) is not None


def _spoiled(platform: Platform, tx: Tx, row: Any, mover: Mover) -> set[str]:
    work = _case_of(tx, row)
    spoiling.refuse_during_handover(work)
    mine = Mover(work.id, mover.by, row.subject_id, mover.second_ref, mover.document_ref, mover.reason)
    aside = _aside(tx, row.subject_id, work)
    lines = [line for _, line in aside]
    here = t.unit.c.case_id == work.id
    gone = {one for one in custody.units_of(lines) if custody.move_unit(tx, one, "void", "SPOIL", mine, here)}
    ranges = custody.ranges_of(lines)
    ended = {one.article_id for one in ranges if custody.move_range(tx, one, "void", "SPOIL", mine, article_id=None)}
    again = [article for article, line in aside if line.unit_id in gone or line.article_id in ended]
    if not again:
        raise Refused("not-in-stock", handover_id=row.subject_id)
    for article in again:
        spoiling.plan_again(platform, work, article, "supervisor")
    work.save()
    return set()


def _case_of(tx: Tx, row: Any) -> CaseWork:
    case_id = tx.c.execute(sa.select(t.handover.c.case_id).where(t.handover.c.id == row.subject_id)).scalar_one()
    return CaseWork.open(tx, case_id)


def _sender_keeps(_platform: Platform, tx: Tx, row: Any, mover: Mover) -> set[str]:
    return _end_journey(tx, row, mover, "store", "store", "TRANSFER")


def _lost_on_the_way(_platform: Platform, tx: Tx, row: Any, mover: Mover) -> set[str]:
    return _end_journey(tx, row, mover, "lose", "void", "COUNT")


def _end_journey(tx: Tx, row: Any, mover: Mover, of_units: str, of_batches: str, kind: str) -> set[str]:
    """What did not arrive is still its sender's: back into his place, or gone."""
    sent = tx.c.execute(sa.select(t.transfer).where(t.transfer.c.id == row.subject_id)).one()
    units, boxes = _named(discrepancies.goods_of(row).missing)
    under_way = sa.and_(t.unit.c.site_id == sent.site_id, t.unit.c.state == "IN_TRANSIT")
    moved = [custody.move_unit(tx, one, of_units, kind, mover, under_way) for one in units]
    for one in boxes:
        batch = batches.locked(tx, one, sent.site_id)
        if batch.state == "IN_TRANSIT":
            moved.append(batches.move_batch(tx, batch, of_batches, kind, mover))
    if not any(moved):
        raise Refused("not-in-stock", transfer_id=row.subject_id)
    tx.changed(sent.site_id, "transfer", sent.id, sent.version)
    return {str(sent.site_id)}


def _box_in_order(_platform: Platform, tx: Tx, row: Any, mover: Mover) -> set[str]:
    return _end_fence(tx, row, mover, "clear", "RETURN")


def _box_lost(_platform: Platform, tx: Tx, row: Any, mover: Mover) -> set[str]:
    return _end_fence(tx, row, mover, "void", "COUNT")


def _end_fence(tx: Tx, row: Any, mover: Mover, event: str, kind: str) -> set[str]:
    _, boxes = _named(discrepancies.goods_of(row).missing)
    held = [batches.locked(tx, one, row.site_id) for one in boxes]
    fenced = [one for one in held if one.state == "QUARANTINED"]
    if not fenced:
        raise Refused("not-in-stock", count_id=row.subject_id)
    for one in fenced:
        batches.move_batch(tx, one, event, kind, mover)
    return set()


def _named(missing: Iterable[str]) -> tuple[list[str], list[str]]:
    """Units and batches, each in the order in which everybody locks them."""
    words = sorted(missing)
    return [one for one in words if ":" not in one], [one.partition(":")[0] for one in words if ":" in one]


_Effect = Callable[[Platform, Tx, Any, Mover], set[str]]
_EFFECTS: dict[tuple[str, str], _Effect] = {
    ("handover", "in_order"): _in_order,
    ("handover", "spoiled"): _spoiled,
    ("transfer", "sender_keeps"): _sender_keeps,
    ("transfer", "lost"): _lost_on_the_way,
    ("count", "in_order"): _box_in_order,
    ("count", "lost"): _box_lost,
}
HANDLERS: Handlers = {
    "listDiscrepancies": of_rows(discrepancies.list_discrepancies),
    "getDiscrepancy": of_rows(discrepancies.get_discrepancy),
    "settleDiscrepancy": settle_discrepancy,
}
