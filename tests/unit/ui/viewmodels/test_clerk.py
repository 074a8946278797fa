"""The clerk's presenter: what every face says and may not say, and what every action means."""

from dataclasses import asdict
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.contracts.tax_device import TaxDeviceReadout, TaxDeviceStatus
from kiosk.domain.case import CaseState
from kiosk.domain.draft_split import Side
from kiosk.faults import FaultCode
from kiosk.rules.materials import Mark
from kiosk.rules.registration_number import check_digit
from kiosk.workflow import events as ev
from kiosk.workflow.desk import DeskBusy, mark_of
from ui.viewmodels import clerk
from ui.viewmodels.page import ViewModel
from ui.words import LANGUAGES, Words

from . import citizen_walk as citizen
from .clerk_walk import (
    CASE,
    COMPANY,
    PNG,
    SCANS,
    TIME,
    USCC,
    Still,
    awaited,
    carded,
    case,
    checked,
    device,
    intake,
    intake_with_firm,
    on_duty,
    prepared,
    scan,
    settling,
    signed,
    signing,
    stills,
)

STILLS = stills()
PRIVATE = ("王测试", "李示例", "钱过期", citizen.WANG.number, citizen.LI.number, citizen.OLD.number, "13800001234")
TEXTS = st.text(max_size=20) | st.sampled_from(["135790", "K7P-428", "yes", "A1", "row.A1", "open."])


def shown(still: Still, language: str = "zh") -> ViewModel:
    return clerk.present(still.scene, Words(language), still.notes)


def does(still: Still, name: str, payload: object = None) -> object:
    return clerk.event(name, payload, still.scene, still.notes)


def keys(still: Still) -> dict[str, str]:
    """Action by cap, of the keys that work now."""
    return {k["shortcut"]: k["action"] for k in shown(still).lists["keys"] if k["enabled"]}


def everything(vm: ViewModel) -> str:
    return repr((dict(vm.data), dict(vm.lists), vm.actions, vm.slip and asdict(vm.slip)))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", STILLS)
def test_nothing_private_stands_on_any_face(name: str, language: str) -> None:
    said = everything(shown(STILLS[name], language))
    for secret in PRIVATE:
        assert secret not in said
    assert "135790" not in said, "a PIN is only ever a number of dots"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_in_data_is_there_from_the_first_moment_of_its_page(language: str) -> None:
    names: dict[str, set[str]] = {}
    for still in STILLS.values():
        vm = shown(still, language)
        assert names.setdefault(vm.page, set(vm.data)) == set(vm.data)
    assert set(names) == set(clerk._SCREENS) | {"locked"}


@pytest.mark.parametrize("name", STILLS)
def test_keys_are_unambiguous_and_rows_have_keys_of_their_own(name: str) -> None:
    vm = shown(STILLS[name])
    caps: dict[str, str] = {}
    for cap, action in [
        (k["shortcut"], k["action"]) for k in (*vm.lists["keys"], *vm.lists["tools"]) if k["enabled"]
    ]:
        assert caps.setdefault(cap, action) == action
    for action in (a for a in vm.actions if a.enabled and not a.busy):
        assert caps.setdefault(action.key, action.name) == action.name
    for rows in vm.lists.values():
        found = [row["key"] for row in rows]
        assert len(found) == len(set(found))
    filled = [a for a in vm.actions if a.enabled and a.kind in ("primary", "seal")]
    assert len(filled) <= 1


@given(
    st.sampled_from(sorted(STILLS)),
    TEXTS,
    st.none() | TEXTS | st.binary(max_size=12) | st.dictionaries(TEXTS, TEXTS | st.binary(max_size=12), max_size=2),
    st.dictionaries(
        st.sampled_from(["pin", "code", "line", "pick", "anew", "typing"]), TEXTS | st.integers(), max_size=3
    ),
)
def test_garbage_from_the_screen_never_raises(
    face: str, name: str, payload: object, notes: dict[str, object]
) -> None:
    scene = STILLS[face].scene
    clerk.present(scene, Words("zh"), notes)
    clerk.event(name, payload, scene, notes)


