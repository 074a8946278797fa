"""Which touch is the echo of a trembling hand."""

import pytest

from ui.bridge.steady import Steady


class Hand:
    """A finger, a clock and pages."""

    def __init__(self, *, slow: bool = False) -> None:
        self.time, self.pages = 0.0, 1
        self.steady = Steady(lambda: self.pages, lambda: slow, lambda: self.time)

    def touch(self, x: float = 500, y: float = 1500, held: float = 0.1) -> bool:
        """Down and up; whether it was heard."""
        heard = not self.steady.came_down(x, y)
        self.time += held
        if heard:
            self.steady.went_up()
        return heard


def turned(*, slow: bool = False, held: float = 0.1) -> Hand:
    """One touch, which brought another page."""
    hand = Hand(slow=slow)
    assert hand.touch(held=held)
    hand.pages += 1
    return hand


@pytest.mark.parametrize(("slow", "after", "heard"), [
    (False, 0.05, False), (False, 0.34, False), (False, 0.36, True),
    (True, 0.36, False), (True, 0.69, False), (True, 0.71, True),
])  # fmt: skip
def test_at_once_where_it_was_on_another_page_is_an_echo(slow: bool, after: float, heard: bool) -> None:
    hand = turned(slow=slow)
    hand.time += after
    assert hand.touch() is heard


def test_time_runs_from_where_the_finger_went() -> None:
    hand = turned(held=2.0)
    hand.time += 0.1
    assert not hand.touch()


def test_on_the_same_page_every_touch_is_meant() -> None:
    hand = Hand()
    assert [hand.touch(held=0.02) for _ in range(5)] == [True] * 5


def test_another_place_is_meant() -> None:
    assert turned().touch(x=500, y=1300)


def test_whoever_goes_on_hammering_is_heard() -> None:
    """Echoes do not make the pause longer: nobody knocks in vain."""
    hand, heard = turned(), []
    for _ in range(8):
        hand.time += 0.05
        heard.append(hand.touch(held=0.05))
    assert True in heard and heard.index(True) == 3


def test_a_page_that_comes_by_itself_is_shielded_too() -> None:
    """The finger came down for what was there before."""
    hand = Hand()
    hand.touch()
    hand.time += 0.2
    hand.pages += 1
    assert not hand.touch()
