"""What people raise: kept, owned, answered; asked for by number, and nobody's phone in a list."""

import re
from typing import Any

import pytest
import requests

from .hands import Hands, Story, key, ulid
from .running import Running

pytestmark = pytest.mark.processes
PHONE = "13911112222"


def words(hands: Hands, **more: Any) -> dict[str, Any]:
    return {"id": ulid(), "kind": "unclear", "text": "不知道经营范围该怎么选", "said_at": hands.now(), **more}


def said(hands: Hands, **more: Any) -> dict[str, Any]:
    answer = hands.post("/v1/feedback", words(hands, **more))
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def line_of(hands: Hands, feedback_id: str, query: str = "?limit=200") -> dict[str, Any]:
    every = hands.call("GET", f"/v1/feedback{query}").json()["items"]
    found: dict[str, Any] = next(one for one in every if one["id"] == feedback_id)
    return found


def act(hands: Hands, line: dict[str, Any], what: str, body: Any) -> requests.Response:
    return hands.post(f"/v1/feedback/{line['id']}/{what}", body, If_Match=f'"v{line["version"]}"')


def asked(hands: Hands, number: str) -> requests.Response:
    return hands.call("POST", "/v1/feedback/search", {"number": number})


def test_from_the_first_word_to_the_answer(kiosk: Hands, supervisor: Hands) -> None:
    kept = said(kiosk, contact=PHONE)
    assert re.fullmatch("F[0-9]{6}-[0-9A-HJKMNP-TV-Z]{8}", kept["number"])
    open_ = asked(kiosk, kept["number"]).json()
    assert (open_["state"], open_["answer"]) == ("OPEN", "")
    line = line_of(supervisor, kept["id"])
    closing = {"outcome": "solved", "answer": "已在点选页增加示例"}
    early = act(supervisor, line, "close", closing)
    assert (early.status_code, early.json()["code"]) == (409, "wrong-state")  # nobody's matter cannot be closed
    assert act(supervisor, line, "assign", {"owner": "9999"}).status_code == 422
    mine = act(supervisor, line, "assign", {"owner": "0001"})
    assert (mine.json()["state"], mine.json()["owner"], mine.headers["ETag"]) == ("ASSIGNED", "0001", '"v2"')
    whole = supervisor.call("GET", f"/v1/feedback/{kept['id']}").json()
    assert whole["contact"] == PHONE
    assert act(supervisor, line, "close", closing).json()["code"] == "version-mismatch"
    closed = act(supervisor, mine.json(), "close", closing)
    assert closed.json()["state"] == "CLOSED"
    told = asked(kiosk, kept["number"]).json()
    assert (told["state"], told["outcome"], told["answer"]) == ("CLOSED", "solved", "已在点选页增加示例")
    assert supervisor.call("GET", f"/v1/feedback/{kept['id']}").json()["contact"] == ""  # forgotten when it is done


def test_how_to_reach_somebody_is_in_no_list(kiosk: Hands, window: Hands, supervisor: Hands) -> None:
    kept = said(kiosk, contact=PHONE)
    line = line_of(supervisor, kept["id"])
    assigned = act(supervisor, line, "assign", {"owner": "0317"})
    search = asked(kiosk, kept["number"])
    for answer in (supervisor.call("GET", "/v1/feedback?limit=200"), assigned, search):
        assert answer.ok
        assert PHONE not in answer.text
    assert "经营范围" not in search.text  # whoever finds the slip does not read what was said
    refused = supervisor.call("GET", f"/v1/feedback/{kept['id']}")
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")  # it is somebody else's matter
    assert window.call("GET", f"/v1/feedback/{kept['id']}").json()["contact"] == PHONE
    assert PHONE not in kiosk.call("GET", "/sandbox/inspector.json").text


def test_said_twice_is_one(kiosk: Hands) -> None:
    body, idem = words(kiosk), key()
    first, replay = kiosk.post("/v1/feedback", body, idem), kiosk.post("/v1/feedback", body, idem)
    again = kiosk.post("/v1/feedback", body)
    assert first.content == replay.content
    assert (again.status_code, again.json()["number"]) == (200, first.json()["number"])
    other = kiosk.post("/v1/feedback", {**body, "text": "另一件事"})
    assert (other.status_code, other.json()["code"]) == (409, "id-taken")
    reused = kiosk.post("/v1/feedback", {**body, "text": "另一件事"}, idem)
    assert (reused.status_code, reused.json()["code"]) == (422, "idempotency-key-reused")


def test_hostile_words(kiosk: Hands, platform: Running) -> None:
    story = Story(kiosk).submitted()
    elsewhere = Hands(platform.url, "kiosk-21 demo-kiosk-21")
    assert elsewhere.post("/v1/feedback", words(elsewhere, case_id=story.case_id)).status_code == 404
    kept = said(kiosk, case_id=story.case_id)
    assert asked(elsewhere, kept["number"]).status_code == 404
    elsewhere.close()
    for wrong in (
        {"text": "长" * 501}, {"text": ""}, {"text": "有\x00字"}, {"kind": "praise"}, {"contact": "1" * 65},
        {"contact": "a\nb"}, {"surprise": 1},
    ):  # fmt: skip
        assert kiosk.post("/v1/feedback", words(kiosk, **wrong)).status_code == 422, wrong
    for number in (
        "F260101-0000000",
        "f260101-00000000",
        "F260101-0000000O",
        "F26０101-00000000",
        kept["number"] + "\n",
    ):
        assert asked(kiosk, number).status_code == 422, number
    assert asked(kiosk, "F260101-00000000").status_code == 404


def test_only_supervisors_read_it(kiosk: Hands, window: Hands, supervisor: Hands, platform: Running) -> None:
    kept = said(kiosk)
    assert window.call("GET", "/v1/feedback").status_code == 403
    other = Hands(platform.url, "window-21 demo-window-21")
    other.sign_in("0001")
    assert other.call("GET", "/v1/feedback").json()["items"] == []
    line = line_of(supervisor, kept["id"])
    assert act(other, line, "assign", {"owner": "0001"}).status_code == 404
    assert other.call("GET", f"/v1/feedback/{kept['id']}").status_code == 404
    other.close()


def test_pages_by_kind_and_state(kiosk: Hands, supervisor: Hands) -> None:
    mine = {said(kiosk, kind="device")["id"] for _ in range(5)}
    seen: list[str] = []
    cursor = ""
    while True:
        page = supervisor.call("GET", f"/v1/feedback?kind=device&state=OPEN&limit=2{cursor}").json()
        seen += [line["id"] for line in page["items"]]
        assert {line["kind"] for line in page["items"]} <= {"device"}
        if page["next"] is None:
            break
        cursor = f"&cursor={page['next']}"
    assert len(seen) == len(set(seen))
    assert mine <= set(seen)
