"""Effects of the library of certificates at intake."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.ids import CaseId, PersonRef

from .machine import Effect


@dataclass(frozen=True, slots=True)
class LookInLibrary(Effect):
    """Ask what the library has of the persons and companies of the case."""

    case_id: CaseId


@dataclass(frozen=True, slots=True)
class UseFromLibrary(Effect):
    """Take a paper into the case; its holder agreed at that moment."""

    case_id: CaseId
    paper_id: str
    at: datetime
    by: PersonRef | None
