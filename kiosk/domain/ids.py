"""Names of things: ids that never mix, and how they are made.

ULIDs are made by the client for things born on a terminal, so that what was made offline already has its final id.
Everything here is pure: the caller brings time and entropy.
"""

import hashlib
from typing import NewType
from uuid import UUID

CaseId = NewType("CaseId", str)  # 办件, ULID made by the terminal
CaseNo = NewType("CaseNo", str)  # 办件编号, made by the platform, opaque
SlipCode = NewType("SlipCode", str)  # 单号 on the slip, like K7P-428
PersonRef = NewType("PersonRef", str)  # p1, p2 … inside one case
ArticleId = NewType("ArticleId", str)
UnitId = NewType("UnitId", str)  # <kind>-<serial>
BatchId = NewType("BatchId", str)
HandoverId = NewType("HandoverId", str)
DeviceIssueId = NewType("DeviceIssueId", str)
VerificationId = NewType("VerificationId", str)
PermitId = NewType("PermitId", str)
MaterialId = NewType("MaterialId", str)  # ULID made by the terminal, or by the platform for a phone
BlobId = NewType("BlobId", str)  # sha256 of the content, lower-case hex
StaffRef = NewType("StaffRef", str)  # 工号
TerminalId = NewType("TerminalId", str)
SiteId = NewType("SiteId", str)  # 办事大厅, never a division code
WindowId = NewType("WindowId", str)
TicketId = NewType("TicketId", str)  # 排队号, ULID made where it is drawn
DivisionCode = NewType("DivisionCode", str)  # 行政区划, six digits
ScopeCode = NewType("ScopeCode", str)  # 经营范围 item, opaque

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SLIP_LETTERS = "ABCDEFGHJKLMNPQRTUVWXY"  # no I, O, S, Z: they are taken for digits


def new_ulid(now_ms: int, entropy: bytes) -> str:
    """A ULID of 26 characters from milliseconds since 1970 and ten random bytes."""
    if len(entropy) != 10:
        raise ValueError("a ULID takes ten random bytes")
    number = (now_ms << 80) | int.from_bytes(entropy, "big")
    return "".join(_CROCKFORD[(number >> shift) & 31] for shift in range(125, -1, -5))


def new_slip_code(entropy: bytes) -> SlipCode:
    """A code that people read aloud: letter, digit, letter, dash, three digits (4.8 million of them)."""
    if len(entropy) < 8:
        raise ValueError("a slip code takes eight random bytes")
    number = int.from_bytes(entropy[:8], "big")
    number, first = divmod(number, len(_SLIP_LETTERS))
    number, digit = divmod(number, 8)
    number, second = divmod(number, len(_SLIP_LETTERS))
    return SlipCode(f"{_SLIP_LETTERS[first]}{digit + 2}{_SLIP_LETTERS[second]}-{number % 1000:03d}")


def idempotency_key(*parts: str) -> str:
    """The key of one act of one person: the first 128 bits of a hash of case, step and decision, as a UUID v8."""
    digest = bytearray(hashlib.sha256("\x1f".join(parts).encode()).digest()[:16])
    digest[6] = (digest[6] & 0x0F) | 0x80
    digest[8] = (digest[8] & 0x3F) | 0x80
    return str(UUID(bytes=bytes(digest)))
