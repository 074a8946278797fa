"""What people say of the service (意见反馈, R83)."""

import enum
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


@dataclass(frozen=True, slots=True, repr=False)
class SaidFeedback(Private):
    """In somebody's own words; ``contact`` is a phone number, only if an answer is wished."""

    id: FeedbackId
    kind: FeedbackKind
    text: str
    said_at: datetime
    contact: str = ""
