"""What a citizen's visit remembers, and the small steps by which it changes. Pure."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import Enum
from types import MappingProxyType

from kiosk.code_tables.guide_tables import Said
from kiosk.code_tables.policy_guides import GuideId
from kiosk.contracts.central_platform import StaffSession
from kiosk.contracts.document_camera import PageShot
from kiosk.contracts.face_camera import Likeness
from kiosk.contracts.ledger import Answer, DeedStatus
from kiosk.contracts.printing import Printed
from kiosk.contracts.social_card import SocialCard
from kiosk.domain.case import OpeningCase, OpeningForm, ScopePick
from kiosk.domain.document import Language
from kiosk.domain.draft_split import DraftSplit, Side
from kiosk.domain.enterprise import TaxFacts
from kiosk.domain.feedback import FeedbackAnswer, FeedbackKind, FeedbackNumber, SaidFeedback
from kiosk.domain.finding import Finding
from kiosk.domain.help_call import HelpCall
from kiosk.domain.identity_card import IdentityCard
from kiosk.domain.ids import CaseId, DivisionCode, PersonRef, SlipCode, StaffRef
from kiosk.domain.item import Item
from kiosk.domain.person import Person
from kiosk.domain.private import Private
from kiosk.domain.registered import ELicenceId, RegisteredCompany
from kiosk.domain.signing import SigningLink, UploadLink
from kiosk.faults import Fault, FaultCode

from .events.queue import NumberDrawn
from .events.shareholders import SignerRight
from .looked_at import Preview
from .offers import Offers

_NOTHING_SAID: Said = MappingProxyType({})


class Busy(Enum):
    """What the visit is waiting for; at most one thing at a time."""

    CARD = "card"
    FACE = "face"
    VERIFYING = "verifying"
    NAME = "name"
    SIGNATURE = "signature"
    PAPER = "paper"
    PRINTING = "printing"
    FINDING = "finding"
    NUMBER = "number"
    PAGE = "page"
    BINDING = "binding"
    LINK = "link"
    SOCIAL_CARD = "social_card"
    PIN = "pin"  # a helper's or clerk's, beside the citizen


class Helper(Enum):
    """What became of a call for a helper; nothing is said before it is true."""

    CALLING = "calling"
    CALLED = "called"  # the helpers' list has it
    COMING = "coming"  # somebody answered
    HERE = "here"  # at the citizen's side, under the own name
    WITHDRAWING = "withdrawing"  # the helpers' list is told that nobody needs to come
    NOT_WITHDRAWN = "not_withdrawn"  # it could not be told: somebody may come all the same
    NOT_REACHED = "not_reached"


DEVICE_FAULTS = frozenset(
    {
        FaultCode.ID_CARD_READER_ABSENT, FaultCode.CAMERA_ABSENT, FaultCode.CAMERA_FROZEN, FaultCode.PRINTER_ABSENT,
        FaultCode.PAPER_OUT, FaultCode.COVER_OPEN, FaultCode.CUTTER_JAM, FaultCode.PRINTER_OVERHEATED,
        FaultCode.PRINTER_SILENT, FaultCode.CODE_SCANNER_ABSENT, FaultCode.SMART_CARD_SERVICE_DOWN,
        FaultCode.SMART_CARD_READER_ABSENT, FaultCode.DOCUMENT_PRINTER_ABSENT, FaultCode.DEVICE_FAILED,
        FaultCode.DOCUMENT_CAMERA_ABSENT,
    }
)  # fmt: skip


# The reader goes on listening by itself: whoever lays the card anew, or another one, need not touch the screen.
MENDED_BY_LAYING_ANEW = frozenset(
    {FaultCode.CARD_READ_FAILED, FaultCode.CARD_DATA_INVALID, FaultCode.WRONG_CARD, FaultCode.TWO_CARDS}
)


@dataclass(frozen=True, slots=True)
class Consent:
    """What the person agreed to, and when; the face is a consent of its own."""

    at: datetime
    face: bool
    text_version: int = 1


@dataclass(frozen=True, slots=True, repr=False)
class Portrait(Private):
    """The picture on the chip of the card that was read last, and whose card it is; ``picture`` is empty where no
    decoder made one. Forgotten as soon as the person is verified."""

    cert_no: str
    picture: bytes


@dataclass(frozen=True, slots=True, repr=False)
class Beside(Private):
    """Who of the staff confirms a person here. ``staff``: once the card's PIN was right; ``rests``: after a wrong one
    the next must wait."""

    staff_ref: StaffRef
    staff: StaffSession | None = None
    missed: int = 0
    rests: bool = False


@dataclass(frozen=True, slots=True)
class Clocked:
    """The three stations of the truth line; each is None until it is true."""

    recorded: datetime | None = None
    sent: datetime | None = None
    accepted: datetime | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Gathering(Private):
    """One paper on its way in: the demand it is for, its kind, the pages so far, or the link for a phone."""

    need: str
    kind: str
    pages: tuple[PageShot, ...] = ()
    by_phone: bool = False
    link: UploadLink | None = None


@dataclass(frozen=True, slots=True, repr=False)
class LaterItems(Private):
    """What a visit knows of a company that comes again (新增事项). One of ``by_card``, ``uscc`` and ``e_licence``
    says how it is found; nothing of it is shown before the person is known."""

    by_card: bool = False
    uscc: str = ""
    e_licence: ELicenceId | None = None
    companies: tuple[RegisteredCompany, ...] = ()
    company: RegisteredCompany | None = None
    items: tuple[Item, ...] = ()  # what is wanted
    begun: bool = False  # the platform has a draft of it
    tax: TaxFacts = TaxFacts()  # what the tax office was told before: told once, it stays
    sealless: bool = False  # the platform said that digital invoices need no seal here


@dataclass(frozen=True, slots=True, repr=False)
class Visit(Private):
    """State of a citizen's visit. ``step`` is also the name of the screen."""

    now: datetime
    step: str = "home"
    case_id: CaseId | None = None
    slip_code: SlipCode | None = None
    division: DivisionCode | None = None  # of the hall
    form: OpeningForm = OpeningForm()
    language: Language = Language.ZH  # of the screen, and of what is printed for this person
    said: Said = field(default_factory=lambda: _NOTHING_SAID)  # answers to the plain questions
    consent: Consent | None = None
    card: IdentityCard | None = None
    busy: Busy | None = None
    fault: Fault | None = None
    findings: tuple[Finding, ...] = ()
    answered: tuple[str, ...] = ()  # steps that were completed, in order
    just_added: str = ""  # slip line that came last
    changing: bool = False  # came from the check page and goes straight back
    mending: str = ""  # the step that is being changed
    card_left: bool = False
    social: SocialCard | None = None  # what a card says of whoever is being named without being here
    social_left: bool = False  # that card is still in its reader
    in_person: bool = False  # waiting for a helper or clerk instead of the camera
    beside: Beside | None = None
    signing: PersonRef | None = None
    deed: DeedStatus | None = None
    truth: Clocked = field(default_factory=Clocked)
    known: OpeningCase | None = None  # the ledger's projection of the case
    live: bool = False
    receipt: Printed | None = None
    rated: int | None = None
    helper: Helper | None = None
    help_call: HelpCall | None = None  # who comes or is there
    idle_warned: bool = False
    ended: str = ""  # how the last visit ended, for the farewell
    scope_typed: str = ""
    scope_found: tuple[ScopePick, ...] = ()
    face_consents: frozenset[PersonRef] = frozenset()
    verifying: PersonRef | None = None
    portrait: Portrait | None = None
    likeness: Likeness | None = None  # of the last picture taken of the person who is being verified
    signer: SignerRight | None = None  # whose card is waited for: who signs for a company
    offers: Offers = Offers()
    drafts: tuple[Answer[OpeningCase], ...] = ()  # what the applicant may go on with
    proving: bool = False  # found by card: neither shown nor saved before it is known whose card it is
    next_code_at: datetime | None = None  # before that no other code is sent to the phone
    split: DraftSplit | None = None  # the draft was changed elsewhere too
    decided: tuple[tuple[str, Side], ...] = ()  # answers that were chosen, in order
    copies: tuple[OpeningCase, ...] = ()  # cases whose slip may be printed once more
    paper: Preview | None = None  # the slip that is looked at before it is printed
    drawn: NumberDrawn | None = None  # the number of the queue
    sought: tuple[OpeningCase, ...] = ()  # cases of a card, shown to whoever proves to be its holder
    later: LaterItems | None = None  # a company that is there asks for more
    guide: GuideId | None = None  # the page of policy that is being read
    topic: FeedbackKind | None = None  # what a feedback is about
    feedback: SaidFeedback | None = None  # what was said, once it is recorded
    feedback_number: FeedbackNumber | None = None  # once the platform has it
    gathering: Gathering | None = None
    put_off: frozenset[str] = frozenset()  # materials that are brought to the window
    link: SigningLink | None = None  # shown now, for one who is not here
    signed_afar: frozenset[PersonRef] = frozenset()  # on a phone, as the platform last told of what it has now
    feedback_answer: FeedbackAnswer | None = None  # what became of an earlier one

    @property
    def only_looks(self) -> bool:
        """Whoever proves to be a card's holder only to see or print something begins nothing that could be kept."""
        return bool(self.copies or self.sought)

    @property
    def has_begun(self) -> bool:
        """Whether there is a case of this visit's own, however little of it is filled in."""
        before = self.later is not None and not self.later.begun
        return self.case_id is not None and not self.only_looks and not before


