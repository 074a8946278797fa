"""By post (R22): the courier signs, the case waits for the delivery, what comes back lies ready again."""

from typing import Any

import pytest
import requests

from .hands import Hands, Story, handed_over, key, ulid
from .running import Running
from .turns import KIOSK_2, OFFICE, OTHER_HALL, at

pytestmark = pytest.mark.processes
HOME = {"site_id": "cq-demo-01", "way": "MAIL", "recipient": "王测试", "phone": "13800000000", "address": "示例路9号"}


def by_mail(kiosk: Hands, window: Hands) -> Story:
    story = Story(kiosk)
    story.form["pickup"] = HOME
    return story.submitted().ready(window)


def courier_bundle(story: Story, window: Hands, waybill: str = "EX100000001CN") -> dict[str, Any]:
    body = story.bundle(window) | {"recipient": {"role": "courier"}}
    body.pop("verification_id")
    return body | {"waybill": {"no": waybill, "carrier": "示例速递", "courier": "示例员"}}


def posted(story: Story, window: Hands, waybill: str = "EX100000001CN") -> dict[str, Any]:
    answer = window.post("/v1/handovers", courier_bundle(story, window, waybill))
    assert answer.status_code == 201, answer.text
    handover: dict[str, Any] = answer.json()
    fact = window.post(f"/v1/handovers/{handover['id']}/handed-over", handed_over(handover, window.now())).json()
    assert (fact["state"], fact["case"]["state"], fact["discrepancy_id"]) == ("HANDED_OVER", "READY", None)
    return handover


def deliver(
    hands: Hands, handover: dict[str, Any], result: str, waybill: str = "EX100000001CN", idem: str | None = None
) -> requests.Response:
    body = {"result": result, "at": hands.now(), "waybill": waybill, "proof_blob": "cd" * 32}
    return hands.post(f"/v1/handovers/{handover['id']}/delivery", body, idem)


def test_address_is_asked_for_and_masked(kiosk: Hands, platform: Running) -> None:
    story = Story(kiosk)
    story.form["pickup"] = {"site_id": "cq-demo-01", "way": "MAIL", "recipient": "王测试"}
    story.reserve_name()
    issues = {one["pointer"] for one in story.keep().json()["issues"]}
    assert issues == {"/pickup/phone", "/pickup/address"}
    assert story.submit().json()["code"] == "incomplete"
    story.form["pickup"] = HOME
    story.keep()
    assert story.submit().status_code == 200
    with at(platform, KIOSK_2) as stranger:
        seen = stranger.call("GET", f"/v1/cases/{story.case_id}").json()["form"]["pickup"]
    assert (seen["recipient"], seen["phone"]) == ("王*试", "138****0000")
    assert "address" not in seen


def test_the_case_closes_on_delivery_not_on_posting(kiosk: Hands, window: Hands, platform: Running) -> None:
    story = by_mail(kiosk, window)
    handover = posted(story, window)
    case = story.case(window)
    assert (case["state"], case["open_handover"]) == ("READY", None)
    assert (case["mailing"]["state"], case["mailing"]["waybill"]) == ("POSTED", "EX100000001CN")
    assert {one["state"] for one in case["items"]} == {"PREPARED", "DONE"}
    with at(platform, KIOSK_2) as stranger:
        masked = stranger.call("GET", f"/v1/cases/{story.case_id}").json()
    assert (masked["mailing"]["state"], masked["mailing"]["waybill"]) == ("POSTED", "")
    assert window.post("/v1/handovers", story.bundle(window)).json()["code"] == "case-not-ready"
    with at(platform, OFFICE, "0700") as office:
        path, version = f"/v1/cases/{story.case_id}/terminate", f'"v{case["version"]}"'
        ended = office.post(path, {"reason": "测试结束"}, If_Match=version)
        assert ended.json()["code"] == "goods-elsewhere"
    with at(platform, OTHER_HALL, "0317") as elsewhere:
        assert deliver(elsewhere, handover, "DELIVERED").status_code == 404
        moved = elsewhere.post("/v1/take-overs", {"slip_code": story.slip, "reason": "就近办理"})
        assert (moved.json()["code"], moved.json()["where"]) == ("goods-elsewhere", "post")
    idem = key()
    first, second = (deliver(window, handover, "DELIVERED", idem=idem) for _ in range(2))
    assert first.content == second.content
    assert first.json()["case"]["state"] == "CLOSED"
    case = story.case(window)
    assert (case["mailing"]["state"], case["state"]) == ("DELIVERED", "CLOSED")
    assert {one["state"] for one in case["items"]} == {"COLLECTED", "DONE"}


