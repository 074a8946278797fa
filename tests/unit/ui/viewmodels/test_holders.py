"""A company among the shareholders on the citizen's screens: findings beside the field, and what touches mean."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from kiosk.domain.holding import SignsAs
from kiosk.domain.ids import PersonRef
from kiosk.workflow import events as ev
from tests.unit.ui.viewmodels import citizen_walk as walk
from tests.unit.ui.viewmodels.citizen_walk import FIRM, FIRM_CODE, FIRM_REF, Walk
from ui.viewmodels import citizen
from ui.viewmodels.page import Action, ViewModel
from ui.words import Words

ZH = Words("zh")
NEW = {"edit": "new.company"}
NAMING = {**NEW, "uscc": FIRM_CODE, "firm_part": "name"}
SIGNER = {"edit": "p2.signer"}


def shown(at: Walk, notes: Mapping[str, Any] | None = None) -> ViewModel:
    still = at.still(notes)
    return citizen.present(still.scene, ZH, still.notes)


def touch(at: Walk, name: str, notes: Mapping[str, Any], payload: Any = None) -> Any:
    return citizen.event(name, payload, at.still().scene, notes)


def action(vm: ViewModel, name: str) -> Action:
    return next(one for one in vm.actions if one.name == name)


def card(vm: ViewModel, ref: str) -> dict[str, str]:
    row = next(row for row in vm.lists["people"] if row["key"] == ref)
    return {line["part"]: line["value"] for line in row["lines"]}


@pytest.mark.parametrize(
    ("typed", "state", "words"),
    [
        ("", "", "在营业执照的左上角。"),
        ("91500103MA", "", "还差 8 位"),
        ("91500103MA5U00003M", "error", "校验位对不上，请照执照再核对一遍。"),
        ("91500103MA5U0000IN", "error", "代码里没有 I、O、S、V、Z。"),
        (FIRM_CODE, "checked", "代码的校验位对得上。"),
        ("９１500103 ma5u00003n", "checked", "代码的校验位对得上。"),
    ],
)
def test_what_is_wrong_with_a_code_stands_beside_it(typed: str, state: str, words: str) -> None:
    vm = shown(walk.with_firm(), {**NEW, "uscc": typed})
    assert (vm.data["mode"], vm.data["usccState"], vm.data["usccWords"]) == ("company", state, words)
    onward = action(vm, "to_name")
    assert onward.enabled == (state == "checked") and (onward.enabled or onward.missing)


def test_a_code_that_is_in_already_is_said_where_it_is_typed() -> None:
    vm = shown(walk.firm_given(), {**NEW, "uscc": FIRM_CODE})
    assert (vm.data["usccState"], vm.data["usccWords"]) == ("error", "这家企业已经加过了。")
    own = shown(walk.firm_given(), {"edit": "p2.company"})
    assert (own.data["uscc"], own.data["usccState"]) == (FIRM_CODE, "checked")


def test_the_name_comes_after_the_code_and_both_make_a_shareholder() -> None:
    at = walk.with_firm()
    assert shown(at, NAMING).data["mode"] == "company_name"
    assert shown(at, {**NAMING, "uscc": FIRM_CODE[:-1]}).data["mode"] == "company"  # no name without a good code
    for name, given in (("", None), ("某", None), (f" {FIRM} ", ev.CompanyGiven(None, f" {FIRM} ", FIRM_CODE))):
        notes = {**NAMING, "company": name}
        assert touch(at, "company", notes) == given
        assert action(shown(at, notes), "company").enabled == (given is not None)
    assert touch(at, "company", {**NAMING, "company": FIRM, "firm_part": ""}) is None
    amended = touch(walk.firm_given(), "company", {"edit": "p2.company", "firm_part": "name", "company": "另一个"})
    assert amended == ev.CompanyGiven(FIRM_REF, "另一个", FIRM_CODE)


def test_only_who_opens_a_company_with_others_adds_one() -> None:
    assert shown(walk.funded(partners=True)).data["addCompany"] and shown(walk.with_firm()).data["addCompany"]
    assert shown(walk.funded()).data["addCompany"] == ""
    assert shown(walk.funded(), NEW).data["mode"] == "list"
    assert touch(walk.funded(), "company", {**NAMING, "company": FIRM}) is None


def test_the_page_asks_for_the_company_and_for_its_signer() -> None:
    wanted = {row["key"]: row for row in shown(walk.with_firm()).lists["lacking"]}
    assert wanted["holders-one-company"]["sets"] == NEW
    given = {row["key"]: row for row in shown(walk.firm_given()).lists["lacking"]}
    assert given.keys() == {"representative-missing.p2"}
    assert given["representative-missing.p2"]["sets"] == SIGNER
    ready = shown(walk.firm_signed_for())
    assert ready.lists["lacking"] == () and action(ready, "next").enabled
    unseen = walk.firm_given().did(ev.SignerCardAsked(ev.SignerRight(FIRM_REF, SignsAs.LEGAL_REP)))
    unseen.did(ev.CardRead(walk.LI))
    unseen.state = walk.replace(unseen.state, step="name_people")
    assert [row["key"] for row in shown(unseen).lists["lacking"]] == ["not-verified.p2"]


def test_a_company_is_read_as_on_its_licence_and_shares_have_percentages() -> None:
    vm = shown(walk.firm_signed_for())
    assert card(vm, "p2") == {
        "company": "91500103 MA5U00003 N", "share": "50 万元　伍拾万元整　占 50%", "signer": "李*例　被授权人",
        "due": "成立后 5 年内",
    }  # fmt: skip
    third = shown(walk.together().did(ev.CompanyGiven(None, FIRM, FIRM_CODE)))
    parts = [card(third, ref)["share"].rpartition("占 ")[2] for ref in ("p1", "p2", "p3")]
    assert parts == ["33.33%", "33.33%", "33.34%"]
    assert "占" not in card(shown(walk.phoned()), "p1")["share"]


def test_companies_with_most_of_the_capital_are_noted_and_stop_nobody() -> None:
    much = walk.together().did(ev.CompanyGiven(None, FIRM, FIRM_CODE), ev.ShareSet(PersonRef("p3"), Decimal(80)))
    assert "finding.holders-natural-control" in {row["key"] for row in shown(much).lists["banners"]}


def test_who_signs_and_by_what_right() -> None:
    at = walk.firm_given()
    legal = ev.SignerRight(FIRM_REF, SignsAs.LEGAL_REP)
    vm = shown(at, SIGNER)
    assert [row["text"] for row in vm.lists["signers"]] == ["由 王*试 签名"]
    assert touch(at, "signer", SIGNER, "p2.p1") == ev.SignerNamed(legal, PersonRef("p1"))
    assert touch(at, "signer_card", SIGNER) == ev.SignerCardAsked(legal)
    for payload in ("p2.p2", "p2.p9", "", None):
        assert touch(at, "signer", SIGNER, payload) is None


def test_an_authority_names_who_gave_it() -> None:
    at, notes = walk.firm_given(), {**SIGNER, "right": "authorised"}
    vm = shown(at, notes)
    assert vm.data["giverLabel"] and vm.lists["signers"] == ()
    assert action(vm, "signer_card").missing == "还差授权人姓名" and not action(vm, "signer_card").enabled
    assert touch(at, "signer_card", notes) is None and touch(at, "signer", notes, "p2.p1") is None
    told = ev.SignerRight(FIRM_REF, SignsAs.AUTHORISED, "赵示例")
    assert touch(at, "signer_card", {**notes, "giver": " 赵示例 "}) == ev.SignerCardAsked(told)
    signed = walk.firm_signed_for()
    assert touch(signed, "signer_keep", SIGNER) == told
    legal = ev.SignerRight(FIRM_REF, SignsAs.LEGAL_REP)
    assert touch(signed, "signer_keep", {**SIGNER, "right": "legal_rep"}) == legal


@pytest.mark.parametrize("edit", ["p1.company", "p1.signer", "p2.roles", "p2.phone", "p9.signer", "new.signer"])
def test_a_person_has_no_signer_and_a_company_no_office(edit: str) -> None:
    assert shown(walk.firm_given(), {"edit": edit}).data["mode"] == "list"


def test_the_signature_says_for_whom() -> None:
    at = walk.firm_ready().did(ev.NextAsked(), ev.SignatureDrawn(PersonRef("p1"), walk.PNG))
    at.did(ev.SignatureKept(PersonRef("p1"), walk.BlobId("ab" * 32)))
    vm = shown(at)
    assert vm.data["question"] == "请 李*例 签名"
    told = {row["key"]: row["value"] for row in vm.lists["signed"]}
    assert told["for"] == f"{FIRM}（被授权人）" and "roles" not in told
    assert [row["text"] for row in vm.lists["signers"]] == ["王*试", "李*例（代企业）"]
