"""What is prepared stays prepared until somebody reports: time fences and frees nothing; a fact is recorded."""

import pytest

from .hands import Hands, Story, advance, handed_over, ulid

pytestmark = pytest.mark.processes


def prepared(story: Story, window: Hands) -> dict[str, object]:
    answer = window.post("/v1/handovers", story.bundle(window))
    assert answer.status_code == 201, answer.text
    found: dict[str, object] = answer.json()
    return found


def test_expiry_frees_nothing(kiosk: Hands, window: Hands, other_window: Hands) -> None:
    story = Story(kiosk).submitted().ready(window)
    handover = prepared(story, window)
    advance(window, 3600)
    window.sign_in()
    other_window.sign_in()
    assert window.call("GET", f"/v1/handovers/{handover['id']}").json()["overdue"] is True
    refused = other_window.post("/v1/handovers", story.bundle(other_window, "w-04"))
    assert (refused.status_code, refused.json()["code"]) == (409, "handover-open")
    assert (refused.json()["handover_id"], refused.json()["window"]) == (handover["id"], "w-03")
    listed = window.call("GET", "/v1/handovers?open=1&window=w-03").json()["items"]
    assert [one["id"] for one in listed] == [handover["id"]]
    late = window.post(f"/v1/handovers/{handover['id']}/handed-over", handed_over(handover, window.now())).json()
    assert late["state"] == "HANDED_OVER"
    assert late["discrepancy_id"]  # recorded, and looked at by a person
    assert story.case(window)["state"] == "CLOSED"


def test_abort_puts_everything_back(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk).submitted().ready(window)
    stock = window.call("GET", "/sandbox/inspector.json").json()["stock"]
    handover = prepared(story, window)
    path = f"/v1/handovers/{handover['id']}/abort"
    body = {"reason": "收件人离开", "aborted_at": window.now(), "physically_checked": False}
    assert window.post(path, body).status_code == 422
    answer = window.post(path, {**body, "physically_checked": True}).json()
    assert (answer["state"], answer["case"]["state"]) == ("ABORTED", "READY")
    assert window.call("GET", "/sandbox/inspector.json").json()["stock"] == stock
    again = prepared(story, window)
    assert again["lines"] == handover["lines"]
    window.post(f"/v1/handovers/{again['id']}/handed-over", handed_over(again, window.now()))
    assert story.case(window)["state"] == "CLOSED"


def test_handed_over_after_abort_is_recorded_as_discrepancy(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk).submitted().ready(window)
    handover = prepared(story, window)
    abort = {"reason": "误操作", "aborted_at": window.now(), "physically_checked": True}
    window.post(f"/v1/handovers/{handover['id']}/abort", abort)
    fact = window.post(f"/v1/handovers/{handover['id']}/handed-over", handed_over(handover, window.now()))
    assert fact.status_code == 200
    assert fact.json()["state"] == "ABORTED"
    assert fact.json()["discrepancy_id"]


def test_same_fact_under_another_key_is_no_discrepancy(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk).submitted().ready(window)
    handover = prepared(story, window)
    body = handed_over(handover, window.now())
    path = f"/v1/handovers/{handover['id']}/handed-over"
    first, second = window.post(path, body).json(), window.post(path, body).json()
    assert first == second
    assert second["discrepancy_id"] is None
    other = window.post(path, {**body, "receipt_no": "R-9999"}).json()
    assert other["discrepancy_id"]


def test_fact_needs_no_session_but_a_window(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk).submitted().ready(window)
    handover = prepared(story, window)
    body = handed_over(handover, window.now())
    path = f"/v1/handovers/{handover['id']}/handed-over"
    assert kiosk.post(path, body).status_code == 403
    window.session.headers["Authorization"] = "Bearer of-yesterday"  # the shift is over, the fact is still true
    assert window.post(path, body).json()["state"] == "HANDED_OVER"
    assert window.post(f"/v1/handovers/{ulid()}/handed-over", body).status_code == 404


def test_partial_needs_a_reason_and_leaves_the_rest(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk).submitted().ready(window)
    body = story.bundle(window)
    body["lines"] = body["lines"][:2]
    assert window.post("/v1/handovers", body).json()["errors"][0]["pointer"] == "/partial_reason"
    body["partial_reason"] = "印章待补"
    handover = window.post("/v1/handovers", body).json()
    window.post(f"/v1/handovers/{handover['id']}/handed-over", handed_over(handover, window.now()))
    case = story.case(window)
    assert case["state"] == "PARTLY_COLLECTED"
    assert [article["state"] for article in case["articles"]] == ["HANDED_OVER"] * 2 + ["PREPARED"] * 6
    rest = story.bundle(window)
    rest["lines"] = rest["lines"][2:]
    handover = window.post("/v1/handovers", rest).json()
    window.post(f"/v1/handovers/{handover['id']}/handed-over", handed_over(handover, window.now()))
    assert story.case(window)["state"] == "CLOSED"


def test_unconfirmed_line_goes_to_quarantine(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk).submitted().ready(window)
    handover = prepared(story, window)
    fact = handed_over(handover, window.now())
    missing = fact["lines_confirmed"].pop()
    answer = window.post(f"/v1/handovers/{handover['id']}/handed-over", fact).json()
    assert answer["discrepancy_id"]
    case = story.case(window)
    assert case["state"] == "PARTLY_COLLECTED"
    assert {article["id"] for article in case["articles"] if article["state"] == "PREPARED"} == {missing}


def test_directive_stops_new_handovers(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk).submitted().ready(window)
    window.call("PUT", "/sandbox/terminals/window-03", {"mode": "NO_HANDOVER"})
    refused = window.post("/v1/handovers", story.bundle(window))
    window.call("PUT", "/sandbox/terminals/window-03", {})
    assert (refused.status_code, refused.json()["code"]) == (403, "directive-no-handover")


def test_clerk_cannot_prepare_for_another_window(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk).submitted().ready(window)
    assert window.post("/v1/handovers", story.bundle(window, "w-04")).status_code == 403
