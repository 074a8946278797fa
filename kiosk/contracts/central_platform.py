"""What only the platform can say, and only online: verdicts, verifications, permits, sign-in.

Every question is a value; its answer comes later as a value or a Fault. Nobody waits in a screen.
What people do (submit, accept, hand over, rate) never goes through here: the ledger records and sends it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from kiosk.domain.case import NameVerdict, OpeningCase
from kiosk.domain.device_issue import DeviceIssue, DeviceList
from kiosk.domain.feedback import FeedbackAnswer, FeedbackNumber, SaidFeedback
from kiosk.domain.handover import Handover, HandoverLine
from kiosk.domain.help_call import HelpCallId
from kiosk.domain.identity_card import CertType
from kiosk.domain.ids import (
    CaseId,
    DeviceIssueId,
    DivisionCode,
    HandoverId,
    PersonRef,
    SiteId,
    SlipCode,
    StaffRef,
    TicketId,
    UnitId,
    VerificationId,
    WindowId,
)
from kiosk.domain.item import InvoiceMode, Item
from kiosk.domain.offer import BankAppointment, BankBranch, PickupHall
from kiosk.domain.private import Private
from kiosk.domain.queue import Priority, Ticket, TicketMove
from kiosk.domain.registered import ELicence, ELicenceId, RegisteredCompany
from kiosk.domain.signing import SigningLink, UploadLink
from kiosk.faults import Fault

from .device import Unsubscribe

R = TypeVar("R")


class Ask(Generic[R]):
    """A question to the platform; R is the answer's type."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, repr=False)
class VerifyPerson(Private, Ask["Verification"]):
    """One check for all departments (R23, R24). ``face_jpeg`` only with the separate consent; ``in_person_by`` names
    the helper or clerk of the equal path."""

    id: VerificationId
    name: str
    cert_type: CertType
    cert_no: str
    card_read_at: datetime
    consent_at: datetime
    face_consent: bool
    face_jpeg: bytes = b""
    in_person_by: StaffRef | None = None


@dataclass(frozen=True, slots=True)
class Verification:
    """The platform's answer; ``passed`` False carries a reason code."""

    id: VerificationId
    passed: bool
    expires_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CheckName(Ask[NameVerdict]):
    """Ask for the verdict on a name and, if it is free, reserve it (名称自主申报)."""

    case_id: CaseId
    name: str
    trade: str
    industry: str
    division: DivisionCode


@dataclass(frozen=True, slots=True, repr=False)
class FindCase(Private, Ask[tuple[OpeningCase, ...]]):
    """Find cases by the applicant's or legal representative's card, or by the slip."""

    cert_no: str = ""
    slip_code: SlipCode | None = None
    case_id: CaseId | None = None
    card_read_at: datetime | None = None  # with cert_no; None: just now


@dataclass(frozen=True, slots=True)
class SendResumeCode(Ask[datetime]):
    """A code to the phone of the applicant of a draft, if there is one; the answer is when the next may be asked for,
    and the same if there is none."""

    slip_code: SlipCode


@dataclass(frozen=True, slots=True, repr=False)
class ResumeCase(Private, Ask[OpeningCase]):
    """Go on with a draft at this terminal, wherever in the city it was begun. Fault: resume-code-wrong."""

    slip_code: SlipCode
    code: str


@dataclass(frozen=True, slots=True, repr=False)
class OpenELicence(Private, Ask[ELicence]):
    """Whose electronic licence is that? ``code`` is what the phone showed, to the letter. Faults: e-licence-over,
    not-an-e-licence."""

    code: str


@dataclass(frozen=True, slots=True, repr=False)
class FindCompany(Private, Ask[tuple[RegisteredCompany, ...]]):
    """Companies that are there: those of a card that lies on the reader now, the one of a credit code, or of an
    electronic licence that was shown here. A code finds what a person verified at this terminal may see."""

    cert_no: str = ""
    uscc: str = ""
    e_licence: ELicenceId | None = None


