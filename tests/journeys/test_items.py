"""All that one form brings, asked on the terminal and made by the departments: invoices, seals, insurance, fund, an
hour at a bank. Real terminal, real platform."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.demo import acts
from kiosk.demo.stage import Stage, Window

from .visiting import (
    PRINTER,
    SCANNER,
    NoAlbum,
    fair,
    identified,
    rows,
    said,
    signed,
    silent,
    slip_code,
    stage_in,
    to_address,
    wait_for,
)

pytestmark = [pytest.mark.processes, pytest.mark.long]


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A hall whose departments hurry."""
    with stage_in(tmp_path, clock="scaled:120") as stage:
        yield stage


def to_items(kiosk: Window) -> None:
    """Alone, with staff, everything today; up to the first of the items."""
    kiosk.tap("choice_alone", "way_company", "choice_catering", "way_all", "way_some", "choice_here", "purpose")
    kiosk.page("declare_name")
    kiosk.tap("trade_input")
    kiosk.do("pinyin", "云上")
    kiosk.tap("check")
    kiosk.sees(said("declare_name.reserved_until", at="").removesuffix("。").strip())
    kiosk.tap("next")
    to_address(kiosk)
    kiosk.page("set_capital")
    kiosk.tap("quick_100", "capital")
    kiosk.page("name_people")
    kiosk.sees(said("name_people.supervisor_none"))
    kiosk.tap("edit_phone_p1", "phone_number_input")
    kiosk.do("pinyin", "13800001234")
    kiosk.tap("phone", "next")
    kiosk.page("tax_and_invoice")


def choose(kiosk: Window) -> None:
    """Invoices as they are proposed, one seal more, the fund as it is proposed, an hour at a bank, this hall."""
    kiosk.sees(said("tax_and_invoice.kinds.paper"))
    kiosk.tap("next")
    kiosk.page("seals")
    kiosk.tap("answer_uses", "option_seal_contract", "done", "next")
    kiosk.page("employment_insurance")
    kiosk.sees(said("employment_insurance.fund.value", rate="5", count="1"))
    kiosk.tap("next")
    kiosk.page("bank_appointment")
    kiosk.sees(said("bank_appointment.book"))
    kiosk.tap("option_book", "option_bank-b", "option_bank-b-02")
    kiosk.tap(acts.first_of(kiosk, "tile_20"))
    kiosk.tap(acts.first_of(kiosk, "tile_0"), "next")
    kiosk.page("pick_up")
    kiosk.sees(said("pick_up.here"))
    kiosk.tap("next")
    kiosk.page("check_answers")
    kiosk.sees(said("slip.no_supervisor"))


def accepted(stage: Stage, window: Window, receipt: str) -> None:
    """The clerk sees the same wishes, looks at the address and the list of staff, and accepts."""
    stage.hall.do(SCANNER, "show", scene="code", picture=receipt)
    window.page("check_materials", 60)
    stage.hall.do(SCANNER, "show", scene="nobody")
    window.sees(said("slip.social.staff", count="1"))
    window.sees(said("slip.fund", employer="5", employee="5", count="1"))
    window.sees(said("slip.seals.free_set", count="5"))
    window.do("keys", "1")
    window.do("keys", "1")
    window.sees("材料齐了，可以受理。")
    window.do("keys", "F9")
    window.sees("平台已受理")


def test_everything_that_was_wished_for_is_approved(stage: Stage) -> None:
    album = NoAlbum(stage.ground.out)
    fair(stage)
    kiosk = stage.open("kiosk")
    kiosk.page("home")
    identified(stage, kiosk)
    to_items(kiosk)
    choose(kiosk)
    signed(kiosk)
    kiosk.tap("submit")
    kiosk.sees("已送出")
    kiosk.tap("next")
    kiosk.page("take_receipt")
    paper = wait_for(lambda: (made := stage.hall.do(PRINTER, "last_receipt")).get("count") and made, "the slip")
    code = slip_code(kiosk)
    kiosk.tap("next")
    kiosk.page("see_progress")

    window = stage.open("window")
    acts.sign_in(stage, window, album, silent)
    accepted(stage, window, str(paper["path"]))
    acts.let_departments_work(stage, silent)
    [(case_id, kept)] = rows(stage, "SELECT id, form FROM opening_case WHERE slip_code = ?", code)
    states = dict(rows(stage, "SELECT item, state FROM case_item WHERE case_id = ?", case_id))
    assert states == {
        "SETUP": "PREPARED", "SEAL": "PREPARED", "INVOICE": "PREPARED", "SOCIAL": "DONE", "FUND": "DONE",
        "BANK": "DONE",
    }  # fmt: skip
    seals = rows(stage, "SELECT use FROM article WHERE case_id = ? AND kind = 'seal'", case_id)
    assert ("seal_contract",) in seals and len(seals) == 5
    assert rows(stage, "SELECT branch_id, state FROM bank_appointment WHERE case_id = ?", case_id) == [
        ("bank-b-02", "CONFIRMED")
    ]
    form = json.loads(kept)
    assert form["fields"]["without_supervisor"] is True and form["fields"]["taxpayer_kind"] == "small_scale"
    assert form["social"]["insured"] == ["p1"] and form["fund"]["employer_rate"] == "5"
    assert form["invoice"]["buyer"] == "p1" and form["pickup"]["site_id"] == "cq-demo-01"
    kiosk.sees(said("see_progress.appointment.CONFIRMED"))  # the citizen has waited and is told
