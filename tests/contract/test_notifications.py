"""Messages to applicants go both ways, have a fate that is told, and carry nobody's name or number."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.sandbox.notifications import OTHER, templates

from .hands import WANG, Hands, Story, advance, handed_over, key, ulid
from .running import Running

pytestmark = pytest.mark.processes
PHONE = "13800000000"


@pytest.fixture
def elsewhere(platform: Running) -> Iterator[Hands]:
    hands = Hands(platform.url, "kiosk-02 demo-kiosk-02")
    yield hands
    hands.close()


def told(hands: Hands, story: Story) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = hands.call("GET", f"/v1/cases/{story.case_id}/notifications").json()["items"]
    return found


def states(message: dict[str, Any]) -> dict[str, str]:
    return {way["channel"]: way["state"] for way in message["deliveries"]}


def outbox(hands: Hands, story: Story) -> list[dict[str, Any]]:
    every = hands.call("GET", "/sandbox/sms-outbox").json()
    return [one for one in every if one["case_id"] == story.case_id]


def test_both_ways_from_queued_to_delivered(kiosk: Hands) -> None:
    story = Story(kiosk).submitted()
    message = told(kiosk, story)[0]
    assert (message["template"], message["by"], states(message)) == (
        "submitted", "system", {"sms": "QUEUED", "platform": "QUEUED"},
    )  # fmt: skip
    advance(kiosk, 3)
    assert states(told(kiosk, story)[0]) == {"sms": "SENT", "platform": "SENT"}
    advance(kiosk, 60)
    message = told(kiosk, story)[0]
    assert states(message) == {"sms": "DELIVERED", "platform": "DELIVERED"}
    assert message["version"] == 3
    assert [way["attempts"] for way in message["deliveries"]] == [1, 1]


def test_the_whole_way_in_one_leap_of_time(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk).submitted().ready(window)
    handover = window.post("/v1/handovers", story.bundle(window)).json()
    window.post(f"/v1/handovers/{handover['id']}/handed-over", handed_over(handover, window.now()))
    advance(window, 300)
    messages = told(window, story)
    assert [one["template"] for one in messages] == ["collected", "ready", "approved", "accept", "submitted"]
    assert {state for one in messages for state in states(one).values()} == {"DELIVERED"}


def test_lost_messages_are_tried_again_and_then_said_to_have_failed(kiosk: Hands) -> None:
    try:
        kiosk.call("PUT", "/sandbox/weather", {"sms_failure": 1.0})
        story = Story(kiosk).submitted()
        advance(kiosk, 600)
        ways = {way["channel"]: way for way in told(kiosk, story)[0]["deliveries"]}
        assert (ways["sms"]["state"], ways["sms"]["attempts"], ways["sms"]["reason"]) == (
            "FAILED", 2, "not-delivered",
        )  # fmt: skip
        assert ways["platform"]["state"] == "DELIVERED"  # the other way is not touched by that
    finally:
        kiosk.call("PUT", "/sandbox/weather", {})


def test_no_phone_no_text_message(kiosk: Hands) -> None:
    story = Story(kiosk)
    story.form["people"][0]["phone"] = ""
    story.submitted()
    advance(kiosk, 60)
    ways = {way["channel"]: way for way in told(kiosk, story)[0]["deliveries"]}
    assert (ways["sms"]["state"], ways["sms"]["reason"]) == ("FAILED", "no-phone")
    assert ways["platform"]["state"] == "DELIVERED"


def test_words_carry_no_person_and_the_code_only_for_the_applicant(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk).submitted().ready(window)
    mine, theirs = told(kiosk, story), told(window, story)
    ready = next(one for one in mine if one["template"] == "ready")
    code = re.search("取件码 ([0-9]{6})", ready["text"])
    assert code is not None
    assert code[1] in ready["text_en"]
    shown = next(one for one in theirs if one["template"] == "ready")
    assert code[1] not in shown["text"] + shown["text_en"]  # whoever hands over has to be told it
    for one in [*mine, *theirs]:
        for text in (one["text"], one["text_en"]):
            assert "王" not in text
            assert WANG not in text
            assert PHONE not in text
            assert "{" not in text
    answer = kiosk.call("GET", f"/v1/cases/{story.case_id}/notifications")
    assert PHONE not in answer.text
    sms = next(one for one in outbox(kiosk, story) if one["template"] == "ready")
    assert sms["to"] == PHONE  # the phone company's view, the only place
    assert code[1] in sms["text"]


def test_the_number_is_kept_as_a_keyed_digest_only(platform: Running, kiosk: Hands) -> None:
    Story(kiosk).submitted()
    advance(kiosk, 60)
    inspector = kiosk.call("GET", "/sandbox/inspector.json").text
    assert PHONE not in inspector


def test_a_strangers_terminal_is_told_nothing(kiosk: Hands, elsewhere: Hands, platform: Running) -> None:
    story = Story(kiosk, "500103199011030011").submitted()
    path = f"/v1/cases/{story.case_id}/notifications"
    assert elsewhere.call("GET", path).status_code == 404
    other_hall = Hands(platform.url, "window-21 demo-window-21")
    other_hall.sign_in()
    assert other_hall.call("GET", path).status_code == 404
    body = {"id": ulid(), "case_id": story.case_id, "template": "submitted"}
    assert other_hall.post("/v1/notifications", body).status_code == 404
    other_hall.close()
    assert kiosk.post("/v1/notifications", body).status_code == 401
    assert elsewhere.call("GET", f"/v1/cases/{ulid()}/notifications").status_code == 404


def test_sent_by_hand_only_what_is_true(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk).submitted()
    body = {"id": ulid(), "case_id": story.case_id, "template": "ready"}
    early = window.post("/v1/notifications", body)
    assert (early.status_code, early.json()["code"], early.json()["state"]) == (409, "wrong-state", "SUBMITTED")
    refused = window.post("/v1/notifications", {**body, "template": "not_accept"})
    assert refused.json()["code"] == "wrong-state"
    for template in ("no-such", OTHER, "resumed", "READY", "ready\n"):
        assert window.post("/v1/notifications", {**body, "template": template}).status_code == 422
    story.ready(window)
    idem = key()
    sent = window.post("/v1/notifications", body, idem)
    again = window.post("/v1/notifications", body, idem)
    known = window.post("/v1/notifications", body)
    assert (sent.status_code, sent.json()["by"], states(sent.json())["sms"]) == (201, "clerk", "QUEUED")
    assert again.content == sent.content
    assert known.status_code == 200
    other = window.post("/v1/notifications", {**body, "template": "accept"})
    assert (other.status_code, other.json()["code"]) == (409, "id-taken")
    assert [one["template"] for one in told(window, story)].count("ready") == 2
    codes = set(re.findall("取件码 ([0-9]{6})", " ".join(one["text"] for one in told(kiosk, story))))
    assert len(codes) == 1  # a case has one code, however often it is told


def test_the_feed_tells_of_the_end_of_a_message(kiosk: Hands) -> None:
    cursor = kiosk.call("GET", "/v1/snapshots/cq-demo-01").json()["cursor"]
    story = Story(kiosk).submitted()
    number = told(kiosk, story)[0]["id"]
    advance(kiosk, 120)
    page = kiosk.call("GET", f"/v1/feeds/cq-demo-01?since={cursor}&limit=200").json()
    versions = [item["version"] for item in page["items"] if item["id"] == number]
    assert versions[0] == 1
    assert versions[-1] == 3
    assert {item["kind"] for item in page["items"] if item["id"] == number} == {"notification"}


def test_every_template_that_is_told_has_its_words() -> None:
    found = set()
    for path in Path("kiosk/sandbox").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[-1], ast.Constant):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name == "tell":
                    found.add(node.args[-1].value)
    assert found >= {"submitted", "approved", "ready", "collected", "refused"}
    assert found | {"accept", "correction", "not_accept"} <= set(templates())


def test_templates_say_only_what_is_known() -> None:
    known = {"slip": "", "no": "", "hall": "", "window": "", "code": "", "when": ""}
    for name, words in templates().items():
        assert re.fullmatch("[a-z_]{2,40}", name)
        for text in (words.zh, words.en):
            text.format_map(known)  # another field would be a KeyError
        assert ("{code}" in words.zh) == ("{code}" in words.en)


def failed(hands: Hands, story: Story) -> list[dict[str, Any]]:
    page = hands.call("GET", "/v1/failed-messages?limit=200")
    assert page.status_code == 200, page.text
    return [one for one in page.json()["items"] if one["case_id"] == story.case_id]


def test_what_reached_nobody_is_a_task_until_somebody_has_seen_to_it(
    kiosk: Hands, window: Hands, elsewhere: Hands
) -> None:
    story = Story(kiosk)
    story.form["people"][0]["phone"] = ""
    story.submitted()
    assert failed(window, story) == []  # it is still on its way
    advance(kiosk, 60)
    [message] = failed(window, story)
    assert (message["template"], message["reason"], message["owner"]) == ("submitted", "no-phone", "clerk")
    assert re.fullmatch("[0-9A-Z]{3}-[0-9]{3}", message["slip_code"])
    assert not {"text", "phone", "name"} & set(message)
    assert elsewhere.call("GET", "/v1/failed-messages").status_code == 401  # for people on duty
    body = {"told_as": "called", "words": "示例：下午再来"}
    path, idem = f"/v1/failed-messages/{message['id']}/close", key()
    closed = window.post(path, body, idem)
    assert closed.status_code == 200, closed.text
    assert closed.json()["told_as"] == "called" and closed.json()["closed_by"]
    assert window.post(path, body, idem).json() == closed.json()
    assert failed(window, story) == []
    other = window.post(path, {"told_as": "unreachable"})
    assert (other.status_code, other.json()["code"]) == (409, "wrong-state")  # what was said first stands
    assert window.post(f"/v1/failed-messages/{ulid()}/close", body).status_code == 404
    assert window.post(path, {"told_as": "guessed"}).status_code == 422


def test_a_message_that_arrived_is_nobodys_task(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk).submitted()
    advance(kiosk, 60)
    [message] = told(kiosk, story)
    assert failed(window, story) == []
    assert window.post(f"/v1/failed-messages/{message['id']}/close", {"told_as": "called"}).status_code == 404
