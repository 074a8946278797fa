"""The same act twice is one act."""

import concurrent.futures
import json
import uuid

from .asking import Answer, Terminal, ulid, want
from .ground import Ground


def _call_help(ground: Ground, body: dict[str, str], key: str) -> Answer:
    return ground.kiosk.ask("postAssistanceRequest", body, key=key)


def answers_a_repeat_alike(ground: Ground) -> None:
    """Answers the same key and body with the same bytes, and says that it did."""
    ground.needs("idempotency")
    body, key = {"id": ulid(), "screen": "home"}, str(uuid.uuid4())
    first, again = _call_help(ground, body, key), _call_help(ground, body, key)
    want(first.status == 201, f"the first was answered {first.status} {first.code}")
    want((first.status, first.body) == (again.status, again.body), "the repeat was answered otherwise")
    want(again.headers.get("idempotent-replayed") == "true", "the repeat is not marked Idempotent-Replayed")
    want("idempotent-replayed" not in first.headers, "the first is marked as a repeat")


def takes_a_key_in_quotes(ground: Ground) -> None:
    """Takes a bare key and the same key in quotes for one."""
    ground.needs("idempotency")
    body, key = {"id": ulid(), "screen": "home"}, str(uuid.uuid4())
    first, again = _call_help(ground, body, key), _call_help(ground, body, f'"{key}"')
    want(first.body == again.body, "they were two")


def refuses_a_key_for_something_else(ground: Ground) -> None:
    """Refuses a key that belongs to another request."""
    ground.needs("idempotency")
    key = str(uuid.uuid4())
    _call_help(ground, {"id": ulid(), "screen": "home"}, key)
    other = _call_help(ground, {"id": ulid(), "screen": "home"}, key)
    want(other.code == "idempotency-key-reused", f"another body was answered {other.status} {other.code}")


def judges_a_refusal_again(ground: Ground) -> None:
    """Judges a refused act again under the same key when the reason is gone."""
    ground.needs("idempotency")
    company, key = ground.company(), str(uuid.uuid4())
    company.keep()
    refused = company.submit(key)
    want(refused.status == 409, f"a submission without a name was answered {refused.status} {refused.code}")
    company.reserve_name()
    want(company.submit(key).status == 200, "the refusal was kept under its key")


def counts_eight_at_once_as_one(ground: Ground) -> None:
    """Counts eight requests at the same moment with one key as one act."""
    ground.needs("idempotency")
    body, key = json.dumps({"id": ulid(), "screen": "home"}).encode(), str(uuid.uuid4())
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        hands = [Terminal.like(ground.kiosk) for _ in range(8)]
        answers = list(pool.map(lambda one: one.ask("postAssistanceRequest", body, key=key), hands))
    for one in hands:
        one.close()
    want({answer.status for answer in answers} == {201}, f"answers: {sorted(answer.status for answer in answers)}")
    want(len({answer.body for answer in answers}) == 1, "there is more than one answer")


def keeps_keys_of_terminals_apart(ground: Ground) -> None:
    """Keeps the keys of two terminals apart."""
    ground.needs("idempotency")
    key = str(uuid.uuid4())
    _call_help(ground, {"id": ulid(), "screen": "home"}, key)
    other = ground.window.ask("postAssistanceRequest", {"id": ulid(), "screen": "home"}, key=key)
    want(other.status == 201, f"another terminal's request was answered {other.status} {other.code}")


CHECKS = (
    answers_a_repeat_alike, takes_a_key_in_quotes, refuses_a_key_for_something_else, judges_a_refusal_again,
    counts_eight_at_once_as_one, keeps_keys_of_terminals_apart,
)  # fmt: skip
