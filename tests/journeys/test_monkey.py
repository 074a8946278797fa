"""A monkey at the terminal: touches, keys, cards, unplugged devices and a network that goes, without any sense.

Whatever it does, the terminal lives on, nothing unforeseen is in its log, and from wherever it has ended up a person
finds home by touching what the screen offers. Full size: ``-m long``.
"""

import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kiosk.demo.processes import DemoError
from kiosk.demo.stage import Stage, Window

from .visiting import CAMERA, PRINTER, READER, fair, stage_in

pytestmark = pytest.mark.processes

CARDS = (
    "wang",
    "li",
    "zhao",
    "moved",
    "expired",
    "damaged",
    "wrong_digit",
    "hmt",
    "foreigner_2017",
    "foreigner_2023",
)
PAPER = ("paper_out", "paper_in", "open_cover", "close_cover", "power_off", "power_on")
# What a keyboard that somebody plugs in, or a scanner with a hostile code, would try to break out with.
KEYS = (
    "Esc", "Tab", "Shift+Tab", "Return", "Space", "Left", "Right", "Up", "Down", "F1", "F5", "F11", "F12", "Ctrl+Q",
    "Ctrl+W", "Ctrl+N", "Ctrl+O", "Ctrl+P", "Ctrl+S", "Ctrl+Shift+I", "Ctrl+Tab", "Alt+F4", "Alt+Tab", "Meta+D",
    "Ctrl+Alt+Del", "Ctrl+Alt+F2", "Menu", "Print", "Ctrl+C", "Ctrl+V", "Backspace", "Del", "Home", "End",
)  # fmt: skip
SCANS = ("K7M-204", "\x1bOP", "https://example.invalid/x", "\x11\x17\x04", "=1+1", "javascript:alert(1)", "9" * 200)
WAYS_OUT = (
    "dialog_leave", "comfort_close", "idle_wake", "key_hide", "leave", "later", "without", "skip", "back", "home",
    "next", "level_5",
)  # fmt: skip
_BATCH = 20
_TRIES = 25  # touches within which home is found from anywhere
_ANSWER = 1.0  # seconds after which a touch is taken to have done nothing
_STARVED = 600.0  # seconds; a busy machine is slow, a window that hangs is found all the same
_ENDED = 15.0  # seconds after which a visit that was left is taken to go on


def act(chance: random.Random) -> list[Any]:
    """One thing a hand does."""
    kind = chance.choices(("thing", "touch", "swipe", "keys", "scan"), (70, 10, 6, 12, 2))[0]
    place = [chance.random() for _ in range(4)]
    return {
        "thing": ["thing", place[0]],
        "touch": ["touch", *place[:2]],
        "swipe": ["swipe", *place],
        "keys": ["keys", chance.choice([*KEYS, *"0123456789abcxyz"])],
        "scan": ["scan", chance.choice(SCANS)],
    }[kind]


def deeds(stage: Stage) -> list[Callable[[random.Random], object]]:
    """What happens around the terminal."""
    do, weather = stage.hall.do, stage.office.weather
    return [
        lambda c: do(READER, "lay_card", card=c.choice(CARDS)),
        lambda c: do(READER, "lay_card", card="wang"),
        lambda c: do(READER, "lift_card"),
        lambda c: do(READER, c.choice(("unplug", "plug"))),
        lambda c: do(READER, c.choice(("silence", "speak"))),
        lambda c: do(READER, "garbage", bytes=64),
        lambda c: do(CAMERA, "show", scene=c.choice(("face", "face", "nobody"))),
        lambda c: do(CAMERA, c.choice(("unplug", "plug", "freeze", "thaw"))),
        lambda c: do(PRINTER, c.choice(PAPER)),
        lambda c: weather(offline=True),
        lambda c: weather(),
    ]


