"""Messages of the counter: hand-over, uploads, and the change feed of a hall."""

from typing import Annotated, Literal

from msgspec import Meta

from .base import (
    END,
    LIMIT,
    Answered,
    Code,
    Count,
    Cursor,
    Moment,
    Octets,
    Offline,
    Op,
    Param,
    Sent,
    Sha256,
    Text40,
    Text200,
    Ulid,
    UnitRef,
    Version,
)
from .cases import CaseStateCode
from .hall import CallHelp, Evaluate, Evaluated, HelpCalled

_UPLOAD = (Param("Upload-Offset", Count, True), Param("Upload-Length", Count, True))

WaybillNo = Annotated[str, Meta(pattern="^[0-9A-Z]{8,24}" + END)]
HandoverStateCode = Literal["PREPARED", "HANDED_OVER", "ABORTED", "REVERSED"]


class HandoverLine(Answered, frozen=True, omit_defaults=True):
    """One article and the thing that stands for it: a unit, or a range of a batch."""

    article_id: Ulid
    unit_id: UnitRef | None = None
    batch_id: Code | None = None
    first_no: Annotated[int, Meta(ge=1, le=2**53 - 1)] | None = None
    count: Annotated[int, Meta(ge=1, le=1000)] = 1


class HandoverLineSent(HandoverLine, frozen=True, forbid_unknown_fields=True):
    """The same, sent."""


class Recipient(Sent, frozen=True):
    """Who collects."""

    role: Literal["legal_rep", "agent", "applicant", "courier"]
    authorisation_blob: Sha256 | None = None


class Waybill(Sent, frozen=True):
    """The post's consignment note, and who takes the parcel along."""

    no: WaybillNo
    carrier: Annotated[str, Meta(min_length=1, max_length=40, pattern=r"^[^\x00-\x1f\x7f]*" + END)]
    courier: Annotated[str, Meta(min_length=1, max_length=40, pattern=r"^[^\x00-\x1f\x7f]*" + END)]


class PrepareHandover(Sent, frozen=True):
    """Reserve the bundle for this window and ask for the permit. A courier shows a waybill, anybody else that he is
    verified."""

    id: Ulid
    case_id: Ulid
    case_version: Version
    window: Code
    recipient: Recipient
    lines: Annotated[tuple[HandoverLineSent, ...], Meta(min_length=1, max_length=40)]
    verification_id: Ulid | None = None
    waybill: Waybill | None = None
    partial_reason: Annotated[str, Meta(min_length=2, max_length=200)] | None = None
    boot: Text40 = ""  # this run of the terminal; a permit that names one is good for that run only


class Permit(Answered, frozen=True):
    """The platform's signed leave. ``payload`` is canonical JSON of permit_id, handover_id, case_id, terminal_id,
    staff_ref, window, boot, lines and expires_at; the signature is over exactly these bytes."""

    id: str
    alg: Literal["Ed25519"]
    payload: bytes
    sig: bytes


class CaseNow(Answered, frozen=True):
    """The case after the act."""

    state: CaseStateCode
    version: int


class Handover(Answered, frozen=True):
    """One hand-over. ``overdue``: the permit has run out and the goods are still out; nothing is freed by that.
    ``assigned_window``: where the applicant had been sent, when that is another window than this one."""

    id: str
    case_id: str
    state: HandoverStateCode
    version: int
    window: str
    lines: tuple[HandoverLine, ...]
    expires_at: Moment
    permit: Permit | None = None
    case: CaseNow | None = None
    handed_at: Moment | None = None
    discrepancy_id: str | None = None
    overdue: bool = False
    reversed_at: Moment | None = None
    assigned_window: str = ""


class OpenHandovers(Answered, frozen=True):
    """What is prepared and neither handed over nor aborted."""

    items: tuple[Handover, ...]


class HandedOver(Sent, frozen=True):
    """A fact: it was handed over and signed for."""

    permit_id: Ulid
    handed_at: Moment
    signature_blob: Sha256
    receipt_no: Text40
    lines_confirmed: Annotated[tuple[Ulid, ...], Meta(max_length=40, extra_json_schema={"uniqueItems": True})]


class AbortHandover(Sent, frozen=True):
    """A fact: everything is back in the safe, looked at by a person."""

    reason: Annotated[str, Meta(min_length=1, max_length=200)]
    aborted_at: Moment
    physically_checked: Literal[True]


class ReverseHandover(Sent, frozen=True):
    """Everything came back and lies here. ``spoiled`` are those that cannot be handed over again: others are made."""

    reason: Annotated[Text200, Meta(min_length=2)]
    returned: Annotated[tuple[Ulid, ...], Meta(min_length=1, max_length=40, extra_json_schema={"uniqueItems": True})]
    physically_checked: Literal[True]
    spoiled: Annotated[tuple[Ulid, ...], Meta(max_length=40, extra_json_schema={"uniqueItems": True})] = ()


class RecordDelivery(Sent, frozen=True):
    """A fact: the post has delivered the bundle, or brought it back."""

    result: Literal["DELIVERED", "RETURNED_TO_SENDER"]
    at: Moment
    waybill: WaybillNo
    proof_blob: Sha256 | None = None


