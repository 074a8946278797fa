"""Papers and signatures of people who are not here: a real terminal, the platform, a camera over a desk, and a phone
that is nothing but an HTTP client with the code from the screen."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import cv2
import pytest
import requests
import zxingcpp

from kiosk.demo.acts import SIGNATURES
from kiosk.demo.stage import Stage, Window
from offline_cache import database

from .personas.drawn import photo
from .phones import sign_on_a_phone
from .visiting import (
    PAPERS,
    PATIENT,
    agree,
    arrived_once,
    fair,
    finish,
    from_the_business,
    identified,
    leave_later,
    name_page,
    rows,
    said,
    slip_code,
    stage_in,
    to_address,
)

pytestmark = [pytest.mark.processes, pytest.mark.timeout(600)]

LI_NAME, LI_NUMBER = "李示例", "500103199011030015"
RESERVED = said("declare_name.reserved_until", at="").removesuffix("。").strip()
OF_CASE = (
    "SELECT material.type, material.source, material.media_type, material.pages FROM material JOIN opening_case"
    " ON material.case_id = opening_case.id WHERE opening_case.slip_code = ?"
)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A hall with one self-service terminal."""
    with stage_in(tmp_path_factory.mktemp("hall")) as stage:
        yield stage


@pytest.fixture(scope="module")
def kiosk(stage: Stage) -> Window:
    """One terminal for all of them, as in a hall."""
    return stage.open("kiosk")


def to_the_papers(stage: Stage, kiosk: Window, trade: str) -> None:
    """Everything is filled in; next is what has to be handed in."""
    fair(stage)
    kiosk.page("home", PATIENT)
    identified(stage, kiosk)
    name_page(kiosk, trade)
    kiosk.tap("check")
    kiosk.sees(RESERVED)
    kiosk.tap("next")
    to_address(kiosk)
    kiosk.page("set_capital")
    kiosk.tap("quick_100", "capital")
    kiosk.page("name_people")
    kiosk.tap("edit_phone_p1", "phone_number_input")
    kiosk.do("pinyin", "13800001234")
    kiosk.tap("phone", "next")
    agree(kiosk)


def code_on(kiosk: Window, folder: Path) -> str:
    """What a phone's camera reads off the glass."""
    picture = folder / "code.png"
    kiosk.do("grab", str(picture))
    [code] = zxingcpp.read_barcodes(cv2.imread(str(picture)), formats=zxingcpp.BarcodeFormat.QRCode)
    return code.text


def blobs_in(stage: Stage) -> list[str]:
    """Pictures that lie in the terminal's store, by their kind."""
    store = database.open_beside(stage.ground.work / "kiosk-01.db", "file")
    try:
        return [kind for (kind,) in store.execute("SELECT kind FROM blobs").fetchall()]
    except sqlite3.DatabaseError:
        return ["unreadable"]
    finally:
        store.conn.close()


@pytest.mark.long
def test_two_pages_without_network_arrive_by_themselves_and_leave_nothing(stage: Stage, kiosk: Window) -> None:
    """Kept here, sent once the line is back; the phone says plainly that it needs one."""
    to_the_papers(stage, kiosk, "青山")
    stage.office.weather(offline=True)
    kiosk.sees(said("chrome.offline.what"), PATIENT)
    kiosk.tap("need_domicile_proof")
    kiosk.sees(said("collect_materials.phone_offline"))
    kiosk.sees(said("collect_materials.camera_offline"))
    stage.hall.do(PAPERS, "lay", paper="letter", how="glare")
    kiosk.tap("way_camera")
    kiosk.sees(said("page_hint.glare"), PATIENT)
    stage.hall.do(PAPERS, "lay", paper="letter")
    kiosk.sees(said("collect_materials.review_title", n=1), PATIENT)
    kiosk.tap("page_more")
    kiosk.sees(said("collect_materials.review_title", n=2), PATIENT)
    kiosk.tap("use_pages")
    kiosk.sees(said("collect_materials.done"), PATIENT)
    assert blobs_in(stage) == ["material"]
    kiosk.tap("next")
    kiosk.page("check_answers")
    kiosk.tap("next")
    kiosk.page("sign")
    kiosk.do("draw", "signature_pad", SIGNATURES["wang"])
    kiosk.tap("sign")
    kiosk.sees(said("sign.done_title"))
    kiosk.tap("next")
    kiosk.page("submit")
    kiosk.tap("submit")
    kiosk.sees(said("truth.recorded"))
    stage.office.weather()
    kiosk.sees(said("truth.sent"), PATIENT)
    kiosk.tap("next")
    kiosk.page("take_receipt")
    code = slip_code(kiosk)
    kiosk.sees(said("take_receipt.done.title"), PATIENT)
    finish(kiosk)
    arrived_once(stage, "kiosk", code)
    assert rows(stage, OF_CASE, code) == [("lease_contract", "scanned", "application/pdf", 2)]
    assert blobs_in(stage) == []