def test_a_digit_pressed_once_too_often_changes_no_other_judgement() -> None:
    """The lease was not brought; whoever presses 1 for the rest presses it once more than there are rows."""
    walk, judged = intake_with_firm(), []
    rows = walk.state.materials
    missing = next(n for n, row in enumerate(rows) if mark_of(walk.state, row) is Mark.OPEN)
    walk.did(ev.MaterialJudged(rows[missing].id, 2))
    for _ in range(len(rows) + 2):
        told = does(walk.still(), "in_order")
        assert isinstance(told, ev.MaterialJudged)
        judged.append(told.material)
        walk.did(told)
    assert rows[missing].id not in judged and mark_of(walk.state, rows[missing]) is Mark.MISSING
    told = does(walk.still({"line": missing}), "in_order")
    assert told == ev.MaterialJudged(rows[missing].id, 1), "whoever goes there changes it"


def test_a_side_chosen_once_too_often_changes_no_other_choice() -> None:
    walk = settling()
    where = [one.where for one in walk.state.split.conflicts] if walk.state.split else []
    walk.did(ev.SideChosen(where[-1], Side.THEIRS))
    for _ in range(len(where) + 1):
        told = does(walk.still(), "mine")
        assert isinstance(told, ev.SideChosen)
        walk.did(told)
    assert dict(walk.state.decided) == {**dict.fromkeys(where[:-1], Side.MINE), where[-1]: Side.THEIRS}


@pytest.mark.parametrize("pin", ["", "135", "123456789", "12a4", "１２３４"])  # full-width digits are no PIN
def test_what_is_no_pin_is_not_sent(pin: str) -> None:
    assert does(carded().still({"pin": pin}), "pin") is None


def test_pin_is_sent_once() -> None:
    assert does(carded().still({"pin": "135790"}), "pin") == ev.PinEntered("135790")
    assert does(carded().did(ev.PinEntered("135790")).still({"pin": "135790"}), "pin") is None


def test_wrong_pin_says_how_many_attempts_are_left() -> None:
    (banner,) = shown(STILLS["enter_pin-wrong"]).lists["banners"]
    assert "2" in banner["todo"] and banner["small"] == FaultCode.PIN_WRONG.value and banner["button"] == ""


def test_rail_has_only_what_a_desk_can_work_on_and_ready_cases_first() -> None:
    cases = (case(CaseState.SUBMITTED), case(CaseState.CLOSED), case(CaseState.IN_REVIEW), case(CaseState.READY))
    vm = shown(on_duty(cases).still())
    assert [row["words"] for row in vm.lists["cases"][:1]] == ["可以领取"]
    assert [c.state for c in clerk.chrome.open_cases(on_duty(cases).state)] == [
        CaseState.READY, CaseState.SUBMITTED, CaseState.IN_REVIEW,
    ]  # fmt: skip


def test_case_on_the_desk_stands_above_as_it_is_now() -> None:
    vm = shown(STILLS["check_materials-accepted"])
    first = vm.lists["cases"][0]
    assert first["active"] and first["words"] == "已受理"


def test_foreign_case_is_not_opened() -> None:
    assert does(STILLS["find_case"], "open.01JDUNKNOWN") is None
    assert does(STILLS["find_case"], f"open.{CASE}") == ev.CasePicked(CASE)
    assert does(STILLS["check_materials"], f"open.{CASE}") is None


def test_material_at_hand_is_shown_with_what_the_case_says_of_it() -> None:
    about = shown(STILLS["check_materials"]).lists["about"]
    assert [(row["label"], row["value"]) for row in about] == [
        ("住所", "渝中区示例路 1 号 2-3"),
        ("怎么来的", "租来的"),
    ]
    person = shown(STILLS["check_materials-moved"]).lists["about"]
    assert person[0]["value"].startswith("500103****")
    told = {row["label"]: row["value"] for row in person}
    assert told["身份核验"] == "证件和人脸"
    other = shown(intake().still({"line": 4})).lists["about"]
    told = {row["label"]: row["value"] for row in other}
    assert told["身份核验"] == "当面核对 · 褚帮办（0600）"
    assert told["核验于"] < told["可用至"] and "过期" not in told["可用至"]
    later = shown(intake().later(hours=9).still({"line": 4})).lists["about"]
    assert "已过期" in {row["label"]: row["value"] for row in later}["可用至"]


