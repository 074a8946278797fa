"""What happens to a finger while the screen changes: the page turns under it, the slip grows under it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from kiosk.workflow import events as ev
from kiosk.workflow.machine import Event
from kiosk.workflow.visit import Busy
from tests.unit.ui.viewmodels.citizen_walk import Walk, stills
from ui.moment import pass_by
from ui.paws import can_be_pressed
from ui.pilot import find
from ui.viewmodels import citizen
from ui.viewmodels.page import ViewModel

from .conftest import KIOSK, Showing, Shown

MOVING = replace(KIOSK, reduced_motion=False)


@dataclass
class ShortSlip:
    """The citizen's pages, with no more than so many lines on the slip."""

    lines: int

    def present(self, scene: Any, words: Any, notes: Mapping[str, Any]) -> ViewModel:
        """As always, with a shorter slip."""
        vm = citizen.present(scene, words, notes)
        assert vm.slip is not None
        return replace(vm, slip=replace(vm.slip, lines=vm.slip.lines[: self.lines]))

    def event(self, *given: Any) -> Event | None:
        """As always."""
        return citizen.event(*given)


def press(shown: Shown, at: QPoint) -> None:
    """A finger comes down."""
    QTest.touchEvent(shown.ui.window, shown.pilot._glass).press(0, at, shown.ui.window).commit()


def lift(shown: Shown, at: QPoint) -> None:
    """And goes, without having moved."""
    QTest.touchEvent(shown.ui.window, shown.pilot._glass).release(0, at, shown.ui.window).commit()


def low_in(shown: Shown, name: str) -> QPoint:
    """A place near the lower edge of a thing."""
    item = find(shown.ui.window, name)
    return item.mapToScene(QPointF(item.width() / 2, item.height() - 12)).toPoint()


def test_nothing_moves_away_from_under_a_slow_finger(showing: Showing) -> None:
    """The slip grows while the finger rests on a key above it: the touch counts, and the key goes up afterwards."""
    still, presenter = stills()["tax_and_invoice"], ShortSlip(1)
    shown = showing(presenter, still.scene, MOVING)
    shown.pilot.settle()
    at, name = low_in(shown, "next"), "next"
    press(shown, at)
    before = find(shown.ui.window, name).mapToScene(QPointF(0, 0)).y()
    presenter.lines = 3
    shown.stand.show(still.scene)
    pass_by(400)
    assert find(shown.ui.window, name).mapToScene(QPointF(0, 0)).y() == before
    lift(shown, at)
    assert any(isinstance(one, ev.NextAsked) for one in shown.stand.posted)
    shown.pilot.settle()
    assert find(shown.ui.window, name).mapToScene(QPointF(0, 0)).y() < before - 40


def turning(shown: Shown, scene: Any) -> None:
    """The next page has been asked for and is not there yet."""
    shown.stand.show(scene)
    while not shown.ui.visit.turning:
        QCoreApplication.processEvents()


def seen_title(shown: Shown) -> list[Any]:
    """The questions that can be seen."""
    waiting, found = [shown.ui.window.contentItem()], []
    while waiting:
        item = waiting.pop()
        if item.isVisible() and item.opacity() > 0:
            found += [item.property("text")] if item.objectName() == "title" else []
            waiting += item.childItems()
    return found


def test_the_page_before_stays_until_the_next_one_is_whole(showing: Showing) -> None:
    walk = Walk()
    shown = showing(citizen, walk.still().scene)
    before = seen_title(shown)
    turning(shown, walk.did(ev.TrackAsked()).still().scene)
    assert shown.ui.visit.page == "find_my_case"  # where the visit is
    assert seen_title(shown) == before  # what is seen
    shown.pilot.settle()
    assert not shown.ui.visit.turning
    assert seen_title(shown) == [shown.ui.visit._turning.page.property("data")["question"]] != before


