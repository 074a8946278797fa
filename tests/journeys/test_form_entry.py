"""A clerk fills in the whole form at the window, from nothing to the printed acceptance; by keys alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.demo import acts
from kiosk.demo.stage import Stage, Window

from .visiting import (
    DESK_READER,
    PATIENT,
    SHEETS,
    STAFF_CARD,
    NoAlbum,
    fair,
    kill,
    rows,
    said,
    silent,
    stage_in,
    states,
    wait_for,
)

pytestmark = [pytest.mark.processes, pytest.mark.long]
MOST_KEYS = 200
WANG = "王*试"


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A hall on its own clock."""
    with stage_in(tmp_path) as stage:
        fair(stage)
        yield stage


def begin(stage: Stage) -> Window:
    """Signed in, an empty form; the customer agreed, laid the card and was looked at."""
    window = stage.open("window")
    acts.sign_in(stage, window, NoAlbum(stage.ground.out), silent)
    window.keystrokes = 0
    window.do("keys", "Ctrl+N")
    window.page("fill_form")
    window.sees(said("entry.consent.agree"))
    window.do("keys", "1")
    window.sees(said("entry.card.waiting"))
    stage.hall.do(DESK_READER, "lay_card", card="wang")
    window.sees(said("entry.person.confirm"))
    stage.hall.do(DESK_READER, "lift_card")
    window.do("keys", "F8")
    window.sees(said("entry.person.confirmed"))
    return window


def phone(window: Window) -> None:
    """The number, typed."""
    window.sees(said("name_people.phone.hint"))
    window.do("type", "13800001234")
    window.do("keys", "Enter")
    window.sees("138****1234")


def scope(window: Window, letters: str, item: str) -> None:
    """One item of the catalogue by letters; the empty line goes on."""
    window.sees(said("entry.scope.hint"))
    window.do("type", letters)
    window.sees(item)
    window.do("keys", "Enter")
    window.sees(said("entry.scope.count", n=1))
    window.do("keys", "Enter")


def place(window: Window) -> None:
    """Division by its initials, street and door, how it was got."""
    window.sees(said("entry.division_hint"))
    window.do("type", "yzq")
    window.sees("渝中区")
    window.do("keys", "Enter")
    window.sees(said("give_address.line.hint"))
    window.do("compose", "shili", "示例")
    window.do("compose", "lu", "路")
    window.do("type", "8")
    window.do("compose", "hao", "号")
    window.do("keys", "Enter")
    window.sees(said("give_address.way.rented_paper"))
    window.do("keys", "2")


def sign_and_submit(window: Window) -> None:
    """The customer signs; the platform has it, and the checklist lies open."""
    window.sees(said("entry.nothing_left"))
    window.do("keys", "F9")
    window.page("sign_form")
    window.do("draw", "signature_pad", acts.SIGNATURES["wang"])
    window.do("keys", "Enter")
    window.sees(said("entry.sign.said.ready"))
    window.do("keys", "F9")
    window.page("check_materials", PATIENT)


def accept_and_print(stage: Stage, window: Window) -> None:
    """受理, and the notice on paper."""
    window.do("keys", "1")
    window.sees("材料齐了，可以受理。")
    window.do("keys", "F9")
    window.sees("平台已受理")
    before = stage.hall.do(SHEETS, "last_job").get("count", 0)
    window.do("keys", "F10")
    wait_for(lambda: stage.hall.do(SHEETS, "last_job").get("count", 0) > before, "the notice of acceptance")


def code_of(stage: Stage) -> str:
    """The slip of the only case."""
    [(code,)] = rows(stage, "SELECT slip_code FROM opening_case")
    return str(code)


def test_a_company_of_one_person_from_nothing_to_the_printed_acceptance(stage: Stage) -> None:
    window = begin(stage)
    phone(window)
    window.sees(said("entry.purpose"))
    window.do("keys", "2")
    window.sees(said("declare_name.trade_hint"))
    window.do("compose", "ceshi", "测试")  # the hall's register has a name too like 示例商贸
    window.do("keys", "Enter")
    window.sees(said("entry.name.held"))
    scope(window, "canyin", "餐饮服务")
    place(window)
    window.sees(said("set_capital.liability"))
    window.do("type", "100")
    window.do("keys", "Enter")
    sign_and_submit(window)
    code = code_of(stage)
    accept_and_print(stage, window)
    assert states(stage, code)[:3] == ["DRAFT", "RECEIVED", "ACCEPTED"]
    assert 0 < window.keystrokes <= MOST_KEYS, window.keystrokes
    print(f"keystrokes: {window.keystrokes}")
    assert rows(stage, "SELECT method, by_ref FROM verification") == [("in_person", "0317")]
    assert rows(stage, "SELECT handled_by FROM opening_case") == [("0317",)]
    assert stage.settled("window", PATIENT)
    assert stage.verify_audit("window") == "verified"


def test_after_a_kill_the_form_is_found_by_the_card_and_goes_on(stage: Stage) -> None:
    """个体工商户 without a name: killed after the scope; nothing that was kept is asked again."""
    window = begin(stage)
    phone(window)
    window.sees(said("entry.purpose"))
    window.do("keys", "1")
    window.sees(said("name_operator.personal_debts"))
    window.do("keys", "1")
    window.sees(said("declare_name.trade_hint"))
    window.do("keys", "Up")
    window.sees(said("declare_name.left_out"))
    window.do("keys", "1")
    scope(window, "canyin", "餐饮服务")
    assert stage.settled("window", PATIENT)
    kill(stage, window)
    stage.hall.do(STAFF_CARD, "remove")
    window = stage.open("window")
    acts.sign_in(stage, window, NoAlbum(stage.ground.out), silent)
    stage.hall.do(DESK_READER, "lay_card", card="wang")
    window.page("see_case", PATIENT)
    stage.hall.do(DESK_READER, "lift_card")
    window.do("keys", "F8")
    window.page("fill_form")
    window.sees(WANG)
    window.sees(said("entry.scope.count", n=1))
    place(window)
    sign_and_submit(window)
    accept_and_print(stage, window)
    assert states(stage, code_of(stage))[:3] == ["DRAFT", "RECEIVED", "ACCEPTED"]
