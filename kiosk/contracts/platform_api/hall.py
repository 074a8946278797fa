"""Messages about the terminal, its people and what it needs beside cases: sign-in, verification, packs, names."""

from typing import Annotated, Literal

from msgspec import Meta

from .base import (
    Answered,
    CertTypeCode,
    Code,
    Count,
    DivisionText,
    Moment,
    Offline,
    Op,
    Param,
    Sent,
    Sha256,
    StaffCode,
    Text40,
    Text64,
    Ulid,
)
from .form import LevelCode

Number = Annotated[str, Meta(pattern="^[0-9A-Za-z]{8,20}$(?!\\n)")]


class PlatformMeta(Answered, frozen=True):
    """Who is there, and what it can do."""

    contract_version: str
    min_client: str
    environment: Literal["sandbox", "test", "production"]
    epoch: str
    idempotency_days: int
    capabilities: tuple[str, ...] = ()


class Time(Answered, frozen=True):
    """The platform's clock in milliseconds since 1970."""

    now_ms: int


class Outbox(Sent, frozen=True):
    """What a terminal still owes."""

    depth: Count
    parked: Count
    oldest_at: Moment | None = None


class DeviceLine(Sent, frozen=True):
    """One device of the terminal."""

    id: Text64
    kind: Text40
    state: Literal["STARTING", "READY", "BUSY", "NEEDS_HAND", "FAILED", "ABSENT"]
    supply: Literal["FULL", "LOW", "OUT", "UNKNOWN"] = "UNKNOWN"


class Heartbeat(Sent, frozen=True):
    """The terminal is alive, and how."""

    at: Moment
    seq: Count
    app_version: Text40
    outbox: Outbox
    mode: Literal["NORMAL", "NO_HANDOVER", "READ_ONLY", "LOCKED", "WIPE"] = "NORMAL"
    config_version: Count = 0
    devices: Annotated[tuple[DeviceLine, ...], Meta(max_length=40)] = ()
    clock_offset_ms: Annotated[int, Meta(ge=-(2**53), le=2**53)] | None = None
    disk_free_mb: Count | None = None
    feed_cursor: Text40 = ""
    boot: Text40 = ""  # this run of the program: who signed in at a self-service terminal in another is gone


class HeartbeatSeen(Answered, frozen=True):
    """What the platform wants the terminal to know."""

    server_time: Moment
    config_version: int
    directive_seq: int
    feed_head: str
    mode: Literal["NORMAL", "NO_HANDOVER", "READ_ONLY", "LOCKED", "WIPE"] = "NORMAL"


class AuditSegment(Sent, frozen=True):
    """The next piece of the terminal's audit chain and the head it leads to, so that a cut tail is seen elsewhere.

    ``blob_sha256``: the entries themselves, uploaded before, a line of JSON each with seq, body (the exact text that
    is chained) and digest; without it only the head is kept.
    """

    first_seq: Annotated[int, Meta(ge=1, le=2**53 - 1)]
    last_seq: Annotated[int, Meta(ge=1, le=2**53 - 1)]
    prev_head: Sha256
    head: Sha256
    blob_sha256: Sha256 | None = None


class AuditSegmentKept(Answered, frozen=True):
    """How far the platform holds this terminal's chain."""

    last_seq: int
    head: str


class ChallengeAsked(Sent, frozen=True):
    """Whose card wants to sign."""

    staff_ref: StaffCode


class Challenge(Answered, frozen=True):
    """32 fresh bytes for the card, once, for one minute."""

    challenge: bytes
    expires_at: Moment


class OpenStaffSession(Sent, frozen=True):
    """The card's Ed25519 signature over the challenge, made after the PIN was right."""

    staff_ref: StaffCode
    challenge: Annotated[bytes, Meta(min_length=32, max_length=32)]
    signature: Annotated[bytes, Meta(min_length=64, max_length=64)]
    boot: Text40 = ""  # the run of the program that keeps the token, and loses it


class OpenSecondPerson(Sent, frozen=True):
    """The second person's card signs a challenge of its own; the answer stands for that person once."""

    staff_ref: StaffCode
    challenge: Annotated[bytes, Meta(min_length=32, max_length=32)]
    signature: Annotated[bytes, Meta(min_length=64, max_length=64)]


class SecondPerson(Answered, frozen=True):
    """Goes into the header ``Second-Person`` of one act at this terminal, soon."""

    token: str
    staff_ref: str
    name: str
    roles: tuple[str, ...]
    expires_at: Moment


