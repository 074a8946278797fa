"""A paper that was sent by phone, looked at beside the data that it proves: real window, real platform; what the
clerk's glass shows is read off the glass, and what differed is what the platform has the applicant told."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import cv2
import pytest
import requests
import segno
import zxingcpp
from PIL import Image

from kiosk.demo.stage import Stage, Window, set_up
from kiosk.domain.document import Language, word
from kiosk.rules.documents.words import say
from tests.contract.hands import Hands, ulid
from tests.journeys.test_custody import sign_in
from tests.journeys.visiting import PATIENT, rows, said, seen, wait_for

pytestmark = pytest.mark.processes

ON_THE_PAPER = "LEASE 1-1"
DIFFERS = say(word("differs.said", what=say(word("differs.domicile"), Language.ZH)), Language.ZH)
_MOST = 12  # lines of the checklist


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A hall with a case that waits to be accepted."""
    folder = tmp_path_factory.mktemp("beside")
    with set_up(folder, screen=False, clock="real", exercise="correction") as stage:
        yield stage


def lease() -> bytes:
    """A photographed paper, of which a machine can read whether it lies on the glass, and how."""
    made, sheet, code = io.BytesIO(), Image.new("RGB", (1200, 1700), (250, 248, 240)), io.BytesIO()
    segno.make(ON_THE_PAPER, error="m", micro=False).save(code, kind="png", scale=20)
    sheet.paste(Image.open(code).convert("RGB"), (300, 300))
    sheet.save(made, "JPEG")
    return made.getvalue()


def sent_by_phone(stage: Stage, case_id: str) -> None:
    """The applicant's phone sends the lease by the link of a terminal."""
    terminal = Hands(stage.platform["url"])
    made = terminal.post(f"/v1/cases/{case_id}/upload-links", {"id": ulid(), "type": "lease_contract"})
    terminal.close()
    assert made.status_code == 201, made.text
    link = stage.platform["url"] + made.json()["path"]
    sent = requests.post(link, data=lease(), headers={"Content-Type": "application/octet-stream"}, timeout=20)
    assert sent.status_code == 201, sent.text


def paper_on(window: Window, picture: Path) -> tuple[float, int] | None:
    """How large the paper's code lies on the glass, in pixels, and how it is turned; None: it is not seen."""
    window.do("grab", str(picture))
    found = zxingcpp.read_barcodes(cv2.imread(str(picture)), formats=zxingcpp.BarcodeFormat.QRCode)
    if [one.text for one in found] != [ON_THE_PAPER]:
        return None
    place = found[0].position
    side = ((place.top_right.x - place.top_left.x) ** 2 + (place.top_right.y - place.top_left.y) ** 2) ** 0.5
    return side, round(found[0].orientation / 90) * 90 % 360


@pytest.mark.timeout(300)
def test_what_differs_between_paper_and_data_is_told_in_words(stage: Stage, tmp_path: Path) -> None:
    [(case_id, slip)] = rows(stage, "SELECT id, slip_code FROM opening_case WHERE state = 'SUBMITTED'")
    sent_by_phone(stage, str(case_id))
    window, picture = stage.open("window"), tmp_path / "glass.png"
    sign_in(stage, window, "0317")
    window.do("type", str(slip))
    window.do("keys", "Enter")
    window.page("check_materials", PATIENT)
    for _ in range(_MOST):
        if "key_beside" in window.do("offered"):
            break
        window.do("keys", "Down")
    window.do("keys", "F2")
    window.sees(said("beside.page", n=1, all=1), PATIENT)
    before = wait_for(lambda: paper_on(window, picture), "the paper on the glass")
    window.do("keys", "F4")
    wait_for(lambda: (now := paper_on(window, picture)) is not None and now[0] > 1.3 * before[0], "the paper, larger")
    window.do("keys", "F3", "F6")
    wait_for(lambda: (now := paper_on(window, picture)) is not None and now[1] != before[1], "the paper, turned")
    window.do("keys", "3")
    window.sees(said("beside.differs"))
    window.do("keys", "Esc")
    wait_for(lambda: said("beside.differs") not in seen(window), "the list again")
    for _ in range(_MOST):
        if said("check_materials.said.notice") in seen(window):
            break
        window.do("keys", "1")
    window.do("keys", "F8")
    window.sees(said("check_materials.said.returned"), PATIENT)
    [(told,)] = rows(stage, "SELECT requirements FROM notice WHERE case_id = ?", case_id)
    text = next(one["text"] for one in json.loads(told) if "租赁" in one["text"] or "住所" in one["text"])
    assert text.endswith(f"（{DIFFERS}）"), text
    stage.close(window)
