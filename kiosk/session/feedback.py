"""What somebody says of the service: recorded here, and asked for the number under which the platform keeps it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kiosk.audit import AuditKind
from kiosk.contracts.central_platform import NumberFeedback, ReadFeedback
from kiosk.contracts.ledger import GiveFeedback
from kiosk.domain.feedback import FeedbackId, SaidFeedback
from kiosk.rules.documents.feedback_slip import feedback_slip
from kiosk.rules.documents.receipt import receipt_of
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Effect

if TYPE_CHECKING:
    from .hands import CommonHands


class FeedbackHands:
    """Part of the citizen's hands."""

    def __init__(self, hands: "CommonHands") -> None:
        self._hands = hands
        self.table: dict[type[Effect], Callable[[Any], None]] = {
            do.GiveFeedback: self._give,
            do.AskFeedbackNumber: self._ask_number,
            do.PrintFeedback: self._print,
            do.AskForAnswer: self._ask_for_answer,
        }

    def _give(self, effect: do.GiveFeedback) -> None:
        hands = self._hands
        said = SaidFeedback(FeedbackId(hands.ulid()), effect.kind, effect.text, effect.at, effect.contact)
        status = hands.record(GiveFeedback(said), AuditKind.FEEDBACK_GIVEN, (("kind", said.kind.value),))
        if status is not None:
            hands.post(ev.FeedbackRecorded(said))

    def _ask_number(self, effect: do.AskFeedbackNumber) -> None:
        self._hands.ask(NumberFeedback(effect.said), ev.FeedbackNumbered)

    def _ask_for_answer(self, effect: do.AskForAnswer) -> None:
        self._hands.ask(ReadFeedback(effect.number), ev.AnswerRead)

    def _print(self, effect: do.PrintFeedback) -> None:
        hands, number = self._hands, effect.slip.number
        document = feedback_slip(effect.slip, hands.issuing(effect.language))
        receipt = receipt_of(document, f"{number}-receipt", reprint=effect.reprint)
        hands.printouts.slip("feedback_slip", receipt)
