"""The citizen's side of a window: what it may show of the clerk's work, what it may do; and nobody waits for it."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import Any

import pytest

from kiosk.audit import AuditKind
from kiosk.contracts.ledger import RateVisit, Verdict
from kiosk.domain.case import CaseState
from kiosk.domain.ids import BlobId, PersonRef
from kiosk.rules.documents import samples
from kiosk.rules.documents.sheet import copies_of
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.customer_side import customer_side
from kiosk.workflow.machine import Effect, Event, advance
from kiosk.workflow.notices import paper_of
from kiosk.workflow.window import WINDOW
from tests.unit.ui.viewmodels import citizen_walk, clerk_walk, customer_walk, entry_walk
from tests.unit.ui.viewmodels.clerk_walk import CASE, PNG, RECIPIENT, Walk


def did(walk: Walk, event: Event) -> tuple[Effect, ...]:
    """What one more event has done."""
    _, effects = advance(WINDOW, replace(walk.state, now=walk.at), event)
    walk.did(event)
    return effects


def values(node: Any) -> Iterator[str]:
    """Every text anywhere inside a value."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, Enum):
        yield str(node.value)
    elif isinstance(node, tuple | list):
        for one in node:
            yield from values(one)
    elif is_dataclass(node):
        for one in fields(node):
            yield from values(getattr(node, one.name))


def test_no_number_of_a_person_and_no_full_name_leaves_the_desk() -> None:
    people = clerk_walk.case(CaseState.READY).form.people
    secrets = {text for one in people for text in (one.cert_no, one.phone, one.name) if text}
    assert len(secrets) >= 4
    for name, still in customer_walk.stills().items():
        said = "\n".join(values(still.scene.state))
        assert not [secret for secret in secrets if secret in said], name


def test_nothing_of_others_and_of_the_queue_leaves_the_desk() -> None:
    """On the free desk, with the hall's cases and the queue beside it."""
    for walk in (clerk_walk.on_duty(), clerk_walk.queued(clerk_walk.SERVING), clerk_walk.left_over()):
        side = customer_side(walk.state)
        assert side == type(side)(walk.at, "welcome")


def test_a_case_that_the_clerk_only_looks_up_is_not_shown() -> None:
    found = ev.CasesFound((clerk_walk.case(CaseState.IN_REVIEW),))
    picked = clerk_walk.on_duty().did(ev.CasePicked(CASE), found)
    assert picked.state.step == "see_case" and customer_side(picked.state).step == "welcome"
    brought = clerk_walk.on_duty().did(ev.CodeTyped("K7P428"), found)
    assert customer_side(brought.state).step == "own_case"
    again = brought.did(ev.BackAsked(), ev.CasePicked(CASE), found)
    assert customer_side(again.state).step == "welcome"


def test_what_is_filled_in_is_shown_to_whoever_is_asked_for_it_and_goes_on_to_the_materials() -> None:
    side = customer_side(entry_walk.filled().state)
    assert side.step == "own_form" and side.name and side.items and "*" in side.who
    assert customer_side(entry_walk.arrived().state).step == "own_case"


def test_whose_card_it_is_decides_at_the_hand_over() -> None:
    found = ev.CasesFound((clerk_walk.case(CaseState.READY),))
    picked = clerk_walk.on_duty().did(ev.CasePicked(CASE), found)
    side = customer_side(picked.state)
    assert side.step == "show_card" and not side.name and not side.slip_code
    stranger = replace(citizen_walk.LI, number="500101199001010014")
    assert not customer_side(picked.did(ev.CardRead(stranger)).state).name
    own = customer_side(picked.did(ev.RetryAsked(), ev.CardRead(citizen_walk.WANG)).state)
    assert own.name and own.who == "王*试"


@pytest.mark.parametrize("of", [clerk_walk.prepared, clerk_walk.signed, clerk_walk.intake, clerk_walk.registered])
def test_a_locked_window_shows_nothing(of: Any) -> None:
    walk = of()
    before = customer_side(walk.state)
    side = customer_side(walk.did(ev.LockAsked()).state)
    assert before.step != "paused" and side == type(side)(walk.at, "paused")


