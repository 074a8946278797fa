"""Messages of one visit: the citizen's session, going on with a draft elsewhere, the helper at one's side (R56), and
what a person has agreed to (N8)."""

from typing import Annotated, Literal

from msgspec import Meta

from .base import LIMIT, SECOND_PATTERN, Answered, Moment, Offline, Op, Param, Sent, Slip, StaffCode, Ulid
from .cases import Case

CitizenToken = Annotated[str, Meta(pattern=SECOND_PATTERN)]  # same form: 32 random bytes
ConsentKind = Literal["identity", "face", "signature"]
AssistanceStateCode = Literal["OPEN", "ANSWERED", "JOINED", "DONE"]


class OpenCitizenSession(Sent, frozen=True):
    """A person who was verified at this terminal begins to work."""

    verification_id: Ulid


class CitizenSession(Answered, frozen=True):
    """Goes into the header ``Citizen-Session``; ends after ten idle minutes and opens that person's cases only."""

    token: str
    expires_at: Moment
    idle_s: int


class SendResumeCode(Sent, frozen=True):
    """Send the code for going on with a draft to its applicant's phone."""

    slip_code: Slip


class ResumeCodeSent(Answered, frozen=True):
    """If there is such a draft, a code is on its way. The answer is the same if there is none."""

    expires_at: Moment
    next_at: Moment


class ResumeCase(Sent, frozen=True):
    """Go on with a draft at this terminal."""

    slip_code: Slip
    code: Annotated[str, Meta(pattern="^[0-9]{6}$(?!\\n)")]


class Resumed(Case, frozen=True):
    """The case, whole; this terminal may work on it until ``seen_until``."""

    seen_until: Moment | None = None


class HelperAct(Answered, frozen=True):
    """One thing a helper did beside a citizen."""

    at: Moment
    by: str
    what: str


class Assistance(Answered, frozen=True):
    """One call for a helper. ``helper`` is the name on the badge of whoever comes or is there, ``minutes`` about how
    long it takes from ``answered_at``."""

    id: str
    terminal_id: str
    screen: str
    state: AssistanceStateCode
    version: int
    asked_at: Moment
    case_id: str | None = None
    answered_at: Moment | None = None
    joined_at: Moment | None = None
    done_at: Moment | None = None
    by: str = ""
    acts: tuple[HelperAct, ...] = ()
    helper: str = ""
    minutes: int | None = None


class AssistancePage(Answered, frozen=True):
    """Calls of the hall, oldest first."""

    items: tuple[Assistance, ...] = ()


class AnswerAssistance(Sent, frozen=True):
    """I am coming, in about so many minutes."""

    by: StaffCode
    minutes: Annotated[int, Meta(ge=1, le=60)] | None = None


class JoinVisit(Sent, frozen=True):
    """I am at the citizen's side, at this terminal, under my own name. It ends when I say so, when I sign out here,
    and when my sign-in runs out or is lost with the terminal's run."""

    by: StaffCode


class LeaveVisit(Sent, frozen=True):
    """I am gone."""

    by: StaffCode


class SearchConsents(Sent, frozen=True):
    """What the person of this verification has agreed to."""

    verification_id: Ulid


class Consent(Answered, frozen=True):
    """One consent: to what, which text, when and where; ``withdrawn_at`` when it is no longer."""

    id: str
    kind: ConsentKind
    given_at: Moment
    text_version: int
    place: str
    verification_id: str
    withdrawn_at: Moment | None = None


class Consents(Answered, frozen=True):
    """Newest first."""

    items: tuple[Consent, ...] = ()


class WithdrawConsent(Sent, frozen=True):
    """Take a consent back. At a self-service terminal the person is the one of this verification."""

    verification_id: Ulid | None = None


class DeletionReceipt(Answered, frozen=True):
    """What was deleted by that, what had to be kept and why, and what was never kept at all."""

    id: str
    kind: ConsentKind
    at: Moment
    deleted: tuple[str, ...] = ()
    kept_because: tuple[str, ...] = ()
    never_kept: tuple[str, ...] = ()


OPERATIONS: tuple[Op, ...] = (
    # -- the citizen's session
    Op("openCitizenSession", "POST", "/v1/citizen-sessions", 201, CitizenSession, "T", "begin to work on own cases",
       OpenCitizenSession, problems=("verification-required", "verification-expired")),
    Op("closeCitizenSession", "DELETE", "/v1/citizen-sessions/current", 204, None, "T", "the visit is over"),
    # -- going on with a draft
    Op("sendResumeCode", "POST", "/v1/resume-codes", 202, ResumeCodeSent, "T", "a code to the applicant's phone",
       SendResumeCode, idem=True, problems=("rate-limited",)),
    Op("resumeCase", "POST", "/v1/resumptions", 200, Resumed, "T", "go on with a draft by slip and code",
       ResumeCase, idem=True, problems=("not-found", "rate-limited")),
    # -- the helper in a visit
    Op("listAssistance", "GET", "/v1/assistance-requests", 200, AssistancePage, "HS", "calls of the hall",
       query=(Param("state", AssistanceStateCode), LIMIT), offline=Offline.CACHED),
    Op("getAssistance", "GET", "/v1/assistance-requests/{id}", 200, Assistance, "TH", "one call", etag=True,
       offline=Offline.CACHED, problems=("not-found",)),
    Op("answerAssistance", "POST", "/v1/assistance-requests/{id}/answer", 200, Assistance, "H", "a helper is coming",
       AnswerAssistance, idem=True, if_match=True, problems=("not-found", "version-mismatch", "too-late")),
    Op("joinVisit", "POST", "/v1/assistance-requests/{id}/join", 200, Assistance, "HW",
       "a helper, or a clerk who came instead, is at the citizen's terminal", JoinVisit, idem=True, if_match=True,
       problems=("not-found", "version-mismatch", "too-late")),
    Op("leaveVisit", "POST", "/v1/assistance-requests/{id}/leave", 200, Assistance, "HW",
       "whoever joined has gone", LeaveVisit, idem=True, if_match=True,
       problems=("not-found", "version-mismatch", "too-late")),
    Op("withdrawAssistance", "POST", "/v1/assistance-requests/{id}/withdraw", 200, Assistance, "T",
       "whoever called needs nobody any more, or has left", idem=True, problems=("not-found", "too-late")),
    # -- consents
    Op("listConsents", "POST", "/v1/consents/search", 200, Consents, "C", "what a person has agreed to",
       SearchConsents, asks=True, problems=("not-found",)),
    Op("withdrawConsent", "POST", "/v1/consents/{id}/withdrawal", 200, DeletionReceipt, "CW", "take a consent back",
       WithdrawConsent, idem=True, problems=("not-found",)),
)  # fmt: skip
