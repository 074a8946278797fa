"""The burden meter: counts what a visit asks of a person, step by step, without a look at what is typed."""

import threading
import time
from collections import Counter
from collections.abc import Callable

from kiosk.contracts.clock import Clock
from kiosk.domain.burden import BurdenFigure, BurdenName
from kiosk.domain.ids import CaseId, new_ulid
from kiosk.rules import burden
from kiosk.workflow.citizen import RESTING
from kiosk.workflow.visit import Visit

from .actor import Scene

_NOBODY = ("", *RESTING)  # before the first scene, too


class BurdenMeter:
    """One for a self-service terminal. Hands are counted on the screen's thread, scenes come on the session's.

    ``tell`` is given the figures of a step when it is left, and those of the visit when it ends; it must not block.
    """

    def __init__(
        self,
        clock: Clock,
        tell: Callable[[tuple[BurdenFigure, ...]], None],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._clock, self._tell, self._monotonic = clock, tell, monotonic
        self._lock = threading.Lock()
        self._hands: Counter[BurdenName] = Counter()
        self._visit: Counter[BurdenName] = Counter()
        self._step, self._since, self._seconds = "", 0.0, 0.0
        self._case: CaseId | None = None
        self._share: float | None = None
        self._twice = 0

    def tapped(self) -> None:
        """A finger on the glass."""
        with self._lock:
            self._hands[BurdenName.TAPS] += 1

    def typed(self, *, by_touch: bool, back: bool = False) -> None:
        """A key, on the screen or of a keyboard. ``by_touch``: the finger on it was no other tap. ``back``: it took
        something back."""
        with self._lock:
            self._hands[BurdenName.KEYSTROKES] += 1
            self._hands[BurdenName.TAPS] -= by_touch
            self._hands[BurdenName.CORRECTIONS] += back

    def watch(self, scene: Scene[Visit]) -> None:
        """The session's scenes, in order."""
        v = scene.state
        if v.step == self._step:
            return
        left, self._step = self._step, v.step
        figures = self._leave(left)
        if left in _NOBODY:
            self._begin()
        if v.step not in _NOBODY:
            self._case = v.case_id
            self._visit[BurdenName.SCREENS] += 1
            self._visit[BurdenName.CORRECTIONS] += v.changing and left == "check_answers"
            if v.form.people:
                self._share = burden.count(v.form).prefilled_share
                self._twice = burden.asked_twice(v.form)
        elif left not in _NOBODY:
            figures += self._end()
        if figures:
            self._tell(figures)

    def _begin(self) -> None:
        self._visit.clear()
        self._case, self._share, self._twice, self._seconds = None, None, 0, 0.0

    def _leave(self, step: str) -> tuple[BurdenFigure, ...]:
        """What a step asked; a home screen's touches are nobody's yet."""
        now = self._monotonic()
        took, self._since = now - self._since, now
        with self._lock:
            hands, self._hands = self._hands, Counter()
        if step in _NOBODY:
            return ()
        self._visit.update(hands)
        self._seconds += took
        counted = {name: float(max(0, hands[name])) for name in (BurdenName.TAPS, BurdenName.KEYSTROKES)}
        if hands[BurdenName.CORRECTIONS]:
            counted[BurdenName.CORRECTIONS] = float(hands[BurdenName.CORRECTIONS])
        counted[BurdenName.SECONDS] = round(took, 1)
        return self._figures(counted, step)

    def _end(self) -> tuple[BurdenFigure, ...]:
        counted = {name: float(max(0, self._visit[name])) for name in _OF_VISIT}
        counted[BurdenName.SECONDS] = round(self._seconds, 1)
        if self._share is not None:
            counted[BurdenName.PREFILLED_SHARE] = round(self._share, 4)
            counted[BurdenName.ASKED_TWICE] = float(self._twice)
        return self._figures(counted, "")

    def _figures(self, counted: dict[BurdenName, float], step: str) -> tuple[BurdenFigure, ...]:
        at = self._clock.now()
        made = int(at.timestamp() * 1000)
        return tuple(
            BurdenFigure(new_ulid(made, self._clock.entropy(10)), at, name, value, step, self._case)
            for name, value in counted.items()
        )


_OF_VISIT = (BurdenName.TAPS, BurdenName.KEYSTROKES, BurdenName.CORRECTIONS, BurdenName.SCREENS)
