"""Session isolation: whoever comes next finds nothing of whoever was here before, in no word and in no file.

Random pairs: the first person goes some way and leaves in some way; the second goes some way, and all that eyes
and a screen reader find on each page is searched for the first one's secrets. Full size: ``-m long``.
"""

import random
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import pytest

from kiosk.demo.stage import Stage, Window
from kiosk.domain.private import mask_name, mask_number, mask_phone

from . import visiting as v
from .test_monkey import find_home

pytestmark = pytest.mark.processes

# Two people of one age and place, whose cards read without a complaint.
_CARDS = tomllib.loads(files("drivers.virtual").joinpath("cards.toml").read_text("utf-8"))
CARDS = ("wang", "li")
TRADES = ("明月", "清风", "春雨", "朝阳", "长江", "金山", "新华", "和平", "东方", "天地")
ENCODINGS = ("utf-8", "utf-16-le", "gb18030")


@dataclass(frozen=True)
class Visitor:
    """One person and what this person types."""

    card: str
    trade: str
    line: str
    phone: str

    @property
    def secrets(self) -> tuple[str, ...]:
        """What only this person's screens may show, in full and masked."""
        card = _CARDS[self.card]
        name, number = str(card["name"]), str(card["number"])
        return (
            name, mask_name(name), number, mask_number(number), str(card["address"]), self.trade, self.line,
            self.phone, mask_phone(self.phone),
        )  # fmt: skip


def visitor(chance: random.Random, card: str, trade: str) -> Visitor:
    """Somebody who types what nobody typed before."""
    return Visitor(card, trade, f"示例路{chance.randrange(100, 999)}号", f"139{chance.randrange(10**7, 10**8)}")


def stations(stage: Stage, kiosk: Window, who: Visitor) -> list[Callable[[], object]]:
    """The way of a company of one person, station by station."""

    def laid() -> None:
        stage.hall.do(v.CAMERA, "show", scene="face", person=who.card)
        v.lay(stage, kiosk, who.card)
        kiosk.page("choose_purpose", v.PATIENT)

    def told() -> None:
        v.name_page(kiosk, who.trade)

    def placed() -> None:
        kiosk.tap("check")
        kiosk.sees(v.said("declare_name.reserved_until", at="").removesuffix("。").strip())
        kiosk.tap("next")
        v.to_business(kiosk)

    def housed() -> None:
        kiosk.tap("line_input")
        kiosk.do("pinyin", who.line)
        kiosk.tap("key_hide", "line_done", "choice_02", "address")
        kiosk.page("set_capital")

    def peopled() -> None:
        kiosk.tap("quick_100", "capital")
        kiosk.page("name_people")
        kiosk.tap("edit_phone_p1", "phone_number_input")
        kiosk.do("pinyin", who.phone)
        kiosk.tap("phone")

    return [lambda: v.to_card(kiosk), laid, told, placed, housed, peopled]


def leave(stage: Stage, kiosk: Window, chance: random.Random) -> None:
    """By what the screen offers, or because the terminal is told to stop being theirs; the card may lie there yet."""
    if chance.random() < 0.3:
        kiosk.do("paw", [["swipe", 0.5, 0.6, 0.5, 0.3], ["touch", 0.5, 0.5]])
    find_home(kiosk)
    stage.hall.do(v.READER, "lift_card")
    stage.hall.do(v.CAMERA, "show", scene="nobody")


def searched(seen: str, of: Visitor, now: Visitor) -> list[str]:
    """What of a former visitor is there and cannot be the present one's."""
    return [secret for secret in of.secrets if secret in seen and secret not in now.secrets]


def pair(stage: Stage, kiosk: Window, chance: random.Random, trades: Sequence[str]) -> tuple[Visitor, Visitor]:
    """One after the other at one terminal; after the first, nothing of the first. ``trades``: two names of firms that
    nobody has asked for yet."""
    cards = chance.sample(CARDS, 2)
    first, second = (visitor(chance, card, trade) for card, trade in zip(cards, trades, strict=True))
    kiosk.page("home")
    for station in stations(stage, kiosk, first)[: chance.randint(1, 6)]:
        station()
    leave(stage, kiosk, chance)
    kiosk.page("home")
    assert not searched(v.seen(kiosk), first, second)
    for station in stations(stage, kiosk, second)[: chance.randint(2, 6)]:
        station()
        assert not searched(v.seen(kiosk), first, second), str(kiosk.do("page"))
    leave(stage, kiosk, chance)
    return first, second


def run(folder: Path, seed: int, pairs: int) -> None:
    """That many pairs at one terminal, then a search through every file it wrote."""
    chance, secrets = random.Random(seed), set[str]()
    names = chance.sample([first + second for first in TRADES for second in TRADES], 2 * pairs)
    with v.stage_in(folder, small=True) as stage:
        kiosk = stage.open("kiosk")
        for number in range(pairs):
            for one in pair(stage, kiosk, chance, names[2 * number : 2 * number + 2]):
                secrets |= {one.line, one.phone, str(_CARDS[one.card]["number"])}
        stage.close(kiosk)
    for path in folder.rglob("*"):
        if path.is_file() and "platform.db" not in path.name:
            data = path.read_bytes()
            found = [secret for secret in secrets for code in ENCODINGS if secret.encode(code) in data]
            assert not found, path.name


def test_nothing_of_one_visitor_meets_the_next(tmp_path: Path) -> None:
    run(tmp_path, 3, 1)


@pytest.mark.long
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("seed", range(10))
def test_five_hundred_pairs(tmp_path: Path, seed: int) -> None:
    run(tmp_path, seed, 50)
