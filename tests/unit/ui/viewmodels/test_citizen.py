"""The citizen's screens as values: what they say, and what touches on them mean."""

import inspect
import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.code_tables.freshness import Freshness
from kiosk.code_tables.name_words import WordCategory
from kiosk.contracts.face_camera import Likeness
from kiosk.domain.case import DomicileGetWay, OpeningForm, OrgForm
from kiosk.domain.finding import Finding, Severity
from kiosk.domain.ids import DivisionCode, PersonRef, ScopeCode
from kiosk.domain.person import Role
from kiosk.rules import enterprise_name, findings
from kiosk.rules.limits import limits
from kiosk.rules.slip_code import slip_payload
from kiosk.rules.trades import TRADES
from kiosk.sandbox.names import rules
from kiosk.workflow import events as ev
from kiosk.workflow.citizen import CITIZEN
from tests.unit.ui.viewmodels import citizen_walk as walk
from tests.unit.ui.viewmodels.citizen_walk import PNG, SCOPE, SLIP, Still, stills
from ui.viewmodels import citizen
from ui.viewmodels.findings import finding_banners
from ui.viewmodels.page import Row, ViewModel
from ui.words import Words, catalogue

STILLS = stills()
NOTES = (
    "ask", "who", "form", "kind", "when", "staff", "where", "why", "trade", "part", "division", "line", "way",
    "amount", "edit", "share", "phone", "typed", "face", "code", "leaving", "industry", "form",
    "uscc", "company", "firm_part", "right", "giver",
)  # fmt: skip
ZH, EN = Words("zh"), Words("en")


def shown(still: Still, words: Words = ZH) -> ViewModel:
    return citizen.present(still.scene, words, still.notes)


def touch(still: Still, name: str, payload: Any = None, notes: Mapping[str, Any] | None = None) -> Any:
    return citizen.event(name, payload, still.scene, still.notes if notes is None else notes)


def test_every_step_has_a_screen() -> None:
    assert {still.scene.state.step for still in STILLS.values()} == set(CITIZEN.steps)


@pytest.mark.parametrize("name", STILLS)
@pytest.mark.parametrize("words", [ZH, EN], ids=["zh", "en"])
def test_every_face_speaks(name: str, words: Words) -> None:
    vm = shown(STILLS[name], words)
    assert vm.page == STILLS[name].scene.state.step
    assert vm.data["question"]
    for rows in vm.lists.values():
        keys = [row["key"] for row in rows]
        assert len(keys) == len(set(keys))
    assert sum(a.kind in ("primary", "seal") for a in vm.actions) <= 1
    assert all(a.enabled or a.missing for a in vm.actions)


@pytest.mark.parametrize("name", STILLS)
def test_a_page_has_the_same_names_in_every_face(name: str) -> None:
    """QML reads every name from the first moment on."""
    step = STILLS[name].scene.state.step
    first = next(s for s in STILLS.values() if s.scene.state.step == step)
    assert set(shown(STILLS[name]).data) == set(shown(first).data)


@pytest.mark.parametrize("name", STILLS)
def test_nobody_is_named_in_full_on_the_glass(name: str) -> None:
    """Bystanders read along: names are masked, numbers never shown, phones only in the field where they are typed."""
    vm = shown(STILLS[name])
    said = repr((dict(vm.data), [dict(r) for rows in vm.lists.values() for r in rows], vm.slip))
    for secret in ("王测试", "李示例", "500103198504120022", "13800001234", "13900005678"):
        assert secret not in said


def test_chinese_sentences_are_short() -> None:
    """At most 25 characters between two stops; figures and placeholders count as they stand."""
    long = []
    for key, entry in catalogue().items():
        if key.split(".")[0] in {*CITIZEN.steps, "chrome", "finding", "truth"}:
            long += [(key, part) for part in re.split(r"[。？！\n]", entry["zh"]) if len(part) > 25]
    assert long == []


