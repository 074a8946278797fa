"""The ledger without any network: what people do is kept, and what screens see says no more than is true."""

import logging
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from kiosk.audit import AuditKind
from kiosk.code_tables.freshness import Freshness
from kiosk.contracts.ledger import (
    AbortHandover,
    DecideAcceptance,
    DeedStatus,
    GiveFeedback,
    RateVisit,
    RecordHandover,
    SaveDraft,
    SubmitCase,
    Verdict,
)
from kiosk.domain.article import ArticleState
from kiosk.domain.case import CaseState, OpeningForm
from kiosk.domain.feedback import FeedbackId, FeedbackKind, SaidFeedback
from kiosk.domain.handover import Handover, HandoverLine, HandoverState, Permit
from kiosk.domain.ids import ArticleId, BlobId, HandoverId, PermitId, SlipCode, StaffRef, UnitId
from kiosk.faults import Fault, FaultCode
from offline_cache import mirror, outbox, retention, wire
from offline_cache.ledger import CacheLedger
from offline_cache.scope import PACK

from .platform_says import case_json
from .stores import START, Hands, case, ledger_at, told
from .strategies import forms

SLIP = SlipCode("K2B-001")
FORM = OpeningForm(licence_copies=2)


def _owed(ledger: CacheLedger, number: int = 1) -> list[outbox.Sealed]:
    with ledger._opened().read() as db:
        return list(outbox.owed(db, case(number)))


def _mirror(ledger: CacheLedger, number: int, **said: object) -> None:
    found = wire.mirrored(case_json(case(number), **said))
    assert found is not None
    with ledger._opened().write() as db:
        mirror.keep_said(db, found, START)


def test_a_draft_is_a_case_before_anybody_else_knows(tmp_path: Path) -> None:
    with ledger_at(tmp_path / "s", Hands()) as ledger:
        status = ledger.record(SaveDraft(case(1), SLIP, FORM), told())
        assert isinstance(status, DeedStatus) and status.verdict is Verdict.WAITING and status.sent_at is None
        for answer in (ledger.case(case(1)), ledger.find_by_slip(SLIP)):
            assert answer is not None and not answer.live and answer.as_of is None
            assert answer.value.form == FORM and answer.value.state is CaseState.DRAFT and answer.value.version == 0
        assert ledger.case(case(2)) is None and ledger.find_by_slip(SlipCode("Z9Z-999")) is None
        assert ledger.deeds(case(1)) == (status,)
        assert (ledger.state().waiting, ledger.state().audit_entries) == (1, 1)


def test_how_long_the_platform_has_not_confirmed_the_catalogue(tmp_path: Path) -> None:
    with ledger_at(tmp_path / "s", Hands()) as ledger:
        assert ledger.catalogue_held() is None
        with ledger._opened().write() as db:
            mirror.keep_pack(db, "business_scope", "2026-07", "ab", b"{}", START)
        assert ledger.catalogue_held() == ("2026-07", START.date())
        with ledger._opened().write() as db:
            mirror.confirm_pack(db, "business_scope", START + timedelta(days=3))
        assert ledger.catalogue_held() == ("2026-07", START.date() + timedelta(days=3))


def test_only_the_newest_draft_waits_and_the_same_is_no_new_one(tmp_path: Path) -> None:
    with ledger_at(tmp_path / "s", Hands()) as ledger:
        for copies in (1, 2, 3):
            ledger.record(SaveDraft(case(1), SLIP, OpeningForm(licence_copies=copies)), told())
        (one,) = _owed(ledger)
        ledger.record(SaveDraft(case(1), SLIP, OpeningForm(licence_copies=3)), told())
        assert [again.key for again in _owed(ledger)] == [one.key]
        assert ledger.state().audit_entries == 4


