"""Messages about discrepancies: what somebody said has happened and the book says otherwise, until it is settled."""

from typing import Annotated, Literal

from msgspec import Meta

from .base import CURSOR, LIMIT, Answered, Moment, Offline, Op, Param, Sent, Text200

SubjectCode = Literal["handover", "transfer", "count", "unit", "device_issue"]
ResolutionCode = Literal["explained", "in_order", "spoiled", "sender_keeps", "lost", "found"]


class Goods(Answered, frozen=True):
    """Things by which reality and book differ. Units by their ids, numbers as ``batch:first+count``."""

    missing: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()


class Discrepancy(Answered, frozen=True):
    """One contradiction. ``owner`` is the role that has to see to it; no person is named in it."""

    id: str
    kind: str
    subject: SubjectCode
    subject_id: str
    state: Literal["OPEN", "SETTLED"]
    version: int
    owner: Literal["supervisor", "keeper"]
    opened_at: Moment
    goods: Goods = Goods()
    settled_at: Moment | None = None
    resolution: ResolutionCode | None = None
    words: str = ""
    settled_by: str = ""
    second: str = ""


class DiscrepancyPage(Answered, frozen=True):
    """A page of a list, newest first; ``next`` goes into ``cursor``."""

    items: tuple[Discrepancy, ...]
    next: str | None = None


class SettleDiscrepancy(Sent, frozen=True):
    """What it was. ``explained`` moves nothing.

    ``in_order`` and ``spoiled`` speak of goods that were put aside: back to where they were, or no good, and another
    is made. ``sender_keeps`` and ``lost`` speak of goods that did not arrive. After a count ``in_order`` and ``lost``
    speak of the batches that did not tally.
    """

    resolution: Literal["explained", "in_order", "spoiled", "sender_keeps", "lost"]
    words: Annotated[Text200, Meta(min_length=2)]


OPERATIONS: tuple[Op, ...] = (
    Op("listDiscrepancies", "GET", "/v1/discrepancies", 200, DiscrepancyPage, "SK",
       "contradictions between book and reality, newest first",
       query=(Param("open", Annotated[int, Meta(ge=1, le=1)]), LIMIT, CURSOR), offline=Offline.CACHED),
    Op("getDiscrepancy", "GET", "/v1/discrepancies/{id}", 200, Discrepancy, "SK", "one contradiction", etag=True,
       offline=Offline.CACHED, problems=("not-found",)),
    Op("settleDiscrepancy", "POST", "/v1/discrepancies/{id}/settle", 200, Discrepancy, "S",
       "say what it was, two people", SettleDiscrepancy, idem=True, if_match=True, second="KW",
       problems=("not-found", "version-mismatch", "too-late", "handover-open", "not-in-stock",
                 "stock-unit-unavailable")),
)  # fmt: skip
