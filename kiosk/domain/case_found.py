"""A case that was found by a fragment, and by what of it."""

import enum
from dataclasses import dataclass

from .ids import CaseId


class FoundBy(enum.Enum):
    """By what a fragment has led to a case."""

    SLIP = "slip"
    CASE_NO = "case_no"
    USCC = "uscc"
    COMPANY = "company"
    PERSON = "person"
    CERT_NO = "cert_no"
    PHONE = "phone"
    THING = "thing"  # the number on a licence paper, a seal, an invoice or a device


@dataclass(frozen=True, slots=True)
class Hit:
    """One case that a fragment fits, and by what."""

    case_id: CaseId
    by: FoundBy
