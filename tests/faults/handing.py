"""A window that hands over, put on record: its system calls by whoever traces it, and behind every request the
platform's books as they then are. Says every step, so that a cut between two of them knows what came before it.

python -m tests.faults.handing STORE PROMISES URL PERMIT_KEY BOOKS COPIES WALK CASE…

``BOOKS`` is the platform's database, ``COPIES`` the folder for its copies. ``WALK`` per case: over: hand it over;
back: put it back once and hand it over; left: leave the desk in the middle, come back, recheck, hand it over.
"""

import contextlib
import socket
import sqlite3
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from kiosk.domain.ids import CaseId
from kiosk.session import Scene
from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk
from offline_cache.proof.program import teller

from .counter import Counter, at
from .proxy import Proxy, Weather

BEGUN, ASKED, ANSWERED, STEP, PRESSED, SHOWN = "begun", "asked", "answered", "step", "pressed", "shown"


def copy_books(books: Path, into: Path) -> None:
    """A database as it is at this moment."""
    with contextlib.closing(sqlite3.connect(books, timeout=30)) as here:  # noqa: SIM117
        with contextlib.closing(sqlite3.connect(into)) as there:
            here.backup(there)


class Notary(Proxy):
    """Lets through one request at a time that may change something, and keeps the platform's books behind each."""

    def __init__(self, upstream: str, books: Path, copies: Path, tell: Callable[[str], None]) -> None:
        self._books, self._copies, self._tell = books, copies, tell
        self._turn, self._number = threading.Lock(), 0
        self._of_turn = threading.local()
        copy_books(books, copies / "0.db")
        super().__init__(upstream)

    def _pass(self, line: socket.socket, request: bytes) -> bool:
        self._of_turn.number = 0
        if request.startswith((b"GET ", b"HEAD ")):
            return super()._pass(line, request)
        with self._turn:
            self._number += 1
            self._of_turn.number = self._number
            self._tell(f"{ASKED} {self._number}")
            return super()._pass(line, request)

    def _give(self, line: socket.socket, answer: bytes, weather: Weather) -> bool:
        if number := self._of_turn.number:
            copy_books(self._books, self._copies / f"{number}.db")
            self._tell(f"{ANSWERED} {number}")
        return super()._give(line, answer, weather)


def walk(counter: Counter, how: str, case_id: CaseId, tell: Callable[[str], None]) -> None:
    """One case, from the list to the hand-over."""
    if how != "over":
        counter.open(case_id)
        counter.take_recipient()
        counter.check(3)
        if how == "back":
            counter.did(ev.AbortAsked("returned_to_safe"))
        else:
            counter.did(ev.SignOutAsked())
            counter.sign_in()
            counter.until(lambda d: d.unsettled is not None, "what was left")
            counter.recheck()
        counter.settled()
    counter.open(case_id)
    counter.take_recipient()
    counter.check()
    tell(f"{PRESSED} {case_id}")
    counter.finish()
    counter.did(ev.NextAsked())
    counter.settled()


def main() -> None:
    """The command line above."""
    store, promises, url, key, books, copies, walks, *cases = sys.argv[1:]
    tell, last = teller(Path(promises)), [""]

    def told(scene: Scene[Desk]) -> None:
        if scene.state.step != last[0]:
            last[0] = scene.state.step
            tell(f"{STEP} {last[0]}")
            if last[0] == "handed_over" and scene.state.case is not None:
                tell(f"{SHOWN} {scene.state.case.id}")

    notary = Notary(url, Path(books), Path(copies), tell)
    try:
        counter = Counter(Path(store), at(notary.url, key), told=told)
        try:
            counter.sign_in()
            tell(BEGUN)
            for how, case_id in zip(walks.split(","), cases, strict=True):
                walk(counter, how, CaseId(case_id), tell)
        finally:
            counter.close()
    finally:
        notary.close()


if __name__ == "__main__":
    main()
