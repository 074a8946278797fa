"""A window against the real platform: acceptance, permit, hand-over, and everything that can come in between."""

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.audit import AuditKind
from kiosk.contracts.central_platform import PrepareHandover, SignOut, Verification, VerifyPerson
from kiosk.contracts.ledger import AbortHandover, DecideAcceptance, DeedStatus, RecordHandover, SaveDraft, Verdict
from kiosk.domain.article import ArticleState
from kiosk.domain.case import CaseState, OpeningCase
from kiosk.domain.handover import Handover, HandoverLine, HandoverState
from kiosk.domain.ids import CaseId, HandoverId, StaffRef, VerificationId, WindowId
from kiosk.faults import Fault, FaultCode
from offline_cache.cache import OfflineCache

from .hall import (
    Hall,
    PlatformProcess,
    ask,
    event,
    form,
    fresh_case,
    kiosk,
    parked,
    ready_form,
    settled,
    sign_in,
    submit,
    trade_name,
    wait_for,
    window,
)
from .proxy import Proxy, Weather

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def hall(hurried_hall: Hall) -> Hall:
    """Where things become ready while a test waits."""
    return hurried_hall


def _submitted(folder: Path, hall: Hall, number: int) -> CaseId:
    """A citizen's case, submitted at a kiosk."""
    with kiosk(folder, hall.url) as cache:
        case_id, slip = fresh_case(cache)
        submit(cache, case_id, slip, ready_form(cache, case_id, trade_name(number)))
        statuses = settled(cache, case_id, 2)
        assert all(one.verdict is Verdict.ACCEPTED for one in statuses), statuses
    return case_id


def _mirrored(cache: OfflineCache, case_id: CaseId, state: CaseState) -> OpeningCase:
    """Wait until the window's mirror says so."""

    def found() -> OpeningCase | None:
        answer = cache.ledger.case(case_id)
        return answer.value if answer is not None and answer.live and answer.value.state is state else None

    case: OpeningCase = wait_for(found)
    return case


def _accept(cache: OfflineCache, case_id: CaseId) -> DeedStatus:
    case = _mirrored(cache, case_id, CaseState.SUBMITTED)
    decision = DecideAcceptance(case_id, case.version, "accept", StaffRef("0317"), cache.clock.now())
    status = cache.ledger.record(decision, event(cache, AuditKind.ACCEPTANCE_DECIDED, "0317"))
    assert isinstance(status, DeedStatus)
    return status


def _ready(cache: OfflineCache, case_id: CaseId) -> OpeningCase:
    """Accepted, and through every department."""
    _accept(cache, case_id)
    settled(cache, case_id, 1)
    return _mirrored(cache, case_id, CaseState.READY)


def _question(cache: OfflineCache, case: OpeningCase) -> PrepareHandover:
    person, now = case.form.people[0], cache.clock.now()
    number = VerificationId(fresh_case(cache)[0])
    verified = ask(cache, VerifyPerson(number, person.name, person.cert_type, person.cert_no, now, now, False))
    assert isinstance(verified, Verification) and verified.passed, verified
    lines = tuple(
        HandoverLine(one.id, one.unit_id, one.batch_id, one.first_no, one.count)
        for one in case.articles
        if one.state is ArticleState.PREPARED
    )
    return PrepareHandover(
        HandoverId(fresh_case(cache)[0]), case.id, case.version, WindowId("w-03"), number, "legal_rep", lines
    )


def _hand_over(cache: OfflineCache, prepared: Handover) -> DeedStatus:
    signature = cache.ledger.keep_blob(f"signed for {prepared.id}".encode(), "signature")
    assert not isinstance(signature, Fault) and prepared.permit is not None
    fact = RecordHandover(
        prepared.id, prepared.case_id, prepared.permit.id, tuple(line.article_id for line in prepared.lines),
        signature, "W03-0001", cache.clock.now(),
    )  # fmt: skip
    status = cache.ledger.record(fact, event(cache, AuditKind.HANDED_OVER, "0317"))
    assert isinstance(status, DeedStatus), status
    return status


