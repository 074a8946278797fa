"""What the window remembers while a clerk works: who is there, which case lies open, what was scanned. Pure."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum

from kiosk.contracts.central_platform import StaffSession
from kiosk.contracts.ledger import DeedStatus
from kiosk.contracts.printing import Printed
from kiosk.contracts.smart_card import StaffCard
from kiosk.contracts.tax_device import TaxDeviceReadout
from kiosk.domain.article import Article, ArticleKind
from kiosk.domain.case import CaseKind, CaseState, OpeningCase
from kiosk.domain.draft_split import DraftSplit, Side
from kiosk.domain.finding import Finding, Severity
from kiosk.domain.handover import Handover, Match
from kiosk.domain.identity_card import IdentityCard
from kiosk.domain.ids import ArticleId, BlobId, VerificationId, WindowId
from kiosk.domain.material import NoticeLine
from kiosk.domain.person import Person, Role
from kiosk.domain.private import Private
from kiosk.domain.queue import HallQueue, Ticket
from kiosk.domain.shift import KeptShift
from kiosk.faults import Fault
from kiosk.rules.goods_numbers import GoodsProblem
from kiosk.rules.materials import Mark, MaterialLine, checklist
from kiosk.rules.review import review

from . import events as ev
from .backroom import Backroom
from .device_desk import DeviceDesk
from .entry import FormEntry
from .library_desk import LibraryDesk
from .looked_at import Preview
from .machine import Effect, Event
from .material_look import MaterialLook
from .visit import Clocked


class DeskBusy(Enum):
    """What the window waits for besides scanner and card reader, which always listen."""

    PIN = "pin"
    FINDING = "finding"
    VERIFYING = "verifying"
    PREPARING = "preparing"
    SIGNATURE = "signature"
    PRINTING = "printing"
    ISSUING = "issuing"


@dataclass(frozen=True, slots=True)
class Check:
    """One article against its expected number: what was scanned or read back, and the verdict."""

    article_id: ArticleId
    match: Match = Match.WAITING
    found: str = ""
    problem: GoodsProblem | None = None  # of a number that does not fit


@dataclass(frozen=True, slots=True, repr=False)
class Unsettled(Private):
    """A hand-over that was prepared at this window and neither finished nor put back, and its case."""

    handover: Handover
    case: OpeningCase


@dataclass(frozen=True, slots=True)
class Line:
    """The queue as this window knows it. ``ticket`` is who was called to it or is there; ``asking`` while the
    platform is asked to call or move somebody; ``nobody``: it was asked, and nobody waited."""

    queue: HallQueue | None = None
    as_of: datetime | None = None
    live: bool = False
    ticket: Ticket | None = None
    paused: bool = False
    asking: bool = False
    nobody: bool = False
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Lock:
    """The window is locked. ``card``: the clerk's own lies there again; ``checking`` while card and platform look at
    the PIN."""

    card: StaffCard | None = None
    checking: bool = False
    fault: Fault | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Desk(Private):
    """State of the comprehensive window. ``step`` is also the name of the screen."""

    now: datetime
    window: WindowId = WindowId("")
    step: str = "present_staff_card"
    card: StaffCard | None = None
    staff: StaffSession | None = None
    cases: tuple[OpeningCase, ...] = ()
    unsettled: Unsettled | None = None
    unwitnessed: OpeningCase | None = None  # handed over last, and stopped before the sheet was printed
    last_shift: KeptShift | None = None  # of this window
    sheet_waits: bool = False  # of that shift, at the printer
    line: Line = Line()
    splits: tuple[tuple[OpeningCase, DraftSplit], ...] = ()  # drafts of this window that another terminal changed too
    case: OpeningCase | None = None
    live: bool = False
    customer: IdentityCard | None = None
    brought: bool = False  # the case came by its own slip: whoever sits there brought it
    agreed_at: datetime | None = None  # the citizen agreed on the customer's side
    entry: FormEntry | None = None  # the customer's form, while a clerk fills it in
    materials: tuple[MaterialLine, ...] = ()
    marks: tuple[tuple[str, Mark], ...] = ()
    library: LibraryDesk = LibraryDesk()
    look: MaterialLook | None = None  # a material beside the data
    differs: tuple[tuple[str, str], ...] = ()  # line and data that do not agree, as the clerk saw it
    notice: tuple[NoticeLine, ...] = ()  # what was told once and for all, as it was sent
    verification_id: VerificationId | None = None
    handover: Handover | None = None
    checks: tuple[Check, ...] = ()
    active: ArticleId | None = None
    readout: TaxDeviceReadout | None = None
    devices: DeviceDesk = field(default_factory=DeviceDesk)
    passwords_changed: bool = False  # of the device that was handed over
    signature: BlobId | None = None
    signature_png: bytes = b""
    split: DraftSplit | None = None
    decided: tuple[tuple[str, Side], ...] = ()
    deed: DeedStatus | None = None
    truth: Clocked = field(default_factory=Clocked)
    sheet: Printed | None = None
    preview: Preview | None = None
    papers: Printed | None = None  # what is printed beside the hand-over sheet
    rated: bool = False  # or asked not to
    busy: DeskBusy | None = None
    fault: Fault | None = None
    idle_warned: bool = False
    lock: Lock | None = None
    unheard: tuple[Effect, ...] = ()  # what the work under the lock waited for, and was not told when it came
    room: Backroom = field(default_factory=Backroom)  # custody store, tasks, search


def of_this_case(d: Desk, e: Event) -> bool:
    """Whether what changed is the case on the desk."""
    return isinstance(e, ev.CaseChanged) and d.case is not None and e.case.id == d.case.id


def opened(d: Desk, case: OpeningCase) -> Desk:
    """A case lies open: its checklist is drawn up, nothing is marked yet."""
    return replace(
        d, case=case, busy=None, materials=checklist(case, d.now.date()), marks=(), notice=(), handover=None,
        checks=(), active=None, readout=None, signature=None, signature_png=b"", split=None,
        decided=(), deed=None,
        truth=Clocked(None, None, case.accepted_at), sheet=None, verification_id=None, agreed_at=None, rated=False,
        papers=None, library=LibraryDesk(), look=None, differs=(),
    )  # fmt: skip


# Somebody's identity and the reserved name are lines of the checklist: the clerk sees to them with his own eyes.
ON_THE_CHECKLIST = frozenset({"not-verified", "verification-over", "name-not-checked", "name-not-reserved"})
INTAKE_STATES = frozenset({CaseState.SUBMITTED, CaseState.RECEIVED})


def mark_of(desk: Desk, line: MaterialLine) -> Mark:
    """The clerk's mark on a line; what the terminal has proven is in order unless somebody says otherwise."""
    marked = dict(desk.marks).get(line.id)
    if marked is not None:
        return marked
    return Mark.IN_ORDER if line.proven else Mark.OPEN


