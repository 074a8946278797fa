"""What a clerk's work asks for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from kiosk.contracts.central_platform import (
    FindCase,
    PrepareHandover,
    StaffSession,
)
from kiosk.domain.document import Document
from kiosk.domain.handover import Handover, Match
from kiosk.domain.ids import ArticleId, BlobId, StaffRef, VerificationId
from kiosk.domain.private import Private
from kiosk.rules.documents.parts import Issuing
from kiosk.workflow.machine import Effect

from .citizen import Record


@dataclass(frozen=True, slots=True)
class WaitStaffCard(Effect):
    """Wait for a staff card."""


@dataclass(frozen=True, slots=True)
class WatchStaffCard(Effect):
    """Say when the staff card is taken."""


@dataclass(frozen=True, slots=True, repr=False)
class UnlockStaffCard(Private, Effect):
    """Get a challenge, let the card check the PIN and sign it."""

    staff_ref: StaffRef
    pin: str


@dataclass(frozen=True, slots=True, repr=False)
class OpenStaffSession(Private, Effect):
    """Take the signed challenge to the platform."""

    staff_ref: StaffRef
    challenge: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class ScanCode(Effect):
    """Wait for a code at the scanner."""


@dataclass(frozen=True, slots=True, repr=False)
class LookForCase(Private, Effect):
    """Look in the mirror, then ask the platform."""

    question: FindCase


@dataclass(frozen=True, slots=True)
class ListCases(Effect):
    """The site's open cases from the mirror, and again at every change."""


@dataclass(frozen=True, slots=True)
class LookForHandover(Effect):
    """Ask the disk for a hand-over that was prepared here and stopped half-way."""


@dataclass(frozen=True, slots=True)
class LookForSplits(Effect):
    """Ask the disk for drafts of this window that another terminal changed too, and again at every change."""


@dataclass(frozen=True, slots=True, repr=False)
class AskPermit(Private, Effect):
    """Prepare the hand-over online. The session adds the id."""

    question: PrepareHandover


@dataclass(frozen=True, slots=True, repr=False)
class PrintPaper(Private, Effect):
    """Make one document or several, a copy for each reader, and print. The session says who issues, where and when.

    ``name`` is what the audit trail calls it; ``ink`` holds signatures drawn on the screen by their place.
    """

    name: str
    job: str
    make: Callable[[Issuing], Document]
    ink: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))
    also: tuple[Callable[[Issuing], Document], ...] = ()  # further papers of the same print
    again: bool = False  # one came out before, perhaps before this program was started


@dataclass(frozen=True, slots=True, repr=False)
class ShowPaper(Private, Effect):
    """Make the same document as for the printer, and show its pages instead of printing them."""

    paper: PrintPaper


@dataclass(frozen=True, slots=True, repr=False)
class FinishHandover(Private, Effect):
    """Record that the bundle was handed over, if the permit may be used now; otherwise say why not."""

    handover: Handover
    checks: tuple[tuple[ArticleId, Match], ...]
    verification: VerificationId | None
    signature: BlobId
    staff: StaffSession | None
    record: Record


@dataclass(frozen=True, slots=True)
class CloseStaffSession(Effect):
    """Forget the clerk's token and unlock nothing more."""
