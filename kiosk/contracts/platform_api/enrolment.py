"""Messages of enrolment: how a machine becomes a terminal and comes to its certificates."""

from typing import Annotated, Any, Literal

from msgspec import Meta

from .base import (
    CURSOR,
    END,
    LIMIT,
    SECOND_PATTERN,
    Answered,
    Code,
    Moment,
    Op,
    Param,
    Sent,
    Sha256,
    Text40,
    Text64,
    Text200,
)
from .terminals import KindCode, PlatformKey, Reason

EnrolmentStateCode = Literal["PENDING", "APPROVED", "REJECTED"]
EnrolmentCode = Annotated[str, Meta(pattern="^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}" + END)]  # no 0, 1, I, O
Nonce = Annotated[str, Meta(pattern=SECOND_PATTERN)]
Pem = Annotated[str, Meta(min_length=64, max_length=8192)]


class DrawEnrolmentCode(Sent, frozen=True):
    """A terminal will be set up: where, as what, at which window."""

    site_id: Code
    kind: KindCode
    window_id: Code | None = None
    note: Text200 = ""


class EnrolmentCodeDrawn(Answered, frozen=True):
    """The code, said this once; it lets one machine apply, within a day."""

    code: str
    expires_at: Moment


class Hardware(Sent, frozen=True):
    """The machine."""

    vendor: Text64 = ""
    model: Text64 = ""


class Software(Sent, frozen=True):
    """The program."""

    name: Text40
    version: Text40


class ApplyForEnrolment(Sent, frozen=True):
    """A machine asks to become a terminal. Its private key never leaves it."""

    code: EnrolmentCode
    csr_pem: Pem
    serial: Text64
    hardware: Hardware
    software: Software


class EnrolmentApplied(Answered, frozen=True):
    """The application waits for a second person. ``nonce`` goes into the header Enrolment-Nonce of every question.

    ``key_sha256`` (over the DER of the public key) is shown on the machine's screen: the approver compares it.
    """

    enrolment_id: str
    nonce: str
    poll_after_s: int
    key_sha256: str


class Enrolment(Answered, frozen=True):
    """What became of an application."""

    id: str
    state: EnrolmentStateCode
    poll_after_s: int = 0
    terminal_id: str | None = None
    site_id: str | None = None
    kind: KindCode | None = None
    window_id: str | None = None
    cert_pem: str | None = None
    ca_pem: str | None = None
    config_keys: tuple[PlatformKey, ...] = ()


class EnrolmentLine(Answered, frozen=True):
    """One application, for who decides on it."""

    id: str
    state: EnrolmentStateCode
    version: int
    terminal_id: str
    kind: KindCode
    drawn_by: str
    key_sha256: str
    serial: str
    applied_at: Moment
    window_id: str | None = None
    note: str = ""
    vendor: str = ""
    model: str = ""
    software: str = ""
    decided_by: str | None = None
    decided_at: Moment | None = None


class Enrolments(Answered, frozen=True):
    """Applications of the hall, newest first."""

    items: tuple[EnrolmentLine, ...]
    next: str | None = None


class ApproveEnrolment(Sent, frozen=True):
    """The approver has compared the key's digest with the machine's screen."""

    key_sha256: Sha256


class RejectEnrolment(Sent, frozen=True):
    """Not this machine."""

    reason: Reason


class RenewCertificate(Sent, frozen=True):
    """A fresh request, best with a fresh key."""

    csr_pem: Pem


class CertificateIssued(Answered, frozen=True):
    """The next certificate; the old one stays good until it ends."""

    cert_pem: str
    ca_pem: str
    serial: str
    expires_at: Moment


_NONCE = Param("Enrolment-Nonce", Nonce, True)
_MOVE: Any = {"idem": True, "if_match": True}

OPERATIONS: tuple[Op, ...] = (
    # A drawn code is like a sign-in: the answer is a secret and is kept nowhere, also not for a repeat.
    Op("drawEnrolmentCode", "POST", "/v1/enrolment-codes", 201, EnrolmentCodeDrawn, "N", "a code for a new terminal",
       DrawEnrolmentCode, problems=("not-found", "id-taken")),
    Op("applyForEnrolment", "POST", "/v1/enrolments", 202, EnrolmentApplied, "", "a machine wants to be a terminal",
       ApplyForEnrolment, idem=True, scope="code",
       problems=("not-found", "code-used", "code-expired", "id-taken", "rate-limited")),
    Op("listEnrolments", "GET", "/v1/enrolments", 200, Enrolments, "NS", "applications of the hall",
       query=(Param("state", EnrolmentStateCode), LIMIT, CURSOR)),
    Op("getEnrolment", "GET", "/v1/enrolments/{id}", 200, Enrolment, "", "what became of an application",
       headers=(_NONCE,), problems=("not-found",)),
    Op("approveEnrolment", "POST", "/v1/enrolments/{id}/approve", 200, EnrolmentLine, "NS",
       "let the machine in; never who drew the code", ApproveEnrolment, **_MOVE,
       problems=("not-found", "second-person-required", "too-late", "version-mismatch")),
    Op("rejectEnrolment", "POST", "/v1/enrolments/{id}/reject", 200, EnrolmentLine, "NS",
       "turn the machine away; never who drew the code", RejectEnrolment, **_MOVE,
       problems=("not-found", "second-person-required", "too-late", "version-mismatch")),
    Op("renewCertificate", "POST", "/v1/terminals/self/cert-renewals", 201, CertificateIssued, "T",
       "the next certificate, from two thirds of the lifetime on", RenewCertificate, idem=True,
       problems=("too-early", "id-taken")),
)  # fmt: skip
