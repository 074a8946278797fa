"""Events of all journeys: what people, devices and the platform did. Values only; personal data never prints."""

from dataclasses import dataclass
from decimal import Decimal

from kiosk.contracts.central_platform import StaffSession, Verification
from kiosk.contracts.code_scanner import Scan
from kiosk.contracts.device import DeviceKind, Supply
from kiosk.contracts.face_camera import FaceShot
from kiosk.contracts.ledger import DeedStatus
from kiosk.contracts.printing import Printed
from kiosk.contracts.smart_card import SignedChallenge, StaffCard
from kiosk.contracts.tax_device import TaxDeviceReadout
from kiosk.domain.case import CompanyName, Domicile, NameVerdict, OpeningCase, Purpose, ScopePick
from kiosk.domain.handover import Handover
from kiosk.domain.identity_card import IdentityCard
from kiosk.domain.ids import ArticleId, BlobId, CaseId, PersonRef, ScopeCode, SlipCode
from kiosk.domain.person import Role
from kiosk.domain.private import Private
from kiosk.faults import Fault

from .machine import Event


# --- everywhere ---
@dataclass(frozen=True, slots=True)
class VisitBegun(Event):
    """Somebody pressed 开办企业; the ids of the new case were just made."""

    case_id: CaseId
    slip_code: SlipCode


@dataclass(frozen=True, slots=True)
class NextAsked(Event):
    """The step's own action, without anything to add."""


@dataclass(frozen=True, slots=True)
class BackAsked(Event):
    """上一步."""


@dataclass(frozen=True, slots=True)
class RetryAsked(Event):
    """Do what failed once more."""


@dataclass(frozen=True, slots=True)
class LeaveAsked(Event):
    """先存着，改天再办: the half-done case is kept under its slip code."""


@dataclass(frozen=True, slots=True)
class TimedOut(Event):
    """Nobody touched the screen, and the warning passed."""


@dataclass(frozen=True, slots=True)
class IdleWarned(Event):
    """Nobody touched the screen; the warning shows for thirty seconds."""


@dataclass(frozen=True, slots=True)
class Touched(Event):
    """Somebody is there: the warning goes."""


@dataclass(frozen=True, slots=True)
class LingerOver(Event):
    """The farewell was shown long enough."""


@dataclass(frozen=True, slots=True)
class DeviceRecovered(Event):
    """A device that had failed works again; what was asked of it goes on by itself."""

    kind: DeviceKind


@dataclass(frozen=True, slots=True)
class HelperInformed(Event):
    """The call reached the helpers (or not: ``reached`` False, then somebody has to walk)."""

    reached: bool


@dataclass(frozen=True, slots=True)
class HelpCalled(Event):
    """呼叫帮办."""


@dataclass(frozen=True, slots=True)
class DeviceFailed(Event):
    """A device that this step asked could not do it."""

    kind: DeviceKind
    fault: Fault


@dataclass(frozen=True, slots=True)
class PlatformFailed(Event):
    """The platform could not be asked, or did not agree."""

    fault: Fault


@dataclass(frozen=True, slots=True)
class LedgerFailed(Event):
    """This machine could not keep what was done."""

    fault: Fault


@dataclass(frozen=True, slots=True, repr=False)
class CaseChanged(Private, Event):
    """The ledger has news of the case at hand: its projection and what is still owed."""

    case: OpeningCase
    deeds: tuple[DeedStatus, ...]
    live: bool


# --- citizen ---
@dataclass(frozen=True, slots=True)
class Consented(Event):
    """The person agreed to the use of the data; ``face`` is the separate consent for the picture."""

    face: bool


@dataclass(frozen=True, slots=True)
class TrackAsked(Event):
    """进度·领通知 from the home screen."""


@dataclass(frozen=True, slots=True, repr=False)
class CardRead(Private, Event):
    """A certificate was read."""

    card: IdentityCard


@dataclass(frozen=True, slots=True)
class CardTaken(Event):
    """The certificate left the reader."""


@dataclass(frozen=True, slots=True)
class CardLeft(Event):
    """The certificate still lies on the reader."""


@dataclass(frozen=True, slots=True)
class InPersonAsked(Event):
    """当面核对: the path of equal standing without a face picture."""


