"""The code on slips and receipts (QR): finds the case again, says nothing about the person."""

import hashlib
import re
from dataclasses import dataclass

from kiosk.domain.ids import CaseId, SlipCode

_FORM = re.compile(r"QB1\.([0-9A-HJKMNP-TV-Z]{26})\.([A-Z][0-9][A-Z]-[0-9]{3})\.([0-9a-f]{8})")
_SLIP = re.compile(r"[A-Z][0-9][A-Z]-[0-9]{3}")


@dataclass(frozen=True, slots=True)
class SlipRef:
    """What a slip's code leads to."""

    case_id: CaseId
    slip_code: SlipCode


def slip_payload(case_id: CaseId, slip_code: SlipCode) -> str:
    """The text of the QR code: printable ASCII with a check, so that no other code is taken for ours."""
    head = f"QB1.{case_id}.{slip_code}"
    return f"{head}.{_check(head)}"


def read_slip(text: str) -> SlipRef | None:
    """The reference in a scanned text, or None when it is not one of our slips."""
    found = _FORM.fullmatch(text)
    if found is None or _check(text.rpartition(".")[0]) != found[3]:
        return None
    return SlipRef(CaseId(found[1]), SlipCode(found[2]))


def typed_slip(text: str) -> SlipCode | None:
    """A slip code as people type it: any case, with or without the dash."""
    tidy = text.strip().upper().replace(" ", "").replace("—", "-").replace("–", "-")
    if len(tidy) == 6 and "-" not in tidy:
        tidy = f"{tidy[:3]}-{tidy[3:]}"
    return SlipCode(tidy) if _SLIP.fullmatch(tidy) else None


def _check(head: str) -> str:
    return hashlib.sha256(head.encode()).hexdigest()[:8]