def test_a_submission_goes_behind_its_own_form(tmp_path: Path) -> None:
    with ledger_at(tmp_path / "s", Hands()) as ledger:
        ledger.record(SaveDraft(case(1), SLIP, OpeningForm()), told())
        ledger.record(SubmitCase(case(1), SLIP, FORM, START), told(AuditKind.SUBMITTED))
        draft, older, submission = (_owed(ledger) * 2)[:3]
        operations = [one.operation for one in _owed(ledger)]
        assert operations[-2:] == ["putDraft", "submitCase"]
        assert wire.form_of(_owed(ledger)[-2].body) == FORM
        assert draft.key != older.key != submission.key
        answer = ledger.case(case(1))
        assert (
            answer is not None and answer.value.state is CaseState.DRAFT
        )  # not submitted before the platform says so


def test_a_draft_that_waits_or_is_known_is_not_sent_again(tmp_path: Path) -> None:
    with ledger_at(tmp_path / "s", Hands()) as ledger:
        ledger.record(SaveDraft(case(1), SLIP, FORM), told())
        ledger.record(SubmitCase(case(1), SLIP, FORM, START), told(AuditKind.SUBMITTED))
        assert [one.operation for one in _owed(ledger)] == ["putDraft", "submitCase"]
        _mirror(ledger, 2, form=FORM)
        ledger.record(SubmitCase(case(2), SLIP, FORM, START), told(AuditKind.SUBMITTED))
        assert [one.operation for one in _owed(ledger, 2)] == ["submitCase"]


def test_pressing_twice_is_acting_once(tmp_path: Path) -> None:
    with ledger_at(tmp_path / "s", Hands()) as ledger:
        first = ledger.record(SubmitCase(case(1), SLIP, FORM, START), told(AuditKind.SUBMITTED))
        later = START + timedelta(seconds=2)
        assert ledger.record(SubmitCase(case(1), SLIP, FORM, later), told(AuditKind.SUBMITTED, later)) == first
        rated = ledger.record(RateVisit(case(1), "accepted", 5, START), told(AuditKind.RATED))
        assert ledger.record(RateVisit(case(1), "accepted", 1, later), told(AuditKind.RATED)) == rated
        assert ledger.record(RateVisit(case(1), "collected", 1, later), told(AuditKind.RATED)) != rated
        said = SaidFeedback(FeedbackId(case(7)), FeedbackKind.SLOW, "等得久", START)
        told_once = ledger.record(GiveFeedback(said), told(AuditKind.FEEDBACK_GIVEN))
        assert ledger.record(GiveFeedback(said), told(AuditKind.FEEDBACK_GIVEN, later)) == told_once
        assert ledger.state().audit_entries == 4


def test_an_expired_catalogue_stops_the_submission_and_nothing_else(tmp_path: Path) -> None:
    hands = Hands()
    with ledger_at(tmp_path / "s", hands) as ledger:
        with ledger._opened().write() as db:
            mirror.keep_pack(db, PACK, "1", "a" * 64, b"{}", START)
        ages = ((7, Freshness.CURRENT), (8, Freshness.OLD), (30, Freshness.OLD), (31, Freshness.EXPIRED))
        past = 0
        for days, fresh in ages:
            hands.advance(days=days - past)
            past = days
            assert (ledger.state().catalogue, ledger.state().catalogue_days) == (fresh, days)
        assert isinstance(ledger.record(SaveDraft(case(1), SLIP, FORM), told()), DeedStatus)
        refused = ledger.record(SubmitCase(case(1), SLIP, FORM, START), told(AuditKind.SUBMITTED))
        assert isinstance(refused, Fault) and refused.code is FaultCode.CATALOGUE_EXPIRED
        with ledger._opened().write() as db:
            mirror.confirm_pack(db, PACK, hands.clock().now())
        assert ledger.state().catalogue is Freshness.CURRENT
        assert isinstance(
            ledger.record(SubmitCase(case(1), SLIP, FORM, START), told(AuditKind.SUBMITTED)), DeedStatus
        )


