"""Back-off: full jitter, doubling, at least as long as asked, forgiven at once when the line is back."""

from random import Random

from offline_cache.patience import LONGEST, Patience

from .stores import Hands


def test_it_doubles_with_jitter_and_ends() -> None:
    hands = Hands()
    patience = Patience(lambda: hands.seconds, Random(1))
    rests = [patience.failed("x") for _ in range(200)]
    assert all(0 < rest <= LONGEST for rest in rests) and max(rests[:2]) <= 1.0
    assert len(set(rests)) == 200 and max(rests) > LONGEST * 0.8
    assert patience.resting() == {"x"} and 0 < patience.next_due() <= LONGEST


def test_at_least_as_long_as_asked() -> None:
    hands = Hands()
    patience = Patience(lambda: hands.seconds, Random(1))
    assert patience.failed("x", asked=90.0) == 90.0
    hands.advance(seconds=89)
    assert patience.resting() == {"x"}
    hands.advance(seconds=2)
    assert patience.resting() == frozenset() and patience.next_due() == float("inf")
    assert patience.has_failed("x")


def test_forgiven() -> None:
    hands = Hands()
    patience = Patience(lambda: hands.seconds, Random(1))
    patience.failed("x")
    patience.failed("y")
    patience.worked("x")
    assert patience.resting() == {"y"} and not patience.has_failed("x")
    patience.hurry()
    assert patience.resting() == frozenset() and patience.has_failed("y")
