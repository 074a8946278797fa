"""A company that is there asks for what it has not yet: real processes, real lines, fingers on the glass."""

from collections.abc import Iterator

import pytest

from kiosk.demo.stage import Stage, Window
from kiosk.faults import FaultCode
from tests.contract.hands import Hands
from tests.contract.turns import KIOSK_2, closed
from tests.journeys.visiting import (
    CAMERA,
    PATIENT,
    READER,
    fair,
    fault,
    finish,
    gone,
    rows,
    said,
    seen,
    signed,
    slip_code,
    stage_in,
    states,
    wait_for,
)

pytestmark = pytest.mark.processes
WANG = "500103198504120022"  # as on the virtual card


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A hall with one self-service terminal, whose platform's clock stands until somebody lets it run."""
    with stage_in(tmp_path_factory.mktemp("hall"), clock="manual") as stage:
        yield stage


@pytest.fixture
def window(stage: Stage) -> Iterator[Hands]:
    """A clerk at the window, by the contract alone."""
    hands = Hands(stage.platform["url"], "window-03 demo-window-03")
    hands.sign_in()
    yield hands
    hands.close()


def company(stage: Stage, window: Hands) -> tuple[str, str]:
    """A company that collected its licence and asked for nothing else: credit code and name. It was opened at another
    terminal, so that here only its people may see it."""
    fair(stage)
    elsewhere = Hands(stage.platform["url"], KIOSK_2)
    story = closed(elsewhere, window, ["SETUP"], number=WANG)
    elsewhere.close()
    case = story.case(window)
    return str(case["uscc"]), str(case["name_full"])


def at_the_ways(stage: Stage) -> Window:
    """The page on which a company is found."""
    kiosk = stage.open("kiosk")
    kiosk.page("home", PATIENT)
    kiosk.tap("later")
    kiosk.page("find_company")
    return kiosk


def agreed(stage: Stage, kiosk: Window) -> None:
    """To be recognised by the face, which stands before the camera already."""
    stage.hall.do(CAMERA, "show", scene="face")
    kiosk.page("give_consent")
    kiosk.tap("way_face", "consent")


def laid(stage: Stage, card: str, kiosk: Window, page: str) -> None:
    """The card lies on the reader until the next page is there."""
    stage.hall.do(READER, "lay_card", card=card)
    kiosk.page(page)
    stage.hall.do(READER, "lift_card")


def agreed_to(kiosk: Window, *steps: str) -> None:
    """What is proposed on each of these pages is right."""
    for step in steps:
        kiosk.page(step, PATIENT)
        kiosk.tap("next")


def submitted(stage: Stage, kiosk: Window) -> str:
    """From the page on which everything is checked to the slip, once."""
    signed(kiosk)
    kiosk.tap("submit")
    kiosk.sees(said("truth.sent"), PATIENT)
    kiosk.tap("next")
    kiosk.page("take_receipt")
    code = slip_code(kiosk)
    kiosk.sees(said("take_receipt.done.title"), PATIENT)
    finish(kiosk)
    assert stage.settled("kiosk", PATIENT)
    assert states(stage, code) == ["DRAFT", "SUBMITTED"]
    return code


