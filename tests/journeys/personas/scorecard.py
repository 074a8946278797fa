"""What a visit cost, as the terminal counted it, and the time it would take a person by a keystroke-level model."""

import statistics
from collections.abc import Iterable
from dataclasses import dataclass

from tests.journeys import visiting as v

from .scene import Deed, Scene

# Keystroke-level model (Card, Moran, Newell 1983): point 1.1 s, press 0.1 s, think 1.35 s. A key is pointed at and
# pressed; a touch is thought about first; a new screen is read. What is done beside the glass is set generously.
KEY, TAP, SCREEN = 1.1 + 0.1, 1.35 + 1.1 + 0.1, 6.0
BESIDE = {Deed.CARD: 6.0, Deed.FACE: 12.0, Deed.PAPER: 20.0, Deed.PHONE: 20.0}
_VISIT = ("keystrokes", "taps", "corrections", "screens", "seconds")


@dataclass(frozen=True, slots=True)
class Card:
    """One persona's scorecard. ``share``: of all answers, those that came by themselves. ``asked_twice``: texts that
    had to be typed though they were known. ``steps``: keys, touches and seconds of each screen, in order met."""

    key: str
    who: str
    keystrokes: int
    taps: int
    corrections: int
    screens: int
    share: float
    asked_twice: int
    minutes: float
    machine_seconds: float
    state: str
    steps: tuple[tuple[str, int, int, float], ...]

    def lines(self) -> str:
        """For a person at a console."""
        whole = (
            f"{self.key}: {self.keystrokes} keys, {self.taps} touches, {self.corrections} corrections,"
            f" {self.screens} screens, {self.share:.0%} by itself, {self.asked_twice} asked twice,"
            f" modelled {self.minutes:.1f} min, machine {self.machine_seconds:.0f} s, {self.state}"
        )
        steps = (
            f"    {step:24}{keys:4} keys {taps:4} touches {took:6.1f} s" for step, keys, taps, took in self.steps
        )
        return "\n".join((whole, *steps))


def read(key: str, who: str, s: Scene, state: str) -> Card:
    """From the telemetry that reached the platform: all visits of this hall were this person's."""
    told = v.wait_for(lambda: _complete(s), "the figures of the visit")
    whole = {name: sum(value for step, one, value in told if one == name and not step) for name in _VISIT}
    last = {name: value for step, name, value in told if not step}
    met = dict.fromkeys(step for step, _, _ in told if step)
    steps = tuple(
        (step, int(_of(told, step, "keystrokes")), int(_of(told, step, "taps")), _of(told, step, "seconds"))
        for step in met
    )
    keys, taps, screens = (int(whole[name]) for name in ("keystrokes", "taps", "screens"))
    modelled = keys * KEY + taps * TAP + screens * SCREEN + sum(BESIDE[one] * n for one, n in s.deeds.items())
    return Card(
        key, who, keys, taps, int(whole["corrections"]), screens, last.get("prefilled_share", 0.0),
        int(last.get("asked_twice", 0)), modelled / 60, whole["seconds"], state, steps,
    )  # fmt: skip


def _of(told: Iterable[tuple[str, str, float]], step: str, name: str) -> float:
    return sum(value for one, what, value in told if (one, what) == (step, name))


def _complete(s: Scene) -> list[tuple[str, str, float]]:
    """Every visit tells its number of screens when it ends; each terminal that was used had one."""
    told = v.rows(s.stage, "SELECT COALESCE(step, ''), name, value FROM telemetry ORDER BY at, id")
    ended = sum(name == "screens" for _, name, _ in told)
    return [(str(a), str(b), float(c)) for a, b, c in told] if ended >= len(s.terminals) else []


@dataclass(frozen=True, slots=True)
class Summary:
    """The promises are about all of them together."""

    keystrokes: float
    share: float
    asked_twice: int
    longest: int
    shortest: int
    minutes: float


def summary(cards: Iterable[Card]) -> Summary:
    """Medians of keystrokes, share and minutes; the extremes of the screens; the sum of what was asked twice."""
    told = list(cards)
    return Summary(
        statistics.median(one.keystrokes for one in told),
        statistics.median(one.share for one in told),
        sum(one.asked_twice for one in told),
        max(one.screens for one in told),
        min(one.screens for one in told),
        statistics.median(one.minutes for one in told),
    )
