"""The custody store, the second person's card, tasks, search and reports at a window: real processes, real card
reader, real platform, keys and scanner on the glass; the platform's own books are looked into."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.demo.stage import Stage, Window
from tests.journeys.visiting import PATIENT, STAFF_CARD, fair, rows, said, seen, stage_in, wait_for

pytestmark = pytest.mark.processes

PINS = {"0317": "135790", "0001": "246800"}


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A hall with one window."""
    with stage_in(tmp_path_factory.mktemp("hall")) as stage:
        yield stage


@pytest.fixture(scope="module")
def window(stage: Stage) -> Window:
    """周示例 sits at it."""
    fair(stage)
    window = stage.open("window")
    sign_in(stage, window, "0317")
    return window


def sign_in(stage: Stage, window: Window, ref: str) -> None:
    """Staff card and PIN."""
    window.page("present_staff_card", PATIENT)
    stage.hall.do(STAFF_CARD, "insert", card=f"staff:{ref}")
    window.page("enter_pin", PATIENT)
    window.do("type", PINS[ref])
    window.do("keys", "Enter")
    window.page("find_case", PATIENT)


def sign_out(stage: Stage, window: Window) -> None:
    """The card is taken."""
    stage.hall.do(STAFF_CARD, "remove")
    window.page("present_staff_card", PATIENT)


def to_store(window: Window) -> None:
    """From the free desk, with the newest book."""
    to_desk(window)
    window.do("keys", "Ctrl+S")
    window.page("see_store")
    window.sees("store-01", PATIENT)


def type_in(window: Window, text: str, *keys: str) -> None:
    """Into the field that has the keyboard."""
    window.do("type", text)
    window.do("keys", *(keys or ("Enter",)))


def to_desk(window: Window) -> None:
    """Back to the free desk, one screen after the other: a key that came too early is dropped."""
    while (page := window.do("page")) != "find_case":
        window.do("keys", "Esc")
        wait_for(lambda left=page: window.do("page") != left, "another screen")


def brought_to_the_window(window: Window, sent: str, taken_in: str) -> None:
    """On the page of the store: sheets are sent from it to this window, and those that came are taken in."""
    window.do("keys", "Down", "F6")
    window.page("send_goods")
    type_in(window, sent)
    window.do("keys", "F9")
    window.sees("平台已入账", PATIENT)
    window.do("keys", "Esc")
    window.page("see_store")
    window.do("keys", "Right", "Right", "Right")
    window.sees("1 号保管库 store-01 → 3 号窗口 w-03", PATIENT)
    window.do("keys", "Enter")
    window.page("take_in_goods")
    type_in(window, taken_in)
    window.do("keys", "F9")
    window.sees("平台已入账", PATIENT)


def state(stage: Stage, unit: str) -> str:
    """Of a thing, in the platform's books."""
    [(found,)] = rows(stage, "SELECT state FROM stock_unit WHERE id = ?", unit)
    return str(found)


def a_thing_is_put_aside_and_cleared_by_scanning_its_number(stage: Stage, window: Window) -> None:
    to_store(window)
    window.do("keys", "F3")
    window.page("handle_unit")
    type_in(window, "50010007")
    window.sees(said("room.unit_state.IN_STOCK"))
    window.do("keys", "F9")
    window.sees("平台已入账", PATIENT)
    assert state(stage, "licence_paper-50010007") == "QUARANTINED"
    window.do("keys", "Enter")
    type_in(window, "50010007")
    window.sees(said("room.act.clear"), PATIENT)
    window.do("keys", "F9")
    wait_for(lambda: state(stage, "licence_paper-50010007") == "IN_STOCK", "cleared")
    window.do("keys", "Esc")
    window.page("see_store")
    to_desk(window)


def what_comes_in_takes_two_cards_and_the_first_must_come_back(stage: Stage, window: Window) -> None:
    to_store(window)
    window.do("keys", "F4")
    window.page("receive_goods")
    window.do("keys", "Right")
    type_in(window, "661000000001")
    assert said("room.scanned", n=0) in seen(window), "known already: not put on the desk"
    type_in(window, "661000009901-661000009905")
    window.sees(said("room.scanned", n=5))
    window.tap("more_input")
    window.do("type", "DN-118")
    window.do("keys", "F9")
    window.page("confirm_second")
    stage.hall.do(STAFF_CARD, "remove")
    stage.hall.do(STAFF_CARD, "insert", card="staff:0001")
    window.sees(said("room.confirm_second.pin", ref="0001"), PATIENT)
    type_in(window, PINS["0001"])
    window.page("return_card", PATIENT)
    window.sees(said("room.done.receive", n=5), PATIENT)
    held = "SELECT count(*) FROM stock_unit WHERE serial BETWEEN '661000009901' AND '661000009905'"
    assert rows(stage, held) == [(5,)]
    stage.hall.do(STAFF_CARD, "remove")
    assert window.do("page") == "return_card"
    stage.hall.do(STAFF_CARD, "insert", card="staff:0317")
    window.page("receive_goods", PATIENT)
    [(by, second)] = rows(stage, "SELECT by, second_ref FROM stock_receipt WHERE document_ref = 'DN-118'")
    assert (by, second) == ("0317", "0001")
    to_desk(window)
    assert window.do("page") == "find_case", "nobody was signed out"


