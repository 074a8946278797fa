"""A social-security card saves typing name and number of somebody who is not here: a real terminal, the real card
service, wrong cards, a card left behind, and the service away. It proves nothing: who is named signs on a phone."""

from collections.abc import Iterator

import pytest

from kiosk.demo.stage import Stage, Window

from .visiting import (
    CARD_SERVICE,
    PATIENT,
    SOCIAL_CARD,
    described,
    identified,
    leave_later,
    rows,
    said,
    stage_in,
    wait_for,
)

pytestmark = [pytest.mark.processes, pytest.mark.long, pytest.mark.timeout(900)]

LI_NAME, LI_NUMBER = "李示例", "500103199011030015"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with stage_in(tmp_path_factory.mktemp("hall"), card_service=True, social_card=True) as stage:
        yield stage


def gone(kiosk: Window, text: str) -> None:
    wait_for(lambda: text not in kiosk.do("texts"), f"the going of {text}")


def test_name_and_number_come_from_the_card(stage: Stage) -> None:
    kiosk = stage.open("kiosk")

    def partner(kiosk: Window) -> None:
        kiosk.tap("add_absent")
        stage.hall.do(CARD_SERVICE, "stop")
        kiosk.sees(said("absent.card.off"), PATIENT)  # said before anybody looks for a card
        stage.hall.do(CARD_SERVICE, "start")
        gone(kiosk, said("absent.card.off"))
        kiosk.tap("away_card")
        kiosk.sees(said("absent.card.title"))
        for card, says in (("staff:0317", "is.staff_card"), ("tax:660000000001", "is.tax_device")):
            stage.hall.do(SOCIAL_CARD, "insert", card=card)
            kiosk.sees(said(f"absent.card.{says}"), PATIENT)
            kiosk.tap("stop_card")  # typed after all; and asked again
            kiosk.tap("away_card")
            stage.hall.do(SOCIAL_CARD, "remove")
        stage.hall.do(SOCIAL_CARD, "insert", card="social:pin")
        kiosk.sees(said("absent.card.fault.pin.what"), PATIENT)
        stage.hall.do(SOCIAL_CARD, "insert", card="social:li")  # laid anew, it is read without a touch
        kiosk.sees(said("absent.card.filled"), PATIENT)
        assert LI_NAME in "".join(one["name"] + str(one.get("value", "")) for one in kiosk.do("tree"))
        kiosk.sees(said("chrome.social_left.what"), PATIENT)
        stage.hall.do(SOCIAL_CARD, "remove")
        gone(kiosk, said("chrome.social_left.what"))
        kiosk.tap("away_on")
        kiosk.sees(said("absent.card.filled"))
        kiosk.tap("away_on")
        kiosk.do("pinyin", "13900005678")
        kiosk.tap("away_done")
        kiosk.sees(said("name_people.away"))

    kiosk.page("home", PATIENT)
    identified(stage, kiosk)
    kiosk.tap("choice_partners", "way_company", "choice_catering", "way_all", "way_none", "choice_here", "purpose")
    kiosk.page("declare_name")
    kiosk.tap("trade_input")
    kiosk.do("pinyin", "春风")
    kiosk.tap("check")
    described(kiosk, partner)
    code = leave_later(kiosk)
    assert stage.settled("kiosk", PATIENT)
    [(name, number, checked)] = rows(
        stage,
        "SELECT person.name, person.cert_no, person.verification_id FROM person JOIN opening_case"
        " ON person.case_id = opening_case.id WHERE opening_case.slip_code = ? AND person.ref = 'p2'",
        code,
    )
    assert (name, number, checked) == (LI_NAME, LI_NUMBER, None)
