"""What can go wrong at the clerk's desk: wrong PIN, cards pulled, services restarted, somebody else's device."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.demo import acts
from kiosk.demo.acts import SIGNATURES
from kiosk.demo.stage import Stage, Window
from kiosk.domain.ids import SlipCode
from kiosk.faults import FaultCode
from kiosk.rules.slip import ITEMS_OF_BUNDLE
from tests.journeys.visiting import (
    CARD_SERVICE,
    SCANNER,
    SHEETS,
    STAFF_CARD,
    TAX_DEVICE,
    Keeper,
    NoAlbum,
    fault,
    rows,
    said,
    seen,
    silent,
    stage_in,
    states,
    wait_for,
)

from . import hall

pytestmark = pytest.mark.processes

NOBODY = NoAlbum(Path())


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with stage_in(tmp_path_factory.mktemp("hall"), clock="scaled:600", card_service=True) as stage:
        yield stage


@pytest.fixture(scope="module")
def terminal(stage: Stage) -> Keeper:
    return Keeper(stage, "window", "present_staff_card")


@pytest.fixture
def window(terminal: Keeper) -> Window:
    return terminal.at_rest()


@pytest.fixture
def slip(stage: Stage, tmp_path: Path, request: pytest.FixtureRequest) -> SlipCode:
    """A case that a citizen has submitted, by the kiosk's own cache without its screens."""
    with hall.kiosk(tmp_path, stage.platform["url"]) as cache:
        case_id, code = hall.fresh_case(cache)
        trade = hall.trade_name(sum(request.node.name.encode()) % 1000)
        hall.submit(cache, case_id, code, replace(hall.ready_form(cache, case_id, trade), items=ITEMS_OF_BUNDLE))
        hall.settled(cache, case_id, 2)
    return code


def sign_in(stage: Stage, window: Window) -> None:
    acts.sign_in(stage, window, NOBODY, silent)


def open_case(window: Window, slip: SlipCode) -> None:
    """By hand, as it stands on the slip."""
    window.tap("code_input")
    window.do("type", slip)
    window.do("keys", "Enter")


def accept(window: Window) -> None:
    window.page("check_materials")
    window.do("keys", "1")
    window.sees(said("check_materials.said.ready"))
    window.do("keys", "F9")
    window.sees(said("check_materials.said.accepted"))
    window.do("keys", "Enter")
    window.page("find_case")


def case_goods(stage: Stage, slip: SlipCode) -> list[tuple[str, str]]:
    """Kind and bar code of everything that lies ready for one case, in handing order."""
    [(case_id,)] = rows(stage, "SELECT id FROM opening_case WHERE slip_code = ?", slip)
    shelf = stage.office.call("GET", "/sandbox/goods")
    return [(one["kind"], one["code"]) for one in shelf if one["case_id"] == case_id]


def test_wrong_pin(stage: Stage, window: Window) -> None:
    stage.hall.do(STAFF_CARD, "insert", card="staff:0317")
    window.page("enter_pin")
    window.do("type", "111111")
    window.do("keys", "Enter")
    window.sees(fault(FaultCode.PIN_WRONG))
    window.sees(said("clerk.attempts_left", n=2))
    window.do("type", "135790")
    window.do("keys", "Enter")
    window.page("find_case")


def test_locked_card(stage: Stage, window: Window) -> None:
    stage.hall.do(STAFF_CARD, "insert", card="staff:0317")
    window.page("enter_pin")
    stage.hall.do(STAFF_CARD, "lock_pin")
    window.do("type", "135790")
    window.do("keys", "Enter")
    window.sees(fault(FaultCode.PIN_LOCKED))
    stage.hall.do(STAFF_CARD, "remove")
    window.do("keys", "Esc")
    window.page("present_staff_card")


def test_staff_card_pulled_in_the_middle_of_a_case(stage: Stage, window: Window, slip: SlipCode) -> None:
    """The desk locks at once and shows nothing of the case; the clerk comes back and goes on."""
    sign_in(stage, window)
    open_case(window, slip)
    window.page("check_materials")
    assert slip in "".join(window.do("texts"))
    stage.hall.do(STAFF_CARD, "remove")
    window.page("present_staff_card")
    assert not [secret for secret in (slip, "王") if secret in seen(window)]
    sign_in(stage, window)
    open_case(window, slip)
    accept(window)


def test_without_the_scanner_the_code_is_typed(stage: Stage, window: Window, slip: SlipCode) -> None:
    stage.hall.do(SCANNER, "unplug")
    sign_in(stage, window)
    window.sees(fault(FaultCode.CODE_SCANNER_ABSENT))
    open_case(window, slip)
    accept(window)
    assert states(stage, slip)[:3] == ["DRAFT", "SUBMITTED", "ACCEPTED"]
    stage.hall.do(SCANNER, "plug")
    wait_for(lambda: fault(FaultCode.CODE_SCANNER_ABSENT) not in "".join(window.do("texts")), "the words' going")


def test_card_service_restarted(stage: Stage, window: Window, slip: SlipCode) -> None:
    """Nobody watched the card meanwhile, so the desk locks; the PIN opens it again, with the card where it was."""
    sign_in(stage, window)
    open_case(window, slip)
    window.page("check_materials")
    stage.hall.do(CARD_SERVICE, "restart")
    window.page("enter_pin")
    assert slip not in "".join(window.do("texts"))
    window.do("type", "135790")
    window.do("keys", "Enter")
    window.page("find_case")
    open_case(window, slip)
    accept(window)
    stage.hall.do(STAFF_CARD, "remove")
    window.page("present_staff_card")