def test_the_step_count_follows_the_order() -> None:
    assert shown(STILLS["give_consent"]).data["step"] == 1
    assert shown(STILLS["see_progress"]).data["step"] == 20
    assert shown(STILLS["see_progress-ready"]).data["step"] == 0  # tracking is no application
    assert shown(STILLS["home"]).data["steps"] == 20


# --- home, consent, card, face ---
def test_home_begins_and_tracks() -> None:
    assert touch(STILLS["home"], "next") == ev.NextAsked()
    assert touch(STILLS["home"], "track") == ev.TrackAsked()
    assert shown(STILLS["home-locked"]).data["mayBegin"] is False
    assert shown(STILLS["home"]).resting


def test_consent_needs_one_of_two_equal_ways() -> None:
    still = STILLS["give_consent"]
    assert touch(still, "consent") is None
    assert touch(still, "consent", notes={"face": "face"}) == ev.Consented(True)
    assert touch(still, "consent", notes={"face": "in_person"}) == ev.Consented(False)
    assert touch(still, "consent", notes={"face": 7}) is None
    assert shown(still).actions[0].enabled is False
    assert shown(STILLS["give_consent-picked"]).actions[0].enabled is True


def test_face_and_in_person_are_always_both_there() -> None:
    for name, still in STILLS.items():
        if name.startswith("verify_face"):
            ways = shown(still).lists["ways"]
            assert [row["key"] for row in ways] == ["face", "in_person"]
    assert touch(STILLS["verify_face-choose"], "face") == ev.FaceAgreed()
    assert touch(STILLS["verify_face-choose"], "in_person") == ev.InPersonAsked()
    assert shown(STILLS["verify_face-no-camera"]).lists["ways"][0]["act"] == ""
    assert shown(STILLS["verify_face-alone"]).lists["ways"][1]["act"] == "in_person"


def test_whoever_checks_in_person_is_told_what_this_machine_makes_of_face_and_card() -> None:
    """A hint, never beside a comparison that the authority is still making; and plainly, when there can be none."""
    pages = {name: shown(still) for name, still in STILLS.items() if name.startswith("confirm_in_person")}
    said = [str(pages[f"confirm_in_person-{one.value}"].data["aid"]) for one in Likeness]
    assert len(set(said)) == len(Likeness) and all("参考" in one for one in said)
    assert "没有芯片照片" in str(pages["confirm_in_person-no-picture"].data["aid"])
    compare = pages["confirm_in_person-likely"].data
    assert str(compare["portrait"]).startswith("data:image/bmp") and "0600" in compare["by"]
    assert walk.WANG.name not in str(compare) and walk.WANG.number not in str(compare)  # masked, also for the helper


def test_who_waits_in_person_reads_what_the_helper_will_do_here() -> None:
    said = {name: str(shown(STILLS[f"verify_face-{name}"]).data["aid"]) for name in ("staff-card", "in-person")}
    assert "工作卡" in said["staff-card"] and "窗口" in said["in-person"]  # with a reader for it, and without
    assert shown(STILLS["verify_face-staff-card"]).awaits  # nobody is hurried while a helper is called for it
    assert not shown(STILLS["verify_face-alone"]).working
    assert shown(STILLS["verify_face-not-confirmed"]).lists["banners"][-1]["small"] == "in-person-not-confirmed"


def test_the_pin_goes_only_whole_and_a_verdict_only_from_its_page() -> None:
    pin, compare = STILLS["confirm_in_person-pin"], STILLS["confirm_in_person-likely"]
    assert touch(pin, "pin", notes={"pin": "123"}) is None
    assert touch(pin, "pin", notes={"pin": "1234"}) == ev.PinEntered("1234")
    assert not any(one.enabled for one in shown(pin).actions if one.name == "pin")
    assert touch(compare, "confirm") == ev.PersonConfirmedHere()
    assert touch(compare, "refuse") == ev.PersonNotConfirmed()
    assert not shown(STILLS["confirm_in_person-sending"]).actions[0].enabled


