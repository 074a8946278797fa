"""How each question is put: which operations, in which order, with which key, and what the answer means."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, TypeVar

from kiosk.contracts import central_platform as ask
from kiosk.domain.case import NameVerdict, OpeningCase
from kiosk.domain.feedback import FeedbackNumber
from kiosk.domain.handover import Handover
from kiosk.domain.ids import idempotency_key, new_ulid
from kiosk.domain.stock import StockBook
from kiosk.faults import Fault, FaultCode
from offline_cache import wire
from offline_cache.clock import PlatformClock
from offline_cache.exchange import Reply, Then, Trouble, call_for
from offline_cache.wire import sent, stock

from . import storing
from .lane import Cancel, Lane
from .staff import StaffDesk

V = TypeVar("V")
NO_IDS: Mapping[str, str] = MappingProxyType({})
_LEAST_SECONDS = 0.2  # less than this left: no second try
_OF_PREPARING = {
    "case-not-ready": FaultCode.CASE_NOT_READY,
    "items-not-ready": FaultCode.CASE_NOT_READY,
    "handover-open": FaultCode.HANDOVER_OPEN,
    "window-has-open-handover": FaultCode.HANDOVER_OPEN,
    "directive-no-handover": FaultCode.HANDOVER_STOPPED,
}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What answering needs beside the lane. ``keep_cases`` and ``keep_stock`` write the mirror, ``keep_handover`` the
    disk; ``why_not`` says why a kind of question is not put now."""

    terminal_id: str
    boot: str  # this run of the terminal
    permit_key: bytes
    clock: PlatformClock
    staff: StaffDesk
    keep_cases: Callable[[tuple[wire.CaseSaid, ...]], None]
    keep_handover: Callable[[Handover], Fault | None]
    why_not: Callable[[type[ask.Ask[Any]]], Fault | None]
    keep_stock: Callable[[stock.Pages], StockBook | Fault]


