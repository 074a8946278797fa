"""What a page says is true of this case at this moment, and names the next thing that somebody has to do."""

from dataclasses import replace

import pytest

from kiosk.domain.case import CaseState
from ui.viewmodels import citizen, clerk
from ui.viewmodels.page import ViewModel
from ui.words import Words

from .citizen_walk import Still, stills
from .clerk_walk import seen

ZH = Words("zh")
STILLS = stills()


def shown(still: Still) -> ViewModel:
    return citizen.present(still.scene, ZH, still.notes)


def steps(vm: ViewModel) -> list[tuple[str, str]]:
    return [(row["text"], row["detail"]) for row in vm.lists["steps"]]


def test_the_slip_sends_people_with_a_paper_to_the_window_first() -> None:
    still = STILLS["take_receipt-no-paper"]
    assert not still.scene.state.truth.accepted
    assert steps(shown(still))[0] == ("先把材料带到窗口", "住所证明")
    accepted = steps(shown(STILLS["take_receipt-done"]))
    assert [text for text, _ in accepted] == ["等短信", "带身份证来领"]


def test_whoever_has_it_posted_is_not_told_to_come() -> None:
    posted = STILLS["pick_up-mail-lacking"].scene.state.form.mail
    still = STILLS["take_receipt-done"]
    visit = still.scene.state
    visit = replace(visit, known=None, form=replace(visit.form, mail=posted))
    vm = shown(replace(still, scene=replace(still.scene, state=visit)))
    assert steps(vm)[-1] == ("等快递", "带证件当面签收")
    assert [row["value"] for row in vm.lists["facts"] if row["key"] == "where"] == ["邮寄"]


def test_nobody_waits_for_a_helper_who_does_not_come() -> None:
    waiting = {name: shown(STILLS[f"verify_face-{name}"]).data["question"] for name in ("in-person", "gone", "alone")}
    assert waiting == {"in-person": "请等帮办人员来核对", "gone": "请再叫一次帮办", "alone": "请再叫一次帮办"}


def test_nobody_is_sent_away_before_the_link_is_sent() -> None:
    before, after = (shown(STILLS[name]).data["lead"] for name in ("sign-waiting", "sign-invited"))
    assert before == "先发签名链接，本人在手机上签。" and after.startswith("可以先走")


def test_what_the_platform_refused_waits_for_nothing() -> None:
    stations = [row["text"] for row in shown(STILLS["submit-refused"]).lists["stations"]]
    assert stations[1:] == ["平台没有收下", "没有受理"]


@pytest.mark.parametrize("state", ["RETURNED", "NOT_ACCEPTED", "REFUSED", "SUSPENDED", "CLOSED", "IN_REVIEW"])
def test_the_window_says_how_a_case_stands_that_it_cannot_go_on_with(state: str) -> None:
    still = seen(CaseState[state]).still()
    vm = clerk.present(still.scene, ZH, still.notes)
    assert vm.page == "see_case"
    assert (vm.data["said"] == "后台正在办，窗口不用操作。") == (state == "IN_REVIEW")