def test_a_fault_says_what_and_what_to_do_with_its_code_small() -> None:
    row = shown(STILLS["present_id_card-failed"]).lists["banners"][0]
    assert (row["what"], row["small"]) == ("身份证没读完。", "card-read-failed")
    assert row["todo"]
    assert shown(STILLS["present_id_card-failed"]).actions[0].name == "retry"


# --- what the company is ---
def test_a_tap_on_every_answer_leads_through_the_questions_to_the_plan() -> None:
    still, notes = STILLS["choose_purpose"], dict[str, Any]()
    wanted = walk.answered(partners=True)
    for question, answer in wanted.items():
        vm = citizen.present(still.scene, ZH, notes)
        assert vm.data["ask"] == question and vm.data["lead"]
        assert touch(still, "purpose", notes=notes) is None or question in ("staff", "where")
        rows = {row["key"]: row for name in ("kinds", "choices", "answers") for row in vm.lists[name]}
        notes |= rows[answer]["sets"]
    vm = citizen.present(still.scene, ZH, notes)
    assert vm.data["ask"] == "plan" and vm.actions[0].name == "purpose"
    assert touch(still, "purpose", notes=notes) == ev.PurposeChosen(wanted)
    back = [notes | vm.data["then"]["ask_back"]]
    assert citizen.present(still.scene, ZH, back[0]).data["ask"] == "where"


def test_every_line_of_the_plan_says_why() -> None:
    rows = {row["key"]: row for row in shown(STILLS["choose_purpose-plan"]).lists["plan"]}
    assert list(rows) == ["form", "items", "bring", "time", "cost", "offers", "notes"]
    assert rows["items"]["detail"] == "营业执照、企业印章、领用发票、就业社保"
    assert rows["form"]["why"].splitlines()[:2] == ["股东都是自然人，两人以上。", "谁来开？我和别人一起出资"]
    assert "每位自然人股东的身份证。" in rows["bring"]["detail"]
    assert "不收费" in rows["cost"]["detail"] and rows["offers"]["detail"].endswith("到窗口加办")


def test_who_cannot_be_served_here_is_told_where_to_go_at_once() -> None:
    still = STILLS["choose_purpose"]
    rows = {row["key"]: row for row in shown(still).lists["answers"]}
    assert rows["abroad"]["sets"]["ask"] == "place" and rows["alone"]["sets"]["ask"] == "form"
    vm = shown(STILLS["choose_purpose-place"])
    assert vm.actions[0].name == "leave" and vm.lists["plan"][0]["detail"] == "本大厅综合窗口"
    assert touch(STILLS["choose_purpose-place"], "purpose") is None


def test_whoever_knows_skips_the_questions_with_one_touch() -> None:
    still = STILLS["choose_purpose"]
    vm = shown(still)
    assert any(action.name == "direct" for action in vm.actions)
    rows = citizen.present(still.scene, ZH, vm.data["then"]["direct"]).lists["answers"]
    assert [(row["text"], row["detail"]) for row in rows][2] == (
        "有限责任公司(自然人投资或控股)", "我和别人一起出资 · 几件一起办",
    )  # fmt: skip
    for row in rows:
        told = touch(still, row["act"], row["value"])
        assert isinstance(told, ev.PurposeChosen)
        visit = walk.verified().did(told).state
        assert visit.step == "declare_name" and visit.form.company_type is not None
    assert touch(still, "purpose", "nobody_all") is None


def test_who_comes_back_finds_the_answers_picked() -> None:
    vm = shown(STILLS["choose_purpose-changing"])
    assert [row["key"] for row in vm.lists["answers"] if row["picked"]] == ["alone"]


def test_the_words_of_trade_follow_the_business() -> None:
    words = [row["text"] for row in shown(STILLS["declare_name"]).lists["industries"]]
    assert words[0] == "餐饮管理"