class Conversation:
    """One question at one lane, within one deadline."""

    def __init__(self, around: Surroundings, lane: Lane, seconds: float, cancel: Cancel) -> None:
        self._around, self._lane, self._cancel = around, lane, cancel
        self._until = around.clock.monotonic() + seconds

    def answer(self, question: ask.Ask[Any]) -> Any:
        """The answer, or a Fault."""
        if (fault := self._around.why_not(type(question))) is not None:
            return fault
        return _ANSWERS[type(question)](self, question)

    def verify(self, question: ask.VerifyPerson) -> ask.Verification | Fault:
        """The key is the verification's own id: asked again, it is the same check."""
        key = idempotency_key("postVerification", question.id)
        return self._put("postVerification", wire.verification, sent.person_check(question), key)

    def check_name(self, question: ask.CheckName) -> NameVerdict | Fault:
        """The verdict; a free name is reserved at once. Every asking is new: a verdict is good for now only."""
        verdict = self._put("postNameCheck", wire.name_verdict, sent.name_check(question), self._fresh_key())
        if isinstance(verdict, Fault) or verdict.level != "AVAILABLE":
            return verdict
        body = sent.name_declaration(question, self._ulid())
        reserved = self._put("postNameDeclaration", wire.name_reserved, body, self._fresh_key())
        if isinstance(reserved, Fault):
            taken = reserved.details.get("slug") == "name-taken"
            return Fault(FaultCode.NAME_UNAVAILABLE, reserved.details) if taken else reserved
        return replace(reserved, reasons=verdict.reasons)

    def find_case(self, question: ask.FindCase) -> tuple[OpeningCase, ...] | Fault:
        """What was found goes into the mirror as well. The card was read just now, for this very question."""
        body = sent.search(question, question.card_read_at or self._around.clock.now())
        found = self._put("searchCases", wire.found_cases, body)
        if isinstance(found, Fault):
            return () if found.details.get("slug") == "not-found" else found
        if not self._cancel.why:  # else the visit that asked is over, and must leave nothing behind
            self._around.keep_cases(found)
        return tuple(said.case for said in found)

    def send_resume_code(self, question: ask.SendResumeCode) -> datetime | Fault:
        """Every asking is new: the person wants another code."""
        return self._put("sendResumeCode", wire.next_code_at, sent.resume_code(question), self._fresh_key())

    def resume_case(self, question: ask.ResumeCase) -> OpeningCase | Fault:
        """The case goes into the mirror whole: from here on it is this terminal's too."""
        said = self._put("resumeCase", wire.mirrored, sent.resumption(question), self._fresh_key())
        if isinstance(said, Fault):
            return Fault(FaultCode.RESUME_CODE_WRONG) if said.details.get("slug") == "not-found" else said
        if not self._cancel.why:
            self._around.keep_cases((said,))
        return said.case

    def get_challenge(self, question: ask.GetChallenge) -> bytes | Fault:
        """Fresh bytes for the card."""
        return _of_staff(self._put("getChallenge", wire.challenge, sent.challenge(question)))

    def sign_in(self, question: ask.SignIn) -> ask.StaffSession | Fault:
        """The token stays at the staff desk."""
        said = _of_staff(self._put("openStaffSession", wire.staff_session, sent.sign_in(question)))
        if isinstance(said, Fault):
            return said
        self._around.staff.keep(said)
        if self._cancel.why:  # whoever asked has left meanwhile
            self._around.staff.drop(said.token)
        return said.session

    def sign_out(self, question: ask.SignOut) -> bool | Fault:  # noqa: ARG002
        """The token is forgotten here whatever the platform says."""
        token = self._around.staff.drop()
        if not token:
            return True
        call = call_for(wire.route("closeStaffSession"), token=token)
        outcome = self._lane.send(call, self._left(), self._cancel)
        return True if isinstance(outcome, Reply) else outcome.fault

    def prepare(self, question: ask.PrepareHandover) -> Handover | Fault:
        """A permit is checked and on the disk before anybody hears of it."""
        around = self._around
        key = idempotency_key("prepareHandover", question.id)
        prepared = self._put("prepareHandover", wire.handover, sent.preparation(question, around.boot), key)
        if isinstance(prepared, Fault):
            said = _OF_PREPARING.get(prepared.details.get("slug", ""))
            return prepared if said is None else Fault(said, prepared.details)
        prepared = wire.with_terms(prepared, around.permit_key)
        if not wire.fits_permit(prepared, question, around.terminal_id, around.boot):
            return Fault(FaultCode.PERMIT_INVALID, {"handover": question.id})
        if prepared.permit is not None and prepared.permit.expires_at <= around.clock.now():
            return Fault(FaultCode.PERMIT_EXPIRED, {"handover": question.id})
        return around.keep_handover(prepared) or prepared

    def call_help(self, question: ask.AskForHelp) -> bool | Fault:
        """One bell, however often the line breaks."""
        number = self._ulid()
        key = idempotency_key("postAssistanceRequest", number)
        return self._put("postAssistanceRequest", _help_is_called, sent.help_call(question, number), key)

    def number_feedback(self, question: ask.NumberFeedback) -> FeedbackNumber | Fault:
        """A key of its own: the deed's may be on the wire now. What was said has its id, and is kept once."""
        return self._put("postFeedback", wire.feedback_number, sent.feedback(question.said), self._fresh_key())

    @property
    def desk(self) -> StaffDesk:
        """Who is signed in, and who confirms beside."""
        return self._around.staff

    def keep_stock(self, pages: stock.Pages) -> StockBook | Fault:
        """Onto the disk, for the time without network."""
        return self._around.keep_stock(pages)

    def look(self, operation: str, query: str = "", **ids: str) -> bytes | Trouble:
        """The body of a read."""
        outcome = self._send(operation, b"", "", query=query, ids=ids)
        return outcome if isinstance(outcome, Trouble) else outcome.body

    def act(
        self, operation: str, body: bytes, key: str, version: int | None, second: str, **ids: str
    ) -> bytes | Trouble:
        """One act; a line that broke under way is tried once more with the same bytes and key."""
        outcome = self._send(operation, body, key, version, second, ids=ids)
        if isinstance(outcome, Trouble) and self._worth_another(outcome):
            outcome = self._send(operation, body, key, version, second, ids=ids)
        return outcome if isinstance(outcome, Trouble) else outcome.body

    def _put(self, operation: str, read: Callable[[bytes], V | None], body: bytes, key: str = "") -> V | Fault:
        """One operation; a line that broke under way is tried once more with the same bytes and key."""
        outcome = self._send(operation, body, key)
        if isinstance(outcome, Trouble) and self._worth_another(outcome):
            outcome = self._send(operation, body, key)
        if isinstance(outcome, Trouble):
            return outcome.fault
        value = read(outcome.body)
        return Fault(FaultCode.BROKEN_ANSWER, {"slug": "broken-answer"}) if value is None else value

    def _send(
        self, operation: str, body: bytes, key: str, version: int | None = None, second: str = "", query: str = "",
        ids: Mapping[str, str] = NO_IDS,
    ) -> Reply | Trouble:  # fmt: skip
        around = self._around
        token = around.staff.token(self._lane, around.clock.now(), self._left(), self._cancel)
        call = call_for(wire.route(operation, **ids), body, key, version, token, query)
        if second:
            call = replace(call, headers={"Second-Person": second})
        outcome = self._lane.send(call, self._left(), self._cancel)
        if token and isinstance(outcome, Trouble) and outcome.then is Then.SIGN_IN:
            around.staff.drop(token)
        return outcome

    def _worth_another(self, outcome: Trouble) -> bool:
        broke = outcome.reached and not outcome.heard and outcome.fault.code is not FaultCode.NOT_THE_PLATFORM
        return broke and not self._cancel.why and self._left() > _LEAST_SECONDS

    def _left(self) -> float:
        return max(0.01, self._until - self._around.clock.monotonic())

    def _ulid(self) -> str:
        clock = self._around.clock
        return new_ulid(int(clock.now().timestamp() * 1000), clock.entropy(10))

    def _fresh_key(self) -> str:
        return idempotency_key(self._around.terminal_id, self._ulid())


def _help_is_called(body: bytes) -> bool | None:
    return wire.acknowledges("postAssistanceRequest", body) or None


def _of_staff(outcome: V | Fault) -> V | Fault:
    """A card that the platform does not know, or a signature that is not its card's."""
    refused = isinstance(outcome, Fault) and outcome.code is FaultCode.PLATFORM_REFUSED
    if isinstance(outcome, Fault) and refused and outcome.details.get("status") in ("401", "403", "404"):
        return Fault(FaultCode.STAFF_UNKNOWN, outcome.details)
    return outcome


_ANSWERS: dict[type[ask.Ask[Any]], Callable[[Conversation, Any], Any]] = {
    ask.VerifyPerson: Conversation.verify,
    ask.CheckName: Conversation.check_name,
    ask.FindCase: Conversation.find_case,
    ask.SendResumeCode: Conversation.send_resume_code,
    ask.ResumeCase: Conversation.resume_case,
    ask.GetChallenge: Conversation.get_challenge,
    ask.SignIn: Conversation.sign_in,
    ask.SignOut: Conversation.sign_out,
    ask.PrepareHandover: Conversation.prepare,
    ask.AskForHelp: Conversation.call_help,
    ask.NumberFeedback: Conversation.number_feedback,
    **storing.ANSWERS,
}