@pytest.mark.parametrize("moved", [-1, 7, 99, "2", None, 1.0])
def test_line_outside_the_list_means_the_first_open_one(moved: object) -> None:
    still = intake().still({"line": moved})
    at = 1 if moved == 1.0 else 0
    assert [row["active"] for row in shown(still).lists["materials"]].index(True) == at


def test_accept_waits_for_the_last_open_line_and_nothing_is_red_before() -> None:
    (accept,) = shown(STILLS["check_materials"]).actions
    assert not accept.enabled and accept.missing == "还差 1 项"
    (accept,) = shown(STILLS["check_materials-ready"]).actions
    assert accept.enabled and accept.kind == "seal"
    assert shown(STILLS["check_materials-sending"]).actions[0].busy
    slip = shown(STILLS["check_materials-sending"]).slip
    assert slip is not None and slip.seal == "waiting", "no stamp before the platform's word"
    slip = shown(STILLS["check_materials-accepted"]).slip
    assert slip is not None and slip.seal == "accepted"


def test_what_is_held_cannot_be_asked_for_again() -> None:
    held = shown(STILLS["check_materials-moved"])
    assert [row["key"] for row in held.lists["judge"]] == ["in_order", "wrong"]
    assert not next(key for key in held.lists["keys"] if key["action"] == "missing")["enabled"]
    assert shown(STILLS["check_materials-held"]).lists["banners"][0]["small"] == FaultCode.MATERIAL_HELD.value


def test_a_notice_is_given_once_everything_was_looked_at_and_printed_once_the_platform_has_it() -> None:
    vm = shown(STILLS["check_materials-notice"])
    assert vm.actions[0].name == "notice" and vm.actions[0].enabled
    assert does(STILLS["check_materials-notice"], "notice") == ev.NoticeAsked()
    returned = shown(STILLS["check_materials-returned"])
    assert returned.data["said"] == "已一次性告知，退回补正。" and returned.actions[0].name == "next"
    paper = next(key for key in returned.lists["keys"] if key["action"] == "paper")
    assert paper["enabled"] and does(STILLS["check_materials-returned"], "paper") == ev.PaperAsked()
    assert "已打印" in shown(STILLS["check_materials-printed"]).data["saidMore"]


def test_refused_acceptance_frees_the_desk_and_says_why() -> None:
    vm = shown(STILLS["check_materials-refused"])
    assert vm.actions[0].name == "next" and vm.data["saidState"] == "stop"
    assert vm.lists["banners"][0]["what"] == "平台没有同意：这期间别处改过。"


@pytest.mark.parametrize(
    ("scanned", "said"),
    [("12", "不是印章编码"), ("5001030000109", "不符")],
)
def test_a_wrong_seal_is_named(scanned: str, said: str) -> None:
    rows = {row["key"]: row for row in shown(prepared().did(*SCANS[:2], scan(scanned)).still()).lists["rows"]}
    assert rows["A3"]["verdict"] == said


@pytest.mark.parametrize(
    ("scanned", "said"),
    [("03612005", "是本卷，但不是首号"), ("0361", "不是发票号码"), ("03619999", "不符")],
)
def test_a_wrong_invoice_number_is_named(scanned: str, said: str) -> None:
    rows = {row["key"]: row for row in shown(prepared().did(*SCANS[:6], scan(scanned)).still()).lists["rows"]}
    assert rows["A7"]["verdict"] == said


def test_a_number_that_no_device_has_is_named() -> None:
    readout = ev.DeviceReadBack(TaxDeviceReadout("UK-1", TaxDeviceStatus.ISSUED, USCC, COMPANY))
    rows = {row["key"]: row for row in shown(prepared().did(*SCANS, readout).still()).lists["rows"]}
    assert rows["A8"]["verdict"] == "不是设备编号" and rows["A8.uscc"]["state"] == "ok"


