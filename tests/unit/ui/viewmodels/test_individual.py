"""The screens of an individual business (个体工商户) as values: what they say, and what touches on them mean."""

import pytest

from kiosk.domain.case import CompanyType
from kiosk.domain.individual import Composition
from kiosk.rules.enterprise_name import forms_of
from kiosk.workflow import events as ev
from ui.viewmodels import citizen
from ui.words import Words

from . import individual_walk as own
from .citizen_walk import purposed
from .individual_walk import stills
from .test_citizen import shown, touch

STILLS = stills()
ZH, EN = Words("zh"), Words("en")


def keys(name: str, rows: str) -> list[str]:
    return [row["key"] for row in shown(STILLS[name]).lists[rows]]


def test_the_guide_keeps_it_here() -> None:
    vm = shown(STILLS["choose_purpose-individual"])
    assert vm.data["ask"] == "plan" and vm.actions[0].name == "purpose"
    told = touch(STILLS["choose_purpose-individual"], "purpose")
    assert isinstance(told, ev.PurposeChosen)
    items = {row["key"]: row["detail"] for row in vm.lists["plan"]}["items"]
    assert items == "营业执照、领用发票、就业社保"


def test_its_endings_are_its_own() -> None:
    assert keys("declare_name-individual", "forms") == [one.name for one in forms_of(CompanyType.INDIVIDUAL)]
    assert [row["text"] for row in shown(purposed().still()).lists["forms"]] == ["有限公司", "有限责任公司"]
    named = touch(STILLS["declare_name-individual-typed"], "check")
    assert isinstance(named, ev.NameEntered) and named.name.full == "重庆示例小面餐饮管理馆"
    strange = touch(STILLS["declare_name-individual-typed"], "check", notes={"trade": "示例", "form": "有限公司"})
    assert strange.name.form in forms_of(CompanyType.INDIVIDUAL)


def test_an_untouched_name_is_no_mistake() -> None:
    assert shown(STILLS["declare_name-individual"]).data["reasonState"] == ""


def test_going_without_a_name_is_one_touch_and_only_an_individual_may() -> None:
    still = STILLS["declare_name-individual-without"]
    vm = shown(still)
    assert vm.actions[0].name == "nameless" and vm.data["leftOut"]
    assert touch(still, "nameless") == ev.NameLeftOut()
    assert touch(STILLS["declare_name-individual"], "nameless") is None
    company = purposed().still({"naming": "without"})
    assert touch(company, "nameless") is None and "naming" in shown(company).lists
    assert shown(company).lists["naming"] == () and shown(company).data["leftOut"] == ""


def test_who_comes_back_finds_it_without_a_name() -> None:
    walk = own.nameless().did(ev.BackAsked())
    assert shown(walk.still()).data["leftOut"]
    assert touch(walk.still({"naming": "with", "trade": "示例"}), "check") is not None


def test_what_is_missing_is_said_and_leads_to_its_field() -> None:
    vm = shown(STILLS["name_operator"])
    assert keys("name_operator", "lacking") == ["phone-missing.p1", "composition-missing"]
    assert vm.lists["lacking"][0]["sets"] == {"edit": "phone"} and vm.actions[0].enabled is False
    assert shown(STILLS["name_operator-personal"]).actions[0].enabled is True
    assert keys("name_operator-family", "lacking") == ["family-missing"]


def test_the_operators_number_can_be_seen_and_mended_where_it_was_given() -> None:
    (before,), (after,) = (shown(STILLS[f"name_operator{more}"]).lists["operator"] for more in ("", "-personal"))
    assert [(one["part"], one["missing"]) for one in before["lines"]] == [("phone", True)]
    assert [(one["value"], one["missing"]) for one in after["lines"]] == [("138****1234", False)]


def test_touches_on_the_operators_page() -> None:
    still = STILLS["name_operator"]
    assert touch(still, "composition", "family") == ev.CompositionChosen(Composition.FAMILY)
    assert touch(still, "composition", "nobody") is None
    assert touch(still, "next_member") is None  # nobody runs it with a family yet
    family = STILLS["name_operator-members"]
    assert touch(family, "next_member") == ev.PersonCardAsked()
    assert touch(family, "drop_member", "0") == ev.FamilyMemberDropped(0)
    assert touch(family, "drop_member", "1") is None
    assert touch(STILLS["name_operator-card"], "stop_person") == ev.PersonCardStopped()
    phone = STILLS["name_operator-phone"]
    assert touch(phone, "phone") is None
    given = touch(phone, "phone", notes={"edit": "phone", "phone": "13800001234"})
    assert isinstance(given, ev.PhoneGiven) and given.phone == "13800001234"


@pytest.mark.parametrize(
    ("words", "operator", "place"), [(Words("zh"), "经营者", "经营场所"), (EN, "Operator", "Address")]
)
def test_the_slip_speaks_of_operator_and_place_of_business(words: Words, operator: str, place: str) -> None:
    still = STILLS["check_answers-individual"]
    lines = {line.key: line for line in citizen.present(still.scene, words, {}).slip.lines}
    assert (lines["operator"].label, lines["domicile"].label) == (operator, place)
    assert lines["operator"].edit == lines["composition"].edit == "change.name_operator"
    assert not {"capital", "shareholders", "executives", "supervisors"} & set(lines)


def test_a_finding_leads_to_the_operators_page() -> None:
    vm = shown(STILLS["check_answers-individual-wrong"])
    assert vm.actions[0].name == "change.name_operator"
    assert touch(STILLS["check_answers-individual-wrong"], "change.name_operator") == ev.ChangeAsked("name_operator")


def test_a_business_without_a_name_is_called_by_its_masked_operator() -> None:
    for name in ("sign-individual", "submit-individual", "take_receipt-individual"):
        vm = shown(STILLS[name])
        said = repr((dict(vm.data), [dict(row) for rows in vm.lists.values() for row in rows]))
        assert "不起名称（经营者 王*试）" in said and "有限公司" not in said
    signed = {row["key"]: row["value"] for row in shown(STILLS["sign-individual"]).lists["signed"]}
    assert signed["roles"] == "经营者、联络员、办税人员" and "章程" not in signed["papers"]
