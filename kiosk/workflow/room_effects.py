"""Effects of a window away from the case on the desk: custody store, second person, tasks, search, reports."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kiosk.audit import AuditKind
from kiosk.contracts.custody import CountPlace, MoveUnit, QuarantineUnit, SendGoods, TakeInGoods, TwoPeople
from kiosk.contracts.ledger import ClosedAs
from kiosk.domain.case_story import ToldAs
from kiosk.domain.document import Document
from kiosk.domain.ids import CaseId, StaffRef
from kiosk.domain.private import Private
from kiosk.rules.documents.parts import Issuing

from .machine import Effect

Movement = MoveUnit | QuarantineUnit | CountPlace | SendGoods | TakeInGoods


@dataclass(frozen=True, slots=True)
class ReadStore(Effect):
    """The book of the store: what this machine kept at once, the platform's word when it comes."""


@dataclass(frozen=True, slots=True)
class RecordMovement(Effect):
    """One person's movement, into the ledger. The session gives it its id and tells what becomes of it."""

    deed: Movement
    audit: AuditKind
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LeaveMovement(Effect):
    """Nobody waits for the last movement's verdict any more; if it is refused it becomes a task."""


@dataclass(frozen=True, slots=True)
class WaitSecondCard(Effect):
    """The clerk's card may leave the reader; wait for a colleague's."""


@dataclass(frozen=True, slots=True, repr=False)
class UnlockSecondCard(Private, Effect):
    """Get a challenge, let the second card check its PIN and sign it."""

    staff_ref: StaffRef
    pin: str


@dataclass(frozen=True, slots=True, repr=False)
class ConfirmSecondCard(Private, Effect):
    """Take the second person's signature to the platform."""

    staff_ref: StaffRef
    challenge: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class ActTogether(Private, Effect):
    """What takes two, now that both are known. The session gives it its id."""

    question: TwoPeople
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class WaitOwnCard(Effect):
    """Wait until the clerk's own card lies in the reader again."""


@dataclass(frozen=True, slots=True)
class ReadTasks(Effect):
    """What is parked here, now and at every change; what messages reached nobody; and, for who may see them, the
    hall's discrepancies."""

    manages: bool


@dataclass(frozen=True, slots=True)
class CloseMessage(Effect):
    """The applicant whom a message did not reach was told otherwise, or cannot be reached."""

    id: str
    told_as: ToldAs


@dataclass(frozen=True, slots=True)
class CloseTask(Effect):
    """A parked deed has been seen to."""

    id: str
    deed: str
    how: ClosedAs


@dataclass(frozen=True, slots=True, repr=False)
class MatchCases(Private, Effect):
    """Cases of the mirror that a fragment fits."""

    fragment: str


@dataclass(frozen=True, slots=True)
class ReadStory(Effect):
    """Everything about one case: what this machine has at once, clocks and messages when the platform tells them."""

    case_id: CaseId


@dataclass(frozen=True, slots=True)
class ReadMovements(Effect):
    """The stock ledger since a moment."""

    since: datetime


@dataclass(frozen=True, slots=True, repr=False)
class SaveReport(Private, Effect):
    """Write a document as a file: a workbook (xlsx) or a PDF."""

    name: str
    way: str
    make: Callable[[Issuing], Document]
