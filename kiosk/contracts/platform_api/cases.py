"""Messages about cases: the one form, what the platform knows of it, submission, acceptance."""

from typing import Annotated, Literal

from msgspec import Meta

from .base import (
    Answered, Code, CompanyTypeText, Day, DivisionText, ItemCode, Moment, Money, RefCode, Sent, Sha256, Slip,
    StaffCode, Text16, Text40, Text64, Text200, Ulid,
)  # fmt: skip

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
LevelCode = Literal["AVAILABLE", "SIMILAR", "PROHIBITED"]
DutyCode = Literal["none", "before", "after", "notice"]
CertTypeCode = Literal["111", "154", "553", "uscc"]
RoleCode = Literal[
    "legal_rep", "shareholder", "director", "supervisor", "manager", "finance_officer", "liaison", "tax_handler", "agent"
]  # fmt: skip
Roles = Annotated[tuple[RoleCode, ...], Meta(max_length=9, extra_json_schema={"uniqueItems": True})]


# -- the form: what comes back is lenient, what is sent is the same and strict -----------------------------------------


class Purpose(Answered, omit_defaults=True):
    """The plain questions at the beginning."""

    with_partners: bool | None = None
    trade_hint: Text64 = ""
    licence_first: bool | None = None


class PurposeSent(Purpose, forbid_unknown_fields=True):
    """The same, sent."""


class NameVerdictForm(Answered, omit_defaults=True):
    """The verdict as the terminal heard it; the platform's own reservation decides."""

    level: LevelCode
    similar: Annotated[tuple[Text64, ...], Meta(max_length=20)] = ()
    reasons: Annotated[tuple[Text200, ...], Meta(max_length=20)] = ()
    reserve_no: Text40 = ""
    reserved_until: Moment | None = None


class NameVerdictSent(NameVerdictForm, forbid_unknown_fields=True):
    """The same, sent."""


class Fields(Answered, omit_defaults=True):
    """Single answers of the form, under their names of the field."""

    name_district: Text16 = ""
    name_trade: Text40 = ""
    name_industry: Text40 = ""
    name_org_form: Text16 = ""
    company_type: CompanyTypeText | None = None
    domicile_division: DivisionText = ""
    domicile_division_name: Text40 = ""
    domicile_address: Text200 = ""
    domicile_get_way: Literal["01", "02", "03", "04", "05"] | None = None
    registered_capital: Money | None = None
    contribution_years: Annotated[int, Meta(ge=0, le=99)] = 5
    licence_copies: Annotated[int, Meta(ge=1, le=99)] = 1


class FieldsSent(Fields, forbid_unknown_fields=True):
    """The same, sent."""


class ScopeLine(Answered, omit_defaults=True):
    """One picked item of the business scope; the first is the main business."""

    code: Code
    name: Text64 = ""
    duty: DutyCode = "none"
    duty_text: Text200 = ""
    industry_code: Text16 = ""


class ScopeLineSent(ScopeLine, forbid_unknown_fields=True):
    """The same, sent."""


class PersonForm(Answered, omit_defaults=True):
    """One person of the case, with every hat; ``subscribed`` in 万元."""

    ref: RefCode
    name: Text64
    cert_type: CertTypeCode
    cert_no: Text40
    birth: Day | None = None
    card_valid_until: Day | None = None
    card_long_term: bool = False
    address: Text200 = ""
    phone: Text16 = ""
    roles: Roles = ()
    subscribed: Money = "0"
    verification_id: Ulid | None = None
    verified_until: Moment | None = None
    signature_blob: Sha256 | None = None
    signed_at: Moment | None = None


class PersonSent(PersonForm, forbid_unknown_fields=True):
    """The same, sent."""


class Pickup(Answered, omit_defaults=True):
    """Where the bundle is collected."""

    site_id: Code


class PickupSent(Pickup, forbid_unknown_fields=True):
    """The same, sent."""


class Form(Answered, omit_defaults=True):
    """One form for all items (一次填报); incomplete while it is being filled in."""

    items: Annotated[tuple[ItemCode, ...], Meta(max_length=12, extra_json_schema={"uniqueItems": True})] = ()
    purpose: Purpose = Purpose()
    fields: Fields = Fields()
    name_verdict: NameVerdictForm | None = None
    business_scope: Annotated[tuple[ScopeLine, ...], Meta(max_length=60)] = ()
    people: Annotated[tuple[PersonForm, ...], Meta(max_length=60)] = ()
    applicant: RefCode | None = None
    pickup: Pickup | None = None


