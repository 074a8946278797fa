"""What twenty people need to open a business, counted by the terminal itself, against the promises about burden."""

from pathlib import Path

import pytest

from .personas.cast import BY_KEY, CAST
from .personas.page import PLACE, kept, page
from .personas.play import play
from .personas.scorecard import Card, summary

pytestmark = pytest.mark.processes

QUICK = ("simplest_shop", "without_face")


@pytest.mark.parametrize("key", QUICK)
def test_somebody_comes_to_the_end_as_the_page_says(tmp_path: Path, key: str) -> None:
    as_kept(play(BY_KEY[key], tmp_path / key))


@pytest.mark.long
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("key", [key for key in BY_KEY if key not in QUICK])
def test_everybody_comes_to_the_end_as_the_page_says(tmp_path: Path, key: str) -> None:
    as_kept(play(BY_KEY[key], tmp_path / key))


def as_kept(card: Card) -> None:
    """What the terminal counted is what was published; touches are not compared, a swipe more is no news."""
    print(card.lines())
    (told,) = kept([(card.key, card.who)])
    assert (card.keystrokes, card.screens, card.asked_twice) == (told.keystrokes, told.screens, told.asked_twice)
    assert (round(card.share, 4), card.state) == (told.share, told.state)


def test_twenty_people_meet_the_promises() -> None:
    """The medians are about all of them; nobody is asked anything twice, and nobody's way is longer than promised."""
    cards = kept((one.key, one.who) for one in CAST)
    found = summary(cards)
    assert len(cards) == len(BY_KEY) == 20
    assert found.keystrokes <= 150
    assert found.share >= 0.75
    assert found.asked_twice == 0
    assert found.longest <= 30
    assert found.minutes <= 10
    assert PLACE.read_text("utf-8") == page(cards), "make personas"
