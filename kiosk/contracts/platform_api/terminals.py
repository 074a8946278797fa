"""Messages about terminals: how each is, its orders, its configuration, its burden figures.

What is signed (configuration, directives) travels as the raw bytes that were signed, with its signatures beside it.
"""

from typing import Annotated, Any, Literal

from msgspec import Meta

from .base import (
    LIMIT,
    Answered,
    Code,
    Count,
    Moment,
    Offline,
    Op,
    Param,
    Sent,
    Sha256,
    Text16,
    Text200,
    Ulid,
)

KindCode = Literal["SELF_SERVICE", "WINDOW", "BACK_OFFICE"]
ModeOrder = Literal["NORMAL", "NO_HANDOVER", "READ_ONLY", "LOCKED", "WIPE"]
TerminalStateCode = Literal["ENROLLING", "PENDING", "ACTIVE", "RESTRICTED", "MAINTENANCE", "SUSPENDED", "REVOKED"]
BurdenName = Literal["taps", "keystrokes", "seconds", "corrections", "prefilled_share", "screens", "asked_twice"]
Verdict = Literal["accepted", "known", "refused"]

Reason = Annotated[Text200, Meta(min_length=2)]

# -- terminal life


class TerminalDevice(Answered, frozen=True):
    """One device as the last heartbeat told it."""

    id: str
    kind: str
    state: str
    supply: str = "UNKNOWN"


class Terminal(Answered, frozen=True):
    """One terminal. ``offline`` is not a state: no heartbeat for ninety seconds, or none at all."""

    id: str
    site_id: str
    kind: KindCode
    state: TerminalStateCode
    mode: ModeOrder
    version: int
    offline: bool
    directive_seq: int
    window_id: str | None = None
    note: str = ""
    serial: str = ""
    seen_at: Moment | None = None
    app_version: str = ""
    config_version: int = 0
    outbox_depth: int = 0
    outbox_parked: int = 0
    outbox_oldest_at: Moment | None = None
    devices: tuple[TerminalDevice, ...] = ()
    clock_offset_ms: int | None = None
    disk_free_mb: int | None = None
    certificate_expires_at: Moment | None = None


class Terminals(Answered, frozen=True):
    """The hall's inventory. A set is a terminal that is there, in service, with a printer that works (R54)."""

    items: tuple[Terminal, ...]
    sets_online: int
    sets_wanted: int
    next: str | None = None


class ChangeTerminal(Sent, frozen=True):
    """What is left out stays as it is."""

    window_id: Code | None = None
    maintenance: bool | None = None
    note: Text200 | None = None


class TerminalReason(Sent, frozen=True):
    """Why a terminal is suspended, revoked, or let in again."""

    reason: Reason


# -- directives and configuration


class PlatformKey(Answered, frozen=True):
    """A public key with which the terminal checks what the platform signs."""

    key_id: str
    alg: str
    public_key: bytes
    use: Literal["config", "directive", "permit"]


class Signature(Answered, frozen=True):
    """Over the payload's raw bytes. A deployment with other algorithms names them here."""

    key_id: str
    alg: str
    sig: bytes


class IssueDirective(Sent, frozen=True):
    """An order to one terminal; with ``until`` it lifts itself at the first heartbeat after that."""

    mode: Literal["NORMAL", "NO_HANDOVER", "READ_ONLY"]
    reason: Reason
    until: Moment | None = None


class IssueGraveDirective(Sent, frozen=True):
    """Lock a terminal, or have it wipe what it keeps: two persons, two signatures, no end by itself."""

    mode: Literal["LOCKED", "WIPE"]
    reason: Reason


class DirectiveIssued(Answered, frozen=True):
    """The order stands and waits for the terminal."""

    terminal_id: str
    seq: int
    mode: ModeOrder
    state: TerminalStateCode
    version: int


class Directive(Answered, frozen=True):
    """The payload is JSON: terminal_id, seq, mode, reason, until, issued_at. LOCKED and WIPE carry two signatures."""

    seq: int
    payload: bytes
    signatures: tuple[Signature, ...]


class Directives(Answered, frozen=True):
    """Orders after a number, oldest first; ``head`` is the newest there is."""

    items: tuple[Directive, ...]
    head: int


class InvoiceClock(Sent, frozen=True):
    """How long the tax goods may take, and on which clock."""

    minutes: Annotated[int, Meta(ge=1, le=1440)]
    clock: Literal["wall", "office"] = "office"


class SlaRules(Sent, frozen=True):
    """Promises to the citizen."""

    invoice: InvoiceClock


class OfflineLimits(Sent, frozen=True):
    """How long and how much a terminal may work alone."""

    read_only_after_h: Annotated[int, Meta(ge=1, le=72)]
    max_messages: Annotated[int, Meta(ge=1, le=100_000)]
    max_blob_mb: Annotated[int, Meta(ge=1, le=65_536)]