def test_a_name_is_checked_here_before_the_platform_is_asked() -> None:
    still = STILLS["declare_name"]
    assert shown(still).actions[0].enabled is False
    vm = citizen.present(still.scene, ZH, {"trade": "a"})
    assert vm.actions[0].enabled is False
    assert touch(still, "check", notes={"trade": "  "}) is None
    told = touch(still, "check", notes={"trade": "示例", "form": OrgForm.LIMITED_LIABILITY.value})
    assert told.name.full == "重庆示例餐饮管理有限责任公司"


def test_the_pre_check_tells_every_reason_beside_the_field() -> None:
    vm = shown(STILLS["declare_name-precheck"])
    assert vm.data["reasons"] == ("“中国”要经国务院批准。“第一”可能让人误解。预查，仅供参考，以登记机关系统为准。")
    assert vm.data["reasonState"] == "error"
    assert (vm.actions[0].enabled, vm.actions[0].missing) == (False, "请换一个字号")
    assert shown(STILLS["declare_name"]).data["reasons"] == ""


def test_every_reason_against_a_name_has_its_words() -> None:
    source = inspect.getsource(enterprise_name)
    codes = set(re.findall(r'"(name-[a-z-]+)"', source))
    codes |= {f"name-word-{category.value}" for category in WordCategory}
    assert codes <= findings.codes()


def test_a_likeness_warns_and_the_name_can_still_be_checked() -> None:
    vm = shown(STILLS["declare_name-alike"])
    assert vm.data["reasons"].startswith("和“示例”读音相同。") and vm.data["reasonState"] == ""
    assert vm.actions[0].name == "check" and vm.actions[0].enabled


def test_after_a_refusal_other_trade_names_are_offered() -> None:
    still = STILLS["declare_name-similar"]
    rows = shown(still).lists["suggestions"]
    assert len(rows) == 4
    for row in rows:
        vm = citizen.present(still.scene, ZH, {**still.notes, **row["sets"]})
        assert vm.actions[0].enabled and vm.data["reasons"] == ""
    assert shown(STILLS["declare_name-free"]).lists["suggestions"] == ()


def test_a_refusal_is_said_once_and_beside_the_field() -> None:
    vm = shown(STILLS["declare_name-similar"])
    assert vm.data["reasons"] == "与已登记的名称近似。请换一个字号再查。" and vm.data["verdict"] == ""
    assert vm.data["similarLabel"] and vm.lists["similar"][0]["text"] == "重庆示例餐饮服务有限公司"
    assert shown(STILLS["declare_name-similar"], EN).data["reasons"].startswith("There are similar names.")


def test_no_key_of_a_refusal_reaches_the_screen() -> None:
    still = STILLS["declare_name-similar"]
    state = still.scene.state
    for reasons in (("name-similar",), ("trade-harmful", "name-parts"), ("some-new-key",)):
        verdict = replace(state.form.name_verdict, reasons=reasons)
        scene = replace(still.scene, state=replace(state, form=replace(state.form, name_verdict=verdict)))
        for words in (ZH, EN):
            said = str(citizen.present(scene, words, still.notes).data["reasons"])
            assert said and not any(key in said for key in reasons)


def test_every_reason_that_the_reference_platform_gives_has_words() -> None:
    known = {*rules().forbidden.values(), "name-taken", "name-similar", "name-reserved"}
    known |= {"name-characters", "trade-too-short", "name-parts", "trade-too-general"}
    assert {f"declare_name.reason.{one}" for one in known} <= catalogue().keys()


def test_the_verdict_goes_when_the_name_changes() -> None:
    free = STILLS["declare_name-free"]
    assert shown(free).actions[0].name == "next"
    assert "12 月 23 日 10:24" in shown(free).data["verdict"]
    changed = citizen.present(free.scene, ZH, {"trade": "另例"})
    assert changed.actions[0].name == "check"
    assert changed.data["verdict"] == ""


def test_without_network_the_rest_is_filled_in_first() -> None:
    vm = shown(STILLS["declare_name-offline"])
    assert vm.actions[0].name == "next"
    assert vm.lists["banners"][0]["act"] == "retry"


