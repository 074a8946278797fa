"""A shareholder who is not at the window: the exercise as it is given, a real window with a screen for the customer,
and a phone that is nothing but an HTTP client with the code from the glass."""

from collections.abc import Iterator
from pathlib import Path

import cv2
import pytest
import requests
import zxingcpp

from kiosk.demo.stage import Stage, Window, set_up
from tests.journeys.phones import sign_on_a_phone
from tests.journeys.test_custody import sign_in
from tests.journeys.visiting import PATIENT, SHEETS, rows, said, seen, wait_for

pytestmark = pytest.mark.processes

LI_NAME, LI_NUMBER = "李示例", "500103199011030015"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A hall with the half-done case of two people; one of them has never been here."""
    folder = tmp_path_factory.mktemp("afar")
    with set_up(folder, screen=False, clock="real", exercise="absent-shareholder", customer=True) as stage:
        yield stage


def code_on(window: Window, glass: str, folder: Path) -> str:
    """What a phone's camera reads off one of the two glasses; empty while there is no code on it."""
    picture = folder / f"{glass}.png"
    (window.do if glass == "clerk" else window.customers)("grab", str(picture))
    found = zxingcpp.read_barcodes(cv2.imread(str(picture)), formats=zxingcpp.BarcodeFormat.QRCode)
    return str(found[0].text) if found else ""


@pytest.mark.timeout(300)
def test_who_is_not_here_signs_on_a_phone_and_the_window_goes_on(stage: Stage, tmp_path: Path) -> None:
    window = stage.open("window")
    sign_in(stage, window, "0317")
    slip = rows(stage, "SELECT slip_code FROM opening_case")[0][0]
    window.do("type", str(slip))
    window.do("keys", "Enter")
    window.page("see_case", PATIENT)
    window.do("keys", "F8")
    window.page("fill_form")
    window.sees(said("entry.nothing_left"), PATIENT)
    window.do("keys", "F9")
    window.page("sign_form")
    window.sees(said("entry.sign.said.afar"), PATIENT)
    assert "submit" not in window.do("offered"), "one signature is missing"
    before = stage.hall.do(SHEETS, "last_job").get("count", 0)
    window.do("keys", "F7")
    window.customer_sees("show_link", PATIENT)
    link = wait_for(lambda: code_on(window, "clerk", tmp_path), "the code on the clerk's glass")
    assert link.startswith(stage.platform["url"])
    wait_for(lambda: code_on(window, "customer", tmp_path) == link, "the same code on the customer's glass")
    assert LI_NAME not in seen(window)
    window.do("keys", "F10")
    wait_for(lambda: stage.hall.do(SHEETS, "last_job").get("count", 0) > before, "the link on paper")
    page = requests.get(link, timeout=20).text
    assert "同舟示例" in page and LI_NAME not in page
    sign_on_a_phone(link, LI_NAME, LI_NUMBER)
    window.sees(said("entry.sign.said.ready"), PATIENT)
    assert code_on(window, "clerk", tmp_path) == "", "a link that was used is not shown any more"
    window.customer_sees("own_form", PATIENT)
    assert "submit" in window.do("offered")
    window.do("keys", "F9")
    window.page("check_materials", PATIENT)
    assert rows(stage, "SELECT state FROM opening_case") == [("RECEIVED",)]
    methods = rows(stage, "SELECT method FROM verification ORDER BY made_at")
    assert methods == [("card_only",), ("phone",)], "nobody was checked for another"
    assert stage.settled("window", PATIENT)
    stage.close(window)
    assert stage.verify_audit("window") == "verified"
