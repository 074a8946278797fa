"""两处都改过 at the window: nothing is decided by being left out, and the draft goes on as the applicant said."""

from dataclasses import replace
from decimal import Decimal

import pytest

from kiosk.audit import AuditKind
from kiosk.contracts.ledger import SettleDraft, Verdict
from kiosk.domain.case import CaseState
from kiosk.domain.draft_split import Side
from kiosk.domain.ids import CaseId
from kiosk.faults import Fault, FaultCode
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Effect, Event, advance
from kiosk.workflow.settle import undecided
from kiosk.workflow.window import WINDOW
from tests.unit.ui.viewmodels.clerk_walk import Walk, case, chose, deed, on_duty, parted, settling

BOTH = (Side.MINE, Side.THEIRS)


def acted(walk: Walk, event: Event) -> tuple[Walk, tuple[Effect, ...]]:
    walk.state, effects = advance(WINDOW, walk.state, event)
    return walk, effects


def test_the_free_desk_asks_the_disk_every_time() -> None:
    walk, effects = acted(settling(), ev.BackAsked())
    assert walk.state.step == "find_case" and any(isinstance(one, do.LookForSplits) for one in effects)
    assert walk.state.splits and walk.state.split is None and walk.state.decided == ()  # it still waits
    assert walk.did(ev.SplitsLooked()).state.splits == ()


def test_nothing_to_settle_nothing_to_open() -> None:
    assert on_duty().did(ev.SettleAsked()).state.step == "find_case"


def test_its_case_opens_whichever_way_it_is_found_and_others_open_as_always() -> None:
    found = ev.CasesFound((case(CaseState.DRAFT),))
    walk = parted(drafts=2).did(ev.CodeTyped("K7P428"), found)
    assert walk.state.step == "settle_draft" and walk.state.case is not None
    assert walk.state.case.state is CaseState.DRAFT
    other = replace(case(CaseState.IN_REVIEW), id=CaseId("01JDOTHER9"))
    assert parted().did(ev.CodeTyped("K7P428"), ev.CasesFound((other,))).state.step == "see_case"


@pytest.mark.parametrize("decided", [(), BOTH[:1]])
def test_while_one_answer_is_open_nothing_is_recorded(decided: tuple[Side, ...]) -> None:
    walk, effects = acted(chose(*decided), ev.NextAsked())
    assert effects == () and walk.state.step == "settle_draft"
    assert undecided(walk.state) == 2 - len(decided)


def test_what_was_chosen_is_what_is_recorded() -> None:
    walk, effects = acted(chose(*BOTH), ev.NextAsked())
    (record,) = effects
    assert isinstance(record, do.Record) and isinstance(record.deed, SettleDraft)
    assert record.audit is AuditKind.DRAFT_SETTLED and dict(record.fields) == {"mine": "1", "theirs": "1"}
    form, split = record.deed.form, walk.state.split
    assert split is not None and record.deed.version == split.version
    assert form.registered_capital == Decimal(80)
    assert [one.phone for one in form.people][1] == "13600002222"
    assert (form.licence_copies, form.scope) == (3, split.theirs.scope)  # what only one side changed
    walk.did(ev.DeedRecorded(deed(Verdict.WAITING, walk.at)))
    assert walk.state.step == "find_case"


def test_the_applicant_may_think_again() -> None:
    walk = chose(*BOTH).did(ev.SideChosen("capital", Side.THEIRS))
    assert dict(walk.state.decided) == {"people.p2": Side.THEIRS, "capital": Side.THEIRS}
    assert walk.did(ev.SideChosen("licence_copies", Side.MINE)).state.decided == walk.state.decided  # nobody asked


def test_changed_once_more_it_is_looked_at_again_and_asked_anew() -> None:
    walk = chose(*BOTH).did(ev.LedgerFailed(Fault(FaultCode.DRAFT_SPLIT, {"slug": "changed-again"})))
    assert walk.state.step == "settle_draft" and walk.state.fault is not None
    ((found, split),) = walk.state.splits
    newer = replace(split, version=split.version + 1)
    walk.did(ev.SplitsLooked(((found, newer),)))
    assert walk.state.split == split and len(walk.state.decided) == 2  # what is being decided stands still
    walk.did(ev.RetryAsked())
    assert walk.state.split == newer and walk.state.decided == () and walk.state.fault is None
    assert walk.did(ev.SplitsLooked(), ev.RetryAsked()).state.step == "find_case"  # settled elsewhere meanwhile


def test_whoever_leaves_leaves_nothing_decided() -> None:
    walk = chose(*BOTH).did(ev.StaffLeft())
    assert walk.state.step == "present_staff_card" and walk.state.splits == () and walk.state.split is None