def a_count_is_a_fact_and_its_difference_waits_in_the_tray(stage: Stage, window: Window) -> None:
    to_store(window)
    window.do("keys", "F6")  # the mark stands on the store: nothing to send to itself
    assert window.do("page") == "see_store"
    brought_to_the_window(window, "50010301-50010303", "50010301-50010302")
    assert state(stage, "licence_paper-50010302") == "IN_STOCK"
    assert state(stage, "licence_paper-50010303") == "IN_TRANSIT"
    to_desk(window)
    to_store(window)
    window.do("keys", "Down", "F2")
    window.page("count_place")
    type_in(window, "50010301")
    window.do("keys", "F9")
    window.sees("平台已入账", PATIENT)
    [(findings,)] = rows(stage, "SELECT findings FROM stock_count WHERE location = 'w-03'")
    assert b"licence_paper-50010302" in bytes(findings)
    to_desk(window)
    window.do("keys", "Ctrl+T")
    window.page("see_tasks")
    window.sees(said("room.difference.transfer"), PATIENT)
    to_desk(window)


def supervisor_and_keeper_close_the_count_and_settle_what_is_left(stage: Stage, window: Window) -> None:
    to_desk(window)
    sign_out(stage, window)
    sign_in(stage, window, "0001")
    to_store(window)
    window.do("keys", "Right", "Right", "Right", "Right")
    window.sees("w-03", PATIENT)
    window.do("keys", "Enter")
    window.page("close_count")
    window.sees("50010302")
    window.do("keys", "F9")
    together(stage, window, "0317", "0001")
    window.page("close_count", PATIENT)
    assert state(stage, "licence_paper-50010302") == "LOST"
    to_desk(window)
    window.do("keys", "Ctrl+T")
    window.page("see_tasks")
    window.sees(said("room.difference.count"), PATIENT)
    window.do("type", "looked into, sample")
    window.do("keys", "F9")
    together(stage, window, "0317", "0001")
    window.page("see_tasks", PATIENT)
    [(settled, by, second)] = rows(
        stage, "SELECT state, settled_by, second_ref FROM discrepancy WHERE state = 'SETTLED'"
    )
    assert (settled, by, second) == ("SETTLED", "0001", "0317")
    to_desk(window)
    sign_out(stage, window)
    sign_in(stage, window, "0317")


def together(stage: Stage, window: Window, second: str, own: str) -> None:
    """The second person's card, and the first one's again."""
    window.page("confirm_second")
    stage.hall.do(STAFF_CARD, "remove")
    stage.hall.do(STAFF_CARD, "insert", card=f"staff:{second}")
    window.sees(said("room.confirm_second.pin", ref=second), PATIENT)
    type_in(window, PINS[second])
    window.page("return_card", PATIENT)
    stage.hall.do(STAFF_CARD, "remove")
    stage.hall.do(STAFF_CARD, "insert", card=f"staff:{own}")


def reports_are_files_that_the_audit_trail_knows(stage: Stage, window: Window) -> None:
    to_store(window)
    window.do("keys", "F8")
    window.page("see_reports")
    window.sees(said("room.ready"), PATIENT)
    for key, ending in (("F2", "xlsx"), ("F3", "pdf")):
        window.do("keys", key)
        window.sees(f".{ending}", PATIENT)
    folder = next(Path(stage.ground.work).rglob("reports"))
    assert sorted(one.suffix for one in folder.iterdir()) == [".pdf", ".xlsx"]
    assert all(re.fullmatch(r"stock_list-[0-9]{8}-[0-9]{6}\.(xlsx|pdf)", one.name) for one in folder.iterdir())
    to_desk(window)


def the_search_finds_nothing_where_nothing_is(stage: Stage, window: Window) -> None:
    to_desk(window)
    window.do("keys", "Ctrl+F")
    window.page("search_cases")
    window.do("type", "wcs")
    window.sees(said("room.search_cases.none"))
    to_desk(window)


@pytest.mark.timeout(600)
def test_a_day_in_the_custody_store(stage: Stage, window: Window) -> None:
    """In this order, for each act finds what the one before has left: a runner must not part them."""
    a_thing_is_put_aside_and_cleared_by_scanning_its_number(stage, window)
    what_comes_in_takes_two_cards_and_the_first_must_come_back(stage, window)
    a_count_is_a_fact_and_its_difference_waits_in_the_tray(stage, window)
    supervisor_and_keeper_close_the_count_and_settle_what_is_left(stage, window)
    reports_are_files_that_the_audit_trail_knows(stage, window)
    the_search_finds_nothing_where_nothing_is(stage, window)
