"""A shift is handed over at a real window: two cards, the scanner, the platform's books, the sheet."""

from collections.abc import Iterator

import pytest

from kiosk.demo.stage import Stage, Window
from tests.journeys.test_custody import PINS, brought_to_the_window, sign_in, state, to_desk, to_store, type_in
from tests.journeys.visiting import PATIENT, STAFF_CARD, fair, rows, said, seen, stage_in, wait_for

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A hall with one window."""
    with stage_in(tmp_path_factory.mktemp("hall")) as stage:
        yield stage


@pytest.fixture(scope="module")
def window(stage: Stage) -> Window:
    """周示例 sits at it, with three sheets of licence paper in the drawer."""
    fair(stage)
    window = stage.open("window")
    sign_in(stage, window, "0317")
    to_store(window)
    brought_to_the_window(window, "50010301-50010303", "50010301-50010303")
    to_desk(window)
    return window


@pytest.mark.timeout(300)
def test_a_window_changes_hands_and_what_is_missing_is_written_down(stage: Stage, window: Window) -> None:
    window.do("keys", "Ctrl+J")
    window.page("count_shift")
    window.sees(said("shift.count.todo", place="w-03"), PATIENT)
    type_in(window, "50010301-50010302")
    window.sees(said("room.count_place.left", n=1), PATIENT)
    window.do("keys", "F9")
    window.page("sign_shift")
    type_in(window, PINS["0317"])
    window.page("take_shift", PATIENT)
    assert said("shift.gone", no="50010303") in seen(window), "both see what differs before the second signature"
    assert rows(stage, "SELECT state FROM shift_handover") == [("OFFERED",)]
    assert rows(stage, "SELECT id FROM discrepancy") == []
    stage.hall.do(STAFF_CARD, "remove")
    assert window.do("page") == "take_shift", "the card may go: nobody is signed out"
    stage.hall.do(STAFF_CARD, "insert", card="staff:0001")
    window.sees(said("shift.take.hint", ref="0001"), PATIENT)
    type_in(window, PINS["0001"])
    window.page("shift_done", PATIENT)
    window.sees(said("shift.done.in", ref="0001"), PATIENT)
    window.sees(said("shift.done.sheet_printed"), PATIENT)
    taken = rows(stage, "SELECT state, outgoing, incoming, window FROM shift_handover")
    assert taken == [("TAKEN", "0317", "0001", "w-03")]
    assert rows(stage, "SELECT kind, owner, state FROM discrepancy") == [("shift-differs", "keeper", "OPEN")]
    assert state(stage, "licence_paper-50010303") == "IN_STOCK", "only closing the count loses anything"
    assert rows(stage, "SELECT staff_ref FROM staff_session") == [("0001",)], "one is in, the other is out"
    window.do("keys", "F3")
    window.sees(".pdf", PATIENT)
    window.do("keys", "Enter")
    window.page("find_case")
    wait_for(lambda: "吴主管" in seen(window), "the next clerk's name on the desk")
    window.do("keys", "Ctrl+T")
    window.page("see_tasks")
    window.sees(said("room.difference.count"), PATIENT)
    to_desk(window)
    window.do("keys", "Ctrl+J")
    window.page("count_shift")
    window.sees("0317", PATIENT)  # handed over last
    to_desk(window)
    stage.hall.do(STAFF_CARD, "remove")
    window.page("present_staff_card", PATIENT)
