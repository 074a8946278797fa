"""Who asks, key, precondition, media type, JSON, schema, query, path: always in this order, always a problem."""

import json
from typing import Any

import pytest
import requests

from .hands import WANG, Hands, Story, key, slip, ulid

pytestmark = pytest.mark.processes


def refusal(answer: requests.Response) -> tuple[int, str]:
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert problem["type"] == "urn:qiban:problem:" + problem["code"]
    return answer.status_code, problem["code"]


def test_every_answer_is_marked(kiosk: Hands) -> None:
    for path in ("/v1/meta", "/v1/nowhere", "/v1/packs"):
        headers = kiosk.call("GET", path).headers
        assert (headers["Kiosk-Contract"], headers["Sandbox"]) == ("1.0", "true")
        assert headers["Date"].endswith("GMT")


def test_unknown_terminal(kiosk: Hands) -> None:
    for given in ("", "kiosk-01", "kiosk-01 wrong", "nobody demo-kiosk-01"):
        assert refusal(kiosk.call("GET", "/v1/packs", Kiosk_Terminal=given)) == (401, "unauthenticated")


def test_citizens_terminal_cannot_do_a_clerks_work(kiosk: Hands, window: Hands) -> None:
    assert refusal(kiosk.call("GET", "/v1/cases")) == (401, "unauthenticated")
    assert refusal(kiosk.post("/v1/handovers", {})) == (401, "unauthenticated")
    stolen = window.session.headers["Authorization"]
    assert refusal(kiosk.call("GET", "/v1/cases", Authorization=str(stolen))) == (401, "unauthenticated")


def test_window_without_anybody_signed_in(platform: Any) -> None:
    hands = Hands(platform.url, "window-03 demo-window-03")
    assert refusal(hands.call("GET", f"/v1/cases/{ulid()}")) == (401, "unauthenticated")
    hands.close()


def test_key_then_precondition_then_media_then_json_then_schema(kiosk: Hands) -> None:
    path = f"/v1/cases/{ulid()}/submit"

    def send(raw: bytes, **headers: str) -> tuple[int, str]:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        return refusal(kiosk.session.post(kiosk.url + path, data=raw, headers=given, timeout=10))

    assert send(b"{") == (400, "idempotency-key-missing")
    assert send(b"{", Idempotency_Key="1234") == (422, "validation")
    good: dict[str, str] = {"Idempotency_Key": key()}
    assert send(b"{", **good) == (428, "precondition-required")
    assert send(b"{", **good, If_Match="v1") == (422, "validation")
    good["If_Match"] = '"v1"'
    assert send(b"{", **good, Content_Type="text/plain") == (415, "unsupported-media-type")
    good["Content_Type"] = "application/json"
    assert send(b"{", **good) == (400, "malformed")
    assert send(b"{}", **good) == (422, "validation")
    assert send(json.dumps({"submitted_at": "2026-01-01T00:00:00+08:00"}).encode(), **good) == (404, "not-found")


def test_unknown_field_and_unknown_parameter(kiosk: Hands, window: Hands) -> None:
    body = {"slip_code": slip(), "form": {"fields": {"surprise": 1}}}
    answer = kiosk.call("PUT", f"/v1/cases/{ulid()}/draft", body, If_None_Match="*")
    assert refusal(answer) == (422, "validation")
    assert answer.json()["errors"][0]["pointer"] == "/form/fields"
    assert refusal(window.call("GET", "/v1/cases?colour=red")) == (422, "unknown-parameter")
    assert refusal(window.call("GET", "/v1/cases?limit=0")) == (422, "validation")
    assert refusal(window.call("GET", "/v1/cases?limit=１")) == (422, "validation")
    assert refusal(window.call("GET", "/v1/cases?limit=1&limit=2")) == (422, "validation")
    assert refusal(kiosk.call("GET", "/v1/packs?since=1")) == (422, "unknown-parameter")
    assert refusal(kiosk.call("GET", "/v1/feeds/cq-demo-01?since=F")) == (422, "validation")
    assert refusal(window.call("GET", "/v1/cases/x")) == (422, "validation")