class FactRecorded(Answered, frozen=True):
    """The fact is in the book; ``discrepancy_id`` when it contradicts what the book said before."""

    id: str
    state: HandoverStateCode
    version: int
    case: CaseNow | None = None
    discrepancy_id: str | None = None


class Change(Answered, frozen=True):
    """Something changed: where to look, never what it says."""

    seq: int
    kind: str  # what changed: case, handover, pack, assistance, directive, ticket, signature, material and others
    id: str
    version: int
    op: Literal["upsert", "delete"]


class Feed(Answered, frozen=True):
    """Changes of one hall since a cursor. Another epoch means: start again from the snapshot."""

    epoch: str
    items: tuple[Change, ...]
    cursor: str
    more: bool


class SnapshotLine(Answered, frozen=True):
    """One object and its version."""

    kind: str
    id: str
    version: int


class Snapshot(Answered, frozen=True):
    """Everything of a hall that may be asked for, at one cursor."""

    epoch: str
    cursor: str
    items: tuple[SnapshotLine, ...]


class ProblemError(Answered, frozen=True):
    """One field that breaks the schema or a rule."""

    pointer: str
    rule: str


class Problem(Answered, frozen=True):
    """RFC 9457 with what a terminal needs to go on; further members belong to the problem type."""

    type: str
    title: str
    status: int
    code: str
    retry: str
    trace: str = ""
    instance: str = ""
    detail: str = ""
    errors: tuple[ProblemError, ...] = ()


OPERATIONS: tuple[Op, ...] = (
    # -- uploads
    Op("headBlob", "HEAD", "/v1/blobs/{sha256}", 200, None, "T", "whether an upload of this terminal is whole",
       problems=("not-found",)),
    Op("patchBlob", "PATCH", "/v1/blobs/{sha256}", 201, None, "T", "the next piece of an upload", Octets,
       headers=_UPLOAD, also=(204,), offline=Offline.QUEUED,
       problems=("offset-mismatch", "hash-mismatch", "too-large")),
    # -- hand-over
    Op("prepareHandover", "POST", "/v1/handovers", 201, Handover, "W", "reserve the bundle, get the permit",
       PrepareHandover, idem=True,
       problems=("not-found", "version-mismatch", "case-not-ready", "items-not-ready", "handover-open",
                 "window-has-open-handover", "stock-unit-unavailable", "invoice-range-mismatch",
                 "verification-required", "verification-expired", "directive-no-handover", "id-taken")),
    Op("getHandover", "GET", "/v1/handovers/{handover_id}", 200, Handover, "WS", "one hand-over", etag=True,
       offline=Offline.CACHED, problems=("not-found",)),
    Op("listOpenHandovers", "GET", "/v1/handovers", 200, OpenHandovers, "WS", "prepared and not finished",
       query=(Param("open", Annotated[int, Meta(ge=1, le=1)], True), Param("window", Code)), offline=Offline.CACHED),
    Op("recordHandedOver", "POST", "/v1/handovers/{handover_id}/handed-over", 200, FactRecorded, "TW",
       "it was handed over and signed for", HandedOver, idem=True, offline=Offline.PERMIT,
       problems=("not-found",)),
    Op("recordDelivery", "POST", "/v1/handovers/{handover_id}/delivery", 200, FactRecorded, "TW",
       "what became of a bundle that went by post", RecordDelivery, idem=True, offline=Offline.FACT,
       problems=("not-found",)),
    Op("abortHandover", "POST", "/v1/handovers/{handover_id}/abort", 200, FactRecorded, "TW",
       "everything is back in the safe", AbortHandover, idem=True, offline=Offline.FACT,
       problems=("not-found",)),
    Op("reverseHandover", "POST", "/v1/handovers/{handover_id}/reverse", 200, Handover, "W",
       "what was handed over is back, two people", ReverseHandover, idem=True, if_match=True, second="S",
       problems=("not-found", "version-mismatch", "handover-open", "too-late", "case-not-ready")),
    # -- what people think and need, and what changed
    Op("postEvaluation", "POST", "/v1/evaluations", 201, Evaluated, "TC", "the person's rating", Evaluate,
       idem=True, also=(200,), offline=Offline.QUEUED, problems=("not-found",)),
    Op("postAssistanceRequest", "POST", "/v1/assistance-requests", 201, HelpCalled, "TC", "call a helper",
       CallHelp, idem=True, problems=("id-taken",)),
    Op("getFeed", "GET", "/v1/feeds/{site_id}", 200, Feed, "T", "changes of a hall; waits when there is none",
       query=(Param("since", Cursor), Param("wait", Annotated[int, Meta(ge=0, le=25)]), LIMIT),
       problems=("not-found", "cursor-expired")),
    Op("getSnapshot", "GET", "/v1/snapshots/{site_id}", 200, Snapshot, "T", "ids and versions at one cursor",
       problems=("not-found",)),
)  # fmt: skip
