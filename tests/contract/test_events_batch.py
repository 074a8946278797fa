"""What a terminal owes, in one request: each entry as if it had come alone, in order, until the first refusal."""

from typing import Any

import pytest
import requests

from .hands import Hands, Story, handed_over, key

pytestmark = pytest.mark.processes
SOME = "01ARZ3NDEKTSV4RRFFQ69G5FAV"


def event(op: str, path: str, body: Any, **more: Any) -> dict[str, Any]:
    return {"key": key(), "op": op, "path": path, "body": body, **more}


def send(hands: Hands, *events: dict[str, Any]) -> requests.Response:
    return hands.call("POST", "/v1/events:batch", {"chain": "case:1", "events": list(events)})


def outcomes(answer: requests.Response) -> list[tuple[str, int | None, bool]]:
    assert answer.status_code == 200, answer.text
    return [(one["outcome"], one["status"], one["replayed"]) for one in answer.json()["results"]]


def test_a_case_from_draft_to_rating(kiosk: Hands) -> None:
    story = Story(kiosk)
    story.reserve_name()
    events = [
        event(
            "putDraft", f"/v1/cases/{story.case_id}/draft", {"slip_code": story.slip, "form": story.form}, first=True,
        ),
        event(
            "submitCase", f"/v1/cases/{story.case_id}/submit",
            {"submitted_at": kiosk.now(), "verification_ids": [story.verification_id]}, if_match=1,
        ),
        event(
            "postEvaluation", "/v1/evaluations",
            {"case_id": story.case_id, "phase": "accepted", "level": 5, "rated_at": kiosk.now()},
        ),
    ]  # fmt: skip
    answer = send(kiosk, *events)
    assert outcomes(answer) == [("done", 201, False), ("done", 200, False), ("done", 201, False)]
    first, second, _ = answer.json()["results"]
    assert (first["etag"], second["etag"]) == ("v1", "v2")
    assert second["body"]["state"] == "SUBMITTED"
    again = send(kiosk, *events)
    assert outcomes(again)[1:] == [("done", 200, True), ("done", 201, True)]
    assert [one["body"] for one in again.json()["results"][1:]] == [
        one["body"] for one in answer.json()["results"][1:]
    ]


def test_the_rest_of_a_chain_waits_behind_a_refusal(kiosk: Hands) -> None:
    story = Story(kiosk)
    story.keep()
    answer = send(
        kiosk,
        event("submitCase", f"/v1/cases/{story.case_id}/submit", {"submitted_at": kiosk.now()}, if_match=1),
        event(
            "postEvaluation", "/v1/evaluations",
            {"case_id": story.case_id, "phase": "accepted", "level": 5, "rated_at": kiosk.now()},
        ),
    )  # fmt: skip
    assert outcomes(answer) == [("refused", 409, False), ("not_tried", None, False)]
    assert answer.json()["results"][0]["body"]["code"] == "verification-required"
    assert story.case(kiosk)["state"] == "DRAFT"


def test_a_fact_and_its_replay_alone_are_one(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk).submitted().ready(window)
    handover = window.post("/v1/handovers", story.bundle(window)).json()
    path = f"/v1/handovers/{handover['id']}/handed-over"
    fact = event("recordHandedOver", path, handed_over(handover, window.now()))
    answer = send(window, fact)
    assert outcomes(answer) == [("done", 200, False)]
    assert outcomes(send(window, fact)) == [("done", 200, True)]
    assert story.case(window)["state"] == "CLOSED"


@pytest.mark.parametrize(
    ("op", "path"),
    [
        ("prepareHandover", "/v1/handovers"),  # only online: nothing that could be owed
        ("getCase", f"/v1/cases/{SOME}"),
        ("postEvents", "/v1/events:batch"),
        ("patchBlob", f"/v1/blobs/{'a' * 64}"),
        ("submitCase", f"/v1/cases/{SOME}/draft"),
        ("submitCase", f"/v1/cases/{SOME}/../x/submit"),
        ("noSuchOperation", "/v1/evaluations"),
    ],
)
def test_only_what_can_be_owed_and_only_at_its_address(kiosk: Hands, op: str, path: str) -> None:
    answer = send(kiosk, event(op, path, {}))
    assert (answer.status_code, answer.json()["code"]) == (422, "validation")


def test_a_wrong_value_refuses_its_own_event(kiosk: Hands) -> None:
    story = Story(kiosk).submitted()
    wrong = {"case_id": story.case_id, "phase": "accepted", "level": 6, "rated_at": kiosk.now()}
    answer = send(kiosk, event("postEvaluation", "/v1/evaluations", wrong))
    assert outcomes(answer) == [("refused", 422, False)]
    assert answer.json()["results"][0]["body"]["errors"][0]["pointer"] == "/level"
    assert outcomes(send(kiosk, event("submitCase", f"/v1/cases/{story.case_id}/submit", {}))) == [
        ("refused", 428, False)
    ]


def test_limits(kiosk: Hands) -> None:
    assert send(kiosk).status_code == 422
    assert send(kiosk, *[event("postEvaluation", "/v1/evaluations", {})] * 51).status_code == 422
    assert kiosk.call("POST", "/v1/events:batch", {}, Kiosk_Terminal="").status_code == 401