@dataclass(frozen=True, slots=True, repr=False)
class FaceTaken(Private, Event):
    """One good picture, held in memory until the authority has answered."""

    shot: FaceShot


@dataclass(frozen=True, slots=True)
class PersonVerified(Event):
    """The authority's answer for all departments."""

    verification: Verification


@dataclass(frozen=True, slots=True)
class PurposeChosen(Event):
    """Answers to the plain questions."""

    purpose: Purpose


@dataclass(frozen=True, slots=True)
class NameEntered(Event):
    """Trade name, industry and form were typed or picked."""

    name: CompanyName


@dataclass(frozen=True, slots=True)
class NameJudged(Event):
    """The platform's verdict, with the reservation when the name is free."""

    verdict: NameVerdict


@dataclass(frozen=True, slots=True)
class ScopeTyped(Event):
    """Something was typed into the search of the business scope."""

    typed: str


@dataclass(frozen=True, slots=True)
class ScopeFound(Event):
    """Items of the catalogue that fit what was typed."""

    typed: str
    found: tuple[ScopePick, ...]


@dataclass(frozen=True, slots=True)
class FaceAgreed(Event):
    """The person in front of the camera gave the separate consent for the picture."""


@dataclass(frozen=True, slots=True)
class ScopePicked(Event):
    """One item of the business scope was picked."""

    pick: ScopePick


@dataclass(frozen=True, slots=True)
class ScopeDropped(Event):
    """One item was put back."""

    code: ScopeCode


@dataclass(frozen=True, slots=True)
class AddressGiven(Event):
    """Division, line and way of getting the domicile."""

    domicile: Domicile


@dataclass(frozen=True, slots=True)
class CapitalSet(Event):
    """Registered capital in 万元."""

    amount: Decimal


@dataclass(frozen=True, slots=True)
class PersonCardAsked(Event):
    """Another person is about to lay the card."""


@dataclass(frozen=True, slots=True)
class PersonCardStopped(Event):
    """The other person will not lay a card now."""


@dataclass(frozen=True, slots=True)
class RolesSet(Event):
    """Which hats a person wears."""

    ref: PersonRef
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class ShareSet(Event):
    """认缴出资额 of a shareholder in 万元."""

    ref: PersonRef
    amount: Decimal


@dataclass(frozen=True, slots=True, repr=False)
class PhoneGiven(Private, Event):
    """A person's mobile number."""

    ref: PersonRef
    phone: str


@dataclass(frozen=True, slots=True)
class PersonDropped(Event):
    """A person was taken off the case."""

    ref: PersonRef


@dataclass(frozen=True, slots=True)
class ChangeAsked(Event):
    """修改 on the check page: go to that step and come straight back."""

    step: str


@dataclass(frozen=True, slots=True, repr=False)
class SignatureDrawn(Private, Event):
    """A signature on the pad, as PNG."""

    ref: PersonRef
    png: bytes


@dataclass(frozen=True, slots=True)
class SignatureKept(Event):
    """The signature is stored and has its name."""

    ref: PersonRef
    blob: BlobId


@dataclass(frozen=True, slots=True)
class SubmitAsked(Event):
    """The one submission."""


@dataclass(frozen=True, slots=True)
class PaperLooked(Event):
    """What the printer has, asked before the submission promises a receipt."""

    supply: Supply


@dataclass(frozen=True, slots=True)
class DeedRecorded(Event):
    """What was done is safe on this machine."""

    status: DeedStatus


@dataclass(frozen=True, slots=True)
class ReceiptDone(Event):
    """The receipt was printed, or nobody knows."""

    printed: Printed


@dataclass(frozen=True, slots=True)
class Rated(Event):
    """好差评: 1 to 5."""

    level: int


# --- window ---
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
class HandoverAsked(Event):
    """领取交付 for the open case."""


@dataclass(frozen=True, slots=True)
class HandoverPrepared(Event):
    """The platform reserved the bundle and gave its permit."""

    handover: Handover


@dataclass(frozen=True, slots=True)
class DeviceReadBack(Event):
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
class AbortAsked(Event):
    """Put everything back."""

    reason: str


@dataclass(frozen=True, slots=True)
class SheetDone(Event):
    """The hand-over sheet was printed, or nobody knows."""

    printed: Printed