class FormSent(Form, forbid_unknown_fields=True):
    """The same, sent."""

    purpose: PurposeSent = PurposeSent()
    fields: FieldsSent = FieldsSent()
    name_verdict: NameVerdictSent | None = None
    business_scope: Annotated[tuple[ScopeLineSent, ...], Meta(max_length=60)] = ()
    people: Annotated[tuple[PersonSent, ...], Meta(max_length=60)] = ()
    pickup: PickupSent | None = None


class Draft(Sent):
    """The form as it is now, under the slip code of its first terminal."""

    slip_code: Slip
    form: FormSent
    kind: Literal["opening"] = "opening"
    previous_case_id: Ulid | None = None


class Issue(Answered):
    """One thing that is still missing or wrong; ``pointer`` is a JSON pointer into the form."""

    pointer: str
    rule: str


class DraftKept(Answered):
    """The draft is kept, complete or not."""

    case_id: str
    state: CaseStateCode
    version: int
    issues: tuple[Issue, ...] = ()


# -- the case as the platform knows it ---------------------------------------------------------------------------------


class CaseItem(Answered):
    """Where one item stands; times are promises of the platform."""

    item: str
    state: ItemStateCode
    version: int = 1
    department: str = ""
    mode: ModeCode | None = None
    accepted_at: Moment | None = None
    due_at: Moment | None = None
    changed_at: Moment | None = None


class CaseArticle(Answered):
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


class TimelineLine(Answered):
    """One change of state; ``what`` is CASE or an item, ``by`` the role that acted."""

    at: Moment
    what: str
    state: str
    by: str = ""


class Case(Answered):
    """A case, whole. ``masked``: the asker may see how it stands, but not whose numbers are in it."""

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


class CaseLine(Answered):
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


class CasePage(Answered):
    """A page of a list; ``next`` goes into ``cursor``."""

    items: tuple[CaseLine, ...]
    next: str | None = None


class SearchCases(Sent):
    """Find cases by the card of a person in it, by slip or by id: exactly one of them. Never in an address."""

    cert_no: Annotated[str, Meta(pattern="^[0-9A-Za-z]{8,20}$(?!\\n)")] | None = None
    card_read_at: Moment | None = None  # obligatory with cert_no at a self-service terminal
    slip_code: Slip | None = None
    case_id: Ulid | None = None


class CasesFound(Answered):
    """Whole cases, newest change first."""

    items: tuple[Case, ...] = ()


class SubmitCase(Sent):
    """Submit once for all items; the verifications say who acts at a self-service terminal."""

    submitted_at: Moment
    verification_ids: Annotated[tuple[Ulid, ...], Meta(max_length=60, extra_json_schema={"uniqueItems": True})] = ()


class CaseMoved(Answered):
    """A case after somebody acted on it."""

    case_id: str
    state: CaseStateCode
    version: int
    case_no: str | None = None
    accepted_at: Moment | None = None
    due_at: Moment | None = None


class Requirement(Sent):
    """One thing that is missing, with its legal basis, for the one-time notice."""

    code: Code
    text: Annotated[str, Meta(min_length=1, max_length=200)]
    item: ItemCode = "SETUP"
    basis: Text200 = ""


class DecideAcceptance(Sent):
    """受理, 补正, 不予受理. A correction needs every requirement at once; a refusal its reason."""

    decision: Literal["accept", "correction", "not_accept"]
    decided_at: Moment
    by: StaffCode
    requirements: Annotated[tuple[Requirement, ...], Meta(max_length=40)] = ()
    reason_code: Text40 = ""


class AcceptanceDecided(Answered):
    """What the decision made of the case; ``notice_no`` counts one-time notices of its chain."""

    case_id: str
    state: CaseStateCode
    version: int
    case_no: str | None = None
    accepted_at: Moment | None = None
    due_at: Moment | None = None
    notice_no: int | None = None


class Timeline(Answered):
    """Every change of state of one case."""

    case_id: str
    items: tuple[TimelineLine, ...] = ()


class Sla(Answered):
    """The promise of an item beyond the case's own."""

    kind: str
    minutes: int
    clock: Literal["office", "wall"] = "office"
    paused: bool = False


class ItemAnswer(Answered):
    """One item with its things."""

    item: str
    state: ItemStateCode
    version: int
    department: str = ""
    mode: ModeCode | None = None
    accepted_at: Moment | None = None
    due_at: Moment | None = None
    sla: Sla | None = None
    articles: tuple[CaseArticle, ...] = ()


