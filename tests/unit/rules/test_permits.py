"""Each condition of a permit, broken one by one: refused, and each for its own reason."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kiosk.domain.handover import Handover, HandoverLine, HandoverState, Match, Permit, PermitTerms
from kiosk.domain.ids import (
    ArticleId,
    BlobId,
    CaseId,
    HandoverId,
    PermitId,
    StaffRef,
    UnitId,
    VerificationId,
)
from kiosk.domain.orders import Mode, Standing, Why
from kiosk.faults import Fault, FaultCode
from kiosk.rules.permits import CONDITIONS, MARGIN, Counter, Finishing, why_not_finish, why_not_prepare

NOW = datetime(2026, 3, 12, 15, 0, tzinfo=UTC)
LINES = (HandoverLine(ArticleId("A1"), UnitId("seal-1")), HandoverLine(ArticleId("A2"), UnitId("seal-2")))
TERMS = PermitTerms(
    HandoverId("H"), "window-03", "w-03", StaffRef("0317"), "run-1", LINES, NOW + timedelta(minutes=20)
)
HANDOVER = Handover(
    HandoverId("H"), CaseId("C"), HandoverState.PREPARED, 1, LINES,
    Permit(PermitId("P"), b"payload", b"sig", TERMS.expires_at, TERMS),
)  # fmt: skip
COUNTER = Counter(
    "window-03", "w-03", "run-1", StaffRef("0317"), NOW + timedelta(hours=1), NOW, True, Standing(Mode.NORMAL)
)
CHECKS = ((ArticleId("A1"), Match.EQUAL), (ArticleId("A2"), Match.EQUAL))
GOOD = Finishing(HANDOVER, COUNTER, VerificationId("V"), CHECKS, BlobId("a" * 64))


def at(**changes: object) -> Finishing:
    return replace(GOOD, counter=replace(COUNTER, **changes))  # type: ignore[arg-type]


def under(**changes: object) -> Finishing:
    permit = replace(HANDOVER.permit, terms=replace(TERMS, **changes))  # type: ignore[type-var,arg-type]
    return replace(GOOD, handover=replace(HANDOVER, permit=permit))


BROKEN = {
    "the platform stops this window": (at(standing=Standing(Mode.NO_HANDOVER)), FaultCode.HANDOVER_STOPPED),
    "the platform locks this terminal": (at(standing=Standing(Mode.LOCKED)), FaultCode.HANDOVER_STOPPED),
    "nothing was prepared": (replace(GOOD, handover=None), FaultCode.PERMIT_INVALID),
    "prepared without a permit": (
        replace(GOOD, handover=replace(HANDOVER, permit=None)), FaultCode.PERMIT_INVALID),
    "a signature that does not fit gives no terms": (
        replace(GOOD, handover=replace(HANDOVER, permit=Permit(PermitId("P"), b"x", b"x", TERMS.expires_at))),
        FaultCode.PERMIT_INVALID),
    "ended already": (
        replace(GOOD, handover=replace(HANDOVER, state=HandoverState.ABORTED)), FaultCode.PERMIT_INVALID),
    "for another hand-over": (under(handover_id=HandoverId("X")), FaultCode.PERMIT_INVALID),
    "for other goods": (under(lines=(LINES[0], HandoverLine(ArticleId("A2"), UnitId("seal-9")))),
                        FaultCode.PERMIT_INVALID),
    "for another terminal": (under(terminal_id="window-04"), FaultCode.PERMIT_ELSEWHERE),
    "for another window": (at(window="w-04"), FaultCode.PERMIT_ELSEWHERE),
    "from before the restart": (at(boot="run-2"), FaultCode.PERMIT_BEFORE_RESTART),
    "for another clerk": (at(staff_ref=StaffRef("0318")), FaultCode.PERMIT_OTHER_CLERK),
    "nobody is signed in": (at(staff_ref=None, staff_until=None), FaultCode.PERMIT_OTHER_CLERK),
    "the sign-in is over": (at(staff_until=NOW), FaultCode.PERMIT_OTHER_CLERK),
    "the recipient was not checked": (replace(GOOD, verification=None), FaultCode.RECIPIENT_NOT_VERIFIED),
    "one article waits": (
        replace(GOOD, checks=(CHECKS[0], (ArticleId("A2"), Match.WAITING))), FaultCode.ARTICLES_UNCHECKED),
    "one article differs": (
        replace(GOOD, checks=(CHECKS[0], (ArticleId("A2"), Match.DIFFERENT))), FaultCode.ARTICLES_UNCHECKED),
    "one article is missing": (replace(GOOD, checks=CHECKS[:1]), FaultCode.ARTICLES_UNCHECKED),
    "one article too many": (
        replace(GOOD, checks=(*CHECKS, (ArticleId("A3"), Match.EQUAL))), FaultCode.ARTICLES_UNCHECKED),
    "nobody signed": (replace(GOOD, signature=None), FaultCode.SIGNATURE_MISSING),
    "the clock is unsure": (at(sure=False), FaultCode.CLOCK_UNSURE),
    "the permit's last minute": (at(now=TERMS.expires_at - MARGIN), FaultCode.PERMIT_EXPIRED),
}  # fmt: skip


def test_everything_holds() -> None:
    assert why_not_finish(GOOD) is None
    assert why_not_finish(at(now=TERMS.expires_at - MARGIN - timedelta(seconds=1))) is None


def test_silence_alone_does_not_stop_what_was_prepared() -> None:
    """A terminal that was alone too long begins nothing new; the bundle on the counter is finished."""
    assert why_not_finish(at(standing=Standing(Mode.READ_ONLY, Why.OUT_OF_CONTACT))) is None


@pytest.mark.parametrize("broken", BROKEN)
def test_one_condition_broken(broken: str) -> None:
    finishing, code = BROKEN[broken]
    assert why_not_finish(finishing) == Fault(code)


def test_every_condition_has_its_case() -> None:
    assert {code for code, _ in CONDITIONS} == {code for _, code in BROKEN.values()}
    assert len({code for code, _ in CONDITIONS}) == len(CONDITIONS)


@pytest.mark.parametrize(
    ("counter", "unsettled", "code"),
    [
        (replace(COUNTER, standing=Standing(Mode.NO_HANDOVER)), 0, FaultCode.HANDOVER_STOPPED),
        (replace(COUNTER, standing=Standing(Mode.READ_ONLY)), 0, FaultCode.HANDOVER_STOPPED),
        (replace(COUNTER, sure=False), 0, FaultCode.CLOCK_UNSURE),
        (COUNTER, 1, FaultCode.HANDOVER_OPEN),
    ],
)
def test_nothing_is_prepared(counter: Counter, unsettled: int, code: FaultCode) -> None:
    assert why_not_prepare(COUNTER, 0) is None
    assert why_not_prepare(counter, unsettled) == Fault(code)