def test_signing_out_and_the_next_customer_clear_it() -> None:
    assert customer_side(clerk_walk.prepared().did(ev.StaffLeft()).state).step == "paused"
    assert customer_side(clerk_walk.registered().did(ev.NextAsked()).state).step == "welcome"


def test_consent_is_written_down_when_it_was_given_and_goes_to_the_platform() -> None:
    walk = clerk_walk.recipient()
    [note] = did(walk, ev.CustomerAgreed())
    assert isinstance(note, do.Note) and note.audit is AuditKind.CONSENT_GIVEN
    agreed = walk.at
    assert did(walk, ev.CustomerAgreed()) == ()  # once
    [verify] = did(walk.later(seconds=20), ev.RecipientConfirmed())
    assert isinstance(verify, do.Verify)
    assert verify.question.consent_at == agreed < verify.question.card_read_at


def test_another_card_is_another_persons_consent() -> None:
    walk = clerk_walk.recipient().did(ev.CustomerAgreed(), ev.RetryAsked())
    assert walk.state.agreed_at is None


def test_the_clerk_waits_for_nobody_on_the_other_side() -> None:
    walk = clerk_walk.recipient()
    [verify] = did(walk, ev.RecipientConfirmed())
    assert isinstance(verify, do.Verify) and verify.question.consent_at == verify.question.card_read_at


def test_a_signature_taken_back_stops_the_hand_over_until_there_is_another() -> None:
    walk = clerk_walk.signed().did(ev.SignatureDropped())
    assert walk.state.signature is None and walk.state.signature_png == b""
    assert did(walk, ev.HandOverAsked()) == ()
    walk.did(ev.SignatureDrawn(RECIPIENT, PNG), ev.SignatureKept(RECIPIENT, BlobId("b" * 64)))
    assert isinstance(did(walk, ev.HandOverAsked())[0], do.FinishHandover)
    over = clerk_walk.handed()
    kept = over.state.signature
    assert over.did(ev.SignatureDropped()).state.signature == kept is not None


@pytest.mark.parametrize(("of", "phase"), [(clerk_walk.accepted, "accepted"), (clerk_walk.registered, "collected")])
def test_one_rating_of_what_was_done_and_none_that_nobody_gave(of: Any, phase: str) -> None:
    walk = of()
    before = walk.state.deed
    [record] = did(walk, ev.Rated(2))
    assert isinstance(record, do.Record) and isinstance(record.deed, RateVisit)
    assert (record.deed.case_id, record.deed.phase, record.deed.level) == (CASE, phase, 2)
    walk.did(ev.DeedRecorded(clerk_walk.deed(Verdict.WAITING, walk.at)))
    assert walk.state.deed == before  # what became of the case is not the rating's
    assert did(walk, ev.Rated(5)) == ()
    assert did(of(), ev.RatingSkipped()) == ()
    assert did(clerk_walk.intake(), ev.Rated(5)) == ()


def test_the_notice_is_signed_on_both_copies() -> None:
    walk = customer_walk.told()
    assert did(walk, ev.SignatureDrawn(PersonRef("applicant"), PNG)) == ()
    [paper] = paper_of(walk.state)
    assert isinstance(paper, do.PrintPaper) and paper.ink == {"applicant": PNG}
    copies = copies_of(paper.make, samples.issuing(), paper.job, paper.ink)
    assert len(copies) == 2
    for sheet in copies:
        inked = [block for part in sheet.parts for block in part.blocks if getattr(block, "ink", b"")]
        assert len(inked) == 1, sheet.title
    walk.did(ev.SignatureDropped())
    assert walk.state.signature_png == b""
    unsigned = customer_walk.told().state
    [plain] = paper_of(unsigned)
    assert isinstance(plain, do.PrintPaper) and not plain.ink


def test_a_signature_means_nothing_before_there_is_a_notice() -> None:
    walk = clerk_walk.intake()
    assert walk.did(ev.SignatureDrawn(PersonRef("applicant"), PNG)).state.signature_png == b""
