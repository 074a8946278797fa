"""Messages about the hour at which a bundle that lies ready is collected, so that nobody stands in line for it."""

from .base import Answered, Moment, Op, Sent


class CollectionHours(Answered, frozen=True):
    """Free half hours at the case's hall; nothing is held by asking."""

    case_id: str
    hours: tuple[Moment, ...]


class BookCollection(Sent, frozen=True):
    """``slot``: one of the free ones; None: the applicant comes whenever it suits."""

    slot: Moment | None


class CollectionBooked(Answered, frozen=True):
    """What stands now; with the next version of the case."""

    case_id: str
    slot: Moment | None
    version: int


OPERATIONS: tuple[Op, ...] = (
    Op("listCollectionHours", "GET", "/v1/cases/{case_id}/collection-hours", 200, CollectionHours, "CW",
       "when a bundle can be collected by appointment", problems=("not-found", "wrong-state")),
    Op("bookCollection", "POST", "/v1/cases/{case_id}/collection", 200, CollectionBooked, "CW",
       "book the hour of collection", BookCollection, idem=True, problems=("not-found", "wrong-state", "hour-taken")),
)  # fmt: skip
