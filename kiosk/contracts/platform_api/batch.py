"""Several things that a terminal owes, of one chain, in one request."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from .base import END, KEY_PATTERN, Answered, Offline, Op, Sent, Text64, Version

_OPERATION = "^[a-zA-Z]{3,40}" + END
_PATH = "^/v1/[0-9A-Za-z_/.:-]{1,160}" + END


class QueuedEvent(Sent, frozen=True):
    """One entry of an outbox. ``body`` goes through untouched: the key belongs to exactly these bytes."""

    key: Annotated[str, Meta(pattern=KEY_PATTERN)]
    op: Annotated[str, Meta(pattern=_OPERATION)]
    path: Annotated[str, Meta(pattern=_PATH)]
    body: Annotated[msgspec.Raw, Meta(extra_json_schema={"type": "object"})]
    if_match: Version | None = None
    first: bool = False  # If-None-Match: * instead of a version


class PostEvents(Sent, frozen=True):
    """Events of one chain (a case, a place of the stock), oldest first."""

    chain: Text64
    events: Annotated[tuple[QueuedEvent, ...], Meta(min_length=1, max_length=50)]


class EventOutcome(Answered, frozen=True):
    """What became of one event. ``body`` is the answer, or the problem; nothing when it was not tried."""

    key: str
    outcome: Literal["done", "refused", "not_tried"]
    status: int | None = None
    replayed: bool = False
    etag: str | None = None
    retry_after: int | None = None
    body: msgspec.Raw | None = None


class EventsTaken(Answered, frozen=True):
    """In the order of the request. After the first refusal the rest of the chain was not tried."""

    results: tuple[EventOutcome, ...]


OPERATIONS: tuple[Op, ...] = (
    Op("postEvents", "POST", "/v1/events:batch", 200, EventsTaken, "T", "what is owed of one chain, oldest first",
       PostEvents, offline=Offline.QUEUED),
)  # fmt: skip