def test_scope_is_picked_never_typed() -> None:
    still = STILLS["describe_business-picked"]
    assert touch(still, "type", "canyin") == ev.ScopeTyped("canyin")
    assert touch(still, "pick", SCOPE[2].code) == ev.ScopePicked(SCOPE[2])
    assert touch(still, "drop", SCOPE[0].code) == ev.ScopeDropped(ScopeCode("H6210"))
    assert touch(still, "pick", "NOPE") is None
    rows = {row["key"]: row for row in shown(still).lists["found"]}
    assert rows["H6210"]["detail"].startswith("主营")
    assert (rows["H6210"]["hitStart"], rows["H6210"]["hitLength"]) == (0, 2)
    assert rows["H6210"]["detail"].endswith("开业前办：食品经营许可证")
    assert rows["F5226"]["state"] == "duty"


def test_what_needs_a_permit_first_is_said_at_once() -> None:
    vm = shown(STILLS["describe_business-permit"])
    assert vm.actions[0].enabled is False
    assert vm.lists["banners"][0]["what"] == "有一项要先办好许可"


def test_what_the_permits_mean_is_said_where_the_list_does_not_move() -> None:
    assert shown(STILLS["describe_business-picked"]).data["lead"] == "执照可以先办，拿到许可才能营业。"
    assert shown(STILLS["describe_business-permit"]).data["lead"] == "有一项先拿到许可，才能登记。"
    assert shown(STILLS["describe_business"]).data["lead"] == "点选就行，第一项是主营。"


def test_the_check_page_shows_the_business_as_the_licence_will() -> None:
    rows = {row["key"]: row for row in shown(STILLS["check_answers"]).lists["licence"]}
    assert rows["scope"]["detail"].startswith("许可项目：餐饮服务（依法须经批准的项目")
    assert "一般项目：餐饮管理" in rows["scope"]["detail"]
    assert rows["industry"]["detail"] == "6210（按主营：餐饮服务）"
    assert rows["duty.H6210"]["detail"] == "开业前办：食品经营许可证"


def test_the_age_of_the_catalogue_is_said_before_it_stops_anybody() -> None:
    for name in ("describe_business", "check_answers", "submit"):
        scene = STILLS[name].scene
        old, gone = (
            replace(scene, ledger=replace(scene.ledger, catalogue=fresh, catalogue_days=days))
            for fresh, days in ((Freshness.OLD, 9), (Freshness.EXPIRED, 31))
        )
        said = citizen.present(old, ZH, {}).lists["banners"][0]
        assert (said["what"], said["state"]) == ("经营范围目录已 9 天没有更新。", "wait")
        assert citizen.present(gone, ZH, {}).lists["banners"][0]["small"] == "catalogue-expired"
        assert not any(row["key"] == "catalogue" for row in shown(STILLS[name]).lists["banners"])


def test_findings_are_said_in_the_words_of_the_rules() -> None:
    lot = tuple(Finding(code, "name") for code in sorted(findings.codes()))
    for words in (ZH, EN):
        told = [findings.words(one, words.language, who="", amount="") for one in lot]
        rows = finding_banners(lot, OpeningForm(), words, mends=True)
        assert [(row["what"], row["todo"]) for row in rows] == [(one.what, one.remedy) for one in told]


def test_who_named_no_kind_of_business_is_shown_the_kinds_instead_of_an_empty_page() -> None:
    still = STILLS["describe_business"]
    assert shown(still).lists["trades"] == ()
    purpose = replace(still.scene.state.form.purpose, trade_hint="")
    form = replace(still.scene.state.form, purpose=purpose, scope=())
    scene = replace(still.scene, state=replace(still.scene.state, form=form, scope_found=(), scope_typed=""))
    rows = citizen.present(scene, ZH, {}).lists["trades"]
    assert [one["key"] for one in rows] == [key for key in TRADES if key != "other"]
    assert rows[0]["text"] and (rows[0]["act"], rows[0]["value"]) == ("type", "餐饮")
    assert citizen.present(scene, ZH, rows[0]["sets"]).lists["trades"] == ()
    assert touch(still, rows[0]["act"], rows[0]["value"]) == ev.ScopeTyped("餐饮")


