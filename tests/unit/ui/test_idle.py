"""Idle time: warning, wipe, extension, patience with large text and with devices at work."""

from dataclasses import dataclass

from kiosk.workflow.events import IdleWarned, TimedOut
from ui.bridge.idle import Idle, Patience


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


def idle() -> tuple[Idle, Clock]:
    clock = Clock()
    return Idle(Patience(120, 30), clock), clock


def test_warning_then_wipe() -> None:
    watch, clock = idle()
    clock.now = 89.9
    assert watch.look(slow=False, busy=False, warned=False) is None
    clock.now = 90
    assert watch.look(slow=False, busy=False, warned=False) is IdleWarned
    assert watch.left(slow=False) == 30
    clock.now = 119.5
    assert watch.look(slow=False, busy=False, warned=True) is None
    assert watch.left(slow=False) == 1
    clock.now = 120
    assert watch.look(slow=False, busy=False, warned=True) is TimedOut


def test_a_touch_extends_without_limit() -> None:
    watch, clock = idle()
    for _ in range(50):
        clock.now += 95
        assert watch.look(slow=False, busy=False, warned=False) is IdleWarned
        watch.touched()
        assert watch.look(slow=False, busy=False, warned=False) is None


def test_large_text_has_twice_the_time() -> None:
    watch, clock = idle()
    clock.now = 209
    assert watch.look(slow=True, busy=False, warned=False) is None
    clock.now = 210
    assert watch.look(slow=True, busy=False, warned=False) is IdleWarned


def test_whoever_waits_for_a_helper_has_long_and_not_for_ever() -> None:
    """A terminal that somebody left without a word is not to show that person until a helper passes by."""
    watch, clock = idle()
    clock.now = 569
    assert watch.look(slow=False, busy=False, warned=False, awaits=True) is None
    clock.now = 570
    assert watch.look(slow=False, busy=False, warned=False, awaits=True) is IdleWarned
    assert watch.left(slow=False, awaits=True) == 30
    clock.now = 600
    assert watch.look(slow=False, busy=False, warned=True, awaits=True) is TimedOut


def test_never_while_a_device_works() -> None:
    watch, clock = idle()
    clock.now = 500
    assert watch.look(slow=False, busy=True, warned=False) is None
    clock.now = 580
    assert watch.look(slow=False, busy=False, warned=False) is None
    clock.now = 591
    assert watch.look(slow=False, busy=False, warned=False) is IdleWarned
