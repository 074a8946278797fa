"""What people say of the service: complaints and proposals (R83), and what follows from a bad review (差评)."""

from typing import Annotated, Literal

from msgspec import Meta

from .base import CURSOR, LIMIT, Answered, Moment, Offline, Op, Param, Sent, StaffCode, Text64, Ulid

FeedbackKind = Literal["slow", "unclear", "asked_twice", "device", "staff", "other"]
FeedbackState = Literal["OPEN", "ASSIGNED", "CLOSED"]
ReviewState = Literal["OPEN", "REACHED", "UNREACHED", "CLOSED"]
FeedbackNumber = Annotated[str, Meta(pattern="^F[0-9]{6}-[0-9A-HJKMNP-TV-Z]{8}$(?!\\n)")]
_CLEAN = "^[^\\x00-\\x1f\\x7f]*$(?!\\n)"
Words = Annotated[str, Meta(min_length=2, max_length=500, pattern=_CLEAN)]
Note = Annotated[str, Meta(min_length=2, max_length=200, pattern=_CLEAN)]


class PostFeedback(Sent, frozen=True):
    """In somebody's own words. ``contact`` only if an answer is wished; it is deleted when the matter is closed."""

    id: Ulid
    kind: FeedbackKind
    text: Words
    said_at: Moment
    case_id: Ulid | None = None
    contact: Text64 = ""


class FeedbackKept(Answered, frozen=True):
    """It is kept; whoever holds the number can ask what became of it."""

    id: str
    number: str
    state: FeedbackState


class FeedbackAsked(Sent, frozen=True):
    """Ask by the number on the slip."""

    number: FeedbackNumber


class FeedbackAnswer(Answered, frozen=True):
    """What became of it, for the person: no word of what was said, whoever may hold the slip."""

    number: str
    kind: FeedbackKind
    state: FeedbackState
    at: Moment
    outcome: str = ""
    answer: str = ""
    closed_at: Moment | None = None


class FeedbackLine(Answered, frozen=True):
    """One matter in the supervisors' list. How to reach the person is never in a list."""

    id: str
    number: str
    kind: FeedbackKind
    state: FeedbackState
    version: int
    at: Moment
    text: str
    by_staff: bool = False
    owner: str = ""
    case_id: str | None = None
    answer: str = ""
    outcome: str = ""
    closed_at: Moment | None = None


class FeedbackPage(Answered, frozen=True):
    """Newest first; ``next`` goes into ``cursor``."""

    items: tuple[FeedbackLine, ...]
    next: str | None = None


class FeedbackWhole(Answered, frozen=True):
    """One matter with the way to reach the person, for its owner."""

    line: FeedbackLine
    contact: str = ""


class AssignFeedback(Sent, frozen=True):
    """Whose matter it is now."""

    owner: StaffCode


class CloseFeedback(Sent, frozen=True):
    """What came of it, in words to the person."""

    outcome: Literal["solved", "explained", "not_possible"]
    answer: Words


class BadReview(Answered, frozen=True):
    """A rating of 1 or 2 and what was done about it. ``overdue``: past fifteen working days and not closed."""

    id: str
    case_id: str
    phase: Literal["accepted", "collected"]
    level: int
    state: ReviewState
    version: int
    opened_at: Moment
    due_at: Moment
    overdue: bool
    reason_codes: tuple[str, ...] = ()
    text: str = ""
    window: str = ""
    calls: int = 0
    last_call_at: Moment | None = None
    outcome: str = ""
    measures: str = ""
    closed_at: Moment | None = None


class BadReviews(Answered, frozen=True):
    """What has to be followed up, first due first."""

    items: tuple[BadReview, ...]


class RecordCallBack(Sent, frozen=True):
    """The person was called back, reached or not."""

    called_at: Moment
    reached: bool
    note: Note


class CloseBadReview(Sent, frozen=True):
    """What was done about it. Only after a call."""

    outcome: Literal["corrected", "explained", "unfounded", "unreachable"]
    measures: Words


OPERATIONS: tuple[Op, ...] = (
    Op("postFeedback", "POST", "/v1/feedback", 201, FeedbackKept, "TCW", "say what is wrong", PostFeedback, idem=True,
       also=(200,), offline=Offline.QUEUED, problems=("not-found", "id-taken")),
    Op("getFeedback", "POST", "/v1/feedback/search", 200, FeedbackAnswer, "T", "what became of it, by number",
       FeedbackAsked, asks=True, problems=("not-found",)),
    Op("listFeedback", "GET", "/v1/feedback", 200, FeedbackPage, "S", "what people say",
       query=(Param("state", FeedbackState), Param("kind", FeedbackKind), LIMIT, CURSOR)),
    Op("readFeedback", "GET", "/v1/feedback/{id}", 200, FeedbackWhole, "HWS", "one matter, for its owner",
       problems=("not-found", "forbidden")),
    Op("assignFeedback", "POST", "/v1/feedback/{id}/assign", 200, FeedbackLine, "S", "whose matter it is",
       AssignFeedback, idem=True, if_match=True, problems=("not-found", "version-mismatch", "wrong-state")),
    Op("closeFeedback", "POST", "/v1/feedback/{id}/close", 200, FeedbackLine, "S", "answer and close",
       CloseFeedback, idem=True, if_match=True, problems=("not-found", "version-mismatch", "wrong-state")),
    Op("listBadReviews", "GET", "/v1/bad-reviews", 200, BadReviews, "S", "ratings that have to be followed up",
       query=(Param("state", ReviewState), LIMIT)),
    Op("recordCallBack", "POST", "/v1/bad-reviews/{id}/call-backs", 200, BadReview, "S", "the person was called",
       RecordCallBack, idem=True, if_match=True, problems=("not-found", "version-mismatch", "wrong-state")),
    Op("closeBadReview", "POST", "/v1/bad-reviews/{id}/close", 200, BadReview, "S", "what was done about it",
       CloseBadReview, idem=True, if_match=True, problems=("not-found", "version-mismatch", "wrong-state")),
)  # fmt: skip
