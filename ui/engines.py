"""What every way of writing Chinese has in common: something is given, words are offered, nothing is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

Point = tuple[float, float]
Stroke = Sequence[Point]  # as the finger went, in the pad's own units, y downwards
Strokes = Sequence[Stroke]

Given_contra = TypeVar("Given_contra", contravariant=True)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word for the first ``used`` letters or strokes of what was given."""

    word: str
    used: int


class Engine(Protocol[Given_contra]):
    """Turns what a person gives into words: letters (pinyin, parts) or strokes (handwriting).

    Called on the GUI thread; an answer takes a few milliseconds at most. Whatever is no input of the engine has no
    candidates; nothing raises.
    """

    def candidates(self, given: Given_contra, limit: int) -> list[Candidate]:
        """Best first."""

    def forget(self) -> None:
        """The visit is over: nothing that was asked stays in memory."""
