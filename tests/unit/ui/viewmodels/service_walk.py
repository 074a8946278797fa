"""Every face of the smaller services, reached the way people reach it: a slip once more, and feedback."""

from drivers.receipt_printer.pictures import SlipPainter
from kiosk.code_tables.policy_guides import GuideId
from kiosk.contracts.device import DeviceKind
from kiosk.contracts.face_camera import FaceShot
from kiosk.contracts.printing import Printed
from kiosk.domain.case import CaseState, OpeningCase
from kiosk.domain.feedback import (
    FeedbackAnswer,
    FeedbackId,
    FeedbackKind,
    FeedbackNumber,
    FeedbackOutcome,
    FeedbackState,
    SaidFeedback,
)
from kiosk.domain.ids import CaseId, SlipCode, TicketId
from kiosk.domain.queue import Ticket, TicketState
from kiosk.faults import Fault, FaultCode
from kiosk.rules.documents.parts import Hall, Issuing
from kiosk.rules.documents.receipt import receipt_of
from kiosk.rules.documents.slip import slip
from kiosk.workflow import events as ev

from . import citizen_walk as walk
from .citizen_walk import CASE, TIME, WANG, Still, Walk

WORDS = "排队等了两个小时，叫号屏也看不清，希望多开一个窗口。"
NUMBER = FeedbackNumber("F261123-7K2M9QXA")
SAID = SaidFeedback(FeedbackId("01JD9V6C3Q8T2M5N7P0R4S6W8F"), FeedbackKind.SLOW, WORDS, TIME)


def submitted() -> tuple[OpeningCase, ...]:
    """Two that were submitted, and a draft."""
    form = walk.together()
    first = walk.accepted_case(form, CaseState.READY)
    second = OpeningCase(
        CaseId("01JD9V6C3Q8T2M5N7P0R4S6W8Z"), SlipCode("B4C-007"), form.state.form, CaseState.SUBMITTED
    )
    draft = OpeningCase(CaseId("01JD9V6C3Q8T2M5N7P0R4S6W8Q"), SlipCode("D2E-111"), form.state.form)
    return (first, second, draft)


def by_card() -> Walk:
    """The card has found cases; whose card it is, is not known yet."""
    return Walk().did(ev.ReprintAsked(), ev.CardRead(WANG), ev.CasesFound(submitted()))


def proven() -> Walk:
    """It is the applicant's face."""
    return by_card().did(ev.FaceAgreed(), ev.FaceTaken(FaceShot(b"jpeg", 1.0, 0.5)), walk.seen())


def by_slip() -> Walk:
    """The code of a slip has found one."""
    return Walk().did(ev.ReprintAsked(), ev.CodeTyped("K7P-428"), ev.CasesFound(submitted()[:1]))


def picked(walk_: Walk) -> Walk:
    """Being printed."""
    return walk_.did(ev.CopyPicked(CASE), ev.NextAsked())


def looked(walk_: Walk, *, painted: bool = True) -> Walk:
    """A slip on the glass before it is printed, as it is painted for the glass."""
    walk_.did(ev.CopyPicked(CASE))
    if painted:
        assert walk_.state.paper is not None and walk_.state.known is not None
        issuing = Issuing(Hall("示例区政务服务中心", "示例路 1 号", "023-00000000", "12345"), TIME)
        pages = SlipPainter("80").pages(receipt_of(slip(walk_.state.known, True, issuing), "job", reprint=True))
        assert not isinstance(pages, Fault)
        walk_.did(ev.PagesPainted(walk_.state.paper.job, pages))
    return walk_


def topic() -> Walk:
    """About what."""
    return Walk().did(ev.FeedbackAsked(), ev.TopicChosen(FeedbackKind.SLOW))


def said() -> Walk:
    """Recorded on this machine."""
    return topic().did(ev.WordsWritten(WORDS), ev.FeedbackRecorded(SAID))


def drawn(ticket: Ticket | None) -> Walk:
    """A number was drawn: the hall's, or without a network the terminal's own."""
    number = ticket.number if ticket else "L01-003"
    return Walk().did(ev.QueueAsked(), ev.NumberAsked(), ev.NumberDrawn(number, TIME, ticket))


def asking() -> Walk:
    """The number of an earlier feedback is wanted."""
    return Walk().did(ev.FeedbackAsked(), ev.AnswerSought())


def answered(state: FeedbackState) -> Walk:
    """What became of it."""
    closed = state is FeedbackState.CLOSED
    told = FeedbackAnswer(
        NUMBER, FeedbackKind.SLOW, state, TIME, FeedbackOutcome.SOLVED if closed else None,
        "已经加开一个窗口，上午九点到十一点都有人；叫号屏换成了大字。" if closed else "", TIME if closed else None,
    )  # fmt: skip
    return asking().did(ev.CodeTyped("f2611237k2m9qxa"), ev.AnswerRead(told))