def test_repeated_roles_are_refused(kiosk: Hands) -> None:
    person = {"ref": "p1", "name": "王测试", "cert_type": "111", "cert_no": WANG, "roles": ["manager", "manager"]}
    body = {"slip_code": slip(), "form": {"people": [person]}}
    answer = kiosk.call("PUT", f"/v1/cases/{ulid()}/draft", body, If_None_Match="*")
    assert refusal(answer) == (422, "validation")
    assert answer.json()["errors"][0]["pointer"] == "/form/people/0/roles"


def test_a_complaint_never_repeats_the_value(kiosk: Hands) -> None:
    person = {"ref": "p1", "name": "王测试", "cert_type": WANG, "cert_no": WANG}
    body = {"slip_code": slip(), "form": {"people": [person]}}
    answer = kiosk.call("PUT", f"/v1/cases/{ulid()}/draft", body, If_None_Match="*")
    assert answer.status_code == 422
    assert WANG not in answer.text
    assert "王" not in answer.text


def test_too_large_and_wrong_method(kiosk: Hands) -> None:
    large = kiosk.session.put(kiosk.url + f"/v1/cases/{ulid()}/draft", data=b"x" * 2_000_000, timeout=10)
    assert refusal(large) == (413, "too-large")
    wrong = kiosk.call("DELETE", "/v1/meta")
    assert refusal(wrong) == (405, "method-not-allowed")
    assert "GET" in wrong.headers["Allow"]


def test_versions(kiosk: Hands, window: Hands) -> None:
    story = Story(kiosk)
    assert story.keep().headers["ETag"] == '"v1"'
    story.form["fields"]["licence_copies"] = 2
    assert story.keep().headers["ETag"] == '"v2"'
    stale = {"slip_code": story.slip, "form": {}}
    answer = kiosk.call("PUT", f"/v1/cases/{story.case_id}/draft", stale, If_Match='"v1"')
    assert refusal(answer) == (412, "version-mismatch")
    assert answer.headers["ETag"] == '"v2"'
    unchanged = window.call("GET", f"/v1/cases/{story.case_id}", If_None_Match='"v2"')
    assert (unchanged.status_code, unchanged.content) == (304, b"")


def test_same_draft_again_is_no_conflict(kiosk: Hands) -> None:
    story = Story(kiosk)
    body = {"slip_code": story.slip, "form": story.form}
    path = f"/v1/cases/{story.case_id}/draft"
    first = kiosk.call("PUT", path, body, If_None_Match="*")
    again = kiosk.call("PUT", path, body, If_None_Match="*")
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    other = kiosk.call("PUT", f"/v1/cases/{ulid()}/draft", body, If_None_Match="*")
    assert refusal(other) == (409, "slip-taken")


def test_incomplete_draft_is_kept_and_told(kiosk: Hands) -> None:
    story = Story(kiosk)
    story.form = {}
    kept = story.keep().json()
    assert {"/fields/name_trade", "/items", "/applicant"} <= {issue["pointer"] for issue in kept["issues"]}
    answer = story.submit()
    assert refusal(answer) == (409, "incomplete")
    assert answer.json()["issues"]


def test_submit_wants_name_signature_and_verification(kiosk: Hands) -> None:
    story = Story(kiosk)
    story.keep()
    assert refusal(story.submit()) == (409, "name-not-reserved")
    story.reserve_name()
    del story.form["people"][0]["signature_blob"]
    story.keep()
    answer = story.submit()
    assert refusal(answer) == (409, "signatures-missing")
    assert answer.json()["signers"] == ["p1"]
    story.form["people"][0]["verification_id"] = ulid()
    story.keep()
    assert refusal(story.submit()) == (409, "verification-required")
