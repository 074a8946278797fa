"""Messages about the turns a case may take: taken up again, told what is missing, withdrawn, ended, taken over."""

from typing import Annotated

from msgspec import Meta

from .base import (
    END,
    Answered,
    Moment,
    Offline,
    Op,
    Sent,
    Slip,
    Text200,
    Ulid,
)
from .cases import Case, CaseMoved, Requirement

Reason = Annotated[str, Meta(min_length=2, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*" + END)]
CaseNumber = Annotated[str, Meta(pattern="^[0-9A-Za-z-]{8,64}" + END)]


class StartReapplication(Sent, frozen=True):
    """另行受理: a new case in the place of one that has ended; nothing is typed again."""

    new_case_id: Ulid
    slip_code: Slip


class ReceivedThing(Answered, frozen=True):
    """Something the hall has already."""

    name: str
    count: int = 1


class OneTimeNotice(Answered, frozen=True):
    """一次性告知书 as it is printed. ``no`` counts in the chain of a case, ``number`` is the hall's own."""

    case_id: str
    no: int
    number: str
    given_at: Moment
    by: str
    requirements: tuple[Requirement, ...]
    received: tuple[ReceivedThing, ...] = ()
    hall: str = ""
    window: str = ""
    hours: str = ""
    complaints: str = ""
    steps: tuple[str, ...] = ()
    case_no: str | None = None
    second: bool = False
    second_ref: str = ""
    second_reason: str = ""


class WithdrawCase(Sent, frozen=True):
    """The applicant takes the case back. At a self-service terminal a submitted case needs one of its persons'
    verification."""

    withdrawn_at: Moment
    reason: Text200 = ""
    verification_id: Ulid | None = None


class TerminateCase(Sent, frozen=True):
    """强制结束, with its reason."""

    reason: Reason


class TakeOverCase(Sent, frozen=True):
    """The case becomes this hall's: exactly one of slip code and number names it."""

    reason: Reason
    slip_code: Slip | None = None
    case_no: CaseNumber | None = None


OPERATIONS: tuple[Op, ...] = (
    Op("startReapplication", "POST", "/v1/cases/{case_id}/reapplication", 201, Case, "CW",
       "take an ended case up again, nothing typed again", StartReapplication, idem=True, also=(200,),
       problems=("not-found", "not-ended", "slip-taken", "id-taken")),
    Op("getNotice", "GET", "/v1/cases/{case_id}/notices/{no}", 200, OneTimeNotice, "CWS", "a one-time notice",
       offline=Offline.CACHED, problems=("not-found",)),
    Op("withdrawCase", "POST", "/v1/cases/{case_id}/withdraw", 200, CaseMoved, "CW", "the applicant takes it back",
       WithdrawCase, idem=True, if_match=True,
       problems=("not-found", "version-mismatch", "too-late", "verification-required", "verification-expired")),
    Op("terminateCase", "POST", "/v1/cases/{case_id}/terminate", 200, CaseMoved, "AS", "end a running case",
       TerminateCase, idem=True, if_match=True,
       problems=("not-found", "version-mismatch", "too-late", "handover-open", "goods-elsewhere")),
    Op("takeOverCase", "POST", "/v1/take-overs", 200, Case, "W", "the case becomes this hall's", TakeOverCase,
       idem=True, problems=("not-found", "too-late", "handover-open", "goods-elsewhere")),
)  # fmt: skip
