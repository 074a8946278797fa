"""Messages about cases: what the platform knows, submission, acceptance."""

from typing import Annotated, Literal

from msgspec import Meta

from .base import (
    CURSOR,
    END,
    LIMIT,
    Answered,
    Code,
    ItemCode,
    Moment,
    Offline,
    Op,
    Param,
    Sent,
    Slip,
    StaffCode,
    Text40,
    Text200,
    Ulid,
)
from .case_parts import CaseMaterial, PersonProof, Signer
from .form import Draft, Form, KindCode

Pointer = Annotated[str, Meta(max_length=120, pattern="^(/[0-9A-Za-z_.-]{1,40})*" + END)]
Only1 = Annotated[int, Meta(ge=1, le=1)]
CaseQuery = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[^\x00-\x1f\x7f]*" + END)]
CaseStateCode = Literal[
    "DRAFT", "SIGNING", "SUBMITTED", "RECEIVED", "RETURNED", "NOT_ACCEPTED", "ACCEPTED", "IN_REVIEW", "SUSPENDED",
    "APPROVED", "REFUSED", "PREPARING", "READY", "PARTLY_COLLECTED", "CLOSED", "WITHDRAWN", "EXPIRED", "TERMINATED",
]  # fmt: skip
ItemStateCode = Literal[
    "NOT_REQUESTED", "PENDING", "IN_REVIEW", "APPROVED", "REFUSED", "RETURNED", "SUSPENDED", "PREPARING", "PREPARED",
    "COLLECTED", "DONE", "CANCELLED",
]  # fmt: skip
ArticleStateCode = Literal["PLANNED", "PREPARED", "HANDED_OVER"]
ModeCode = Literal["DEVICE", "DIGITAL"]


class Issue(Answered, frozen=True):
    """One thing that is still missing or wrong; ``pointer`` is a JSON pointer into the form."""

    pointer: str
    rule: str


class DraftKept(Answered, frozen=True):
    """The draft is kept, complete or not."""

    case_id: str
    state: CaseStateCode
    version: int
    issues: tuple[Issue, ...] = ()


class CaseItem(Answered, frozen=True):
    """Where one item stands; times are promises of the platform."""

    item: str
    state: ItemStateCode
    version: int = 1
    department: str = ""
    mode: ModeCode | None = None
    accepted_at: Moment | None = None
    due_at: Moment | None = None
    changed_at: Moment | None = None


class CaseArticle(Answered, frozen=True):
    """One thing to hand over; ``serial`` is what a scan of it must give."""

    id: str
    kind: Literal["licence_original", "licence_copy", "seal", "invoice_volume", "tax_device"]
    item: str
    state: ArticleStateCode
    serial: str = ""
    use: Literal["seal_company", "seal_finance", "seal_invoice", "seal_legal_rep", "seal_contract"] | None = None
    unit_id: str | None = None
    batch_id: str | None = None
    first_no: int | None = None
    count: int = 1
    place: str = ""


class Mailing(Answered, frozen=True):
    """The bundle on its way by post. The case stays where it was until the post reports delivery; ``waybill`` is
    left out of a masked case."""

    handover_id: str
    state: Literal["POSTED", "DELIVERED", "RETURNED_TO_SENDER"]
    posted_at: Moment
    waybill: str = ""
    carrier: str = ""
    ended_at: Moment | None = None


class TimelineLine(Answered, frozen=True):
    """One change of state; ``what`` is CASE or an item, ``by`` the role that acted."""

    at: Moment
    what: str
    state: str
    by: str = ""


class Case(Answered, frozen=True):
    """A case, whole. ``masked``: the asker may see how it stands, but not whose numbers are in it. ``materials`` and
    ``signers`` (while there is something to sign, getCase only) change without a new version."""

    case_id: str
    slip_code: str
    site_id: str
    state: CaseStateCode
    version: int
    form: Form
    name_full: str = ""
    case_no: str | None = None
    uscc: str = ""
    items: tuple[CaseItem, ...] = ()
    articles: tuple[CaseArticle, ...] = ()
    timeline: tuple[TimelineLine, ...] = ()
    submitted_at: Moment | None = None
    accepted_at: Moment | None = None
    due_at: Moment | None = None
    open_handover: str | None = None
    pickup_window: str = ""
    refused_items: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()
    masked: bool = False
    kind: KindCode = "opening"
    previous_case_id: str | None = None
    next_case_id: str | None = None
    mailing: Mailing | None = None
    materials: tuple[CaseMaterial, ...] = ()
    signers: tuple[Signer, ...] = ()
    collection: Moment | None = None  # the hour that was booked, while it can be kept
    proofs: tuple[PersonProof, ...] = ()  # of the form's people, unless masked


class CaseLine(Answered, frozen=True):
    """A case in a list: enough to choose it, no number of a person."""

    case_id: str
    slip_code: str
    state: CaseStateCode
    version: int
    name_full: str = ""
    case_no: str | None = None
    submitted_at: Moment | None = None
    accepted_at: Moment | None = None
    due_at: Moment | None = None
    open_handover: str | None = None


class CasePage(Answered, frozen=True):
    """A page of a list; ``next`` goes into ``cursor``."""

    items: tuple[CaseLine, ...]
    next: str | None = None


