"""Nobody is here: policy instead of the home screen; the first touch only wakes, and nobody's data is there."""

from dataclasses import replace

from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest

from kiosk.workflow.events import TimedOut
from tests.unit.ui.viewmodels.citizen_walk import Walk, stills
from ui.pilot import find
from ui.viewmodels import citizen

from .audit import problems
from .conftest import KIOSK, Showing, Shown


class Due:
    """An idle time that has run out, or has not."""

    def __init__(self) -> None:
        self.due = True

    def touched(self) -> None:
        """Somebody is there."""
        self.due = False

    def look(self, *, slow: bool, busy: bool, warned: bool, awaits: bool) -> type[TimedOut] | None:
        """Out, once."""
        return TimedOut if self.due else None

    def left(self, *, slow: bool, awaits: bool) -> int:
        """Nothing is counted."""
        return 0


def resting(shown: Shown) -> QObject:
    """The home screen was left alone."""
    shown.ui.visit._idle = Due()  # type: ignore[assignment]
    shown.ui.visit._tick()
    shown.pilot.settle()
    return find(shown.ui.window, "idle_sheet")


def test_one_touch_wakes_and_presses_nothing(showing: Showing) -> None:
    for width, height in ((1080, 1920), (1920, 1080)):
        shown = showing(citizen, stills()["home"].scene, replace(KIOSK, width=width, height=height))
        sheet = resting(shown)
        assert sheet.property("visible")
        for size in (0, 1, 2):
            assert problems(shown.ui.window, size) == []
            shown.ui.look.nextSize()
            shown.pilot.settle()
        assert "一网、一窗、一次、一日" in shown.pilot.texts()
        shown.pilot.tap("idle_wake")
        shown.pilot.settle()
        assert not shown.ui.visit.property("rests") and shown.stand.posted == []
        assert "一网、一窗、一次、一日" not in shown.pilot.texts()


def test_a_key_wakes_and_a_visit_never_rests(showing: Showing) -> None:
    shown = showing(citizen, stills()["home"].scene)
    resting(shown)
    QTest.keyClick(shown.ui.window, Qt.Key.Key_Tab)
    assert not shown.ui.visit.property("rests")
    shown.stand.show(stills()["choose_topic"].scene)
    shown.pilot.settle()
    shown.ui.visit._idle = Due()  # type: ignore[assignment]
    shown.ui.visit._tick()
    assert not shown.ui.visit.property("rests") and shown.stand.posted[-1] == TimedOut()
    shown.stand.show(Walk().still().scene)
