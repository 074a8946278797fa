"""What a visit asks for at the self-service terminal, and what both kinds of terminal ask for."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.audit import AuditKind
from kiosk.code_tables.policy_guides import GuideId
from kiosk.contracts.central_platform import (
    BeginLaterItems as BeginLater,
)
from kiosk.contracts.central_platform import (
    CheckName,
    VerifyPerson,
)
from kiosk.contracts.central_platform import FindCompany as FindOne
from kiosk.contracts.document_camera import BoundPages, PageShot
from kiosk.contracts.ledger import Deed
from kiosk.domain.case import OpeningCase, OpeningForm
from kiosk.domain.document import Language, Reader
from kiosk.domain.feedback import FeedbackKind, FeedbackNumber, SaidFeedback
from kiosk.domain.help_call import HelpCall
from kiosk.domain.ids import CaseId, PersonRef, SlipCode, StaffRef
from kiosk.domain.private import Private
from kiosk.rules.documents.feedback_slip import Feedback
from kiosk.workflow.machine import Effect


@dataclass(frozen=True, slots=True)
class BeginVisit(Effect):
    """Make the ids of a new case and begin."""


@dataclass(frozen=True, slots=True)
class ReadCard(Effect):
    """Wait for a certificate, read it; later say whether it was taken or left. ``anew``: not what lies there now."""

    purpose: str
    anew: bool = False


@dataclass(frozen=True, slots=True)
class WatchCard(Effect):
    """Say whether the certificate is taken, or alarm when it is left behind."""


@dataclass(frozen=True, slots=True, repr=False)
class TakeFace(Private, Effect):
    """Show the person live and take one good picture; ``portrait`` is the card's picture, where there is one."""

    portrait: bytes = b""


@dataclass(frozen=True, slots=True)
class StopDevices(Effect):
    """End every read, picture and scan that this visit waits for (a card left behind is still watched)."""


@dataclass(frozen=True, slots=True, repr=False)
class Verify(Private, Effect):
    """Ask the authority through the platform. The session adds the id."""

    question: VerifyPerson


@dataclass(frozen=True, slots=True)
class AskName(Effect):
    """Ask for the verdict and the reservation."""

    question: CheckName


@dataclass(frozen=True, slots=True, repr=False)
class KeepDraft(Private, Effect):
    """Keep the form as it is now."""

    case_id: CaseId
    slip_code: SlipCode
    form: OpeningForm
    step: str


@dataclass(frozen=True, slots=True, repr=False)
class KeepSignature(Private, Effect):
    """Store a signature."""

    ref: PersonRef
    png: bytes


@dataclass(frozen=True, slots=True)
class LookAtPaper(Effect):
    """Ask the receipt printer for its paper."""


@dataclass(frozen=True, slots=True, repr=False)
class Record(Private, Effect):
    """Record a deed with its audit entry in one transaction."""

    deed: Deed
    audit: AuditKind
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Note(Effect):
    """An audit entry without a deed."""

    audit: AuditKind
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FollowCase(Effect):
    """Tell this visit whatever the ledger learns of a case, beginning now."""

    case_id: CaseId


@dataclass(frozen=True, slots=True, repr=False)
class PrintSlip(Private, Effect):
    """Put the citizen's slip on paper, in the citizen's language. The session adds the hall."""

    case: OpeningCase
    sent: bool
    reprint: bool
    language: Language = Language.ZH
    reader: Reader = Reader.CITIZEN  # whose eyes it is for


@dataclass(frozen=True, slots=True, repr=False)
class ShowSlip(Private, Effect):
    """Paint the slip that would be printed, to be looked at; PagesPainted or PagesFailed follows with that job."""

    slip: PrintSlip
    job: str


@dataclass(frozen=True, slots=True)
class CallHelper(Effect):
    """Ring for a helper."""

    step: str


@dataclass(frozen=True, slots=True)
class WithdrawCall(Effect):
    """Nobody needs to come: HelpChanged follows, or CallNotWithdrawn."""


@dataclass(frozen=True, slots=True)
class FindScope(Effect):
    """Search the cached catalogue of the business scope."""

    typed: str


@dataclass(frozen=True, slots=True)
class AskInvoiceMode(Effect):
    """Ask how the tax office would give out the invoices; silence is an answer too."""

    case_id: CaseId


@dataclass(frozen=True, slots=True)
class FindBranches(Effect):
    """Ask for the branches of the banks."""


@dataclass(frozen=True, slots=True)
class FindHours(Effect):
    """Ask for the free hours of a branch."""

    branch: str


@dataclass(frozen=True, slots=True)
class FindHalls(Effect):
    """Say which hall this is, and ask for the others."""


