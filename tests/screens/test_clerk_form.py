"""The whole form on the desk by keys alone: the real screen and the real plan; the hall around it is played."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.domain.case import NameVerdict
from kiosk.domain.item import InvoiceMode
from kiosk.workflow import effects as do
from kiosk.workflow import events as ev
from kiosk.workflow.machine import Effect, Event, advance
from kiosk.workflow.window import WINDOW
from tests.unit.ui.viewmodels import entry_walk as entry
from tests.unit.ui.viewmodels.citizen_walk import RESERVED, SCOPE, WANG
from tests.unit.ui.viewmodels.clerk_walk import Still, Walk, on_duty
from ui.moment import pass_by
from ui.pilot import Pilot

from .clerk_stage import Stage, Standing, opened

MOST_KEYS = 200


class Desk:
    """A window whose events walk the real plan at once; what the plan asks of catalogue and platform is answered."""

    def __init__(self, stage: Stage, walk: Walk) -> None:
        self.stage, self.walk = stage, walk
        self.done: list[Effect] = []
        self.pilot = Pilot(stage.ui.window, stage.ui.visit, stage.ui.ime, stage.ui.pinyin, patience=5)
        stage.session.post = self.post  # type: ignore[method-assign]
        self.pilot.settle()

    def post(self, event: Event, page: int | None = None) -> int:
        """Walked, answered, shown."""
        walk = self.walk
        walk.at += timedelta(seconds=1)
        walk.state, effects = advance(WINDOW, replace(walk.state, now=walk.at), event)
        self.done += effects
        self.stage.session.show(walk.still())
        for effect in effects:
            if (answer := _answer(effect)) is not None:
                self.post(answer)
        return 0

    @property
    def at(self) -> str:
        """The line at hand."""
        return str(self.stage.ui.visit._turning.page._data["at"])

    def comes_to(self, line: str) -> None:
        """Wait until a line is at hand and has the keyboard."""
        for _ in range(300):
            if self.stage.ui.visit.page == "fill_form" and self.at == line:
                self.pilot.settle()
                return
            pass_by(10)
        raise AssertionError(f"{line} did not come to hand, but {self.at}: {self.pilot.texts()}")


def _answer(effect: Effect) -> Event | None:
    if isinstance(effect, do.AskName):
        return ev.NameJudged(NameVerdict(RESERVED.level, (), (), RESERVED.reserve_no, RESERVED.reserved_until))
    if isinstance(effect, do.FindScope):
        return ev.ScopeFound(effect.typed, SCOPE if effect.typed else ())
    if isinstance(effect, do.FindHalls):
        return ev.HallsFound(entry.HALLS)
    if isinstance(effect, do.AskInvoiceMode):
        return ev.InvoiceModeTold(InvoiceMode.DEVICE)
    return None


@pytest.fixture
def desk() -> Iterator[Desk]:
    """周示例 has signed in."""
    walk = on_duty()
    still: Still = walk.still()
    with opened(still) as stage:
        assert isinstance(stage.session, Standing)
        yield Desk(stage, walk)


def test_a_company_of_one_person_by_keys_alone(desk: Desk) -> None:
    """From the free desk to the signatures; no line is asked that was answered, and no mouse is touched."""
    hand = desk.pilot
    hand.keys("Ctrl+N")
    desk.post(ev.VisitBegun(entry.CASE, entry.SLIP))  # the session makes the ids
    desk.comes_to("consent")
    hand.keys("1")
    desk.comes_to("first")
    desk.post(ev.CardRead(WANG))
    desk.comes_to("person.p1")
    hand.keys("F8")
    desk.post(ev.PersonVerified(entry.YES))
    desk.comes_to("phone.p1")
    hand.type("13800001234")
    hand.keys("Enter")
    desk.comes_to("purpose")
    hand.keys("2")
    desk.comes_to("name.trade")
    hand.compose("shili", "示例")
    hand.keys("Enter")
    desk.comes_to("scope")
    hand.type("cy")
    hand.keys("Down", "Enter")
    hand.type("cy")
    hand.keys("Enter", "Enter")
    desk.comes_to("address.division")
    hand.type("yzq")
    hand.keys("Enter")
    desk.comes_to("address.line")
    hand.compose("shili", "示例")
    hand.compose("lu", "路")
    hand.type("8")
    hand.compose("hao", "号")
    hand.keys("Enter")
    desk.comes_to("address.way")
    hand.keys("2")
    desk.comes_to("capital")
    hand.type("100")
    hand.keys("Enter")
    desk.comes_to("")
    hand.keys("F9")
    assert desk.walk.state.step == "sign_form"
    assert desk.walk.state.entry is not None
    form = desk.walk.state.entry.visit.form
    assert [one.code for one in form.scope] == [SCOPE[1].code, SCOPE[0].code]
    assert (form.domicile.line, form.domicile.division_name) == ("示例路8号", "渝中区")
    assert form.name.trade == "示例" and form.registered_capital == 100
    assert 0 < hand.keystrokes <= MOST_KEYS and hand.taps == 0
    assert any(isinstance(one, do.KeepDraft) for one in desk.done)


def test_tab_and_arrows_go_through_the_lines_and_leaving_keeps_what_was_typed(desk: Desk) -> None:
    desk.walk = entry.filled()
    desk.stage.show(desk.walk.still())
    desk.comes_to("")
    order = list(desk.stage.ui.visit._turning.page._data["order"])
    desk.stage.ui.visit.note("hand", {"at": "phone.p1"})
    desk.comes_to("phone.p1")
    hand = desk.pilot
    hand.type("13900004321")  # over what stands there
    hand.keys("Tab")
    desk.comes_to(order[order.index("phone.p1") + 1])
    assert desk.walk.state.entry is not None
    assert desk.walk.state.entry.visit.form.people[0].phone == "13900004321"
    hand.keys("Up")
    desk.comes_to("phone.p1")
    hand.keys("Down", "Down")
    desk.comes_to(order[order.index("phone.p1") + 2])
