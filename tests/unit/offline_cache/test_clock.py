"""The clock measures the platform's, notices jumps, and never lets a wrong clock decide."""

from datetime import timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offline_cache.clock import SHANGHAI, PlatformClock

from .stores import START, Hands


def _header(hands: Hands, **ahead: float) -> str:
    from datetime import datetime

    platform = datetime.fromtimestamp(int(hands.wall), SHANGHAI) + timedelta(**ahead)
    return format_datetime(platform)


def _measured(hands: Hands, **ahead: float) -> PlatformClock:
    clock = hands.clock()
    clock.observe(_header(hands, **ahead), hands.seconds - 0.02, hands.seconds)
    return clock


def test_unmeasured_is_unsure() -> None:
    clock = Hands().clock()
    assert not clock.sure() and clock.offset() is None and clock.now() == START


def test_measured_is_sure_for_a_day() -> None:
    hands = Hands()
    clock = _measured(hands)
    assert clock.sure() and clock.now() == START
    hands.advance(hours=23, minutes=59)
    assert clock.sure()
    hands.advance(minutes=2)
    assert not clock.sure()


@pytest.mark.parametrize("ahead", [{"days": 1}, {"days": -1}, {"days": 3652}, {"days": -3652}, {"minutes": 6}])
def test_a_wrong_system_clock_is_unsure_and_corrected(ahead: dict[str, float]) -> None:
    hands = Hands()
    clock = _measured(hands, **ahead)
    assert not clock.sure()
    assert abs(clock.now() - (START + timedelta(**ahead))) <= timedelta(seconds=1)


def test_a_little_wrong_is_sure_and_corrected() -> None:
    hands = Hands()
    clock = _measured(hands, minutes=4)
    assert clock.sure() and abs(clock.now() - START - timedelta(minutes=4)) <= timedelta(seconds=1)


@pytest.mark.parametrize("jump", [timedelta(days=1), timedelta(days=-1), timedelta(days=3652)])
def test_a_jump_is_noticed(jump: timedelta) -> None:
    hands = Hands()
    clock = _measured(hands)
    hands.wall += jump.total_seconds()
    assert not clock.sure()
    assert abs(clock.now() - START) <= timedelta(seconds=1)  # the platform's time, not the jumped one


def test_the_shortest_way_measures_best_and_ages() -> None:
    hands = Hands()
    clock = _measured(hands)
    clock.observe(_header(hands, minutes=10), hands.seconds - 8, hands.seconds)
    assert clock.sure()  # a slow answer says little
    hands.advance(minutes=11)
    clock.observe(_header(hands, minutes=10), hands.seconds - 8, hands.seconds)
    assert not clock.sure()  # but later than ten minutes it says more than an old one


@given(st.text(max_size=40))
def test_any_header(text: str) -> None:
    hands = Hands()
    clock = hands.clock()
    clock.observe(text, hands.seconds, hands.seconds)
    clock.now()
    clock.sure()


def test_entropy_and_monotonic() -> None:
    hands = Hands()
    clock = hands.clock()
    assert len(clock.entropy(10)) == 10 and clock.entropy(10) != clock.entropy(10)
    assert clock.monotonic() == hands.seconds
