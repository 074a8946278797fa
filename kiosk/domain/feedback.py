"""What people say of the service (意见反馈, R83)."""

import enum
import re
from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from .private import Private

FeedbackId = NewType("FeedbackId", str)  # ULID made by the terminal
FeedbackNumber = NewType("FeedbackNumber", str)  # made by the platform; whoever holds it can ask what became of it
LONGEST = 500  # characters
SHORTEST = 2


class FeedbackKind(enum.Enum):
    """What it is about."""

    SLOW = "slow"
    UNCLEAR = "unclear"
    ASKED_TWICE = "asked_twice"
    DEVICE = "device"
    STAFF = "staff"
    OTHER = "other"


class FeedbackState(enum.Enum):
    """How far a matter is."""

    OPEN = "OPEN"  # nobody has it yet
    ASSIGNED = "ASSIGNED"  # somebody has it
    CLOSED = "CLOSED"  # answered


class FeedbackOutcome(enum.Enum):
    """What came of it."""

    SOLVED = "solved"
    EXPLAINED = "explained"
    NOT_POSSIBLE = "not_possible"


@dataclass(frozen=True, slots=True)
class FeedbackAnswer:
    """What became of one matter, for whoever holds its number: no word of what was said, and of nobody. ``outcome``
    is None while nobody has answered, or where this terminal has no word for it."""

    number: FeedbackNumber
    kind: FeedbackKind
    state: FeedbackState
    said_at: datetime
    outcome: FeedbackOutcome | None = None
    answer: str = ""
    closed_at: datetime | None = None


def typed_number(text: str) -> FeedbackNumber | None:
    """A number as people type it: any case, with or without the F and the dash; None: it cannot be one."""
    tidy = re.sub(r"[\s—–-]", "", text).upper().replace("O", "0").replace("I", "1").replace("L", "1")
    found = re.fullmatch(r"F?([0-9]{6})([0-9A-HJKMNP-TV-Z]{8})", tidy)
    return FeedbackNumber(f"F{found[1]}-{found[2]}") if found else None


@dataclass(frozen=True, slots=True, repr=False)
class SaidFeedback(Private):
    """In somebody's own words; ``contact`` is a phone number, only if an answer is wished."""

    id: FeedbackId
    kind: FeedbackKind
    text: str
    said_at: datetime
    contact: str = ""
