"""The session as an actor: every scene says which events it knows of, so that a screen knows how far behind it is."""

import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from kiosk.contracts.ledger import LedgerState
from kiosk.domain.feedback import FeedbackKind
from kiosk.domain.orders import Mode, Standing
from kiosk.session import Scene, Session, Surroundings
from kiosk.workflow.citizen import CITIZEN
from kiosk.workflow.desk import Desk
from kiosk.workflow.events import BackAsked, FeedbackAsked, HelpCalled, TopicChosen
from kiosk.workflow.machine import Effect
from kiosk.workflow.visit import Helper, Visit
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
    assert [scene.heard for scene in scenes if scene.heard != 6] == [0, 1, 2, 3, 4, 5, 7]
    assert numbers == [1, 2, 3, 4, 5, 7]


def test_surroundings_that_change_all_the_time_are_looked_at_now_and_then_and_at_last() -> None:
    """An outage that is worked off changes the figures hundreds of times a second."""
    quiet, changes, figures, last = Quiet(), 2000, [0], threading.Event()
    looks: list[int] = []

    def take(scene: Scene[Desk]) -> None:
        looks.append(scene.ledger.waiting)
        if scene.ledger.waiting == changes:
            last.set()

    around = Surroundings(tuple, lambda: True, lambda: LedgerState(figures[0], 0, 0, ""), quiet)  # type: ignore[arg-type]
    session = Session(WINDOW, Desk, lambda _: NoHands(), around, quiet)  # type: ignore[arg-type]
    session.subscribe(take)
    session.start()
    for _ in range(changes):
        figures[0] += 1
        session.refresh()
    assert last.wait(5), looks[-1]
    session.stop()
    assert len(looks) < changes / 10


def test_an_act_is_heard_by_the_step_it_was_given_on_and_by_no_other() -> None:
    """Twice touched while a page is being left: the next page, which nobody has seen, hears nothing of it; what holds
    everywhere holds, and a device knows of no page."""
    quiet, scenes, known = Quiet(), list[Scene[Visit]](), threading.Event()
    around = Surroundings(tuple, lambda: True, lambda: LedgerState(0, 0, 0, ""), quiet)  # type: ignore[arg-type]
    session = Session(CITIZEN, Visit, lambda _: NoHands(), around, quiet)  # type: ignore[arg-type]

    def take(scene: Scene[Visit]) -> None:
        scenes.append(scene)
        if scene.heard == 7:
            known.set()

    session.subscribe(take)
    session.post(FeedbackAsked(), 0)  # home → choose_topic
    session.post(TopicChosen(FeedbackKind.UNCLEAR), 0)  # home has no such thing; the page of topics was not shown yet
    session.post(HelpCalled(), 0)  # the bell stands on every page
    session.post(TopicChosen(FeedbackKind.UNCLEAR), 1)  # choose_topic → the next
    session.post(BackAsked(), 1)
    session.post(BackAsked())  # not of a page
    session.post(TopicChosen(FeedbackKind.UNCLEAR), 0)  # the same step as before, entered anew
    session.start()
    assert known.wait(5)
    session.stop()
    walked = {scene.heard: (scene.state.step, scene.page) for scene in scenes}
    second = walked[4][0]
    assert second not in ("home", "choose_topic")
    assert walked == {
        0: ("home", 0), 1: ("choose_topic", 1), 2: ("choose_topic", 1), 3: ("choose_topic", 1), 4: (second, 2),
        5: (second, 2), 6: ("choose_topic", 3), 7: ("choose_topic", 3),
    }  # fmt: skip
    assert [scene.state.helper for scene in scenes if scene.heard == 3] == [Helper.CALLING]
