"""How the questions about the hour of collection are put, and what the answers mean."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from kiosk.contracts import central_platform as ask
from kiosk.faults import Fault, FaultCode
from offline_cache import wire

from .talking import Talking


def hours(talk: Talking, question: ask.ListCollectionHours) -> tuple[datetime, ...] | Fault:
    """What can be had at this moment."""
    return talk.put("listCollectionHours", wire.collection_hours, ids={"case_id": question.case_id})


def book(talk: Talking, question: ask.BookCollection) -> ask.CollectionBooked | Fault:
    """Until an answer was understood it is the same wish."""
    ids = {"case_id": question.case_id}
    said = talk.put_until_heard("bookCollection", wire.collection_booked, wire.collection_wished(question), ids=ids)
    taken = isinstance(said, Fault) and said.details.get("slug") == "hour-taken"
    return Fault(FaultCode.HOUR_TAKEN) if taken else said


ANSWERS: dict[type[ask.Ask[Any]], Callable[[Any, Any], Any]] = {
    ask.ListCollectionHours: hours,
    ask.BookCollection: book,
}
