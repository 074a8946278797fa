"""A tax device is written for one company, once, whatever the tax office answers; a stranger's device is stopped."""

import concurrent.futures
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from .hands import OTHER_WINDOW, WINDOW, Hands, Story, advance, handed_over, key, ulid
from .running import Running

pytestmark = pytest.mark.processes


@pytest.fixture
def manual(kiosk: Hands) -> Iterator[None]:
    kiosk.call("PUT", "/sandbox/back-offices/tax", {"device_issue": "manual"})
    yield
    kiosk.call("PUT", "/sandbox/back-offices/tax", {"device_issue": "automatic"})


_devices: list[int] = []


@pytest.fixture(scope="module", autouse=True)
def full_store(platform: Running) -> None:
    """Every platform of this module begins with the same devices; ours are taken from the far end of the store."""
    _devices[:] = range(661000000118, 661000000099, -1)


def blank() -> str:
    return f"tax_device-{_devices.pop()}"


def waiting(kiosk: Hands, window: Hands, trade_name: str = "") -> Story:
    story = Story(kiosk, trade_name=trade_name).submitted()
    assert story.accept(window).status_code == 201
    advance(window, 120)
    assert story.case(window)["state"] == "PREPARING"
    return story


def request(
    hands: Hands, story: Story, unit_id: str, issue_id: str = "", idem: str | None = None
) -> requests.Response:
    body = {"id": issue_id or ulid(), "case_id": story.case_id, "unit_id": unit_id}
    return hands.post("/v1/device-issues", body, idem)


def issue(hands: Hands, issue_id: str) -> dict[str, Any]:
    found: dict[str, Any] = hands.call("GET", f"/v1/device-issues/{issue_id}").json()
    return found


def issues_of(hands: Hands, story: Story, query: str = "") -> list[dict[str, Any]]:
    found, cursor = [], ""
    while True:
        page = hands.call("GET", f"/v1/device-issues?limit=3{query}" + (f"&cursor={cursor}" if cursor else "")).json()
        found += [one for one in page["items"] if one["case_id"] == story.case_id]
        cursor = page["next"] or ""
        if not cursor:
            return sorted(found, key=lambda one: one["attempt"])


def read_back(hands: Hands, issue_id: str, number: str, uscc: str, name: str) -> requests.Response:
    body = {"number": number, "uscc": uscc, "holder_name": name, "read_at": hands.now()}
    return hands.post(f"/v1/device-issues/{issue_id}/read-back", body)


def device_of(hands: Hands, story: Story) -> dict[str, Any]:
    return next(a for a in story.case(hands)["articles"] if a["kind"] == "tax_device")


def written(hands: Hands, serial: str) -> dict[str, Any]:
    listed = hands.call("GET", "/sandbox/devices-to-issue").json()
    return next(one for one in listed if one["number"] == serial)


def test_by_itself_as_before(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk).submitted().ready(window)
    (one,) = issues_of(window, story, "&open=1")
    assert (one["state"], one["attempt"], one["answers"]) == ("ISSUED", 1, 1)
    assert one["unit_id"] == device_of(window, story)["unit_id"]
    assert one["due_at"] and one["receipt_no"]
    case = story.case(window)
    ended = read_back(window, one["id"], device_of(window, story)["serial"], case["uscc"], case["name_full"]).json()
    assert ended["state"] == "READ_BACK"
    assert issues_of(window, story, "&open=1") == []
    assert story.case(window)["state"] == "READY"


def test_keeper_asks_reads_back_and_hands_over(kiosk: Hands, window: Hands, manual: None) -> None:
    story = waiting(kiosk, window)
    wanted = window.call("GET", "/v1/device-issues?open=1").json()["wanted"]
    assert story.case_id in {one["case_id"] for one in wanted}
    unit_id = blank()
    answer = request(window, story, unit_id)
    assert answer.status_code == 201, answer.text
    asked = answer.json()
    assert (asked["state"], asked["unit_id"]) == ("SUBMITTED", unit_id)
    wanted = window.call("GET", "/v1/device-issues?open=1").json()["wanted"]
    assert story.case_id not in {one["case_id"] for one in wanted}
    advance(window, 60)
    assert issue(window, asked["id"])["state"] == "ISSUED"
    case = story.case(window)
    assert case["state"] == "READY"
    said = written(window, device_of(window, story)["serial"])
    assert read_back(window, asked["id"], said["number"], said["uscc"], said["holder"]).json()["state"] == "READ_BACK"
    handover = window.post("/v1/handovers", story.bundle(window)).json()
    window.post(f"/v1/handovers/{handover['id']}/handed-over", handed_over(handover, window.now()))
    assert story.case(window)["state"] == "CLOSED"