def rage(stage: Stage, kiosk: Window, chance: random.Random, acts: int, seen: Counter[str]) -> None:
    """That many acts, with something happening around between them."""
    around = deeds(stage)
    for _ in range(acts // _BATCH):
        kiosk.do("paw", [act(chance) for _ in range(_BATCH)], seconds=_STARVED)
        seen[str(kiosk.do("page"))] += 1
        for _ in range(chance.choice((0, 0, 1, 2))):
            chance.choice(around)(chance)


def find_home(kiosk: Window) -> int:
    """As a person does: touch what leads out, else anything that is offered, and wait for what it does. How many
    touches it took."""
    tried: Counter[tuple[str, str]] = Counter()
    way: list[str] = []
    page, names = _before(kiosk)
    for taps in range(_TRIES):
        if page == "home" and not {"dialog_leave", "comfort_close", "idle_wake"} & set(names):
            return taps
        if page == "farewell":  # a second touch, when the first takes its time, would begin the next visit
            kiosk.do("paw", [["name", "next"]], page)
            page, names = _after(kiosk, page, None, _ENDED)
            continue
        aside = ("help_", "key_", "candidate_")
        others = [one for one in names if not one.startswith(aside) and one not in WAYS_OUT]
        offered = [one for one in WAYS_OUT if one in names] + others
        name = min(offered, key=lambda one: (tried[page, one], offered.index(one)), default="")
        tried[page, name] += 1
        way.append(f"{page}:{name}")
        kiosk.do("paw", [["name", name]], page)
        leaves = name == "dialog_leave"
        page, names = _after(kiosk, page, None if leaves else names, _ENDED if leaves else _ANSWER)
    raise AssertionError(f"no way home from {page}: {names}; {kiosk.do('texts')}; by way of {way}")


def _before(kiosk: Window) -> tuple[str, list[str]]:
    """The page, and everything on it that can be pressed."""
    return str(kiosk.do("page")), list(kiosk.do("offered"))


def _after(kiosk: Window, page: str, names: list[str] | None, seconds: float) -> tuple[str, list[str]]:
    """The same, as soon as it is another page (or there are other things on it, if ``names`` are given), or when
    nothing has come of it."""
    until = time.monotonic() + seconds
    while True:
        now = _before(kiosk)
        if now[0] != page or (names is not None and now[1] != names) or time.monotonic() > until:
            return now
        time.sleep(0.03)


def unforeseen(folder: Path) -> list[str]:
    """What the terminal's log says and never should."""
    lines = (folder / "work" / "kiosk.log").read_text("utf-8").splitlines()
    marks = (" ERROR ", " CRITICAL ", "Traceback", "Error:", "qml", "QML")
    return [line for line in lines if any(mark in line for mark in marks)]


def where_it_hangs(kiosk: Window) -> str:
    """The lines that every thread of the terminal was in; it is ended for it."""
    kiosk.child.process.send_signal(signal.SIGABRT)
    kiosk.child.process.wait(10)
    return kiosk.child.log.read_text("utf-8")[-20_000:]


def run(folder: Path, seed: int, acts: int, rounds: int) -> Counter[str]:
    """Rounds of rage, each ended by the way home in good weather; which pages the monkey met."""
    seen: Counter[str] = Counter()
    chance = random.Random(seed)
    with stage_in(folder, small=True) as stage:
        kiosk = stage.open("kiosk")
        kiosk.page("home")
        for _ in range(rounds):
            try:
                rage(stage, kiosk, chance, acts // rounds, seen)
                find_home(kiosk)  # as things are: without card, camera, paper or network
            except DemoError:
                print(where_it_hangs(kiosk))
                raise
            fair(stage)
            assert not unforeseen(folder)
        stage.close(kiosk)
    assert not unforeseen(folder)
    return seen


def test_a_monkey_breaks_nothing(tmp_path: Path) -> None:
    seen = run(tmp_path, seed=7, acts=300, rounds=3)
    assert len(seen) > 3, seen


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", range(10))
def test_a_monkey_of_a_hundred_thousand(tmp_path: Path, seed: int) -> None:
    seen = run(tmp_path, seed, acts=10_000, rounds=50)
    print(f"seed {seed}: {dict(seen.most_common())}")
    assert len(seen) > 10, seen
