"""Who answers, and in which form."""

from .asking import Terminal, problem, ulid, want
from .ground import Ground


def says_who_it_is(ground: Ground) -> None:
    """Says contract, environment, epoch and capabilities."""
    meta = ground.meta()
    want(meta["contract_version"].partition(".")[0] == "1", f"contract {meta['contract_version']}, this kit knows 1")
    want(meta["idempotency_days"] >= 30, "answers are kept shorter than a long holiday lasts")


def tells_the_time(ground: Ground) -> None:
    """Tells the time in milliseconds, and in Date on every answer."""
    answer = ground.kiosk.ask("getTime")
    want(answer.json["now_ms"] > 1_600_000_000_000, "not milliseconds since 1970")
    want("date" in answer.headers, "no header Date")


def refuses_in_one_form(ground: Ground) -> None:
    """Refuses unknown addresses and methods as problems, marked as the platform's own."""
    for method, path in (("GET", "/v1/no-such-thing"), ("DELETE", "/v1/time")):
        answer = ground.kiosk.raw(method, path)
        want(answer.status in (404, 405), f"{method} {path} was answered {answer.status}")
        want("kiosk-contract" in answer.headers, f"{method} {path}: no header Kiosk-Contract")
        problem(f"{method} {path}", answer)


def explains_its_problems(ground: Ground) -> None:
    """Explains a problem type."""
    found = ground.kiosk.ask("getProblem", slug="handover-open").json
    want(found["status"] == 409, "handover-open with another status")


def asks_who_is_there(ground: Ground) -> None:
    """Refuses a stranger, whatever else is wrong with the request."""
    stranger = Terminal.like(ground.kiosk, "")
    answer = stranger.raw("POST", "/v1/cases/search", b"{", {"Content-Type": "application/json"})
    want(answer.status == 401, f"a stranger was answered {answer.status}")
    problem("stranger", answer)
    stranger.close()


def refuses_unknown_fields(ground: Ground) -> None:
    """Refuses a field that the contract does not have."""
    answer = ground.kiosk.ask("postAssistanceRequest", {"id": ulid(), "screen": "home", "colour": "red"})
    want(answer.status == 422, f"an unknown field was answered {answer.status}")


def refuses_unknown_parameters(ground: Ground) -> None:
    """Refuses a query parameter that the contract does not have."""
    answer = ground.kiosk.ask("getTime", query="?colour=red")
    want(answer.code == "unknown-parameter", f"an unknown parameter was answered {answer.status} {answer.code}")


def refuses_what_only_looks_right(ground: Ground) -> None:
    """Refuses a final newline and full-width digits in an id."""
    for strange in (ulid()[:-1] + "\n", "０" * 26):
        answer = ground.kiosk.ask("postAssistanceRequest", {"id": strange, "screen": "home"})
        want(answer.status == 422, f"an id that is none was answered {answer.status}")


def keeps_the_order_of_its_checks(ground: Ground) -> None:
    """Looks for the key, then the version, then the media type, then the body."""
    path, json_type = f"/v1/cases/{ulid()}/submit", {"Content-Type": "application/json"}
    key = {"Idempotency-Key": "0197c0de-0000-7000-8000-000000000001"}
    steps: tuple[tuple[dict[str, str], str], ...] = (
        ({}, "idempotency-key-missing"), (key, "precondition-required"),
        ({**key, "If-Match": '"v1"', "Content-Type": "text/plain"}, "unsupported-media-type"),
        ({**key, "If-Match": '"v1"'}, "malformed"),
    )  # fmt: skip
    for headers, code in steps:
        answer = ground.kiosk.raw("POST", path, b"{", {**json_type, **headers})
        want(answer.code == code, f"{code} was expected, {answer.status} {answer.code} came")


CHECKS = (
    says_who_it_is, tells_the_time, refuses_in_one_form, explains_its_problems, asks_who_is_there,
    refuses_unknown_fields, refuses_unknown_parameters, refuses_what_only_looks_right, keeps_the_order_of_its_checks,
)  # fmt: skip