def test_sex_and_ethnic_group_are_there_to_be_compared() -> None:
    fact = next(row for row in shown(STILLS["verify_recipient"]).lists["facts"] if row["key"] == "read")
    assert fact["more"] == "本次读卡、汉族"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("500225000012340", None), (USCC[:-1] + "A", FaultCode.CREDIT_CODE_WRONG),
        ("K7P42", FaultCode.CODE_UNREADABLE),
    ],
)  # fmt: skip
def test_a_companys_number_is_told_for_what_it_is(typed: str, code: FaultCode | None) -> None:
    if code is None:
        typed, code = typed[:14] + check_digit(typed[:14]), FaultCode.OLD_COMPANY_NUMBER
    fault = on_duty().did(ev.CodeTyped(typed)).state.fault
    assert fault is not None and fault.code is code


def test_the_credit_code_of_a_listed_company_opens_its_case() -> None:
    state = on_duty().did(ev.CodeTyped(USCC.lower())).state
    assert state.busy is DeskBusy.FINDING and state.fault is None


def test_permit_ends_a_minute_early_on_the_screen_too() -> None:
    still = prepared(20).still()
    expires = still.scene.state.handover.permit.expires_at  # type: ignore[union-attr]
    assert shown(still).data["permitUntil"] == (expires - timedelta(minutes=1)).timestamp() * 1000
    assert shown(STILLS["check_bundle-preparing"]).data["permitShown"] is False


def test_difference_is_told_by_the_character() -> None:
    rows = {row["key"]: row for row in shown(STILLS["check_bundle-mismatch"]).lists["rows"]}
    parts = rows["A8.holder"]["parts"]["found"]
    assert "".join(p["text"] for p in parts) == "重庆示例餐饮服务有限公司"
    assert [p["text"] for p in parts if p["wrong"]] == ["服务"]
    assert rows["A8"]["state"] == rows["A8.uscc"]["state"] == "ok"


def test_blank_device_shows_that_it_is_empty() -> None:
    rows = {row["key"]: row for row in shown(prepared().did(device(holder="", uscc="")).still()).lists["rows"]}
    assert rows["A8.holder"]["parts"]["found"] == [{"text": "空白", "wrong": True}]


def test_article_that_is_right_is_never_taken_up_again() -> None:
    still = prepared().did(*SCANS[:2], scan("nonsense")).still()
    assert does(still, "row.A1") is None and does(still, "row.unknown") is None
    assert does(still, "row.A8.uscc") == ev.ArticleRetried("A8")  # type: ignore[arg-type]
    assert does(still, "again") == ev.ArticleRetried("A3")  # type: ignore[arg-type]


def test_f6_is_there_only_when_there_is_something_to_take_up() -> None:
    assert "F6" not in keys(STILLS["check_bundle"])
    assert keys(STILLS["check_bundle-wrong"])["F6"] == "again"
    assert keys(STILLS["check_bundle-device"])["F6"] == "again"
    assert does(checked().still(), "again") is None


def test_arrows_go_round_what_waits() -> None:
    still = prepared().did(*SCANS[:4]).still()  # A5 is at hand; A6, A7, A8 wait
    assert [does(still, way) for way in ("down", "up")] == [
        ev.ArticleRetried("A6"), ev.ArticleRetried("A8"),  # type: ignore[arg-type]
    ]  # fmt: skip
    assert does(checked().still(), "down") is None


def test_no_permit_no_check() -> None:
    vm = shown(STILLS["check_bundle-refused"])
    assert {row["verdict"] for row in vm.lists["rows"]} == {""}
    assert keys(STILLS["check_bundle-refused"]) == {"F5": "retry", "Esc": "leaving"}


