"""A hand-over taken back: two people, everything on the table, and it can be handed over anew; facts stay facts."""

from typing import Any

import pytest
import requests

from .hands import OTHER_HALL, Hands, Story, advance, handed_over, key, refusal, second, seen, ulid
from .running import Running

pytestmark = pytest.mark.processes


def collected(story: Story, window: Hands, only: slice = slice(None)) -> dict[str, Any]:
    """Handed over, whole or in part, and signed for."""
    body = story.bundle(window)
    ready = {one["id"] for one in story.case(window)["articles"] if one["state"] == "PREPARED"}
    body["lines"] = [line for line in body["lines"] if line["article_id"] in ready][only]
    handover = window.post("/v1/handovers", {**body, "partial_reason": "分次领取"}).json()
    fact = window.post(f"/v1/handovers/{handover['id']}/handed-over", handed_over(handover, window.now()))
    assert fact.json()["state"] == "HANDED_OVER", fact.text
    return dict(handover)


def said(handover: dict[str, Any], spoiled: list[str] | None = None, **more: Any) -> dict[str, Any]:
    back = [line["article_id"] for line in handover["lines"]]
    return {"reason": "领错单位", "returned": back, "spoiled": spoiled or [], "physically_checked": True, **more}


def reverse(window: Hands, handover: dict[str, Any], body: dict[str, Any], who: str = "0001") -> requests.Response:
    path = f"/v1/handovers/{handover['id']}"
    return window.post(f"{path}/reverse", body, **{**seen(window, path), **second(window, who)})


def states(window: Hands, handover: dict[str, Any]) -> dict[str, str]:
    units = [line["unit_id"] for line in handover["lines"] if "unit_id" in line]
    return {one: window.call("GET", f"/v1/stock/units/{one}").json()["state"] for one in units}


def test_reversed_and_handed_over_again(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk).submitted().ready(window)
    window.sign_in()
    handover = collected(story, window)
    assert story.case(window)["state"] == "CLOSED"
    body, idem, path = said(handover), key(), f"/v1/handovers/{handover['id']}"
    headers = {**seen(window, path), **second(window, "0001")}
    answer = window.post(f"{path}/reverse", body, idem, **headers)
    assert answer.status_code == 200, answer.text
    again = window.post(f"{path}/reverse", body, idem, **headers)
    assert (again.content, again.headers["Idempotent-Replayed"]) == (answer.content, "true")
    assert (answer.json()["state"], answer.json()["case"]["state"]) == ("REVERSED", "READY")
    assert answer.json()["reversed_at"]
    case = story.case(window)
    assert {one["state"] for one in case["articles"]} == {"PREPARED"}
    assert {one["state"] for one in case["items"] if one["item"] != "SOCIAL"} == {"PREPARED"}
    assert set(states(window, handover).values()) == {"IN_STOCK", "BOUND"}
    assert refusal(reverse(window, handover, body)) == (409, "too-late")
    second_time = collected(story, window)
    assert second_time["lines"] == handover["lines"]
    assert story.case(window)["state"] == "CLOSED"


def test_what_is_spoiled_is_made_again(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk).submitted().ready(window)
    window.sign_in()
    handover = collected(story, window)
    before = {one["kind"]: one for one in story.case(window)["articles"]}
    bad = [before[kind]["id"] for kind in ("licence_original", "seal", "invoice_volume", "tax_device")]
    assert reverse(window, handover, said(handover, bad)).json()["case"]["state"] == "PREPARING"
    assert {one["state"] for one in story.case(window)["articles"] if one["id"] in bad} == {"PLANNED"}
    gone = {before[kind]["unit_id"] for kind in ("licence_original", "seal", "tax_device")}
    assert {state for one, state in states(window, handover).items() if one in gone} == {"VOID"}
    advance(window, 300)
    window.sign_in()
    case = story.case(window)
    assert case["state"] == "READY"
    after = {one["id"]: one for one in case["articles"]}
    for kind in ("licence_original", "seal", "tax_device"):
        assert after[before[kind]["id"]]["unit_id"] != before[kind]["unit_id"]
    assert after[before["invoice_volume"]["id"]]["first_no"] != before["invoice_volume"]["first_no"]
    collected(story, window)
    assert story.case(window)["state"] == "CLOSED"