def test_card_service_stopped(stage: Stage, window: Window) -> None:
    stage.hall.do(CARD_SERVICE, "stop")
    try:
        window.sees(fault(FaultCode.SMART_CARD_SERVICE_DOWN))
    finally:
        stage.hall.do(CARD_SERVICE, "start")
    wait_for(lambda: fault(FaultCode.SMART_CARD_SERVICE_DOWN) not in "".join(window.do("texts")), "the words' going")
    sign_in(stage, window)


def test_device_of_another_company_and_a_printer_that_is_off(stage: Stage, window: Window, slip: SlipCode) -> None:
    """Not handed over while one number differs; with the right device it is, and the sheet comes when it can."""
    sign_in(stage, window)
    open_case(window, slip)
    accept(window)
    wait_for(lambda: states(stage, slip)[-1] == "READY", "the departments' work")
    stage.office.write_devices(stage.hall, TAX_DEVICE, set())
    goods = case_goods(stage, slip)
    acts.prepare_bundle(stage, window, NOBODY, silent)
    for kind, code in goods:
        if kind != "tax_device":
            window.do("wedge", code)
    number = dict(goods)["tax_device"]
    stranger = {"number": "661999999999", "uscc": "91500103MA0000001X", "holder": "重庆别家商贸有限公司"}
    stage.hall.do(TAX_DEVICE, "insert", card=f"tax:{stranger['number']}")
    stage.hall.do(TAX_DEVICE, "write_tax_device", **stranger)
    window.sees(fault(FaultCode.TAX_DEVICE_OTHER))
    window.sees("999999999")  # the piece of the number that differs
    window.do("keys", "F12")
    assert window.do("page") == "check_bundle"
    stage.hall.do(TAX_DEVICE, "remove")
    stage.hall.do(TAX_DEVICE, "insert", card=f"tax:{number}")
    window.do("keys", "F6")
    window.sees(said("check_bundle.tally_done"))
    stage.hall.do(SHEETS, "power_off")
    window.do("keys", "F12")
    window.page("sign_handover")
    window.do("draw", "signature_pad", SIGNATURES["wang"])
    window.do("keys", "Enter")
    window.sees(said("sign_handover.said.signed"))
    window.do("keys", "F12")
    window.page("handed_over")
    window.sees(said("handed_over.title"))
    window.sees(said("handed_over.sheet.failed"))
    stage.hall.do(SHEETS, "power_on")
    window.sees(said("handed_over.sheet.printed"), 60)
    assert states(stage, slip)[-1] == "CLOSED"


def scan_all(window: Window, goods: list[tuple[str, str]]) -> None:
    """Every bar code. A machine under load may take a scanner's first letter for a hand's: scanned again."""
    codes = [code for kind, code in goods if kind != "tax_device"]
    for fitting, code in enumerate(codes, 1):
        tally, wrong = said("check_bundle.tally", n=fitting, all=len(goods)), fault(FaultCode.ARTICLE_MISMATCH)

        def fits(code: str = code, tally: str = tally, wrong: str = wrong) -> bool:
            texts = "".join(window.do("texts"))
            if wrong in texts:
                window.do("keys", "F6")
                window.do("wedge", code)
            return tally in texts

        window.do("wedge", code)
        wait_for(fits, tally)


def test_line_cut_between_permit_and_signature(stage: Stage, window: Window, slip: SlipCode) -> None:
    """What was prepared online is finished without the line, said as recorded and not as known; it arrives once."""
    sign_in(stage, window)
    open_case(window, slip)
    accept(window)
    wait_for(lambda: states(stage, slip)[-1] == "READY", "the departments' work")
    stage.office.write_devices(stage.hall, TAX_DEVICE, set())
    goods = case_goods(stage, slip)
    acts.prepare_bundle(stage, window, NOBODY, silent)
    scan_all(window, goods)
    stage.office.weather(offline=True)
    try:
        stage.hall.do(TAX_DEVICE, "insert", card=f"tax:{dict(goods)['tax_device']}")
        window.sees(said("check_bundle.tally_done"))
        window.do("keys", "F12")
        window.page("sign_handover")
        window.do("draw", "signature_pad", SIGNATURES["wang"])
        window.do("keys", "Enter")
        window.sees(said("sign_handover.said.signed"))
        window.sees(said("clerk.status.offline"), 60)
        window.do("keys", "F12")
        window.page("handed_over")
        window.sees(said("handed_over.title_recorded"))
        assert said("handed_over.title") not in window.do("texts")
        assert states(stage, slip)[-1] == "READY"
    finally:
        stage.office.weather()
    wait_for(lambda: states(stage, slip)[-1] == "CLOSED", "the platform's knowing")
    wait_for(lambda: said("handed_over.title") in window.do("texts"), "the window's knowing that it knows")
    [(case_id,)] = rows(stage, "SELECT id FROM opening_case WHERE slip_code = ?", slip)
    ended = rows(stage, "SELECT state, discrepancy_id FROM handover WHERE case_id = ?", case_id)
    assert ended == [("HANDED_OVER", None)]
    stage.hall.do(TAX_DEVICE, "remove")


def test_acceptance_needs_the_line(stage: Stage, window: Window, slip: SlipCode) -> None:
    """受理 is a legal act: without the line the button says why, and lights up by itself when the line is back."""
    sign_in(stage, window)
    open_case(window, slip)
    window.page("check_materials")
    window.do("keys", "1")
    window.sees(said("check_materials.said.ready"))
    stage.office.weather(offline=True)
    try:
        window.sees(said("check_materials.said.barred"), 60)
        window.sees(fault(FaultCode.NEEDS_NETWORK))
        window.do("keys", "F9")
        assert states(stage, slip)[-1] == "SUBMITTED"
    finally:
        stage.office.weather()
    window.sees(said("check_materials.said.ready"), 60)
    window.do("keys", "F9")
    window.sees(said("check_materials.said.accepted"))
