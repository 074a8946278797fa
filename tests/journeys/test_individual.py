"""An individual business from the ID card to the signed hand-over: no name, run by a family, real processes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.demo import acts
from kiosk.demo.stage import Stage, Window
from kiosk.rules.credit_code import problem

from .visiting import (
    PATIENT,
    PRINTER,
    READER,
    NoAlbum,
    fair,
    identified,
    rows,
    said,
    silent,
    slip_code,
    stage_in,
    states,
    through_the_items,
    to_address,
    wait_for,
)

pytestmark = [pytest.mark.processes, pytest.mark.long]
HOLDER = "王测试"  # without a name, things are issued to the operator


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A hall whose departments hurry."""
    with stage_in(tmp_path, clock="scaled:120") as stage:
        yield stage


def to_check(stage: Stage, kiosk: Window) -> None:
    """From the plain questions to the check page; what a company is asked never comes up."""
    kiosk.tap("choice_alone", "way_individual", "choice_catering", "way_all", "way_none", "choice_here", "purpose")
    kiosk.page("declare_name")
    kiosk.tap("naming_without", "nameless")
    to_address(kiosk)
    kiosk.page("name_operator")  # straight from the address
    kiosk.sees(said("name_operator.title"))
    kiosk.tap("mend_phone-missing.p1", "phone_number_input")
    kiosk.do("pinyin", "13800001234")
    kiosk.tap("phone", "run_family", "next_member")
    kiosk.sees(said("name_operator.card.title"))
    stage.hall.do(READER, "lay_card", card="li")
    kiosk.sees("李*例")
    stage.hall.do(READER, "lift_card")
    kiosk.tap("next")
    kiosk.page("tax_and_invoice")
    kiosk.sees(said("tax_and_invoice.kinds.electronic"))  # without a seal there is none on paper
    through_the_items(kiosk, ("tax_and_invoice", "pick_up"))  # neither a seal nor staff was asked for
    kiosk.sees(said("slip.composition.family_with", family="李*例"))


def test_from_the_card_to_the_signed_hand_over(stage: Stage) -> None:
    album = NoAlbum(stage.ground.out)
    fair(stage)
    kiosk = stage.open("kiosk")
    kiosk.page("home")
    identified(stage, kiosk)
    to_check(stage, kiosk)
    kiosk.tap("next")
    kiosk.page("sign")
    kiosk.do("draw", "signature_pad", acts.SIGNATURES["wang"])
    kiosk.tap("sign")
    kiosk.sees(said("sign.done_title"))  # the operator alone signs
    kiosk.tap("next")
    kiosk.page("submit")
    kiosk.tap("submit")
    kiosk.sees("已送出")
    kiosk.tap("next")
    kiosk.page("take_receipt")
    paper = wait_for(lambda: (made := stage.hall.do(PRINTER, "last_receipt")).get("count") and made, "the slip")
    code = slip_code(kiosk)
    kiosk.tap("next")
    kiosk.page("see_progress")
    assert states(stage, code) == ["DRAFT", "SUBMITTED"]

    window = stage.open("window")
    acts.sign_in(stage, window, album, silent)
    acts.accept(stage, window, kiosk, str(paper["path"]), album, silent)
    number = acts.let_departments_work(stage, silent)
    [(uscc, name)] = rows(stage, "SELECT uscc, name_full FROM opening_case WHERE slip_code = ?", code)
    assert problem(uscc) is None and uscc.startswith("92") and name == ""
    assert rows(
        stage, "SELECT holder_name FROM stock_unit WHERE kind = 'tax_device' AND holder_name IS NOT NULL"
    ) == [(HOLDER,)]
    acts.prepare_bundle(stage, window, album, silent)
    acts.check_bundle(stage, window, number, album, silent)
    acts.hand_over(stage, window, album, silent)
    assert states(stage, code)[-1] == "CLOSED"
    assert stage.settled("kiosk", PATIENT) and stage.settled("window", PATIENT)
    shown = [*kiosk.do("texts"), *window.do("texts")]
    assert not [text for text in shown if HOLDER in text]  # on no screen is anybody named in full