def test_a_page_that_is_being_left_hears_no_finger_and_no_key(showing: Showing) -> None:
    """Where the finger comes down there will be another thing in a moment, which nobody has seen."""
    shown = showing(citizen, Walk().still().scene)
    at = low_in(shown, "next")
    turning(shown, stills()["name_people"].scene)
    press(shown, at)
    lift(shown, at)
    QTest.keyClick(shown.ui.window, Qt.Key.Key_Return)
    shown.pilot.settle()
    assert shown.ui.visit.page == "name_people" and shown.stand.posted == []


def test_a_finger_that_is_down_while_the_page_turns_is_of_no_page(showing: Showing) -> None:
    """It came down on the page before: the session is told so, and lets it go."""
    shown, pages = showing(citizen, Walk().still().scene), list[tuple[type[Event], int | None]]()
    at = low_in(shown, "next")

    def post(event: Event, page: int | None = None) -> int:
        pages.append((type(event), page))
        return 0

    shown.stand.post = post  # type: ignore[method-assign]
    press(shown, at)
    turning(shown, stills()["name_people"].scene)
    lift(shown, at)
    shown.pilot.settle()
    assert shown.ui.visit.page == "name_people" and pages in ([(ev.NextAsked, -1)], [])


def test_what_the_page_before_remembers_is_not_the_next_ones(showing: Showing) -> None:
    """A finger on 先存着 while the page turns: nobody is asked on the next page whether to leave."""
    shown = showing(citizen, stills()["tax_and_invoice"].scene)
    at = low_in(shown, "later")
    press(shown, at)
    turning(shown, stills()["pick_up"].scene)
    lift(shown, at)
    assert shown.ui.visit._notes == {}
    shown.pilot.settle()
    assert not shown.ui.visit._turning.page.property("data")["leaving"]


def test_a_page_with_a_bug_in_it_leaves_the_way_to_the_others_open(
    showing: Showing, caplog: pytest.LogCaptureFixture
) -> None:
    """Two rows of one key: what there is of the page is shown, and the next page comes."""

    class Twice(ShortSlip):
        def present(self, scene: Any, words: Any, notes: Mapping[str, Any]) -> ViewModel:
            vm = citizen.present(scene, words, notes)
            rows = vm.lists.get("people", ())
            return replace(vm, lists={**vm.lists, "people": (*rows, *rows)})

    shown = showing(Twice(3), Walk().still().scene)
    turning(shown, stills()["name_people-two"].scene)
    with caplog.at_level("CRITICAL", "ui.bridge.turning"):
        shown.pilot.settle()
    assert not shown.ui.visit.turning and shown.ui.visit.page == "name_people"
    turning(shown, stills()["find_my_case"].scene)
    shown.pilot.settle()
    assert seen_title(shown) == [shown.ui.visit._turning.page.property("data")["question"]]


def test_a_trembling_finger_answers_one_question(showing: Showing) -> None:
    """The questions of one page follow one another in the same place."""
    still = stills()["choose_purpose-when"]
    shown = showing(citizen, still.scene)
    for name, value in still.notes.items():
        shown.ui.visit.note(name, value)
    shown.pilot.settle()
    at = low_in(shown, "way_all")
    asked, seconds = [], watch(shown)
    for pause in (0.0, 0.1, 0.5):
        seconds[0] += pause
        press(shown, at)
        lift(shown, at)
        asked.append(shown.ui.visit._shown.data["ask"])
    assert asked[0] == asked[1] != asked[2]


@pytest.mark.parametrize("times", [2, 3, 9])
def test_pages_that_follow_at_once_are_not_shown(showing: Showing, times: int) -> None:
    """Somebody goes to and fro faster than pages are made: the last one stands there, once, as it is now."""
    faces = [stills()[name].scene for name in ("find_my_case", "choose_purpose", "name_people")]
    shown = showing(citizen, Walk().still().scene)
    for number in range(times):
        turning(shown, faces[number % len(faces)])
        wanted = faces[number % len(faces)].state.step
        while shown.ui.visit.page != wanted:
            QCoreApplication.processEvents()
    shown.pilot.settle()
    assert shown.ui.visit.page == wanted and shown.ui.visit._turning.left == []
    assert seen_title(shown) == [shown.ui.visit._turning.page.property("data")["question"]]


