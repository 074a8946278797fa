"""give_feedback: a person says what is wrong (R83) and gets the number under which to ask what became of it.

It is recorded on this machine first and sent like everything that people do; the number is the platform's alone, so
without a network there is none yet, and nothing pretends otherwise. Whoever comes again with the number reads what
became of it: the number alone is enough, for nothing of what was said, and of nobody, is told by it.
"""

from dataclasses import replace

from kiosk.domain.feedback import LONGEST, SHORTEST, typed_number
from kiosk.faults import Fault, FaultCode
from kiosk.rules.documents.feedback_slip import Feedback

from . import answers as keep
from . import effects as do
from . import errands as run
from . import events as ev
from .machine import Effect, Event, Journey, Row, Step
from .visit import Busy, Visit


def _chosen(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.TopicChosen)
    return replace(v, topic=e.kind)


def _is_long_enough(v: Visit, e: Event) -> bool:
    return isinstance(e, ev.WordsWritten) and SHORTEST <= len(e.text.strip()) <= LONGEST and v.busy is None


def _saving(v: Visit, e: Event) -> Visit:
    return replace(v, busy=Busy.NUMBER, fault=None)


def _give(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.WordsWritten) and v.topic is not None
    return (do.GiveFeedback(v.topic, e.text.strip(), e.contact, v.now),)


def _recorded(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.FeedbackRecorded)
    return replace(v, feedback=e.said)


def _asking(v: Visit, e: Event) -> Visit:
    return replace(v, busy=Busy.NUMBER, fault=None)


def _ask_number(v: Visit) -> tuple[Effect, ...]:
    assert v.feedback is not None
    return (do.AskFeedbackNumber(v.feedback),)


def _ask_again(v: Visit, e: Event) -> tuple[Effect, ...]:
    return _ask_number(v)


def _numbered(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.FeedbackNumbered)
    return replace(v, busy=None, feedback_number=e.number, fault=None)


def _has_number(v: Visit, e: Event) -> bool:
    return bool(v.feedback_number)


def _has_none(v: Visit, e: Event) -> bool:
    return not v.feedback_number and v.busy is None


def _printing(v: Visit, e: Event) -> Visit:
    return keep.printing(v, e)


def _print(v: Visit, e: Event) -> tuple[Effect, ...]:
    said, number = v.feedback, v.feedback_number
    assert said is not None and number is not None
    slip = Feedback(number, said.kind, said.said_at, bool(said.contact))
    return (do.PrintFeedback(slip, v.receipt is not None, v.language),)


# find_feedback
def _is_number(v: Visit, e: Event) -> bool:
    return isinstance(e, ev.CodeTyped) and typed_number(e.text) is not None and v.busy is None


def _looking(v: Visit, e: Event) -> Visit:
    return replace(v, busy=Busy.FINDING, fault=None)


def _look(v: Visit, e: Event) -> tuple[Effect, ...]:
    assert isinstance(e, ev.CodeTyped)
    number = typed_number(e.text)
    assert number is not None
    return (do.AskForAnswer(number),)


def _no_number(v: Visit, e: Event) -> Visit:
    return replace(v, fault=Fault(FaultCode.FEEDBACK_NOT_FOUND))


def _answered(v: Visit, e: Event) -> Visit:
    assert isinstance(e, ev.AnswerRead)
    return replace(v, busy=None, feedback_answer=e.answer)


def _another(v: Visit, e: Event) -> Visit:
    return replace(v, feedback_answer=None)


def _ended(v: Visit, e: Event) -> Visit:
    return replace(v, ended="done")


GIVE_FEEDBACK: Journey[Visit] = Journey(
    "give_feedback",
    (
        Step("choose_topic", (
            Row(ev.TopicChosen, "write_words", _chosen),
            Row(ev.AnswerSought, "find_feedback"),
            Row(ev.BackAsked, "home"),
        )),
        Step("find_feedback", (
            Row(ev.CodeTyped, None, _looking, _look, _is_number),
            Row(ev.CodeTyped, None, _no_number),
            Row(ev.AnswerRead, "read_answer", _answered),
            Row(ev.PlatformFailed, None, keep.platform_failed),
            Row(ev.BackAsked, "choose_topic"),
        )),
        Step("read_answer", (
            Row(ev.BackAsked, "find_feedback", _another),
            Row(ev.NextAsked, "farewell", _ended, run.forget_done),
        )),
        Step("write_words", (
            Row(ev.WordsWritten, None, _saving, _give, _is_long_enough),
            Row(ev.FeedbackRecorded, "take_number", _recorded),
            Row(ev.BackAsked, "choose_topic"),
        )),
        Step("take_number", (
            Row(ev.FeedbackNumbered, None, _numbered),
            Row(ev.PlatformFailed, None, keep.platform_failed),
            Row(ev.RetryAsked, None, _printing, _print, _has_number),
            Row(ev.RetryAsked, None, _asking, _ask_again, _has_none),
            Row(ev.ReceiptDone, None, keep.printed),
            Row(ev.DeviceFailed, None, keep.device_failed),
            Row(ev.NextAsked, "farewell", _ended, run.forget_done),
        ), enter=_ask_number),
    ),
)  # fmt: skip
