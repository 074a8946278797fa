"""Several owed things in one request: each is judged as if it had come alone, with its own key and transaction."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import msgspec
from starlette.responses import Response

from kiosk.contracts import platform_api as api
from kiosk.contracts.platform_api import batch as wire

from .call import Heard
from .refusal import invalid

_QUEUEABLE = (api.Offline.QUEUED, api.Offline.FACT, api.Offline.PERMIT)
_PASSED_ON = ("authorization", "citizen-session")
Answer = Callable[[Heard, str], Awaitable[Response]]


async def take(asked: wire.PostEvents, whole: Heard, answer: Answer) -> wire.EventsTaken:
    """One after the other, until the first refusal. A wrong address or operation spoils the whole request."""
    heard = [_heard(index, event, whole) for index, event in enumerate(asked.events)]
    results: list[wire.EventOutcome] = []
    for event, one in zip(asked.events, heard, strict=True):
        if results and results[-1].outcome != "done":
            results.append(wire.EventOutcome(event.key, "not_tried"))
        else:
            results.append(_outcome(event.key, await answer(one, event.path)))
    return wire.EventsTaken(tuple(results))


def _heard(index: int, event: wire.QueuedEvent, whole: Heard) -> Heard:
    op = api.BY_ID.get(event.op)
    if op is None or op.offline not in _QUEUEABLE or op.body in (None, api.Octets) or op.id == "postEvents":
        raise invalid(f"/events/{index}/op", "operation that can be queued")
    found = _pattern(op.path).fullmatch(event.path)
    if found is None:
        raise invalid(f"/events/{index}/path", "address of this operation")
    own = {name: whole.headers[name] for name in _PASSED_ON if name in whole.headers}
    own |= {"content-type": "application/json", "idempotency-key": event.key}
    if event.first:
        own["if-none-match"] = "*"
    elif event.if_match is not None:
        own["if-match"] = f'"v{event.if_match}"'
    return Heard(op, event.path, found.groupdict(), [], own, whole.shown, bytes(event.body))


def _pattern(path: str) -> "re.Pattern[str]":
    return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(path)))


def _outcome(key: str, response: Response) -> wire.EventOutcome:
    good = response.status_code < 400
    told: Mapping[str, Any] = response.headers
    return wire.EventOutcome(
        key=key, outcome="done" if good else "refused", status=response.status_code,
        replayed=told.get("Idempotent-Replayed") == "true", etag=told.get("ETag", "").strip('"') or None,
        retry_after=int(told["Retry-After"]) if "Retry-After" in told else None,
        body=msgspec.Raw(bytes(response.body)) if response.body else None,
    )  # fmt: skip
