"""Reads what supervision counts, for one hall and whole days; and the list for the circular (R82)."""

from datetime import date, datetime, time, timedelta
from typing import Any

import msgspec
import sqlalchemy as sa

from kiosk.contracts import platform_api as api
from kiosk.contracts.platform_api import supervision as wire

from . import burden, figures
from . import tables as t
from .call import Call, Reply
from .figures import Accepted, Closed, Facts, Happened, Helped, Invoice, Notice, Rating, Submitted, Visit
from .handling import Handlers, of_rows
from .moments import SHANGHAI, at, ms_of
from .refusal import invalid
from .transaction import Tx

LONGEST_DAYS = 366
_FINISHED = ("READY", "CLOSED", "REFUSED")


def get_stats(call: Call, tx: Tx) -> Reply:
    """Figures of whole days, together, by day or by hour of the day."""
    first, last, start, end = _span(call)
    site_id, group_by = call.caller.site_id, call.query.get("group_by", "total")
    facts = _facts(tx, site_id, start, end)
    by_key = figures.split(facts, figures.key_of(group_by))
    keys = {"total": ("total",), "day": figures.days_between(start, end), "hour": tuple(sorted(by_key))}[group_by]
    groups = tuple(wire.StatsGroup(key, figures.figures_of(by_key.get(key, Facts()), tx.now)) for key in keys)
    asked = burden.of_site(tx, site_id, start, end)
    return Reply(200, wire.Stats(site_id, first, last, group_by, groups, asked))


def export_exceptions(call: Call, tx: Tx) -> Reply:
    """Overdue cases, second notices, things asked for twice, bad reviews nobody followed up."""
    first, last, start, end = _span(call)
    site_id = call.caller.site_id
    lines = [
        wire.ExceptionLine("overdue", one.case_no, at(one.at), at(one.due_at))
        for one in _accepted(tx, site_id, start, end) if figures.breached(one, tx.now)
    ]  # fmt: skip
    for notice in _notices(tx, site_id, start, end):
        if notice.second:
            lines.append(wire.ExceptionLine("second_notice", notice.case_no, at(notice.at)))
        if notice.repeated:
            told = ",".join(notice.repeated)
            lines.append(wire.ExceptionLine("duplicate_demand", notice.case_no, at(notice.at), detail=told))
    lines += _late_reviews(tx, site_id, start, end)
    lines.sort(key=lambda one: (one.at, one.kind, one.case_no))
    return Reply(200, wire.Exceptions(site_id, first, last, tuple(lines)))


def _span(call: Call) -> tuple[str, str, int, int]:
    first, last = call.query["from"], call.query["to"]
    try:
        begin, end = date.fromisoformat(first), date.fromisoformat(last)
        after = end + timedelta(days=1)
    except (ValueError, OverflowError):
        raise invalid("/query/from", "days of the calendar") from None
    if not 0 <= (end - begin).days < LONGEST_DAYS:
        raise invalid("/query/to", "not before from, and within a year of it")
    return first, last, *(ms_of(datetime.combine(day, time(), SHANGHAI)) for day in (begin, after))


def _facts(tx: Tx, site_id: str, start: int, end: int) -> Facts:
    return Facts(
        _submitted(tx, site_id, start, end), _accepted(tx, site_id, start, end), _closed(tx, site_id, start, end),
        _notices(tx, site_id, start, end), _invoices(tx, site_id, start, end), _visits(tx, site_id, start, end),
        _ratings(tx, site_id, start, end), *_handovers(tx, site_id, start, end), _helped(tx, site_id, start, end),
    )  # fmt: skip


def _within(column: Any, start: int, end: int) -> Any:
    return sa.and_(column >= start, column < end)