def with_form(visit: Visit, **changes: object) -> Visit:
    """The same visit with parts of the form changed."""
    return replace(visit, form=replace(visit.form, **changes))  # type: ignore[arg-type]


def with_person(visit: Visit, person: Person) -> Visit:
    """Add a person, or put the changed one in the place of the old."""
    people = visit.form.people
    if visit.form.person(person.ref) is None:
        return with_form(visit, people=(*people, person))
    return with_form(visit, people=tuple(person if p.ref == person.ref else p for p in people))


def with_card(visit: Visit, card: IdentityCard) -> Visit:
    """The card that was just read: its picture is kept apart, and not for longer than the check of its holder."""
    bare = replace(card, photo=b"", portrait=b"")
    return replace(visit, card=bare, portrait=Portrait(card.number, card.portrait), likeness=None)


def with_portrait(visit: Visit, card: IdentityCard) -> Visit:
    """The same for a card that is not the applicant's."""
    return replace(with_card(visit, card), card=visit.card)


def portrait_of(visit: Visit) -> bytes:
    """The card's picture of the person who is being verified, where this visit has it."""
    person = visit.form.person(visit.verifying) if visit.verifying else None
    acts, kept = person.acting if person else None, visit.portrait
    return kept.picture if kept is not None and acts is not None and kept.cert_no == acts.cert_no else b""


def next_ref(visit: Visit) -> PersonRef:
    """The reference for the next person of the case."""
    taken = {p.ref for p in visit.form.people}
    return next(PersonRef(f"p{n}") for n in range(1, len(taken) + 2) if f"p{n}" not in taken)


def signers(visit: Visit) -> tuple[Person, ...]:
    """Who has to sign: everybody of a business to be; for a company that is there whoever applies."""
    form = visit.form
    return tuple(p for p in form.people if visit.later is None or p.ref == form.applicant)


def unsigned(visit: Visit) -> tuple[Person, ...]:
    """Who still has to sign, in order."""
    return tuple(p for p in signers(visit) if p.signature is None and p.ref not in visit.signed_afar)


def to_sign_here(visit: Visit) -> tuple[Person, ...]:
    """Who of them stands at this terminal."""
    return tuple(p for p in unsigned(visit) if not p.is_absent)
