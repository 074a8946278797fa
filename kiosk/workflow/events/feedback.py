"""Events of saying what is wrong (意见反馈)."""

from dataclasses import dataclass

from kiosk.domain.feedback import FeedbackAnswer, FeedbackKind, FeedbackNumber, SaidFeedback
from kiosk.domain.private import Private
from kiosk.workflow.machine import Event


@dataclass(frozen=True, slots=True)
class FeedbackAsked(Event):
    """意见反馈 from the home screen."""


@dataclass(frozen=True, slots=True)
class TopicChosen(Event):
    """What it is about."""

    kind: FeedbackKind


@dataclass(frozen=True, slots=True, repr=False)
class WordsWritten(Private, Event):
    """In the person's own words; ``contact`` empty: no answer is wished."""

    text: str
    contact: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class FeedbackRecorded(Private, Event):
    """It is kept on this machine and will be sent."""

    said: SaidFeedback


@dataclass(frozen=True, slots=True)
class FeedbackNumbered(Event):
    """The platform has it, under this number."""

    number: FeedbackNumber


@dataclass(frozen=True, slots=True)
class AnswerSought(Event):
    """Somebody was here before and wants to know what became of it."""


@dataclass(frozen=True, slots=True)
class AnswerRead(Event):
    """What became of the feedback of a number."""

    answer: FeedbackAnswer
