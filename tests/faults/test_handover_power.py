"""The power fails at every step of a hand-over: what is left of the disk is laid down, the platform's books are as
they were at that moment, and the window comes back. The screen says what is certain and what a person must see; then
it is put back or finished. Nothing is handed over twice, nothing is stuck, nothing is called done that is not.

Only the glass and the devices are left out: their events are posted (see counter.py).
"""

import shutil
from collections import Counter as Count
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa

from kiosk.domain.handover import Match
from kiosk.domain.ids import CaseId, HandoverId
from kiosk.workflow import events as ev
from offline_cache.proof.disk import SimulatedDisk, Survivors
from offline_cache.proof.events import Event, Promised
from offline_cache.proof.judge import lay
from offline_cache.proof.recorder import STORE, Recording, record
from tests.contract.running import Running
from tests.contract.shelves import broken, copies, pattern_by_real_clock
from ui.words import Words

from .counter import Counter, at
from .hall import Hall, PlatformProcess, wait_for
from .handing import ANSWERED, ASKED, BEGUN, PRESSED, SHOWN, STEP

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed: no system calls to replay"),
]
WORDS = Words("zh")


@dataclass(frozen=True)
class Cut:
    """One power cut: what is left of the disk, and all that had been said."""

    left: Survivors
    told: tuple[str, ...]

    def last(self, what: str) -> str:
        """The last word of a kind."""
        return next((one.partition(" ")[2] for one in reversed(self.told) if one.startswith(what + " ")), "")

    def said(self, what: str, case_id: str) -> bool:
        """Whether that was said of a case."""
        return f"{what} {case_id}" in self.told

    def books(self, chance: Random) -> str:
        """Which of the platform's books: what was under way has reached it or not, nobody here can know."""
        asked, answered = self.last(ASKED) or "0", self.last(ANSWERED) or "0"
        return chance.choice((asked, answered))


def cuts(events: Sequence[Event], count: int, chance: Random) -> Iterator[Cut]:
    """Spread evenly over everything behind the signing-in: between any two calls, and at every word that was said."""
    first = events.index(Promised(BEGUN)) + 1
    words = [n + side for n, one in enumerate(events) if n >= first and isinstance(one, Promised) for side in (0, 1)]
    spread = [first + int((n + chance.random()) / count * (len(events) - first)) for n in range(count)]
    moments = sorted(chance.choice(words) if n % 2 else moment for n, moment in enumerate(spread))
    disk, told, done = SimulatedDisk(), [""][:0], 0
    for moment in moments:
        for event in events[done:moment]:
            if isinstance(event, Promised):
                told.append(event.text)
            else:
                disk.apply(event)
        done = moment
        yield Cut(disk.cut(chance), tuple(told))


@dataclass(frozen=True)
class Ground:
    """Ready cases, and the recording of a window that hands them over."""

    cases: tuple[str, ...]
    recording: Recording
    copies: Path


def lay_out(folder: Path, walks: Sequence[str]) -> Ground:
    """A platform, as many ready cases as walks, and the window put on record."""
    (folder / "books").mkdir()
    with Running(folder, clock="real", seed="demo") as running:
        pattern = pattern_by_real_clock(running.url)
        engine = sa.create_engine(f"sqlite:///{running.database}", poolclass=sa.NullPool)
        cases = [pattern.case_id, *(one.case_id for one in copies(engine, pattern, len(walks) - 1))]
        program = ["tests.faults.handing", "{store}", "{promises}", running.url, running.permit_key, running.database]
        recording = record(folder, [*program, str(folder / "books"), ",".join(walks), *cases])
        assert running.stop() == 0
    return Ground(tuple(cases), recording, folder / "books")


def _held(hall: Hall) -> list[str]:
    """What the platform holds for this window."""
    return [number for (number,) in hall.rows("SELECT id FROM handover WHERE state = 'PREPARED'")]


def _state(hall: Hall, case_id: str) -> str:
    [(state,)] = hall.rows("SELECT state FROM opening_case WHERE id = ?", case_id)
    return str(state)


def _recheck(counter: Counter, hall: Hall, held: str, chance: Random) -> None:
    """What the screen says of a hand-over that stopped; then all of it is seen and goes back."""
    left = counter.desk.unsettled
    assert left is not None and left.handover.id == HandoverId(held)
    banners = {row["key"] for row in counter.page.lists["banners"]}
    assert "unsettled" in banners
    counter.did(ev.RecheckAsked())
    counter.until(lambda d: d.step == "recheck_handover", "the recheck")
    page, rows = counter.page, counter.page.lists["rows"]
    on_lines = {one for (one,) in hall.rows("SELECT article_id FROM handover_line WHERE handover_id = ?", held)}
    assert {row["key"] for row in rows} == on_lines
    assert {row["verdict"] for row in rows} == {WORDS.say("recheck.waiting")}  # of no thing anything is claimed
    assert page.data["certain"] == WORDS.say("recheck.certain")
    assert counter.did(ev.AbortAsked("too soon")).step == "recheck_handover"
    if chance.random() < 0.25:  # one thing is not where it should be: nothing can be put back until it is
        first = counter.desk.checks[0].article_id
        d = counter.did(ev.ArticleRechecked(first, here=False))
        assert d.checks[0].match is Match.DIFFERENT
        for check in d.checks[1:]:
            counter.did(ev.ArticleRechecked(check.article_id, here=True))
        assert counter.did(ev.AbortAsked("one missing")).step == "recheck_handover"
        assert "missing" in {row["key"] for row in counter.page.lists["banners"]}
        counter.did(ev.BackAsked())
        counter.until(lambda d: d.unsettled is not None, "what was left")
    counter.recheck()
    counter.settled()
    assert hall.rows("SELECT state FROM handover WHERE id = ?", held) == [("ABORTED",)]


