"""Windows as processes of their own, each with its store and its sync loop, handing over from one list of cases.

``python -m tests.contract.window_lives``: reads a line of JSON for every life that is to begin, answers with its
process. Lives are forked from here, where everything is loaded and no thread runs. A life goes on until every case of
its list is closed and nothing is owed; it says so by a line in its file, and nothing else: it may be killed at any
moment, and the next life at the same window goes on from the disk.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
import traceback
from pathlib import Path
from typing import Any

from kiosk.domain.case import READY_STATES, CaseState
from kiosk.domain.ids import CaseId
from kiosk.workflow import events as ev
from tests.faults.counter import Counter, CounterError, at

_PAUSE = 0.05  # seconds between two tries of what did not work


class Life:
    """One clerk at one window, who does not give up."""

    def __init__(self, order: dict[str, Any]) -> None:
        platform = at(order["url"], order["permit_key"], timeout=3.0)
        self._counter = Counter(Path(order["store"]), platform, order["terminal"], order["window"])
        self._cases = [CaseId(one) for one in order["cases"]]
        self._chance = random.Random(order["seed"])
        self._ended = Path(order["ended"])

    def live(self) -> None:
        """Until all is done."""
        todo = set(self._cases)
        while todo or self._counter.cache.ledger.state().waiting or self._counter.cache.ledger.handovers():
            try:
                self._to_free_desk()
                if self._counter.desk.unsettled is not None:
                    self._counter.recheck()
                elif todo:
                    case_id = self._chance.choice(sorted(todo))
                    self._hand_over(case_id)
                    if self._is_closed(case_id):
                        todo.discard(case_id)
                else:
                    time.sleep(_PAUSE)
            except CounterError:
                time.sleep(_PAUSE)
        self._ended.write_text("ended", "ascii")
        self._counter.close()

    def _is_closed(self, case_id: CaseId) -> bool:
        known = self._counter.cache.ledger.case(case_id)
        return known is not None and known.live and known.value.state is CaseState.CLOSED

    def _hand_over(self, case_id: CaseId) -> None:
        """As far as it goes: another window may have been first, or the line may fail."""
        d = self._counter.open(case_id)
        if d.step != "verify_recipient" or d.case is None or d.case.state not in READY_STATES:
            return
        self._counter.take_recipient()
        if self._counter.desk.handover is None:
            return
        self._counter.check()
        self._counter.finish()

    def _to_free_desk(self) -> None:
        """From wherever the last try ended."""
        d = self._counter.desk
        if d.step in ("present_staff_card", "enter_pin"):
            if d.step == "enter_pin":
                self._counter.did(ev.BackAsked())
            self._counter.sign_in(seconds=5)
        elif d.step in ("check_bundle", "sign_handover"):
            self._counter.did(ev.AbortAsked("returned_to_safe"))
        elif d.step == "handed_over":
            self._counter.did(ev.NextAsked())
        elif d.step != "find_case":
            self._counter.did(ev.BackAsked())
        self._counter.until(lambda d: d.step == "find_case" and d.busy is None, "the free desk", 20)


class Lives:
    """Begins them, kills them, and knows whether they ended by themselves."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.contract.window_lives"]
        self._nursery = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._alive: dict[str, int] = {}

    def begin(self, order: dict[str, Any]) -> None:
        """One more life at a window."""
        assert self._nursery.stdin is not None and self._nursery.stdout is not None
        self._nursery.stdin.write(json.dumps(order) + "\n")
        self._nursery.stdin.flush()
        self._alive[order["window"]] = int(self._nursery.stdout.readline())

    def kill(self, window: str) -> None:
        """No farewell; one that has ended already is left in peace."""
        pid = self._alive[window]
        if self._lives(pid):
            os.kill(pid, signal.SIGKILL)
            while self._lives(pid):
                time.sleep(0.01)

    def _lives(self, pid: int) -> bool:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        return True

    def none_lives(self) -> bool:
        """Whether all have ended."""
        return not any(self._lives(pid) for pid in self._alive.values())

    def close(self) -> None:
        """No more of them; whoever still lives is ended."""
        for window in self._alive:
            self.kill(window)
        self._nursery.communicate()


def main() -> None:
    """The command line above."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them: they are gone when they end
    for line in sys.stdin:
        life = os.fork()
        if life == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            code = 1
            try:
                Life(json.loads(line)).live()
                code = 0
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(code)
        print(life, flush=True)


if __name__ == "__main__":
    main()
