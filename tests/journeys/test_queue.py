"""The queue with real processes: numbers on paper, called at the window, with the network and without."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.demo.stage import Stage, Window
from kiosk.faults import FaultCode
from tests.journeys.visiting import PATIENT, STAFF_CARD, fair, fault, gone, rows, said, stage_in, wait_for

pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A hall with one self-service terminal, one window, and the wall."""
    with stage_in(tmp_path_factory.mktemp("hall")) as stage:
        yield stage


def drawn(stage: Stage, kiosk: Window, way: str = "plain") -> str:
    """A number, read off the screen once its ticket is out."""
    before = papers(stage)["count"]
    kiosk.page("home", PATIENT)
    kiosk.tap("queue")
    kiosk.page("choose_queue")
    kiosk.tap(f"draw_{way}")
    kiosk.page("see_number", PATIENT)
    wait_for(lambda: papers(stage)["count"] > before, "the ticket")
    kiosk.sees(said("see_number.lead"), PATIENT)
    number = next(text for text in kiosk.do("texts") if text[:1] in "AL" and text[-3:].isdigit())
    kiosk.tap("next")
    gone(kiosk)
    return str(number)


def papers(stage: Stage) -> dict[str, Any]:
    """What came out of the kiosk's printer."""
    found: dict[str, Any] = stage.hall.do("kiosk.receipt_printer", "last_receipt")
    return found


def state(stage: Stage, number: str) -> str:
    """How a number stands in the platform's book."""
    found = rows(stage, "SELECT state FROM ticket WHERE number = ?", number)
    return str(found[0][0]) if found else ""


def at(stage: Stage, number: str, wanted: str) -> None:
    """Wait until the platform's book says so."""
    wait_for(lambda: state(stage, number) == wanted, f"{number} {wanted}")


@pytest.mark.timeout(600)
def test_numbers_are_drawn_called_missed_put_first_and_finished(stage: Stage, tmp_path: Path) -> None:
    fair(stage)
    kiosk = stage.open("kiosk")
    first, second, third = drawn(stage, kiosk), drawn(stage, kiosk), drawn(stage, kiosk)
    assert (first, second, third) == ("A001", "A002", "A003")
    stage.office.weather(offline=True)
    kiosk.sees(said("chrome.offline_home.what"), PATIENT)
    local = drawn(stage, kiosk, "elder")
    assert local == "L01-001"

    stage.office.weather()
    at(stage, local, "WAITING")  # merged by itself once the line is back
    desk = stage.open("window")
    desk.page("present_staff_card")
    stage.hall.do(STAFF_CARD, "insert", card="staff:0317")
    desk.page("enter_pin")
    desk.do("type", "135790")
    desk.do("keys", "Enter")
    desk.page("find_case", PATIENT)
    desk.sees(said("queue.waiting", n=4), PATIENT)
    desk.do("grab", str(tmp_path / "queue.png"))

    wall = stage.open("wall")
    wall.page("show_queue", PATIENT)
    wall.sees(said("wall.people", n=4), PATIENT)
    wall.sees(said("wall.nobody"), PATIENT)
    desk.do("keys", "F2")
    at(stage, local, "CALLED")  # priority first, whenever it was drawn
    wall.sees(local, PATIENT)
    wall.sees(said("wall.called"), PATIENT)
    desk.sees(said("queue.called", n=1), PATIENT)
    desk.do("keys", "F9")
    desk.sees(said("queue.called", n=2), PATIENT)
    desk.do("keys", "F10", "1")  # nobody came
    at(stage, local, "MISSED")
    wall.sees(said("wall.missed"), PATIENT)
    wait_for(lambda: local not in desk.do("texts"), "the missed number leaves the window")

    desk.sees(said("queue.waiting", n=3), PATIENT)
    desk.do("keys", "Ctrl+O", "3", "3")  # the third, a pregnant woman
    wait_for(lambda: said("priority.pregnant") in desk.do("texts"), "the number put first")
    desk.do("keys", "F2")
    at(stage, third, "CALLED")
    desk.sees(said("queue.called", n=1), PATIENT)
    desk.do("keys", "F4")
    at(stage, third, "SERVING")
    desk.sees(said("queue.serving"), PATIENT)
    desk.do("keys", "F2")  # done, and the next
    at(stage, third, "DONE")
    at(stage, first, "CALLED")
    desk.sees(first, PATIENT)

    desk.sees(said("queue.called", n=1), PATIENT)
    desk.do("keys", "F4")
    desk.sees(said("queue.serving"), PATIENT)
    wall.sees(first, PATIENT)
    stage.office.weather(offline=True)
    desk.sees(said("queue.offline"), PATIENT)
    wait_for(lambda: any("网络断了" in text for text in wall.do("texts")), "the wall says how old it is")
    assert first in wall.do("texts")
    desk.do("keys", "F2")  # a visit that is over is a fact, also now
    wait_for(lambda: first not in desk.do("texts"), "the served number leaves the window")
    stage.office.weather()
    at(stage, first, "DONE")
    assert state(stage, second) == "WAITING"  # nobody was called without the platform
    wait_for(lambda: said("clerk.status.online") in desk.do("texts"), "the network at the window")
    desk.do("keys", "Ctrl+P", "1")
    desk.sees(said("queue.paused"), PATIENT)
    assert rows(stage, "SELECT paused, reason FROM hall_window WHERE window_id = 'w-03'") == [(1, "短时离开")]
    stage.hall.do(STAFF_CARD, "remove")
    desk.page("present_staff_card")
    assert second not in desk.do("texts")
    for one, name in ((kiosk, "kiosk"), (desk, "window"), (wall, "wall")):
        stage.close(one)
        assert stage.verify_audit(name) == "verified"


def test_a_locked_window_keeps_its_work_and_its_clerk_comes_back(stage: Stage) -> None:
    fair(stage)
    desk = stage.open("window")
    desk.page("present_staff_card", PATIENT)
    stage.hall.do(STAFF_CARD, "insert", card="staff:0317")
    desk.page("enter_pin", PATIENT)
    desk.do("type", "135790")
    desk.do("keys", "Enter")
    desk.page("find_case", PATIENT)
    desk.do("keys", "Ctrl+W")
    desk.page("locked", PATIENT)
    stage.hall.do(STAFF_CARD, "remove")
    wait_for(lambda: "周示例" not in " ".join(desk.do("texts")), "nobody's name at the lock")
    desk.sees(said("lock.lay_card"), PATIENT)  # a hand is never so quick that nobody sees the card gone
    stage.hall.do(STAFF_CARD, "insert", card="staff:0001")
    desk.sees(fault(FaultCode.LOCKED_BY_ANOTHER), PATIENT)
    stage.hall.do(STAFF_CARD, "remove")
    stage.hall.do(STAFF_CARD, "insert", card="staff:0317")
    desk.sees(said("enter_pin.hint"), PATIENT)
    desk.do("type", "000000")
    desk.do("keys", "Enter")
    desk.sees(fault(FaultCode.PIN_WRONG), PATIENT)
    desk.do("type", "135790")
    desk.do("keys", "Enter")
    desk.page("find_case", PATIENT)
    stage.hall.do(STAFF_CARD, "remove")
    desk.page("present_staff_card", PATIENT)
    stage.close(desk)