# --- figures ---
def test_an_address_is_whole_or_nothing() -> None:
    still = STILLS["give_address"]
    notes = {"division": "500103", "line": "示例路 1 号", "way": "02"}
    told = touch(still, "address", notes=notes)
    assert told.domicile.division == DivisionCode("500103")
    assert (told.domicile.division_name, told.domicile.get_way) == ("渝中区", DomicileGetWay.RENTED)
    assert touch(still, "address", notes={**notes, "division": "999999"}) is None
    assert touch(still, "address", notes={**notes, "way": "77"}) is None
    assert len(shown(still).lists["divisions"]) == 37


@pytest.mark.parametrize("typed", ["", "0", "-1", "1e9", "１００", "1.2345678", "一百", "999999999999999"])
def test_what_is_no_amount_is_not_taken(typed: str) -> None:
    still = STILLS["set_capital"]
    vm = citizen.present(still.scene, ZH, {"amount": typed})
    assert vm.actions[0].enabled is False
    assert touch(still, "capital", notes={"amount": typed}) is None


def test_an_amount_is_said_in_words_and_a_huge_one_asked_about() -> None:
    still = STILLS["set_capital"]
    assert citizen.present(still.scene, ZH, {"amount": "100"}).data["words"] == "壹佰万元整"
    assert touch(still, "capital", notes={"amount": "0.5"}) == ev.CapitalSet(Decimal("0.5"))
    huge = citizen.present(still.scene, ZH, {"amount": "10000"})
    assert huge.actions[0].enabled is False
    assert huge.lists["banners"][0]["act"] == "unit_sure"
    sure = citizen.present(still.scene, ZH, {"amount": "10000", **huge.data["then"]["unit_sure"]})
    assert sure.actions[0].enabled is True


def test_a_note_is_told_and_marks_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """The finance officer who is the legal representative too, where a district wants it said: allowed, so nothing on
    the slip is to be mended."""
    assert not shown(STILLS["check_answers"]).lists["banners"]
    there = replace(limits(), finance_is_legal_rep=Severity.WARN)
    monkeypatch.setattr("kiosk.rules.review.offices.limits", lambda: there)
    page = shown(stills()["check_answers"])
    assert any("兼管财务" in str(row) for row in page.lists["banners"])
    assert page.slip is not None and not [line for line in page.slip.lines if line.state == "problem"]
    assert [line for line in shown(STILLS["check_answers-wrong"]).slip.lines if line.state == "problem"]


# --- people ---
def test_what_is_missing_leads_to_where_it_is_filled_in() -> None:
    rows = shown(STILLS["name_people-lacking"]).lists["lacking"]
    phone = next(row for row in rows if row["key"].startswith("phone-missing"))
    assert phone["sets"] == {"edit": "p1.phone"}
    assert shown(STILLS["name_people-lacking"]).actions[0].missing == "还差 2 项"
    assert shown(STILLS["name_people-two"]).actions[0].enabled is True


def test_roles_share_and_phone_of_one_person() -> None:
    still = STILLS["name_people-roles"]
    person = still.scene.state.form.person(PersonRef("p2"))
    assert person is not None
    assert touch(still, "role", "p2.manager") == ev.RolesSet(PersonRef("p2"), person.roles | {Role.MANAGER})
    assert touch(still, "role", "p2.shareholder").roles == person.roles - {Role.SHAREHOLDER}
    assert touch(still, "role", "p9.manager") is None
    assert touch(still, "role", "p2.emperor") is None
    share = STILLS["name_people-share"]
    assert touch(share, "share") == ev.ShareSet(PersonRef("p2"), Decimal(40))
    assert shown(share).lists["quick"][0]["sets"] == {"share": "50"}
    phone = STILLS["name_people-phone"]
    assert touch(phone, "phone") is None
    assert shown(phone).actions[0].missing == "还差 2 位"
    told = touch(phone, "phone", notes={"edit": "p1.phone", "phone": "13800001299"})
    assert told.phone == "13800001299"
    assert touch(phone, "drop_person", "p2") == ev.PersonDropped(PersonRef("p2"))
    assert touch(phone, "drop_person", "p7") is None


