"""How each question is put: which operations, in which order, with which key, and what the answer means."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, TypeVar

from kiosk.contracts import central_platform as ask
from kiosk.domain.case import NameVerdict, OpeningCase
from kiosk.domain.device_issue import DeviceIssue, DeviceList, DeviceWanted
from kiosk.domain.feedback import FeedbackAnswer, FeedbackNumber
from kiosk.domain.handover import Handover
from kiosk.domain.ids import idempotency_key, new_ulid
from kiosk.domain.item import InvoiceMode
from kiosk.domain.offer import BankAppointment, BankBranch, PickupHall
from kiosk.domain.registered import ELicence, RegisteredCompany
from kiosk.domain.signing import SigningLink, UploadLink
from kiosk.domain.stock import StockBook
from kiosk.faults import Fault, FaultCode
from offline_cache import wire
from offline_cache.clock import PlatformClock
from offline_cache.exchange import Reply, Then, Trouble, call_for
from offline_cache.wire import company, sent, stock

from . import beside, collecting, handing, lending, looking, queueing, shifting, storing
from .lane import Cancel, Lane
from .lost import LostAskings
from .staff import StaffDesk

V = TypeVar("V")
_NO_IDS: Mapping[str, str] = MappingProxyType({})
_LEAST_SECONDS = 0.2  # less than this left: no second try
_OF_LICENCE = {
    "code-expired": FaultCode.E_LICENCE_OVER,
    "code-used": FaultCode.E_LICENCE_OVER,
    "validation": FaultCode.NOT_AN_E_LICENCE,
}
_PAGES = 8  # of a list, at most
_OF_ISSUING = {
    "stock-unit-unavailable": FaultCode.TAX_DEVICE_UNAVAILABLE,
    "device-issue-open": FaultCode.DEVICE_ISSUE_OPEN,
    "invoice-mode-digital": FaultCode.CASE_NOT_READY,
    "case-not-ready": FaultCode.CASE_NOT_READY,
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
    lost: LostAskings = field(default_factory=LostAskings)


class Conversation:
    """One question at one lane, within one deadline."""

    def __init__(self, around: Surroundings, lane: Lane, seconds: float, cancel: Cancel) -> None:
        self._around, self._lane, self._cancel = around, lane, cancel
        self._seconds = seconds
        self._until = around.clock.monotonic() + seconds

    def answer(self, question: ask.Ask[Any]) -> Any:
        """The answer, or a Fault."""
        if (fault := self._around.why_not(type(question))) is not None:
            return fault
        return _ANSWERS[type(question)](self, question)

    def verify(self, question: ask.VerifyPerson) -> ask.Verification | Fault:
        """The key is the verification's own id: asked again, it is the same check."""
        key, by = idempotency_key("postVerification", question.id), question.in_person_by
        token = self._around.staff.beside(by) if by else ""
        return self.put("postVerification", wire.verification, sent.person_check(question), key, token=token)

    def check_name(self, question: ask.CheckName) -> NameVerdict | Fault:
        """The verdict; a free name is reserved at once. Every asking is new: a verdict is good for now only."""
        verdict = self.put("postNameCheck", wire.name_verdict, sent.name_check(question), self.fresh_key())
        if isinstance(verdict, Fault) or verdict.level != "AVAILABLE":
            return verdict
        body = sent.name_declaration(question, self.ulid())
        reserved = self.put("postNameDeclaration", wire.name_reserved, body, self.fresh_key())
        if isinstance(reserved, Fault):
            taken = reserved.details.get("slug") == "name-taken"
            return Fault(FaultCode.NAME_UNAVAILABLE, reserved.details) if taken else reserved
        return replace(reserved, reasons=verdict.reasons)

    def find_case(self, question: ask.FindCase) -> tuple[OpeningCase, ...] | Fault:
        """What was found goes into the mirror as well. The card was read just now, for this very question."""
        body = sent.search(question, question.card_read_at or self._around.clock.now())
        found = self.put("searchCases", wire.found_cases, body)
        if isinstance(found, Fault):
            return () if found.details.get("slug") == "not-found" else found
        if not self._cancel.why:  # else the visit that asked is over, and must leave nothing behind
            self._around.keep_cases(found)
        return tuple(said.case for said in found)

    def send_resume_code(self, question: ask.SendResumeCode) -> datetime | Fault:
        """Every asking is new, because the person wants another code; unless nobody heard the answer to the last."""
        return self.put_until_heard("sendResumeCode", wire.next_code_at, sent.resume_code(question))

    def resume_case(self, question: ask.ResumeCase) -> OpeningCase | Fault:
        """The case goes into the mirror whole: from here on it is this terminal's too. A code is good once: whoever
        types it again because the line broke gets the answer that was lost."""
        said = self.put_until_heard("resumeCase", wire.mirrored, sent.resumption(question))
        if isinstance(said, Fault):
            return Fault(FaultCode.RESUME_CODE_WRONG) if said.details.get("slug") == "not-found" else said
        if not self._cancel.why:
            self._around.keep_cases((said,))
        return said.case

    def open_e_licence(self, question: ask.OpenELicence) -> ELicence | Fault:
        """A code is good once, and for a few minutes."""
        said = self.put("openELicence", wire.e_licence, company.licence_code(question))
        if not isinstance(said, Fault):
            return said
        code = _OF_LICENCE.get(said.details.get("slug", ""))
        return said if code is None else Fault(code)

    def find_company(self, question: ask.FindCompany) -> tuple[RegisteredCompany, ...] | Fault:
        """The card was read just now, for this very question."""
        body = company.company_search(question, self._around.clock.now())
        return self.put("findEnterprise", wire.companies, body)

    def begin_later_items(self, question: ask.BeginLaterItems) -> ask.LaterItems | Fault:
        """The key is the case's own and what is asked for: the same once more is the same draft."""
        items = ",".join(item.value for item in question.items)
        key = idempotency_key("startPhasedCase", question.case_id, items)
        body = company.beginning(question)
        begun = self.put("startPhasedCase", wire.later_items, body, key, {"uscc": question.uscc})
        if isinstance(begun, Fault):
            taken = begun.details.get("slug") == "item-already-done"
            return Fault(FaultCode.ITEM_TAKEN) if taken else begun
        said, needs_seal = begun
        if not self._cancel.why:
            self._around.keep_cases((said,))
        return ask.LaterItems(said.case, needs_seal)

    def apply_again(self, question: ask.ApplyAgain) -> OpeningCase | Fault:
        """The key is the two cases' own: the same once more is the same draft."""
        key = idempotency_key("startReapplication", question.ended, question.case_id)
        at, body = {"case_id": question.ended}, company.reapplication(question)
        said = self.put("startReapplication", wire.mirrored, body, key, at)
        if isinstance(said, Fault):
            return said
        if not self._cancel.why:
            self._around.keep_cases((said,))
        return said.case

    def get_challenge(self, question: ask.GetChallenge) -> bytes | Fault:
        """Fresh bytes for the card."""
        return _of_staff(self.put("getChallenge", wire.challenge, sent.challenge(question)))

    def sign_in(self, question: ask.SignIn) -> ask.StaffSession | Fault:
        """The token stays at the staff desk."""
        said = _of_staff(self.put("openStaffSession", wire.staff_session, sent.sign_in(question, self._around.boot)))
        if isinstance(said, Fault):
            return said
        desk = self._around.staff
        keep, drop = (desk.keep_beside, desk.drop_beside) if question.beside else (desk.keep, desk.drop)
        keep(said)
        if self._cancel.why:  # whoever asked has left meanwhile
            drop(said.token)
        return said.session

    def sign_out(self, question: ask.SignOut) -> bool | Fault:  # noqa: ARG002
        """The token is forgotten here whatever the platform says."""
        token = self._around.staff.drop()
        return self.put("closeStaffSession", lambda _: True, token=token) if token else True

    def list_device_issues(self, question: ask.ListDeviceIssues) -> DeviceList | Fault:  # noqa: ARG002
        """Page by page: what is written now, and on the first page the cases that wait."""
        issues: tuple[DeviceIssue, ...] = ()
        wanted: tuple[DeviceWanted, ...] = ()
        query = "?open=1&limit=200"
        for _ in range(_PAGES):
            page = self.put("listDeviceIssues", wire.device_issues, b"", query=query)
            if isinstance(page, Fault):
                return page
            issues, wanted = issues + page.issues, wanted + page.wanted
            if not page.next:
                break
            query = f"?open=1&limit=200&cursor={page.next}"
        return DeviceList(issues, wanted)

    def request_device_issue(self, question: ask.RequestDeviceIssue) -> DeviceIssue | Fault:
        """The key is the issue's own id: asked again, it is the same issue."""
        key = idempotency_key("requestDeviceIssue", question.id)
        asked = self.put("requestDeviceIssue", wire.device_issue, wire.issue_request(question), key)
        if isinstance(asked, Fault) and (said := _OF_ISSUING.get(asked.details.get("slug", ""))):
            return Fault(said, asked.details)
        return asked

    def get_device_issue(self, question: ask.GetDeviceIssue) -> DeviceIssue | Fault:
        """How far it has come."""
        return self.put("getDeviceIssue", wire.device_issue, b"", ids={"id": question.id})

    def upload_link(self, question: ask.MakeUploadLink) -> UploadLink | Fault:
        """Every asking is a new link; the one before dies by itself."""
        body, of_case = sent.upload_link(question, self.ulid()), {"case_id": question.case_id}

        def read(answer: bytes) -> UploadLink | None:
            return wire.upload_link(answer, question.material)

        return self.put("createUploadLink", read, body, self.fresh_key(), of_case)

    def invite_signer(self, question: ask.InviteSigner) -> SigningLink | Fault:
        """Every asking is a new link and a new message; the one before is good no more."""
        body = sent.invitation(question, self.ulid())
        of_case = {"case_id": question.case_id}
        link = self.put("inviteSigner", wire.signing_link, body, self.fresh_key(), of_case)
        refused = isinstance(link, Fault) and link.code is FaultCode.PLATFORM_REFUSED
        too_often = isinstance(link, Fault) and link.details.get("slug") == "rate-limited"
        if isinstance(link, Fault) and (refused or too_often):
            return Fault(FaultCode.SIGNING_LINK_REFUSED, link.details)
        return link

    def number_feedback(self, question: ask.NumberFeedback) -> FeedbackNumber | Fault:
        """A key of its own: the deed's may be on the wire now. What was said has its id, and is kept once."""
        return self.put("postFeedback", wire.feedback_number, sent.feedback(question.said), self.fresh_key())

    @property
    def desk(self) -> StaffDesk:
        """Who is signed in, and who confirms beside."""
        return self._around.staff

    def keep_stock(self, pages: stock.Pages) -> StockBook | Fault:
        """Onto the disk, for the time without network."""
        return self._around.keep_stock(pages)

    def look(self, operation: str, query: str = "", **ids: str) -> bytes | Trouble:
        """The body of a read."""
        outcome = self._send(wire.route(operation, **ids), b"", "", None, query)
        return outcome if isinstance(outcome, Trouble) else outcome.body

    def act(
        self, operation: str, body: bytes, key: str, version: int | None, second: str, **ids: str
    ) -> bytes | Trouble:
        """One act; a line that broke under way is tried once more with the same bytes and key."""
        way = wire.route(operation, **ids)
        outcome = self._send(way, body, key, version, "", second)
        if isinstance(outcome, Trouble) and self._worth_another(outcome):
            outcome = self._send(way, body, key, version, "", second)
        return outcome if isinstance(outcome, Trouble) else outcome.body

    def read_feedback(self, question: ask.ReadFeedback) -> FeedbackAnswer | Fault:
        """A number that nobody was given is no fault of the line."""
        said = self.put("getFeedback", wire.feedback_answer, sent.feedback_asked(question))
        unknown = isinstance(said, Fault) and said.details.get("slug") == "not-found"
        return Fault(FaultCode.FEEDBACK_NOT_FOUND) if unknown else said

    def invoice_mode(self, question: ask.AskInvoiceMode) -> InvoiceMode | Fault:
        """As the tax office would do it now."""
        return self.put("getInvoiceOffer", wire.invoice_mode, ids={"case_id": question.case_id})

    def halls(self, question: ask.ListHalls) -> tuple[PickupHall, ...] | Fault:  # noqa: ARG002
        """Where things can be collected."""
        return self.put("listHalls", wire.halls)

    def branches(self, question: ask.ListBranches) -> tuple[BankBranch, ...] | Fault:  # noqa: ARG002
        """In the order of the day."""
        return self.put("listBankBranches", wire.branches, b"")

    def hours(self, question: ask.ListHours) -> tuple[datetime, ...] | Fault:
        """What can be had at this moment."""
        return self.put("listBankSlots", wire.hours, ids={"branch_id": question.branch})

    def appointment(self, question: ask.AskAppointment) -> BankAppointment | Fault:
        """The bank's own word."""
        return self.put("getBankAppointment", wire.appointment, ids={"case_id": question.case_id})

    def put_until_heard(
        self, operation: str, read: Callable[[bytes], V | None], body: bytes, ids: Mapping[str, str] = _NO_IDS
    ) -> V | Fault:
        """One operation, under one key until an answer was understood."""
        lost, what = self._around.lost, body or "/".join(ids.values()).encode()
        key = lost.key(operation, what, self._around.clock.monotonic(), self.fresh_key)
        answer = self.put(operation, read, body, key, ids=ids)
        if not isinstance(answer, Fault) or answer.code is FaultCode.PLATFORM_REFUSED:
            lost.answered(operation, what)
        return answer

    def anew(self) -> None:
        """What follows has the whole time of a question again."""
        self._until = self._around.clock.monotonic() + self._seconds

    @property
    def around(self) -> Surroundings:
        """What is there beside the lane."""
        return self._around

    @property
    def terminal_id(self) -> str:
        """Who asks."""
        return self._around.terminal_id

    def put(
        self, operation: str, read: Callable[[bytes], V | None], body: bytes = b"", key: str = "",
        ids: Mapping[str, str] = _NO_IDS, query: str = "", version: int | None = None, token: str = "",
    ) -> V | Fault:  # fmt: skip
        """One operation; a line that broke under way is tried once more with the same bytes and key. ``token``: of
        whoever stands beside the citizen, where the act is that person's."""
        way = wire.route(operation, **ids)
        outcome = self._send(way, body, key, version, query, token=token)
        if isinstance(outcome, Trouble) and self._worth_another(outcome):
            outcome = self._send(way, body, key, version, query, token=token)
        if isinstance(outcome, Trouble):
            return outcome.fault
        value = read(outcome.body)
        return Fault(FaultCode.BROKEN_ANSWER, {"slug": "broken-answer"}) if value is None else value

    def _send(
        self, way: wire.Route, body: bytes, key: str, version: int | None, query: str, second: str = "",
        token: str = "",
    ) -> Reply | Trouble:  # fmt: skip
        around = self._around
        token = token or around.staff.token(self._lane, around.clock.now(), self._left(), self._cancel)
        call = call_for(way, body, key, version, token=token, query=query)
        if second:
            call = replace(call, headers={"Second-Person": second})
        outcome = self._lane.send(call, self._left(), self._cancel)
        if token and isinstance(outcome, Trouble) and outcome.then is Then.SIGN_IN:
            around.staff.drop(token)
            around.staff.drop_beside(token)
        return outcome

    def _worth_another(self, outcome: Trouble) -> bool:
        broke = outcome.reached and not outcome.heard and outcome.fault.code is not FaultCode.NOT_THE_PLATFORM
        return broke and not self._cancel.why and self._left() > _LEAST_SECONDS

    def _left(self) -> float:
        return max(0.01, self._until - self._around.clock.monotonic())

    def ulid(self) -> str:
        """A fresh id for something born here."""
        clock = self._around.clock
        return new_ulid(int(clock.now().timestamp() * 1000), clock.entropy(10))

    def fresh_key(self) -> str:
        return idempotency_key(self._around.terminal_id, self.ulid())


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
    ask.OpenELicence: Conversation.open_e_licence,
    ask.FindCompany: Conversation.find_company,
    ask.BeginLaterItems: Conversation.begin_later_items,
    ask.ApplyAgain: Conversation.apply_again,
    ask.GetChallenge: Conversation.get_challenge,
    ask.SignIn: Conversation.sign_in,
    ask.SignOut: Conversation.sign_out,
    ask.ListDeviceIssues: Conversation.list_device_issues,
    ask.RequestDeviceIssue: Conversation.request_device_issue,
    ask.GetDeviceIssue: Conversation.get_device_issue,
    ask.MakeUploadLink: Conversation.upload_link,
    ask.InviteSigner: Conversation.invite_signer,
    ask.NumberFeedback: Conversation.number_feedback,
    ask.ReadFeedback: Conversation.read_feedback,
    ask.AskInvoiceMode: Conversation.invoice_mode,
    ask.ListHalls: Conversation.halls,
    ask.ListBranches: Conversation.branches,
    ask.ListHours: Conversation.hours,
    ask.AskAppointment: Conversation.appointment,
    **beside.ANSWERS,
    **collecting.ANSWERS,
    **handing.ANSWERS,
    **lending.ANSWERS,
    **looking.ANSWERS,
    **queueing.ANSWERS,
    **storing.ANSWERS,
    **shifting.ANSWERS,
}
