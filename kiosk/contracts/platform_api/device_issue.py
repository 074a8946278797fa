"""Messages of the tax device's issue (发行): the tax office writes it, the hall asks for that and reads it back."""

from typing import Annotated, Literal

from msgspec import Meta

from .base import CURSOR, END, LIMIT, Answered, Moment, Offline, Op, Param, Sent, Text64, Ulid, UnitRef

DeviceIssueStateCode = Literal["IDENTIFIED", "SUBMITTED", "ISSUING", "ISSUED", "FAILED", "READ_BACK", "MISMATCH"]


class RequestDeviceIssue(Sent, frozen=True):
    """A blank device from the store for one company."""

    id: Ulid
    case_id: Ulid
    unit_id: UnitRef


class ReportIssued(Sent, frozen=True):
    """A fact: somebody has seen in the tax office's own page that the device is written, and under which number."""

    receipt_no: Annotated[str, Meta(pattern="^[0-9A-Za-z-]{1,40}" + END)]
    issued_at: Moment


class ReportReadBack(Sent, frozen=True):
    """A fact: what the device says of itself when it is plugged in."""

    number: Annotated[str, Meta(pattern="^[0-9A-Za-z]{1,40}$(?!\\n)")]
    uscc: Annotated[str, Meta(pattern="^[0-9A-Z]{0,18}$(?!\\n)")]
    holder_name: Text64
    read_at: Moment


class DeviceIssue(Answered, frozen=True):
    """One issue. ``answers`` counts how often the tax office has answered; only its first answer does anything.
    ``due_at`` is the sixty-minute promise of the case's invoices."""

    id: str
    case_id: str
    unit_id: str
    state: DeviceIssueStateCode
    version: int
    requested_at: Moment
    attempt: int = 1
    due_at: Moment | None = None
    issued_at: Moment | None = None
    read_at: Moment | None = None
    receipt_no: str = ""
    answers: int = 0
    fail_reason: str = ""
    overdue: bool = False
    discrepancy_id: str | None = None


class DeviceWanted(Answered, frozen=True):
    """A case that waits for somebody to take a blank device for it."""

    case_id: str
    slip_code: str
    name_full: str = ""
    due_at: Moment | None = None
    overdue: bool = False


class DeviceIssues(Answered, frozen=True):
    """Issues of the hall, oldest first; ``wanted`` only on the first page."""

    items: tuple[DeviceIssue, ...]
    wanted: tuple[DeviceWanted, ...] = ()
    next: str | None = None


_TAKING = ("not-found", "invoice-mode-digital", "case-not-ready", "stock-unit-unavailable", "device-issue-open")

OPERATIONS: tuple[Op, ...] = (
    Op("listDeviceIssues", "GET", "/v1/device-issues", 200, DeviceIssues, "KWS",
       "issues of the hall with their sixty minutes; open=1: only those not read back yet",
       query=(Param("open", Annotated[int, Meta(ge=1, le=1)]), LIMIT, CURSOR), offline=Offline.CACHED),
    Op("requestDeviceIssue", "POST", "/v1/device-issues", 201, DeviceIssue, "KW", "have a blank device written",
       RequestDeviceIssue, idem=True, also=(200,), problems=(*_TAKING, "id-taken")),
    Op("getDeviceIssue", "GET", "/v1/device-issues/{id}", 200, DeviceIssue, "KWS", "one issue", etag=True,
       offline=Offline.CACHED, problems=("not-found",)),
    Op("reportIssued", "POST", "/v1/device-issues/{id}/issued", 200, DeviceIssue, "KW",
       "written, where the platform does not hear it from the tax office itself", ReportIssued, idem=True,
       offline=Offline.FACT, problems=("not-found",)),
    Op("reportReadBack", "POST", "/v1/device-issues/{id}/read-back", 200, DeviceIssue, "KW",
       "what the written device says of itself", ReportReadBack, idem=True, offline=Offline.FACT,
       problems=("not-found",)),
)  # fmt: skip