# --- the end ---
def test_every_finding_leads_to_its_field() -> None:
    vm = shown(STILLS["check_answers-wrong"])
    acts = {row["act"] for row in vm.lists["banners"]}
    assert acts == {"change.declare_name", "change.name_people"}
    assert vm.actions[0].name == "change.declare_name"
    assert touch(STILLS["check_answers-wrong"], "change.declare_name") == ev.ChangeAsked("declare_name")
    assert touch(STILLS["check_answers-wrong"], "change.home") is None
    assert vm.slip is not None
    line = next(line for line in vm.slip.lines if line.key == "name")
    assert (line.state, line.words, line.edit) == ("problem", "要改", "change.declare_name")


def test_only_a_picture_is_a_signature() -> None:
    still = STILLS["sign"]
    assert touch(still, "sign", {"png": PNG}) == ev.SignatureDrawn(PersonRef("p1"), PNG)
    for nothing in (None, {}, {"png": b""}, {"png": b"GIF89a"}, {"png": "text"}, "text"):
        assert touch(still, "sign", nothing) is None
    assert touch(STILLS["sign-done"], "sign", {"png": PNG}) is None
    assert shown(STILLS["sign-done"]).actions[0].name == "next"


def test_nothing_looks_done_before_it_is() -> None:
    def states(name: str) -> list[str]:
        return [row["state"] for row in shown(STILLS[name]).lists["stations"]]

    assert states("submit") == ["todo", "todo", "todo"]
    assert states("submit-recorded") == ["done", "waiting", "todo"]
    assert states("submit-offline") == ["done", "waiting", "todo"]
    assert states("submit-sent") == ["done", "done", "waiting"]
    assert states("submit-accepted") == ["done", "done", "seal"]
    assert states("submit-refused")[2] == "todo"
    for name, still in STILLS.items():
        slip = shown(still).slip
        assert slip is not None
        assert (slip.seal == "accepted") == (still.scene.state.truth.accepted is not None), name


def test_red_is_for_the_one_submission() -> None:
    red = [name for name, still in STILLS.items() if any(a.kind == "seal" for a in shown(still).actions)]
    assert red == ["submit", "submit-no-paper", "submit-individual", "submit-later"]
    assert touch(STILLS["submit"], "submit") == ev.SubmitAsked()


def test_without_paper_the_code_is_on_the_screen() -> None:
    vm = shown(STILLS["take_receipt-no-paper"])
    assert (vm.data["mode"], vm.data["code"]) == ("paperless", "K7P-428")
    assert vm.data["qr"].startswith("QB1.")
    assert shown(STILLS["take_receipt-unsure"]).data["mode"] == "unsure"
    assert shown(STILLS["take_receipt"]).actions[0].enabled is False


def _items(still: str) -> tuple[Row, ...]:
    return shown(STILLS[still]).lists["items"]


def test_progress_says_what_comes_next() -> None:
    coming = {
        name: shown(still).data.get("coming") for name, still in STILLS.items() if name.startswith("see_progress")
    }
    assert coming == {
        "see_progress": "sent", "see_progress-working": "working", "see_progress-ready": "collect",
        "see_progress-returned": "mend", "see_progress-draft": "resume", "see_progress-closed": "nothing",
        "see_progress-bank": "working", "see_progress-booked": "collect",
    }  # fmt: skip
    told = {row["key"]: (row["value"], row["state"], row["words"]) for row in _items("see_progress-bank")}
    assert told["BANK"] == ("渝中示例支行 11 月 24 日 10:30", "done", "银行已确认")
    assert told["pickup"][0] == "到大厅窗口领、3 号窗口"
    ready = shown(STILLS["see_progress-ready"])
    assert "3 号窗口" in ready.data["lead"]
    assert [row["words"] for row in ready.lists["items"]][:2] == ["可以领取", "可以领取"]
    assert ready.lists["timeline"][0]["label"] == "11 月 23 日 10:41"


