"""A shift is handed over at a real window: two cards, the scanner, the platform's books, the sheet."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.demo.stage import Stage, Window
from offline_cache import database
from tests.journeys.test_custody import PINS, brought_to_the_window, sign_in, state, to_desk, to_store, type_in
from tests.journeys.visiting import (
    PATIENT,
    SHEETS,
    STAFF_CARD,
    fair,
    kill,
    rows,
    said,
    seen,
    stage_in,
    wait_for,
)

pytestmark = pytest.mark.processes

HERE = said("room.place.window", n=3, id="w-03")


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A hall with one window; each test its own, for each leaves another hand-over behind."""
    with stage_in(tmp_path) as stage:
        yield stage


@pytest.fixture
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
    window.sees(said("shift.count.todo", place=HERE), PATIENT)
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


def sheets_out(stage: Stage) -> int:
    """How many jobs the page printer has put out."""
    return int(stage.hall.do(SHEETS, "last_job").get("count", 0))


def sheets_told(stage: Stage) -> list[tuple[str, str]]:
    """The newest hand-over's sheets by the window's own trail: what came of each, and whether it was one more."""
    store = database.open_beside(stage.ground.work / "window-03.db", "file")
    try:
        bodies = [json.loads(body) for (body,) in store.execute("SELECT body FROM audit ORDER BY seq").fetchall()]
    finally:
        store.conn.close()
    last = max(n for n, one in enumerate(bodies) if one["kind"] == "shift_handed_over")
    printed = [one for one in bodies[last:] if one["kind"] == "printed" and one["f.paper"] == "shift_sheet"]
    return [(one["f.result"], one.get("f.reprint", "")) for one in printed]


@pytest.mark.timeout(300)
def test_the_sheet_is_not_lost_with_the_power(stage: Stage, window: Window) -> None:
    """The printer is off when the window changes hands, and then the window's own power goes."""
    stage.hall.do(SHEETS, "power_off")
    window.do("keys", "Ctrl+J")
    window.page("count_shift")
    window.sees(said("shift.count.todo", place=HERE), PATIENT)
    window.do("keys", "F9")
    window.page("sign_shift")
    type_in(window, PINS["0317"])
    window.page("take_shift", PATIENT)
    stage.hall.do(STAFF_CARD, "remove")
    stage.hall.do(STAFF_CARD, "insert", card="staff:0001")
    window.sees(said("shift.take.hint", ref="0001"), PATIENT)
    type_in(window, PINS["0001"])
    window.page("shift_done", PATIENT)
    window.sees(said("shift.done.in", ref="0001"), PATIENT)
    kill(stage, window)
    stage.hall.do(STAFF_CARD, "remove")
    stage.hall.do(SHEETS, "power_on")
    before, window = sheets_out(stage), stage.open("window")
    sign_in(stage, window, "0001")
    window.sees(said("shift.owed_how"), PATIENT)
    assert "0317" in seen(window) and sheets_told(stage) == []
    window.do("keys", "F10")
    wait_for(lambda: sheets_out(stage) > before, "the sheet")
    wait_for(lambda: said("shift.owed_how") not in seen(window), "nothing is owed any more")
    window.do("keys", "Ctrl+J")
    window.page("count_shift")
    window.sees(said("shift.sheet.out"), PATIENT)
    window.do("keys", "F4")
    wait_for(lambda: sheets_out(stage) > before + 1, "one more")
    wait_for(lambda: sheets_told(stage) == [("printed", ""), ("printed", "yes")], "the second is told as one")
    to_desk(window)
    assert said("shift.owed_how") not in seen(window)
    stage.close(window)
    assert stage.verify_audit("window") == "verified"