def watch(shown: Shown) -> list[float]:
    """A watch for the hand that this test moves: what is meant and what is an echo is no matter of the machine."""
    seconds = [0.0]
    shown.ui.visit.steady._now = lambda: seconds[0]
    return seconds


def again(shown: Shown, at: QPoint, after: float, scene: Any) -> int:
    """A finger twice at one place, the page turns in between, and so many seconds pass: how much was heard."""
    seconds = watch(shown)
    press(shown, at)
    lift(shown, at)
    turning(shown, scene)
    shown.pilot.settle()
    seconds[0] += after
    shown.stand.posted.clear()
    press(shown, at)
    lift(shown, at)
    return len(shown.stand.posted)


@pytest.mark.parametrize(("after", "heard"), [(0.0, 0), (0.5, 1)])
def test_a_trembling_finger_turns_one_page(showing: Showing, after: float, heard: int) -> None:
    """What comes down again at once, where it was, meant the page that is gone; a moment later it means this one."""
    shown = showing(citizen, stills()["tax_and_invoice"].scene)
    assert again(shown, low_in(shown, "next"), after, stills()["pick_up"].scene) == heard


def test_whoever_touches_something_else_at_once_is_heard(showing: Showing) -> None:
    shown = showing(citizen, stills()["tax_and_invoice"].scene)
    watch(shown)
    here = low_in(shown, "next")
    press(shown, here)
    lift(shown, here)
    turning(shown, stills()["pick_up"].scene)
    shown.pilot.settle()
    shown.stand.posted.clear()
    item = find(shown.ui.window, "back")
    there = item.mapToScene(QPointF(30, item.height() / 2)).toPoint()
    press(shown, there)
    lift(shown, there)
    assert [type(one) for one in shown.stand.posted] == [ev.BackAsked]


def test_a_finger_that_slides_a_little_still_touches(showing: Showing) -> None:
    """On a page that can be scrolled: some millimetres are no swipe."""
    shown = showing(citizen, stills()["check_answers-wishes"].scene, replace(KIOSK, height=1400))
    item = find(shown.ui.window, "edit_name")
    flick = shown.pilot._flickable(item)
    assert flick is not None and flick.property("interactive")
    at = item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()
    press(shown, at)
    for step in (6, 12, 18, 12, 20):
        aside = at + QPoint(step // 2, -step)
        QTest.touchEvent(shown.ui.window, shown.pilot._glass).move(0, aside, shown.ui.window).commit()
        pass_by(10)
    lift(shown, at + QPoint(10, -20))
    assert flick.property("contentY") == 0
    assert [type(one) for one in shown.stand.posted] == [ev.ChangeAsked]


def test_the_window_may_close_while_a_page_turns(showing: Showing) -> None:
    """Nothing is called that is not there any more; what the end says to it is a warning, and fails."""
    turning(showing(citizen, Walk().still().scene), stills()["name_people"].scene)


def test_a_pad_whose_name_is_being_kept_takes_no_more_ink(showing: Showing) -> None:
    """Whoever signs next waits for a clean pad: what is drawn before that would be wiped off with the last name."""
    still = stills()["sign"]
    shown = showing(citizen, still.scene)
    assert can_be_pressed(find(shown.ui.window, "signature_pad"))
    assert still.scene.state.signing is not None
    shown.stand.show(replace(still.scene, state=replace(still.scene.state, busy=Busy.SIGNATURE)))
    shown.pilot.settle()
    assert not can_be_pressed(find(shown.ui.window, "signature_pad"))
