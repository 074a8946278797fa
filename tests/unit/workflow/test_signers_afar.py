"""Signers who are not at the window: named without a card, asked by a link, counted when the platform says so."""

from dataclasses import replace

from kiosk.audit import AuditKind
from kiosk.domain.case import CaseState
from kiosk.domain.signing import SignerNow, SigningState
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.customer_side import customer_side
from kiosk.workflow.desk import Desk, DeskBusy
from kiosk.workflow.machine import Effect, Event, advance
from kiosk.workflow.on_desk import visit_of
from kiosk.workflow.visit import unsigned
from kiosk.workflow.window import WINDOW
from tests.unit.ui.viewmodels import entry_walk as walk
from ui.viewmodels.clerk import present
from ui.words import Words


def walked(state: Desk, event: Event) -> tuple[Desk, tuple[Effect, ...]]:
    return advance(WINDOW, state, event)


def test_whoever_is_not_here_is_named_by_number_and_phone_and_kept() -> None:
    before = walk.filled(walk.purposed("partners_all"))
    state, effects = walked(before.state, ev.AbsentGiven(None, "李示例", walk.LI.number, "13800000002"))
    person = visit_of(state).form.people[-1]
    assert person.is_absent and (person.name, person.phone) == ("李示例", "13800000002")
    assert any(isinstance(one, do.KeepDraft) for one in effects)
    again, _ = walked(state, ev.AbsentGiven(None, "李示例", walk.LI.number, "13800000002"))
    assert len(visit_of(again).form.people) == 2, "nobody twice"
    wrong, _ = walked(before.state, ev.AbsentGiven(None, "李示例", "500103199011030011", "13800000002"))
    assert len(visit_of(wrong).form.people) == 1, "a number that no certificate has names nobody"


def test_only_whoever_is_not_here_gets_a_link_and_both_sides_see_it() -> None:
    waiting = walk.waiting_afar()
    assert [one.ref for one in unsigned(visit_of(waiting.state))] == [walk.P2]
    assert walked(waiting.state, ev.LinkAsked(walk.P1))[1] == ()
    asked, effects = walked(waiting.state, ev.LinkAsked(walk.P2))
    assert effects == (do.InviteSigner(walk.CASE, walk.P2),)
    shown, effects = walked(asked, ev.SigningLinkMade(walk.LINK))
    assert [one.audit for one in effects if isinstance(one, do.Note)] == [AuditKind.SIGNER_INVITED]
    side = customer_side(shown)
    assert side.step == "show_link" and side.link == walk.LINK and "李示例" not in side.who
    assert customer_side(walked(shown, ev.LinkShut())[0]).step == "own_form"


def test_whoever_was_sent_a_link_is_said_to_have_it_at_once() -> None:
    waiting = walk.waiting_afar()
    waiting.did(ev.CaseChanged(replace(walk.case_of(waiting, CaseState.SIGNING), signers=()), (), True))
    shown = waiting.did(ev.LinkAsked(walk.P2), ev.SigningLinkMade(walk.LINK))
    page = present(shown.still().scene, Words("zh"), {})
    [row] = [one for one in page.lists["afar"] if one["key"] == walk.P2]
    assert row["state"] == "wait" and row["words"] != Words("zh").say("sign.afar.not_asked")


def test_the_link_is_printed_for_whoever_passes_it_on() -> None:
    waiting = walk.waiting_afar()
    assert walked(waiting.state, ev.PaperAsked())[1] == (), "there is none yet"
    shown = waiting.did(ev.LinkAsked(walk.P2), ev.SigningLinkMade(walk.LINK))
    state, (paper,) = walked(shown.state, ev.PaperAsked())
    assert isinstance(paper, do.PrintPaper) and paper.name == "signing_link" and state.busy is DeskBusy.PRINTING
    assert "李示例" not in paper.job and walk.LI.number not in paper.job


def test_a_signature_on_the_phone_counts_when_the_platform_says_so_and_then_it_may_be_submitted() -> None:
    shown = walk.waiting_afar().did(ev.LinkAsked(walk.P2), ev.SigningLinkMade(walk.LINK))
    case = walk.case_of(shown, CaseState.SIGNING)
    far = SignerNow(walk.P2, SigningState.SIGNED, by_phone=True, at=walk.TIME)
    stale, _ = walked(shown.state, ev.CaseChanged(replace(case, signers=(far,)), (), False))
    assert unsigned(visit_of(stale)), "only what the platform has now"
    assert walked(stale, ev.SubmitAsked())[1] == ()
    signed, _ = walked(shown.state, ev.CaseChanged(replace(case, signers=(far,)), (), True))
    assert not unsigned(visit_of(signed)) and visit_of(signed).link is None
    assert any(isinstance(one, do.Record) for one in walked(signed, ev.SubmitAsked())[1])
