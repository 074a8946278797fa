"""Expected failures as values: coded, catalogued, each with a remedy for the citizen and for staff.

The words stand in faults.toml; a test holds codes, words and uses together. Exceptions are bugs and never end here.
"""

import enum
import tomllib
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from types import MappingProxyType

_FRAMES = 6  # the innermost places that a report names


class FaultCode(enum.Enum):
    """Every expected failure of the house; the value is its key in faults.toml and the small code on screen."""

    ID_CARD_READER_ABSENT = "id-card-reader-absent"
    NO_CARD = "no-card"
    CARD_READ_FAILED = "card-read-failed"
    CARD_DATA_INVALID = "card-data-invalid"
    CARD_EXPIRED = "card-expired"
    WRONG_CARD = "wrong-card"
    TWO_CARDS = "two-cards"
    CARD_LEFT_BEHIND = "card-left-behind"
    SMART_CARD_SERVICE_DOWN = "smart-card-service-down"
    SMART_CARD_READER_ABSENT = "smart-card-reader-absent"
    CARD_REMOVED = "card-removed"
    PIN_WRONG = "pin-wrong"
    PIN_LOCKED = "pin-locked"
    NO_TAX_DEVICE = "no-tax-device"
    TWO_TAX_DEVICES = "two-tax-devices"
    TAX_DEVICE_UNREADABLE = "tax-device-unreadable"
    TAX_DEVICE_MISMATCH = "tax-device-mismatch"
    TAX_DEVICE_OTHER = "tax-device-other"
    TAX_DEVICE_NOT_BLANK = "tax-device-not-blank"
    TAX_DEVICE_STILL_BLANK = "tax-device-still-blank"
    TAX_DEVICE_LABEL_DIFFERS = "tax-device-label-differs"
    TAX_DEVICE_NUMBER_WRONG = "tax-device-number-wrong"
    TAX_DEVICE_UNAVAILABLE = "tax-device-unavailable"
    DEVICE_ISSUE_OPEN = "device-issue-open"
    DEVICE_ISSUE_FAILED = "device-issue-failed"
    CAMERA_ABSENT = "camera-absent"
    CAMERA_FROZEN = "camera-frozen"
    NO_GOOD_PICTURE = "no-good-picture"
    FACE_NOT_MATCHED = "face-not-matched"
    CODE_SCANNER_ABSENT = "code-scanner-absent"
    NO_CODE = "no-code"
    CODE_UNREADABLE = "code-unreadable"
    FOREIGN_CODE = "foreign-code"
    DOCUMENT_CAMERA_ABSENT = "document-camera-absent"
    NO_GOOD_PAGE = "no-good-page"
    PRINTER_ABSENT = "printer-absent"
    PRINTER_SILENT = "printer-silent"
    PAPER_OUT = "paper-out"
    PAPER_LOW = "paper-low"
    COVER_OPEN = "cover-open"
    CUTTER_JAM = "cutter-jam"
    PRINTER_JAM = "printer-jam"
    TONER_OUT = "toner-out"
    PRINTER_OVERHEATED = "printer-overheated"
    DOCUMENT_PRINTER_ABSENT = "document-printer-absent"
    DEVICE_BUSY = "device-busy"
    DEVICE_FAILED = "device-failed"
    DEVICE_CONFIGURATION = "device-configuration"
    PLATFORM_OFFLINE = "platform-offline"
    NOT_THE_PLATFORM = "not-the-platform"
    CERTIFICATE_EXPIRED = "certificate-expired"
    CERTIFICATE_REFUSED = "certificate-refused"
    NOT_ENROLLED = "not-enrolled"
    ENROLMENT_REFUSED = "enrolment-refused"
    BROKEN_ANSWER = "broken-answer"
    PLATFORM_BUSY = "platform-busy"
    PLATFORM_REFUSED = "platform-refused"
    VERIFICATION_UNAVAILABLE = "verification-unavailable"
    NAME_UNAVAILABLE = "name-unavailable"
    NAME_NEEDS_NETWORK = "name-needs-network"
    NEEDS_NETWORK = "needs-network"
    CASE_NOT_FOUND = "case-not-found"
    CASE_NOT_READY = "case-not-ready"
    DRAFT_NOT_FOUND = "draft-not-found"
    DRAFT_TOO_NEW = "draft-too-new"
    DRAFT_SPLIT = "draft-split"
    COMPANY_NOT_FOUND = "company-not-found"
    COMPANY_NEEDS_NETWORK = "company-needs-network"
    E_LICENCE_OVER = "e-licence-over"
    HOUR_TAKEN = "hour-taken"
    NOT_AN_E_LICENCE = "not-an-e-licence"
    ITEM_TAKEN = "item-taken"
    FEEDBACK_NOT_FOUND = "feedback-not-found"
    RESUME_CODE_WRONG = "resume-code-wrong"
    RESUME_NEEDS_CARD = "resume-needs-card"
    MATERIAL_HELD = "material-held"
    SIGNING_LINK_REFUSED = "signing-link-refused"
    CREDIT_CODE_WRONG = "credit-code-wrong"
    OLD_COMPANY_NUMBER = "old-company-number"
    CATALOGUE_EXPIRED = "catalogue-expired"
    PERMIT_EXPIRED = "permit-expired"
    PERMIT_INVALID = "permit-invalid"
    PERMIT_ELSEWHERE = "permit-elsewhere"
    PERMIT_OTHER_CLERK = "permit-other-clerk"
    PERMIT_BEFORE_RESTART = "permit-before-restart"
    HANDOVER_STOPPED = "handover-stopped"
    HANDOVER_OPEN = "handover-open"
    CLOCK_UNSURE = "clock-unsure"
    ARTICLE_MISMATCH = "article-mismatch"
    ARTICLES_UNCHECKED = "articles-unchecked"
    SIGNATURE_MISSING = "signature-missing"
    NOT_RECIPIENT = "not-recipient"
    RECIPIENT_NOT_VERIFIED = "recipient-not-verified"
    STAFF_UNKNOWN = "staff-unknown"
    SECOND_PERSON_WRONG = "second-person-wrong"
    STOCK_REFUSED = "stock-refused"
    SHIFT_OVER = "shift-over"
    LIBRARY_REFUSED = "library-refused"
    NO_PICTURE = "no-picture"
    UNIT_UNKNOWN = "unit-unknown"
    REPORT_NOT_WRITTEN = "report-not-written"
    STAFF_LOCKED = "staff-locked"
    TERMINAL_READ_ONLY = "terminal-read-only"
    TERMINAL_LOCKED = "terminal-locked"
    ORDER_INVALID = "order-invalid"
    DISK_FULL = "disk-full"
    STORE_LOCKED = "store-locked"
    STORE_DAMAGED = "store-damaged"
    STORE_TOO_NEW = "store-too-new"
    ALREADY_RUNNING = "already-running"
    PROOF_IMPOSSIBLE = "proof-impossible"
    CALLING_NEEDS_NETWORK = "calling-needs-network"
    LOCKED_BY_ANOTHER = "locked-by-another"
    QUEUE_MOVED = "queue-moved"
    CONFIGURATION_INVALID = "configuration-invalid"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that a hand, a line or a platform may do at any moment. ``details`` are figures and slugs, never
    personal data."""

    code: FaultCode
    details: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class FaultWords:
    """What a fault says in one language; ``staff`` is empty where staff are told what everybody is told."""

    what: str
    citizen: str
    staff: str


@cache
def _catalogue() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    return tomllib.loads(files("kiosk").joinpath("faults.toml").read_text("utf-8"))


def words(code: FaultCode, language: str = "zh") -> FaultWords:
    """The catalogue's words for a fault in ``zh`` or ``en``."""
    entry = _catalogue()[code.value][language]
    return FaultWords(entry["what"], entry["citizen"], entry.get("staff", ""))


def bug_report(error: BaseException) -> str:
    """An unforeseen exception for the log: its type and whence it came; never its text, which may quote a person."""
    frames = reversed(traceback.extract_tb(error.__traceback__)[-_FRAMES:])
    places = " < ".join(f"{frame.filename}:{frame.lineno}" for frame in frames)
    return f"{type(error).__name__} at {places or 'unknown place'}"