def test_what_waits_is_limited_and_facts_are_always_taken(tmp_path: Path) -> None:
    with ledger_at(tmp_path / "s", Hands(), "w-03", most_waiting=2) as ledger:
        for number in (1, 2):
            assert isinstance(ledger.record(SaveDraft(case(number), SLIP, FORM), told(actor="0317")), DeedStatus)
        full = ledger.record(SaveDraft(case(3), SLIP, FORM), told(actor="0317"))
        assert isinstance(full, Fault) and full.code is FaultCode.NEEDS_NETWORK
        assert ledger.state().audit_entries == 2 and ledger.case(case(3)) is None
        fact = AbortHandover(HandoverId(case(9)), case(9), "wrong seal", START)
        assert isinstance(ledger.record(fact, told(AuditKind.HANDOVER_ABORTED)), DeedStatus)


def test_who_has_to_send_what(tmp_path: Path) -> None:
    """A clerk's acts wait for that clerk; facts are sent by the terminal itself, whoever sits there."""
    with ledger_at(tmp_path / "s", Hands(), "w-03") as ledger:
        decision = DecideAcceptance(case(1), 4, "accept", StaffRef("0317"), START)
        ledger.record(decision, told(AuditKind.ACCEPTANCE_DECIDED, actor="0317"))
        fact = RecordHandover(
            HandoverId(case(8)), case(1), PermitId(case(7)), (ArticleId(case(6)),), BlobId("a" * 64), "R-1", START
        )
        ledger.record(fact, told(AuditKind.HANDED_OVER, actor="0317"))
        intent, kept = _owed(ledger)
        assert (intent.staff_ref, intent.version, intent.fact) == ("0317", 4, False)
        assert (kept.staff_ref, kept.version, kept.fact, kept.blobs) == ("", None, True, ("a" * 64,))
        assert kept.path == f"/v1/handovers/{case(8)}/handed-over"
    with ledger_at(tmp_path / "t", Hands()) as ledger:
        ledger.record(SaveDraft(case(1), SLIP, FORM), told())
        assert _owed(ledger)[0].staff_ref == ""


def test_a_prepared_handover_survives_and_ends_with_its_fact(tmp_path: Path) -> None:
    permit = Permit(PermitId(case(7)), b"payload", b"s" * 64, START + timedelta(minutes=20))
    lines = (
        HandoverLine(ArticleId(case(6)), UnitId("licence_paper-50010001")),
        HandoverLine(ArticleId(case(5)), batch_id=None, first_no=None),
    )
    prepared = Handover(HandoverId(case(8)), case(1), HandoverState.PREPARED, 1, lines, permit)
    for ends in ("handed", "aborted"):
        path = tmp_path / ends
        with ledger_at(path, Hands(), "w-03") as ledger:
            _mirror(ledger, 1, state="READY", version=9, open_handover=case(8), articles=[case(6), case(5)])
            assert ledger.keep_handover(prepared) is None
            assert ledger.keep_handover(prepared) is None
        with ledger_at(path, Hands(), "w-03") as ledger:
            assert ledger.handovers() == (prepared,)
            if ends == "handed":
                fact = RecordHandover(
                    prepared.id, case(1), permit.id, (ArticleId(case(6)),), BlobId("a" * 64), "R-1", START
                )
                ledger.record(fact, told(AuditKind.HANDED_OVER))
            else:
                ledger.record(AbortHandover(prepared.id, case(1), "no", START), told(AuditKind.HANDOVER_ABORTED))
            assert ledger.handovers() == ()
            answer = ledger.case(case(1))
            assert answer is not None and answer.value.open_handover is None and not answer.live
            states = [article.state for article in answer.value.articles]
            gone = ArticleState.HANDED_OVER if ends == "handed" else ArticleState.PREPARED
            assert states == [gone, ArticleState.PREPARED]