def _submitted(tx: Tx, site_id: str, start: int, end: int) -> tuple[Submitted, ...]:
    column = t.case.c
    rows = tx.c.execute(
        sa.select(column.submitted_at, column.accepted_at, column.notices).where(
            column.site_id == site_id, _within(column.submitted_at, start, end)
        )
    )
    return tuple(Submitted(r.submitted_at, r.accepted_at is not None, bool(r.notices)) for r in rows)


def _accepted(tx: Tx, site_id: str, start: int, end: int) -> tuple[Accepted, ...]:
    column, line = t.case.c, t.timeline.c
    mine = sa.and_(column.site_id == site_id, _within(column.accepted_at, start, end))
    done = (
        sa.select(line.case_id, sa.func.min(line.at).label("at"))
        .join(t.case, column.id == line.case_id)
        .where(mine, line.what == "CASE", line.state.in_(_FINISHED))
        .group_by(line.case_id)
    )
    finished = {row.case_id: row.at for row in tx.c.execute(done)}
    rated = _rated(tx, site_id, "accepted")
    rows = tx.c.execute(
        sa.select(column.id, column.case_no, column.accepted_at, column.due_at, column.state).where(mine)
    )
    return tuple(
        Accepted(
            r.accepted_at, r.case_no or "", r.due_at or r.accepted_at, finished.get(r.id), r.state == "WITHDRAWN",
            r.id in rated,
        )
        for r in rows
    )  # fmt: skip


def _rated(tx: Tx, site_id: str, phase: str) -> frozenset[str]:
    column = t.evaluation.c
    rows = tx.c.execute(sa.select(column.case_id).where(column.site_id == site_id, column.phase == phase))
    return frozenset(rows.scalars())


def _closed(tx: Tx, site_id: str, start: int, end: int) -> tuple[Closed, ...]:
    # A way to the hall for every hand-over, and one more for whoever had to come back with something.
    column, line, hand = t.case.c, t.timeline.c, t.handover.c
    last = (
        sa.select(line.case_id, sa.func.max(line.at).label("at"))
        .join(t.case, column.id == line.case_id)
        .where(column.site_id == site_id, column.state == "CLOSED", line.what == "CASE", line.state == "CLOSED")
        .group_by(line.case_id)
        .subquery()
    )
    visits = (
        sa.select(sa.func.count())
        .where(hand.case_id == last.c.case_id, hand.state == "HANDED_OVER")
        .scalar_subquery()
    )  # fmt: skip
    rows = tx.c.execute(
        sa.select(last.c.case_id, last.c.at, column.previous_case_id, visits.label("visits"))
        .join(t.case, column.id == last.c.case_id)
        .where(_within(last.c.at, start, end))
    )
    rated = _rated(tx, site_id, "collected")
    return tuple(Closed(r.at, r.visits + (r.previous_case_id is not None), r.case_id in rated) for r in rows)


def _notices(tx: Tx, site_id: str, start: int, end: int) -> tuple[Notice, ...]:
    column, note = t.case.c, t.notice.c
    rows = tx.c.execute(
        sa.select(note.case_id, note.no, note.at, note.requirements, column.case_no, column.previous_case_id)
        .join(t.case, column.id == note.case_id)
        .where(column.site_id == site_id, _within(note.at, start, end))
        .order_by(note.at, note.case_id, note.no)
    ).all()
    return tuple(_notice(tx, row) for row in rows)


def _notice(tx: Tx, row: Any) -> Notice:
    before = _earlier(tx, row)
    asked = _codes(row.requirements)
    known = frozenset(code for one in before for code in _codes(one))
    return Notice(row.at, row.case_no or "", bool(before), tuple(code for code in asked if code in known))


def _earlier(tx: Tx, row: Any) -> list[bytes]:
    # Notices of the same case before this one, and of every case before it in the chain.
    note, column = t.notice.c, t.case.c
    own = sa.select(note.requirements).where(note.case_id == row.case_id, note.no < row.no)
    found = list(tx.c.execute(own).scalars())
    previous, seen = row.previous_case_id, {row.case_id}
    while previous is not None and previous not in seen:
        seen.add(previous)
        found += tx.c.execute(sa.select(note.requirements).where(note.case_id == previous)).scalars()
        previous = tx.c.execute(sa.select(column.previous_case_id).where(column.id == previous)).scalar()
    return found