def test_a_phone_sends_a_picture_and_the_screen_shows_it_come(stage: Stage, kiosk: Window, tmp_path: Path) -> None:
    to_the_papers(stage, kiosk, "明月")
    kiosk.tap("need_domicile_proof", "kind_property_certificate", "way_phone")
    kiosk.sees(said("collect_materials.phone_waits", at="")[:5], PATIENT)
    link = code_on(kiosk, tmp_path)
    assert link.startswith(stage.platform["url"])
    assert "不动产权证书" in requests.get(link, timeout=10).text
    refused = requests.post(link, data=b"GIF89a not a picture", timeout=10)
    assert (refused.status_code, refused.json()["code"]) == (415, "unsupported-media-type")
    sent = requests.post(link, data=photo(), headers={"Content-Type": "application/octet-stream"}, timeout=10)
    assert sent.status_code == 201
    kiosk.sees(said("collect_materials.arrived.what"), PATIENT)
    kiosk.sees(said("collect_materials.from.phone", what="不动产权证书", n=1))
    assert requests.post(link, data=photo(), timeout=10).json()["code"] == "code-used"
    kiosk.tap("next")
    kiosk.page("check_answers")
    code = leave_later(kiosk)
    assert stage.settled("kiosk", PATIENT)
    assert rows(stage, OF_CASE, code) == [("property_certificate", "phone", "image/jpeg", 1)]


@pytest.mark.long
def test_somebody_who_is_not_here_signs_on_a_phone(stage: Stage, kiosk: Window, tmp_path: Path) -> None:
    fair(stage)
    kiosk.page("home", PATIENT)
    identified(stage, kiosk)
    kiosk.tap("choice_partners", "way_company", "choice_catering", "way_all", "way_none", "choice_here", "purpose")
    kiosk.page("declare_name")
    kiosk.tap("trade_input")
    kiosk.do("pinyin", "春风")
    kiosk.tap("check")
    kiosk.sees(RESERVED)
    kiosk.tap("next")
    from_the_business(kiosk, _absent_partner)
    kiosk.tap("next")
    kiosk.page("sign")
    kiosk.do("draw", "signature_pad", SIGNATURES["wang"])
    kiosk.tap("sign")
    kiosk.sees(said("sign.afar.title", n=1))
    kiosk.tap("afar_p2")
    kiosk.sees(said("sign.afar.sms_label"), PATIENT)
    link = code_on(kiosk, tmp_path)
    page = requests.get(link, timeout=10).text
    assert "春风" in page and LI_NAME not in page
    sign_on_a_phone(link, LI_NAME, LI_NUMBER)
    kiosk.sees(said("sign.done_title"), PATIENT)
    kiosk.tap("next")
    kiosk.page("submit")
    kiosk.tap("submit")
    kiosk.sees(said("truth.sent"), PATIENT)
    kiosk.tap("next")
    kiosk.page("take_receipt")
    code = slip_code(kiosk)
    kiosk.sees(said("take_receipt.done.title"), PATIENT)
    finish(kiosk)
    assert stage.settled("kiosk", PATIENT)
    assert rows(stage, "SELECT state FROM opening_case WHERE slip_code = ?", code) == [("SUBMITTED",)]


def _absent_partner(kiosk: Window) -> None:
    kiosk.tap("add_absent")
    kiosk.do("pinyin", LI_NAME)
    kiosk.tap("away_on", *(f"key_{digit}" for digit in LI_NUMBER), "away_on")
    kiosk.do("pinyin", "13900005678")
    kiosk.tap("away_done")
    kiosk.sees(said("name_people.away"))
