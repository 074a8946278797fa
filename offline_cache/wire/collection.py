"""The hour of collection on the wire."""

from datetime import datetime

import msgspec

from kiosk.contracts.central_platform import BookCollection, CollectionBooked
from kiosk.contracts.platform_api import collection as api

from .reading import read


def collection_hours(body: bytes) -> tuple[datetime, ...] | None:
    """Free hours at the case's hall, the earliest first."""
    return read(api.CollectionHours, lambda said: tuple(sorted(said.hours)), body)


def collection_wished(question: BookCollection) -> bytes:
    """bookCollection."""
    return msgspec.json.encode(api.BookCollection(question.slot))


def collection_booked(body: bytes) -> CollectionBooked | None:
    """What stands now."""
    return read(api.CollectionBooked, lambda said: CollectionBooked(said.slot), body)