@dataclass(frozen=True, slots=True)
class LaterItems:
    """The draft of a company's later items, as the platform began it. ``needs_seal``: paper invoices were asked for
    by a company without a seal."""

    case: OpeningCase
    needs_seal: bool = False


@dataclass(frozen=True, slots=True)
class BeginLaterItems(Ask[LaterItems]):
    """Begin a case for items that a company has not yet; everything it said before is in it. Asked again for the same
    case, it is the one that is there. Fault: item-taken."""

    case_id: CaseId
    slip_code: SlipCode
    uscc: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ApplyAgain(Ask[OpeningCase]):
    """另行受理 (R45): a new case in the place of one that was returned, or ended before anything was decided; nothing
    is typed again, and the papers that were handed in count. Asked again for the same case, it is the one that is
    there. Fault: platform-refused where the ended one was taken up already."""

    ended: CaseId
    case_id: CaseId
    slip_code: SlipCode


@dataclass(frozen=True, slots=True)
class GetChallenge(Ask[bytes]):
    """A fresh challenge for a staff card, good for one minute."""

    staff_ref: StaffRef


@dataclass(frozen=True, slots=True, repr=False)
class SignIn(Private, Ask["StaffSession"]):
    """Staff card and PIN (checked by the card) → session at this terminal.

    ``beside``: at a citizen's terminal, for confirming a person and nothing else. Nothing that the citizen does is
    put under this person's name; ``LeaveVisit`` ends it.
    """

    staff_ref: StaffRef
    challenge: bytes
    signature: bytes
    beside: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class StaffSession(Private):
    """Who is at the window; the token itself stays in the uplink."""

    staff_ref: StaffRef
    name: str
    roles: frozenset[str]
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class SignOut(Ask[bool]):
    """Forget the clerk's token, here at once and on the platform as soon as it hears it."""


@dataclass(frozen=True, slots=True)
class PrepareHandover(Ask[Handover]):
    """Reserve the whole bundle and get the signed permit (online only)."""

    id: HandoverId
    case_id: CaseId
    case_version: int
    window: WindowId
    verification_id: VerificationId
    recipient_role: str
    lines: tuple[HandoverLine, ...]
    partial_reason: str = ""


@dataclass(frozen=True, slots=True)
class FindOpenHandovers(Ask[tuple[Handover, ...]]):
    """What is prepared at a window and neither handed over nor put back, as the platform has it: one of which this
    machine has never heard, because the power failed before the answer came, is on the disk from now on."""

    window: WindowId


@dataclass(frozen=True, slots=True)
class MakeUploadLink(Ask[UploadLink]):
    """A link by which a phone sends one material of a case; that it came is told by the case itself."""

    case_id: CaseId
    material: str


@dataclass(frozen=True, slots=True)
class InviteSigner(Ask[SigningLink]):
    """Ask somebody who is not here to sign on a phone; the platform sends the link by message as well. The case must
    be there with that person's number and phone. Fault: signing-link-refused."""

    case_id: CaseId
    ref: PersonRef


@dataclass(frozen=True, slots=True)
class ListDeviceIssues(Ask[DeviceList]):
    """Which tax devices are being written in this hall, and which cases wait for one."""


@dataclass(frozen=True, slots=True)
class RequestDeviceIssue(Ask[DeviceIssue]):
    """Have a blank device of the store written for a case (申请发行). Asked again under its id it is the same issue.

    Faults beside those of every question: tax-device-unavailable (not in the store, or taken), device-issue-open (the
    case has one already), case-not-ready.
    """

    id: DeviceIssueId
    case_id: CaseId
    unit_id: UnitId


@dataclass(frozen=True, slots=True)
class GetDeviceIssue(Ask[DeviceIssue]):
    """How far one issue has come."""

    id: DeviceIssueId


