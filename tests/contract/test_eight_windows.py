"""Eight windows as processes on one platform, on both databases: a thousand things are handed over from one list
while lines are cut and windows and server are killed. Nothing is handed over twice, nothing is stuck, and what does
not fit is a task for a person.

Each window is the application's own session, plan, hands, ledger and sync loop on a store of its own; only its glass
and its devices are left out, so that eight of them fit a small machine (tests/faults/counter.py says how).
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from kiosk.domain.ids import CaseId
from kiosk.sandbox import tables as t
from kiosk.workflow import events as ev
from kiosk.workflow.events import backroom
from tests.faults.counter import Counter, at
from tests.faults.hall import wait_for
from tests.faults.proxy import Proxy, Weather

from .hands import WINDOW, Hands
from .postgres import engine as engine_of
from .running import NewDatabase, Running
from .shelves import ReadyCase, broken, copies, more_windows, pattern_by_real_clock
from .window_lives import Lives

pytestmark = pytest.mark.processes
_CUTS = (Weather.RESET_BEFORE, Weather.RESET_AFTER, Weather.GATEWAY_503, Weather.TRUNCATED)


@dataclass(frozen=True)
class Size:
    windows: int
    things: int
    strokes: int
    differences: int


SMALL, FULL = Size(3, 40, 4, 2), Size(8, 1000, 60, 5)
both_sizes = pytest.mark.parametrize(
    "size",
    [
        pytest.param(SMALL, id="small"),
        pytest.param(FULL, id="full", marks=[pytest.mark.long, pytest.mark.timeout(2 * 3600)]),
    ],
)


@dataclass
class Hall:
    """The platform behind its line, and what lies ready."""

    running: Running
    engine: sa.Engine
    line: Proxy
    folder: Path
    pattern: ReadyCase

    def count(self, column: sa.Column[Any], value: str) -> int:
        """Rows with that value."""
        with self.engine.connect() as c:
            found: int = c.execute(sa.select(sa.func.count()).where(column == value)).scalar_one()
            return found

    def handed_over(self) -> int:
        """Hand-overs that are done."""
        return self.count(t.handover.c.state, "HANDED_OVER")


@pytest.fixture
def hall(new_database: NewDatabase, tmp_path: Path) -> Iterator[Hall]:
    url = new_database()
    with Running(tmp_path, database=url, clock="real") as running:
        pattern = pattern_by_real_clock(running.url)
        line = Proxy(running.url)
        yield Hall(running, engine_of(url), line, tmp_path, pattern)
        line.close()
        assert running.stop() == 0
        assert running.errors() == ""


def strike(hall: Hall, lives: Lives, orders: list[dict[str, Any]], chance: random.Random) -> str:
    """One of the things that happen."""
    what = chance.choices(("window", "line", "server"), (6, 3, 1))[0]
    if what == "window":
        order = chance.choice(orders)
        lives.kill(order["window"])
        lives.begin(order)
    elif what == "line":
        changing = lambda method, path: method != "GET"  # noqa: E731
        hall.line.set(chance.choice(_CUTS), changing, chance.randrange(1, 12))
    else:
        hall.running.kill()
        hall.running.start()
        hall.line.move(hall.running.url)
    return what


@both_sizes
def test_eight_windows(hall: Hall, size: Size) -> None:
    cases = copies(hall.engine, hall.pattern, -(-size.things // len(hall.pattern.lines)))
    differing = copies(hall.engine, hall.pattern, size.differences)
    ids, chance, lives = [one.case_id for one in cases], random.Random(3), Lives()
    orders = [
        {
            "url": hall.line.url, "permit_key": hall.running.permit_key, "seed": n, "cases": ids, "window": window,
            "terminal": header.partition(" ")[0], "store": str(hall.folder / window / "store.db"),
            "ended": str(hall.folder / f"{window}.ended"),
        }
        for n, (header, window) in enumerate(more_windows(hall.engine, size.windows))
    ]  # fmt: skip
    struck = []
    try:
        for order in orders:
            lives.begin(order)
        for n in range(size.strokes):
            due = len(ids) * (n + 1) // (size.strokes + 1)
            wait_for(lambda due=due: hall.handed_over() >= due, 600)
            struck.append(strike(hall, lives, orders, chance))
        wait_for(lambda: hall.handed_over() >= len(ids), 600)
        hall.line.set(Weather.FAIR)
        wait_for(lives.none_lives, 600)
        assert [one["window"] for one in orders if not Path(one["ended"]).exists()] == []
    finally:
        lives.close()
    assert broken(hall.engine) == []
    assert hall.handed_over() == len(ids)  # each once, by whichever window was first
    assert hall.count(t.handover.c.state, "PREPARED") == 0
    assert hall.count(t.discrepancy.c.state, "OPEN") == 0
    told = differences(hall, [one.case_id for one in differing])
    put_back, things = hall.count(t.handover.c.state, "ABORTED") - len(differing), len(ids) * len(hall.pattern.lines)
    print(f"\n{things} things once, {put_back} bundles put back, {told} differences are tasks;")
    print(f"struck: { {one: struck.count(one) for one in sorted(set(struck))} }")


def differences(hall: Hall, cases: list[str]) -> int:
    """A window that hands over without the line, while somebody else reports the bundle as back: what happened is
    recorded all the same, and each contradiction is a task in the tray of the hall."""
    platform = at(hall.line.url, hall.running.permit_key, timeout=2.0, key="demo-window-04")
    hands = Hands(hall.running.url, WINDOW)
    hands.sign_in()
    counter = Counter(hall.folder / "tray" / "store.db", platform, "window-04", "w-04")
    try:
        counter.sign_in("0001")
        for case_id in cases:
            counter.open(CaseId(case_id))
            counter.take_recipient()
            counter.check()
            handover = counter.desk.handover
            assert handover is not None
            hall.line.set(Weather.RESET_BEFORE)
            wait_for(lambda: not counter.cache.platform.online())
            assert counter.finish().step == "handed_over"
            body = {"reason": "taken for dead", "physically_checked": True, "aborted_at": hands.now()}
            assert hands.post(f"/v1/handovers/{handover.id}/abort", body).json()["state"] == "ABORTED"
            hall.line.set(Weather.FAIR)
            counter.cache.hurry()
            counter.settled()
            wait_for(counter.cache.platform.online)
            counter.did(ev.NextAsked())
            counter.until(lambda d: d.step == "find_case", "the free desk")
        counter.did(backroom.TasksAsked())
        whole = len(cases)  # the free desk may have read the tray before the last was known
        told = counter.until(lambda d: len(d.room.discrepancies or ()) >= whole, "the tray").room.discrepancies
        assert told is not None
        open_ = sa.select(t.discrepancy.c.subject_id).where(t.discrepancy.c.state == "OPEN")
        with hall.engine.connect() as c:
            assert sorted(c.execute(open_).scalars()) == sorted(one.subject_id for one in told)
        assert {(one.kind, one.owner) for one in told} == {("handed-over-when-aborted", "supervisor")}
        assert len(told) == whole
        return len(told)
    finally:
        counter.close()
        hands.close()
