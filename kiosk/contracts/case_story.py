"""What a window asks about one case beyond the case itself."""

from dataclasses import dataclass

from kiosk.domain.case_story import Message, Promise
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
