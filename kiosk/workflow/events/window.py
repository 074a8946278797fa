"""Events of a clerk's window."""

from dataclasses import dataclass

from kiosk.contracts.central_platform import StaffSession
from kiosk.contracts.code_scanner import Scan
from kiosk.contracts.printing import Printed
from kiosk.contracts.smart_card import SignedChallenge, StaffCard
from kiosk.contracts.tax_device import TaxDeviceReadout
from kiosk.domain.case import OpeningCase
from kiosk.domain.draft_split import DraftSplit
from kiosk.domain.handover import Handover
from kiosk.domain.ids import ArticleId, CaseId
from kiosk.domain.private import Private
from kiosk.faults import Fault
from kiosk.workflow.machine import Event


@dataclass(frozen=True, slots=True)
class StaffCardPut(Event):
    """A staff card lies in the reader."""

    card: StaffCard


@dataclass(frozen=True, slots=True, repr=False)
class PinEntered(Private, Event):
    """The clerk typed the PIN."""

    pin: str


@dataclass(frozen=True, slots=True, repr=False)
class ChallengeSigned(Private, Event):
    """The card signed the platform's challenge."""

    signed: SignedChallenge


@dataclass(frozen=True, slots=True, repr=False)
class StaffSignedIn(Private, Event):
    """The platform opened a session for the clerk."""

    session: StaffSession


@dataclass(frozen=True, slots=True)
class StaffLeft(Event):
    """The staff card was taken, or the clerk signed out."""


@dataclass(frozen=True, slots=True)
class LockAsked(Event):
    """The clerk goes away for a moment; the work stays."""


@dataclass(frozen=True, slots=True)
class SignOutAsked(Event):
    """A locked window's clerk does not come back: somebody ends it."""


@dataclass(frozen=True, slots=True)
class SignInFailed(Event):
    """Card or platform did not let the clerk in."""

    fault: Fault


@dataclass(frozen=True, slots=True)
class CodeScanned(Event):
    """A code was read by the scanner or the wedge."""

    scan: Scan


@dataclass(frozen=True, slots=True)
class CodeTyped(Event):
    """A code was typed by hand."""

    text: str


@dataclass(frozen=True, slots=True)
class CasePicked(Event):
    """A case of the list was opened."""

    case_id: CaseId


@dataclass(frozen=True, slots=True, repr=False)
class CasesFound(Private, Event):
    """What mirror or platform know."""

    cases: tuple[OpeningCase, ...]


@dataclass(frozen=True, slots=True, repr=False)
class CasesListed(Private, Event):
    """The site's open cases, as the mirror knows them now."""

    cases: tuple[OpeningCase, ...]


@dataclass(frozen=True, slots=True)
class RecipientConfirmed(Event):
    """The clerk compared the person with the card, face to face."""


@dataclass(frozen=True, slots=True)
class MaterialJudged(Event):
    """One line of the checklist: 1 in order, 2 missing, 3 wrong."""

    material: str
    mark: int


@dataclass(frozen=True, slots=True)
class AcceptAsked(Event):
    """受理."""


@dataclass(frozen=True, slots=True)
class NoticeAsked(Event):
    """一次性告知: everything was looked at; what is missing or wrong is told once, and the case goes back."""


@dataclass(frozen=True, slots=True)
class PaperAsked(Event):
    """The notice that goes with the decision, on paper."""


@dataclass(frozen=True, slots=True)
class HandoverAsked(Event):
    """领取交付 for the open case."""


@dataclass(frozen=True, slots=True)
class HandoverPrepared(Event):
    """The platform reserved the bundle and gave its permit."""

    handover: Handover


@dataclass(frozen=True, slots=True, repr=False)
class HandoverLooked(Private, Event):
    """The disk was asked for a hand-over that stopped half-way; None: there is none. ``unwitnessed``: the last one
    was recorded, and the program stopped before its sheet was printed."""

    handover: Handover | None = None
    case: OpeningCase | None = None
    unwitnessed: OpeningCase | None = None


@dataclass(frozen=True, slots=True, repr=False)
class SplitsLooked(Private, Event):
    """The drafts of this window that another terminal changed too, each with both its forms, oldest first."""

    splits: tuple[tuple[OpeningCase, DraftSplit], ...] = ()


@dataclass(frozen=True, slots=True)
class RecheckAsked(Event):
    """核对物品 of the hand-over that stopped half-way."""


@dataclass(frozen=True, slots=True)
class ArticleRechecked(Event):
    """Somebody looked: the article is here, or it is not."""

    article_id: ArticleId
    here: bool


@dataclass(frozen=True, slots=True, repr=False)
class DeviceReadBack(Private, Event):
    """The tax device said what it holds."""

    readout: TaxDeviceReadout


@dataclass(frozen=True, slots=True)
class ArticleRetried(Event):
    """That article is on the counter now: scan it, again if it did not fit."""

    article_id: ArticleId


@dataclass(frozen=True, slots=True)
class HandOverAsked(Event):
    """签字交付: everything fits and was signed for."""


@dataclass(frozen=True, slots=True)
class HandoverBarred(Event):
    """The permit may not be used now: nothing was handed over."""

    fault: Fault


@dataclass(frozen=True, slots=True)
class AbortAsked(Event):
    """Put everything back."""

    reason: str


@dataclass(frozen=True, slots=True)
class PreviewAsked(Event):
    """The clerk wants to look at the paper before it is printed. ``report``: which one, where there are several."""

    report: str = ""


@dataclass(frozen=True, slots=True)
class PreviewClosed(Event):
    """The clerk has seen enough."""


@dataclass(frozen=True, slots=True, repr=False)
class PagesPainted(Private, Event):
    """The pages of a paper, a picture each (PNG)."""

    job: str
    pages: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class PagesFailed(Event):
    """A paper could not be made."""

    job: str
    fault: Fault


@dataclass(frozen=True, slots=True)
class SheetDone(Event):
    """A paper was printed, or nobody knows; ``paper`` is the name that it was asked for by."""

    printed: Printed
    paper: str = ""