def test_the_hall_list_shows_open_work_newest_change_first(tmp_path: Path) -> None:
    with ledger_at(tmp_path / "s", Hands(), "w-03") as ledger:
        for number, state in enumerate(("SUBMITTED", "READY", "DRAFT", "CLOSED", "IN_REVIEW"), 1):
            _mirror(ledger, number, state=state, version=2)
        assert [one.value.id for one in ledger.cases()] == [case(5), case(2), case(1)]
        _mirror(ledger, 1, state="ACCEPTED", version=3)
        _mirror(ledger, 2, state="READY", version=2)  # nothing new
        assert [one.value.id for one in ledger.cases()] == [case(1), case(5), case(2)]


def test_an_older_answer_that_comes_late_changes_nothing(tmp_path: Path) -> None:
    with ledger_at(tmp_path / "s", Hands()) as ledger:
        _mirror(ledger, 1, state="ACCEPTED", version=5)
        _mirror(ledger, 1, state="SUBMITTED", version=4)
        answer = ledger.case(case(1))
        assert answer is not None and answer.value.state is CaseState.ACCEPTED


def test_masked_answers_never_cover_whole_ones(tmp_path: Path) -> None:
    with ledger_at(tmp_path / "s", Hands()) as ledger:
        masked = wire.mirrored(case_json(case(1), masked=True))
        assert masked is not None
        ledger.keep_cases((masked,))
        assert ledger.case(case(1)) is None


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(form=forms())
def test_any_form_comes_back_as_it_was_entered(tmp_path_factory: pytest.TempPathFactory, form: OpeningForm) -> None:
    with ledger_at(tmp_path_factory.mktemp("any") / "s", Hands()) as ledger:
        ledger.record(SaveDraft(case(1), SLIP, form), told())
        answer = ledger.case(case(1))
        assert answer is not None and answer.value.form == form


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(form=forms())
def test_no_log_holds_anything_personal(
    tmp_path_factory: pytest.TempPathFactory, caplog: pytest.LogCaptureFixture, form: OpeningForm
) -> None:
    caplog.set_level(logging.DEBUG)
    with ledger_at(tmp_path_factory.mktemp("logs") / "s", Hands(), most_waiting=1) as ledger:
        ledger.record(SubmitCase(case(1), SLIP, form, START), told(AuditKind.SUBMITTED))
        ledger.record(SaveDraft(case(2), SLIP, form), told())
        texts = caplog.text + repr(ledger.deeds(case(1))) + repr(ledger.case(case(1))) + repr(_owed(ledger))
        ledger.forget_visit(case(1))
    for person in form.people:
        for secret in (person.name, person.cert_no, person.phone, person.address):
            # What is shorter may stand there by chance: a name of four Latin letters is found in "False".
            assert len(secret) < (8 if secret.isascii() else 4) or secret not in texts


