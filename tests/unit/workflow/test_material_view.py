"""A material beside the data: fetched when asked for, forgotten when closed, its differences on the notice."""

from dataclasses import replace

from kiosk.domain.ids import MaterialId
from kiosk.faults import Fault, FaultCode
from kiosk.rules.materials import Mark
from kiosk.workflow import events as ev
from kiosk.workflow.desk import Desk, mark_of
from kiosk.workflow.events.material_view import (
    DifferenceNoted,
    MaterialLookAsked,
    MaterialLookClosed,
    MaterialPageFailed,
    MaterialPageRead,
)
from kiosk.workflow.machine import Effect, Event, advance
from kiosk.workflow.material_view import ReadMaterialPage
from kiosk.workflow.notices import everything
from kiosk.workflow.window import WINDOW
from tests.unit.ui.viewmodels import clerk_walk as walk

LINE = "domicile_proof"


def walked(state: Desk, event: Event) -> tuple[Desk, tuple[Effect, ...]]:
    return advance(WINDOW, state, event)


def mark(d: Desk) -> Mark:
    return mark_of(d, next(line for line in d.materials if line.id == LINE))


def test_only_what_was_photographed_can_be_looked_at_page_by_page() -> None:
    state = walk.intake_with_papers().state
    looking, effects = walked(state, MaterialLookAsked(LINE))
    assert effects == (ReadMaterialPage(walk.CASE, MaterialId("m1"), 1),) and looking.look is not None
    assert walked(looking, MaterialLookAsked(LINE, 2))[1] == (ReadMaterialPage(walk.CASE, MaterialId("m1"), 2),)
    for wrong in (MaterialLookAsked(LINE, 3), MaterialLookAsked("articles"), MaterialLookAsked("no such line")):
        assert walked(state, wrong) == (state, ()), "no page, no picture, no line"


def test_a_page_that_came_too_late_is_not_shown_and_nothing_stays_when_it_is_closed() -> None:
    state = walk.beside().state
    assert state.look is not None and state.look.shown is not None
    turned, _ = walked(state, MaterialLookAsked(LINE, 2))
    late = replace(state.look.shown)
    assert walked(turned, MaterialPageRead(late))[0].look == turned.look, "the first page, while the second is wanted"
    assert walked(state, MaterialLookClosed())[0].look is None
    assert walked(state, ev.BackAsked())[0].look is None


def test_without_a_picture_the_clerk_is_told_and_goes_on() -> None:
    asked = walk.intake_with_papers().did(MaterialLookAsked(LINE))
    failed, _ = walked(asked.state, MaterialPageFailed(Fault(FaultCode.NO_PICTURE)))
    assert failed.look is None and failed.fault == Fault(FaultCode.NO_PICTURE)


def test_a_difference_makes_the_line_wrong_and_stands_on_the_notice_in_words() -> None:
    noted, _ = walked(walk.beside().state, DifferenceNoted(LINE, "domicile"))
    assert mark(noted) is Mark.WRONG
    (told,) = [one for one in everything(noted) if one.code == LINE]
    assert told.text.endswith("（材料与申请不一致：住所）")
    back, _ = walked(noted, DifferenceNoted(LINE, "domicile"))
    assert mark(back) is Mark.OPEN and back.differs == (), "the same key takes it back"
