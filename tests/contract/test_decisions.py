"""Departments decide on the wire as the simulated ones do by themselves, and the two never fight over an item."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests

from .hands import Hands, Story, advance, handed_over, key, ulid
from .running import Running

pytestmark = pytest.mark.processes

OFFICE, OTHER_HALL = "office-01 demo-office-01", "kiosk-21 demo-kiosk-21"
MISSING = [{"code": "lease_missing", "text": "住所使用证明", "basis": "示例"}]


@pytest.fixture
def office(platform: Running) -> Iterator[Hands]:
    hands = Hands(platform.url, OFFICE)
    hands.sign_in("0700")
    yield hands
    hands.close()


@pytest.fixture(autouse=True)
def offices_as_shipped(kiosk: Hands) -> Iterator[None]:
    yield
    for dept in ("samr", "police", "tax", "hrss"):
        set_office(kiosk, dept, decisions="automatic", preparation="automatic", stall=False, working_hours=False)


def set_office(hands: Hands, dept: str, **what: Any) -> requests.Response:
    answer = hands.call("PUT", f"/sandbox/back-offices/{dept}", what)
    assert answer.status_code == 200, answer.text
    return answer


def item(hands: Hands, story: Story, name: str) -> dict[str, Any]:
    found: dict[str, Any] = hands.call("GET", f"/v1/cases/{story.case_id}/items/{name}").json()
    return found


def decide(
    office: Hands, story: Story, name: str, decision: str, idem: str | None = None, version: int = 0, **more: Any
) -> requests.Response:
    seen = version or item(office, story, name)["version"]
    path = f"/v1/cases/{story.case_id}/items/{name}/decision"
    return office.post(path, {"decision": decision, **more}, idem, If_Match=f'"v{seen}"')


def in_review(kiosk: Hands, window: Hands, **more: Any) -> Story:
    """A case that waits for the registry, which decides on the wire only."""
    set_office(kiosk, "samr", decisions="manual")
    story = Story(kiosk, **more).submitted()
    assert story.accept(window).status_code == 201
    advance(window, 120)
    assert story.case(window)["state"] == "IN_REVIEW"
    return story


def test_manual_department_waits_for_the_wire(kiosk: Hands, window: Hands, office: Hands) -> None:
    story = in_review(kiosk, window)
    waiting = office.call("GET", "/v1/decisions?department=samr").json()["items"]
    mine = next(one for one in waiting if one["case_id"] == story.case_id)
    assert (mine["item"], mine["state"], mine["department"]) == ("SETUP", "IN_REVIEW", "samr")
    answer = decide(office, story, "SETUP", "approve")
    assert answer.status_code == 201, answer.text
    assert (answer.json()["case_state"], answer.json()["state"]) == ("PREPARING", "PREPARING")
    advance(window, 120)
    case = story.case(window)
    assert case["state"] == "READY"
    assert [line["state"] for line in case["timeline"] if line["what"] == "SETUP"].count("APPROVED") == 1
    left = office.call("GET", "/v1/decisions").json()["items"]
    assert story.case_id not in {one["case_id"] for one in left}


def test_the_department_goes_on_by_itself_again(kiosk: Hands, window: Hands) -> None:
    story = in_review(kiosk, window)
    set_office(kiosk, "samr", decisions="automatic")
    advance(window, 120)
    assert story.case(window)["state"] == "READY"


def test_replay_is_the_same_bytes_and_another_body_is_refused(kiosk: Hands, window: Hands, office: Hands) -> None:
    story, idem = in_review(kiosk, window), key()
    version = item(office, story, "SETUP")["version"]
    first = decide(office, story, "SETUP", "approve", idem, version)
    again = decide(office, story, "SETUP", "approve", idem, version)
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert again.headers["Idempotent-Replayed"] == "true"
    other = decide(office, story, "SETUP", "refuse", idem, version, reason_code="x")
    assert other.json()["code"] == "idempotency-key-reused"
    anew = decide(office, story, "SETUP", "approve")
    assert (anew.status_code, anew.json()["code"]) == (409, "not-submitted")


def test_wrong_version_and_missing_reasons(kiosk: Hands, window: Hands, office: Hands) -> None:
    story = in_review(kiosk, window)
    stale = decide(office, story, "SETUP", "approve", version=77)
    assert (stale.status_code, stale.json()["code"]) == (412, "version-mismatch")
    assert stale.headers["ETag"] == f'"v{item(office, story, "SETUP")["version"]}"'
    for decision in ("refuse", "suspend", "correction"):
        assert decide(office, story, "SETUP", decision).json()["errors"][0]["pointer"] == "/reason_code"
    bare = decide(office, story, "SETUP", "correction", reason_code="material_incomplete")
    assert bare.json()["errors"][0]["pointer"] == "/requirements"
    mode = decide(office, story, "SETUP", "approve", mode="DIGITAL")
    assert mode.json()["errors"][0]["pointer"] == "/mode"
    assert decide(office, story, "FUND", "approve", version=1).json()["code"] == "not-found"
    assert story.case(window)["state"] == "IN_REVIEW"


def test_nobody_decides_at_a_window(platform: Running, kiosk: Hands, window: Hands, office: Hands) -> None:
    story = in_review(kiosk, window)
    assert decide(window, story, "SETUP", "approve").json()["code"] == "forbidden"
    at_window = Hands(platform.url, "window-04 demo-window-04")
    at_window.sign_in("0700")  # an approver, but in front of people
    assert decide(at_window, story, "SETUP", "approve").json()["code"] == "forbidden"
    assert at_window.call("GET", "/v1/decisions").json()["code"] == "forbidden"
    at_window.close()
    path, body = f"/v1/cases/{story.case_id}/items/SETUP/decision", {"decision": "approve"}
    nobody = kiosk.post(path, body, If_Match='"v2"')
    assert (nobody.status_code, nobody.json()["code"]) == (401, "unauthenticated")


def test_other_halls_cases_are_not_there(platform: Running, kiosk: Hands, window: Hands, office: Hands) -> None:
    elsewhere = Hands(platform.url, OTHER_HALL)
    story = Story(elsewhere)
    story.form["pickup"] = {"site_id": "cq-demo-02"}
    story.submitted()
    elsewhere.close()
    for case_id in (story.case_id, ulid()):
        path = f"/v1/cases/{case_id}/items/SETUP/decision"
        answer = office.post(path, {"decision": "approve"}, If_Match='"v1"')
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


def test_correction_of_setup_ends_the_acceptance(kiosk: Hands, window: Hands, office: Hands) -> None:
    story = in_review(kiosk, window)
    more = {"reason_code": "material_incomplete", "requirements": MISSING}
    decided = decide(office, story, "SETUP", "correction", **more).json()
    assert (decided["state"], decided["case_state"], decided["notice_no"]) == ("RETURNED", "RETURNED", 1)
    set_office(kiosk, "samr", decisions="automatic")
    advance(window, 120)
    case = story.case(window)
    assert case["state"] == "RETURNED"
    assert {one["item"]: one["state"] for one in case["items"]} == {
        "SETUP": "RETURNED", "SEAL": "CANCELLED", "INVOICE": "CANCELLED", "SOCIAL": "CANCELLED",
    }  # fmt: skip
    assert item(window, story, "SETUP")["reason_code"] == "material_incomplete"
    told = [one["template"] for one in kiosk.call("GET", "/sandbox/sms-outbox").json()
            if one["case_id"] == story.case_id]  # fmt: skip
    assert told[-1] == "correction"


def test_correction_of_a_later_item_pauses_it(kiosk: Hands, window: Hands, office: Hands) -> None:
    set_office(kiosk, "police", decisions="manual")
    story = Story(kiosk).submitted()
    story.accept(window)
    advance(window, 120)
    decided = decide(office, story, "SEAL", "correction", reason_code="seal_text", requirements=MISSING).json()
    assert (decided["state"], decided["case_state"], decided["notice_no"]) == ("SUSPENDED", "PREPARING", None)
    advance(window, 120)
    assert item(window, story, "SEAL")["state"] == "SUSPENDED"
    assert item(window, story, "SEAL")["reason_code"] == "seal_text"
    assert decide(office, story, "SEAL", "approve").json()["code"] == "not-submitted"
    assert decide(office, story, "SEAL", "resume").status_code == 201
    set_office(kiosk, "police", decisions="automatic")
    advance(window, 120)
    assert story.case(window)["state"] == "READY"


def test_refused_later_item_is_listed_and_the_rest_goes_on(kiosk: Hands, window: Hands, office: Hands) -> None:
    set_office(kiosk, "tax", decisions="manual")
    story = Story(kiosk).submitted()
    story.accept(window)
    advance(window, 120)
    decided = decide(office, story, "INVOICE", "refuse", reason_code="tax_debt").json()
    assert (decided["case_state"], decided["refused_items"]) == ("READY", ["INVOICE"])
    case = story.case(window)
    assert (case["state"], case["refused_items"]) == ("READY", ["INVOICE"])
    handover = window.post("/v1/handovers", story.bundle(window)).json()
    window.post(f"/v1/handovers/{handover['id']}/handed-over", handed_over(handover, window.now()))
    assert story.case(window)["state"] == "CLOSED"


def test_refused_seal_takes_the_paper_invoices_with_it(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk, trade_name="拒刻甲子乙丑").submitted().ready(window)
    states = {one["item"]: one["state"] for one in story.case(window)["items"]}
    assert states == {"SETUP": "PREPARED", "SEAL": "REFUSED", "INVOICE": "CANCELLED", "SOCIAL": "DONE"}


def test_suspended_on_the_wire_stays_until_resumed(kiosk: Hands, window: Hands, office: Hands) -> None:
    story = in_review(kiosk, window)
    assert decide(office, story, "SETUP", "suspend", reason_code="special").json()["case_state"] == "SUSPENDED"
    set_office(kiosk, "samr", decisions="automatic")
    advance(window, 120)
    assert story.case(window)["state"] == "SUSPENDED"
    assert decide(office, story, "SETUP", "resume").json()["case_state"] == "IN_REVIEW"
    advance(window, 120)
    assert story.case(window)["state"] == "READY"


def test_the_wire_may_be_quicker_than_the_department(kiosk: Hands, window: Hands, office: Hands) -> None:
    story = Story(kiosk).submitted()
    story.accept(window)
    advance(window, 4)  # taken up, not decided: the earliest decision comes after six seconds more
    assert decide(office, story, "SETUP", "refuse", reason_code="not_lawful").json()["case_state"] == "REFUSED"
    advance(window, 120)
    assert story.case(window)["state"] == "REFUSED"


def test_simulated_correction_comes_once_with_its_notice(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk, trade_name="补正甲申乙酉").submitted()
    story.accept(window)
    advance(window, 120)
    assert story.case(window)["state"] == "RETURNED"


def test_stalled_department_does_nothing_then_continues(kiosk: Hands, window: Hands) -> None:
    set_office(kiosk, "police", stall=True)
    story = Story(kiosk).submitted()
    story.accept(window)
    advance(window, 7200)
    window.sign_in()
    states = {one["item"]: one["state"] for one in story.case(window)["items"]}
    assert (states["SEAL"], states["INVOICE"], states["SOCIAL"]) == ("IN_REVIEW", "PENDING", "DONE")
    set_office(kiosk, "police", stall=False)
    advance(window, 1)
    assert item(window, story, "SEAL")["state"] == "PREPARING"  # goes on from now: engraving still takes its time
    advance(window, 120)
    assert story.case(window)["state"] == "READY"


def test_hall_hours_of_a_department(kiosk: Hands, window: Hands) -> None:
    """The clock of this run may stand at any time of any day: go on to a night first, then to the next morning."""
    set_office(kiosk, "samr", working_hours=True)
    hour = int(kiosk.call("GET", "/sandbox/clock").json()["office"][11:13])
    advance(window, ((23 - hour) % 24) * 3600)
    window.sign_in()
    story = Story(kiosk).submitted()
    story.accept(window)
    advance(window, 6 * 3600)
    window.sign_in()
    assert story.case(window)["state"] == "ACCEPTED"
    advance(window, 20 * 86400)  # over every holiday
    window.sign_in()
    assert story.case(window)["state"] == "READY"


def test_settings_that_cannot_be_are_refused(kiosk: Hands) -> None:
    before = kiosk.call("GET", "/sandbox/back-offices/tax").json()
    bad: list[dict[str, Any]] = [
        {"delay": {"issued": [5, 1]}}, {"delay": {"tea": [1, 2]}}, {"delay": {"issued": [-1, 2]}}, {"rain": 1},
        {"outcome_rules": [{"word": "x", "outcome": "correction"}]}, {"decisions": "sometimes"},
    ]  # fmt: skip
    for body in bad:
        assert kiosk.call("PUT", "/sandbox/back-offices/tax", body).status_code == 422, body
    assert kiosk.call("PUT", "/sandbox/back-offices/army", {}).status_code == 404
    assert kiosk.call("GET", "/sandbox/back-offices/tax").json() == before
    assert list(kiosk.call("GET", "/sandbox/back-offices").json()) == [
        "samr",
        "police",
        "tax",
        "hrss",
        "fund",
        "bank",
    ]


# -- what is prepared for paper invoices


def report(hands: Hands, story: Story, *steps: str, version: int = 0) -> requests.Response:
    seen = version or item(hands, story, "INVOICE")["version"]
    path = f"/v1/cases/{story.case_id}/items/INVOICE/preparation"
    return hands.post(path, {"steps": list(steps)}, If_Match=f'"v{seen}"')


def test_the_hour_ends_with_articles_and_device(kiosk: Hands, window: Hands, office: Hands) -> None:
    set_office(kiosk, "tax", decisions="manual", preparation="manual")
    story = Story(kiosk).submitted()
    story.accept(window)
    advance(window, 120)
    assert report(window, story, "articles_at_store").json()["code"] == "not-submitted"  # no kinds yet
    assert report(window, story, "invoice_kinds").json()["code"] == "forbidden"  # the keeper fixes no kinds
    begun = report(office, story, "binding", "invoice_kinds").json()
    assert begun["state"] == "PREPARING"
    assert begun["started_at"] and begun["due_at"] and not begun["stopped_at"]
    early = report(window, story, "device_issued")
    assert (early.status_code, early.json()["code"]) == (409, "items-not-ready")
    advance(window, 120)
    assert item(window, story, "INVOICE")["state"] == "PREPARING"  # the volumes wait for the keeper
    assert report(window, story, "articles_at_store", version=99).json()["code"] == "version-mismatch"
    ended = report(window, story, "articles_at_store").json()
    assert (ended["state"], story.case(window)["state"]) == ("PREPARED", "READY")
    assert ended["stopped_at"]
    assert {one["step"]: one["by"] for one in ended["steps"]} == {
        "binding": "0700", "invoice_kinds": "0700", "device_issued": "department",
        "articles_at_store": "0317",
    }  # fmt: skip
    path = f"/v1/cases/{story.case_id}/items/INVOICE/preparation"
    assert window.call("GET", path).json() == ended


def test_digital_has_nothing_to_prepare(kiosk: Hands, window: Hands, office: Hands) -> None:
    set_office(kiosk, "tax", decisions="manual")
    story = Story(kiosk).submitted()
    story.accept(window)
    advance(window, 120)
    decided = decide(office, story, "INVOICE", "approve", mode="DIGITAL").json()
    assert (decided["state"], decided["case_state"]) == ("DONE", "READY")
    answer = report(window, story, "articles_at_store")
    assert (answer.status_code, answer.json()["code"]) == (409, "invoice-mode-digital")


def test_keepers_of_two_cases_get_different_numbers(kiosk: Hands, window: Hands) -> None:
    set_office(kiosk, "tax", preparation="manual")
    stories = [Story(kiosk).submitted() for _ in range(2)]
    for story in stories:
        story.accept(window)
    advance(window, 120)
    answers = [report(window, story, "articles_at_store").json() for story in stories]
    firsts = [
        next(a["first_no"] for a in story.case(window)["articles"] if a["kind"] == "invoice_volume")
        for story in stories
    ]
    assert len(set(firsts)) == 2
    assert {one["state"] for one in answers} == {"PREPARED"}


# -- both invoice modes and no article at all


def test_social_is_done_without_a_clerk(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk).submitted().ready(window)
    lines = [(line["state"], line["by"]) for line in story.case(window)["timeline"] if line["what"] == "SOCIAL"]
    assert lines == [
        ("PENDING", "citizen"), ("IN_REVIEW", "department"), ("APPROVED", "department"), ("DONE", "department"),
    ]  # fmt: skip


@pytest.mark.parametrize(("trade_name", "mode", "kinds"), [
    ("纸票丙寅丁卯", "DEVICE", {"invoice_volume", "tax_device"}), ("数电戊辰己巳", "DIGITAL", set()),
])  # fmt: skip
def test_both_modes_close(kiosk: Hands, window: Hands, trade_name: str, mode: str, kinds: set[str]) -> None:
    story = Story(kiosk, trade_name=trade_name).submitted().ready(window)
    invoice = item(window, story, "INVOICE")
    assert invoice["mode"] == mode
    assert {one["kind"] for one in invoice["articles"]} == kinds
    handover = window.post("/v1/handovers", story.bundle(window)).json()
    window.post(f"/v1/handovers/{handover['id']}/handed-over", handed_over(handover, window.now()))
    case = story.case(window)
    assert case["state"] == "CLOSED"
    assert item(window, story, "INVOICE")["state"] == ("COLLECTED" if mode == "DEVICE" else "DONE")
