"""What belongs to a case beside its states: the promises made about it with their pauses, and what was told."""

import enum
from dataclasses import dataclass
from datetime import datetime

from .ids import CaseId, SlipCode
from .private import Private


@dataclass(frozen=True, slots=True)
class Pause:
    """A time that does not count against a promise; without an end it is still going on."""

    began: datetime
    ended: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise (时限) of a case or of an item: by when, what is left of it, and why it stood still meanwhile."""

    what: str  # CASE or an item's code
    kind: str
    began: datetime
    due: datetime
    paused: bool
    pauses: tuple[Pause, ...]
    stopped: datetime | None
    breached: datetime | None
    minutes_left: int | None


class ToldAs(enum.Enum):
    """How an applicant was told whom a message did not reach."""

    CALLED = "called"
    IN_PERSON = "in_person"
    SENT_AGAIN = "sent_again"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class FailedMessage:
    """A message that reached nobody. ``reason`` is the gateway's word; whom it was for is in the case alone."""

    id: str
    case_id: CaseId
    slip_code: SlipCode
    template: str
    at: datetime
    attempts: int
    reason: str


@dataclass(frozen=True, slots=True, repr=False)
class Message(Private):
    """One message to the applicant by both its ways; ``failed`` names the ways that did not reach anybody."""

    id: str
    template: str
    at: datetime
    text: str
    text_en: str
    ways: tuple[tuple[str, str], ...]  # channel, state
    failed: tuple[str, ...]
