"""Many cases that are ready, fast: one is made as people make it, then its rows are copied under new ids. And what
must hold in a database afterwards, whatever happened on the way.
"""

import itertools
from collections import Counter
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from kiosk.sandbox import tables as t
from tests.faults.hall import wait_for

from .hands import KIOSK, WINDOW, Hands, Story, advance, key, line_of, ulid

_numbers = itertools.count(1)
_VOLUME = 25


@dataclass(frozen=True)
class ReadyCase:
    """What a window needs to know to hand over everything."""

    case_id: str
    version: int
    verification_id: str
    lines: tuple[dict[str, Any], ...]

    def bundle(self, window_id: str) -> dict[str, Any]:
        """For one window, under a new id."""
        return {
            "id": ulid(), "case_id": self.case_id, "case_version": self.version, "window": window_id,
            "verification_id": self.verification_id, "recipient": {"role": "legal_rep"}, "lines": list(self.lines),
        }  # fmt: skip


def pattern(kiosk: Hands, window: Hands) -> ReadyCase:
    """One case, made as people make it."""
    return _ready_case(Story(kiosk).submitted().ready(window), window)


def pattern_by_real_clock(url: str) -> ReadyCase:
    """One case of a platform whose departments take their time."""
    kiosk, window = Hands(url, KIOSK), Hands(url, WINDOW)
    window.sign_in()
    story = Story(kiosk).submitted()
    assert story.accept(window).status_code == 201
    advance(window, 300)
    wait_for(lambda: story.case(window)["state"] == "READY")
    found = _ready_case(story, window)
    kiosk.close()
    window.close()
    return found


def _ready_case(story: Story, window: Hands) -> ReadyCase:
    case = story.case(window)
    lines = tuple(line_of(article) for article in case["articles"])
    return ReadyCase(story.case_id, case["version"], story.verification_id, lines)


def copies(engine: sa.Engine, of: ReadyCase, count: int) -> list[ReadyCase]:
    """As many more, each with goods of its own. The numbers come from one new batch."""
    with engine.begin() as c:
        rows = {
            table: [dict(row) for row in c.execute(sa.select(table).where(column == of.case_id)).mappings()]
            for table, column in (
                (t.case, t.case.c.id), (t.item, t.item.c.case_id), (t.case_person, t.case_person.c.case_id),
                (t.article, t.article.c.case_id), (t.unit, t.unit.c.case_id),
                (t.number_range, t.number_range.c.case_id),
            )
        }  # fmt: skip
        batch = dict(c.execute(sa.select(t.batch).limit(1)).mappings().one())
        first_no = 10_000_000 + next(_numbers) * 1_000_000
        end = first_no + count * _VOLUME
        batch |= {"id": f"B-{first_no}", "first_no": first_no, "next_no": end, "last_no": end - 1}
        made = [_copy(rows, of, n, batch["id"], first_no + n * _VOLUME) for n in range(count)]
        c.execute(t.batch.insert().values(**batch))
        for table in rows:
            new = [row for _, mine in made for row in mine[table]]
            for start in range(0, len(new), 500):
                c.execute(table.insert(), new[start : start + 500])
    return [case for case, _ in made]


def _copy(rows: Any, of: ReadyCase, n: int, batch_id: str, first_no: int) -> Any:
    number, case_id = next(_numbers), ulid()
    mine: dict[Any, list[dict[str, Any]]] = {}
    for table in (t.item, t.case_person):
        mine[table] = [{**row, "case_id": case_id} for row in rows[table]]
    (case,) = rows[t.case]
    unique = {"slip_code": f"Z{number:07d}", "case_no": f"T{number:012d}", "uscc": f"T{number:017d}"}
    mine[t.case] = [{**case, "id": case_id, **unique}]
    articles = {row["id"]: ulid() for row in rows[t.article]}
    units = {row["id"]: f"{row['kind']}-9{number:010d}{k}" for k, row in enumerate(rows[t.unit])}
    numbers = {"batch_id": batch_id, "first_no": first_no}
    mine[t.unit] = [
        {**row, "id": units[row["id"]], "serial": units[row["id"]].partition("-")[2], "case_id": case_id}
        for row in rows[t.unit]
    ]
    mine[t.number_range] = [
        {**row, **numbers, "case_id": case_id, "article_id": articles[row["article_id"]]}
        for row in rows[t.number_range]
    ]
    mine[t.article] = [
        {**row, "id": articles[row["id"]], "case_id": case_id, "unit_id": units.get(row["unit_id"])}
        | (numbers if row["batch_id"] else {})
        for row in rows[t.article]
    ]
    lines = tuple(
        {**line, "article_id": articles[line["article_id"]]}
        | (numbers if "batch_id" in line else {"unit_id": units[line["unit_id"]]})
        for line in of.lines
    )
    return ReadyCase(case_id, of.version, of.verification_id, lines), mine


