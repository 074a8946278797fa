"""The operation table. The server's routes, the client's calls, the offline policy and openapi.json read it."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from . import cases, counter, form, hall
from .base import Code, Count, Cursor, ItemCode, Offline, Op, Param, Sha256, Slip, StaffCode, Ulid
from .problems import PROBLEMS


class Octets(msgspec.Struct, frozen=True):
    """Marks a body of plain bytes."""


PATH_KINDS: dict[str, Any] = {
    "case_id": Ulid,
    "handover_id": Ulid,
    "verification_id": Ulid,
    "item": ItemCode,
    "sha256": Sha256,
    "name": Code,
    "site_id": Code,
    "slug": Annotated[str, Meta(pattern="^[a-z][a-z-]{1,39}$(?!\\n)")],
    "staff_ref": StaffCode,
}

_LIMIT = Param("limit", Annotated[int, Meta(ge=1, le=200)])
_UPLOAD = (Param("Upload-Offset", Count, True), Param("Upload-Length", Count, True))

OPERATIONS: tuple[Op, ...] = (
    # -- terminal, configuration, health
    Op("getMeta", "GET", "/v1/meta", 200, hall.PlatformMeta, "", "who is there, and what it can do"),
    Op("getTime", "GET", "/v1/time", 200, hall.Time, "", "the platform's clock"),
    Op("getProblem", "GET", "/v1/problems/{slug}", 200, counter.ProblemType, "", "what a problem type means",
       problems=("not-found",)),
    Op("putHeartbeat", "PUT", "/v1/terminals/self/heartbeat", 200, hall.HeartbeatSeen, "T", "the terminal is alive",
       hall.Heartbeat),
    Op("postAuditSegment", "POST", "/v1/audit/segments", 201, hall.AuditSegmentKept, "T", "head of the audit chain",
       hall.AuditSegment, idem=True, offline=Offline.FACT, problems=("audit-chain-broken",)),
    # -- sessions and identity
    Op("getChallenge", "POST", "/v1/staff-challenges", 201, hall.Challenge, "T", "a challenge for a staff card",
       hall.ChallengeAsked, problems=("staff-locked",)),
    Op("openStaffSession", "POST", "/v1/staff-sessions", 201, hall.StaffSession, "T", "sign in with the staff card",
       hall.OpenStaffSession, problems=("staff-locked",)),
    Op("refreshStaffSession", "POST", "/v1/staff-sessions/refresh", 200, hall.StaffSession, "T", "stay signed in",
       problems=("token-expired",)),
    Op("closeStaffSession", "DELETE", "/v1/staff-sessions/current", 204, None, "T", "sign out"),
    Op("postVerification", "POST", "/v1/verifications", 201, hall.Verification, "CHW", "verify a person once for all",
       hall.VerifyPerson, idem=True, problems=("consent-required", "verification-busy", "authority-unavailable",
                                               "id-taken")),
    Op("getVerification", "GET", "/v1/verifications/{verification_id}", 200, hall.Verification, "CHW",
       "an earlier verification", offline=Offline.CACHED, problems=("not-found",)),
    # -- packs and names
    Op("listPacks", "GET", "/v1/packs", 200, hall.Packs, "T", "data packs on offer", etag=True,
       offline=Offline.CACHED),
    Op("getPack", "GET", "/v1/packs/{name}", 200, hall.Pack, "T", "one data pack, whole", etag=True,
       offline=Offline.CACHED, problems=("not-found",)),
    Op("postNameCheck", "POST", "/v1/name-checks", 200, hall.NameVerdict, "CW", "verdict on a name",
       hall.NameCheck, idem=True),
    Op("postNameDeclaration", "POST", "/v1/name-declarations", 201, hall.NameReserved, "CW", "reserve a name",
       hall.DeclareName, idem=True, problems=("name-taken", "id-taken")),
    # -- cases
    Op("putDraft", "PUT", "/v1/cases/{case_id}/draft", 200, cases.DraftKept, "CHW", "keep the form as it is now",
       form.Draft, if_match=True, first=True, also=(201,), offline=Offline.QUEUED,
       problems=("version-mismatch", "too-late", "slip-taken", "not-found")),
    Op("getCase", "GET", "/v1/cases/{case_id}", 200, cases.Case, "CHWS", "one case, whole", etag=True,
       offline=Offline.CACHED, problems=("not-found",)),
    Op("listCases", "GET", "/v1/cases", 200, cases.CasePage, "WS", "cases of the hall, newest change first",
       query=(Param("state", cases.CaseStateCode), Param("slip_code", Slip), _LIMIT,
              Param("cursor", Annotated[str, Meta(pattern="^[0-9]{1,15}[.][0-9A-HJKMNP-TV-Z]{26}$(?!\\n)")])),
       offline=Offline.CACHED),
    Op("searchCases", "POST", "/v1/cases/search", 200, cases.CasesFound, "CW", "find cases by card, slip or id",
       cases.SearchCases),
    Op("submitCase", "POST", "/v1/cases/{case_id}/submit", 200, cases.CaseMoved, "CW", "submit once for all items",
       cases.SubmitCase, idem=True, if_match=True, offline=Offline.QUEUED,
       problems=("not-found", "version-mismatch", "incomplete", "signatures-missing", "verification-required",
                 "verification-expired", "name-not-reserved", "too-late")),
    Op("decideAcceptance", "POST", "/v1/cases/{case_id}/acceptances", 201, cases.AcceptanceDecided, "W",
       "accept, ask once for what is missing, or refuse", cases.DecideAcceptance, idem=True, if_match=True,
       problems=("not-found", "version-mismatch", "not-submitted", "notice-already-given", "forbidden")),
    Op("getTimeline", "GET", "/v1/cases/{case_id}/timeline", 200, cases.Timeline, "CWS", "every change of state",
       offline=Offline.CACHED, problems=("not-found",)),
    Op("getItem", "GET", "/v1/cases/{case_id}/items/{item}", 200, cases.ItemAnswer, "CWS", "one item with its things",
       etag=True, offline=Offline.CACHED, problems=("not-found",)),
    # -- uploads
    Op("headBlob", "HEAD", "/v1/blobs/{sha256}", 200, None, "T", "whether an upload of this terminal is whole",
       problems=("not-found",)),
    Op("patchBlob", "PATCH", "/v1/blobs/{sha256}", 201, None, "T", "the next piece of an upload", Octets,
       headers=_UPLOAD, also=(204,), offline=Offline.QUEUED,
       problems=("offset-mismatch", "hash-mismatch", "too-large")),
    # -- hand-over
    Op("prepareHandover", "POST", "/v1/handovers", 201, counter.Handover, "W", "reserve the bundle, get the permit",
       counter.PrepareHandover, idem=True,
       problems=("not-found", "version-mismatch", "case-not-ready", "items-not-ready", "handover-open",
                 "window-has-open-handover", "stock-unit-unavailable", "invoice-range-mismatch",
                 "verification-required", "verification-expired", "directive-no-handover", "id-taken")),
    Op("getHandover", "GET", "/v1/handovers/{handover_id}", 200, counter.Handover, "WS", "one hand-over", etag=True,
       offline=Offline.CACHED, problems=("not-found",)),
    Op("listOpenHandovers", "GET", "/v1/handovers", 200, counter.OpenHandovers, "WS", "prepared and not finished",
       query=(Param("open", Annotated[int, Meta(ge=1, le=1)], True), Param("window", Code)), offline=Offline.CACHED),
    Op("recordHandedOver", "POST", "/v1/handovers/{handover_id}/handed-over", 200, counter.FactRecorded, "TW",
       "it was handed over and signed for", counter.HandedOver, idem=True, offline=Offline.PERMIT,
       problems=("not-found",)),
    Op("abortHandover", "POST", "/v1/handovers/{handover_id}/abort", 200, counter.FactRecorded, "TW",
       "everything is back in the safe", counter.AbortHandover, idem=True, offline=Offline.FACT,
       problems=("not-found",)),
    # -- what people think and need, and what changed
    Op("postEvaluation", "POST", "/v1/evaluations", 201, hall.Evaluated, "TC", "the person's rating", hall.Evaluate,
       idem=True, also=(200,), offline=Offline.QUEUED, problems=("not-found",)),
    Op("postAssistanceRequest", "POST", "/v1/assistance-requests", 201, hall.HelpCalled, "TC", "call a helper",
       hall.CallHelp, idem=True, problems=("id-taken",)),
    Op("getFeed", "GET", "/v1/feeds/{site_id}", 200, counter.Feed, "T", "changes of a hall; waits when there is none",
       query=(Param("since", Cursor), Param("wait", Annotated[int, Meta(ge=0, le=25)]), _LIMIT),
       problems=("not-found", "cursor-expired")),
    Op("getSnapshot", "GET", "/v1/snapshots/{site_id}", 200, counter.Snapshot, "T", "ids and versions at one cursor",
       problems=("not-found",)),
)  # fmt: skip

BY_ID: dict[str, Op] = {op.id: op for op in OPERATIONS}


def problems_of(op: Op) -> tuple[str, ...]:
    """Every problem an operation may answer, beside its own: what the order of checks brings along."""
    slugs = ["malformed", "internal", "store-unavailable", *op.problems]
    if op.who:
        slugs += ["unauthenticated", "token-expired", "forbidden", "terminal-suspended"]
    if op.body is not None:
        slugs += ["unsupported-media-type", "too-large"]
    if op.body is not None or op.query or op.headers or "{" in op.path or op.idem or op.if_match:
        slugs.append("validation")
    if op.idem:
        slugs += ["idempotency-key-missing", "idempotency-key-reused", "idempotency-in-progress"]
    if op.if_match:
        slugs.append("precondition-required")
    slugs.append("unknown-parameter")
    missing = [slug for slug in slugs if slug not in PROBLEMS]
    if missing:
        raise LookupError(f"{op.id}: no such problem: {missing}")
    return tuple(dict.fromkeys(slugs))