def test_from_submission_to_the_signed_handover(tmp_path: Path, hall: Hall) -> None:
    case_id = _submitted(tmp_path, hall, 801)
    with window(tmp_path, hall) as cache:
        assert cache.ledger.cases() == ()  # nobody is signed in: nothing of the hall is read
        session = sign_in(cache)
        assert session.staff_ref == "0317" and "clerk" in session.roles
        case = _ready(cache, case_id)
        assert case.uscc and case.articles
        question = _question(cache, case)
        prepared = ask(cache, question)
        assert isinstance(prepared, Handover) and prepared.state is HandoverState.PREPARED, prepared
        assert cache.ledger.handovers() == (prepared,)  # on the disk before it was answered
        again = ask(cache, question)
        assert again == prepared  # the same question is the same hand-over
        _hand_over(cache, prepared)
        assert settled(cache, case_id, 2)[-1].verdict is Verdict.ACCEPTED
        closed = _mirrored(cache, case_id, CaseState.CLOSED)
        assert {one.state for one in closed.articles} == {ArticleState.HANDED_OVER}
        assert cache.ledger.handovers() == () and parked(cache) == []
    lines = hall.rows("SELECT count(*) FROM handover_line WHERE handover_id = ?", prepared.id)
    assert lines == [(len(prepared.lines),)]
    assert hall.rows("SELECT count(*) FROM discrepancy") == [(0,)]


def test_prepared_lost_and_found_again(tmp_path: Path, hall: Hall, proxy: Proxy) -> None:
    """Every answer to the preparation is lost; asked again, it is the same hand-over, and aborting frees the case."""
    case_id = _submitted(tmp_path, hall, 802)
    with window(tmp_path, hall, proxy.url, timeout=1.0) as cache:
        sign_in(cache)
        question = _question(cache, _ready(cache, case_id))
        proxy.set(Weather.RESET_AFTER, lambda method, where: (method, where) == ("POST", "/v1/handovers"))
        lost = ask(cache, question)
        assert isinstance(lost, Fault) and lost.code is FaultCode.PLATFORM_OFFLINE
        assert cache.ledger.handovers() == ()
        proxy.set(Weather.FAIR)
        prepared = ask(cache, question)
        assert isinstance(prepared, Handover)
        # The line dies, the goods go back: a fact waits for the line.
        proxy.set(Weather.RESET_BEFORE)
        fact = AbortHandover(prepared.id, case_id, "wrong seal", cache.clock.now())
        assert isinstance(cache.ledger.record(fact, event(cache, AuditKind.HANDOVER_ABORTED, "0317")), DeedStatus)
        proxy.wait_hit()
        assert cache.ledger.handovers() == ()
        proxy.set(Weather.FAIR)
        cache.hurry()
        assert settled(cache, case_id, 2)[-1].verdict in (Verdict.ACCEPTED, Verdict.ALREADY_KNOWN)
    assert hall.rows("SELECT state FROM handover WHERE case_id = ?", case_id) == [("ABORTED",)]


def test_after_a_stop_it_is_found_again_and_put_back(tmp_path: Path, hall: Hall) -> None:
    """The program ends between permit and signature; the next one knows, and after the recheck the case is free."""
    case_id = _submitted(tmp_path, hall, 808)
    with window(tmp_path, hall) as cache:
        sign_in(cache)
        prepared = ask(cache, _question(cache, _ready(cache, case_id)))
        assert isinstance(prepared, Handover)
    with window(tmp_path, hall) as cache:
        (left,) = cache.ledger.handovers()
        assert left.id == prepared.id and left.lines == prepared.lines
        sign_in(cache)
        held = ask(cache, _question(cache, _mirrored(cache, case_id, CaseState.READY)))
        assert isinstance(held, Fault) and held.details["slug"] == "handover-open", held
        fact = AbortHandover(left.id, case_id, "rechecked_after_stop", cache.clock.now())
        assert isinstance(cache.ledger.record(fact, event(cache, AuditKind.HANDOVER_ABORTED, "0317")), DeedStatus)
        assert cache.ledger.handovers() == ()
        assert settled(cache, case_id, 2)[-1].verdict is Verdict.ACCEPTED
        anew = ask(cache, _question(cache, _mirrored(cache, case_id, CaseState.READY)))
        assert isinstance(anew, Handover) and anew.id != prepared.id, anew
        _hand_over(cache, anew)
        settled(cache, case_id, 3)
    assert hall.rows("SELECT count(*) FROM discrepancy") == [(0,)]


def test_a_permit_of_somebody_else_is_never_shown(tmp_path: Path, hall: Hall) -> None:
    case_id = _submitted(tmp_path, hall, 803)
    with window(tmp_path, replace(hall, permit_key="ab" * 32)) as cache:
        sign_in(cache)
        refused = ask(cache, _question(cache, _ready(cache, case_id)))
        assert isinstance(refused, Fault) and refused.code is FaultCode.PERMIT_INVALID
        assert cache.ledger.handovers() == ()
    # The platform has reserved the goods all the same: free them for the tests behind this one.
    with window(tmp_path, hall) as cache:
        (row,) = hall.rows("SELECT id FROM handover WHERE case_id = ?", case_id)
        fact = AbortHandover(HandoverId(row[0]), case_id, "permit not ours", cache.clock.now())
        cache.ledger.record(fact, event(cache, AuditKind.HANDOVER_ABORTED, "0317"))
        assert settled(cache, case_id, 2)[-1].verdict is Verdict.ACCEPTED