def more_windows(engine: sa.Engine, count: int) -> list[tuple[str, str]]:
    """So many more windows of the demo hall: what goes into the header, and the window's id."""
    found = []
    with engine.begin() as c:
        of = c.execute(sa.select(t.terminal).where(t.terminal.c.id == "window-03")).mappings().one()
        for n in range(51, 51 + count):
            c.execute(t.terminal.insert().values(**{**of, "id": f"window-{n}", "window_id": f"w-{n}"}))
            found.append((f"window-{n} demo-window-03", f"w-{n}"))
    return found


def issues(cases: list[ReadyCase], window_id: str) -> list[dict[str, Any]]:
    """Work for one racer: a bundle and two keys for each case."""
    return [{"bundle": case.bundle(window_id), "key": key(), "key2": key()} for case in cases]


def broken(engine: sa.Engine) -> list[str]:
    """Everything that must not be and is."""
    with engine.connect() as c:
        return [*_twice(c), *_goods(c), *_books(c)]


def _twice(c: sa.Connection) -> list[str]:
    line, hand = t.handover_line.c, t.handover.c
    live = list(c.execute(sa.select(t.handover_line).where(line.live.is_(True))))
    found = [f"article {one} on {n} live lines" for one, n in Counter(r.article_id for r in live).items() if n > 1]
    units = Counter(row.unit_id for row in live if row.unit_id)
    found += [f"unit {one} on {n} live lines" for one, n in units.items() if n > 1]
    ranges = sorted((row.batch_id, row.first_no, row.quantity) for row in live if row.batch_id)
    for (batch, first, quantity), (next_batch, next_first, _) in itertools.pairwise(ranges):
        if batch == next_batch and first + quantity > next_first:
            found.append(f"numbers of {batch} from {next_first} on twice")
    prepared = list(c.execute(sa.select(hand.case_id, hand.site_id, hand.window).where(hand.state == "PREPARED")))
    for of, keys in (
        ("case", [r.case_id for r in prepared]),
        ("window", [f"{r.site_id}/{r.window}" for r in prepared]),
    ):
        found += [f"{of} {one} with {n} open hand-overs" for one, n in Counter(keys).items() if n > 1]
    closed = sa.select(t.timeline.c.case_id).where(t.timeline.c.what == "CASE", t.timeline.c.state == "CLOSED")
    found += [f"case {one} closed {n} times" for one, n in Counter(c.execute(closed).scalars()).items() if n > 1]
    return found


def _goods(c: sa.Connection) -> list[str]:
    line, hand = t.handover_line.c, t.handover.c
    gone = list(
        c.execute(
            sa.select(t.handover_line).join(t.handover, hand.id == line.handover_id)
            .where(line.live.is_(True), hand.state == "HANDED_OVER")
        )
    )  # fmt: skip
    found = []
    units = set(c.execute(sa.select(t.unit.c.id).where(t.unit.c.state == "HANDED_OVER")).scalars())
    if units != {row.unit_id for row in gone if row.unit_id}:
        found.append("units that are gone are not those on the lines")
    articles = set(c.execute(sa.select(t.article.c.id).where(t.article.c.state == "HANDED_OVER")).scalars())
    if articles != {row.article_id for row in gone}:
        found.append("articles that are gone are not those on the lines")
    moved = sa.select(t.movement.c.unit_id).where(t.movement.c.kind == "HAND_OVER", t.movement.c.unit_id.is_not(None))
    found += [f"unit {one} left {n} times" for one, n in Counter(c.execute(moved).scalars()).items() if n > 1]
    numbers, quantity = t.number_range.c, sa.func.coalesce(sa.func.sum(t.number_range.c.quantity), 0)
    on_ranges = c.execute(sa.select(quantity).where(numbers.state == "HANDED_OVER")).scalar_one()
    if on_ranges != sum(row.quantity for row in gone if row.batch_id):
        found.append("numbers that are gone are not those on the lines")
    for row in c.execute(sa.select(t.batch)):
        taken = c.execute(sa.select(quantity).where(numbers.batch_id == row.id)).scalar_one()
        if taken != row.next_no - row.first_no:
            found.append(f"batch {row.id}: {taken} numbers given, {row.next_no - row.first_no} consumed")
    return found


def _books(c: sa.Connection) -> list[str]:
    found = []
    for row in c.execute(sa.select(t.feed_head)):
        of_site = sa.select(sa.func.count(), sa.func.min(t.feed.c.seq), sa.func.max(t.feed.c.seq))
        count, first, last = c.execute(of_site.where(t.feed.c.site_id == row.site_id)).one()
        if row.seq and (count, first, last) != (row.seq, 1, row.seq):
            found.append(f"feed of {row.site_id}: {count} rows {first}..{last}, head {row.seq}")
    open_keys = sa.select(sa.func.count()).select_from(t.idempotency).where(t.idempotency.c.status.is_(None))
    if n := c.execute(open_keys).scalar_one():
        found.append(f"{n} keys without an answer")
    holding = sa.select(t.case.c.id).outerjoin(t.handover, t.handover.c.id == t.case.c.open_handover)
    stale = sa.and_(t.case.c.open_handover.is_not(None), sa.func.coalesce(t.handover.c.state, "") != "PREPARED")
    found += [f"case {one} held by a hand-over that is not open" for one in c.execute(holding.where(stale)).scalars()]
    return found
