"""What an answer means: success only from the platform itself, refusal only in its own words."""

import json
import socket
import threading

import pytest
import urllib3
from hypothesis import given
from hypothesis import strategies as st
from requests.structures import CaseInsensitiveDict

from kiosk.contracts.platform_api import PROBLEMS, Retry
from kiosk.faults import FaultCode
from offline_cache import wire
from offline_cache.exchange import Reply, Then, Trouble, call_for, judged
from offline_cache.uplink.lane import _network_trouble

OURS = {"kiosk-contract": "1.0"}


def problem(slug: str, status: int, retry: str = "never", **more: object) -> bytes:
    """A problem document."""
    said = {"type": f"urn:qiban:problem:{slug}", "title": "t", "status": status, "code": slug, "retry": retry} | more
    return json.dumps(said).encode()


def _judge(status: int, headers: dict[str, str], body: bytes = b"{}") -> Reply | Trouble:
    return judged(status, CaseInsensitiveDict(headers), body)


@given(status=st.integers(100, 599), body=st.binary(max_size=60))
def test_a_stranger_never_says_yes_and_never_no(status: int, body: bytes) -> None:
    for said in (body, problem("version-mismatch", status)):
        outcome = _judge(status, {}, said)
        assert isinstance(outcome, Trouble) and outcome.then is Then.AGAIN and not outcome.heard


@pytest.mark.parametrize("slug", PROBLEMS)
def test_every_problem_of_the_contract(slug: str) -> None:
    rule = PROBLEMS[slug]
    outcome = _judge(rule.status, OURS, problem(slug, rule.status, rule.retry.value, trace="01JDE"))
    assert isinstance(outcome, Trouble) and outcome.heard
    assert outcome.fault.details == {"slug": slug, "status": str(rule.status), "trace": "01JDE"}
    again = {Retry.AFTER, Retry.SAME_KEY, Retry.UPDATE}
    the_terminals = {"certificate-revoked", "terminal-suspended", "directive-read-only"}
    the_terminals |= {"blob-missing", "offset-mismatch"}
    if rule.retry is Retry.LOGIN:
        assert outcome.then is Then.SIGN_IN
    elif rule.retry in again or slug in the_terminals or rule.status >= 500:
        assert outcome.then is Then.AGAIN
    else:
        assert outcome.then is Then.PARK


def test_an_unknown_problem_is_for_a_person() -> None:
    outcome = _judge(409, OURS, problem("of-next-year", 409, "fix"))
    assert (
        isinstance(outcome, Trouble) and outcome.then is Then.PARK and outcome.fault.details["slug"] == "of-next-year"
    )
    odd = _judge(409, OURS, problem("王测试 500103198504120020", 409, trace="王测试"))
    assert isinstance(odd, Trouble) and odd.fault.details == {"slug": "unknown", "status": "409"}


@pytest.mark.parametrize(("status", "body"), [(409, b""), (409, b"{}"), (400, b"<html>"), (422, b'{"type":1}')])
def test_half_a_refusal_is_no_refusal(status: int, body: bytes) -> None:
    outcome = _judge(status, OURS, body)
    assert isinstance(outcome, Trouble)
    assert (outcome.fault.code, outcome.then) == (FaultCode.BROKEN_ANSWER, Then.AGAIN)


def test_success() -> None:
    outcome = _judge(201, OURS | {"etag": '"v7"', "idempotent-replayed": "true"}, b"x")
    assert isinstance(outcome, Reply) and (outcome.version, outcome.replayed, outcome.body) == (7, True, b"x")


@given(st.text(max_size=12))
def test_any_etag_and_any_retry_after(text: str) -> None:
    outcome = _judge(200, OURS | {"ETag": text})
    assert isinstance(outcome, Reply) and (outcome.version is None or outcome.version >= 0)
    busy = _judge(429, OURS | {"Retry-After": text}, problem("rate-limited", 429))
    assert isinstance(busy, Trouble) and 0 <= busy.rest <= 3600


def test_a_look_at_an_upload_has_no_body() -> None:
    outcome = judged(404, CaseInsensitiveDict(OURS | {"Upload-Offset": "5"}), b"", head=True)
    assert isinstance(outcome, Trouble) and outcome.fault.details["slug"] == "not-found"
    assert outcome.headers["upload-offset"] == "5"


def test_headers_follow_the_contract() -> None:
    first = call_for(wire.route("putDraft", case_id="C"), b"x", "key")
    assert first.first and first.version is None and first.key == ""  # a draft is idempotent by its form
    later = call_for(wire.route("putDraft", case_id="C"), b"x", "key", 3)
    assert not later.first and later.version == 3 and later.path == "/v1/cases/C/draft"
    rating = call_for(wire.route("postEvaluation"), b"x", "key", 3)
    assert rating.version is None and rating.key == "key" and not rating.first


@pytest.mark.parametrize(
    ("status", "slug", "then"),
    [(401, "unauthenticated", Then.SIGN_IN), (403, "refused", Then.AGAIN), (404, "not-found", Then.PARK),
     (429, "rate-limited", Then.AGAIN), (503, "internal", Then.AGAIN)],
)  # fmt: skip
def test_a_refusal_without_a_body_is_heard_all_the_same(status: int, slug: str, then: Then) -> None:
    """Who only asked for the head gets no problem document; that is no broken line."""
    outcome = judged(status, CaseInsensitiveDict({**OURS, "Retry-After": "7"}), b"", head=True)
    assert isinstance(outcome, Trouble) and outcome.heard
    assert (outcome.fault.details["slug"], outcome.then, outcome.rest) == (slug, then, 7.0)


def test_a_body_that_stops_coming_is_no_answer_and_not_a_broken_one() -> None:
    """The library has another error for a silence in the body than for one before it."""
    with socket.create_server(("127.0.0.1", 0)) as listener, urllib3.PoolManager() as pool:
        told = threading.Thread(target=_head_alone, args=(listener,))
        told.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        answer = pool.request("GET", url, timeout=0.2, preload_content=False, retries=False)
        with pytest.raises(urllib3.exceptions.ReadTimeoutError) as silence:
            answer.read()
        answer.close()
        told.join()
    found = _network_trouble(silence.value)
    assert (found.fault.code, found.fault.details["slug"]) == (FaultCode.PLATFORM_OFFLINE, "deadline")


def _head_alone(listener: socket.socket) -> None:
    line, _ = listener.accept()
    with line:
        line.recv(4096)
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n")
        line.recv(4096)  # until the other side hangs up