@dataclass(frozen=True, slots=True)
class AskAppointment(Effect):
    """Ask what the bank says of the appointment; silence is an answer too."""

    case_id: CaseId


@dataclass(frozen=True, slots=True)
class FindCollectionHours(Effect):
    """Ask when what lies ready can be collected by appointment."""

    case_id: CaseId


@dataclass(frozen=True, slots=True)
class BookCollection(Effect):
    """Book that hour; None: give it back."""

    case_id: CaseId
    slot: datetime | None


@dataclass(frozen=True, slots=True)
class Linger(Effect):
    """Stay on this step for a while, then go on by itself."""

    seconds: float


@dataclass(frozen=True, slots=True)
class ForgetVisit(Effect):
    """The wipe at the end: screen, memory, store."""

    case_id: CaseId | None
    how: str


@dataclass(frozen=True, slots=True)
class PrintGuide(Effect):
    """Put a page of the policy guides on paper."""

    guide: GuideId
    language: Language = Language.ZH


# --- materials, and signers who are not here ---
@dataclass(frozen=True, slots=True)
class TakePage(Effect):
    """Show what lies under the document camera and take one good page."""


@dataclass(frozen=True, slots=True, repr=False)
class BindPages(Private, Effect):
    """Make one file of the pages."""

    pages: tuple[PageShot, ...]


@dataclass(frozen=True, slots=True, repr=False)
class KeepPaper(Private, Effect):
    """Store a paper, and record that it is the case's. The session adds the id."""

    case_id: CaseId
    code: str
    bound: BoundPages


@dataclass(frozen=True, slots=True)
class MakeUploadLink(Effect):
    """Ask for a link by which a phone sends one paper; put once the platform has the case as it is here."""

    case_id: CaseId
    code: str


@dataclass(frozen=True, slots=True)
class InviteSigner(Effect):
    """Ask for a link by which somebody signs on a phone; put once the platform has the case as it is here."""

    case_id: CaseId
    ref: PersonRef


# --- what people say of the service ---
@dataclass(frozen=True, slots=True, repr=False)
class GiveFeedback(Private, Effect):
    """Record what somebody says, to be sent. The session adds the id."""

    kind: FeedbackKind
    text: str
    contact: str
    at: datetime


@dataclass(frozen=True, slots=True, repr=False)
class AskFeedbackNumber(Private, Effect):
    """Ask the platform under which number it keeps what was recorded here."""

    said: SaidFeedback


@dataclass(frozen=True, slots=True)
class PrintFeedback(Effect):
    """Put the number on paper."""

    slip: Feedback
    reprint: bool
    language: Language = Language.ZH


@dataclass(frozen=True, slots=True)
class AskForAnswer(Effect):
    """Ask the platform what became of an earlier feedback."""

    number: FeedbackNumber


# --- going on with a draft ---
@dataclass(frozen=True, slots=True, repr=False)
class LookForDrafts(Private, Effect):
    """Unsubmitted cases of the applicant whose card lies there: on the platform and on this machine."""

    cert_no: str


@dataclass(frozen=True, slots=True)
class SendResumeCode(Effect):
    """A code to the applicant's phone; offline: say that the card is needed."""

    slip_code: SlipCode


@dataclass(frozen=True, slots=True, repr=False)
class CheckResumeCode(Private, Effect):
    """Open the draft of a slip with the code of the phone."""

    slip_code: SlipCode
    code: str


@dataclass(frozen=True, slots=True)
class TakeUpDraft(Effect):
    """Make a draft this visit's own. ``by``: card or phone; empty: it is already, look at it anew."""

    case_id: CaseId
    by: str


# --- a company that comes again ---
@dataclass(frozen=True, slots=True, repr=False)
class OpenELicence(Private, Effect):
    """Ask whose electronic licence a phone showed."""

    code: str


@dataclass(frozen=True, slots=True, repr=False)
class FindCompany(Private, Effect):
    """Ask for companies that are there."""

    question: FindOne


@dataclass(frozen=True, slots=True)
class BeginLaterItems(Effect):
    """Begin the draft of later items and make it this visit's own."""

    question: BeginLater


@dataclass(frozen=True, slots=True)
class JoinVisit(Effect):
    """Whoever is signed in beside the citizen has come to this call; HelpChanged follows when the platform has it."""

    call: HelpCall
    by: StaffRef


@dataclass(frozen=True, slots=True)
class LeaveVisit(Effect):
    """Whoever was signed in beside the citizen is so no longer, and has left the call that was joined."""

    joined: HelpCall | None = None


@dataclass(frozen=True, slots=True)
class NoteBeside(Effect):
    """An audit entry about something that a member of the staff did beside the citizen, under that one's number."""

    by: StaffRef
    audit: AuditKind
    fields: tuple[tuple[str, str], ...] = ()