class SearchCases(Sent, frozen=True):
    """Find cases by the card of a person in it, by slip or by id: exactly one of them. Never in an address."""

    cert_no: Annotated[str, Meta(pattern="^[0-9A-Za-z]{8,20}$(?!\\n)")] | None = None
    card_read_at: Moment | None = None  # obligatory with cert_no at a self-service terminal
    slip_code: Slip | None = None
    case_id: Ulid | None = None


class CasesFound(Answered, frozen=True):
    """Whole cases, newest change first."""

    items: tuple[Case, ...] = ()


class SubmitCase(Sent, frozen=True):
    """Submit once for all items; the verifications say who acts at a self-service terminal."""

    submitted_at: Moment
    verification_ids: Annotated[tuple[Ulid, ...], Meta(max_length=60, extra_json_schema={"uniqueItems": True})] = ()


class CaseMoved(Answered, frozen=True):
    """A case after somebody acted on it."""

    case_id: str
    state: CaseStateCode
    version: int
    case_no: str | None = None
    accepted_at: Moment | None = None
    due_at: Moment | None = None


class Requirement(Sent, frozen=True):
    """One thing that is missing, with its legal basis, for the one-time notice. ``pointer``: where in the form it
    stands, a JSON pointer; without it the platform takes it that it was there to be seen the first time."""

    code: Code
    text: Annotated[str, Meta(min_length=1, max_length=200)]
    item: ItemCode = "SETUP"
    basis: Text200 = ""
    pointer: Pointer = ""


class DecideAcceptance(Sent, frozen=True):
    """受理, 补正, 不予受理. A correction needs every requirement at once; a refusal its reason. ``second_reason``:
    why a supervisor countersigns a second notice."""

    decision: Literal["accept", "correction", "not_accept"]
    decided_at: Moment
    by: StaffCode
    requirements: Annotated[tuple[Requirement, ...], Meta(max_length=40)] = ()
    reason_code: Text40 = ""
    second_reason: Text200 = ""


class AcceptanceDecided(Answered, frozen=True):
    """What the decision made of the case; ``notice_no`` counts one-time notices of its chain."""

    case_id: str
    state: CaseStateCode
    version: int
    case_no: str | None = None
    accepted_at: Moment | None = None
    due_at: Moment | None = None
    notice_no: int | None = None


class Timeline(Answered, frozen=True):
    """Every change of state of one case."""

    case_id: str
    items: tuple[TimelineLine, ...] = ()


class Sla(Answered, frozen=True):
    """The promise of an item beyond the case's own."""

    kind: str
    minutes: int
    clock: Literal["office", "wall"] = "office"
    paused: bool = False


class ItemAnswer(Answered, frozen=True):
    """One item with its things."""

    item: str
    state: ItemStateCode
    version: int
    department: str = ""
    mode: ModeCode | None = None
    accepted_at: Moment | None = None
    due_at: Moment | None = None
    sla: Sla | None = None
    reason_code: str = ""
    articles: tuple[CaseArticle, ...] = ()


OPERATIONS: tuple[Op, ...] = (
    # -- cases
    Op("putDraft", "PUT", "/v1/cases/{case_id}/draft", 200, DraftKept, "CHW", "keep the form as it is now",
       Draft, if_match=True, first=True, also=(201,), offline=Offline.QUEUED,
       problems=("version-mismatch", "too-late", "slip-taken", "not-found", "not-ended", "draft-newer")),
    Op("getCase", "GET", "/v1/cases/{case_id}", 200, Case, "CHWSA", "one case, whole", etag=True,
       offline=Offline.CACHED, problems=("not-found",)),
    Op("listCases", "GET", "/v1/cases", 200, CasePage, "WS", "cases of the hall, newest change first",
       query=(Param("state", CaseStateCode), Param("slip_code", Slip), Param("mine", Only1), Param("q", CaseQuery),
              LIMIT, CURSOR),
       offline=Offline.CACHED),
    Op("searchCases", "POST", "/v1/cases/search", 200, CasesFound, "CW", "find cases by card, slip or id",
       SearchCases, asks=True),
    Op("submitCase", "POST", "/v1/cases/{case_id}/submit", 200, CaseMoved, "CW", "submit once for all items",
       SubmitCase, idem=True, if_match=True, offline=Offline.QUEUED,
       problems=("not-found", "version-mismatch", "incomplete", "signatures-missing", "verification-required",
                 "verification-expired", "name-not-reserved", "too-late", "item-already-done")),
    Op("decideAcceptance", "POST", "/v1/cases/{case_id}/acceptances", 201, AcceptanceDecided, "W",
       "accept, ask once for what is missing, or refuse", DecideAcceptance, idem=True, if_match=True, second_may="S",
       problems=("not-found", "version-mismatch", "not-submitted", "notice-already-given", "forbidden",
                 "material-already-held")),
    Op("getTimeline", "GET", "/v1/cases/{case_id}/timeline", 200, Timeline, "CWS", "every change of state",
       offline=Offline.CACHED, problems=("not-found",)),
    Op("getItem", "GET", "/v1/cases/{case_id}/items/{item}", 200, ItemAnswer, "CWSKA", "one item with its things",
       etag=True, offline=Offline.CACHED, problems=("not-found",)),
)  # fmt: skip
