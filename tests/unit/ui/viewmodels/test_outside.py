"""Whoever comes from outside is told what that means here, at the moment it is known."""

from kiosk.domain.finding import Severity
from kiosk.rules.review import review
from ui.viewmodels import citizen
from ui.words import Words

from . import outside_walk as walk


def banners(name: str, language: str = "zh") -> list[tuple[str, str, str]]:
    """State and words of what stands at the head of a page."""
    still = walk.stills()[name]
    vm = citizen.present(still.scene, Words(language), still.notes)
    return [(row["state"], row["what"], row["todo"]) for row in vm.lists["banners"]]


def test_a_foreigner_is_told_at_once_that_an_individual_business_is_for_citizens() -> None:
    """促进个体工商户发展条例 2; a touch that led nowhere would say nothing."""
    state = walk.refused().state
    assert state.step == "choose_purpose"
    assert banners("choose_purpose-guest") == [("stop", "外国人不能开个体工商户", "请改选公司，或问窗口。")]
    still = walk.stills()["choose_purpose-guest"]
    changed = citizen.present(still.scene, Words("zh"), {**still.notes, "form": "company"})
    assert changed.lists["banners"] == (), "of other answers it is not true"
    direct = citizen.present(still.scene, Words("zh"), {"who": "alone", "form": "company", "ask": "direct"})
    assert direct.lists["banners"], "a ready choice was refused, whatever was answered before"
    assert walk.after_all().state.step == "declare_name"


def test_a_shareholder_from_outside_submits_here_and_hears_of_the_window() -> None:
    state = walk.partners().state
    found = [one for one in review(state.form, state.now.date()) if one.code == "holder-outside"]
    assert [(one.severity, one.about) for one in found] == [(Severity.WARN, "p2")]
    page = citizen.present(walk.partners().still().scene, Words("zh"), {})
    said = [str(value) for rows in page.lists.values() for row in rows for value in row.values()]
    assert any("企业类型由窗口核定" in one for one in said)
    assert next(action for action in page.actions if action.name == "next").enabled
