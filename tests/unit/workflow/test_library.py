"""The library of certificates at intake: offered before it is asked for, used with consent, never asked for again."""

from dataclasses import replace
from datetime import date

import pytest

from kiosk.audit import AuditKind
from kiosk.domain.library import LibraryPaper, WhyNot
from kiosk.faults import Fault, FaultCode
from kiosk.rules.materials import Mark, MaterialLine
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow import library_effects as lend
from kiosk.workflow.customer_side import customer_side
from kiosk.workflow.desk import Desk, mark_of
from kiosk.workflow.events.library import LibraryAnswered, LibraryAsked, LibraryUsed
from kiosk.workflow.library import not_offered, offered
from kiosk.workflow.machine import Effect, Event, advance
from kiosk.workflow.window import WINDOW
from tests.unit.ui.viewmodels import clerk_walk as walk
from ui.viewmodels.clerk import present
from ui.words import Words

EXPIRED = replace(walk.DEED, valid_until=date(2026, 11, 1), why_not=WhyNot.EXPIRED)
OTHER = replace(walk.DEED, why_not=WhyNot.OTHER_NAME)


def walked(state: Desk, event: Event) -> tuple[Desk, tuple[Effect, ...]]:
    return advance(WINDOW, state, event)


def domicile(d: Desk) -> MaterialLine:
    return next(line for line in d.materials if line.code == "domicile_proof")


def test_the_library_is_looked_into_when_the_case_opens() -> None:
    found = ev.CasesFound((walk.case(walk.CaseState.SUBMITTED),))
    state, effects = walked(walk.on_duty().did(ev.CodeTyped(walk.SLIP)).state, found)
    assert state.step == "check_materials"
    assert lend.LookInLibrary(walk.CASE) in effects


def test_what_the_library_holds_is_never_asked_for() -> None:
    state, _ = walked(walk.with_library().state, ev.MaterialJudged("domicile_proof", Mark.MISSING.value))
    assert state.fault == Fault(FaultCode.MATERIAL_HELD)
    assert dict(state.marks).get("domicile_proof") is None


@pytest.mark.parametrize("paper", [EXPIRED, OTHER], ids=["expired", "other-name"])
def test_what_is_no_good_is_not_offered_and_may_be_asked_for(paper: LibraryPaper) -> None:
    state = walk.with_library(paper).state
    line = domicile(state)
    assert offered(state, line) is None and not_offered(state, line) is paper
    assert walked(state, LibraryAsked("L1"))[0].library.asked == ""
    state, _ = walked(state, ev.MaterialJudged("domicile_proof", Mark.MISSING.value))
    assert dict(state.marks)["domicile_proof"] is Mark.MISSING


def test_nothing_is_used_before_its_holder_has_agreed() -> None:
    asked, effects = walked(walk.with_library().state, LibraryAsked("L1"))
    assert effects == () and customer_side(asked).step == "agree_library"
    taking, effects = walked(asked, LibraryAnswered(True))
    note, use = effects
    assert isinstance(note, do.Note) and note.audit is AuditKind.CONSENT_GIVEN
    assert isinstance(use, lend.UseFromLibrary) and (use.paper_id, use.at) == ("L1", taking.now)
    assert walked(taking, LibraryAnswered(True))[1] == (), "once"
    used, _ = walked(taking, LibraryUsed("L1"))
    line = domicile(used)
    assert mark_of(used, line) is Mark.IN_ORDER and line.source == "e_cert_library"
    assert customer_side(used).step == "own_case"


def test_whoever_declines_brings_it() -> None:
    asked, _ = walked(walk.with_library().state, LibraryAsked("L1"))
    declined, effects = walked(asked, LibraryAnswered(False))
    assert effects == () and offered(declined, domicile(declined)) is None
    state, _ = walked(declined, ev.MaterialJudged("domicile_proof", Mark.MISSING.value))
    assert dict(state.marks)["domicile_proof"] is Mark.MISSING


def test_a_paper_that_was_not_given_leaves_the_line_as_it_was() -> None:
    asked, _ = walked(walk.with_library().state, LibraryAsked("L1"))
    taking, _ = walked(asked, LibraryAnswered(True))
    failed, _ = walked(taking, ev.PlatformFailed(Fault(FaultCode.LIBRARY_REFUSED)))
    assert failed.fault == Fault(FaultCode.LIBRARY_REFUSED) and not failed.library.asked
    assert mark_of(failed, domicile(failed)) is Mark.OPEN


@pytest.mark.parametrize(("written", "differs"), [
    ("重庆市渝中区示例路1号2-3", False), ("示例路１号２—３", False), ("", False),
    ("示例路 1 号 1-1", True), ("重庆市江北区示例路1号2-3", True),
])  # fmt: skip
def test_another_address_on_the_certificate_is_said_at_the_field(written: str, differs: bool) -> None:
    words = Words("zh")
    page = present(walk.with_library(replace(walk.DEED, about=written)).still().scene, words, {})
    told = {row["key"]: row["words"] for row in page.lists["about"]}
    assert told["domicile"] == (words.say("library.differs") if differs else ""), "equal says nothing"
    assert [key for key, said in told.items() if said] == ["domicile"] * differs
    cells = [row["cells"] for row in page.lists["materials"]]
    held = [one["look"] for one in cells if one["source"] == words.say("library.source")]
    assert [one == words.say("library.elsewhere") for one in held] == [differs], (
        "need it be brought? Nobody knows yet"
    )
