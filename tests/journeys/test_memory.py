"""Visit after visit at one terminal: whoever comes last finds it as light as whoever came first.

Most visitors look and leave, some lay their card and are recognised, a few fill in. What is counted is the whole
process from outside (its own memory, threads, descriptors, the processes that it started) and its things from inside,
always on the home screen. Full size: ``-m long``.
"""

import itertools
import random
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.demo.stage import Stage, Window

from . import visiting as v
from .measured_terminal import start
from .test_isolation import TRADES, stations, visitor
from .test_monkey import find_home

pytestmark = pytest.mark.processes

MEBIBYTE = 1024  # in KiB


@dataclass(frozen=True, slots=True)
class Weight:
    """What one terminal takes up while nobody is there."""

    private: int  # KiB that nobody shares
    resident: int  # KiB
    threads: int
    descriptors: int
    children: int
    objects: int
    kept: int  # objects that no collection looks at any more
    qobjects: int
    items: int


def weight(kiosk: Window) -> Weight:
    """Now, on the home screen."""
    inside = kiosk.do("counted")
    place = Path(f"/proc/{kiosk.child.process.pid}")
    lines = (place / "smaps_rollup").read_text("ascii").splitlines()[1:]
    memory = {line.split(":")[0]: int(line.split()[1]) for line in lines}
    tasks, children = list((place / "task").iterdir()), 0
    for task in tasks:
        with suppress(FileNotFoundError):  # a thread that ended meanwhile
            children += len((task / "children").read_text("ascii").split())
    descriptors = len(list((place / "fd").iterdir()))
    return Weight(memory["Private_Dirty"], memory["Rss"], len(tasks), descriptors, children, **inside)


def visit(stage: Stage, kiosk: Window, chance: random.Random, number: int, names: Iterator[str]) -> None:
    """One visit, mostly a short one, wiped at its end. ``names``: of firms that nobody has taken yet."""
    how = (
        chance.choices(("looks", "recognised", "fills"), (75, 23, 2))[0] if number >= len(_FIRST) else _FIRST[number]
    )
    if how == "looks":
        v.to_card(kiosk)
        v.leave_at_card(kiosk)
        return
    who = visitor(chance, "wang", next(names) if how == "fills" else TRADES[0])
    for station in stations(stage, kiosk, who)[: 2 if how == "recognised" else 6]:
        station()
    stage.hall.do(v.CAMERA, "show", scene="nobody")
    find_home(kiosk)
    stage.hall.do(v.READER, "lift_card")


_FIRST = ("recognised", "fills", "looks")  # every kind once, before anything is weighed


def weighed(folder: Path, visits: int, at: tuple[int, ...]) -> dict[int, Weight]:
    """How much the terminal weighs after that many visits."""
    chance, found = random.Random(20261127), dict[int, Weight]()
    names = ("".join(pair) for pair in itertools.product(TRADES, TRADES))
    with v.stage_in(folder, small=True) as stage:
        kiosk = start(stage)
        kiosk.page("home")
        for number in range(visits):
            visit(stage, kiosk, chance, number, names)
            if number + 1 in at:
                found[number + 1] = weight(kiosk)
                print(f"after {number + 1} visits: {found[number + 1]}", flush=True)
        stage.close(kiosk)
    return found


def nothing_grew(early: Weight, late: Weight) -> None:
    """What is started when needed and ends by itself may just be there, once; one a visit would be four more."""
    assert late.threads <= early.threads + 1 and late.descriptors <= early.descriptors + 2, (early, late)
    assert late.children <= early.children, (early, late)
    assert late.kept > late.objects, (early, late)
    assert (late.items, late.qobjects) == (early.items, early.qobjects)


def test_a_few_visits_leave_nothing_behind(tmp_path: Path) -> None:
    found = weighed(tmp_path, 8, (4, 8))
    early, late = found[4], found[8]
    nothing_grew(early, late)


@pytest.mark.long
@pytest.mark.timeout(4 * 3600)
def test_a_thousand_visits(tmp_path: Path) -> None:
    found = weighed(tmp_path, 1000, tuple(range(100, 1001, 100)))
    weights = [found[number].private for number in sorted(found)]
    # What is met seldom (a page, a character, a sheet of keys) comes in the first half and stays; then nothing does.
    early, middle, late = weights[0], min(weights[4:7]), min(weights[7:])
    assert late - middle <= MEBIBYTE and late - early <= 5 * MEBIBYTE, found
    nothing_grew(found[100], found[1000])