def test_same_id_same_thing_other_thing_taken(kiosk: Hands, window: Hands, manual: None) -> None:
    story, unit_id, issue_id, idem = waiting(kiosk, window), blank(), ulid(), key()
    first = request(window, story, unit_id, issue_id, idem)
    replay = request(window, story, unit_id, issue_id, idem)
    assert (first.status_code, first.content) == (replay.status_code, replay.content)
    again = request(window, story, unit_id, issue_id)
    assert (again.status_code, again.json()["id"]) == (200, issue_id)
    assert request(window, story, blank(), issue_id).json()["code"] == "id-taken"
    assert request(window, story, blank()).json()["code"] == "device-issue-open"


def test_what_cannot_be_asked(platform: Running, kiosk: Hands, window: Hands, manual: None) -> None:
    story = waiting(kiosk, window)
    for unit_id in ("tax_device-999999999999", "licence_paper-50010399"):
        assert request(window, story, unit_id).json()["code"] == "stock-unit-unavailable"
    fresh = Story(kiosk).submitted()
    assert request(window, fresh, blank()).json()["code"] == "case-not-ready"
    lost = {"id": ulid(), "case_id": ulid(), "unit_id": blank()}
    assert window.post("/v1/device-issues", lost).json()["code"] == "not-found"
    assert kiosk.post("/v1/device-issues", lost).json()["code"] == "unauthenticated"
    digital = Story(kiosk, trade_name="数电庚午辛未").submitted().ready(window)
    assert request(window, digital, blank()).json()["code"] == "invoice-mode-digital"
    elsewhere = Hands(platform.url, "window-21 demo-window-21")
    elsewhere.sign_in()
    assert request(elsewhere, story, blank()).json()["code"] == "not-found"
    asked = request(window, story, blank()).json()
    assert elsewhere.call("GET", f"/v1/device-issues/{asked['id']}").status_code == 404
    assert read_back(elsewhere, asked["id"], "1", "", "").status_code == 404
    assert asked["id"] not in {one["id"] for one in elsewhere.call("GET", "/v1/device-issues").json()["items"]}
    elsewhere.close()


def test_one_device_for_one_of_two_cases(platform: Running, kiosk: Hands, window: Hands, manual: None) -> None:
    stories = [waiting(kiosk, window) for _ in range(2)]
    hands = [Hands(platform.url, terminal) for terminal in (WINDOW, OTHER_WINDOW)]
    for one in hands:
        one.sign_in()
    unit_id = blank()
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        work = [pool.submit(request, one, story, unit_id) for one, story in zip(hands, stories, strict=True)]
        answers = sorted((one.result() for one in work), key=lambda one: one.status_code)
    assert [one.status_code for one in answers] == [201, 409]
    assert answers[1].json()["code"] == "stock-unit-unavailable"
    for one in hands:
        one.close()


def quarantined(hands: Hands) -> int:
    """Tax devices set aside, in every store together."""
    stock = hands.call("GET", "/sandbox/inspector.json").json()["stock"]
    return sum(one["count"] for one in stock if (one["kind"], one["state"]) == ("tax_device", "QUARANTINED"))


def test_stranger_in_the_device_is_stopped_and_another_is_written(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk, trade_name="错写壬申癸酉").submitted().ready(window)
    before = quarantined(window)
    (first,) = issues_of(window, story)
    said = written(window, device_of(window, story)["serial"])
    case = story.case(window)
    assert said["uscc"] != case["uscc"]
    wrong = read_back(window, first["id"], said["number"], said["uscc"], said["holder"]).json()
    assert wrong["state"] == "MISMATCH"
    after = story.case(window)
    assert after["state"] == "PREPARING"
    assert (device_of(window, story)["state"], device_of(window, story)["unit_id"]) == ("PLANNED", None)
    assert quarantined(window) == before + 1
    advance(window, 120)
    assert story.case(window)["state"] == "READY"
    second = issues_of(window, story)[-1]
    assert (second["attempt"], second["state"]) == (2, "ISSUED")
    assert second["unit_id"] != first["unit_id"]
    right = written(window, device_of(window, story)["serial"])
    ended = read_back(window, second["id"], right["number"], right["uscc"], right["holder"])
    assert ended.json()["state"] == "READ_BACK"


def test_mismatch_while_the_bundle_is_on_the_counter(kiosk: Hands, window: Hands) -> None:
    """The fact is taken; the rest may go, the device stays behind and a second visit ends it."""
    story = Story(kiosk, trade_name="错写甲戌乙亥").submitted().ready(window)
    handover = window.post("/v1/handovers", story.bundle(window)).json()
    (first,) = issues_of(window, story)
    said = written(window, device_of(window, story)["serial"])
    device = device_of(window, story)["id"]
    assert read_back(window, first["id"], said["number"], said["uscc"], said["holder"]).json()["state"] == "MISMATCH"
    assert story.case(window)["state"] == "READY"  # the hand-over is still open
    fact = handed_over(handover, window.now())
    fact["lines_confirmed"] = [one for one in fact["lines_confirmed"] if one != device]
    recorded = window.post(f"/v1/handovers/{handover['id']}/handed-over", fact).json()
    assert (recorded["state"], recorded["case"]["state"]) == ("HANDED_OVER", "PARTLY_COLLECTED")
    advance(window, 120)
    assert device_of(window, story)["state"] == "PREPARED"
    body = {**story.bundle(window), "lines": [{"article_id": device, "unit_id": device_of(window, story)["unit_id"]}]}
    second = window.post("/v1/handovers", body).json()
    window.post(f"/v1/handovers/{second['id']}/handed-over", handed_over(second, window.now(), "R-0002"))
    assert story.case(window)["state"] == "CLOSED"


