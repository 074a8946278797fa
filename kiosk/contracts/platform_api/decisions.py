"""Messages of the departments: what waits for a decision, the decision, and what is prepared for paper invoices."""

from typing import Annotated, Literal

from msgspec import Meta

from .base import CURSOR, LIMIT, Answered, ItemCode, Moment, Offline, Op, Param, Sent, Text40
from .cases import CaseStateCode, ItemStateCode, ModeCode, Requirement

DecisionCode = Literal["approve", "refuse", "correction", "suspend", "resume"]
StepCode = Literal["binding", "invoice_kinds", "device_issued", "articles_at_store"]
DepartmentCode = Literal["samr", "police", "tax", "hrss", "fund", "bank"]


class DecideItem(Sent, frozen=True):
    """What a department says of its item. Refusing, suspending and a correction need their reason; a correction of
    SETUP needs every requirement at once (一次性告知) and ends the acceptance, that of another item pauses it.
    ``mode`` belongs to INVOICE: the tax office decides whether there is anything on paper."""

    decision: DecisionCode
    reason_code: Text40 = ""
    requirements: Annotated[tuple[Requirement, ...], Meta(max_length=40)] = ()
    mode: ModeCode | None = None


class ItemDecided(Answered, frozen=True):
    """The item after the decision, and what became of its case."""

    case_id: str
    item: str
    state: ItemStateCode
    version: int
    case_state: CaseStateCode
    case_version: int
    reason_code: str = ""
    refused_items: tuple[str, ...] = ()
    notice_no: int | None = None


class WaitingItem(Answered, frozen=True):
    """One item that waits for its department; no person in it."""

    case_id: str
    item: str
    department: str
    state: ItemStateCode
    version: int
    case_no: str | None = None
    name_full: str = ""
    changed_at: Moment | None = None
    due_at: Moment | None = None


class WaitingItems(Answered, frozen=True):
    """What waits, oldest change first."""

    items: tuple[WaitingItem, ...]
    next: str | None = None


class ReportPreparation(Sent, frozen=True):
    """What is done of the paper invoices. Taxpayer bound and kinds fixed are the department's to say."""

    steps: Annotated[tuple[StepCode, ...], Meta(min_length=1, max_length=4, extra_json_schema={"uniqueItems": True})]


class PreparationStep(Answered, frozen=True):
    """One step, when it was done and by whom (department, keeper)."""

    step: StepCode
    at: Moment
    by: str = ""


class Preparation(Answered, frozen=True):
    """How far the sixty minutes have come: they begin with the kinds, and end when device and articles are there."""

    case_id: str
    state: ItemStateCode
    version: int
    steps: tuple[PreparationStep, ...]
    started_at: Moment | None = None
    due_at: Moment | None = None
    stopped_at: Moment | None = None


OPERATIONS: tuple[Op, ...] = (
    Op("listWaitingItems", "GET", "/v1/decisions", 200, WaitingItems, "A", "what waits for a department's decision",
       query=(Param("department", DepartmentCode), Param("item", ItemCode), LIMIT, CURSOR)),
    Op("decideItem", "POST", "/v1/cases/{case_id}/items/{item}/decision", 201, ItemDecided, "A",
       "a department decides its item", DecideItem, idem=True, if_match=True,
       problems=("not-found", "version-mismatch", "not-submitted")),
    Op("reportPreparation", "POST", "/v1/cases/{case_id}/items/INVOICE/preparation", 200, Preparation, "KA",
       "what is done of the paper invoices", ReportPreparation, idem=True, if_match=True,
       problems=("not-found", "version-mismatch", "not-submitted", "invoice-mode-digital", "items-not-ready",
                 "invoice-batch-exhausted")),
    Op("getPreparation", "GET", "/v1/cases/{case_id}/items/INVOICE/preparation", 200, Preparation, "KWSA",
       "how far the paper invoices have come", etag=True, offline=Offline.CACHED,
       problems=("not-found", "invoice-mode-digital")),
)  # fmt: skip
