"""Going on with a draft: where it is looked for, the code of the phone, and how it becomes a visit's own."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kiosk.audit import AuditKind
from kiosk.contracts.central_platform import FindCase, ResumeCase, SendResumeCode
from kiosk.contracts.ledger import Answer
from kiosk.domain.acts import Act
from kiosk.domain.case import CaseState, OpeningCase
from kiosk.faults import Fault, FaultCode
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Effect, Event

if TYPE_CHECKING:
    from .hands import CommonHands

_OPEN = (CaseState.DRAFT, CaseState.SIGNING)


class Resumption:
    """Part of the citizen's hands."""

    def __init__(self, hands: "CommonHands") -> None:
        self._hands = hands
        self.table: dict[type[Effect], Callable[[Any], None]] = {
            do.LookForDrafts: self._look_for_drafts,
            do.SendResumeCode: self._send_code,
            do.CheckResumeCode: self._check_code,
            do.TakeUpDraft: self._take_up,
        }

    def _look_for_drafts(self, effect: do.LookForDrafts) -> None:
        """What the platform knows, with what only this machine knows so far; without the network only the latter."""
        hands, here = self._hands, self._hands.tools.ledger.drafts

        def answered(cases: tuple[OpeningCase, ...]) -> Event:
            there = tuple(self._here(case) for case in cases if _is_of(case, effect.cert_no))
            known = {one.value.id for one in there}
            only_here = tuple(one for one in here(effect.cert_no) if one.value.id not in known)
            return ev.DraftsFound(there + only_here, online=True)

        def done(found: tuple[OpeningCase, ...] | Fault) -> None:
            if isinstance(found, Fault) and found.code is FaultCode.PLATFORM_OFFLINE:
                hands.post(ev.DraftsFound(here(effect.cert_no), online=False))
            else:
                hands.post(ev.PlatformFailed(found) if isinstance(found, Fault) else answered(found))

        if hands.tools.platform.online():
            hands.put(FindCase(cert_no=effect.cert_no), done)
        else:
            hands.post(ev.DraftsFound(here(effect.cert_no), online=False))

    def _here(self, case: OpeningCase) -> Answer[OpeningCase]:
        """With what waits on this machine laid over it."""
        return self._hands.tools.ledger.case(case.id) or Answer(case, self._hands.tools.clock.now(), live=True)

    def _send_code(self, effect: do.SendResumeCode) -> None:
        if self._hands.tools.platform.online():
            self._hands.ask(SendResumeCode(effect.slip_code), ev.ResumeCodeSent)
        else:
            self._hands.post(ev.PlatformFailed(Fault(FaultCode.RESUME_NEEDS_CARD)))

    def _check_code(self, effect: do.CheckResumeCode) -> None:
        def answered(case: OpeningCase) -> Event:
            found = (self._here(case),) if case.state in _OPEN else ()
            return ev.DraftsFound(found, online=True, proven=True)

        self._hands.ask(ResumeCase(effect.slip_code, effect.code), answered)

    def _take_up(self, effect: do.TakeUpDraft) -> None:
        hands, ledger = self._hands, self._hands.tools.ledger
        fault = hands.tools.orders.barred().get(Act.BEGIN_VISIT) or ledger.take_up(effect.case_id)
        answer = ledger.case(effect.case_id)
        if fault is not None or answer is None:
            hands.post(ev.LedgerFailed(fault or Fault(FaultCode.DRAFT_NOT_FOUND)))
            return
        if effect.by:
            ledger.note(hands.event(AuditKind.DRAFT_RESUMED, (("by", effect.by),), effect.case_id))
        hands.post(ev.DraftTakenUp(answer.value, ledger.split(effect.case_id)))


def _is_of(case: OpeningCase, cert_no: str) -> bool:
    """Whether it can go on, and is this applicant's: others of the case see how it stands, no more."""
    applicant = case.form.person(case.form.applicant) if case.form.applicant else None
    return case.state in _OPEN and applicant is not None and applicant.cert_no == cert_no