def test_facts_are_never_refused(kiosk: Hands, window: Hands, manual: None) -> None:
    story = waiting(kiosk, window)
    asked = request(window, story, blank()).json()
    early = read_back(window, asked["id"], "661000000001", "", "别家")
    assert early.status_code == 200
    assert (early.json()["state"], bool(early.json()["discrepancy_id"])) == ("SUBMITTED", True)
    advance(window, 60)
    case, serial = story.case(window), device_of(window, story)["serial"]
    good = read_back(window, asked["id"], serial, case["uscc"], case["name_full"]).json()
    again = read_back(window, asked["id"], serial, case["uscc"], case["name_full"]).json()
    assert (again["state"], again["version"]) == ("READ_BACK", good["version"])
    other = read_back(window, asked["id"], serial, case["uscc"], "别家").json()
    assert other["state"] == "READ_BACK"
    assert other["discrepancy_id"] not in (None, good["discrepancy_id"])


def test_refused_once_then_written(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk, trade_name="拒发丙子丁丑").submitted().ready(window)
    first, second = issues_of(window, story)
    assert (first["state"], first["fail_reason"], first["attempt"]) == ("FAILED", "device_refused", 1)
    assert (second["state"], second["attempt"]) == ("ISSUED", 2)


def test_answered_twice_is_written_once(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk, trade_name="重发戊寅己卯").submitted().ready(window)
    (one,) = issues_of(window, story)
    assert (one["state"], one["answers"]) == ("ISSUED", 2)
    assert story.case(window)["state"] == "READY"
    lines = [line["state"] for line in story.case(window)["timeline"] if line["what"] == "INVOICE"]
    assert lines.count("PREPARED") == 1


def test_silence_breaks_the_hour_and_ends(kiosk: Hands, window: Hands) -> None:
    story = waiting(kiosk, window, "无声庚辰辛巳")
    (one,) = issues_of(window, story)
    assert (one["state"], one["overdue"]) == ("ISSUING", False)
    due, now = one["due_at"], window.now()
    assert due > now
    advance(window, 5460)
    window.sign_in()
    (one,) = issues_of(window, story)
    assert (one["state"], one["answers"]) == ("ISSUED", 1)
    assert story.case(window)["state"] == "READY"


def test_the_feed_tells_of_an_issue(kiosk: Hands, window: Hands, manual: None) -> None:
    story = waiting(kiosk, window)
    cursor = window.call("GET", "/v1/snapshots/cq-demo-01").json()["cursor"]
    asked = request(window, story, blank()).json()
    items = window.call("GET", f"/v1/feeds/cq-demo-01?since={cursor}&wait=0").json()["items"]
    snapshot = window.call("GET", "/v1/snapshots/cq-demo-01").json()["items"]
    assert {"kind": "device_issue", "id": asked["id"], "version": 1} in snapshot
    assert ("device_issue", asked["id"], 1) in {(one["kind"], one["id"], one["version"]) for one in items}


def test_somebody_says_that_it_is_written(kiosk: Hands, window: Hands, manual: None) -> None:
    """Where the platform hears nothing from the tax office; what that says later changes nothing."""
    story = waiting(kiosk, window)
    asked = request(window, story, blank()).json()

    def said(receipt: str, idem: str | None = None) -> requests.Response:
        body = {"receipt_no": receipt, "issued_at": window.now()}
        return window.post(f"/v1/device-issues/{asked['id']}/issued", body, idem)

    idem = key()
    first = said("SW-2026-0042", idem)
    assert first.status_code == 200, first.text
    assert (first.json()["state"], first.json()["receipt_no"]) == ("ISSUED", "SW-2026-0042")
    case, device = story.case(window), device_of(window, story)
    assert (device["state"], device["unit_id"]) == ("PREPARED", asked["unit_id"])
    again = said("SW-2026-0042").json()
    assert (again["version"], again["discrepancy_id"]) == (first.json()["version"], None)
    advance(window, 120)
    assert (story.case(window)["state"], issue(window, asked["id"])["receipt_no"]) == ("READY", "SW-2026-0042")
    back = read_back(window, asked["id"], device["serial"], case["uscc"], case["name_full"]).json()
    assert (back["state"], back["discrepancy_id"]) == ("READ_BACK", None)
    other = said("SW-2026-0099").json()
    assert (other["state"], other["receipt_no"]) == ("READ_BACK", "SW-2026-0042")
    assert other["discrepancy_id"]
    assert said("no number").status_code == 422
    lost = {"receipt_no": "SW-1", "issued_at": window.now()}
    assert window.post(f"/v1/device-issues/{ulid()}/issued", lost).status_code == 404