def unpainted() -> Walk:
    """The slip could not be painted: it can be printed all the same."""
    looking = looked(proven(), painted=False)
    assert looking.state.paper is not None
    fault = Fault(FaultCode.DEVICE_CONFIGURATION, {"missing": "NotoSansCJK-Regular.ttc"})
    return looking.did(ev.PagesFailed(looking.state.paper.job, fault))


def stills() -> dict[str, Still]:
    """By name."""
    no_paper = ev.DeviceFailed(DeviceKind.RECEIPT_PRINTER, Fault(FaultCode.PAPER_OUT))
    offline = ev.PlatformFailed(Fault(FaultCode.PLATFORM_OFFLINE))
    guides = Walk().did(ev.GuidesAsked())
    page = Walk().did(ev.GuidesAsked(), ev.GuidePicked(GuideId("plan")))
    waiting = Ticket(TicketId("01JDT"), "A017", TicketState.WAITING, 1, TIME, 4, 12)
    contact = {"text": WORDS, "part": "contact", "contact": "138"}
    return {
        "find_my_slip": Walk().did(ev.ReprintAsked()).still(),
        "verify_face-copy": by_card().still(),
        "choose_copy": proven().still(),
        "look_at_copy-making": looked(proven(), painted=False).still(),
        "look_at_copy": looked(proven()).still(),
        "look_at_copy-larger": looked(proven()).still({"paperAt": 1, "paperZoom": 2}),
        "look_at_copy-failed": unpainted().still(),
        "take_copy": picked(proven()).still(),
        "take_copy-done": picked(proven()).did(ev.ReceiptDone(Printed.PRINTED)).still(),
        "take_copy-unsure": picked(by_slip()).did(ev.ReceiptDone(Printed.UNKNOWN)).still(),
        "take_copy-no-paper": picked(by_slip()).did(no_paper).still(),
        "choose_topic": Walk().did(ev.FeedbackAsked()).still(),
        "choose_topic-offline": Walk().did(ev.FeedbackAsked()).still(online=False),
        "find_feedback": asking().still(),
        "find_feedback-typed": asking().still({"number": "F261123-7K2M9QXA"}),
        "find_feedback-unknown": asking().did(
            ev.CodeTyped(NUMBER), ev.PlatformFailed(Fault(FaultCode.FEEDBACK_NOT_FOUND))
        ).still({"number": NUMBER}),
        "find_feedback-offline": asking().still(online=False),
        "read_answer-open": answered(FeedbackState.OPEN).still(),
        "read_answer-assigned": answered(FeedbackState.ASSIGNED).still(),
        "read_answer": answered(FeedbackState.CLOSED).still(),
        "write_words": topic().still(),
        "write_words-written": topic().still({"text": WORDS}),
        "write_words-contact": topic().still(contact),
        "write_words-full": topic().did(ev.LedgerFailed(Fault(FaultCode.DISK_FULL))).still({"text": WORDS}),
        "choose_guide": guides.still(),
        "choose_guide-nothing": guides.still({"typed": "量子"}),
        "read_guide": page.still(),
        "read_guide-sample": Walk().did(ev.GuidesAsked(), ev.GuidePicked(GuideId("benefits"))).still(),
        "read_guide-printed": page.did(ev.RetryAsked(), ev.ReceiptDone(Printed.PRINTED)).still(),
        "read_guide-no-paper": page.did(ev.RetryAsked(), no_paper).still(),
        "choose_queue": Walk().did(ev.QueueAsked()).still(),
        "choose_queue-drawing": Walk().did(ev.QueueAsked(), ev.NumberAsked()).still(),
        "see_number": drawn(waiting).still(),
        "see_number-printed": drawn(waiting).did(ev.ReceiptDone(Printed.PRINTED)).still(),
        "see_number-local": drawn(None).did(ev.ReceiptDone(Printed.PRINTED)).still(online=False),
        "see_number-no-paper": drawn(waiting).did(no_paper).still(),
        "take_number": said().still(),
        "take_number-numbered": said().did(ev.FeedbackNumbered(NUMBER)).still(),
        "take_number-printed": said().did(
            ev.FeedbackNumbered(NUMBER), ev.RetryAsked(), ev.ReceiptDone(Printed.PRINTED)
        ).still(),
        "take_number-no-paper": said().did(ev.FeedbackNumbered(NUMBER), ev.RetryAsked(), no_paper).still(),
        "take_number-offline": said().did(offline).still(online=False),
    }  # fmt: skip