def _codes(requirements: bytes) -> list[str]:
    return [one.code for one in msgspec.json.decode(requirements, type=list[api.Requirement])]


def _invoices(tx: Tx, site_id: str, start: int, end: int) -> tuple[Invoice, ...]:
    column, line, item = t.case.c, t.timeline.c, t.item.c
    begun = sa.func.min(sa.case((line.state == "PREPARING", line.at)))
    ended = sa.func.max(sa.case((line.state == "PREPARED", line.at)))
    rows = tx.c.execute(
        sa.select(item.due_at, begun.label("begun"), ended.label("ended"))
        .join(t.case, column.id == item.case_id)
        .join(t.timeline, sa.and_(line.case_id == item.case_id, line.what == "INVOICE"))
        .where(column.site_id == site_id, item.item == "INVOICE", item.mode == "DEVICE")
        .group_by(item.case_id, item.due_at)
        .having(sa.and_(begun >= start, begun < end))
    )
    return tuple(Invoice(r.begun, r.due_at or r.begun, r.ended) for r in rows)


def _visits(tx: Tx, site_id: str, start: int, end: int) -> tuple[Visit, ...]:
    column = t.ticket.c
    mine = sa.and_(column.site_id == site_id, _within(column.drawn_at, start, end))
    wanted = sa.select(column.drawn_at, column.first_called_at, column.finished_at, column.window)
    return tuple(
        Visit(r.drawn_at, r.first_called_at, r.finished_at, r.window or "") for r in tx.c.execute(wanted.where(mine))
    )


def _helped(tx: Tx, site_id: str, start: int, end: int) -> tuple[Helped, ...]:
    column = t.assistance.c
    rows = tx.c.execute(
        sa.select(column.at, column.joined_at, column.done_at).where(
            column.site_id == site_id, _within(column.at, start, end)
        )
    )
    return tuple(Helped(r.at, r.joined_at, r.done_at) for r in rows)


def _ratings(tx: Tx, site_id: str, start: int, end: int) -> tuple[Rating, ...]:
    column = t.evaluation.c
    rows = tx.c.execute(
        sa.select(column.at, column.level).where(column.site_id == site_id, _within(column.at, start, end))
    )
    return tuple(Rating(row.at, row.level) for row in rows)


def _handovers(tx: Tx, site_id: str, start: int, end: int) -> tuple[tuple[Happened, ...], tuple[Happened, ...]]:
    hand, odd = t.handover.c, t.discrepancy.c
    done = sa.select(hand.received_at).where(
        hand.site_id == site_id, hand.state == "HANDED_OVER", _within(hand.received_at, start, end)
    )
    found = sa.select(odd.at).where(odd.site_id == site_id, _within(odd.at, start, end))
    return (
        tuple(Happened(moment) for moment in tx.c.execute(done).scalars()),
        tuple(Happened(moment) for moment in tx.c.execute(found).scalars()),
    )


def _late_reviews(tx: Tx, site_id: str, start: int, end: int) -> list[wire.ExceptionLine]:
    review, column = t.bad_review.c, t.case.c
    late = sa.and_(review.state != "CLOSED", review.due_at < tx.now, _within(review.opened_at, start, end))
    rows = tx.c.execute(
        sa.select(review.opened_at, review.due_at, column.case_no)
        .join(t.case, column.id == review.case_id)
        .where(review.site_id == site_id, late)
    )
    return [
        wire.ExceptionLine("bad_review_overdue", r.case_no or "", at(r.opened_at), at(r.due_at)) for r in rows
    ]  # fmt: skip


HANDLERS: Handlers = {"getStats": of_rows(get_stats), "exportExceptions": of_rows(export_exceptions)}
