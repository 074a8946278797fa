"""How the last proof of a terminal stands today: one line of the readiness report."""

import enum
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from . import result
from .result import Outcome
from .words import sentence

HOLDS = timedelta(days=90)


class Rank(enum.Enum):
    """How much it counts."""

    GOOD = "good"
    NOTE = "note"  # should be run, or run again
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Standing:
    """Rank and sentence."""

    rank: Rank
    text: str


def standing(store: Path, now: datetime, version: str) -> Standing:
    """The last proof beside ``store``, seen from ``now``, by a program of ``version``."""
    proof = result.last(store)
    if proof is None:
        return Standing(Rank.NOTE, sentence("standing-never"))
    date, age = proof.when.date().isoformat(), now - proof.when
    if proof.outcome is not Outcome.PASSED:
        return Standing(Rank.BAD, sentence("standing-failed", date=date))
    if proof.version != version:
        return Standing(Rank.NOTE, sentence("standing-other", date=date, version=proof.version))
    if age > HOLDS:
        return Standing(Rank.NOTE, sentence("standing-old", date=date, days=age.days))
    return Standing(Rank.GOOD, sentence("standing-passed", date=date, cuts=proof.cuts))
