"""意见反馈回执 (R83): the number under which a person asks what became of a complaint or a proposal. The words of the
complaint are not repeated: the slip may lie about."""

from dataclasses import dataclass
from datetime import datetime

from kiosk.domain.document import Clause, Code, Document, DocumentKind, PaperSize, Section, word
from kiosk.domain.feedback import FeedbackKind

from .parts import Issuing, document, fields, minute, plain_reference


@dataclass(frozen=True, slots=True)
class Feedback:
    """What was kept; ``answer_asked``: the person left a way to be answered."""

    number: str
    kind: FeedbackKind
    given_at: datetime
    answer_asked: bool


def feedback_slip(feedback: Feedback, issuing: Issuing) -> Document:
    """The slip for the narrow roll."""
    after = "feedback.answer" if feedback.answer_asked else "feedback.no_answer"
    facts = Section(
        (
            Code(feedback.number),
            *fields(("category", word(f"feedback.{feedback.kind.value}")), ("given_at", minute(feedback.given_at))),
            Clause(word(after)),
            Clause(word("feedback.ask")),
        )
    )
    qr = plain_reference("FB1", feedback.number)
    return document(DocumentKind.FEEDBACK_SLIP, issuing, (facts,), paper=PaperSize.ROLL_58, qr=qr)