class AppRule(Sent, frozen=True):
    """Which program is too old, which is wanted."""

    min: Text16
    target: Text16
    sha256: Sha256 | None = None


class PublishConfig(Sent, frozen=True):
    """The next configuration of a hall; the platform adds version, dates, audience, pack hashes and the chain."""

    sla: SlaRules
    offline: OfflineLimits
    app: AppRule | None = None
    valid_days: Annotated[int, Meta(ge=1, le=366)] = 92


class SignedManifest(Answered, frozen=True):
    """The payload is JSON: version, issued_at, expires_at, audience, config, packs (by name), app, prev_sha256."""

    version: int
    payload: bytes
    signatures: tuple[Signature, ...]


# -- burden figures


class BurdenEvent(Sent, frozen=True):
    """One figure of one step: how much work it was, never what was typed."""

    id: Ulid
    at: Moment
    name: BurdenName
    value: Annotated[float, Meta(ge=0, le=1_000_000)]
    step: Code | None = None
    case_id: Ulid | None = None


class PostTelemetry(Sent, frozen=True):
    """Figures in any order; each is counted once."""

    events: Annotated[tuple[BurdenEvent, ...], Meta(min_length=1, max_length=200)]


class BurdenStatus(Answered, frozen=True):
    """What became of one figure. ``refused`` is final: it will not be taken later either."""

    id: str
    status: Verdict


class TelemetryTaken(Answered, frozen=True):
    """In the order in which they were sent."""

    results: tuple[BurdenStatus, ...]


_SINCE = Param("since", Count)
_AFTER = Param("cursor", Code)  # the last terminal of the page before
_MOVE: Any = {"idem": True, "if_match": True}

OPERATIONS: tuple[Op, ...] = (
    Op("listTerminals", "GET", "/v1/terminals", 200, Terminals, "NS", "the hall's terminals and how they are",
       query=(Param("kind", KindCode), Param("state", TerminalStateCode), LIMIT, _AFTER)),
    Op("getTerminal", "GET", "/v1/terminals/{terminal_id}", 200, Terminal, "NS", "one terminal",
       problems=("not-found",)),
    Op("changeTerminal", "PATCH", "/v1/terminals/{terminal_id}", 200, Terminal, "N", "window, note, maintenance",
       ChangeTerminal, if_match=True,
       problems=("not-found", "version-mismatch", "too-late", "id-taken", "window-has-open-handover")),
    Op("suspendTerminal", "POST", "/v1/terminals/{terminal_id}/suspend", 200, Terminal, "N", "out of service at once",
       TerminalReason, **_MOVE, problems=("not-found", "version-mismatch", "too-late")),
    Op("revokeTerminal", "POST", "/v1/terminals/{terminal_id}/revoke", 200, Terminal, "N",
       "for good: its certificates are void", TerminalReason, **_MOVE,
       problems=("not-found", "version-mismatch", "too-late")),
    Op("activateTerminal", "POST", "/v1/terminals/{terminal_id}/activate", 200, Terminal, "N", "back into service",
       TerminalReason, **_MOVE, problems=("not-found", "version-mismatch", "too-late")),
    # -- directives and configuration
    Op("getDirectives", "GET", "/v1/terminals/self/directives", 200, Directives, "T", "orders to this terminal",
       query=(_SINCE,), offline=Offline.CACHED),
    Op("issueDirective", "POST", "/v1/terminals/{terminal_id}/directives", 201, DirectiveIssued, "N",
       "an order to one terminal", IssueDirective, **_MOVE, problems=("not-found", "version-mismatch", "too-late")),
    Op("issueGraveDirective", "POST", "/v1/terminals/{terminal_id}/grave-directives", 201, DirectiveIssued, "N",
       "lock or wipe one terminal", IssueGraveDirective, **_MOVE, second="NS",
       problems=("not-found", "version-mismatch", "too-late")),
    Op("getConfig", "GET", "/v1/terminals/self/config", 200, SignedManifest, "T", "this terminal's configuration",
       etag=True, offline=Offline.CACHED),
    Op("getSiteConfig", "GET", "/v1/configs/{site_id}", 200, SignedManifest, "NS", "the hall's configuration",
       etag=True, problems=("not-found",)),
    Op("publishConfig", "PUT", "/v1/configs/{site_id}", 200, SignedManifest, "N", "the hall's next configuration",
       PublishConfig, if_match=True, problems=("not-found", "version-mismatch")),
    # -- burden figures: droppable, and each event carries the id by which it is counted once
    Op("postTelemetry", "POST", "/v1/terminals/self/telemetry", 200, TelemetryTaken, "T", "burden figures",
       PostTelemetry, offline=Offline.QUEUED),
)  # fmt: skip
