"""What strangers stumbled over when they used the terminal and the window for the first time, one test each."""

from dataclasses import replace
from typing import Any

import pytest

from kiosk.audit import AuditKind
from kiosk.contracts.ledger import Verdict
from kiosk.faults import FaultCode
from kiosk.faults import words as fault_words
from kiosk.workflow import events as ev
from tests.unit.ui.viewmodels import citizen_walk, clerk_walk, customer_walk
from ui.viewmodels import citizen, clerk, customer
from ui.viewmodels.clerk.form_line import OneOf
from ui.viewmodels.page import Action, ViewModel
from ui.words import Words, catalogue

CITIZEN, CLERK = citizen_walk.stills(), clerk_walk.stills()


def terminal(name: str, language: str = "zh") -> ViewModel:
    still = CITIZEN[name]
    return citizen.present(still.scene, Words(language), still.notes)


def window(name: str, language: str = "zh") -> ViewModel:
    still = CLERK[name]
    return clerk.present(still.scene, Words(language), still.notes)


def button(vm: ViewModel, name: str) -> Action:
    return next(one for one in vm.actions if one.name == name)


def test_a_card_that_is_over_is_not_asked_for_once_more() -> None:
    over, unread = terminal("present_id_card-expired"), terminal("present_id_card-failed")
    assert button(over, "retry").text == "换一张证件再读"
    assert button(unread, "retry").text == "再读一次"
    assert {one.name for one in over.actions} == {"retry", "back", "leave"}


def test_the_bar_does_not_run_back_when_a_partner_is_checked() -> None:
    own, partner, named = (terminal(one).data["step"] for one in ("verify_face", "verify_face-second", "name_people"))
    assert own < partner == named


def test_a_wrong_amount_is_not_called_no_amount() -> None:
    wrong, none = (button(terminal(one), "capital") for one in ("set_capital-wrong", "set_capital"))
    assert (wrong.enabled, wrong.missing) == (False, "请改金额")
    assert (none.enabled, none.missing) == (False, "还没有填金额")


def test_the_papers_are_not_said_to_be_seen_at_the_window_only() -> None:
    """The terminal itself photographs them a few steps later."""
    assert "当场拍" in terminal("give_address-way").data["lead"]


def test_nobody_says_the_papers_are_complete_while_the_slip_says_they_are_to_bring() -> None:
    vm = terminal("submit-accepted")
    assert vm.slip is not None
    assert any(one.words == "要带来" for one in vm.slip.lines)
    assert "收齐" not in vm.data["lead"]


def test_what_the_platform_refused_does_not_wait_to_be_sent() -> None:
    stations = {row["key"]: row for row in terminal("submit-refused").lists["stations"]}
    assert (stations["sent"]["state"], stations["sent"]["text"]) == ("stop", "平台没有收下")
    still = CITIZEN["submit-refused"]
    deed = still.scene.state.deed
    gave_up: Any = replace(still.scene, state=replace(still.scene.state, deed=replace(deed, verdict=Verdict.GAVE_UP)))
    vm = citizen.present(gave_up, Words("zh"), still.notes)
    assert next(row for row in vm.lists["stations"] if row["key"] == "sent")["state"] == "waiting"


def test_whoever_has_somebody_abroad_can_save_and_go_to_the_window() -> None:
    still = CITIZEN["name_people-abroad"]
    vm = terminal("name_people-abroad")
    assert button(vm, "later").kind == "primary"
    assert vm.data["then"]["later"] == {"leaving": "yes"}
    asked = citizen.present(still.scene, Words("zh"), {**still.notes, "leaving": "yes"})
    assert asked.data["leaving"]


def test_nothing_is_offered_that_is_none_of_these_where_nothing_is_offered() -> None:
    for name in ("choose_company-none", "choose_company-looking", "choose_items-nothing"):
        assert "都不是" not in button(terminal(name), "leave").text
    assert button(terminal("choose_company"), "leave").text == "都不是，离开"


@pytest.mark.parametrize("name", ["see_number-local", "choose_draft-offline"])
def test_without_a_network_nobody_is_told_to_go_on_filling_in_where_nothing_is_filled_in(name: str) -> None:
    said = next(row for row in terminal(name).lists["banners"] if row["key"] == "offline")
    assert "填" not in said["what"] + said["todo"]


def test_only_one_button_says_that_it_prints() -> None:
    for name in ("take_receipt", "take_copy"):
        assert [one.missing for one in terminal(name).actions] == ["正在打印"]


def test_a_row_says_what_touching_it_does() -> None:
    assert {row["words"] for row in terminal("choose_copy").lists["choices"]} == {"看一看"}
    assert {row["words"] for row in terminal("choose_draft").lists["choices"]} == {"接着办"}
    assert {row["words"] for row in terminal("choose_queue").lists["choices"]} == {"取号"}


def test_english_readers_are_told_yuan() -> None:
    vm = terminal("check_answers", "en")
    assert vm.slip is not None
    capital = next(one.value for one in vm.slip.lines if one.key == "capital")
    assert capital.startswith("1,000,000 yuan")


