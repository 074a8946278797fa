"""A slip once more, and feedback: who gets what, and that nothing is said before it is true."""

from dataclasses import replace

from kiosk.code_tables.policy_guides import GuideId
from kiosk.domain.case import CaseState
from kiosk.domain.document import Reader
from kiosk.domain.feedback import FeedbackKind, FeedbackState
from kiosk.faults import Fault, FaultCode
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.citizen import CITIZEN
from kiosk.workflow.looked_at import Preview
from kiosk.workflow.machine import Effect, Event, advance
from tests.unit.ui.viewmodels import citizen_walk as walk
from tests.unit.ui.viewmodels import service_walk as services
from tests.unit.ui.viewmodels.citizen_walk import CASE, LI, OLD, WANG, Walk


def after(walk_: Walk, event: Event) -> tuple[Effect, ...]:
    """What one more event has done for it."""
    walk_.state, effects = advance(CITIZEN, replace(walk_.state, now=walk_.at), event)
    return effects


def printed(effects: tuple[Effect, ...]) -> do.PrintSlip:
    (slip,) = [one for one in effects if isinstance(one, do.PrintSlip)]
    return slip


def test_a_card_shows_nothing_before_the_face_and_keeps_nothing() -> None:
    found = services.by_card()
    assert found.state.step == "verify_face" and found.state.proving and found.state.busy is None
    effects = after(found, ev.FaceAgreed())
    assert [one.audit.value for one in effects if isinstance(one, do.Note)] == ["consent_given"]
    assert any(isinstance(one, do.TakeFace) for one in effects)
    after(found, ev.FaceTaken(walk.FaceShot(b"jpeg", 1.0, 0.5)))
    effects = after(found, walk.seen())
    assert found.state.step == "choose_copy"
    assert not any(isinstance(one, do.KeepDraft) for one in effects)
    left = services.proven()
    effects = after(left, ev.LeaveAsked())
    assert left.state.ended == "done" and not any(isinstance(one, do.KeepDraft) for one in effects)


def test_the_applicant_gets_the_own_name_everybody_else_a_masked_slip() -> None:
    own = printed(after(services.looked(services.proven()), ev.NextAsked()))
    assert own.reprint and own.reader is Reader.CITIZEN and own.case.id == CASE
    assert printed(after(services.looked(services.by_slip()), ev.NextAsked())).reader is Reader.PUBLIC
    partner = Walk().did(ev.ReprintAsked(), ev.CardRead(LI), ev.CasesFound(services.submitted()), ev.FaceAgreed())
    partner.did(ev.FaceTaken(walk.FaceShot(b"jpeg", 1.0, 0.5)), walk.seen())
    assert printed(after(services.looked(partner), ev.NextAsked())).reader is Reader.PUBLIC


def test_what_was_never_submitted_has_no_slip() -> None:
    assert {case.state for case in services.proven().state.copies} == {CaseState.READY, CaseState.SUBMITTED}
    draft = services.submitted()[2]
    nothing = Walk().did(ev.ReprintAsked(), ev.CodeTyped("D2E-111"), ev.CasesFound((draft,)))
    assert nothing.state.fault == Fault(FaultCode.CASE_NOT_FOUND) and nothing.state.step == "find_my_slip"
    offered = services.by_slip()
    assert after(offered, ev.CopyPicked(draft.id)) == () and offered.state.step == "choose_copy"


def test_a_failed_check_or_an_old_card_prints_nothing() -> None:
    refused = services.by_card().did(ev.FaceAgreed(), ev.FaceTaken(walk.FaceShot(b"jpeg", 1.0, 0.5)))
    no = replace(walk.seen().verification, passed=False)  # type: ignore[attr-defined]
    refused.did(ev.PersonVerified(no))
    assert refused.state.step == "verify_face" and refused.state.proving
    after(refused, ev.BackAsked())
    assert refused.state.step == "find_my_slip" and refused.state.copies == () and refused.state.card is None
    assert Walk().did(ev.ReprintAsked(), ev.CardRead(OLD)).state.fault == Fault(FaultCode.CARD_EXPIRED)


def test_a_typed_code_after_a_card_is_a_slip_again() -> None:
    typed = Walk().did(ev.ReprintAsked(), ev.CardRead(WANG), ev.CasesFound(()), ev.CodeTyped("K7P-428"))
    typed.did(ev.CasesFound(services.submitted()[:1]))
    assert typed.state.step == "choose_copy"
    assert printed(after(services.looked(typed), ev.NextAsked())).reader is Reader.PUBLIC


def test_feedback_is_recorded_first_and_numbered_only_by_the_platform() -> None:
    writing = services.topic()
    assert after(writing, ev.WordsWritten(" 慢 ")) == ()
    (give,) = after(writing, ev.WordsWritten(f" {services.WORDS} ", "13800001234"))
    assert isinstance(give, do.GiveFeedback)
    assert (give.kind, give.text, give.contact) == (FeedbackKind.SLOW, services.WORDS, "13800001234")
    assert after(writing, ev.WordsWritten(services.WORDS)) == ()  # a second touch says it once
    assert do.AskFeedbackNumber(services.SAID) in after(writing, ev.FeedbackRecorded(services.SAID))
    after(writing, ev.PlatformFailed(Fault(FaultCode.PLATFORM_OFFLINE)))
    assert writing.state.step == "take_number" and writing.state.feedback_number is None
    assert after(writing, ev.RetryAsked()) == (do.AskFeedbackNumber(services.SAID),)
    after(writing, ev.FeedbackNumbered(services.NUMBER))
    (slip,) = after(writing, ev.RetryAsked())
    assert isinstance(slip, do.PrintFeedback) and slip.slip.number == services.NUMBER
    assert not slip.slip.answer_asked and not slip.reprint


