"""What a window asks about one case beyond the case itself."""

from dataclasses import dataclass

from kiosk.domain.case_story import FailedMessage, Message, Promise, ToldAs
from kiosk.domain.ids import CaseId

from .central_platform import Ask


@dataclass(frozen=True, slots=True)
class ReadClocks(Ask[tuple[Promise, ...]]):
    """Every promise of a case with its pauses and their reasons."""

    case_id: CaseId


@dataclass(frozen=True, slots=True)
class ReadMessages(Ask[tuple[Message, ...]]):
    """What the applicant was told, newest first."""

    case_id: CaseId


@dataclass(frozen=True, slots=True)
class ReadFailedMessages(Ask[tuple[FailedMessage, ...]]):
    """The hall's messages that reached nobody and that nobody has seen to, oldest first."""


@dataclass(frozen=True, slots=True)
class CloseFailedMessage(Ask[bool]):
    """Somebody has seen to it. ``act`` is the id of doing so: asked twice, it is done once."""

    act: str
    id: str
    told_as: ToldAs