def test_a_rating_is_one_of_five_and_none_is_proposed() -> None:
    rows = shown(STILLS["rate"]).lists["levels"]
    assert [row["key"] for row in rows] == ["5", "4", "3", "2", "1"]
    assert not any(row["picked"] for row in rows)
    assert touch(STILLS["rate"], "rate", "5") == ev.Rated(5)
    for nothing in ("0", "6", "", "5.0", None, True, 5):
        assert touch(STILLS["rate"], "rate", nothing) is None


def test_the_farewell_says_the_code_only_of_what_was_kept() -> None:
    assert shown(STILLS["farewell-kept"]).data["code"] == "K7P-428"
    assert shown(STILLS["farewell"]).data["code"] == ""
    assert len(shown(STILLS["farewell"]).lists["wiped"]) == 3


def test_tracking_takes_a_code_or_a_card() -> None:
    assert touch(STILLS["find_my_case-typed"], "find") == ev.CodeTyped("K7P428")
    assert touch(STILLS["find_my_case"], "home") == ev.BackAsked()
    assert touch(STILLS["find_my_case"], "scanned", {"text": slip_payload(walk.CASE, walk.SLIP)}) == ev.CodeTyped(
        SLIP
    )
    assert touch(STILLS["find_my_case"], "scanned", {"text": "6901234567892"}) is None
    assert shown(STILLS["find_my_case"]).actions[0].enabled is False


def test_leaving_is_asked_once_more() -> None:
    vm = shown(STILLS["set_capital"])
    assert vm.data["then"]["later"] == {"leaving": "yes"}
    assert touch(STILLS["set_capital"], "later") is None
    assert touch(STILLS["set_capital"], "leave") == ev.LeaveAsked()
    assert shown(STILLS["leaving"]).data["leaving"] is True
    assert shown(STILLS["idle"]).idle_warned


def test_the_slip_grows_line_by_line() -> None:
    def keys(visit: walk.Walk) -> list[str]:
        slip = shown(visit.still()).slip
        assert slip is not None
        return [line.key for line in slip.lines]

    assert keys(walk.begun().did(ev.Consented(True))) == ["applicant"]
    assert keys(walk.verified()) == ["applicant", "purpose"]
    assert keys(walk.scoped()) == ["applicant", "purpose", "name", "scope", "domicile"]
    assert "supervisors" in keys(walk.together())
    now = shown(walk.housed().still()).slip
    assert now is not None
    assert [(line.key, line.state) for line in now.lines][-2:] == [("domicile", "added"), ("capital", "now")]


@given(
    name=st.text(max_size=20),
    payload=st.one_of(st.none(), st.text(), st.integers(), st.binary(), st.dictionaries(st.text(), st.text())),
    face=st.sampled_from(sorted(STILLS)),
)
def test_garbage_means_nothing_and_breaks_nothing(name: str, payload: Any, face: str) -> None:
    known = {"next", "back", "retry", "leave", "help", "touched"}
    event = touch(STILLS[face], name, payload)
    assert event is None or name in known or event.__class__.__module__.startswith("kiosk.workflow")


@given(
    notes=st.dictionaries(
        st.sampled_from(NOTES),
        st.one_of(st.text(max_size=12), st.integers(), st.booleans(), st.none()),
    ),
    face=st.sampled_from(sorted(STILLS)),
)  # fmt: skip
def test_whatever_the_screen_remembers_it_still_shows(notes: dict[str, Any], face: str) -> None:
    vm = citizen.present(STILLS[face].scene, EN, notes)
    assert vm.data["question"]
