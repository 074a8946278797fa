"""The library of certificates for a case: looked into before anybody is asked, used with consent, once."""

from typing import Any

import pytest

from .hands import Hands, Story, form, refusal

pytestmark = pytest.mark.processes
WANG, LI, ZHAO = "500103198504120022", "500103199011030015", "500103195206200039"


def begun(kiosk: Hands, number: str, name: str) -> Story:
    story = Story(kiosk, number)
    story.form = form(story.verification_id, story.trade, number, name)
    assert story.keep().status_code == 201
    return story


def found(window: Hands, story: Story) -> list[dict[str, Any]]:
    answer = window.call("GET", f"/v1/cases/{story.case_id}/library")
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def use(window: Hands, story: Story, paper: dict[str, Any], at: str = "") -> Any:
    path = f"/v1/cases/{story.case_id}/library/{paper['id']}/use"
    return window.post(path, {"consented_at": at or window.now(), "by": "p1"})


def test_a_good_paper_is_offered_with_issuer_and_used_once(kiosk: Hands, window: Hands) -> None:
    story = begun(kiosk, WANG, "王测试")
    (paper,) = found(window, story)
    assert (paper["type"], paper["ref"], paper["why_not"]) == ("property_certificate", "p1", "")
    assert paper["issuer"] == "示例不动产登记中心" and "domicile_proof" in paper["serves"]
    made = use(window, story, paper)
    assert made.status_code == 201, made.text
    assert (made.json()["state"], made.json()["source"]) == ("RECOGNISED", "e_cert_library")
    listed = window.call("GET", f"/v1/cases/{story.case_id}/materials").json()
    assert "domicile_proof" not in {one["type"] for one in listed["missing"]}
    assert found(window, story)[0]["why_not"] == "held"
    assert refusal(use(window, story, paper)) == (409, "material-already-held")
    asked = {"type": "domicile_proof", "item": "SETUP", "text": "请补交", "basis": "实施细则"}
    again = window.post(f"/v1/cases/{story.case_id}/material-requests", asked)
    assert refusal(again) == (409, "material-already-held"), "never asked for again (R71)"


@pytest.mark.parametrize(("number", "name", "why"), [(LI, "李示例", "expired"), (ZHAO, "赵样本", "other_name")])
def test_what_is_no_good_is_told_with_its_reason(
    kiosk: Hands, window: Hands, number: str, name: str, why: str
) -> None:
    story = begun(kiosk, number, name)
    (paper,) = found(window, story)
    assert paper["why_not"] == why
    assert refusal(use(window, story, paper)) == (409, "wrong-state")


def test_without_a_consent_of_today_nothing_is_used(kiosk: Hands, window: Hands) -> None:
    story = begun(kiosk, WANG, "王测试")
    (paper,) = found(window, story)
    assert refusal(use(window, story, paper, "2020-01-01T08:00:00.000+08:00")) == (409, "consent-required")


def test_nobody_elses_papers_are_found(kiosk: Hands, window: Hands) -> None:
    story, other = begun(kiosk, WANG, "王测试"), begun(kiosk, LI, "李示例")
    (paper,) = found(window, other)
    assert use(window, story, paper).status_code == 404
