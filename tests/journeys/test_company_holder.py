"""A company among the shareholders, from the guide's first question to the approval: nobody is sent away first."""

from collections.abc import Iterator

import pytest

from kiosk.demo import acts
from kiosk.demo.acts import SIGNATURES
from kiosk.demo.stage import Stage, Window, set_up

from .visiting import NoAlbum, described, identified, rows, said, seen, silent, states, wait_for

pytestmark = [pytest.mark.processes, pytest.mark.long]

FIRM, CODE = "重庆示例投资控股有限公司", "91500103MA5U00003N"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with set_up(tmp_path_factory.mktemp("hall"), screen=False, clock="scaled:120") as stage:
        yield stage


def with_company(kiosk: Window) -> None:
    """What is done, up to the page of the people."""
    kiosk.tap("choice_with_company", "way_company", "choice_catering", "way_all", "way_none", "choice_here")
    kiosk.tap("purpose")
    kiosk.page("declare_name")
    kiosk.tap("trade_input")
    kiosk.do("pinyin", "示例")
    kiosk.tap("check")


def company_added(kiosk: Window) -> None:
    """Code by its own keys, name, and the applicant, who is its legal representative, signs for it."""
    kiosk.sees("股东里还没有企业")
    kiosk.tap("add_company", *(f"key_{letter}" for letter in CODE[:-1]), "key_M")
    kiosk.sees(said("name_people.company.wrong_check"))
    kiosk.tap("key_back", f"key_{CODE[-1]}", "to_name")
    kiosk.do("pinyin", FIRM)
    kiosk.tap("key_hide", "company")
    kiosk.sees(f"还没说谁代 {FIRM} 签名")
    kiosk.tap("mend_representative-missing.p2", "signer_p1")
    kiosk.sees("占 50%")


def test_1190_is_opened_at_the_terminal_and_approved(stage: Stage) -> None:
    kiosk = stage.open("kiosk")
    identified(stage, kiosk)
    with_company(kiosk)
    described(kiosk, company_added)
    assert f"王*试（{FIRM}）" in seen(kiosk)
    kiosk.tap("next")
    kiosk.page("sign")
    for told in (said("sign.state.now"), FIRM):  # for herself, then for the company
        assert told in seen(kiosk)
        kiosk.do("draw", "signature_pad", SIGNATURES["wang"])
        kiosk.tap("sign")
    kiosk.sees(said("sign.done_title"))
    kiosk.tap("next")
    kiosk.page("submit")
    kiosk.tap("submit")
    kiosk.sees("已送出")
    receipt = acts.take_receipt(stage, kiosk, NoAlbum(stage.ground.out), silent)
    [(code,)] = rows(stage, "SELECT slip_code FROM opening_case")
    window = stage.open("window")
    acts.sign_in(stage, window, NoAlbum(stage.ground.out), silent)
    accepted(stage, window, receipt)
    wait_for(lambda: "APPROVED" in states(stage, code), "the approval")
    [(form,)] = rows(stage, "SELECT form FROM opening_case WHERE slip_code = ?", code)
    assert CODE in str(form) and '"represented_by"' in str(form)


def accepted(stage: Stage, window: Window, receipt: str) -> None:
    """The clerk sees the company's licence as the one paper that is brought, and accepts."""
    stage.hall.do("window.code_scanner", "show", scene="code", picture=receipt)
    window.page("check_materials", 60)
    stage.hall.do("window.code_scanner", "show", scene="nobody")
    window.sees(f"{FIRM}　股东企业的营业执照")
    for _ in range(4):
        if "材料齐了，可以受理。" in seen(window):
            break
        window.do("keys", "1")
    window.sees("材料齐了，可以受理。")
    window.do("keys", "F9")
    window.sees("平台已受理")