@dataclass(frozen=True, slots=True)
class AskInvoiceMode(Ask[InvoiceMode]):
    """How the tax office would give out the invoices of a case, as far as it knows the case now."""

    case_id: CaseId


@dataclass(frozen=True, slots=True)
class ListHalls(Ask[tuple[PickupHall, ...]]):
    """At which halls can be collected what is applied for here?"""


@dataclass(frozen=True, slots=True)
class ListBranches(Ask[tuple[BankBranch, ...]]):
    """Branches of all banks, in the platform's order: none is always the first."""


@dataclass(frozen=True, slots=True)
class ListHours(Ask[tuple[datetime, ...]]):
    """Free hours of a branch; nothing is held by asking."""

    branch: str


@dataclass(frozen=True, slots=True)
class AskAppointment(Ask[BankAppointment]):
    """What the bank says. Fault with slug not-found: there is none."""

    case_id: CaseId


@dataclass(frozen=True, slots=True)
class ListCollectionHours(Ask[tuple[datetime, ...]]):
    """When can what lies ready be collected by appointment? Nothing is held by asking."""

    case_id: CaseId


@dataclass(frozen=True, slots=True)
class BookCollection(Ask["CollectionBooked"]):
    """预约领取. ``slot`` None: whenever it suits. Fault HOUR_TAKEN: somebody was quicker, the old hour stands."""

    case_id: CaseId
    slot: datetime | None


@dataclass(frozen=True, slots=True)
class CollectionBooked:
    """The hour that stands now; None: none."""

    slot: datetime | None


@dataclass(frozen=True, slots=True, repr=False)
class NumberFeedback(Private, Ask[FeedbackNumber]):
    """Under which number is it kept? Tells the platform what was said, under its id: whichever comes first, this or
    the recorded deed, it is kept once and has one number."""

    said: SaidFeedback


@dataclass(frozen=True, slots=True)
class DrawNumber(Ask[Ticket]):
    """取号 online: the hall's own next number. ``id`` is made here, so that asking again draws no second one."""

    id: TicketId
    site: SiteId
    taken_at: datetime
    priority: Priority | None = None


@dataclass(frozen=True, slots=True)
class CallNext(Ask["Called"]):
    """叫号: the next number comes to this window."""

    window: WindowId


@dataclass(frozen=True, slots=True)
class Called:
    """Who comes; None: nobody waits."""

    ticket: Ticket | None


@dataclass(frozen=True, slots=True)
class MoveTicket(Ask[Ticket]):
    """Something is done with a number, on the version that was seen. ``reason`` is obligatory for missing (a
    ``Missed``), transferring (words) and raising (a ``Priority``); ``to_window`` empty: any window."""

    ticket_id: TicketId
    version: int
    move: TicketMove
    at: datetime
    reason: str = ""
    to_window: WindowId = WindowId("")


@dataclass(frozen=True, slots=True)
class PauseWindow(Ask[bool]):
    """暂停服务, or open again; pausing takes a reason. The answer is whether it is paused now."""

    window: WindowId
    paused: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReadFeedback(Ask[FeedbackAnswer]):
    """What became of what was said under that number? Fault: feedback-not-found."""

    number: FeedbackNumber


class CentralPlatform(Protocol):
    """Thread-safe; ``ask`` never blocks."""

    def ask(self, question: Ask[R], done: Callable[[R | Fault], None]) -> Callable[[], None]:
        """Put a question; ``done`` is called exactly once, on a thread of the uplink. Returns what cancels it.

        Faults: platform-offline, not-the-platform, platform-refused (details: slug), platform-busy, cancelled.
        """

    def online(self) -> bool:
        """Whether the platform answered last time."""

    def on_help(self, listener: Callable[[HelpCallId | None], None]) -> Unsubscribe:
        """Be told when a call for a helper of this hall changed (None: any of them may have); called on a thread of
        the uplink or the cache."""
