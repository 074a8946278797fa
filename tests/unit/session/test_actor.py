"""The session as an actor: every scene says which events it knows of, so that a screen knows how far behind it is."""

import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from kiosk.contracts.ledger import LedgerState
from kiosk.domain.orders import Mode, Standing
from kiosk.session import Scene, Session, Surroundings
from kiosk.workflow.desk import Desk
from kiosk.workflow.events import BackAsked
from kiosk.workflow.machine import Effect
from kiosk.workflow.window import WINDOW

NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


class NoHands:
    """Nothing is carried out."""

    def carry_out(self, effect: Effect) -> None:
        """Not here."""

    def forget(self) -> None:
        """Nothing was asked for."""


@dataclass
class Quiet:
    """A platform without orders, and a clock that stands."""

    def barred(self) -> dict[Any, Any]:
        """Everything may be done."""
        return {}

    def standing(self) -> Standing:
        """As usual."""
        return Standing(Mode.NORMAL)

    def now(self) -> datetime:
        """Noon."""
        return NOON


def test_every_scene_says_which_events_it_knows_of() -> None:
    quiet, scenes, known = Quiet(), list[Scene[Desk]](), threading.Event()
    around = Surroundings(tuple, lambda: True, lambda: LedgerState(0, 0, 0, ""), quiet)  # type: ignore[arg-type]
    session = Session(WINDOW, Desk, lambda _: NoHands(), around, quiet)  # type: ignore[arg-type]
    numbers: list[int] = []

    def take(scene: Scene[Desk]) -> None:
        scenes.append(scene)
        if numbers and scene.heard == numbers[-1]:
            known.set()

    session.subscribe(take)
    numbers += [session.post(BackAsked()) for _ in range(5)]
    session.refresh()
    numbers.append(session.post(BackAsked()))
    session.start()
    assert known.wait(5)
    session.stop()
    assert [scene.heard for scene in scenes] == [0, 1, 2, 3, 4, 5, 6, 7]
    assert numbers == [1, 2, 3, 4, 5, 7]