class StaffSession(Answered, frozen=True):
    """Who is at the terminal. The token is good for this terminal only."""

    token: str
    staff_ref: str
    name: str
    roles: tuple[str, ...]
    expires_at: Moment
    refresh_until: Moment


class VerifiedPerson(Sent, frozen=True):
    """Whose identity is to be confirmed."""

    name: Annotated[str, Meta(min_length=1, max_length=64)]
    cert_type: CertTypeCode
    cert_no: Number


class CardSeen(Sent, frozen=True):
    """When the card lay on the reader."""

    read_at: Moment


class ConsentGiven(Sent, frozen=True):
    """What the person agreed to. Without ``face`` no picture may travel."""

    face: bool
    at: Moment
    text_version: Annotated[int, Meta(ge=1, le=100000)] = 1


class VerifyPerson(Sent, frozen=True):
    """One check for all departments. ``in_person`` names the clerk or helper whose token comes along."""

    id: Ulid
    person: VerifiedPerson
    method: Literal["card_face", "card_only", "in_person"]
    consent: ConsentGiven
    card: CardSeen | None = None
    face_jpeg: Annotated[bytes, Meta(max_length=600_000)] | None = None
    by: StaffCode | None = None
    purpose: Literal["opening", "collecting", "resuming"] = "opening"


class Verification(Answered, frozen=True):
    """The authority's answer, good for every department until ``expires_at``."""

    id: str
    result: Literal["PASSED", "FAILED", "REVIEW"]
    method: str
    issuer: str
    expires_at: Moment | None = None
    reason: str = ""
    recognised_by: tuple[str, ...] = ()


class PackLine(Answered, frozen=True):
    """One data pack on offer."""

    name: str
    version: str
    effective_from: str
    rows: int
    sha256: str
    sample: bool = False
    source: str = ""
    licence: str = ""
    delta_from: tuple[str, ...] = ()  # versions from which a difference can be told


class Packs(Answered, frozen=True):
    """Every pack on offer."""

    items: tuple[PackLine, ...]


class PackDelta(Answered, frozen=True):
    """From one version to another: take out ``deletes`` (the key columns of rows), put in ``upserts`` by their key.

    The rows then, in the order of their key columns, have the digest ``to_sha256``.
    """

    from_version: str
    to_version: str
    to_sha256: str
    key: tuple[str, ...]
    upserts: tuple[dict[str, str], ...] = ()
    deletes: tuple[dict[str, str], ...] = ()


class Pack(Answered, frozen=True):
    """A table of texts. ``sha256`` is over the rows as JSON: sorted keys, no white space, not escaped, UTF-8.

    Asked with ``since``, it has no rows but a ``delta``.

    business_scope has the columns code, name, aliases, pinyin, initials, alias_pinyin, duty, duty_text,
    industry_code, industry_name; aliases and alias_pinyin are parallel lists divided by single blanks.
    """

    name: str
    version: str
    effective_from: str
    sha256: str
    rows: tuple[dict[str, str], ...]
    sample: bool = False
    source: str = ""
    licence: str = ""
    delta: PackDelta | None = None


class NameCheck(Sent, frozen=True):
    """Ask for the verdict on a name."""

    case_id: Ulid
    name: Annotated[str, Meta(min_length=1, max_length=64)]
    trade: Annotated[str, Meta(max_length=40)]
    industry: Annotated[str, Meta(max_length=40)]
    division_code: DivisionText


class NameVerdict(Answered, frozen=True):
    """What the platform says of a name now; nothing is reserved by asking."""

    verdict: LevelCode
    similar: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    expires_at: Moment | None = None


class DeclareName(Sent, frozen=True):
    """Reserve a name for a case; a similar one only with the undertaking (承诺)."""

    id: Ulid
    case_id: Ulid
    name: Annotated[str, Meta(min_length=1, max_length=64)]
    trade: Annotated[str, Meta(max_length=40)]
    industry: Annotated[str, Meta(max_length=40)]
    division_code: DivisionText
    undertaking: bool = False


class NameReserved(Answered, frozen=True):
    """The reservation of a name."""

    id: str
    reserve_no: str
    reserved_until: Moment
    verdict: LevelCode
    similar: tuple[str, ...] = ()