def open_marks(desk: Desk) -> int:
    """How many lines are not in order yet."""
    return sum(1 for line in desk.materials if mark_of(desk, line) is not Mark.IN_ORDER)


def unseen(desk: Desk) -> int:
    """How many lines nobody has judged yet."""
    return sum(1 for line in desk.materials if mark_of(desk, line) is Mark.OPEN)


def submitted_on(desk: Desk) -> date:
    """The day by which a case is judged: what was right when it was handed in is not made wrong by our waiting."""
    told = desk.case.timeline if desk.case else ()
    days = [one.at.date() for one in told if (one.what, one.state) == ("CASE", CaseState.SUBMITTED.value)]
    return max(days, default=desk.now.date())


def found(desk: Desk) -> tuple[Finding, ...]:
    """What stops the form, by the rules of the terminal: it may have been filled in elsewhere. Items that a company
    asks for later have been looked at by the platform against what is registered."""
    if desk.case is None or desk.case.kind is not CaseKind.OPENING:
        return ()
    findings = review(desk.case.form, submitted_on(desk))
    return tuple(one for one in findings if one.severity is Severity.STOP and one.code not in ON_THE_CHECKLIST)


def has_wants(desk: Desk) -> bool:
    """Whether something is missing or wrong, among the materials or in the form."""
    wanting = any(mark_of(desk, line) in (Mark.MISSING, Mark.WRONG) for line in desk.materials)
    return wanting or bool(found(desk))


def check_of(desk: Desk, article_id: ArticleId) -> Check:
    """The check of one article."""
    return next((c for c in desk.checks if c.article_id == article_id), Check(article_id))


def expected(article: Article) -> str:
    """The text that a scan of the article must give."""
    if article.kind is ArticleKind.INVOICE_VOLUME and article.first_no is not None:
        return f"{article.first_no:08d}"
    return article.serial


def with_check(desk: Desk, check: Check) -> Desk:
    """Note a check, and move on to the next article that waits."""
    checks = tuple(check if c.article_id == check.article_id else c for c in desk.checks)
    desk = replace(desk, checks=checks)
    waiting = [c.article_id for c in checks if c.match is Match.WAITING]
    if check.match is Match.DIFFERENT:
        return replace(desk, active=check.article_id)
    return replace(desk, active=waiting[0] if waiting else None)


def recipient(desk: Desk) -> Person | None:
    """The person of the case who stands at the window, found by the card: legal representative or agent."""
    if desk.case is None or desk.customer is None:
        return None
    return next(
        (
            p
            for p in desk.case.form.people
            if p.cert_no == desk.customer.number and (p.wears(Role.LEGAL_REP) or p.wears(Role.AGENT))
        ),
        None,
    )


def all_equal(desk: Desk) -> bool:
    """Whether every article of the bundle was found to be the right one."""
    return bool(desk.checks) and all(c.match is Match.EQUAL for c in desk.checks)