def test_the_clerk_is_not_spoken_to_as_the_applicant() -> None:
    asides = [row["aside"] for side in ("left", "right") for row in window("fill_form-filled").lists[side]]
    assert {"建议", "取自人员"} <= set(asides)
    assert not any("您" in one for one in asides)
    assert not [key for key in catalogue() if key.startswith("entry.") and "客户" in Words("zh").say(key)]


def test_a_mark_never_stands_without_its_word() -> None:
    rows = [row for side in ("left", "right") for row in window("fill_form-purposed").lists[side]]
    waiting = [row for row in rows if row["state"] in ("wait", "stop") and not row["types"]]
    assert waiting
    assert all(row["aside"] for row in waiting)


def test_what_is_barred_is_not_said_to_be_possible() -> None:
    barred, signed = window("sign_handover-barred"), window("sign_handover-signed")
    assert "可以交付" in signed.data["said"]
    assert "不能交付" in barred.data["said"]
    assert not button(barred, "hand_over").enabled
    assert "还不能提交" in window("sign_form-barred").data["said"]
    assert window("check_bundle-refused").data["tally"] == "还没有拿到交付许可。"


def test_only_official_acts_are_red() -> None:
    red = {one.name for name in CLERK for one in window(name).actions if one.kind == "seal"}
    assert red <= {"accept", "hand_over", "submit"}


def test_who_reads_a_card_is_not_said_to_read_it_later() -> None:
    faces = customer_walk.stills()
    leads = {
        name: customer.present(faces[name].scene, Words("zh"), faces[name].notes).data["lead"]
        for name in ("show_card", "show_card-read")
    }
    assert "读证之前" in leads["show_card"]
    assert "读证之前" not in leads["show_card-read"]


def test_tasks_are_counted_as_they_are_listed() -> None:
    vm = window("see_tasks")
    assert f"{len(vm.lists['rows'])} 件" in vm.data["said"]
    assert vm.data["meta"] == "本窗口 5 件，大厅差异 3 件"


def test_one_of_several_answers_is_written_once() -> None:
    ways = OneOf(
        {"a": 1, "b": 2}, 2, lambda n: (f"words {n}", f"more {n}"), lambda n: None if n == 1 else ev.NextAsked()
    )
    first, second = ways.rows()
    assert (first["text"], first["detail"], first["picked"], second["picked"]) == ("words 1", "more 1", False, True)
    assert ways.value == "words 2"
    assert (ways.take(first), ways.take({**first, "value": "other"})) == (None, None)
    assert ways.take(second) == ev.NextAsked()
    assert OneOf({"a": 1}, None, lambda n: (str(n), ""), lambda _n: None).value == ""


def test_words_stay_the_same_for_the_same_thing() -> None:
    """签名, 工作卡, 密码, 待办: one name per idea on every screen."""
    said = {key: Words("zh").say(key) for key in catalogue()}
    keeper_signs_on_paper = {"room.see_reports.printed"}
    for old in ("签字", "工卡", " PIN", "待处理"):
        found = {key for key, text in said.items() if old in text} - keeper_signs_on_paper
        assert not found, old


def test_a_fault_says_only_what_every_page_can_keep() -> None:
    """Not every page that prints has a code to note down."""
    assert "单号" not in fault_words(FaultCode.PAPER_OUT, "zh").citizen


def viewed(face: str, **story: Any) -> ViewModel:
    """The case view of a window over another story."""
    still = CLERK[face]
    state = still.scene.state
    room = replace(state.room, story=replace(state.room.story, **story))
    return clerk.present(replace(still.scene, state=replace(state, room=room)), Words("zh"), still.notes)


def test_a_photographed_paper_says_its_pages_in_the_case_view_too() -> None:
    rows = viewed("view_case-materials", case=CLERK["check_materials-papers"].scene.state.case).lists["rows"]
    assert "终端拍的，2 页" in [row["cells"]["detail"] for row in rows]


def test_the_trail_is_told_in_words() -> None:
    """Every kind of entry, also the rare ones; fields in words where there are any, else as they are written."""
    one = CLERK["view_case-audit"].scene.state.room.story.trail[0]
    events = {
        viewed("view_case-audit", trail=(replace(one, kind=kind.value),)).lists["rows"][0]["cells"]["event"]
        for kind in AuditKind
    }
    assert len(events) == len(AuditKind)
    fields = (("decision", "accept"), ("version", "7")), (("by", "slip"),), (("job", "J-1"),)
    told = viewed("view_case-audit", trail=tuple(replace(one, seq=n, fields=f) for n, f in enumerate(fields)))
    assert [row["cells"]["detail"] for row in told.lists["rows"]] == ["受理、第 7 版", "凭单号", "job=J-1"]


def test_a_place_is_called_as_people_call_it() -> None:
    cells = [row["cells"]["place"] for row in window("see_store").lists["rows"]]
    assert cells[:2] == ["1 号保管库 store-01", "3 号窗口 w-03"]