def test_signature_counts_only_when_kept_and_not_drawn_anew() -> None:
    assert does(signing().still(), "signed", {"png": PNG}) == ev.SignatureDrawn("recipient", PNG)  # type: ignore[arg-type]
    assert does(signing().still(), "signed", {"png": b"no picture"}) is None
    assert does(signing().still(), "signed", {"png": b""}) is None
    assert does(signed().still(), "hand_over") == ev.HandOverAsked()
    assert isinstance(does(signed().still(), "anew"), ev.SignatureDropped)
    anew = signed().did(ev.SignatureDropped())
    assert "F12" not in keys(anew.still())
    drawing = anew.did(ev.SignatureDrawn("recipient", PNG))  # type: ignore[arg-type]
    assert "F12" not in keys(drawing.still()) and does(drawing.still(), "hand_over") is None


def test_ended_permit_leaves_only_the_way_back() -> None:
    vm = shown(STILLS["sign_handover-over"])
    assert keys(STILLS["sign_handover-over"]).keys() >= {"Esc"} and "F12" not in keys(STILLS["sign_handover-over"])
    assert vm.lists["banners"][0]["act"] == "leaving" and vm.actions[0].missing == "许可到期"


def test_handed_over_is_sealed_only_on_the_platforms_word() -> None:
    for name, seal, state in (
        ("handed_over", "accepted", "waiting"),
        ("handed_over-offline", "accepted", "waiting"),
        ("handed_over-registered", "handed_over", "seal"),
    ):
        vm = shown(STILLS[name])
        assert vm.slip is not None and vm.slip.seal == seal
        assert [row["state"] for row in vm.lists["stations"]] == ["done", state]
        assert ("平台已登记" in repr(vm.lists["stations"])) is (seal == "handed_over")


def test_unprinted_sheet_can_be_printed_again() -> None:
    (banner,) = shown(STILLS["handed_over-jam"]).lists["banners"]
    assert (banner["act"], banner["cap"]) == ("retry", "F8")
    assert "F8" not in keys(STILLS["handed_over"]), "it is printing"


def test_expired_card_cannot_be_confirmed() -> None:
    still = awaited().did(ev.CardRead(citizen.OLD)).still()
    assert "Enter" not in keys(still)
    facts = {row["key"]: row["state"] for row in shown(still).lists["facts"]}
    assert facts == {"read": "ok", "valid": "stop", "person": "stop"}


def test_only_an_empty_desk_is_resting() -> None:
    assert {name.partition("-")[0] for name, s in STILLS.items() if shown(s).resting} == {"present_staff_card"}
    assert TIME.tzinfo is not None


def test_the_key_that_asks_for_consent_never_gives_it() -> None:
    asked = keys(STILLS["check_materials-library_asked"])
    assert "F6" not in asked and (asked["F3"], asked["F4"]) == ("library_yes", "library_no")


def test_the_card_photo_is_shown_or_said_to_be_missing() -> None:
    without, shown_ = (shown(STILLS[name]).data for name in ("verify_recipient", "verify_recipient-portrait"))
    assert without["portrait"] == "" and "卡面照片" in str(without["noPortrait"])
    assert str(shown_["portrait"]).startswith("data:image/bmp;base64,Qk") and shown_["noPortrait"] == ""
    assert shown(STILLS["verify_recipient-waiting"]).data["noPortrait"] == ""


def test_a_photographed_paper_is_named_counted_and_not_asked_for_again() -> None:
    vm = shown(STILLS["check_materials-papers"])
    (row,) = (one for one in vm.lists["materials"] if one["key"] == "domicile_proof")
    assert (row["cells"]["material"], row["cells"]["source"]) == ("房屋租赁合同", "终端拍的，2 页")
    assert "missing" not in {one["key"] for one in vm.lists["judge"]}
    held = STILLS["check_materials-papers-held"].scene.state
    assert held.fault is not None and held.fault.code is FaultCode.MATERIAL_HELD and not held.marks


def test_whoever_has_booked_an_hour_is_expected() -> None:
    vm = shown(STILLS["see_case-booked"])
    assert vm.page == "see_case" and str(vm.data["due"]).endswith("来领")
    assert "来领" not in str(shown(STILLS["see_case"]).data["due"])
