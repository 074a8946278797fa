"""Applicants who want to come at an hour of their own to collect what lies ready."""

from kiosk.contracts.platform_api import collection as wire

from . import case_views, collection_slots, notifications, states
from .call import Call, Reply
from .casework import CaseWork
from .handling import Handlers, of_rows
from .moments import at, maybe, ms_of
from .platform import Platform
from .refusal import Refused
from .transaction import Tx


def list_collection_hours(call: Call, tx: Tx) -> Reply:
    """Free half hours now."""
    work = _ready(call, tx, CaseWork.look(tx, call.path["case_id"], call.caller.site_id))
    hours = collection_slots.free(tx, work.row.site_id)
    return Reply(200, wire.CollectionHours(work.id, tuple(at(hour) for hour in hours)))


def book_collection(platform: Platform, call: Call, tx: Tx) -> Reply:
    """One hour, another one, or none any more; a new hour is told by message."""
    work = _ready(call, tx, CaseWork.open(tx, call.path["case_id"], call.caller.site_id))
    asked = call.body(wire.BookCollection).slot
    slot = None if asked is None else ms_of(asked)
    if slot is None:
        collection_slots.call_off(tx, work.id)
    elif slot != collection_slots.booked(tx, work.row):
        if not collection_slots.book(platform.store, tx, work.row, slot):
            raise Refused("hour-taken")
        notifications.tell(tx, work.id, "collection")
    version = work.save()
    return Reply(200, wire.CollectionBooked(work.id, maybe(slot), version))


def _ready(call: Call, tx: Tx, work: CaseWork) -> CaseWork:
    # Of a case that the asker may see, with things on the shelf of this hall; what is sent by mail is not collected.
    if not case_views.sees_all(tx, call.caller, work.row):
        raise Refused("not-found")
    pickup = case_views.form_of(work.row).pickup
    if work.state not in states.COLLECTABLE or (pickup is not None and pickup.way == "MAIL"):
        raise Refused("wrong-state", state=work.state)
    return work


HANDLERS: Handlers = {
    "listCollectionHours": of_rows(list_collection_hours),
    "bookCollection": book_collection,
}