@pytest.mark.timeout(600)
def test_by_card_only_what_is_left_and_nothing_asked_again(stage: Stage, window: Hands) -> None:
    uscc, name = company(stage, window)
    kiosk = at_the_ways(stage)
    laid(stage, "wang", kiosk, "give_consent")
    assert name not in seen(kiosk) and uscc not in seen(kiosk)
    agreed(stage, kiosk)
    kiosk.page("choose_items", PATIENT)
    offered = {one["object"] for one in kiosk.do("tree") if one["object"].startswith("item_")}
    assert offered == {"item_SEAL", "item_INVOICE", "item_SOCIAL", "item_FUND", "item_BANK"}
    kiosk.tap("item_INVOICE", "next")
    kiosk.sees("纸质发票要盖章才能领", PATIENT)
    kiosk.tap("item_SEAL", "item_SOCIAL", "next")
    agreed_to(kiosk, "tax_and_invoice", "seals", "employment_insurance", "pick_up")
    kiosk.page("confirm_items")
    assert name in seen(kiosk) and uscc in seen(kiosk) and WANG not in seen(kiosk)
    code = submitted(stage, kiosk)
    ((case_id, kind),) = rows(stage, "SELECT id, kind FROM opening_case WHERE slip_code = ?", code)
    case = window.call("GET", f"/v1/cases/{case_id}").json()
    assert (kind, case["uscc"], case["name_full"]) == ("phased", uscc, name)
    assert case["form"]["items"] == ["SEAL", "INVOICE", "SOCIAL"]
    assert case["form"]["invoice"]["requests"] and case["form"]["seal_plan"]["way"] == "free_set"
    assert case["form"]["fields"]["taxpayer_kind"] == "small_scale"  # told with the first invoices
    found = window.call("POST", "/v1/enterprises/search", {"uscc": uscc}).json()["items"][0]
    assert found["running_case_id"] == case_id
    accepted = {"decision": "accept", "decided_at": window.now(), "by": "0317"}
    path = f"/v1/cases/{case_id}/acceptances"
    assert window.post(path, accepted, If_Match=f'"v{case["version"]}"').json()["state"] == "PREPARING"
    kiosk.tap("later")
    kiosk.page("find_company")
    laid(stage, "wang", kiosk, "give_consent")
    agreed(stage, kiosk)
    kiosk.page("choose_items", PATIENT)
    offered = {one["object"] for one in kiosk.do("tree") if one["object"].startswith("item_")}
    assert offered == {"item_FUND", "item_BANK"}  # what is in hand is not offered a second time
    kiosk.tap("later", "dialog_leave")
    gone(kiosk)
    stage.office.weather(offline=True)
    kiosk.tap("later")
    kiosk.page("find_company")
    stage.hall.do(READER, "lay_card", card="wang")
    kiosk.sees(fault(FaultCode.COMPANY_NEEDS_NETWORK), PATIENT)
    stage.hall.do(READER, "lift_card")
    stage.office.weather()
    stage.close(kiosk)


@pytest.mark.long
@pytest.mark.timeout(600)
def test_by_code_and_by_licence_with_an_agent(stage: Stage, window: Hands) -> None:
    uscc, name = company(stage, window)
    kiosk = at_the_ways(stage)
    kiosk.tap("uscc_input")
    kiosk.do("pinyin", uscc)
    kiosk.tap("key_hide", "find")
    agreed(stage, kiosk)
    kiosk.page("present_id_card")
    laid(stage, "li", kiosk, "verify_face")  # nobody of the company
    kiosk.page("choose_company", PATIENT)
    kiosk.sees(fault(FaultCode.COMPANY_NOT_FOUND), PATIENT)
    assert name not in seen(kiosk)
    kiosk.tap("back")
    kiosk.page("find_company")
    code = stage.office.call("POST", "/sandbox/e-licences", uscc=uscc)["code"]
    kiosk.do("wedge", code)
    agreed(stage, kiosk)
    kiosk.page("present_id_card")
    laid(stage, "li", kiosk, "verify_face")
    kiosk.page("choose_items", PATIENT)
    kiosk.tap("item_SOCIAL", "next")
    agreed_to(kiosk, "employment_insurance")
    kiosk.page("confirm_items")
    kiosk.tap("phone_number_input")
    kiosk.do("pinyin", "13900002222")
    kiosk.tap("key_hide", "phone")
    wait_for(lambda: said("confirm_items.next") in seen(kiosk), "the number is kept")
    slip = submitted(stage, kiosk)
    ((case_id,),) = rows(stage, "SELECT id FROM opening_case WHERE slip_code = ?", slip)
    people = window.call("GET", f"/v1/cases/{case_id}").json()["form"]["people"]
    assert [one["roles"] for one in people][1:] == [["agent"]]
    kiosk.tap("later")
    kiosk.page("find_company")
    stage.office.let_time_run(30)
    kiosk.do("wedge", code)  # a code is good once
    kiosk.sees(fault(FaultCode.E_LICENCE_OVER), PATIENT)
    stage.close(kiosk)
