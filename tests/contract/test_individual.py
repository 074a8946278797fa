"""An individual business (个体工商户) from the first draft to the signed hand-over, over real HTTP."""

import pytest

from kiosk.rules import credit_code

from .hands import LI, Hands, Story, advance, handed_over, refusal, ulid
from .running import Running

pytestmark = pytest.mark.processes
SISTER = {"name": "李示例", "cert_type": "111", "cert_no": LI}


def individual(kiosk: Hands, *, nameless: bool = True) -> Story:
    """Run by a family, with or without a name; nothing of a company in its form."""
    story = Story(kiosk)
    fields = story.form["fields"]
    fields.update(company_type="9999", name_org_form="店")
    del fields["registered_capital"]
    if nameless:
        for part in ("name_trade", "name_industry", "name_org_form"):
            del fields[part]
    story.form["people"][0].update(roles=["legal_rep", "liaison", "tax_handler"], subscribed="0")
    story.form.update(
        items=["SETUP", "INVOICE"], edition=3,
        individual={"without_name": nameless, "composition": "family", "family": [SISTER]},
    )  # fmt: skip
    return story


def test_without_a_name_to_the_signed_hand_over(kiosk: Hands, window: Hands) -> None:
    story = individual(kiosk)
    assert story.keep().status_code == 201
    assert story.submit().status_code == 200  # there is no name to reserve
    assert story.accept(window).status_code == 201
    advance(window, 300)
    case = story.case(window)
    assert (case["state"], case["name_full"]) == ("READY", "")
    assert credit_code.problem(case["uscc"]) is None and case["uscc"].startswith("92")
    assert case["form"]["individual"]["family"] == [SISTER]
    kinds = [article["kind"] for article in case["articles"]]
    assert kinds == ["licence_original", "licence_copy", "invoice_volume", "tax_device"]
    written = window.call("GET", "/sandbox/devices-to-issue").json()
    device = next(one for one in written if one["uscc"] == case["uscc"])
    assert device["holder"] == story.form["people"][0]["name"]
    handover = window.post("/v1/handovers", story.bundle(window)).json()
    fact = window.post(f"/v1/handovers/{handover['id']}/handed-over", handed_over(handover, window.now()))
    assert fact.json()["state"] == "HANDED_OVER" and story.case(window)["state"] == "CLOSED"


def test_a_name_is_reserved_like_any_other(kiosk: Hands) -> None:
    story = individual(kiosk, nameless=False)
    assert story.keep().status_code == 201
    assert refusal(story.submit())[1] == "name-not-reserved"
    body = {
        "id": ulid(), "case_id": story.case_id, "name": f"重庆{story.trade}餐饮店",
        "trade": story.trade, "industry": "餐饮", "division_code": "500103",
    }  # fmt: skip
    assert kiosk.post("/v1/name-declarations", body).status_code == 201
    assert story.submit().status_code == 200


def test_what_is_missing_is_told_at_once(kiosk: Hands) -> None:
    story = individual(kiosk)
    story.form["individual"] = {"without_name": True}
    story.form["fields"]["registered_capital"] = "10"
    assert story.keep().status_code == 201
    issues = {one["pointer"] for one in story.submit().json()["issues"]}
    assert issues == {"/individual/composition", "/fields/registered_capital"}


def test_a_stranger_sees_the_family_masked(kiosk: Hands, platform: Running) -> None:
    story = individual(kiosk)
    assert story.keep().status_code == 201
    stranger = Hands(platform.url, "kiosk-02 demo-kiosk-02")
    found = stranger.call("POST", "/v1/cases/search", {"slip_code": story.slip}).json()
    stranger.close()
    (seen,) = found["items"]
    (member,) = seen["form"]["individual"]["family"]
    assert member["name"] == "李*例" and "19901103" not in member["cert_no"]
