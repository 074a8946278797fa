"""A social-security card saves typing name and number of somebody who is not here: a real terminal, the real card
service, wrong cards, a card left behind, and the service away. It proves nothing: who is named signs on a phone."""

import json
from collections.abc import Iterator

import pytest

from kiosk.demo.stage import Stage, Window
from kiosk.domain.private import mask_name

from .visiting import (
    CARD_SERVICE,
    PATIENT,
    SOCIAL_CARD,
    command,
    identified,
    leave_later,
    said,
    stage_in,
    to_address,
    wait_for,
)

pytestmark = [pytest.mark.processes, pytest.mark.long, pytest.mark.timeout(900)]

LI_NAME, LI_NUMBER = "李示例", "500103199011030015"
RESERVED = said("declare_name.reserved_until", at="").removesuffix("。").strip()


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with stage_in(tmp_path_factory.mktemp("hall"), card_service=True, social_card=True) as stage:
        yield stage


def to_the_people(stage: Stage, kiosk: Window) -> None:
    kiosk.page("home", PATIENT)
    identified(stage, kiosk)
    kiosk.tap("choice_partners", "way_company", "choice_catering", "way_all", "way_none", "choice_here", "purpose")
    kiosk.page("declare_name")
    kiosk.tap("trade_input")
    kiosk.do("pinyin", "春风")
    kiosk.tap("check")
    kiosk.sees(RESERVED, PATIENT)
    kiosk.tap("next")
    to_address(kiosk)
    kiosk.page("set_capital")
    kiosk.tap("quick_100", "capital")
    kiosk.page("name_people")


def gone(kiosk: Window, text: str) -> None:
    wait_for(lambda: text not in kiosk.do("texts"), f"the going of {text}")


def test_name_and_number_come_from_the_card(stage: Stage) -> None:
    kiosk = stage.open("kiosk")
    to_the_people(stage, kiosk)
    kiosk.tap("add_absent")
    stage.hall.do(CARD_SERVICE, "stop")
    kiosk.sees(said("absent.card.off"), PATIENT)  # said before anybody looks for a card
    stage.hall.do(CARD_SERVICE, "start")
    gone(kiosk, said("absent.card.off"))
    for card, says in (("staff:0317", "is.staff_card"), ("tax:660000000001", "is.tax_device")):
        kiosk.tap("away_card")
        kiosk.sees(said("absent.card.title"))
        stage.hall.do(SOCIAL_CARD, "insert", card=card)
        kiosk.sees(said(f"absent.card.{says}"), PATIENT)
        stage.hall.do(SOCIAL_CARD, "remove")
        kiosk.tap("stop_card")  # typed after all
    kiosk.tap("away_card")
    stage.hall.do(SOCIAL_CARD, "insert", card="social:pin")
    kiosk.sees(said("absent.card.fault.pin.what"), PATIENT)
    stage.hall.do(SOCIAL_CARD, "insert", card="social:li")  # another one is read without a touch
    kiosk.sees(said("absent.card.filled"), PATIENT)
    kiosk.sees(said("chrome.social_left.what"), PATIENT)
    stage.hall.do(SOCIAL_CARD, "remove")
    gone(kiosk, said("chrome.social_left.what"))
    kiosk.tap("away_on")
    kiosk.sees(said("absent.card.filled"))
    kiosk.tap("away_on")
    kiosk.do("pinyin", "13900005678")
    kiosk.tap("away_done")
    kiosk.sees(mask_name(LI_NAME))
    leave_later(kiosk)
    assert stage.settled("kiosk", PATIENT)
    ended, told = command(stage.family.env, "audit", "export", "--config", str(stage.configs["kiosk"]))
    assert ended == 0 and LI_NAME not in told and LI_NUMBER not in told
    entries = [json.loads(line)["body"] for line in told.splitlines() if line.startswith("{")]
    assert [one["f.purpose"] for one in entries if one.get("f.card_kind") == "social_card"] == ["name_people"]