def test_a_clerks_decision_waits_for_that_clerk(tmp_path: Path, hall: Hall, proxy: Proxy) -> None:
    """Signed out before it was sent: it is not sent in anybody else's name, and goes when that clerk is back."""
    case_id = _submitted(tmp_path, hall, 804)
    with window(tmp_path, hall, proxy.url, timeout=1.0) as cache:
        sign_in(cache)
        _mirrored(cache, case_id, CaseState.SUBMITTED)
        proxy.set(Weather.RESET_BEFORE, lambda method, where: where.endswith("/acceptances"))
        _accept(cache, case_id)
        proxy.wait_hit()
        assert ask(cache, SignOut()) is True
        proxy.set(Weather.FAIR)
        sign_in(cache, "0001")
        before = cache.ledger.deeds(case_id)[0]
        assert before.verdict in (Verdict.WAITING, Verdict.SENDING)
        assert ask(cache, SignOut()) is True
        sign_in(cache)
        assert settled(cache, case_id, 1)[0].verdict is Verdict.ACCEPTED
    assert hall.rows("SELECT count(*) FROM timeline WHERE case_id = ? AND state = 'ACCEPTED'", case_id) == [(1,)]


def test_a_decision_about_an_older_version_is_a_task(tmp_path: Path, hall: Hall) -> None:
    """The clerk decided about what was on the screen; it has changed since: a person decides again."""
    case_id = _submitted(tmp_path, hall, 805)
    with window(tmp_path, hall) as cache:
        sign_in(cache)
        case = _mirrored(cache, case_id, CaseState.SUBMITTED)
        old = DecideAcceptance(case_id, case.version - 1, "accept", StaffRef("0317"), cache.clock.now())
        cache.ledger.record(old, event(cache, AuditKind.ACCEPTANCE_DECIDED, "0317"))
        (status,) = settled(cache, case_id, 1)
        assert status.verdict is Verdict.REFUSED and status.fault is not None
        (task,) = parked(cache)
        assert task.case_id == case_id and task.fault.details["slug"] == "version-mismatch"
        _accept(cache, case_id)  # decided anew, about what is there now
        assert [one.verdict for one in settled(cache, case_id, 2)] == [Verdict.REFUSED, Verdict.ACCEPTED]
        assert parked(cache) == []


def test_the_window_sees_what_happens_elsewhere(tmp_path: Path, hall: Hall) -> None:
    with window(tmp_path, hall) as cache:
        sign_in(cache)
        case_id = _submitted(tmp_path, hall, 806)
        assert _mirrored(cache, case_id, CaseState.SUBMITTED).form.people[0].name == "王测试"
        assert case_id in [one.value.id for one in cache.ledger.cases()]


def test_the_platform_begins_anew(tmp_path: Path, hall: Hall) -> None:
    """Another epoch: over the snapshot again, facts of the last week are told again, and nothing happens twice."""
    case_id = _submitted(tmp_path, hall, 807)
    with window(tmp_path, hall) as cache:
        sign_in(cache)
        prepared = ask(cache, _question(cache, _ready(cache, case_id)))
        assert isinstance(prepared, Handover), prepared
        _hand_over(cache, prepared)
        settled(cache, case_id, 2)
        hall.control("PUT", "/weather", {"feed_epoch_change": True})
        statuses = wait_for(
            lambda: (found := cache.ledger.deeds(case_id))[-1].verdict is Verdict.ALREADY_KNOWN and found
        )
        assert len(statuses) == 2
        _mirrored(cache, case_id, CaseState.CLOSED)
    assert hall.rows("SELECT count(*) FROM handover WHERE case_id = ?", case_id) == [(1,)]


def test_the_platform_restarts_under_a_long_poll(tmp_path: Path) -> None:
    """Gone and back: offline is said, what was recorded meanwhile arrives, nobody restarts the terminal."""
    process = PlatformProcess(tmp_path)
    hall = process.start()
    try:
        with kiosk(tmp_path, hall.url, timeout=1.0) as cache:
            wait_for(cache.platform.online)
            process.kill()
            wait_for(lambda: not cache.platform.online())
            case_id, slip = fresh_case(cache)
            cache.ledger.record(SaveDraft(case_id, slip, form()), event(cache))
            assert cache.ledger.state().waiting == 1
            process.start()
            assert settled(cache, case_id, 1)[0].verdict is Verdict.ACCEPTED
            wait_for(cache.platform.online)
    finally:
        process.stop()