def _say_what_is_recorded(counter: Counter, case_id: CaseId, *, done: bool) -> None:
    """Certain is that it is recorded, or that it is not; what nobody here has seen, the clerk is asked to see."""
    counter.did(ev.RetryAsked())
    counter.did(ev.Touched())  # behind the disk's answer
    last = counter.desk.unwitnessed
    assert (last is not None and last.id == case_id) if done else (last is None or last.id != case_id)
    assert ("unwitnessed" in {row["key"] for row in counter.page.lists["banners"]}) is (last is not None)


def come_back(folder: Path, ground: Ground, cut: Cut, chance: Random) -> str:
    """The power is back. Returns how the hand-over was found."""
    lay(folder, cut.left)
    shutil.copy(ground.copies / f"{cut.books(chance)}.db", folder / "platform.db")
    process = PlatformProcess(folder, "real", forked=True)
    try:
        hall = process.start()
        counter = Counter(folder / STORE, at(hall.url, hall.permit_key))
        try:
            wait_for(counter.cache.platform.online)
            counter.sign_in()
            counter.settled()  # what was recorded before the cut arrives now
            found = "nothing open"
            if held := _held(hall):
                found = "stopped half-way"
                counter.until(lambda d: d.unsettled is not None, "what the platform holds")
                _recheck(counter, hall, *held, chance)
            assert counter.until(lambda d: not d.unsettled, "a free desk").step == "find_case"
            for case_id in ground.cases:
                done = _state(hall, case_id) == "CLOSED"
                assert done or not cut.said(SHOWN, case_id), "shown as handed over, and it is not"
                assert not done or cut.said(PRESSED, case_id), "handed over, and nobody did it"
                if cut.said(PRESSED, case_id) and not cut.said(SHOWN, case_id):
                    found = "recorded, not shown" if done else "pressed, not recorded"
                    _say_what_is_recorded(counter, CaseId(case_id), done=done)
            for case_id in ground.cases:
                if _state(hall, case_id) != "CLOSED":
                    assert counter.hand_over(CaseId(case_id)).step == "find_case"
                    counter.settled()
            assert counter.cache.ledger.tasks() == () and counter.cache.ledger.handovers() == ()
            assert counter.cache.ledger.state().waiting == 0
        finally:
            counter.close()
        once = hall.rows("SELECT case_id, count(*) FROM handover WHERE state = 'HANDED_OVER' GROUP BY case_id")
        assert dict(once) == dict.fromkeys(ground.cases, 1)
        assert _held(hall) == [] and hall.rows("SELECT count(*) FROM discrepancy") == [(0,)]
    finally:
        process.kill()
    engine = sa.create_engine(f"sqlite:///{folder / 'platform.db'}", poolclass=sa.NullPool)
    assert broken(engine) == []
    return found


def prove(tmp_path: Path, walks: Sequence[str], count: int, seed: int = 1) -> tuple[Count[str], Count[str]]:
    """So many cuts; how the hand-over was found, and on which screens the power failed."""
    ground, chance = lay_out(tmp_path, walks), Random(seed)
    found: Count[str] = Count()
    steps: Count[str] = Count()
    for number, cut in enumerate(cuts(ground.recording.events, count, chance)):
        steps[cut.last(STEP)] += 1
        try:
            found[come_back(tmp_path / "cut", ground, cut, chance)] += 1
        except Exception as error:
            raise AssertionError(f"cut {number}, behind {cut.told[-3:]}") from error
    return found, steps


@pytest.mark.timeout(600)
def test_power_cuts_in_a_hand_over(tmp_path: Path) -> None:
    found, steps = prove(tmp_path, ["over"], 10)
    assert found["stopped half-way"] and found["nothing open"], found
    assert {"check_bundle", "find_case"} <= set(steps), steps


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(3))
def test_two_hundred_and_ten_power_cuts_in_hand_overs(tmp_path: Path, seed: int) -> None:
    """Seventy each time: a hand-over, one that is put back first, and one that is left in the middle, rechecked and
    begun anew."""
    found, steps = prove(tmp_path, ["over", "back", "left"], 70, seed)
    assert set(found) >= {"nothing open", "stopped half-way"}, found
    assert found["recorded, not shown"] + found["pressed, not recorded"], "none around the red button"
    assert set(steps) >= {"find_case", "verify_recipient", "check_bundle", "sign_handover"}, steps
    print(f"\n{sum(found.values())} cuts: {dict(found)}; on {dict(steps)}")
