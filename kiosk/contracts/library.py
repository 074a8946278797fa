"""Looking into the library of electronic certificates before anybody is asked for a paper (R70), and using one."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.ids import CaseId, PersonRef
from kiosk.domain.library import LibraryPaper

from .central_platform import Ask


@dataclass(frozen=True, slots=True)
class LookInLibrary(Ask[tuple[LibraryPaper, ...]]):
    """What is there of the persons and companies of a case, good or not."""

    case_id: CaseId


@dataclass(frozen=True, slots=True)
class UseFromLibrary(Ask[bool]):
    """Take a paper into the case; its holder agreed at that moment. Asked again it is the same taking. Fault:
    library-refused (no good any more, or the platform wants a consent)."""

    case_id: CaseId
    paper_id: str
    consented_at: datetime
    by: PersonRef | None