class Evaluate(Sent, frozen=True):
    """好差评: 5 very satisfied … 1 very dissatisfied; one per case and phase."""

    case_id: Ulid
    phase: Literal["accepted", "collected"]
    level: Annotated[int, Meta(ge=1, le=5)]
    rated_at: Moment
    channel: Literal["self_service", "window"] = "self_service"
    reason_codes: Annotated[
        tuple[Annotated[str, Meta(pattern="^[1-5][0-9]{2}$(?!\\n)")], ...],
        Meta(max_length=8, extra_json_schema={"uniqueItems": True}),
    ] = ()
    text: Annotated[str, Meta(max_length=150)] = ""
    window: Code | None = None
    staff_ref: StaffCode | None = None  # whom the rating is about, where the person chose to say so


class Evaluated(Answered, frozen=True):
    """The evaluation that stands. ``channel_code`` is the official one; ``follow_up``: somebody will call."""

    case_id: str
    phase: str
    level: int
    channel_code: str = ""
    reason_codes: tuple[str, ...] = ()
    follow_up: bool = False


class CallHelp(Sent, frozen=True):
    """Somebody at a terminal asks for a helper."""

    id: Ulid
    screen: Code
    case_id: Ulid | None = None


class HelpCalled(Answered, frozen=True):
    """The call is with the helpers."""

    id: str
    state: Literal["OPEN", "ANSWERED"]


class ProblemType(Answered, frozen=True):
    """What a problem type means."""

    slug: str
    type: str
    status: int
    title: str
    retry: str


OPERATIONS: tuple[Op, ...] = (
    # -- terminal, configuration, health
    Op("getMeta", "GET", "/v1/meta", 200, PlatformMeta, "", "who is there, and what it can do"),
    Op("getTime", "GET", "/v1/time", 200, Time, "", "the platform's clock"),
    Op("getProblem", "GET", "/v1/problems/{slug}", 200, ProblemType, "", "what a problem type means",
       problems=("not-found",)),
    Op("putHeartbeat", "PUT", "/v1/terminals/self/heartbeat", 200, HeartbeatSeen, "T", "the terminal is alive",
       Heartbeat),
    Op("postAuditSegment", "POST", "/v1/audit/segments", 201, AuditSegmentKept, "T", "head of the audit chain",
       AuditSegment, idem=True, offline=Offline.FACT, problems=("audit-chain-broken", "blob-missing")),
    # -- sessions and identity
    Op("getChallenge", "POST", "/v1/staff-challenges", 201, Challenge, "T", "a challenge for a staff card",
       ChallengeAsked, problems=("staff-locked",)),
    Op("openStaffSession", "POST", "/v1/staff-sessions", 201, StaffSession, "T", "sign in with the staff card",
       OpenStaffSession, problems=("staff-locked",)),
    Op("openSecondPerson", "POST", "/v1/second-persons", 201, SecondPerson, "WKSN", "a second person confirms an act",
       OpenSecondPerson, problems=("staff-locked", "second-person-required")),
    Op("refreshStaffSession", "POST", "/v1/staff-sessions/refresh", 200, StaffSession, "T", "stay signed in",
       problems=("token-expired",)),
    Op("closeStaffSession", "DELETE", "/v1/staff-sessions/current", 204, None, "T", "sign out"),
    Op("postVerification", "POST", "/v1/verifications", 201, Verification, "CHW", "verify a person once for all",
       VerifyPerson, idem=True, problems=("consent-required", "verification-busy", "authority-unavailable",
                                               "id-taken")),
    Op("getVerification", "GET", "/v1/verifications/{verification_id}", 200, Verification, "CHW",
       "an earlier verification", offline=Offline.CACHED, problems=("not-found",)),
    # -- packs and names
    Op("listPacks", "GET", "/v1/packs", 200, Packs, "T", "data packs on offer", etag=True,
       offline=Offline.CACHED),
    Op("getPack", "GET", "/v1/packs/{name}", 200, Pack, "T", "one data pack, whole or what changed since a version",
       query=(Param("version", Code), Param("since", Code)), etag=True, offline=Offline.CACHED,
       problems=("not-found", "gone", "delta-unavailable")),
    Op("postNameCheck", "POST", "/v1/name-checks", 200, NameVerdict, "CW", "verdict on a name",
       NameCheck, idem=True),
    Op("postNameDeclaration", "POST", "/v1/name-declarations", 201, NameReserved, "CW", "reserve a name",
       DeclareName, idem=True, problems=("name-taken", "id-taken", "not-found", "too-late")),
    Op("releaseName", "DELETE", "/v1/name-declarations/{id}", 204, None, "CW", "let a reserved name go",
       problems=("not-found", "too-late")),
)  # fmt: skip