def test_who_may_and_what_must_be_said(kiosk: Hands, window: Hands, platform: Running) -> None:
    story = Story(kiosk).submitted().ready(window)
    window.sign_in()
    handover = collected(story, window)
    path, good = f"/v1/handovers/{handover['id']}", said(handover)
    assert refusal(window.post(f"{path}/reverse", good, If_Match='"v2"')) == (403, "second-person-required")
    assert refusal(reverse(window, handover, good, "0402")) == (403, "second-person-required")  # a keeper
    stale = window.post(f"{path}/reverse", good, If_Match='"v1"', **second(window, "0001"))
    assert refusal(stale) == (412, "version-mismatch")
    assert window.post(f"{path}/reverse", good, **second(window, "0001")).status_code == 428
    for wrong in (
        {"physically_checked": False}, {"returned": good["returned"][:-1]}, {"returned": [*good["returned"], ulid()]},
        {"spoiled": [ulid()]}, {"reason": ""}, {"reason": "a\u0000b"}, {"returned": [good["returned"][0]] * 2},
    ):  # fmt: skip
        assert reverse(window, handover, {**good, **wrong}).status_code == 422, wrong
    keeper = Hands(platform.url, "store-desk-01 demo-store-desk-01")
    keeper.sign_in("0402")
    headers = {"If_Match": '"v2"', **second(keeper, "0001")}
    assert keeper.post(f"{path}/reverse", good, **headers).status_code == 403  # no clerk
    keeper.close()
    far = Hands(platform.url, OTHER_HALL)
    far.sign_in("0317")
    assert far.post(f"{path}/reverse", good, If_Match='"v2"', **second(far, "0001")).status_code == 404
    far.close()
    assert {one["state"] for one in story.case(window)["articles"]} == {"HANDED_OVER"}  # nothing was done by halves


def test_only_what_is_finished_can_be_reversed(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk).submitted().ready(window)
    window.sign_in()
    first = collected(story, window, slice(0, 2))
    body = story.bundle(window)
    body["lines"] = body["lines"][2:]
    rest = window.post("/v1/handovers", body).json()
    assert refusal(reverse(window, rest, said(rest))) == (409, "handover-open")
    assert refusal(reverse(window, first, said(first))) == (409, "handover-open")  # the rest lies at the window
    abort = {"reason": "收件人离开", "aborted_at": window.now(), "physically_checked": True}
    window.post(f"/v1/handovers/{rest['id']}/abort", abort)
    assert refusal(reverse(window, rest, said(rest))) == (409, "too-late")
    assert reverse(window, first, said(first)).json()["case"]["state"] == "READY"


def test_two_parts_reversed_one_after_the_other(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk).submitted().ready(window)
    window.sign_in()
    parts = [collected(story, window, slice(0, 3)), collected(story, window)]
    assert story.case(window)["state"] == "CLOSED"
    assert [reverse(window, one, said(one)).json()["case"]["state"] for one in parts] == ["READY", "READY"]
    assert {one["state"] for one in story.case(window)["articles"]} == {"PREPARED"}
    collected(story, window)
    assert story.case(window)["state"] == "CLOSED"


def test_a_fact_that_comes_after_the_reversal_is_a_discrepancy(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk).submitted().ready(window)
    window.sign_in()
    handover = collected(story, window)
    reverse(window, handover, said(handover))
    path = f"/v1/handovers/{handover['id']}"
    late = window.post(f"{path}/handed-over", handed_over(handover, window.now())).json()
    abort = {"reason": "误操作", "aborted_at": window.now(), "physically_checked": True}
    also = window.post(f"{path}/abort", abort).json()
    assert (late["state"], also["state"]) == ("REVERSED", "REVERSED")
    assert late["discrepancy_id"] != also["discrepancy_id"]
    assert story.case(window)["state"] == "READY"
    assert {one["state"] for one in story.case(window)["articles"]} == {"PREPARED"}


def test_what_was_brought_back_before_is_no_obstacle(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk).submitted().ready(window)
    window.sign_in()
    handover = collected(story, window)
    seal = next(line["unit_id"] for line in handover["lines"] if line.get("unit_id", "").startswith("seal-"))
    path = f"/v1/stock/units/{seal}"
    back = window.post(f"{path}/return", {"reason_code": "defect"}, **seen(window, path))
    assert (back.json()["state"], back.json()["custodian"]) == ("RETURNED", "w-03")
    assert refusal(window.post(f"{path}/clear", {"reason_code": "ok"}, **seen(window, path))) == (
        409, "stock-unit-unavailable",
    )  # fmt: skip
    void = window.post(f"{path}/void", {"reason_code": "defect"}, **seen(window, path), **second(window, "0001"))
    assert void.json()["state"] == "VOID"
    assert reverse(window, handover, said(handover)).json()["case"]["state"] == "PREPARING"  # another seal is cut
    advance(window, 300)
    window.sign_in()
    assert story.case(window)["state"] == "READY"