class TestForgetting:
    """The wipe at the end of a visit, and what outlives it."""

    def _person_form(self) -> OpeningForm:
        from tests.faults.hall import form

        return form()

    def test_a_settled_case_goes_at_once(self, tmp_path: Path) -> None:
        with ledger_at(tmp_path / "s", Hands()) as ledger:
            ledger.record(SubmitCase(case(1), SLIP, self._person_form(), START), told(AuditKind.SUBMITTED))
            self._settle(ledger)
            _mirror(ledger, 1, state="SUBMITTED", version=2, form=self._person_form())
            ledger.forget_visit(case(1))
            assert ledger.case(case(1)) is None and ledger.deeds(case(1)) == ()
            assert ledger.state().audit_entries == 1

    def test_what_is_owed_stays_until_it_is_settled(self, tmp_path: Path) -> None:
        hands = Hands()
        with ledger_at(tmp_path / "s", hands) as ledger:
            ledger.record(SubmitCase(case(1), SLIP, self._person_form(), START), told(AuditKind.SUBMITTED))
            ledger.forget_visit(case(1))
            hands.advance(days=3)
            ledger.forget_visit(None)
            assert [one.operation for one in _owed(ledger)] == ["putDraft", "submitCase"]
            self._settle(ledger)
            ledger.forget_visit(None)
            assert ledger.case(case(1)) is None and ledger.deeds(case(1)) == ()

    def test_a_task_keeps_what_it_is_about(self, tmp_path: Path) -> None:
        hands = Hands()
        with ledger_at(tmp_path / "s", hands) as ledger:
            ledger.record(SubmitCase(case(1), SLIP, self._person_form(), START), told(AuditKind.SUBMITTED))
            with ledger._opened().write() as db:
                refused = Fault(FaultCode.PLATFORM_REFUSED, {"slug": "version-mismatch"})
                outbox.park(db, outbox.lease(db, 1)[0], refused, START)
            ledger.forget_visit(case(1))
            hands.advance(days=30)
            ledger.forget_visit(None)
            (task,) = ledger.tasks()
            assert task.case_id == case(1) and task.fault.details["slug"] == "version-mismatch"
            assert ledger.state().parked == 1 and len(_owed(ledger)) == 2

    @pytest.mark.parametrize("sent", [False, True])
    def test_an_unclaimed_draft_goes_after_a_day(self, tmp_path: Path, sent: bool) -> None:
        hands = Hands()
        with ledger_at(tmp_path / "s", hands) as ledger:
            ledger.record(SaveDraft(case(1), SLIP, self._person_form()), told())
            if sent:
                self._settle(ledger)
                _mirror(ledger, 1, form=self._person_form())
            ledger.forget_visit(case(1))
            hands.advance(hours=23)
            ledger.forget_visit(None)
            assert ledger.find_by_slip(SLIP) is not None
            hands.advance(hours=2)
            ledger.forget_visit(None)
            assert ledger.find_by_slip(SLIP) is None and ledger.deeds(case(1)) == ()

    def test_a_claimed_draft_stays(self, tmp_path: Path) -> None:
        hands = Hands()
        with ledger_at(tmp_path / "s", hands) as ledger:
            ledger.record(SaveDraft(case(1), SLIP, self._person_form()), told())
            ledger.forget_visit(case(1))
            hands.advance(hours=23)
            ledger.record(SaveDraft(case(1), SLIP, replace(self._person_form(), licence_copies=3)), told())
            hands.advance(hours=2)
            with ledger._opened().write() as db:
                assert not retention.sweep(db, ledger._clock.now(), keeps_site=False)
            assert ledger.find_by_slip(SLIP) is not None

    def test_what_a_visit_only_looked_at_goes_with_it(self, tmp_path: Path) -> None:
        with ledger_at(tmp_path / "s", Hands()) as ledger:
            _mirror(ledger, 1, state="READY", version=9)
            _mirror(ledger, 2, state="CLOSED", version=9)
            ledger.forget_visit(None)
            assert ledger.case(case(1)) is None and ledger.case(case(2)) is None

    def test_a_window_keeps_the_hall(self, tmp_path: Path) -> None:
        with ledger_at(tmp_path / "s", Hands(), "w-03") as ledger:
            _mirror(ledger, 1, state="READY", version=9)
            ledger.forget_visit(case(1))
            assert ledger.case(case(1)) is not None

    def test_a_loose_signature_goes_with_the_visit(self, tmp_path: Path) -> None:
        with ledger_at(tmp_path / "s", Hands()) as ledger:
            signed = self._person_form()
            loose, bound = ledger.keep_blob(b"loose", "signature"), ledger.keep_blob(b"bound", "signature")
            assert not isinstance(loose, Fault) and not isinstance(bound, Fault)
            assert ledger.keep_blob(b"bound", "signature") == bound
            person = replace(signed.people[0], signature=bound)
            ledger.record(SaveDraft(case(1), SLIP, replace(signed, people=(person,))), told())
            ledger.forget_visit(case(1))
            with ledger._opened().read() as db:
                assert db.execute("SELECT id FROM blobs").fetchall() == [(bound,)]

    def _settle(self, ledger: CacheLedger) -> None:
        with ledger._opened().write() as db:
            while rows := outbox.lease(db, 9):
                for row in rows:
                    outbox.acknowledge(db, row, START, replayed=False)
