"""The audit trail as pure values: catalogued events, allow-listed fields, a hash chain that shows every change.

Entries hold no personal data: a person is a keyed digest, a case its id. The chain is kept on disk by the offline
cache; its head goes to the platform and onto receipts, because a chain alone does not see a cut tail.
"""

import enum
import hashlib
import hmac
import json
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, NamedTuple

GENESIS = "0" * 64
_BLOCK = 64  # bytes that SHA-256 takes in at once


class AuditKind(enum.Enum):
    """What may be written into the trail; fields per kind stand in audit_events.toml."""

    STARTED = "started"
    STOPPED = "stopped"
    VISIT_BEGUN = "visit_begun"
    VISIT_ENDED = "visit_ended"
    CONSENT_GIVEN = "consent_given"
    CARD_READ = "card_read"
    VERIFIED = "verified"
    NAME_CHECKED = "name_checked"
    DRAFT_SAVED = "draft_saved"
    DRAFT_MERGED = "draft_merged"
    DRAFT_SETTLED = "draft_settled"
    DRAFT_RESUMED = "draft_resumed"
    SIGNED = "signed"
    SIGNER_INVITED = "signer_invited"
    MATERIAL_KEPT = "material_kept"
    SUBMITTED = "submitted"
    PRINTED = "printed"
    REPRINTED = "reprinted"
    RATED = "rated"
    FEEDBACK_GIVEN = "feedback_given"
    STAFF_SIGNED_IN = "staff_signed_in"
    STAFF_SIGNED_OUT = "staff_signed_out"
    WINDOW_LOCKED = "window_locked"
    WINDOW_UNLOCKED = "window_unlocked"
    CASE_OPENED = "case_opened"
    ACCEPTANCE_DECIDED = "acceptance_decided"
    HANDOVER_PREPARED = "handover_prepared"
    ARTICLE_CHECKED = "article_checked"
    HANDED_OVER = "handed_over"
    HANDOVER_ABORTED = "handover_aborted"
    DEVICE_ISSUE_REQUESTED = "device_issue_requested"
    DEVICE_ISSUED = "device_issued"
    DEVICE_READ_BACK = "device_read_back"
    DEVICE_PASSWORDS_CHANGED = "device_passwords_changed"
    DEVICE_SET_ASIDE = "device_set_aside"
    DEVICE_FAULT = "device_fault"
    NUMBER_DRAWN = "number_drawn"
    NUMBER_FINISHED = "number_finished"
    HELP_CALLED = "help_called"
    HELP_WITHDRAWN = "help_withdrawn"
    HELPER_JOINED = "helper_joined"
    HELPER_LEFT = "helper_left"
    ORDER_FOLLOWED = "order_followed"
    ORDER_IGNORED = "order_ignored"
    CERTIFICATE_RENEWED = "certificate_renewed"
    STOCK_MOVED = "stock_moved"
    STOCK_COUNTED = "stock_counted"
    SECOND_CONFIRMED = "second_confirmed"
    SHIFT_HANDED_OVER = "shift_handed_over"
    TASK_CLOSED = "task_closed"
    REPORT_SAVED = "report_saved"


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """What happened, without who in clear: ``fields`` are checked against the vocabulary."""

    kind: AuditKind
    at: datetime
    case_id: str = ""
    actor: str = ""  # staff_ref, "citizen" or "terminal"
    fields: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


class AuditEntry(NamedTuple):
    """One link: the canonical bytes of an event and the digest that ties it to its predecessor.

    A tuple, because a row of the store is one: a check of a million entries makes no objects of its own.
    """

    seq: int
    body: bytes
    digest: str


@cache
def _vocabulary() -> Mapping[str, list[str]]:
    return tomllib.loads(files("kiosk").joinpath("audit_events.toml").read_text("utf-8"))


def unknown_fields(event: AuditEvent) -> tuple[str, ...]:
    """Fields that the vocabulary does not allow; an event with any is a bug and is not written."""
    allowed = _vocabulary()[event.kind.value]
    return tuple(name for name in event.fields if name not in allowed)


def canonical(event: AuditEvent) -> bytes:
    """The bytes that are chained: JSON with sorted keys, no white space."""
    record = {
        "kind": event.kind.value,
        "at": event.at.isoformat(timespec="milliseconds"),
        "case": event.case_id,
        "actor": event.actor,
        **{f"f.{key}": value for key, value in event.fields.items()},
    }
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def link(key: bytes, previous: str, seq: int, body: bytes) -> str:
    """The digest of one entry: HMAC-SHA-256 over predecessor, number and body."""
    return _linker(key)(previous, seq, body)


def _linker(key: bytes) -> Callable[[str, int, bytes], str]:
    """``link`` under one key."""
    inner, outer = _halves(key)

    def linked(previous: str, seq: int, body: bytes) -> str:
        hashed, digest = inner(), outer()
        hashed.update(f"{previous}:{seq}:".encode() + body)
        digest.update(hashed.digest())
        return str(digest.hexdigest())

    return linked


def _halves(key: bytes) -> tuple[Callable[[], Any], Callable[[], Any]]:
    """Both halves of the HMAC (RFC 2104), which have taken the key in already and are copied: that is four times as
    fast as the library's functions, which fetch the hash and take the key in anew each time."""
    block = (key if len(key) <= _BLOCK else hashlib.sha256(key).digest()).ljust(_BLOCK, b"\0")
    inner, outer = (hashlib.sha256(bytes(byte ^ pad for byte in block)) for pad in (0x36, 0x5C))
    return inner.copy, outer.copy


def seal(key: bytes, previous: str, last: int, lines: bytes) -> str:
    """One digest for a block of entries that ends with ``last``: HMAC-SHA-256 over that number, the digest of the
    entry before the block and the lines of its entries."""
    made = hmac.new(key, f"seal:{last}:{previous}:".encode(), "sha256")
    made.update(lines)
    return made.hexdigest()


class Checked(NamedTuple):
    """What a check of the chain, or of a part of it, found."""

    last: int  # the last entry that fits
    digest: str  # and its digest
    broken: bool  # whether the entry behind it is there and does not fit
    seen: bool  # whether the head that was asked for is among those that fit


def check(key: bytes, entries: Iterable[tuple[int, bytes, str]], head: str | None, start: tuple[int, str]) -> Checked:
    """Check the entries behind ``start`` (number and digest; GENESIS has number 0), which is taken for good."""
    inner, outer = _halves(key)
    (seq, previous), wanted = start, head or ""
    seen, whole = head in (None, GENESIS), len(wanted) == len(GENESIS)
    for number, body, digest in entries:
        # ``link`` once more, in line: the call would cost a tenth of the whole.
        hashed, made = inner(), outer()
        hashed.update(f"{previous}:{number}:".encode() + body)
        made.update(hashed.digest())
        if number != seq + 1 or made.hexdigest() != digest:
            return Checked(seq, previous, broken=True, seen=seen)
        seq, previous = number, digest
        seen = seen or (digest == wanted if whole else digest.startswith(wanted))
    return Checked(seq, previous, broken=False, seen=seen)
