"""A company from the first draft to the signed hand-over, over real HTTP."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from kiosk.rules import credit_code

from .hands import Hands, Story, advance, decoded, handed_over
from .running import Running

pytestmark = pytest.mark.processes


def test_from_draft_to_closed(platform: Running, kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk).submitted()
    assert story.case(window)["state"] == "SUBMITTED"
    assert story.accept(window).status_code == 201
    advance(window, 300)
    case = story.case(window)
    assert case["state"] == "READY"
    assert credit_code.problem(case["uscc"]) is None
    assert {item["item"]: item["state"] for item in case["items"]} == {
        "SETUP": "PREPARED", "SEAL": "PREPARED", "INVOICE": "PREPARED", "SOCIAL": "DONE",
    }  # fmt: skip
    kinds = [article["kind"] for article in case["articles"]]
    assert kinds == ["licence_original", "licence_copy", *["seal"] * 4, "invoice_volume", "tax_device"]
    assert all(article["serial"] and article["place"] for article in case["articles"])

    prepared = window.post("/v1/handovers", story.bundle(window))
    assert prepared.status_code == 201, prepared.text
    handover = prepared.json()
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(platform.permit_key))
    payload = base64.b64decode(handover["permit"]["payload"])
    key.verify(base64.b64decode(handover["permit"]["sig"]), payload)
    permit = decoded(handover["permit"]["payload"])
    assert (permit["handover_id"], permit["terminal_id"], permit["staff_ref"]) == (
        handover["id"],
        "window-03",
        "0317",
    )
    assert story.case(window)["open_handover"] == handover["id"]

    fact = window.post(f"/v1/handovers/{handover['id']}/handed-over", handed_over(handover, window.now()))
    assert fact.json()["state"] == "HANDED_OVER"
    assert fact.json()["discrepancy_id"] is None
    closed = story.case(window)
    assert (closed["state"], closed["open_handover"]) == ("CLOSED", None)
    assert {article["state"] for article in closed["articles"]} == {"HANDED_OVER"}
    assert [line["state"] for line in closed["timeline"] if line["what"] == "CASE"] == [
        "DRAFT", "SUBMITTED", "ACCEPTED", "IN_REVIEW", "APPROVED", "PREPARING", "READY", "CLOSED",
    ]  # fmt: skip


def test_bound_device_is_on_the_tax_offices_list(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk).submitted().ready(window)
    case = story.case(window)
    device = next(article for article in case["articles"] if article["kind"] == "tax_device")
    bound = window.call("GET", "/sandbox/devices-to-issue").json()
    mine = next(one for one in bound if one["number"] == device["serial"])
    assert mine == {"number": device["serial"], "uscc": case["uscc"], "holder": case["name_full"]}
    assert len(device["serial"]) == 12


def test_digital_invoices_hand_nothing_over_and_still_close(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk, trade_name="数电甲乙丙丁").submitted().ready(window)
    case = story.case(window)
    invoice = next(item for item in case["items"] if item["item"] == "INVOICE")
    assert (invoice["mode"], invoice["state"]) == ("DIGITAL", "DONE")
    assert {article["item"] for article in case["articles"]} == {"SETUP", "SEAL"}
    handover = window.post("/v1/handovers", story.bundle(window)).json()
    window.post(f"/v1/handovers/{handover['id']}/handed-over", handed_over(handover, window.now()))
    assert story.case(window)["state"] == "CLOSED"


def test_refused_case_cancels_the_rest(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk, trade_name="不予子丑寅卯").submitted()
    story.accept(window)
    advance(window, 300)
    case = story.case(window)
    assert case["state"] == "REFUSED"
    assert {item["state"] for item in case["items"]} == {"REFUSED", "CANCELLED"}
    assert case["articles"] == []


def test_suspended_case_goes_on(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk, trade_name="挂起辰巳午未").submitted().ready(window)
    states = [line["state"] for line in story.case(window)["timeline"] if line["what"] == "CASE"]
    assert states[3:6] == ["IN_REVIEW", "SUSPENDED", "IN_REVIEW"]


def test_correction_needs_requirements_and_ends_the_acceptance(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk).submitted()
    path = f"/v1/cases/{story.case_id}/acceptances"
    body = {"decision": "correction", "decided_at": window.now(), "by": "0317"}
    assert window.post(path, body, If_Match=f'"v{story.version}"').status_code == 422
    body["requirements"] = [{"code": "lease_missing", "text": "住所使用证明"}]
    decided = window.post(path, body, If_Match=f'"v{story.version}"').json()
    assert (decided["state"], decided["notice_no"]) == ("RETURNED", 1)
    again = {"decision": "accept", "decided_at": window.now(), "by": "0317"}
    refused = window.post(path, again, If_Match=f'"v{decided["version"]}"')
    assert (refused.status_code, refused.json()["code"]) == (409, "not-submitted")
