"""The port of the citizen's screen: what passes to the clerk's session, and what is told."""

import threading
from typing import Any

from kiosk.contracts.ledger import LedgerState
from kiosk.session import Scene, Session, Surroundings
from kiosk.session.customer import CustomerSession
from kiosk.workflow import events as ev
from kiosk.workflow.customer_side import CustomerSide
from kiosk.workflow.desk import Desk
from kiosk.workflow.window import WINDOW

from .test_actor import NoHands, Quiet


def test_only_what_a_citizen_does_passes_and_only_what_differs_is_told() -> None:
    quiet, told, heard = Quiet(), list[Scene[CustomerSide]](), threading.Event()
    around = Surroundings(tuple, lambda: True, lambda: LedgerState(0, 0, 0, ""), quiet)  # type: ignore[arg-type]
    session = Session(WINDOW, Desk, lambda _: NoHands(), around, quiet)  # type: ignore[arg-type]
    side = CustomerSession(session)
    desk: list[Scene[Any]] = []

    def take(scene: Scene[Any]) -> None:
        desk.append(scene)
        if scene.heard == 3:
            heard.set()

    end = side.subscribe(told.append)
    session.subscribe(take)
    for event in (ev.StaffLeft(), ev.TimedOut(), ev.LockAsked(), ev.HandOverAsked(), ev.PinEntered("135790")):
        assert side.post(event) == 0
    assert [side.post(event) for event in (ev.CustomerAgreed(), ev.Rated(5), ev.SignatureDropped())] == [1, 2, 3]
    session.start()
    assert heard.wait(5)
    session.stop()
    end()
    assert [scene.heard for scene in desk] == [0, 1, 2, 3]
    assert [scene.state.step for scene in told] == ["paused"]
    assert told[0].reports == ()