def test_a_full_disk_keeps_the_words_on_the_screen() -> None:
    writing = services.topic().did(ev.WordsWritten(services.WORDS), ev.LedgerFailed(Fault(FaultCode.DISK_FULL)))
    assert writing.state.step == "write_words" and writing.state.busy is None
    assert any(isinstance(one, do.GiveFeedback) for one in after(writing, ev.WordsWritten(services.WORDS)))


def test_the_number_alone_tells_what_became_of_it() -> None:
    asking = services.asking()
    assert after(asking, ev.CodeTyped("F261123-7K2M")) == ()
    assert asking.state.fault == Fault(FaultCode.FEEDBACK_NOT_FOUND)
    assert after(asking, ev.CodeTyped(" f261123 7k2m9qxa ")) == (do.AskForAnswer(services.NUMBER),)
    assert after(asking, ev.CodeTyped(services.NUMBER)) == ()  # one question at a time
    after(asking, ev.PlatformFailed(Fault(FaultCode.NEEDS_NETWORK)))
    assert asking.state.step == "find_feedback" and asking.state.busy is None
    read = services.answered(FeedbackState.CLOSED)
    assert read.state.step == "read_answer" and read.state.feedback_answer is not None
    after(read, ev.BackAsked())
    assert read.state.step == "find_feedback" and read.state.feedback_answer is None


def test_progress_behind_a_card_waits_for_the_face() -> None:
    found = walk.sought(*services.submitted())
    assert found.state.step == "verify_face" and found.state.proving
    assert found.state.known is None and found.state.case_id is None
    no = replace(walk.seen().verification, passed=False)  # type: ignore[attr-defined]
    found.did(ev.FaceAgreed(), ev.FaceTaken(walk.FaceShot(b"jpeg", 1.0, 0.5)), ev.PersonVerified(no))
    assert found.state.step == "verify_face" and found.state.known is None
    effects = after(found, walk.seen())
    assert found.state.step == "see_progress" and found.state.case_id == CASE
    assert do.FollowCase(CASE) in effects and not any(isinstance(one, do.KeepDraft) for one in effects)
    after(found, ev.LeaveAsked())
    assert found.state.ended == "done"


def test_a_code_shows_progress_and_an_old_card_shows_none() -> None:
    back = walk.sought(*services.submitted())
    after(back, ev.BackAsked())
    assert back.state.step == "find_my_case" and back.state.card is None and back.state.sought == ()
    back.did(ev.CodeTyped("K7P-428"), ev.CasesFound(services.submitted()[:1]))
    assert back.state.step == "see_progress" and not back.state.proving
    old = Walk().did(ev.TrackAsked())
    effects = after(old, ev.CardRead(OLD))
    assert old.state.fault == Fault(FaultCode.CARD_EXPIRED)
    assert not any(isinstance(one, do.LookForCase) for one in effects)


def test_guides_are_read_and_printed_and_know_nobody() -> None:
    reading = Walk().did(ev.GuidesAsked())
    assert after(reading, ev.GuidePicked(GuideId("no such page"))) == () and reading.state.step == "choose_guide"
    after(reading, ev.GuidePicked(GuideId("plan")))
    assert after(reading, ev.RetryAsked()) == (do.PrintGuide(GuideId("plan"), reading.state.language),)
    assert after(reading, ev.RetryAsked()) == ()  # while it prints
    after(reading, ev.NextAsked())
    assert reading.state == Walk().state.__class__(reading.state.now)


def test_a_slip_is_looked_at_before_it_is_printed_or_not() -> None:
    looking = services.proven()
    (shown,) = after(looking, ev.CopyPicked(CASE))
    assert isinstance(shown, do.ShowSlip) and looking.state.step == "look_at_copy" and looking.state.busy is None
    after(looking, ev.PagesPainted(f"{shown.job}-other", (b"page",)))
    assert looking.state.paper == Preview(shown.job)  # not what was asked for
    after(looking, ev.PagesPainted(shown.job, (b"page",)))
    assert looking.state.paper == Preview(shown.job, (b"page",))
    assert after(looking, ev.BackAsked()) == () and looking.state.step == "choose_copy"
    assert looking.state.paper is None  # nothing was printed, and nothing of it is left
    (again,) = after(looking, ev.CopyPicked(CASE))
    after(looking, ev.PagesPainted(shown.job, (b"page",)))
    slip = printed(after(looking, ev.NextAsked()))
    assert isinstance(again, do.ShowSlip) and slip == again.slip and looking.state.paper is None


def test_what_was_painted_for_the_holder_is_not_shown_to_whoever_types_the_code() -> None:
    (own,) = after(services.proven(), ev.CopyPicked(CASE))
    stranger = services.by_slip()
    (theirs,) = after(stranger, ev.CopyPicked(CASE))
    assert isinstance(own, do.ShowSlip) and isinstance(theirs, do.ShowSlip) and own.job != theirs.job
    after(stranger, ev.PagesPainted(own.job, (b"with the name in full",)))
    assert stranger.state.paper == Preview(theirs.job)


def test_whoever_leaves_leaves_no_paper_on_the_glass() -> None:
    for event in (ev.LeaveAsked(), ev.TimedOut()):
        looking = services.looked(services.proven())
        assert looking.state.paper is not None and looking.state.paper.pages
        after(looking, event)
        assert looking.state.step == "farewell" and looking.state.paper is None


def test_a_slip_that_cannot_be_painted_can_be_printed() -> None:
    looking = services.unpainted()
    assert looking.state.fault is not None and looking.state.paper is None
    assert printed(after(looking, ev.NextAsked())).reprint
