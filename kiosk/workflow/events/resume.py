"""Events of going on with a draft."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.contracts.ledger import Answer
from kiosk.domain.case import OpeningCase
from kiosk.domain.draft_split import DraftSplit, Side
from kiosk.domain.ids import CaseId
from kiosk.domain.private import Private
from kiosk.workflow.machine import Event


@dataclass(frozen=True, slots=True)
class ResumeAsked(Event):
    """继续办理."""


@dataclass(frozen=True, slots=True, repr=False)
class DraftsFound(Private, Event):
    """Unsubmitted cases of the applicant at the screen, newest first. ``online`` False: only what this machine keeps;
    ``proven``: the applicant's phone has shown the code."""

    drafts: tuple[Answer[OpeningCase], ...]
    online: bool
    proven: bool = False


@dataclass(frozen=True, slots=True)
class ResumeCodeSent(Event):
    """If there is such a draft, a code is on its way to its applicant's phone; the next not before ``next_at``."""

    next_at: datetime


@dataclass(frozen=True, slots=True, repr=False)
class ResumeCodeTyped(Private, Event):
    """The six digits of the phone."""

    code: str


@dataclass(frozen=True, slots=True)
class DraftPicked(Event):
    """That one."""

    case_id: CaseId


@dataclass(frozen=True, slots=True, repr=False)
class DraftTakenUp(Private, Event):
    """The draft is the visit's now; ``split`` when somebody has to choose between two terminals' answers."""

    case: OpeningCase
    split: DraftSplit | None


@dataclass(frozen=True, slots=True)
class SideChosen(Event):
    """Whose answer counts."""

    where: str
    side: Side


@dataclass(frozen=True, slots=True)
class SettleAsked(Event):
    """Look at what was changed elsewhere."""
