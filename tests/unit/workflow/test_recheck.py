"""待核实: what stopped half-way is found again, nothing is claimed, and only what was seen goes back."""

from dataclasses import replace

import pytest

from kiosk.contracts.ledger import AbortHandover
from kiosk.domain.case import CaseState
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Effect, Event, advance
from kiosk.workflow.recheck import REASON
from kiosk.workflow.window import WINDOW
from tests.unit.ui.viewmodels.clerk_walk import (
    ARTICLES,
    COMPANY,
    SCANS,
    Walk,
    case,
    left_over,
    on_duty,
    prepared,
    rechecking,
    scan,
)
from ui.viewmodels import clerk
from ui.words import Words


def acted(walk: Walk, event: Event) -> tuple[Walk, tuple[Effect, ...]]:
    walk.state, effects = advance(WINDOW, walk.state, event)
    return walk, effects


def seen() -> Walk:
    return rechecking().did(*SCANS, ev.ArticleRechecked(ARTICLES[-1].id, here=True))


def test_the_free_desk_asks_the_disk_every_time() -> None:
    walk, effects = acted(prepared(), ev.AbortAsked("returned_to_safe"))
    assert walk.state.step == "find_case"
    recorded, looked = (next(n for n, e in enumerate(effects) if isinstance(e, kind))
                        for kind in (do.Record, do.LookForHandover))  # fmt: skip
    assert recorded < looked  # what was put back just now is no longer left over
    assert left_over().did(ev.HandoverLooked()).state.unsettled is None


def test_nothing_to_recheck_nothing_to_open() -> None:
    assert on_duty().did(ev.RecheckAsked()).state.step == "find_case"


def test_its_case_opens_for_the_recheck_whichever_way_it_is_found() -> None:
    walk = left_over().did(ev.CodeTyped("K7P428"), ev.CasesFound((case(CaseState.READY),)))
    assert walk.state.step == "recheck_handover"
    assert [c.article_id for c in walk.state.checks] == [a.id for a in ARTICLES]
    other = replace(case(CaseState.IN_REVIEW), id=case(CaseState.READY).id[:-1] + "9")  # type: ignore[arg-type]
    assert left_over().did(ev.CasesFound((other,))).state.step == "see_case"


def test_all_seen_they_go_back_as_a_fact_and_the_desk_is_free() -> None:
    walk, effects = acted(seen(), ev.AbortAsked(REASON))
    (record,) = [e for e in effects if isinstance(e, do.Record)]
    assert isinstance(record.deed, AbortHandover) and record.deed.reason == REASON
    assert walk.state.step == "find_case"


@pytest.mark.parametrize("here", [False, None])
def test_with_one_missing_or_unseen_nothing_goes_back(here: bool | None) -> None:
    walk = rechecking().did(*SCANS)
    if here is not None:
        walk.did(ev.ArticleRechecked(ARTICLES[-1].id, here=here))
    walk, effects = acted(walk, ev.AbortAsked(REASON))
    assert effects == () and walk.state.step == "recheck_handover"
    assert walk.did(ev.BackAsked()).state.unsettled is not None  # it stays open


def test_what_turned_up_after_all_counts() -> None:
    walk = rechecking().did(ev.ArticleRechecked(ARTICLES[0].id, here=False), *SCANS)
    walk.did(ev.ArticleRechecked(ARTICLES[-1].id, here=True))
    assert acted(walk, ev.AbortAsked(REASON))[0].state.step == "find_case"


def test_a_strange_code_changes_nothing_and_the_scanner_goes_on() -> None:
    walk = rechecking()
    before = walk.state.checks
    walk, effects = acted(walk, scan("4711"))
    assert walk.state.checks == before and effects == (do.ScanCode(),)


def test_what_was_recorded_before_a_stop_is_said_and_asks_for_a_look() -> None:
    """Recorded is certain; that things and sheet were given, nobody here has seen."""
    walk = on_duty().did(ev.HandoverLooked(unwitnessed=case(CaseState.CLOSED)))
    still = walk.still()
    (banner,) = clerk.present(still.scene, Words("zh"), {}).lists["banners"]
    assert banner["key"] == "unwitnessed" and COMPANY in str(banner["what"])
    assert "act" not in banner or not banner["act"]
    assert walk.did(ev.HandoverLooked()).state.unwitnessed is None