def test_what_comes_back_lies_ready_again(kiosk: Hands, window: Hands) -> None:
    story = by_mail(kiosk, window)
    before = window.call("GET", "/sandbox/inspector.json").json()["stock"]
    lines = story.bundle(window)["lines"]
    handover = posted(story, window)
    back = deliver(window, handover, "RETURNED_TO_SENDER").json()
    assert (back["state"], back["case"]["state"], back["discrepancy_id"]) == ("REVERSED", "READY", None)
    assert window.call("GET", "/sandbox/inspector.json").json()["stock"] == before
    assert story.bundle(window)["lines"] == lines
    again = posted(story, window, "EX100000002CN")
    assert deliver(window, again, "DELIVERED", "EX100000002CN").json()["case"]["state"] == "CLOSED"


def test_a_person_may_come_instead(kiosk: Hands, window: Hands) -> None:
    story = by_mail(kiosk, window)
    handover = window.post("/v1/handovers", story.bundle(window)).json()
    fact = window.post(f"/v1/handovers/{handover['id']}/handed-over", handed_over(handover, window.now()))
    assert fact.json()["case"]["state"] == "CLOSED"
    assert story.case(window)["mailing"] is None
    odd = deliver(window, handover, "DELIVERED").json()
    assert odd["discrepancy_id"]  # a fact is never refused
    assert odd["state"] == "HANDED_OVER"


def test_contradictions_are_recorded(kiosk: Hands, window: Hands) -> None:
    story = by_mail(kiosk, window)
    handover = posted(story, window)
    other = deliver(window, handover, "DELIVERED", "EX999999999CN").json()
    assert other["case"]["state"] == "CLOSED"
    assert other["discrepancy_id"]
    repeated = deliver(window, handover, "DELIVERED").json()
    assert repeated["discrepancy_id"] == other["discrepancy_id"]
    changed = deliver(window, handover, "RETURNED_TO_SENDER").json()
    assert changed["case"]["state"] == "CLOSED"
    assert changed["discrepancy_id"] != other["discrepancy_id"]
    assert deliver(kiosk, handover, "DELIVERED").status_code == 403
    missing = {"id": ulid()}
    assert deliver(window, missing, "DELIVERED").status_code == 404


def test_couriers_take_all_of_what_is_to_be_sent(kiosk: Hands, window: Hands) -> None:
    plain = Story(kiosk).submitted().ready(window)
    refused = window.post("/v1/handovers", courier_bundle(plain, window))
    assert refused.json()["errors"][0]["pointer"] == "/recipient/role"
    nobody = plain.bundle(window)
    nobody.pop("verification_id")
    assert window.post("/v1/handovers", nobody).json()["errors"][0]["pointer"] == "/verification_id"
    window.sign_in()
    story = by_mail(kiosk, window)
    body = courier_bundle(story, window)
    without = {name: value for name, value in body.items() if name != "waybill"}
    assert window.post("/v1/handovers", without).json()["errors"][0]["pointer"] == "/waybill"
    some = {**body, "lines": body["lines"][:2], "partial_reason": "分两次"}
    assert window.post("/v1/handovers", some).json()["errors"][0]["pointer"] == "/partial_reason"
